"""The exchange through a folder, while the window is open."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.domain.exchange.state import ExchangeState
from visitapp.settings import Settings
from visitapp.ui.context import Context

if TYPE_CHECKING:
    from visitapp.domain.exchange.handing_over import Exchanged

SOON_MS = 2_000
"""After something was saved here or put in the folder: more may follow at once."""
AGAIN_MS = 600_000
"""Between two looks at a folder in which nothing was seen to change: a network drive doesn't
always say so."""


class AutomaticExchange(QObject):
    """Takes in what arrives in the chosen folder and puts out what is due: at the start, when
    something is saved here, when the folder changes, and every ten minutes.

    A copy that exchanges nothing, or has no folder, does nothing.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._folder = context.preferences.settings.exchange_folder
        self._is_over = self._is_running = self._is_wanted = False
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(self._soon)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._run)
        context.exchange = ExchangeState()
        context.saved.connect(self._soon)
        context.exchange_wanted.connect(self.exchange_now)
        context.preferences.changed.connect(self._on_preferences)
        context.left.connect(self.end)
        self._run()

    def end(self) -> None:
        """Nothing more is exchanged for a file that is being closed."""
        self._is_over = True
        self._timer.stop()

    def exchange_now(self) -> None:
        """Exchange at once, and say what it did."""
        self._is_wanted = True
        self._run()

    def _soon(self, *_: object) -> None:
        if self._folder and not self._is_over:
            self._timer.start(SOON_MS)

    def _on_preferences(self, settings: Settings) -> None:
        if settings.exchange_folder != self._folder:
            self._folder = settings.exchange_folder
            if watched := self._watcher.directories():
                self._watcher.removePaths(watched)
            self._timer.stop()
            self._show(ExchangeState())
            self._soon()

    def _run(self) -> None:
        if not self._folder or self._is_over or self._context.jobs.is_shut_down:
            return
        if self._is_running:
            self._timer.start(SOON_MS)
            return
        services, folder = self._context.services, Path(self._folder)

        def work() -> "Exchanged | None":
            return None if services.exchange.own() is None else services.folder.exchange(folder)

        self._is_running = True
        self._context.jobs.run(work, owner=self, done=self._on_done, failed=self._on_failed)

    def _on_done(self, result: "Exchanged | None") -> None:
        self._is_running = False
        if self._is_over:
            return
        is_new = self._watch()
        if result is None:
            return
        if is_new:
            self._soon()  # what came before the folder was watched was not told
        self._again()
        self._show(ExchangeState(self._context.services.access.now(), result))
        if result.changes:
            self._context.changed.emit(result.changes)
        if self._is_wanted:
            self._is_wanted = False
            self._context.say(result.sentence)

    def _on_failed(self, error: VisitAppError) -> None:
        self._is_running = False
        if self._is_over or isinstance(error, CancelledError):
            return
        self._again()
        before = self._context.exchange
        self._show(ExchangeState(before.at, before.result, str(error)))
        if self._is_wanted or str(error) != before.problem:
            self._is_wanted = False
            self._context.say(str(error))

    def _again(self) -> None:
        """Later, unless something came meanwhile: then it is looked at soon."""
        if not self._timer.isActive():
            self._timer.start(AGAIN_MS)

    def _watch(self) -> bool:
        """Whether the folder wasn't watched yet: the system also forgets one that went away and
        came back."""
        is_new = bool(self._folder) and self._folder not in self._watcher.directories()
        return is_new and self._watcher.addPath(self._folder)

    def _show(self, state: ExchangeState) -> None:
        self._context.exchange = state
        self._context.exchange_changed.emit()
