"""Answers for equality monitoring: behind a button, in a window of their own, by keys alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.builders import ANNE
from visitapp.domain.office.monitoring import Characteristic, MonitoringAnswers
from visitapp.ui.context import Context
from visitapp.ui.people.monitoring_dialog import MonitoringDialog
from visitapp.ui.people.view import PeopleView

GENDER, AGE = Characteristic.GENDER, Characteristic.AGE


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> PeopleView:
    view = PeopleView(furnished_context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    view.open_target(ANNE)
    return view


def of_anne(page: PeopleView) -> MonitoringAnswers:
    return page.context.services.monitoring.of(ANNE)


def in_the_window(
    page: PeopleView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *keys: str
) -> None:
    """Press the button, type into the choices one after the other, and save."""

    def by_keys(dialog: MonitoringDialog) -> QDialog.DialogCode:
        dialog.show()
        dialog.activateWindow()
        for picker, words in zip(dialog.pickers.values(), keys, strict=False):
            field = picker.lineEdit()
            qtbot.waitUntil(field.hasFocus)
            QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClicks(field, words)
            picker.list_shown().hide()
            QTest.keyClick(field, Qt.Key.Key_Tab)
        dialog.accept()
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(MonitoringDialog, "exec", by_keys)
    page.details.monitoring_button.setFocus()
    QTest.keyClick(page.details.monitoring_button, Qt.Key.Key_Space)


def test_answers_are_entered_by_keys_and_erased_again(
    page: PeopleView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_window(page, qtbot, monkeypatch, "Female", "60")
    assert of_anne(page).answers == {GENDER: "FEMALE", AGE: "60"}
    in_the_window(page, qtbot, monkeypatch, "Not answered", "Not answered")
    assert of_anne(page) == MonitoringAnswers(ANNE)


def test_nothing_of_the_answers_is_on_the_page_or_searched(page: PeopleView) -> None:
    page.context.tell(page.context.services.monitoring.save(MonitoringAnswers(ANNE, {AGE: "60"})))
    said = [words.text() for words in page.findChildren(QLabel)]
    assert not [words for words in said if "60" in words]
    page.viewmodel.search("60\u201369")
    assert page.viewmodel.rows == ()
