"""How predictable the visits in sight were, worked out in the background; QtCore only."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from visitapp.domain.errors import VisitAppError
from visitapp.domain.period import Period
from visitapp.domain.plan.bars import FEWEST_A_YEAR, bought
from visitapp.domain.plan.foresight import FEWEST, Foresight
from visitapp.ui.context import Context

USUAL = 65
"""Visits a year to a suite that are advised: one spare visit every four weeks."""


class ForeseenViewModel(QObject):
    """`changed` when other figures are there."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._asked = 0
        self.found: tuple[Foresight, ...] = ()
        self.is_waiting = False

    def ask(self, period: Period, site_ids: Sequence[UUID]) -> None:
        """Work it out for these sites; an earlier question is forgotten."""
        self._asked += 1
        asked, sites = self._asked, tuple(site_ids)
        foresight = self._context.services.foresight
        self.is_waiting = bool(sites)
        self.found = ()
        self.changed.emit()
        if not sites:
            return

        def done(found: tuple[Foresight, ...]) -> None:
            if asked == self._asked:
                self.found, self.is_waiting = found, False
                self.changed.emit()

        def failed(_error: VisitAppError) -> None:
            done(())

        self._context.jobs.run(
            lambda: tuple(foresight.history(site, period) for site in sites),
            owner=self,
            done=done,
            failed=failed,
        )

    @property
    def left_out(self) -> str:
        """Which methods could not be tried, where anything was judged."""
        known = (one for one in self.found if one.visits >= FEWEST)
        return next((one.left_out_sentence for one in known), "")

    @property
    def advice(self) -> str:
        """What would help, where there is enough to go by."""
        known = [one for one in self.found if one.visits >= FEWEST and one.floor_day is not None]
        if not known:
            return ""
        worst = max(one.day.caught.share for one in known)
        wanted = bought(USUAL)
        if worst <= wanted.caught:
            return "Visits planned on the Plan page would do no better."
        return (
            f"Of visits planned on the Plan page, with {USUAL - FEWEST_A_YEAR} extra ones a year, "
            f"someone could predict {round(100 * wanted.caught)} in 100."
        )


def spread_words(found: Foresight) -> str:
    """How sure that is."""
    caught = found.day.caught
    return (
        f"{found.visits} visits are few, so this is uncertain: between "
        f"{round(100 * caught.low)} and {round(100 * caught.high)} of 100."
    )


def leaked_words(found: Foresight) -> str:
    """The other case: somebody who knows the rota."""
    return (
        f"If someone knew how many visits each week had: {found.leaked_day.words}, and "
        f"{round(100 * found.leaked_safe)} of 100 days they could rule out."
    )


def ticks_words(found: Foresight) -> str:
    """What the ticks of the gauge are."""
    chance = f"The mark at {round(100 * found.day.chance)} is pure luck"
    if found.floor_day is None:
        return f"{chance}."
    return (
        f"{chance}; the mark at {round(100 * found.floor_day)} is the best we can achieve, even "
        "against someone who knows our method."
    )


def figures(found: Foresight) -> list[tuple[str, str]]:
    """The table for those who want it: (what, figure)."""
    chance = [round(100 * guess.chance) for guess in (found.day, found.shift, found.cell)]
    rows = [
        ("On the alert one day a week", f"{found.day.caught.words}; luck {chance[0]}"),
        ("On the alert one timeslot a week", f"{found.shift.caught.words}; luck {chance[1]}"),
        ("Guessing the next timeslot", f"{found.cell.caught.words}; luck {chance[2]}"),
        ("Days they could rule out", f"{round(100 * found.safe_days)} of 100"),
        ("The best method we tried", found.day.watcher),
        ("If they knew how many visits each week had", found.leaked_day.words),
    ]
    if found.floor_day is not None:
        floor = f"{round(100 * found.floor_day)} of 100 visits"
        rows.append(("The best we can achieve against someone who knows our method", floor))
    return rows
