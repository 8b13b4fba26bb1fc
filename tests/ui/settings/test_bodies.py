"""Settings, Body and year: who the schemes belong to, under which law, and from when."""

from datetime import date

import pytest

from tests.ui.settings.settings_page import at_section, page
from visitapp.domain.office.body import COMMISSIONER, UK_CASES, Law

__all__ = ["page"]

MAYOR_FROM = date(2028, 5, 9)


def bodies(page):
    return page.context.services.setup.office().bodies


def add_mayor(section, day="9/5/2028"):
    section.add()
    section.start.set_text(day)
    section.name.setText("the Mayor of Anyshire")
    section.short.setText("the Mayor")
    section.possessive.setText("the Mayor’s")
    section.press_save()


def test_a_file_that_names_no_body_shows_the_usual_one(page):
    section = at_section(page, "body")
    assert [row.cells for row in section.entries()] == [
        ("The beginning", "The Commissioner", "1 April")
    ]
    assert section.start_row.isHidden()
    assert section.remove_button.isHidden()


@pytest.mark.parametrize(("place", "body"), UK_CASES)
def test_one_choice_fills_in_all_words_of_a_case(page, place, body):
    section = at_section(page, "body")
    section.case.set_key(place)
    section.case.chosen.emit(place)
    section.press_save()
    assert bodies(page) == (body,)


def test_a_calendar_year_is_chosen_and_offered_everywhere(page):
    section = at_section(page, "body")
    section.first_month.set_key(1)
    section.press_save()
    assert bodies(page)[0].first_month == 1
    year = page.context.years().year_of(date(2025, 4, 10))
    assert (year.start, year.end) == (date(2025, 1, 1), date(2025, 12, 31))


def test_the_next_body_is_added_changed_deleted_and_brought_back(page, monkeypatch):
    section = at_section(page, "body")
    add_mayor(section)
    assert [body.from_on for body in bodies(page)] == [None, MAYOR_FROM]
    assert section.item.body.law is Law.ENGLAND_AND_WALES
    assert not section.remove_button.isHidden()
    section.start.set_text("10/5/2028")
    section.press_save()
    assert [body.from_on for body in bodies(page)] == [None, date(2028, 5, 10)]
    section._remove_item(section.item)
    assert bodies(page) == (COMMISSIONER,)
    section.undo_stack.undo()
    assert [body.short for body in bodies(page)] == ["the Commissioner", "the Mayor"]


@pytest.mark.parametrize(
    ("day", "sentence"),
    [("", "enter a date"), ("9/5/2028", "Another body already begins on that day")],
)
def test_another_body_needs_another_day(page, day, sentence):
    section = at_section(page, "body")
    add_mayor(section)
    add_mayor(section, day)
    assert sentence in section.reason.text()
    assert len(bodies(page)) == 2


def test_a_body_without_a_name_is_refused(page):
    section = at_section(page, "body")
    section.name.setText(" ")
    section.press_save()
    assert "Enter the body" in section.reason.text()
    assert bodies(page) == (COMMISSIONER,)
