"""Settings, Exchange: the folder, words to compare by telephone, and the reply again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.builders import ANNE
from tests.copies import Copies, make_copies
from tests.ui.conftest import Settle
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs
from visitapp.ui.settings import joined
from visitapp.ui.settings.joined import JoinedCopySection
from visitapp.ui.settings.view import SettingsView


@pytest.fixture
def copies(tmp_path: Path, _furnished: Path, key: bytes) -> Iterator[Copies]:
    made = make_copies(_furnished, tmp_path / "folder", key)
    yield made
    made.close()


def _section(qtbot: QtBot, jobs: Jobs, services: Services) -> JoinedCopySection:
    view = SettingsView(Context(services, jobs))
    qtbot.addWidget(view)
    view.show()
    view.show_section("joined")
    assert isinstance(view.section, JoinedCopySection)
    return view.section


def _words(section: JoinedCopySection) -> list[str]:
    return [one.text() for one in section.findChildren(QLabel) if one.isVisible()]


def test_visitor_and_office_see_the_same_words(copies: Copies, jobs: Jobs, qtbot: QtBot) -> None:
    anne = copies.join("anne", ANNE)
    own, office = (services.copy_register.fingerprints() for services in (anne, copies.office))
    assert own is not None
    assert office is not None
    seen = _words(_section(qtbot, jobs, anne))
    assert seen.index("Your copy") < seen.index(own.own)
    assert seen.index("The office’s copy") < seen.index(office.own)
    seen = _words(_section(qtbot, jobs, copies.office))
    assert office.own in seen
    assert own.own not in seen


def test_the_folder_for_messages_is_chosen_here_too(
    copies: Copies, jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    section = _section(qtbot, jobs, copies.join("anne", ANNE))
    assert any("No folder is chosen." in words for words in _words(section))
    monkeypatch.setattr(joined, "ask_exchange_folder", lambda *_: copies.folder)
    section.folder_button.click()
    settings = section.viewmodel.context.preferences.settings
    assert settings.exchange_folder == str(copies.folder)
    assert str(copies.folder) in _words(section)


def test_the_reply_saved_again_makes_the_copy_known(
    copies: Copies, jobs: Jobs, qtbot: QtBot, settle: Settle, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    invitation, _ = copies.office.exchange.invite(ANNE)
    anne = copies.begin("anne", invitation.file, invitation.code)
    section = _section(qtbot, jobs, anne)
    out = tmp_path / "again.visitmsg"
    monkeypatch.setattr(joined, "ask_reply", lambda *_: out)
    assert section.button is not None
    section.button.click()
    settle(section.viewmodel.context)
    assert section.done_text == "again.visitmsg saved. Send it to your manager."
    taken, _ = copies.office.exchange.take_in(out.read_bytes())
    assert (taken.sender_name, taken.is_new) == ("Anne Example", True)


def test_a_copy_that_has_not_joined_says_so(services: Services, jobs: Jobs, qtbot: QtBot) -> None:
    section = _section(qtbot, jobs, services)
    assert any("invited nobody yet" in words for words in _words(section))
    assert section.button is None
