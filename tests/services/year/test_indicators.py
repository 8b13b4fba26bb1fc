"""Figures beside those of others: our own are the figures of the pages, theirs as published."""

import json
from datetime import date
from decimal import Decimal
from random import Random

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.indicators import (
    LABELS,
    Indicator,
    Publication,
    compared_words,
    names_in,
    published_words,
    side_by_side,
)
from visitapp.services.year.indicators import IndicatorService

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))


def publication(body, *indicators, scheme=Kind.CUSTODY, period=YEAR):
    return Publication(body, "", scheme, period, "a report", indicators)


def count(name, number, part="", base=None):
    whole = None if base is None else Decimal(base)
    return Indicator(name, Decimal(number), part, "" if base is None else "offered", whole)


def test_our_own_figures_are_those_of_the_pages(shown):
    services = shown.services
    figures = services.figures.summary(YEAR).schemes[Kind.CUSTODY]
    own = {item.scheme: item for item in services.indicators.own(YEAR)}
    custody = {item.name: item for item in own[Kind.CUSTODY].indicators}
    assert own.keys() == {Kind.CUSTODY, Kind.ANIMAL_WELFARE}
    assert custody["visits"].number == figures.visits == 101
    assert custody["visits_due"].number == figures.target.expected == 104
    assert custody["seen"].number == 365
    assert custody["seen"].share.text == figures.people.accepted_share.text
    assert custody["hours"].number == figures.hours
    parts = ("offered", "not_offered", "not_available", "observed")
    assert all(custody[name].base_number == custody["in_custody"].number for name in parts)
    assert custody["observed_or_spoken"].number == 365 + custody["observed"].number
    assert custody["asleep"].base_number == figures.people.not_visited == 689
    assert custody["conditions"].number == 18
    assert custody["allegations"].base_number == custody["issues"].number == 60
    assert custody.keys() <= LABELS.keys()
    animals = {item.name for item in own[Kind.ANIMAL_WELFARE].indicators}
    assert {"visits", "animals_seen"} <= animals
    assert "in_custody" not in animals


def test_what_is_not_known_is_left_out(furnished):
    """Nothing was logged and nobody counted: no figure says 0 of it as if it were known."""
    custody = furnished.indicators.own(YEAR)[0]
    names = {item.name for item in custody.indicators}
    assert {"visits", "visits_attempted"} <= names
    assert "throughput" not in names


def test_the_figures_are_saved_for_others_to_read(shown, tmp_path):
    service, target = shown.services.indicators, tmp_path / "ours.json"
    service.save(YEAR, target)
    assert service.read(target) == service.own(YEAR)
    with pytest.raises(BadInputError):
        service.save(YEAR, target)
    service.save(YEAR, target, force=True)
    assert json.loads(target.read_text("utf-8"))["version"] == 1


def test_what_others_published_comes_out_as_published():
    """The shares that the sources print: 91% and 9% satisfactory, 89% of requests resolved."""
    listed = IndicatorService.published()
    assert len(listed) == 13
    beside = [
        row
        for kind in Kind
        for name in names_in(listed, kind)
        for row in side_by_side(listed, (), kind, name)
    ]
    assert len(beside) == sum(len(item.indicators) for item in listed)
    rows = {
        (row.body, APRIL_YEARS.label(row.publication.period), row.indicator.name): row.indicator
        for row in beside
    }
    board = ("Northern Ireland Policing Board", "2014/15")
    assert rows[(*board, "satisfactory")].share.text == "91%"
    assert rows[(*board, "unsatisfactory")].share.text == "9%"
    police = ("Scottish Police Authority", "2024/25")
    assert rows[(*police, "requests_resolved")].share.text == "89%"
    asleep = rows["Northern Ireland Policing Board", "2023/24", "asleep"]
    assert (published_words(asleep), asleep.share) == ("58.0%", None)


def test_they_are_listed_by_name_whoever_did_better():
    names = ["zeta", "Alpha", "beta", "Gamma"]
    bodies = [publication(name, count("seen", at, base=10)) for at, name in enumerate(names)]
    Random(3).shuffle(bodies)
    ours = (publication("Delta", count("seen", 99)),)
    rows = side_by_side(bodies, ours, Kind.CUSTODY, "seen")
    assert [row.body for row in rows] == ["Alpha", "beta", "Delta", "Gamma", "zeta"]
    assert [row.is_ours for row in rows] == [False, False, True, False, False]
    assert compared_words(rows) == "5 figures, 5 bodies"
    assert side_by_side(bodies, ours, Kind.ANIMAL_WELFARE, "seen") == ()


def test_parts_follow_the_whole_and_years_follow_one_another():
    later = Period(date(2024, 4, 1), date(2025, 3, 31))
    body = publication("A", count("seen", 1, "West"), count("seen", 2, "East"), count("seen", 3))
    rows = side_by_side(
        [publication("A", count("seen", 4), period=later), body], (), Kind.CUSTODY, "seen"
    )
    assert [(row.body, row.indicator.number) for row in rows] == [
        ("A", 3), ("A, East", 2), ("A, West", 1), ("A", 4),
    ]  # fmt: skip


def test_known_names_come_first_in_their_order_and_others_stand_as_they_are():
    body = publication(
        "A", count("zebras", 1), count("seen", 1), count("apples", 1), count("visits", 1)
    )
    other = publication("B", count("on_strength", 1), scheme=Kind.ANIMAL_WELFARE)
    assert names_in([body, other], Kind.CUSTODY) == ("visits", "seen", "apples", "zebras")
    assert names_in([body, other], Kind.ANIMAL_WELFARE) == ("on_strength",)
    assert body.indicators[0].label == "zebras"


def test_a_share_is_told_where_both_numbers_are_counts():
    assert count("seen", 3, base=4).share.text == "75%"
    assert count("seen", 3, base=4).base_words == "Offered a visit: 4"
    assert count("seen", 5, base=4).share is None
    assert count("seen", 0, base=0).share is None
    assert count("seen", 3).share is None
    assert count("seen", 3).base_words == ""
    assert Indicator("hours", Decimal("2.5"), base="visits", base_number=Decimal(3)).share is None
    assert Indicator("seen", Decimal(40), base="in_custody", is_percent=True).share is None
    assert Indicator("seen", Decimal(40), base="in_custody").base_words == "Detainees in the cells"
    assert published_words(count("throughput", 978315)) == "978,315"
