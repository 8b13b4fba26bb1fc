"""The files in the folder of exchange.

A network drive may keep any of these functions waiting for as long as it likes, so none of them
knows the records: whoever calls them holds nothing that others wait for.
"""

import errno
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from visitapp.domain.errors import StorageError
from visitapp.domain.exchange.copies import OwnCopy
from visitapp.domain.exchange.messages import MessageKind, OutMessage
from visitapp.paths import read_bounded, read_small, write_whole
from visitapp.security import sealed_messages

SUFFIX = ".visitmsg"
RESEND_AFTER = timedelta(days=1)
"""A message that is no longer in the folder and that nobody acknowledged is put out once more."""
_SAID_ONCE = (MessageKind.RECEIPT, MessageKind.SHUT_OUT)
"""Nobody acknowledges these. A receipt is asked for by whoever sends a message again; a copy that
was shut out is not heard any more."""
_FULL = (errno.ENOSPC, errno.EDQUOT)
_MOST_READ = 32 << 20
"""Bytes read before what was read is taken in."""


@dataclass(frozen=True, slots=True)
class ArrivedFile:
    """A file that holds messages for this copy, or why it can't be read."""

    path: Path
    content: bytes = field(default=b"", repr=False)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """Files that were read. `rest` were not looked at yet."""

    files: tuple[ArrivedFile, ...]
    rest: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class PutOut:
    """Messages that lie in the folder since now: their ids, kinds and file names. `problem` says
    why the others don't; empty if all do. `is_full`: others that are shorter may still fit."""

    messages: tuple[tuple[UUID, MessageKind, str], ...]
    problem: str = ""
    is_full: bool = False


def listed(folder: Path) -> tuple[Path, ...]:
    """The files in the folder. Raises StorageError."""
    try:
        return tuple(
            path for path in sorted(folder.iterdir()) if path.name[0] != "." and path.is_file()
        )
    except OSError as error:
        raise StorageError(
            f"The folder of exchange {folder} can't be read: {error.strerror}."
        ) from error


def seen_in(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Names, sizes and times of the files in the folder, which show whether anything changed;
    empty if it can't be read."""
    try:
        stats = [(path.name, path.stat()) for path in folder.iterdir()]
    except OSError:
        return frozenset()
    return frozenset((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def read(paths: Sequence[Path], own: Sequence[OwnCopy], most: int) -> Arrived:
    """Read those of the first `most` files that are for this copy, or fewer if they are large.
    `own` are the keys it has and those it had."""
    files: list[ArrivedFile] = []
    length = number = 0
    while number < min(most, len(paths)) and length < _MOST_READ:
        arrived = _read(paths[number], own)
        number += 1
        if arrived is not None:
            files.append(arrived)
            length += len(arrived.content)
    return Arrived(tuple(files), tuple(paths[number:]))


def _read(path: Path, own: Sequence[OwnCopy]) -> ArrivedFile | None:
    try:
        beginning = read_small(path, sealed_messages.HEAD_BYTES)
        if not any(sealed_messages.is_for(beginning, keys) for keys in own):
            return None
        return ArrivedFile(path, read_bounded(path, sealed_messages.MOST_BYTES))
    except OSError as error:
        return ArrivedFile(path, problem=f"The file can’t be read: {error.strerror}.")


def remove(paths: Iterable[Path]) -> None:
    """Remove files; one that can't be removed changes nothing when it is opened again."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError:
            continue


def put_out(folder: Path, messages: Iterable[OutMessage], now: datetime) -> PutOut:
    """Write those messages that are due, each under a name by chance. What can't be written stops
    the rest, unless the folder is full."""
    written: list[tuple[UUID, MessageKind, str]] = []
    is_full = False
    for message in messages:
        if not _is_due(folder, message, now):
            continue
        name = secrets.token_hex(16) + SUFFIX
        if message.name:
            remove([folder / message.name])  # what is left of it
        try:
            write_whole(folder / name, message.file)
        except OSError as error:
            if error.errno not in _FULL:
                problem = f"A message can’t be put in {folder}: {error.strerror}."
                return PutOut(tuple(written), problem)
            is_full = True
            continue
        written.append((message.id, message.kind, name))
    problem = f"The folder {folder} is full. Messages will follow when there is room in it."
    return PutOut(tuple(written), problem if is_full else "", is_full)


def _is_due(folder: Path, message: OutMessage, now: datetime) -> bool:
    if message.put_out_at is None:
        return True
    if message.kind in _SAID_ONCE:
        return False
    was_long_ago = abs(now - message.put_out_at) >= RESEND_AFTER  # a clock may be put back
    return was_long_ago and not _is_whole(folder / message.name, message.file)


def _is_whole(path: Path, content: bytes) -> bool:
    """Whether a message still lies in the folder as it was put there."""
    try:
        return read_bounded(path, len(content)) == content
    except OSError:
        return False
