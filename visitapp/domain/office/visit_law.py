"""By which law the visits of a site are drawn: the office's choice, and its words."""

from enum import StrEnum


class VisitLaw(StrEnum):
    """A law of planning (`planning.law`, `planning.level`). Its value stands in the file and in
    what pairs are sent: whoever changes what a law draws gives it a new one."""

    TIMESLOTS = "timeslots"
    DAYS = "days"

    @property
    def label(self) -> str:
        """What a scheme calls it."""
        return _LABELS[self]


_LABELS = {VisitLaw.TIMESLOTS: "Even timeslots", VisitLaw.DAYS: "Even days"}

NO_EVEN_DAYS = (
    "Even days need a target of one visit a week, a visit in each calendar week, one pair for each "
    "visit, and from 60 to 78 visits a year."
)
BEST = "Whichever is harder to predict"
"""What a scheme calls it if it leaves the choice to the program."""
