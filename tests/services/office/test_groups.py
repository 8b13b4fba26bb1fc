"""Groups of sites: added, renamed, filled from a day on, and deleted if they never had a site."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.builders import ANIMALS, ANNE, BEN, CARA, CUSTODY, KENNELS, SUITE
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import GroupKind, GroupMembership, SiteGroup
from visitapp.domain.office.people import PanelMembership
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget
from visitapp.persistence import integrity

WEST = SiteGroup(UUID(int=71), CUSTODY, GroupKind.PANEL, "West", version=0)
EAST = SiteGroup(UUID(int=72), CUSTODY, GroupKind.PANEL, "East", version=0)
JULY = date(2024, 7, 1)


def memberships(services):
    return next(site.groups for site in services.setup.sites() if site.id == SUITE)


def test_a_group_has_its_sites_from_a_day_on(furnished):
    assert furnished.groups.save(WEST, {SUITE}) is Changes.SITES
    furnished.groups.save(EAST, {SUITE}, JULY)
    assert [group.name for group in furnished.groups.groups(CUSTODY)] == ["East", "West"]
    assert furnished.groups.groups(ANIMALS) == ()
    assert memberships(furnished) == (
        GroupMembership(GroupKind.PANEL, WEST.id),
        GroupMembership(GroupKind.PANEL, EAST.id, JULY),
    )
    assert furnished.maintenance.check() == []


def test_a_site_that_leaves_is_in_no_group_and_a_mistake_is_put_right(furnished):
    furnished.groups.save(WEST, {SUITE})
    west = replace(WEST, version=1)
    furnished.groups.save(west, (), JULY)
    assert memberships(furnished)[1:] == (GroupMembership(GroupKind.PANEL, None, JULY),)
    furnished.groups.save(replace(west, version=2), {SUITE}, JULY)
    assert memberships(furnished) == (GroupMembership(GroupKind.PANEL, WEST.id),)


def test_a_group_is_renamed_and_its_sites_stay(furnished):
    furnished.groups.save(WEST, {SUITE})
    furnished.groups.save(replace(WEST, name="North-west", version=1))
    assert [group.name for group in furnished.groups.groups()] == ["North-west"]
    assert memberships(furnished)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        (replace(WEST, name="  "), "Enter a short name"),
        (replace(WEST, name="x" * 201), "Enter a short name"),
        (replace(EAST, name="WEST"), "already exists"),
        (replace(WEST, kind=GroupKind.REGION, version=1), "keeps its kind"),
        (replace(WEST, scheme_id=ANIMALS, version=1), "keeps its kind"),
    ],
)
def test_what_does_not_fit_is_refused(furnished, item, words):
    furnished.groups.save(WEST, {SUITE})
    with pytest.raises(BadInputError, match=words):
        furnished.groups.save(item)
    assert [group.name for group in furnished.groups.groups()] == ["West"]


def test_sites_of_another_scheme_are_refused_from_both_sides(furnished):
    with pytest.raises(BadInputError, match="own scheme"):
        furnished.groups.save(WEST, {KENNELS})
    assert furnished.groups.groups() == ()
    furnished.groups.save(WEST)
    kennels = next(site for site in furnished.setup.sites() if site.id == KENNELS)
    wrong = GroupMembership(GroupKind.PANEL, WEST.id)
    with pytest.raises(BadInputError, match="own scheme"):
        furnished.setup.save_site(replace(kennels, groups=(wrong,)))
    suite = next(site for site in furnished.setup.sites() if site.id == SUITE)
    with pytest.raises(BadInputError, match="own scheme"):
        furnished.setup.save_site(replace(suite, groups=(replace(wrong, kind=GroupKind.REGION),)))
    with pytest.raises(BadInputError, match="same day"):
        furnished.setup.save_site(replace(suite, groups=(wrong, replace(wrong, group_id=None))))


def test_a_group_that_never_had_a_site_is_deleted(furnished):
    furnished.groups.save(WEST, {SUITE})
    furnished.groups.save(EAST)
    furnished.groups.remove(replace(EAST, version=1))
    with pytest.raises(BadInputError, match="Northgate belongs to West, or did"):
        furnished.groups.remove(replace(WEST, version=1))
    assert [group.name for group in furnished.groups.groups()] == ["West"]


def test_a_panel_has_volunteers_from_a_day_on(furnished):
    changes = furnished.groups.save(WEST, (), None, {ANNE, BEN})
    assert changes is Changes.SITES | Changes.PEOPLE
    furnished.groups.save(EAST, (), JULY, {BEN})
    panels = {person.id: person.panels_in(CUSTODY) for person in furnished.people.people()}
    assert panels[ANNE] == (GroupMembership(GroupKind.PANEL, WEST.id),)
    assert panels[BEN] == (*panels[ANNE], GroupMembership(GroupKind.PANEL, EAST.id, JULY))
    assert not panels[CARA]
    with pytest.raises(BadInputError, match="belongs to West, or did"):
        furnished.groups.remove(replace(WEST, version=1))
    assert furnished.maintenance.check() == []


def test_people_are_put_into_panels_of_their_own_schemes_alone(furnished):
    region = replace(WEST, kind=GroupKind.REGION)
    with pytest.raises(BadInputError, match="for a panel of it"):
        furnished.groups.save(region, (), None, {ANNE})
    furnished.groups.save(region)
    anne = next(person for person in furnished.people.people() if person.id == ANNE)
    wrong = PanelMembership(CUSTODY, GroupMembership(GroupKind.PANEL, WEST.id))
    with pytest.raises(BadInputError, match="panels of the person"):
        furnished.people.save(replace(anne, panels=(wrong,)))


def test_a_change_of_groups_is_in_the_ledger(furnished):
    furnished.groups.save(WEST, {SUITE})
    with furnished.access.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE site_in_group SET from_on = '2020-01-01'")
    with furnished.access.database.reading() as connection:
        assert integrity.contradictions(connection)


def test_a_group_keeps_its_targets_until_it_is_deleted(furnished):
    twice = VisitTarget(2, TargetUnit.MONTH, JULY)
    furnished.groups.save(replace(WEST, targets=(twice, VisitTarget(rule=TargetRule.NONE))))
    (west,) = furnished.groups.groups()
    assert west.targets == (VisitTarget(rule=TargetRule.NONE), twice)
    furnished.groups.save(replace(west, name="North-west"), {SUITE})
    with pytest.raises(BadInputError, match="begin on the same day"):
        furnished.groups.save(replace(west, version=2, targets=(twice, twice)))
    (west,) = furnished.groups.groups()
    assert (west.name, west.targets[1]) == ("North-west", twice)
    furnished.groups.save(west, ())
    furnished.groups.remove(replace(west, version=3))
    assert furnished.groups.groups() == ()
    assert furnished.maintenance.check() == []


def test_a_change_of_a_groups_target_is_in_the_ledger(furnished):
    furnished.groups.save(replace(WEST, targets=(VisitTarget(2),)))
    with furnished.access.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE group_target SET number = 1")
    with furnished.access.database.reading() as connection:
        assert integrity.contradictions(connection)
