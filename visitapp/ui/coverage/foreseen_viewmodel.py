"""How predictable the visits shown were, worked out in the background. QtCore only."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period
from visitapp.domain.plan.foresight import FEWEST, Foresight
from visitapp.domain.plan.visit_benefit import FEWEST_A_YEAR, benefit_of
from visitapp.domain.text.wording import out_of
from visitapp.ui.context import Context

USUAL = 65
"""The recommended visits a year to a suite: one extra visit every four weeks."""


class ForeseenViewModel(QObject):
    """Signals: `changed` when there are new figures."""

    changed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._asked = 0
        self._left: list[UUID] = []
        self._number = 0
        self.foresights: tuple[Foresight, ...] = ()
        context.left.connect(self._stop)

    def _stop(self) -> None:
        self._asked += 1

    @property
    def waiting_words(self) -> str:
        """That it is being worked out, and how far it is; empty if it isn't."""
        if not self._left:
            return ""
        done = out_of(self._number - len(self._left), self._number, "site")
        return f"Working it out from the visits: {done}."

    def ask(self, period: Period, site_ids: Sequence[UUID]) -> None:
        """Work it out for these sites, one after another, so that nothing else has to wait for all
        of them. An earlier request ends with the site that it is at."""
        self._asked += 1
        self._left, self._number = list(site_ids), len(site_ids)
        self.foresights = ()
        self.changed.emit()
        self._go_on(period)

    def _go_on(self, period: Period) -> None:
        if not self._left:
            return
        asked, site_id = self._asked, self._left[0]
        foresight = self._context.services.foresight

        def done(answer: Foresight) -> None:
            if asked == self._asked:
                del self._left[0]
                self.foresights += (answer,)
                self.changed.emit()
                self._go_on(period)

        def failed(error: VisitAppError) -> None:
            if asked != self._asked:
                return
            if isinstance(error, CancelledError):  # other work went first
                self._go_on(period)
            else:
                self._left.clear()
                self.changed.emit()

        self._context.jobs.run(
            lambda: foresight.history(site_id, period),
            owner=self, done=done, failed=failed, yields=True,
        )  # fmt: skip

    @property
    def left_out(self) -> str:
        """Which methods could not be tried; empty if nothing was worked out."""
        known = (foresight for foresight in self.foresights if foresight.visits >= FEWEST)
        return next((foresight.left_out_sentence for foresight in known), "")

    @property
    def advice(self) -> str:
        """What would help, if there are enough visits to tell."""
        known = [
            foresight
            for foresight in self.foresights
            if foresight.visits >= FEWEST and foresight.floor_day is not None
        ]
        if not known:
            return ""
        worst = max(foresight.day.caught.share for foresight in known)
        wanted, other = benefit_of(USUAL), benefit_of(USUAL, VisitLaw.TIMESLOTS)
        if worst <= wanted.caught:
            return "Visits planned on the Plan page would do no better."
        return (
            f"Of visits planned on the Plan page, with {USUAL - FEWEST_A_YEAR} extra ones a year, "
            f"someone could predict {round(100 * wanted.caught)} in 100 "
            f"({round(100 * other.caught)} if the scheme chooses {other.law.label.lower()})."
        )


def spread_words(foresight: Foresight) -> str:
    """How certain the estimate is."""
    caught = foresight.day.caught
    return (
        f"{foresight.visits} visits are few, so this is uncertain: between "
        f"{round(100 * caught.low)} and {round(100 * caught.high)} of 100."
    )


def leaked_words(foresight: Foresight) -> str:
    """The estimate if somebody knew the rota."""
    return (
        f"If someone knew how many visits each week had: {foresight.leaked_day.words}, and "
        f"{round(100 * foresight.leaked_safe)} of 100 days they could rule out."
    )


def ticks_words(foresight: Foresight) -> str:
    """What the marks of the gauge mean."""
    chance = f"The mark at {round(100 * foresight.day.chance)} is pure luck"
    if foresight.floor_day is None:
        return f"{chance}."
    return (
        f"{chance}; the mark at {round(100 * foresight.floor_day)} is the best we can achieve, "
        "even against someone who knows our method."
    )


def figures(foresight: Foresight) -> list[tuple[str, str]]:
    """The rows of the table of figures: (label, figure)."""
    chance = [
        round(100 * guess.chance) for guess in (foresight.day, foresight.shift, foresight.cell)
    ]
    rows = [
        ("On the alert one day a week", f"{foresight.day.caught.words}; luck {chance[0]}"),
        ("On the alert one timeslot a week", f"{foresight.shift.caught.words}; luck {chance[1]}"),
        ("Guessing the next timeslot", f"{foresight.cell.caught.words}; luck {chance[2]}"),
        ("Days they could rule out", f"{round(100 * foresight.safe_days)} of 100"),
        ("The best method we tried", foresight.day.watcher),
        ("If they knew how many visits each week had", foresight.leaked_day.words),
    ]
    if foresight.floor_day is not None:
        floor = f"{round(100 * foresight.floor_day)} of 100 visits"
        rows.append(("The best we can achieve against someone who knows our method", floor))
    return rows
