from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

from tests.builders import CUSTODY, SUITE, at, make_kennel_visit, make_site, make_visit, sign
from tests.planners import START, of_site, planned, planner
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.scheme import Actor, Kind, Role, YearText
from visitapp.domain.office.target import VisitTarget
from visitapp.domain.report.issue import Issue
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.site_quarter import PeriodMark
from visitapp.domain.year.year_texts import TEXT_FIELDS
from visitapp.services import Services
from visitapp.services.year.home import HomeService

TODAY = date(2025, 4, 10)


def test_a_new_file_has_nothing_to_show(services: Services) -> None:
    found = services.home.overview()
    assert found.is_new
    assert (found.sites, found.figures, found.has_drafts, found.recent) == ((), None, False, ())
    assert (found.has_sites, found.has_people, found.year) == (False, False, None)
    assert not found.backup_is_overdue


def test_a_visit_this_week_marks_its_week(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 4, 8)))
    found = furnished.home.overview()
    suite = next(site for site in found.sites if site.site.id == SUITE)
    now = suite.at(TODAY)
    assert now is not None
    assert (now.mark, now.visits) == (PeriodMark.VISITED, 1)
    assert suite.last_on == date(2025, 4, 8)


def test_training_counts_for_no_week(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 4, 8), type="TRAINING"))
    suite = next(s for s in furnished.home.overview().sites if s.site.id == SUITE)
    now = suite.at(TODAY)
    assert now is not None
    assert now.mark is PeriodMark.DUE_NOW


def test_figures_are_those_of_last_year_as_the_report_has_them(furnished: Services) -> None:
    for day in (date(2025, 1, 8), date(2025, 2, 5)):
        sign(furnished, make_visit(day))
    found = furnished.home.overview()
    last = APRIL_YEARS.year_of(date(2025, 1, 1))
    assert found.year == last
    whole = furnished.figures.summary(last).schemes[Kind.CUSTODY]
    assert found.figures is not None
    not_shown = {name: getattr(whole, name) for name in ("issues", "by_site", "minutes", "hours")}
    assert whole.minutes
    assert replace(found.figures, **not_shown) == whole


def test_what_home_does_not_show_of_last_year_is_not_counted(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 2, 5), issues=(Issue(uuid4(), "FOOD", 2),)))
    figures = furnished.home.overview().figures
    assert figures is not None
    assert (figures.visits, figures.issues.total, figures.by_site) == (1, 0, {})
    assert (figures.minutes, figures.rates, figures.value) == (0, (), None)


def test_in_a_first_year_they_are_those_of_this_year(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 4, 8)))
    assert furnished.home.overview().year == APRIL_YEARS.year_of(TODAY)


def test_open_concerns_are_counted_with_the_oldest(furnished: Services) -> None:
    for day, status in ((date(2025, 3, 3), "RAISED"), (date(2025, 3, 1), "CLOSED")):
        concern = Issue(uuid4(), "FOOD", status=status, description="No halal meals in date")
        sign(furnished, make_visit(day, issues=(concern,)))
    put_right = Issue(uuid4(), "CELL", resolved_during_visit=True, description="No blankets")
    good = Issue(uuid4(), "GOODCARE", description="Patient staff")
    sign(furnished, make_visit(date(2025, 2, 3), issues=(put_right, good)))
    found = furnished.home.overview().issues
    assert found is not None
    assert (found.number, found.raised_on) == (1, date(2025, 3, 3))
    assert found.category == "Food and drink"


def test_concerns_of_a_withdrawn_visit_wait_for_nobody(furnished: Services) -> None:
    concern = Issue(uuid4(), "FOOD", description="No halal meals in date")
    visit = sign(furnished, make_visit(date(2025, 3, 3), issues=(concern,)))
    furnished.visits.withdraw(visit.id, "Entered twice")
    assert furnished.home.overview().issues is None


def test_reports_that_may_be_of_one_visit_are_asked_about(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 3, 3)))
    sign(furnished, make_visit(date(2025, 3, 3), arrived=at(date(2025, 3, 3), 14, 20),
                               admitted=at(date(2025, 3, 3), 14, 25)))  # fmt: skip
    [pair] = furnished.home.overview().same_visit
    furnished.visits.decide_same(pair.first_id, pair.second_id, None)
    assert furnished.home.overview().same_visit == ()


def test_this_years_visits_in_no_timeslot_are_counted(furnished: Services) -> None:
    sign(furnished, make_kennel_visit(date(2025, 4, 8), arrived=at(date(2025, 4, 8), 13, 30),
                                      admitted=at(date(2025, 4, 8), 13, 31),
                                      left=at(date(2025, 4, 8), 14, 0)))  # fmt: skip
    assert furnished.home.overview().outside == 1


def test_a_backup_stops_the_reminder(furnished: Services, locked: Path, tmp_path: Path) -> None:
    sign(furnished, make_visit())
    assert furnished.home.overview().backup_is_overdue
    furnished.maintenance.backup(tmp_path / "copy.visits")
    found = furnished.home.overview()
    assert not found.backup_is_overdue
    later = replace(found, today=TODAY + timedelta(days=31))
    assert later.backup_is_overdue


def test_texts_of_the_year_still_to_be_written_are_counted(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 3, 3)))
    year = APRIL_YEARS.year_of(date(2025, 3, 3))
    of_every_report = sum(not field.is_optional for field in TEXT_FIELDS)
    assert furnished.home.overview().texts_missing == of_every_report
    furnished.reports.save_text(YearText(uuid4(), year, TEXT_FIELDS[0].key, "To the panel."))
    assert furnished.home.overview().texts_missing == of_every_report - 1


def test_a_draft_is_one_line_with_its_site_and_day(furnished: Services) -> None:
    draft, _ = furnished.drafts.begin(CUSTODY)
    content = {"site_id": str(SUITE), "date": "8/4/2025"}
    furnished.drafts.save(replace(draft, version=1, report=typed_report(content)))
    assert furnished.home.overview().has_drafts
    (line,) = furnished.drafts.lines()
    assert (line.id, line.site, line.day) == (draft.id, make_site().name, date(2025, 4, 8))


def test_planned_visits_that_lack_somebody_are_told_to_the_manager_alone(
    planning_office: Services,
) -> None:
    services, service = planning_office, planner(planning_office)
    service.make(START, 2)
    first, second = of_site(planned(services), SUITE)[:2]
    for visit, left in ((second, 1), (first, 0)):
        service.assign(visit.id, visit.pair[:left])
    assert services.home.overview().lacking == (), "a draft is nobody's yet"
    service.use(service.weeks_from(START, 2))
    assert services.home.overview().lacking == (first.span, second.span)
    service.cancel(second.id)
    assert services.home.overview().lacking == (first.span,)
    visitor = HomeService(replace(services.access, actor=Actor("Ada Ashby", Role.VISITOR)))
    assert visitor.overview().lacking == ()


def test_a_group_behind_its_target_is_shown(furnished: Services) -> None:
    west = SiteGroup(uuid4(), CUSTODY, GroupKind.PANEL, "West", 0, (VisitTarget(2),))
    furnished.groups.save(west, {SUITE})
    sign(furnished, make_visit(date(2025, 4, 8)))  # in a week that isn't over
    (behind,) = furnished.home.overview().short_groups
    assert (behind.target.expected, behind.target.short) == (2, 2)
    for hour in (9, 15):
        day = date(2025, 4, 1)
        times = {"arrived": at(day, hour), "admitted": at(day, hour), "left": at(day, hour + 1)}
        sign(furnished, make_visit(day, **times))
    assert furnished.home.overview().short_groups == ()
