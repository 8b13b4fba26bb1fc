"""The laws by which the visits of a site can be drawn."""

from enum import StrEnum

NO_EVEN_DAYS = "Even days need one visit in each week, and from 60 to 78 visits a year."


class VisitLaw(StrEnum):
    """Even timeslots (`planning.law`) or even days (`planning.level`). Whoever changes what a law
    draws gives it a new value."""

    TIMESLOTS = "timeslots"
    DAYS = "days"
