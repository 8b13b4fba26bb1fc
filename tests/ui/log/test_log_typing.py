"""Typing into the report form does what it seems to do: nothing is dropped silently, the wheel
scrolls, letters and Tab go where they are expected, and what is pasted is taken or told."""

from uuid import uuid4

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.keyboard import focus, press, words, write
from tests.ui.log.drafts import draft_of, shown, stored
from visitapp.domain.draft.draft_content import content_of
from visitapp.domain.draft.report_sections import SectionProgress
from visitapp.domain.report.place import Place
from visitapp.ui.context import Context
from visitapp.ui.log.view import LogView
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.stepper import Stepper

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NOT_LISTED = "\u201c{}\u201d is not in the list. Choose from the list."


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> LogView:
    made = shown(furnished_context, qtbot)
    made.viewmodel.undoing.stack.clock = lambda: 0.0
    return made


def opened(page: LogView, section: str, **changed: object) -> None:
    page.open_target(draft_of(page.context, **changed).id)
    page.form.open_section(section)


def progress(page: LogView, key: str) -> SectionProgress:
    return page.viewmodel.judgement.progress(page.viewmodel.section(key))


def numbers(page: LogView) -> list[str]:
    panel = page.form.sections["detainees"].sum
    return [one.number.text() for one in (panel.whole, *panel.steppers.values())]


def paste(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(Key.Key_V, CONTROL)


@pytest.mark.parametrize(
    ("section", "field"),
    [("visit", "status"), ("visit", "type"), ("visit", "mode"),
     ("visit", "site_id"), ("access", "delay_reason")],
)  # fmt: skip
def test_words_that_are_no_choice_stay_and_are_a_problem(
    page: LogView, section: str, field: str
) -> None:
    opened(page, section, admitted="14:20", delay_reason="BUSY")
    page.form.show_place(Place.parse(field))
    picker = page.form.sections[section].rows[field].field
    before = picker.currentText()
    press(Key.Key_End)
    write("xyz")
    press(Key.Key_Tab)
    assert stored(page)[field] == f"{before}xyz"
    assert picker.currentText() == f"{before}xyz"
    assert NOT_LISTED.format(f"{before}xyz") in words(page)
    assert progress(page, section) is SectionProgress.PROBLEM
    page.form.open_section("overall")
    draft = page.place()
    page.leave_for_later()
    page.open_target(draft)
    page.form.open_section(section)
    assert page.form.sections[section].rows[field].field.currentText() == f"{before}xyz"
    assert progress(page, section) is SectionProgress.PROBLEM


def test_words_that_are_no_choice_of_an_issue_or_a_question_are_a_problem(page: LogView) -> None:
    issue = {"id": str(uuid4()), "category": "FOOD", "severity": 2}
    opened(page, "issues", issues=[issue], nothing_raised=False)
    for key, name in (("category", "category"), ("severity", "severity")):
        page.form.show_place(Place.parse(f"issues:0:{key}"))
        press(Key.Key_A, CONTROL)
        write("no such thing")
        press(Key.Key_Tab)
        assert stored(page)["issues"][0][name] == "no such thing"
        assert NOT_LISTED.format("no such thing") in words(page)
    assert progress(page, "issues") is SectionProgress.PROBLEM


def test_a_cell_keeps_wrong_words_when_the_mouse_leaves_it(page: LogView) -> None:
    rows = [{"id": str(uuid4()), "outcome": "SEEN"}]
    opened(page, "detainees", rows=rows, counts=[], counting="rows", present=1)
    section = page.form.sections["detainees"]
    section.panel.table.go_to(0, 3)
    write("elsewhere")
    section.sum.whole.setFocus()
    assert stored(page)["rows"][0]["outcome"] == "elsewhere"
    assert "Row 1: \u201celsewhere\u201d is not in the list." in words(page)
    assert progress(page, "detainees") is SectionProgress.PROBLEM


def test_a_click_on_the_words_of_a_drop_down_opens_it(page: LogView, qtbot: QtBot) -> None:
    opened(page, "visit")
    picker = page.form.sections["visit"].type
    edit = picker.lineEdit()
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton)
    popup = picker.completer().popup()
    assert popup.isVisible()
    assert popup.model().rowCount() == picker.count()
    write("tact")
    press(Key.Key_Return)
    press(Key.Key_Tab)
    assert stored(page)["type"] == "TACT"
    assert not popup.isVisible()


def wheel(widget: QWidget) -> None:
    at = widget.mapTo(widget.window(), widget.rect().center())
    QTest.wheelEvent(widget.window().windowHandle(), QPointF(at), QPoint(0, -120))
    QApplication.processEvents()


def test_the_wheel_changes_nothing_takes_no_cursor_and_scrolls(page: LogView, qtbot: QtBot) -> None:
    page.resize(1170, 480)
    opened(page, "visit")
    bar = page.form.scroller.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    section = page.form.sections["visit"]
    section.observers.setFocus()
    cursor, before = focus(), content_of(page.viewmodel.report)
    for widget in (section.site.lineEdit(), section.site, section.date.edit):
        bar.setValue(0)
        wheel(widget)
        assert bar.value() > 0, widget
        assert focus() is cursor
    assert content_of(page.viewmodel.report) == before
    for kind in (Picker, Stepper):
        for one in page.findChildren(kind):
            assert not one.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus


def test_tab_goes_from_cell_to_cell_and_leaves_behind_the_last(page: LogView) -> None:
    rows = [{"id": str(uuid4()), "outcome": "SEEN"}, {"id": str(uuid4())}]
    opened(page, "detainees", rows=rows, counts=[], counting="rows", present=2)
    table = page.form.sections["detainees"].panel.table
    table.go_to(1, 1)
    for column in range(2, 7):
        press(Key.Key_Tab)
        assert focus() is table
        assert (table.currentIndex().row(), table.currentIndex().column()) == (1, column)
    press(Key.Key_Tab)
    assert focus() is not table
    table.go_to(0, 6)
    press(Key.Key_Tab)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)
    press(Key.Key_Backtab, SHIFT)
    press(Key.Key_Backtab, SHIFT)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (0, 5)


def test_n_is_no_and_x_is_not_checked_in_every_section(page: LogView) -> None:
    opened(page, "facilities")
    press(Key.Key_N)
    assert "cells_clean" not in stored(page)["answers"]
    press(Key.Key_X)
    assert stored(page)["answers"]["cells_clean"] == "NOT_CHECKED"
    letters = {
        segment.accessibleName(): answer.letter
        for made in page.form.sections["facilities"].lists
        for row in made.rows.values()
        if hasattr(row.field, "_answers")
        for answer, segment in zip(row.field._answers, row.field.segments(), strict=True)
    }
    assert letters["Did not check"] == "X"


def test_marking_the_rest_keeps_the_cursor_in_the_form(page: LogView) -> None:
    opened(page, "facilities")
    section = page.form.sections["facilities"]
    section.others.setFocus()
    press(Key.Key_Space)
    assert section.isAncestorOf(focus())
    press(Key.Key_2, CONTROL)
    assert page.viewmodel.keeper.section == "access"


def test_every_change_of_section_takes_the_cursor_straight_into_it(page: LogView) -> None:
    opened(page, "visit")
    went: list[QWidget] = []
    QApplication.instance().focusChanged.connect(lambda _, now: went.append(now))
    for _ in range(9):
        press(Key.Key_PageDown, CONTROL)
    outside = [one for one in went if one is not None and not page.form.isAncestorOf(one)]
    assert outside == []


def test_typing_over_a_number_replaces_it(page: LogView) -> None:
    opened(page, "detainees")
    page.form.show_place(Place.parse("present"))
    assert focus().text() == "6"
    write("11")
    assert stored(page)["present"] == 11
    press(Key.Key_Tab)
    write("4")
    assert numbers(page) == ["11", "4", "1", "0", "1", "1", "0"]


def test_a_line_is_pasted_without_its_end(page: LogView) -> None:
    opened(page, "access", arrived="", extra_minutes="")
    paste("14:12\r\n")
    assert stored(page)["arrived"] == "14:12"
    page.form.show_place(Place.parse("extra_minutes"))
    paste("40\n")
    assert stored(page)["extra_minutes"] == "40"
    page.form.open_section("visit")
    page.form.show_place(Place.parse("date"))
    paste("\n9/4/25\n")
    press(Key.Key_Tab)
    assert stored(page)["date"] == "9/4/25"
    page.form.show_place(Place.parse("type"))
    paste("TACT\n")
    press(Key.Key_Tab)
    assert stored(page)["type"] == "TACT"
    page.form.open_section("detainees")
    page.form.show_place(Place.parse("present"))
    paste("1,1\n")
    assert "is not a number" not in " ".join(words(page))
    assert stored(page)["present"] == 11


def test_a_block_fills_the_numbers_and_what_is_none_is_told(page: LogView) -> None:
    opened(page, "detainees", present=None, counts=[])
    page.form.show_place(Place.parse("present"))
    paste("11\t4\t1\t1\t3\t2\r\n")
    assert numbers(page)[:6] == ["11", "4", "1", "1", "3", "2"]
    assert "Adds up" in words(page)
    press(Key.Key_Z, CONTROL)
    assert stored(page)["present"] is None
    assert stored(page)["counts"] == []
    page.form.show_place(Place.parse("present"))
    paste("7\nabout 4\n9999")
    said = [one for one in words(page) if "is not a number from 0 to 999." in one]
    assert said
    assert "about 4" in said[0]
    assert "9999" in said[0]


def test_a_block_fills_rows_adds_them_and_tells_what_it_can_not_take(page: LogView) -> None:
    rows = [{"id": str(uuid4()), "outcome": "SEEN"}]
    opened(page, "detainees", rows=rows, counts=[], counting="rows", present=3)
    table = page.form.sections["detainees"].panel.table
    table.go_to(0, 1)
    paste(
        "0412\tM4\tSeen\tFemale\t18\u201324\n"
        "0413\tM7\tasleep\tMale\n"
        f"0414\t{'M' * 60}\tsomewhere\tMale\n"
    )
    found = stored(page)["rows"]
    assert [(r["custody_number"], r.get("cell"), r.get("outcome")) for r in found] == [
        ("0412", "M4", "SEEN"), ("0413", "M7", "ASLEEP"), ("0414", None, None),
    ]  # fmt: skip
    assert (found[0]["gender"], found[0]["age_group"]) == ("FEMALE", "A18_24")
    [said] = [one for one in words(page) if one.startswith("Not used: ")]
    assert "Row 3: \u201cMMMMMMMMMMMMMMMMMMMM\u2026\u201d is longer than 40 characters." in said
    assert (
        "Row 3: \u201csomewhere\u201d is not in the list under \u201cWhat happened\u201d." in said
    )
    press(Key.Key_Z, CONTROL)
    assert stored(page)["rows"] == rows
    assert not [one for one in words(page) if one.startswith("Not used: ")]


def test_enter_goes_to_the_next_field_past_the_buttons_between(page: LogView) -> None:
    opened(page, "access", arrived="", admitted="", left="")
    write("1412")
    press(Key.Key_Return)
    assert focus().accessibleName() == "Let in to the suite"
    write("n")
    press(Key.Key_Return)
    assert stored(page)["admitted"] == "13:00"  # now, by the clock of the test
    assert focus().accessibleName() == "Left the suite"
    page.form.open_section("visit")
    page.form.show_place(Place.parse("date"))
    write("t")
    press(Key.Key_Return)
    assert stored(page)["date"] == "Thu 10 Apr 2025"
    press(Key.Key_Return)
    assert focus() is page.form.sections["visit"].mode
