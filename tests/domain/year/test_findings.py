"""What may be published of answers about people."""

from dataclasses import replace
from decimal import Decimal

import pytest

from visitapp.domain.figures import listed_shares, single_share
from visitapp.domain.report.kinds import Measure
from visitapp.domain.year.findings import (
    AnswerChange,
    AnswerFigures,
    NumberFigures,
    QuestionFigures,
    for_publication,
    published,
)
from visitapp.domain.year.small_numbers import too_small


def figures(*numbers: int, measure: Measure = Measure.ONE_CODE, **changed) -> QuestionFigures:
    whole = sum(numbers)
    shares = listed_shares(numbers)
    if measure is Measure.CODES:
        shares = tuple(single_share(number, whole) for number in numbers)
    answers = tuple(
        AnswerFigures(f"A{at}", f"Answer {at}", number, share)
        for at, (number, share) in enumerate(zip(numbers, shares, strict=True))
    )
    values = {
        "key": "food", "ask": "Food?", "section": "Welfare", "measure": measure, "of_rows": True,
        "of_people": True, "manager_only": False, "asked": whole, "answered": whole,
        "not_checked": 0, "answers": answers, "meaning": 1,
    }  # fmt: skip
    return QuestionFigures(**values | changed)


def shown(of: QuestionFigures) -> list[int | None]:
    assert all((answer.number is None) == (answer.share is None) for answer in of.answers)
    return [answer.number for answer in of.answers]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((40, 12, 0), [40, 12, 0]),
        ((40, 12, 3), [40, None, None]),  # the rest of 55 would tell the 3
        ((40, 12, 3, 4), [40, 12, None, None]),
        ((40, 12, 1, 2), [40, None, None, None]),
        ((40, 0, 3), [None, 0, None]),
        ((0, 3, 0), [None, None, None]),
        ((1, 2, 0), [None, None, None]),
        ((2, 4, 0), [None, None, 0]),
        ((2, 3, 0), [None, None, 0]),
        ((40, 12, 5), [40, 12, 5]),
        ((40, 12, 2, 3), [40, 12, None, None]),
    ],
)
def test_what_would_tell_of_fewer_than_five_people_is_left_out(numbers, expected) -> None:
    kept = published(figures(*numbers))
    assert shown(kept) == expected
    assert kept.is_whole == (None not in expected)
    assert shown(published(figures(*numbers, of_people=False))) == list(numbers)


@pytest.mark.parametrize("numbers", [(40, 12, 3), (9, 5, 4), (6, 1, 1, 1), (1, 20), (5, 4, 0)])
def test_what_is_left_out_can_not_be_worked_out_of_the_total(numbers) -> None:
    kept = shown(published(figures(*numbers)))
    hidden = [number for number, seen in zip(numbers, kept, strict=True) if seen is None]
    assert len(hidden) >= 2
    assert sum(hidden) >= 5
    assert too_small(numbers) == {at for at, seen in enumerate(kept) if seen is None}


def test_answers_given_together_are_no_parts_of_a_total() -> None:
    assert shown(published(figures(40, 3, 7, 0, measure=Measure.CODES))) == [40, None, 7, 0]
    few = published(figures(40, 5, 4, 1, 0, measure=Measure.CODES))
    assert shown(few) == [40, 5, None, None, 0]


def test_how_many_had_any_of_several_answers_is_left_out_if_they_are_few() -> None:
    for answered, expected in ((0, 0), (3, None), (4, None), (5, 5)):
        of = figures(0, answered, measure=Measure.CODES, asked=12)
        kept = published(of)
        assert kept.shown_answered == expected
        assert kept.is_whole == (expected is not None)
        assert published(replace(of, of_people=False)).shown_answered == answered
    assert published(figures(3)).shown_answered == 3  # who was asked says nothing of them


def test_the_largest_number_is_that_of_one_person() -> None:
    numbers = NumberFigures(90, None, 30)
    many = figures(measure=Measure.NUMBER, answered=6, numbers=numbers)
    few = figures(measure=Measure.NUMBER, answered=4, numbers=numbers)
    assert published(many).numbers == NumberFigures(90, None, None)
    assert published(few).numbers == NumberFigures(None, None, None)
    for answered, total in ((5, 90), (4, None), (1, None), (0, 90)):
        some = published(figures(measure=Measure.NUMBER, answered=answered, numbers=numbers))
        assert some.numbers == NumberFigures(total, None, None)
    assert for_publication([few, figures(9, manager_only=True)]) == (published(few),)


def test_numbers_are_whole_while_none_of_them_is_left_out() -> None:
    numbers = NumberFigures(90, Decimal("15.00"), 30)
    assert figures(measure=Measure.NUMBER, numbers=numbers).is_whole
    for hidden in ("total", "mean", "most"):
        less = replace(numbers, **{hidden: None})
        assert not figures(measure=Measure.NUMBER, numbers=less).is_whole


def test_a_change_is_told_apart_from_chance() -> None:
    assert AnswerChange(3, 4, 1, 4).is_chance
    assert AnswerChange(3, 3, 0, 3).is_chance  # exactly one in twenty
    risen = AnswerChange(90, 100, 60, 100)
    assert not risen.is_chance
    assert f"{risen.points:+}" == "+30.0"
