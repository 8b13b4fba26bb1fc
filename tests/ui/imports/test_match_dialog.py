"""Spreadsheets as offices keep them come in by the window, by keys alone."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.services.reports.test_matching import SHAPES
from tests.spreadsheets import write_xlsx
from tests.ui.conftest import Settle
from tests.ui.imports.conftest import visits
from visitapp.ui.imports import dialogs
from visitapp.ui.imports.match_dialog import COLUMNS, NAMES, SHEETS, WORDS, MatchDialog
from visitapp.ui.imports.match_table import MatchTable
from visitapp.ui.imports.view import ImportsView
from visitapp.ui.widgets.picker import Picker


def enter(field: Picker, text: str) -> None:
    """Type into a field, and press Enter."""
    written = field.lineEdit()
    assert written is not None
    written.selectAll()
    QTest.keyClicks(written, text)
    QTest.keyClick(written, Qt.Key.Key_Return)


def choose_row(table: MatchTable, written: str) -> None:
    """Go through the rows by arrow keys."""
    QTest.keyClick(table.table, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    for _ in table.tablemodel.rows:
        row = table.current()
        if row is not None and row.cells[0] == written:
            return
        QTest.keyClick(table.table, Qt.Key.Key_Down)
    raise AssertionError(f"{written} is in no row")


def dialogs_of(page: QWidget) -> list[MatchDialog]:
    return [each for each in page.findChildren(MatchDialog) if each.isVisible()]


def asked(page: QWidget) -> MatchDialog:
    (dialog,) = dialogs_of(page)
    dialog.activateWindow()
    return dialog


@pytest.fixture
def choose(page: ImportsView, settle: Settle, monkeypatch: pytest.MonkeyPatch):
    """Choose a file with the keyboard; the dialog that opens, if it does."""

    def choose(name: str) -> None:
        monkeypatch.setattr(dialogs, "ask_spreadsheet", lambda *_: SHAPES / name)
        QTest.keyClick(page.files.choose_buttons["visits"], Qt.Key.Key_Space)
        settle(page.context)

    return choose


def go_on(dialog: MatchDialog, page: ImportsView, settle: Settle) -> None:
    """Enter on *Next*."""
    QTest.keyClick(dialog.next, Qt.Key.Key_Return)
    settle(page.context)


def bring_in(page: ImportsView, settle: Settle) -> None:
    """The cursor stands on the button to import, once there is nothing else to decide."""
    assert page.focusWidget() is page.bring_button
    QTest.keyClick(page.bring_button, Qt.Key.Key_Space)
    settle(page.context)


def test_a_log_comes_in_by_pressing_next(page: ImportsView, choose, settle: Settle) -> None:
    choose("log_of_the_office.xlsx")
    dialog = asked(page)
    assert dialog.stack.currentIndex() == SHEETS
    go_on(dialog, page, settle)
    assert dialog.stack.currentIndex() == COLUMNS
    rows = {row.cells[0]: row.label for row in dialog.columns.tablemodel.rows}
    assert rows["In Interview"] == "Number not available"
    go_on(dialog, page, settle)
    assert dialog.stack.currentIndex() == NAMES  # there is no word to decide about
    go_on(dialog, page, settle)
    assert page.bring_button.text() == "Import 2 visits"
    bring_in(page, settle)
    assert visits(page) == 2


def test_the_next_file_of_the_shape_asks_nothing(page: ImportsView, choose, settle: Settle) -> None:
    choose("log_of_the_office.xlsx")
    dialog = asked(page)
    for _ in range(3):
        go_on(dialog, page, settle)
    bring_in(page, settle)
    choose("log_of_the_office.xlsx")
    assert not dialogs_of(page)
    assert page.standing.text() == "All 2 visits are already in the file."
    assert page.files.remembered.isVisibleTo(page)
    page.viewmodel.choose("visits", None)
    assert not page.files.remembered.isVisibleTo(page)


def test_what_cannot_be_guessed_is_chosen_with_the_keyboard(
    page: ImportsView, choose, settle: Settle
) -> None:
    choose("no_headings_of_ours.csv")
    dialog = asked(page)
    go_on(dialog, page, settle)
    go_on(dialog, page, settle)
    assert dialog.stack.currentIndex() == COLUMNS
    assert dialog.reason.text() == "Say which site these visits were to."
    QTest.keyClick(dialog.back, Qt.Key.Key_Space)
    (site,) = [p for p in dialog.findChildren(Picker) if p.accessibleName() == "Site of the visits"]
    enter(site, "Northgate")
    if dialog.stack.currentIndex() == SHEETS:
        go_on(dialog, page, settle)
    go_on(dialog, page, settle)
    assert dialog.stack.currentIndex() == WORDS
    assert dialog.reason.text().startswith("3 words are not matched.")
    chosen = {"n/k": "Nothing: leave it empty", "Turned away": "Refused entry", "Done": "Completed"}
    for written, meant in chosen.items():
        choose_row(dialog.words, written)
        QTest.keyClick(dialog.words.table, Qt.Key.Key_Return)
        assert dialog.focusWidget() is dialog.words.field
        enter(dialog.words.field, meant)
        assert dialog.stack.currentIndex() == WORDS
    assert dialog.reason.text() == ""
    go_on(dialog, page, settle)
    assert dialog.stack.currentIndex() == NAMES
    go_on(dialog, page, settle)
    assert page.bring_button.text() == "Import 2 visits"


@pytest.mark.parametrize(
    ("name", "number"),
    [("days_without_times.xlsx", 3), ("headings_in_row_4.csv", 1),
     ("a_sheet_for_each_suite.xlsx", 3), ("visits_and_detainees.xlsx", 2)],
)  # fmt: skip
def test_other_shapes_come_in_as_suggested(
    page: ImportsView, choose, settle: Settle, name: str, number: int
) -> None:
    choose(name)
    if page.viewmodel.refusal and not dialogs_of(page):
        QTest.keyClick(page.files.match_button, Qt.Key.Key_Space)
        settle(page.context)
    for _ in range(4):
        if shown := dialogs_of(page):
            go_on(shown[0], page, settle)
    QTest.keyClick(page.bring_button, Qt.Key.Key_Space)
    settle(page.context)
    assert visits(page) == number


def test_cancelling_leaves_the_file_as_it_was(page: ImportsView, choose, settle: Settle) -> None:
    choose("log_of_the_office.xlsx")
    QTest.keyClick(asked(page), Qt.Key.Key_Escape)
    settle(page.context)
    assert page.viewmodel.layout is None
    assert "Put" in page.standing.text()


def test_the_next_file_without_a_site_asks_for_its_site(
    page: ImportsView, choose, settle: Settle
) -> None:
    imports = page.context.services.imports
    layout = imports.open_spreadsheet(SHAPES / "no_headings_of_ours.csv").layout
    imports.remember_layout(replace(layout, fixed={**layout.fixed, "site": "Northgate"}))
    choose("no_headings_of_ours.csv")
    dialog = asked(page)
    assert page.files.remembered.isVisibleTo(page)
    assert page.files.remembered.text() == (
        "Read like the last file with these headings. The scheme is the same as last time: "
        "Independent custody visiting."
    )
    go_on(dialog, page, settle)
    go_on(dialog, page, settle)
    assert dialog.reason.text() == "Say which site these visits were to."


def test_a_workbook_of_detainees_without_our_sheet_asks_nothing_about_the_visits(
    page: ImportsView, choose, settle: Settle, tmp_path: Path
) -> None:
    choose("headings_in_row_4.csv")
    for dialog in dialogs_of(page):
        dialog.reject()
    other = write_xlsx(tmp_path / "d.xlsx", {"One": [{"A": 1}], "Two": [{"A": 1}]})
    page.viewmodel.choose("detainees", other)
    settle(page.context)
    assert not dialogs_of(page)
    assert [b.sentence for b in page.banners()] == ["d.xlsx has no sheet called detainees."]
