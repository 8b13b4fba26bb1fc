"""What an office's schemes refuse to be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.builders import ANIMALS, CUSTODY, make_person
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import Clearance, Membership
from visitapp.domain.office.scheme import Kind, Rate, Scheme


@pytest.mark.parametrize("limits", [(5, 5), (6, 5), (-1, 5)])
def test_the_first_limit_of_a_wait_is_below_the_second(limits):
    with pytest.raises(BadInputError):
        Scheme(CUSTODY, Kind.CUSTODY, "A scheme", *limits)
    assert Scheme(CUSTODY, Kind.CUSTODY, "A scheme", 0, 1).delay_limit == 1


@pytest.mark.parametrize(("limit", "highest"), [("issue_days", 366), ("visitors_keep_days", 3650)])
def test_limits_are_from_a_day_on_and_not_beyond_reason(limit, highest):
    scheme = Scheme(CUSTODY, Kind.CUSTODY, "A scheme")
    for days in (1, highest):
        assert getattr(replace(scheme, **{limit: days}), limit) == days
    for days in (0, highest + 1):
        with pytest.raises(BadInputError):
            replace(scheme, **{limit: days})


def test_a_scheme_that_has_chosen_nothing_has_the_usual_limits():
    scheme = Scheme(CUSTODY, Kind.CUSTODY, "A scheme")
    assert (scheme.immediate_limit, scheme.delay_limit) == (5, 15)
    assert (scheme.issue_days, scheme.visitors_keep_days) == (14, 90)
    assert (scheme.moments_to_pairs, scheme.remote_counts) == (False, True)


@pytest.mark.parametrize("amount", ["18.35155", "-1"])
def test_a_rate_has_at_most_four_decimals_and_is_not_negative(amount):
    rate = Rate(uuid4(), CUSTODY, date(2024, 4, 1), Decimal("18.3515"))
    with pytest.raises(BadInputError):
        replace(rate, gbp_per_hour=Decimal(amount))
    for fine in ("0", "0.5", "1"):
        assert replace(rate, gbp_per_hour=Decimal(fine)).gbp_per_hour == Decimal(fine)


def test_both_kinds_have_a_name():
    assert [kind.label for kind in Kind] == ["Custody", "Animal welfare"]


def test_a_person_has_a_name_and_leaves_no_scheme_before_joining_it():
    with pytest.raises(BadInputError):
        make_person("  ")
    with pytest.raises(BadInputError):
        Membership(CUSTODY, date(2024, 4, 2), date(2024, 4, 1))


def test_a_person_who_was_never_in_a_scheme_has_no_membership_of_it():
    person = make_person(memberships=())
    assert person.membership(CUSTODY) is None
    assert not person.is_active_on(CUSTODY, date(2024, 4, 1))
    assert make_person().membership(CUSTODY).scheme_id == CUSTODY


def test_a_person_is_active_in_the_schemes_they_belong_to_and_in_no_other():
    person = make_person(memberships=(Membership(CUSTODY, date(2024, 4, 1)),))
    assert person.is_active_on(CUSTODY, date(2024, 4, 1))
    assert not person.is_active_on(ANIMALS, date(2024, 4, 1))


def test_vetting_and_probation_hold_until_the_end_of_their_last_day():
    last = date(2024, 4, 1)
    clearance = Clearance(vetted_until=last, probation_until=last)
    assert clearance.is_vetted_on(last)
    assert clearance.is_on_probation(last)
    assert not clearance.is_vetted_on(date(2024, 4, 2))
    assert not clearance.is_on_probation(date(2024, 4, 2))
    assert Clearance().is_vetted_on(last)
    assert not Clearance().is_on_probation(last)


def test_who_is_still_in_checks_is_an_applicant():
    statuses = {"APPLICANT": True, "INTERVIEWED": True, "VETTING": True, "TRAINING": False,
                "PROBATION": False, "ACTIVE": False, "LEAVE": False, "LEFT": False}  # fmt: skip
    found = {s: Membership(CUSTODY, date(2024, 4, 1), None, s).is_applicant for s in statuses}
    assert found == statuses
