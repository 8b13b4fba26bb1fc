"""Change the keys, in the window: asked for, carried out on the closed file, and back again."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from tests.ui import looking
from visitapp import bootstrap
from visitapp.bootstrap import key_change
from visitapp.domain.errors import CancelledError, StorageError, WrongPassphraseError
from visitapp.security import recovery, vault
from visitapp.settings import Settings
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.recovery.keys_dialog import KeysDialog
from visitapp.ui.recovery.keys_view import KeysView
from visitapp.ui.session import Session
from visitapp.ui.settings.view import SettingsView
from visitapp.ui.unlock.view import UnlockView

NEW = "gravel tandem mossy quartz"
CODE = recovery.as_code(RECOVERY_SECRET)


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, tmp_path: Path, locked: Path, key: bytes
) -> Iterator[MainWindow]:
    """At Settings, Passphrase, of an open file."""
    made = MainWindow(
        appearance, Session(), Preferences(Settings(theme="light"), tmp_path / "s.toml")
    )
    made.resize(1366, 690)
    made.show()
    session = made.session
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.jobs.run(
            lambda: bootstrap.open_with_key(locked, key, hold=True),
            owner=session,
            done=session.adopt,
        )
    made.go("settings", "passphrase")
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


@pytest.fixture
def dialog(window: MainWindow) -> KeysDialog:
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, SettingsView)
    page.section.keys_button.click()  # type: ignore[attr-defined]
    found = QApplication.activeModalWidget()
    assert isinstance(found, KeysDialog)
    return found


def _words(window: MainWindow) -> str:
    return "\n".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())


def _answer(qtbot: QtBot, dialog: KeysDialog, old: str, new: str = NEW, again: str = NEW) -> None:
    for field, words in ((dialog.old, old), (dialog.new, new), (dialog.again, again)):
        field.clear()
        qtbot.keyClicks(field.edit, words)
    qtbot.keyClick(dialog.again.edit, Qt.Key.Key_Return)


def test_the_keys_are_changed_and_the_window_comes_back_to_where_it_was(
    qtbot: QtBot, window: MainWindow, dialog: KeysDialog, locked: Path, tmp_path: Path
) -> None:
    stolen = tmp_path / "stolen"
    shutil.copy2(vault.key_file(locked), stolen)
    _answer(qtbot, dialog, PASSPHRASE)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), KeysView), timeout=30_000)
    view = window.centralWidget()
    assert isinstance(view, KeysView)
    qtbot.waitUntil(lambda: view.sheet is not None, timeout=60_000)
    assert view.sheet is not None
    code = view.sheet.code.text()
    assert looking.cut_at_rest(view) == []
    view.sheet.written.click()
    with qtbot.waitSignal(window.session.opened, timeout=30_000):
        view.sheet.go.click()
    assert window.shell is not None
    assert isinstance(window.shell.page, SettingsView)
    assert window.shell.page.place() == "passphrase"
    assert vault.unlock_with_code(locked, code) == vault.unlock(locked, NEW)
    with pytest.raises(WrongPassphraseError):
        vault.unlock_with_code(locked, CODE)
    window.session.end()
    assert not [one for one in tmp_path.iterdir() if "before-keys" in one.name]


def test_what_can_not_be_done_is_told_before_the_file_is_closed(
    qtbot: QtBot, window: MainWindow, dialog: KeysDialog, locked: Path
) -> None:
    before = locked.read_bytes(), vault.key_file(locked).read_bytes()
    dialog.go.click()
    assert dialog.reason.text() == "Type the current passphrase."
    for old, new, again, told in (
        (PASSPHRASE, NEW, "other", "The two new passphrases are different"),
        (PASSPHRASE, "Leicestershire12", "Leicestershire12", "too easy to guess"),
        ("not this one", NEW, NEW, "This passphrase does not open this file."),
    ):
        _answer(qtbot, dialog, old, new, again)
        qtbot.waitUntil(lambda words=told: words in dialog.reason.text(), timeout=30_000)
        assert dialog.isVisible()
    assert looking.cut_at_rest(dialog) == []
    assert looking.nameless(dialog) == []
    dialog.cancel.click()
    assert window.shell is not None
    assert before == (locked.read_bytes(), vault.key_file(locked).read_bytes())


@pytest.mark.parametrize("by_code", [False, True])
def test_stopped_it_is_open_again_or_asks_for_the_passphrase(
    qtbot: QtBot,
    window: MainWindow,
    dialog: KeysDialog,
    locked: Path,
    monkeypatch: pytest.MonkeyPatch,
    by_code: bool,
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise CancelledError("Stopped.")

    monkeypatch.setattr(key_change, "change_keys", stop)
    if by_code:
        dialog.asking.link.click()
    _answer(qtbot, dialog, CODE if by_code else PASSPHRASE)
    if by_code:
        qtbot.waitUntil(lambda: isinstance(window.centralWidget(), UnlockView), timeout=30_000)
        words = _words(window)
        assert "Stopped. The keys have not changed." in words
    else:
        with qtbot.waitSignal(window.session.opened, timeout=30_000):
            pass
    assert vault.unlock(locked, PASSPHRASE) == bytes(range(32))


def test_a_failure_is_told_on_the_locked_page(
    qtbot: QtBot, window: MainWindow, dialog: KeysDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(key_change, "change_keys", fail)
    _answer(qtbot, dialog, PASSPHRASE)
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), UnlockView), timeout=30_000)
    assert "The disk is full." in _words(window)
