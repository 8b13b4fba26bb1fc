"""What every page is given: services, the worker, preferences, one signal of changes."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.records.backups import BackupState
from visitapp.services import Services
from visitapp.ui import problems
from visitapp.ui.jobs import Jobs
from visitapp.ui.look.preferences import Preferences

if TYPE_CHECKING:
    from visitapp.ui.typed import TypedKeeper

_NAMES_OF_PLACES = Changes.SITES | Changes.SETTINGS | Changes.ANIMALS
"""What may give the privacy guard other names to pass over."""


class Context(QObject):
    """Lives from unlock to lock.

    Signals: `changed` (Changes) after a mutation; `asked_for` (page, target) to go somewhere;
    `message` (sentence) for the status line; `saved` when something reached the disk;
    `backed_up` after a backup was saved by hand; `backup_wanted` to have one made now;
    `backups_changed` when `backups`, what is true of the last one, is another;
    `left` when the file is being closed.
    """

    changed = Signal(object)
    asked_for = Signal(str, object)
    message = Signal(str)
    saved = Signal()
    backed_up = Signal()
    backup_wanted = Signal()
    backups_changed = Signal()
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

    @cached_property
    def typed(self) -> "TypedKeeper":
        """What is typed in forms and dialogs, until it is saved."""
        from visitapp.ui.typed import TypedKeeper

        return TypedKeeper(self.services.typed, self.services.unsaved_work, self)

    def keep_typed(self) -> str:
        """Keep it now; why it can't be, or nothing."""
        if "typed" not in self.__dict__ or self.typed.flush():
            return ""
        return self.typed.problem

    def rest_typed(self) -> None:
        """The file is being closed: what is kept stays so."""
        if "typed" in self.__dict__:
            self.typed.rest()

    def go(self, page: str, target: object = None) -> None:
        """Ask the window for a page, and tell it what to show there.

        Targets: `visits` the id of a visit, or a VisitQuery; `log` the id of a draft, or a
        Kind to begin another; `coverage` a Period or a VisitQuery; `issues` the id of an
        issue; `briefing` the id of a site; `people` the id of a person; `reports` a Period;
        `settings` the name of a section; `plan` a Period; `availability` the id of a
        person; None is the page alone.
        """
        self.asked_for.emit(page, target)

    def say(self, sentence: str) -> None:
        """Say in the status line what was done."""
        self.message.emit(sentence)

    def tell(self, changes: Changes) -> None:
        """Let every page know what a service changed, and the status line that it is kept."""
        if changes & _NAMES_OF_PLACES:
            self.services.privacy.refresh()
        if changes:
            self.changed.emit(changes)
            self.saved.emit()

    def note_saved(self) -> None:
        """Let the status line know that something reached the disk that changes no page."""
        self.saved.emit()

    def note_backup(self) -> None:
        """Let the status line know that a backup was saved."""
        self.backed_up.emit()

    def show_problem(self, owner: QObject, error: VisitAppError) -> None:
        """Show an error in the banner of the page that holds `owner`."""
        problems.show(owner, error)

    def today(self) -> date:
        """The day it is: the machine's, or a demonstration's own."""
        return self.services.access.today()
