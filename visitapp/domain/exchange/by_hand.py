"""Messages saved as files by hand, to be attached to a mail or carried on a memory stick."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

MOST_IN_FILE = 8 << 20
"""Bytes that most mail programs let through. A longer message has a file of its own."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """A copy that messages can be saved for; `name` is its visitor's, or the office's."""

    copy_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class HandMessages:
    """All that a copy has not acknowledged: as the contents of one or more files, and the ids by
    which it is noted that they were saved. `number` counts messages, a reply too."""

    receiver: Receiver
    files: tuple[bytes, ...] = field(repr=False)
    message_ids: tuple[UUID, ...]
    number: int


def in_files(messages: Iterable[bytes]) -> tuple[bytes, ...]:
    """Messages one after the other in as few files as mail programs let through."""
    files: list[list[bytes]] = []
    length = 0
    for message in messages:
        if not files or length + len(message) > MOST_IN_FILE:
            files.append([])
            length = 0
        files[-1].append(message)
        length += len(message)
    return tuple(b"".join(parts) for parts in files)
