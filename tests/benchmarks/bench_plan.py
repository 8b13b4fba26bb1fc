"""How soon there is a plan, and how near the best it is proven to be, on two workers.

There is no stock program to compare with: what is printed is the time to the first whole plan
(moments drawn, and a pair for each), and the gap to the solver's own bound at the end of a
search of fixed deterministic length.
"""

import statistics
import time
from datetime import timedelta
from random import Random
from uuid import UUID

from tests.builders import make_kennels, make_site
from tests.planning.rota_instances import (
    ANIMALS,
    MONDAY,
    SCHEME,
    broken_rules,
    make_volunteers,
)
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.planning.crews import Effort
from visitapp.planning.law import kennel_policy, suite_policy
from visitapp.planning.making import PlanTask, make_plan, slots_of
from visitapp.planning.reach import Ground
from visitapp.services.office.reference import reference_grid

ROUNDS = 5
PEOPLE = 31


def _grounds() -> tuple[Ground, ...]:
    """Three suites, and kennels."""
    suites = [
        make_site(id=UUID(int=100 + n), scheme_id=SCHEME, name=f"Suite {n}") for n in range(3)
    ]
    week, month = reference_grid(Kind.CUSTODY, SCHEME), reference_grid(Kind.ANIMAL_WELFARE, ANIMALS)
    kennels = Ground(make_kennels(scheme_id=ANIMALS), month, kennel_policy())
    return (*(Ground(suite, week, suite_policy()) for suite in suites), kennels)


def measure(weeks: int, seconds: float, bars: str) -> None:
    """A scheme of 31 volunteers, 3 suites and kennels."""
    firsts, totals, gaps = [], [], []
    period = Period(MONDAY, MONDAY + timedelta(days=7 * weeks - 1))
    for number in range(ROUNDS):
        people = tuple(make_volunteers(Random(number), PEOPLE, weeks))
        task = PlanTask(UUID(int=number), period, _grounds(), people, (), MONDAY)
        first: list[float] = []
        began = time.perf_counter()

        def tell(stage: str, *_: object, first: list[float] = first, began: float = began) -> bool:
            if "first plan" in stage:
                first.append(time.perf_counter() - began)
            return True

        visits, crewing = make_plan(task, Random(number), Effort(seconds), tell)
        totals.append(time.perf_counter() - began)
        firsts.append(first[0])
        gaps.append(crewing.gap)
        assert not broken_rules(slots_of(task.grounds, visits), people, crewing)
        assert not crewing.unfilled
    print(
        f"plan of {weeks} weeks: first plan after {statistics.median(firsts):.1f} s, "
        f"within {100 * statistics.median(gaps):.1f}% of the bound after "
        f"{statistics.median(totals):.0f} s ({bars}); the slowest {max(firsts):.1f} s, "
        f"{100 * max(gaps):.1f}% and {max(totals):.0f} s"
    )


if __name__ == "__main__":
    measure(13, 20, "bars 2 s, 2%, about 20 s")
    measure(52, 60, "bars 3 s, 5%, about 60 s")
