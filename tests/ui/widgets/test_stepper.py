import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from visitapp.ui.widgets.stepper import Stepper


@pytest.fixture
def stepper(qtbot: QtBot) -> Stepper:
    made = Stepper("Seen", most=12)
    qtbot.addWidget(made)
    made.show()
    return made


def test_keys_step_and_digits_are_typed(qtbot: QtBot, stepper: Stepper) -> None:
    seen: list[object] = []
    stepper.changed.connect(seen.append)
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Up, Qt.Key.Key_Minus, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(stepper.number, key)
    qtbot.keyClicks(stepper.number, "1")
    assert seen == [1, 2, 1, 0, 1, 11]


def test_buttons_step_within_the_limits(qtbot: QtBot, stepper: Stepper) -> None:
    stepper.set_value(11)
    qtbot.mouseClick(stepper.plus, Qt.MouseButton.LeftButton)
    assert stepper.value() == 12
    assert not stepper.plus.isEnabled()
    stepper.set_value(0)
    assert not stepper.minus.isEnabled()


def test_a_typed_number_beyond_the_limit_becomes_the_limit(qtbot: QtBot, stepper: Stepper) -> None:
    stepper.number.selectAll()
    qtbot.keyClicks(stepper.number, "13")
    assert stepper.value() == 12
    qtbot.keyClick(stepper.number, Qt.Key.Key_Return)
    assert stepper.number.text() == "12"


def test_letters_are_not_taken(qtbot: QtBot, stepper: Stepper) -> None:
    stepper.number.selectAll()
    qtbot.keyClicks(stepper.number, "x4y")
    assert stepper.value() == 4


def test_empty_is_not_counted_where_that_is_allowed(qtbot: QtBot) -> None:
    stepper = Stepper("In custody", empty=True)
    qtbot.addWidget(stepper)
    assert stepper.value() is None
    stepper.step(1)
    assert stepper.value() == 0
    stepper.number.clear()
    stepper.number.textEdited.emit("")
    assert stepper.value() is None


def test_setting_a_value_tells_nobody(stepper: Stepper) -> None:
    seen: list[object] = []
    stepper.changed.connect(seen.append)
    stepper.set_value(7)
    assert (stepper.value(), seen) == (7, [])


def test_every_part_has_a_name(stepper: Stepper) -> None:
    names = [part.accessibleName() for part in (stepper.number, stepper.minus, stepper.plus)]
    assert names == ["Seen", "One less: Seen", "One more: Seen"]
