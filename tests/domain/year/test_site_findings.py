"""What may be published of answers at each site: no small number of people can be worked out."""

from random import Random
from uuid import UUID

import pytest

from visitapp.domain.figures import single_share
from visitapp.domain.report.kinds import Measure
from visitapp.domain.year.findings import AnswerFigures, NumberFigures, QuestionFigures, published
from visitapp.domain.year.site_findings import published_by_site

CODES = ("YES", "NO", "NA")


def question(counts, *, of_people=True, measure=Measure.ONE_CODE, numbers=None, answered=None):
    answered = sum(counts) if answered is None else answered
    return QuestionFigures(
        "told", 1, "Told?", "Rights", measure, True, of_people, False, answered + 3, answered, 1,
        tuple(
            AnswerFigures(code, code, n, single_share(n, answered))
            for code, n in zip(CODES, counts, strict=False)
        ),
        numbers,
    )  # fmt: skip


def by_site(tables, **of):
    sites = {UUID(int=at + 1): (question(row, **of),) for at, row in enumerate(tables)}
    whole = question([sum(column) for column in zip(*tables, strict=True)], **of)
    shown = published_by_site([whole], sites)
    return whole, [[a.number for a in figures.answers] for (figures,) in shown.values()]


def solved(whole, shown, tables):
    """Every number that whoever has the totals of rows and columns can work out, by sums alone."""
    columns = [answer.number for answer in published(whole).answers]
    known = [list(row) for row in shown]
    changed = True
    while changed:
        changed = False
        lines = [
            ([(row, at) for row in range(len(known))], total) for at, total in enumerate(columns)
        ]
        lines += [
            ([(row, at) for at in range(len(columns))], sum(tables[row]))
            for row in range(len(known))
        ]
        for cells, total in lines:
            gone = [(row, at) for row, at in cells if known[row][at] is None]
            if total is None or not gone:
                continue
            rest = total - sum(known[row][at] or 0 for row, at in cells)
            if len(gone) == 1 or rest == 0:
                for row, at in gone:
                    known[row][at] = rest if len(gone) == 1 else 0
                changed = True
    return known


def test_no_small_number_can_be_worked_out() -> None:
    random = Random(7)
    for _ in range(300):
        size = random.randint(1, 5)
        tables = [[random.choice([0, 1, 3, 5, 9, 40]) for _ in CODES] for _ in range(size)]
        whole, shown = by_site(tables)
        for row, worked_out in zip(tables, solved(whole, shown, tables), strict=True):
            for count, known in zip(row, worked_out, strict=True):
                assert known in (None, count)
                assert known is None or not 0 < count < 5, (tables, shown)


def test_large_numbers_stay_and_answers_about_visits_are_never_left_out() -> None:
    _, shown = by_site([[20, 30, 10], [9, 5, 0]])
    assert shown == [[20, 30, 10], [9, 5, 0]]
    _, shown = by_site([[1, 2, 0], [3, 0, 4]], of_people=False)
    assert shown == [[1, 2, 0], [3, 0, 4]]


@pytest.mark.parametrize(
    ("answered", "expected"),
    [((7, 9), [7, 9]), ((3, 9, 20), [None, None, 20]), ((2, 1), [None, None]), ((0, 6), [0, 6])],
)
def test_how_many_had_any_of_several_answers_is_not_worked_out_by_site(answered, expected) -> None:
    sites = {
        UUID(int=at + 1): (question([number, 0], measure=Measure.CODES),)
        for at, number in enumerate(answered)
    }
    whole = question([sum(answered), 0], measure=Measure.CODES)
    shown = [figures for (figures,) in published_by_site([whole], sites).values()]
    assert [figures.shown_answered for figures in shown] == expected
    for figures in shown:
        assert figures.shown_answered is not None or figures.answers[0].share is None


def test_a_small_number_takes_others_of_its_site_and_of_its_answer_with_it() -> None:
    _, shown = by_site([[40, 2, 10], [30, 20, 10], [50, 60, 70]])
    assert shown == [[40, None, None], [30, None, None], [50, 60, 70]]


def test_several_answers_at_once_have_no_sum_at_a_site() -> None:
    _, shown = by_site([[40, 2, 10], [30, 20, 10]], measure=Measure.CODES, answered=60)
    assert shown == [[40, None, 10], [30, None, 10]]


@pytest.mark.parametrize(
    ("answered", "totals"),
    [((9, 8, 7), [18, 16, 14]), ((3, 8, 7), [None, 16, None]), ((3, 8, 2), [None, 16, None])],
)
def test_sums_of_sites_where_few_answered_are_left_out(answered, totals) -> None:
    def numbers(n):
        of = NumberFigures(2 * n, None, 2)
        return question((), measure=Measure.NUMBER, numbers=of, answered=n)

    sites = {UUID(int=at + 1): (numbers(n),) for at, n in enumerate(answered)}
    shown = published_by_site([numbers(sum(answered))], sites)
    assert [figures.numbers.total for (figures,) in shown.values()] == totals
    assert all(figures.numbers.most is None for (figures,) in shown.values())
