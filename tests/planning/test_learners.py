"""What the learners are shown of a history, and when: a learner that only takes notes sees it."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest

from tests.planning.rota_instances import MONDAY
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.planning import learners
from visitapp.planning.learners import learned_cells, learned_days
from visitapp.planning.predictors import SeenDay

DAY = timedelta(days=1)


class Notes:
    """Learners that share what they were trained with, and what they were asked; the answer is
    `chances`, which repeats."""

    def __init__(self, chances: Sequence[float] = (0.75,)) -> None:
        self.lessons: list[tuple[list[list[float]], list[bool]]] = []
        self.questions: list[list[float]] = []
        self._chances = chances

    def fit(self, signs: list[list[float]], outcomes: list[bool]) -> None:
        self.lessons.append((list(signs), list(outcomes)))

    def predict_proba(self, signs: list[list[float]]) -> np.ndarray:
        before = len(self.questions)
        self.questions += signs
        every = [
            self._chances[at % len(self._chances)] for at in range(before, len(self.questions))
        ]
        return np.array([[1 - chance, chance] for chance in every])


def _days(number: int, *visited: int) -> list[SeenDay]:
    """So many days from a Monday on, with visits on some."""
    days = [MONDAY + at * DAY for at in range(number)]
    return [
        SeenDay(day, at // 7, at % 7, (0,) * visited.count(at), MONDAY)
        for at, day in enumerate(days)
    ]


def test_days_are_learned_again_whenever_half_as_many_have_come() -> None:
    notes = Notes()
    chances = learned_days(lambda: notes, _days(130, 3, 10, 60, 100), 0.125)
    assert [len(signs) for signs, _ in notes.lessons] == [56, 84, 126]
    assert chances == [0.125] * 56 + [0.75] * 74
    outcomes = notes.lessons[-1][1]
    assert [at for at, happened in enumerate(outcomes) if happened] == [3, 10, 60, 100]
    shown = [*notes.lessons[0][0], *notes.questions]
    assert len(shown) == 130
    assert shown[:126] == notes.lessons[-1][0], "what it is asked is what it learns from later"


@pytest.mark.parametrize("missing", ["sklearn", "threadpoolctl"])
def test_half_an_extra_is_none(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    monkeypatch.setattr(learners, "find_spec", lambda name: None if name == missing else object())
    assert not learners.are_installed()
    assert learners.learners() == {}


def test_nothing_is_learned_while_every_day_was_the_same() -> None:
    notes = Notes()
    assert learned_days(lambda: notes, _days(100, 60), 0.125) == [0.125] * 84 + [0.75] * 16
    assert len(notes.lessons) == 1
    assert learned_days(lambda: notes, _days(56, 3), 0.125) == [0.125] * 56


def _signs_of(day: int, *visited: int) -> tuple[list[float], ...]:
    """The signs of a day: the weekday as seven flags and as a number, the flags while the week
    waits for its visit, and the four numbers."""
    notes = Notes()
    learned_days(lambda: notes, _days(max(day + 1, 57), *visited, 0), 0.125)
    row = [*notes.lessons[0][0], *notes.questions][day]
    return row[:7], row[7:8], row[8:15], row[15:]


def test_a_day_shows_its_weekday_and_whether_the_week_waits_for_a_visit() -> None:
    for at in range(7, 14):
        flags = [float(at - 7 == weekday) for weekday in range(7)]
        assert _signs_of(at) == (flags, [float(at - 7)], flags, _signs_of(at)[3])
    flags, _, waiting, numbers = _signs_of(10, 8, 9)
    assert flags == [0, 0, 0, 1, 0, 0, 0]
    assert waiting == [0] * 7
    assert numbers == [1, 1, 2, 3], "a day since, had one, two in the week, three in four weeks"


def test_a_day_shows_how_long_ago_the_last_visit_was_and_how_many_came_of_late() -> None:
    def numbers(day: int, *visited: int) -> list[float]:
        return _signs_of(day, *visited)[3]

    assert numbers(0) == [21, 0, 0, 0], "no visit before is as long as three weeks"
    assert numbers(20) == [20, 0, 0, 1]
    assert numbers(22) == [21, 0, 0, 1]
    assert numbers(28) == [21, 0, 0, 1], "28 days ago is within four weeks"
    assert numbers(29) == [21, 0, 0, 0]
    assert numbers(14, 12, 13) == [1, 0, 0, 3], "another week begins"
    assert numbers(31, 3, 25, 30) == [1, 1, 1, 3]
    assert numbers(32, 3, 25, 30) == [2, 1, 1, 2]


CELLS, BANDS = 6, 3


def _visits(cells: Sequence[int], first: date = MONDAY) -> list[SeenDay]:
    """A visit a day, in these timeslots; years begin in April."""
    days = [first + at * DAY for at in range(len(cells))]
    return [
        SeenDay(day, at, 0, (cell,), APRIL_YEARS.year_of(day).start)
        for at, (day, cell) in enumerate(zip(days, cells, strict=True))
    ]


def test_timeslots_are_learned_again_whenever_half_as_many_visits_have_come() -> None:
    notes = Notes([0.5, 0.25, 0.5, 0.125, 0.125, 0.125])
    cells = [n % CELLS for n in range(25)]
    days = [*_visits(cells), *(SeenDay(MONDAY, 0, 0, none, MONDAY) for none in ((), (None,)))]
    scores = learned_cells(lambda: notes, days, CELLS, BANDS)
    assert [len(signs) // CELLS for signs, _ in notes.lessons] == [10, 15, 22]
    for signs, outcomes in notes.lessons:
        right = [at for at, is_right in enumerate(outcomes) if is_right]
        assert right == [CELLS * n + cells[n] for n in range(len(signs) // CELLS)]
    assert scores == [1 / CELLS] * 10 + [1 / 2 if cell in (0, 2) else 0 for cell in cells[10:]]
    assert len(notes.questions) == 15 * CELLS
    assert learned_cells(lambda: notes, _visits(cells[:10]), CELLS, BANDS) == [1 / CELLS] * 10
    assert learned_cells(lambda: notes, _visits([0] * 12), 1, 1) == [1] * 12, "nothing to learn"


def _signs_of_cell(
    cell: int, past: Sequence[int], first: date = MONDAY, bands: int = BANDS
) -> list[float]:
    """What is shown of a timeslot after these visits."""
    notes = Notes()
    visits = _visits([*past, *[0] * max(1, 11 - len(past))], first)
    learned_cells(lambda: notes, visits, CELLS, bands)
    return [*notes.lessons[0][0], *notes.questions][len(past) * CELLS + cell]


def test_a_timeslot_shows_its_visits_and_where_it_lies() -> None:
    past = [1, 4, 1, 2, 4, 1]
    # waits, more than the fewest, ever, since the last, row, column, waiting in all, its part of
    # those, and its row after that of the last visit
    assert _signs_of_cell(1, past) == [0, 3, 3, 1, 0, 1, 3, 0, 0]
    assert _signs_of_cell(2, past) == [0, 1, 1, 3, 0, 2, 3, 0, 0]
    assert _signs_of_cell(4, past) == [0, 2, 2, 2, 1, 1, 3, 0, 1]
    assert _signs_of_cell(5, past) == [1, 0, 0, 60, 1, 2, 3, pytest.approx(1 / 3), 1]
    assert _signs_of_cell(0, [4]) == [1, 0, 0, 60, 0, 0, 5, pytest.approx(1 / 5), 1]
    every = [0, 1, 2, 3, 4, 5, 3]
    assert _signs_of_cell(3, every) == [0, 1, 2, 1, 1, 0, 0, 0, 0]
    assert _signs_of_cell(0, every) == [0, 0, 1, 7, 0, 0, 0, 0, 1]
    assert _signs_of_cell(0, []) == [1, 0, 0, 60, 0, 0, 6, pytest.approx(1 / 6), 0]
    assert _signs_of_cell(5, every[:5]) == [1, 0, 0, 60, 1, 2, 1, 1, 0], "the only one that waits"


def test_a_row_is_counted_from_that_of_the_last_visit_on() -> None:
    rows = [_signs_of_cell(cell, [2], bands=2)[8] for cell in range(6)]
    assert rows == [2, 2, 0, 0, 1, 1]
    assert [_signs_of_cell(cell, [], bands=1)[8] for cell in range(6)] == [0, 1, 2, 3, 4, 5]


def test_a_timeslot_waits_again_in_another_year_and_its_visits_of_all_time_stay() -> None:
    first = date(2025, 3, 30)
    assert _signs_of_cell(1, [1, 1], first) == [1, 0, 2, 1, 0, 1, 6, pytest.approx(1 / 6), 0]
    assert _signs_of_cell(1, [1], first) == [0, 1, 1, 1, 0, 1, 5, 0, 0]


def test_a_long_time_since_a_visit_is_sixty_visits() -> None:
    since = [_signs_of_cell(5, [5] + [1] * gap)[3] for gap in (57, 58, 59, 60, 61)]
    assert since == [58, 59, 60, 60, 60]
    assert all(later >= sooner for sooner, later in pairwise(since))
