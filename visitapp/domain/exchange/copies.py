"""Copies of the program that write to each other, and how a visitor's copy joins."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from visitapp.domain.errors import BadInputError

CODE_DAYS = 14
"""Days for which a joining code works."""
SEALING_BYTES, SIGNING_BYTES = 1216, 32


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others need to write to a copy and to know its messages: raw bytes of an ML-KEM-768
    and an X25519 key, one after the other, and of an Ed25519 key."""

    sealing: bytes = field(repr=False)
    signing: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if (len(self.sealing), len(self.signing)) != (SEALING_BYTES, SIGNING_BYTES):
            raise BadInputError("These are not the keys of a copy of visitapp.")


@dataclass(frozen=True, slots=True)
class OwnCopy:
    """The copy whose file is open. `person_id` is the visitor whose copy it is, None for the
    office.

    The seeds are those of its private keys: ML-KEM-768 and X25519 one after the other (96
    bytes), and Ed25519 (32). `number` stands in the references of a visitor's reports, so that
    no two copies give the same; of the office's copy it is that of its keys, which grows each
    time they are renewed.
    """

    id: UUID
    sealing_seed: bytes = field(repr=False)
    signing_seed: bytes = field(repr=False)
    person_id: UUID | None = None
    number: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class OtherCopy:
    """A copy that this one exchanges messages with: a visitor's, or the office's, which is
    nobody's (`person_id` None). Once `revoked_at` nothing of it is taken in. `sent` counts the
    messages to it; `number` is as of `OwnCopy`."""

    id: UUID
    keys: PublicKeys
    joined_at: datetime
    person_id: UUID | None = None
    number: int = 0
    revoked_at: datetime | None = None
    sent: int = 0
    version: int = 1


@dataclass(frozen=True, slots=True)
class ShutOut:
    """What the office tells a copy of which it takes in nothing more; `at` is since when (UTC)."""

    at: datetime


def office_of(copies: Iterable[OtherCopy]) -> OtherCopy | None:
    """In a visitor's copy: the office's with the keys it has now; None before it has joined, and
    once it was shut out."""
    return next((copy for copy in copies if copy.person_id is None and not copy.revoked_at), None)


@dataclass(frozen=True, slots=True)
class Invitation:
    """The office's note of an invitation. `secret` is the joining code's 20 bytes."""

    id: UUID
    person_id: UUID
    number: int
    secret: bytes = field(repr=False)
    made_at: datetime
    used_at: datetime | None = None
    withdrawn_at: datetime | None = None
    version: int = 1

    @property
    def ends_at(self) -> datetime:
        """From when on the code no longer works."""
        return self.made_at + timedelta(days=CODE_DAYS)

    def is_open_at(self, now: datetime) -> bool:
        """Whether somebody could still join by it."""
        return self.used_at is None and self.withdrawn_at is None and now < self.ends_at
