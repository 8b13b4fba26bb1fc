"""Pairs changed on the page Plan, by keys and by dragging: what it breaks is said at once."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.planners import person_id, planned, say
from tests.ui.plan.looks import rows
from visitapp.domain.plan.planned import PlannedRow
from visitapp.services import Services
from visitapp.ui.availability.view import AvailabilityView
from visitapp.ui.context import Context
from visitapp.ui.home.viewmodel import HomeViewModel
from visitapp.ui.people.view import PeopleView
from visitapp.ui.plan.view import PlanView
from visitapp.ui.widgets import dialogs

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton
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
    assert "no problems" in said or plan.banners()[0].kind == "warn"
    menu = plan.menu_to_replace(second)
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


def drag(
    plan: PlanView, monkeypatch: pytest.MonkeyPatch, way: Sequence[QPoint], *, drops: bool = True
) -> list[tuple[str, ...]]:
    """Press at the first point, and drag along the others with the events that Qt sends, in the
    place of the system's own loop of dragging; what the page said at each point."""
    view, said = plan.table.viewport(), []
    at, bar = view.mapTo(plan, QPoint()), plan._scroll.verticalScrollBar()

    def send(kind: type[QDropEvent], point: QPoint, data: QMimeData) -> bool:
        action = Qt.DropAction.MoveAction
        where = QPointF(point) if kind is QDropEvent else point
        event = kind(where, action, data, LEFT, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(view, event)
        return event.isAccepted()

    def run(made: QDrag, _action: Qt.DropAction) -> Qt.DropAction:
        assert made.source() is plan.table
        assert made.mimeData().formats() == [], "who it is stays in the window"
        assert not made.pixmap().isNull()
        assert send(QDragEnterEvent, way[1], made.mimeData())
        for point in way[1:]:
            send(QDragMoveEvent, point, made.mimeData())
            said.append(tuple(banner.sentence for banner in plan.banners()))
            QApplication.processEvents()
            moved = view.mapTo(plan, QPoint()) + QPoint(0, bar.value())
            assert moved == at, "nothing moves under the pointer but what the edge scrolls"
            over = [one.geometry().bottom() for one in plan.banners()]
            assert max(over, default=0) < at.y(), "what is said hides the head, not the plan"
        if drops:
            send(QDropEvent, way[-1], made.mimeData())
        return Qt.DropAction.MoveAction

    monkeypatch.setattr(QDrag, "exec", run)
    QTest.mousePress(view, LEFT, pos=way[0])
    for step in (QPoint(2, 0), QPoint(QApplication.startDragDistance() + 4, 0)):
        move = QMouseEvent(
            QMouseEvent.Type.MouseMove, QPointF(way[0] + step), view.mapToGlobal(QPointF(way[0])),
            Qt.MouseButton.NoButton, LEFT, Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(view, move)
    QTest.mouseRelease(view, LEFT, pos=way[-1])
    return said


def name_of(plan: PlanView, row: PlannedRow, place: int) -> QPoint:
    """A point on the first or second name of a visit."""
    rect = plan.table.visit_rect(row.visit_id)
    points = (
        QPoint(x, y)
        for y in range(rect.top() + 8, rect.bottom() - 6)
        for x in range(rect.left() + 12, rect.right() - 40)
    )
    return next(point for point in points if plan.table._place(point) == place)


def two_visits(plan: PlanView) -> tuple[PlannedRow, PlannedRow]:
    """Two visits of four people."""
    first = rows(plan)[0]
    return first, next(r for r in rows(plan)[1:] if not set(r.pair) & set(first.pair))


@pytest.mark.parametrize("width", [1170, 1600])
def test_a_visitor_who_is_dragged_to_a_visit_changes_places_with_the_one_put_down_on(
    plan: PlanView, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """Pairs stand on two lines in the narrow window, and on one in the wide one."""
    plan.resize(width, 660)
    QApplication.processEvents()
    first, second = two_visits(plan)
    for taken, put in ((0, 1), (1, 0)):
        first, second = (plan.viewmodel.sheet.row(one.visit_id) for one in (first, second))
        moved, back = first.pair[taken], second.pair[put]
        way = [name_of(plan, first, taken), name_of(plan, second, put)]
        names = [plan.viewmodel.short_name(one) for one in second.pair]
        (said,) = drag(plan, monkeypatch, way)
        assert f"in place of {names[put]}" in said[0]
        assert moved in plan.viewmodel.sheet.row(second.visit_id).pair
        assert back in plan.viewmodel.sheet.row(first.visit_id).pair
        assert plan.table.visit().visit_id == second.visit_id, "the cursor went along"
        assert plan.viewmodel.moving is None


def test_dragging_says_what_it_would_break_before_anything_is_put_down(
    plan: PlanView, drafted: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = two_visits(plan)
    number = next(n for n in range(10) if person_id(n) == first.pair[0])
    say(drafted, number, away=(second.span,))
    plan.viewmodel.renew()
    before = planned(drafted)
    name = plan.viewmodel.sheet.names[first.pair[0]]
    way = [name_of(plan, first, 0), name_of(plan, second, 0)]
    (said,) = drag(plan, monkeypatch, way, drops=False)
    assert f"{name} is away then." in said[0]
    assert planned(drafted) == before, "nothing was put down"
    assert not plan.banners()
    drag(plan, monkeypatch, way)
    assert any(f"{name} is away then." in banner.sentence for banner in plan.banners())


def test_dragging_beyond_the_edge_scrolls_and_nothing_is_dropped_beside_the_visits(
    plan: PlanView, drafted: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.resize(1170, 400)
    QApplication.processEvents()
    first, before = rows(plan)[0], planned(drafted)
    bar = plan._scroll.verticalScrollBar()
    week = QPoint(20, 300)
    drag(plan, monkeypatch, [name_of(plan, first, 0), *([QPoint(20, y) for y in (300, 380, 460)])])
    assert bar.value() > 0
    assert planned(drafted) == before
    assert plan.table.tablemodel.cell(plan.table.indexAt(week)).visit is None


def test_what_comes_from_elsewhere_is_not_taken(plan: PlanView) -> None:
    event = QDragEnterEvent(
        name_of(plan, rows(plan)[0], 0), Qt.DropAction.CopyAction, QMimeData(), LEFT,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    event.ignore()
    QApplication.sendEvent(plan.table.viewport(), event)
    assert not event.isAccepted()


def test_somebody_who_drops_out_is_asked_for_by_a_key(plan: PlanView) -> None:
    """S asks who drops out where a pair is whole; the suggestions then leave that one out."""
    row = rows(plan)[0]
    menu = plan.menu_of_pair(row, "S")
    assert [action.text() for action in menu.actions()] == [
        f"Replace {plan.viewmodel.short_name(one)}" for one in row.pair
    ]
    menu.actions()[1].trigger()
    menu.deleteLater()
    assert plan.suggestions.isVisible()
    choose = next(b for b in plan.suggestions.findChildren(QPushButton) if b.text() == "Choose")
    QTest.keyClick(choose, Key.Key_Return)
    after = plan.viewmodel.sheet.row(row.visit_id)
    assert row.pair[0] in after.pair
    assert row.pair[1] not in after.pair


def test_somebody_who_drops_out_is_replaced_from_the_suggestions(plan: PlanView) -> None:
    row = rows(plan)[0]
    plan.viewmodel.remove_visitor(row, row.pair[0])
    missing = plan.viewmodel.sheet.notes[0]
    assert missing.visit_id == row.visit_id
    cell = plan.table.tablemodel.cell(plan.table.tablemodel.index_of(row.visit_id))
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
    by_words["Pin (keep this visit when you replan)"].trigger()
    assert plan.viewmodel.sheet.row(row.visit_id).is_pinned
    monkeypatch.setattr(dialogs.SureDialog, "ask", classmethod(lambda *_: True))
    by_words["Cancel this visit…"].trigger()
    menu.deleteLater()
    assert plan.table.tablemodel.index_of(row.visit_id).isValid() is False


def test_home_tells_of_visits_in_use_that_lack_somebody_and_leads_to_them(plan: PlanView) -> None:
    home_viewmodel = HomeViewModel(plan.context)
    row = rows(plan)[0]
    plan.viewmodel.remove_visitor(row, row.pair[0])
    assert not [need for need in home_viewmodel.tasks() if need.page == "plan"], (
        "a draft is nobody's yet"
    )
    plan.use_button.click()
    (need,) = [need for need in home_viewmodel.tasks() if need.page == "plan"]
    assert need.title == "Somebody is missing from a planned visit"
    assert need.note == "In 14–20 Apr 2025"
    plan.viewmodel.go(1)
    plan.open_target(need.target)
    assert plan.viewmodel.sheet.row(row.visit_id) is not None


def test_a_leave_that_breaks_a_planned_visit_is_told_where_it_is_entered_and_on_home(
    plan: PlanView, drafted: Services, qtbot: QtBot
) -> None:
    plan.use_button.click()
    row = rows(plan)[0]
    people, home_viewmodel = PeopleView(plan.context), HomeViewModel(plan.context)
    away = AvailabilityView(plan.context)
    for page in (people, away):
        qtbot.addWidget(page)
    who = next(p for p in drafted.people.people() if p.id == row.pair[0])
    away.viewmodel.choose(who.id)
    away.viewmodel.add_days("away", row.span)
    (banner,) = away.banners()
    assert f": {who.name} is away then. Find someone else" in banner.sentence
    (need,) = [need for need in home_viewmodel.tasks() if need.page == "plan"]
    assert need.title.startswith(f"{who.name} can\u2019t make")
    assert need.note.startswith(f"Northgate, 14\u201320 Apr 2025: {who.name} is away then.")
    away.viewmodel.undo_stack.undo()
    assert not away.banners()
    assert not [need for need in home_viewmodel.tasks() if need.page == "plan"]
    asked: list[tuple[str, object]] = []
    plan.context.asked_for.connect(lambda page, target: asked.append((page, target)))
    assert people.viewmodel.leave(who, [who.memberships[0].scheme_id], date(2025, 4, 9), None)
    (banner,) = people.banners()
    assert f": {who.name} left on 9 April 2025. Find someone else" in banner.sentence
    banner.buttons[0].click()
    assert asked == [("plan", row.span)]


def test_a_visit_is_cancelled_by_keys_once_one_is_sure(
    plan: PlanView, drafted: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = rows(plan)[0]
    answers = ["Keep the visit", "Cancel the visit to Northgate"]

    def shown(made: dialogs.SureDialog) -> int:
        made.show()
        assert made.cancel.hasFocus() or not made.isActiveWindow(), "Enter changes nothing"
        words = {one.text(): one for one in (made.go, made.cancel)}
        words[answers.pop(0)].click()
        return made.result()

    monkeypatch.setattr(dialogs.SureDialog, "exec", shown)
    plan.show_visit(row.visit_id)
    QTest.keyClick(plan.table, Key.Key_Delete)
    assert not next(v for v in planned(drafted) if v.id == row.visit_id).is_cancelled
    QTest.keyClick(plan.table, Key.Key_Delete)
    assert next(v for v in planned(drafted) if v.id == row.visit_id).is_cancelled


def test_the_button_that_cancels_names_the_whole_site(
    plan: PlanView, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = rows(plan)[0]
    sheet = plan.viewmodel.sheet
    sites = tuple(replace(site, name=f"{site.name}, east wing") for site in sheet.sites)
    offered: list[str] = []

    def closed(dialog: dialogs.SureDialog) -> int:
        offered.append(dialog.go.text())
        return dialog.result()

    monkeypatch.setattr(dialogs.SureDialog, "exec", closed)
    plan.show_visit(row.visit_id)
    plan.viewmodel.sheet = replace(sheet, sites=sites)
    QTest.keyClick(plan.table, Key.Key_Delete)
    assert offered == ["Cancel the visit to Northgate, east wing"]
