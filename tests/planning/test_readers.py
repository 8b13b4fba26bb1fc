"""What a reader of a visitor's page expects is what an enumeration of all weeks says."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from uuid import UUID

import pytest

from tests.builders import SUITE, make_site
from tests.planners import chance_of_days
from tests.planning.rota_instances import SCHEME
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import week_of
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.planning.law import SpanLaw, suite_policy
from visitapp.planning.reach import Ground
from visitapp.planning.readers import PagesListing, by_page, pages_listing
from visitapp.planning.scores import Expected, caught_of
from visitapp.services.office.reference import reference_grid

GROUND = Ground(make_site(scheme_id=SCHEME), reference_grid(Kind.CUSTODY, SCHEME), suite_policy(65))
WEEK = week_of(date(2024, 6, 3))
LAW = GROUND.law(WEEK, GROUND.calendar.options(WEEK), [0] * GROUND.grid.cells, 0)


def planned(*pairs_of_weeks: tuple[tuple[int, int], ...]) -> list[PlannedVisit]:
    visits = []
    for at, pairs in enumerate(pairs_of_weeks):
        week = week_of(WEEK.start + timedelta(weeks=at))
        for pair in pairs:
            people = tuple(map(UUID, map("{:032}".format, pair)))
            visits.append(
                PlannedVisit(
                    UUID(int=len(visits)), UUID(int=1), SCHEME, SUITE, week, week.start, 600, 0,
                    people,
                )
            )  # fmt: skip
    return visits


@pytest.mark.parametrize(
    ("plan", "pages"),
    [
        (planned(((1, 2),), ((3, 4), (5, 6))), {1: {1: 2}, 2: {1: 4}}),
        (planned(((1, 2),), ((1, 4), (1, 6))), {1: {1: 2}, 2: {1: 2, 2: 1}}),
        (planned(((1, 2), (1, 2)), ((3, 4), (3, 4), (3, 4))), {2: {2: 2}, 3: {3: 2}}),
        (planned(((1, 2), (1, 3)), ((1, 2), (3, 4))), {2: {1: 3, 2: 0.5}}),
    ],
    ids=["nobody twice", "somebody twice", "one pair", "half"],
)
def test_a_page_says_as_much_as_an_enumeration(
    plan: list[PlannedVisit], pages: PagesListing
) -> None:
    assert pages_listing(plan) == pages
    summed = list(by_page(LAW, pages))
    expected = list(_enumerated(LAW, pages))
    for what in ("hits", "weight"):
        assert sum(getattr(e, what) for e in summed) == pytest.approx(
            sum(getattr(e, what) for e in expected)
        )
    assert caught_of(summed, 1 / 7) == pytest.approx(caught_of(expected, 1 / 7))


def test_who_often_goes_twice_a_week_gives_more_away_than_nobody_who_does() -> None:
    """In weeks with two visits of one person, pages with one visit are the likelier to be all."""
    often, never = {1: {1: 2.0}, 2: {1: 2.0, 2: 1.0}}, {1: {1: 2.0}, 2: {1: 4.0}}
    assert caught_of(list(by_page(LAW, often)), 1 / 7) > caught_of(list(by_page(LAW, never)), 1 / 7)


def _enumerated(law: SpanLaw, pages: PagesListing) -> Iterator[Expected]:
    """By everything that somebody can have seen of a week: which visits came, and which of them
    are on the page."""
    ways: defaultdict[tuple[object, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for number in range(1, 8):
        listing = pages.get(number, {1: 2.0 * number})
        for days in combinations(range(7), number):
            for listed, on_pages in listing.items():
                if listed > number:
                    continue
                choices = list(combinations(days, listed))
                for on_page in choices:
                    for day in range(7):
                        came = tuple(at for at in days if at < day)
                        known = len([at for at in on_page if at < day])
                        way = ways[listed, day, came, known]
                        way[day in days] += chance_of_days(law, days) * on_pages / len(choices)
    for without, hits in ways.values():
        if hits + without:
            yield Expected(hits / (hits + without), hits, hits + without)
