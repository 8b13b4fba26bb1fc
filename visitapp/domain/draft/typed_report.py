"""What a writer typed, each field of the type it should have: a draft's content read once.

The report is read from this value. The pages of the form, and whatever changes a draft, still look
at its content.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from visitapp.domain.draft import draft_content as content_reading
from visitapp.domain.draft.draft_content import Content, id_of, mapping_of, number_of, text_of
from visitapp.domain.report.answers import Counting
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.visit import Confirmation, OutcomeCount

TIMES = ("arrived", "admitted", "left")


@dataclass(frozen=True, slots=True)
class TypedRow:
    """A detainee or an animal. `details` are what else was typed, by key, without blanks around
    it; `answers` are as they were typed."""

    id: str
    details: Mapping[str, str]
    animal_id: UUID | None
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class TypedIssue:
    """An issue. `texts` are by the names of `Issue`'s attributes; `raised_at` is the time as it
    was typed, `raised_minute` that of older drafts. In `question` a row stands by its id."""

    id: str
    texts: Mapping[str, str]
    question: Place
    severity: int | None
    resolved_during_visit: bool
    raised_at: str
    raised_minute: int | None
    closed_on: date | None
    version: int


@dataclass(frozen=True, slots=True)
class TypedReport:
    """A report. `texts` are by the names of `Visit`'s attributes; dates, times and minutes
    are among them as they were typed. `strangers` are names typed for visitors that are nobody's
    in the register, `guests` observers who are in no register."""

    texts: Mapping[str, str]
    site_id: UUID | None
    visitors: tuple[UUID, ...]
    strangers: tuple[str, ...]
    observers: tuple[UUID, ...]
    guests: tuple[str, ...]
    second_times: frozenset[str]
    present: int | None
    counts: tuple[OutcomeCount, ...]
    counting: Counting
    answers: Mapping[str, Any]
    rows: tuple[TypedRow, ...]
    issues: tuple[TypedIssue, ...]
    confirmations: tuple[Confirmation, ...]
    kept_words: tuple[KeptWords, ...]

    @property
    def row_numbers(self) -> dict[str, int]:
        """The number of each row, by its id."""
        return {row.id: number for number, row in enumerate(self.rows, 1)}


_TEXTS = (*TIMES, "date", "type", "mode", "status", "delay_reason", "delay_explanation",
          "extra_minutes", "summary")  # fmt: skip
_DETAILS = ("outcome", "reason", "gender", "age_group", "ethnicity", "cell", "custody_number")
_OF_ISSUE = ("category", "origin", "status", "description", "raised_with", "place")


def typed_report(content: Content) -> TypedReport:
    """What stands in a draft. Never raises, whatever JSON values those are: what has not the
    type it should have stays in the content, and is read as if nothing were there."""
    visitors = content_reading.list_of(content, "visitors")
    names = [one for one in visitors if isinstance(one, str) and not content_reading.is_id(one)]
    return TypedReport(
        texts={key: text_of(content, key) for key in _TEXTS},
        site_id=id_of(content, "site_id"),
        visitors=content_reading.ids_of(content, "visitors"),
        strangers=tuple(filter(None, (name.strip() for name in names))),
        observers=content_reading.ids_of(content, "observers"),
        guests=tuple(content_reading.guests_of(content)),
        second_times=frozenset(
            name for name in TIMES if name in content_reading.list_of(content, "second_time")
        ),
        present=number_of(content, "present"),
        counts=content_reading.counts_of(content),
        counting=_counting(content),
        answers=mapping_of(content, "answers"),
        rows=tuple(map(_row, content_reading.rows_of(content, "rows"))),
        issues=tuple(map(_issue, content_reading.rows_of(content, "issues"))),
        confirmations=content_reading.confirmations_of(content),
        kept_words=content_reading.kept_words_of(content),
    )


def _counting(content: Content) -> Counting:
    """How a draft counts; by numbers only unless it says otherwise."""
    try:
        return Counting(str(content.get("counting", Counting.COUNTS.value)))
    except ValueError:
        return Counting.COUNTS


def _row(row: Content) -> TypedRow:
    return TypedRow(
        id=text_of(row, "id"),
        details={key: text_of(row, key).strip() for key in _DETAILS},
        animal_id=id_of(row, "animal_id"),
        answers=mapping_of(row, "answers"),
    )


def _issue(row: Content) -> TypedIssue:
    return TypedIssue(
        id=text_of(row, "id"),
        texts={key: text_of(row, key) for key in _OF_ISSUE},
        question=Place.parse(text_of(row, "question")),
        severity=number_of(row, "severity"),
        resolved_during_visit=row.get("resolved_during_visit") is True,
        raised_at=text_of(row, "raised_at").strip(),
        raised_minute=number_of(row, "raised_minute"),
        closed_on=content_reading.date_of(row, "closed_on"),
        version=number_of(row, "version") or 1,
    )
