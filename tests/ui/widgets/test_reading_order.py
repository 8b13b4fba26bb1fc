"""Tab goes through a page as it is read."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import focus, names_of_focus, press
from visitapp.ui.context import Context
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.picker import Picker


def field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    return made


def test_tab_reaches_what_was_made_later_in_its_place(
    furnished_context: Context, qtbot: QtBot
) -> None:
    page = Page(furnished_context, "A page")
    qtbot.addWidget(page)
    flow = FlowRow(field("third"))
    page.body.addWidget(field("first"))
    page.body.addWidget(flow)
    page.body.addWidget(field("last"))
    page.set_foot(field("foot"))
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    inner = QHBoxLayout()
    inner.addWidget(Picker("second"))
    page.body.insertLayout(1, inner)
    flow.add(field("fourth"))
    out_of_sight, resting = field("out of sight"), field("resting")
    for one in (out_of_sight, resting):
        page.body.insertWidget(1, one)
    out_of_sight.hide()
    resting.setEnabled(False)
    page.setFocus()
    press(Qt.Key.Key_Tab)
    order = ["first", "second", "third", "fourth", "last", "foot", "first"]
    assert names_of_focus(6) == order
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert focus().accessibleName() == "foot"


def test_what_tab_comes_to_is_scrolled_into_sight(furnished_context: Context, qtbot: QtBot) -> None:
    page = Page(furnished_context, "A page", scrolls=False)
    qtbot.addWidget(page)
    before, inner, area = field("before"), QWidget(), QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    column = QVBoxLayout(inner)
    column.addSpacing(2000)
    column.addWidget(field("far below"))
    area.setWidget(inner)
    page.body.addWidget(before)
    page.body.addWidget(area)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    before.setFocus()
    press(Qt.Key.Key_Tab)
    assert focus().accessibleName() == "far below"
    assert not focus().visibleRegion().isEmpty()
