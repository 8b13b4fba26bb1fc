"""Planned visits: what may be planned at all, and what may be shown of it."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.plan.planned import (
    Mode,
    PlannedMoment,
    PlannedRow,
    PlannedStanding,
    PlannedVisit,
    PlanSheet,
)

WEEK = Period(date(2025, 5, 5), date(2025, 5, 11))
ANN, BEA, CARL, SITE = uuid4(), uuid4(), uuid4(), uuid4()
VISIT = PlannedVisit(uuid4(), uuid4(), uuid4(), SITE, WEEK, date(2025, 5, 7), 613, 17)
ROW = PlannedRow(
    uuid4(), SITE, WEEK, (ANN, BEA), False, False, PlannedStanding.PLANNED, Mode.MANAGER_HELD
)


def test_the_day_lies_in_its_week_and_the_time_in_its_day() -> None:
    for day in (WEEK.start, WEEK.end):
        assert replace(VISIT, day=day).day == day
    for day in (date(2025, 5, 4), date(2025, 5, 12)):
        with pytest.raises(BadInputError, match="outside the week"):
            replace(VISIT, day=day)
    for minute in (0, 1439):
        assert replace(VISIT, minute=minute).minute == minute
    for minute in (-1, 1440):
        with pytest.raises(BadInputError, match="within the day"):
            replace(VISIT, minute=minute)


def test_a_pair_is_at_most_two_different_people() -> None:
    for pair in ((), (ANN,), (ANN, BEA)):
        assert replace(VISIT, pair=pair).pair == pair
    for pair in ((ANN, ANN), (ANN, BEA, CARL)):
        with pytest.raises(BadInputError, match="two different people"):
            replace(VISIT, pair=pair)


def test_what_is_printed_of_a_visit_tells_no_moment() -> None:
    for words in (repr(VISIT), repr(PlannedMoment(VISIT.day, VISIT.minute))):
        assert "2025, 5, 7" not in words
        assert "613" not in words
        assert "cell=" not in words


def test_a_visit_is_drawn_free_and_planned_unless_that_is_entered() -> None:
    assert not VISIT.is_pinned
    assert not VISIT.is_by_hand
    assert not VISIT.is_cancelled
    assert VISIT.version == 1


def test_somebody_is_missing_only_from_a_visit_still_to_come() -> None:
    assert not ROW.is_missing
    assert replace(ROW, pair=(ANN,)).is_missing
    assert replace(ROW, pair=()).is_missing
    for standing in (PlannedStanding.VISITED, PlannedStanding.CANCELLED, PlannedStanding.MISSED):
        assert not replace(ROW, pair=(), standing=standing).is_missing


def test_a_sheet_shows_the_visits_of_a_site_but_cancelled_ones() -> None:
    cancelled = replace(ROW, visit_id=uuid4(), standing=PlannedStanding.CANCELLED)
    missed = replace(ROW, visit_id=uuid4(), standing=PlannedStanding.MISSED)
    elsewhere = replace(ROW, visit_id=uuid4(), site_id=uuid4())
    sheet = PlanSheet(
        WEEK, (), (ROW, cancelled, missed, elsewhere), {ANN: "Ann"}, None, None, (), "", 3
    )
    assert sheet.of(SITE) == (ROW, missed)
    assert sheet.row(missed.visit_id) is missed
    assert sheet.row(uuid4()) is None
    assert hash(sheet) == hash(replace(sheet, names={}))
