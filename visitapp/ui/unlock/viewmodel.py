"""From a passphrase or a recovery code to an open file."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visitapp.domain.errors import VisitAppError
from visitapp.ui.session import Session


class UnlockViewModel(QObject):
    """Signals: `busy` (bool) while a key is worked out; `problem` (sentence, empty: none)."""

    busy = Signal(bool)
    problem = Signal(str)

    def __init__(self, session: Session, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.path = path
        self._is_busy = False

    @property
    def folder_words(self) -> str:
        """Where the file lies, as far as a person wants to know."""
        folder = self.path.absolute().parent
        return f"in {folder.name}" if folder.name else f"in {folder}"

    def unlock(self, passphrase: str) -> None:
        """Try a passphrase; the file opens, or a sentence says that it doesn't."""
        if not passphrase:
            self.problem.emit("Type the passphrase of this file.")
        elif self._begin():
            self._session.unlock(self.path, passphrase, self._on_failed)

    def use_code(self, code: str) -> None:
        """Try a recovery code."""
        if not code.strip():
            self.problem.emit("Type the code from your recovery sheet.")
        elif self._begin():
            self._session.unlock_with_code(self.path, code, self._on_failed)

    def open_demonstration(self) -> None:
        """Open the demonstration, made anew if need be."""
        if self._begin():
            self._session.open_demonstration(self._on_failed)

    def _begin(self) -> bool:
        if self._is_busy:
            return False
        self._is_busy = True
        self.problem.emit("")
        self.busy.emit(True)
        return True

    def _on_failed(self, error: VisitAppError) -> None:
        self._is_busy = False
        self.busy.emit(False)
        self.problem.emit(str(error))
