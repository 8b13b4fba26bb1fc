"""Whether the file that is open is still the one that lies at its path."""

import contextlib
import os
import shutil
from pathlib import Path
from time import sleep
from typing import Any, ClassVar

from visitapp.domain.errors import MovedError
from visitapp.persistence.left_behind import main_mark
from visitapp.persistence.marks import Marks

_LOOKS, _SECONDS_BETWEEN = 20, 0.05
_NO_MORE = "Nothing more can be saved in it."


class OpenFileWatch:
    """Watches one open file from its first connection on.

    What is open is held by a descriptor of its own, which is closed last: closing it earlier
    would take SQLite's locks away (POSIX gives them up with any descriptor of the file).
    """

    _open: ClassVar[dict[tuple[int, int], list[Any]]] = {}
    """By device and number of a file: how often this process has it open, and its marks."""

    def __init__(self, path: Path, data_key: bytes) -> None:
        self._path, self._key = path, data_key
        self._file: int | None = None
        self._seen: tuple[int, int] = (0, 0)

    def begin(self) -> None:
        """Before the first connection."""
        if self._file is None:
            mark = main_mark(self._path, self._key)
            self._file = os.open(self._path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            known = None if mark is None else Marks(mark, mark)
            self._open.setdefault(self._number(), [0, known])[0] += 1
            self.note()

    def _number(self) -> tuple[int, int]:
        assert self._file is not None
        found = os.fstat(self._file)
        return found.st_dev, found.st_ino

    def note(self, found: Marks | None = None) -> None:
        """What the file looks like now is our own work; its marks, where they are others."""
        if self._file is not None:
            now = os.fstat(self._file)
            self._seen = (now.st_size, now.st_mtime_ns)
            if found is not None:
                self._open[self._number()][1] = found

    def must_hold(self) -> None:
        """Raises MovedError where another program moved, replaced, overwrote or deleted it."""
        if self._file is None:
            return
        ours = os.fstat(self._file)
        try:
            there = self._path.stat()
        except OSError:
            raise MovedError(
                f"{self._path.name} is no longer where it was opened: another program moved or "
                f"deleted it. {_NO_MORE}",
                can_copy=True,
            ) from None
        if (there.st_dev, there.st_ino) != (ours.st_dev, ours.st_ino):
            raise MovedError(
                f"Another program replaced {self._path.name} while it was open. {_NO_MORE}",
                can_copy=True,
            )
        if (there.st_size, there.st_mtime_ns) != self._seen and self.is_overwritten():
            raise MovedError(
                f"Another program overwrote {self._path.name} while it was open. {_NO_MORE}",
                can_copy=False,
            )

    def is_overwritten(self) -> bool:
        """Whether the same file has another content. A mere touch changes no mark. Another thread
        of ours may bring the log into the file while this one looks: what is found then belongs
        to what is known before or after, or a second look finds something else."""
        if self._file is None:
            return False
        earlier: object = None
        for _ in range(_LOOKS):
            ours = os.fstat(self._file)
            seen = (ours.st_size, ours.st_mtime_ns)
            before = self._known()
            found = main_mark(self._path, self._key)
            after = self._known()
            if before is None or found in _both(before) | _both(after):
                self._seen = seen
                return False
            look = (found, before, after, seen)
            if look == earlier:
                return True
            earlier = look
            sleep(_SECONDS_BETWEEN)
        return True

    def _known(self) -> Marks | None:
        known: Marks | None = self._open[self._number()][1]
        return known

    @property
    def is_same_file(self) -> bool:
        """Whether what lies at the path is what is open, whatever is in it by now."""
        if self._file is None:
            return False
        ours, there = os.fstat(self._file), self._path.stat()
        return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)

    @property
    def is_deleted(self) -> bool:
        """Whether what is open has no name any more anywhere."""
        return self._file is not None and os.fstat(self._file).st_nlink == 0

    def step_aside(self) -> bool:
        """Give the path to a file of the same content, so that what SQLite writes when it is
        closed goes into the one that is open, and not into what was written over it.

        Whether that went well: on Windows no open file can be replaced.
        """
        new = self._path.with_name(f".{self._path.name}.{os.urandom(8).hex()}.new")
        try:
            descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with self._path.open("rb") as read, os.fdopen(descriptor, "wb") as written:
                shutil.copyfileobj(read, written, 4 * 1024 * 1024)
                written.flush()
                os.fsync(written.fileno())
            shutil.copystat(self._path, new)
            new.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
            return False
        return True

    def end(self) -> None:
        """After the last connection."""
        if self._file is not None:
            counted = self._open[self._number()]
            counted[0] -= 1
            if counted[0] == 0:
                del self._open[self._number()]
            os.close(self._file)
            self._file = None


def _both(known: Marks | None) -> set[int]:
    return set() if known is None else {known.mark, known.before}
