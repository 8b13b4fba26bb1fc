"""Shows which planned visits are affected when somebody is away or leaves."""

from uuid import UUID

from visitapp.domain.plan.broken_visit import BrokenVisit
from visitapp.ui.widgets.page import Page

_KEY = "broken visits"


def show_broken_visits(page: Page, person_id: UUID | None) -> None:
    """On a manager's page, show which planned visits this person can't make any more, with a link
    to the plan. Shows nothing if there are none or the id is None."""
    page.clear_banner(_KEY)
    availability = page.context.services.availability
    visits = () if person_id is None else availability.broken_visits(person_id)
    if visits:
        first = visits[0].span
        page.show_banner(
            "warn",
            broken_words(visits),
            [("See the plan", lambda: page.context.go("plan", first))],
            key=_KEY,
            closes=True,
        )


def broken_words(visits: tuple[BrokenVisit, ...]) -> str:
    """One person's visits that are affected, why, and what to do."""
    first = visits[0]
    which = f"a planned visit, {first.where}"
    if len(visits) > 1:
        which = f"{len(visits)} planned visits. The first is {first.where}"
    return (
        f"{first.name} can\u2019t make {which}: {first.name} {first.why}. Find someone else on the "
        "Plan page."
    )
