"""None, True and False outlive a window that calls Qt a hundred thousand times."""

import sys

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

_CALLS = 100_000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="there they live for ever")
@pytest.mark.parametrize("constant", [None, True, False])
def test_there_are_references_enough_for_a_year_of_calls(constant: object) -> None:
    assert sys.getrefcount(constant) > 1 << 39


def test_calls_that_answer_nothing_don_t_end_the_process(qtbot: QtBot) -> None:
    widget, place = QWidget(), QRect(0, 0, 40, 30)
    qtbot.addWidget(widget)
    for _ in range(_CALLS):
        widget.setGeometry(place)
    assert widget.geometry() == place
