"""A folder of exchange that doesn't answer: the system's calls on it wait, as on a network drive
whose server went away. Only the thread that was made for it may ever wait."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import ANNE
from tests.copies import Copies, written
from tests.e2e.window import close, open_window
from visitapp.ui import drive, exchanging
from visitapp.ui.context import Context
from visitapp.ui.exchange.view import ExchangeView
from visitapp.ui.exchanging import AutomaticExchange
from visitapp.ui.frame import main_window
from visitapp.ui.frame.main_window import MainWindow

VISITOR_KEY = bytes(range(1, 33))
CALLS = ("listdir", "scandir", "stat", "lstat", "open", "unlink", "replace", "link", "rename")


class StallingFolder:
    """Every call of the system on a path in a folder waits while the folder stalls."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = str(folder)
        self._answers = threading.Event()
        self._answers.set()
        self.waiting: set[str] = set()
        for name in CALLS:
            monkeypatch.setattr(os, name, self._slow(getattr(os, name)))

    def _slow(self, call: Any) -> Any:
        def waits(path: Any = ".", *args: Any, **kwargs: Any) -> Any:
            if not self._answers.is_set() and self._is_within(path):
                self.waiting.add(threading.current_thread().name)
                self._answers.wait(30)
            return call(path, *args, **kwargs)

        return waits

    def _is_within(self, path: Any) -> bool:
        return not isinstance(path, int) and os.fsdecode(path).startswith(self._folder)

    def stall(self) -> None:
        self._answers.clear()

    def answer(self) -> None:
        self._answers.set()
        for thread in threading.enumerate():
            if thread.name == "visitapp-drive":
                thread.join(10)


@pytest.fixture
def folder(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> Iterator[StallingFolder]:
    monkeypatch.setattr(drive, "STALLED_MS", 150)
    monkeypatch.setattr(exchanging, "SOON_MS", 0)
    monkeypatch.setattr(exchanging, "LOOK_MS", 50)
    monkeypatch.setattr(main_window, "_EXCHANGE_MS", 0)
    stalling = StallingFolder(copies.folder, monkeypatch)
    yield stalling
    stalling.answer()


@pytest.fixture
def window(copies: Copies, qapp: QApplication) -> Iterator[MainWindow]:
    """The window of a visitor who has a report to hand over."""
    anne = copies.join("anne", ANNE)
    written(anne)
    path = copies.open_files[1].path
    copies.close()
    copies.open_files.clear()
    opened = open_window(qapp, path, VISITOR_KEY)
    yield opened
    if opened.session.current is not None:
        close(opened)


def exchange_of(window: MainWindow) -> AutomaticExchange:
    exchange = window.findChild(AutomaticExchange)
    assert exchange is not None
    return exchange


def says(window: MainWindow, folder: Path) -> bool:
    sentence = (
        f"The folder {folder} is not responding. You can carry on working. Messages will be "
        "exchanged when it responds again."
    )
    return window.status.message.text() == sentence


def test_the_window_and_other_work_go_on_and_it_closes(
    copies: Copies, folder: StallingFolder, window: MainWindow, qtbot: QtBot
) -> None:
    folder.stall()
    window.preferences.change(exchange_folder=str(copies.folder))
    qtbot.waitUntil(lambda: says(window, copies.folder), timeout=10_000)
    context = exchange_of(window)._context
    answers: list[int] = []
    context.jobs.run(lambda: 5, owner=window, done=answers.append)
    qtbot.waitUntil(lambda: answers == [5], timeout=20_000)
    window.go("exchange")
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, ExchangeView)
    assert "is not responding" in page.state.text()
    window.status.message.setText("")
    qtbot.keyClick(page, Qt.Key.Key_F5)
    assert says(window, copies.folder)
    window.go("home")
    began = time.monotonic()
    close(window)
    assert time.monotonic() - began < 20  # and not the 30 of a folder that stalls
    assert folder.waiting == {"visitapp-drive"}


def test_the_exchange_goes_on_once_the_folder_answers(
    copies: Copies, folder: StallingFolder, window: MainWindow, qtbot: QtBot
) -> None:
    folder.stall()
    window.preferences.change(exchange_folder=str(copies.folder))
    qtbot.waitUntil(lambda: says(window, copies.folder), timeout=10_000)
    folder.answer()
    qtbot.waitUntil(lambda: len(list(copies.folder.iterdir())) == 1, timeout=10_000)
    exchange = exchange_of(window)
    qtbot.waitUntil(lambda: exchange._context.exchange.result is not None, timeout=10_000)
    assert not exchange._context.exchange.problem


def test_a_folder_that_stalls_between_two_exchanges_is_noticed_and_gone_on_with(
    copies: Copies, folder: StallingFolder, window: MainWindow, qtbot: QtBot
) -> None:
    window.preferences.change(exchange_folder=str(copies.folder))
    exchange = exchange_of(window)
    qtbot.waitUntil(lambda: exchange._context.exchange.result is not None, timeout=10_000)
    folder.stall()
    qtbot.waitUntil(lambda: exchange._context.exchange.is_stalled, timeout=10_000)
    assert says(window, copies.folder)
    folder.answer()
    qtbot.waitUntil(lambda: not exchange._context.exchange.problem, timeout=10_000)


def test_another_folder_is_used_at_once(
    copies: Copies, folder: StallingFolder, window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder.stall()
    window.preferences.change(exchange_folder=str(copies.folder))
    qtbot.waitUntil(lambda: says(window, copies.folder), timeout=10_000)
    other = tmp_path / "other"
    other.mkdir()
    window.preferences.change(exchange_folder=str(other))
    qtbot.waitUntil(lambda: len(list(other.iterdir())) == 1, timeout=10_000)
    folder.answer()
    exchange = exchange_of(window)
    qtbot.waitUntil(lambda: not exchange.is_busy, timeout=10_000)
    assert list(copies.folder.iterdir()) == []


def test_what_was_taken_in_is_shown_though_the_folder_stalls_then(
    copies: Copies, folder: StallingFolder, qtbot: QtBot, jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    anne = copies.join("anne", ANNE)
    written(anne)
    copies.exchange("anne")
    context = Context(copies.office, jobs)
    changed: list[Any] = []
    context.changed.connect(changed.append)
    unlink = os.unlink

    def stall_and_unlink(*args: Any, **kwargs: Any) -> None:
        folder.stall()
        unlink(*args, **kwargs)

    monkeypatch.setattr(os, "unlink", stall_and_unlink)
    exchange = AutomaticExchange(context)
    context.preferences.change(exchange_folder=str(copies.folder))
    qtbot.waitUntil(lambda: bool(changed), timeout=10_000)
    assert len(copies.office.inbox.lines()) == 1
    exchange.end()
    folder.answer()
