"""Rows that go on in the next line: where widgets end up."""

import pytest
from pytestqt.qtbot import QtBot

from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label


@pytest.fixture
def row(qtbot: QtBot) -> FlowRow:
    made = FlowRow(gap=10)
    qtbot.addWidget(made)
    return made


def test_what_follows_a_stretch_ends_at_the_right(row, qtbot):
    first, second, third = button("First"), button("Second"), button("Third")
    row.add(first)
    row.add_stretch()
    row.add(second)
    row.add(third)
    row.resize(600, 40)
    row.show()
    assert first.x() == 0
    assert third.geometry().right() == row.width() - 1
    assert second.geometry().right() + 11 == third.x()


def test_without_room_to_spare_they_go_on_below_at_the_right(row, qtbot):
    wide, other = button("A button with many words in it"), button("Another")
    row.add(wide)
    row.add_stretch()
    row.add(other)
    row.resize(wide.sizeHint().width() + 20, 100)
    row.show()
    assert other.y() > wide.geometry().bottom()
    assert other.geometry().right() == row.width() - 1


def test_widgets_of_a_line_stand_in_its_middle(row, qtbot):
    low, high = label("low"), button("High")
    row.add(low)
    row.add(high)
    row.resize(400, 60)
    row.show()
    assert abs(low.geometry().center().y() - high.geometry().center().y()) <= 1


def test_text_that_wraps_takes_one_line_where_there_is_room(row, qtbot):
    words = label("Only Keyham Lane, Tuesday, 16:00 to 19:59; without training", wrap=True)
    row.add(words)
    row.add(button("Show all"))
    row.resize(800, 60)
    row.show()
    assert words.height() < 2 * words.fontMetrics().lineSpacing()
    row.resize(200, 200)
    assert words.width() <= 200
    assert words.height() >= 2 * words.fontMetrics().lineSpacing()


def test_a_cleared_row_forgets_its_stretch(row, qtbot):
    row.add_stretch()
    row.add(button("Right"))
    row.clear()
    left = button("Left")
    row.add(left)
    row.resize(400, 40)
    row.show()
    assert left.x() == 0
