"""Who of a scheme's volunteers has served for long."""

from datetime import date, timedelta

from tests.builders import ANIMALS, CUSTODY, make_person
from visitapp.domain.office.people import Membership
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.year.register import Volunteers
from visitapp.services.office.reference import reference_scheme
from visitapp.services.year.register import volunteers

SCHEME = reference_scheme(Kind.CUSTODY, CUSTODY)
YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))
DAY = timedelta(days=1)
FIVE_YEARS = date(2019, 4, 1)
"""Who joined on this day had served exactly five years at the end of the last."""


def register(*memberships: Membership) -> Volunteers:
    people = [make_person(memberships=(own,)) for own in memberships]
    return volunteers(people, SCHEME, YEAR)


def test_whoever_has_served_five_years_and_a_day_has_served_more_than_five_years() -> None:
    assert register(Membership(CUSTODY, FIVE_YEARS)).long_serving == 0
    assert register(Membership(CUSTODY, FIVE_YEARS - DAY)).long_serving == 1
    assert register(Membership(ANIMALS, FIVE_YEARS - DAY)).long_serving == 0


def test_who_left_is_not_among_them_and_applicants_are_not_either() -> None:
    gone = Membership(CUSTODY, date(2010, 1, 1), YEAR.end - DAY, "LEFT")
    applicant = Membership(CUSTODY, date(2010, 1, 1), status="APPLICANT")
    counted = register(gone, applicant, Membership(CUSTODY, date(2012, 5, 1)))
    assert (counted.long_serving, counted.at_end) == (1, 1)


def test_years_before_an_interruption_count_and_the_interruption_does_not() -> None:
    back = date(2021, 4, 1)
    for years_before, long in ((1, 0), (3, 1)):
        first = Membership(CUSTODY, date(2016, 4, 1), date(2016 + years_before, 3, 31), "LEFT")
        person = make_person(memberships=(first, Membership(CUSTODY, back)))
        assert volunteers([person], SCHEME, YEAR).long_serving == long


def test_a_day_of_joining_that_is_not_known_leaves_the_length_of_service_open() -> None:
    known = Membership(CUSTODY, date(2010, 1, 1))
    counted = register(known, Membership(CUSTODY, date(2020, 1, 1), joined_unknown=True))
    assert (counted.service_unknown, counted.is_service_known) == (1, False)
    assert register(known).is_service_known
    assert not register().is_service_known
