"""The draw of a span and of an arrival, at the edges of what may come out."""

from collections.abc import Sequence
from random import Random
from typing import cast

import pytest

from visitapp.domain.office.grid import Band
from visitapp.planning.draw import (
    HANDOVERS_A_YEAR,
    STEP,
    Placed,
    draw_beside,
    draw_known,
    draw_minute,
    draw_span,
    steps_of,
)
from visitapp.planning.law import SpanLaw, suite_policy
from visitapp.planning.simulation import week_options

BAND = Band(380, 440)
TWO = (Band(390, 400), Band(420, 430))


def arrivals(
    band: Band, handovers: Sequence[Band], handovers_left: int, number: int = 2_000
) -> set[int]:
    random = Random(3)
    minutes = steps_of(band)
    return {draw_minute(minutes, handovers, handovers_left, random) for _ in range(number)}


def test_every_step_of_a_band_is_an_arrival_and_its_end_is_none() -> None:
    assert arrivals(BAND, (), 0) == set(range(380, 440, STEP))
    assert arrivals(Band(391, 411), (), 0) == {395, 400, 405, 410}
    assert arrivals(Band(0, 15), (), 0) == {0, 5, 10}


def test_a_shift_change_is_avoided_to_its_last_minute_and_no_longer() -> None:
    assert arrivals(BAND, TWO, 0) == set(range(380, 440, STEP)) - {390, 395, 420, 425}
    assert arrivals(Band(390, 400), TWO, 0) == {390, 395}, "where there is no other time"


def test_the_fewer_shift_changes_are_left_the_rarer_they_are() -> None:
    random, inside = Random(4), {390, 395, 420, 425}
    for left in range(HANDOVERS_A_YEAR + 1):
        drawn = [draw_minute(steps_of(BAND), TWO, left, random) for _ in range(4_000)]
        share = sum(minute in inside for minute in drawn) / len(drawn)
        assert share == pytest.approx(0.10 * left / 3, abs=0.02)
        assert (share > 0) == (left > 0)


class Certain:
    """A law by which every day has its visit."""

    options = (((4, 1.0),), ((9, 1.0),), ((2, 1.0),))
    day_shares = (1.0, 1.0, 1.0)

    def state(self, so_far: int) -> int:
        return so_far

    after = SpanLaw.after

    def hazard(self, _day: int, _made: bool) -> float:
        return 1.0


def test_a_span_is_drawn_from_its_first_day_to_its_last() -> None:
    drawn = draw_span(cast(SpanLaw, Certain()), Random(1))
    assert drawn == [Placed(0, 4), Placed(1, 9), Placed(2, 2)]


def test_timeslots_come_by_their_shares() -> None:
    class Uneven(Certain):
        options = (((1, 0.2), (2, 0.0), (3, 0.8)),)
        day_shares = (1.0,)

    random = Random(7)
    cells = [draw_span(cast(SpanLaw, Uneven()), random)[0].cell for _ in range(5_000)]
    assert set(cells) == {1, 3}
    assert abs(cells.count(1) / 5_000 - 0.2) < 0.02


def test_a_week_of_one_visit_has_one_and_any_week_at_least_one() -> None:
    random, counts = Random(2), [0] * 35
    for visits_a_year, most in ((52, 1), (78, 7)):
        law = SpanLaw(week_options(7, 5), counts, suite_policy(visits_a_year))
        for _ in range(50):
            assert 1 <= len(draw_span(law, random)) <= most


def test_a_known_number_of_visits_is_drawn_on_any_day() -> None:
    random = Random(4)
    law = SpanLaw(week_options(7, 5), [0] * 35, suite_policy())
    drawn = [draw_known(law, number, random) for number in (1, 2) * 50]
    assert {len(placed) for placed in drawn} == {1, 2}
    assert {visit.day for placed in drawn for visit in placed if len(placed) == 1} == set(range(7))


def test_chance_at_its_very_edge_still_takes_what_is_likeliest() -> None:
    """Shares that add up to a little less than their sum leave a gap that no share fills."""

    class Edge(Random):
        def random(self) -> float:
            return 1.0

    class Uneven(Certain):
        options = (((5, 0.1),), ((8, 0.2), (3, 0.4)), ((2, 0.3),))
        day_shares = (0.1, 0.6, 0.3)

        def compared(self, days: set[int]) -> float:
            return sum(self.day_shares[day] for day in days)

    assert draw_beside(cast(SpanLaw, Uneven()), (), (), Edge()) == Placed(1, 3)
