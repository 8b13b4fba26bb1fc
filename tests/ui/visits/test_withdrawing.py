"""Withdrawing and putting back on the page Visits, as the manager and as two visitors."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import furnish, make_visit, sign
from tests.conftest import NOW
from tests.ui import looking
from tests.ui.visits.test_visits_page import asked, words
from visitapp import bootstrap
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import accounts
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs
from visitapp.ui.visits.view import VisitsView
from visitapp.ui.visits.withdrawing import SignedReasonDialog


def shown(context: Context, qtbot: QtBot) -> VisitsView:
    made = VisitsView(context)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    return made


@pytest.fixture
def visitors(records: Path, key: bytes, jobs: Jobs) -> Iterator[Context]:
    with bootstrap.open_with_key(records, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        with opened.database.transaction() as connection:
            accounts.set_account(connection, Actor("Anne Example", Role.VISITOR))
    with bootstrap.open_with_key(records, key, clock=lambda: NOW) as opened:
        yield Context(opened.services, jobs)


def test_a_withdrawn_visit_is_put_back_and_its_history_says_so(
    furnished_context: Context, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    visit = sign(furnished_context.services, make_visit())
    page = shown(furnished_context, qtbot)
    page.open_target(visit.id)
    assert not page.put_back_button.isVisible()
    asked(monkeypatch, "The wrong suite")
    page.withdraw_button.click()
    titles = asked(monkeypatch, "It was the right one")
    assert not page.withdraw_button.isVisible()
    page.put_back_button.click()
    assert titles == [f"Put back {visit.ref}?"]
    assert page.withdraw_button.isVisible()
    assert not page.put_back_button.isVisible()
    said = words(page)
    at = "Thu 10 Apr 2025, 13:00, by Mary Manager: "
    assert said[said.index("Withdrawn") + 1] == f"{at}The wrong suite."
    assert said[said.index("Put back") + 1] == f"{at}It was the right one."


def test_two_visitors_type_their_names_to_withdraw(visitors: Context, qtbot: QtBot) -> None:
    visit = sign(visitors.services, make_visit())
    page = shown(visitors, qtbot)
    page.open_target(visit.id)
    said: list[str] = []

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, SignedReasonDialog)
        qtbot.keyClicks(dialog.area, "The wrong suite")
        (_, anne, _), (_, ben, row) = dialog.fields
        qtbot.keyClicks(anne, "anne example")
        qtbot.keyClicks(ben, "Anne Example")
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
        said.append(row.error())
        QApplication.processEvents()
        assert looking.cut_at_rest(dialog) == []
        assert dialog.area.height() == dialog.area.maximumHeight()  # nothing was pressed together
        assert dialog.isVisible()
        ben.clear()
        qtbot.keyClicks(ben, "Ben Sample")
        qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)

    QTimer.singleShot(0, answer)
    page.withdraw_button.click()
    assert said == ["Type your name as it appears in the register: Ben Sample."]
    assert visitors.services.visits.page(VisitQuery()).total == 0
    assert any("by Anne Example and Ben Sample" in one for one in words(page))
