"""The form of a person in its sections: what only the office keeps, by keyboard alone."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, make_person
from tests.ui import looking
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.ui.context import Context
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.people.tablemodel import RUNS_OUT, SCHEMES, STATUS
from visitapp.ui.people.view import PeopleView


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> PeopleView:
    view = PeopleView(furnished_context)
    qtbot.addWidget(view)
    view.resize(1170, 712)
    view.show()
    view.activateWindow()
    return view


def typed(*words: str) -> None:
    """Type words into the fields that Tab comes to, from the one with the cursor on."""
    for word in words:
        QTest.keyClicks(QApplication.focusWidget(), word)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)


def test_telephone_e_mail_and_home_area_are_entered_and_searched_by_keys(
    page: PeopleView, qtbot: QtBot
) -> None:
    page.open_target(ANNE)
    qtbot.waitUntil(page.table.hasFocus)
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    qtbot.waitUntil(page.form.given_name.hasFocus)
    typed("Anne", "Exemplar", "07700 900123", "anne@example.org")
    qtbot.keyClicks(page.form.area, "Oadby")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    file = page.context.services.people.files()[ANNE]
    assert file == VolunteerFile(
        ANNE, "Anne", "Exemplar", "07700 900123", "anne@example.org", "Oadby", version=1
    )
    assert page.viewmodel.person(ANNE).person.name == "Anne Exemplar"
    page.start_search()
    qtbot.keyClicks(page.search, "oadby")
    assert [row.person.id for row in page.viewmodel.rows] == [ANNE]


def test_a_wrong_address_is_said_and_nothing_is_saved(page: PeopleView) -> None:
    page.open_target(ANNE)
    page.edit()
    page.form.email.setText("anne at example")
    assert not page.form.save()
    assert "Check the e-mail address" in page.form.reason.text()
    assert page.context.services.people.files()[ANNE].email == ""


def test_a_name_that_cannot_be_divided_stays_as_it_was(page: PeopleView) -> None:
    zhou = make_person("Li Na Zhou")
    page.context.tell(page.context.services.people.save(zhou))
    page.open_target(zhou.id)
    page.edit()
    assert (page.form.given_name.text(), page.form.surname.text()) == ("Li Na Zhou", "")
    assert "Move it here" in page.form._surname_row.hint.text()
    page.form.area.setText("Wigston")
    assert page.form.save()
    assert page.viewmodel.person(zhou.id).person.name == "Li Na Zhou"


def test_the_sections_fit_side_by_side_and_below(page: PeopleView, appearance: Appearance) -> None:
    page.open_target(ANNE)
    page.edit()
    QApplication.processEvents()
    given, vetted = (
        field.mapTo(page, field.rect().topLeft())
        for field in (page.form.given_name, page.form.vetted)
    )
    assert vetted.x() > given.x() + 400  # in another column
    appearance.choose("light", 200)
    for _ in range(3):
        QApplication.processEvents()
    assert looking.cut_at_rest(page) == []
    assert looking.out_of_order(page) == []


def test_a_card_is_added_by_keys_and_stands_among_what_runs_out(
    page: PeopleView, qtbot: QtBot
) -> None:
    page.open_target(ANNE)
    page.edit()
    held = page.form.credentials
    held.kind.set_key(CredentialKind.CARD)
    held.until.edit.setFocus()
    qtbot.keyClicks(held.until.edit, "15/4/2025")
    qtbot.keyClick(held.until.edit, Qt.Key.Key_Return)  # what stands in the fields is saved too
    card = Credential(CredentialKind.CARD, until_on=date(2025, 4, 15))
    assert page.context.services.people.files()[ANNE].credentials == (card,)
    words = [segment.text() for segment in page.listing.segments()]
    assert words[0] == "Runs out 1"
    qtbot.mouseClick(page.listing.segments()[0], Qt.MouseButton.LeftButton)
    assert page.standing.key() is None
    assert [row.runs_out_words for row in page.viewmodel.rows] == ["Identity card, 5 days"]
    assert not page.table.isColumnHidden(RUNS_OUT)
    page.edit()
    assert held.held() == (card,)
    held._remove(card)
    assert page.form.save()
    assert page.context.services.people.files()[ANNE].credentials == ()


def test_what_is_missing_of_a_card_is_said(page: PeopleView) -> None:
    page.open_target(ANNE)
    page.edit()
    page.form.credentials.name.setText("First aid")
    assert not page.form.save()
    assert page.form.credentials.reason.text() == "Choose what to add."


def test_an_award_is_due_until_it_is_handed_over(page: PeopleView) -> None:
    anne = page.viewmodel.person(ANNE)
    assert anne.award is not None  # in the scheme since 2015
    file = page.context.services.people.files()[ANNE]
    handed = Credential(CredentialKind.AWARD, f"{anne.award.years} years")
    people = page.context.services.people
    page.context.tell(people.save(anne.person, replace(file, credentials=(handed,))))
    assert page.viewmodel.person(ANNE).award is None


def test_what_runs_out_is_seen_whole_where_there_is_little_room(
    page: PeopleView, qtbot: QtBot
) -> None:
    """Status and schemes, which the panel has too, give way to it."""
    file = page.context.services.people.files()[ANNE]
    name = "ICV 1234567 of Leicester, Leicestershire and Rutland, second copy"
    card = Credential(CredentialKind.CARD, name, until_on=date(2025, 4, 15))
    anne = page.viewmodel.person(ANNE).person
    page.context.tell(page.context.services.people.save(anne, replace(file, credentials=(card,))))
    qtbot.mouseClick(page.listing.segments()[0], Qt.MouseButton.LeftButton)
    page.resize(900, 712)
    QApplication.processEvents()
    assert not page.table.isColumnHidden(RUNS_OUT)
    assert page.table.isColumnHidden(STATUS)
    assert page.table.isColumnHidden(SCHEMES)
    page.resize(1700, 712)
    QApplication.processEvents()
    assert not page.table.isColumnHidden(STATUS)
