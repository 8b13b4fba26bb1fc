"""A field of one line. Pasted text becomes one line, and Undo goes to the page if it keeps one
stack for all its fields."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QAction,
    QClipboard,
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from visitapp.ui.undoing import is_redo, is_undo, stack_of

_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.OtherFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


def one_line(text: str) -> str:
    """The text with line ends and tabs as spaces, and none at either end."""
    return " ".join(text.split())


def claims_undo(event: QEvent) -> bool:
    """Whether the event is an Undo or Redo key, which the field takes before any menu."""
    return (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and (is_undo(event) or is_redo(event))
    )


def handle_undo_key(field: QLineEdit | QPlainTextEdit, event: QKeyEvent) -> bool:
    """Handle an Undo or Redo key: a page that keeps a stack gets it, otherwise the field undoes its
    own typing. Returns whether it was such a key."""
    if not is_undo(event) and not is_redo(event):
        return False
    if stack_of(field) is not None:
        event.ignore()
    elif is_undo(event):
        field.undo()
    else:
        field.redo()
    return True


class LineField(QLineEdit):
    """Selects everything when the keyboard moves the cursor in, so that typing replaces the
    text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.selects_all = True

    def event(self, event: QEvent) -> bool:
        """Ctrl+Z goes to the page if it keeps a stack; Ctrl+Y is Redo on every system."""
        if claims_undo(event):
            event.accept()  # otherwise the menu would undo as well
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle undo, redo and paste here, the rest in Qt."""
        if handle_undo_key(self, event):
            return
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def paste(self) -> None:
        """Insert what was copied, as one line."""
        self.take_paste(QGuiApplication.clipboard().text(QClipboard.Mode.Clipboard))

    def take_paste(self, text: str) -> None:
        """Insert a pasted text as if it had been typed."""
        if line := one_line(text):
            self.insert(line)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The usual menu, whose items do what the keys do."""
        menu = self.createStandardContextMenu()
        for name, act in (("edit-paste", self.paste), ("edit-undo", None), ("edit-redo", None)):
            action = menu.findChild(QAction, name)
            if action is None:
                continue
            if act is not None:
                action.triggered.disconnect()
                action.triggered.connect(act)
            elif stack_of(self) is not None:
                action.setVisible(False)  # the Edit menu says what would be undone
        menu.exec(event.globalPos())
        menu.deleteLater()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The middle button pastes the selection, on systems that have that."""
        clipboard = QGuiApplication.clipboard()
        if event.button() is Qt.MouseButton.MiddleButton and clipboard.supportsSelection():
            self.take_paste(clipboard.text(QClipboard.Mode.Selection))
            return
        super().mouseReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select everything, unless a click chose a place."""
        super().focusInEvent(event)
        if self.selects_all and event.reason() in _BY_KEYS and not self.isReadOnly():
            self.selectAll()
