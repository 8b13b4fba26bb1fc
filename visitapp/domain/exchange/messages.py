"""Messages between copies: their kinds, and why one is not taken in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, VisitAppError
from visitapp.domain.text.wording import count_text, plural

ALTERED = "This message was changed on the way. Ask for it to be sent again."
CUT = "This message isn’t complete. Wait until all of it has been copied, or ask for it again."
NO_MESSAGE = "This file is not a message of visitapp."
NEWER = "This message was written by a newer version of visitapp. Update this copy first."
OTHER = "This message is for another copy of visitapp."
STRANGER = "This message comes from a copy of visitapp that is not known here."
CONTRADICTORY = (
    "The settings in this message contradict each other. Ask your manager to send them again."
)
UNKNOWN = "This report names a site, a person or a form that the office doesn’t have."
NOT_YET = (
    "This report names a site or a form that this copy doesn’t have yet. It is taken in once "
    "the office’s settings have come."
)
UNDECIDED = (
    "Another copy of this visitor has amended this report as well. It is taken in once you have "
    "decided on the edition in the inbox."
)
TOO_LONG = "This is longer than any report, so it was not taken in."
REVOKED = "This message comes from a copy of visitapp that was shut out."
SHUT_OUT = (
    "Your office has shut out this copy of visitapp, so nothing more is exchanged. Ask your "
    "manager for a new invitation."
)
SUPERSEDED = (
    "This message was signed with keys that your office no longer has. The office was handed over."
)
TAKEN_OVER_TWICE = (
    "This office was taken over on another computer as well. Only one of the two can go on: each "
    "visitor follows the one that wrote to them first."
)
TAKEN_BACK = (
    "The handing over of this office was taken back, so two copies of it go on. Speak to the "
    "manager who handed it over."
)


class MessageKind(StrEnum):
    """What a message brings."""

    REPLY = "reply"
    PACK = "pack"
    REPORT = "report"
    RECEIPT = "receipt"
    RETURNED = "returned"
    ASSIGNMENT = "assignment"
    ISSUES = "issues"
    AVAILABILITY = "availability"
    BRIEFINGS = "briefings"
    OWN_VISITS = "own_visits"
    TO_CONFIRM = "to_confirm"
    CONFIRMATION = "confirmation"
    RENEWAL = "renewal"
    SHUT_OUT = "shut_out"


class MessageError(BadInputError):
    """A file that can't be taken in as a message; nothing of it was."""


class StrangerError(MessageError):
    """The message is signed by a copy that is not known here; its reply may come later."""

    def __init__(self) -> None:
        super().__init__(STRANGER)


class CutMessageError(MessageError):
    """The end of the file is missing: it may still be being copied."""

    def __init__(self) -> None:
        super().__init__(CUT)


class NotForThisCopyError(MessageError):
    """The message is sealed for another copy, which is no fault in a shared folder."""


@dataclass(frozen=True, slots=True)
class Message:
    """An opened message. `id` is like no other's, `sender` a copy's id; `made_at` is by the
    sender's clock, which may be wrong. `number` grows with each message from one copy to
    another, so that of two packs the later one stands whenever they come."""

    id: UUID
    kind: MessageKind
    sender: UUID
    made_at: datetime
    number: int
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A message that was opened: what it brought, whose copy sent it (empty for the office's),
    and whether it was new here."""

    kind: MessageKind
    sender_name: str
    is_new: bool


def taken_in_words(taken: Sequence[TakenIn]) -> str:
    """What taking in some messages did, as sentences."""
    numbers = Counter(item for item in taken if item.is_new)
    if not numbers:
        return "This message was taken in before. Nothing has changed."
    return " ".join(_words(item, number) for item, number in numbers.items())


def _words(taken: TakenIn, number: int) -> str:
    who = taken.sender_name or "The office"
    return {
        MessageKind.REPLY: f"{who} has joined.",
        MessageKind.PACK: "Sites, lists, forms and names are up to date.",
        MessageKind.REPORT: plural(
            number,
            f"A report of {who} is in the inbox.",
            f"{count_text(number)} reports of {who} are in the inbox.",
        ),
        MessageKind.RETURNED: plural(
            number,
            "A report of yours is back from the office.",
            f"{count_text(number)} reports of yours are back from the office.",
        ),
        MessageKind.ASSIGNMENT: "Your next visits are up to date.",
        MessageKind.ISSUES: "There is an answer to an issue that you raised.",
        MessageKind.AVAILABILITY: (
            f"{taken.sender_name} entered when they can visit."
            if taken.sender_name
            else "When you can visit is up to date."
        ),
        MessageKind.BRIEFINGS: "The briefings of your sites are up to date.",
        MessageKind.OWN_VISITS: "Your visits and hours are up to date.",
        MessageKind.TO_CONFIRM: "A report that names you is here to be read.",
        MessageKind.CONFIRMATION: f"{who} has answered about a report of a visit they made.",
        MessageKind.RENEWAL: "The office was handed over. This copy writes to its new manager now.",
        MessageKind.RECEIPT: f"{who} has received your messages.",
        MessageKind.SHUT_OUT: SHUT_OUT,
    }[taken.kind]


@dataclass(frozen=True, slots=True)
class OutMessage:
    """The last message about a subject to another copy, which stays due until that copy has
    acknowledged it. `digest` is of the content; `file` is empty once it was acknowledged; `name`
    is that of the file in the folder of exchange, empty if it was put out by hand."""

    id: UUID
    copy_id: UUID
    kind: MessageKind
    subject_id: UUID
    number: int
    digest: str
    file: bytes = field(repr=False)
    made_at: datetime
    name: str = ""
    put_out_at: datetime | None = None
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class LastMessage:
    """What is known of the last message about a subject, without its content: `name` is that of
    its file in the folder of exchange."""

    id: UUID
    digest: str
    name: str
    is_acknowledged: bool


@dataclass(frozen=True, slots=True)
class MessageOutcome:
    """What became of a message: what it brought and changed, or why it was refused."""

    taken: TakenIn | None = None
    changes: Changes = Changes.NONE
    refusal: VisitAppError | None = None


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What became of a file of messages: those that were opened, and why another one in it was
    refused."""

    taken: tuple[TakenIn, ...]
    changes: Changes
    refusal: VisitAppError | None = None
