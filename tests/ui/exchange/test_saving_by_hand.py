"""Save the message on the page Exchange, and what the page then says."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN
from tests.copies import Copies, written
from tests.ui.conftest import Settle
from tests.ui.exchange.test_exchange_page import rows, words
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.exchange import dialogs
from visitapp.ui.exchange.saving import ReceiverDialog
from visitapp.ui.exchange.view import ExchangeView
from visitapp.ui.jobs import Jobs


class Page:
    """The page of one copy, what it asks and what it says."""

    def __init__(self, services: Services, jobs: Jobs, qtbot: QtBot) -> None:
        self.context = Context(services, jobs)
        self.said: list[str] = []
        self.context.message.connect(self.said.append)
        self.view = ExchangeView(self.context)
        qtbot.addWidget(self.view)
        self.view.resize(1150, 720)
        self.view.show()

    def press(self, qtbot: QtBot, settle: Settle) -> None:
        self.view.save_button.setFocus()
        qtbot.keyClick(self.view.save_button, Qt.Key.Key_Space)
        settle(self.context)


def test_a_visitor_saves_and_the_page_says_so_and_never_sent(
    copies: Copies, jobs: Jobs, qtbot: QtBot, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    page = Page(anne, jobs, qtbot)
    asked: list[Path] = []
    out = tmp_path / "a.visitmsg"

    def ask(_: object, path: Path) -> Path:
        asked.append(path)
        return out

    monkeypatch.setattr(dialogs, "ask_message_file", ask)
    assert "Choose one, or save the message and attach it to an email." in words(page.view)
    page.press(qtbot, settle)
    assert asked[0].name == "Messages-for-the-office.visitmsg"
    assert page.said == [
        "2 messages saved in a.visitmsg. Attach the file to an email to the office."
    ]
    assert rows(page.view)[0][-1] == "Saved as a file 10 Apr 13:00"
    assert "sent" not in words(page.view).lower().split()
    copies.office.exchange.take_in_files([out.read_bytes()])
    assert copies.office.inbox.lines()[0].ref == visit.ref


def test_the_office_chooses_the_visitor_by_keys(
    copies: Copies, jobs: Jobs, qtbot: QtBot, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    anne, _ = copies.join("anne", ANNE), copies.join("ben", BEN)
    page = Page(copies.office, jobs, qtbot)
    out = tmp_path / "for-anne.visitmsg"
    monkeypatch.setattr(dialogs, "ask_message_file", lambda *_: out)

    def choose(dialog: ReceiverDialog) -> int:
        dialog.show()
        dialog.accept()
        assert "Choose a visitor." in words(dialog)
        qtbot.keyClicks(dialog.person.lineEdit(), "Anne Example")
        qtbot.keyClick(dialog.person.lineEdit(), Qt.Key.Key_Return)
        dialog.accept()
        return dialog.result()

    monkeypatch.setattr(ReceiverDialog, "exec", choose)
    page.press(qtbot, settle)
    assert page.said[-1].startswith("2 messages saved in for-anne.visitmsg.")
    (outcome,) = anne.exchange.take_in_files([out.read_bytes()])
    assert outcome.refusal is None
    copies.exchange("anne", "office")
    page.press(qtbot, settle)
    assert page.said[-1] == "There is nothing new for Anne Example."


def test_nothing_is_noted_where_no_place_is_chosen(
    copies: Copies, jobs: Jobs, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    anne = copies.join("anne", ANNE)
    written(anne)
    page = Page(anne, jobs, qtbot)
    monkeypatch.setattr(dialogs, "ask_message_file", lambda *_: None)
    page.press(qtbot, settle)
    assert rows(page.view)[0][-1] == "Locked here"


def test_cancelled_it_asks_nothing_more(
    copies: Copies, jobs: Jobs, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    copies.join("anne", ANNE)
    page = Page(copies.office, jobs, qtbot)
    monkeypatch.setattr(ReceiverDialog, "exec", lambda _: QDialog.DialogCode.Rejected)
    page.press(qtbot, settle)
    assert page.said == []


def test_before_anybody_has_joined_it_says_how_to_begin(
    copies: Copies, jobs: Jobs, qtbot: QtBot, settle: Settle
) -> None:
    copies.office.exchange.invite(ANNE)
    page = Page(copies.office, jobs, qtbot)
    page.press(qtbot, settle)
    assert page.said == ["Nobody has joined yet. Invite somebody on the page People."]
