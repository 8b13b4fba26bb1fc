"""Clocks on the wall and in UTC, also on the nights when they change."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import at
from visitapp.domain.moment import (
    Moment,
    following,
    from_stored_text,
    happens_twice,
    is_skipped,
    stored_text,
    uk_time,
)

DAYS = st.dates(date(1980, 1, 1), date(2049, 12, 31))
MINUTES = st.integers(0, 1439)
AUTUMN, SPRING = date(2024, 10, 27), date(2024, 3, 31)
LONDON = ZoneInfo("Europe/London")


def by_the_tz_database(moment):
    return datetime.fromtimestamp(moment.utc_minute * 60, UTC).astimezone(LONDON)


@given(DAYS, MINUTES, st.integers(0, 1))
def test_a_moment_shows_the_clock_it_was_written_from(day, minute, fold):
    moment = Moment.at(day, minute, fold=fold)
    assert (moment.day, moment.minute, moment.weekday) == (day, minute, day.weekday())
    assert moment.local == datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)


@given(DAYS, MINUTES, st.integers(0, 1))
def test_a_moment_is_what_the_time_zone_database_says(day, minute, fold):
    moment = Moment.at(day, minute, fold=fold)
    if not is_skipped(day, minute):
        local = by_the_tz_database(moment)
        assert local.replace(tzinfo=None, fold=0) == moment.local
        assert local.utcoffset() == timedelta(minutes=moment.offset)


@given(DAYS, MINUTES)
def test_an_hour_happens_twice_or_never_exactly_on_the_two_nights(day, minute):
    starts = [at(day, 0), at(day + timedelta(days=1), 0)]
    shown = [
        by_the_tz_database(Moment(utc, 0))
        for utc in range(starts[0].utc_minute, starts[1].utc_minute)
    ]
    times = sum(1 for local in shown if local.hour * 60 + local.minute == minute)
    assert happens_twice(day, minute) == (times == 2)
    assert is_skipped(day, minute) == (times == 0)


def test_the_hour_that_happens_twice_is_told_apart_by_its_offset():
    first, second = at(AUTUMN, 1, 30), at(AUTUMN, 1, 30, fold=1)
    assert (first.offset, second.offset) == (60, 0)
    assert second.minutes_since(first) == 60
    assert first.local == second.local
    assert happens_twice(AUTUMN, 90)
    assert happens_twice(AUTUMN, 60)
    assert not happens_twice(AUTUMN, 120)
    assert not happens_twice(AUTUMN, 59)


def test_the_hour_that_never_happens_is_kept_as_it_was_written():
    skipped = at(SPRING, 1, 30)
    assert is_skipped(SPRING, 90)
    assert not is_skipped(SPRING, 59)
    assert not is_skipped(SPRING, 120)
    assert (skipped.day, skipped.minute, skipped.offset) == (SPRING, 90, 0)


def test_the_night_in_autumn_is_an_hour_longer_and_in_spring_shorter():
    assert at(AUTUMN, 3).minutes_since(at(AUTUMN, 0)) == 4 * 60
    assert at(SPRING, 3).minutes_since(at(SPRING, 0)) == 2 * 60


def test_a_time_before_the_previous_one_is_the_next_day():
    late = at(date(2024, 3, 4), 23, 50)
    after = following(late, 15)
    assert (after.day, after.minute) == (date(2024, 3, 5), 15)
    assert after.minutes_since(late) == 25
    assert following(late, 23 * 60 + 50) == late


@pytest.mark.parametrize(
    ("previous", "minute", "passed"),
    [
        (at(AUTUMN, 0, 50), 90, 40),  # the first of the two
        (at(AUTUMN, 1, 50), 80, 30),  # before the first: the second
        (at(AUTUMN, 1, 20, fold=1), 90, 10),
        (at(AUTUMN, 1, 40, fold=1), 90, 24 * 60 - 10),  # both are past: the next day
        (at(AUTUMN, 0, 50), 150, 160),  # over the change
        (at(SPRING, 0, 50), 130, 20),  # over the hour that never happened
        (at(SPRING, 0, 50), 90, 40),  # into it, as it was written
        (at(AUTUMN - timedelta(days=1), 23, 30), 90, 120),
        (at(SPRING, 1, 30), 130, 40),  # by a watch that was not put forward
        (at(SPRING, 1, 30), 89, 23 * 60 - 1),  # before it: the next day, an hour is missing
    ],
)
def test_times_follow_one_another_over_the_nights_when_clocks_change(previous, minute, passed):
    after = following(previous, minute)
    assert after.minute == minute
    assert after.minutes_since(previous) == passed


@given(DAYS, MINUTES, st.integers(0, 1), MINUTES)
def test_what_follows_is_the_first_time_a_clock_shows_it(day, minute, fold, wanted):
    previous = Moment.at(day, minute, fold=fold)
    after = following(previous, wanted)
    assert after.minute == wanted
    assert 0 <= after.minutes_since(previous) <= 25 * 60
    if not is_skipped(after.day, wanted) and not is_skipped(day, minute):
        between = range(previous.utc_minute, after.utc_minute)
        shown = (by_the_tz_database(Moment(utc, 0)) for utc in between)
        assert all(local.hour * 60 + local.minute != wanted for local in shown)


def test_uk_time_is_an_hour_ahead_in_summer():
    assert uk_time(datetime(2025, 7, 1, 23, 30, tzinfo=UTC)).date() == date(2025, 7, 2)
    assert uk_time(datetime(2025, 1, 1, 23, 30, tzinfo=UTC)).date() == date(2025, 1, 1)


def test_a_time_without_a_zone_is_not_shown() -> None:
    naive = datetime(2025, 7, 1, 12, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="no zone"):
        uk_time(naive)
    with pytest.raises(ValueError, match="no zone"):
        stored_text(naive)


@pytest.mark.parametrize("text", ["2025-07-04T13:31:07", "2025-07-04T13:31:07.000250"])
def test_a_time_kept_as_text_comes_back(text: str) -> None:
    assert stored_text(from_stored_text(text)) == text
    assert from_stored_text(text).utcoffset() == timedelta()


@pytest.mark.parametrize("text", ["", "yesterday", "2025-13-01T00:00", "0001-01-01T00:00+05:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the words are Python's own
        from_stored_text(text)


@given(DAYS, MINUTES, st.integers(0, 1))
def test_a_moment_in_utc_is_its_minutes_since_1970(day, minute, fold):
    moment = Moment.at(day, minute, fold=fold)
    assert moment.in_utc.timestamp() == 60 * moment.utc_minute
    assert moment.in_utc.utcoffset() == timedelta()


def test_a_time_by_a_watch_that_was_not_put_forward_may_be_the_very_same():
    skipped = at(SPRING, 1, 30)
    assert following(skipped, 90) == skipped


def test_a_watch_that_was_not_put_forward_goes_on_through_the_day():
    by_the_old_time = Moment(at(SPRING, 1, 30).utc_minute + 120, 0)
    assert by_the_old_time.minute == 210
    assert following(by_the_old_time, 210) == by_the_old_time
    assert following(by_the_old_time, 220).minutes_since(by_the_old_time) == 10
