"""A text of the year is there after a lock, and after a process was killed half way."""

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.conftest import NOW
from tests.e2e.typist import CONTROL
from tests.ui.keyboard import press, write
from visitapp import bootstrap
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.reports.view import ReportsView

ROOT = Path(__file__).parents[2]
YEAR = APRIL_YEARS.year_of(date(2024, 4, 1))


def _kept(records: Path, key: bytes) -> str:
    with bootstrap.open_with_key(records, key, clock=lambda: NOW) as opened:
        return opened.services.reports.text(YEAR, "plans").text


def test_a_lock_keeps_what_was_typed_for_the_year(
    window: MainWindow, qtbot: QtBot, records_in_use: Path, key: bytes
) -> None:
    window.go("reports")
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, ReportsView)
    qtbot.waitUntil(lambda: page.viewmodel.report is not None, timeout=30_000)
    page.write("The year in words", "plans")
    write("Train 15 visitors.")
    press(Qt.Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: window.shell is None and not window.session.jobs.is_busy)
    assert _kept(records_in_use, key) == "Train 15 visitors."


@pytest.mark.parametrize(
    "lines", [2, *(pytest.param(n, marks=pytest.mark.long) for n in (1, 3, 5, 8))]
)
def test_a_killed_process_loses_nothing_of_a_year_that_was_said_to_be_saved(
    records_in_use: Path, key: bytes, lines: int
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.year_text_child", str(records_in_use)],
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert child.stdout is not None
        told = [child.stdout.readline() for _ in range(lines)]
    finally:
        child.kill()  # SIGKILL: nothing in the process can tidy up
        rest, _ = child.communicate()
    said = json.loads([*told, *rest.splitlines()][-1])
    assert said
    assert _kept(records_in_use, key).startswith(said)
