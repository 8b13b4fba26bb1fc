"""What an action changed, so that each page can decide whether to refresh."""

from enum import Flag, auto


class Changes(Flag):
    """Returned by every service method that changes something; the one `changed` signal carries
    it."""

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
    INBOX = auto()
    MEETINGS = auto()
    REVIEWS = auto()
    HOURS = auto()
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
        | INBOX
        | MEETINGS
        | REVIEWS
        | HOURS
    )
