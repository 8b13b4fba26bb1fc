"""Bring reports from an earlier file, on the page Exchange and from the menu, by keys alone."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.begun import KEY, become, make_begun
from tests.builders import ANNE
from tests.conftest import PASSPHRASE
from tests.copies import Copies
from tests.e2e.killing import quick_key
from tests.e2e.window import close, open_window
from tests.services.test_roles import as_role
from tests.ui.conftest import Settle
from tests.ui.exchange.test_exchange_page import rows, shown, words
from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.scheme import Actor, Role
from visitapp.paths import whole_path
from visitapp.security import vault
from visitapp.services import Services
from visitapp.ui import window_dialogs
from visitapp.ui.bringing.dialog import BringingDialog, bring_reports
from visitapp.ui.bringing.earlier import note_begun
from visitapp.ui.context import Context
from visitapp.ui.exchange.view import ExchangeView
from visitapp.ui.frame import main_window
from visitapp.ui.jobs import Jobs
from visitapp.ui.look.preferences import Preferences


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vault, "_argon2", quick_key)


@pytest.fixture
def anne(copies: Copies) -> Services:
    return copies.join("anne", ANNE)


class Bringing:
    """The page of a copy that has joined, and the dialog over it."""

    def __init__(
        self, services: Services, jobs: Jobs, qtbot: QtBot, settle: Settle, begun: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        monkeypatch.setattr(window_dialogs, "ask_earlier_file", lambda *_: begun)
        self.page: ExchangeView = shown(services, jobs, qtbot)
        self._settle = settle
        self.dialog = self.open()

    def open(self) -> BringingDialog:
        """Press the page's button."""
        self.page.bring_button.setFocus()
        QTest.keyClick(self.page.bring_button, Qt.Key.Key_Space)
        self.dialog = self.page.findChildren(BringingDialog)[-1]
        QApplication.processEvents()
        return self.dialog

    def type_passphrase(self, text: str = PASSPHRASE) -> None:
        QTest.keyClicks(self.dialog.passphrase.edit, text)
        QTest.keyClick(self.dialog.passphrase.edit, Qt.Key.Key_Return)
        self._settle(self.page.context)

    def press(self, widget: QWidget) -> None:
        widget.setFocus()
        QTest.keyClick(widget, Qt.Key.Key_Space)
        self._settle(self.page.context)

    def choose(self, at: int, name: str) -> None:
        field = self.dialog.pickers[at].lineEdit()
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, name)
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClick(field, Qt.Key.Key_Tab)
        self._settle(self.page.context)


@pytest.fixture
def opened_with(anne, jobs, qtbot, settle, monkeypatch):
    """Open the dialog for an earlier file."""
    return lambda begun: Bringing(anne, jobs, qtbot, settle, begun, monkeypatch)


def test_what_was_logged_before_joining_is_brought_once_and_the_earlier_file_stays_as_it_is(
    copies: Copies, anne: Services, opened_with, tmp_path: Path
) -> None:
    begun = make_begun(tmp_path / "begun.visits")
    before = begun.read_bytes()
    bringing = opened_with(begun)
    dialog = bringing.dialog
    assert dialog.passphrase.edit.hasFocus()
    bringing.type_passphrase("not the passphrase")
    assert dialog.reason.text() == "This passphrase does not open this file."
    assert dialog.viewmodel.earlier is None
    assert dialog.passphrase.edit.selectedText()
    bringing.type_passphrase()
    assert not dialog.pickers
    assert "1 signed report in begun.visits, 1 to bring." in words(dialog)
    assert "2 April 2025, NORTHGATE" in words(dialog)
    assert "1 draft stays in the earlier file." in words(dialog)
    assert dialog.go.text() == "Bring 1 report"
    assert rows(bringing.page) == []
    assert dialog.go.hasFocus()
    bringing.press(dialog.go)
    (row,) = rows(bringing.page)
    assert f"Brought, as {row[0]}." in words(dialog)
    assert "1 report brought. The office gets it with the next exchange." in words(dialog)
    assert dialog.go.text() == "Close"
    bringing.press(dialog.go)
    assert not bringing.page.findChildren(BringingDialog)
    dialog = bringing.open()
    bringing.type_passphrase()
    assert f"Brought before, as {row[0]}." in words(dialog)
    assert dialog.go.text() == "Close"
    bringing.press(dialog.go)
    assert len(rows(bringing.page)) == 1
    assert begun.read_bytes() == before
    copies.exchange("anne", "office")
    assert [line.ref for line in copies.office.inbox.lines()] == [row[0]]


def test_names_that_the_scheme_has_not_are_asked_for_and_their_reports_can_be_left(
    anne: Services, opened_with, tmp_path: Path
) -> None:
    bringing = opened_with(
        make_begun(tmp_path / "begun.visits", site="The old nick", ben="Benny Sample")
    )
    bringing.type_passphrase()
    dialog = bringing.dialog
    assert [picker.accessibleName() for picker in dialog.pickers] == [
        "Which site of your scheme is “The old nick”?",
        "Who in your scheme is “Benny Sample”?",
    ]
    assert dialog.pickers[0].hasFocus() or dialog.pickers[0].lineEdit().hasFocus()
    assert "There is no site “The old nick” in this scheme." in words(dialog)
    assert dialog.go.text() == "Bring reports"
    assert not dialog.go.isEnabled()
    bringing.choose(0, "Northgate")
    assert "There is no site" not in words(dialog)
    assert "There is nobody called Benny Sample in this scheme." in words(dialog)
    bringing.choose(1, "Ben Sample")
    assert dialog.go.text() == "Bring 1 report"
    bringing.choose(1, "Leave these reports in the earlier file")
    assert not dialog.go.isEnabled()
    bringing.choose(1, "Ben Sample")
    bringing.press(dialog.go)
    assert "1 report brought." in words(dialog)
    assert not dialog.pickers
    assert len(rows(bringing.page)) == 1
    dialog.reject()


def test_the_reasons_of_reports_that_stay_are_said_before_and_the_rest_is_brought(
    anne: Services, opened_with, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bringing = opened_with(make_begun(tmp_path / "begun.visits", ben="Benny Sample"))
    bringing.type_passphrase()
    dialog = bringing.dialog
    bringing.choose(0, "Cara Instance")
    assert dialog.go.text() == "Bring 1 report"

    def refuse(*_: object) -> None:
        raise VisitAppError("The disk is full.")

    monkeypatch.setattr(anne.written_reports, "sign", refuse)
    bringing.press(dialog.go)
    assert "Nothing was brought. 1 report stays in the earlier file, for the reasons" in words(
        dialog
    )
    assert "Stays in the earlier file. The disk is full." in words(dialog)
    assert rows(bringing.page) == []
    dialog.reject()


def test_a_file_that_is_no_visitors_or_has_joined_is_refused_in_one_sentence(
    copies: Copies, opened_with, tmp_path: Path
) -> None:
    begun = make_begun(tmp_path / "begun.visits")
    become(begun, Actor("Mary Manager", Role.MANAGER))
    bringing = opened_with(begun)
    bringing.type_passphrase()
    assert "This is not a visitor’s file." in words(bringing.dialog)
    bringing.press(bringing.dialog.asked.link)
    QTest.keyClick(bringing.dialog.passphrase.edit, Qt.Key.Key_Return)
    assert "Type the recovery code of this file." in words(bringing.dialog)
    bringing.press(bringing.dialog.cancel)


def test_a_copy_that_has_not_joined_says_how_to_begin(
    services: Services, jobs: Jobs, qtbot: QtBot
) -> None:
    view = shown(as_role(services, Role.VISITOR), jobs, qtbot)
    assert not view.bring_button.isVisible()
    bring_reports(view, view.context)
    assert "This copy has not joined a scheme yet." in words(view)
    assert not view.findChildren(BringingDialog)


def test_the_menu_file_of_a_visitor_has_it_on_any_page(
    copies: Copies, anne: Services, qapp: QApplication, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    path = copies.open_files[1].path
    copies.close()
    copies.open_files.clear()
    begun = make_begun(tmp_path / "begun.visits")
    monkeypatch.setattr(window_dialogs, "ask_earlier_file", lambda *_: begun)
    window = open_window(qapp, path, bytes(range(1, 33)))
    try:
        menu = window.menuBar().actions()[0].menu()
        assert isinstance(menu, QMenu)
        menu.popup(QPoint(0, 0))
        QTest.keyClick(menu, Qt.Key.Key_E)
        dialog = window.findChild(BringingDialog)
        assert dialog is not None
        assert "File: begun.visits" in words(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_Escape)
    finally:
        close(window)


def test_the_office_has_no_such_button(copies: Copies, anne: Services, jobs, qtbot) -> None:
    view = shown(copies.office, jobs, qtbot)
    assert view.save_button.isVisible()
    assert not view.bring_button.isVisible()


def test_a_file_that_was_begun_here_is_offered_after_joining_until_all_of_it_is_brought(
    copies: Copies, anne: Services, jobs: Jobs, qtbot: QtBot, settle: Settle, qapp: QApplication,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(main_window, "_EXCHANGE_MS", 0)
    begun = make_begun(tmp_path / "begun.visits", has_draft=False)
    window = open_window(qapp, begun, KEY)
    preferences = window.preferences
    try:
        qtbot.waitUntil(lambda: preferences.settings.begun_file == str(begun.resolve()))
    finally:
        close(window)
    context = Context(anne, jobs, preferences)
    view = ExchangeView(context)
    qtbot.addWidget(view)
    view.resize(1150, 720)
    view.show()
    (banner,) = view.banners()
    assert "You used begun.visits before you joined." in words(banner)
    action = next(item for item in banner.findChildren(QPushButton) if "Bring" in item.text())
    action.setFocus()
    QTest.keyClick(action, Qt.Key.Key_Space)
    (dialog,) = view.findChildren(BringingDialog)
    QTest.keyClicks(dialog.passphrase.edit, PASSPHRASE)
    QTest.keyClick(dialog.passphrase.edit, Qt.Key.Key_Return)
    settle(context)
    assert view.banners()
    QTest.keyClick(dialog.go, Qt.Key.Key_Space)
    settle(context)
    QTest.keyClick(dialog.go, Qt.Key.Key_Space)
    assert not view.banners()
    assert preferences.settings.begun_file == ""
    assert len(rows(view)) == 1


def test_a_copy_that_has_joined_and_an_offices_are_not_remembered_as_begun(
    copies: Copies, anne: Services, jobs: Jobs
) -> None:
    for opened in copies.open_files:
        context = Context(opened.services, jobs, Preferences())
        context.preferences.change(last_file=str(whole_path(opened.path)))
        note_begun(context, opened.path)
        assert context.preferences.settings.begun_file == ""
