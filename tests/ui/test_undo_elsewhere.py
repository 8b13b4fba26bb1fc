"""Undo and Redo beside the report form: availability, rows and forms of Settings, people's forms,
the year's texts."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.builders import ANNE, BEN, CUSTODY
from tests.ui.keyboard import press
from tests.ui.settings.settings_page import at_section, cells, retype
from tests.ui.settings.settings_page import shown as settings_shown
from visitapp.ui.availability.view import AvailabilityView
from visitapp.ui.context import Context
from visitapp.ui.people.view import PeopleView
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.text_area import TextArea

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_what_was_painted_of_a_week_is_taken_back_and_painted_again(
    furnished_context: Context, qtbot: QtBot
) -> None:
    page = AvailabilityView(furnished_context)
    qtbot.addWidget(page)
    page.resize(1170, 660)
    with qtbot.waitExposed(page):
        page.show()
    page.grid.setFocus()
    services = furnished_context.services

    def free() -> int:
        return len(services.availability.of(ANNE).free)

    QTest.keyClick(page.grid, Key.Key_Space)
    QTest.keyClick(page.grid, Key.Key_Right, SHIFT)
    assert free() == 2
    said: list[str] = []
    furnished_context.message.connect(said.append)
    press(Key.Key_Z, CONTROL)
    assert free() == 1
    assert said == ["Undone: change the usual week."]
    press(Key.Key_Y, CONTROL)
    assert free() == 2
    page.viewmodel.set_visits(1, 5)
    page.viewmodel.choose(BEN)
    page.undo()  # it is Anne's, and shown
    assert services.availability.of(ANNE).most == 13
    assert page.place() == ANNE


def test_rows_of_a_form_come_back(furnished_context: Context, qtbot: QtBot) -> None:
    page = settings_shown(furnished_context, qtbot, "sites")
    qtbot.waitUntil(page.isActiveWindow)
    section = at_section(page, "sites")
    section.table.setFocus()
    press(Key.Key_Return)
    editor = section.open
    before = editor.rows
    editor.table.setFocus()
    editor.remove_row()
    editor.add()
    assert editor.rows != before
    press(Key.Key_Z, CONTROL)
    press(Key.Key_Z, CONTROL)
    assert editor.rows == before
    assert editor.table.hasFocus()
    press(Key.Key_Z, CONTROL | SHIFT)
    assert len(editor.rows) == len(before) - 1


@pytest.mark.parametrize("name", ["office", "sites"])
def test_a_form_that_escape_emptied_is_filled_again(
    furnished_context: Context, qtbot: QtBot, name: str
) -> None:
    page = settings_shown(furnished_context, qtbot, name)
    qtbot.waitUntil(page.isActiveWindow)
    section = at_section(page, name)
    if name == "sites":
        section.table.setFocus()
        press(Key.Key_Return)
    stored = section.name.text()
    retype(qtbot, section.name, "Another name")
    press(Key.Key_Escape)
    assert section.name.text() == stored
    assert section.done_text == "Not saved. Ctrl+Z brings back what you typed."
    press(Key.Key_Z, CONTROL)
    assert section.name.text() == "Another name"
    retype(qtbot, section.name, "A third")
    press(Key.Key_Z, CONTROL)  # of the field itself now
    assert section.name.text() != "A third"


def test_a_form_about_a_person_that_was_left_is_brought_back(
    furnished_context: Context, qtbot: QtBot
) -> None:
    page = PeopleView(furnished_context)
    qtbot.addWidget(page)
    page.resize(1170, 712)
    with qtbot.waitExposed(page):
        page.show()
    page.open_target(BEN)
    page.edit()
    press(Key.Key_Escape)
    assert page.banners() == ()  # nothing was typed
    page.edit()
    page.form.given_name.setFocus()
    page.form.given_name.selectAll()
    qtbot.keyClicks(page.form.given_name, "Benjamin")
    press(Key.Key_Escape)
    assert not page.is_editing
    [banner] = page.banners()
    banner.buttons[0].click()
    assert page.form.given_name.text() == "Benjamin"
    assert page.is_editing
    press(Key.Key_Return)
    assert BEN in {p.id for p in furnished_context.services.people.people()
                   if p.name == "Benjamin Sample"}  # fmt: skip


def test_words_replaced_in_a_text_come_back_on_every_system(qtbot: QtBot) -> None:
    area = TextArea("Summary")
    qtbot.addWidget(area)
    area.show()
    area.setFocus()
    area.set_text("Edited by hand")
    area.replace_text("As drafted")
    qtbot.keyClick(area, Key.Key_Z, CONTROL)
    assert area.text() == "Edited by hand"
    qtbot.keyClick(area, Key.Key_Y, CONTROL)
    assert area.text() == "As drafted"


def test_words_of_a_drop_down_that_fit_no_choice_are_not_saved_as_none(
    furnished_context: Context, qtbot: QtBot
) -> None:
    page = settings_shown(furnished_context, qtbot, "sites")
    qtbot.waitUntil(page.isActiveWindow)
    section = at_section(page, "sites")
    section.table.setFocus()
    press(Key.Key_Return)
    section.grid.setFocus()
    qtbot.keyClicks(section.grid.lineEdit(), "no such thing")
    section.press_save()
    said = "\u201cno such thing\u201d is not in the list. Choose from the list."
    assert section.reason.text() == said


def _add(section, name: str) -> None:
    section.add()
    if name == "rates":
        section.start.set_text("1/4/2024")
        section.amount.setText("19.0000")
    elif name == "throughput":
        section.number.setText("4,711")
    else:
        section.number.setText("101")
    section.press_save()


@pytest.mark.parametrize("name", ["rates", "throughput", "earlier"])
def test_an_entry_taken_out_of_settings_comes_back_and_goes_again(
    furnished_context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(SureDialog, "ask", lambda *_: True)
    page = settings_shown(furnished_context, qtbot, name)
    qtbot.waitUntil(page.isActiveWindow)
    section = at_section(page, name)
    _add(section, name)
    item, before = section.item, cells(section)
    section.remove_button.setFocus()
    section.remove()
    assert len(cells(section)) == len(before) - 1
    assert section.done_text == "Entry deleted. Ctrl+Z brings it back."
    press(Key.Key_Z, CONTROL)
    assert cells(section) == before
    assert section.item.id == item.id
    press(Key.Key_Y, CONTROL)
    assert len(cells(section)) == len(before) - 1
    _add(section, name)  # another stands in its place
    page.undo()
    assert cells(section) == before
    assert section.reason.text()


def test_a_question_asked_no_longer_is_asked_again_in_its_place(
    furnished_context: Context, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SureDialog, "ask", lambda *_: True)
    page = settings_shown(furnished_context, qtbot, "questions")
    section = at_section(page, "questions")
    section.choose(CUSTODY, "suite")
    before = cells(section)
    at = next(
        row for row in range(len(before) - 1)
        if section.viewmodel.questions.may_stop(CUSTODY, section.tablemodel.item(row).question)
    )  # fmt: skip
    section.show_item(section.tablemodel.item(at).id)
    section.remove()
    assert cells(section) == before[:at] + before[at + 1 :]
    page.undo()
    assert cells(section) == before
    page.redo()
    assert cells(section) == before[:at] + before[at + 1 :]


def test_another_list_waits_for_what_is_typed_in_this_one(
    furnished_context: Context, qtbot: QtBot
) -> None:
    page = settings_shown(furnished_context, qtbot, "lists")
    section = at_section(page, "lists")
    shown = section.list_name
    retype(qtbot, section.label_edit, "Another label")
    section.list.set_key(next(key for key in section.list._keys if key != shown))
    section.list.chosen.emit(section.list.key())
    assert section.list_name == shown
    assert section.label_edit.text() == "Another label"
    assert section.reason.text() == "Save or cancel your changes here first."


def test_a_time_in_a_scheme_taken_out_of_a_form_comes_back(
    furnished_context: Context, qtbot: QtBot
) -> None:
    page = PeopleView(furnished_context)
    qtbot.addWidget(page)
    page.resize(1170, 712)
    with qtbot.waitExposed(page):
        page.show()
    page.open_target(BEN)
    page.edit()
    page.form.parts[0].left.set_text("1/5/2025")
    before = page.form.typed_parts()
    page.form._remove_membership(page.form.parts[0])
    assert len(page.form.parts) == len(before) - 1
    page.form.given_name.setFocus()
    press(Key.Key_Z, CONTROL)
    assert page.form.typed_parts() == before
    press(Key.Key_Y, CONTROL)
    assert len(page.form.parts) == len(before) - 1
