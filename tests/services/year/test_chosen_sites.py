"""Figures of one site or one group are what the figures of the whole say of it."""

import json
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.builders import ANIMALS, CUSTODY, KENNELS, SUITE
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.period import Period
from visitapp.domain.year.chosen_sites import ChosenSites

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
WEST = SiteGroup(UUID(int=71), CUSTODY, GroupKind.PANEL, "West", version=0)


def test_each_site_and_group_of_the_demonstration_has_the_figures_that_the_whole_gives_it(shown):
    services = shown.services
    whole = json.loads(services.figures.figures_json(YEAR))["schemes"]
    choices = services.chosen_sites.choices(YEAR)
    kinds = [bool(chosen.of_group) for chosen in choices]
    assert sorted(kinds) == kinds
    assert {False, True} == set(kinds)
    compared = 0
    for chosen in choices:
        limited = json.loads(services.figures.figures_json(YEAR, chosen))
        assert limited["only"] == chosen.name
        for kind, of_kind in whole.items():
            lines = of_kind["by_group" if chosen.of_group else "by_site"]
            name = chosen.name.removeprefix("panel ")
            if name not in lines:
                assert limited["schemes"][kind]["visits"]["total"] == 0
                continue
            line, alone = lines[name], limited["schemes"][kind]
            for key in ("access", "detainees", "issues"):
                assert alone[key] == line[key]
            assert line["visits"].items() <= alone["visits"].items()
            if not chosen.of_group:
                assert alone["findings"] == line["findings"]
            compared += 1
    assert compared == len(choices)


def test_a_group_has_the_sites_that_belonged_to_it_on_all_days(furnished):
    named = furnished.chosen_sites.named
    furnished.groups.save(WEST, {SUITE})
    west = ChosenSites("panel West", frozenset({SUITE}), ("Northgate",))
    assert named(YEAR, group_name="WEST") == west
    assert west in furnished.chosen_sites.choices(YEAR)
    furnished.groups.save(replace(WEST, name="West panel", version=1), (), date(2024, 7, 1))
    with pytest.raises(BadInputError, match="Northgate joined or left West panel"):
        named(YEAR, group_name="west panel")
    spring = Period(date(2024, 4, 1), date(2024, 6, 30))
    assert named(spring, group_name="West panel").site_ids == {SUITE}
    assert [chosen.name for chosen in furnished.chosen_sites.choices(YEAR)] == [
        "Northgate", "Hillside kennels",
    ]  # fmt: skip
    later = Period(date(2024, 7, 1), date(2025, 3, 31))
    with pytest.raises(BadInputError, match="No site belonged to West panel"):
        named(later, group_name="West panel")


def test_names_that_say_nothing_are_refused(furnished):
    named = furnished.chosen_sites.named
    assert named(YEAR) is None
    both = named(YEAR, ["Northgate", "hillside kennels"])
    assert both == ChosenSites("Northgate and Hillside kennels", frozenset({SUITE, KENNELS}))
    with pytest.raises(BadInputError, match="The groups are: none"):
        named(YEAR, group_name="East")
    with pytest.raises(BadInputError, match="not both"):
        named(YEAR, ["Northgate"], "East")
    furnished.groups.save(WEST)
    furnished.groups.save(replace(WEST, id=UUID(int=73), scheme_id=ANIMALS))
    with pytest.raises(BadInputError, match="There are 2 groups “west”"):
        named(YEAR, group_name="west")
