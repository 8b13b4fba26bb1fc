"""The left edge: pages, and how many issues wait beyond their limit."""

from dataclasses import replace
from datetime import date
from random import Random
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import make_visit, sign
from visitapp.domain.changes import Changes
from visitapp.domain.following.issue_query import IssueQuery
from visitapp.domain.following.issue_steps import NO_ACTION, NewStep
from visitapp.domain.office.scheme import Actor, Kind, Role
from visitapp.domain.report.issue import Issue
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.frame.shell import Shell

LATE, IN_TIME = date(2025, 3, 20), date(2025, 4, 8)


@pytest.fixture
def shell(furnished_context: Context, qtbot: QtBot) -> Shell:
    """The window's inside with one issue past the limit of 14 days and one in time."""
    for day in (LATE, IN_TIME):
        issues = (Issue(uuid4(), "FOOD", 2, description=f"No meal on {day:%A}"),)
        sign(furnished_context.services, make_visit(day, issues=issues))
    made = Shell(furnished_context)
    qtbot.addWidget(made)
    made.resize(1366, 712)
    made.show()
    return made


def badge(shell: Shell):
    return shell.navigation.buttons()["issues"]


def test_issues_past_their_limit_are_counted_beside_the_page(shell: Shell) -> None:
    button = badge(shell)
    assert button.badge.isVisible()
    assert button.badge.text() == "1"
    assert button.accessibleName() == "Issues, 1 past the limit"
    assert button.toolTip() == "1 past the limit"
    others = [b for name, b in shell.navigation.buttons().items() if name != "issues"]
    assert not any(other.badge.isVisible() for other in others)
    shell.go("issues")
    assert "2 open, 1 of them past the 14-day limit" in shell.page.viewmodel.facts


def test_the_number_follows_what_is_recorded_and_the_limit(shell: Shell) -> None:
    context, button = shell._context, badge(shell)
    scheme = context.services.setup.scheme(Kind.CUSTODY)
    context.tell(context.services.setup.save_scheme(replace(scheme, issue_days=1)))
    assert button.badge.text() == "2"
    line = context.services.issues.page(IssueQuery()).lines[0]
    step = NewStep(NO_ACTION, date(2025, 4, 9), "The meal came late that day.", "Sergeant")
    context.tell(context.services.issues.record(line.issue.id, line.issue.version, step))
    assert button.badge.text() == "1"
    scheme = context.services.setup.scheme(Kind.CUSTODY)
    context.services.setup.save_scheme(replace(scheme, issue_days=14))
    context.tell(Changes.PEOPLE)
    assert button.badge.text() == "1"
    context.tell(Changes.SETTINGS)
    assert not button.badge.isVisible()
    assert button.accessibleName() == "Issues"
    assert button.toolTip() == ""


def test_a_press_on_the_number_goes_to_the_page(shell: Shell, qtbot: QtBot) -> None:
    button = badge(shell)
    at = button.badge.geometry().center()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton, pos=at)
    assert shell.page_name == "issues"
    button.setFocus()
    shell.go("home")
    qtbot.keyClick(button, Qt.Key.Key_Return)
    assert shell.page_name == "issues"


def test_a_visitors_copy_counts_no_issues(furnished_context: Context, qtbot: QtBot) -> None:
    access = replace(furnished_context.services.access, actor=Actor("Vera", Role.VISITOR))
    context = Context(Services(access, bytes(32), Random(1)), furnished_context.jobs)
    made = Shell(context)
    qtbot.addWidget(made)
    assert "issues" not in made.navigation.buttons()
    context.tell(Changes.ISSUES)
    assert not any(b.badge.text() for b in made.navigation.buttons().values())
