"""A site belongs to one group of each kind on a day, or to none."""

from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.office.group import (
    GroupKind,
    GroupMembership,
    GroupStay,
    begins,
    group_on,
    is_consistent,
    stays,
    with_membership,
)
from visitapp.domain.period import Period

WEST, EAST = UUID(int=1), UUID(int=2)
YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
JULY = date(2024, 7, 1)
PANEL, REGION = GroupKind.PANEL, GroupKind.REGION

MEMBERSHIPS = st.builds(
    GroupMembership,
    st.sampled_from([PANEL, REGION]),
    st.sampled_from([WEST, EAST, None]),
    st.one_of(st.none(), st.dates(date(2024, 3, 1), date(2025, 5, 1))),
)


def test_a_site_belongs_to_a_group_until_it_joins_another():
    memberships = (GroupMembership(PANEL, WEST), GroupMembership(PANEL, EAST, JULY))
    assert group_on(memberships, PANEL, date(2024, 6, 30)) == WEST
    assert group_on(memberships, PANEL, JULY) == EAST
    assert group_on(memberships, REGION, JULY) is None
    assert stays(memberships, PANEL, YEAR) == [
        GroupStay(Period(YEAR.start, date(2024, 6, 30)), WEST),
        GroupStay(Period(JULY, YEAR.end), EAST),
    ]
    assert stays(memberships, REGION, YEAR) == [GroupStay(YEAR, None)]


def test_a_change_on_the_first_day_of_a_period_leaves_nothing_before_it():
    memberships = (GroupMembership(PANEL, WEST, YEAR.start),)
    assert stays(memberships, PANEL, YEAR) == [GroupStay(YEAR, WEST)]


def test_a_membership_that_changes_nothing_is_left_out():
    west = with_membership((), GroupMembership(PANEL, WEST))
    assert with_membership(west, GroupMembership(PANEL, WEST, JULY)) == west
    assert with_membership(west, GroupMembership(REGION, None, JULY)) == west
    left = with_membership(west, GroupMembership(PANEL, None, JULY))
    assert left == (*west, GroupMembership(PANEL, None, JULY))
    assert with_membership(left, GroupMembership(PANEL, None)) == ()


def test_a_membership_takes_the_place_of_the_other_from_its_day():
    west = (GroupMembership(PANEL, WEST, JULY),)
    east = GroupMembership(PANEL, EAST, JULY)
    assert with_membership(west, east) == (east,)
    assert not is_consistent((*west, east))
    assert is_consistent((*west, GroupMembership(REGION, EAST, JULY)))


@given(st.lists(MEMBERSHIPS, max_size=6))
def test_stays_are_all_days_and_each_has_the_group_of_its_days(added):
    memberships: tuple[GroupMembership, ...] = ()
    for membership in added:
        memberships = with_membership(memberships, membership)
        assert group_on(memberships, membership.kind, begins(membership)) == membership.group_id
    assert is_consistent(memberships)
    for kind in (PANEL, REGION):
        parts = stays(memberships, kind, YEAR)
        assert (parts[0].period.start, parts[-1].period.end) == (YEAR.start, YEAR.end)
        for earlier, later in pairwise(parts):
            assert later.period.start == earlier.period.end + timedelta(days=1)
        for part in parts:
            for day in (part.period.start, part.period.end):
                assert group_on(memberships, kind, day) == part.group_id
