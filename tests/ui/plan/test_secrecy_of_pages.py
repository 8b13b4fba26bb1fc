"""A moment that was shown on the page Plan stands on no other page, nor anywhere after a lock."""

import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.builders import SUITE
from tests.conftest import NOW
from tests.planners import QUARTER, moments_in, of_site, planned
from visitapp import bootstrap
from visitapp.domain.office.scheme import Role
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.services import Services
from visitapp.settings import Settings
from visitapp.ui.frame.main_window import MainWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences
from visitapp.ui.pages import places_for
from visitapp.ui.plan.moment_dialog import MomentDialog
from visitapp.ui.plan.view import PlanView
from visitapp.ui.session import Session

ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
)


@pytest.fixture
def window(
    qtbot: QtBot, appearance: Appearance, _planned_office: Path, tmp_path: Path, key: bytes
) -> Iterator[MainWindow]:
    """The whole window over a file with a plan in use."""
    path = Path(shutil.copy2(_planned_office, tmp_path / "planned.visits"))
    made = MainWindow(appearance, Session(), Preferences(Settings(theme="light")))
    made.resize(1366, 720)
    made.show()
    with bootstrap.open_with_key(path, key, clock=lambda: NOW) as opened:
        opened.services.planning.use(QUARTER)
        made.session.adopt(opened)
        yield made
        made.close()
        made.session.end()
    made.deleteLater()


def settled(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: not window.session.jobs.is_busy, timeout=30_000)
    QApplication.processEvents()


def cells(model: QAbstractItemModel | None) -> Iterator[str]:
    """All that a table or a list shows or tells of its cells and heads."""
    if model is None:
        return
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    for row in range(model.rowCount()):
        for column in range(columns):
            yield from (str(model.index(row, column).data(role)) for role in ROLES)


def told(root: QWidget) -> str:
    """All words that a window shows, says in a tooltip or tells a reader."""
    found = [root.windowTitle()]
    for widget in root.findChildren(QWidget):
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        text = getattr(widget, "text", None)
        if callable(text) and not isinstance(widget, QAbstractItemView):
            found.append(str(text()))
        if isinstance(widget, QPlainTextEdit):
            found.append(widget.toPlainText())
        if isinstance(widget, QLineEdit):
            found.append(widget.placeholderText())
        if isinstance(widget, QAbstractItemView):
            found += cells(widget.model())
    return "\n".join(found)


def days_in(words: str, visits: list[PlannedVisit]) -> list[str]:
    """Days that a text tells: where timeslots and the time of day stand, times alone would be
    found by chance."""
    return [form for form in moments_in(words, visits) if ":" not in form]


def services_of(window: MainWindow) -> Services:
    current = window.session.current
    assert current is not None
    return current.services


def plan_of(qtbot: QtBot, window: MainWindow) -> PlanView:
    window.go("plan")
    settled(qtbot, window)
    assert window.shell is not None
    page = window.shell.page
    assert isinstance(page, PlanView)
    return page


def test_no_page_tells_a_moment_and_the_page_plan_only_the_one_asked_for(
    qtbot: QtBot, window: MainWindow, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    visits = planned(services_of(window))
    times = [v for v in visits if v.day not in (v.span.start, v.span.end)]
    page = plan_of(qtbot, window)
    assert moments_in(told(window), times) == []
    visit = of_site(times, SUITE)[0]
    page.show_visit(visit.id)
    QTest.keyClick(page.table, Qt.Key.Key_D)
    assert moments_in(told(window), [visit])
    others = [other for other in times if (other.day, other.minute) != (visit.day, visit.minute)]
    days = [other for other in others if other.day != visit.day and other.minute != visit.minute]
    assert moments_in(told(window), days) == []
    page.copy(page.viewmodel.sheet.row(visit.id))
    for place in places_for(Role.MANAGER):
        if place.name != "plan":
            window.go(place.name)
            settled(qtbot, window)
            assert days_in(told(window), times) == [], place.name
    assert moments_in(told(plan_of(qtbot, window)), times) == [], "masked when it is left"
    window.lock()
    assert days_in(told(window), times) == []
    assert QGuiApplication.clipboard().text() == ""
    assert moments_in(caplog.text, times) == []


def test_a_lock_closes_the_dialog_that_shows_a_moment(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = of_site(planned(services_of(window)), SUITE)[0]
    page = plan_of(qtbot, window)
    page.show_visit(visit.id)
    QTest.keyClick(page.table, Qt.Key.Key_D)
    opened: list[QDialog] = []

    def shown(made: MomentDialog) -> int:
        opened.append(made)
        made.show()
        window.lock()
        return made.result()

    monkeypatch.setattr(MomentDialog, "exec", shown)
    QTest.keyClick(page.table, Qt.Key.Key_C)
    assert window.shell is None
    assert opened[0].result() == QDialog.DialogCode.Rejected
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog)]
    assert not any(dialog.isVisible() for dialog in dialogs)
