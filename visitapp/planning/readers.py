"""What a watcher expects who has also read something that is handed out: the rota, a visitor's page
or calendar file, or the names of all pairs. Such a reader has seen every past visit, knows this
program, and knows the visitors by sight. All of it is exact and over everything that may have been
drawn, so that it says nothing of the day of any visit."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from math import comb

from visitapp.domain.plan.planned import PlannedVisit
from visitapp.planning.by_names import MOST_TOGETHER, Days, alone, ways_after
from visitapp.planning.law import SpanLaw
from visitapp.planning.scores import Expected

PagesListing = Mapping[int, Mapping[int, float]]
"""For spans with each number of visits, how many visitors' pages list one of these, two and more,
on average: somebody may be in several pairs of a span."""


def by_rota(law: SpanLaw, listed: int) -> Iterator[Expected]:
    """For each day of a span, what a reader of the rota expects, which lists so many of its pairs,
    whichever, or fewer if there are fewer visits. If a pair has come that isn't listed, another
    visit is certain."""
    return _by_pairs_listed(law, listed, lambda _: 1.0)


def by_page(law: SpanLaw, pages: PagesListing) -> Iterator[Expected]:
    """The same for a reader of a visitor's page, of a span that it lists: with how many visits says
    how many the span has."""
    for listed in sorted({number for numbers in pages.values() for number in numbers} | {1}):

        def likelier(number: int, listed: int = listed) -> float:
            usual = {1: 2.0 * number}  # each visit on two pages, of a number that no span has
            return pages.get(number, usual).get(listed, 0.0)

        yield from _by_pairs_listed(law, listed, likelier)


def pages_listing(visits: Iterable[PlannedVisit]) -> PagesListing:
    """What a plan's pages list of its spans. It says nothing of days."""
    by_span: defaultdict[date, list[PlannedVisit]] = defaultdict(list)
    for visit in visits:
        by_span[visit.span.start].append(visit)
    spans = Counter(map(len, by_span.values()))
    pages: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for of_span in by_span.values():
        of_each = Counter(person_id for visit in of_span for person_id in visit.pair)
        pages[len(of_span)].update(of_each.values())
    return {
        number: {listed: count / spans[number] for listed, count in listing.items()}
        for number, listing in pages.items()
    }


def by_law(law: SpanLaw) -> Iterator[Expected]:
    """The same for a watcher who has read nothing, or what says nothing of the number of visits."""
    return _by_pairs_listed(law, 0, lambda _: 1.0)


def likeliest_after(law: SpanLaw, today: int, so_far: int) -> float:
    """How likely the likeliest of the days after `today` (0 is the first of the span) has a visit,
    where the span had `so_far` and there is to be another one."""
    likeliest, reached = 0.0, {law.state(so_far): 1.0}
    for day in range(today + 1, len(law.options)):
        chance, later = 0.0, defaultdict[int, float](float)
        for state, ways in reached.items():
            hazard = law.hazard(day, state)
            chance += ways * hazard
            later[state] += ways * (1 - hazard)
            later[law.after(state, day)] += ways * hazard
        likeliest, reached = max(likeliest, chance), later
    return likeliest


def _by_pairs_listed(
    law: SpanLaw, most: int, likelier: Callable[[int], float]
) -> Iterator[Expected]:
    """`likelier`: how much likelier, by its number of visits, the span is to be among those that
    are looked at."""
    listing = _Listing(law, most, likelier)
    reached = {(law.state(0), 0): 1.0}
    """The likelihood of each state and number of visits so far."""
    for day in range(len(law.options)):
        after: defaultdict[tuple[int, int], float] = defaultdict(float)
        for (state, visits), chance in reached.items():
            hazard, then = law.hazard(day, state), law.after(state, day)
            for seen in range(min(most, visits) + 1):
                here = listing.weight(day, state, visits, seen)
                if here > 0:
                    hits = hazard * listing.weight_after(day, then, visits, seen)
                    yield Expected(hits / here, chance * hits, chance * here)
            after[state, visits] += chance * (1 - hazard)
            if hazard:
                after[then, visits + 1] += chance * hazard
        reached = after


class _Listing:
    """How likely it is that some of the pairs that came are among those listed, whichever of a
    span's visits these are."""

    def __init__(self, law: SpanLaw, most: int, likelier: Callable[[int], float]) -> None:
        self._law, self._most, self._likelier = law, most, likelier
        self._more = cache(self._numbers)

    def _numbers(self, day: int, state: int) -> tuple[float, ...]:
        """The likelihood of no, one, two and more visits from a day on."""
        law = self._law
        if day == len(law.options):
            return (1.0,)
        hazard = law.hazard(day, state)
        numbers = [0.0] * (len(law.options) - day + 1)
        for number, chance in enumerate(self._more(day + 1, state)):
            numbers[number] += (1 - hazard) * chance
        if hazard:
            for number, chance in enumerate(self._more(day + 1, law.after(state, day))):
                numbers[number + 1] += hazard * chance
        return tuple(numbers)

    def weight(self, day: int, state: int, visits: int, seen: int) -> float:
        """That `seen` of the visits before a day are by pairs that are listed."""
        total = 0.0
        for number, chance in enumerate(self._more(day, state), visits):
            listed = min(self._most, number)
            if chance and listed >= seen:
                ways = comb(visits, seen) * comb(number - visits, listed - seen)
                total += chance * self._likelier(number) * ways / comb(number, listed)
        return total

    def weight_after(self, day: int, state: int, visits: int, seen: int) -> float:
        """The same with one more visit on a day, whose pair is listed or isn't."""
        listed = (seen + 1) / (visits + 1) * self.weight(day + 1, state, visits + 1, seen + 1)
        not_listed = (visits + 1 - seen) / (visits + 1)
        return listed + not_listed * self.weight(day + 1, state, visits + 1, seen)


def by_names(law: SpanLaw, weights: Sequence[Days]) -> Iterator[Expected]:
    """For each day of a span, what a reader of all names expects, by whom was seen already.
    `weights`: how likely the names of each visit are on each day, in any unit."""
    if not weights:
        return
    after = ways_after(law, weights) if len(weights) <= MOST_TOGETHER else None
    if after is None or not after[0][0]:
        for mine in weights:
            yield from _alone(alone(law, mine))
        return
    reached = {0: 1 / after[0][0]}
    """The ways to each set of visits so far, of all ways to place them."""
    for day in range(len(law.options)):
        later: defaultdict[int, float] = defaultdict(float)
        for placed, ways in reached.items():
            without, with_visit = law.steps(day, placed.bit_count())
            here, hits = after[day][placed], 0.0
            for at, mine in enumerate(weights):
                if not placed & 2**at and mine[day] and with_visit:
                    then = placed | 2**at
                    hits += with_visit * mine[day] * after[day + 1][then]
                    later[then] += ways * with_visit * mine[day]
            if here > 0:
                yield Expected(hits / here, ways * hits, ways * here)
            later[placed] += ways * without
        reached = later


def _alone(likely: Days) -> Iterator[Expected]:
    """The same of one visit whose days are so likely."""
    seen = 0.0
    for day, chance in enumerate(likely):
        to_come = sum(likely[day:])
        if to_come > 0:
            yield Expected(chance / to_come, chance, to_come)
        if seen:
            yield Expected(0.0, 0.0, seen)
        seen += chance
