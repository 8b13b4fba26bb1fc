"""`figures --json`: every key, numbers as numbers, always the same bytes."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.builders import CUSTODY, KENNELS, SUITE, at, make_kennel_visit, make_site, make_visit
from tests.reporting.published_year import YEAR as PUBLISHED
from tests.reporting.published_year import published_year
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget
from visitapp.domain.period import Period
from visitapp.domain.report.issue import Issue
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.persistence import visits as stored_visits
from visitapp.services.year import figures_json

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
DAY = date(2025, 3, 5)

SITE = ("days", "bands", "counts", "row_totals", "column_totals", "total", "outside_grid", "cells",
        "cells_visited")  # fmt: skip
PEOPLE = ("offered", "seen", "refused", "not_offered", "not_available", "asleep", "other")


@pytest.fixture
def published():
    return json.loads(figures_json.of_summary(published_year()))["schemes"]


def read(services, period=YEAR):
    return json.loads(services.figures.figures_json(period))["schemes"]


def put(services, *made):
    with services.access.database.transaction() as connection:
        stored_visits.insert_visits(connection, made)


def test_an_empty_file_has_both_schemes_and_every_key(services):
    text = services.figures.figures_json(YEAR)
    content = json.loads(text)
    assert list(content) == ["period", "schemes"]
    assert content["period"] == {"start": "2024-04-01", "end": "2025-03-31"}
    assert list(content["schemes"]) == ["custody", "animal_welfare"]
    for scheme in content["schemes"].values():
        assert scheme == {
            "visits": {"total": 0, "by_site": {}, "attempted": 0, "abandoned": 0,
                       "refused_entry": 0, "site_closed": 0, "by_mode": {}},
            "target": {"expected": 0, "done": 0, "percent": None, "weeks_due": 0, "weeks_met": 0},
            "hours": 0.0,
            "value_gbp": None,
            "coverage": {},
            "access": {"immediate": 0, "delay_6_15": 0, "delay_over_15": 0, "not_admitted": 0,
                       "not_applicable": 0, "percent_immediate": None},
            "detainees": {"throughput": None, "in_custody": 0, **dict.fromkeys(PEOPLE, 0),
                          "percent": dict.fromkeys(PEOPLE)},
            "issues": {"total": 0, "by_category": {}, "allegations": 0, "by_severity": {},
                       "by_origin": {}, "by_matter": {}},
            "observed_or_spoken": 0,
            "not_visited": {"total": 0, "by_reason": {}, "percent": {}},
            "animals": {
                "seen": 0, "on_strength_start": 0, "joined": 0, "retired": 0,
                "on_strength_end": 0, "seen_in_six_months": 0,
                "percent_seen_in_six_months": None, "visits_per_animal": None,
                "injuries": {"checked": 0, "number": 0, "recovered": 0, "by_kind": {}},
                "by_species": {},
            },
            "requests": {"raised": None, "resolved": None, "percent": None, "by_kind": {}},
            "records": {"checked": 0, "with_gap": 0, "percent": None, "interval_95": None,
                        "by_kind": {}},
            "offers": {"by_maker": {}, "mid_p": None, "may_be_chance": None},
            "by_site": {},
            "by_group": {},
            "findings": {},
            "volunteers": dict.fromkeys(("at_start", "joined", "left", "at_end"), 0)
            | {"over_five_years": None},
            "volunteers_by_panel": {},
            "issues_to_answer": {"listed": [], "more": 0},
        }  # fmt: skip


def test_keys_stand_in_the_order_of_their_description(published):
    scheme = published["custody"]
    assert list(scheme) == [
        "visits", "target", "hours", "value_gbp", "coverage", "access", "detainees", "issues",
        "observed_or_spoken", "not_visited", "animals", "requests", "records", "offers",
        "by_site", "by_group", "findings", "volunteers",
        "volunteers_by_panel", "issues_to_answer",
    ]  # fmt: skip
    assert list(scheme["target"]) == ["expected", "done", "percent", "weeks_due", "weeks_met"]
    assert tuple(scheme["coverage"]["Euston Street"]) == SITE
    assert tuple(scheme["detainees"]) == ("throughput", "in_custody", *PEOPLE, "percent")
    assert tuple(scheme["detainees"]["percent"]) == PEOPLE


def test_the_published_figures_are_numbers_as_printed(published):
    custody, kennels = published["custody"], published["animal_welfare"]
    visits = custody["visits"]
    assert visits["by_site"] == {"Euston Street": 51, "Keyham Lane": 50}
    assert (visits["total"], visits["attempted"]) == (101, 101)
    assert visits["by_mode"] == {"Face to face": 101}
    assert custody["target"] == {
        "expected": 104, "done": 101, "percent": 97.1, "weeks_due": 104, "weeks_met": 99,
    }  # fmt: skip
    assert (custody["hours"], custody["value_gbp"]) == (442.43, 8119.32)
    keyham = custody["coverage"]["Keyham Lane"]
    assert keyham["column_totals"] == [5, 14, 7, 14, 10]
    assert (keyham["total"], keyham["cells"], keyham["cells_visited"]) == (50, 35, 31)
    assert set(custody["coverage"]) == {"Euston Street", "Keyham Lane"}  # not the one not in use
    assert custody["access"] == {
        "immediate": 91, "delay_6_15": 1, "delay_over_15": 9, "not_admitted": 0,
        "not_applicable": 0, "percent_immediate": 90,
    }  # fmt: skip
    assert isinstance(custody["access"]["percent_immediate"], int)
    assert custody["detainees"] == {
        "throughput": 15475, "in_custody": 1096, "offered": 407, "seen": 365, "refused": 42,
        "not_offered": 72, "not_available": 222, "asleep": 395, "other": 0,
        "percent": {"offered": 37, "seen": 90, "refused": 10, "not_offered": 7,
                    "not_available": 20, "asleep": 36, "other": 0},
    }  # fmt: skip
    assert custody["not_visited"] == {
        "total": 689,
        "by_reason": {"Asleep": 395, "In interview": 120, "At hospital": 32, "Out of the cell": 70,
                      "Aggressive": 31, "Intoxicated": 27, "Health and safety": 14},
        "percent": {"Asleep": 57.3, "In interview": 17.4, "At hospital": 4.6,
                    "Out of the cell": 10.2, "Aggressive": 4.5, "Intoxicated": 3.9,
                    "Health and safety": 2.0},
    }  # fmt: skip
    assert custody["issues"]["by_matter"] == {"Welfare": 42, "Conditions": 18, "Allegations": 1}
    assert custody["issues"]["total"] == sum(custody["issues"]["by_category"].values()) == 61
    assert custody["volunteers"] == {
        "at_start": 18, "joined": 0, "left": 2, "at_end": 16, "over_five_years": 11,
    }  # fmt: skip
    assert kennels["target"]["percent"] == 100.0
    assert kennels["coverage"]["Leicestershire Police Dog Unit"]["days"][5] == "Saturday or Sunday"


def test_the_digits_are_those_that_are_printed():
    text = figures_json.of_summary(published_year())
    for printed in ('"percent": 97.1', '"percent": 100.0', '"value_gbp": 8119.32',
                    '"hours": 442.43', '"percent_immediate": 90\n'):  # fmt: skip
        assert printed in text
    year = published_year()
    custody = replace(year.schemes[Kind.CUSTODY], value=Decimal("8119.30"))
    text = figures_json.of_summary(replace(year, schemes={Kind.CUSTODY: custody}))
    assert '"value_gbp": 8119.30' in text


def test_a_share_in_a_list_is_the_same_number_in_prose_and_here():
    year = published_year()
    people = replace(year.schemes[Kind.CUSTODY].people, other=1)
    custody = replace(year.schemes[Kind.CUSTODY], people=people)
    text = figures_json.of_summary(replace(year, schemes={Kind.CUSTODY: custody}))
    percent = json.loads(text)["schemes"]["custody"]["detainees"]["percent"]
    assert percent["other"] == 0.1
    for part, share in people.shares.items():
        assert f"{percent[part]}%" == share.text


def test_a_scheme_that_the_office_does_not_run_is_there_with_nothing(published):
    year = published_year()
    only = replace(year, schemes={Kind.CUSTODY: year.schemes[Kind.CUSTODY]})
    scheme = json.loads(figures_json.of_summary(only))["schemes"]["animal_welfare"]
    assert list(scheme) == list(published["custody"])
    assert (scheme["visits"]["total"], scheme["visits"]["by_site"]) == (0, {})
    assert scheme["value_gbp"] is None


def test_sites_that_were_open_are_there_without_a_visit_and_closed_ones_with_one(furnished):
    closed = make_site(id=uuid4(), name="Southgate", open_periods=())
    idle = make_site(id=uuid4(), name="Westgate", open_periods=())
    furnished.setup.save_site(closed)
    furnished.setup.save_site(idle)
    put(furnished, make_visit(DAY, site_id=closed.id))
    custody = read(furnished)["custody"]
    assert custody["visits"]["total"] == 1
    assert custody["visits"]["by_site"] == {"Northgate": 0, "Southgate": 1}
    assert list(custody["coverage"]) == ["Northgate", "Southgate"]
    assert custody["target"]["done"] == custody["visits"]["total"]


def test_visits_in_no_timeslot_are_counted_apart(furnished):
    noon = make_kennel_visit(DAY, arrived=at(DAY, 13, 30), admitted=at(DAY, 13, 30), left=None)
    put(furnished, noon, make_kennel_visit(DAY))
    (coverage,) = read(furnished)["animal_welfare"]["coverage"].values()
    assert (coverage["total"], coverage["outside_grid"]) == (1, 1)
    assert (coverage["cells"], coverage["cells_visited"]) == (12, 1)


def test_concerns_are_counted_by_the_label_of_their_category(furnished):
    issues = (
        Issue(uuid4(), "FOOD"), Issue(uuid4(), "CELL", 4, "DETAINEE"),
        Issue(uuid4(), "FOOD", 2), Issue(uuid4(), "GOODCARE", 3),
    )  # fmt: skip
    put(furnished, make_visit(DAY, issues=issues))
    assert read(furnished)["custody"]["issues"] == {
        "total": 3,
        "by_category": {"Food and drink": 2, "Cell and its contents": 1},
        "allegations": 1,
        "by_severity": {
            "Minor, put right on the spot": 1,
            "Needs action": 1,
            "Allegation of ill-treatment, or safeguarding: at once": 1,
        },
        "by_origin": {"Detainee": 1, "Visitors saw it": 2},
        "by_matter": {"Welfare": 2, "Allegations": 1},
    }


def test_no_issue_is_lost_where_two_categories_read_alike():
    year = published_year()
    custody = year.schemes[Kind.CUSTODY]
    alike = tuple(replace(c, label="Alike") for c in custody.issues.by_category)
    issues = replace(custody.issues, by_category=alike)
    text = figures_json.of_summary(
        replace(year, schemes={Kind.CUSTODY: replace(custody, issues=issues)})
    )
    assert json.loads(text)["schemes"]["custody"]["issues"] == {
        "total": 61, "by_category": {"Alike": 61}, "allegations": 0, "by_severity": {},
        "by_origin": {}, "by_matter": {"Welfare": 42, "Conditions": 18, "Allegations": 1},
    }  # fmt: skip


def test_coverage_alone_has_the_same_sites(furnished):
    put(furnished, make_visit(DAY), make_kennel_visit(DAY))
    content = json.loads(furnished.figures.coverage_json(YEAR, (SUITE, KENNELS)))
    assert content["period"] == {"start": "2024-04-01", "end": "2025-03-31"}
    schemes = read(furnished)
    assert content["coverage"] == {
        **schemes["custody"]["coverage"], **schemes["animal_welfare"]["coverage"],
    }  # fmt: skip
    assert json.loads(furnished.figures.coverage_json(YEAR, ()))["coverage"] == {}


def test_sites_of_two_schemes_with_one_name_are_both_there():
    (coverage, *_) = published_year().schemes[Kind.CUSTODY].coverage
    content = json.loads(figures_json.of_coverage(PUBLISHED, (coverage, coverage)))
    assert list(content["coverage"]) == ["Euston Street", "Euston Street (2)"]


def test_the_same_records_give_the_same_bytes_in_another_process(furnished):
    put(furnished, make_visit(DAY, issues=(Issue(uuid4(), "FOOD"), Issue(uuid4(), "CELL"))))
    text = furnished.figures.figures_json(YEAR)
    assert text.endswith("}\n")
    assert text == furnished.figures.figures_json(YEAR)
    script = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from visitapp import bootstrap; from visitapp.domain.period import Period\n"
        "with bootstrap.open_with_key(Path(sys.argv[1]), bytes(range(32))) as opened:\n"
        "    year = Period(date(2024, 4, 1), date(2025, 3, 31))\n"
        "    sys.stdout.buffer.write(opened.services.figures.figures_json(year).encode())\n"
    )
    path = furnished.access.database.path
    other = subprocess.run([sys.executable, "-c", script, path], check=True, capture_output=True)
    assert other.stdout == text.encode()


def test_names_are_written_as_they_are_printed(furnished):
    name = 'Gorsaf "\u0174ybr" \\ Caf\u00e9'
    furnished.setup.save_site(make_site(id=uuid4(), name=name))
    assert name in read(furnished)["custody"]["visits"]["by_site"]
    assert "\u0174ybr" in furnished.figures.figures_json(YEAR)


def test_what_was_counted_at_each_site_adds_up_to_the_scheme(shown):
    text = shown.services.figures.figures_json(APRIL_YEARS.year_of(date(2023, 6, 1)))
    custody = json.loads(text)["schemes"]["custody"]
    by_site = custody["by_site"]
    assert list(by_site) == ["Euston Street", "Keyham Lane"]
    for of, key in (
        ("visits", "total"), ("visits", "attempted"), ("access", "immediate"),
        ("detainees", "in_custody"), ("detainees", "seen"), ("issues", "total"),
    ):  # fmt: skip
        assert sum(site[of][key] for site in by_site.values()) == custody[of][key]
    hours = sum(Decimal(str(site["hours"])) for site in by_site.values())
    assert hours == Decimal(str(custody["hours"]))


def test_what_was_counted_in_each_group_adds_up_to_the_scheme(furnished):
    west = SiteGroup(uuid4(), CUSTODY, GroupKind.PANEL, "West", version=0)
    north = SiteGroup(uuid4(), CUSTODY, GroupKind.REGION, "North", version=0)
    furnished.groups.save(west, {SUITE}, date(2024, 7, 1))
    furnished.groups.save(north, {SUITE})
    days = (date(2024, 6, 30), date(2024, 7, 1), date(2024, 7, 2))
    put(furnished, *(make_visit(day) for day in days))
    custody = read(furnished)["custody"]
    visits = {name: group["visits"]["total"] for name, group in custody["by_group"].items()}
    assert visits == {"West": 2, "In no panel": 1, "North": 3}
    assert [group["kind"] for group in custody["by_group"].values()] == [
        "panel", "panel", "region",
    ]  # fmt: skip
    panels = [custody["by_group"][name] for name in ("West", "In no panel")]
    for key in ("expected", "done", "weeks_due", "weeks_met"):
        assert sum(panel["target"][key] for panel in panels) == custody["target"][key]
    assert custody["by_group"]["North"]["target"] == custody["target"]


def test_a_group_with_a_target_of_its_own_is_held_against_it(furnished):
    suite = next(site for site in furnished.setup.sites() if site.id == SUITE)
    furnished.setup.save_site(replace(suite, targets=(VisitTarget(rule=TargetRule.NONE),)))
    target = VisitTarget(1, TargetUnit.QUARTER)
    west = SiteGroup(uuid4(), CUSTODY, GroupKind.PANEL, "West", 0, (target,))
    furnished.groups.save(west, {SUITE}, date(2024, 7, 1))
    days = (date(2024, 6, 30), date(2024, 7, 1), date(2024, 7, 2), date(2024, 12, 31))
    put(furnished, *(make_visit(day) for day in days))
    custody = read(furnished)["custody"]
    assert custody["target"]["expected"] == 0
    assert custody["by_group"]["West"]["target"] == {
        "expected": 3, "done": 3, "percent": 100.0, "weeks_due": 3, "weeks_met": 2, "own": True,
    }  # fmt: skip
    assert "own" not in custody["by_group"]["In no panel"]["target"]
