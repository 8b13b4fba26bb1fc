"""Settings, Population: the people of the area, with who says so."""

from PySide6.QtCore import Qt

from tests.ui.settings.settings_page import at_section, page
from visitapp.domain.office.monitoring import Characteristic

__all__ = ["page"]

GENDER, AGE = Characteristic.GENDER, Characteristic.AGE


def kept(page):
    return page.context.services.monitoring.populations()


def test_numbers_and_their_source_are_entered_by_keys_and_erased(page, qtbot):
    section = at_section(page, "population")
    assert [row.cells[1] for row in section.entries()] == ["None yet"] * 4
    section.focus_form()
    qtbot.keyClicks(section.source, "Census 2021")
    women, _ = section.people[GENDER, "FEMALE"]
    qtbot.keyClicks(women, "510,000")
    qtbot.keyClick(women, Qt.Key.Key_Return)
    assert kept(page)[GENDER].numbers == {"FEMALE": 510_000}
    assert kept(page)[GENDER].source == "Census 2021"
    assert section.entries()[0].cells == ("Gender", "510,000", "Census 2021")
    women.clear()
    section.press_save()
    assert kept(page)[GENDER].numbers == {}


def test_each_row_has_its_own_groups_and_a_wrong_number_is_said(page):
    section = at_section(page, "population")
    section.show_item(AGE)
    shown = [key for key, (_, row) in section.people.items() if not row.isHidden()]
    assert shown == [(AGE, code) for code, _ in AGE.choices]
    section.people[AGE, "60"][0].setText("many")
    section.press_save()
    assert "60–69: enter a whole number" in section.reason.text()
    section.people[AGE, "60"][0].setText("12")
    section.press_save()
    assert "Source: say where" in section.reason.text()
    assert kept(page)[AGE].numbers == {}
