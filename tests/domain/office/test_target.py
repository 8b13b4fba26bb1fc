"""Which spans a target counts by, which target is in force, and what is counted again."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_kennels, make_site
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.office.target import (
    TargetRule,
    TargetUnit,
    VisitTarget,
    in_force,
    problem_of_targets,
)
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.recount import recounted_sentence, recounts

YEAR = APRIL_YEARS.year_of(date(2023, 6, 1))
APRIL = date(2025, 4, 1)
DAYS = st.dates(date(2019, 1, 1), date(2030, 12, 31))
TARGETS = st.builds(
    VisitTarget, st.just(1), st.sampled_from(TargetUnit), st.none() | DAYS, st.just(TargetRule.OPEN)
)


def due(site, period):
    return sum(item.due for item in site.target_spans(period))


@pytest.mark.parametrize(
    ("unit", "spans"), [("week", 52), ("fortnight", 26), ("month", 12), ("quarter", 4), ("year", 1)]
)
def test_a_year_has_so_many_spans(unit, spans):
    site = make_site(targets=(VisitTarget(2, TargetUnit(unit), date(2022, 4, 1)),))
    assert (len(site.target_spans(YEAR)), due(site, YEAR)) == (spans, 2 * spans)


def test_each_day_of_a_year_is_in_its_quarter_the_31st_of_may_too():
    target = VisitTarget(unit=TargetUnit.QUARTER)
    quarters = YEAR.quarters()
    days = [YEAR.start + timedelta(days=number) for number in range(YEAR.days)]
    assert [target.span_of(day) for day in days] == [
        quarter for quarter in quarters for _ in range(quarter.days)
    ]


@pytest.mark.parametrize(
    ("unit", "days"), [("week", 3), ("fortnight", 7), ("month", 0), ("quarter", 0), ("year", 0)]
)
def test_each_span_has_its_deciding_day(unit, days):
    target = VisitTarget(unit=TargetUnit(unit))
    span = target.span_of(APRIL)
    assert target.deciding_day(span) == span.start + timedelta(days=days)


def test_fortnights_begin_with_the_first_week_whose_thursday_the_target_holds_on():
    monday = date(2024, 4, 1)
    for days, weeks in ((0, 0), (2, 0), (3, 0), (4, 1), (6, 1)):
        target = VisitTarget(unit=TargetUnit.FORTNIGHT, from_on=monday + timedelta(days=days))
        first = monday + timedelta(days=7 * weeks)
        assert target.span_of(first) == Period(first, first + timedelta(days=13))


def test_of_several_targets_the_last_one_that_has_begun_is_in_force():
    first, second, third = (
        VisitTarget(from_on=day) for day in (YEAR.start, APRIL, date(2026, 4, 1))
    )
    for targets in ((first, second, third), (third, second, first)):
        assert in_force(targets, YEAR.start - timedelta(days=1)) is None
        assert in_force(targets, YEAR.start) is first
        assert in_force(targets, APRIL) is second
        assert in_force(targets, date(2026, 3, 31)) is second
        assert in_force((VisitTarget(), *targets), date(2019, 1, 1)) == VisitTarget()


def test_the_usual_target_is_a_visit_a_week_to_a_suite_and_one_a_month_to_kennels():
    assert (due(make_site(), YEAR), due(make_kennels(), YEAR)) == (52, 12)


@given(TARGETS, DAYS, st.integers(0, 900), st.integers(0, 900))
def test_spans_of_periods_that_adjoin_are_those_of_both_together(target, first, days, more):
    middle = first + timedelta(days=days)
    last = middle + timedelta(days=1 + more)
    parts = (Period(first, middle), Period(middle + timedelta(days=1), last))
    whole = list(target.spans(Period(first, last)))
    both = [span for part in parts for span in target.spans(part)]
    if target.unit in (TargetUnit.WEEK, TargetUnit.FORTNIGHT):
        assert both == whole
    else:  # one may lie in neither as a whole
        assert set(both) <= set(whole) <= {*both, target.span_of(middle)}
    assert all(a.end + timedelta(days=1) == b.start for a, b in pairwise(whole))
    assert all(day in target.span_of(day) for day in (first, middle, last))


@given(st.lists(TARGETS, max_size=4, unique_by=lambda target: target.from_on), DAYS)
def test_each_week_is_due_by_one_target_alone(targets, day):
    site = make_site(targets=tuple(targets), open_periods=(OpenPeriod(date(2010, 1, 1)),))
    spans = site.target_spans(APRIL_YEARS.year_of(day))
    assert len({(item.span, item.target) for item in spans}) == len(spans)
    for item in spans:
        assert item.target == site.target_on(item.target.deciding_day(item.span))
        assert item.due == 1


def test_a_target_begins_with_the_first_week_whose_thursday_it_holds_on():
    site = make_site(targets=(VisitTarget(2, from_on=date(2024, 4, 4)),))  # a Thursday
    numbers = [item.due for item in site.target_spans(Period(date(2024, 3, 25), date(2024, 4, 14)))]
    assert numbers == [1, 2, 2]
    later = replace(site, targets=(VisitTarget(2, from_on=date(2024, 4, 5)),))
    assert [x.due for x in later.target_spans(Period(date(2024, 4, 1), date(2024, 4, 14)))] == [
        1,
        2,
    ]


def test_when_in_use_a_visit_is_due_where_the_site_was_open_on_any_day():
    once = (OpenPeriod(date(2024, 5, 8), date(2024, 5, 8)),)
    may = Period(date(2024, 5, 1), date(2024, 5, 31))
    for rule, expected in ((TargetRule.OPEN, 0), (TargetRule.IN_USE, 1), (TargetRule.NONE, 0)):
        site = make_site(open_periods=once, targets=(VisitTarget(rule=rule),))
        assert due(site, may) == expected


def test_words_of_targets():
    often = VisitTarget(3, TargetUnit.QUARTER, rule=TargetRule.IN_USE)
    assert often.words == "3 times a quarter when in use"
    assert VisitTarget(2, TargetUnit.FORTNIGHT).words == "twice a fortnight"
    assert VisitTarget(rule=TargetRule.NONE).words == "no target"


def test_what_is_no_target_is_refused():
    assert [VisitTarget(number).number for number in (1, 99)] == [1, 99]
    for number in (0, 100):
        with pytest.raises(BadInputError):
            VisitTarget(number)
    same = (VisitTarget(1, from_on=APRIL), VisitTarget(2, from_on=APRIL))
    assert "begin on the same day" in problem_of_targets(same)
    assert not problem_of_targets((VisitTarget(), VisitTarget(2, from_on=APRIL)))


def test_a_change_for_the_past_says_which_years_it_counts_again():
    before = make_site(open_periods=(OpenPeriod(date(2022, 4, 1)),))
    after = replace(before, targets=(VisitTarget(2, from_on=date(2023, 4, 1)),))
    changed = recounts(before, after, date(2024, 6, 1))
    assert [(item.year, item.before, item.after) for item in changed] == [
        ("2024/25", 8, 16),
        ("2023/24", 52, 104),
    ]
    assert recounted_sentence(changed) == (
        "Counted again: 2024/25, 16 visits due instead of 8; 2023/24, 104 visits due instead of 52."
    )
    to_come = replace(before, targets=(VisitTarget(2, from_on=date(2024, 7, 1)),))
    assert recounts(before, to_come, date(2024, 6, 1)) == ()
    assert recounted_sentence(()) == ""
    closed = replace(after, open_periods=())
    assert recounts(closed, closed, date(2024, 6, 1)) == ()
