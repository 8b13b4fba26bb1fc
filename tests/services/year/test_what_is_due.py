"""Nothing is asked of a site that is closed, of days that are still to come, or of the wrong
week: figures, sentences, pictures, spreadsheets and the year's report agree on it."""

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.builders import (
    KENNELS,
    LONG_AGO,
    SUITE,
    make_kennel_visit,
    make_kennels,
    make_site,
    make_visit,
    sign,
)
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import OpenPeriod, Use, use_in
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.reporting.annual import drafted_sentences
from visitapp.services import Services
from visitapp.ui.home.year_figures import year_figures
from visitapp.ui.reports.section_figures import section_figures

TODAY = date(2025, 4, 10)
YEAR, THIS_YEAR = APRIL_YEARS.year_of(date(2024, 4, 1)), APRIL_YEARS.year_of(TODAY)
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


def _closed(services: Services, *open_periods: OpenPeriod, **changed: object) -> UUID:
    site = make_site(id=uuid4(), name="Southgate", open_periods=open_periods, **changed)
    services.setup.save_site(site)
    return site.id


# How far a site is in use


@pytest.mark.parametrize(
    ("opened", "period", "use"),
    [
        ((), YEAR, Use.CLOSED),
        ((OpenPeriod(LONG_AGO),), YEAR, Use.IN_USE),
        ((OpenPeriod(LONG_AGO, date(2024, 3, 31)),), YEAR, Use.CLOSED),
        ((OpenPeriod(LONG_AGO, date(2024, 8, 31)),), YEAR, Use.PART),
        ((OpenPeriod(LONG_AGO, date(2025, 1, 31)),), YEAR, Use.PART),
        ((OpenPeriod(date(2024, 6, 1)),), YEAR, Use.IN_USE),
        ((OpenPeriod(date(2025, 1, 1)),), YEAR, Use.PART),
        # closed for some weeks of works, and in use again
        ((OpenPeriod(LONG_AGO, date(2025, 3, 20)), OpenPeriod(TODAY)), YEAR, Use.IN_USE),
        # the year that goes on: whether anybody can still go
        ((OpenPeriod(LONG_AGO, date(2025, 4, 9)),), THIS_YEAR, Use.PART),
        ((OpenPeriod(LONG_AGO, TODAY),), THIS_YEAR, Use.IN_USE),
        ((OpenPeriod(date(2026, 3, 31)),), THIS_YEAR, Use.IN_USE),
    ],
)
def test_how_far_a_site_is_in_use(opened: tuple[OpenPeriod, ...], period: Period, use: Use) -> None:
    assert use_in(opened, period, TODAY) is use


@given(DAYS, DAYS, DAYS, DAYS)
def test_a_site_open_throughout_is_in_use_and_one_that_never_was_is_closed(
    one: date, other: date, today: date, day: date
) -> None:
    period = Period(min(one, other), max(one, other))
    assert use_in((OpenPeriod(LONG_AGO),), period, today) is Use.IN_USE
    assert use_in((), period, today) is Use.CLOSED
    beyond = OpenPeriod(period.end + timedelta(days=1))
    assert use_in((beyond,), period, today) is Use.CLOSED
    ended = use_in((OpenPeriod(LONG_AGO, day),), period, today)
    assert (ended is Use.CLOSED) == (day < period.start)
    if period.start <= day < today <= period.end:
        assert ended is Use.PART, "nobody can go any more"


# A closed site has no gaps


@pytest.mark.parametrize("last", [None, date(2025, 4, 7)])
def test_a_closed_suite_has_no_gaps_and_counts_in_no_total(
    furnished: Services, last: date | None
) -> None:
    closed = _closed(furnished, *([OpenPeriod(LONG_AGO, last)] if last else []))
    sign(furnished, make_visit(date(2025, 4, 8)))
    suite, shut = furnished.figures.coverage(THIS_YEAR, [SUITE, closed])
    assert (suite.cells_due, len(suite.gaps())) == (35, 34)
    assert (shut.cells_due, shut.gaps(), shut.is_due) == (0, [], False)
    figures = furnished.figures.summary(THIS_YEAR).schemes[Kind.CUSTODY]
    assert figures.timeslots == (1, 35)
    cells = next(one for one in year_figures(figures) if "timeslots" in one.words)
    assert (cells.number, cells.words) == ("1", "of 35 timeslots visited")
    said = json.loads(furnished.figures.coverage_json(THIS_YEAR, [SUITE, closed]))["coverage"]
    assert [said[name]["cells"] for name in ("Northgate", "Southgate")] == [35, 0]


def test_visits_to_a_site_before_it_closed_stay_in_the_totals(furnished: Services) -> None:
    closed = _closed(furnished, OpenPeriod(LONG_AGO, date(2024, 9, 30)))
    for day in (1, 2, 8):
        sign(furnished, make_visit(date(2024, 7, day), site_id=closed))
    figures = furnished.figures.summary(YEAR).schemes[Kind.CUSTODY]
    assert figures.timeslots == (2, 37), "35 of the suite in use, and 2 that were visited"
    days = {s.key: s.text for s in drafted_sentences(furnished.figures.summary(YEAR))}
    assert days["point.coverage"] == "Thirty-five of 37 timeslots had no visit."


def test_closed_kennels_have_no_gaps_either(furnished: Services) -> None:
    shut = make_kennels(open_periods=(OpenPeriod(LONG_AGO, date(2025, 4, 2)),))
    furnished.setup.save_site(shut)
    sign(furnished, make_kennel_visit(date(2025, 4, 1)))
    (kennels,) = furnished.figures.coverage(THIS_YEAR, [KENNELS])
    assert (kennels.cells_visited, kennels.cells_due, kennels.gaps()) == (1, 1, [])


def test_pictures_and_spreadsheets_ask_for_nobody_at_a_closed_site(
    furnished: Services, tmp_path: Path
) -> None:
    closed = _closed(furnished, OpenPeriod(LONG_AGO, date(2025, 4, 7)))
    sites = (SUITE, closed)
    svg = furnished.reports.coverage_bytes(THIS_YEAR, sites, "need", ".svg").decode()
    assert svg.count(">Go<") == 35 + 1, "the suite in use, and the legend"
    assert "0 of 35 timeslots visited" in svg
    assert "site not in use: no visit needed" in svg
    assert "Southgate: no timeslots were visited; the site was in use for part of" in svg
    only = furnished.reports.coverage_bytes(THIS_YEAR, (SUITE,), "need", ".svg").decode()
    assert "not in use" not in only
    out = tmp_path / "coverage.xlsx"
    furnished.reports.coverage_picture(THIS_YEAR, sites, "need", out)
    about = load_workbook(out, data_only=True)["About"]
    rows = {row[0].value: [cell.value for cell in row[1:6]] for row in about.iter_rows(min_row=9)}
    assert rows["Southgate (not in use)"] == [0, 0, 0, 0, 0]
    assert rows["All sites"] == [0, 0, 0, 35, 0]


# A week belongs to the period that holds its Thursday, and so do its visits


def test_a_quarter_says_which_weeks_it_counted_where_its_days_had_other_visits(
    furnished: Services,
) -> None:
    """Monday 30 December to Sunday 30 March are the weeks of January to March 2025."""
    quarter = Period(date(2025, 1, 1), date(2025, 3, 31))
    first = date(2024, 12, 30)
    for week in range(13):
        sign(furnished, make_visit(first + timedelta(days=7 * week)))
    summary = furnished.figures.summary(quarter)
    target = summary.schemes[Kind.CUSTODY].target
    assert (target.done, target.met, target.due, target.in_spans) == (12, 13, 13, 13)
    sentences = {s.key: s.text for s in drafted_sentences(summary)}
    assert sentences["title.visits"] == "Every visit due was made"
    assert sentences["lead.visits"].endswith("to 30 March 2025, had 13 visits.")
    said = sentences["point.visits"]
    assert said == (
        "Visitors made 12 visits; 13 were due. The 13 weeks counted, 30 December 2024 to 30 March "
        "2025, had 13 visits; every week due had a visit."
    )
    behind = section_figures(summary)["Visits made"].sentence
    assert "13 of 13 weeks due had a visit. The 13 weeks counted, 30 December 2024" in behind


def test_where_the_same_visits_are_meant_nothing_is_added(furnished: Services) -> None:
    quarter = Period(date(2025, 1, 1), date(2025, 3, 31))
    sign(furnished, make_visit(date(2025, 2, 5)))
    summary = furnished.figures.summary(quarter)
    said = {s.key: s.text for s in drafted_sentences(summary)}["point.visits"]
    assert said == ("Visitors made one visit, 7.7% of the 13 due; 1 of 13 weeks due had a visit.")


# A year that goes on is held against what was due so far


def test_the_running_year_is_held_against_the_weeks_that_are_over(furnished: Services) -> None:
    """On Thursday 10 April the week to 6 April is over: one visit was due."""
    sign(furnished, make_visit(date(2025, 4, 2)))
    summary = furnished.figures.summary(THIS_YEAR)
    figures = summary.schemes[Kind.CUSTODY]
    assert (figures.target.expected, figures.so_far.expected, figures.so_far.met) == (52, 1, 1)
    visits = year_figures(figures)[0]
    assert (visits.number, visits.words, visits.share.text) == (
        "1", "of 1 visit due so far", "100.0%"
    )  # fmt: skip
    assert visits.note == (
        "Each open suite once a week: 1 week so far; 52 visits in the whole year"
    )
    said = {s.key: s.text for s in drafted_sentences(summary)}
    assert said["point.visits"] == (
        "Visitors made one visit, and one was due by 10 April 2025; every week due had a visit."
    )
    assert said["title.visits"] == "Every visit due by 10 April 2025 was made"
    assert "In all, 52 visits are due by 31 March 2026." in said["lead.visits"]
    assert said["title.volunteers"] == "Three visitors on 10 April 2025"
    assert "fell short" not in " ".join(said.values())
    behind = section_figures(summary)["Visits made"].sentence
    assert behind.startswith("1 made of 1 due by 10 April 2025")
    assert said["title.quarters"] == "Visitors made one visit so far"
    assert said["title.hours"] == "Visitors gave 2 hours"
    written = json.loads(furnished.figures.figures_json(THIS_YEAR))
    assert written["schemes"]["custody"]["target"]["expected"] == 52, "the whole year, as before"


def test_nothing_is_due_yet_in_a_year_that_has_not_begun(furnished: Services) -> None:
    next_year = Period(date(2026, 4, 1), date(2027, 3, 31))
    summary = furnished.figures.summary(next_year)
    figures = summary.schemes[Kind.CUSTODY].judged()
    assert (figures.target.expected, figures.whole.expected) == (0, 52)
    said = {s.key: s.text for s in drafted_sentences(summary)}
    assert said["lead.visits"] == (
        "Each suite in use should be visited at least once a week. No visit was due by 10 April "
        "2025; none were made."
    )


def test_a_year_that_is_over_is_judged_as_a_whole(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 3, 5)))
    figures = furnished.figures.summary(YEAR).schemes[Kind.CUSTODY]
    assert (figures.as_at, figures.so_far) == (None, None)
    assert figures.judged() is figures
