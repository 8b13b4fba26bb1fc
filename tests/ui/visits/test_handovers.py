"""How far each report of a visitor's copy has come, on the page Visits in the words of Exchange."""

from datetime import date

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.builders import ANNE
from tests.copies import Copies, written
from tests.ui.exchange.test_exchange_page import rows as rows_of_exchange
from tests.ui.exchange.test_exchange_page import shown, words
from visitapp.domain.changes import Changes
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs
from visitapp.ui.visits.tablemodel import COLUMNS
from visitapp.ui.visits.view import VisitsView
from visitapp.ui.widgets.tag import Tag

STATE = len(COLUMNS) - 1


@pytest.fixture
def anne(copies: Copies) -> Services:
    return copies.join("anne", ANNE)


def page_of(services: Services, jobs: Jobs, qtbot: QtBot) -> VisitsView:
    view = VisitsView(Context(services, jobs))
    qtbot.addWidget(view)
    view.resize(1400, 800)
    view.show()
    return view


def states(view: VisitsView) -> list[str]:
    tablemodel = view.viewmodel.tablemodel
    return [tablemodel.index(row, STATE).data() for row in range(tablemodel.rowCount())]


def tags(widget: QWidget) -> list[str]:
    every = [tag.word for tag in widget.findChildren(Tag) if tag.isVisibleTo(widget)]
    return [word for word in every if word != "Adds up"]


def test_each_report_says_how_far_it_has_come(
    copies: Copies, anne: Services, jobs: Jobs, qtbot: QtBot
) -> None:
    accepted, asked = (written(anne, date(2025, 4, day)) for day in (2, 3))
    copies.exchange("anne", "office")
    copies.office.inbox.accept([accepted.id])
    copies.office.inbox.ask(asked.id, "Which cells did you not see?")
    received = written(anne, date(2025, 4, 4))
    copies.exchange("anne", "office", "anne")
    written(anne, date(2025, 4, 5))
    copies.exchange("anne")
    locked = written(anne, date(2025, 4, 6))
    view = page_of(anne, jobs, qtbot)
    assert states(view) == [
        "Locked here", "Handed over", "Received by the office", "Question asked", "Accepted",
    ]  # fmt: skip
    view.open_target(asked.id)
    assert tags(view) == ["Question asked"]
    assert "Which cells did you not see?" in words(view)
    view.open_target(received.id)
    assert tags(view) == ["Received by the office"]
    view.open_target(locked.id)
    assert "Locked here" in words(view)
    copies.exchange("anne")
    view.context.tell(Changes.INBOX)
    exchange = shown(anne, jobs, qtbot)
    (of_locked,) = (row for row in rows_of_exchange(exchange) if row[0] == locked.ref)
    assert of_locked[-1].startswith("Handed over (")
    assert of_locked[-1] in words(view)
    assert states(view)[0] == "Handed over"


def test_the_office_and_a_copy_that_has_not_joined_say_only_that_it_is_locked(
    copies: Copies, anne: Services, jobs: Jobs, qtbot: QtBot
) -> None:
    visit = written(copies.office)
    view = page_of(copies.office, jobs, qtbot)
    assert states(view) == ["Locked"]
    view.open_target(visit.id)
    assert tags(view) == ["Locked"]
