"""Sections of one's own on the page Reports, by keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.builders import make_visit, sign
from tests.ui.conftest import Settle
from tests.ui.looking import cut_at_rest
from tests.ui.reports.reports_page import YEAR, pages_of, shown, words
from visitapp.ui.context import Context
from visitapp.ui.reports.own_sections import OwnSectionsDialog
from visitapp.ui.reports.view import ReportsView
from visitapp.ui.widgets.dialogs import ReasonDialog, SureDialog


@pytest.fixture
def small(furnished_context: Context, qtbot: QtBot, settle: Settle) -> ReportsView:
    sign(furnished_context.services, make_visit())
    return shown(furnished_context, qtbot, settle)


def _in_dialog(
    monkeypatch: pytest.MonkeyPatch, kind: type[QWidget], act: Callable[..., object]
) -> None:
    def opened(dialog: QWidget) -> int:
        dialog.show()
        act(dialog)
        dialog.hide()
        return dialog.result()

    monkeypatch.setattr(kind, "exec", opened)


def _titles(dialog: OwnSectionsDialog) -> list[str]:
    model = dialog.tablemodel
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_a_section_is_added_moved_renamed_written_and_removed_by_keys(
    small: ReportsView, qtbot: QtBot, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def type_title(title: str) -> None:
        def act(dialog: ReasonDialog) -> None:
            dialog.area.selectAll()
            qtbot.keyClicks(dialog.area, title)
            dialog.go.setFocus()
            qtbot.keyClick(dialog.go, Qt.Key.Key_Return)

        _in_dialog(monkeypatch, ReasonDialog, act)

    def add_and_write(dialog: OwnSectionsDialog) -> None:
        type_title("Visits made")
        qtbot.keyClick(dialog.table, Qt.Key.Key_Insert)
        assert "Another section has this title" in words(dialog)
        type_title("Thanks")
        qtbot.keyClick(dialog.table, Qt.Key.Key_Insert)
        assert _titles(dialog)[:2] == ["The year at a glance", "Thanks"]
        assert not cut_at_rest(dialog)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert _titles(dialog)[:2] == ["Thanks", "The year at a glance"]
        type_title("Our thanks")
        dialog.rename_button.setFocus()
        qtbot.keyClick(dialog.rename_button, Qt.Key.Key_Space)
        dialog.table.setFocus()
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)

    _in_dialog(monkeypatch, OwnSectionsDialog, add_and_write)
    small.more.show_own_sections()
    (section,) = small.context.services.year_texts.own_sections(YEAR)
    assert small.window().focusWidget() is small.writer.fields[section.key]
    settle(small.context)
    area = small.writer.fields[section.key]
    qtbot.keyClicks(area, "To all 16 of you.")
    qtbot.keyClick(area, Qt.Key.Key_Escape)
    settle(small.context)
    pages = pages_of(small)
    assert list(pages)[2:4] == ["Our thanks", "The year at a glance"]
    pdf = small.viewmodel.report.pdf
    printed = small.context.services.reports.page_text(pdf, pages["Our thanks"])
    assert "To all 16 of you." in printed

    def remove(dialog: OwnSectionsDialog) -> None:
        assert dialog.tablemodel.index(0, 1).data() == "5 words"
        _in_dialog(monkeypatch, SureDialog, lambda asked: asked.accept())
        qtbot.keyClick(dialog.table, Qt.Key.Key_Delete)
        assert _titles(dialog)[0] == "The year at a glance"

    _in_dialog(monkeypatch, OwnSectionsDialog, remove)
    small.more.show_own_sections()
    assert small.context.services.year_texts.own_sections(YEAR) == ()
