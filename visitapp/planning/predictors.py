"""Watchers that learn only from the past: what somebody at the site could have guessed.

Each guesses before every day or visit and learns the outcome afterwards; none can look ahead. They
are the simple ones of the literature on predictability: frequency, least visited, Markov of order 1
and 2, Lempel-Ziv 1978, hazards by gap and weekday. For visits drawn by the planning law, none beats
the exact posterior.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

LONGEST_GAP = 21
"""Longer gaps since the last visit, in days, count as this one."""


@dataclass(frozen=True, slots=True)
class SeenDay:
    """One day of a history: the timeslots visited (None: outside the grid), the week it is in,
    its row of the grid, the first day of its reporting year."""

    day: date
    span: int
    row: int
    cells: tuple[int | None, ...]
    year: date


class _Rates:
    """How often something happened in each state, with one invented miss and part of an invented
    hit added, so that nothing is impossible."""

    def __init__(self, prior: float) -> None:
        self._prior = prior
        self._seen: Counter[Hashable] = Counter()
        self._hits: Counter[Hashable] = Counter()

    def rate(self, state: Hashable) -> float:
        return (self._hits[state] + self._prior) / (self._seen[state] + 1)

    def learn(self, state: Hashable, happened: bool) -> None:
        self._seen[state] += 1
        self._hits[state] += happened


class DayWatcher:
    """Estimates how likely a visit is today from one feature of the past, given by `name`."""

    def __init__(self, name: str, prior: float) -> None:
        self.name = name
        self._rates = _Rates(prior)
        self._last: date | None = None
        self._visited_span: int | None = None

    def chance(self, today: SeenDay) -> float:
        """Before the day: the likelihood of a visit."""
        return self._rates.rate(self._state(today))

    def learn(self, today: SeenDay) -> None:
        """After the day."""
        self._rates.learn(self._state(today), bool(today.cells))
        if today.cells:
            self._last, self._visited_span = today.day, today.span

    def _state(self, today: SeenDay) -> Hashable:
        gap = LONGEST_GAP if self._last is None else min((today.day - self._last).days, LONGEST_GAP)
        return {
            "weekday": (today.day.weekday(),),
            "days since the last visit": (gap,),
            "weekday and days since the last visit": (today.day.weekday(), gap // 2),
            "weekday and whether the week had its visit": (
                today.day.weekday(),
                today.span == self._visited_span,
            ),
        }[self.name]


def day_watchers(mean: float) -> list[DayWatcher]:
    """The panel for days; each starts from `mean` visits a day."""
    return [
        DayWatcher(name, mean)
        for name in (
            "weekday",
            "days since the last visit",
            "weekday and days since the last visit",
            "weekday and whether the week had its visit",
        )
    ]


class CellWatcher:
    """Guesses the likeliest timeslots of the next visit: those that followed the last `order`
    visits most often; or, if it `expects_rest`, those visited least so far."""

    def __init__(self, name: str, order: int, cells: int, *, expects_rest: bool = False) -> None:
        self.name, self._order, self._cells = name, order, cells
        self._expects_rest = expects_rest
        self._past: list[int] = []
        self._counts: Counter[int] = Counter()
        self._follow: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)

    def guesses(self) -> set[int]:
        """The timeslots that it considers the likeliest, all equally."""
        if self._expects_rest:
            fewest = min(self._counts[cell] for cell in range(self._cells))
            return {cell for cell in range(self._cells) if self._counts[cell] == fewest}
        for order in range(self._order, 0, -1):
            followed = self._follow.get(tuple(self._past[-order:]))
            if followed:
                return _most(followed)
        return _most(self._counts) or set(range(self._cells))

    def learn(self, cell: int) -> None:
        """After a visit."""
        for order in range(1, self._order + 1):
            if len(self._past) >= order:
                self._follow[tuple(self._past[-order:])][cell] += 1
        self._past.append(cell)
        self._counts[cell] += 1


class PhraseWatcher:
    """Lempel-Ziv 1978: guesses what followed the current phrase when it last occurred."""

    name = "phrases repeated"

    def __init__(self, cells: int) -> None:
        self._all = set(range(cells))
        self._tree: dict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        self._phrase: tuple[int, ...] = ()

    def guesses(self) -> set[int]:
        """The same as for `CellWatcher`."""
        return _most(self._tree[self._phrase]) or _most(self._tree[()]) or self._all

    def learn(self, cell: int) -> None:
        """After a visit."""
        known = cell in self._tree[self._phrase]
        self._tree[self._phrase][cell] += 1
        self._phrase = (*self._phrase, cell) if known else ()


def cell_watchers(cells: int) -> list[CellWatcher | PhraseWatcher]:
    """The panel for timeslots."""
    return [
        CellWatcher("most visited", 0, cells),
        CellWatcher("least visited", 0, cells, expects_rest=True),
        CellWatcher("what followed the last visit", 1, cells),
        CellWatcher("what followed the last two visits", 2, cells),
        PhraseWatcher(cells),
    ]


def _most(counts: Counter[int]) -> set[int]:
    most = max(counts.values(), default=0)
    return {cell for cell, number in counts.items() if number == most}


def watched_cells(watcher: CellWatcher | PhraseWatcher, visits: Iterable[int]) -> list[float]:
    """For each visit in turn, the watcher's score: 1/n if the timeslot is among its n guesses."""
    scores = []
    for cell in visits:
        guesses = watcher.guesses()
        scores.append(1 / len(guesses) if cell in guesses else 0.0)
        watcher.learn(cell)
    return scores


def watched_days(watcher: DayWatcher, days: Sequence[SeenDay]) -> list[float]:
    """For each day in turn, the watcher's likelihood of a visit before the day."""
    chances = []
    for today in days:
        chances.append(watcher.chance(today))
        watcher.learn(today)
    return chances
