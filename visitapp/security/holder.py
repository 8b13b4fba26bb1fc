"""Who has a file open for writing: one copy of the program at a time, by name.

On one computer the operating system's lock decides, so a copy that crashed locks nobody out, and
the name in the file beside it is only for the message. Between computers there is no lock in a
synchronised folder, and not always one on a network: there the name decides, and only a person can
tell that it is out of date.
"""

import contextlib
import json
import os
import platform
import secrets
import sys
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import HeldElsewhereError, HeldError
from visitapp.paths import (
    is_taken,
    make_private_folder,
    read_small,
    sync_folder,
    user_folder,
    write_whole,
)

_MOST = 10_000
_LONGEST = 80
"""The most characters of a name that are shown: anybody may have written the file."""


class Claim:
    """The operating system's lock on a file of records, until `release`."""

    def __init__(self, records: Path) -> None:
        """Take the lock. Raises HeldError, naming who has it, and OSError."""
        from filelock import FileLock, Timeout

        self._records = records
        self._file = records.with_name(records.name + ".lock")
        # `thread_local` off: the window takes the file in one thread and may let go in another.
        self._lock = FileLock(self._file, mode=0o600, thread_local=False)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise HeldError(
                f"{records.name} is open in another copy of visitapp{_named(records)}."
            ) from None

    def release(self) -> None:
        """Let others open the file."""
        if self._lock.is_locked and sys.platform != "win32":  # while nobody else can have it
            with contextlib.suppress(OSError):
                self._file.unlink()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


class Holder(Claim):
    """Holds a file until `release`, so that others see by name who has it."""

    def __init__(
        self, records: Path, user: str, since: datetime, *, take_over: bool = False
    ) -> None:
        """Take the lock. Raises HeldError, naming who has it, and HeldElsewhereError if it is
        marked as open on another computer, unless `take_over`."""
        super().__init__(records)
        try:
            if not take_over:
                must_not_be_elsewhere(records)
            self._about = _Mark(
                user, platform.node(), f"{since:%H:%M on %d %B %Y}", installation(), os.getpid()
            )
            write_whole(_name_file(records), self._about.as_bytes())
        except BaseException:
            super().release()
            raise

    def release(self) -> None:
        """Let others open the file. A mark that another computer has put there since stays."""
        with contextlib.suppress(OSError):
            if read_small(_name_file(self._records), _MOST) == self._about.as_bytes():
                _name_file(self._records).unlink()
        super().release()


def must_not_be_elsewhere(records: Path) -> None:
    """Raises HeldElsewhereError for a file that is marked as open on another computer."""
    about = read_holder(records)
    if about is not None and about.is_elsewhere:
        raise HeldElsewhereError(
            records.name, host=about.host or "another computer", since=about.since, who=about.who
        )


@dataclass(frozen=True, slots=True)
class _Mark:
    """The content of the mark beside a file. `installation` distinguishes two computers with the
    same name; earlier versions of the program don't write it."""

    who: str
    host: str
    since: str
    installation: str = ""
    pid: int = 0

    @property
    def is_elsewhere(self) -> bool:
        """Whether it was written on another computer, or by another user of this one whose program
        crashed, which looks the same."""
        if self.installation:
            return self.installation != installation()
        return self.host.casefold() != platform.node().casefold()

    def as_bytes(self) -> bytes:
        """The mark as it is written to the disk."""
        names = ("who", "host", "since", "installation", "pid")
        return json.dumps({name: getattr(self, name) for name in names}).encode("utf-8")


def read_holder(records: Path) -> _Mark | None:
    """The content of the mark beside a file; None if there is none or it can't be read."""
    try:
        content = json.loads(read_small(_name_file(records), _MOST))
        names = ("who", "host", "since", "installation")
        user, host, since, installation_id = (_shown(content.get(name)) for name in names)
    except (OSError, ValueError, AttributeError, RecursionError):
        return None
    return _Mark(user, host, since, installation_id) if host or installation_id else None


def is_marked(records: Path) -> bool:
    """Whether an open or killed program left its lock or its mark."""
    names = (_name_file(records), records.with_name(records.name + ".lock"))
    return any(is_taken(name) for name in names)


def remove_own_mark(records: Path) -> None:
    """Remove the mark of a program that was killed on this computer; its file must be claimed."""
    about = read_holder(records)
    if about is not None and not about.is_elsewhere:
        _name_file(records).unlink(missing_ok=True)


def _shown(text: object) -> str:
    """Words from a file that anybody may have written, made safe to show in a sentence."""
    if not isinstance(text, str):
        return ""
    return "".join(letter for letter in text if letter.isprintable()).strip()[:_LONGEST]


def _name_file(records: Path) -> Path:
    return records.with_name(records.name + ".holder")


def _named(records: Path) -> str:
    about = read_holder(records)
    if about is None or not (about.who and about.since):
        return ""
    return f": {about.who} on {about.host}, since {about.since}"


def installation() -> str:
    """A random name for this user's program on this computer, created when first needed."""
    path = user_folder() / "installation"
    with contextlib.suppress(OSError, ValueError):
        name = read_small(path, 100).decode("ascii").strip()
        if name:
            return name
    new_name = secrets.token_hex(16)
    try:
        make_private_folder(path.parent)
        write_whole(path, new_name.encode("ascii"))
        sync_folder(path.parent)
    except OSError:  # the home folder can't be written to, so the computer's name has to do
        return f"on {platform.node()}"
    return new_name
