"""The page People points out whose availability gives the day of a visit away."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.builders import ANNE
from tests.ui.people.test_people_page import shown, words
from visitapp.domain.plan.rota import FreeTime
from visitapp.ui.context import Context
from visitapp.ui.people.tablemodel import NAME


def test_somebody_whose_name_gives_the_day_away_is_pointed_out(
    furnished_context: Context, qtbot: QtBot
) -> None:
    availability = furnished_context.services.availability
    tuesdays = (FreeTime(1, 480, 720),)
    availability.save(replace(availability.of(ANNE), free=tuesdays))
    view = shown(furnished_context, qtbot)
    seen = {}
    view.table.setFocus()
    view.table.setCurrentIndex(view.tablemodel.index(0, 0))
    for row in range(view.tablemodel.rowCount()):
        if row:
            QTest.keyClick(view.table, Qt.Key.Key_Down)
        seen[view.tablemodel.index(row, NAME).data()] = "only one or two days" in words(view)
    assert [name for name, is_narrow in seen.items() if is_narrow] == ["Anne Example"]
