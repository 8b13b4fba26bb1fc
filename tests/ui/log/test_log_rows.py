"""Rows of the form by keyboard: detainees, animals, rights, and the questions of a checklist."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.builders import ANIMALS, KENNELS
from tests.ui.keyboard import focus, press, words, write
from tests.ui.log.drafts import REX, draft_of, shown, stored, whole_of
from visitapp.domain.draft.typed_report import TypedRow
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Kind
from visitapp.ui.context import Context
from visitapp.ui.log.rows.animal_tablemodel import NEED
from visitapp.ui.log.rows.row_table import CellEditor
from visitapp.ui.log.view import LogView

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ADA = UUID(int=702)
DISPLAY = Qt.ItemDataRole.DisplayRole


@pytest.fixture
def page(furnished_context: Context, qtbot: QtBot) -> LogView:
    for animal_id, name in ((REX, "Rex"), (ADA, "Ada")):
        furnished_context.services.animals.add(Animal(animal_id, ANIMALS, KENNELS, name))
    return shown(furnished_context, qtbot)


def section_of(page: LogView, key: str) -> Any:
    page.form.open_section(key)
    return page.form.sections[key]


def detainees(page: LogView, **changed: Any) -> Any:
    page.open_target(draft_of(page.context, **whole_of(Kind.CUSTODY) | changed).id)
    return section_of(page, "detainees")


def line(panel: Any, at: int) -> list[str]:
    """A row as it is read, after its number."""
    model = panel.rows
    return [model.index(at, column).data() for column in range(1, model.columnCount())]


# -- detainees ---------------------------------------------------------------------------------


def test_rows_are_written_without_leaving_the_keyboard(page: LogView, qtbot: QtBot) -> None:
    section = detainees(page, rows=[], present=3)
    section.panel.add.setFocus()
    press(Key.Key_Return, CONTROL)
    for typed in ("12345/25", "M4", "seen", "fem", "18-24", "agreed"):
        write(typed)
        press(Key.Key_Tab)
    press(Key.Key_Return, CONTROL)  # the next row
    section.panel.table.go_to(1, 3)
    for typed in ("interview", "MALE"):  # a word within, and a code
        write(typed)
        press(Key.Key_Tab)
    assert line(section.panel, 0) == ["…5/25", "M4", "Seen", "Female", "18–24", "Agreed"]
    assert line(section.panel, 1)[2:4] == ["Not available: in interview", "Male"]
    first, second = stored(page)["rows"]
    assert (first["outcome"], first["gender"], first["age_group"]) == ("SEEN", "FEMALE", "A18_24")
    assert (second["outcome"], second["reason"]) == ("UNAVAIL", "INTERVIEW")


def test_enter_takes_a_cell_too_and_goes_down_and_shift_tab_goes_back(
    page: LogView, qtbot: QtBot
) -> None:
    table = detainees(page).panel.table
    table.go_to(0, 2)
    write("M4")
    press(Key.Key_Return)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 2)
    write("M5")
    press(Key.Key_Backtab, SHIFT)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, 1)
    assert [row.get("cell") for row in stored(page)["rows"]] == ["M4", "M5"]


def test_what_means_nothing_stays_in_its_cell_and_is_marked(page: LogView, qtbot: QtBot) -> None:
    table = detainees(page).panel.table
    table.go_to(0, 3)
    write("elsewhere")
    press(Key.Key_Return)
    editor = focus()
    assert isinstance(editor, CellEditor)
    assert editor.accessibleDescription() == "“elsewhere” is not in the list. Choose from the list."
    assert stored(page)["rows"][0]["outcome"] == "SEEN"
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    assert line(page.form.sections["detainees"].panel, 0)[2] == "Seen"  # type: ignore[attr-defined]


def test_a_new_row_says_nothing_by_itself(page: LogView) -> None:
    section = detainees(page)
    section.panel.add_row()
    [new] = [row for row in stored(page)["rows"] if set(row) == {"id"}]
    assert page.viewmodel.rows.ids().index(new["id"]) >= 0
    at = section.panel.table.currentIndex().row()
    assert set(line(section.panel, at)) == {"–"}
    assert all(row.field.target() for one in section.more for row in one.rows.values())
    answers = [row.field.key() for one in section.more for row in one.rows.values()
               if hasattr(row.field, "key")]  # fmt: skip
    assert set(answers) == {None}


def test_copying_fills_an_empty_row_and_else_one_cell_but_never_a_number_or_a_cell(
    page: LogView, qtbot: QtBot
) -> None:
    section = detainees(page, rows=[
        {"id": str(uuid4()), "outcome": "UNAVAIL", "reason": "INTERVIEW", "gender": "MALE",
         "age_group": "A25_34", "cell": "M4", "custody_number": "EU/12345/25",
         "answers": {"consent_record": "N", "condition": "WELL"}},
        {"id": str(uuid4())},
        {"id": str(uuid4()), "outcome": "SEEN", "gender": "FEMALE"},
    ])  # fmt: skip
    table = section.panel.table
    table.go_to(1, 4)
    press(Key.Key_D, CONTROL)
    wanted = ["–", "–", "Not available: in interview", "Male", "25–34", "Not asked"]
    assert line(section.panel, 1) == wanted
    assert "condition" not in stored(page)["rows"][1]["answers"]  # how they were is their own
    table.go_to(2, 3)
    press(Key.Key_D, CONTROL)
    assert line(section.panel, 2)[2:5] == ["Not available: in interview", "Female", "–"]


def test_a_row_taken_out_can_be_brought_back_to_its_place(page: LogView, qtbot: QtBot) -> None:
    section = detainees(page)
    before = stored(page)["rows"]
    section.panel.table.go_to(0, 3)
    press(Key.Key_Delete)
    assert stored(page)["rows"] == before[1:]
    section.panel.back.click()
    assert stored(page)["rows"] == before
    assert section.panel.table.currentIndex().row() == 0


def test_rows_and_numbers_that_differ_are_told_and_lead_to_each_other(page: LogView) -> None:
    counts = [{"outcome": "SEEN", "number": 2}, {"outcome": "ASLEEP", "number": 1}]
    section = detainees(page, counting="both", counts=counts, present=3)
    assert "2 rows of 3 counted above" in words(section)  # one has no row; that is allowed
    assert not any("more row" in f.sentence for f in page.viewmodel.judgement.blocking)
    section.panel.rows.setData(section.panel.rows.index(0, 3), "ASLEEP")
    assert page.viewmodel.flush()
    assert "2 rows, which don't agree with the counts above" in words(section)
    said = "1 more row says “asleep, observed” than the count above it."
    assert said in [finding.sentence for finding in page.viewmodel.judgement.blocking]
    section.panel.rows.setData(section.panel.rows.index(0, 3), "SEEN")
    assert page.viewmodel.flush()
    assert said not in [finding.sentence for finding in page.viewmodel.judgement.blocking]


def test_only_the_end_of_a_custody_number_is_shown_and_said(page: LogView) -> None:
    section = detainees(page, rows=[
        {"id": str(uuid4()), "outcome": "SEEN", "custody_number": "EU/12345/25"},
        {"id": str(uuid4()), "outcome": "SEEN", "custody_number": "412"},
    ])  # fmt: skip
    model = section.panel.rows
    for row, end in ((0, "…5/25"), (1, "…2")):
        index = model.index(row, 1)
        said = [index.data(role) for role in (
            DISPLAY, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)]  # fmt: skip
        assert said == [end, *[f"Row {row + 1}, Custody no.: {end}"] * 2]
    page.form.open_section("rights")
    assert not any("12345" in text for text in words(page))


@pytest.mark.parametrize("kind", list(Kind))
def test_the_models_keep_qt_s_promises_while_rows_come_and_go(
    page: LogView, kind: Kind, qtmodeltester: ModelTester
) -> None:
    page.open_target(draft_of(page.context, kind, **whole_of(kind)).id)
    section = section_of(page, "detainees" if kind is Kind.CUSTODY else "animals")
    model = section.panel.rows
    qtmodeltester.check(model)
    row_id = page.viewmodel.rows.add(TypedRow(outcome="SEEN"))
    model.read()
    page.viewmodel.rows.remove(row_id)
    model.read()
    page.leave_for_later()
    model.read()
    assert model.rowCount() == 0


# -- rights and welfare ------------------------------------------------------------------------


def test_rights_are_asked_of_those_seen_one_at_a_time(page: LogView, qtbot: QtBot) -> None:
    rows = [
        {"id": str(uuid4()), "outcome": "SEEN", "gender": "MALE", "cell": "M4"},
        {"id": str(uuid4()), "outcome": "ASLEEP", "cell": "M5"},
        {"id": str(uuid4()), "outcome": "SEEN", "gender": "FEMALE", "cell": "F1"},
    ]
    detainees(page, rows=rows, present=3)
    section = section_of(page, "rights")
    assert "Detainee 1: cell M4" in words(section)
    assert any(text.startswith("1 of 2 seen") for text in words(section))
    assert "Menstrual products offered" not in words(section)
    section.groups[0].take_cursor()
    press(Key.Key_Y)  # told of their rights; the next question has the cursor
    assert focus().parent().accessibleName() == "Easy-read or translated notice"
    press(Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    page.form.section("rights").turn(1)
    assert "Detainee 3: cell F1" in words(section)
    assert "Menstrual products offered" in words(section)
    first, asleep, last = stored(page)["rows"]
    assert first["answers"] == {"told_rights": "YES"}
    assert not asleep.get("answers")
    assert not last.get("answers")


def test_the_rest_is_not_checked_only_by_a_key_and_only_of_the_one_in_sight(
    page: LogView,
) -> None:
    rows = [{"id": str(uuid4()), "outcome": "SEEN", "answers": {"food": "NO"}},
            {"id": str(uuid4()), "outcome": "SEEN"}]  # fmt: skip
    detainees(page, rows=rows, present=2)
    section = section_of(page, "rights")
    section.rest_by_key()
    first, other = stored(page)["rows"]
    assert first["answers"]["food"] == "NO"
    assert first["answers"]["drink"] == "NOT_CHECKED"
    assert "legal_advice" not in first["answers"]  # "not checked" is no answer to it
    assert not other.get("answers")


def test_without_rows_the_page_says_where_to_choose_them(page: LogView) -> None:
    page.open_target(draft_of(page.context).id)
    section = section_of(page, "rights")
    assert any("choose “One row each” or “Both”" in t for t in words(section))
    assert not any(group.isVisible() for group in section.groups)


# -- the questions of a checklist --------------------------------------------------------------


def test_a_letter_answers_and_goes_on_and_nothing_is_answered_before(
    page: LogView, qtbot: QtBot
) -> None:
    page.open_target(draft_of(page.context).id)
    section = section_of(page, "facilities")
    rows = section.lists[0].rows
    assert {row.field.key() for row in rows.values() if hasattr(row.field, "key")} == {None}
    section.lists[0].take_cursor("cells_clean")
    for letter in (Key.Key_S, Key.Key_X, Key.Key_S):
        press(letter)
    answers = stored(page)["answers"]
    assert (answers["cells_clean"], answers["ligature"], answers["cell_toilet"]) == (
        "OK", "NOT_CHECKED", "OK",
    )  # fmt: skip
    press(Key.Key_Up)
    press(Key.Key_Backspace)
    assert "cell_toilet" not in stored(page)["answers"]


def test_a_concern_opens_its_issue_filled_in_and_one_untouched_goes_with_the_concern(
    page: LogView, qtbot: QtBot
) -> None:
    page.open_target(draft_of(page.context, issues=[], nothing_raised=False).id)
    section = section_of(page, "facilities")
    section.lists[0].take_cursor("showers")
    press(Key.Key_C)
    [issue] = stored(page)["issues"]
    assert (issue["category"], issue["place"], issue["question"]) == (
        "HYG", "Showers and washing", "answers:showers",
    )  # fmt: skip
    assert focus().accessibleName() == "What you found"
    section.lists[0].take_cursor("showers")
    press(Key.Key_S)
    assert stored(page)["issues"] == []
    section.lists[0].take_cursor("showers")
    press(Key.Key_C)
    write("The water was cold.")
    section.lists[0].take_cursor("showers")
    press(Key.Key_S)
    [kept] = stored(page)["issues"]  # words are never thrown away by an answer
    assert kept["description"] == "The water was cold."


# -- animals -----------------------------------------------------------------------------------


def animals(page: LogView, **changed: Any) -> Any:
    draft = draft_of(page.context, Kind.ANIMAL_WELFARE, counts=[], counting="rows", **changed)
    page.open_target(draft.id)
    return section_of(page, "animals")


def test_every_animal_on_strength_is_there_and_nothing_is_written_of_it_yet(page: LogView) -> None:
    section = animals(page, rows=[], present=None)
    model = section.panel.rows
    assert sorted(model.index(at, 0).data() for at in range(model.rowCount())) == ["Ada", "Rex"]
    assert stored(page)["rows"] == []
    needs = [c for c in range(model.columnCount()) if model.index(0, c).data(NEED) is not None]
    assert len(needs) == 5
    assert {model.index(at, c).data(NEED) for at in (0, 1) for c in needs} == {""}


def test_letters_answer_the_needs_of_one_animal_and_of_no_other(
    page: LogView, qtbot: QtBot
) -> None:
    section = animals(page, rows=[], present=2)
    model, table = section.panel.rows, section.panel.table
    first = next(c for c in range(model.columnCount()) if model.index(0, c).data(NEED) is not None)
    table.go_to(0, first)
    for letter in (Key.Key_S, Key.Key_S, Key.Key_C, Key.Key_X):
        press(letter)
    [row] = stored(page)["rows"]
    assert [row["answers"][key] for key in ("environment", "diet", "behaviour", "company")] == [
        "OK", "OK", "CONCERN", "NOT_CHECKED",
    ]  # fmt: skip
    assert "health" not in row["answers"]
    name = model.index(0, 0).data()
    flagged = f"{name}, behaviour: a concern. Explain it in an issue or a note."
    assert any(text.startswith(flagged) for text in words(section))
    press(Key.Key_Space, CONTROL)  # all that is left is fine, what was said stays
    [row] = stored(page)["rows"]
    assert (row["answers"]["health"], row["answers"]["behaviour"]) == ("OK", "CONCERN")


def test_nobody_can_say_how_an_animal_is_that_was_not_seen(page: LogView, qtbot: QtBot) -> None:
    row = {"id": str(uuid4()), "outcome": "VET", "animal_id": str(REX)}
    section = animals(page, rows=[row], present=2)
    model = section.panel.rows
    at = [model.index(r, 0).data() for r in range(model.rowCount())].index("Rex")
    cells = [model.index(at, column) for column in range(model.columnCount())]
    assert [cell.data(NEED) for cell in cells if cell.data(NEED) is not None] == []
    section.panel.table.go_to(at, 4)
    press(Key.Key_S)
    assert not stored(page)["rows"][0].get("answers")
    assert any("Not seen: Rex (at the vet)." in text for text in words(section))


def test_a_finding_about_an_animal_leads_to_its_line_wherever_that_is(page: LogView) -> None:
    """Lines stand in the order of the register, rows in the order in which they were written."""
    rows = [
        {"id": str(uuid4()), "outcome": "KENNEL", "animal_id": str(animal_id),
         "answers": {"health": "CONCERN"} if animal_id == REX else {}}
        for animal_id in (REX, ADA)
    ]  # fmt: skip
    section = animals(page, rows=rows, present=2)
    assert page.viewmodel.flush()
    page.viewmodel._judge()
    [finding] = [f for f in page.viewmodel.judgement.warnings if "concern" in f.sentence]
    assert finding.sentence == "Health, Rex: you marked a concern but there is no issue about it."
    page.form.show_place(finding.place)
    at = section.panel.table.currentIndex().row()
    assert section.panel.rows.index(at, 0).data() == "Rex"
