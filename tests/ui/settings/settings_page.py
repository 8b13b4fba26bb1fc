"""The page Settings in a window, for the tests of its sections."""

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from visitapp.ui.context import Context
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.view import SettingsView


def shown(context: Context, qtbot: QtBot, section: str = "office") -> SettingsView:
    view = SettingsView(context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    view.show_section(section)
    return view


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> SettingsView:
    return shown(furnished_context, qtbot)


def at_section(page: SettingsView, name: str):
    page.show_section(name)
    return page.section


def cells(section: EntriesSection) -> list[list[str]]:
    tablemodel = section.tablemodel
    return [
        [tablemodel.index(row, column).data() for column in range(tablemodel.columnCount())]
        for row in range(tablemodel.rowCount())
    ]


def words(widget: QWidget) -> str:
    return "\n".join(
        label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)
    )


def retype(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, text)
