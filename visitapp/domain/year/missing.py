"""What is missing before a period is published: by visit, site and person, and of the period."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.period import Period
from visitapp.domain.year.year_texts import TextField


class MissingPart(StrEnum):
    """What something is missing of."""

    PERIOD = "period"
    VISIT = "visit"
    SITE = "site"
    PERSON = "person"


class MissingKind(StrEnum):
    """What is missing."""

    TEXT = "text"
    REPLY = "reply_due"
    REPORT = "late_report"
    DECISION = "report_to_decide"
    REFUSAL = "refused_entry"
    ANSWER = "answer_due"
    TIME = "unknown_time"
    COUNT = "unknown_count"
    OUTSIDE = "outside_timeslots"
    OPENING = "opening_date"
    SITE_TWICE = "site_entered_twice"
    VETTING = "vetting_date"
    JOINING = "joining_date"
    TWICE = "entered_twice"

    @property
    def part(self) -> MissingPart:
        """What it is missing of."""
        if self in (MissingKind.TEXT, MissingKind.REPLY):
            return MissingPart.PERIOD
        if self in (MissingKind.OPENING, MissingKind.SITE_TWICE):
            return MissingPart.SITE
        if self in (MissingKind.VETTING, MissingKind.JOINING, MissingKind.TWICE):
            return MissingPart.PERSON
        return MissingPart.VISIT


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing. `about` names the visit, site, person or section; `sentence` says
    what is missing. `target` is where it is put right: the id of the visit, issue, site, person or
    received report, the weeks of a planned visit, the key of a text, or a section of Settings.
    `ref` and `on` are the visit's."""

    kind: MissingKind
    about: str
    sentence: str
    target: UUID | Period | str
    on: date | None = None
    ref: str = ""


def missing_text(field: TextField, last_year: str = "") -> Missing:
    """A text of a report that nobody has written. With `last_year`, it begins with the one of that
    year, which nobody has read yet."""
    about = f"{field.section}: {field.title}"
    words = f"From {last_year}, not yet read." if last_year else "Nothing is written."
    return Missing(MissingKind.TEXT, about, words, field.key)


def in_order(items: Iterable[Missing]) -> tuple[Missing, ...]:
    """The texts in the report's order, reviews of records, then visits by day, then sites and
    people by name."""
    parts = tuple(MissingPart)
    of_period = (MissingPart.PERIOD, MissingPart.VISIT)
    return tuple(
        sorted(
            items,
            key=lambda item: (
                parts.index(item.kind.part),
                item.on or date.min,
                item.about if item.on or item.kind.part not in of_period else "",
            ),
        )
    )
