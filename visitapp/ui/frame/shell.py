"""The window of an open file: navigation on the left, the current page next to it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from visitapp.domain.changes import Changes
from visitapp.ui.context import Context
from visitapp.ui.frame.navigation import Navigation
from visitapp.ui.pages import places_for
from visitapp.ui.widgets.page import Page


class Shell(QWidget):
    """Creates each page when it is first opened, and keeps it until the lock.

    Signals: `moved` (name) when another page is shown.
    """

    moved = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        actor = context.services.access.actor
        self._context = context
        self._places = {place.name: place for place in places_for(actor.role)}
        self._pages: dict[str, Page] = {}
        self._at = ""
        listed = [place for place in self._places.values() if actor.role in place.listed]
        self.navigation = Navigation(listed, actor)
        self._stack = QStackedWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self._stack, 1)
        self.navigation.chosen.connect(self.go)
        context.asked_for.connect(self.go)
        context.changed.connect(self._on_changed)
        self._count_overdue()

    @property
    def page(self) -> Page | None:
        """The current page."""
        return self._pages.get(self._at)

    @property
    def page_name(self) -> str:
        """The name of the current page, as used by `Context.go`."""
        return self._at

    def can_go(self, name: str) -> bool:
        """Whether this person has such a page."""
        return name in self._places

    def go(self, name: str, target: object = None) -> None:
        """Show a page and its target."""
        if name not in self._places:
            return
        page = self._pages.get(name)
        if page is None:
            page = self._pages[name] = self._places[name].make(self._context)
            self._stack.addWidget(page)
        came = self._at != name
        self._at = name
        self._stack.setCurrentWidget(page)
        self.navigation.show_place(name)
        if came:
            page.take_cursor()
        if target is None:
            page.show_top()
        else:
            page.open_target(target)
        if came:
            self.moved.emit(name)

    def _on_changed(self, changes: Changes) -> None:
        if changes & (Changes.ISSUES | Changes.VISITS | Changes.SETTINGS | Changes.CODES):
            self._count_overdue()

    def _count_overdue(self) -> None:
        if self.can_go("issues"):
            number = self._context.services.home.overdue_issues()
            self.navigation.show_number("issues", number, "past the limit")

    def place(self) -> tuple[str, object]:
        """What to return to: the page, and its target (ids only)."""
        page = self.page
        return (self._at, page.place()) if page is not None else ("home", None)

    def may_leave(self, *, asks: bool) -> bool:
        """Let every page keep what was typed. Returns whether nothing would be lost, or the user,
        if asked, agrees."""
        if asks and not all(page.may_close() for page in self._pages.values()):
            return False
        leaving = (page.prepare_to_leave() for page in self._pages.values())
        lost = [sentence for sentence in leaving if sentence]
        if not (lost and asks):
            return not lost
        from visitapp.ui.widgets.dialogs import SureDialog

        return SureDialog.ask(
            self,
            "Leave without saving?",
            f"{lost[0]} What you have typed since then will be lost.",
            "Leave without saving",
            leave="Stay",
        )
