"""After the recovery code: a new passphrase, at once or later."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from tests.ui import looking
from visitapp.domain.errors import WrongPassphraseError
from visitapp.security import recovery, vault
from visitapp.settings import Settings
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.recovery.new_passphrase import NewPassphraseDialog
from visitapp.ui.session import Session
from visitapp.ui.unlock.view import UnlockView

CODE = recovery.as_code(RECOVERY_SECRET)
NEW = "gravel tandem mossy quartz"


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> Iterator[MainWindow]:
    made = MainWindow(
        appearance, Session(), Preferences(Settings(theme="light"), tmp_path / "s.toml")
    )
    made.resize(1366, 690)
    made.show()
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


@pytest.fixture
def dialog(qtbot: QtBot, window: MainWindow, locked: Path) -> NewPassphraseDialog:
    """What comes when the code has opened the file."""
    window.show_unlock(locked)
    view = window.centralWidget()
    assert isinstance(view, UnlockView)
    view.show_code()
    qtbot.keyClicks(view.code, CODE)
    with qtbot.waitSignal(window.session.opened_by_code, timeout=20_000):
        qtbot.keyClick(view.code, Qt.Key.Key_Return)
    found = QApplication.activeModalWidget()
    assert isinstance(found, NewPassphraseDialog)
    assert window.shell is not None
    return found


def test_a_new_passphrase_is_set_by_the_keyboard_alone(
    qtbot: QtBot, dialog: NewPassphraseDialog, window: MainWindow, locked: Path
) -> None:
    assert dialog.new.edit.hasFocus()
    qtbot.keyClicks(dialog.new.edit, NEW)
    qtbot.keyClicks(dialog.again.edit, NEW)
    with qtbot.waitSignal(dialog.finished, timeout=30_000):
        qtbot.keyClick(dialog.again.edit, Qt.Key.Key_Return)
    assert vault.unlock(locked, NEW) == bytes(range(32))
    with pytest.raises(WrongPassphraseError):
        vault.unlock(locked, PASSPHRASE)
    assert vault.unlock_with_code(locked, CODE) == bytes(range(32))


def test_it_can_wait(qtbot: QtBot, dialog: NewPassphraseDialog, locked: Path) -> None:
    before = vault.key_file(locked).read_bytes()
    with qtbot.waitSignal(dialog.finished):
        dialog.later.click()
    assert QApplication.activeModalWidget() is None
    assert vault.key_file(locked).read_bytes() == before


def test_a_weak_one_or_two_that_differ_are_told_and_change_nothing(
    qtbot: QtBot, dialog: NewPassphraseDialog, locked: Path
) -> None:
    before = vault.key_file(locked).read_bytes()
    qtbot.keyClicks(dialog.new.edit, "the cat sat mat")
    assert dialog.meter.words.text().startswith("Very weak.")
    dialog.go.click()
    assert dialog.reason.text() == "The two passphrases are different. Type them again."
    qtbot.keyClicks(dialog.again.edit, "the cat sat mat")
    dialog.go.click()
    qtbot.waitUntil(lambda: "too easy to guess" in dialog.reason.text(), timeout=30_000)
    assert dialog.go.isEnabled()
    assert dialog.isVisible()
    assert vault.key_file(locked).read_bytes() == before
    assert looking.cut_at_rest(dialog) == []
    assert looking.nameless(dialog) == []


def test_a_lock_closes_it(qtbot: QtBot, dialog: NewPassphraseDialog, window: MainWindow) -> None:
    window.lock()
    assert QApplication.activeModalWidget() is None
    assert isinstance(window.centralWidget(), UnlockView)
