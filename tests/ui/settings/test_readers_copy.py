"""Settings, Copy to read: saved by keys alone, and what is wrong said in the section."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.e2e.killing import quick_key
from visitapp import bootstrap
from visitapp.domain.office.scheme import Role
from visitapp.security import vault
from visitapp.ui.context import Context
from visitapp.ui.settings import readers_copy
from visitapp.ui.settings.view import SettingsView

WORDS = "saddle meadow copper thimble"


@pytest.fixture
def section(qtbot: QtBot, demo_context: Context, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(vault, "_argon2", quick_key)
    view = SettingsView(demo_context)
    qtbot.addWidget(view)
    view.resize(1366, 690)
    view.show()
    view.show_section("readers_copy")
    return view.section


def typed(qtbot: QtBot, section, passphrase: str, again: str) -> None:
    for field, words in ((section.new, passphrase), (section.again, again)):
        field.setFocus()
        qtbot.keyClicks(field.focusProxy() or field, words)
    qtbot.keyClick(section.again.focusProxy() or section.again, Qt.Key.Key_Return)


def test_a_copy_is_saved_by_keys_alone(
    section, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "copy.visits"
    monkeypatch.setattr(readers_copy, "ask_new_copy_to_read", lambda *_: out)
    typed(qtbot, section, WORDS, WORDS)
    qtbot.waitUntil(lambda: bool(section.done_text), timeout=60_000)
    assert section.done_text == f"copy.visits saved in {tmp_path}."
    assert section.new.text() == section.again.text() == ""
    with bootstrap.open_with_passphrase(out, WORDS, reading=True) as opened:
        assert opened.services.access.actor.role is Role.READER
    typed(qtbot, section, WORDS, WORDS)
    qtbot.waitUntil(lambda: "already exists" in section.reason.text(), timeout=60_000)


@pytest.mark.parametrize(
    ("passphrase", "again", "sentence"),
    [
        ("secret", "secret", "This passphrase is too easy to guess."),
        (WORDS, "saddle", "The two passphrases are different. Type them again."),
    ],
)
def test_a_passphrase_that_will_not_do_is_refused_before_a_place_is_asked_for(
    section, qtbot: QtBot, passphrase: str, again: str, sentence: str
) -> None:
    typed(qtbot, section, passphrase, again)
    assert section.reason.text().startswith(sentence)
