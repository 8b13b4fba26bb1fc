"""Which backups are kept, and what is said of the last one."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.moment import uk_time
from visitapp.domain.records.backups import (
    DAYS,
    MONTHS,
    WEEKS,
    BackupKind,
    BackupMade,
    BackupPlace,
    BackupState,
    backups_to_keep,
    days_ago,
    how_long_ago,
)

NOW = datetime(2025, 7, 4, 13, 31, tzinfo=UTC)
MOMENTS = st.lists(
    st.datetimes(datetime(2023, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)), max_size=60
)


def _days(moments) -> list[date]:
    return sorted(uk_time(moment).date() for moment in moments)


def test_of_a_year_of_days_the_last_of_each_day_week_and_month_stays() -> None:
    twice_a_day = [NOW - timedelta(days=day, hours=hour) for day in range(400) for hour in (0, 3)]
    found = backups_to_keep(twice_a_day)
    days = _days(found)
    week = {date(2025, 7, 4) - timedelta(days=n) for n in range(7)}
    sundays = {date(2025, 6, day) for day in (8, 15, 22, 29)}
    firsts = [date(2024 + (month > 12), (month - 1) % 12 + 1, 1) for month in range(9, 20)]
    assert set(days) == week | sundays | {first - timedelta(days=1) for first in firsts}
    assert len(found) <= DAYS + WEEKS + MONTHS
    assert {moment.hour for moment in found} == {13}  # the later of each day's two


def test_no_backup_goes_because_time_passes() -> None:
    seldom = [NOW - timedelta(days=40 * n) for n in range(12)]
    assert backups_to_keep(seldom) == set(seldom)


@given(MOMENTS)
def test_the_newest_stays_and_a_second_look_takes_nothing_more(moments) -> None:
    found = backups_to_keep(moments)
    assert found <= set(moments)
    assert not moments or max(moments) in found
    assert backups_to_keep(found) == found
    assert len(found) <= DAYS + WEEKS + MONTHS


@given(MOMENTS, st.datetimes(datetime(2026, 1, 2), datetime(2026, 2, 1), timezones=st.just(UTC)))
def test_what_went_once_is_never_missed_later(moments, more) -> None:
    """Making one more and looking again keeps the same as if all were still there."""
    assert backups_to_keep([*backups_to_keep(moments), more]) == backups_to_keep([*moments, more])


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (NOW, "today at 14:31"),
        (NOW - timedelta(hours=15), "yesterday at 23:31"),
        (NOW - timedelta(days=2), "2 days ago"),
        (NOW - timedelta(days=3), "3 days ago"),
        (NOW - timedelta(days=1200), "1,200 days ago"),
        (NOW + timedelta(days=2), "today at 14:31"),  # a clock that was put back
    ],
)
def test_how_long_ago_is_said_by_uk_days(at, words) -> None:
    assert how_long_ago(at, NOW) == words
    assert words.startswith(days_ago(at, NOW))


def _state(place: BackupPlace) -> BackupState:
    made = BackupMade(
        NOW - timedelta(days=3), "Mary", Path("/a/b.visits"), BackupKind.AUTOMATIC, ""
    )
    return BackupState(made, place)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (BackupPlace.UNKNOWN, "."),
        (BackupPlace.SAME_DISK, ", on this same disk. A second place is safer."),
        (BackupPlace.OTHER_DISK, ", on another disk."),
        (
            BackupPlace.OUT_OF_REACH,
            ", can’t be reached now. Connect its disk, or choose another folder.",
        ),
    ],
)
def test_what_is_true_of_the_last_backup_is_said(place, words) -> None:
    assert _state(place).sentence(NOW) == f"Last verified backup: 3 days ago{words}"
    assert _state(place).short(NOW) == "Backup 3 days ago"


def test_where_there_is_none_it_is_said() -> None:
    assert BackupState().sentence(NOW) == "No backup has been saved yet."
    assert BackupState().short(NOW) == "No backup yet"
