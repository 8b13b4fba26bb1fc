"""Undo and Redo in the report form: whatever is typed, chosen, added or taken out."""

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, KENNELS
from tests.ui.keyboard import focus, press, words, write
from tests.ui.log.drafts import REX, draft_of, shown, stored
from visitapp.domain.draft.draft_content import content_of
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.answers import Counting
from visitapp.domain.report.place import Place
from visitapp.ui.context import Context
from visitapp.ui.log.view import LogView

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> LogView:
    made = shown(furnished_context, qtbot)
    made.viewmodel.undoing.stack.clock = lambda: 0.0  # nobody pauses
    return made


def undo() -> None:
    press(Key.Key_Z, CONTROL)


def redo(*, shifted: bool = False) -> None:
    press(*((Key.Key_Z, CONTROL | SHIFT) if shifted else (Key.Key_Y, CONTROL)))


def opened(page: LogView, section: str, **changed: object) -> None:
    page.open_target(draft_of(page.context, **changed).id)
    page.form.open_section(section)


def issue(**values: object) -> dict[str, object]:
    return {"id": str(uuid4()), "category": "FOOD", "severity": 2, **values}


def test_a_removed_issue_comes_back_with_all_that_was_written(page: LogView) -> None:
    whole = [issue(description="Cold meals"), issue(description="No blankets", category="CELL")]
    opened(page, "issues", issues=whole, nothing_raised=False)
    card = page.form.sections["issues"].cards[whole[0]["id"]]
    card.removed.emit(whole[0]["id"])
    assert content_of(page.viewmodel.report)["issues"] == whole[1:]
    assert page.viewmodel.undoing.stack.undo_words == "remove the issue"
    page.form.open_section("access")  # a change of section keeps what can be undone
    said = []
    page.context.message.connect(said.append)
    undo()
    assert content_of(page.viewmodel.report)["issues"] == whole
    assert said == ["Undone: remove the issue."]
    assert page.viewmodel.keeper.section == "issues"
    assert page.form.sections["issues"].cards[whole[0]["id"]].isAncestorOf(focus())
    assert stored(page)["issues"] == whole  # saved as any other change
    redo(shifted=True)
    assert stored(page)["issues"] == whole[1:]


def test_words_typed_without_a_pause_are_one_step_and_fields_are_steps(page: LogView) -> None:
    opened(page, "access", arrived="", admitted="", left="")
    write("1412")
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    write("1430")
    undo()
    assert (
        page.viewmodel.report.arrived,
        page.viewmodel.report.admitted,
    ) == ("1412", "")
    assert focus().accessibleName() == "Let in to the suite"
    assert focus().text() == ""
    undo()
    assert page.viewmodel.report.arrived == ""
    assert focus().accessibleName() == "Arrived at the station"
    redo()
    redo()
    assert (
        page.viewmodel.report.arrived,
        page.viewmodel.report.admitted,
    ) == ("1412", "1430")
    assert page.viewmodel.undoing.stack.redo_words == ""


def test_a_pause_begins_another_step(page: LogView) -> None:
    now = 0.0
    page.viewmodel.undoing.stack.clock = lambda: now
    opened(page, "overall", summary="")
    page.form.show_place(Place.parse("summary"))
    write("Calm")
    now = 5.0
    write(" and clean")
    undo()
    assert page.viewmodel.report.summary == "Calm"
    undo()
    assert page.viewmodel.report.summary == ""


def test_an_answer_and_the_issue_it_opened_are_one_step(page: LogView) -> None:
    opened(page, "facilities")
    press(Key.Key_S)
    press(Key.Key_C)
    assert len(page.viewmodel.report.issues) == 1
    undo()
    assert page.viewmodel.report.issues == ()
    assert list(page.viewmodel.report.answers.values()).count("CONCERN") == 0
    assert list(page.viewmodel.report.answers.values()).count("OK") == 1
    redo()
    assert len(page.viewmodel.report.issues) == 1


def test_all_that_was_marked_as_not_checked_goes_at_once(page: LogView) -> None:
    opened(page, "facilities")
    press(Key.Key_S)
    before = content_of(page.viewmodel.report)
    press(Key.Key_R, CONTROL | SHIFT)
    assert page.viewmodel.undoing.stack.undo_words == "mark 20 as not checked"
    undo()
    assert page.viewmodel.report.answers == before["answers"]


def test_rows_counts_and_ways_of_counting_come_back(page: LogView) -> None:
    rows = [{"id": str(uuid4()), "outcome": "SEEN"}, {"id": str(uuid4()), "outcome": "ASLEEP"}]
    opened(page, "detainees", rows=rows, counts=[], counting="rows", present=2)
    section = page.form.sections["detainees"]
    section.panel.table.go_to(0, 3)
    press(Key.Key_Delete)
    press(Key.Key_D, CONTROL)
    assert content_of(page.viewmodel.report)["rows"] == rows[1:]
    undo()
    assert content_of(page.viewmodel.report)["rows"] == rows
    assert section.panel.current_id() == rows[0]["id"]
    assert focus() is section.panel.table
    section.panel.table.go_to(1, 3)
    press(Key.Key_D, CONTROL)
    assert page.viewmodel.report.rows[1].outcome == "SEEN"
    undo()
    section.ways.chosen.emit(Counting.COUNTS)
    assert page.viewmodel.report.counting is Counting.COUNTS
    undo()
    assert (page.viewmodel.report.counting, page.viewmodel.report.counts) == (Counting.ROWS, ())
    assert content_of(page.viewmodel.report)["rows"] == rows


def test_a_cell_that_was_emptied_and_one_that_was_written_come_back(page: LogView) -> None:
    rows = [{"id": str(uuid4()), "outcome": "SEEN", "cell": "7"}]
    opened(page, "detainees", rows=rows, counts=[], counting="rows", present=1)
    table = page.form.sections["detainees"].panel.table
    table.go_to(0, 2)
    press(Key.Key_Backspace)
    assert not page.viewmodel.report.rows[0].cell
    undo()
    assert page.viewmodel.report.rows[0].cell == "7"
    write("12")
    press(Key.Key_Return)
    assert page.viewmodel.report.rows[0].cell == "12"
    undo()
    assert page.viewmodel.report.rows[0].cell == "7"


def test_the_needs_of_an_animal_come_back(page: LogView, furnished_context: Context) -> None:
    furnished_context.services.animals.add(Animal(REX, ANIMALS, KENNELS, "Rex"))
    page.open_target(draft_of(page.context, Kind.ANIMAL_WELFARE, rows=[], counting="rows").id)
    page.form.open_section("animals")
    press(Key.Key_Space, CONTROL)
    assert len(page.viewmodel.report.rows[0].answers) >= 5
    undo()
    assert page.viewmodel.report.rows == ()


def test_names_are_typed_again_after_an_undo(page: LogView) -> None:
    opened(page, "overall", summary="")
    page.form.show_place(Place.parse("summary"))
    write("Calm")
    page.form.open_section("check")
    page.form.check.confirm.focus_first()
    write("Anne Example")
    press(Key.Key_Return)
    assert page.viewmodel.reading.visit.confirmations
    page.undo()
    assert not page.viewmodel.reading.visit.confirmations
    page.form.open_section("check")
    assert any("confirm it again" in one for one in words(page))


def test_another_report_begins_with_nothing_to_undo(page: LogView) -> None:
    opened(page, "overall", summary="")
    page.form.show_place(Place.parse("summary"))
    write("Calm")
    page.open_target(draft_of(page.context).id)
    undo()
    assert page.viewmodel.report.summary == "Calm."


def test_a_draft_that_was_put_aside_keeps_what_can_be_undone(page: LogView) -> None:
    opened(page, "overall", summary="")
    page.form.show_place(Place.parse("summary"))
    write("Calm")
    draft = page.place()
    page.show_top()
    assert not page.viewmodel.is_open
    undo()  # there is nothing here
    page.open_target(draft)
    undo()
    assert page.viewmodel.report.summary == ""


def test_a_discarded_draft_is_brought_back(page: LogView, monkeypatch: pytest.MonkeyPatch) -> None:
    from visitapp.ui.log import view as log_view

    opened(page, "overall", summary="")
    page.form.show_place(Place.parse("summary"))
    write("Calm")
    draft = page.place()
    monkeypatch.setattr(log_view.SureDialog, "ask", lambda *_: True)
    page.form.discard.click()
    assert page.context.services.drafts.drafts() == ()
    [banner] = page.banners()
    assert banner.sentence == "Draft discarded."
    banner.buttons[0].click()
    assert page.place() == draft
    assert page.viewmodel.report.summary == "Calm"
    assert page.banners() == ()
    write(" again")
    assert stored(page)["summary"]
