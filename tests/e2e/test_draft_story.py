"""What was typed is there after a lock, and after a process was killed half way."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.e2e.typist import CONTROL, Typist
from tests.e2e.window import close, log_page, open_window
from tests.ui.keyboard import focus, press, write
from visitapp import bootstrap
from visitapp.domain.draft.draft_content import content_of
from visitapp.domain.report.place import Place
from visitapp.ui.frame.main_window import MainWindow

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
    assert page.viewmodel.keeper.section == "overall"
    assert page.viewmodel.report.summary == "Calm"
    qtbot.waitUntil(lambda: focus().accessibleName() == "Satisfactory")


def _holds(content: Mapping[str, Any], said: Mapping[str, Any], at: str) -> None:
    """The draft has all that was said to be saved; the field at which the writer was then may
    have gone on meanwhile."""
    for field, answer in said.items():
        if field == "answers":
            _holds(content[field], answer, at.partition(":")[2])
        elif field == at:
            assert str(content[field]).startswith(str(answer))
        else:
            assert content[field] == answer


def kills() -> list[object]:
    """After how many times that the window said so, and how many seconds later."""
    long = pytest.mark.long
    moments = [(lines, n * 0.09) for lines in range(1, 9) for n in range(4)]
    return [(2, 0.0), (6, 0.13), *(pytest.param(moment, marks=long) for moment in moments)]


@pytest.mark.parametrize("moment", kills())
def test_a_killed_process_loses_nothing_that_was_said_to_be_saved(
    qapp: QApplication, qtbot: QtBot, records_in_use: Path, key: bytes, moment: tuple[int, float]
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.writing_child", str(records_in_use)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    lines, delay = moment
    try:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(lines)]
        qtbot.wait(round(delay * 1000))
    finally:
        child.kill()  # SIGKILL: nothing in the process can tidy up
        rest, _ = child.communicate()
    told += rest.splitlines()
    said = json.loads(told[-1])

    window = open_window(qapp, records_in_use, key)
    try:
        services = window.session.current.services  # type: ignore[union-attr]
        [draft] = services.drafts.drafts()
        _holds(content_of(draft.report), said["answers"], said["at"])
        window.go("log", draft.id)
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        log_page(window).form.show_place(Place.parse("summary"))
        press(Key.Key_End, CONTROL)
        write(" - and on.")
        page = log_page(window)
        assert page.viewmodel.flush()
        after = services.drafts.get(draft.id)
        assert after.report.summary == f"{content_of(draft.report).get('summary', '')} - and on."
    finally:
        close(window)
