"""Meetings: who came to which, the one before, and what is still to do."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.builders import ANNE
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.meeting import (
    Meeting,
    MeetingAction,
    MeetingKind,
    MeetingMode,
    last_before,
    open_actions,
)
from visitapp.domain.period import Period
from visitapp.domain.year.meeting_pack import days_since

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
JUNE, SEPTEMBER = date(2024, 6, 5), date(2024, 9, 4)
TEAM = Meeting(UUID(int=1), MeetingKind.TEAM, JUNE, present=frozenset((ANNE,)))
REGION = Meeting(UUID(int=2), MeetingKind.REGIONAL, date(2024, 7, 3), present=frozenset((ANNE,)))
CALLED_OFF = replace(TEAM, id=UUID(int=3), held_on=SEPTEMBER, mode=MeetingMode.CALLED_OFF)


def test_the_one_before_is_of_the_same_kind_and_took_place() -> None:
    meetings = (CALLED_OFF, REGION, TEAM)
    assert last_before(meetings, MeetingKind.TEAM, date(2024, 12, 1)) == TEAM
    assert last_before(meetings, MeetingKind.TEAM, JUNE) is None


def test_papers_cover_the_days_since_the_meeting_before_or_the_quarter() -> None:
    quarter = Period(date(2024, 7, 1), date(2024, 9, 30))
    assert days_since(TEAM, SEPTEMBER, quarter) == Period(JUNE, date(2024, 9, 3))
    assert days_since(None, SEPTEMBER, quarter) == Period(quarter.start, date(2024, 9, 3))
    first = days_since(None, quarter.start, quarter)
    assert first == Period(date(2024, 6, 30), date(2024, 6, 30))


def test_what_was_not_done_by_the_day_is_open_and_what_is_due_first_comes_first() -> None:
    later = MeetingAction("later", due_on=date(2024, 8, 1))
    sooner = MeetingAction("sooner", due_on=date(2024, 7, 1), done_on=date(2024, 9, 4))
    undated, done = MeetingAction("undated"), MeetingAction("done", done_on=date(2024, 9, 3))
    meeting = replace(TEAM, actions=(undated, later, done, sooner))
    waiting = [action for _, action in open_actions([meeting], SEPTEMBER)]
    assert waiting == [sooner, later, undated]
    assert open_actions([meeting], JUNE) == ()
    assert later.is_overdue(date(2024, 8, 2))
    assert not later.is_overdue(date(2024, 8, 1))
    assert not sooner.is_overdue(date(2024, 8, 2))
    assert not undated.is_overdue(date(2024, 8, 2))


@pytest.mark.parametrize("length", [0, 1441])
def test_a_length_beyond_a_day_is_refused(length: int) -> None:
    with pytest.raises(BadInputError, match="in minutes"):
        replace(TEAM, length=length)


def test_nobody_both_came_and_sent_apologies() -> None:
    with pytest.raises(BadInputError, match="apologies too"):
        replace(TEAM, apologies=frozenset((ANNE,)))
