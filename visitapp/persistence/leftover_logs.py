"""A log or journal left beside a file by a program that ended without closing it.

A log that belongs to the main file holds saved changes, and SQLite takes it over. A log that
belongs to another version of the file would destroy both, and is set aside under a name that says
why. SQLite can't tell the two apart, so this module does before SQLite sees them.
"""

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import field
from enum import Enum
from pathlib import Path
from time import sleep
from typing import Any

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import ChangedMeanwhileError, DamagedError, StorageError
from visitapp.paths import make_private_file, sync_folder
from visitapp.persistence import dialect, marks
from visitapp.persistence.marks import Marks
from visitapp.private_copies import PrivateFolder

LOG, INDEX, JOURNAL = "-wal", "-shm", "-journal"
_SALT_BYTES = 16
"""SQLCipher keeps the salt of the key at the beginning of the main file."""
_FIRST_PAGE = 4096
_LOG_HEAD = 32
_TRIES, _SECONDS_BETWEEN = 40, 0.05


class Verdict(Enum):
    """How a log relates to the main file beside it."""

    EMPTY = "nothing is in it"
    BELONGS = "its changes go on from this file"
    FOREIGN = "it goes on from another version"
    UNKNOWN = "it is not known"


@dataclass(slots=True)
class Settled:
    """What was found beside a file and where it was put: foreign files set aside, and copies made
    before taking over a log without a mark."""

    aside: list[tuple[Path, Path]] = field(default_factory=list)
    kept: Path | None = None

    def sentences(self) -> list[str]:
        """For the person who opened the file for writing."""
        lines = [
            f"{was.name} was in the same folder as the file but belongs to another version of "
            f"it. It was not used. It is now called {now.name}."
            for was, now in self.aside
        ]
        if self.kept is not None:
            lines.append(
                "visitapp stopped without closing the file last time. Everything you saved is "
                f"back. A copy of the file as it was is called {self.kept.name}."
            )
        return lines

    def sentences_of_reader(self) -> list[str]:
        """For the person whose command only reads and so leaves everything in place."""
        return [
            f"{was.name} is in the same folder as the file but belongs to another version of "
            "it. It was not read."
            for was, _ in self.aside
        ]


def beside(path: Path, ending: str) -> Path:
    """The file whose name is another's plus an ending."""
    return path.with_name(path.name + ending)


def has_content(path: Path) -> bool:
    """Whether there is a file that isn't empty."""
    with contextlib.suppress(OSError):
        return path.is_file() and path.stat().st_size > 0
    return False


def is_left(path: Path) -> bool:
    """Whether there is a log or a journal beside a file."""
    return any(has_content(beside(path, ending)) for ending in (LOG, JOURNAL))


def main_mark(path: Path, data_key: bytes) -> int | None:
    """The mark of the main file alone; None if its first page can't be read."""
    try:
        with closing(dialect.connect_alone(path, data_key)) as connection:
            return marks.read(connection).mark
    except dialect.dbapi().Error:
        return None


def log_marks(path: Path, data_key: bytes) -> Marks | None:
    """The marks in the log beside a file; None if the log has none, or can't be read with this key.

    To read it, SQLite is given a main file with just the right length and salt.
    """
    with private_folder() as folder:
        hollow = folder / "log"
        with path.open("rb") as main:
            hollow.write_bytes(main.read(_SALT_BYTES))
        os.truncate(hollow, path.stat().st_size)
        shutil.copyfile(beside(path, LOG), beside(hollow, LOG))
        try:
            with closing(dialect.connect_as_left(hollow, data_key)) as connection:
                return marks.read(connection)
        except dialect.dbapi().Error:
            return None


def judge(path: Path, data_key: bytes) -> Verdict:
    """How the log beside a file relates to it. Nobody may be writing to either."""
    if not has_content(beside(path, LOG)):
        return Verdict.EMPTY
    main, log = main_mark(path, data_key), log_marks(path, data_key)
    if main is None or log is None or marks.NO_MARK in (main, log.mark):
        return Verdict.UNKNOWN
    return Verdict.BELONGS if log.belongs_to(main) else Verdict.FOREIGN


def settle(path: Path, data_key: bytes) -> Settled:
    """Leave beside a file only what belongs to it, before SQLite opens it.

    Nobody else may have the file open. Raises DamagedError if the file is damaged both with and
    without its log; nothing is touched then, since SQLite would write the log into it. Raises
    StorageError if the folder can't be written to.
    """
    settled = Settled()
    try:
        if not has_content(beside(path, JOURNAL)):
            with contextlib.suppress(OSError):
                beside(path, JOURNAL).unlink(missing_ok=True)
        elif not _is_journal_needed(path, data_key):
            _set_aside(path, JOURNAL, settled)
        verdict = judge(path, data_key)
        if verdict is Verdict.UNKNOWN:
            verdict = _tried(path, data_key, settled)
        if verdict is Verdict.FOREIGN:
            _set_aside(path, LOG, settled)
    except OSError as error:
        raise StorageError(
            f"The files that belong to {path.name} can't be tidied up: {error.strerror or error}."
        ) from error
    return settled


def set_logs_aside(path: Path) -> Settled:
    """Make room for a new file: set aside any log that is where its own would be."""
    settled = Settled()
    for ending in (LOG, JOURNAL):
        if has_content(beside(path, ending)):
            _set_aside(path, ending, settled)
        else:
            beside(path, ending).unlink(missing_ok=True)
    beside(path, INDEX).unlink(missing_ok=True)
    return settled


def _tried(path: Path, data_key: bytes, settled: Settled) -> Verdict:
    """A log without a mark (from an earlier version) is tried on a private copy."""
    frames, is_sound = _trial(path, data_key, LOG)
    if frames == 0:
        if not _keeps_a_log(path, data_key):  # SQLite would keep the log open, and lock itself out
            for ending in (LOG, INDEX):
                beside(path, ending).unlink(missing_ok=True)
        return Verdict.EMPTY
    if is_sound:
        settled.kept = _keep_copies(path)
        return Verdict.BELONGS
    if _is_sound_alone(path, data_key):
        return Verdict.FOREIGN
    raise DamagedError(dialect.LOST if main_mark(path, data_key) is None else dialect.DAMAGED)


def _trial(path: Path, data_key: bytes, ending: str) -> tuple[int, bool]:
    """How many pages a log adds, and whether the file is sound with it."""
    with private_folder() as folder:
        copy = folder / "trial"
        shutil.copyfile(path, copy)
        shutil.copyfile(beside(path, ending), beside(copy, ending))
        try:
            with closing(dialect.connect_as_left(copy, data_key)) as connection:
                frames = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1]
                return int(frames), dialect.physical_damage(connection) == []
        except (dialect.dbapi().Error, StorageError):
            return -1, False


def _keeps_a_log(path: Path, data_key: bytes) -> bool:
    """Whether changes to the main file go to a log. They don't for a restored backup until it is
    opened for writing."""
    with private_folder() as folder:
        copy = folder / "mode"
        shutil.copyfile(path, copy)
        try:
            with closing(dialect.connect_as_left(copy, data_key)) as connection:
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                return bool(connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal")
        except dialect.dbapi().Error:
            return True


def _is_sound_alone(path: Path, data_key: bytes) -> bool:
    try:
        with closing(dialect.connect_alone(path, data_key)) as connection:
            return dialect.physical_damage(connection) == []
    except (dialect.dbapi().Error, StorageError):
        return False


def _is_journal_needed(path: Path, data_key: bytes) -> bool:
    """Whether a file needs the journal beside it, which undoes an unfinished change. A file that is
    sound without it doesn't."""
    if _is_sound_alone(path, data_key):
        return False
    if _trial(path, data_key, JOURNAL)[1]:
        return True
    raise DamagedError(dialect.LOST if main_mark(path, data_key) is None else dialect.DAMAGED)


def _set_aside(path: Path, ending: str, settled: Settled) -> None:
    kind = "log" if ending == LOG else "journal"
    name = f"{path.name}.{kind}-of-another-version-{secrets.token_hex(4)}{ending}"
    was, now = beside(path, ending), path.with_name(name)
    was.rename(now)
    if ending == LOG:
        beside(path, INDEX).unlink(missing_ok=True)  # it is only an index of the log
    sync_folder(path.parent)
    settled.aside.append((was, now))


def _keep_copies(path: Path) -> Path:
    """The file, its log and its key file unchanged, under another name."""
    kept = path.with_name(f"{path.name}.before-recovery-{secrets.token_hex(4)}")
    for ending in (LOG, ".key", ""):
        if has_content(beside(path, ending)):
            _copy_private(beside(path, ending), beside(kept, ending))
    sync_folder(path.parent)
    return kept


def _copy_private(source: Path, target: Path) -> None:
    make_private_file(target)
    with source.open("rb") as original, target.open("r+b") as copy:
        shutil.copyfileobj(original, copy, 4 * 1024 * 1024)
        copy.flush()
        os.fsync(copy.fileno())


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that nobody else can read, deleted at the end of the block. Files copied there stay
    encrypted."""
    folder = PrivateFolder()
    try:
        yield folder.path
    finally:
        folder.end()


def copy_to_read(path: Path, folder: Path) -> Path:
    """Copy a file and its log, in the state of one moment, to a private folder, although another
    copy of the program may be writing to them.

    Between checkpoints the main file doesn't change and the log only grows. Raises
    ChangedMeanwhileError if there are checkpoints all the time.
    """
    copy = folder / path.name
    for _ in range(_TRIES):
        before = _state(path)
        for ending in ("", LOG, JOURNAL):
            beside(copy, ending).unlink(missing_ok=True)
            if ending == "" or has_content(beside(path, ending)):
                with contextlib.suppress(FileNotFoundError):  # the log may just have been closed
                    shutil.copyfile(beside(path, ending), beside(copy, ending))
        after = _state(path)
        if before[0] == after[0] and before[1] == after[1] and before[2] <= after[2]:
            return copy
        sleep(_SECONDS_BETWEEN)
    raise ChangedMeanwhileError(f"{path.name} is being changed all the time. Try again later.")


def _state(path: Path) -> tuple[Any, bytes, int]:
    """The state of the main file, the head of its log, and the log's length. The first page is
    included, since every checkpoint writes it."""
    stat = path.stat()
    with path.open("rb") as main:
        first = main.read(_FIRST_PAGE)
    log = beside(path, LOG)
    try:
        with log.open("rb") as log_file:
            head = log_file.read(_LOG_HEAD)
        length = log.stat().st_size
    except FileNotFoundError:
        head, length = b"", 0
    main_state = (stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns, first)
    return main_state, head, length
