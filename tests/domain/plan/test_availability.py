"""When somebody can visit, as it may be entered and as planning sees it over a period."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.builders import ANIMALS, ANNE, CUSTODY, SUITE, make_person
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import Clearance, Membership
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.rota import FreeTime

MAY = Period(date(2025, 5, 1), date(2025, 5, 31))
DAY = timedelta(days=1)


def outside(*memberships: Membership) -> list[Period]:
    """The days of May on which somebody is outside the custody scheme."""
    person = make_person(memberships=memberships)
    volunteer = Availability(person.id).volunteer(person, MAY)
    return [days for scheme_id, days in volunteer.outside if scheme_id == CUSTODY]


def custody(joined: date, left: date | None = None, status: str = "ACTIVE") -> Membership:
    return Membership(CUSTODY, joined, left, status)


def test_the_least_a_quarter_is_from_none_to_the_most() -> None:
    Availability(ANNE, least=0, most=0)
    Availability(ANNE, least=26, most=26)
    for least, most in ((-1, 5), (6, 5)):
        with pytest.raises(BadInputError, match="can't be more than the highest"):
            Availability(ANNE, least=least, most=most)
    with pytest.raises(BadInputError, match="Nobody makes more than 26 visits a quarter"):
        Availability(ANNE, most=27)


def test_a_site_is_near_at_0_and_far_at_3() -> None:
    Availability(ANNE, travel={SUITE: 0, uuid4(): 3})
    for far in (-1, 4):
        with pytest.raises(BadInputError, match="from 0"):
            Availability(ANNE, travel={uuid4(): 1, SUITE: far})


def test_until_something_is_entered_nothing_is_assumed() -> None:
    blank = Availability(ANNE)
    assert (blank.least, blank.most, blank.may_buddy, blank.version) == (0, 13, True, 1)
    assert not blank.is_entered
    assert Availability(ANNE, free=(FreeTime(0, 0, 60),)).is_entered
    assert hash(blank) == hash(Availability(ANNE, travel={SUITE: 2}))


def test_a_volunteer_is_in_the_schemes_of_some_day_of_the_period() -> None:
    person = make_person(memberships=(custody(MAY.end), Membership(ANIMALS, MAY.end + DAY)))
    assert Availability(person.id).volunteer(person, MAY).schemes == {CUSTODY}
    left = make_person(memberships=(custody(date(2020, 1, 1), MAY.start - DAY),))
    assert Availability(left.id).volunteer(left, MAY).schemes == frozenset()
    last_day = make_person(memberships=(custody(date(2020, 1, 1), MAY.start),))
    assert Availability(last_day.id).volunteer(last_day, MAY).schemes == {CUSTODY}


def test_days_before_joining_and_after_leaving_are_outside_the_scheme() -> None:
    joined, left = date(2025, 5, 10), date(2025, 5, 20)
    assert outside(custody(date(2020, 1, 1))) == []
    assert outside(custody(MAY.start)) == []
    assert outside(custody(MAY.start, MAY.end)) == []
    assert outside(custody(joined)) == [Period(MAY.start, joined - DAY)]
    assert outside(custody(date(2020, 1, 1), left)) == [Period(left + DAY, MAY.end)]
    assert outside(custody(date(2020, 1, 1), MAY.end - DAY)) == [Period(MAY.end, MAY.end)]
    assert outside(custody(MAY.start + DAY)) == [Period(MAY.start, MAY.start)]
    assert outside(custody(joined, left)) == [
        Period(MAY.start, joined - DAY),
        Period(left + DAY, MAY.end),
    ]


def test_days_between_two_times_in_a_scheme_are_outside_it() -> None:
    first, second = custody(date(2020, 1, 1), date(2025, 5, 9)), custody(date(2025, 5, 21))
    gap = [Period(date(2025, 5, 10), date(2025, 5, 20))]
    assert outside(first, second) == outside(second, first) == gap
    assert outside(first, custody(date(2025, 5, 10))) == []
    other = Membership(ANIMALS, date(2025, 5, 12))
    assert outside(first, other, second) == gap


def test_probation_without_a_day_lasts_the_whole_period() -> None:
    def probation(status: str, until: date | None) -> date | None:
        person = make_person(
            memberships=(custody(date(2020, 1, 1), status=status),),
            clearance=Clearance(probation_until=until),
        )
        return Availability(person.id).volunteer(person, MAY).probation_until

    assert probation("ACTIVE", None) is None
    assert probation("PROBATION", None) == MAY.end
    assert probation("PROBATION", date(2025, 5, 9)) == date(2025, 5, 9)
    assert probation("ACTIVE", date(2025, 5, 9)) == date(2025, 5, 9)


def test_probation_in_either_scheme_is_probation() -> None:
    long_ago = date(2020, 1, 1)
    person = make_person(
        memberships=(custody(long_ago), Membership(ANIMALS, long_ago, status="PROBATION"))
    )
    assert Availability(person.id).volunteer(person, MAY).probation_until == MAY.end


def test_who_is_still_trained_for_a_scheme_is_known_to_planning() -> None:
    person = make_person(
        memberships=(custody(date(2020, 1, 1), status="TRAINING"), Membership(ANIMALS, MAY.start))
    )
    assert Availability(person.id).volunteer(person, MAY).training == {CUSTODY}
