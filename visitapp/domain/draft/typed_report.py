"""What a writer typed, each field of the type it should have.

`draft_content` reads these values from a draft's JSON and writes them back; the form shows and
changes them; `report_form` reads a visit from them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from visitapp.domain.draft.typed_times import TypedTimes, minute_of, typed_times
from visitapp.domain.report.answers import Counting
from visitapp.domain.report.place import ANSWERS, ISSUES, NOWHERE, ROWS, Place, of_row
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import Confirmation, OutcomeCount
from visitapp.domain.report.visit_codes import FACE_TO_FACE

Chosen = UUID | str
"""What stands where somebody or something is chosen from a list: its id, or else the words typed
there, empty for nothing."""

FIRST_FORM = 1
"""The form of drafts that don't say which they were begun with."""
LONGEST_GUEST = 80
"""Characters of the name of a guest."""


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A detainee or an animal. `answers` are by the keys of the form's questions about a row.

    `source` is the JSON that the row was read from; it keeps what the fields don't hold.
    """

    id: str = ""
    outcome: str = ""
    reason: str = ""
    gender: str = ""
    age_group: str = ""
    ethnicity: str = ""
    cell: str = ""
    custody_number: str = ""
    animal_id: UUID | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    source: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered."""
        return replace(self, id="") == TypedRow()


@dataclass(frozen=True, slots=True)
class TypedIssue:
    """An issue, by the names of `Issue`'s attributes.

    `severity` is a number, or the words typed in its place; `raised_at` the time as it was typed,
    `raised_minute` that of older drafts. In `question` a row stands by its id, so that rows can
    come and go. `source` is the JSON that the issue was read from.
    """

    id: str = ""
    category: str = ""
    severity: int | str | None = None
    origin: str = ""
    status: str = ""
    resolved_during_visit: bool = False
    description: str = ""
    raised_with: str = ""
    raised_at: str = ""
    raised_minute: int | None = None
    closed_on: date | None = None
    place: str = ""
    question: Place = NOWHERE
    version: int = 1
    source: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def grade(self) -> int:
        """How serious it is, by number; 0 where that can't be read."""
        return self.severity if isinstance(self.severity, int) else 0

    @property
    def is_untouched(self) -> bool:
        """Whether nobody wrote anything into an issue that an answer opened."""
        return not any(map(str.strip, (self.description, self.raised_with, self.raised_at)))

    @property
    def minute(self) -> tuple[int | None, str]:
        """The minute of the day at which it was raised, and why the time can't be read."""
        if self.raised_at.strip():
            return minute_of(self.raised_at)
        early = self.raised_minute is None or self.raised_minute < 24 * 60
        return (self.raised_minute if early else None), ""


@dataclass(frozen=True, slots=True)
class TypedReport:
    """A report, by the names of `Visit`'s attributes; dates, times and minutes are as they were
    typed.

    `second_time` names the times that are the second of an hour that happens twice;
    `nothing_raised` says that the writer looked at the issues and had none; `form` is the number
    of the form it is written with. `source` is the JSON that the report was read from; it keeps
    what the fields don't hold.
    """

    site_id: Chosen = ""
    date: str = ""
    type: str = ""
    mode: str = ""
    status: str = ""
    visitors: tuple[Chosen, ...] = ()
    observers: tuple[Chosen, ...] = ()
    arrived: str = ""
    admitted: str = ""
    left: str = ""
    second_time: tuple[str, ...] = ()
    delay_reason: str = ""
    delay_explanation: str = ""
    extra_minutes: str = ""
    present: int | None = None
    counts: tuple[OutcomeCount, ...] = ()
    rows: tuple[TypedRow, ...] = ()
    counting: Counting = Counting.COUNTS
    issues: tuple[TypedIssue, ...] = ()
    nothing_raised: bool = False
    summary: str = ""
    confirmations: tuple[Confirmation, ...] = ()
    form: int | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    kept_words: tuple[KeptWords, ...] = ()
    source: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def has_answer(self, place: Place) -> bool:
        """Whether something was typed into a field or, for a place of `ANSWERS`, as an answer."""
        if place.key:
            value = self.answers.get(place.key) if place.part == ANSWERS else None
        else:
            value = getattr(self, place.part, None)
        if isinstance(value, str):
            return bool(value.strip())
        if isinstance(value, list | tuple):
            return any(value)
        return value is not None and value is not False

    def with_answer(self, key: str, value: Any) -> "TypedReport":
        """The report with one field changed. That cancels the names typed to confirm it."""
        changed = replace(self, **{key: value})
        return self if changed == self else replace(changed, confirmations=())

    def confirmed(self, confirmation: Confirmation) -> "TypedReport":
        """The report with one visitor's typed name, which replaces an earlier one."""
        others = (c for c in self.confirmations if c.person_id != confirmation.person_id)
        return replace(self, confirmations=(*others, confirmation))

    def with_decisions(self, question: Place, kept: Sequence[KeptWords]) -> tuple[KeptWords, ...]:
        """The value of `kept_words` with the decisions about one text changed."""
        others = (words for words in self.kept_words if words.question != question)
        return (*others, *kept)

    @property
    def times(self) -> TypedTimes:
        """The day and the times, as far as they can be read."""
        in_person = (self.mode or FACE_TO_FACE) == FACE_TO_FACE
        written = {"arrived": self.arrived, "admitted": self.admitted, "left": self.left}
        return typed_times(self.date, written, self.second_time, in_person=in_person)

    @property
    def minutes(self) -> tuple[int, tuple[Finding, ...]]:
        """The extra minutes, and why they can't be read."""
        written = self.extra_minutes.strip()
        if not written or re.fullmatch(r"[0-9]{1,5}", written):
            return int(written or 0), ()
        sentence = f"\u201c{written}\u201d is not a number of minutes."
        return 0, (Finding(Place("extra_minutes"), sentence, True),)

    @property
    def form_number(self) -> int:
        """The number of the form it is written with."""
        return self.form or FIRST_FORM

    @property
    def visitor_ids(self) -> tuple[UUID, ...]:
        """The visitors of the register, places left empty apart."""
        return _ids(self.visitors)

    @property
    def strangers(self) -> tuple[str, ...]:
        """Names typed for visitors that are nobody's in the register."""
        return tuple(name.strip() for name in _names(self.visitors))

    @property
    def observer_ids(self) -> tuple[UUID, ...]:
        """The observers of the register."""
        return _ids(self.observers)

    @property
    def guests(self) -> tuple[str, ...]:
        """Names of observers who are in no register."""
        return tuple(" ".join(name.split())[:LONGEST_GUEST] for name in _names(self.observers))

    def numbered(self, place: Place) -> Place:
        """The place with its row named by number, as in a report; nowhere if the row is gone."""
        if place.part != ROWS:
            return place
        numbers = {row.id: number for number, row in enumerate(self.rows, 1)}
        if place.row in numbers:
            return of_row(numbers[place.row], place.key)
        return place if place.number >= 0 else NOWHERE

    @property
    def decisions(self) -> tuple[KeptWords, ...]:
        """The decisions about words as a report holds them, rows by their numbers; those about
        rows and issues that are gone went with them."""
        issues = {issue.id for issue in self.issues}
        numbered = (
            replace(words, question=self.numbered(words.question)) for words in self.kept_words
        )
        return tuple(
            words
            for words in numbered
            if words.question and (words.question.part != ISSUES or words.question.row in issues)
        )


Typed = TypeVar("Typed", TypedReport, TypedRow, TypedIssue)


def changed_fields(before: Typed, after: Typed) -> list[str]:
    """The names of the fields in which two states differ, in the order of the fields."""
    return [
        each.name
        for each in fields(before)
        if each.compare and getattr(before, each.name) != getattr(after, each.name)
    ]


def _ids(chosen: tuple[Chosen, ...]) -> tuple[UUID, ...]:
    return tuple(item for item in chosen if isinstance(item, UUID))


def _names(chosen: tuple[Chosen, ...]) -> list[str]:
    return [item for item in chosen if isinstance(item, str) and item.strip()]
