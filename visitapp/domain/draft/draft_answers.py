"""A draft's answers to a form's own questions, and its rows, read into a report.

Where rows are counted beside the numbers typed for each outcome, both must agree.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from visitapp.domain.draft.typed_report import TypedReport, TypedRow
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.report.answers import LONGEST_ROW_TEXT, Answered, Counting, Row, row_facts
from visitapp.domain.report.form import Form, Question, applying
from visitapp.domain.report.place import ANSWERS, COUNT, Place, of_count, of_row
from visitapp.domain.report.report import ReportRow
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import OutcomeCount
from visitapp.domain.text.wording import lowered, number_of, out_of, plural

_DETAILS = ("reason", "gender", "age_group", "ethnicity")
LONGEST_CHAIN = 2
"""So many questions may wait for each other: a wait, whether it was authorised, by whom."""


def read_answers(typed: TypedReport, form: Form, book: CodeBook) -> Answered:
    """Read a draft's answers and rows.

    Never raises, whatever was typed. The place of a problem is
    an answer, an outcome, or a place in a row by its number.
    """
    counting = typed.counting
    answers, problems = _answers(typed.answers, form.questions(), Place(ANSWERS))
    rows: list[Row] = []
    if counting is not Counting.COUNTS:
        for number, raw in enumerate(typed.rows, 1):
            row, problems_of_row = _row(number, raw, form, book)
            rows.append(row)
            problems += problems_of_row
    parts, differences = _reconciled(typed.counts, rows, counting, book)
    return Answered(answers, tuple(rows), parts, counting, (*problems, *differences))


def _answers(
    typed: Mapping[str, Any], questions: Iterator[Question], where: Place
) -> tuple[dict[str, Any], list[Finding]]:
    """The answers that can be taken, each in its stored form, and what is wrong with the others."""
    taken: dict[str, Any] = {}
    problems: list[Finding] = []
    for question in questions:
        answer = typed.get(question.key)
        if question.is_core or answer in (None, "", []):
            continue
        if problem := question.problem(answer):
            sentence = f"{question.ask}: {problem}"
            problems.append(Finding(replace(where, key=question.key), sentence, True))
        else:
            taken[question.key] = question.traits.keep(answer)
    return taken, problems


def _row(number: int, typed: TypedRow, form: Form, book: CodeBook) -> tuple[Row, list[Finding]]:
    answers, problems = _answers(typed.answers, form.row_questions(), of_row(number, ""))
    outcome = typed.outcome.strip()
    details = {key: getattr(typed, key).strip() or None for key in _DETAILS}
    seen = book.group("outcome", outcome) == "seen"
    facts = row_facts(details["gender"], answers)
    for _ in range(LONGEST_CHAIN):
        answers = {key: answers[key] for key in _asked(form, facts, seen=seen) if key in answers}
        facts = row_facts(details["gender"], answers)
    count = None
    if not outcome:
        sentence = f"Say what happened, in row {number}."
        problems.append(Finding(of_row(number, "outcome"), sentence, True))
    else:
        about = ReportRow(
            cell=typed.cell.strip()[:LONGEST_ROW_TEXT],
            custody_number=typed.custody_number.strip()[:LONGEST_ROW_TEXT],
            animal_id=typed.animal_id,
            answers=answers,
        )
        count = OutcomeCount(
            outcome, 1, details["reason"], details["gender"], details["age_group"],
            details["ethnicity"], about,
        )  # fmt: skip
    problems += _not_in_lists(number, outcome, details, book)
    return Row(number, typed.id, outcome, answers, count, facts), problems


def _not_in_lists(
    number: int, outcome: str, details: Mapping[str, str | None], book: CodeBook
) -> list[Finding]:
    """A problem for each word in a row that was typed in place of a choice and is not in the
    list."""
    coded = (
        ("outcome", outcome),
        ("gender", details["gender"]),
        ("age_group", details["age_group"]),
    )
    return [
        Finding(of_row(number, key), f"Row {number}: \u201c{word}\u201d is not in the list.", True)
        for key, word in coded
        if word and book[key] and not book.has(key, word)
    ]


def _asked(form: Form, facts: frozenset[str], *, seen: bool) -> list[str]:
    """The keys of the questions that apply to a row; answers to others no longer count."""
    return [
        question.key
        for group in form.row_groups
        if seen or not group.seen_only
        for question in applying(group.questions, facts)
    ]


def _reconciled(
    counts: Sequence[OutcomeCount], rows: Sequence[Row], counting: Counting, book: CodeBook
) -> tuple[tuple[OutcomeCount, ...], list[Finding]]:
    """All counts: the rows and, where numbers are typed too, those that have no row; and where the
    two disagree."""
    of_rows = tuple(row.count for row in rows if row.count is not None)
    if counting is Counting.COUNTS:
        return tuple(counts), []
    if counting is Counting.ROWS:
        return of_rows, []
    left, over = _without(counts, of_rows)
    problems = [
        Finding(of_count(outcome), _too_many(book, outcome, number), True)
        for outcome, number in over.items()
    ]
    return (*of_rows, *left), problems


def _without(
    counts: Sequence[OutcomeCount], rows: Sequence[OutcomeCount]
) -> tuple[list[OutcomeCount], Counter[str]]:
    """The numbers typed less one for each row, taken from a number with the same reason first; and
    by outcome, how many rows have no number left to take."""
    left = list(counts)
    over: Counter[str] = Counter()
    unmatched = []
    for row in rows:
        same = [(c.outcome, c.reason) == (row.outcome, row.reason) for c in left]
        if not _take_one(left, same):
            unmatched.append(row)
    for row in unmatched:
        if not _take_one(left, [c.outcome == row.outcome for c in left]):
            over[row.outcome] += 1
    return [count for count in left if count.number], over


def _take_one(left: list[OutcomeCount], fits: Sequence[bool]) -> bool:
    for index, count in enumerate(left):
        if fits[index] and count.number:
            left[index] = replace(count, number=count.number - 1)
            return True
    return False


def _too_many(book: CodeBook, outcome: str, number: int) -> str:
    label = lowered(book.label("outcome", outcome))
    more = number_of(number, "more row says", "more rows say")
    return f"{more} \u201c{label}\u201d than the count above it."


class Agreement(Enum):
    """Whether the rows agree with the numbers that were counted."""

    ALONE = "alone"
    """Only one of the two is asked."""
    DIFFERS = "differs"
    FEWER = "fewer"
    AGREES = "agrees"


def agreement_of(answered: Answered, counts: Sequence[OutcomeCount]) -> Agreement:
    """Whether rows and numbers agree."""
    if answered.counting is not Counting.BOTH:
        return Agreement.ALONE
    if any(problem.place.part == COUNT for problem in answered.problems):
        return Agreement.DIFFERS
    rows = sum(row.count is not None for row in answered.rows)
    is_whole = rows == sum(count.number for count in counts)
    return Agreement.AGREES if is_whole else Agreement.FEWER


def agreement(answered: Answered, counts: Sequence[OutcomeCount]) -> str:
    """The words for it: `9 rows agree with the counts above`."""
    rows = sum(row.count is not None for row in answered.rows)
    counted_rows = number_of(rows, "row")
    match agreement_of(answered, counts):
        case Agreement.ALONE:
            return counted_rows
        case Agreement.DIFFERS:
            return f"{counted_rows}, which don't agree with the counts above"
        case Agreement.AGREES:
            return f"{counted_rows} {plural(rows, 'agrees', 'agree with the counts above')}"
        case Agreement.FEWER:
            total = sum(count.number for count in counts)
            of_total = out_of(rows, total, begin=lambda number: number_of(number, "row"))
            return f"{of_total} counted above"
