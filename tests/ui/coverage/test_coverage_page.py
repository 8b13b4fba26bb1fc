"""The page Coverage over a real file: what it counts, says, lists and saves."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.builders import (
    CUSTODY,
    KENNELS,
    SUITE,
    at,
    make_kennel_visit,
    make_site,
    make_visit,
    sign,
)
from tests.ui import looking
from visitapp.domain.changes import Changes
from visitapp.domain.office.grid import Band
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.heatmap import HeatmapReading
from visitapp.domain.year.visit_list import CellQuery, VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.coverage.spread import spreads
from visitapp.ui.coverage.view import CoverageView
from visitapp.ui.look.appearance import Appearance

YEAR = APRIL_YEARS.year_of(date(2024, 4, 1))
THIS_YEAR = APRIL_YEARS.year_of(date(2025, 4, 1))
WEDNESDAY = date(2025, 3, 5)


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> CoverageView:
    return shown(furnished_context, qtbot)


def shown(context: Context, qtbot: QtBot) -> CoverageView:
    view = CoverageView(context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    return view


def numbers(view: CoverageView, site: int = 0) -> list[list[int]]:
    tablemodel = view.grids.panels[site].heatmap.tablemodel
    return [
        [int(tablemodel.index(row, column).data()) for column in range(tablemodel.columnCount())]
        for row in range(tablemodel.rowCount())
    ]


def cell_of(view: CoverageView, row: int, column: int) -> CellQuery:
    tablemodel = view.grids.panels[0].heatmap.tablemodel
    return tablemodel.query(tablemodel.index(row, column))


def words(view: CoverageView) -> str:
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def keep(context: Context, *visits) -> None:
    for visit in visits:
        sign(context.services, visit)
    context.changed.emit(Changes.VISITS)


def test_a_signed_visit_is_seen_at_once_and_a_withdrawn_one_is_gone_at_once(page, qtbot):
    page.viewmodel.choose_period(YEAR)
    assert numbers(page)[2] == [0, 0, 0, 0, 0, 0]
    visit = sign(page.context.services, make_visit(WEDNESDAY))
    page.context.changed.emit(Changes.VISITS)
    assert numbers(page)[2] == [0, 0, 1, 0, 0, 1]
    assert page.grids.panels[0].visited_text == "1 of 35 timeslots visited, 34 without a visit"
    changes = page.context.services.visits.withdraw(visit.id, "entered twice")
    page.context.changed.emit(changes)
    assert numbers(page)[2] == [0, 0, 0, 0, 0, 0]
    assert numbers(page)[7][5] == 0


def test_totals_shown_are_the_sums_of_what_is_shown(demo_context, qtbot):
    view = shown(demo_context, qtbot)
    view.viewmodel.choose_sites(())
    for site in range(len(view.grids.panels)):
        table = numbers(view, site)
        *rows, foot = table
        for row in rows:
            assert row[-1] == sum(row[:-1])
        assert foot == [sum(row[column] for row in rows) for column in range(len(foot))]


def test_the_published_year_with_its_last_column_put_right(demo_context, qtbot):
    view = shown(demo_context, qtbot)
    view.viewmodel.choose_period(APRIL_YEARS.year_of(date(2023, 4, 1)))
    assert [panel.accessibleName() for panel in view.grids.panels] == [
        "Euston Street", "Keyham Lane",
    ]  # fmt: skip
    assert numbers(view, 0)[7] == [6, 10, 10, 12, 13, 51]
    assert numbers(view, 1)[7] == [5, 14, 7, 14, 10, 50]
    facts = "1 April 2023 to 31 March 2024: 101 visits, 64 of 70 timeslots visited"
    assert facts in words(view)
    assert view.list_button.text() == "List the 101 visits"
    tablemodel = view.grids.panels[1].heatmap.tablemodel
    assert tablemodel.sentence(tablemodel.index(1, 2)) == (
        "Keyham Lane, Tuesday, 12:00 to 15:59: no visit"
    )
    view.viewmodel.choose_sites(
        tuple(site.id for site in view.viewmodel.sites if site.kind.value == "kennels")
    )
    assert numbers(view)[6] == [5, 7, 12]
    assert view.grids.panels[0].visited_text == "11 of 12 timeslots visited, 1 without a visit"


def test_this_year_says_go_and_a_closed_one_does_not(page):
    page.viewmodel.choose_period(THIS_YEAR)
    assert page.grids.panels[0].visited_text == "0 of 35 timeslots visited, 35 to go"
    assert "no visit yet: please go" in words(page)
    page.viewmodel.choose_period(YEAR)
    assert page.grids.panels[0].visited_text == "0 of 35 timeslots visited, 35 without a visit"
    assert "please go" not in words(page)
    assert "no visit was made" in words(page)


def test_in_april_the_last_twelve_months_come_first(page):
    assert page.viewmodel.period == Period(date(2024, 4, 11), date(2025, 4, 10))
    assert page.period.text() == "Last 12 months"


def test_visits_outside_every_timeslot_are_always_said_and_never_dropped(page):
    page.viewmodel.choose_sites((KENNELS,))
    assert "Not in any timeslot: 0 visits" in words(page)
    keep(
        page.context,
        make_kennel_visit(WEDNESDAY),
        make_kennel_visit(WEDNESDAY, id=uuid4(), arrived=at(WEDNESDAY, 13, 30),
                          admitted=at(WEDNESDAY, 13, 30), left=at(WEDNESDAY, 14)),
    )  # fmt: skip
    assert "Not in any timeslot: 1 visit" in words(page)
    assert numbers(page)[6] == [1, 0, 1]
    assert "2 visits" in page.list_button.text()
    page.viewmodel.choose_reading(HeatmapReading.COUNT)
    assert page.grids.panels[0].visited_text == (
        "2 visits, 1 not in any timeslot, 1 of 12 timeslots"
    )


def test_training_visits_are_counted_nowhere(page):
    keep(page.context, make_visit(WEDNESDAY, type="TRAINING"))
    assert numbers(page)[7][5] == 0
    assert page.list_button.isHidden()


def test_enter_on_a_cell_lists_its_visits_and_escape_puts_them_away(page, qtbot):
    keep(page.context, make_visit(WEDNESDAY), make_visit(date(2025, 2, 26), id=uuid4()))
    heatmap = page.grids.panels[0].heatmap
    heatmap.setFocus()
    qtbot.waitUntil(heatmap.hasFocus)
    heatmap.setCurrentIndex(heatmap.tablemodel.index(2, 1))
    qtbot.keyClick(heatmap, Qt.Key.Key_Right)
    qtbot.keyClick(heatmap, Qt.Key.Key_Return)
    assert page.cell_list.isVisible()
    assert page.cell_list.title == "Northgate, Wednesday, 12:00 to 15:59: 2 visits"
    assert page.cell_list.words == (
        "Wed 5 Mar 2025, 14:00: Anne Example and Ben Sample; waited 3 min, 3 seen",
        "Wed 26 Feb 2025, 14:00: Anne Example and Ben Sample; waited 3 min, 3 seen",
    )
    assert heatmap.hasFocus()
    qtbot.keyClick(heatmap, Qt.Key.Key_Escape)
    assert page.cell_list.isHidden()


def test_a_click_on_an_empty_cell_says_that_nobody_came(page, qtbot):
    heatmap = page.grids.panels[0].heatmap
    cell = heatmap.visualRect(heatmap.tablemodel.index(0, 0)).center()
    qtbot.mouseClick(heatmap.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert page.cell_list.title == "Northgate, Monday, 00:00 to 07:59: no visit"
    assert page.cell_list.words == ()


def test_enter_on_a_total_lists_the_visits_that_it_adds_up(page, qtbot):
    keep(page.context, make_visit(WEDNESDAY), make_visit(date(2025, 3, 6), id=uuid4()))
    heatmap = page.grids.panels[0].heatmap
    heatmap.setCurrentIndex(heatmap.tablemodel.index(2, 5))
    qtbot.keyClick(heatmap, Qt.Key.Key_Return)
    assert page.cell_list.title == "Northgate, Wednesday, all day: 1 visit"
    qtbot.keyClick(heatmap, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(heatmap, Qt.Key.Key_Return)
    assert page.cell_list.title == "Northgate, all timeslots: 2 visits"
    assert len(page.cell_list.words) == 2


def test_the_list_goes_on_in_visits_with_the_same_query(page, qtbot):
    keep(page.context, make_visit(WEDNESDAY))
    page.viewmodel.list_cell(cell_of(page, 2, 2), "Northgate")
    with qtbot.waitSignal(page.context.asked_for) as caught:
        page.viewmodel.open_listed()
    name, query = caught.args
    assert name == "visits"
    assert page.context.services.visits.page(query).total == 1
    assert query.cell == replace(page.viewmodel.listed_query).cell
    with qtbot.waitSignal(page.context.asked_for) as caught:
        qtbot.mouseClick(page.list_button, Qt.MouseButton.LeftButton)
    assert page.context.services.visits.page(caught.args[1]).total == 1


def test_a_listed_cell_follows_what_is_signed_later(page):
    page.viewmodel.list_cell(cell_of(page, 2, 2), "Northgate, Wednesday")
    assert page.cell_list.title == "Northgate, Wednesday: no visit"
    keep(page.context, make_visit(WEDNESDAY))
    assert page.cell_list.title == "Northgate, Wednesday: 1 visit"


def test_an_edited_grid_counts_the_past_anew(page):
    keep(page.context, make_visit(WEDNESDAY))
    page.viewmodel.list_cell(cell_of(page, 2, 2), "Northgate")
    setup = page.context.services.setup
    grid = setup.grids(CUSTODY)[0]
    page.context.changed.emit(setup.save_grid(replace(grid, bands=(Band(0, 720), Band(900, 1440)))))
    assert numbers(page)[2] == [0, 0, 0]
    assert "Not in any timeslot: 1 visit" in words(page)
    assert page.cell_list.isHidden()  # its timeslot is no more


def test_a_page_out_of_sight_counts_when_it_is_back(page):
    page.hide()
    keep(page.context, make_visit(WEDNESDAY))
    page.show()
    assert numbers(page)[2][2] == 1


def test_sites_stand_side_by_side_then_shorter_then_below_one_another(
    page, appearance: Appearance, qtbot
):
    setup = page.context.services.setup
    for at_place, name in enumerate(("Southgate", "Westgate"), 1):
        setup.save_site(make_site(id=uuid4(), name=name, position=at_place, version=0))
    page.context.changed.emit(Changes.SITES)
    page.viewmodel.choose_sites(
        tuple(site.id for site in page.viewmodel.sites if site.scheme_id == CUSTODY)
    )

    def rows() -> int:
        return len({panel.y() for panel in page.grids.panels})

    def day() -> str:
        tablemodel = page.grids.panels[0].heatmap.tablemodel
        return tablemodel.headerData(0, Qt.Orientation.Vertical)

    qtbot.waitUntil(lambda: rows() == 1 and day() == "Mon")
    page.resize(1724, 1024)
    qtbot.waitUntil(lambda: page.grids.width() > 1300 and rows() == 1)
    page.viewmodel.choose_sites((SUITE,))
    qtbot.waitUntil(lambda: len(page.grids.panels) == 1 and day() == "Monday")
    page.viewmodel.choose_sites(())
    appearance.choose("light", 150)
    qtbot.waitUntil(lambda: rows() == len(page.grids.panels))


@pytest.mark.parametrize(("form", "begins"), [
    (".png", b"\x89PNG"), (".svg", b"<"), (".xlsx", b"PK"),
])  # fmt: skip
def test_the_grids_are_saved_where_the_person_says(
    page, form, begins, tmp_path: Path, monkeypatch, settle, qtbot
):
    out = tmp_path / f"coverage{form}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    with qtbot.waitSignal(page.context.message, timeout=20_000) as caught:
        page.ask_where("form", form)
    settle(page.context)
    assert out.read_bytes().startswith(begins)
    assert caught.args == [f"The coverage was saved as coverage{form}."]


def test_a_place_that_cannot_be_written_is_said_in_the_page(
    page, tmp_path: Path, monkeypatch, settle
):
    out = tmp_path / "missing" / "coverage.png"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    page.ask_where("PNG picture", ".png")
    settle(page.context)
    assert [banner.kind for banner in page.banners()] == ["bad"]
    assert not out.exists()


def test_nothing_is_written_when_the_dialog_is_cancelled(page, monkeypatch, tmp_path, settle):
    settle(page.context)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    page.ask_where("PNG picture", ".png")
    assert not page.context.jobs.is_busy


def test_the_picture_is_copied_by_its_key(page, qtbot, settle):
    QGuiApplication.clipboard().clear()
    heatmap = page.grids.panels[0].heatmap
    heatmap.setFocus()
    qtbot.waitUntil(heatmap.hasFocus)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(heatmap, Qt.Key.Key_C, modifiers)
    assert page.context.jobs.is_busy
    settle(page.context)
    assert QGuiApplication.clipboard().image().width() > 300


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_grids_and_list_fit_at_every_text_size(
    demo_context, percent, appearance: Appearance, qtbot
):
    view = shown(demo_context, qtbot)
    appearance.choose("light", percent)
    view.viewmodel.choose_sites(())
    view.viewmodel.list_cell(cell_of(view, 0, 1), "Somewhere")
    for _ in range(4):
        QApplication.processEvents()
    assert looking.cut_at_rest(view) == []
    assert looking.nameless(view) == []
    assert looking.out_of_order(view) == []


def test_an_empty_file_offers_the_first_step(context, qtbot):
    view = shown(context, qtbot)
    assert "Add the first suite or kennels" in words(view)
    assert not view.grids.isVisible()
    with qtbot.waitSignal(context.asked_for) as caught:
        qtbot.mouseClick(view._empty.findChild(type(view.list_button)), Qt.MouseButton.LeftButton)
    assert caught.args == ["settings", "sites"]


def test_the_page_comes_back_to_its_place(page, furnished_context, qtbot):
    page.viewmodel.choose_period(YEAR)
    page.viewmodel.choose_sites((KENNELS,))
    other = shown(furnished_context, qtbot)
    other.open_target(page.place())
    assert other.viewmodel.period == YEAR
    assert other.viewmodel.chosen == (KENNELS,)
    other.open_target(VisitQuery(period=THIS_YEAR))
    assert other.viewmodel.chosen == ()


def test_the_sites_of_a_group_are_chosen_together(demo_context, qtbot):
    view = shown(demo_context, qtbot)
    names = {site.name: site.id for site in view.viewmodel.sites}
    groups = {group.name: group.site_ids for group in view.viewmodel.groups}
    ticks = view.sites._ticks.list
    at_north = next(at for at in range(ticks.count()) if ticks.item(at).text() == "Panel North")
    ticks.item(at_north).setCheckState(Qt.CheckState.Checked)
    assert set(view.viewmodel.chosen) == groups["panel North"]
    shown_sites = [coverage.site_name for coverage in view.viewmodel.coverages]
    assert {names[name] for name in shown_sites} == groups["panel North"]
    assert view.sites.text() == "Panel North"


def test_the_furthest_from_an_even_share_is_said(demo_context, qtbot):
    view = shown(demo_context, qtbot)
    view.viewmodel.choose_period(APRIL_YEARS.year_of(date(2023, 4, 1)))
    qtbot.waitUntil(lambda: "Both suites by weekday" in words(view))
    assert "Monday: 20 of 101; an equal share would be 14." in words(view)
    assert "00:00 to 07:59: 11 of 101; an equal share would be 20." in words(view)


def test_grids_of_other_shapes_are_added_up_apart(demo_context, qtbot):
    view = shown(demo_context, qtbot)
    view.viewmodel.choose_period(APRIL_YEARS.year_of(date(2023, 4, 1)))
    view.viewmodel.choose_sites(())
    found = spreads(view.viewmodel.coverages, view.viewmodel.kinds())
    assert [sum(count for _, _, count in by_day.bars) for by_day, _ in found] == [101, 12]
    assert found[1][0].title.endswith("Dog Unit by weekday")


def test_a_spread_has_nothing_to_say_of_few_visits():
    empty = SiteCoverage(SUITE, "Northgate", _grid(), ((0, 0), (0, 0)), 0)
    few = replace(empty, counts=((1, 0), (0, 0)))
    even = replace(empty, counts=((3, 3), (3, 3)))
    said = [[spread.sentence for spread in spreads([one], [None])[0]] for one in (empty, few, even)]
    assert said == [
        ["No visits in any timeslot."] * 2,
        ["Too few visits to compare."] * 2,
        ["Evenly spread."] * 2,
    ]


def _grid():
    from visitapp.domain.office.grid import DayGroup, Grid

    days = (DayGroup("Monday", (0,)), DayGroup("Tuesday", (1,)))
    return Grid(uuid4(), CUSTODY, "small", days, (Band(0, 720), Band(720, 1440)))
