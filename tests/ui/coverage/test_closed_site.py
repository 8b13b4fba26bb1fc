"""A site that is closed asks for nobody on the page Coverage; nothing moves under a held mouse."""

from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.builders import LONG_AGO, SUITE, make_site
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.heatmap import HeatmapReading
from visitapp.ui.context import Context
from visitapp.ui.coverage.view import CoverageView
from visitapp.ui.widgets.heatmap_tablemodel import CELL_ROLE

LEFT = Qt.MouseButton.LeftButton
SITE = uuid4()


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> CoverageView:
    """The running year of the suite, and of one that closed three days ago."""
    closed = make_site(
        id=SITE, name="Southgate", open_periods=(OpenPeriod(LONG_AGO, date(2025, 4, 7)),)
    )
    furnished_context.services.setup.save_site(closed)
    view = CoverageView(furnished_context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.viewmodel.choose_sites((SUITE, SITE))
    view.viewmodel.choose_period(APRIL_YEARS.year_of(date(2025, 4, 1)))
    return view


def test_a_closed_suite_says_go_nowhere_and_counts_in_no_total(page: CoverageView) -> None:
    used, closed = (panel.heatmap.tablemodel for panel in page.grids.panels)
    cell, needed = closed.index(1, 2), used.index(1, 2)
    assert (closed.data(cell, CELL_ROLE).word, used.data(needed, CELL_ROLE).word) == ("–", "Go")
    assert closed.sentence(cell) == "Southgate, Tuesday, 12:00 to 15:59: no visit, now closed"
    assert page.grids.panels[1].visited_text == "Now closed; no timeslot visited"
    assert page.viewmodel.facts.endswith("0 visits, 0 of 35 timeslots visited")
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert "site not in use: no visit needed" in said
    page.viewmodel.choose_reading(HeatmapReading.COUNT)
    assert page.grids.panels[1].visited_text == "0 visits. Now closed; no timeslot visited"
    page.viewmodel.choose_sites((SUITE,))
    page.viewmodel.choose_reading(HeatmapReading.NEED)
    said = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    assert "site not in use: no visit needed" not in said


@pytest.mark.parametrize("high", [420, 712])
def test_nothing_moves_under_the_mouse_while_it_is_held(page: CoverageView, high: int) -> None:
    page.resize(1170, high)
    QApplication.processEvents()
    grid = page.grids.panels[0].heatmap
    view = grid.viewport()
    at = view.mapTo(page, QPoint())
    places = [grid.visualRect(grid.tablemodel.index(r, c)).center() for r, c in ((0, 0), (7, 5))]
    places += [places[1] + QPoint(4, 12), places[0]]
    QTest.mousePress(view, LEFT, pos=places[0])
    for point in places:
        QTest.mouseMove(view, point)
        QApplication.processEvents()
        assert view.mapTo(page, QPoint()) == at
        assert (grid.verticalScrollBar().value(), grid.horizontalScrollBar().value()) == (0, 0)
    QTest.mouseRelease(view, LEFT, pos=places[0])
