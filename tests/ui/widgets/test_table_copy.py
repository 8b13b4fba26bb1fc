"""Ctrl+C copies the chosen row of a table for a spreadsheet."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from visitapp.ui.widgets.table import TableWidget
from visitapp.ui.widgets.table_cursor import go_to


def test_the_chosen_row_is_copied_with_its_headings_and_no_formula(qtbot: QtBot) -> None:
    tablemodel = QStandardItemModel(0, 2)
    tablemodel.setHorizontalHeaderLabels(["Name", "Words"])
    for cells in (("Anne", "Fine"), ("Ben", "=1+1"), ("Cara", "two\nlines")):
        tablemodel.appendRow([QStandardItem(cell) for cell in cells])
    table = TableWidget("Some", tablemodel)
    qtbot.addWidget(table)
    QGuiApplication.clipboard().setText("before")
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "before"
    for row, line in ((1, "Ben\t'=1+1"), (2, "Cara\ttwo lines")):
        go_to(table, row)
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.clipboard().text() == f"Name\tWords\n{line}"
