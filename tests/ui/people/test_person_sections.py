"""The form of a person in its sections: what only the office keeps, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, make_person
from tests.ui import looking
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.ui.context import Context
from visitapp.ui.look.appearance import Appearance
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
        ANNE, "Anne", "Exemplar", "07700 900123", "anne@example.org", "Oadby", 1
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
