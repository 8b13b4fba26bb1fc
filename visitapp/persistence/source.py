"""A file of records opened for reading: the file itself, or a private copy of it."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from visitapp.domain.errors import ChangedMeanwhileError, DamagedError, StorageError
from visitapp.paths import resolved
from visitapp.persistence import dialect, leftover_logs, truncated_files
from visitapp.persistence.leftover_logs import Settled
from visitapp.private_copies import PrivateFolder


class Source:
    """Provides connections to one file and writes nothing to its folder.

    A file without a log is read in place. SQLite takes no lock on it, so after each read it is
    checked for changes. A file with a log is copied together with it, still encrypted, to a private
    folder, which `end` deletes; a log that belongs to another version is left out.
    """

    def __init__(self, path: Path, data_key: bytes, *, copied: bool) -> None:
        self._path, self._key, self._copied = path, data_key, copied
        self._folder: PrivateFolder | None = None
        self._reads: Path | None = None
        self._seen: tuple[int, ...] = ()
        self._settled = Settled()
        self.pages_missing = 0

    def connect(self) -> Any:
        """A connection. Raises StorageError, ChangedMeanwhileError."""
        if self._reads is None:  # no lock needed: the thread that opens the file reads it first
            self._reads = self._path_to_read()
        if self.is_copy:
            return dialect.connect(self._reads, self._key)
        return dialect.connect_alone(self._reads, self._key)

    def connect_alone(self) -> Any:
        """A connection for a file whose first page is bad."""
        return dialect.connect_alone(self._reads or resolved(self._path), self._key)

    def _path_to_read(self) -> Path:
        path = resolved(self._path)
        if not path.is_file():
            raise StorageError(f"There is no file {self._path}.")
        self._seen = _state(path)
        if path.stat().st_size == 0 or not (
            self._copied or leftover_logs.is_left(path) or truncated_files.is_cut(path, self._key)
        ):
            return path
        try:
            self._folder = PrivateFolder()
            copy = leftover_logs.copy_to_read(path, self._folder.path)
            self.pages_missing = truncated_files.pad(copy, self._key)
            with suppress(DamagedError):  # whatever can't be read shows up later
                self._settled = leftover_logs.settle(copy, self._key)
        except OSError as error:
            raise StorageError(
                f"{self._path.name} can't be read, because it can't be copied: "
                f"{error.strerror or error}."
            ) from error
        return copy

    @property
    def is_copy(self) -> bool:
        """Whether it is a private copy, which may be written to."""
        return self._copied or self._folder is not None

    @property
    def reads(self) -> Path:
        """The file that is read: the original or the copy."""
        return self._path if self._reads is None else self._reads

    def notices(self) -> list[str]:
        """Sentences about what is beside the file and was not read."""
        return self._settled.sentences_of_reader()

    def must_be_unchanged(self) -> None:
        """Raises ChangedMeanwhileError if the file has changed since it was opened."""
        if self._reads is None or self.is_copy:
            return
        try:
            same = _state(self._reads) == self._seen
        except OSError:
            same = False
        if not same:
            raise ChangedMeanwhileError(
                f"Another program changed {self._path.name} while it was being read. Try again."
            )

    def end(self) -> None:
        """Delete the copy."""
        if self._folder is not None:
            self._folder.end()


def _state(path: Path) -> tuple[int, ...]:
    stat = path.stat()
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns
