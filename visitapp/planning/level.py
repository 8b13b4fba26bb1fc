"""The level law: each day of the week gets its share of visits, and no day stands out.

The other law (`planning.law`) bounds every timeslot; coverage then makes days uneven, which an
alert day exploits. Here each day gets exactly its mean number of visits. The first visit of a week
comes with at most one *level* of chance on each day; what a day's mean has beyond that are spare
visits after the first. Coverage is bought by the shares of whole days, as far as the pace of the
year asks for it: a day whose timeslots were all visited gets less.

Both parts are closed formulas of the counts and of how much of the year is left, so the posterior
is as exact as that of the other law. Pairs draw on two copies by these numbers: whoever changes
one of them names a new law (`VisitLaw`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.visit_law import NO_EVEN_DAYS, VisitLaw
from visitapp.domain.plan.visit_benefit import MOST_A_YEAR
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.plan.weeks import WEEKS_A_YEAR
from visitapp.planning.law import Policy, SpanLaw
from visitapp.planning.two_pairs import law_for

_BISECTIONS = 15
_TINY, _CLOSE = 1e-12, 1e-9
_LEAST = 0.001
"""No day of a week with a visit is surer to have another than all but this."""
FEWEST_VISITS = 60
"""A year. With fewer it would draw more than the policy has."""
FEWEST_DAYS = 3
"""A week in which visits are possible on fewer days is drawn by the other law."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The numbers of the level law, found by search at 65 visits a year.

    Timeslots: none without a visit is likelier than `cap` over the root of the visits a week, so
    that with more visits none stands out; and none that was visited, on a day with others that
    weren't, is less likely than `floor` times an even share. Among days with unvisited timeslots
    the shares follow the unvisited part of each, to the power `leaning`. A day without any has
    `finished` times an even share if the visits to come are `late` times those needed or fewer, and
    a whole one if they are `early` times as many.

    Days: the first visit of a week comes with a chance of at most `level`; at least the part
    `first` of a day's visits are first ones; no timeslot is likelier than `second` after the first
    visit; and no day is less likely than `quiet` times the average day.
    """

    cap: float = 0.146462
    floor: float = 0.16
    leaning: float = 0.5
    late: float = 0.9
    early: float = 3.2
    finished: float = 0.4
    level: float = 0.285
    first: float = 0.45
    second: float = 0.09
    quiet: float = 0.26


SETTING = Setting()


def law_of_span(
    options: Sequence[Sequence[int]],
    counts: Sequence[int],
    policy: Policy,
    weeks_left: float,
    last: int | None = None,
) -> SpanLaw:
    """The law by which a span is drawn: that of the policy, or where visits are possible on too few
    days for it, the one that bounds timeslots. `weeks_left`: from the span's first day to the end
    of its reporting year; `last`: the day of the last visit before it, as for `law_for`.

    Raises BadInputError if nothing is reachable.
    """
    if policy.law is VisitLaw.DAYS and sum(map(bool, options)) >= FEWEST_DAYS:
        return LevelLaw(options, counts, policy, weeks_left)
    return law_for(options, counts, policy, last)


def can_be_level(policy: Policy) -> bool:
    """Whether the level law can draw for a policy: at least one visit a week and some spare ones,
    since no day is ruled out after the first."""
    return (
        policy.spans_a_year == WEEKS_A_YEAR
        and policy.least == 1
        and policy.rule is WeekRule.EACH
        and not policy.two_pairs
        and FEWEST_VISITS <= policy.visits_a_year <= MOST_A_YEAR
    )


def drawn_by(policy: Policy, law: VisitLaw) -> Policy:
    """The policy with a law. Raises BadInputError if that law can't draw for it."""
    if law is VisitLaw.DAYS and not can_be_level(policy):
        raise BadInputError(NO_EVEN_DAYS)
    return replace(policy, law=law)


class LevelLaw(SpanLaw):
    """The exact law of the draw of one week, as `SpanLaw` is of other spans."""

    def __init__(
        self,
        options: Sequence[Sequence[int]],
        counts: Sequence[int],
        policy: Policy,
        weeks_left: float,
        setting: Setting = SETTING,
    ) -> None:
        self.least, self.without, self.rate = policy.least, 0.0, 0.0
        setting = replace(setting, cap=setting.cap / sqrt(policy.mean))
        self._spread(options, _timeslot_shares(options, counts, weeks_left * policy.mean, setting))
        week = _Week(
            [policy.mean * share for share in self.day_shares if share > 0],
            [
                max(part for _, part in cells) / share
                for cells, share in zip(self.options, self.day_shares, strict=True)
                if share > 0
            ],
            policy.mean / len(options),
            setting,
        )
        hazards = iter(week.hazards())
        self._hazards = [next(hazards) if share > 0 else (0.0, 0.0) for share in self.day_shares]

    def hazard(self, day: int, so_far: int) -> float:
        """As of a span."""
        return self._hazards[day][min(so_far, 1)]

    def steps(self, day: int, so_far: int) -> tuple[float, float]:
        """As of a span: the likelihoods themselves."""
        hazard = self.hazard(day, so_far)
        return 1 - hazard, hazard


@dataclass(slots=True)
class _Group:
    """Days that share timeslots, as Saturday and Sunday may; mostly one day alone."""

    days: int
    cells: set[int]
    unvisited: int = 0
    even: float = 0.0
    """Its part of the days on which visits are possible."""

    @property
    def visited(self) -> int:
        return len(self.cells) - self.unvisited


def _groups(options: Sequence[Sequence[int]], counts: Sequence[int]) -> list[_Group]:
    groups: list[_Group] = []
    for offered in options:
        if not offered:
            continue
        joined = _Group(1, set(offered))
        for other in [group for group in groups if group.cells & joined.cells]:
            groups.remove(other)
            joined = _Group(joined.days + other.days, joined.cells | other.cells)
        groups.append(joined)
    days = sum(group.days for group in groups)
    for group in groups:
        group.unvisited = sum(1 for cell in group.cells if counts[cell] == 0)
        group.even = group.days / days
    return groups


def _timeslot_shares(
    options: Sequence[Sequence[int]], counts: Sequence[int], visits_left: float, setting: Setting
) -> list[float]:
    """The likelihood of each timeslot; they add up to 1. `visits_left`: those to come this year.

    Raises BadInputError if nothing is reachable.
    """
    groups = _groups(options, counts)
    floor = setting.floor / len(counts)
    shares = [0.0] * len(counts)
    for group, share in zip(
        groups, _group_shares(groups, visits_left, floor, setting), strict=True
    ):
        each = rest = share / len(group.cells)
        if group.unvisited and group.visited:
            each = max(each, min((share - group.visited * floor) / group.unvisited, setting.cap))
            rest = (share - group.unvisited * each) / group.visited
        for cell in group.cells:
            shares[cell] = rest if counts[cell] else each
    return shares


def _group_shares(
    groups: Sequence[_Group], visits_left: float, floor: float, setting: Setting
) -> list[float]:
    """The likelihood that a visit falls on the days of each group."""
    ease = _ease(groups, visits_left, floor, setting)
    if ease is None:
        return [group.even for group in groups]
    low = setting.finished + (1 - setting.finished) * ease
    of_others = 1 - low * sum(group.even for group in groups if not group.unvisited)
    leaning = [
        group.even * (group.unvisited / len(group.cells)) ** setting.leaning for group in groups
    ]
    most = [group.unvisited * setting.cap + group.visited * floor for group in groups]
    shares = [
        min(most[at], max(of_others * leaning[at] / sum(leaning), len(group.cells) * floor))
        if group.unvisited
        else low * group.even
        for at, group in enumerate(groups)
    ]
    if sum(shares) > 1:
        return [share / sum(shares) for share in shares]
    if ease < 1:
        shares = _raised(shares, [
            most[at] if group.unvisited else 0.0 for at, group in enumerate(groups)
        ])  # fmt: skip
    shares = _raised(shares, [0.0 if group.unvisited else group.even for group in groups])
    return _levelled(shares, [group.even for group in groups])


def _ease(
    groups: Sequence[_Group], visits_left: float, floor: float, setting: Setting
) -> float | None:
    """From 0 (all visits to come are needed for coverage) to 1 (time enough); None if nothing is
    left to cover. As many visits are needed as if each were as likely to fall in an unvisited
    timeslot as the bounds allow."""
    cells = sum(len(group.cells) for group in groups)
    unvisited = sum(group.unvisited for group in groups)
    if not unvisited:
        return None
    needed = sum(
        1 / min(left * setting.cap, 1 - (cells - left) * floor) for left in range(1, unvisited + 1)
    )
    ease = (visits_left / needed - setting.late) / (setting.early - setting.late)
    return min(max(ease, 0.0), 1.0)


def _raised(shares: Sequence[float], limits: Sequence[float]) -> list[float]:
    """The shares after those below their limits are raised, all by the same part of what they are
    below, as far as the sum of 1 allows."""
    room = [max(limit - share, 0.0) for share, limit in zip(shares, limits, strict=True)]
    part = min(1.0, (1 - sum(shares)) / sum(room)) if sum(room) > _TINY else 0.0
    return [share + part * more for share, more in zip(shares, room, strict=True)]


def _levelled(shares: Sequence[float], even: Sequence[float]) -> list[float]:
    """Shares that add up to 1: what is missing raises the lowest to one part of their even ones."""
    order = sorted(range(len(shares)), key=lambda at: shares[at] / even[at])
    part = 0.0
    for number in range(1, len(order) + 1):
        others = sum(shares[at] for at in order[number:])
        part = (1 - others) / sum(even[at] for at in order[:number])
        if number == len(order) or part <= shares[order[number]] / even[order[number]]:
            break
    return [max(share, part * whole) for share, whole in zip(shares, even, strict=True)]


class _Week:
    """The chance of a visit on each day on which visits are possible, before the first visit of the
    week and after it. `means` are the visits of each day on average, `likeliest` the likelihood of
    its likeliest timeslot if there is a visit, `daily` the visits of the average day."""

    def __init__(
        self, means: Sequence[float], likeliest: Sequence[float], daily: float, setting: Setting
    ) -> None:
        self._means, self._first, self._level = means, setting.first, setting.level
        self._quiet = setting.quiet * daily
        self._second = [
            min(max(setting.second / share, self._quiet), 1 - _LEAST) for share in likeliest
        ]
        self._wanted_at_last = max((means[-1] - self._quiet) / (1 - self._quiet), 0.0)
        """The chance that the week has had no visit by its last day, which then must have one, if
        only a quiet chance of a second visit is to remain."""
        self._kept_for_last = max(
            self._first * means[-1], (means[-1] - self._second[-1]) / (1 - self._second[-1])
        )

    def hazards(self) -> list[tuple[float, float]]:
        """By the level of the setting, or the lowest above it by which the last day has no more
        visits than its mean."""
        walked, none_yet = self._walk(self._level)
        if none_yet <= self._wanted_at_last + _CLOSE:
            return walked
        low, high = self._level, 1.0
        for _ in range(_BISECTIONS):
            middle = (low + high) / 2
            if self._walk(middle)[1] > self._wanted_at_last + _CLOSE:
                low = middle
            else:
                high = middle
        return self._walk(high)[0]

    def _walk(self, level: float) -> tuple[list[tuple[float, float]], float]:
        """The chances by a level, and the chance of no visit before the last day."""
        hazards, none_yet, to_come = [], 1.0, sum(self._means[:-1])
        last_but_one = len(self._means) - 2
        for at, mean in enumerate(self._means[:-1]):
            to_come -= mean
            some = 1 - none_yet
            wanted = none_yet - self._wanted_at_last if at == last_but_one else level * none_yet
            first_visits = max(
                min(wanted, mean - self._quiet * some),
                self._first * mean,
                mean - self._second[at] * some,
            )
            kept = self._kept_for_last + self._first * to_come
            first_visits = max(min(first_visits, none_yet - kept), self._quiet * none_yet)
            hazards.append((first_visits / none_yet, self._after(mean - first_visits, some)))
            none_yet -= first_visits
        hazards.append((1.0, self._after(self._means[-1] - none_yet, 1 - none_yet)))
        return hazards, none_yet

    def _after(self, visits: float, some: float) -> float:
        """The chance of a visit on a day after others, of which it gets so many on average."""
        if some < _TINY:
            return self._quiet
        return min(max(visits / some, self._quiet), 1 - _LEAST)
