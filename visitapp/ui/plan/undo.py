"""Undo of what is done to single visits of a plan: their pairs, and whether they are pinned."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, VisitAppError
from visitapp.domain.plan.planned import Mode, PlannedRow, PlanSheet
from visitapp.ui.undoing import GONE, UndoStack, UndoStep

if TYPE_CHECKING:
    from visitapp.services.plan.planning import PlanningService

State = tuple[tuple[UUID, tuple[UUID, ...], bool], ...]
"""Visits with their pairs, and whether each is pinned."""


class PlanUndo(UndoStack):
    """Planning again, cancelling and days and times are not undone: they draw, and a draw that
    could be taken back would be chosen. Nor is a visit whose day and time only its first pair
    knew. After these nothing is undone at all: Undo would take back an earlier, other thing."""

    def __init__(
        self,
        planning: "PlanningService",
        tell: Callable[[Changes], object],
        show_problem: Callable[[VisitAppError], object],
        parent: QObject,
    ) -> None:
        super().__init__(self._take_back, parent)
        self._planning, self._tell, self._show_problem = planning, tell, show_problem

    def note_change(self, before: PlanSheet, after: PlanSheet) -> None:
        """Record what differs between two states of the same plan, or forget all steps if that
        can't be undone."""
        earlier = {row.visit_id: row for row in before.rows}
        later = {row.visit_id: row for row in after.rows}
        changed = [
            key
            for key, row in earlier.items()
            if key in later and _state(row) != _state(later[key])
        ]
        of_pairs = any(earlier[key].mode is Mode.PAIR_HELD for key in changed)
        if earlier.keys() == later.keys() and changed and not of_pairs:
            pinned = any(earlier[key].pair == later[key].pair for key in changed)
            words = "change the pin" if pinned else "change the pair"
            first, second = (
                tuple(_state(rows[key]) for key in changed) for rows in (earlier, later)
            )
            self.note(UndoStep(first, second, words))
        else:
            self.clear()

    def _take_back(self, state: State, _step: UndoStep) -> object:
        try:
            changes = self._planning.put_back(state)
        except BadInputError as error:  # a visit of it is over, cancelled or gone
            self._show_problem(error)
            return GONE
        except VisitAppError as error:
            self._show_problem(error)
            return False
        self._tell(changes)
        return True


def _state(row: PlannedRow) -> tuple[UUID, tuple[UUID, ...], bool]:
    return row.visit_id, row.pair, row.is_pinned
