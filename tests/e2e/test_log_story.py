"""Visits logged by keys alone in the shown window; the process killed half way."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN, furnish
from tests.e2e.window import open_window
from tests.ui.keyboard import focus, press, words, write
from visitapp import bootstrap
from visitapp.domain.visit import OutcomeCount, State
from visitapp.domain.visit_list import VisitQuery
from visitapp.ui.log.view import LogView
from visitapp.ui.main_window import MainWindow
from visitapp.ui.visits.view import VisitsView

ROOT = Path(__file__).parents[2]
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def records_in_use(records: Path, key: bytes) -> Path:
    """A file with a suite, kennels and three people."""
    with bootstrap.open_with_key(records, key) as opened:
        furnish(opened.services)
    return records


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, records_in_use: Path, key: bytes
) -> Iterator[MainWindow]:
    made = open_window(qapp, records_in_use, key)
    qtbot.waitExposed(made)
    yield made
    close(made)


def close(window: MainWindow) -> None:
    window.close()
    window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def page_of(window: MainWindow) -> LogView:
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, LogView)
    return page


def tab(times: int = 1) -> None:
    for _ in range(times):
        press(Key.Key_Tab)


def next_section() -> None:
    press(Key.Key_Return, CONTROL)


def begin(window: MainWindow, qtbot: QtBot, kind: str) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    press(Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: focus().accessibleName() == "Custody visit")
    while focus().accessibleName() != kind:
        tab()
    press(Key.Key_Space)
    qtbot.waitUntil(lambda: focus().accessibleName() == "Site")


def write_the_visit(day: str) -> None:
    """The only site is known already."""
    tab()
    write(day)
    tab(6)
    write("anne")
    tab()
    write("ben s")
    next_section()


def confirm_and_sign(qtbot: QtBot) -> None:
    next_section()  # to the first name
    write("Anne Example")
    press(Key.Key_Return)
    write("Ben Sample")
    press(Key.Key_Return)
    next_section()  # sign


def test_a_custody_visit_is_logged_by_keys_alone(
    window: MainWindow, qtbot: QtBot, records_in_use: Path
) -> None:
    begin(window, qtbot, "Custody visit")
    write_the_visit("9/4/25")

    write("1412")
    tab(2)
    write("2.30pm")
    tab(2)
    write("1525")
    assert "18 minutes: not immediate" in words(window)
    tab(2)
    write("busy")
    tab()
    write("Two people were being booked in.")
    next_section()

    for number in ("11", "4", "1", "1", "3", "2"):
        write(number)
        tab()
    assert "Adds up" in words(window)
    while focus().accessibleName() != "Not available: reason":
        tab()
    write("interv")
    tab()
    press(Key.Key_Up)
    next_section()

    press(Key.Key_Space)  # add an issue
    write("food and drink")
    tab()
    write("needs")
    tab()
    write("No vegetarian meal was left.")
    next_section()
    write("A busy afternoon; staff were open with us.")
    next_section()
    assert "11 = 4 seen + 1 refused + 1 not offered + 3 not available + 2 asleep" in words(window)
    confirm_and_sign(qtbot)

    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, VisitsView)
    assert page.title == "NOR-2025-001: Northgate, Wednesday 9 April 2025"
    press(Key.Key_Escape)
    assert page.model.table.index(0, 2).data() == "NOR-2025-001"

    services = window.session.current.services  # type: ignore[union-attr]
    assert services.drafts.drafts() == ()
    [row] = services.visits.page(VisitQuery()).rows
    visit = services.visits.get(row.id)
    assert visit.state is State.LOCKED
    assert visit.visitors == (ANNE, BEN)
    assert (visit.wait_minutes, visit.delay_reason, visit.present) == (18, "BUSY", 11)
    assert set(visit.counts) == {
        OutcomeCount("SEEN", 4),
        OutcomeCount("REFUSED", 1),
        OutcomeCount("ADVICE", 1),
        OutcomeCount("UNAVAIL", 1),
        OutcomeCount("UNAVAIL", 2, "INTERVIEW"),
        OutcomeCount("ASLEEP", 2),
    }
    [issue] = visit.issues
    assert (issue.category, issue.severity) == ("FOOD", 2)
    assert visit.summary == "A busy afternoon; staff were open with us."
    assert [c.typed_name for c in visit.confirmations] == ["Anne Example", "Ben Sample"]


def test_a_kennel_visit_is_logged_by_keys_alone(window: MainWindow, qtbot: QtBot) -> None:
    begin(window, qtbot, "Animal welfare visit")
    write_the_visit("8/4/25")
    write("1320")
    assert any(text.startswith("13:20 is in no timeslot") for text in words(window))
    tab(2)
    write("1322")
    tab(2)
    write("1410")
    next_section()
    for number in ("6", "3", "0", "2", "1"):
        write(number)
        tab()
    assert "Adds up" in words(window)
    next_section()
    tab()
    press(Key.Key_Space)  # there was nothing to raise
    next_section()
    write("Dogs lively and well.")
    next_section()
    confirm_and_sign(qtbot)
    services = window.session.current.services  # type: ignore[union-attr]
    [row] = services.visits.page(VisitQuery()).rows
    visit = services.visits.get(row.id)
    assert (visit.present, visit.accounted, visit.count_of("KENNEL")) == (6, 6, 3)
    assert visit.arrived.local.isoformat() == "2025-04-08T13:20:00"
    assert visit.issues == ()


def test_a_lock_keeps_what_was_typed_and_the_place(
    window: MainWindow, qtbot: QtBot, records_in_use: Path, key: bytes
) -> None:
    begin(window, qtbot, "Custody visit")
    press(Key.Key_5, CONTROL)
    write("Calm")
    press(Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
    assert window.shell is None
    window.session.adopt(bootstrap.open_with_key(records_in_use, key, hold=True))
    page = page_of(window)
    assert page.model.keeper.section == "summary"
    assert page.model.content["summary"] == "Calm"
    qtbot.waitUntil(lambda: focus().accessibleName() == "Summary of the visit")


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
        assert draft.section == "summary"
        window.go("log", draft.id)
        qtbot.waitUntil(lambda: focus().accessibleName() == "Summary of the visit")
        press(Key.Key_End, CONTROL)
        write(" - and on.")
        page = page_of(window)
        assert page.model.flush()
        after = services.drafts.get(draft.id)
        assert after.content["summary"] == f"{draft.content['summary']} - and on."
    finally:
        close(window)
