"""A quarter planned, mended and handed out by keys alone in the shown window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import SUITE
from tests.e2e.window import open_window
from tests.planners import furnish_planning, of_site, person_id, planned, say
from tests.ui.keyboard import focus, press
from visitapp import bootstrap
from visitapp.domain.plan.planned import PlannedRow, PlannedVisit, PlanState
from visitapp.services import Services
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.plan.view import PlanView

Key = Qt.Key


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, records: Path, key: bytes) -> Iterator[MainWindow]:
    with bootstrap.open_with_key(records, key) as opened:
        furnish_planning(opened.services)
    made = open_window(qapp, records, key)
    qtbot.waitExposed(made)
    services_of(made).planning._seconds = 0.1
    yield made
    made.close()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def services_of(window: MainWindow) -> Services:
    assert window.session.current is not None
    return window.session.current.services


def page_of(window: MainWindow) -> PlanView:
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, PlanView)
    return page


def tab_to(name: str) -> None:
    for _ in range(40):
        if focus().accessibleName() == name:
            return
        press(Key.Key_Tab)
    raise AssertionError(f"Tab does not come to {name!r}")


def choose_in_menu(down: int) -> None:
    """Enter on a line of the menu that is open; the first one is chosen already."""
    for _ in range(down):
        press_in_menu(Key.Key_Down)
    press_in_menu(Key.Key_Return)


def press_in_menu(key: Qt.Key) -> None:
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, key)


def test_a_quarter_is_planned_mended_and_put_to_use_by_keys_alone(
    qtbot: QtBot, window: MainWindow
) -> None:
    services = services_of(window)

    def settle() -> None:
        qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=60_000)
        QApplication.processEvents()

    def suite() -> list[PlannedVisit]:
        return of_site(planned(services), SUITE)

    window.go("plan")
    tab_to("Make a plan")
    press(Key.Key_Return)
    settle()
    page = page_of(window)
    assert page.viewmodel.is_draft

    tab_to("The plan, week by week")
    first = suite()[0]
    page.show_visit(first.id)
    press(Key.Key_P)
    assert next(v for v in suite() if v.id == first.id).is_pinned

    # somebody of the next visit drops out: who could go is asked, and chosen
    second = next(v for v in suite() if v.id != first.id)
    number = next(n for n in range(10) if person_id(n) == second.pair[0])
    say(services, number, away=(second.span,))
    page.viewmodel.renew()
    page.show_visit(second.id)
    press(Key.Key_S)
    choose_in_menu(0)
    tab_to(f"Choose {page.viewmodel.suggest(page_row(page, second), second.pair[0])[0].name}")
    press(Key.Key_Return)
    assert second.pair[0] not in next(v for v in suite() if v.id == second.id).pair
    assert focus() is page.table, "back at the visit"
    assert page.table.visit().visit_id == second.id

    # its moment is looked at, and masked again
    press(Key.Key_D)
    assert list(page.viewmodel.moments) == [second.id]
    press(Key.Key_D)
    assert page.viewmodel.moments == {}

    tab_to("Use this plan")
    press(Key.Key_Return)
    assert page.viewmodel.sheet.state is PlanState.CURRENT
    settle()


def page_row(page: PlanView, visit: PlannedVisit) -> PlannedRow:
    found = page.viewmodel.sheet.row(visit.id)
    assert found is not None
    return found
