"""Changes of pairs and pins in the plan are undone and done again; draws are not."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.planners import QUARTER, planned
from tests.ui.conftest import Settle
from tests.ui.plan.looks import rows
from visitapp.services import Services
from visitapp.ui.plan.view import PlanView

Key = Qt.Key


def states(services: Services) -> dict[object, object]:
    return {v.id: (set(v.pair), v.is_pinned, v.day, v.minute) for v in planned(services)}


def test_a_pin_a_person_put_in_and_a_move_are_undone(plan: PlanView, drafted: Services) -> None:
    stack, start = plan.undo_stack, states(drafted)
    assert stack is not None
    QTest.keyClick(plan.table, Key.Key_P)
    pinned = states(drafted)
    assert pinned != start
    row = rows(plan)[1]
    other = next(p for p in drafted.people.people() if p.id not in row.pair)
    plan.viewmodel.put(row, other.id, row.pair[0])
    put = states(drafted)
    assert put != pinned
    first, second = (
        rows(plan)[2],
        next(item for item in rows(plan)[3:] if not {*item.pair} & {*rows(plan)[2].pair}),
    )
    plan.viewmodel.begin_move(first, first.pair[0])
    plan.viewmodel.finish_move(second, second.pair[0])
    moved = states(drafted)
    assert sum(moved[key] != put[key] for key in put) == 2
    assert stack.undo_words == "change the pair"
    stack.undo()
    assert states(drafted) == put
    stack.undo()
    assert states(drafted) == pinned
    stack.undo()
    assert states(drafted) == start
    assert not stack.undo_words
    for _ in range(3):
        stack.redo()
    assert states(drafted) == moved


def test_after_what_can_not_be_undone_nothing_earlier_is_undone_either(
    plan: PlanView, drafted: Services, settle: Settle
) -> None:
    viewmodel, stack = plan.viewmodel, plan.undo_stack
    assert stack is not None
    visit = planned(drafted)[-1]
    first, second, chosen = rows(plan)[0], rows(plan)[1], viewmodel.sheet.row(visit.id)
    assert chosen is not None
    others: tuple[Callable[[], object], ...] = (
        lambda: viewmodel.cancel(first),
        lambda: viewmodel.choose_moment(chosen, visit.day, visit.minute),
        viewmodel.plan_again,
    )
    for other in others:
        viewmodel.pin(next(row for row in rows(plan) if row.visit_id == second.visit_id))
        assert stack.undo_words == "change the pin"
        other()
        settle(plan.context)
        assert stack.undo_words == "", other
    before = states(drafted)
    stack.undo()
    assert states(drafted) == before


def test_a_step_whose_visit_is_gone_goes_and_earlier_ones_are_undone(
    plan: PlanView, drafted: Services
) -> None:
    stack, start = plan.undo_stack, states(drafted)
    assert stack is not None
    first, second = rows(plan)[:2]
    plan.viewmodel.pin(first)
    plan.viewmodel.pin(second)
    drafted.planning.cancel(second.visit_id)
    stack.undo()
    assert any("cancelled" in banner.sentence.lower() for banner in plan.banners())
    assert stack.undo_words == "change the pin"
    stack.undo()
    assert states(drafted)[first.visit_id] == start[first.visit_id]
    assert not stack.undo_words


def test_undoing_a_pin_does_not_mark_the_plan_as_changed_by_hand(
    plan: PlanView, drafted: Services
) -> None:
    proven = plan.viewmodel.sheet.proven
    plan.viewmodel.pin(rows(plan)[0])
    plan.undo_stack.undo()
    assert drafted.planning.sheet(QUARTER).proven == proven
    assert "by hand" not in proven


def test_a_move_is_taken_back_whole_or_not_at_all(plan: PlanView, drafted: Services) -> None:
    first, second = (
        rows(plan)[2],
        next(item for item in rows(plan)[3:] if not {*item.pair} & {*rows(plan)[2].pair}),
    )
    plan.viewmodel.begin_move(first, first.pair[0])
    plan.viewmodel.finish_move(second, second.pair[0])
    drafted.planning.cancel(second.visit_id)
    before = states(drafted)
    plan.undo_stack.undo()
    assert states(drafted) == before
    assert plan.undo_stack.is_empty
