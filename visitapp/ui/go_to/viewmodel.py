"""What the typed letters may mean: a page, a site, a person, a visit, an issue, a word."""

from collections.abc import Callable
from dataclasses import dataclass

from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.office.scheme import Role
from visitapp.domain.report.visit_codes import State
from visitapp.domain.text.folding import contains_words
from visitapp.domain.text.glossary import named
from visitapp.domain.text.wording import lowered, short_date
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.pages import places_for

_MOST_OF_A_KIND = 6
GLOSSARY = "glossary"


@dataclass(frozen=True, slots=True)
class GoToItem:
    """One item: what it is, its page, and what to show there."""

    kind: str
    icon: str
    title: str
    note: str
    page: str
    target: object = None


class GoToViewModel:
    """Searches the user's pages and the records."""

    def __init__(self, context: Context, can_go: Callable[[str], bool]) -> None:
        self._context, self._can_go = context, can_go
        services = context.services
        self._role: Role = services.access.actor.role
        self._sites = services.setup.sites()
        self._people = services.people.people() if can_go("people") else ()

    def find(self, text: str) -> tuple[GoToItem, ...]:
        """The best matches first; without letters only the pages."""
        wanted = text.strip()
        items = [item for item in self._pages() if contains_words(item.title, wanted)]
        if wanted:
            items += self._named(wanted)
            items += self._visits(text.strip())
            items += self._issues(text.strip())
            items += [
                GoToItem("Word", "info", entry.word, "Glossary", GLOSSARY, entry.word)
                for entry in named(wanted)[:_MOST_OF_A_KIND]
            ]
        return tuple(items)

    def _pages(self) -> list[GoToItem]:
        return [
            GoToItem("Page", place.icon, place.words_for(self._role), "Page", place.name)
            for place in places_for(self._role)
            if self._role in place.listed or place.name in ("log", "briefing")
        ]

    def _named(self, wanted: str) -> list[GoToItem]:
        items = []
        if self._can_go("coverage"):
            items += [
                GoToItem(
                    "Site",
                    "building-2",
                    site.name,
                    "Coverage of this site",
                    "coverage",
                    VisitQuery(site_ids=(site.id,)),
                )
                for site in self._sites
                if contains_words(site.name, wanted)
            ][:_MOST_OF_A_KIND]
        if self._can_go("briefing"):
            items += [
                GoToItem(
                    "Site", "list-checks", site.name, "Briefing for a visit", "briefing", site.id
                )
                for site in self._sites
                if contains_words(site.name, wanted)
            ][:_MOST_OF_A_KIND]
        if self._can_go("people"):
            items += [
                GoToItem("Person", "users", person.name, "Person", "people", person.id)
                for person in self._people
                if contains_words(person.name, wanted)
            ][:_MOST_OF_A_KIND]
        return items

    def _visits(self, text: str) -> list[GoToItem]:
        if not self._can_go("visits"):
            return []
        lines = self._context.services.visits.lines(
            VisitQuery(text=text, states=tuple(State), limit=_MOST_OF_A_KIND)
        )
        return [
            GoToItem(
                "Visit",
                "clipboard-list",
                f"{row.ref}, {row.site_name}",
                f"{short_date(row.arrived.day)}, {row.arrived_at}"
                + ("" if row.state is State.LOCKED else ", withdrawn"),
                "visits",
                row.id,
            )
            for row in lines
        ]

    def _issues(self, text: str) -> list[GoToItem]:
        if not self._can_go("issues"):
            return []
        lines = self._context.services.issues.lines(
            IssueQuery(standing=IssueStanding.ALL, text=text, limit=_MOST_OF_A_KIND)
        )
        return [
            GoToItem(
                "Issue",
                "flag",
                line.title,
                f"{line.site_name}, {short_date(line.raised_on)}, {lowered(line.status)}",
                "issues",
                line.issue.id,
            )
            for line in lines
        ]
