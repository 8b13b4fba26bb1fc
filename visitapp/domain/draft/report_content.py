"""A visit report written back as a draft's content, and changes of that content.

What `report_form.read` reads as a visit, `content_of` writes.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid5

from visitapp.domain.draft.draft_content import Content, confirmations_of
from visitapp.domain.draft.issue_rows import by_row_id, issue_row
from visitapp.domain.draft.report_texts import kept_row
from visitapp.domain.moment import Moment, happens_twice, stored_text
from visitapp.domain.office.grid import clock
from visitapp.domain.report.answers import Counting, numbers_of
from visitapp.domain.report.report import GUESTS, Report
from visitapp.domain.report.visit import Confirmation, OutcomeCount, Visit, guests_of
from visitapp.domain.text.wording import short_date


def content_of(visit: Visit) -> dict[str, Any]:
    """The content that reads as `visit` again, as far as the form reports it: not its
    state, reference, history and import, which are the office's."""
    moments = {"arrived": visit.arrived, "admitted": visit.admitted, "left": visit.left}
    rows = [count for count in visit.counts if count.row is not None]
    row_ids = [str(uuid5(visit.id, f"row {number}")) for number in range(1, len(rows) + 1)]
    return {
        "site_id": str(visit.site_id),
        "date": short_date(visit.arrived.day),
        "type": visit.type,
        "mode": visit.mode,
        "status": visit.status,
        "visitors": [str(person_id) for person_id in visit.visitors],
        "observers": [*map(str, visit.observers), *guests_of(visit)],
        **{name: "" if at is None else clock(at.minute) for name, at in moments.items()},
        "second_time": [name for name, at in moments.items() if at is not None and _is_second(at)],
        "delay_reason": visit.delay_reason or "",
        "delay_explanation": visit.delay_explanation,
        "extra_minutes": str(visit.extra_minutes) if visit.extra_minutes else "",
        "present": visit.present,
        "counts": count_rows(_typed_for(visit.counts)),
        "rows": [_row(row_id, count) for row_id, count in zip(row_ids, rows, strict=True)],
        "counting": _counting_of(visit.counts).value,
        "issues": [issue_row(issue, row_ids) for issue in visit.issues],
        "nothing_raised": not visit.issues,
        "summary": visit.summary,
        "confirmations": confirmation_rows(visit.confirmations),
        **_report_content(visit.report, row_ids),
    }


def _is_second(moment: Moment) -> bool:
    return Moment.at(moment.day, moment.minute) != moment and happens_twice(
        moment.day, moment.minute
    )


def _counting_of(counts: Sequence[OutcomeCount]) -> Counting:
    has_rows = any(count.row is not None for count in counts)
    has_numbers = any(count.row is None for count in counts)
    if has_rows:
        return Counting.BOTH if has_numbers else Counting.ROWS
    return Counting.COUNTS


def _typed_for(counts: Sequence[OutcomeCount]) -> list[OutcomeCount]:
    """The numbers that, beside the rows, read as these counts again: first those of the rows,
    which are taken out first."""
    plain = [count for count in counts if count.row is None]
    if not plain:
        return []
    return [*numbers_of([count for count in counts if count.row is not None]), *plain]


def _row(row_id: str, count: OutcomeCount) -> dict[str, Any]:
    about = count.row
    assert about is not None
    return {
        "id": row_id,
        "outcome": count.outcome,
        "reason": count.reason or "",
        "gender": count.gender or "",
        "age_group": count.age_group or "",
        "ethnicity": count.ethnicity or "",
        "cell": about.cell,
        "custody_number": about.custody_number,
        "animal_id": "" if about.animal_id is None else str(about.animal_id),
        "answers": dict(about.answers),
    }


def _report_content(report: Report | None, row_ids: Sequence[str]) -> dict[str, Any]:
    if report is None:
        return {}
    return {
        "form": report.form_number,
        "answers": {key: one for key, one in report.answers.items() if key != GUESTS},
        "kept_words": [
            kept_row(replace(words, question=by_row_id(words.question, row_ids)))
            for words in report.kept_words
        ],
    }


def count_rows(counts: Sequence[OutcomeCount]) -> list[dict[str, Any]]:
    """Counts as content."""
    return [
        {
            "outcome": count.outcome,
            "number": count.number,
            "reason": count.reason,
            "gender": count.gender,
            "age_group": count.age_group,
            "ethnicity": count.ethnicity,
        }
        for count in counts
    ]


def confirmation_rows(confirmations: Sequence[Confirmation]) -> list[dict[str, Any]]:
    """Confirmations as content."""
    return [
        {
            "person_id": str(one.person_id),
            "typed_name": one.typed_name,
            "confirmed_at": stored_text(one.confirmed_at),
        }
        for one in confirmations
    ]


def answered(content: Content, key: str, value: Any) -> dict[str, Any]:
    """The content with one answer changed. Names typed to confirm it hold no longer."""
    changed = {**content, key: value}
    if content.get("confirmations") and content.get(key) != value:
        changed["confirmations"] = []
    return changed


def confirmed(content: Content, confirmation: Confirmation) -> dict[str, Any]:
    """The content with one visitor's typed name, in the place of an earlier one of theirs."""
    others = [one for one in confirmations_of(content) if one.person_id != confirmation.person_id]
    return {**content, "confirmations": confirmation_rows([*others, confirmation])}


def for_replacement(visit: Visit) -> dict[str, Any]:
    """What a draft that is to replace `visit` begins with: all of it, to be confirmed anew."""
    return content_of(replace(visit, confirmations=()))
