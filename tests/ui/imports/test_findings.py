"""Problems and warnings on the page: their table, copies of it, and every text size."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.spreadsheets import kennel_row, visit_row
from tests.ui.conftest import Settle
from tests.ui.imports.conftest import BAD, findings_shown, words
from visitapp.ui.imports import dialogs
from visitapp.ui.imports.view import ImportsView
from visitapp.ui.look.appearance import Appearance


def test_problems_stand_in_a_table_and_stop_the_import(page: ImportsView, look) -> None:
    look(BAD)
    assert findings_shown(page) == [("visits", "3", "date"), ("visits", "4", "visitor_2")]
    assert "visits, row 3, date: There is no such day" in page.findings.in_full.text()
    assert not page.bring_button.isVisibleTo(page)
    assert page.standing.text() == (
        "2 problems stop this import. Put them right in the file and choose it again, match "
        "words and names, or skip the rows with errors."
    )
    assert "People not known\n1: Nobody Known" in words(page.outcome)
    assert page.findings.which.segments()[0].text() == "Problems 2"


def test_warnings_stand_apart_and_stop_nothing(page: ImportsView, look, qtbot: QtBot) -> None:
    look(BAD)
    warnings = page.findings.which.segments()[1]
    assert warnings.text() == "Warnings 2"
    qtbot.mouseClick(warnings, Qt.MouseButton.LeftButton)
    assert findings_shown(page) == [
        ("visits", "4", "delay_reason"),
        ("visits", "5", "delay_reason"),
    ]
    assert page.findings.table.accessibleName() == "Warnings"


def test_the_table_sorts_and_reads_as_sentences(page: ImportsView, look) -> None:
    look(BAD)
    page.findings.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert [row for _, row, _ in findings_shown(page)] == ["4", "3"]
    said = page.findings.tablemodel.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == ("visits, row 3, date: There is no such day as “31/4/2024”.")
    page.findings.table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert [row for _, row, _ in findings_shown(page)] == ["3", "4"]


def test_the_list_is_copied_and_saved_as_csv(
    page: ImportsView, look, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:  # fmt: skip
    look(BAD)
    page.findings.table.setFocus()
    qtbot.keyClick(
        page.findings.table,
        Qt.Key.Key_C,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[1] == "visits	3	date	There is no such day as “31/4/2024”."
    target = tmp_path / "problems.csv"
    monkeypatch.setattr(dialogs, "ask_csv", lambda *_: target)
    page.findings.save_button.click()
    settle(page.context)
    text = target.read_text(encoding="utf-8-sig").splitlines()
    assert text[0] == "sheet,row,column,what is the matter"
    assert len(text) == 3


@pytest.mark.parametrize("percent", [100, 150, 200])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_page_keeps_its_words_and_its_action_in_sight_at_every_text_size(
    page: ImportsView, look, appearance: Appearance, qtbot: QtBot, name: str, percent: int
) -> None:
    look([visit_row(), kennel_row()])
    appearance.choose(name, percent)
    qtbot.wait(20)
    assert page.minimumSizeHint().width() <= 1170
    button = page.bring_button
    assert button.width() >= button.sizeHint().width()
    assert page.rect().contains(button.mapTo(page, button.rect().center()))
    for each in page.files.choose_buttons.values():
        assert each.width() >= each.sizeHint().width()


def test_every_control_has_a_name(page: ImportsView, look, settle: Settle) -> None:
    look(BAD)
    for control in page.findChildren(QWidget):
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisibleTo(page):
            named = control.accessibleName() or getattr(control, "text", str)()
            assert named, type(control).__name__


def test_a_copied_list_has_no_formula_of_a_foreign_file(page: ImportsView, look) -> None:
    look([visit_row() | {"=HYPERLINK(1)": "x"}])
    page.findings.copy()
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0] == ["sheet", "row", "column", "problem"]
    assert lines[1][2] == "'=HYPERLINK(1)"
