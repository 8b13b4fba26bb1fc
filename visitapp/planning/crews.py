"""Pairs for visits, found by a constraint solver quarter by quarter.

Hard rules: two people a visit, both able to go; at most one of them on probation, and the other
then experienced; for each person at most one visit a day, two a week and their own most a
quarter. Soft rules, by weight: a visit without a pair, a person under their least, a repeated
pair, two visits of a person in a week or at kennels within two weeks, an uneven load, wishes, a
person mostly at one suite, travel, and a little chance, so that two plans differ; and a pair whose
names would say too much of the day (`pair_rule`). Of pairs chosen for that alone, each would go as
often as the rule says, since the chance that is taken off its price is Gumbel's.
The solver never chooses days or times.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Any
from uuid import UUID

from visitapp.domain.errors import CancelledError
from visitapp.domain.plan.rota import (
    KENNELS_APART,
    MOST_A_WEEK,
    Crewing,
    Memory,
    Need,
    Pair,
    VisitSlot,
    Volunteer,
    may_pair,
    obstacle,
    pair_of,
)
from visitapp.domain.progress import Progress
from visitapp.planning.first_pairs import Pins, first_pairs, soon_after_kennels
from visitapp.planning.pair_rule import PairRule, gumbel
from visitapp.planning.reasons import explain, fairness_notes, wishes_not_met
from visitapp.planning.search_progress import SearchProgress, stopper, teller

UNFILLED, UNDER_LEAST, PAIR_AGAIN, LOAD_SPREAD, WISH, ONE_SITE = 500, 40, 12, 6, 5, 1
WEEK_AGAIN, KENNELS_AGAIN, OVER_FAIR = 8, 8, 4
MOST_CHANCE = 3
ONE_SITE_SHARE = (7, 10)
"""More than 7 of 10 visits at one site is too much of the same."""
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search, in the solver's deterministic seconds, and when to stop: proven
    within `good_enough` of the best."""

    seconds: float = 20.0
    good_enough: float = 0.0


def find_crews(
    slots: Sequence[VisitSlot],
    volunteers: Sequence[Volunteer],
    random: Random,
    *,
    memory: Memory | None = None,
    pins: Pins | None = None,
    rules: Mapping[UUID, PairRule] | None = None,
    effort: Effort | None = None,
    progress: Progress | None = None,
) -> Crewing:
    """Pairs for all slots of one quarter, by the `rules` of their sites. `progress` is called with
    (sentence, percent proven, 100); if it returns False, the search ends with the best plan so far.

    Raises CancelledError if it is ended before there is any plan.
    """
    problem = _Problem(slots, volunteers, random, memory or Memory(), pins or {}, rules or {})
    return problem.solve(effort or Effort(), progress)


class _Problem:
    def __init__(
        self,
        slots: Sequence[VisitSlot],
        volunteers: Sequence[Volunteer],
        random: Random,
        memory: Memory,
        pins: Pins,
        rules: Mapping[UUID, PairRule],
    ) -> None:
        from ortools.sat.python import cp_model

        self._cp = cp_model
        self._slots, self._volunteers = slots, volunteers
        self._random, self._memory, self._pins, self._rules = random, memory, pins, rules
        self._people = {person.id: person for person in volunteers}
        self._model: Any = cp_model.CpModel()
        self._cost: list[Any] = []
        self._x: dict[tuple[int, int], Any] = {}
        self._unfilled: dict[int, Any] = {}
        self._able: dict[int, list[int]] = {}
        self._goes: dict[int, list[tuple[int, Any]]] = defaultdict(list)
        self._build()

    # The model

    def _build(self) -> None:
        for s, slot in enumerate(self._slots):
            self._add_slot(s, slot)
        for v, person in enumerate(self._volunteers):
            self._add_person(v, person)
        self._add_spread()

    def _add_slot(self, s: int, slot: VisitSlot) -> None:
        kept = self._pins.get(slot.id, ())
        able = [
            v
            for v, person in enumerate(self._volunteers)
            if person.id in kept or (len(kept) < 2 and obstacle(person, slot) is None)
        ]
        self._able[s] = able
        empty = self._unfilled[s] = self._model.new_bool_var(f"unfilled {s}")
        for v in able:
            person = self._volunteers[v]
            goes = self._x[s, v] = self._model.new_bool_var(f"{s} {v}")
            self._goes[v].append((s, goes))
            self._cost.append(self._price(person, slot) * goes)
            if person.id in kept:
                self._model.add(goes == 1).only_enforce_if(~empty)
        self._model.add(sum(self._x[s, v] for v in able) + 2 * empty == 2)
        self._add_probation(s, slot, able)

    def _price(self, person: Volunteer, slot: VisitSlot) -> int:
        wish = WISH if any(slot.day in period for period in person.wishes) else 0
        travel = person.travel.get(slot.site_id, 0)
        soon = KENNELS_AGAIN if soon_after_kennels(self._memory, person.id, slot) else 0
        return self._random.randint(0, MOST_CHANCE) + travel + wish + soon

    def _add_probation(self, s: int, slot: VisitSlot, able: Sequence[int]) -> None:
        new = [self._x[s, v] for v in able if self._volunteers[v].is_on_probation(slot.day)]
        if new:
            guides = [self._x[s, v] for v in able if self._volunteers[v].is_experienced(slot.day)]
            self._model.add_at_most_one(new)
            self._model.add(sum(new) <= sum(guides))

    def _add_person(self, v: int, person: Volunteer) -> None:
        days: dict[Any, list[Any]] = defaultdict(list)
        weeks: dict[Any, list[Any]] = defaultdict(list)
        sites: dict[UUID, list[Any]] = defaultdict(list)
        for s, goes in self._goes[v]:
            slot = self._slots[s]
            days[slot.day].append(goes)
            weeks[slot.week].append(goes)
            sites[slot.site_id].append(goes)
        for together in days.values():
            if len(together) > 1:
                self._model.add_at_most_one(together)
        for together in weeks.values():
            if len(together) > 1:
                self._allow_one_more(together, MOST_A_WEEK - 1, WEEK_AGAIN)
        for together in self._near_at_kennels(v):
            self._allow_one_more(together, len(together) - 1, KENNELS_AGAIN)
        all_visits = [goes for _, goes in self._goes[v]]
        if len(all_visits) > person.most:
            self._model.add(sum(all_visits) <= person.most)
        if person.least:
            under = self._model.new_int_var(0, person.least, f"under {v}")
            self._model.add(under >= person.least - sum(all_visits))
            self._cost.append(UNDER_LEAST * under)
        self._add_one_site(v, person, sites)

    def _allow_one_more(self, together: Sequence[Any], most: int, price: int) -> None:
        """The first of these visits is free, the second costs `price`, each further one twice
        that: three visits of one person are worse than two each of two people."""
        repeats = self._model.new_int_var(0, most, "")
        self._model.add(sum(together) <= 1 + repeats)
        self._cost.append(price * repeats)
        if most > 1:
            beyond = self._model.new_int_var(0, most - 1, "")
            self._model.add(beyond >= repeats - 1)
            self._cost.append(price * beyond)

    def _near_at_kennels(self, v: int) -> Iterator[list[Any]]:
        """Groups of a person's visits to kennels that lie within two weeks, each group once."""
        mine = [(self._slots[s].day, goes) for s, goes in self._goes[v]
                if self._slots[s].need is Need.KENNELS]  # fmt: skip
        mine.sort(key=lambda day_and_var: day_and_var[0])
        last = None
        for first, _ in mine:
            near = [(day, goes) for day, goes in mine if 0 <= (day - first).days < KENNELS_APART]
            if len(near) > 1 and near[-1][0] != last:
                yield [goes for _, goes in near]
            last = near[-1][0]

    def _add_one_site(self, v: int, person: Volunteer, sites: Mapping[UUID, list[Any]]) -> None:
        """Visits at one site beyond its share of a fair load. They are counted against a fixed
        number and not the person's real load, as the model then stays close to a network flow,
        for which the best solution is proven in seconds."""
        share, of_all = ONE_SITE_SHARE
        fair = min(person.most, -(-2 * len(self._slots) // len(self._volunteers)))
        load = self._memory.loads.get(person.id, 0) + fair
        for number, (site_id, visits_here) in enumerate(sites.items()):
            before = self._memory.at_site.get((person.id, site_id), 0)
            allowed = max(0, max(2, share * load // of_all) - before)
            if len(sites) < 2 or len(visits_here) <= allowed:
                continue
            over = self._model.new_int_var(0, len(visits_here) - allowed, f"over {v} {number}")
            self._model.add(over >= sum(visits_here) - allowed)
            self._cost.append(ONE_SITE * over)

    def _add_pairs(self) -> None:
        """What is weighed of pairs: what their names say of the day, and repeated ones, including
        repeats of pairs of earlier plans."""
        common: dict[tuple[int, int], list[int]] = defaultdict(list)
        for s, able in self._able.items():
            day = self._slots[s].day
            for v, w in combinations(able, 2):
                if may_pair(self._volunteers[v], self._volunteers[w], day):
                    common[v, w].append(s)
        both_go = self._priced_pairs(common)
        for two, shared in common.items():
            before = self._memory.pairs.get(self._pair(*two), 0)
            if len(shared) + before > 1:
                self._add_pair(two, shared, before, both_go)

    def _pair(self, v: int, w: int) -> Pair:
        return pair_of(self._volunteers[v].id, self._volunteers[w].id)

    def _priced_pairs(
        self, common: Mapping[tuple[int, int], Sequence[int]]
    ) -> dict[tuple[int, int, int], Any]:
        """Whether two people make a slot, where the rule of its site gives pairs prices."""
        of_slot: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for two, shared in common.items():
            for s in shared:
                of_slot[s].append(two)
        both_go: dict[tuple[int, int, int], Any] = {}
        for s, pairs in of_slot.items():
            prices = self._prices(s, pairs)
            if len(set(prices.values())) < 2:
                continue
            goes = {two: self._model.new_bool_var(f"both {s} {two}") for two in pairs}
            self._model.add_exactly_one(self._unfilled[s], *goes.values())
            for v in self._able[s]:
                mine = [pair for two, pair in goes.items() if v in two]
                self._model.add(sum(mine) == self._x[s, v])
            both_go.update({(s, *two): pair for two, pair in goes.items()})
            prices = {two: price - gumbel(self._random) for two, price in prices.items()}
            least = min(prices.values())
            self._cost += [(prices[two] - least) * pair for two, pair in goes.items()]
        return both_go

    def _prices(self, s: int, pairs: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
        """What each pair costs, for what its names say; nothing if both are pinned."""
        slot = self._slots[s]
        rule = self._rules.get(slot.site_id)
        if rule is None or len(self._pins.get(slot.id, ())) == 2:
            return {}
        return {two: rule.price(self._pair(*two), slot.day, slot.minute) for two in pairs}

    def _add_pair(
        self,
        two: tuple[int, int],
        shared: Sequence[int],
        before: int,
        both_go: Mapping[tuple[int, int, int], Any],
    ) -> None:
        v, w = two
        together = []
        for s in shared:
            pair = both_go.get((s, v, w))
            if pair is None:
                pair = self._model.new_bool_var(f"both {s} {v} {w}")
                self._model.add(pair >= self._x[s, v] + self._x[s, w] - 1)
            together.append(pair)
        repeats = self._model.new_int_var(0, len(shared), f"again {v} {w}")
        self._model.add(repeats >= sum(together) + min(before, 1) - 1)
        self._cost.append(PAIR_AGAIN * repeats)

    def _add_spread(self) -> None:
        """The spread between the highest and the lowest load, earlier visits included, and each
        load beyond an equal share. Spread alone can't improve while anybody has no visit."""
        loads = [
            (sum(goes for _, goes in self._goes[v]) + self._memory.loads.get(person.id, 0))
            for v, person in enumerate(self._volunteers)
            if self._goes[v] and person.most > person.least
        ]
        if len(loads) < 2:
            return
        top = max(self._memory.loads.values(), default=0) + len(self._slots)
        highest = self._model.new_int_var(0, top, "highest")
        lowest = self._model.new_int_var(0, top, "lowest")
        for load in loads:
            self._model.add(highest >= load)
            self._model.add(lowest <= load)
        self._cost.append(LOAD_SPREAD * (highest - lowest))
        fair = -(-(sum(self._memory.loads.values()) + 2 * len(self._slots)) // len(loads))
        for load in loads:
            over = self._model.new_int_var(0, top, "")
            self._model.add(over >= load - fair)
            self._cost.append(OVER_FAIR * over)

    def _hint(self, chosen: Mapping[int, Sequence[int]]) -> None:
        self._model.clear_hints()
        for (s, v), goes in self._x.items():
            self._model.add_hint(goes, v in chosen.get(s, ()))
        for s, empty in self._unfilled.items():
            self._model.add_hint(empty, s not in chosen)

    # The search

    def solve(self, effort: Effort, progress: Progress | None) -> Crewing:
        """First fill as many visits as can be filled, then look for the lowest cost."""
        chosen, least_empty = self._filled(effort.seconds / 3)
        self._add_pairs()
        self._model.add(sum(self._unfilled.values()) <= len(self._slots) - len(chosen))
        self._hint(chosen)
        self._model.minimize(sum(self._cost))
        solver = self._solver(effort.seconds)
        solver.parameters.relative_gap_limit = effort.good_enough
        search_progress = SearchProgress(progress) if progress else None
        if search_progress:
            solver.best_bound_callback = stopper(solver, search_progress)
        status = solver.solve(
            self._model, teller(self._cp, search_progress) if search_progress else None
        )
        if status in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            chosen = self._chosen(solver)
        elif not chosen and self._slots:
            raise CancelledError("Planning was stopped before there was a plan.")
        pairs = {
            self._slots[s].id: pair_of(*(self._volunteers[v].id for v in chosen_two))
            for s, chosen_two in chosen.items()
        }
        empty = len(self._slots) - len(chosen)
        return Crewing(
            pairs,
            explain(self._slots, self._volunteers, pairs),
            (
                *fairness_notes(self._slots, self._people, pairs),
                *wishes_not_met(self._slots, self._people, pairs),
            ),
            UNFILLED * empty + solver.objective_value,
            UNFILLED * least_empty + solver.best_objective_bound,
        )

    def _filled(self, seconds: float) -> tuple[dict[int, tuple[int, int]], int]:
        """Pairs for as many visits as possible, and how many must stay empty at least."""
        chosen = first_pairs(
            self._slots, self._volunteers, self._random, self._memory, self._pins, self._rules
        )
        if len(chosen) == len(self._slots):
            return chosen, 0
        self._hint(chosen)
        self._model.minimize(sum(self._unfilled.values()))
        solver = self._solver(seconds)
        status = solver.solve(self._model)
        if status not in (self._cp.OPTIMAL, self._cp.FEASIBLE):
            return chosen, 0
        return self._chosen(solver), round(solver.best_objective_bound)

    def _solver(self, seconds: float) -> Any:
        solver = self._cp.CpSolver()
        solver.parameters.num_workers = _WORKERS
        solver.parameters.max_deterministic_time = seconds
        solver.parameters.random_seed = self._random.randrange(2**31)
        # Of the solver's ways to search, the one that proves pairs best several times sooner.
        solver.parameters.ignore_subsolvers.append("default_lp")
        solver.parameters.extra_subsolvers.append("reduced_costs")
        return solver

    def _chosen(self, solver: Any) -> dict[int, tuple[int, int]]:
        chosen: dict[int, tuple[int, int]] = {}
        for s, able in self._able.items():
            members = [v for v in able if solver.boolean_value(self._x[s, v])]
            if len(members) == 2:
                chosen[s] = (members[0], members[1])
        return chosen
