"""What answers add up to: the questions that a scheme counts, and their figures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from visitapp.domain.figures import Share, listed_shares, single_share
from visitapp.domain.report.counted_answers import (
    A_NUMBER,
    ANY_ANSWER,
    NO_ANSWER,
    WITHOUT_ANSWER,
)
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.form_changes import parts
from visitapp.domain.report.kinds import NOT_CHECKED, Measure
from visitapp.domain.report.report import OVERALL, UNSATISFACTORY
from visitapp.domain.year.findings import (
    AnswerChange,
    AnswerFigures,
    NumberFigures,
    QuestionFigures,
)
from visitapp.domain.year.site_findings import published_by_site
from visitapp.persistence import counted_answers, forms
from visitapp.persistence.counted_answers import AnswerCount, AnswerKey
from visitapp.persistence.counting import Scope
from visitapp.persistence.database import Connection
from visitapp.services.reports.forms import form_of

_HUNDREDTH = Decimal("0.01")
_WRONG = frozenset({(OVERALL, UNSATISFACTORY)})
"""Answers that say that something was wrong, although no issue is opened about them."""


@dataclass(frozen=True, slots=True)
class CountedQuestion:
    """A question as the newest form that asks it has it. `labels` are by code, also of answers that
    only older forms offered to a question of the same meaning."""

    question: Question
    section: str
    of_rows: bool
    of_people: bool
    labels: Mapping[str, str]


def findings_of(connection: Connection, scope: Scope) -> tuple[QuestionFigures, ...]:
    """The figures of every question that the scheme counts and that was asked, in the form's
    order."""
    before = scope.period.year_before()
    now = by_question(counted_answers.counts(connection, scope))
    earlier: ByQuestion = {}
    if before.end < scope.period.start:  # a period longer than a year would overlap with it
        earlier = by_question(counted_answers.counts(connection, replace(scope, period=before)))
    figures = (
        question_figures(q, now, earlier) for q in counted_questions(connection, scope.scheme_id)
    )
    return tuple(of_question for of_question in figures if of_question.asked)


def findings_of_sites(
    connection: Connection, scope: Scope, whole: Sequence[QuestionFigures]
) -> dict[UUID, tuple[QuestionFigures, ...]]:
    """The figures of the same questions at each site where they were asked, without changes."""
    asked = {figures.key for figures in whole}
    questions = [
        entry
        for entry in counted_questions(connection, scope.scheme_id)
        if entry.question.key in asked
    ]
    by_site = {
        site_id: by_question(counts)
        for site_id, counts in counted_answers.counts_by_site(connection, scope, asked).items()
    }
    return {
        site_id: tuple(f for f in (question_figures(q, counts, {}) for q in questions) if f.asked)
        for site_id, counts in by_site.items()
    }


ByQuestion = Mapping[tuple[str, int], Mapping[str, AnswerCount]]
"""By key and meaning of the question, then by code."""


def by_question(counts: Mapping[AnswerKey, AnswerCount]) -> ByQuestion:
    """Counts put together by question: there are hundreds of them, and each question is asked for
    its own."""
    together: defaultdict[tuple[str, int], dict[str, AnswerCount]] = defaultdict(dict)
    for (key, meaning, code), count in counts.items():
        together[key, meaning][code] = count
    return together


def published_of_some(
    connection: Connection, scope: Scope, figures: Sequence[QuestionFigures]
) -> tuple[QuestionFigures, ...]:
    """The `figures` of some sites, as they may be published beside those of all sites and of each
    other one."""
    of_all = replace(scope, site_ids=None)
    whole = findings_of(connection, of_all)
    chosen = scope.site_ids or frozenset()
    parts = {
        site_id: apart
        for site_id, apart in findings_of_sites(connection, of_all, whole).items()
        if site_id not in chosen
    }
    together = UUID(int=0)
    return published_by_site(whole, {**parts, together: tuple(figures)})[together]


def counted_questions(connection: Connection, scheme_id: UUID) -> list[CountedQuestion]:
    """The questions that the newest form with them counts, as `known_questions`."""
    return [entry for entry in known_questions(connection, scheme_id) if entry.question.is_counted]


def known_questions(connection: Connection, scheme_id: UUID) -> list[CountedQuestion]:
    """Every question as the newest form with it asks it, in the form's order; those that are no
    longer asked come last."""
    newest = forms.newest(connection, scheme_id) or 1
    known: dict[str, CountedQuestion] = {}
    for number in range(newest, 0, -1):
        for entry in _asked(form_of(connection, scheme_id, number)):
            newer = known.setdefault(entry.question.key, entry)
            if newer.question.meaning == entry.question.meaning:
                labels = {**entry.labels, **newer.labels}
                known[entry.question.key] = replace(newer, labels=labels)
    return list(known.values())


def _asked(form: Form) -> Iterator[CountedQuestion]:
    sections = [part for part in form.sections if part.of_rows]
    about_rows = {question.key for question in form.row_questions()}
    for part in (*parts(form), *sections):
        for question in part.questions:
            of_rows = question.key in about_rows
            yield CountedQuestion(
                question,
                part.title,
                of_rows,
                of_rows and form.row_of == "detainee",
                {option.code: option.label for option in question.choices},
            )


def question_figures(
    counted: CountedQuestion,
    now: ByQuestion,
    earlier: ByQuestion,
) -> QuestionFigures:
    """The figures of one question, compared with what was counted of it before."""
    question = counted.question
    tally, before = _Tally(counted, now), _Tally(counted, earlier)
    answers: tuple[AnswerFigures, ...] = ()
    numbers = None
    if question.traits.measure is Measure.NUMBER:
        numbers = tally.numbers
    else:
        codes = tally.codes(before)
        answers = tuple(
            AnswerFigures(
                code,
                counted.labels.get(code, code),
                share.part,
                share,
                _is_concern(question, code),
                _change(tally, before, code),
            )
            for code, share in zip(codes, tally.shares(codes), strict=True)
        )
    return QuestionFigures(
        key=question.key,
        meaning=question.meaning,
        ask=question.ask,
        section=counted.section,
        measure=question.traits.measure,
        of_rows=counted.of_rows,
        of_people=counted.of_people,
        manager_only=question.manager_only,
        asked=tally.asked,
        answered=tally.answered,
        not_checked=tally.rows(NOT_CHECKED),
        answers=answers,
        numbers=numbers,
    )


class _Tally:
    """What was counted of one question in one period."""

    def __init__(self, counted: CountedQuestion, counts: ByQuestion) -> None:
        self._labels = counted.labels
        self._measure = counted.question.traits.measure
        self._counts = counts.get((counted.question.key, counted.question.meaning), {})

    def rows(self, code: str) -> int:
        count = self._counts.get(code)
        return 0 if count is None else count.rows

    @property
    def answered(self) -> int:
        if self._measure is Measure.CODES:
            return self.rows(ANY_ANSWER)
        counted = self._counts.items()
        return sum(count.rows for code, count in counted if code not in WITHOUT_ANSWER)

    @property
    def asked(self) -> int:
        return self.answered + self.rows(NOT_CHECKED) + self.rows(NO_ANSWER)

    def codes(self, other: "_Tally") -> list[str]:
        """The answers in the form's order, then those that no form offers but reports gave."""
        given_too = sorted(self._counts.keys() | other._counts.keys())  # noqa: SLF001
        apart = (*WITHOUT_ANSWER, ANY_ANSWER)
        return [code for code in dict.fromkeys((*self._labels, *given_too)) if code not in apart]

    def shares(self, codes: list[str]) -> tuple[Share, ...]:
        numbers = [self.rows(code) for code in codes]
        if self._measure is Measure.ONE_CODE:
            return listed_shares(numbers)
        return tuple(single_share(number, self.answered) for number in numbers)

    @property
    def numbers(self) -> NumberFigures:
        count, answered = self._counts.get(A_NUMBER) or AnswerCount(), self.answered
        mean = Decimal(count.total) / answered if answered else None
        return NumberFigures(
            count.total,
            mean if mean is None else mean.quantize(_HUNDREDTH, ROUND_HALF_UP),
            count.most if answered else None,
        )


def _is_concern(question: Question, code: str) -> bool:
    if question.raises_category:
        return question.opens_issue(code)
    wrong = (question.key, code) in _WRONG or code in question.traits.noteworthy
    return wrong or question.is_concern(code)


def _change(now: _Tally, before: _Tally, code: str) -> AnswerChange | None:
    if not now.answered or not before.answered:
        return None
    return AnswerChange(now.rows(code), now.answered, before.rows(code), before.answered)
