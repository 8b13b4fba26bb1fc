"""A bad day at the window: a damaged file, a lost key file, and a backup that mends it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.builders import furnish, make_visit, sign
from tests.conftest import NOW, PASSPHRASE, RECOVERY_SECRET
from visitapp import bootstrap
from visitapp.domain.errors import DamagedError
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import dialect
from visitapp.security import recovery, vault
from visitapp.settings import Settings
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.restore.question import ContradictionsDialog
from visitapp.ui.session import Session
from visitapp.ui.unlock.view import UnlockView

pytestmark = pytest.mark.usefixtures("quick")
CODE = recovery.as_code(RECOVERY_SECRET)


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance) -> Iterator[MainWindow]:
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.show()
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


@pytest.fixture
def backup(locked: Path, key: bytes, tmp_path: Path) -> Path:
    """A backup with one visit of `locked`, which then gets a second one."""
    (tmp_path / "stick").mkdir()
    saved = tmp_path / "stick" / "records-backup.visits"
    with bootstrap.open_with_key(locked, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
        opened.services.maintenance.backup(saved)
        sign(opened.services, make_visit(NOW.date().replace(day=1)))
    return saved


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, Path], None]:
    """Answer a file dialog of the locked page and of the window."""

    def answer(dialog: str, path: Path) -> None:
        for module in ("visitapp.ui.unlock.view", "visitapp.ui.window_dialogs"):
            monkeypatch.setattr(f"{module}.{dialog}", lambda *_: path, raising=False)

    return answer


def _spoil(path: Path) -> None:
    """The first page, which holds the list of tables, as a failing disk would change it."""
    content = bytearray(path.read_bytes())
    content[2_000] ^= 1
    path.write_bytes(content)


def _locked_page(window: MainWindow) -> UnlockView:
    view = window.centralWidget()
    assert isinstance(view, UnlockView)
    return view


def _unlock(qtbot: QtBot, window: MainWindow, path: Path) -> UnlockView:
    window.show_unlock(path)
    view = _locked_page(window)
    qtbot.keyClicks(view.field.edit, PASSPHRASE)
    qtbot.keyClick(view.field.edit, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=20_000)
    return view


def _says(view: UnlockView) -> str:
    return view._banner.sentence if view._banner is not None else ""


def _button(view: QWidget, words: str) -> QPushButton:
    return next(
        one
        for one in view.findChildren(QPushButton)
        if one.text() == words and one.isVisibleTo(view) and not one.property("link")
    )


def _offered(view: UnlockView) -> list[str]:
    return [one.text() for one in view._remedies.widgets() if isinstance(one, QPushButton)]


def _restore(qtbot: QtBot, window: MainWindow, words: str = PASSPHRASE) -> None:
    part = _locked_page(window).restoring
    assert part is not None
    field = part.code if part.by_code else part.field.edit
    field.clear()
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=20_000)


def _visits(window: MainWindow) -> int:
    assert window.session.current is not None
    return window.session.current.services.visits.page(VisitQuery()).total


def _news(window: MainWindow) -> str:
    assert window.shell is not None
    assert window.shell.page is not None
    return " ".join(banner.sentence for banner in window.shell.page.banners())


def test_a_damaged_file_is_said_and_a_backup_takes_its_place(
    qtbot: QtBot, window: MainWindow, locked: Path, backup: Path, choose: Callable[..., None]
) -> None:
    _spoil(locked)
    spoilt = locked.read_bytes()
    view = _unlock(qtbot, window, locked)
    assert _says(view).startswith("The file can't be read with this key: it is damaged")
    assert _offered(view) == ["Restore a backup\u2026"]
    choose("ask_backup_to_restore", backup)
    _button(view, "Restore a backup\u2026").click()
    part = view.restoring
    assert part is not None
    assert "kept in the same folder under another name" in part.viewmodel.what_happens()
    assert part.field.edit.hasFocus() or view.focusWidget() is part.field.edit
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _restore(qtbot, window)
    assert _visits(window) == 1
    assert _news(window).startswith("Backup restored. The old file is")
    (kept,) = locked.parent.glob("records.visits.before-restore-*[0-9]")
    assert kept.name in _news(window)
    assert kept.read_bytes() == spoilt


def test_a_lost_key_file_comes_from_a_backup_and_no_visit_is_lost(
    qtbot: QtBot, window: MainWindow, locked: Path, backup: Path, choose: Callable[..., None]
) -> None:
    vault.key_file(locked).unlink()
    view = _unlock(qtbot, window, locked)
    assert _says(view) == (
        "The key file records.visits.key is missing. It must be in the same folder as the records."
    )
    assert _offered(view) == ["Restore a backup\u2026"]
    choose("ask_backup_to_restore", backup)
    _button(view, "Restore a backup\u2026").click()
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _restore(qtbot, window)
    assert _visits(window) == 2
    assert _news(window).startswith("The key file is back.")
    assert not list(locked.parent.glob("*before-restore*"))


def test_without_its_key_file_a_damaged_file_is_replaced_as_a_whole(
    qtbot: QtBot, window: MainWindow, locked: Path, backup: Path
) -> None:
    vault.key_file(locked).write_text("{}", encoding="ascii")
    _spoil(locked)
    view = _unlock(qtbot, window, locked)
    assert _says(view) == "The key file records.visits.key is damaged. Restore a backup."
    view.show_restore(backup)
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _restore(qtbot, window)
    assert _visits(window) == 1
    assert list(locked.parent.glob("records.visits.before-restore-*"))


def test_a_wrong_passphrase_of_the_backup_changes_nothing_and_its_code_opens_it(
    qtbot: QtBot, window: MainWindow, locked: Path, backup: Path
) -> None:
    before = locked.read_bytes()
    window.show_unlock(locked)
    view = _locked_page(window)
    view.show_restore(backup)
    _restore(qtbot, window, "not this one")
    assert _says(view) == "This passphrase does not open this file."
    assert locked.read_bytes() == before
    assert view.restoring is not None
    view.restoring.other_way.click()
    _restore(qtbot, window, "  ")
    assert _says(view) == "Type the backup\u2019s recovery code."
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _restore(qtbot, window, CODE)
    assert _visits(window) == 1


def test_a_damaged_backup_is_refused_and_the_file_stays(
    qtbot: QtBot, window: MainWindow, locked: Path, backup: Path
) -> None:
    _spoil(backup)
    before = locked.read_bytes()
    window.show_unlock(locked)
    view = _locked_page(window)
    view.show_restore(backup)
    _restore(qtbot, window)
    assert _says(view).startswith("The backup is damaged. Nothing was restored.")
    assert locked.read_bytes() == before
    assert view.restoring is not None
    view.restoring.leave.click()
    assert view.restoring is None
    assert view.field.edit.isVisible()
    assert view.demonstration.isVisible()


def test_a_restore_that_is_stopped_changes_nothing(
    qtbot: QtBot, window: MainWindow, locked: Path, backup: Path
) -> None:
    before = locked.read_bytes()
    window.show_unlock(locked)
    view = _locked_page(window)
    view.show_restore(backup)
    assert view.restoring is not None
    view.restoring.field.edit.setText(PASSPHRASE)
    view.restoring.begin()
    view.restoring.progress.cancel()
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=20_000)
    assert _says(view) == "Stopped. Nothing has changed."
    assert locked.read_bytes() == before
    assert view.restoring.go.isEnabled()


def test_what_can_be_read_of_a_damaged_file_is_saved_and_opened(
    qtbot: QtBot, window: MainWindow, locked: Path, backup: Path, choose: Callable[..., None]
) -> None:
    view = _unlock_with_damage_found_late(qtbot, window, locked)
    assert _offered(view) == ["Restore a backup\u2026", "Save what can be read\u2026"]
    target = locked.with_name("records-saved.visits")
    choose("ask_salvaged", target)
    _button(view, "Save what can be read\u2026").click()
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=20_000)
    assert _says(view) == (
        "Everything could be read: 2 visits, and everything that belongs to them. It is saved "
        "as records-saved.visits."
    )
    _button(view, "Open it").click()
    assert _locked_page(window).viewmodel.path == target
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _unlock(qtbot, window, target)
    assert _visits(window) == 2


def _unlock_with_damage_found_late(qtbot: QtBot, window: MainWindow, path: Path) -> UnlockView:
    """A file that opens, but a page of it was found bad while it did."""
    window.show_unlock(path)
    view = _locked_page(window)
    view.viewmodel._tried = (PASSPHRASE, False)
    view.viewmodel._on_failed(DamagedError("The file is damaged. Check it, and restore a backup."))
    return view


def test_the_file_menu_restores_in_the_place_of_the_file_that_is_open(
    qtbot: QtBot, window: MainWindow, locked: Path, backup: Path, choose: Callable[..., None]
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _unlock(qtbot, window, locked)
    assert _visits(window) == 2
    window.go("visits")
    choose("ask_backup_to_restore", backup)
    action = next(
        one for one in window.findChildren(QAction) if one.text() == "&Restore a backup\u2026"
    )
    action.trigger()
    assert window.session.current is None
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _restore(qtbot, window)
    assert _visits(window) == 1
    assert window.shell is not None
    assert window.shell.page_name == "home"


def test_the_first_start_restores_a_backup_from_another_computer(
    qtbot: QtBot, window: MainWindow, backup: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    new = tmp_path / "new computer" / "records.visits"
    window.show_first_start(new)
    view = window.centralWidget()
    assert isinstance(view, FirstStartView)
    choose("ask_backup_to_restore", backup)
    view.choosing.restore.click()
    part = _locked_page(window).restoring
    assert part is not None
    assert part.viewmodel.what_happens().startswith("The backup is copied to records.visits")
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _restore(qtbot, window)
    assert _visits(window) == 1
    assert window.session.current is not None
    assert window.session.current.path == new
    assert backup.exists()


def test_the_demonstration_is_not_where_a_backup_goes(
    qtbot: QtBot, window: MainWindow, backup: Path, tmp_path: Path, choose: Callable[..., None]
) -> None:
    window.session._throw_away = tmp_path / "throw away"
    window.session._throw_away.mkdir()
    window._path = Path(shutil.copy2(backup, window.session._throw_away / "demonstration.visits"))
    choose("ask_backup_to_restore", backup)
    window.restore_backup()
    assert _locked_page(window).viewmodel.path.parent.name == "visitapp"
    assert _locked_page(window).viewmodel.path.name == "records.visits"


def test_damage_that_a_page_meets_offers_a_backup(
    qtbot: QtBot, window: MainWindow, locked: Path, backup: Path, choose: Callable[..., None]
) -> None:
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _unlock(qtbot, window, locked)
    assert window.shell is not None
    page = window.shell.page
    assert page is not None
    page.show_problem(DamagedError("The file is damaged. Check it, and restore a backup."))
    choose("ask_backup_to_restore", backup)
    _button(page, "Restore a backup\u2026").click()
    assert _locked_page(window).restoring is not None


def test_a_backup_that_does_not_fit_together_is_restored_after_a_yes(
    qtbot: QtBot, window: MainWindow, locked: Path, backup: Path, key: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    with closing(dialect.connect(backup, key)) as connection:
        connection.execute("UPDATE visit SET summary = 'Fine.'")
    before = locked.read_bytes()
    window.show_unlock(locked)
    view = _locked_page(window)
    view.show_restore(backup)
    asked: list[tuple[str, ...]] = []
    answers = [False, True]
    monkeypatch.setattr(
        "visitapp.ui.restore.question.ContradictionsDialog.ask",
        lambda _, sentences: (asked.append(sentences), answers.pop(0))[1],
    )
    _restore(qtbot, window)
    assert len(asked) == 1
    assert asked[0][0].endswith("its report is not as it was signed.")
    assert _says(view) == "Stopped. Nothing has changed."
    assert locked.read_bytes() == before
    with qtbot.waitSignal(window.session.opened, timeout=20_000):
        _restore(qtbot, window)
    assert _visits(window) == 1


def test_the_question_lists_what_does_not_fit_and_leaves_all_as_it_is_by_itself(
    qtbot: QtBot,
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ContradictionsDialog(parent, [f"Sentence {number}." for number in range(1, 12)])
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Sentence 8." in words
    assert "Sentence 9." not in words
    assert "and 3 more things" in words
    dialog.show()
    qtbot.waitUntil(lambda: dialog.cancel.hasFocus() or not dialog.isActiveWindow())
    dialog.close()
