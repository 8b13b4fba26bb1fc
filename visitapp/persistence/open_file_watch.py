"""Checks whether the open file is still the one at its path."""

import contextlib
import os
import shutil
from pathlib import Path
from time import sleep
from typing import Any, ClassVar

from visitapp.domain.errors import MovedError
from visitapp.persistence.leftover_logs import main_mark
from visitapp.persistence.marks import Marks

_LOOKS, _SECONDS_BETWEEN = 20, 0.05
_NO_MORE = "Nothing more can be saved in it."


class OpenFileWatch:
    """Watches one open file from its first connection on.

    It has its own descriptor of the file, which is closed last: POSIX drops SQLite's locks when any
    descriptor of the file is closed.
    """

    _open: ClassVar[dict[tuple[int, int], list[Any]]] = {}
    """By device and inode of a file: how often this process has it open, and its marks."""

    def __init__(self, path: Path, data_key: bytes) -> None:
        self._path, self._key = path, data_key
        self._file: int | None = None
        self._seen: tuple[int, int] = (0, 0)

    def begin(self) -> None:
        """Call it before the first connection."""
        if self._file is None:
            mark = main_mark(self._path, self._key)
            self._file = os.open(self._path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            known = None if mark is None else Marks(mark, mark)
            self._open.setdefault(self._number(), [0, known])[0] += 1
            self.note()

    def _number(self) -> tuple[int, int]:
        assert self._file is not None
        stat = os.fstat(self._file)
        return stat.st_dev, stat.st_ino

    def note(self, marks: Marks | None = None) -> None:
        """Remember the file's size and time after our own writes, and its new marks if any."""
        if self._file is not None:
            now = os.fstat(self._file)
            self._seen = (now.st_size, now.st_mtime_ns)
            if marks is not None:
                self._open[self._number()][1] = marks

    def must_hold(self) -> None:
        """Raises MovedError if another program moved, replaced, overwrote or deleted it."""
        if self._file is None:
            return
        ours = os.fstat(self._file)
        try:
            at_path = self._path.stat()
        except OSError:
            raise MovedError(
                f"{self._path.name} is no longer where it was opened: another program moved or "
                f"deleted it. {_NO_MORE}",
                can_copy=True,
            ) from None
        if (at_path.st_dev, at_path.st_ino) != (ours.st_dev, ours.st_ino):
            raise MovedError(
                f"Another program replaced {self._path.name} while it was open. {_NO_MORE}",
                can_copy=True,
            )
        if (at_path.st_size, at_path.st_mtime_ns) != self._seen and self.is_overwritten():
            raise MovedError(
                f"Another program overwrote {self._path.name} while it was open. {_NO_MORE}",
                can_copy=False,
            )

    def is_overwritten(self) -> bool:
        """Whether another program overwrote the file. Its mark shows this, since just touching the
        file doesn't change it. Our other thread may be running a checkpoint meanwhile: the mark is
        then the one known before or after, or differs at a second look."""
        if self._file is None:
            return False
        earlier: object = None
        for _ in range(_LOOKS):
            ours = os.fstat(self._file)
            stamp = (ours.st_size, ours.st_mtime_ns)
            before = self._known()
            mark = main_mark(self._path, self._key)
            after = self._known()
            if before is None or mark in _both(before) | _both(after):
                self._seen = stamp
                return False
            look = (mark, before, after, stamp)
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
        """Whether the file at the path is the open one, whatever it contains by now."""
        if self._file is None:
            return False
        ours, at_path = os.fstat(self._file), self._path.stat()
        return (at_path.st_dev, at_path.st_ino) == (ours.st_dev, ours.st_ino)

    @property
    def is_deleted(self) -> bool:
        """Whether the open file was deleted and has no name left."""
        return self._file is not None and os.fstat(self._file).st_nlink == 0

    def step_aside(self) -> bool:
        """Replace the file at the path by a copy of it. What SQLite writes when it closes then goes
        into the old file, and not into what another program wrote over it.

        Returns whether it worked: on Windows an open file can't be replaced.
        """
        new = self._path.with_name(f".{self._path.name}.{os.urandom(8).hex()}.new")
        try:
            descriptor = os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with self._path.open("rb") as original, os.fdopen(descriptor, "wb") as copy:
                shutil.copyfileobj(original, copy, 4 * 1024 * 1024)
                copy.flush()
                os.fsync(copy.fileno())
            shutil.copystat(self._path, new)
            new.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)
            return False
        return True

    def end(self) -> None:
        """Call it after the last connection."""
        if self._file is not None:
            counted = self._open[self._number()]
            counted[0] -= 1
            if counted[0] == 0:
                del self._open[self._number()]
            os.close(self._file)
            self._file = None


def _both(known: Marks | None) -> set[int]:
    return set() if known is None else {known.mark, known.before}
