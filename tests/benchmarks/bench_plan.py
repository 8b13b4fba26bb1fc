"""How soon there is a plan, and how near the best it is proven to be, on two workers.

There is no stock program to compare with: what is printed is the time to the first plan, and
the gap to the solver's own bound at the end of a search of fixed deterministic length.
"""

import statistics
import time
from itertools import combinations
from random import Random

from tests.planning.rota_instances import broken_rules, make_slots, make_volunteers
from visitapp.domain.rota import Slot, Volunteer, may_pair, obstacle
from visitapp.planning.crews import Effort
from visitapp.planning.rolling import find_crews_rolling

ROUNDS = 5


def _can_be_made(slot: Slot, people: list[Volunteer]) -> bool:
    able = [who for who in people if obstacle(who, slot) is None]
    return any(may_pair(one, other, slot.day) for one, other in combinations(able, 2))


def measure(weeks: int, seconds: float, bars: str) -> None:
    """A scheme of 31 volunteers, 3 suites and kennels."""
    firsts, totals, gaps = [], [], []
    for number in range(ROUNDS):
        setup = Random(number)
        drawn = make_slots(setup, weeks, 3, 1)
        people = make_volunteers(setup, 31, weeks)
        # The law draws only timeslots that a pair can reach.
        slots = [slot for slot in drawn if _can_be_made(slot, people)]
        began = time.perf_counter()
        first: list[float] = []

        def tell(*_: object, first: list[float] = first, began: float = began) -> bool:
            first.append(time.perf_counter() - began)
            return True

        found = find_crews_rolling(
            slots, people, Random(number), effort=Effort(seconds), progress=tell
        )
        totals.append(time.perf_counter() - began)
        firsts.append(first[0])
        gaps.append(found.gap)
        assert not broken_rules(slots, people, found)
        assert not found.unfilled
    print(
        f"plan of {weeks} weeks: first plan after {statistics.median(firsts):.1f} s, "
        f"within {100 * statistics.median(gaps):.1f}% of the bound after "
        f"{statistics.median(totals):.0f} s ({bars})"
    )


if __name__ == "__main__":
    measure(13, 20, "bars 2 s, 2%, about 20 s")
    measure(52, 60, "bars 3 s, 5%, about 60 s")
