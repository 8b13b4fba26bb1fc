"""A status changes from a day on, in the form of a person and in what stands beside the table."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.builders import BEN, CUSTODY
from visitapp.ui.context import Context
from visitapp.ui.people.membership_form import MembershipForm
from visitapp.ui.people.view import PeopleView


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> PeopleView:
    view = PeopleView(furnished_context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    view.open_target(BEN)
    return view


def words(page: PeopleView) -> str:
    labels = page.details.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(page.details))


def edited(page: PeopleView) -> MembershipForm:
    page.edit()
    return next(part for part in page.form.parts if part.scheme_id == CUSTODY)


def test_leave_is_entered_ahead_by_keys_and_shown_with_who_and_why(
    page: PeopleView, qtbot: QtBot
) -> None:
    part = edited(page)
    assert not part.since.isVisible()
    line = part.status.lineEdit()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.selectAll()
    qtbot.keyClicks(line, "Leave of absence")
    part.status.list_shown().hide()
    qtbot.keyClick(line, Qt.Key.Key_Tab)
    qtbot.waitUntil(part.until.isVisible)
    for field, day in ((part.since, "1/5/2025"), (part.until, "12/5/2025")):
        field.edit.setFocus()
        field.edit.selectAll()
        qtbot.keyClicks(field.edit, day)
    part.words.setFocus()
    qtbot.keyClicks(part.words, "Abroad")
    qtbot.keyClick(part.words, Qt.Key.Key_Return)
    assert not page.is_editing
    qtbot.waitUntil(lambda: "from Thu 1 May 2025 until Mon 12 May 2025" in words(page))
    told = words(page)
    name = page.context.services.access.actor.name
    assert f"Entered by {name}, Thu 10 Apr 2025. Abroad" in told
    assert page.viewmodel.person(BEN).may_visit  # until then


@pytest.mark.parametrize(
    ("status", "since", "until", "sentence"),
    [
        ("PROBATION", "1/5/2025", "", "Only leave can be entered ahead."),
        ("LEAVE", "", "", "Enter the first day of the new status."),
        ("LEAVE", "1/5/2025", "1/4/2025", "The last day of the leave is earlier"),
        ("LEAVE", "1/5/2025", "31/4/2025", "There is no such day"),
    ],
)
def test_days_that_cannot_be_right_are_said_under_the_field(
    page: PeopleView, status: str, since: str, until: str, sentence: str
) -> None:
    part = edited(page)
    part.status.set_key(status)
    part.since.set_text(since)
    part.until.set_text(until)
    assert not page.form.save()
    assert sentence in part._since_row.error()


def test_probation_proposes_its_last_day(page: PeopleView) -> None:
    part = edited(page)
    part.since.set_text("1/4/2025")
    part.status.set_key("PROBATION")
    part.status.chosen.emit("PROBATION")
    assert page.form.probation.day() == date(2025, 9, 30)


def test_a_mistake_is_withdrawn_beside_the_table(page: PeopleView, qtbot: QtBot) -> None:
    part = edited(page)
    part.status.set_key("TRAINING")
    assert page.form.save()

    def links() -> list[QPushButton]:
        buttons = page.details.findChildren(QPushButton)
        shown = [button for button in buttons if button.isVisibleTo(page.details)]
        return [b for b in shown if b.accessibleName().startswith("Entered by mistake")]

    qtbot.waitUntil(lambda: len(links()) == 1)
    links()[0].click()
    assert page.viewmodel.person(BEN).status == "Active"
    qtbot.waitUntil(lambda: "Mistake: Training from Thu 10 Apr 2025" in words(page))


def test_what_somebody_says_when_they_leave_is_kept(page: PeopleView, qtbot: QtBot) -> None:
    page.leave()
    page.leaving.why.set_key("MOVED")
    page.leaving.words.setFocus()
    qtbot.keyClicks(page.leaving.words, "Would come back.")
    qtbot.mouseClick(page.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Would come back." in words(page))
