"""Visits in 2025 as full reports: each question of the form has an answer, and everybody who was
seen has a row. The counts stay the same, so that no figure changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from visitapp.demonstration.seeded_draws import SeededDraws
from visitapp.demonstration.source import demonstration_id
from visitapp.domain.office.animal import Animal
from visitapp.domain.report.answers import CHILD_AGES, FEMALE, row_facts
from visitapp.domain.report.form import Form, Question, applying
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.kinds import CONCERN, NO, NOT_CHECKED, SATISFACTORY, YES
from visitapp.domain.report.place import answer_place
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.standard_requests import REQUESTS_MADE
from visitapp.domain.report.visit import OutcomeCount, Visit

_SEEN = ("SEEN", "KENNEL", "VEHICLE", "TRAINING")
_USUAL = {
    "legal_advice": "RECEIVED",
    "aa": "NOT_NEEDED",
    "healthcare": "NOT_NEEDED",
    "clothing": "OWN",
    "strip_search": "NO",
    "consent_visit": "G",
    "introduced_by": "VISITOR",
    "condition": "WELL",
    "overall": "SATISFACTORY",
    "body_condition": "GOOD",
    "location": "KENNELS",
    "respect": "YES",
    "staff_helpful": "HELPFUL",
}
"""The most frequent answers; other choice questions get their first answer."""
_LEFT_OPEN = frozenset(
    {
        "aa_requested_at",
        "aa_arrived_at",
        "request",
        "action",
        REQUESTS_MADE,
        "record_gaps",
        "injury",
        "comment",
    }
    | {"isolation", "v_service", "weather", "attitude", "phoned", "phoned_at", "phoned_by", "coat"}
    | {"for_inspector", "for_manager", "sergeant_comment", "child_not_seen", "escort_number"}
    | {"miles", "expenses", "easy_read", "interpreter", "consulate", "sergeant_role"}
    | {"authorised_rank", "authorised_at", "explained_by", "delay_authorised", "dependants"}
)
"""Questions that don't need an answer at every visit."""
_WORDS = {"handler_number": "PD 4417"}


@dataclass(frozen=True, slots=True)
class Notes:
    """What the demonstration's files say about these reports, and the animals on strength."""

    content: Mapping[str, Any]
    animals: Sequence[Animal] = ()


def full_report(visit: Visit, form: Form, notes: Notes) -> Visit:
    """The visit with the answers of its report; concerns only if there is an issue about them."""
    draws = SeededDraws(f"form {visit.ref}")
    issues = tuple(_linked(issue, form) for issue in visit.issues)
    concerns = {i.question.key for i in issues if i.question}
    counts = (
        _animal_rows(visit, form, notes, draws)
        if form.row_of == "animal"
        else _detainee_rows(visit, form, notes, draws)
    )
    answers = {
        question.key: answer
        for question in form.questions()
        if not question.is_core
        and (answer := _answer(question, concerns, notes, draws)) is not None
    }
    if form.row_of == "detainee":
        answers |= _of_those_held(visit, counts, draws)
    good = [i.description for i in issues if i.category.startswith("GOOD") and i.description]
    if good:
        answers["good_practice"] = " ".join(good)
    return replace(visit, counts=counts, issues=issues, report=Report(1, answers))


def _linked(issue: Issue, form: Form) -> Issue:
    """A concern that visitors saw belongs to the checklist item that it is about."""
    if issue.question or issue.origin != "VISITOR" or issue.category.startswith("GOOD"):
        return issue
    for question in form.questions():
        if question.is_check and question.category == issue.category:
            return replace(issue, question=answer_place(question.key))
    return issue


def _answer(question: Question, concerns: set[str], notes: Notes, draws: SeededDraws) -> Any:
    if question.key in _LEFT_OPEN:
        return None
    if question.is_check:
        if question.key in concerns:
            return CONCERN
        unseen = question.key in notes.content["never_checked"] or draws.below(7) == 0
        return NOT_CHECKED if unseen else SATISFACTORY
    if question.traits.answers:
        return NO if question.raises_category else YES
    if question.traits.is_choice:
        usual = _USUAL.get(question.key)
        return usual or question.options[draws.below(min(2, len(question.options)))].code
    return _WORDS.get(question.key)


def _of_those_held(
    visit: Visit, counts: Sequence[OutcomeCount], draws: SeededDraws
) -> dict[str, int]:
    """Numbers that agree with the rows."""
    rows = [count for count in counts if count.row is not None]
    present = visit.present or 0
    return {
        "staff_on_duty": 4 + draws.below(4),
        "cells_in_use": present,
        "cells_closed": draws.below(3),
        "children_younger": 0,
        "children_older": sum(count.age_group in CHILD_AGES for count in rows),
        "women": sum(count.gender == FEMALE for count in rows),
        "tact_held": 0,
        "immigration_held": min(present, draws.below(2)),
        "s136_held": 0,
        "longest_hours": 9 + draws.below(14),
        "vacant_cells": 1 + draws.below(4),
    }


def _detainee_rows(
    visit: Visit, form: Form, notes: Notes, draws: SeededDraws
) -> tuple[OutcomeCount, ...]:
    """A row for each person seen, except for those who were only counted."""
    counts: list[OutcomeCount] = []
    for count in visit.counts:
        if count.outcome not in _SEEN or count.gender is None:
            counts.append(count)
            continue
        for _ in range(count.number):
            row = _detainee(count, form, notes, draws)
            counts.append(replace(count, number=1, row=row))
    return tuple(counts)


def _detainee(count: OutcomeCount, form: Form, notes: Notes, draws: SeededDraws) -> ReportRow:
    answers: dict[str, Any] = {
        "consent_record": "G" if draws.below(3) else "R",
        "flags": [
            flag
            for flag, holds in (
                ("CHILD", count.age_group in CHILD_AGES),
                ("FEMALE", count.gender == FEMALE),
                ("VULNERABLE", draws.below(6) == 0),
            )
            if holds
        ],
    }
    asked = applying(tuple(form.row_questions()), row_facts(count.gender, answers))
    answers |= {q.key: row_answer for q in asked if (row_answer := _of_row(q, draws)) is not None}
    if count.age_group in CHILD_AGES:
        answers["aa"] = "PRESENT"
    if draws.below(3) == 0:
        answers[REQUESTS_MADE] = [dict(draws.pick(notes.content["requests"]))]
    number = f"EUS25{draws.below(90000) + 10000:05}"
    answers |= _of_record(answers, SeededDraws(f"record {number}"))
    answers = {key: answer for key, answer in answers.items() if answer != []}
    return ReportRow(f"M{1 + draws.below(18)}", number, answers=answers)


def _of_record(answers: Mapping[str, Any], draws: SeededDraws) -> dict[str, Any]:
    """Some offers were made by the escort, and some records have a gap."""
    drawn: dict[str, Any] = {} if draws.below(3) else {"introduced_by": "ESCORT"}
    if answers.get("record_checked") == YES and draws.below(4) == 0:
        drawn["record_gaps"] = [draws.pick(("REVIEW", "REVIEW", "CHECK", "FOOD"))]
    return drawn


def _of_row(question: Question, draws: SeededDraws) -> Any:
    if question.key in _LEFT_OPEN or question.key in ("flags", "consent_record"):
        return None
    if question.is_check:
        return SATISFACTORY
    if question.traits.answers:
        if question.raises_category:
            return NO
        return (YES, YES, YES, YES, YES, YES, NO, NOT_CHECKED)[draws.below(8)]
    return _USUAL.get(question.key) if question.traits.is_choice else None


def _animal_rows(
    visit: Visit, form: Form, notes: Notes, draws: SeededDraws
) -> tuple[OutcomeCount, ...]:
    """A row for each animal of the unit on that day."""
    day = visit.arrived.day
    away = notes.content["animals"]["always_away"]
    present = [animal for animal in notes.animals if animal.is_on_strength(day)]
    assert len(present) == visit.present, f"{len(present)} animals at {visit.ref}"
    waiting = draws.shuffled([animal for animal in present if animal.name not in away])
    unseen = [animal for animal in present if animal.name in away]
    counts = []
    for count in visit.counts:
        for _ in range(count.number):
            seen = count.outcome in _SEEN
            animal = waiting.pop() if seen or not unseen else unseen.pop()
            counts.append(replace(count, number=1, row=_animal(animal, form, seen, draws)))
    return tuple(counts)


def _animal(animal: Animal, form: Form, seen: bool, draws: SeededDraws) -> ReportRow:
    answers: dict[str, Any] = {
        "species": animal.species,
        "work": animal.work,
        "handler": animal.handler,
    }
    for group in form.row_groups:
        if seen or not group.seen_only:
            for question in group.questions:
                answer = _of_row(question, draws)
                if answer is not None:
                    answers.setdefault(question.key, answer)
    if seen:
        answers["demeanour"] = draws.pick(("BRIGHT", "CALM"))
        answers["record"] = ["VACCINATION", "WEIGHT"] if draws.below(2) else ["VET", "TRAINING"]
    return ReportRow(animal_id=animal.id, answers=answers)


def added_issue(entry: Mapping[str, Any], visit: Visit) -> Issue:
    """An issue that the files add to a visit this year."""
    category = entry["category"]
    return Issue(
        id=demonstration_id("issue", visit.ref, category),
        category=category,
        severity=entry["severity"],
        description=entry["description"],
        raised_with=entry["raised_with"],
        place=entry["place"],
        question=answer_place(entry["question"]),
        raised_minute=(visit.left or visit.arrived).minute - 8,
    )
