"""The list of what is missing before publication, on the demonstration, by keys alone."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Settle
from tests.ui.looking import cut_at_rest
from tests.ui.reports.reports_page import press, shown
from visitapp.domain.year.missing import Missing, MissingKind, MissingPart
from visitapp.ui.context import Context
from visitapp.ui.reports.missing import MissingDialog
from visitapp.ui.reports.view import ReportsView
from visitapp.ui.settings.view import _OF_FILE

InDialog = Callable[[MissingDialog], None]


@pytest.fixture
def page(demo_context: Context, qtbot: QtBot, settle: Settle) -> ReportsView:
    return shown(demo_context, qtbot, settle)


def in_dialog(monkeypatch: pytest.MonkeyPatch, act: InDialog) -> None:
    """What somebody does in the dialog when it opens next."""

    def opened(dialog: MissingDialog) -> None:
        dialog.show()
        act(dialog)
        dialog.hide()

    monkeypatch.setattr(MissingDialog, "exec", opened)


def test_each_line_leads_to_its_place(
    page: ReportsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, Any]] = []
    page.context.asked_for.connect(lambda name, target: asked.append((name, target)))
    items = page.viewmodel.missing_items
    answer = next(item for item in items if item.kind is MissingKind.ANSWER)

    def act(dialog: MissingDialog) -> None:
        model = dialog.tablemodel
        lines = [
            (model.index(row, 0).data(), model.index(row, 1).data())
            for row in range(model.rowCount())
        ]
        assert lines == [(item.about, item.sentence) for item in items]
        assert not cut_at_rest(dialog)
        for _ in range(items.index(answer)):
            qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)

    in_dialog(monkeypatch, act)
    assert page.side.widget().minimumSizeHint().width() <= page.side.viewport().width()
    press(page.side, f"{len(items)} missing")
    assert asked == [("issues", answer.target)]
    person = next(item for item in items if item.kind.part is MissingPart.PERSON)
    page.more.go_to(person)
    assert asked[-1] == ("people", person.target)
    page.more.go_to(Missing(MissingKind.REPLY, "A review", "No reply.", "reviews"))
    assert asked[-1] == ("settings", "reviews")
    assert "reviews" in _OF_FILE


def test_a_part_is_listed_alone_and_closing_goes_nowhere(
    page: ReportsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    page.context.asked_for.connect(lambda name, _: asked.append(name))
    visits = [i for i in page.viewmodel.missing_items if i.kind.part is MissingPart.VISIT]

    def act(dialog: MissingDialog) -> None:
        qtbot.keyClick(dialog.parts.segments()[2], Qt.Key.Key_Space)
        assert [entry.item for entry in dialog.tablemodel._entries] == visits
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    in_dialog(monkeypatch, act)
    page.more.show_missing()
    assert not asked
    assert not page.viewmodel.is_writing


def test_a_missing_text_is_written_on_the_page_itself(
    page: ReportsView, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = page.viewmodel.missing_items
    assert before[0].kind is MissingKind.TEXT
    in_dialog(monkeypatch, lambda dialog: qtbot.keyClick(dialog.table, Qt.Key.Key_Return))
    page.more.show_missing()
    assert page.viewmodel.is_writing
    qtbot.keyClicks(page.writer.fields[str(before[0].target)], "Yes")
    assert page.viewmodel.missing_items == before[1:]
    field = page.writer.fields[str(before[0].target)]
    qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(field, Qt.Key.Key_Delete)
    assert page.viewmodel.missing_items == before
    other = next(
        field
        for field in page.viewmodel.report.fields
        if field.key != before[0].target and page.viewmodel.report.texts.get(field.key)
    )
    page.viewmodel.report.texts[other.key] = ""
    assert other.key in {item.target for item in page.viewmodel.missing_items}
