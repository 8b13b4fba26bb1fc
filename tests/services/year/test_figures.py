"""Figures are counted: on any records they are what a plain loop over the visits finds."""

import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import (
    ANIMALS,
    CUSTODY,
    KENNELS,
    SUITE,
    at,
    make_kennel_visit,
    make_site,
    make_visit,
)
from tests.conftest import NOW
from tests.services.naive_figures import Naive
from tests.services.naive_group_targets import assert_group_targets
from tests.services.naive_register import NaiveRegister
from tests.services.worlds import FIRST, KINDS, LAST, Maker, World, write
from tests.services.year.counted import assert_counted
from visitapp import bootstrap
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind, Rate
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.period import Period
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import OutcomeCount
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.persistence import visits as stored_visits

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
DAY = date(2025, 3, 5)

WORLDS = 1_000 if settings().max_examples == 1_000 else 20
"""Fewer than usual but in the long run: a file is written for each."""


def a_period(random: Random) -> Period:
    """Mostly what people ask for: a year, a quarter, a month; also any days."""
    day = FIRST + timedelta(days=random.randint(0, (LAST - FIRST).days))
    year = APRIL_YEARS.year_of(day)
    any_days = Period(day, day + timedelta(days=random.randint(0, 800)))
    return random.choice([year, year, random.choice(year.quarters()), year.months()[0], any_days])


@contextmanager
def a_file_of(world, empty, folder):
    path = folder / f"{uuid4()}.visits"
    shutil.copy2(empty, path)
    with bootstrap.open_with_key(path, bytes(range(32)), clock=lambda: NOW) as opened:
        write(opened.database, world)
        yield opened.services
    for left in folder.glob(f"{path.name}*"):
        left.unlink()


@settings(max_examples=WORLDS)
@given(st.integers(0, 2**40), st.integers(0, 90))
def test_figures_counted_in_sql_are_those_of_a_plain_loop(records, tmp_path, seed, number):
    world = Maker(seed, number).world
    random = Random(seed)
    with a_file_of(world, records, tmp_path) as services:
        for _ in range(2):
            period = a_period(random)
            summary = services.figures.summary(period)
            assert set(summary.schemes) == set(Kind)
            for scheme in world.schemes:
                figures = summary.schemes[scheme.kind]
                assert_counted(figures, world)
                naive = Naive(world, scheme, period.start, period.end)
                assert_group_targets(figures, naive)
                register = summary.volunteers[scheme.kind]
                found = (register.at_start, register.joined, register.left, register.at_end)
                naive = NaiveRegister(world, scheme, period.start, period.end)
                assert found == naive.volunteers()
                assert_panels(register, naive)
                assert register.at_start + register.joined - register.left == register.at_end
                assert_year_before(summary, world, scheme)
            shown = [c for f in summary.schemes.values() for c in f.coverage]
            assert services.figures.coverage(period, [c.site_id for c in shown]) == tuple(shown)
        assert_some_sites(services, world, summary, random)
        assert_groups(services, summary)


def assert_some_sites(services, world, whole, random):
    """The figures of some sites are those of a world without the others; the rest adds up to the
    whole."""
    ids = frozenset(site.id for site in world.sites if random.random() < 0.5)
    others = frozenset(site.id for site in world.sites) - ids
    parts = []
    for chosen in (ids, others):
        only = replace(
            world,
            sites=[replace(site, groups=()) for site in world.sites if site.id in chosen],
            visits=[visit for visit in world.visits if visit.site_id in chosen],
            throughputs=[entry for entry in world.throughputs if entry.site_id in chosen],
        )
        limited = services.figures.summary(whole.period, chosen=ChosenSites("Some", chosen))
        assert set(limited.schemes) == {KINDS[site.scheme_id] for site in only.sites}
        for figures in (*limited.schemes.values(), *limited.previous.values()):
            assert_counted(figures, only)
        assert (limited.volunteers, limited.earlier, limited.texts) == ({}, {}, {})
        parts.append(limited)
    for kind, figures in whole.schemes.items():
        both = [part.schemes[kind] for part in parts if kind in part.schemes]
        for total in (
            lambda f: f.attempts.attempted, lambda f: f.visits, lambda f: f.minutes,
            lambda f: f.people.present, lambda f: f.people.seen, lambda f: f.animals.seen,
            lambda f: f.issues.total, lambda f: f.access.immediate, lambda f: f.target.expected,
            lambda f: f.target.done, lambda f: f.timeslots[1], lambda f: len(f.refusals),
        ):  # fmt: skip
            assert sum(map(total, both)) == total(figures)


def assert_panels(register, naive):
    """Each panel's register, and that the panels add up to the scheme."""
    lines = register.by_panel
    for line in lines:
        counted = (line.at_start, line.joined, line.left, line.at_end)
        assert counted == naive.panel(line.group and line.group.id)
        assert line.at_start + line.joined - line.left + line.moved == line.at_end
    assert not sum(line.moved for line in lines)
    for name in ("at_start", "joined", "left", "at_end") if lines else ():
        assert sum(getattr(line, name) for line in lines) == getattr(register, name)


def assert_groups(services, whole):
    """The figures limited to a group are those of its line in the whole."""
    lines = {
        line.group.id: line
        for figures in whole.schemes.values()
        for line in figures.by_group
        if line.group is not None
    }
    for chosen in services.chosen_sites.choices(whole.period):
        if chosen.of_group:
            limited = services.figures.summary(whole.period, chosen=chosen)
            (figures,) = limited.schemes.values()
            same = [
                line
                for line in lines.values()
                if chosen.name.endswith(line.group.name)
                and line.counted.attempts == figures.attempts
                and line.counted.people == figures.people
                and line.counted.access == figures.access
                and line.counted.issues == figures.issues
                and line.target == figures.target
            ]
            assert same or not figures.attempts.attempted


def assert_year_before(summary, world, scheme):
    before = summary.period.year_before()
    overlaps = before.end >= summary.period.start
    there = bool(Naive(world, scheme, before.start, before.end).completed) and not overlaps
    assert (scheme.kind in summary.previous) == there
    if there:
        assert_counted(summary.previous[scheme.kind], world)
    years = summary.earlier[scheme.kind]
    entered = {
        total.period for total in world.earlier
        if total.scheme_id == scheme.id and total.period.end < summary.period.start
    }  # fmt: skip
    assert [year.period for year in years] == sorted(entered - ({before} if there else set()))
    for year in years:
        assert year.totals == {"visits": year.period.start.year, "seen": year.period.start.year}


@pytest.mark.parametrize("number", [30, pytest.param(60, marks=pytest.mark.long)])
def test_figures_follow_as_one_visit_after_another_is_withdrawn(records, tmp_path, number):
    world = Maker(7, number).world
    with a_file_of(world, records, tmp_path) as services:
        period = APRIL_YEARS.year_of(date(2023, 6, 1))
        before = services.figures.figures_json(period)
        counted = 0
        for visit in Random(7).sample(world.visits, len(world.visits)):
            if visit.state.value == "withdrawn":
                continue
            (scheme,) = (one for one in world.schemes if one.id == visit.scheme_id)
            counts = visit in Naive(world, scheme, period.start, period.end).visits
            services.visits.withdraw(visit.id, "Entered twice")
            world.visits.remove(visit)
            summary = services.figures.summary(period)
            for figures in summary.schemes.values():
                assert_counted(figures, world)
            after = services.figures.figures_json(period)
            if counts:
                assert before != after
            elif visit.arrived.day not in period.whole_weeks():
                assert before == after
            before, counted = after, counted + counts
        assert counted > number / 6
        assert sum(figures.visits for figures in summary.schemes.values()) == 0


# Rules one by one


def put(services, *made):
    with services.access.database.transaction() as connection:
        stored_visits.insert_visits(connection, made)


def custody(services, period=YEAR):
    return services.figures.summary(period).schemes[Kind.CUSTODY]


def kennels(services, period=YEAR):
    return services.figures.summary(period).schemes[Kind.ANIMAL_WELFARE]


def test_a_week_counts_its_visits_on_days_outside_the_period(furnished):
    # The week from Monday 31 March to Sunday 6 April 2025 has its Thursday in April.
    put(furnished, make_visit(date(2025, 3, 31)))
    april = Period(date(2025, 4, 1), date(2025, 4, 30))
    figures = custody(furnished, april)
    assert (figures.visits, figures.target.done) == (0, 0)
    assert (figures.target.due, figures.target.met) == (4, 1)
    march = custody(furnished, Period(date(2025, 3, 1), date(2025, 3, 31)))
    assert (march.target.done, march.target.due, march.target.met) == (1, 4, 0)


def test_two_visits_in_a_week_meet_one_week(furnished):
    put(furnished, make_visit(DAY), make_visit(DAY + timedelta(days=1)))
    target = custody(furnished).target
    assert (target.expected, target.done, target.met) == (52, 2, 1)
    assert target.visits.text == "3.8%"


def test_a_week_is_due_only_if_the_suite_was_open_on_all_its_days(furnished):
    opened = (OpenPeriod(date(2024, 1, 1), date(2025, 3, 8)), OpenPeriod(date(2025, 3, 10)))
    furnished.setup.save_site(make_site(open_periods=opened, version=1))
    put(furnished, make_visit(DAY))
    march = custody(furnished, Period(date(2025, 3, 1), date(2025, 3, 31)))
    assert (march.target.due, march.target.met, march.target.done) == (3, 0, 1)


def test_kennels_are_due_in_months_open_on_all_their_days(furnished):
    put(furnished, make_kennel_visit(date(2024, 4, 30)), make_kennel_visit(date(2024, 5, 1)))
    figures = kennels(furnished)
    assert figures.unit == "month"
    assert (figures.target.expected, figures.target.met) == (12, 2)
    half = kennels(furnished, Period(date(2024, 4, 2), date(2024, 6, 30)))
    assert (half.target.due, half.target.met, half.target.done) == (2, 1, 2)
    assert (figures.animals.seen, figures.animals.by_outcome) == (8, (("Seen", 8), ("Deployed", 2)))


def test_training_counts_nowhere_and_a_withdrawn_visit_no_longer(furnished):
    kept, gone = make_visit(DAY), make_visit(DAY)
    put(furnished, kept, gone, make_visit(DAY, type="TRAINING"))
    assert custody(furnished).visits == 2
    furnished.visits.withdraw(gone.id, "Entered twice")
    figures = custody(furnished)
    assert (figures.visits, figures.people.present, figures.minutes) == (1, 6, 120)


def test_the_published_minutes_and_rate_give_the_published_value(furnished):
    rate = Rate(uuid4(), CUSTODY, date(2024, 4, 1), Decimal("18.3515"))
    furnished.setup.save_rate(rate)
    put(furnished, make_visit(DAY, left=at(DAY, 14), admitted=at(DAY, 14), extra_minutes=13_273))
    figures = custody(furnished)
    assert (figures.minutes, figures.hours) == (26_546, Decimal("442.43"))
    assert (figures.value, figures.rates) == (Decimal("8119.32"), (Decimal("18.3515"),))


def test_a_rate_changes_on_its_day_and_no_rate_gives_no_value(furnished):
    assert custody(furnished).value is None
    for day, amount in ((date(2024, 4, 1), 10), (DAY, 20)):
        furnished.setup.save_rate(Rate(uuid4(), CUSTODY, day, Decimal(amount)))
    put(furnished, make_visit(DAY - timedelta(days=1)), make_visit(DAY))
    figures = custody(furnished)
    assert figures.value == 2 * 10 + 2 * 20
    assert figures.rates == (10, 20)
    assert custody(furnished, Period(date(2024, 1, 1), YEAR.end)).value == 60
    put(furnished, make_visit(date(2024, 2, 1)))
    assert custody(furnished, Period(date(2024, 1, 1), YEAR.end)).value is None


def test_access_refused_by_an_inspector_is_kept_apart_from_not_selected(furnished):
    counts = (OutcomeCount("INSPREF", 2), OutcomeCount("NOTSEL", 3), OutcomeCount("SEEN", 1))
    put(furnished, make_visit(DAY, present=6, counts=counts))
    people = custody(furnished).people
    assert (people.other, people.offered, people.present) == (5, 1, 6)
    assert people.reasons["other"] == (("Access refused by Inspector", 2), ("Not selected", 3))


def test_a_telephone_visit_has_no_access_to_speak_of(furnished):
    put(furnished, make_visit(DAY), make_visit(DAY, mode="VIDEO", admitted=None))
    put(furnished, make_visit(DAY, admitted=None, left=None, status="REFUSED_ENTRY"))
    access = custody(furnished).access
    assert (access.immediate, access.not_admitted, access.not_applicable) == (1, 1, 1)
    assert [share.text for share in access.shares] == ["50%", "0%", "0%", "50%"]


def test_changed_limits_and_labels_count_the_past_anew(furnished):
    put(furnished, make_visit(DAY, admitted=at(DAY, 14, 7), delay_reason="BUSY"))
    assert custody(furnished).access.delay == 1
    scheme = furnished.setup.scheme(Kind.CUSTODY)
    furnished.setup.save_scheme(replace(scheme, immediate_limit=10))
    access = custody(furnished).access
    assert (access.immediate, access.delay, access.reasons) == (1, 0, ())


def test_issues_count_by_how_they_ended_and_good_findings_apart(furnished):
    issues = (
        Issue(uuid4(), "FOOD", status="RESOLVED", resolved_during_visit=True),
        Issue(uuid4(), "FOOD", status="CLOSED"),
        Issue(uuid4(), "CELL", status="REFERRED"),
        Issue(uuid4(), "GOODCARE", status="CLOSED"),
    )
    put(furnished, make_visit(DAY, issues=issues))
    found = custody(furnished).issues
    assert [(c.label, c.at_visit, c.later, c.open) for c in found.by_category] == [
        ("Food and drink", 1, 1, 0),
        ("Cell and its contents", 0, 0, 1),
    ]
    assert (found.total, found.at_visit, found.open) == (3, 1, 1)
    assert found.positive == (("Good care", 1),)


def test_a_site_not_in_use_is_shown_and_one_long_closed_or_not_yet_open_is_not(furnished):
    def site(name, *opened):
        furnished.setup.save_site(make_site(id=uuid4(), name=name, open_periods=opened))

    site("In need only")
    site("Closed last year", OpenPeriod(date(2020, 1, 1), date(2023, 12, 1)))
    site("Closed long ago", OpenPeriod(date(2015, 1, 1), date(2018, 12, 1)))
    site("Opens later", OpenPeriod(date(2025, 4, 1)))
    figures = custody(furnished)
    assert {s.name: s.was_open for s in figures.sites} == {
        "Northgate": True, "In need only": False, "Closed last year": False,
    }  # fmt: skip
    assert figures.target.expected == 52
    assert figures.visits_in_sites == {"Northgate": 0}


def test_texts_are_those_of_the_period(furnished):
    assert furnished.figures.summary(YEAR).texts == {}


# Sites by name


def test_sites_are_those_open_or_visited_unless_they_are_named(furnished):
    closed = make_site(id=uuid4(), name="Southgate", open_periods=())
    furnished.setup.save_site(closed)
    find = furnished.figures.site_ids
    assert find(YEAR, None, []) == (SUITE, KENNELS)
    assert find(YEAR, "custody", []) == (SUITE,)
    assert find(YEAR, "animal_welfare", []) == (KENNELS,)
    assert find(YEAR, None, ["southgate", "NORTHGATE", "southgate"]) == (closed.id, SUITE)
    put(furnished, make_visit(DAY, site_id=closed.id))
    assert find(YEAR, "custody", []) == (SUITE, closed.id)
    long_ago = Period(date(2000, 4, 1), date(2001, 3, 31))
    assert find(long_ago, None, []) == ()


def test_a_name_nobody_has_is_answered_with_the_names_there_are(furnished):
    with pytest.raises(BadInputError, match=r"Southgate.*Northgate"):
        furnished.figures.site_ids(YEAR, "custody", ["Southgate"])
    with pytest.raises(BadInputError, match=r"Northgate.*Hillside"):
        furnished.figures.site_ids(YEAR, "animal_welfare", ["Northgate"])


def test_the_coverage_of_a_site_that_is_gone_is_refused(furnished):
    with pytest.raises(BadInputError):
        furnished.figures.coverage(YEAR, [SUITE, uuid4()])
    assert furnished.figures.coverage(YEAR, []) == ()
    (one,) = furnished.figures.coverage(YEAR, [SUITE, SUITE])
    assert (one.site_name, one.total) == ("Northgate", 0)


def test_every_kind_of_scheme_is_in_a_world():
    assert [scheme.kind for scheme in Maker(1, 0).world.schemes] == [KINDS[CUSTODY], KINDS[ANIMALS]]
    assert isinstance(Maker(1, 0).world, World)
