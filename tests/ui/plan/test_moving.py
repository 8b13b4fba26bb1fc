"""Pairs changed on the page Plan, by keys and by dragging: what it breaks is said at once."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.plan.looks import rows
from visitapp.ui.context import Context
from visitapp.ui.plan.view import PlanView
from visitapp.ui.widgets import dialogs

Key = Qt.Key
Settle = Callable[[Context], None]


def test_a_visitor_is_moved_by_keys_and_what_it_breaks_is_said_first(plan: PlanView) -> None:
    first = rows(plan)[0]
    second = next(r for r in rows(plan)[1:] if not set(r.pair) & set(first.pair))
    moved, stays = first.pair[0], second.pair[0]
    plan.begin_move(first, moved)
    assert "Moving" in plan.banners()[0].sentence
    plan.show_visit(second.visit_id)
    said = plan.banners()[0].sentence
    assert "in place of" in said
    assert "broken" in said or plan.banners()[0].kind == "warn"
    menu = plan.menu_to_put_down(second)
    menu.actions()[1].trigger()
    menu.deleteLater()
    after = plan.viewmodel.sheet.row(second.visit_id)
    assert set(after.pair) == {stays, moved}
    assert plan.viewmodel.moving is None


def test_escape_leaves_a_move(plan: PlanView) -> None:
    first = rows(plan)[0]
    plan.begin_move(first, first.pair[0])
    QTest.keyClick(plan.table, Key.Key_Escape)
    assert plan.viewmodel.moving is None
    assert not plan.banners()
    assert plan.viewmodel.sheet.row(first.visit_id).pair == first.pair


def test_a_drop_moves_the_visitor_that_was_taken(plan: PlanView) -> None:
    """What a drag tells the page, without the system's own loop of dragging."""
    first = rows(plan)[0]
    second = next(r for r in rows(plan)[1:] if not set(r.pair) & set(first.pair))
    plan.table.taken.emit(first, 1)
    assert plan.viewmodel.moving.person_id == first.pair[1]
    plan.table.over.emit(second, 0)
    assert "in place of" in plan.banners()[0].sentence
    plan.table.dropped.emit(second, 0)
    plan.table.let_go.emit()
    assert first.pair[1] in plan.viewmodel.sheet.row(second.visit_id).pair
    assert second.pair[0] in plan.viewmodel.sheet.row(first.visit_id).pair


def test_somebody_who_drops_out_is_replaced_from_the_suggestions(plan: PlanView) -> None:
    row = rows(plan)[0]
    plan.viewmodel.take_out(row, row.pair[0])
    missing = plan.viewmodel.sheet.sayings[0]
    assert missing.visit_id == row.visit_id
    cell = plan.table.plan.cell(plan.table.plan.index_of(row.visit_id))
    assert "somebody missing" in cell.words
    plan.show_visit(row.visit_id)
    QTest.keyClick(plan.table, Key.Key_S)
    assert plan.suggestions.isVisible()
    best = plan.viewmodel.suggest(plan.viewmodel.sheet.row(row.visit_id))[0]
    plan.viewmodel.put(plan.viewmodel.sheet.row(row.visit_id), best.person_id)
    assert set(plan.viewmodel.sheet.row(row.visit_id).pair) == {row.pair[1], best.person_id}
    QTest.keyClick(plan, Key.Key_Escape)
    assert not plan.suggestions.isVisible()


def test_the_menu_of_a_visit_does_what_its_words_say(
    plan: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = rows(plan)[0]
    menu = plan.menu_of(row)
    by_words = {action.text(): action for action in menu.actions() if action.text()}
    assert "Show day and time" in by_words
    by_words["Keep when the rest is planned again"].trigger()
    assert plan.viewmodel.sheet.row(row.visit_id).is_pinned
    monkeypatch.setattr(dialogs.SureDialog, "ask", classmethod(lambda *_: True))
    by_words["Cancel this visit…"].trigger()
    menu.deleteLater()
    assert plan.table.plan.index_of(row.visit_id).isValid() is False
