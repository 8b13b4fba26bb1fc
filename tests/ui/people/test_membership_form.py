"""One time in a scheme as a part of the form, where an import left the day of joining open."""

from datetime import date

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.builders import CUSTODY, LONG_AGO
from visitapp.domain.office.people import Membership
from visitapp.ui.context import Context
from visitapp.ui.people.membership_form import MembershipForm
from visitapp.ui.people.viewmodel import PeopleViewModel


def test_a_day_of_joining_that_is_not_known_is_asked_for(
    furnished_context: Context, qtbot: QtBot
) -> None:
    """The first visit of an import is no day of joining; saved empty it stays not known."""
    unknown = Membership(CUSTODY, LONG_AGO, joined_unknown=True)
    form = MembershipForm(PeopleViewModel(furnished_context), unknown)
    qtbot.addWidget(form)
    assert form.joined.day() is None
    assert any("Not known. In the scheme by" in x.text() for x in form.findChildren(QLabel))
    assert form.membership() == unknown
    form.joined.set_day(date(2020, 1, 6))
    assert form.membership() == Membership(CUSTODY, date(2020, 1, 6))
