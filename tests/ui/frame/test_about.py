"""Who made what, read by keyboard alone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from visitapp.ui.frame.about import AboutDialog, LicencesDialog


def test_the_licences_are_one_button_from_about(qtbot, monkeypatch):
    shown = []
    monkeypatch.setattr(
        LicencesDialog, "exec", lambda dialog: shown.append(dialog.text.toPlainText())
    )
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = AboutDialog(parent, "About visitapp", "visitapp\n\nA program.")
    qtbot.addWidget(dialog)
    dialog.show()
    (found,) = [one for one in dialog.findChildren(QPushButton) if "Licences" in one.text()]
    found.setFocus()
    qtbot.keyClick(found, Qt.Key.Key_Space)
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in shown[0]


def test_the_licences_scroll_by_keyboard_and_tab_leaves_them(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = LicencesDialog(parent)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    bar = dialog.text.verticalScrollBar()
    assert bar.maximum() > 0
    qtbot.keyClick(dialog.text, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    qtbot.keyClick(dialog.text, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert bar.value() == bar.maximum()
