"""The file is moved, replaced, written over or deleted while somebody writes a report."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.e2e.typist import CONTROL, Typist
from tests.e2e.window import close, log_page, open_window
from tests.ui.keyboard import press, write
from visitapp import bootstrap
from visitapp.domain.draft.draft import Draft
from visitapp.security import unsaved_work
from visitapp.ui import window_dialogs
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.reports.view import ReportsView
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.window_dialogs import FaultDialog

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file can't be moved there")
Accident = Callable[[Path, Path], object]


def until(qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """Wait for what comes within seconds, on a machine that has much else to do."""
    qtbot.waitUntil(holds, timeout=60_000)


@pytest.fixture(autouse=True)
def _no_dialog(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing here asks anybody: a dialog that did would wait for good."""
    asked: list[str] = []
    monkeypatch.setattr(FaultDialog, "ask", lambda _parent, report: asked.append(report))
    monkeypatch.setattr(SureDialog, "ask", lambda *words, **_: asked.append(str(words)))
    yield
    assert not asked, asked[0]


def move(path: Path, _version: Path) -> None:
    path.rename(path.with_name("moved.visits"))


def delete(path: Path, _version: Path) -> None:
    path.unlink()


def put_over(path: Path, version: Path) -> None:
    shutil.copy2(version, path.with_name("new"))
    path.with_name("new").replace(path)


def write_over(path: Path, version: Path) -> None:
    path.write_bytes(version.read_bytes())


def drafts(path: Path, key: bytes) -> list[Draft]:
    with bootstrap.open_with_key(path, key) as opened:
        assert opened.services.maintenance.check() == []
        return list(opened.services.drafts.drafts())


@pytest.fixture
def version(tmp_path: Path, records_in_use: Path) -> Path:
    """The records as they were before the window opened them."""
    (tmp_path / "versions").mkdir()
    return Path(shutil.copy2(records_in_use, tmp_path / "versions" / "version.visits"))


@pytest.fixture
def writing(
    version: Path, records_in_use: Path, key: bytes, qtbot: QtBot, qapp: QApplication
) -> Iterator[MainWindow]:
    """A window with a report begun in it: a summary of one word."""
    window = open_window(qapp, records_in_use, key)
    try:
        qtbot.waitExposed(window)
        Typist(window, qtbot).begin("Custody visit")
        press(Qt.Key.Key_9, CONTROL)
        press(Qt.Key.Key_1)
        write("Calm")
        assert log_page(window).viewmodel.flush()
        saved = window.status.saved.words()
        assert saved == "" or saved.startswith("Saved")
        yield window
    finally:
        if isValid(window):
            close(window)


def go_on_writing(window: MainWindow, qtbot: QtBot) -> None:
    write(" and quiet")
    until(qtbot, lambda: log_page(window).viewmodel.keeper.problem != "")
    until(qtbot, lambda: window.file_watch.problem is not None)


@pytest.mark.parametrize("accident", [move, delete, put_over, write_over])
def test_nothing_is_said_to_be_saved_and_what_was_typed_comes_back(
    writing: MainWindow, version: Path, records_in_use: Path, key: bytes, qtbot: QtBot,
    qapp: QApplication, accident: Accident,
) -> None:  # fmt: skip
    window = writing
    accident(records_in_use, version)
    go_on_writing(window, qtbot)
    assert window.status.saved.words() == "Not saved: the file was moved or replaced"
    assert not log_page(window).viewmodel.keeper.saved_text.startswith("Saved")
    until(qtbot, lambda: len(log_page(window).banners()) == 1)
    (said,) = log_page(window).banners()
    assert "records.visits" in said.sentence
    assert "Nothing more can be saved in it." in said.sentence
    for path in unsaved_work.folder().iterdir():
        assert b"quiet" not in path.read_bytes()
    close(window)

    if accident in (put_over, write_over):
        assert drafts(records_in_use, key) == [], "it is as the other program put it there"
        back = records_in_use
    else:
        back = Path(shutil.copy2(version, records_in_use))
    again = open_window(qapp, back, key)
    try:
        [draft] = again.session.current.services.drafts.drafts()  # type: ignore[union-attr]
        assert draft.report.summary == "Calm and quiet"
        assert again.shell is not None
        page = again.shell.page
        assert page is not None
        [banner] = [one for one in page.banners() if one.kind == "good"]
        assert banner.sentence == "What you wrote while the file was moved or replaced is back."
        banner.buttons[0].click()
        assert log_page(again).viewmodel.report.summary == "Calm and quiet"
        assert list(unsaved_work.folder().iterdir()) == []
    finally:
        close(again)


@pytest.mark.parametrize("accident", [move, delete, put_over])
def test_a_copy_of_everything_holds_the_letters_typed_last(
    writing: MainWindow, version: Path, records_in_use: Path, key: bytes, qtbot: QtBot,
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, accident: Accident,
) -> None:  # fmt: skip
    window = writing
    accident(records_in_use, version)
    go_on_writing(window, qtbot)
    write(" today")
    out = tmp_path / "elsewhere" / "copy.visits"
    out.parent.mkdir()
    monkeypatch.setattr(window_dialogs, "ask_copy", lambda *_: out)
    until(qtbot, lambda: len(log_page(window).banners()) == 1)
    (banner,) = log_page(window).banners()
    assert banner.buttons[0].text() == "Save a copy of everything\u2026"
    banner.buttons[0].click()
    until(qtbot, lambda: window.shell is None)
    until(qtbot, lambda: not window.session.jobs.is_busy)
    [draft] = drafts(out, key)
    assert draft.report.summary == "Calm and quiet today"


def test_what_was_saved_before_is_kept_when_the_window_is_closed_after_all(
    writing: MainWindow, records_in_use: Path, key: bytes
) -> None:
    records_in_use.unlink()
    close(writing)
    (path,) = records_in_use.parent.glob("records.visits.before-moved-*")
    [draft] = drafts(path, key)
    assert draft.report.summary == "Calm"


def test_a_file_that_comes_back_takes_what_was_kept(
    writing: MainWindow, records_in_use: Path, key: bytes, qtbot: QtBot
) -> None:
    moved = records_in_use.with_name("moved.visits")
    records_in_use.rename(moved)
    go_on_writing(writing, qtbot)
    moved.rename(records_in_use)
    page = log_page(writing)
    until(qtbot, lambda: page.viewmodel.keeper.saved_text.startswith("Saved"))
    until(qtbot, lambda: writing.file_watch.problem is None)
    assert not [one for one in log_page(writing).banners() if one.kind == "bad"]
    assert list(unsaved_work.folder().iterdir()) == []
    assert writing.status.saved.words() == ""
    close(writing)
    [draft] = drafts(records_in_use, key)
    assert draft.report.summary == "Calm and quiet"


@pytest.mark.parametrize("is_busy", [False, True])
def test_a_text_of_the_year_is_kept_and_comes_back(
    qapp: QApplication, records_in_use: Path, key: bytes, is_busy: bool
) -> None:
    """Also where every connection to the file is in use, so that it would have to be opened."""
    window = open_window(qapp, records_in_use, key)
    window.go("reports")
    page = window.shell.page  # type: ignore[union-attr]
    assert isinstance(page, ReportsView)
    moved = records_in_use.with_name("moved.visits")
    period, keeper = page.viewmodel.period, page.viewmodel.keeper
    with page.context.services.access.database.reading() if is_busy else nullcontext():
        records_in_use.rename(moved)
        keeper.put_text(period, "history", "It began in 1984.")
        is_kept = keeper.flush()
    problem = keeper.problem
    close(window)
    assert is_kept
    assert problem != ""
    moved.rename(records_in_use)
    again = open_window(qapp, records_in_use, key)
    try:
        services = again.session.current.services  # type: ignore[union-attr]
        assert services.reports.text(period, "history").text == "It began in 1984."
        assert list(unsaved_work.folder().iterdir()) == []
    finally:
        close(again)
