"""Which law suits a site: each is judged by the exact posterior over the same imagined years."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from random import Random

from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.plan.law_choice import LawChoice, Weighed, best_law
from visitapp.domain.plan.weeks import WEEKS_A_YEAR
from visitapp.planning.draw import draw_span
from visitapp.planning.law import Policy
from visitapp.planning.level import can_be_level, law_of_span
from visitapp.planning.scores import Expected, caught_of

_YEARS, _BYTES = 8, 6
Week = tuple[tuple[int, ...], ...]
"""The timeslots of each of its days."""


class _SameNumbers(Random):
    """Numbers from 0 to 1 that fall like chance and are the same each time: digests of 1, 2, 3 and
    so on. They stand in for chance where laws are compared, so that the answer stays what it is; no
    visit is drawn by them."""

    _at = 0

    def random(self) -> float:
        self._at += 1
        digest = blake2b(self._at.to_bytes(8, "big"), digest_size=_BYTES).digest()
        return int.from_bytes(digest, "big") / float(256**_BYTES)


def law_in_force(policy: Policy, own_law: VisitLaw | None, week: Week, cells: int) -> VisitLaw:
    """The law for a site whose weeks offer these timeslots, of `cells` in its grid: the scheme's
    `own_law` if it has one and that law can draw, else the one by which fewer visits can be
    predicted."""
    if not can_be_level(policy):
        return VisitLaw.TIMESLOTS
    return own_law or best_law(weighed(policy, week, cells))


def law_choice(
    site_name: str, policy: Policy, own_law: VisitLaw | None, week: Week, cells: int
) -> LawChoice:
    """The law in force at a site, with what makes it so."""
    scores = weighed(policy, week, cells) if can_be_level(policy) else ()
    law = law_in_force(policy, own_law, week, cells)
    return LawChoice(site_name, law, scores, is_own=own_law is not None)


@lru_cache(maxsize=64)
def weighed(policy: Policy, week: Week, cells: int) -> tuple[Weighed, ...]:
    """What each law achieves for a policy that both can draw for."""
    return tuple(_weighed(replace(policy, law=law), week, cells) for law in VisitLaw)


def _weighed(policy: Policy, week: Week, cells: int) -> Weighed:
    random, covered = _SameNumbers(), 0
    days: list[Expected] = []
    for _ in range(_YEARS):
        counts = [0] * cells
        for at in range(WEEKS_A_YEAR):
            days += _week(policy, week, counts, WEEKS_A_YEAR - at, random)
        covered += sum(counts[cell] > 0 for cell in set(chain.from_iterable(week)))
    return Weighed(policy.law, caught_of(days, 1 / len(week)), covered / _YEARS)


def _week(
    policy: Policy, week: Week, counts: list[int], weeks_left: int, random: Random
) -> Iterator[Expected]:
    """What a watcher expects of each day of a week; its visits are added to the counts."""
    law = law_of_span(week, counts, policy, weeks_left)
    placed = {visit.day: visit.cell for visit in draw_span(law, random)}
    so_far = 0
    for day in range(len(week)):
        chance = law.hazard(day, so_far)
        yield Expected(chance, chance)
        so_far += day in placed
    for cell in placed.values():
        counts[cell] += 1
