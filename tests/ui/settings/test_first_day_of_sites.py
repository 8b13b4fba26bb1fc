"""The first day of a site that an import added: not known until it is entered."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.builders import SUITE
from tests.ui.settings.settings_page import page, retype
from visitapp.domain.office.site import OpenPeriod, Site
from visitapp.ui.settings.words import open_periods, open_rows

__all__ = ["page"]


def test_the_first_day_of_an_imported_site_stays_unknown_until_it_is_entered(page, qtbot):
    setup = page.context.services.setup

    def suite() -> Site:
        return next(site for site in setup.sites() if site.id == SUITE)

    known = suite()
    unknown = OpenPeriod(date(2024, 4, 1), in_use_by=date(2024, 9, 3))
    setup.save_site(replace(known, open_periods=(unknown,)))
    page.open_target(SUITE)
    section = page.section
    assert (section.title, section.item.id) == ("Sites", SUITE)
    at = section.tablemodel.index(section.table.currentIndex().row(), 1)
    assert at.data() == "not known since when; in use by 3 September 2024"
    assert section.open.rows == (("Not known", ""),)
    retype(qtbot, section.name, "Northgate suite")
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    assert suite().name == "Northgate suite"
    assert suite().open_periods == (unknown,)
    section.open.table.setFocus()
    qtbot.keyClick(section.open.table, Qt.Key.Key_Return)
    editor = section.open.table.viewport().findChild(QLineEdit)
    retype(qtbot, editor, "6/1/2020")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.open.rows == (("6/1/2020", ""),))
    qtbot.keyClick(section.name, Qt.Key.Key_Return)
    assert suite().open_periods == (OpenPeriod(date(2020, 1, 6)),)


def test_days_that_are_not_known_of_two_entries_stay_so():
    earlier = OpenPeriod(date(2018, 4, 1), date(2019, 3, 31), date(2018, 5, 3))
    periods = (earlier, OpenPeriod(date(2019, 4, 1), None, date(2019, 4, 10)))
    assert open_rows(periods) == [["Not known", "31/3/2019"], ["Not known", ""]]
    assert open_periods(open_rows(periods), periods) == periods
