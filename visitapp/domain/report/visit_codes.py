"""Codes of visits, issues and answers that rules and counts look at. They stand apart from the
visit itself, since the first page counts visits and reads none."""

from enum import StrEnum


class State(StrEnum):
    """A signed report is locked. A withdrawn one no longer counts but can still be read."""

    LOCKED = "locked"
    WITHDRAWN = "withdrawn"


class AccessBand(StrEnum):
    """How long visitors waited, by the scheme's limits (Leicestershire: 5 and 15 minutes).
    `UNKNOWN`: they were let in, but the time wasn't recorded."""

    IMMEDIATE = "immediate"
    DELAY = "delay"
    LONG = "long"
    NOT_ADMITTED = "not_admitted"
    NOT_APPLICABLE = "not_applicable"
    UNKNOWN = "unknown"


FACE_TO_FACE = "FACE"
TRAINING = "TRAINING"
TACT = "TACT"
COMPLETED, ABANDONED, REFUSED_ENTRY = "COMPLETED", "ABANDONED", "REFUSED_ENTRY"
NEVER_INSIDE = (REFUSED_ENTRY, "SITE_CLOSED")
"""Visitors didn't get past the door."""
AT_ONCE = 4
"""The severity of an allegation, which has to be dealt with at once."""
REFUSED_WHY = "refused_why"
"""The key of an answer: what visitors who were refused entry were told."""
