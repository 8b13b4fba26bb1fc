"""Opening a file with its passphrase or recovery code."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from visitapp import bootstrap
from visitapp.bootstrap import nearby_files
from visitapp.domain.errors import (
    CancelledError,
    DamagedError,
    HeldElsewhereError,
    KeyFileError,
    VisitAppError,
)
from visitapp.services.records import unlocking
from visitapp.ui.jobs import Job
from visitapp.ui.restore.viewmodel import RestoreViewModel
from visitapp.ui.session import Session

_TICK_MS = 500


class UnlockViewModel(QObject):
    """Signals: `busy` (bool) while a key is derived; `problem` (sentence, or empty for none);
    `waits` (seconds, 0 when over) after several wrong tries; `elsewhere` (sentence) if the file is
    marked as open on another computer; `damaged` (sentence, whether parts may be readable) instead
    of `problem` if only a backup helps; `salvaged` (path, sentence) once those parts are saved to a
    new file."""

    busy = Signal(bool)
    problem = Signal(str)
    waits = Signal(int)
    elsewhere = Signal(str)
    damaged = Signal(str, bool)
    salvaged = Signal(object, str)

    def __init__(self, session: Session, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.path = path
        self._is_busy = False
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.must_wait)
        self._tried = ("", False)
        self._lacks_key = False

    @property
    def folder_words(self) -> str:
        """The folder of the file, shortened for the user."""
        folder = self.path.absolute().parent
        return f"in {folder.name}" if folder.name else f"in {folder}"

    def must_wait(self) -> bool:
        """Emit how long the next try has to wait, every second until it needn't; returns whether it
        must."""
        seconds = unlocking.seconds_to_wait(self.path)
        if seconds or self._timer.isActive():
            self.waits.emit(seconds)
        if seconds and not self._timer.isActive():
            self._timer.start()
        elif not seconds:
            self._timer.stop()
        return seconds > 0

    def tidy(self) -> str:
        """Finish what a killed program left half done at the file. Returns what the user should
        know; problems are reported when the file is opened."""
        try:
            return " ".join(nearby_files.tidy(self.path))
        except VisitAppError:
            return ""

    def unlock(self, passphrase: str, *, take_over: bool = False) -> None:
        """Try a passphrase: the file opens, or a problem is reported."""
        if not passphrase:
            self.problem.emit("Type the passphrase of this file.")
        elif self._begin():
            self._tried = (passphrase, False)
            self._session.unlock(self.path, passphrase, self._on_failed, take_over=take_over)

    def use_code(self, code: str, *, take_over: bool = False) -> None:
        """Try a recovery code: the file opens, or a problem is reported."""
        if not code.strip():
            self.problem.emit("Type the code from your recovery sheet.")
        elif self._begin():
            self._tried = (code, True)
            self._session.unlock_with_code(self.path, code, self._on_failed, take_over=take_over)

    def open_here(self) -> None:
        """Open the file with the last words, as it is closed on the other computer."""
        words, by_code = self._tried
        (self.use_code if by_code else self.unlock)(words, take_over=True)

    def open_with(self, words: str, *, by_code: bool) -> None:
        """Open the file with the words that opened its backup."""
        (self.use_code if by_code else self.unlock)(words)

    def restoring(self, backup: Path) -> RestoreViewModel:
        """The view model for restoring a backup in place of this file."""
        return RestoreViewModel(self._session, backup, self.path, lacks_key=self._lacks_key)

    def salvage(self, target: Path) -> Job | None:
        """Save what can be read to a new file; returns None if that was not started."""
        if not self._begin():
            return None
        words, by_code = self._tried
        return self._session.jobs.run(
            lambda progress: (
                bootstrap.salvage_file(
                    self.path, words, target, by_code=by_code, progress=progress
                ).sentence
            ),
            owner=self,
            done=lambda sentence: self._on_salvaged(target, sentence),
            failed=self._on_failed,
            progress=True,
        )

    def open_demonstration(self) -> None:
        """Open the demonstration, creating it first if needed."""
        if self._begin():
            self._session.open_demonstration(self._on_failed)

    def _begin(self) -> bool:
        if self._is_busy or self.must_wait():
            return False
        self._is_busy = True
        self.problem.emit("")
        self.busy.emit(True)
        return True

    def _on_salvaged(self, target: Path, sentence: str) -> None:
        self._is_busy = False
        self.busy.emit(False)
        self.salvaged.emit(target, sentence)

    def _on_failed(self, error: VisitAppError) -> None:
        self._is_busy = False
        self._lacks_key = isinstance(error, KeyFileError)
        self.busy.emit(False)
        if isinstance(error, DamagedError | KeyFileError):
            self.damaged.emit(str(error), isinstance(error, DamagedError) and not error.is_lost)
        elif isinstance(error, HeldElsewhereError):
            self.elsewhere.emit(error.where)
        elif isinstance(error, CancelledError):
            self.problem.emit("Stopped. Nothing has changed.")
        else:
            self.problem.emit(str(error))
            self.must_wait()
