"""Narrow windows and large text: the status line says what there is room for, Home needs no
scrolling to the side."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy2

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from tests.conftest import NOW
from tests.ui import looking
from tests.ui.waiting import wait_until
from visitapp import bootstrap
from visitapp.domain.records.backups import BackupKind, BackupMade, BackupPlace, BackupState
from visitapp.settings import Settings
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session

STATE = BackupState(
    BackupMade(NOW, "Mary", Path("/b/copy.visits"), BackupKind.AUTOMATIC, ""),
    BackupPlace.SAME_DISK,
)


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, _demonstration: Path, tmp_path: Path, key: bytes
) -> Iterator[MainWindow]:
    path = Path(copy2(_demonstration, tmp_path / "demonstration.visits"))
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.show()
    with bootstrap.open_with_key(path, key, clock=lambda: NOW) as opened:
        made.session.adopt(opened)
        wait_until(lambda: not made.session.jobs.is_busy)
        yield made
        made.close()
        made.session.end()
    made.deleteLater()


def test_the_status_line_says_what_there_is_room_for(qtbot: QtBot, window: MainWindow) -> None:
    status = window.status
    for percent in (100, 150, 200):
        window.preferences.change(text_percent=percent)
        for width in (1920, 1366, 1024, 911):
            window.resize(width, 720)
            status.show_backup(STATE, NOW)
            status.show_saved(NOW)
            status.say("The report is saved as annual-report.pdf.")
            qtbot.waitUntil(lambda: looking.overlapping(status) == [])
            assert status.file.isVisible()
            assert "verified backup" in f"{status.backup.toolTip()} {status.file.toolTip()}"
    window.preferences.change(text_percent=100)
    window.resize(1920, 720)
    status.say("")
    assert "A second place is safer." in status.backup._words.text()
    assert status.note.text().startswith("Demonstration: ")


@pytest.mark.parametrize("width", [911, 1000, 1366])
def test_home_scrolls_up_and_down_only(qtbot: QtBot, window: MainWindow, width: int) -> None:
    window.resize(width, 720)
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=30_000)
    for _ in range(5):
        QApplication.processEvents()
    assert window.shell is not None
    assert window.shell.page is not None
    for area in window.shell.page.findChildren(QScrollArea):
        assert area.horizontalScrollBar().maximum() == 0
