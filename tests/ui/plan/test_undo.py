"""Changes of pairs and pins in the plan are undone and done again; draws are not."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.planners import planned
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


def test_a_cancelled_visit_and_one_that_is_gone_are_not_undone(
    plan: PlanView, drafted: Services
) -> None:
    stack = plan.undo_stack
    assert stack is not None
    row = rows(plan)[0]
    plan.viewmodel.pin(row)
    plan.viewmodel.cancel(row)
    assert stack.undo_words == "change the pin"
    before = states(drafted)
    stack.undo()
    assert states(drafted) == before
    assert any("cancelled" in banner.sentence.lower() for banner in plan.banners())
