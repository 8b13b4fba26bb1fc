"""Every figure of a preview opens the visits that it was counted from."""

import re
from collections import Counter
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tests.ui.reports.behind_figures import Behind
from tests.ui.reports.reports_page import YEAR, shown
from visitapp.domain.year.document_kind import DocumentKind
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.reports.behind import target_of
from visitapp.ui.reports.document_preview import DocumentPreview
from visitapp.ui.reports.view import ReportsView


@pytest.fixture
def page(demo_context: Context, qtbot: QtBot, settle: Settle) -> ReportsView:
    return shown(demo_context, qtbot, settle)


def test_the_list_behind_each_figure_of_the_year_has_the_number_shown(page: ReportsView) -> None:
    """Or its visits add up to it: people, hours, issues, answers. The others are of visits too, but
    nothing at these adds up to them: shares (of two numbers in the same row or table, which are
    exact), what was due, values in pounds, weeks and timeslots as a whole, a month of every quarter
    (*Year, First month*), animals of the register, days to answer, requests, offers, gaps, and
    sentences with several numbers."""
    services, report = page.context.services, page.viewmodel.report
    behind = Behind(services)
    kinds: Counter[str] = Counter()
    for place in report.figures:
        name, query = report.behind(place)
        if name != "visits":
            kinds[name] += 1
        elif place.origin.counts_visits:
            kinds["visits"] += 1
            assert str(behind.page(query).total) == place.value, place
        elif sums := behind.sums(query, place):
            kinds["sums"] += 1
            assert place.value in sums, (place, sums)
        else:
            kinds["counted from"] += 1
            visits = behind.page(query)
            assert visits.total or query.period != YEAR or place.value in ("0", "none"), place
    assert kinds["visits"] > 270
    assert kinds["sums"] > 380
    assert kinds["counted from"] < 160
    assert kinds["people"] > 30
    assert kinds["settings"] > 5, "reviews of custody records"
    known = {place.page for place in report.figures}
    assert known >= set(range(1, 12)), "nearly every page has figures"


def test_every_bar_of_a_chart_opens_its_visits(page: ReportsView) -> None:
    """Beside the chart as a whole; each lies within it."""
    report = page.viewmodel.report
    charts: Counter[str] = Counter()
    whole = None
    for place in report.figures:
        if " chart. " in place.words or place.words.startswith(("Bar divided", "Cascade", "Steps")):
            whole = place
        elif whole is not None and place.page == whole.page and place.top >= whole.top:
            inside = whole.left <= place.left and place.right <= whole.right
            if inside and place.bottom <= whole.bottom:
                charts[re.split("[:.] ", whole.words.replace(". ", " of ", 1))[0]] += 1
    assert charts == {
        "Bar chart of Visits made": 2,
        "Bar chart of Issues": 11,
        "Bar chart of Shares of visitors": 7,
        "Bar divided in three of Visits": 3,
        "Cascade of bars of People": 8,
        "Column chart of Visits by quarter": 8,
        "Steps of Visitors": 3,
    }


def test_a_figure_is_opened_by_keys_or_a_click_and_nothing_beside_one(
    page: ReportsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Any]] = []
    page.context.asked_for.connect(lambda name, target: asked.append((name, target)))
    preview, layer = page.preview, page.preview.figures
    figures, services = page.viewmodel.report.figures, page.context.services

    place = next(place for place in figures if place.words == "Monday, 00:00\u201307:59: 1")
    page.viewmodel.go_to_page(place.page)
    on_page = [each for each in figures if each.page == place.page]
    for _ in range(on_page.index(place) + 2):
        qtbot.keyClick(preview.desk, Qt.Key.Key_Right)
    qtbot.keyClick(preview.desk, Qt.Key.Key_Left)
    assert layer.current == place
    assert layer.toolTip() == place.words
    qtbot.keyClick(preview.desk, Qt.Key.Key_Return)
    name, query = asked.pop()
    assert (name, query.cell.row, query.cell.column) == ("visits", 0, 0)
    assert services.visits.page(query).total == int(place.value)

    place = next(place for place in figures if place.words == "Keyham Lane, Visits made: 51")
    page.viewmodel.go_to_page(place.page)
    qtbot.mouseClick(layer, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert asked == []
    x = round((place.left + place.right) / 2 * layer.width())
    y = round((place.top + place.bottom) / 2 * layer.height())
    qtbot.mouseClick(layer, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
    _, query = asked.pop()
    assert services.visits.page(query).total == 51
    for kind in DocumentKind:
        _opens_in_dialog(page, kind, monkeypatch)
        assert len(asked) == 1
        asked.clear()


def _opens_in_dialog(
    page: ReportsView, kind: DocumentKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first figure of another document on the last quarter, and the number of each list."""
    services, period = page.context.services, YEAR.quarters()[-1]
    laid_out = services.documents.pages(kind, period)

    def opened(dialog: DocumentPreview) -> int:
        dialog.preview.figures.step(1)
        dialog.preview.figures.open_current()
        return dialog.result()

    monkeypatch.setattr(DocumentPreview, "exec", opened)
    page.more._on_made(kind, period, laid_out)
    for place in laid_out.figures:
        name, query = target_of(place, {}, VisitQuery(period=period))
        if place.origin.counts_visits and name == "visits":
            assert str(services.visits.page(query).total) == place.value, place
    squares = [place for place in laid_out.figures if re.search(r"2025: \d$", place.words)]
    assert kind is not DocumentKind.UPDATE or len(squares) == 2 * 13 + 3, "weeks, and months"
