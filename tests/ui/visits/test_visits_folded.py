"""The page Visits where there is little room: at large text, and in a narrow window."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import make_visit, sign
from visitapp.domain.report.issue import Issue
from visitapp.ui.context import Context
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.theme import theme
from visitapp.ui.visits.tablemodel import COLUMNS, FOLDED
from visitapp.ui.visits.view import VisitsView
from visitapp.ui.visits.viewmodel import WITHDRAWN

DAY = date(2025, 3, 5)


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> VisitsView:
    """Two custody visits, the first with an issue, as wide as in the smallest window."""
    issue = Issue(uuid4(), "FOOD", 2, description="No vegetarian meal was left.")
    for day, issues in ((DAY - timedelta(7), (issue,)), (DAY, ())):
        visit = make_visit(day, issues=issues, type="FOLLOWUP")
        sign(furnished_context.services, visit)
    made = VisitsView(furnished_context)
    qtbot.addWidget(made)
    made.resize(1170, 620)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize(("percent", "folds"), [(100, 0), (150, 5), (200, 7)])
def test_columns_without_room_are_said_in_lines_beneath_the_others(
    page: VisitsView, appearance: Appearance, percent: int, folds: int
) -> None:
    appearance.choose("light", percent)
    QApplication.processEvents()
    table, tablemodel = page.list.table, page.viewmodel.tablemodel
    hidden = [at for at in range(len(COLUMNS)) if table.isColumnHidden(at)]
    assert len(hidden) == folds
    at = next(
        at for at in range(tablemodel.rowCount()) if (row := tablemodel.visit_at(at)) and row.issues
    )
    row = tablemodel.visit_at(at)
    said = str(tablemodel.index(at, 4).data(FOLDED))
    everything = {
        2: row.ref, 3: "Follow-up", 5: "6 there", 6: "3 seen", 7: "waited 3 min", 8: "1 issue",
        9: "Locked",
    }  # fmt: skip
    assert said.split(" \u00b7 ") == ([everything[one] for one in hidden] if hidden else [""])
    heard = str(tablemodel.index(at, 4).data(Qt.ItemDataRole.AccessibleTextRole))
    assert heard.endswith(f"; {said}" if hidden else "Ben Sample")
    below = table.itemDelegate().below
    assert (below > 0) == bool(hidden)
    assert table.rowHeight(at) == pytest.approx(round(46 * percent / 100) + below, abs=2)
    image = table.grab().toImage()
    ink = {
        image.pixelColor(x, table.horizontalHeader().height() + table.rowHeight(0) - 8 - up).name()
        for x in range(8, 300)
        for up in range(0, below, 2)
    }
    assert (theme().colours.text2.lower() in ink) == bool(hidden)


def test_at_large_text_the_filters_wait_behind_a_button_and_order_is_one_of_them(
    page: VisitsView, appearance: Appearance
) -> None:
    assert page.list.period.isVisible()
    assert not page.list.more.isVisible()
    assert not page.list.order.isVisible()
    appearance.choose("light", 200)
    QApplication.processEvents()
    assert not page.list.period.isVisible()
    page.list.more.click()
    assert page.list.period.isVisible()
    assert page.list.order.isVisible()
    assert page.list.order.accessibleName() == "Order: Newest first"
    menu = page.list.order.menu_of_choices()
    next(one for one in menu.actions() if one.text() == "Most issues").trigger()
    menu.deleteLater()
    assert page.viewmodel.tablemodel.visit_at(0).issues == 1
    assert page.list.order.accessibleName() == "Order: Most issues"
    page.viewmodel.choose_states(WITHDRAWN)
    assert page.list.more.text() == "Hide the filters (1 chosen)"
    page.list.more.click()
    assert page.list.more.text() == "Filters (1 chosen)"
    assert not page.list.period.isVisible()
