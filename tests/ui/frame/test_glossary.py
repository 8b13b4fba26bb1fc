"""The glossary: by its key, from the help of a page, and by a word in Go to anything."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import furnish
from tests.conftest import NOW
from tests.ui import keyboard, looking
from visitapp import bootstrap
from visitapp.settings import Settings
from visitapp.ui.frame.glossary import GlossaryDialog, PageHelpDialog
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.go_to.view import GoToDialog
from visitapp.ui.go_to.viewmodel import GoToViewModel
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session


@pytest.fixture
def unlocked(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path, locked: Path, key: bytes
) -> Iterator[MainWindow]:
    with bootstrap.open_with_key(locked, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
    session = Session()
    made = MainWindow(
        appearance, session, Preferences(Settings(theme="light"), tmp_path / "s.toml")
    )
    made.show()
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.jobs.run(
            lambda: bootstrap.open_with_key(locked, key, hold=True, clock=lambda: NOW),
            owner=session,
            done=session.adopt,
        )
    yield made
    made.close()
    session.end()
    made.deleteLater()


def test_letters_leave_the_words_that_match_and_the_text_is_read_by_keys(qtbot: QtBot) -> None:
    dialog = GlossaryDialog(parent := QWidget())
    qtbot.addWidget(parent)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.focusWidget() is dialog.field
    assert "Throughput\nHow many people" in dialog.text.toPlainText()
    qtbot.keyClicks(dialog.field, "tact")
    assert dialog.text.toPlainText().startswith("TACT\nThe Terrorism Act.")
    assert "Throughput" not in dialog.text.toPlainText()
    dialog.activateWindow()
    dialog.field.setFocus()
    qtbot.waitUntil(dialog.field.hasFocus)
    keyboard.press(Qt.Key.Key_Tab)
    assert dialog.focusWidget() is dialog.text
    assert looking.clipped(dialog) == []
    dialog.field.setText("zzz")
    assert dialog.text.toPlainText() == "No word matches. Try another one."


def test_the_help_of_a_page_leads_to_the_glossary(qtbot: QtBot, unlocked: MainWindow) -> None:
    seen: list[str] = []

    def on_glossary() -> None:
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, GlossaryDialog)
        seen.append(shown.text.toPlainText())
        qtbot.keyClick(shown, Qt.Key.Key_Escape)
        qtbot.keyClick(QApplication.activeModalWidget(), Qt.Key.Key_Escape)

    def on_help() -> None:
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, PageHelpDialog)
        QTimer.singleShot(0, on_glossary)
        shown.show_glossary()

    QTimer.singleShot(0, on_help)
    unlocked.explain()
    assert "Timeslot\n" in seen[0]


def test_a_word_in_go_to_anything_opens_the_glossary_at_it(
    qtbot: QtBot, unlocked: MainWindow
) -> None:
    found = GoToViewModel(unlocked._context, unlocked.shell.can_go).find("throughp")
    assert [(one.kind, one.title) for one in found] == [("Word", "Throughput")]
    seen: list[str] = []

    def look() -> None:
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, GlossaryDialog)
        seen.append(shown.text.toPlainText())
        qtbot.keyClick(shown, Qt.Key.Key_Escape)

    def type_it() -> None:
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, GoToDialog)
        qtbot.keyClicks(shown.field, "throughp")
        QTimer.singleShot(0, look)
        qtbot.keyClick(shown.field, Qt.Key.Key_Return)

    QTimer.singleShot(0, type_it)
    unlocked.go_to()
    assert seen == [
        "Throughput\nHow many people were detained at a site in a period, as counted by the force."
    ]
