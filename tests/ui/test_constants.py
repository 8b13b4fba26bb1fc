"""A window that calls Qt a hundred thousand times leaves None, True and False as they were.

PySide 6.12.0 gave them back without taking a reference, which ends the process under Python
3.11; the lock holds a version that counts.
"""

import sys

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

_CALLS = 100_000


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="there they live for ever")
def test_calls_of_qt_take_as_many_references_as_they_give_back(qtbot: QtBot) -> None:
    widget, place = QWidget(), QRect(0, 0, 40, 30)
    qtbot.addWidget(widget)
    before = [sys.getrefcount(constant) for constant in (None, True, False)]
    for _ in range(_CALLS):
        widget.setGeometry(place)
        widget.isVisible()
        widget.isEnabled()
    after = [sys.getrefcount(constant) for constant in (None, True, False)]
    for old, new in zip(before, after, strict=True):
        assert abs(new - old) < _CALLS / 100
