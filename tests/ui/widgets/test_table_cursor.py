"""The cursor of a table: where it goes, what it selects, and that the focus stays."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QStringListModel
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

import visitapp
from visitapp.ui.widgets.table import TableWidget
from visitapp.ui.widgets.table_cursor import go_to, go_to_id, start_at_first

NAMES = [f"Person {number}" for number in range(40)]


class Names(QStringListModel):
    def row_of(self, row_id: str) -> int | None:
        return self.stringList().index(row_id) if row_id in self.stringList() else None


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[TableWidget]:
    page = QWidget()
    layout = QVBoxLayout(page)
    search, table = QLineEdit(), TableWidget("People", Names(NAMES, page))
    layout.addWidget(search)
    layout.addWidget(table)
    qtbot.addWidget(page)
    page.resize(300, 240)
    page.show()
    search.setFocus()
    yield table
    page.hide()


def selected(table: TableWidget) -> list[str]:
    return [str(index.data()) for index in table.selectionModel().selectedRows()]


def test_a_row_is_found_by_its_id_selected_and_scrolled_to(table: TableWidget) -> None:
    assert go_to_id(table, "Person 35")
    assert selected(table) == ["Person 35"]
    assert table.viewport().rect().contains(table.visualRect(table.currentIndex()))
    assert not table.hasFocus(), "the cursor of the keyboard stays where it is"


def test_an_id_that_is_not_shown_leaves_the_cursor_or_goes_to_the_first_row(
    table: TableWidget,
) -> None:
    go_to(table, 7)
    assert not go_to_id(table, "Nobody")
    assert selected(table) == ["Person 7"]
    assert go_to_id(table, "Nobody", or_first=True)
    assert selected(table) == ["Person 0"]
    assert go_to_id(table, None, or_first=True)
    assert not go_to_id(table, None)


@pytest.mark.parametrize("row", [None, -1, 40])
def test_without_such_a_row_nothing_is_selected(table: TableWidget, row: int | None) -> None:
    go_to(table, 7)
    assert not go_to(table, row)
    assert selected(table) == []


def test_a_table_that_has_a_cursor_keeps_it(table: TableWidget) -> None:
    start_at_first(table)
    assert table.currentIndex().row() == 0
    go_to(table, 7)
    start_at_first(table)
    assert selected(table) == ["Person 7"]


def test_an_empty_table_has_no_cursor(table: TableWidget) -> None:
    table.setModel(Names([], table))
    start_at_first(table)
    assert not go_to_id(table, "Person 1", or_first=True)
    assert not table.currentIndex().isValid()


def test_nothing_else_moves_a_cursor_to_a_row() -> None:
    package = Path(visitapp.__file__).parent
    by_hand = re.compile(r"setCurrentIndex\(\s*[\w.()]*\.index\(|scrollTo\(\s*index")
    places = [
        path.name for path in package.rglob("*.py") if by_hand.search(path.read_text("utf-8"))
    ]
    assert places == ["table_cursor.py"]
