"""What extra visits achieve at a suite with 35 timeslots, by the law that draws them."""

from dataclasses import dataclass
from itertools import pairwise

from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.plan.weeks import WEEKS_A_YEAR
from visitapp.domain.text.wording import number_of

FEWEST_A_YEAR, MOST_A_YEAR = WEEKS_A_YEAR, 78


@dataclass(frozen=True, slots=True)
class VisitBenefit:
    """What a number of visits a year achieves. `caught`: the share of visits predicted by a watcher
    who is on the alert one day a week; `leaked`: the same if the watcher knows how many visits each
    week gets. `safe_days`: the share of days the watcher can rule out. `timeslots`: how many are
    visited in a year; `full`: the share of years in which all are."""

    visits_a_year: int
    caught: float
    leaked: float
    safe_days: float
    timeslots: float
    full: float
    law: VisitLaw = VisitLaw.TIMESLOTS

    @property
    def sentence(self) -> str:
        """All of it in words."""
        spare = self.visits_a_year - FEWEST_A_YEAR
        extra = number_of(spare, "extra visit") if spare else "no extra visits"
        return (
            f"With {extra} a year, someone who studies the pattern could predict "
            f"{round(100 * self.caught)} in 100 visits ({round(100 * self.leaked)} if they know "
            f"how many visits each week has). They could rule out {round(100 * self.safe_days)} "
            f"days in 100. All 35 timeslots would be covered in {round(100 * self.full)} years "
            f"out of 100. This is for visits drawn by {self.law.label.lower()}."
        )


_MEASURED = {
    VisitLaw.TIMESLOTS: (
        VisitBenefit(52, 0.495, 0.495, 0.429, 34.60, 0.65),
        VisitBenefit(56, 0.451, 0.487, 0.418, 34.79, 0.80),
        VisitBenefit(60, 0.417, 0.479, 0.112, 34.89, 0.89),
        VisitBenefit(65, 0.382, 0.470, 0.032, 34.94, 0.94),
        VisitBenefit(70, 0.349, 0.461, 0.023, 34.97, 0.97),
        VisitBenefit(75, 0.322, 0.450, 0.023, 34.99, 0.99),
        VisitBenefit(78, 0.309, 0.443, 0.000, 34.99, 0.99),
    ),
    VisitLaw.DAYS: (
        VisitBenefit(60, 0.404, 0.476, 0.000, 34.89, 0.90, VisitLaw.DAYS),
        VisitBenefit(65, 0.351, 0.479, 0.000, 34.93, 0.94, VisitLaw.DAYS),
        VisitBenefit(70, 0.316, 0.471, 0.000, 34.96, 0.96, VisitLaw.DAYS),
        VisitBenefit(75, 0.292, 0.452, 0.000, 34.98, 0.98, VisitLaw.DAYS),
        VisitBenefit(78, 0.282, 0.442, 0.000, 34.99, 0.99, VisitLaw.DAYS),
    ),
}
SOURCE = "Estimated from 1,000 simulated years."
"""Simulated with this program's own laws at some numbers of visits, interpolated linearly."""


def benefit_of(visits_a_year: int, own_law: VisitLaw | None = None) -> VisitBenefit:
    """What a number of visits a year achieves (52 to 78; outside, the nearer end), by the scheme's
    `own_law`, or by the one by which fewer visits can be predicted. Even days can draw enough
    visits alone."""
    wanted = min(max(visits_a_year, FEWEST_A_YEAR), MOST_A_YEAR)
    law = own_law or VisitLaw.DAYS
    if wanted < _MEASURED[law][0].visits_a_year:
        law = VisitLaw.TIMESLOTS
    low, high = next(pair for pair in pairwise(_MEASURED[law]) if wanted <= pair[1].visits_a_year)
    part = (wanted - low.visits_a_year) / (high.visits_a_year - low.visits_a_year)

    def between(name: str) -> float:
        first, last = float(getattr(low, name)), float(getattr(high, name))
        return first + part * (last - first)

    return VisitBenefit(
        wanted,
        between("caught"),
        between("leaked"),
        between("safe_days"),
        between("timeslots"),
        between("full"),
        law,
    )
