"""Restoring a backup in place of the current file."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visitapp import bootstrap, clock
from visitapp.domain.errors import (
    BadInputError,
    CancelledError,
    ContradictionsError,
    HeldElsewhereError,
    VisitAppError,
)
from visitapp.domain.period import day_and_time
from visitapp.domain.progress import Progress
from visitapp.ui.jobs import Job
from visitapp.ui.session import Session

_KEY_IS_BACK = "The key file is back. Your records are complete and up to date."


class RestoreViewModel(QObject):
    """Signals: `busy` (bool); `problem` (sentence, or empty for none); `doubtful` (sentences) if
    records in the backup contradict each other, and `elsewhere` (sentence) if the file to replace
    is marked as open on another computer, for the user to decide; `restored` (sentence, the
    passphrase or code that opens the file, whether it is the code)."""

    busy = Signal(bool)
    problem = Signal(str)
    doubtful = Signal(object)
    elsewhere = Signal(str)
    restored = Signal(str, str, bool)

    def __init__(
        self,
        session: Session,
        backup: Path,
        path: Path,
        parent: QObject | None = None,
        *,
        lacks_key: bool = False,
    ) -> None:
        """With `lacks_key`, the records at `path` may be fine but their key file is lost."""
        super().__init__(parent)
        self._session = session
        self.backup, self.path = backup, path
        self._lacks_key = lacks_key
        self._is_busy = False
        self._accepts = self._takes_over = False

    def about_backup(self) -> str:
        """What is known about the backup without opening it."""
        try:
            return f"saved {day_and_time(clock.written_at(self.backup))}"
        except OSError:
            return "it is no longer there"

    def what_happens(self) -> str:
        """What the button will do."""
        if self._lacks_key and self.path.exists():
            return (
                f"If this is a backup of {self.path.name}, only its key file is needed and the "
                "records do not change. If not, the whole backup replaces the records. The old "
                "records are kept in the same folder under another name."
            )
        if self.path.exists():
            return (
                f"The backup replaces {self.path.name} {self._where()}. The file that is there "
                "now is kept in the same folder under another name. The backup itself is not "
                "changed."
            )
        return (
            f"The backup is copied to {self.path.name} {self._where()}. The backup itself is not "
            "changed."
        )

    def _where(self) -> str:
        folder = self.path.absolute().parent
        return f"in {folder.name or folder}"

    def begin(
        self, words: str, *, by_code: bool, accept: bool = False, take_over: bool = False
    ) -> Job | None:
        """Check the backup and restore it; returns None if that was not started. `accept` allows a
        backup that contradicts itself, `take_over` a file marked as open on another computer. A yes
        to one is remembered while the other is asked."""
        if not words.strip():
            self.problem.emit(
                "Type the backup\u2019s recovery code."
                if by_code
                else "Type the passphrase of the backup."
            )
            return None
        if self._is_busy:
            return None
        is_answer = accept or take_over
        self._accepts = accept or (is_answer and self._accepts)
        self._takes_over = take_over or (is_answer and self._takes_over)
        self._is_busy = True
        self.problem.emit("")
        self.busy.emit(True)
        return self._session.jobs.run(
            lambda progress: self._restore(words, by_code, progress),
            owner=self,
            done=lambda sentence: self._on_done(sentence, words, by_code),
            failed=self._on_failed,
            progress=True,
        )

    def _restore(self, words: str, by_code: bool, progress: Progress) -> str:
        if self._lacks_key and self.path.exists():
            try:
                bootstrap.restore_key_file(self.backup, self.path, words, by_code=by_code)
            except BadInputError:
                pass  # a backup of another file, or the records are damaged too
            else:
                return _KEY_IS_BACK
        kept = bootstrap.restore_file(
            self.backup, self.path, words, by_code=by_code, force=True, progress=progress,
            accept=lambda _: self._accepts, take_over=self._takes_over,
        )  # fmt: skip
        if kept is None:
            return f"Backup restored as {self.path.name}."
        return f"Backup restored. The old file is now called {kept.name}."

    def _on_done(self, sentence: str, words: str, by_code: bool) -> None:
        self._is_busy = False
        self.busy.emit(False)
        self.restored.emit(sentence, words, by_code)

    def _on_failed(self, error: VisitAppError) -> None:
        self._is_busy = False
        self.busy.emit(False)
        if isinstance(error, ContradictionsError):
            self.doubtful.emit(error.sentences)
        elif isinstance(error, HeldElsewhereError):
            self.elsewhere.emit(error.where)
        elif isinstance(error, CancelledError):
            self.problem.emit("Stopped. Nothing has changed.")
        else:
            self.problem.emit(str(error))
