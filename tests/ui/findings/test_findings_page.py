"""The page Findings over a real file: what it counts, and the visits behind each number."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, CUSTODY, KENNELS, SUITE, make_site, make_visit, sign
from tests.ui.keyboard import press
from visitapp.domain.changes import Changes
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.findings.view import FindingsView

YEAR = APRIL_YEARS.year_of(date(2024, 4, 1))
OTHER = make_site(name="Southgate", id=UUID(int=203))


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> FindingsView:
    view = FindingsView(furnished_context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    view.viewmodel.choose_period(YEAR)
    return view


def keep(page: FindingsView, *reports, site_id=SUITE):
    visits = [
        sign(
            page.context.services,
            make_visit(date(2024, 6, day), site_id=site_id, report=Report(1, answers)),
        )
        for day, answers in reports
    ]
    page.context.changed.emit(Changes.VISITS)
    return visits


def good(day: int, **answers):
    return day, {"overall": "SATISFACTORY"} | answers


def row(page: FindingsView, key: str):
    return page.tablemodel.texts[page.tablemodel.row_of(key)]


def answers(page: FindingsView, key: str):
    page.table.selectRow(page.tablemodel.row_of(key))
    return [(line.words, line.number, line.share) for line in page.answer_tablemodel.lines]


def test_without_reports_it_says_so_and_then_counts_each_signed_report(page) -> None:
    assert page._empty.isVisibleTo(page)
    keep(page, good(3, respect="YES", women=2), good(4, respect="MIXED", women=5), good(5))
    assert not page._empty.isVisibleTo(page)
    assert row(page, "respect") == (
        "Were detainees treated with respect?", "Staff and conduct", "3", "2", "1 (50%)",
    )  # fmt: skip
    assert answers(page, "respect") == [
        ("Yes, as far as we saw", "1", "50%"),
        ("Not always", "1", "50%"),
        ("No", "0", "0%"),
        ("No answer", "1", ""),
    ]
    assert answers(page, "women") == [
        ("Answered", "2", ""), ("Total", "7", ""), ("Mean", "3.50", ""), ("Largest", "5", ""),
        ("No answer", "1", ""),
    ]  # fmt: skip
    assert row(page, "women")[-1] == "\u2013"


def test_the_worst_of_a_section_comes_first(page) -> None:
    keep(page, good(3, lighting="OK", heating="OK", van_dock="OK"))
    first = [f.key for f in page.viewmodel.findings if f.section == "Facilities"]
    assert first[0] == "cells_clean"
    keep(page, (4, {"overall": "UNSATISFACTORY"}))
    worst = [f.key for f in page.viewmodel.findings if f.section == "Overall"]
    assert worst[0] == "overall"
    assert row(page, "overall")[-1] == "1 (50%)"
    keep(page, good(6, respect="NO"))
    of_staff = [f.key for f in page.viewmodel.findings if f.section == "Staff and conduct"]
    assert of_staff[0] == "respect"


def test_the_visits_behind_an_answer_are_opened_by_keyboard(page) -> None:
    page.context.services.setup.save_site(OTHER)
    asked = []
    page.context.asked_for.connect(lambda name, target: asked.append((name, target)))
    signed = keep(page, good(3, respect="YES"), good(4, respect="MIXED"))
    keep(page, good(3, respect="MIXED"), site_id=OTHER.id)
    page.viewmodel.choose_sites((SUITE,))
    page.table.selectRow(page.tablemodel.row_of("respect"))
    page.table.setFocus()
    press(Qt.Key.Key_Return)
    assert page.answer_table.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    ((name, query),) = asked
    assert (name, query.answer.words) == (
        "visits", "Were detainees treated with respect? Not always",
    )  # fmt: skip
    rows = page.context.services.visits.page(query).rows
    assert [line.id for line in rows] == [signed[1].id]
    press(Qt.Key.Key_Escape)
    assert page.table.hasFocus()


def test_it_comes_back_where_it_was(page) -> None:
    keep(page, good(3))
    assert page.place() == VisitQuery(period=YEAR)
    page.open_target(VisitQuery(period=YEAR.year_before(), site_ids=(SUITE,)))
    assert page.viewmodel.findings == ()
    assert page.place() == VisitQuery(period=YEAR.year_before(), site_ids=(SUITE,))
    page.open_target(YEAR)
    assert page.viewmodel.facts.startswith("1 April 2024 to 31 March 2025: 1 answer to ")


def test_a_group_of_the_scheme_that_had_the_same_sites_all_year_is_offered(page) -> None:
    services = page.context.services
    services.setup.save_site(OTHER)
    west = SiteGroup(UUID(int=71), CUSTODY, GroupKind.PANEL, "West")
    for group, sites in (
        (replace(west, version=0), {SUITE, OTHER.id}),
        (SiteGroup(UUID(int=72), ANIMALS, GroupKind.PANEL, "Dogs", version=0), {KENNELS}),
    ):
        services.groups.save(group, sites)
    keep(page, good(3, respect="MIXED"), site_id=OTHER.id)
    page.context.changed.emit(Changes.SITES)
    assert [group.name for group in page.viewmodel.groups] == ["panel West"]
    page.sites.click()
    for key in (Qt.Key.Key_End, Qt.Key.Key_Space, Qt.Key.Key_Return):
        press(key)
    assert set(page.viewmodel.chosen) == {SUITE, OTHER.id}
    assert page.sites.accessibleName() == "Sites: Panel West"
    assert row(page, "respect")[2:4] == ("1", "1")
    services.groups.save(west, {SUITE}, date(2024, 7, 1))
    page.context.changed.emit(Changes.SITES)
    assert page.viewmodel.groups == ()
    assert page.sites.text() == "Northgate, Southgate"


def seen(*requests, **answers):
    made = [{"kind": kind, "put_right": put_right} for kind, put_right in requests]
    about = answers | ({"requests_made": made} if made else {})
    return OutcomeCount("SEEN", 1, row=ReportRow("M1", answers=about))


def test_requests_are_compared_with_the_year_before(page: FindingsView) -> None:
    report = Report(1, {"overall": "SATISFACTORY"})
    for day, requests in (
        (date(2023, 6, 5), [("CALL", "NO")] * 9 + [("BLANKET", "YES")]),
        (date(2024, 6, 3), [("CALL", "YES")] * 9 + [("BLANKET", "NO"), ("HEALTH", "YES")]),
    ):
        visit = make_visit(day, present=1, counts=(seen(*requests),), report=report)
        sign(page.context.services, visit)
    page.context.changed.emit(Changes.VISITS)
    page.table.selectRow(page.tablemodel.row_of("requests:kind"))
    about = page._about.text()
    assert (
        "year before had 10 requests, and 10% of these were put right: the difference is" in about
    )
    assert not page.answer_table.isColumnHidden(1)
    lines = {line.words: line for line in page.answer_tablemodel.lines}
    assert lines["Telephone call"].change == "0%: a change"
    assert lines["Blanket or warmth"].change == "100%: may be chance"
    assert [line.change for line in lines.values()].count("") == 1


def test_requests_gaps_and_offers_are_listed_with_what_they_mean(page: FindingsView) -> None:
    checked = {"consent_record": "G", "record_checked": "YES", "introduced_by": "VISITOR"}
    counts = (
        seen(("BLANKET", "YES"), ("BLANKET", "NO"), ("CALL", "YES"), **checked),
        seen(**checked | {"record_gaps": ["REVIEW"], "introduced_by": "ESCORT"}),
    )
    report = Report(1, {"overall": "SATISFACTORY"})
    visit = make_visit(date(2024, 6, 3), present=2, counts=counts, report=report)
    sign(page.context.services, visit)
    page.context.changed.emit(Changes.VISITS)
    assert row(page, "requests:kind")[2:] == ("3", "3", "1 (33%)")
    assert answers(page, "requests:kind") == [
        ("Blanket or warmth", "2", "50%"), ("Telephone call", "1", "100%"),
    ]  # fmt: skip
    assert page._about.text().startswith("3 requests, of which 2 (67%) were put right")
    assert ("Late review", "1", "50%") in answers(page, "record_gaps")
    assert "one had a gap (50%; 95% interval 9.5% to 90.5%)" in page._about.text()
    assert answers(page, "introduced_by:outcome") == [
        ("A visitor", "1", "100%"), ("The escort", "1", "100%"),
    ]  # fmt: skip
    assert "The difference may be chance." in page._about.text()
    query = []
    page.context.asked_for.connect(lambda name, target: query.append((name, target)))
    line = page.answer_tablemodel.lines[0]
    page.viewmodel.open_answer(page.viewmodel.question("introduced_by:outcome"), line)
    (name, target), services = query[0], page.context.services
    assert name == "visits"
    assert len(services.visits.page(target).rows) == 1
