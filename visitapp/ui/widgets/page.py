"""The base of every page: head, banners, scrolling body, and a foot if needed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeGuard

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from visitapp.domain.errors import DamagedError, VisitAppError
from visitapp.ui.context import Context
from visitapp.ui.keeper import KEPT_HERE
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import BETWEEN_DOWN, FOOT, HEAD, MARGIN, WIDEST_PAGE
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.undoing import UndoStack, is_redo, is_undo, stack_of
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.arranging import align, turn
from visitapp.ui.widgets.banner import Action, Banner, BannerArea
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.reading_order import move_focus

_LEAST_TITLE = 420
"""The least room for the title, in logical pixels."""
_RING = 5
"""Pixels of the focus ring outside a widget, which the first widget of the body needs too."""

SAVING = "saving"
"""The key of the banner that says why what was typed isn't saved."""
_TYPED, _KEEPING = "typed", "keeping what is typed"
"""Keys of banners."""


def _filters(widget: QWidget | None) -> TypeGuard[QWidget]:
    """Whether the widget is a search or filter field, not the list of results."""
    return isinstance(widget, QLineEdit | QComboBox | QAbstractButton)


class Page(QWidget):
    """Subclasses fill `body`, and may override `open_target`, `place` and `help_text`.

    With `scrolls` False the body fills the page, for a table that scrolls by itself.
    """

    help_text = ""
    """The help that F1 shows for this page: a few sentences of plain text."""
    undo_stack: UndoStack | None = None
    """The changes that Undo and Redo step through; None if each field has its own."""

    _viewmodel: PageViewModel | None = None
    says_when_saved = False
    """Whether the page itself shows when its content was last saved."""

    def __init__(self, context: Context, title: str, *, scrolls: bool = True) -> None:
        super().__init__()
        self.context = context
        self.setProperty("surface", "canvas")
        self.setProperty("unringed", True)
        self.setProperty("holdsCursor", True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # a click on the page gives it the keys
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_head(title))
        self._banners = BannerArea()
        self._banner_row = QHBoxLayout()
        self._banner_row.addWidget(self._banners)
        outer.addLayout(self._banner_row)
        self.body = QVBoxLayout()
        self.body.setSpacing(BETWEEN_DOWN)
        outer.addWidget(self._make_body(scrolls), 1)
        self._outer = outer
        self._foot: QFrame | None = None
        self._foot_row: QHBoxLayout | None = None
        self._keep_margins()

    def _make_head(self, title: str) -> QWidget:
        head = QWidget()
        fit(head, least_height=HEAD)
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight, head)
        self._head.setSpacing(8)
        self._at_right = FlowRow(gap=8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.setContentsMargins(0, 8, 0, 8)  # a title of two lines keeps off what is around it
        self._title = label(title, "h1", wrap=True)
        self._facts = label("", "second", "text2", wrap=True)
        words.addStretch()
        words.addWidget(self._title)
        words.addWidget(self._facts)
        words.addStretch()
        self._head.addLayout(words, 1)
        self._head.addWidget(self._at_right, 0, Qt.AlignmentFlag.AlignVCenter)
        self._facts.hide()
        self.setAccessibleName(title)
        return head

    def _make_body(self, scrolls: bool) -> QWidget:
        inner = QWidget()
        inner.setLayout(self.body)
        self._scroll: ClearScroll | None = None
        if not scrolls:
            return inner
        self._scroll = ClearScroll(inner)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self._scroll

    @property
    def title(self) -> str:
        """The title in the head."""
        return self._title.text()

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._arrange_head()

    def set_facts(self, facts: str) -> None:
        """Show one line of facts under the title; empty hides it. It is announced if the cursor is
        in a search or filter field, as the result."""
        focus = QApplication.focusWidget()
        if facts != self._facts.text() and _filters(focus) and self.isAncestorOf(focus):
            announce(self, facts)
        self._facts.setText(facts)
        self._facts.setVisible(bool(facts))

    def add_action(self, widget: QWidget) -> None:
        """Add a button or a tag at the right of the head."""
        self._at_right.add(widget)

    def _arrange_head(self) -> None:
        """Put the actions at the right, or on their own line if the title would be too narrow."""
        wanted = self._title.fontMetrics().horizontalAdvance(self._title.text())
        margins = self._head.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._at_right.sizeHint().width()
        below = room < min(wanted, theme().px(_LEAST_TITLE))
        middle = Qt.AlignmentFlag.AlignVCenter
        turn(self._head, below=below)
        align(self._head, self._at_right, Qt.AlignmentFlag(0) if below else middle)

    def event(self, event: QEvent) -> bool:
        """Arrange the head again when actions come and go."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange_head()
        return super().event(event)

    def set_foot(self, *widgets: QWidget | None) -> None:
        """Set a foot that doesn't scroll: widgets from left to right, None for the space
        between."""
        if self._foot is not None:
            self._outer.removeWidget(self._foot)
            self._foot.deleteLater()
        self._foot = QFrame()
        self._foot.setProperty("class", "foot")
        fit(self._foot, least_height=FOOT)
        self._foot_row = row = QHBoxLayout(self._foot)
        row.setSpacing(12)
        for widget in widgets:
            if widget is None:
                row.addStretch(1)
            else:
                row.addWidget(widget)
        self._outer.addWidget(self._foot)
        self._keep_margins()

    def follow(self, viewmodel: PageViewModel) -> None:
        """Show the problems of the page's view model, which stops reading while the page is
        hidden."""
        self._viewmodel = viewmodel
        viewmodel.setParent(self)
        viewmodel.problem.connect(self.on_problem)

    def on_problem(self, error: VisitAppError | None) -> None:
        """Show what the view model could not do; None clears it."""
        if error is None:
            self.clear_banner("problem")
        else:
            self.show_problem(error)

    def show_banner(
        self,
        kind: str,
        sentence: str,
        actions: Sequence[Action] = (),
        *,
        key: str = "",
        closes: bool = False,
        over: bool = False,
        problem: str = "",
    ) -> Banner:
        """Show a banner (info, good, warn, bad), replacing one with the same key. With `over` it
        covers the head, for while a mouse button is down and nothing may move. `problem` is the
        error that it is about."""
        banner = Banner(kind, sentence, actions, closes=closes, problem=problem)
        high = self._head.geometry().height() - 8
        place = QRect(MARGIN, 4, self.width() - 2 * MARGIN, high) if over else None
        self._banners.show_banner(banner, key, place)
        return banner

    def clear_banner(self, key: str | None = None) -> None:
        """Remove the banner with a key, or all of them."""
        self._banners.clear(key)

    def banners(self) -> tuple[Banner, ...]:
        """The visible banners."""
        return self._banners.banners()

    def show_problem(self, error: VisitAppError) -> None:
        """Show under the head what went wrong."""
        actions: list[Action] = []
        if isinstance(error, DamagedError):
            actions.append(("Restore a backup\u2026", lambda: self.context.go("restore")))
        sentence = str(error)
        self.show_banner("bad", sentence, actions, key="problem", closes=True, problem=sentence)

    def show_not_saved(self, problem: str, again: Callable[[], object], key: str = SAVING) -> None:
        """Say why what was typed isn't on the disk yet; `again` tries to save it."""
        sentence, actions = f"{problem} {KEPT_HERE}", [("Try again", again)]
        self.show_banner("bad", sentence, actions, key=key, problem=problem)

    # -- typed and not saved yet ------------------------------------------------------------

    typed_place = ""
    """The name under which unsaved typing in the page's forms is kept; empty if it has no forms."""
    _has_brought = _says_typed = False

    def typed(self) -> Mapping[str, Any]:
        """What was typed in the forms and isn't saved, ready for JSON; empty if there is
        nothing."""
        return {}

    def bring_typed(self, _content: Mapping[str, Any]) -> str:
        """Fill in the forms with what `typed` returned, and return a sentence that says so; empty
        if that isn't possible."""
        return ""

    def note_typed(self, *_: object) -> None:
        """Keep what is typed up to date: something was typed, saved or discarded."""
        if self._has_brought:  # earlier, the empty forms would replace what is kept
            self.context.typed.look_at(self)
            if self._says_typed and not self.typed():
                self._says_typed = False
                self.clear_banner(_TYPED)

    def showEvent(self, event: QShowEvent) -> None:
        """The first time the page is shown, bring back what was typed before a lock."""
        super().showEvent(event)
        if self.typed_place and not self._has_brought:
            self._has_brought = True
            keeper = self.context.typed
            keeper.failed.connect(self._on_not_kept)
            keeper.saved.connect(self._on_kept)
            self.bring_back()
        if self._viewmodel is not None:
            self._viewmodel.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        """A hidden page doesn't read its data again at each change."""
        super().hideEvent(event)
        if self._viewmodel is not None:
            self._viewmodel.sleep()

    def bring_back(self) -> None:
        """Bring back what was typed here and isn't saved, if anything, and say so."""
        content = self.context.typed.typed_at(self.typed_place)
        if content and not self.typed() and (sentence := self.bring_typed(content)):
            self._says_typed = True
            self.show_banner("info", sentence, key=_TYPED, closes=True)

    def _on_not_kept(self, sentence: str) -> None:
        if self.typed():
            self.show_not_saved(sentence, self.context.typed.flush, _KEEPING)

    def _on_kept(self) -> None:
        self.clear_banner(_KEEPING)

    def take_cursor(self) -> None:
        """Put the cursor where people start: in the first table with rows, so that the arrow keys
        work at once; otherwise on the page."""
        tables = (table for table in self.findChildren(QTableView) if table.isVisibleTo(self))
        first = next((table for table in tables if table.model().rowCount()), None)
        (first or self).setFocus()

    def take_lost_cursor(self) -> bool:
        """Place the cursor when the widget that had it was hidden. Returns whether it was placed;
        if not, it goes to the next widget on the page."""
        return False

    def open_target(self, target: object) -> None:
        """Show the target of `Context.go`; None leaves the page as it is."""

    def show_top(self) -> None:
        """Show the top of the page: the user asked for the page itself."""

    def place(self) -> object:
        """What to return to after a lock, for `open_target`: ids only, or None."""
        return None

    def may_close(self) -> bool:
        """Whether the file may be closed; asks the user about anything that is shown only once."""
        return True

    def prepare_to_leave(self) -> str:
        """Before a lock or the end: keep what was typed. Returns a sentence about what could not be
        kept; empty if nothing would be lost."""
        if self._has_brought:
            self.context.typed.look_at(self)
        return self.context.keep_typed()

    def start_search(self) -> None:
        """Ctrl+F: move the cursor to the page's search field; a page without one opens the search
        of the whole file."""
        self.context.go("anything")

    def _keep_margins(self) -> None:
        side = max(MARGIN, (self.width() - WIDEST_PAGE) // 2)
        self._head.setContentsMargins(side, 6, side, 6 - _RING)
        self._banner_row.setContentsMargins(side, 0, side, 0)
        self.body.setContentsMargins(side, _RING, side, MARGIN)
        if self._foot_row is not None:
            self._foot_row.setContentsMargins(side, 8, side, 8)

    def whole_stack(self) -> UndoStack | None:
        """The changes that Undo and Redo step through, wherever the cursor is."""
        return self.undo_stack

    def undo(self) -> None:
        """Undo the last change, and say what it was."""
        if (stack := self.whole_stack()) is not None:
            self.go_through(stack, "undo")

    def redo(self) -> None:
        """Redo the change that was undone last."""
        if (stack := self.whole_stack()) is not None:
            self.go_through(stack, "redo")

    def go_through(self, stack: UndoStack, verb: str) -> None:
        """Undo or redo in a stack of the page or of a part of it, and say what it was."""
        words = stack.undo() if verb == "undo" else stack.redo()
        if words:
            self.context.say(f"{'Undone' if verb == 'undo' else 'Redone'}: {words}.")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and Redo work anywhere on the page: in the part with the cursor if it has its own
        stack, otherwise on the whole."""
        verb = "undo" if is_undo(event) else "redo" if is_redo(event) else ""
        stack = stack_of(QApplication.focusWidget()) or self.whole_stack()
        if verb and stack is not None:
            self.go_through(stack, verb)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves in reading order."""
        return move_focus(self.window(), forward=forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the window up to 1440 pixels, then leave margins."""
        super().resizeEvent(event)
        self._keep_margins()
        self._arrange_head()
