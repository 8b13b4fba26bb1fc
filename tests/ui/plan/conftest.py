"""The page Plan over a real file in which a quarter is planned."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs
from visitapp.ui.plan.view import PlanView

Settle = Callable[[Context], None]


@pytest.fixture
def office(planning_office: Services) -> Services:
    """A suite, kennels and ten people; nothing is planned."""
    planning_office.planning._seconds = 0.1
    return planning_office


@pytest.fixture
def drafted(planned_office: Services) -> Services:
    """The same with a draft of a quarter."""
    planned_office.planning._seconds = 0.1
    return planned_office


def shown(context: Context, qtbot: QtBot) -> PlanView:
    """The page as wide as in the smallest window."""
    view = PlanView(context)
    qtbot.addWidget(view)
    view.resize(1170, 660)
    view.show()
    return view


@pytest.fixture
def page(qtbot: QtBot, office: Services, jobs: Jobs) -> PlanView:
    """The page of `office`, where nothing is planned."""
    return shown(Context(office, jobs), qtbot)


@pytest.fixture
def plan(qtbot: QtBot, drafted: Services, jobs: Jobs, settle: Settle) -> PlanView:
    """The page of `drafted`, with the cursor in its table."""
    view = shown(Context(drafted, jobs), qtbot)
    settle(view.context)
    view.table.setFocus()
    return view
