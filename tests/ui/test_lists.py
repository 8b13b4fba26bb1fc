"""Every list is copied and saved by keys, with what it belongs to, days and numbers as such."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.conftest import NOW
from tests.ui.keyboard import press
from tests.ui.waiting import wait_until
from visitapp import bootstrap
from visitapp.settings import Settings
from visitapp.ui import export_place
from visitapp.ui.export_place import ExportPlace
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.session import Session
from visitapp.ui.widgets.listing import list_on
from visitapp.ui.widgets.table_cursor import go_to

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LISTS = {
    "visits": ("Visits", "Visit"),
    "issues": ("Issues", "Visit"),
    "people": ("People", "Name"),
    "findings": ("Findings", "Question"),
    "meetings": ("Meetings", "Meeting"),
}


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, _demonstration: Path, tmp_path: Path, key: bytes
) -> Iterator[MainWindow]:
    path = Path(shutil.copy2(_demonstration, tmp_path / "demonstration.visits"))
    shown = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    shown.show()
    with bootstrap.open_with_key(path, key, clock=lambda: NOW) as opened:
        shown.session.adopt(opened)
        shown.activateWindow()
        qtbot.waitUntil(shown.isActiveWindow)
        yield shown
        shown.close()
        shown.session.end()
    shown.deleteLater()


def test_lists_are_copied_and_saved_by_keys(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.shell is not None
    clipboard = QGuiApplication.clipboard()
    for name, (title, first) in LISTS.items():
        window.go(name)
        wait_until(lambda: not window.session.jobs.is_busy)
        page = window.shell.page
        assert page is not None
        table = list_on(page)
        assert table is not None
        window.activateWindow()
        table.setFocus()
        qtbot.waitUntil(table.hasFocus)
        press(Qt.Key.Key_A, CTRL)
        press(Qt.Key.Key_C, CTRL)
        sheet = table.listed()
        lines = clipboard.text().split("\n")
        assert (sheet.name, sheet.headings[0]) == (title, first)
        assert len(lines) == 1 + len(sheet.rows) > 2
        assert clipboard.mimeData().html().count("<tr>") == len(lines)
        target = tmp_path / f"{name}.xlsx"
        monkeypatch.setattr(
            export_place, "ask_for_place", lambda *_, at=target, **__: ExportPlace(at, True)
        )
        press(Qt.Key.Key_S, CTRL | SHIFT)
        wait_until(lambda: not window.session.jobs.is_busy)
        [page_of_book] = openpyxl.load_workbook(target).worksheets
        assert page_of_book.max_row == len(lines)
        assert any("not encrypted" in banner.sentence for banner in page.banners())


def test_some_visits_are_copied_with_their_days_and_the_menu_does_the_same(
    window: MainWindow,
) -> None:
    assert window.shell is not None
    window.go("visits")
    wait_until(lambda: not window.session.jobs.is_busy)
    table = list_on(window.shell.page)
    assert table is not None
    table.setFocus()
    go_to(table, 0)
    QApplication.processEvents()
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_C, CTRL)
    copied = QGuiApplication.clipboard().text()
    rows = table.listed(range(3)).rows
    assert [line.split("\t")[0] for line in copied.split("\n")[1:]] == [row[0] for row in rows]
    assert all(isinstance(row[1], date) for row in rows)
    QGuiApplication.clipboard().clear()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(table, asked)
    (menu,) = table.findChildren(QMenu)
    assert [a.text() for a in menu.actions() if a.text()] == [
        "&Copy",
        "Select &all",
        "&Save this list\u2026",
    ]
    menu.actions()[0].trigger()
    menu.close()
    assert QGuiApplication.clipboard().text() == copied
