"""Settings, Hand over: the file, the code, a window in which nothing changes, and the way back."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.builders import ANNE
from tests.copies import Copies
from tests.handing import Handing
from tests.ui.conftest import Settle
from visitapp.security import handed_file
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs
from visitapp.ui.opening_messages import show_closed
from visitapp.ui.settings import next_manager
from visitapp.ui.settings.next_manager import NextManagerSection
from visitapp.ui.settings.view import SettingsView


@pytest.fixture
def view(qtbot: QtBot, jobs: Jobs, copies: Copies) -> SettingsView:
    view = SettingsView(Context(copies.office, jobs))
    qtbot.addWidget(view)
    view.resize(1366, 690)
    view.show()
    view.show_section("next_manager")
    return view


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the file is saved; every question is answered with yes."""
    path = tmp_path / "office.visitoffice"
    monkeypatch.setattr(next_manager, "ask_new_handed_office", lambda *_: path)
    monkeypatch.setattr(next_manager.SureDialog, "ask", classmethod(lambda *_: True))
    return path


def _section(view: SettingsView) -> NextManagerSection:
    assert isinstance(view.section, NextManagerSection)
    return view.section


def _words(view: SettingsView) -> str:
    labels = _section(view).findChildren(QLabel)
    return "\n".join(item.text() for item in labels if item.isVisible())


def _hand_over(qtbot: QtBot, view: SettingsView) -> None:
    section = _section(view)
    section.name.setText("Nia Newcome")
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Code for Nia Newcome" in _words(view), timeout=60_000)


def test_the_office_is_handed_over_by_keys_and_the_code_opens_the_file(
    qtbot: QtBot, view: SettingsView, out: Path, copies: Copies
) -> None:
    _hand_over(qtbot, view)
    code = _section(view)._code
    assert code in _words(view)
    handed_file.look(out, handed_file.secret_of(code))
    assert _section(view).done_text == f"{out.name} saved. Give it to the next manager."
    assert copies.office.succession.closing() is not None
    assert not _section(view).button.isVisible()


def test_somebody_must_be_named(qtbot: QtBot, view: SettingsView, out: Path) -> None:
    qtbot.keyClick(_section(view).name, Qt.Key.Key_Return)
    assert _section(view).reason.text() == "Enter the name of who takes over."
    assert not out.exists()


def test_each_page_says_that_nothing_changes_and_the_way_back_opens_it(
    qtbot: QtBot, view: SettingsView, out: Path, copies: Copies
) -> None:
    _hand_over(qtbot, view)
    words = copies.open_files[0].closed_words
    assert words.startswith("This office was handed over to Nia Newcome on 10 April 2025.")
    show_closed(view, words)
    assert [banner.sentence for banner in view.banners()] == [words]
    _section(view).back.click()
    assert copies.office.succession.closing() is None
    assert _section(view).button.isVisible()
    assert copies.open_files[0].closed_words == ""
    show_closed(view, "")
    assert view.banners() == ()


def test_a_successor_in_the_folder_of_exchange_ends_the_way_back(
    qtbot: QtBot, view: SettingsView, out: Path, handing: Handing, settle: Settle
) -> None:
    copies = handing.copies
    copies.join("anne", ANNE)
    _hand_over(qtbot, view)
    successor = handing.take_over(out, _section(view)._code)
    successor.folder.exchange(copies.folder)
    view.context.preferences.change(exchange_folder=str(copies.folder))
    _section(view).back.click()
    sentence = "Nia Newcome has taken over the office. It can’t be taken back."
    qtbot.waitUntil(lambda: _section(view).reason.text() == sentence, timeout=20_000)
    assert not _section(view).back.isVisible()
    assert "Nia Newcome has taken over the office." in _words(view)


def test_a_visitor_sees_no_such_section(qtbot: QtBot, jobs: Jobs, copies: Copies) -> None:
    view = SettingsView(Context(copies.join("anne", ANNE), jobs))
    qtbot.addWidget(view)
    assert "next_manager" not in view._places
