"""Settings: the report forms. Each change is the next version; old reports keep theirs."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from tests.builders import ANIMALS, CUSTODY, make_visit, sign
from tests.ui.keyboard import press, write
from tests.ui.settings.settings_page import at_section, cells, page, words
from visitapp.domain.changes import Changes
from visitapp.domain.report.form_changes import question_of
from visitapp.domain.report.kinds import Option
from visitapp.domain.report.report import Report
from visitapp.ui.widgets.dialogs import SureDialog

__all__ = ["page"]

Key = Qt.Key


def form(page, number=None):
    return page.context.services.forms.form(CUSTODY, number)


def at_part(page, part, scheme_id=CUSTODY):
    section = at_section(page, "questions")
    section.choose(scheme_id, part)
    return section


def test_each_form_is_there_with_its_version_sections_and_questions(page):
    section = at_section(page, "questions")
    assert "Custody form, version 1: 126 questions in 9 sections." in words(section)
    assert "Reports already written keep their version" in words(section)
    parts = [section.part.itemText(at) for at in range(section.part.count())]
    assert parts[0] == "The visit (8)"
    assert "Each detainee: rights (11)" in parts
    section.choose(CUSTODY, "suite")
    assert cells(section)[:2] == [
        ["Who went round with you?", "One of several answers"],
        ["Collar number, if given", "One line of words"],
    ]
    section.choose(ANIMALS, "overall")
    assert "Animal welfare form, version 1" in words(section)
    assert cells(section)[0][1] == "One of several answers; needed"


def test_a_question_is_added_by_keyboard_alone(page, qtbot):
    old = sign(
        page.context.services,
        make_visit(date(2024, 3, 4), report=Report(1, {"overall": "SATISFACTORY"})),
    )
    section = at_part(page, "suite")
    section.table.setFocus()
    press(Key.Key_Insert)
    assert section.ask.hasFocus()
    write("Told why they are held for immigration?")
    press(Key.Key_Tab)
    write("In words they understand")
    press(Key.Key_Tab)
    assert section.kind.hasFocus() or section.kind.lineEdit().hasFocus()
    assert section.kind.key() == "yes_no"
    press(Key.Key_Tab)
    assert section.needed.hasFocus()
    press(Key.Key_Space)
    with qtbot.waitSignal(page.context.changed) as caught:
        press(Key.Key_Return)
    assert caught.args[0] is Changes.SETTINGS
    made = form(page).section("suite").questions[-1]
    assert (made.key, made.ask) == (
        "told_why_they_are_held_for_imm",
        "Told why they are held for immigration?",
    )
    assert (made.help, made.kind, made.compulsory) == ("In words they understand", "yes_no", True)
    assert cells(section)[-1] == [made.ask, "Yes, no, did not check; needed"]
    assert section.table.hasFocus()
    assert section.done_text == "Question added. Older reports keep their form."
    assert "version 2" in words(section)
    assert old.report is not None
    kept = page.context.services.forms.form(CUSTODY, old.report.form_number)
    assert made not in kept.section("suite").questions


def test_what_was_added_is_in_sight_in_a_long_table(page, qtbot):
    section = at_part(page, "facilities")
    section.add()
    section.ask.setText("A point of so many words that it goes on in the second line of its row")
    section.press_save()
    table = section.table

    def in_sight():
        row = table.visualRect(table.currentIndex())
        assert table.currentIndex().row() == table.model().rowCount() - 1
        assert table.viewport().rect().contains(row.center())
        assert row.bottom() <= table.viewport().height() + 1

    qtbot.waitUntil(in_sight)


def test_a_question_with_answers_of_its_own_is_added_and_gets_more(page):
    section = at_part(page, "row")
    section.add()
    section.ask.setText("Asked by whom?")
    section.kind.set_key("choice")
    section.kind.chosen.emit("choice")
    assert section.answers_row.isVisibleTo(section)
    assert not section.needed.isVisibleTo(section)
    section.press_save()
    assert "at least" in section.reason.text() or "needs answers" in section.reason.text()
    section.answers.show_rows([["The force", ""], ["Immigration  staff", ""]])
    section.press_save()
    first = question_of(form(page), "asked_by_whom")
    assert first is not None
    assert first.options == (
        Option("THE_FORCE", "The force"),
        Option("IMMIGRATION_STAFF", "Immigration staff"),
    )
    rows = [list(row) for row in section.answers.rows]
    section.answers.show_rows([["Custody staff", rows[0][1]], ["Nobody", ""]])
    section.press_save()
    second = question_of(form(page), "asked_by_whom")
    assert second is not None
    assert second.options == (Option("THE_FORCE", "Custody staff"), Option("NOBODY", "Nobody"))
    assert form(page).number == 3


def test_a_point_of_a_checklist_says_what_its_concern_is_about(page):
    section = at_part(page, "facilities")
    section.add()
    section.ask.setText("Prayer mats, clean")
    section.kind.set_key("check")
    section.kind.chosen.emit("check")
    section.press_save()
    assert "Choose what kind of issue" in section.reason.text()
    section.category.set_key("FAITH")
    section.private.setChecked(True)
    section.press_save()
    made = form(page).section("facilities").questions[-1]
    assert (made.kind, made.category, made.manager_only) == ("check", "FAITH", True)


def test_words_and_order_change_by_keyboard(page):
    section = at_part(page, "staff")
    section.table.setFocus()
    press(Key.Key_Down)
    assert section.ask.text() == "Were detainees treated with respect?"
    press(Key.Key_Return)
    assert section.ask.hasFocus()
    press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    write("Was everybody treated with respect?")
    press(Key.Key_Return)
    assert form(page).section("staff").questions[1].ask == "Was everybody treated with respect?"
    section.earlier_button.setFocus()
    press(Key.Key_Space)
    assert [q.key for q in form(page).section("staff").questions][:2] == [
        "respect",
        "staff_helpful",
    ]
    assert form(page).number == 3
    assert section.item.id == "respect"
    press(Key.Key_Space)
    assert form(page).number == 3
    assert form(page, 1).section("staff").questions[1].ask.startswith("Were detainees")


def test_a_question_is_asked_no_longer_if_the_person_is_sure(page, monkeypatch):
    answers = [False, True]
    monkeypatch.setattr(SureDialog, "ask", lambda *_: answers.pop(0))
    section = at_part(page, "facilities")
    section.show_item("lighting")
    section.table.setFocus()
    press(Key.Key_Delete)
    assert question_of(form(page), "lighting") is not None
    press(Key.Key_Delete)
    assert question_of(form(page), "lighting") is None
    assert question_of(form(page, 1), "lighting") is not None
    assert "Lighting" not in [row[0] for row in cells(section)]
    assert "keep their form" in section.done_text


@pytest.mark.parametrize(("part", "which"), [("visit", "site_id"), ("staff", "opcat")])
def test_what_the_program_needs_stays_and_can_be_reworded(page, part, which):
    section = at_part(page, part)
    section.show_item(which)
    assert not section.remove_button.isVisibleTo(page)
    section.remove()
    assert not section.private.isVisibleTo(page)
    section.ask.setText("In our own words")
    section.press_save()
    asked = question_of(form(page), which)
    assert asked is not None
    assert asked.ask == "In our own words"


def test_what_can_not_be_kept_is_said_in_place_and_nothing_is_lost(page):
    section = at_part(page, "suite")
    section.add()
    section.press_save()
    assert section.reason.text() == "Enter the question."
    section.ask.setText("Escort told about us?")
    section.move_by(1)
    section.add()
    assert "Save or cancel" in section.reason.text()
    assert section.ask.text() == "Escort told about us?"
    assert form(page).number == 1


def test_a_question_is_counted_or_not_and_may_come_to_mean_something_else(page):
    section = at_part(page, "facilities")
    assert section.counted.isChecked()
    assert section.counted.isVisibleTo(section)
    section.counted.click()
    section.anew.click()
    section.press_save()
    asked = form(page).section("facilities").questions[0]
    assert (asked.is_counted, asked.meaning) == (False, 2)
    assert not section.anew.isChecked()
    section.add()
    assert section.counted.isChecked()
    assert not section.anew.isVisibleTo(section)
    section.kind.set_key("line")
    section.kind.chosen.emit("line")
    assert not section.counted.isVisibleTo(section)
    section.ask.setText("What did you smell?")
    section.press_save()
    assert not form(page).section("facilities").questions[-1].is_counted
