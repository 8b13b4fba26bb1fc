from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from tests.builders import CUSTODY, SUITE, furnish, make_visit, sign
from tests.conftest import NOW
from tests.ui import looking
from visitapp import bootstrap
from visitapp.domain.changes import Changes
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.errors import HeldError, StorageError
from visitapp.domain.office.scheme import Actor, Role
from visitapp.services.reports.drafts import DraftService
from visitapp.settings import Settings, read_settings
from visitapp.ui import window_dialogs
from visitapp.ui.frame import lock
from visitapp.ui.frame.lock import Inactivity
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.frame.shell import Shell
from visitapp.ui.go_to.viewmodel import GoToViewModel
from visitapp.ui.log.view import LogView
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.pages import places_for
from visitapp.ui.session import Session
from visitapp.ui.unlock.view import UnlockView
from visitapp.ui.widgets.dialogs import SureDialog


@pytest.fixture
def window(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> Iterator[MainWindow]:
    preferences = Preferences(Settings(theme="light"), tmp_path / "settings.toml")
    made = MainWindow(appearance, Session(), preferences)
    made.show()
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


def _open(qtbot: QtBot, window: MainWindow, path: Path, key: bytes) -> None:
    """As an unlock does: in the worker, which lets go of the file again."""
    session = window.session
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.jobs.run(
            lambda: bootstrap.open_with_key(path, key, hold=True, clock=lambda: NOW),
            owner=session,
            done=session.adopt,
        )


@pytest.fixture
def unlocked(qtbot: QtBot, window: MainWindow, locked: Path, key: bytes) -> MainWindow:
    """The window over an open, furnished file."""
    with bootstrap.open_with_key(locked, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
    _open(qtbot, window, locked, key)
    return window


def _shortcuts(window: MainWindow) -> list[str]:
    return [
        keys.toString()
        for action in window.findChildren(QAction)
        for keys in action.shortcuts()
        if not keys.isEmpty()
    ]


def test_an_open_file_is_shown_with_its_pages(unlocked: MainWindow) -> None:
    assert unlocked.shell is not None
    assert unlocked.shell.page_name == "home"
    listed = [place.name for place in places_for(Role.MANAGER) if Role.MANAGER in place.listed]
    assert list(unlocked.shell.navigation.buttons()) == listed
    assert unlocked.windowTitle() == "Office of the Commissioner \u2013 visitapp"
    assert unlocked.status.file.words() == "records.visits, unlocked"


def test_the_keys_go_to_the_page_until_a_tab(unlocked: MainWindow) -> None:
    assert unlocked.shell is not None
    assert unlocked.focusWidget() is unlocked.shell.page


def test_a_visitors_copy_shows_what_a_visitor_does(
    qtbot: QtBot, window: MainWindow, locked: Path, key: bytes
) -> None:
    with bootstrap.open_with_key(locked, key) as opened:
        opened.services.setup.set_account(Actor("Vera Visitor", Role.VISITOR))
    _open(qtbot, window, locked, key)
    assert window.shell is not None
    names = set(window.shell.navigation.buttons())
    assert names <= {"home", "log", "visits", "availability", "exchange", "settings"}
    assert not window.shell.can_go("reports")
    assert "Vera Visitor" in window.shell.navigation.who.text()


def test_pages_are_built_when_they_are_first_gone_to(unlocked: MainWindow) -> None:
    assert unlocked.shell is not None
    assert list(unlocked.shell._pages) == ["home"]
    for place in places_for(Role.MANAGER):
        unlocked.go(place.name)
        assert unlocked.shell.page_name == place.name
    assert len(unlocked.shell._pages) == len(places_for(Role.MANAGER))


def test_every_shortcut_is_given_once(unlocked: MainWindow) -> None:
    for place in places_for(Role.MANAGER):
        unlocked.go(place.name)
    found = _shortcuts(unlocked)
    assert sorted(set(found)) == sorted(found)
    for wanted in ("Ctrl+N", "Ctrl+F", "Ctrl+K", "Ctrl+L", "F1", "F9", "Ctrl++", "Ctrl+-"):
        assert wanted in found


def test_locking_drops_pages_and_services_and_keeps_the_place(
    qtbot: QtBot, unlocked: MainWindow, locked: Path, key: bytes
) -> None:
    assert unlocked.shell is not None
    shell, page = unlocked.shell, unlocked.shell.page
    gone: list[str] = []
    shell.destroyed.connect(lambda: gone.append("shell"))
    assert page is not None
    page.destroyed.connect(lambda: gone.append("page"))
    place = unlocked.shell.place()
    unlocked.lock()
    qtbot.waitUntil(lambda: len(gone) == 2, timeout=5000)
    assert unlocked.session.current is None
    assert unlocked.shell is None
    assert isinstance(unlocked.centralWidget(), UnlockView)
    assert not unlocked.menuBar().isVisible()
    assert unlocked.status.file.words() == "Locked"
    _open(qtbot, unlocked, locked, key)
    assert unlocked.shell is not None
    assert unlocked.shell.place() == place


def test_after_a_lock_the_file_is_free_for_another_copy(
    qtbot: QtBot, unlocked: MainWindow, locked: Path, key: bytes
) -> None:
    with pytest.raises(HeldError):
        bootstrap.open_with_key(locked, key, hold=True)
    unlocked.lock()
    qtbot.waitUntil(lambda: not unlocked.session.jobs.is_busy, timeout=5000)
    bootstrap.open_with_key(locked, key, hold=True).close()


def test_locking_answers_dialogs_with_no(unlocked: MainWindow) -> None:
    dialog = QDialog(unlocked)
    dialog.open()
    unlocked.lock()
    assert not dialog.isVisible()


def test_the_lock_key_works_while_a_dialog_is_open(qtbot: QtBot, unlocked: MainWindow) -> None:
    def press() -> None:
        shown = QApplication.activeModalWidget()
        assert isinstance(shown, window_dialogs.HelpDialog)
        qtbot.keyClick(shown, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(lambda: not unlocked._inactivity._begins.isActive())
    QTimer.singleShot(0, press)
    unlocked.explain()
    assert unlocked.session.current is None
    assert isinstance(unlocked.centralWidget(), UnlockView)


@pytest.mark.parametrize("percent", [100, 200])
def test_help_on_every_page_is_read_whole(
    qtbot: QtBot, unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch, percent: int
) -> None:
    unlocked.preferences.change(text_percent=percent)
    cut: list[str] = []

    def look(dialog: QDialog) -> int:
        dialog.show()
        qtbot.waitExposed(dialog)
        cut.extend(looking.clipped(dialog))
        dialog.hide()
        return 0

    monkeypatch.setattr(window_dialogs.HelpDialog, "exec", look)
    for place in places_for(Role.MANAGER):
        unlocked.go(place.name)
        unlocked.explain()
    unlocked.about()
    assert cut == []


def test_finding_begins_on_every_page(
    unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(MainWindow, "go_to", lambda _: asked.append("anything"))
    for place in places_for(Role.MANAGER):
        unlocked.go(place.name)
        asked.clear()
        unlocked.start_search()
        field = unlocked.focusWidget()
        assert asked or isinstance(field, QLineEdit | QComboBox), place.name


@pytest.mark.parametrize(("ours", "left"), [(True, ""), (False, "copied elsewhere")])
def test_locking_takes_from_the_clipboard_what_we_put_there(
    unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch, ours: bool, left: str
) -> None:
    # offscreen, the platform doesn't know whose clipboard it is
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: ours)
    QGuiApplication.clipboard().setText("copied elsewhere")
    unlocked.lock()
    assert QGuiApplication.clipboard().text() == left


def test_nobody_touching_it_locks_the_window(
    qtbot: QtBot, qapp: QApplication, unlocked: MainWindow
) -> None:
    unlocked._inactivity._timer.start(20)
    qtbot.waitUntil(lambda: unlocked.shell is None, timeout=5000)
    words = [one.text() for one in unlocked.centralWidget().findChildren(QLabel)]
    assert any("after 10 minutes without use" in text for text in words)


def _raise_value_error(*_: object) -> None:
    raise ValueError("moon")


def test_a_file_whose_page_can_not_be_shown_is_locked_after_a_rest_too(
    qtbot: QtBot, unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = unlocked.session.current
    assert opened is not None
    unlocked._inactivity.stop()
    with monkeypatch.context() as patched:
        patched.setattr(Shell, "go", _raise_value_error)
        with pytest.raises(ValueError, match="moon"):
            unlocked.show_open(opened)
    assert unlocked._inactivity._timer.isActive()
    unlocked._inactivity._timer.start(20)
    qtbot.waitUntil(lambda: unlocked.shell is None, timeout=5000)


def test_a_key_puts_the_lock_off(qtbot: QtBot, qapp: QApplication) -> None:
    field, locked = QLineEdit(), []
    qtbot.addWidget(field)
    watcher = Inactivity(qapp, lambda: locked.append(1), lambda: locked.append(2))
    watcher.watch(1)
    qtbot.waitUntil(lambda: not watcher._begins.isActive())
    watcher._rest_ms = 60_000
    watcher._timer.start(100)
    qtbot.keyClick(field, Qt.Key.Key_A)
    qtbot.wait(200)
    assert locked == []
    watcher._rest_ms = 100
    qtbot.keyClick(field, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: locked == [1])
    watcher.stop()
    watcher.deleteLater()


def test_text_size_and_theme_are_kept(unlocked: MainWindow, tmp_path: Path) -> None:
    for _ in range(3):
        unlocked.change_text(10)
    unlocked.choose_theme("dark")
    assert read_settings(tmp_path / "settings.toml").text_percent == 130
    assert read_settings(tmp_path / "settings.toml").theme == "dark"
    assert unlocked._appearance.theme.factor == 1.3
    assert unlocked._appearance.theme.colours.is_dark
    for _ in range(20):
        unlocked.change_text(10)
    assert unlocked.preferences.settings.text_percent == 200


def test_the_navigation_can_be_hidden(unlocked: MainWindow) -> None:
    assert unlocked.shell is not None
    unlocked.toggle_navigation()
    assert not unlocked.shell.navigation.isVisible()
    unlocked.toggle_navigation()
    assert unlocked.shell.navigation.isVisible()


def test_the_file_is_remembered_and_where_the_window_stood(
    unlocked: MainWindow, locked: Path, tmp_path: Path
) -> None:
    unlocked.resize(1000, 640)
    unlocked.close()
    kept = read_settings(tmp_path / "settings.toml")
    assert kept.last_file == str(locked)
    assert kept.window[2:] == (1000, 640)


def test_a_backup_is_saved_where_one_says(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "stick" / "copy.visits"
    target.parent.mkdir()
    monkeypatch.setattr(window_dialogs, "ask_backup", lambda *_: target)
    unlocked.save_backup()
    qtbot.waitUntil(lambda: not unlocked.session.jobs.is_busy, timeout=20_000)
    assert target.exists()
    assert unlocked.status.backup.words().startswith("Last verified backup: today at 13:00")
    assert "copy.visits" in unlocked.status.message.text()


def test_all_lists_are_exported_and_a_banner_warns_that_they_are_not_encrypted(
    qtbot: QtBot, unlocked: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "lists.xlsx"
    monkeypatch.setattr(window_dialogs, "ask_workbook", lambda *_: target)
    unlocked.save_lists()
    qtbot.waitUntil(lambda: not unlocked.session.jobs.is_busy, timeout=20_000)
    assert target.read_bytes().startswith(b"PK")
    assert unlocked.shell is not None
    page = unlocked.shell.page
    assert page is not None
    assert any("This file is not encrypted" in b.sentence for b in page.banners())


def test_a_change_is_told_in_the_status_line(unlocked: MainWindow) -> None:
    assert unlocked._context is not None
    unlocked._context.tell(Changes.PEOPLE)
    assert unlocked.status.saved.words().startswith("Saved ")


def test_help_says_what_the_page_is_for(
    unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[tuple[str, str]] = []
    monkeypatch.setattr(
        window_dialogs.HelpDialog, "ask", lambda _parent, title, text: shown.append((title, text))
    )
    for place in places_for(Role.MANAGER):
        unlocked.go(place.name)
        unlocked.explain()
    unlocked.about()
    assert len(shown) == len(places_for(Role.MANAGER)) + 1
    assert all(len(text) > 80 for _, text in shown)


def test_anything_is_found_by_a_few_letters(unlocked: MainWindow) -> None:
    assert unlocked._context is not None
    sign(unlocked._context.services, make_visit())
    viewmodel = GoToViewModel(unlocked._context, lambda _: True)
    assert [found.page for found in viewmodel.find("home")] == ["home"]
    person = next(found for found in viewmodel.find("cara") if found.kind == "Person")
    assert isinstance(person.target, UUID)
    sites = unlocked._context.services.setup.sites()
    site = next(one for one in sites if one.id == SUITE)
    assert any(found.kind == "Site" and found.title == site.name
               for found in viewmodel.find(site.name[:4].lower()))  # fmt: skip
    assert any(found.kind == "Visit" for found in viewmodel.find(site.name[:3]))
    assert viewmodel.find("zzzz") == ()


def test_go_to_offers_nothing_that_this_person_cannot_open(unlocked: MainWindow) -> None:
    assert unlocked._context is not None
    viewmodel = GoToViewModel(unlocked._context, lambda _: False)
    assert {found.kind for found in viewmodel.find("a")} <= {"Page", "Word"}


def test_no_lock_and_no_end_loses_what_a_full_disk_keeps_from_being_saved(
    qtbot: QtBot, unlocked: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unlocked.shell is not None
    assert unlocked.session.current is not None
    drafts = unlocked.session.current.services.drafts
    draft, _ = drafts.begin(CUSTODY)
    unlocked.go("log", draft.id)
    page = unlocked.shell.page
    assert isinstance(page, LogView)
    asked: list[str] = []

    def refuse(*_: object) -> None:
        raise StorageError("The disk is full.")

    def stay(_parent: object, _title: str, sentence: str, *_: str, leave: str) -> bool:
        asked.append(sentence)
        assert leave == "Stay"
        return False

    monkeypatch.setattr(lock, "_AGAIN_MS", 20)
    with monkeypatch.context() as patched:
        patched.setattr(DraftService, "save", refuse)
        patched.setattr(SureDialog, "ask", stay)
        page.viewmodel.keeper.put(TypedReport(summary="Written while the disk was full."))
        for leave in (unlocked.lock, unlocked.close):
            leave()
            assert unlocked.isVisible()
            assert unlocked.shell is not None
        sentence = "The disk is full. What you have typed since then will be lost."
        assert asked == [sentence, sentence]
        unlocked._inactivity.retry_soon()  # nobody is there to be asked
        qtbot.wait(60)
        assert unlocked.shell is not None
        assert len(asked) == 2
    qtbot.waitUntil(lambda: unlocked.shell is None)  # by itself, once there is room
