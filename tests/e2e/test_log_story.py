"""Visits logged by keys alone in the shown window; the process killed half way."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, ANNE, BEN, KENNELS, furnish
from tests.e2e.window import open_window
from tests.ui.keyboard import focus, press, words, write
from visitapp import bootstrap
from visitapp.domain.animal import Animal
from visitapp.domain.visit import OutcomeCount, State
from visitapp.domain.visit_list import VisitQuery
from visitapp.ui.log.view import LogView
from visitapp.ui.main_window import MainWindow
from visitapp.ui.visits.view import VisitsView

ROOT = Path(__file__).parents[2]
Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NOTHING = Qt.KeyboardModifier.NoModifier


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


def visits_page(window: MainWindow) -> VisitsView:
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, VisitsView)
    return page


def page_of(window: MainWindow) -> LogView:
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, LogView)
    return page


class Typist:
    """Presses keys on the shown window and counts them; `says` are free words, which a report
    on paper would take as well."""

    def __init__(self) -> None:
        self.keys = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NOTHING) -> None:
        self.keys += 1
        press(key, held)

    def tab(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Key.Key_Tab)

    def tab_to(self, name: str) -> None:
        passed = []
        while focus().accessibleName() != name and len(passed) < 40:
            passed.append(focus().accessibleName())
            self.tab()
        assert focus().accessibleName() == name, passed

    def types(self, *texts: str) -> None:
        """Each text, and Tab between them."""
        for at, text in enumerate(texts):
            if at:
                self.tab()
            self.keys += len(text)
            write(text)

    def says(self, words: str) -> None:
        write(words)

    def next_section(self) -> None:
        self.press(Key.Key_PageDown, CONTROL)

    def section(self, number: int) -> None:
        self.press(getattr(Key, f"Key_{number}"), CONTROL)


@pytest.fixture
def typist() -> Typist:
    return Typist()


def begin(window: MainWindow, qtbot: QtBot, typist: Typist, kind: str) -> None:
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    typist.press(Key.Key_N, CONTROL)
    qtbot.waitUntil(lambda: focus().accessibleName() == "Custody visit")
    typist.tab_to(kind)
    typist.press(Key.Key_Space)
    qtbot.waitUntil(lambda: focus().accessibleName() in ("Suite", "Site"))


def write_the_visit(typist: Typist, day: str) -> None:
    """The only site is known already."""
    typist.tab()
    typist.types(day)
    typist.tab(6)
    typist.types("anne", "ben")


def confirm_and_sign(typist: Typist) -> None:
    """Names are counted, though they are the visitors' own."""
    typist.press(Key.Key_A, CONTROL | SHIFT)
    typist.next_section()  # to the first name
    for name in ("Anne Example", "Ben Sample"):
        typist.types(name)
        typist.press(Key.Key_Return)
    typist.next_section()  # sign


def log_the_custody_visit(window: MainWindow, qtbot: QtBot, typist: Typist) -> None:
    begin(window, qtbot, typist, "Custody visit")
    write_the_visit(typist, "9/4/25")
    typist.next_section()

    typist.types("1412", "", "1430", "", "1525", "", "busy")
    assert "18 minutes: not immediate" in words(window)
    typist.tab()
    typist.says("Two people were being booked in.")
    typist.tab()
    typist.types("cus", "Y")  # the sergeant explained it; an inspector authorised it
    typist.says("Inspector")
    typist.tab()
    typist.types("1420")

    typist.section(4)
    typist.types("11", "4", "1", "1", "3", "2")
    assert "Adds up" in words(window)

    typist.section(6)
    typist.types("SSSSSSSSC")
    typist.says("The left-hand shower runs cold.")
    typist.tab()
    typist.types("2")  # needs action
    typist.tab()
    typist.says("the custody sergeant")
    typist.tab()
    typist.types("1510")
    typist.press(Key.Key_R, CONTROL | SHIFT)  # the others were not checked
    assert "21 items: 8 satisfactory, 1 concern, 12 not checked" in words(window)

    typist.press(Key.Key_I, CONTROL | SHIFT)
    typist.types("food")
    typist.tab(2)
    typist.says("No vegetarian meal was left.")
    typist.tab()
    typist.types("2")

    typist.section(9)
    typist.types("1")  # satisfactory
    typist.says("A busy afternoon; staff were open with us.")


def test_a_custody_visit_is_logged_by_keys_alone(
    window: MainWindow, qtbot: QtBot, typist: Typist
) -> None:
    log_the_custody_visit(window, qtbot, typist)
    confirm_and_sign(typist)
    page = visits_page(window)
    assert page.title == "NOR-2025-001: Northgate, Wednesday 9 April 2025"
    assert typist.keys <= 150

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
        OutcomeCount("UNAVAIL", 3),
        OutcomeCount("ASLEEP", 2),
    }
    assert [(i.category, i.severity, i.place, i.raised_minute) for i in visit.issues] == [
        ("HYG", 2, "Showers and washing", 15 * 60 + 10),
        ("FOOD", 2, "", None),
    ]
    assert visit.issues[0].raised_with == "the custody sergeant"
    assert visit.summary == "A busy afternoon; staff were open with us."
    assert visit.report is not None
    assert visit.report.answers["overall"] == "SATISFACTORY"
    assert visit.report.answers["authorised_at"] == "14:20"
    assert [c.typed_name for c in visit.confirmations] == ["Anne Example", "Ben Sample"]


def test_a_kennel_visit_is_logged_by_keys_alone(
    window: MainWindow, qtbot: QtBot, typist: Typist
) -> None:
    services = window.session.current.services  # type: ignore[union-attr]
    for name in ("Bruno", "Jet", "Kaiser", "Nell", "Rolo", "Tess"):
        services.animals.add(Animal(uuid4(), ANIMALS, KENNELS, name, "DOG", "GP"))
    begin(window, qtbot, typist, "Animal welfare visit")
    write_the_visit(typist, "8/4/25")
    typist.section(2)
    typist.types("1320")
    assert any(text.startswith("13:20 is in no timeslot") for text in words(window))
    typist.tab(2)
    typist.types("1322", "", "1410")

    typist.section(3)
    for place in ("k", "k", "veh", "t", "k"):
        typist.press(Key.Key_Space, CONTROL)  # all five needs are met
        typist.types(place)
        typist.press(Key.Key_Return)
    typist.types("vet")
    typist.press(Key.Key_Return)
    assert "Adds up" in words(window)
    typist.press(Key.Key_Up)  # Rolo
    for _ in range(5):
        typist.press(Key.Key_Right)
    typist.types("C")  # his health is a concern
    typist.press(Key.Key_I, CONTROL | SHIFT)
    typist.says("A deep cut on the left forepaw; no vet was called.")
    typist.tab()
    typist.types("3")

    typist.section(7)
    typist.types("Y")  # it was telephoned
    typist.types("1350")
    typist.tab(2)
    typist.types("1")  # by the first visitor
    typist.section(8)
    typist.types("1")
    confirm_and_sign(typist)
    assert typist.keys <= 150

    [row] = services.visits.page(VisitQuery()).rows
    visit = services.visits.get(row.id)
    assert (visit.present, visit.accounted, visit.count_of("KENNEL")) == (6, 6, 3)
    assert visit.arrived.local.isoformat() == "2025-04-08T13:20:00"
    [issue] = visit.issues
    assert (issue.category, issue.severity, issue.place) == ("HEALTH", 3, "Rolo")
    assert issue.question == "rows:5:health"
    assert visit.report is not None
    assert visit.report.answers["phoned"] == "YES"
    assert visit.report.answers["phoned_at"] == "13:50"
    assert len(services.animals.coverage([KENNELS]).unseen) == 1  # Tess was at the vet


def test_a_lock_keeps_what_was_typed_and_the_place(
    window: MainWindow, qtbot: QtBot, records_in_use: Path, key: bytes
) -> None:
    begin(window, qtbot, Typist(), "Custody visit")
    press(Key.Key_9, CONTROL)
    press(Key.Key_1)
    write("Calm")
    press(Key.Key_L, CONTROL)
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy)
    assert window.shell is None
    window.session.adopt(bootstrap.open_with_key(records_in_use, key, hold=True))
    page = page_of(window)
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
        page_of(window).form.show_field("summary")
        press(Key.Key_End, CONTROL)
        write(" - and on.")
        page = page_of(window)
        assert page.model.flush()
        after = services.drafts.get(draft.id)
        assert after.content["summary"] == f"{draft.content['summary']} - and on."
    finally:
        close(window)
