"""Backups that make themselves while nobody types: when, and what the window says of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.builders import CUSTODY
from tests.conftest import NOW
from tests.ui.conftest import Settle
from tests.ui.settings.settings_page import shown, words
from visitapp import bootstrap
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.errors import StorageError
from visitapp.domain.records.backups import BackupPlace
from visitapp.services.records.backups import BackupService
from visitapp.settings import Settings, read_settings
from visitapp.ui import backups
from visitapp.ui.backups import AutomaticBackups
from visitapp.ui.context import Context
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.home.viewmodel import HomeViewModel
from visitapp.ui.jobs import Jobs
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session


class Touches:
    """When the window was touched last, set by hand."""

    rest_ms = 3_600_000

    def __call__(self) -> int:
        return self.rest_ms


@pytest.fixture
def touches() -> Touches:
    return Touches()


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, milliseconds in (("LOOK_MS", 5), ("REST_MS", 30), ("AGAIN_MS", 60)):
        monkeypatch.setattr(backups, name, milliseconds)


@pytest.fixture
def context(locked: Path, key: bytes, jobs: Jobs) -> Iterator[Context]:
    with bootstrap.open_with_key(locked, key, clock=lambda: NOW) as opened:
        made = Context(opened.services, jobs)
        yield made
        for timer in made.findChildren(QTimer):
            timer.stop()
        jobs.shut_down()


def _watch(context: Context, touches: Touches, *, is_lasting: bool = True) -> AutomaticBackups:
    return AutomaticBackups(context, touches, is_lasting=is_lasting)


def _folder(locked: Path) -> Path:
    return locked.parent / "backups"


def _sleeps(watch: QObject) -> bool:
    return not any(timer.isActive() for timer in watch.findChildren(QTimer))


def _rests(qtbot: QtBot, watch: AutomaticBackups, settle: Settle) -> None:
    """Until it sleeps: no timer and no work."""
    qtbot.waitUntil(lambda: _sleeps(watch) and not watch._context.jobs.is_busy, timeout=20_000)
    settle(watch._context)


def test_it_makes_one_once_nobody_types_and_sleeps_then(
    context: Context, touches: Touches, qtbot: QtBot, settle: Settle, locked: Path
) -> None:
    watch = _watch(context, touches)
    with qtbot.waitSignal(context.backups_changed):
        pass  # it has looked where the last one lies
    assert context.backups.last is None
    _rests(qtbot, watch, settle)
    assert len(list(_folder(locked).iterdir())) == 2
    assert context.backups.place is BackupPlace.SAME_DISK
    looks: list[int] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BackupService, "make", lambda *_: looks.append(1))
        qtbot.wait(150)
    assert looks == []


def test_it_waits_while_somebody_types(
    context: Context, touches: Touches, qtbot: QtBot, settle: Settle, locked: Path
) -> None:
    touches.rest_ms = 0
    watch = _watch(context, touches)
    qtbot.wait(150)
    assert not _folder(locked).exists()
    touches.rest_ms = 60_000
    _rests(qtbot, watch, settle)
    assert _folder(locked).exists()


def test_a_change_wakes_it_and_two_of_one_hour_are_too_many(
    context: Context, touches: Touches, qtbot: QtBot, settle: Settle, monkeypatch, locked: Path
) -> None:
    watch = _watch(context, touches)
    _rests(qtbot, watch, settle)
    drafts = context.services.drafts
    drafts.save(replace(drafts.begin(CUSTODY)[0], report=typed_report({"summary": "Calm"})))
    context.note_saved()
    qtbot.waitUntil(lambda: watch._timer.remainingTime() > 3_000_000)  # 1 hour by one timer
    assert len(list(_folder(locked).iterdir())) == 2
    watch._timer.stop()


def test_it_gives_way_to_what_somebody_asks_for(
    context: Context, touches: Touches, qtbot: QtBot, settle: Settle, monkeypatch
) -> None:
    """A page never waits for a backup that nobody asked for."""
    began: list[bool] = []

    def long(_self: object, _folder: object, goes_on) -> None:
        began.append(True)
        while goes_on():
            pass
        raise backups.CancelledError("Stopped.")

    with monkeypatch.context() as patched:
        patched.setattr(BackupService, "make", long)
        watch = _watch(context, touches)
        qtbot.waitUntil(lambda: bool(began))
        answers: list[int] = []
        context.jobs.run(lambda: 7, owner=context, done=answers.append)
        qtbot.waitUntil(lambda: answers == [7])
        assert context.backups.problem == ""
    _rests(qtbot, watch, settle)  # and is made afterwards
    assert context.backups.last is not None


def test_what_goes_wrong_is_said_once_without_a_dialog_and_tried_again(
    context: Context, touches: Touches, qtbot: QtBot, settle: Settle, monkeypatch, qapp
) -> None:
    said: list[str] = []
    context.message.connect(said.append)
    tries: list[int] = []

    def fail(*_: object) -> None:
        tries.append(1)
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr(BackupService, "make", fail)
        watch = _watch(context, touches)
        qtbot.waitUntil(lambda: len(tries) >= 3)
        settle(context)
    assert said == ["No backup was made. The disk is full."]
    assert context.backups.problem == "The disk is full."
    assert not [w for w in qapp.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    _rests(qtbot, watch, settle)
    assert context.backups.problem == ""
    assert context.backups.last is not None


@pytest.mark.parametrize("why", ["off", "thrown away"])
def test_none_is_made_where_none_is_wanted(
    context: Context, touches: Touches, qtbot: QtBot, settle: Settle, locked: Path, why: str
) -> None:
    if why == "off":
        context.preferences.change(backups_automatic=False)
    watch = _watch(context, touches, is_lasting=why != "thrown away")
    _rests(qtbot, watch, settle)
    context.note_saved()
    qtbot.wait(100)
    assert not _folder(locked).exists()
    if why == "off":
        context.preferences.change(backups_automatic=True)
        _rests(qtbot, watch, settle)
        assert _folder(locked).exists()


def test_a_folder_that_is_chosen_is_used_from_then_on(
    context: Context, touches: Touches, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    watch = _watch(context, touches)
    _rests(qtbot, watch, settle)
    other = tmp_path / "stick"
    other.mkdir()
    context.preferences.change(backup_folder=str(other))
    _rests(qtbot, watch, settle)
    assert context.backups.last is not None
    assert context.backups.last.target.parent == other


# -- what is said ---------------------------------------------------------------------------


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, locked: Path, key: bytes, tmp_path: Path
) -> Iterator[MainWindow]:
    preferences = Preferences(Settings(theme="light"), tmp_path / "settings.toml")
    made = MainWindow(appearance, Session(), preferences)
    made.session.adopt(bootstrap.open_with_key(locked, key, hold=True, clock=lambda: NOW))
    made.show()
    yield made
    made.close()
    made.deleteLater()


def test_the_status_line_says_what_is_true_of_the_last_backup(
    window: MainWindow, qtbot: QtBot
) -> None:
    assert window.status.backup.words() == "No backup yet"
    window._inactivity._timer.start(1)  # as after a long rest; the lock itself is not meant
    window._inactivity._timer.stop()
    assert window._context is not None
    with qtbot.waitSignal(window._context.backups_changed):
        pass
    window._context.backup_wanted.emit()
    said = "Last verified backup: today at 13:00, on this same disk. A second place is safer."
    qtbot.waitUntil(lambda: window.status.backup.words() == said, timeout=20_000)
    assert window.status.backup.toolTip() == said


def test_a_lock_ends_a_backup_that_is_being_made(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, locked: Path
) -> None:
    began: list[bool] = []

    def long(_self: object, _folder: object, goes_on) -> None:
        began.append(True)
        while goes_on():
            pass
        raise backups.CancelledError("Stopped.")

    monkeypatch.setattr(BackupService, "make", long)
    assert window._context is not None
    window._context.backup_wanted.emit()
    qtbot.waitUntil(lambda: bool(began))
    window.lock()
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
    assert window.shell is None


def test_settings_say_where_backups_go_and_choose_another_folder(
    context: Context, touches: Touches, qtbot: QtBot, settle: Settle, locked: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    kept = tmp_path / "settings.toml"
    context.preferences = Preferences(Settings(), kept, context)
    watch = _watch(context, touches)
    page = shown(context, qtbot, "backup")
    section = page.section
    _rests(qtbot, watch, settle)
    assert section.last.text() == (
        "Last verified backup: today at 13:00, on this same disk. A second place is safer."
    )
    assert "records-automatic-2025-04-10-1300.visits" in section.where.text()
    assert section.folder.text() == f"Folder: {_folder(locked)}, with the records"
    assert not section.usual_button.isVisibleTo(page)
    other = tmp_path / "stick"
    other.mkdir()
    monkeypatch.setattr("visitapp.ui.settings.backup.ask_backup_folder", lambda *_: other)
    section.choose_button.click()
    assert section.folder.text() == f"Folder: {other}"
    assert read_settings(kept).backup_folder == str(other)
    section.now_button.click()
    qtbot.waitUntil(lambda: str(other) in section.where.text(), timeout=20_000)
    section.usual_button.click()
    assert read_settings(kept).backup_folder == ""
    watch._timer.stop()


def test_settings_and_home_tell_of_a_backup_that_could_not_be_made(
    context: Context, touches: Touches, qtbot: QtBot, settle: Settle, monkeypatch, locked: Path
) -> None:
    home_viewmodel = HomeViewModel(context)
    context.preferences.change(backup_folder=str(locked.parent / "gone"))
    watch = _watch(context, touches)
    page = shown(context, qtbot, "backup")
    qtbot.waitUntil(lambda: bool(context.backups.problem))
    gone = f"The folder for backups cannot be found: {locked.parent / 'gone'}."
    assert f"No new backup could be made. {gone}" in words(page)
    need = next(need for need in home_viewmodel.tasks() if need.page == "settings")
    assert (need.title, need.note, need.target) == ("No new backup could be made", gone, "backup")
    (locked.parent / "gone").mkdir()
    _rests(qtbot, watch, settle)
    assert "could be made" not in words(page)
    assert not [need for need in home_viewmodel.tasks() if need.page == "settings"]


def test_a_backup_by_hand_is_told_at_once(
    context: Context, touches: Touches, qtbot: QtBot, settle: Settle, tmp_path: Path
) -> None:
    watch = _watch(context, touches, is_lasting=False)
    _rests(qtbot, watch, settle)
    context.services.maintenance.backup(tmp_path / "by-hand.visits")
    context.note_backup()
    _rests(qtbot, watch, settle)
    assert context.backups.last is not None
    assert context.backups.last.name == "by-hand.visits"
