from gc import get_referrers

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.focus_ring import FocusRing, ringed
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.stepper import Stepper


@pytest.fixture
def ring(appearance: Appearance) -> FocusRing:
    return appearance._ring


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(400, 300)
    QVBoxLayout(made)
    qtbot.addWidget(made)
    return made


def _focus(qtbot: QtBot, window: QWidget, widget: QWidget) -> None:
    window.show()
    window.activateWindow()
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)


def test_the_ring_lies_five_pixels_around_the_focused_widget(
    qtbot: QtBot, window: QWidget, ring: FocusRing
) -> None:
    field = QLineEdit()
    window.layout().addWidget(field)
    _focus(qtbot, window, field)
    strokes = ring.strokes()
    assert strokes is not None
    assert strokes.geometry() == field.geometry().adjusted(-5, -5, 5, 5)


def test_the_ring_keeps_no_widget_alive(qtbot: QtBot, window: QWidget, ring: FocusRing) -> None:
    """Else a widget may be destroyed in the midst of a change of focus."""
    held, field, other = QWidget(), QLineEdit(), QLineEdit()
    QVBoxLayout(held).addWidget(field)
    window.layout().addWidget(held)
    window.layout().addWidget(other)
    _focus(qtbot, window, other)
    _focus(qtbot, window, field)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is field)
    assert ring.strokes() is not None
    own = (vars(ring), *vars(ring).values())
    holders = [holder for holder in get_referrers(held, field) if any(holder is o for o in own)]
    assert holders == []


def test_the_ring_is_around_the_whole_of_a_composed_control(
    qtbot: QtBot, window: QWidget, ring: FocusRing
) -> None:
    stepper = Stepper("Seen")
    window.layout().addWidget(stepper)
    _focus(qtbot, window, stepper.number)
    strokes = ring.strokes()
    assert strokes is not None
    assert strokes.width() == stepper.width() + 10
    segments = Segmented("Reading", [(1, "Need"), (2, "Count")])
    assert ringed(segments.segments()[0]) is segments


def test_the_ring_moves_with_the_widget_and_goes_with_it(
    qtbot: QtBot, window: QWidget, ring: FocusRing
) -> None:
    field = QLineEdit(window)
    _focus(qtbot, window, field)
    field.move(50, 60)
    strokes = ring.strokes()
    assert strokes is not None
    assert strokes.pos() == QPoint(45, 55)
    field.hide()
    assert ring.strokes() is None


def test_inside_what_scrolls_the_ring_scrolls_along(
    qtbot: QtBot, window: QWidget, ring: FocusRing
) -> None:
    scroll, inner, field = QScrollArea(), QWidget(), QLineEdit()
    QVBoxLayout(inner).addWidget(field)
    scroll.setWidget(inner)
    window.layout().addWidget(scroll)
    _focus(qtbot, window, field)
    strokes = ring.strokes()
    assert strokes is not None
    assert strokes.parentWidget() is inner


def test_tables_show_the_focus_in_their_cells(qtbot: QtBot, window: QWidget) -> None:
    table = QTableView()
    window.layout().addWidget(table)
    assert ringed(table) is None
    assert ringed(None) is None


def test_a_widget_that_is_destroyed_takes_the_ring_with_it(
    qtbot: QtBot, window: QWidget, ring: FocusRing
) -> None:
    field = QLineEdit()
    window.layout().addWidget(field)
    _focus(qtbot, window, field)
    field.deleteLater()
    qtbot.waitUntil(lambda: ring.strokes() is None)
    window.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
