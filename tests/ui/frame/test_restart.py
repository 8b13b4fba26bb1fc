"""What is handed to the process that takes a locked window's place, and when it begins."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.domain.period import Period
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.settings import Settings
from visitapp.ui import window_dialogs
from visitapp.ui.first_start.view import FirstStartView
from visitapp.ui.frame.clipboards import OwnClipboards
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.frame.restart import same_command
from visitapp.ui.frame.restart_state import VARIABLE, RestartState, take
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session
from visitapp.ui.unlock.view import UnlockView
from visitapp.ui.widgets.passphrase_field import PassphraseField

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
TARGETS: list[object] = [
    None, UUID(int=7), "backup", YEAR, VisitQuery(period=YEAR, site_ids=(UUID(int=3),)),
]  # fmt: skip


class Replaced:
    """Stands for the process that would begin."""

    def __init__(self) -> None:
        self.told: list[RestartState] = []
        self.was_free: list[bool] = []
        self.refuses = False

    def __call__(self, state: RestartState) -> None:
        self.told.append(state)
        path = Path(state.left)
        bootstrap.open_with_key(path, bytes(range(32)), hold=True).close()
        self.was_free.append(True)
        if self.refuses:
            raise OSError("The program was moved.")


@pytest.fixture
def replaced() -> Replaced:
    return Replaced()


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, replaced: Replaced, records: Path, key: bytes
) -> Iterator[MainWindow]:
    """With a file open in it, held as by a person."""
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")), replaced)
    made.show()
    session = made.session
    with qtbot.waitSignal(session.opened, timeout=20_000):
        session.jobs.run(
            lambda: bootstrap.open_with_key(records, key, hold=True, clock=lambda: NOW),
            owner=session,
            done=session.adopt,
        )
    yield made
    made.close()
    made.session.end()
    made.deleteLater()


@pytest.mark.parametrize("target", TARGETS)
def test_a_place_comes_back_as_it_was(target: object) -> None:
    told = RestartState(
        "/home/é\udcff/r.visits", "Locked at 14:02.", page="log", target=target,
        window=(1, -2, 3, 4), maximised=True, active=False, throw_away="x",
    )  # fmt: skip
    environment = {VARIABLE: told.for_environment()}
    assert environment[VARIABLE].isascii()
    assert take(environment) == told
    assert environment == {}
    assert take(environment) is None


def test_words_of_a_search_are_not_handed_on() -> None:
    query = VisitQuery(period=YEAR, text="Byrne")
    told = RestartState("r.visits", target=query).for_environment()
    assert "Byrne" not in told
    assert take({VARIABLE: told}) == RestartState("r.visits", target=VisitQuery(period=YEAR))
    for other in (object(), VisitQuery(text="Byrne")):
        assert (
            json.loads(RestartState("r.visits", target=other).for_environment())["target"] is None
        )


@pytest.mark.parametrize(
    "nonsense",
    ["{", "[]", "7", '{"note": "no path"}', '{"path": 3}', '{"path": "x", "window": [1]}',
     '{"path": "x", "window": ["a", 1, 2, 3]}', '{"path": "x", "more": 1}', "[" * 100_000,
     '{"path": "x", "target": {"id": "no"}}', '{"path": "x", "window": 5}',
     '{"path": "x", "target": {"days": ["2025-01-02", "2025-01-01"]}}',
     '{"path": "x", "target": {"days": ["2025-01-01", "2025-01-02"], "sites": [1]}}',
     '{"path": "x", "active": 1}'],
)  # fmt: skip
def test_what_can_not_be_read_is_an_ordinary_start(nonsense: str) -> None:
    assert take({VARIABLE: nonsense}) is None


def test_the_program_begins_anew_once_the_file_is_free(
    qtbot: QtBot, window: MainWindow, replaced: Replaced, records: Path
) -> None:
    window.go("settings", "sites")
    window.lock()
    words = [one.text() for one in window.centralWidget().findChildren(QLabel)]
    assert "Closing the file. You can then type its passphrase here." in words
    assert window.shell is None
    qtbot.waitUntil(lambda: bool(replaced.told), timeout=20_000)
    [told] = replaced.told
    assert replaced.was_free == [True]
    assert (told.path, told.left, told.page, told.target) == (
        str(records), str(records), "settings", "sites",
    )  # fmt: skip
    assert told.note.startswith("Locked at ")
    assert told.window == window.normalGeometry().getRect()
    assert told.throw_away == ""


def test_where_it_can_not_begin_anew_the_window_asks_itself(
    qtbot: QtBot, window: MainWindow, replaced: Replaced, records: Path
) -> None:
    replaced.refuses = True
    window.go("settings", "sites")
    window.lock()
    qtbot.waitUntil(lambda: isinstance(window.centralWidget(), UnlockView), timeout=20_000)
    session = window.session
    with qtbot.waitSignal(session.opened, timeout=20_000):
        key = bytes(range(32))
        session.jobs.run(
            lambda: bootstrap.open_with_key(records, key, hold=True),
            owner=session,
            done=session.adopt,
        )
    assert window.shell is not None
    assert window.shell.place() == ("settings", "sites")


def test_every_way_to_leave_a_file_begins_anew(
    qtbot: QtBot,
    window: MainWindow,
    replaced: Replaced,
    records: Path,
    key: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = tmp_path / "other.visits"
    monkeypatch.setattr(window_dialogs, "ask_records", lambda *_: other)
    monkeypatch.setattr(window_dialogs, "ask_backup_to_restore", lambda *_: other)
    leaves = (window.open_other_file, window.restore_backup, window.begin_new_file,
              lambda: window._on_asked("demonstration", None))  # fmt: skip
    for leave in leaves:
        if window.shell is None:
            window.session.adopt(bootstrap.open_with_key(records, key, hold=True))
        before = len(replaced.told)
        leave()
        qtbot.waitUntil(lambda n=before: len(replaced.told) > n, timeout=20_000)  # type: ignore[misc]
    opened, restored, new, demonstration = replaced.told
    assert (opened.path, opened.restore) == (str(other), "")
    assert (restored.path, restored.restore) == (str(records), str(other))
    assert new.first_start
    assert not new.demonstration
    assert demonstration.first_start
    assert demonstration.demonstration


def test_a_fresh_process_shows_what_it_was_told(
    qtbot: QtBot, appearance: Appearance, records: Path, tmp_path: Path
) -> None:
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.show()
    made.show_next(RestartState(str(records), "Locked at 14:02."))
    view = made.centralWidget()
    assert isinstance(view, UnlockView)
    assert any("Locked at 14:02." in one.text() for one in view.findChildren(QLabel))
    made.show_next(RestartState(str(tmp_path / "new.visits"), first_start=True))
    assert isinstance(made.centralWidget(), FirstStartView)
    made.show_next(RestartState(str(records), restore=str(records)))
    assert isinstance(made.centralWidget(), UnlockView)
    made.close()
    made.deleteLater()


def test_only_a_folder_of_the_demonstration_is_taken_over_to_be_removed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    kept, elsewhere = tmp_path / "papers", tmp_path / "in" / "visitapp-demonstration-x"
    ours, link = tmp_path / "visitapp-demonstration-y", tmp_path / "visitapp-demonstration-z"
    for folder in (kept, elsewhere, ours):
        folder.mkdir(parents=True)
    link.symlink_to(kept, target_is_directory=True)
    for folder in (kept, elsewhere, link, ours):
        session = Session()
        session.take_over(folder)
        session.end()
    assert kept.is_dir()
    assert elsewhere.is_dir()
    assert not ours.exists()


@pytest.mark.parametrize(
    ("started", "again"),
    [
        (["/usr/bin/python3", "-m", "visitapp", "--file", "x"],) * 2,
        (["python3", "/opt/bin/visitapp"],) * 2,
        (["python3", "-"], [sys.executable, "-m", "visitapp"]),
        (["python3"], [sys.executable, "-m", "visitapp"]),
    ],
)
def test_the_program_is_started_as_it_was(started: list[str], again: list[str]) -> None:
    assert same_command(started) == again


@pytest.mark.parametrize(
    ("ours", "now", "left"),
    [
        (True, "ours", ""),
        (False, "ours", ""),  # kept for us by a program that keeps clipboards
        (False, "another's", "another's"),
    ],
)
def test_only_what_came_from_here_leaves_the_clipboard(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ours: bool, now: str, left: str
) -> None:
    made, clipboard = OwnClipboards(QGuiApplication.instance()), QGuiApplication.clipboard()
    with monkeypatch.context() as owning:
        owning.setattr(QClipboard, "ownsClipboard", lambda _: True)
        clipboard.setText("ours")
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: False)
    clipboard.setText(now)
    monkeypatch.setattr(QClipboard, "ownsClipboard", lambda _: ours)
    made.clear()
    assert clipboard.text() == left
    clipboard.clear()
    made.deleteLater()


def test_a_passphrase_that_was_cleared_does_not_come_back_by_undo(qtbot: QtBot) -> None:
    field = PassphraseField("Passphrase")
    qtbot.addWidget(field)
    qtbot.keyClicks(field.edit, "lantern orchard")
    field.show_button.click()
    field.clear()
    field.edit.undo()
    field.edit.redo()
    assert field.text() == ""
    assert not field.edit.isUndoAvailable()
