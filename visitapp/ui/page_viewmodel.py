"""What the view models of all pages have in common: when they read again, and how they say what
could not be done."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.ui.context import Context


class PageViewModel(QObject):
    """State and commands of a page (`Page.follow`).

    What changes in `concerns` is read at once while the page is in sight, and otherwise when it
    comes back. A command that can't be carried out, and work on the worker that fails, goes to
    `show_problem`; only where the page goes on with the answer does it raise VisitAppError.

    Signals: `problem` (VisitAppError; None where what was said of one is over).
    """

    problem = Signal(object)

    concerns: Changes
    """What the page shows something of."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._is_asleep = self._is_stale = False
        context.changed.connect(self._on_changed)

    def show_problem(self, error: VisitAppError) -> None:
        """Let the page say what went wrong."""
        self.problem.emit(error)

    @contextmanager
    def showing_problems(self) -> Iterator[None]:
        """Within this, what can't be done ends there and is shown."""
        try:
            yield
        except VisitAppError as error:
            self.show_problem(error)

    def renew(self) -> None:
        """Read again what the page shows."""
        raise NotImplementedError

    def wake(self) -> None:
        """The page is in sight."""
        self._is_asleep = False
        if self._is_stale:
            self._renew_now()

    def sleep(self) -> None:
        """The page is out of sight: what changes is read when it is back."""
        self._is_asleep = True

    def note_change(self) -> None:
        """What is shown is out of date."""
        self._is_stale = True
        if not self._is_asleep:
            self._renew_now()

    def _renew_now(self) -> None:
        self._is_stale = False
        self.renew()

    def _on_changed(self, changes: Changes) -> None:
        if changes & self.concerns:
            self.note_change()
