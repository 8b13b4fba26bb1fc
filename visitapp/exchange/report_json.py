"""A single report as JSON, with everything that was written in it.

`report_reading` takes it again. What only these records know of the report (its reference, edition
and so on) stands under `record`, which isn't taken.
"""

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from visitapp.domain.draft.typed_report import TypedIssue, TypedRow
from visitapp.domain.draft.typed_visit import typed_visit
from visitapp.domain.moment import stored_text
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.report.kept_words import write_decision
from visitapp.domain.report.place import ISSUES, ROWS, Place, of_issue, of_row
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.text.clock_text import parse_date

DETAILS = ("reason", "gender", "age_group", "ethnicity")


def report_json(visit: Visit, about: ReportContext) -> str:
    """The text of the file. People, site and animals stand by their names."""
    return json.dumps(_values(visit, about), indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def place_in_file(place: Place) -> str:
    """A place of a finding or a decision as it stands in the file: `issues:1:description`. There
    issues count from 1, as rows do."""
    if place.part == ISSUES and place.number >= 0:
        place = of_issue(place.number + 1, place.key)
    return str(place)


def _values(visit: Visit, about: ReportContext) -> dict[str, Any]:
    typed = typed_visit(visit)
    numbers = {row.id: number for number, row in enumerate(typed.rows, 1)}

    def person(person_id: UUID) -> str:
        return about.people[person_id].name if person_id in about.people else str(person_id)

    return {
        "record": _record(visit),
        "amends": _amends(visit),
        "scheme": about.scheme.kind.value,
        "site": str(visit.site_id) if about.site is None else about.site.name,
        "date": parse_date(typed.date).isoformat(),
        "type": typed.type,
        "mode": typed.mode,
        "status": typed.status,
        "visitors": list(map(person, visit.visitors)),
        "observers": list(map(person, visit.observers)),
        "guests": list(typed.guests),
        "arrived": typed.arrived,
        "admitted": typed.admitted,
        "left": typed.left,
        "second_time": list(typed.second_time),
        "delay_reason": typed.delay_reason,
        "delay_explanation": typed.delay_explanation,
        "extra_minutes": visit.extra_minutes,
        "present": typed.present,
        "counting": typed.counting.value,
        "counts": list(map(_count, typed.counts)),
        "rows": [_row(row, about.animals) for row in typed.rows],
        "form": typed.form,
        "answers": dict(typed.answers),
        "issues": [_issue(issue, numbers) for issue in typed.issues],
        "summary": typed.summary,
        "kept_words": _kept_words(visit),
        "confirmations": [
            {
                "person": person(confirmation.person_id),
                "typed_name": confirmation.typed_name,
                "confirmed_at": stored_text(confirmation.confirmed_at),
            }
            for confirmation in visit.confirmations
        ],
    }


def _record(visit: Visit) -> dict[str, Any]:
    """What these records know of the report besides what was written."""
    report = visit.report
    return {
        "reference": visit.ref,
        "edition": 1 if report is None else report.edition,
        "amended_by": "" if report is None else report.amended_by,
        "state": visit.state.value,
        "signed_at": visit.locked_at and stored_text(visit.locked_at),
        "withdrawn_at": visit.withdrawn_at and stored_text(visit.withdrawn_at),
        "withdrawn_reason": visit.withdrawn_reason,
        "imported_from": visit.source_ref,
    }


def _amends(visit: Visit) -> dict[str, str] | None:
    if visit.report is None or visit.replaces_id is None:
        return None
    return {"reference": visit.ref, "reason": visit.report.amended_reason}


def _count(count: OutcomeCount) -> dict[str, Any]:
    details = {key: getattr(count, key) or "" for key in DETAILS}
    return {"outcome": count.outcome, "number": count.number, **details}


def _row(row: TypedRow, animals: Mapping[UUID, str]) -> dict[str, Any]:
    details = {key: getattr(row, key) for key in DETAILS}
    return {
        "outcome": row.outcome,
        **details,
        "cell": row.cell,
        "custody_number": row.custody_number,
        "animal": "" if row.animal_id is None else animals.get(row.animal_id, str(row.animal_id)),
        "answers": dict(row.answers),
    }


def _issue(issue: TypedIssue, row_numbers: Mapping[str, int]) -> dict[str, Any]:
    question = issue.question
    if question.part == ROWS and question.row in row_numbers:
        question = of_row(row_numbers[question.row], question.key)
    return {
        "id": issue.id,
        "category": issue.category,
        "severity": issue.grade,
        "origin": issue.origin,
        "status": issue.status,
        "resolved_during_visit": issue.resolved_during_visit,
        "description": issue.description,
        "place": issue.place,
        "raised_with": issue.raised_with,
        "raised_at": issue.raised_at,
        "closed_on": issue.closed_on and issue.closed_on.isoformat(),
        "question": str(question),
    }


def _kept_words(visit: Visit) -> list[dict[str, Any]]:
    if visit.report is None:
        return []
    numbers = {str(issue.id): number for number, issue in enumerate(visit.issues, 1)}
    decisions = []
    for kept in visit.report.kept_words:
        place = kept.question
        if place.part == ISSUES and place.row in numbers:
            place = of_issue(numbers[place.row], place.key)
        decision = write_decision(kept)
        del decision["question"]
        decisions.append({"place": str(place), **decision})
    return decisions
