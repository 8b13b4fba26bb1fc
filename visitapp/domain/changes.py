"""What a mutation touched, so that each page can decide whether to refresh."""

from enum import Flag, auto


class Changes(Flag):
    """Returned by every mutating service method and carried by the one `changed` signal."""

    NONE = 0
    VISITS = auto()
    DRAFTS = auto()
    PEOPLE = auto()
    SITES = auto()
    SETTINGS = auto()
    CODES = auto()
    REPORTS = auto()
    ANIMALS = auto()
    ISSUES = auto()
    COPIES = auto()
    PLANS = auto()
    EVERYTHING = (
        VISITS
        | DRAFTS
        | PEOPLE
        | SITES
        | SETTINGS
        | CODES
        | REPORTS
        | ANIMALS
        | ISSUES
        | COPIES
        | PLANS
    )
