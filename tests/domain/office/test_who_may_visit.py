"""Who may visit on a day, and why somebody may not."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANIMALS, CUSTODY, make_person
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import Membership
from visitapp.services import Services

DAY = date(2025, 4, 10)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
STATUSES = st.sampled_from(
    ["APPLICANT", "INTERVIEWED", "VETTING", "TRAINING", "PROBATION", "ACTIVE", "LEAVE", "LEFT"]
)


@given(DAYS, st.none() | st.integers(0, 2000), STATUSES, DAYS)
def test_a_reason_is_given_exactly_when_somebody_may_not_visit(joined, stayed, status, day):
    left = None if stayed is None else joined + timedelta(days=stayed)
    membership = Membership(CUSTODY, joined, left, status)
    assert bool(membership.why_not_on(day)) is not membership.is_active_on(day)


def test_the_reason_names_the_day_or_the_status():
    assert Membership(CUSTODY, DAY + timedelta(days=1)).why_not_on(DAY) == "joins on 11 April 2025"
    left = Membership(CUSTODY, date(2020, 1, 1), date(2025, 3, 28), "LEFT")
    assert left.why_not_on(DAY) == "left on 28 March 2025"
    away = Membership(CUSTODY, date(2020, 1, 1), None, "LEAVE")
    assert away.why_not_on(DAY, "Leave of absence") == "leave of absence"


def test_the_last_day_still_counts():
    membership = Membership(CUSTODY, date(2020, 1, 1), DAY, "LEFT")
    assert membership.is_active_on(DAY)
    assert not membership.is_active_on(DAY + timedelta(days=1))


def test_somebody_who_came_back_has_one_latest_membership_a_scheme():
    first = Membership(CUSTODY, date(2015, 1, 1), date(2018, 1, 1), "LEFT")
    again = Membership(CUSTODY, date(2021, 1, 1))
    dogs = Membership(ANIMALS, date(2020, 1, 1))
    person = make_person(memberships=(first, again, dogs))
    assert person.latest_memberships() == (dogs, again)
    assert not person.problem_of_memberships()


@pytest.mark.parametrize(
    ("first_left", "again", "sentence"),
    [
        (None, date(2021, 1, 1), "Enter the day they left"),
        (date(2021, 1, 1), date(2021, 1, 1), "overlap"),
    ],
)
def test_two_times_in_a_scheme_follow_one_another(services: Services, first_left, again, sentence):
    memberships = (
        Membership(CUSTODY, date(2015, 1, 1), first_left),
        Membership(CUSTODY, again),
    )
    with pytest.raises(BadInputError, match=sentence):
        services.people.save(make_person(id=uuid4(), memberships=memberships))
    assert services.people.people() == ()
