"""How far the solver's search for pairs is, told to whoever waits for it and may end it."""

from collections.abc import Callable
from typing import Any

from visitapp.domain.progress import Progress


class SearchProgress:
    """How far the search is. It hears of each better plan and each better bound."""

    def __init__(self, progress: Progress) -> None:
        self._progress, self._proven = progress, 0

    def better(self, cost: float, bound: float) -> bool:
        """Report a better plan, and say whether to go on."""
        self._proven = 100 if cost <= 0 else round(100 * min(1.0, max(0.0, bound) / cost))
        return self.still()

    def still(self) -> bool:
        """At a better bound, say whether to go on."""
        return self._progress("Looking for a better plan", self._proven, 100) is not False


def teller(cp_model: Any, search_progress: SearchProgress) -> Any:
    class Teller(cp_model.CpSolverSolutionCallback):  # type: ignore[misc]
        """Reports each better plan, and ends the search if the answer is False."""

        def on_solution_callback(self) -> None:
            if not search_progress.better(self.objective_value, self.best_objective_bound):
                self.stop_search()

    return Teller()


def stopper(solver: Any, search_progress: SearchProgress) -> Callable[[float], None]:
    """Asks at each better bound, of which there are more than better plans, whether to go on."""

    def on_bound(_bound: float) -> None:
        if not search_progress.still():
            solver.stop_search()

    return on_bound
