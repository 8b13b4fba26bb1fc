"""Automatic backups while the window is not in use."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.domain.progress import Progress
from visitapp.domain.records.backups import BackupMade, BackupState
from visitapp.settings import Settings
from visitapp.ui.context import Context

LOOK_MS = 1_500
"""Delay after the first page is shown: looking at a disk may take a while."""
REST_MS = 30_000
"""How long the window must be unused before a backup starts."""
AGAIN_MS = 600_000
"""Delay after a failed backup."""


class AutomaticBackups(QObject):
    """Keeps `context.backups` up to date, and makes a backup when something has changed and the
    window wasn't used for a while.

    It is idle while nothing changes: each timer runs once.
    """

    def __init__(self, context: Context, idle_ms: Callable[[], int], *, is_lasting: bool) -> None:
        """`idle_ms` returns how long the window wasn't used; `is_lasting` is False for a file
        that is deleted when the program ends."""
        super().__init__(context)
        self._context, self._resting_ms, self._is_lasting = context, idle_ms, is_lasting
        self._chosen = _choice(context.preferences.settings)
        self._is_over = False
        self._has_looked = self._is_making = self._is_wanted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_time)
        if context.reads_only:  # nothing changes in it, and the office can make another
            return
        context.backups = BackupState(context.services.backups.last())
        context.saved.connect(self._on_saved)
        context.backed_up.connect(self.look)
        context.backup_wanted.connect(self.make_now)
        context.preferences.changed.connect(self._on_preferences)
        context.left.connect(self.end)
        self._timer.start(LOOK_MS)

    @property
    def is_on(self) -> bool:
        """Whether automatic backups are on."""
        return (
            self._is_lasting
            and not self._is_over
            and self._context.preferences.settings.backups_automatic
        )

    def end(self) -> None:
        """Stop, as the file is being closed."""
        self._is_over = True
        self._timer.stop()

    def look(self) -> None:
        """Look where the last backup is."""
        problem = self._context.backups.problem
        self._run(lambda _: self._context.services.backups.state(problem), self._on_looked)

    def make_now(self) -> None:
        """Make a backup now, even while the window is in use."""
        if not self._is_making:
            self._make(is_wanted=True)

    # -- when to make one -----------------------------------------------------------------

    def _on_saved(self) -> None:
        if self.is_on and self._has_looked and not self._timer.isActive():
            self._timer.start(REST_MS)

    def _on_preferences(self, settings: Settings) -> None:
        if _choice(settings) != self._chosen:
            self._chosen = _choice(settings)
            self._show(BackupState(self._context.backups.last, self._context.backups.place))
            self._timer.stop()
            self._on_saved()

    def _on_time(self) -> None:
        if self._context.jobs.is_shut_down:
            return  # the program is ending
        if not self._has_looked:
            self.look()
        elif self.is_on and not self._is_making:
            wait = self._wait_ms()
            if wait:
                self._timer.start(wait)
            else:
                self._make()

    def _wait_ms(self) -> int:
        rest = REST_MS - self._resting_ms()
        if rest > 0 or self._context.jobs.is_busy:
            return max(rest, REST_MS // 6)
        try:
            apart = self._context.services.backups.waits(self._folder())
        except VisitAppError:
            return AGAIN_MS
        return -(-apart // timedelta(milliseconds=1))

    # -- making one -----------------------------------------------------------------------

    def _make(self, *, is_wanted: bool = False) -> None:
        backups, folder = self._context.services.backups, self._folder()

        def work(progress: Progress) -> tuple[BackupMade | None, BackupState]:
            backup = backups.make(folder, lambda: progress("Saving a backup", 0, 1) is not False)
            return backup, backups.state()

        self._is_making, self._is_wanted = True, is_wanted
        self._run(work, self._on_made, yields=not is_wanted)

    def _folder(self) -> Path | None:
        chosen = self._context.preferences.settings.backup_folder
        return Path(chosen) if chosen else None

    def _run(
        self,
        work: Callable[[Progress], object],
        done: Callable[..., None],
        *,
        yields: bool = True,
    ) -> None:
        self._context.jobs.run(
            work, owner=self, done=done, failed=self._on_failed, progress=True, yields=yields
        )

    def _on_looked(self, state: BackupState) -> None:
        self._has_looked = True
        self._show(state)
        self._on_saved()

    def _on_made(self, answer: tuple[BackupMade | None, BackupState]) -> None:
        backup, state = answer
        self._is_making = False
        self._timer.stop()
        self._show(state)
        if self._is_wanted:
            unchanged = "Nothing has changed since the last backup in this folder."
            self._context.say(unchanged if backup is None else f"Backup saved as {backup.name}")

    def _on_failed(self, error: VisitAppError) -> None:
        """Show a failure once, in the status line: a dialog would interrupt typing."""
        self._is_making, has_looked, self._has_looked = False, self._has_looked, True
        if isinstance(error, CancelledError) or not has_looked:
            self._on_saved()
            return
        before = self._context.backups
        if self.is_on:
            self._timer.start(AGAIN_MS)
        if str(error) != before.problem and not self._is_over:
            self._show(BackupState(before.last, before.place, str(error)))
            self._context.say(f"No backup was made. {error}")

    def _show(self, state: BackupState) -> None:
        if self._is_over:
            return
        self._context.backups = state
        self._context.backups_changed.emit()


def _choice(settings: Settings) -> tuple[bool, str]:
    return settings.backups_automatic, settings.backup_folder
