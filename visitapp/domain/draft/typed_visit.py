"""Turns a visit back into what a writer would have typed, so that it can be amended.

`typed_visit` is the inverse of `report_form.read`.
"""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid5

from visitapp.domain.draft.typed_report import TypedIssue, TypedReport, TypedRow
from visitapp.domain.draft.typed_times import TIMES
from visitapp.domain.moment import Moment, happens_twice
from visitapp.domain.office.grid import clock
from visitapp.domain.report.answers import Counting, numbers_of
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import ROWS, Place, of_row
from visitapp.domain.report.report import GUESTS
from visitapp.domain.report.visit import OutcomeCount, Visit, guests_of
from visitapp.domain.text.wording import short_date


def typed_visit(visit: Visit) -> TypedReport:
    """The report that reads as `visit` again, as far as the form reports it: not its
    state, reference, history and import, which are the office's."""
    rows = [count for count in visit.counts if count.row is not None]
    row_ids = [str(uuid5(visit.id, f"row {number}")) for number in range(1, len(rows) + 1)]
    report = TypedReport(
        site_id=visit.site_id,
        date=short_date(visit.arrived.day),
        type=visit.type,
        mode=visit.mode,
        status=visit.status,
        visitors=visit.visitors,
        observers=(*visit.observers, *guests_of(visit)),
        arrived=_time(visit.arrived) if visit.has_time else "",
        admitted=_time(visit.admitted),
        left=_time(visit.left),
        second_time=tuple(name for name in TIMES if _is_second(getattr(visit, name))),
        delay_reason=visit.delay_reason or "",
        delay_explanation=visit.delay_explanation,
        extra_minutes=str(visit.extra_minutes) if visit.extra_minutes else "",
        present=visit.present,
        counts=_typed_numbers(visit.counts),
        rows=tuple(_row(row_id, count) for row_id, count in zip(row_ids, rows, strict=True)),
        counting=_counting_of(visit.counts),
        issues=tuple(_issue(issue, row_ids) for issue in visit.issues),
        nothing_raised=not visit.issues,
        summary=visit.summary,
        confirmations=visit.confirmations,
    )
    if visit.report is None:
        return report
    answers = visit.report.answers.items()
    return replace(
        report,
        form=visit.report.form_number,
        answers={key: answer for key, answer in answers if key != GUESTS},
        kept_words=tuple(
            replace(words, question=_by_row_id(words.question, row_ids))
            for words in visit.report.kept_words
        ),
    )


def for_replacement(visit: Visit, form_number: int) -> TypedReport:
    """What a draft that is to replace `visit` begins with: all of it, to be confirmed again. A
    visit that was not written with a form takes the one given."""
    report = typed_visit(replace(visit, confirmations=()))
    return replace(report, form=report.form or form_number)


def _time(moment: Moment | None) -> str:
    return "" if moment is None else clock(moment.minute)


def _is_second(moment: Moment | None) -> bool:
    return (
        moment is not None
        and happens_twice(moment.day, moment.minute)
        and Moment.at(moment.day, moment.minute) != moment
    )


def _counting_of(counts: Sequence[OutcomeCount]) -> Counting:
    has_rows = any(count.row is not None for count in counts)
    has_numbers = any(count.row is None for count in counts)
    if has_rows:
        return Counting.BOTH if has_numbers else Counting.ROWS
    return Counting.COUNTS


def _typed_numbers(counts: Sequence[OutcomeCount]) -> tuple[OutcomeCount, ...]:
    """The numbers that, beside the rows, read as these counts again: first those of the rows,
    which are taken out first."""
    plain = [count for count in counts if count.row is None]
    if not plain:
        return ()
    return (*numbers_of([count for count in counts if count.row is not None]), *plain)


def _row(row_id: str, count: OutcomeCount) -> TypedRow:
    about = count.row
    assert about is not None
    return TypedRow(
        id=row_id,
        outcome=count.outcome,
        reason=count.reason or "",
        gender=count.gender or "",
        age_group=count.age_group or "",
        ethnicity=count.ethnicity or "",
        cell=about.cell,
        custody_number=about.custody_number,
        animal_id=about.animal_id,
        answers=about.answers,
    )


def _issue(issue: Issue, row_ids: Sequence[str]) -> TypedIssue:
    at = issue.raised_minute
    return TypedIssue(
        id=str(issue.id),
        category=issue.category,
        severity=issue.severity,
        origin=issue.origin,
        status=issue.status,
        resolved_during_visit=issue.resolved_during_visit,
        description=issue.description,
        raised_with=issue.raised_with,
        raised_at="" if at is None else clock(at),
        closed_on=issue.closed_on,
        place=issue.place,
        question=_by_row_id(issue.question, row_ids),
        version=issue.version,
    )


def _by_row_id(place: Place, row_ids: Sequence[str]) -> Place:
    """The place with its row named by id: rows of a draft may come and go."""
    if place.part == ROWS and 1 <= place.number <= len(row_ids):
        return of_row(row_ids[place.number - 1], place.key)
    return place
