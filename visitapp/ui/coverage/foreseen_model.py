"""How predictable the visits in sight were, worked out in the background; QtCore only."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from visitapp.domain.bars import bought
from visitapp.domain.errors import VisitAppError
from visitapp.domain.foresight import FEWEST, Foresight
from visitapp.domain.period import Period
from visitapp.ui.context import Context

USUAL = 65
"""Visits a year to a suite that are advised: one spare visit every four weeks."""


class ForeseenModel(QObject):
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
    def advice(self) -> str:
        """What would help, where there is enough to go by."""
        known = [one for one in self.found if one.visits >= FEWEST and one.floor_day is not None]
        if not known:
            return ""
        worst = max(one.day.caught.share for one in known)
        wanted = bought(USUAL)
        if worst <= wanted.caught:
            return "That is no worse than visits drawn on the page Plan would be."
        return (
            f"Visits drawn on the page Plan, with {USUAL - 52} spare ones a year, would be "
            f"caught {round(100 * wanted.caught)} times in 100."
        )


def spread_words(found: Foresight) -> str:
    """How sure that is."""
    caught = found.day.caught
    return (
        f"From {found.visits} visits that is uncertain: between {round(100 * caught.low)} and "
        f"{round(100 * caught.high)} of 100."
    )


def leaked_words(found: Foresight) -> str:
    """The other case: somebody who knows the rota."""
    return (
        f"If it had leaked how many visits each week gets: {found.leaked_day.words}, and "
        f"{round(100 * found.leaked_safe)} of 100 days known to be safe."
    )


def ticks_words(found: Foresight) -> str:
    """What the ticks of the gauge are."""
    chance = f"The tick at {round(100 * found.day.chance)} is pure chance"
    if found.floor_day is None:
        return f"{chance}."
    return (
        f"{chance}; the one at {round(100 * found.floor_day)} is the least for somebody who "
        "even knows how the days are drawn, with so many visits a year."
    )


def figures(found: Foresight) -> list[tuple[str, str]]:
    """The table for those who want it: (what, figure)."""
    chance = [round(100 * guess.chance) for guess in (found.day, found.shift, found.cell)]
    rows = [
        ("One alert day a week", f"{found.day.caught.words}; chance {chance[0]}"),
        ("One alert timeslot a week", f"{found.shift.caught.words}; chance {chance[1]}"),
        ("The next timeslot guessed", f"{found.cell.caught.words}; chance {chance[2]}"),
        ("Days known to be safe", f"{round(100 * found.safe_days)} of 100"),
        ("The best watcher looked at", found.day.watcher),
        ("If it leaks how many visits each week gets", found.leaked_day.words),
    ]
    if found.floor_day is not None:
        floor = f"{round(100 * found.floor_day)} of 100 visits"
        rows.append(("The least for somebody who knows how days are drawn", floor))
    return rows
