"""The list of pages. Each is imported and created when it is first opened.

A page is an entry here and a folder next to this file; pages don't import each other.
"""

from collections.abc import Callable

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.scheme import Role
from visitapp.ui.context import Context
from visitapp.ui.widgets.page import Page

_BOTH = (Role.MANAGER, Role.VISITOR)
_ALL = (*_BOTH, Role.READER)


@dataclass(frozen=True, slots=True)
class PageListing:
    """`name` is used by `Context.go`. `words` are the names in the navigation, by role if they
    differ. `listed` are the roles whose navigation has the page. Alt and a number go to a page that
    `has_number`, in the order of the navigation."""

    name: str
    words: str
    icon: str
    make: Callable[[Context], Page]
    roles: tuple[Role, ...] = _BOTH
    listed: tuple[Role, ...] = _ALL
    words_of_visitor: str = ""
    has_number: bool = True

    def words_for(self, role: Role) -> str:
        """The name in the navigation of a role."""
        return (role is Role.VISITOR and self.words_of_visitor) or self.words


def _home(context: Context) -> Page:
    from visitapp.ui.home.view import HomeView

    return HomeView(context)


def _visits(context: Context) -> Page:
    from visitapp.ui.visits.view import VisitsView

    return VisitsView(context)


def _log(context: Context) -> Page:
    from visitapp.ui.log.view import LogView

    return LogView(context)


def _coverage(context: Context) -> Page:
    from visitapp.ui.coverage.view import CoverageView

    return CoverageView(context)


def _findings(context: Context) -> Page:
    from visitapp.ui.findings.view import FindingsView

    return FindingsView(context)


def _issues(context: Context) -> Page:
    from visitapp.ui.issues.view import IssuesView

    return IssuesView(context)


def _briefing(context: Context) -> Page:
    from visitapp.ui.briefing.view import BriefingView

    return BriefingView(context)


def _people(context: Context) -> Page:
    from visitapp.ui.people.view import PeopleView

    return PeopleView(context)


def _meetings(context: Context) -> Page:
    from visitapp.ui.meetings.view import MeetingsView

    return MeetingsView(context)


def _hours(context: Context) -> Page:
    from visitapp.ui.hours.view import HoursView

    return HoursView(context)


def _imports(context: Context) -> Page:
    from visitapp.ui.imports.view import ImportsView

    return ImportsView(context)


def _reports(context: Context) -> Page:
    from visitapp.ui.reports.view import ReportsView

    return ReportsView(context)


def _plan(context: Context) -> Page:
    from visitapp.ui.plan.view import PlanView

    return PlanView(context)


def _availability(context: Context) -> Page:
    from visitapp.ui.availability.view import AvailabilityView

    return AvailabilityView(context)


def _exchange(context: Context) -> Page:
    from visitapp.ui.exchange.view import ExchangeView

    return ExchangeView(context)


def _settings(context: Context) -> Page:
    from visitapp.ui.settings.view import SettingsView

    return SettingsView(context)


PLACES: tuple[PageListing, ...] = (
    PageListing("home", "Home", "house", _home, roles=_ALL),
    PageListing("log", "Log a visit", "square-pen", _log, listed=(Role.VISITOR,)),
    PageListing("visits", "Visits", "clipboard-list", _visits, words_of_visitor="My visits"),
    PageListing("coverage", "Coverage", "grid-3x3", _coverage, roles=(Role.MANAGER, Role.READER)),
    PageListing(
        "findings",
        "Findings",
        "list-checks",
        _findings,
        roles=(Role.MANAGER,),
        has_number=False,  # it came later, and the others keep theirs
    ),
    PageListing("plan", "Plan", "calendar-range", _plan, roles=(Role.MANAGER,)),
    PageListing("issues", "Issues", "flag", _issues, roles=(Role.MANAGER,)),
    PageListing(
        "availability",
        "Availability",
        "calendar",
        _availability,
        words_of_visitor="My availability",
    ),
    PageListing("people", "People", "users", _people, roles=(Role.MANAGER,)),
    PageListing(
        "meetings",
        "Meetings",
        "messages-square",
        _meetings,
        roles=(Role.MANAGER,),
        has_number=False,  # as for Findings
    ),
    PageListing(
        "hours",
        "Hours",
        "clock",
        _hours,
        roles=(Role.MANAGER,),
        has_number=False,  # as for Findings
    ),
    PageListing("reports", "Reports", "file-text", _reports, roles=(Role.MANAGER, Role.READER)),
    PageListing("exchange", "Exchange", "send", _exchange),
    PageListing("settings", "Settings", "settings", _settings),
    PageListing("briefing", "Briefing for a visit", "list-checks", _briefing, listed=()),
    PageListing("imports", "Import", "upload", _imports, roles=(Role.MANAGER,), listed=()),
)
"""In the order of the navigation."""


def places_for(role: Role) -> tuple[PageListing, ...]:
    """The pages for a role."""
    return tuple(place for place in PLACES if role in place.roles)
