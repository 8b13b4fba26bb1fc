"""What was typed is there after a lock, and after a process was killed half way."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.typist import CONTROL, Typist
from tests.e2e.window import close, log_page, open_window
from tests.ui.keyboard import focus, press, write
from visitapp import bootstrap
from visitapp.ui.main_window import MainWindow

ROOT = Path(__file__).parents[2]
Key = Qt.Key


def test_a_lock_keeps_what_was_typed_and_the_place(
    window: MainWindow, qtbot: QtBot, typist: Typist, records_in_use: Path, key: bytes
) -> None:
    typist.begin("Custody visit")
    press(Key.Key_9, CONTROL)
    press(Key.Key_1)
    write("Calm")
    press(Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
    assert window.shell is None
    window.session.adopt(bootstrap.open_with_key(records_in_use, key, hold=True))
    page = log_page(window)
    assert page.model.keeper.section == "overall"
    assert page.model.content["summary"] == "Calm"
    qtbot.waitUntil(lambda: focus().accessibleName().endswith(": Satisfactory"))


def kills() -> list[object]:
    long = pytest.mark.long
    return [0.0, 0.13, *(pytest.param(n * 0.03, marks=long) for n in range(1, 9))]


@pytest.mark.parametrize("delay", kills())
def test_a_killed_process_loses_nothing_that_was_said_to_be_saved(
    qapp: QApplication, qtbot: QtBot, records_in_use: Path, key: bytes, delay: float
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.writing_child", str(records_in_use)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout is not None
        told = [child.stdout.readline().rstrip("\n") for _ in range(3)]
        qtbot.wait(round(delay * 1000))
    finally:
        child.kill()  # SIGKILL: nothing in the process can tidy up
        rest, _ = child.communicate()
    told += rest.splitlines()

    window = open_window(qapp, records_in_use, key)
    try:
        services = window.session.current.services  # type: ignore[union-attr]
        [draft] = services.drafts.drafts()
        assert draft.content["summary"].startswith(told[-1])
        assert draft.section == "overall"
        window.go("log", draft.id)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        log_page(window).form.show_field("summary")
        press(Key.Key_End, CONTROL)
        write(" - and on.")
        page = log_page(window)
        assert page.model.flush()
        after = services.drafts.get(draft.id)
        assert after.content["summary"] == f"{draft.content['summary']} - and on."
    finally:
        close(window)
