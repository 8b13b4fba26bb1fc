"""The grid of days by timeslots: what it says, what it shows, and how keys move in it."""

from itertools import pairwise
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, CUSTODY, SUITE
from visitapp.domain.office.grid import WEEKDAYS, Band, DayGroup, Grid
from visitapp.domain.office.scheme import Kind
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.heatmap import HeatmapReading
from visitapp.services.office.reference import reference_grid
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.theme import theme
from visitapp.ui.widgets.heatmap import Heatmap, HeatSample
from visitapp.ui.widgets.heatmap_tablemodel import (
    CELL_ROLE,
    HeatCell,
    HeatmapTableModel,
    TablePart,
    timeslots_text,
)

SUITES = reference_grid(Kind.CUSTODY, CUSTODY)
DOGS = reference_grid(Kind.ANIMAL_WELFARE, ANIMALS)
KEYHAM = ((0, 3, 2, 3, 2), (0, 1, 0, 4, 1), (1, 2, 0, 1, 2), (1, 1, 1, 2, 2), (1, 3, 1, 1, 1),
          (1, 3, 1, 2, 1), (1, 1, 2, 1, 1))  # fmt: skip


def coverage(counts=KEYHAM, grid=SUITES, outside=0, name="Keyham Lane") -> SiteCoverage:
    return SiteCoverage(SUITE, name, grid, counts, outside, 18)


def shown(
    grid: Grid, reading=HeatmapReading.NEED, *, closed=False, counts=KEYHAM
) -> HeatmapTableModel:
    tablemodel = HeatmapTableModel(coverage(counts, grid))
    tablemodel.show(coverage(counts, grid), reading, closed=closed)
    return tablemodel


def sentences(tablemodel: HeatmapTableModel) -> dict[tuple[int, int], str]:
    return {
        (row, column): tablemodel.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(tablemodel.rowCount())
        for column in range(tablemodel.columnCount())
    }


@st.composite
def grids_and_counts(draw):
    days = draw(st.permutations(range(7)))[: draw(st.integers(1, 7))]
    edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=6)))
    grid = Grid(
        uuid4(), CUSTODY, "any", tuple(DayGroup(WEEKDAYS[day], (day,)) for day in days),
        tuple(Band(start, end) for start, end in pairwise(edges)),
    )  # fmt: skip
    number = st.integers(0, 2000)
    counts = tuple(tuple(draw(number) for _ in grid.bands) for _ in grid.days)
    return grid, counts


@pytest.mark.parametrize("grid", [SUITES, DOGS], ids=["suites", "kennels"])
def test_the_model_behaves(grid, qtmodeltester: ModelTester):
    counts = tuple(tuple(1 for _ in grid.bands) for _ in grid.days)
    qtmodeltester.check(shown(grid, counts=counts))


def test_a_cell_says_where_when_and_whether_to_go():
    said = sentences(shown(SUITES))
    assert said[1, 2] == "Keyham Lane, Tuesday, 12:00 to 15:59: no visit yet, needed"
    assert said[1, 3] == "Keyham Lane, Tuesday, 16:00 to 19:59: 4 visits"
    assert said[1, 1] == "Keyham Lane, Tuesday, 08:00 to 11:59: 1 visit"
    assert said[1, 5] == "Keyham Lane, Tuesday, all day: 6 visits"
    assert said[7, 4] == "Keyham Lane, every day, 20:00 to 23:59: 10 visits"
    assert said[7, 5] == "Keyham Lane, all timeslots: 50 visits"


def test_a_closed_year_asks_nobody_to_go():
    said = sentences(shown(SUITES, closed=True))
    assert said[1, 2] == "Keyham Lane, Tuesday, 12:00 to 15:59: no visit"
    assert not any("needed" in sentence for sentence in said.values())
    model = shown(SUITES, closed=True)
    assert model.index(1, 2).data(CELL_ROLE).word == "No visit"
    assert shown(SUITES).index(1, 2).data(CELL_ROLE).word == "Go"


def test_a_grid_with_hours_in_no_timeslot_does_not_say_all_day():
    counts = ((1, 1), (1, 1), (1, 1), (1, 1), (1, 2), (0, 1))
    said = sentences(shown(DOGS, counts=counts))
    assert said[5, 2] == "Keyham Lane, Saturday/Sunday, all timeslots: 1 visit"
    assert said[5, 0] == "Keyham Lane, Saturday/Sunday, 07:00 to 12:59: no visit yet, needed"


@given(grids_and_counts(), st.sampled_from(HeatmapReading), st.booleans())
def test_every_cell_and_total_reads_as_its_own_sentence(drawn, reading, closed):
    grid, counts = drawn
    model = shown(grid, reading, closed=closed, counts=counts)
    said = sentences(model)
    assert len(set(said.values())) == (len(grid.days) + 1) * (len(grid.bands) + 1)
    for (row, column), sentence in said.items():
        index = model.index(row, column)
        assert index.data(Qt.ItemDataRole.ToolTipRole) == sentence
        count = int(index.data().replace(",", ""))
        place, told = sentence.rsplit(": ", 1)
        assert place.startswith("Keyham Lane, ")
        if count:
            assert told == ("1 visit" if count == 1 else f"{count:,} visits")
        else:
            assert told.startswith("no visit")


@given(grids_and_counts())
def test_totals_shown_equal_the_sums_of_what_is_shown(drawn):
    grid, counts = drawn
    model = shown(grid, counts=counts)
    last_row, last_column = len(grid.days), len(grid.bands)

    def number(row: int, column: int) -> int:
        return int(model.index(row, column).data().replace(",", ""))

    for row in range(last_row + 1):
        assert number(row, last_column) == sum(number(row, c) for c in range(last_column))
    for column in range(last_column + 1):
        assert number(last_row, column) == sum(number(r, column) for r in range(last_row))


def test_what_is_left_is_said_in_words():
    assert timeslots_text(coverage(), closed=False) == "31 of 35 timeslots visited, 4 to go"
    closed = timeslots_text(coverage(), closed=True)
    assert closed == "31 of 35 timeslots visited, 4 without a visit"
    full = coverage(tuple((1,) * 5 for _ in range(7)))
    assert timeslots_text(full, closed=False) == "35 of 35 timeslots visited"


def test_days_are_shortened_for_several_sites():
    model = shown(DOGS, counts=((1, 1),) * 6)
    model.set_compact(True)
    heads = [model.headerData(row, Qt.Orientation.Vertical) for row in range(7)]
    assert heads == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat/Sun", "Total"]


@pytest.fixture
def heatmap(qtbot: QtBot) -> Heatmap:
    made = Heatmap(coverage())
    made.show_coverage(coverage(), HeatmapReading.NEED, closed=False)
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(made)
    column.addWidget(QLineEdit())
    holder.resize(560, 420)
    qtbot.addWidget(holder)
    holder.show()
    holder.activateWindow()
    made.setFocus()
    made.holder = holder
    return made


def picture(heatmap: Heatmap) -> QImage:
    return heatmap.viewport().grab().toImage()


def colours_in(heatmap: Heatmap, row: int, column: int) -> set[str]:
    image = picture(heatmap)
    cell = heatmap.visualRect(heatmap.tablemodel.index(row, column))
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(cell.left(), cell.right())
        for y in range(cell.top(), cell.bottom())
    }


def name(token: str) -> str:
    return theme().colour(token).name()


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_need_and_done_differ_in_more_than_hue(heatmap, choice, appearance: Appearance):
    appearance.choose(choice, 100)
    heatmap.setCurrentIndex(QModelIndex())
    go, done = colours_in(heatmap, 1, 2), colours_in(heatmap, 1, 3)
    assert {name("needGo"), name("text")} <= go  # solid, with an edge
    assert {name("needDone"), name("needHatch")} <= done  # hatched
    assert not {name("needGo")} & done
    assert not {name("needHatch"), name("needDone")} & go


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_count_has_one_shade_a_step(heatmap, choice, appearance: Appearance):
    appearance.choose(choice, 100)
    counts = ((0, 1, 2, 3, 4), (5, 6, 99, 0, 0)) + ((0,) * 5,) * 5
    heatmap.show_coverage(coverage(counts), HeatmapReading.COUNT, closed=False)
    heatmap.setCurrentIndex(QModelIndex())
    for column in range(5):
        assert name(f"c{column}") in colours_in(heatmap, 0, column)
    for column in range(3):
        assert name("c5") in colours_in(heatmap, 1, column)
    assert name("edge") in colours_in(heatmap, 0, 0)


def test_the_focus_is_ringed_inside_its_cell(heatmap, qtbot: QtBot):
    qtbot.waitUntil(heatmap.hasFocus)
    heatmap.setCurrentIndex(heatmap.tablemodel.index(2, 3))
    assert name("ringInner") in colours_in(heatmap, 2, 3)
    assert name("ringInner") not in colours_in(heatmap, 2, 2)
    heatmap.mark_listed(heatmap.tablemodel.index(4, 4))
    assert name("text") in colours_in(heatmap, 4, 4)


def test_arrows_move_and_enter_chooses(heatmap, qtbot: QtBot):
    qtbot.waitUntil(heatmap.hasFocus)
    heatmap.setCurrentIndex(heatmap.tablemodel.index(0, 0))
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(heatmap, key)
    with qtbot.waitSignal(heatmap.chosen) as caught:
        qtbot.keyClick(heatmap, Qt.Key.Key_Return)
    assert heatmap.tablemodel.sentence(caught.args[0]).endswith("Tuesday, 16:00 to 19:59: 4 visits")


def test_a_click_chooses_and_tab_leaves(heatmap, qtbot: QtBot):
    qtbot.waitUntil(heatmap.hasFocus)
    cell = heatmap.visualRect(heatmap.tablemodel.index(0, 1)).center()
    with qtbot.waitSignal(heatmap.chosen) as caught:
        qtbot.mouseClick(heatmap.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert (caught.args[0].row(), caught.args[0].column()) == (0, 1)
    qtbot.keyClick(heatmap, Qt.Key.Key_Tab)
    assert not heatmap.hasFocus()


@pytest.mark.parametrize(
    ("row", "column", "asked"),
    [(6, 4, (6, 4)), (0, 5, (0, None)), (7, 0, (None, 0)), (7, 5, (None, None))],
)
def test_a_number_knows_the_visits_behind_it_and_they_know_the_number(heatmap, row, column, asked):
    tablemodel = heatmap.tablemodel
    cell = tablemodel.query(tablemodel.index(row, column))
    assert (cell.row, cell.column) == asked
    assert tablemodel.index_of(cell) == tablemodel.index(row, column)


def test_the_cursor_stays_while_other_counts_are_shown(heatmap):
    heatmap.setCurrentIndex(heatmap.tablemodel.index(3, 3))
    heatmap.show_coverage(coverage(), HeatmapReading.COUNT, closed=True)
    assert (heatmap.currentIndex().row(), heatmap.currentIndex().column()) == (3, 3)


@pytest.mark.parametrize("compact", [False, True])
@pytest.mark.parametrize("percent", [90, 100, 150, 200])
def test_the_grid_is_whole_at_every_text_size(
    heatmap, percent, compact, appearance: Appearance, qtbot: QtBot
):
    appearance.choose("light", percent)
    heatmap.set_compact(compact)
    wide = heatmap.minimumSizeHint().width() if compact else heatmap.wanted_width(compact=False)
    heatmap.setFixedWidth(wide)
    qtbot.waitUntil(lambda: heatmap.width() == wide)
    last = heatmap.visualRect(heatmap.tablemodel.index(7, 5))
    assert heatmap.viewport().rect().contains(last)
    cell = heatmap.visualRect(heatmap.tablemodel.index(0, 0))
    assert cell.width() >= theme().px(44)
    assert cell.height() >= theme().px(30)


@pytest.mark.parametrize("closed", [False, True])
def test_the_legend_is_painted_like_the_grid(closed, qtbot: QtBot):
    sample = HeatSample(HeatCell(TablePart.CELL, 0, HeatmapReading.NEED, closed))
    qtbot.addWidget(sample)
    sample.resize(sample.sizeHint())
    image = sample.grab().toImage()
    found = {
        QColor(image.pixel(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
    }
    assert {name("needGo"), name("onNeedGo")} <= found
