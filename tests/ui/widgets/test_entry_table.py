"""A table of entries is as high as its rows: none is cut off."""

from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from visitapp.ui.look.appearance import Appearance
from visitapp.ui.widgets.entry_table import EntryTable
from visitapp.ui.widgets.tablemodel import EntryTableModel, ListEntry

_WIDTHS = (196, 0, 250, 130)
_NARROW, _WIDE = 500, 1400
"""Pixels: where the table scrolls sideways, and where it doesn't."""


def shown(qtbot: QtBot, width: int, *texts: str) -> tuple[QWidget, EntryTable]:
    """A page that wide with a table, which lives as long as the page."""
    tablemodel = EntryTableModel(("When", "What", "Who", "Kind"))
    table = EntryTable("Entries", tablemodel, _WIDTHS)
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(table)
    column.addStretch(1)
    page.resize(width, 900)
    page.show()
    tablemodel.show(
        [ListEntry(SimpleNamespace(id=text), ("3 April", text, "Mary", "A")) for text in texts]
    )
    table.fit_entries()
    return page, table


@pytest.mark.parametrize("percent", [100, 150])
@pytest.mark.parametrize("width", [_NARROW, _WIDE])
@pytest.mark.parametrize("words", [1, 200])
def test_a_row_that_is_alone_is_shown_whole(
    qtbot: QtBot, appearance: Appearance, percent: int, width: int, words: int
) -> None:
    appearance.choose("light", percent)
    _page, table = shown(qtbot, width, "word " * words)
    height = table.verticalHeader().length
    qtbot.waitUntil(lambda: table.viewport().height() >= height() > 0, timeout=5_000)
    assert (table.horizontalScrollBar().maximum() > 0) is (width == _NARROW)
    assert table.verticalScrollBar().maximum() == 0


def test_many_rows_scroll(qtbot: QtBot) -> None:
    _page, table = shown(qtbot, _WIDE, *(f"{number} " + "word " * 40 for number in range(9)))
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0, timeout=5_000)
    assert table.height() < 400
