"""What every page is given: the services, the worker, and the one signal of changes."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.services import Services
from visitapp.ui import problems
from visitapp.ui.jobs import Jobs


class Context(QObject):
    """Lives from unlock to lock.

    Signals: `changed` (Changes) after a mutation; `asked_for` (page, target) to go somewhere;
    `said` (sentence) for the status line.
    """

    changed = Signal(object)
    asked_for = Signal(str, object)
    said = Signal(str)

    def __init__(self, services: Services, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.jobs = jobs

    def go(self, page: str, target: object = None) -> None:
        """Ask the window for a page: `home`, `visits`, `log`, `coverage`, `people`, `reports`,
        `settings`, `imports`; what a target means is said by that page's `open_target`."""
        self.asked_for.emit(page, target)

    def say(self, sentence: str) -> None:
        """Say in the status line what was done."""
        self.said.emit(sentence)

    def tell(self, changes: Changes) -> None:
        """Let every page know what a service changed."""
        if changes:
            self.changed.emit(changes)

    def show_problem(self, owner: QObject, error: VisitAppError) -> None:
        """Show an error in the banner of the page that holds `owner`."""
        problems.show(owner, error)

    def today(self) -> date:
        """The day it is: the machine's, or a demonstration's own."""
        return self.services.access.today()
