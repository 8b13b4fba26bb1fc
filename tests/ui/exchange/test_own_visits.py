"""A visitor's next visits on the page Exchange: the day and time as late as the visitor chooses."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.copies import Copies
from tests.pairs import FRIDAY, START, name_of, of_pairs, pairs_of_office, shown_in
from tests.planners import planned
from tests.ui.exchange.test_exchange_page import shown, words
from visitapp.domain.changes import Changes
from visitapp.domain.office.grid import clock
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.text.wording import weekday_and_day
from visitapp.ui.context import Context
from visitapp.ui.exchange.view import ExchangeView
from visitapp.ui.home.view import HomeView
from visitapp.ui.jobs import Jobs


@pytest.fixture
def visit(copies: Copies) -> PlannedVisit:
    """A visit of the first week, which its pair draws; it is the Friday before."""
    visit = next(v for v in of_pairs(pairs_of_office(copies)) if v.span.start == START)
    copies.clock.now = FRIDAY
    copies.exchange("office", *copies.visitors)
    return visit


def _moments(copies: Copies, visit: PlannedVisit) -> list[str]:
    """As the page writes them."""
    moments = shown_in(copies, visit.pair[0], visit).moments
    return [f"{weekday_and_day(moment.day)}, {clock(moment.minute)}" for moment in moments]


def _page(copies: Copies, visit: PlannedVisit, at: int, jobs: Jobs, qtbot: QtBot) -> ExchangeView:
    return shown(copies.of(name_of(visit.pair[at])), jobs, qtbot)


def _row(view: ExchangeView) -> QWidget:
    """The row of the week whose day and time can be shown."""
    (row,) = (row for row in view.own_visits.rows if row.show_button is not None)
    return row


def _press(view: ExchangeView) -> None:
    """Show the day and time."""
    _row(view).show_button.click()


def test_both_see_the_same_only_when_they_ask_by_keys_alone(
    copies: Copies, visit: PlannedVisit, jobs: Jobs, qtbot: QtBot
) -> None:
    (moment,) = _moments(copies, visit)
    check = shown_in(copies, visit.pair[0], visit).check_words
    for at in (0, 1):
        view = _page(copies, visit, at, jobs, qtbot)
        partner = name_of(visit.pair[1 - at])
        row = _row(view)
        assert f"Northgate, with {partner}" in words(row)
        assert f"Only you and {partner} can see the day and time" in words(row)
        assert moment not in words(view)
        button = row.show_button
        assert button is not None
        assert button.accessibleName() == f"Show day and time: Northgate, with {partner}"
        button.setFocus()
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert moment in words(row)
        assert f"“{check}”" in words(row)
        QTest.keyClick(button, Qt.Key.Key_Space)
        assert moment not in words(view)


def test_what_is_shown_is_hidden_with_the_page_by_itself_and_by_a_change(
    copies: Copies, visit: PlannedVisit, jobs: Jobs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = _page(copies, visit, 0, jobs, qtbot)
    (moment,) = _moments(copies, visit)
    panel = view.own_visits
    _press(view)
    assert moment in words(view)
    view.hide()
    view.show()
    assert moment not in words(view)
    _press(view)
    view.context.tell(Changes.PLANS)
    assert moment not in words(view)
    monkeypatch.setattr("visitapp.ui.own_visits.viewmodel.SHOWN_MS", 20)
    _press(view)
    qtbot.waitUntil(lambda: not panel.viewmodel.moments, timeout=20_000)
    assert moment not in words(view)


def test_weeks_that_are_not_frozen_say_from_when_on(
    copies: Copies, visit: PlannedVisit, jobs: Jobs, qtbot: QtBot
) -> None:
    later = max(of_pairs(planned(copies.office)), key=lambda item: item.span)
    view = shown(copies.of(name_of(later.pair[0])), jobs, qtbot)
    row = view.own_visits.rows[-1]
    assert row.show_button is None
    assert "You can see them here from Fri" in words(row)


def test_home_leads_to_the_day_and_time_and_holds_none(
    copies: Copies, visit: PlannedVisit, jobs: Jobs, qtbot: QtBot
) -> None:
    home = HomeView(Context(copies.of(name_of(visit.pair[0])), jobs))
    qtbot.addWidget(home)
    home.resize(1150, 720)
    home.show()
    assert f"You can see when you visit Northgate with {name_of(visit.pair[1])}" in words(home)
    for moment in _moments(copies, visit):
        assert moment not in words(home)


def test_the_office_has_no_such_panel(
    copies: Copies, visit: PlannedVisit, jobs: Jobs, qtbot: QtBot
) -> None:
    view = shown(copies.office, jobs, qtbot)
    assert "Your next visits" not in words(view)
