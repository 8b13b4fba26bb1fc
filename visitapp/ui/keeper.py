"""Keeps unsaved work: written within a third of a second, and tried again until it can be."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from visitapp.domain.errors import MovedError, VisitAppError

if TYPE_CHECKING:
    from visitapp.services.records.unsaved_work import Piece, UnsavedWorkService

_GATHER_MS = 250
"""Keystrokes closer than this are saved together."""
_AGAIN_MS = 2_000
"""After a failed save, until the next try."""

KEPT_HERE = "What you wrote is safe here. We will save it as soon as we can."
"""Follows the reason for which something could not be saved."""


class Keeper(QObject):
    """What was typed and is not on the disk yet; whoever inherits says how it is written.

    Signals: `saved` once nothing is left to save; `failed` (sentence) when a save did not work,
    once for each new reason. What can't be saved stays, and is tried again every 2 seconds;
    where the file was moved or deleted, it's also kept beyond the end of the program, if whoever
    inherits can (`keep_elsewhere`).
    """

    saved = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problem = ""
        """Why the last save did not work; empty once one has."""
        self._is_dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    @property
    def is_dirty(self) -> bool:
        """Whether something typed is not on the disk yet."""
        return self._is_dirty

    def write(self) -> None:
        """Bring all that was typed to the disk. Raises VisitAppError."""
        raise NotImplementedError

    def keep_elsewhere(self) -> bool:
        """Keep all that was typed beside the records, which can't take it; whether it is."""
        return False

    def touch(self) -> None:
        """Something was typed. Whoever goes on typing doesn't put the save off."""
        self._is_dirty = True
        if not self._timer.isActive():
            self._timer.start(_GATHER_MS)

    def flush(self) -> bool:
        """Save now; whether all that was typed is on the disk, in the file or elsewhere."""
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
        """Nothing is to be saved any more."""
        self._timer.stop()
        self._is_dirty = False
        self.problem = ""


class PartsKeeper(Keeper):
    """What was typed at several places, each of which is saved by itself; `kept` keeps what the
    file can't take because it was moved."""

    def __init__(self, kept: "UnsavedWorkService | None", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self._elsewhere: dict[Any, Piece] = {}

    def waiting(self) -> Iterable[Any]:
        """The places at which something isn't on the disk as it stands."""
        raise NotImplementedError

    def save(self, place: Any) -> None:
        """Bring to the disk what was typed at a place. Raises VisitAppError."""
        raise NotImplementedError

    def piece(self, place: Any) -> "Piece":
        """What was typed at a place, to be kept beside the records."""
        raise NotImplementedError

    def write(self) -> None:
        """Save each; one that can't be saved doesn't keep the others from it."""
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
        """Keep it in the user's folder, encrypted; it comes back when these records are opened
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
