"""What has the focus is pressed by Enter as by Space."""

import pytest
from PySide6.QtCore import Qt

from visitapp.ui.widgets.buttons import button, link_button, primary_button


@pytest.mark.parametrize("make", [button, primary_button, link_button])
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_each_kind_of_button_is_pressed_by_enter_and_by_space(qtbot, make, key):
    pressed = []
    made = make("Go on", lambda: pressed.append(True))
    qtbot.addWidget(made)
    made.show()
    made.setFocus()
    qtbot.keyClick(made, key)
    assert pressed == [True]


def test_a_button_that_waits_is_not_pressed(qtbot):
    pressed = []
    made = button("Go on", lambda: pressed.append(True))
    qtbot.addWidget(made)
    made.setEnabled(False)
    made.click()
    assert pressed == []
