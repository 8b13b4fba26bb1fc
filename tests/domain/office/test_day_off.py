"""Days on which a scheme plans no visits."""

from datetime import date

import pytest

from visitapp.domain.office.day_off import DayOff, is_day_off

CHRISTMAS = DayOff(date(2025, 12, 25), is_yearly=True)
EASTER_MONDAY = DayOff(date(2026, 4, 6))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 12, 25), True),
        (date(2031, 12, 25), True),
        (date(2024, 12, 25), False),
        (date(2026, 12, 24), False),
        (date(2026, 4, 6), True),
        (date(2027, 4, 6), False),
    ],
)
def test_a_day_off_is_one_day_or_that_of_each_year_from_it_on(day: date, expected: bool) -> None:
    assert is_day_off((CHRISTMAS, EASTER_MONDAY), day) is expected
    assert not is_day_off((), day)
