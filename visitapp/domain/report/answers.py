"""The answers to a form's own questions, and rows about one detainee or animal each."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import OutcomeCount, Visit

CHILD_AGES = ("A10_13", "A14_17")
FEMALE = "FEMALE"
MAY_CHECK_RECORD = ("G", "I")
"""Agreed, or unable to say: then a check is presumed to be in the detainee's favour."""
LONGEST_ROW_TEXT = 40
ASKED_IN_WORDS = ("request", "action")
"""Questions that were asked before requests were counted; they stay where they have an answer."""


class Counting(StrEnum):
    """How a report counts: numbers only, one row each, or both, which must agree."""

    COUNTS = "counts"
    ROWS = "rows"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Row:
    """One detainee or animal of a draft. `number` counts from 1; `count` is None until an outcome
    is given. `facts` are the conditions that hold for its questions."""

    number: int
    id: str
    outcome: str
    answers: Mapping[str, Any]
    count: OutcomeCount | None
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the form's own questions say so far. `counts` are all parts, including rows."""

    answers: Mapping[str, Any]
    rows: tuple[Row, ...]
    counts: tuple[OutcomeCount, ...]
    counting: Counting
    problems: tuple[Finding, ...] = field(default=())


def answered_of(visit: Visit) -> Answered:
    """The answers of a signed report."""
    rows: list[Row] = []
    for count in visit.counts:
        if count.row is not None:
            facts = row_facts(count.gender, count.row.answers)
            rows.append(Row(len(rows) + 1, "", count.outcome, count.row.answers, count, facts))
    answers = {} if visit.report is None else visit.report.answers
    plain = any(count.row is None for count in visit.counts)
    both = Counting.BOTH if plain else Counting.ROWS
    return Answered(answers, tuple(rows), visit.counts, both if rows else Counting.COUNTS)


def row_facts(gender: str | None, answers: Mapping[str, Any]) -> frozenset[str]:
    """The conditions that hold for the questions about one row."""
    female = gender == FEMALE or FEMALE in (answers.get("flags") or [])
    agreed = answers.get("consent_record") in MAY_CHECK_RECORD
    conditions = (
        ("female", female),
        ("record_agreed", agreed),
        ("asked_in_words", any(answers.get(key) for key in ASKED_IN_WORDS)),
    )
    known = [name for name, holds in conditions if holds]
    return frozenset([*known, *facts_of_answers(answers)])


def facts_of_answers(answers: Mapping[str, Any]) -> Iterator[str]:
    """Each answer as other questions may depend on it: `KEY=CODE`."""
    for key, answer in answers.items():
        for code in answer if isinstance(answer, list) else [answer]:
            if isinstance(code, str | int):
                yield f"{key}={code}"


def numbers_of(rows: Sequence[OutcomeCount]) -> list[OutcomeCount]:
    """The rows as numbers by outcome and reason, without details of the people."""
    numbers = Counter((row.outcome, row.reason) for row in rows)
    return [OutcomeCount(outcome, number, reason) for (outcome, reason), number in numbers.items()]
