"""How many keys a visitor presses from Home to a locked report, beside the words they would write
on paper as well."""

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import make_site
from tests.e2e.typist import CONTROL, SHIFT, Typist
from tests.e2e.window import visits_page
from tests.ui.keyboard import focus, words
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services
from visitapp.ui.frame.main_window import MainWindow

Key = Qt.Key


class Quick(Typist):
    """Enter between fields, as the form offers it."""

    def enters(self, *texts: str) -> None:
        """Each text, and Enter between them."""
        for at, text in enumerate(texts):
            if at:
                self.press(Key.Key_Return)
            self.types(text)


@pytest.fixture
def quick(window: MainWindow, qtbot: QtBot) -> Quick:
    return Quick(window, qtbot)


def write_the_visit(window: MainWindow, typist: Quick) -> None:
    typist.enters("key", "9/4/25", "", "", "", "anne", "ben")  # kind, way and end are as usual
    typist.next_section()
    typist.enters("1412", "1430", "1525", "busy", "")
    assert "18 minutes: not immediate" in words(window)
    assert focus().accessibleName() == "What were you told?"
    typist.says("Two people were being booked in, one of them unwell.")


def write_what_was_found(window: MainWindow, typist: Quick) -> None:
    typist.section(4)
    typist.enters("11", "4", "1", "1", "3", "2")
    assert "Adds up" in words(window)
    typist.tab_to("Not offered: reason")
    typist.enters("intox", "")
    typist.section(6)
    typist.types("SSSSSSSSC")
    typist.says("The left-hand shower runs cold.")
    typist.tab()
    typist.enters("2", "")
    typist.says("the sergeant")
    typist.enters("", "1510")
    typist.press(Key.Key_R, CONTROL | SHIFT)
    typist.section(7)
    typist.types("11")  # helpful; treated with respect
    typist.says("Reading glasses lent to a detainee.")
    typist.tab()
    typist.types("NN")  # no ill-treatment, no reprisals
    typist.section(9)
    typist.types("1")
    typist.says("A busy afternoon; staff were open with us.")


def test_a_custody_visit_takes_few_keys_from_home_to_locked(
    window: MainWindow, window_services: Services, quick: Quick
) -> None:
    window_services.setup.save_site(make_site(id=uuid4(), name="Keyham Lane"))
    quick.begin("Custody visit")
    write_the_visit(window, quick)
    write_what_was_found(window, quick)
    quick.confirm_and_sign()
    assert visits_page(window).title.endswith("Keyham Lane, Wednesday 9 April 2025")
    [row] = window_services.visits.page(VisitQuery()).rows
    visit = window_services.visits.get(row.id)
    assert (visit.present, visit.wait_minutes, len(visit.issues)) == (11, 18, 1)
    assert visit.issues[0].raised_minute == 15 * 60 + 10
    assert quick.letters_of_names == 22
    assert quick.keys <= 125  # 22 of them the letters of both names
