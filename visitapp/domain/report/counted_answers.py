"""What the answers of one signed report add to the figures of a year."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from visitapp.domain.office.codes import Code, CodeBook
from visitapp.domain.report.answer_rules import asked_of_row, facts_of, is_seen
from visitapp.domain.report.answers import Row, answered_of
from visitapp.domain.report.form import Form, Question, applying
from visitapp.domain.report.kinds import NOT_CHECKED, Measure
from visitapp.domain.report.requests import RESOLVED, requests_of
from visitapp.domain.report.standard_questions import as_answered
from visitapp.domain.report.visit import Visit

NO_ANSWER = "-"
"""The code of questions that were asked and not answered."""
WITHOUT_ANSWER = (NO_ANSWER, NOT_CHECKED)
"""The codes of what was asked and not answered, or not checked; every other one is of an answer."""
ANY_ANSWER = "+"
"""The code of answers with any number of codes, once for each answer, beside each of its codes."""
A_NUMBER = ""
"""The code of an answer that is a number."""
REQUESTS = "requests:kind"
"""What requests are counted under, by their kind; no question of a form has such a key. The value
of a request is 1 if it was put right during the visit, else 0."""
OFFERS = "introduced_by:outcome"
"""What offers of a visit are counted under, by who made them. The value of an offer is 1 if the
detainee was seen, 0 if they refused; others were not offered a visit."""
INTRODUCED_BY = "introduced_by"
"""The key of the question who made the offer; a form may lack it."""


_ANY_WAIT = 1 << 30
"""Minutes: longer than any wait."""

CountedKey = tuple[str, int, str, int]
"""Question, meaning, code and value."""


@dataclass(frozen=True, slots=True)
class CountedAnswer:
    """An answer, and at how many `rows` of the report it was given (1 for a question about the
    visit). `meaning` is that of the question in the report's form; `value` is the number, 0 for a
    code. For `REQUESTS`, `rows` is the number of such requests."""

    question: str
    meaning: int
    code: str
    value: int
    rows: int

    @property
    def key(self) -> CountedKey:
        """What tells it from the other answers of its report."""
        return self.question, self.meaning, self.code, self.value


def counted_answers(
    visit: Visit, form: Form, book: CodeBook, immediate_limit: int
) -> list[CountedAnswer]:
    """All answers that can be counted, whether or not the form counts them: a scheme may decide so
    later. Empty if the visit wasn't written with a form. An imported visit was asked only what it
    answers."""
    if visit.report is None:
        return []
    answers = visit.report.answers
    answered = answered_of(visit)
    facts = facts_of(visit, answered, immediate_limit)
    form = as_answered(form, visit)
    asked = [(q, answers) for q in applying([*form.questions()], facts)]
    offers: list[CountedKey] = []
    for row in answered.rows:
        for group in form.row_groups:
            applies = asked_of_row(group, row, is_seen(row, book))
            asked += [(question, row.answers) for question in applies]
            offers += _offers(applies, row, book)
    if visit.source_ref is not None:
        asked = [(question, its) for question, its in asked if question.key in its]
    return _added([*_counted(asked), *offers])


def _counted(asked: Iterable[tuple[Question, Mapping[str, Any]]]) -> Iterator[CountedKey]:
    for question, its_answers in asked:
        answer = its_answers.get(question.key)
        if question.traits.measure is Measure.REQUESTS:
            for request in requests_of(answer):
                yield REQUESTS, 1, request.kind, int(request.put_right == RESOLVED)
        elif question.can_be_counted and not question.is_expense:
            for code, value in _parts(question, answer):
                yield question.key, question.meaning, code, value


def _offers(asked: Iterable[Question], row: Row, book: CodeBook) -> Iterator[CountedKey]:
    """The offer made to a detainee, if the report says who made it."""
    group = book.group("outcome", row.outcome)
    for question in asked:
        by_whom = row.answers.get(INTRODUCED_BY) if question.key == INTRODUCED_BY else None
        if by_whom and group in ("seen", "refused"):
            yield OFFERS, question.meaning, str(by_whom), int(group == "seen")


def _added(answers: Iterable[CountedKey]) -> list[CountedAnswer]:
    rows = Counter(answers)
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


def bounds(visit: Visit, form: Form) -> tuple[Counter[CountedKey], Counter[CountedKey]]:
    """The fewest and the most rows with each answer that the settings of any day could have given.

    What is asked may depend on the longest wait that counts as immediate and on the groups of
    outcomes, both of which a scheme can change after a report was signed.
    """
    outcomes = {count.outcome for count in visit.counts}
    of_any_day = []
    for group in ("seen", "refused", ""):
        codes = [Code(uuid4(), visit.scheme_id, "outcome", o, o, 0, group) for o in outcomes]
        book = CodeBook.of(codes)
        of_any_day += [
            Counter({answer.key: answer.rows for answer in answers})
            for answers in (counted_answers(visit, form, book, limit) for limit in (-1, _ANY_WAIT))
        ]
    keys = {key for counted in of_any_day for key in counted}
    least = Counter({key: min(counted[key] for counted in of_any_day) for key in keys})
    return least, Counter({key: max(counted[key] for counted in of_any_day) for key in keys})
