"""The page People: what each volunteer did of what is asked of them a year."""

from dataclasses import replace
from datetime import date

from pytestqt.qtbot import QtBot

from tests.builders import CARA, make_visit, sign
from tests.ui.people.test_people_page import column, shown, words
from visitapp.domain.office.minimum import Minimum
from visitapp.ui.context import Context
from visitapp.ui.people.person_row import Listing
from visitapp.ui.people.tablemodel import MINIMUM, NAME


def test_what_each_did_of_the_minimum_is_a_column_and_a_list(
    furnished_context: Context, qtbot: QtBot
) -> None:
    services = furnished_context.services
    sign(services, make_visit(date(2025, 3, 5)))
    page = shown(furnished_context, qtbot)
    assert page.table.isColumnHidden(MINIMUM)
    custody = services.setup.schemes()[0]
    furnished_context.tell(services.setup.save_scheme(replace(custody, minimum=Minimum(1))))
    assert not page.table.isColumnHidden(MINIMUM)
    assert sorted(column(page, MINIMUM)) == ["0 of 1 visit", "1 visit", "1 visit"]
    page.viewmodel.choose_standing(Listing.BELOW)
    assert column(page, NAME) == ["Cara Instance"]
    qtbot.waitUntil(lambda: "In twelve months 0 of 1 visit" in words(page.details))
    went: list[object] = []
    page.viewmodel._context.go = lambda *place: went.append(place)  # type: ignore[method-assign]
    page.details.hours_button.click()
    assert went == [("hours", CARA)]
