"""A choice from a list that can be searched by any word of it, or by its code."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QListView,
    QSizePolicy,
    QWidget,
)

from visitapp.domain.office.codes import find_choice
from visitapp.domain.text.wording import out_of
from visitapp.ui.look.icons import pixmap
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.widgets.accessible_roles import set_choice_role
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.describing import EXAMPLE, describe
from visitapp.ui.widgets.fields import set_wrong
from visitapp.ui.widgets.line_field import LineField

SEARCH = Qt.ItemDataRole.UserRole + 1
"""The item role of the words that the search looks in."""
_AnyIndex = QModelIndex | QPersistentModelIndex
_HOW = "Type a few letters, or choose from the list"
_AROUND, _WIDEST = 80, 520
"""Room around the text of a field, and its greatest width, in logical pixels."""


class ChoiceCompleter(QCompleter):
    """Searches code and label; shows and fills in the label."""

    def __init__(self, model: QStandardItemModel, parent: QWidget) -> None:
        super().__init__(model, parent)
        self.setCompletionRole(SEARCH)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = QListView()
        popup.setProperty("class", "popup")
        self.setPopup(popup)

    def pathFromIndex(self, index: _AnyIndex) -> str:
        """The label, without the other words that are searched."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class _Words(LineField):
    """The text of a drop-down; a click opens the list."""

    def __init__(self, picker: "Picker") -> None:
        super().__init__()
        self._picker = picker
        self._is_pressed = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes what was typed, and moves to the next field if the page does that."""
        popup = self._picker.list_shown()
        is_chosen = popup.isVisible() and popup.currentIndex().isValid()
        super().keyPressEvent(event)
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enters and not is_chosen and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            popup.hide()
            holder = self._picker.parentWidget()
            while holder is not None and not hasattr(holder, "go_to_next_field"):
                holder = holder.parentWidget()
            if holder is not None:
                event.accept()  # otherwise the page would move on once more
                holder.go_to_next_field()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note the press. One that just closed the list doesn't arrive here, so it doesn't open it
        again."""
        super().mousePressEvent(event)
        self._is_pressed = event.button() is Qt.MouseButton.LeftButton

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the list, and select the text so that typing replaces it."""
        super().mouseReleaseEvent(event)
        if self._is_pressed and self.isEnabled():
            self.selectAll()
            self._picker.open_list()
        self._is_pressed = False


class Picker(QComboBox):
    """Choices are (key, label) or (key, label, code). Text that matches none is kept as typed, and
    marked.

    Signals: `chosen` (key or None) when the user chooses, or leaves text that matches no choice.
    """

    chosen = Signal(object)

    def __init__(
        self, name: str, *, placeholder: str = "", width: int = 260, takes_any: bool = False
    ) -> None:
        """With `takes_any`, text that matches no choice is accepted."""
        super().__init__()
        self._takes_any = takes_any
        self._keys: list[object] = []
        self._words: list[tuple[str, ...]] = []
        self._emitted: object = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setAccessibleName(name)
        self._edit = _Words(self)
        self._edit.setAccessibleName(name)
        self._edit.setPlaceholderText(placeholder or "Choose")
        self.setLineEdit(self._edit)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(12)
        fit(self, least_width=width)
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        self._completer = ChoiceCompleter(self._items, self)
        self.setCompleter(self._completer)
        self.activated.connect(lambda _at: self._emit_choice())
        self._completer.highlighted[QModelIndex].connect(self._on_marked)  # type: ignore[index]
        self._completer.activated[QModelIndex].connect(self._on_completed)  # type: ignore[index]
        self._edit.editingFinished.connect(self._on_left)
        describe(self, EXAMPLE, placeholder)
        describe(self._edit, EXAMPLE, _HOW)
        set_choice_role(self)

    def set_choices(self, choices: Sequence[tuple[object, ...]]) -> None:
        """Offer other choices; the current key stays if it is among them."""
        kept = self.key()
        self._keys = [choice[0] for choice in choices]
        self._words = [tuple(str(word) for word in choice[1:]) for choice in choices]
        self._items.clear()
        for choice in choices:
            item = QStandardItem(str(choice[1]))
            item.setData(" ".join(str(word) for word in choice[1:]), SEARCH)
            self._items.appendRow(item)
        self.updateGeometry()
        self.set_key(kept if kept in self._keys else None)

    def key(self) -> object:
        """The chosen key, or None."""
        at = self.currentIndex()
        if 0 <= at < len(self._keys) and self.currentText() == self.itemText(at):
            return self._keys[at]
        return None

    def set_key(self, key: object) -> None:
        """Choose without a signal; None clears the field."""
        at = self._keys.index(key) if key is not None and key in self._keys else -1
        self.setCurrentIndex(at)
        if at < 0:
            self.setEditText("")
        self._edit.home(False)  # show the beginning of long text
        self._emitted = self.value()
        set_wrong(self, "")

    def value(self) -> object:
        """The chosen key; text that matches no choice, as typed; None if empty."""
        return self.key() if self.key() is not None else (self.currentText().strip() or None)

    def set_value(self, value: object) -> None:
        """Choose a key without a signal, or show text that matches no choice."""
        if value is None or value == "" or value in self._keys:
            self.set_key(value if value in self._keys else None)
            return
        self.setCurrentIndex(-1)
        self.setEditText(str(value))
        self._emitted = self.value()
        set_wrong(self, self.error())

    def list_shown(self) -> QAbstractItemView:
        """The popup list, narrowed by what is typed."""
        popup = self._completer.popup()
        assert popup is not None  # set in __init__
        return popup

    def open_list(self) -> None:
        """Show all choices; typing then narrows them."""
        self._completer.setCompletionPrefix("")
        self._completer.complete()

    @property
    def is_written(self) -> bool:
        """Whether the cursor is in the field."""
        return self._edit.hasFocus()

    def error(self) -> str:
        """Why what was typed can't be used, or empty."""
        typed = self.currentText().strip()
        if not typed or self.key() is not None or self._takes_any:
            return ""
        return f"\u201c{typed}\u201d is not in the list. Choose from the list."

    def _find(self, typed: str) -> int:
        """The position of the only choice that the text can mean, or -1."""
        return find_choice(typed, self._words)

    def _on_marked(self, index: QModelIndex) -> None:
        """Announce the item: the cursor stays in the field while the arrow keys move in the
        list."""
        if index.isValid() and (model := index.model()) is not None:
            words = str(index.data(Qt.ItemDataRole.DisplayRole))
            announce(self, f"{words}, {out_of(index.row() + 1, model.rowCount())}")

    def _on_completed(self, index: QModelIndex) -> None:
        self.setCurrentIndex(self.findText(str(index.data(Qt.ItemDataRole.DisplayRole))))
        self._emit_choice()

    def _on_left(self) -> None:
        typed = self.currentText()
        at = self._find(typed)
        if at >= 0:
            self.setCurrentIndex(at)
        elif not typed.strip():
            self.setCurrentIndex(-1)
        self._edit.home(False)
        self._emit_choice()

    def _emit_choice(self) -> None:
        set_wrong(self, self.error())
        if self.value() != self._emitted:
            self._emitted = self.value()
            self.chosen.emit(self.key())

    def sizeHint(self) -> QSize:
        """As wide as the longest choice, up to a limit, so that the choice can be read in full."""
        hint = super().sizeHint()
        words = (choice[0] for choice in self._words if choice)
        longest = max(map(self.fontMetrics().horizontalAdvance, words), default=0)
        wanted = min(longest + theme().px(_AROUND), theme().px(_WIDEST))
        hint.setWidth(max(hint.width(), wanted))
        return hint

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Page Up and Ctrl+Page Down are the page's: they never choose the first or last."""
        pages = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.key() in pages and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a page never changes a choice."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, and a chevron at its right."""
        super().paintEvent(event)
        size = theme().px(18)
        painter = QPainter(self)
        chevron = pixmap("chevron-down", 18, "text2")
        painter.drawPixmap(self.width() - size - 8, (self.height() - size) // 2, chevron)


def picker_error(field: QWidget) -> str:
    """The error of a drop-down whose text matches no choice, unless somebody is typing in it."""
    return field.error() if isinstance(field, Picker) and not field.is_written else ""


def wrong_picker(form: QWidget) -> Picker | None:
    """The first drop-down of a form whose text matches no choice; the form can't be saved."""
    wrong = [
        picker
        for picker in form.findChildren(Picker)
        if picker.isVisibleTo(form) and picker.error()
    ]
    return wrong[0] if wrong else None
