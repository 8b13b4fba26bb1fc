"""A site whose rule leaves weeks empty: planned, judged, replaced and looked ahead by it."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from uuid import UUID

import pytest

from tests.builders import KENNELS, SUITE
from tests.planners import QUARTER, START, of_site, planned, planner
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.target import TargetUnit, VisitTarget
from visitapp.domain.plan.foresight import floor_of_day
from visitapp.domain.plan.planned import Gravity, PlanNote
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.persistence import ledger
from visitapp.planning import law, rule_figures
from visitapp.planning.draw import Placed
from visitapp.planning.law import SpanLaw
from visitapp.services import Services
from visitapp.services.plan.plan_world import read_world

EMPTY = START + timedelta(weeks=4)


@pytest.fixture
def office(planning_office: Services) -> Services:
    planning_office.planning._seconds = 0.1
    return planning_office


@pytest.fixture
def without_a_week(office: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    """A plan in which the draw left the fifth week of the suite empty."""
    office.week_rules.set_rule(SUITE, WeekRule.EMPTY_4)
    weeks = iter(range(100))

    def drawn(of_span: SpanLaw, *_: object) -> list[Placed]:
        if not of_span.without:
            return [Placed(9, 1)]
        return [] if next(weeks) == 4 else [Placed(2, of_span.options[2][0][0])]

    monkeypatch.setattr("visitapp.planning.making.draw_span", drawn)
    planner(office).make(START)
    monkeypatch.undo()
    return office


def _notes(office: Services) -> list[PlanNote]:
    return [note for note in office.planning.sheet(QUARTER).notes if "no visit" in note.words]


def test_a_rule_is_kept_beside_the_visits_a_year_and_the_ledger_knows_nothing_of_it(
    office: Services,
) -> None:
    with office.access.database.reading() as connection:
        before = ledger.last(connection)
    office.planning.set_visits_a_year(SUITE, 52)
    office.week_rules.set_rule(SUITE, WeekRule.EMPTY_2)
    office.planning.set_visits_a_year(SUITE, 56)
    policy = office.planning.policy(SUITE)
    assert (policy.visits_a_year, policy.rule) == (56, WeekRule.EMPTY_2)
    office.week_rules.set_rule(SUITE, WeekRule.EACH)
    assert office.planning.policy(SUITE).rule is WeekRule.EACH
    with office.access.database.reading() as connection:
        assert ledger.last(connection) == before
    assert office.maintenance.check() == []


def test_only_suites_visited_once_a_week_have_a_rule(office: Services) -> None:
    with pytest.raises(BadInputError, match="once a week"):
        office.week_rules.set_rule(KENNELS, WeekRule.EMPTY_1)
    office.week_rules.set_rule(SUITE, WeekRule.EMPTY_1)
    (site,) = (site for site in office.setup.sites() if site.id == SUITE)
    office.setup.save_site(replace(site, targets=(VisitTarget(2, TargetUnit.WEEK),)))
    assert office.planning.policy(SUITE).rule is WeekRule.EACH
    with pytest.raises(BadInputError, match="once a week"):
        office.week_rules.compare(SUITE)


def test_an_empty_week_is_planned_already_and_the_plan_says_that_the_report_misses_it(
    without_a_week: Services,
) -> None:
    weeks = Counter(visit.span.start for visit in of_site(planned(without_a_week), SUITE))
    assert len(weeks) == 12
    assert EMPTY not in weeks
    assert without_a_week.planning.is_planned(QUARTER)
    (note,) = _notes(without_a_week)
    assert note.gravity is Gravity.UNEVEN
    assert (
        "12\u201318 May 2025: no visit is planned, as the rule leaves about 4 weeks"
        in note.sentence
    )
    assert "By the target of once a week, it counts as missed" in note.words
    (audit,) = (audit for audit in without_a_week.foresight.plan(QUARTER) if audit.is_suite)
    assert not any("no visit" in words for words in audit.broken)
    assert audit.foresight.floor_day == floor_of_day(65, WeekRule.EMPTY_4)
    assert audit.foresight.days == 91
    suite, _ = without_a_week.foresight.outlooks(QUARTER)
    assert 33 < suite.expected <= 35


def test_the_plan_says_otherwise_where_nobody_could_go_or_each_week_is_due(
    without_a_week: Services,
) -> None:
    without_a_week.week_rules.set_rule(SUITE, WeekRule.EACH)
    (note,) = _notes(without_a_week)
    assert note.gravity is Gravity.MISSING
    assert "Plan the rest again" in note.words
    assert not without_a_week.planning.is_planned(QUARTER)


def test_planning_again_draws_the_empty_week_too(without_a_week: Services) -> None:
    without_a_week.planning.plan_again(QUARTER)
    weeks = {visit.span.start for visit in of_site(planned(without_a_week), SUITE)}
    assert len(weeks) > 8
    assert without_a_week.planning.is_planned(QUARTER)


def test_a_cancelled_visit_is_replaced_in_its_week_whatever_the_rule(
    without_a_week: Services,
) -> None:
    for visit in of_site(planned(without_a_week), SUITE):
        words, _ = without_a_week.planning.cancel(visit.id)
        assert words.endswith("another visit was drawn.")
    weeks = Counter(v.span.start for v in of_site(planned(without_a_week), SUITE))
    assert len(weeks) == 12
    assert min(weeks.values()) >= 2, "the cancelled one, and another"


def test_days_between_visits_are_kept_from_week_to_week_where_the_office_knows_them(
    office: Services,
) -> None:
    office.week_rules.set_rule(SUITE, WeekRule.APART_10)
    planner(office).make(START)
    days = sorted(visit.day for visit in of_site(planned(office), SUITE))
    assert max((b - a).days for a, b in pairwise(days)) <= 10
    assert office.planning.is_planned(QUARTER)
    for note in _notes(office):
        assert "at most 10 days apart" in note.words
    scheme = office.setup.scheme(Kind.CUSTODY)
    office.setup.save_scheme(replace(scheme, moments_to_pairs=True))
    with pytest.raises(BadInputError, match="only where the office knows"):
        office.week_rules.set_rule(SUITE, WeekRule.APART_10)
    with office.access.database.reading() as connection:
        world = read_world(connection, START, QUARTER)
    assert world.ground(SUITE).policy.rule is WeekRule.EACH


def test_rules_are_compared_on_the_grid_of_the_site_with_its_visits_a_year(
    office: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rule_figures, "YEARS", 3)
    office.planning.set_visits_a_year(SUITE, 52)
    figures = {of_rule.rule: of_rule for of_rule in office.week_rules.compare(SUITE)}
    assert list(figures) == list(WeekRule)
    each, empty = figures[WeekRule.EACH], figures[WeekRule.EMPTY_4]
    assert (each.cells, each.empty_weeks) == (35, 0)
    assert each.longest_gap <= 13
    assert 0.46 < each.caught < 0.52
    assert each.caught - 0.13 < empty.caught < each.caught - 0.06
    assert 0 < empty.empty_weeks < 11
    assert 32 < empty.timeslots <= 35
    assert law.suite_policy(52).rule is WeekRule.EACH


def test_the_policies_of_several_sites_are_read_at_once(without_a_week: Services) -> None:
    planning = without_a_week.planning
    ids = [site.id for site in without_a_week.setup.sites()]
    assert planning.policies(ids) == {site_id: planning.policy(site_id) for site_id in ids}
    assert planning.policies(()) == {}
    with pytest.raises(BadInputError, match="no longer in the file"):
        planning.policies((*ids, UUID(int=1)))
