"""The page Plan over a real file in which a quarter is planned."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.conftest import NOW
from tests.planners import START, furnish_planning, planner
from visitapp import bootstrap
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs
from visitapp.ui.plan.view import PlanView

Settle = Callable[[Context], None]


@pytest.fixture
def office(services: Services) -> Services:
    """A suite, kennels and ten people; nothing is planned."""
    furnish_planning(services)
    services.planning._seconds = 0.1
    return services


@pytest.fixture(scope="session")
def _planned_template(_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with the same and a draft of a quarter: pairs are looked for once for all tests."""
    path = tmp_path_factory.mktemp("planned") / "planned.visits"
    shutil.copy2(_template, path)
    with bootstrap.open_with_key(path, bytes(range(32)), clock=lambda: NOW) as file:
        furnish_planning(file.services)
        planner(file.services).make(START)
    return path


@pytest.fixture
def drafted(_planned_template: Path, tmp_path: Path, key: bytes) -> Iterator[Services]:
    """The services of one's own copy of it."""
    path = Path(shutil.copy2(_planned_template, tmp_path / "planned.visits"))
    with bootstrap.open_with_key(path, key, clock=lambda: NOW) as file:
        file.services.planning._seconds = 0.1
        yield file.services


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
