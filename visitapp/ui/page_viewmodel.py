"""The base of the view models of pages: when they read again, and how they report problems."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.ui.context import Context


class PageViewModel(QObject):
    """State and commands of a page (`Page.follow`).

    Changes in `concerns` are read at once while the page is visible, otherwise when it is shown
    again. A command or job that fails calls `show_problem`; it raises VisitAppError only if the
    page needs to react.

    Signals: `problem` (VisitAppError, or None once it no longer applies).
    """

    problem = Signal(object)

    concerns: Changes
    """The changes that affect the page."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._is_asleep = self._is_stale = False
        context.changed.connect(self._on_changed)

    def show_problem(self, error: VisitAppError) -> None:
        """Let the page show a problem."""
        self.problem.emit(error)

    @contextmanager
    def showing_problems(self) -> Iterator[None]:
        """Within the block, a VisitAppError ends the block and is shown on the page."""
        try:
            yield
        except VisitAppError as error:
            self.show_problem(error)

    def renew(self) -> None:
        """Read the page's data again."""
        raise NotImplementedError

    def wake(self) -> None:
        """The page is shown: read what has changed since."""
        self._is_asleep = False
        if self._is_stale:
            self._renew_now()

    def sleep(self) -> None:
        """The page is hidden: don't read changes until it is shown again."""
        self._is_asleep = True

    def note_change(self) -> None:
        """The data shown are out of date."""
        self._is_stale = True
        if not self._is_asleep:
            self._renew_now()

    def _renew_now(self) -> None:
        self._is_stale = False
        self.renew()

    def _on_changed(self, changes: Changes) -> None:
        if changes & self.concerns:
            self.note_change()
