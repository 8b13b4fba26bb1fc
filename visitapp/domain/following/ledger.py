"""A chain of digests over everything that was signed or withdrawn.

If another program changes a report, its digest no longer matches; if it removes or adds one, the
chain breaks. Digests are SHA-256 over canonical JSON: sorted keys, no spaces, UTF-8.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID

from visitapp.domain.following.issue_steps import Step
from visitapp.domain.moment import stored_text
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.kept_words import as_plain
from visitapp.domain.report.visit import Visit

if TYPE_CHECKING:
    from visitapp.domain.report.copies import CopyMade

START = "0" * 64
"""Used as the digest before the first entry."""


class Event(StrEnum):
    """What an entry is about."""

    SIGNED = "signed"
    WITHDRAWN = "withdrawn"
    PUT_BACK = "put_back"
    BATCH_WITHDRAWN = "batch_withdrawn"
    BATCH_PUT_BACK = "batch_put_back"
    ISSUE = "issue"
    COPY = "copy"
    CONFIRMATION = "confirmation"
    REDUCED = "reduced"
    SETTINGS = "settings"
    SALVAGED = "salvaged"
    KNOWN = "known"
    KEYS = "keys"
    HANDED_OVER = "handed_over"
    TAKEN_BACK = "taken_back"
    TAKEN_OVER = "taken_over"
    BROUGHT = "brought"
    ACCESS = "access"


WITHDRAWALS = (Event.WITHDRAWN, Event.BATCH_WITHDRAWN)
"""Events that take a report, or a whole import, out of the counts."""
REINSTATEMENTS = (Event.PUT_BACK, Event.BATCH_PUT_BACK)
"""Events that put them back."""
_NOT_CONTENT = ("state", "withdrawn_at", "withdrawn_reason", "version", "signed_site_id")
"""What changes when a signed report is withdrawn, or counted at another site; that has an entry of
its own."""
_GOES_ON = ("status", "closed_on", "version")
"""What changes in an issue after its report is signed; those changes have entries of their own."""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry. `subject` is the id of the visit, batch, issue, copy, kind of setting, or action
    on the whole file. `at` is UTC. A batch may span schemes, so its `scheme_id` may be None."""

    event: Event
    subject: UUID
    scheme_id: UUID | None
    at: datetime
    by: str
    reason: str
    content_digest: str

    def digest(self, previous: str) -> str:
        """The digest of the chain if this entry follows one whose digest is `previous`."""
        return digest_of({**asdict(self), "previous": previous})


def content_digest(visit: Visit) -> str:
    """The digest of a report as it was signed."""
    content = asdict(visit)
    for name in _NOT_CONTENT:
        del content[name]
    content["site_id"] = visit.report_site_id
    if visit.has_time:  # reports signed before a day could stand alone keep their digests
        del content["has_time"]
    for issue, signed in zip(content["issues"], visit.issues, strict=True):
        issue["question"] = str(signed.question)
        for name in _GOES_ON:
            del issue[name]
    if visit.report is not None:  # the order of decisions has no meaning
        kept = map(as_plain, visit.report.kept_words)
        content["report"]["kept_words"] = sorted(kept, key=_decided)
    return digest_of(content)


def _decided(words: Mapping[str, Any]) -> tuple[Any, ...]:
    return words["kept_at"], words["question"], words["words"]


def issue_digest(issue: Issue, steps: Sequence[Step]) -> str:
    """The digest of an issue's state and all its steps."""
    return digest_of(
        {
            "status": issue.status,
            "closed_on": issue.closed_on,
            "steps": [asdict(step) | {"kept": [*map(as_plain, step.kept)]} for step in steps],
        }
    )


def copy_digest(copy: "CopyMade") -> str:
    """The digest of an entry in the log of copies."""
    return digest_of(asdict(copy))


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of a mapping as canonical JSON, in 64 hexadecimal digits."""
    text = json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return stored_text(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
