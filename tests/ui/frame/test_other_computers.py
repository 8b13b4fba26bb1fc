"""A window over a file that another computer has, or had, or that was being replaced."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import furnish, make_visit, sign
from tests.conftest import NOW, PASSPHRASE
from visitapp import bootstrap
from visitapp.bootstrap import nearby_files
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.paths import user_folder
from visitapp.security import vault
from visitapp.settings import Settings
from visitapp.ui import application
from visitapp.ui.first_start.cards import SHARED_FOLDERS
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session
from visitapp.ui.unlock.view import UnlockView

pytestmark = pytest.mark.usefixtures("quick")
WHERE = "records.visits is open on OFFICE-PC since 14:02 on 10 April 2025 by Mary."


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance) -> Iterator[MainWindow]:
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.show()
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


@pytest.fixture
def mark(locked: Path) -> Path:
    """As another computer leaves it beside the file while it has it open."""
    name = locked.with_name("records.visits.holder")
    about = {"who": "Mary", "host": "OFFICE-PC", "since": "14:02 on 10 April 2025", "pid": 7}
    name.write_text(json.dumps(about))
    return name


def _locked_page(window: MainWindow) -> UnlockView:
    view = window.centralWidget()
    assert isinstance(view, UnlockView)
    return view


def _wait(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=20_000)


def _unlock(qtbot: QtBot, window: MainWindow, path: Path) -> UnlockView:
    window.show_unlock(path)
    view = _locked_page(window)
    qtbot.keyClicks(view.field.edit, PASSPHRASE)
    qtbot.keyClick(view.field.edit, Qt.Key.Key_Return)
    _wait(qtbot, window)
    return view


def _says(view: UnlockView) -> str:
    return view._banner.sentence if view._banner is not None else ""


def _button(view: QWidget, words: str) -> QPushButton:
    return next(
        one for one in view.findChildren(QPushButton) if one.text() == words and one.isVisible()
    )


def test_a_file_that_is_open_on_another_computer_is_asked_about_and_opened_after_a_yes(
    qtbot: QtBot, window: MainWindow, locked: Path, mark: Path
) -> None:
    before = mark.read_bytes()
    view = _unlock(qtbot, window, locked)
    assert window.session.current is None
    assert _says(view) == (
        f"{WHERE} Close it there first. If visitapp is not running on that computer, you can "
        "continue here. If it is still open there, changes made on one of the two computers "
        "will be lost."
    )
    assert mark.read_bytes() == before
    here = _button(view, "Open it here")
    assert here.hasFocus() or view.focusWidget() is here
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        qtbot.keyClick(here, Qt.Key.Key_Space)
    assert mark.read_bytes() != before


def test_a_restore_in_its_place_asks_too(
    qtbot: QtBot, window: MainWindow, locked: Path, key: bytes, tmp_path: Path
) -> None:
    backup = tmp_path / "stick.visits"
    with bootstrap.open_with_key(locked, key) as opened:
        opened.services.maintenance.backup(backup)
    name = locked.with_name("records.visits.holder")
    name.write_text('{"who": "Mary", "host": "OFFICE-PC", "since": "14:02 on 10 April 2025"}')
    window.show_unlock(locked)
    view = _locked_page(window)
    view.show_restore(backup)
    part = view.restoring
    assert part is not None
    qtbot.keyClicks(part.field.edit, PASSPHRASE)
    qtbot.keyClick(part.field.edit, Qt.Key.Key_Return)
    _wait(qtbot, window)
    assert _says(view).startswith(WHERE)
    assert not list(locked.parent.glob("*before-restore*"))
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _button(view, "Replace it here").click()
    assert len(list(locked.parent.glob("records.visits.before-restore-*[0-9]"))) == 1


def test_other_versions_beside_the_file_are_named_when_it_is_opened(
    qtbot: QtBot, window: MainWindow, locked: Path
) -> None:
    for name in ("records-OFFICE-PC.visits", "records (1).visits"):
        locked.with_name(name).write_bytes(b"another version")
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _unlock(qtbot, window, locked)
    assert window.shell is not None
    assert window.shell.page is not None
    (told,) = [
        one.sentence
        for one in window.shell.page.banners()
        if "are in the same folder as" in one.sentence
    ]
    assert told == (
        "These files are in the same folder as records.visits and may be other versions of "
        "it, from other computers: records (1).visits, records-OFFICE-PC.visits. Open them "
        "and compare before you continue."
    )


@pytest.fixture
def aside(locked: Path, key: bytes) -> Path:
    """What a restore leaves that an earlier version's kill interrupted: nothing at the path."""
    with bootstrap.open_with_key(locked, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
    kept = locked.with_name("records.visits.before-restore-20250410-120000")
    locked.rename(kept)
    vault.key_file(locked).rename(vault.key_file(kept))
    return kept


def test_records_that_were_set_aside_are_offered_at_the_first_start(
    qtbot: QtBot, window: MainWindow, locked: Path, aside: Path
) -> None:
    application._show_first(window, application._options(["--file", str(locked)]))
    view = window.centralWidget()
    assert isinstance(view, FirstStartView)
    assert view.kept is not None
    assert view.kept.sentence == (
        "Your records are not lost. records.visits is missing, but there is an earlier copy "
        "called records.visits.before-restore-20250410-120000."
    )
    _button(view, "Put it back").click()
    _wait(qtbot, window)
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _unlock(qtbot, window, locked)
    assert window.session.current is not None
    assert window.session.current.services.visits.page(VisitQuery()).total == 1
    assert not aside.exists()


def test_the_last_file_is_found_though_it_was_set_aside(
    window: MainWindow, locked: Path, aside: Path
) -> None:
    window.preferences.change(last_file=str(locked))
    application._show_first(window, application._options([]))
    view = window.centralWidget()
    assert isinstance(view, FirstStartView)
    assert view.viewmodel.path == locked
    assert view.kept is not None


def test_a_restore_that_was_interrupted_is_finished_and_told(
    window: MainWindow, locked: Path, key: bytes, tmp_path: Path
) -> None:
    new = locked.with_name(".records.visits.0123456789abcdef.new")
    shutil.copy2(locked, new)
    shutil.copy2(vault.key_file(locked), vault.key_file(new))
    plan = {"new": new.name, "aside": "records.visits.before-restore-20250410-120000"}
    digest = vault.key_file(new).read_bytes()
    plan["key_digest"] = hashlib.sha256(digest).hexdigest()
    locked.with_name(".records.visits.placing").write_text(json.dumps(plan))
    locked.unlink()
    application._show_first(window, application._options(["--file", str(locked)]))
    words = " ".join(one.text() for one in _locked_page(window).findChildren(QLabel))
    assert (
        "visitapp stopped while it was moving records.visits into place. That is now "
        "finished." in words
    )
    assert locked.exists()
    assert not nearby_files.tidy(locked)


def test_the_first_start_says_what_a_shared_folder_is_good_for(window: MainWindow) -> None:
    window.show_first_start(user_folder() / "records.visits")
    view = window.centralWidget()
    assert view is not None
    assert SHARED_FOLDERS in [one.text() for one in view.findChildren(QLabel)]
