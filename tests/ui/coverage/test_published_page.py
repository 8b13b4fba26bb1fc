"""The page Coverage of the demonstration: the published grids, and what withdrawing does."""

import json
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from visitapp import demonstration
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.coverage.view import CoverageView

DATA = Path(__file__).resolve().parents[2] / "data"
PUBLISHED = json.loads((DATA / "published_2023_24.json").read_text(encoding="utf-8"))
YEAR = demonstration.published_years()[0]


@pytest.fixture
def page(demo_context: Context, qtbot: QtBot) -> CoverageView:
    view = CoverageView(demo_context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.viewmodel.choose_period(YEAR)
    return view


def _grid(page: CoverageView, name: str) -> list[list[int]]:
    """The numbers of a site's grid with its totals, as they are painted."""
    panel = next(p for p in page.grids.panels if p.heatmap.tablemodel.coverage.site_name == name)
    tablemodel = panel.heatmap.tablemodel
    return [
        [int(tablemodel.index(row, column).data()) for column in range(tablemodel.columnCount())]
        for row in range(tablemodel.rowCount())
    ]


@pytest.mark.parametrize("site", ["Euston Street", "Keyham Lane"])
def test_the_page_shows_the_published_grid_with_its_totals(page: CoverageView, site: str) -> None:
    custody = PUBLISHED["custody"]
    rows = zip(custody["timeslots"][site], custody["row_totals"][site], strict=True)
    wanted = [[*counts, total] for counts, total in rows]
    whole = custody["visits"]["by_site"][site]
    assert _grid(page, site) == [*wanted, [*custody["column_totals"][site], whole]]


def test_each_withdrawn_visit_is_gone_from_the_page_at_once(
    page: CoverageView, demo_context: Context
) -> None:
    services = demo_context.services
    listed = services.visits.page(VisitQuery(period=YEAR, limit=200)).rows
    for row in listed[::16]:
        visit = services.visits.get(row.id)
        name = next(s.name for s in services.setup.sites() if s.id == visit.site_id)
        if name not in PUBLISHED["custody"]["timeslots"]:
            continue
        before = _grid(page, name)
        at = services.figures.coverage(YEAR, (visit.site_id,))[0].grid.timeslot_at(
            visit.arrived.weekday, visit.arrived.minute
        )
        assert at is not None
        demo_context.changed.emit(services.visits.withdraw(visit.id, "Withdrawn by a test"))
        for i, j in ((at.row, at.column), (at.row, 5), (7, at.column), (7, 5)):
            before[i][j] -= 1
        assert _grid(page, name) == before
