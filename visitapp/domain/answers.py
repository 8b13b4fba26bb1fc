"""The answers to a form's own questions and the rows of a draft, read into a report.

In a draft's content, `answers` maps question keys to what was typed, `rows` lists detainees
or animals (each with `id`, `outcome`, `reason`, `gender`, `age_group`, `ethnicity`, `cell`,
`custody_number`, `animal_id` and `answers`), `counting` says how they are counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from visitapp.domain.clock_text import parse_time
from visitapp.domain.codes import CodeBook
from visitapp.domain.form import CONCERN, YES, Form, Question, RowGroup, applying
from visitapp.domain.grid import clock
from visitapp.domain.issue import Issue
from visitapp.domain.report import ReportRow
from visitapp.domain.rules import Finding
from visitapp.domain.visit import OutcomeCount, Visit

Content = Mapping[str, Any]

CHILD_AGES = ("A10_13", "A14_17")
FEMALE = "FEMALE"
MAY_CHECK_RECORD = ("G", "I")
"""Agreed, or not able to say: the presumption is then in favour of a check."""
_DETAILS = ("reason", "gender", "age_group", "ethnicity")
LONGEST_ROW_TEXT = 40


class Counting(StrEnum):
    """How a report counts: numbers only, one row each, or both, which must agree."""

    COUNTS = "counts"
    ROWS = "rows"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Row:
    """One detainee or animal of a draft: `number` from 1; `count` None while nothing says
    what happened. `facts` are the conditions that hold for its questions."""

    number: int
    id: str
    outcome: str
    answers: Mapping[str, Any]
    count: OutcomeCount | None
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answered:
    """What the form's own questions say so far. `counts` are all parts, rows included."""

    answers: Mapping[str, Any]
    rows: tuple[Row, ...]
    counts: tuple[OutcomeCount, ...]
    counting: Counting
    problems: tuple[Finding, ...] = field(default=())


def read_answers(
    content: Content, form: Form, counts: Sequence[OutcomeCount], book: CodeBook
) -> Answered:
    """Read a draft's answers and rows. `counts` are the numbers typed for each outcome.

    Never raises, whatever JSON values stand in the content. The field of a problem is
    `answers:KEY`, `rows:NUMBER` or `rows:NUMBER:KEY`.
    """
    counting = counting_of(content)
    answers, problems = _answers(_mapping(content.get("answers")), form.questions(), "answers")
    rows: list[Row] = []
    if counting is not Counting.COUNTS:
        for number, raw in enumerate(_rows(content), 1):
            row, found = _row(number, raw, form)
            rows.append(row)
            problems += found
    parts, differences = _reconciled(counts, rows, counting, book)
    return Answered(answers, tuple(rows), parts, counting, (*problems, *differences))


def answered_of(visit: Visit) -> Answered:
    """The answers of a visit that is a whole report already."""
    rows: list[Row] = []
    for count in visit.counts:
        if count.row is not None:
            facts = row_facts(count.gender, count.row.answers)
            rows.append(Row(len(rows) + 1, "", count.outcome, count.row.answers, count, facts))
    answers = {} if visit.report is None else visit.report.answers
    plain = any(count.row is None for count in visit.counts)
    both = Counting.BOTH if plain else Counting.ROWS
    return Answered(answers, tuple(rows), visit.counts, both if rows else Counting.COUNTS)


def counting_of(content: Content) -> Counting:
    """How a draft counts; numbers only unless it says else."""
    try:
        return Counting(str(content.get("counting", Counting.COUNTS.value)))
    except ValueError:
        return Counting.COUNTS


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _rows(content: Content) -> list[Mapping[str, Any]]:
    rows = content.get("rows")
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""


def _answers(
    given: Mapping[str, Any], questions: Iterator[Question], where: str
) -> tuple[dict[str, Any], list[Finding]]:
    """The answers that can be taken, in one way of writing each, and what is wrong."""
    taken: dict[str, Any] = {}
    problems: list[Finding] = []
    for question in questions:
        answer = given.get(question.key)
        if question.kind == "core" or answer in (None, "", []):
            continue
        if problem := question.problem(answer):
            sentence = f"{question.ask}: {problem}"
            problems.append(Finding(f"{where}:{question.key}", sentence, True))
        else:
            taken[question.key] = _plain(question, answer)
    return taken, problems


def _plain(question: Question, answer: Any) -> Any:
    if question.kind == "number":
        return int(answer)
    if question.kind == "time":
        return clock(parse_time(str(answer)))
    return answer


def _row(number: int, raw: Mapping[str, Any], form: Form) -> tuple[Row, list[Finding]]:
    answers, problems = _answers(
        _mapping(raw.get("answers")), form.row_questions(), f"rows:{number}"
    )
    outcome = _text(raw, "outcome")
    details = {key: _text(raw, key) or None for key in _DETAILS}
    count = None
    if not outcome:
        sentence = f"Say what happened, in row {number}."
        problems.append(Finding(f"rows:{number}:outcome", sentence, True))
    else:
        about = ReportRow(
            cell=_text(raw, "cell")[:LONGEST_ROW_TEXT],
            custody_number=_text(raw, "custody_number")[:LONGEST_ROW_TEXT],
            animal_id=_id(raw.get("animal_id")),
            answers=answers,
        )
        count = OutcomeCount(
            outcome, 1, details["reason"], details["gender"], details["age_group"],
            details["ethnicity"], about,
        )  # fmt: skip
    facts = row_facts(details["gender"], answers)
    return Row(number, _text(raw, "id"), outcome, answers, count, facts), problems


def row_facts(gender: str | None, answers: Mapping[str, Any]) -> frozenset[str]:
    """The conditions that hold for the questions about one row."""
    female = gender == FEMALE or FEMALE in (answers.get("flags") or [])
    agreed = answers.get("consent_record") in MAY_CHECK_RECORD
    return frozenset(n for n, holds in (("female", female), ("record_agreed", agreed)) if holds)


def _id(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _reconciled(
    counts: Sequence[OutcomeCount], rows: Sequence[Row], counting: Counting, book: CodeBook
) -> tuple[tuple[OutcomeCount, ...], list[Finding]]:
    """All parts: the rows, and where numbers are given too, those that have no row."""
    of_rows = tuple(row.count for row in rows if row.count is not None)
    if counting is Counting.COUNTS:
        return tuple(counts), []
    if counting is Counting.ROWS:
        return of_rows, []
    have = Counter(count.outcome for count in of_rows)
    left: list[OutcomeCount] = []
    for count in counts:
        covered = min(have[count.outcome], count.number)
        have[count.outcome] -= covered
        if count.number > covered:
            left.append(_less(count, covered))
    problems = [
        Finding(f"count:{outcome}", _too_many(book, outcome, number), True)
        for outcome, number in have.items()
        if number > 0
    ]
    return (*of_rows, *left), problems


def _less(count: OutcomeCount, covered: int) -> OutcomeCount:
    return OutcomeCount(
        count.outcome, count.number - covered, count.reason, count.gender, count.age_group,
        count.ethnicity,
    )  # fmt: skip


def _too_many(book: CodeBook, outcome: str, number: int) -> str:
    label = book.label("outcome", outcome).lower()
    more = "1 more row says" if number == 1 else f"{number} more rows say"
    return f"{more} \u201c{label}\u201d than the count above it."


def agreement(answered: Answered, counts: Sequence[OutcomeCount]) -> str:
    """How rows and numbers agree, as it is shown: `9 rows agree with the counts above`."""
    rows = len([row for row in answered.rows if row.count is not None])
    total = sum(count.number for count in counts)
    said = "1 row" if rows == 1 else f"{rows} rows"
    if answered.counting is not Counting.BOTH:
        return said
    if any(problem.field.startswith("count:") for problem in answered.problems):
        return f"{said}, which don't agree with the counts above"
    if rows == total:
        return f"{said} agree with the counts above" if rows != 1 else f"{said} agrees"
    return f"{said} of {total} counted above"


def facts_of(visit: Visit, answered: Answered, immediate_limit: int) -> frozenset[str]:
    """The conditions that hold for the questions about the whole visit."""
    wait = visit.wait_minutes
    delayed = wait is not None and wait > immediate_limit
    return frozenset(
        name
        for name, holds in (
            ("delayed", delayed),
            ("child_not_seen", _child_not_seen(answered)),
        )
        if holds
    )


def _child_not_seen(answered: Answered) -> bool:
    children = [row for row in answered.rows if _is_child(row)]
    told = sum(int(answered.answers.get(key, 0)) for key in ("children_younger", "children_older"))
    seen = sum(1 for row in children if row.outcome == "SEEN")
    return max(told, len(children)) > seen


def _is_child(row: Row) -> bool:
    age = row.count is not None and row.count.age_group in CHILD_AGES
    return age or "CHILD" in (row.answers.get("flags") or [])


def asked_of_row(group: RowGroup, row: Row, seen: bool) -> tuple[Question, ...]:
    """The questions of a group that a row is asked; `seen` as the outcome's group says."""
    if group.seen_only and not seen:
        return ()
    return applying(group.questions, row.facts)


def findings_of_answers(
    form: Form, visit: Visit, answered: Answered, facts: frozenset[str]
) -> list[Finding]:
    """What the answers demand: what is compulsory, numbers that exceed their whole,
    allegations that must become an issue, concerns that no issue says more about."""
    found: list[Finding] = list(answered.problems)
    for section in form.sections:
        for question in applying(section.questions, facts):
            answer = answered.answers.get(question.key)
            found += _demands(question, answer, f"answers:{question.key}", visit)
    for row in answered.rows:
        for question in form.row_questions():
            answer = row.answers.get(question.key)
            where = f"rows:{row.number}:{question.key}"
            found += _follow_ups(question, answer, where, visit.issues)
    return found


def _demands(question: Question, answer: Any, where: str, visit: Visit) -> Iterator[Finding]:
    if question.compulsory and answer in (None, "", []):
        yield Finding(where, f"Answer \u201c{question.ask}\u201d", True)
    whole = visit.present
    if question.at_most and whole is not None and isinstance(answer, int) and answer > whole:
        yield Finding(where, f"{question.ask}: {answer}, but {whole} were in custody.", True)
    yield from _follow_ups(question, answer, where, visit.issues)


def _follow_ups(
    question: Question, answer: Any, where: str, issues: Sequence[Issue]
) -> Iterator[Finding]:
    """Issues that an answer calls for. An issue belongs to the question that opened it."""
    mine = [issue for issue in issues if issue.question == where]
    grave = any(issue.severity >= question.raises_severity for issue in mine)
    if question.raises_category and answer == YES and not grave:
        least = "as an allegation" if question.raises_severity == 4 else "at least serious"
        sentence = f"\u201c{question.ask}\u201d was answered yes: open an issue, {least}."
        yield Finding(where, sentence, True)
    if question.kind == "check" and answer == CONCERN and not mine:
        yield Finding(where, f"{question.ask}: a concern, and no issue says more.", False)
