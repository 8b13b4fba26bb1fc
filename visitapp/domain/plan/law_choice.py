"""Which law draws the visits of a site, and why, as a manager reads it."""

from dataclasses import dataclass

from visitapp.domain.office.visit_law import NO_EVEN_DAYS, VisitLaw

CLOSE = 0.005
"""Shares of visits that differ by less are as good as equal."""
WORTH = 0.25
"""So many timeslots a year fewer are too high a price."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a law achieves at a site. `caught`: the share of visits predicted by a watcher who is on
    the alert one day a week; `timeslots`: how many are visited in a year."""

    law: VisitLaw
    caught: float
    timeslots: float


def best_law(weighed: tuple[Weighed, ...]) -> VisitLaw:
    """The law by which fewer visits can be predicted at about the same coverage. The first stays
    where none is better."""
    best = weighed[0]
    for other in weighed[1:]:
        if other.caught < best.caught - CLOSE and other.timeslots > best.timeslots - WORTH:
            best = other
    return best.law


@dataclass(frozen=True, slots=True)
class LawChoice:
    """The law in force at a site, with what each law that can draw its visits would achieve.
    `is_own`: the scheme chose it, not the program."""

    site_name: str
    law: VisitLaw
    weighed: tuple[Weighed, ...]
    is_own: bool

    @property
    def sentence(self) -> str:
        """Which law, and why."""
        start = f"{self.site_name}: visits are drawn by {self.law.label.lower()}"
        others = [item for item in self.weighed if item.law is not self.law]
        own = next((item for item in self.weighed if item.law is self.law), None)
        if own is None or not others:
            return f"{start}. {NO_EVEN_DAYS}"
        by_others = ", ".join(
            f"{round(100 * item.caught)} by {item.law.label.lower()}" for item in others
        )
        why = "as the scheme chose" if self.is_own else "which makes them harder to predict"
        return (
            f"{start}, {why}. Someone on the alert one day a week could predict about "
            f"{round(100 * own.caught)} in 100, and {by_others}."
        )
