"""What every page shares: services, the worker, preferences, and one signal for changes."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.exchange.state import ExchangeState
from visitapp.domain.records.backups import BackupState
from visitapp.services import Services
from visitapp.ui import problems
from visitapp.ui.jobs import Jobs
from visitapp.ui.look.preferences import Preferences

if TYPE_CHECKING:
    from visitapp.domain.reporting_years import ReportingYears
    from visitapp.ui.typed import TypedKeeper

REMINDER = "reminder"
"""What the page Issues is asked to show: a letter about what is overdue, ready to be saved."""
_NAMES_OF_PLACES = Changes.SITES | Changes.SETTINGS | Changes.ANIMALS
"""Changes after which the privacy guard needs to learn the names of places and animals again."""


class Context(QObject):
    """Exists from unlock to lock.

    Signals: `changed` (Changes) after a change of the records; `asked_for` (page, target) to go
    somewhere; `message` (sentence) for the status line; `saved` when something was written to disk;
    `backed_up` after a manual backup; `backup_wanted` to make one now; `backups_changed` when
    `backups`, the state of the last one, has changed; `exchange_wanted` to exchange messages
    now; `exchange_changed` when `exchange`, the last exchange, has changed; `left` when the file
    is being closed.
    """

    changed = Signal(object)
    asked_for = Signal(str, object)
    message = Signal(str)
    saved = Signal()
    backed_up = Signal()
    backup_wanted = Signal()
    backups_changed = Signal()
    exchange_wanted = Signal()
    exchange_changed = Signal()
    left = Signal()

    def __init__(
        self,
        services: Services,
        jobs: Jobs,
        preferences: Preferences | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.services = services
        self.jobs = jobs
        self.preferences = preferences or Preferences(parent=self)
        self.backups = BackupState()
        self.exchange = ExchangeState()

    @cached_property
    def typed(self) -> "TypedKeeper":
        """Keeps what is typed in forms and dialogs until it is saved."""
        from visitapp.ui.typed import TypedKeeper

        return TypedKeeper(self.services.typed, self.services.unsaved_work, self)

    def keep_typed(self) -> str:
        """Keep it now; returns why that failed, or empty."""
        if "typed" not in self.__dict__ or self.typed.flush():
            return ""
        return self.typed.problem

    def stop_keeping_typed(self) -> None:
        """Stop, as the file is being closed: what is kept stays."""
        if "typed" in self.__dict__:
            self.typed.stop()

    def go(self, page: str, target: object = None) -> None:
        """Ask the window to show a page and a target.

        Targets: `visits` the id of a visit, or a VisitQuery; `log` the id of a draft, or a Kind to
        start another; `coverage` a Period or a VisitQuery; `issues` the id of an issue; `briefing`
        the id of a site; `people` the id of a person; `reports` a Period; `settings` the name of a
        section, or the id of a site; `plan` a Period or a BrokenVisit; `availability` the id of a
        person; `exchange` the id of a report. None is the page itself.
        """
        self.asked_for.emit(page, target)

    def say(self, sentence: str) -> None:
        """Show in the status line what was done."""
        self.message.emit(sentence)

    def tell(self, changes: Changes) -> None:
        """Tell every page what a service changed, and the status line that it is saved."""
        if changes & _NAMES_OF_PLACES:
            self.services.privacy.refresh()
        if changes:
            self.changed.emit(changes)
            self.saved.emit()

    def note_saved(self) -> None:
        """Tell the status line that something was saved that changes no page."""
        self.saved.emit()

    def note_backup(self) -> None:
        """Tell the status line that a backup was saved."""
        self.backed_up.emit()

    def show_problem(self, owner: QObject, error: VisitAppError) -> None:
        """Show an error in the banner of the page that holds `owner`."""
        problems.show(owner, error)

    @property
    def reads_only(self) -> bool:
        """Whether this is a copy to read: pages offer nothing that changes it, and no lists."""
        return self.services.access.reads_only

    def years(self) -> "ReportingYears":
        """The years that the office reports on."""
        return self.services.setup.years()

    def today(self) -> date:
        """Today's date: the computer's, or that of a demonstration."""
        return self.services.access.today()
