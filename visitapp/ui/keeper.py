"""Saves unsaved work within a third of a second, and retries until it succeeds."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from visitapp.domain.errors import MovedError, VisitAppError

if TYPE_CHECKING:
    from visitapp.services.records.unsaved_work import Piece, UnsavedWorkService

_GATHER_MS = 250
"""Keystrokes within this time are saved together."""
_AGAIN_MS = 2_000
"""Delay after a failed save."""

KEPT_HERE = "What you wrote is safe here. We will save it as soon as we can."
"""Added to the reason why something could not be saved."""


class Keeper(QObject):
    """What was typed and isn't on disk yet; subclasses write it.

    Signals: `saved` once everything is saved; `failed` (sentence) when a save fails, once for each
    new reason. What can't be saved is kept and retried every 2 seconds. If the file was moved or
    deleted, subclasses may also store it outside the file (`keep_elsewhere`), so that it survives
    the end of the program.
    """

    saved = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problem = ""
        """Why the last save failed; empty after a success."""
        self._is_dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    @property
    def is_dirty(self) -> bool:
        """Whether something typed isn't on disk yet."""
        return self._is_dirty

    def write(self) -> None:
        """Write everything typed to disk. Raises VisitAppError."""
        raise NotImplementedError

    def keep_elsewhere(self) -> bool:
        """Store everything typed outside the file, which can't be written. Returns whether that
        worked."""
        return False

    def touch(self) -> None:
        """Something was typed. Further typing doesn't delay the save."""
        self._is_dirty = True
        if not self._timer.isActive():
            self._timer.start(_GATHER_MS)

    def flush(self) -> bool:
        """Save now. Returns whether everything typed is on disk, in the file or elsewhere."""
        if not self._is_dirty:
            return True
        self._timer.stop()
        try:
            self.write()
        except VisitAppError as error:
            self._timer.start(_AGAIN_MS)
            is_kept = isinstance(error, MovedError) and self.keep_elsewhere()
            if str(error) != self.problem:
                self.problem = str(error)
                self.failed.emit(self.problem)
            return is_kept
        self.forget()
        self.saved.emit()
        return True

    def forget(self) -> None:
        """Nothing needs saving any more."""
        self._timer.stop()
        self._is_dirty = False
        self.problem = ""


class PartsKeeper(Keeper):
    """Keeps text typed in several places, each saved separately. `kept` stores what can't be saved
    in the file because it was moved."""

    def __init__(self, kept: "UnsavedWorkService | None", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._elsewhere: dict[Any, Piece] = {}

    def waiting(self) -> Iterable[Any]:
        """The places with unsaved text."""
        raise NotImplementedError

    def save(self, place: Any) -> None:
        """Save one place. Raises VisitAppError."""
        raise NotImplementedError

    def piece(self, place: Any) -> "Piece":
        """The text of one place, to store outside the file."""
        raise NotImplementedError

    def write(self) -> None:
        """Save each place; a failure doesn't stop the others."""
        problem = None
        for place in tuple(self.waiting()):
            try:
                self.save(place)
            except VisitAppError as error:
                problem = problem or error
            else:
                self._forget_elsewhere(place)
        if problem is not None:
            raise problem

    def keep_elsewhere(self) -> bool:
        """Store it encrypted in the user's folder; it comes back when these records are opened
        again."""
        if self._kept is None:
            return False
        try:
            for place in tuple(self.waiting()):
                piece = self.piece(place)
                self._kept.keep(piece)
                self._elsewhere[place] = piece
        except VisitAppError:
            return False
        return True

    def _forget_elsewhere(self, place: Any) -> None:
        piece = self._elsewhere.pop(place, None)
        if piece is not None and self._kept is not None:
            self._kept.forget(piece)
