"""How predictable visits are: the scores plans are judged by, and what an alert would predict."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from visitapp.planning.simulation import WatcherLog

SAFE = 0.25
"""A day can be ruled out if a visit is less than a quarter as likely as on average."""
FOREWARNED = 0.5


@dataclass(frozen=True, slots=True)
class Scores:
    """`c_day`, `c_shift`: the share of visits predicted by being alert on the likeliest 1/7 of days
    (1/35 of shifts). `c_day_leaked`, `safe_days_leaked`: if the number of visits of each week is
    known too. `coverage`: timeslots visited a year; `full`: the share of years with all of them.
    `c_day_rota`: if the rota is seen, which shows the number of visits unless two pairs are always
    asked; `stand_downs`: how many pairs of a year are asked and not needed. `longest_gap`: the most
    days from one visit to the next in half of the years."""

    visits: int
    empty_weeks: int
    coverage: float
    full: float
    cell_max: float
    cell_min_x: float
    cell_hit: float
    c_day: float
    c_shift: float
    f50: float
    safe_days: float
    c_day_leaked: float
    safe_days_leaked: float
    longest_gap: float
    c_day_rota: float
    stand_downs: float


def scores(watched: WatcherLog, cells: int) -> Scores:
    """All scores for a watcher's log; the grid has `cells` timeslots."""
    return Scores(
        visits=watched.visits,
        empty_weeks=watched.empty_weeks,
        coverage=sum(watched.cells_visited) / len(watched.cells_visited),
        full=sum(1 for n in watched.cells_visited if n == cells) / len(watched.cells_visited),
        cell_max=max(watched.best),
        cell_min_x=min(watched.worst) * cells,
        cell_hit=sum(watched.best) / len(watched.best),
        c_day=caught(watched.days, 1 / 7),
        c_shift=caught(watched.shifts, 1 / cells),
        f50=_forewarned(watched.days),
        safe_days=_safe(watched.days),
        c_day_leaked=caught(watched.leaked_days, 1 / 7),
        safe_days_leaked=_safe(watched.leaked_days),
        longest_gap=median(watched.gaps or [0]),
        c_day_rota=caught(
            watched.leaked_days if watched.stood_down is None else watched.days, 1 / 7
        ),
        stand_downs=(watched.stood_down or 0) / len(watched.cells_visited),
    )


@dataclass(frozen=True, slots=True)
class Expected:
    """What a watcher expected before a day or shift (`chance`), and the `hits`: 1 or 0 where it is
    known whether there was a visit. Where it isn't, there is an entry for each past that the
    watcher may have seen: `weight` is its likelihood, and `hits` what is to be expected of it."""

    chance: float
    hits: float
    weight: float = 1.0


def caught(moments: Sequence[tuple[float, bool]], part: float) -> float:
    """The share of visits in the likeliest `part` of all moments. Of equally likely moments at the
    edge, a proportional share counts."""
    return caught_of([Expected(chance, float(hit)) for chance, hit in moments], part)


def caught_of(moments: Sequence[Expected], part: float) -> float:
    """The same of what is expected where it isn't known."""
    hits_in_all = sum(moment.hits for moment in moments)
    if not hits_in_all:
        return 0.0
    room = sum(moment.weight for moment in moments) * part
    by_chance: dict[float, list[float]] = {}
    for moment in moments:
        group = by_chance.setdefault(round(moment.chance, 12), [0.0, 0.0])
        group[0] += moment.weight
        group[1] += moment.hits
    hits_caught = 0.0
    for chance in sorted(by_chance, reverse=True):
        number, hits = by_chance[chance]
        taken = min(number, room)
        if not number:
            continue
        hits_caught += hits * taken / number
        room -= taken
        if room <= 0:
            break
    return hits_caught / hits_in_all


def _forewarned(days: Sequence[tuple[float, bool]]) -> float:
    hits = sum(1 for _, hit in days if hit)
    return sum(1 for chance, hit in days if hit and chance >= FOREWARNED) / hits


def _safe(days: Sequence[tuple[float, bool]]) -> float:
    mean = sum(1 for _, hit in days if hit) / len(days)
    return sum(1 for chance, _ in days if chance < SAFE * mean) / len(days)
