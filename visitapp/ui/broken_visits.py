"""What a leave or a leaving breaks in the plan is said where it is entered."""

from uuid import UUID

from visitapp.domain.plan.broken_visit import BrokenVisit
from visitapp.ui.widgets.page import Page

_KEY = "broken visits"


def tell_broken_visits(page: Page, person_id: UUID | None) -> None:
    """Say on a manager's page which planned visits somebody can't make any more, with the way
    to the plan; nothing where there are none, or for nobody."""
    page.clear_banner(_KEY)
    found = () if person_id is None else page.context.services.availability.broken_visits(person_id)
    if found:
        first = found[0].span
        page.show_banner(
            "warn",
            broken_words(found),
            [("See the plan", lambda: page.context.go("plan", first))],
            key=_KEY,
            closes=True,
        )


def broken_words(found: tuple[BrokenVisit, ...]) -> str:
    """Of one person: which visits, why, and what to do."""
    first = found[0]
    which = f"a planned visit, {first.where}"
    if len(found) > 1:
        which = f"{len(found)} planned visits. The first is {first.where}"
    return (
        f"{first.name} can\u2019t make {which}: {first.name} {first.why}. Find someone else on the "
        "Plan page."
    )
