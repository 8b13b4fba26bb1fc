"""What the answers of one signed report add to the figures of a year."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from visitapp.domain.office.codes import CodeBook
from visitapp.domain.report.answer_rules import asked_of_row, facts_of, is_seen
from visitapp.domain.report.answers import answered_of
from visitapp.domain.report.form import Form, Question, applying
from visitapp.domain.report.kinds import Measure
from visitapp.domain.report.standard_questions import as_answered
from visitapp.domain.report.visit import Visit

NO_ANSWER = "-"
"""The code of questions that were asked and not answered."""
ANY_ANSWER = "+"
"""The code of answers with any number of codes, once for each answer, beside each of its codes."""
A_NUMBER = ""
"""The code of an answer that is a number."""


@dataclass(frozen=True, slots=True)
class CountedAnswer:
    """An answer, and at how many `rows` of the report it was given (1 for a question about the
    visit). `meaning` is that of the question in the report's form; `value` is the number, 0 for a
    code."""

    question: str
    meaning: int
    code: str
    value: int
    rows: int


def counted_answers(
    visit: Visit, form: Form, book: CodeBook, immediate_limit: int
) -> list[CountedAnswer]:
    """All answers that can be counted, whether or not the form counts them: a scheme may decide so
    later. Empty if the visit wasn't written with a form."""
    if visit.report is None:
        return []
    answers = visit.report.answers
    answered = answered_of(visit)
    facts = facts_of(visit, answered, immediate_limit)
    form = as_answered(form, visit)
    asked = [(q, answers) for q in applying([*form.questions()], facts)]
    for row in answered.rows:
        for group in form.row_groups:
            applies = asked_of_row(group, row, is_seen(row, book))
            asked += [(question, row.answers) for question in applies]
    return _added(
        (question, its_answers.get(question.key))
        for question, its_answers in asked
        if question.can_be_counted and not question.is_expense
    )


def _added(answers: Iterable[tuple[Question, Any]]) -> list[CountedAnswer]:
    rows = Counter(
        (question.key, question.meaning, code, value)
        for question, answer in answers
        for code, value in _parts(question, answer)
    )
    return [CountedAnswer(*answer, number) for answer, number in sorted(rows.items())]


def _parts(question: Question, answer: Any) -> Iterator[tuple[str, int]]:
    if answer in (None, "", []):
        yield NO_ANSWER, 0
    elif question.traits.measure is Measure.NUMBER:
        yield A_NUMBER, int(answer)
    else:
        if question.traits.measure is Measure.CODES:
            yield ANY_ANSWER, 0
        for code in question.traits.count(answer):
            yield code, 0
