from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import uuid4

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN, CUSTODY, SUITE, make_kennel_visit, make_site, make_visit, sign
from tests.copies import Copies, written
from visitapp.domain.changes import Changes
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.office.target import VisitTarget
from visitapp.domain.period import Period
from visitapp.domain.plan.broken_visit import VisitAtClosedSite
from visitapp.domain.report.issue import Issue
from visitapp.domain.year.site_quarter import PeriodMark
from visitapp.ui.context import REMINDER, Context
from visitapp.ui.home.squares import Squares
from visitapp.ui.home.view import HomeView
from visitapp.ui.home.viewmodel import HomeViewModel
from visitapp.ui.jobs import Jobs


def _words(view: HomeView) -> str:
    return "\n".join(
        one.text()
        for kind in (QLabel, QPushButton)
        for one in view.findChildren(kind)
        if one.isVisibleTo(view)
    )


@pytest.fixture
def asked(furnished_context: Context) -> list[tuple[str, object]]:
    found: list[tuple[str, object]] = []
    furnished_context.asked_for.connect(lambda page, target: found.append((page, target)))
    return found


def test_the_published_year_of_the_demonstration_is_on_home(demo_context: Context) -> None:
    viewmodel = HomeViewModel(demo_context)
    assert viewmodel.day_words() == "Thursday 10 April 2025"
    assert viewmodel.week_words() == "Mon 7 \u2013 Sun 13 April, week 2 of 52"
    assert viewmodel.year_title() == "Last year, 2024/25"
    visits, access, cells, people = viewmodel.figures()
    assert (visits.number, visits.words, visits.share.text) == ("103", "of 104 visits", "99.0%")
    assert visits.note == "Each open suite once a week: 52 weeks \u00d7 2 suites"
    assert access.words.endswith("let in within 5 minutes")
    assert cells.share.whole == 70
    assert people.share.part == int(people.number)
    bars = viewmodel.times_of_day()
    assert bars is not None
    assert bars.title == "103 visits by time of day"
    assert sum(number for _, number in bars.rows) == 103


def test_what_a_week_says_of_a_site(furnished_context: Context) -> None:
    sign(furnished_context.services, make_visit(date(2025, 4, 8)))
    viewmodel = HomeViewModel(furnished_context)
    suite, kennels = viewmodel.overview.sites
    assert (viewmodel.status(suite).word, viewmodel.status(suite).note) == ("Visited", "Tue 8 Apr")
    assert (viewmodel.status(kennels).word, viewmodel.status(kennels).note) == (
        "April: no visit yet",
        "20 days left",
    )


def test_the_last_day_of_a_week_is_told(furnished_context: Context) -> None:
    viewmodel = HomeViewModel(furnished_context)
    sunday = date(2025, 4, 13)
    viewmodel.overview = replace(viewmodel.overview, today=sunday)
    suite = next(site for site in viewmodel.overview.sites if site.site.id == SUITE)
    assert viewmodel.status(suite).note == "Today is the last day"
    assert any("no visit yet this week" in task.title for task in viewmodel.tasks())


def test_home_warns_of_a_week_without_a_visit_from_two_days_before_its_end(
    furnished_context: Context,
) -> None:
    viewmodel = HomeViewModel(furnished_context)
    for today, notes in (
        (date(2025, 4, 10), []),
        (date(2025, 4, 11), ["2 days left"]),
        (date(2025, 4, 12), ["1 day left"]),
    ):
        viewmodel.overview = replace(viewmodel.overview, today=today)
        assert [task.note for task in viewmodel.tasks() if "yet this week" in task.title] == notes


def test_needs_come_most_pressing_first(furnished_context: Context) -> None:
    services = furnished_context.services
    concern = Issue(uuid4(), "FOOD", description="No halal meals in date")
    sign(services, make_visit(date(2025, 3, 3), issues=(concern,)))
    sign(services, make_visit(date(2025, 3, 3)))
    services.drafts.begin(CUSTODY)
    tasks = HomeViewModel(furnished_context).tasks()
    titles = [task.title for task in tasks]
    order = [
        next(at for at, title in enumerate(titles) if words in title)
        for words in (
            "one visit",
            "Unfinished report",
            "past the limit",
            "backup",
            "sections to write",
        )
    ]
    assert order == sorted(order)
    late = next(task for task in tasks if task.page == "issues")
    assert (late.kind, late.title) == ("bad", "1 issue is past the limit")
    assert (late.action, late.target) == ("Remind the force", REMINDER)
    assert [task.page for task in tasks if "backup" in task.title] == ["backup"]


def test_issues_in_time_are_only_told_of(furnished_context: Context) -> None:
    for day in (date(2025, 4, 1), date(2025, 4, 2)):
        concern = Issue(uuid4(), "FOOD", description="No halal meals in date")
        sign(furnished_context.services, make_visit(day, issues=(concern,)))
    found = next(n for n in HomeViewModel(furnished_context).tasks() if n.page == "issues")
    assert (found.kind, found.title) == ("warn", "2 issues are open")
    assert found.note == "Oldest: Food and drink, Northgate, 9 days ago"


def test_a_missed_week_is_said_in_words(furnished_context: Context) -> None:
    viewmodel = HomeViewModel(furnished_context)
    site = next(one for one in viewmodel.overview.sites if one.site.id == SUITE)
    first = site.spans[0]
    missed = replace(site, spans=(replace(first, mark=PeriodMark.MISSED), *site.spans[1:]))
    viewmodel.overview = replace(viewmodel.overview, sites=(missed,))
    task = viewmodel.tasks()[0]
    assert task.title == f"{site.site.name} had no visit between 31 March and 6 April"
    assert task.page == "coverage"


def test_a_change_is_on_home_at_once(qtbot: QtBot, furnished_context: Context) -> None:
    view = HomeView(furnished_context)
    qtbot.addWidget(view)
    view.show()
    assert "First steps" in _words(view)
    sign(furnished_context.services, make_visit(date(2025, 4, 8)))
    furnished_context.tell(Changes.VISITS)
    assert "Visited" in _words(view)
    assert "First steps" not in _words(view)


def test_another_day_is_noticed_when_home_is_shown_again(
    qtbot: QtBot, furnished_context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(furnished_context.services, make_visit(date(2025, 4, 8)))
    view = HomeView(furnished_context)
    qtbot.addWidget(view)
    before = view.viewmodel.overview
    view.viewmodel.overview = replace(before, today=before.today - timedelta(days=1))
    view.show()
    assert view.viewmodel.overview.today == before.today


def test_buttons_lead_to_what_they_name(
    qtbot: QtBot, furnished_context: Context, asked: list[tuple[str, object]]
) -> None:
    draft, _ = furnished_context.services.drafts.begin(CUSTODY)
    sign(furnished_context.services, make_visit(date(2025, 4, 8)))
    view = HomeView(furnished_context)
    qtbot.addWidget(view)
    view.show()
    for made in view.findChildren(QPushButton):
        if made.text() in ("Continue", "Coverage", "Log a visit", "Save a backup"):
            made.click()
    assert set(asked) >= {("log", draft.id), ("coverage", None), ("log", None), ("backup", None)}


def test_only_the_first_need_is_primary(qtbot: QtBot, furnished_context: Context) -> None:
    for _ in range(2):
        furnished_context.services.drafts.begin(CUSTODY)
    sign(furnished_context.services, make_visit(date(2025, 4, 8)))
    view = HomeView(furnished_context)
    qtbot.addWidget(view)
    view.show()
    primary = [one for one in view.findChildren(QPushButton) if one.property("primary")]
    assert len(primary) == 1


def test_a_new_file_offers_the_first_steps(qtbot: QtBot, context: Context, settle: object) -> None:
    asked: list[str] = []
    context.asked_for.connect(lambda page, _: asked.append(page))
    view = HomeView(context)
    qtbot.addWidget(view)
    view.show()
    for made in view.findChildren(QPushButton):
        made.click()
    assert {"settings", "people", "imports", "log", "demonstration"} <= set(asked)


def test_a_visitor_is_greeted_and_goes_on_with_the_draft(
    qtbot: QtBot, furnished_context: Context, jobs: Jobs
) -> None:
    services = furnished_context.services
    access = services.access
    visitor = type(services)(
        replace(access, actor=Actor("Anne Example", Role.VISITOR)),
        services._data_key,
        Random(1),
    )
    draft, _ = visitor.drafts.begin(CUSTODY)
    visitor.drafts.save(
        replace(draft, version=1, report=typed_report({"site_id": str(SUITE), "date": "8/4/2025"}))
    )
    sign(services, make_visit(date(2025, 4, 2)))
    view = HomeView(Context(visitor, jobs))
    qtbot.addWidget(view)
    view.show()
    words = _words(view)
    assert view.title == "Good afternoon, Anne"
    assert f"{make_site().name}, Tue 8 Apr 2025" in words
    assert "Your last visits" in words
    large = next(o for o in view.findChildren(QPushButton) if o.text() == "Continue this visit")
    assert large.property("scale") == "main"
    assert "No visit yet" not in words  # gaps are no visitor's to pick from


def test_every_row_of_squares_reads_as_a_sentence(qtbot: QtBot, furnished_context: Context) -> None:
    sign(furnished_context.services, make_visit(date(2025, 4, 8)))
    view = HomeView(furnished_context)
    qtbot.addWidget(view)
    view.show()
    names = [one.accessibleName() for one in view.findChildren(Squares)]
    assert any("13 weeks: 1 visited" in name for name in names)
    assert any("3 months: 1 due now, 2 still to come" in name for name in names)


def test_kennels_alone_have_figures_too(qtbot: QtBot, furnished_context: Context) -> None:
    sign(furnished_context.services, make_kennel_visit(date(2025, 3, 4)))
    viewmodel = HomeViewModel(furnished_context)
    visits, cells = viewmodel.figures()
    assert (visits.number, visits.note) == ("1", "Each kennels once a month: 12 months")
    assert cells.share.whole == 12


def test_a_track_is_filled_as_far_as_its_share(qtbot: QtBot, demo_context: Context) -> None:
    view = HomeView(demo_context)
    qtbot.addWidget(view)
    view.show()
    tracks = [(bar.value(), bar.maximum()) for bar in view.findChildren(QProgressBar)]
    assert tracks[0] == (103, 104)
    assert len(tracks) == 4


def test_a_visitor_is_led_to_the_report_to_confirm(
    copies: Copies, jobs: Jobs, qtbot: QtBot
) -> None:
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    context = Context(ben, jobs)
    view = HomeView(context)
    qtbot.addWidget(view)
    view.show()
    assert "asks you to confirm" not in _words(view)
    visit = written(anne)
    copies.exchange("anne", "office", "ben")
    context.tell(Changes.INBOX)
    title = "Anne Example asks you to confirm the visit of 8 April"
    assert title in _words(view)
    found: list[tuple[str, object]] = []
    context.asked_for.connect(lambda page, target: found.append((page, target)))
    (read,) = [
        button
        for button in view.findChildren(QPushButton)
        if button.accessibleName() == f"Read the report: {title}"
    ]
    read.click()
    assert found == [("exchange", visit.id)]


def test_a_refused_door_is_to_do_until_it_is_said_what_was_done(furnished_context: Context) -> None:
    services = furnished_context.services
    visit = sign(
        services,
        make_visit(date(2025, 4, 8), status="REFUSED_ENTRY", admitted=None, left=None),
    )
    tasks = HomeViewModel(furnished_context).tasks()
    (refused,) = (task for task in tasks if "refused" in task.title)
    assert refused.title == "Entry was refused at Northgate on Tue 8 Apr"
    assert refused.note == "The report gives no reason"
    assert (refused.page, refused.target) == ("visits", visit.id)
    services.refusals.say_what_was_done(visit.id, "The inspector apologised.")
    tasks = HomeViewModel(furnished_context).tasks()
    assert not [task for task in tasks if "refused" in task.title]


def test_a_visitor_sees_their_visits_and_hours_as_the_office_counts_them(
    copies: Copies, jobs: Jobs, qtbot: QtBot
) -> None:
    anne = copies.join("anne", ANNE)
    written(copies.office)
    written(copies.office, date(2025, 3, 30))
    context = Context(anne, jobs)
    view = HomeView(context)
    qtbot.addWidget(view)
    view.resize(1150, 720)
    view.show()
    assert "Your visits and hours" not in _words(view)
    copies.exchange("office", "anne")
    context.tell(Changes.VISITS)
    words = _words(view)
    for expected in ("Your visits and hours", "From April 2025", "1 visit, 1 h", "Tue 8 Apr"):
        assert expected in words
    assert "Sun 30 Mar" not in words  # of the year before only the sum


def test_a_group_that_is_short_leads_to_the_coverage_of_its_sites(
    furnished_context: Context,
) -> None:
    west = SiteGroup(uuid4(), CUSTODY, GroupKind.PANEL, "West", 0, (VisitTarget(2),))
    furnished_context.services.groups.save(west, {SUITE})
    tasks = HomeViewModel(furnished_context).tasks()
    (task,) = (task for task in tasks if task.title.startswith("West"))
    assert task.title == "West is 2 visits short so far this year"
    assert task.note == "None of 2 visits due in the weeks that are over, to any site of the panel"
    assert task.page == "coverage"
    assert task.target.site_ids == (SUITE,)


def test_visits_to_a_closed_site_are_a_task_that_leads_to_the_plan(
    furnished_context: Context,
) -> None:
    viewmodel = HomeViewModel(furnished_context)
    week = Period(date(2025, 4, 14), date(2025, 4, 20))
    visits = tuple(VisitAtClosedSite(uuid4(), name, week) for name in ("Mill", "Mill", "Dell"))
    viewmodel.overview = replace(viewmodel.overview, at_closed_sites=visits)
    (task,) = [task for task in viewmodel.tasks() if "closed" in task.title]
    assert task.title == "Mill is closed for 2 planned visits"
    assert "14–20 Apr 2025" in task.note
    assert "1 visit elsewhere" in task.note
    assert (task.page, task.target) == ("plan", visits[0])
