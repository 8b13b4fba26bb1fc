"""When visitors called: days and times that fill the timeslots of a year's grids."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from visitapp.demonstration.seeded_draws import SeededDraws
from visitapp.demonstration.source import minute_of
from visitapp.domain.moment import Moment, happens_twice, is_skipped
from visitapp.domain.office.grid import Grid
from visitapp.domain.office.site import Site
from visitapp.domain.period import Period

_KEPT_FREE = ((12, 25), (12, 26), (1, 1))
_HANDOVER_COLUMN, _OUTSIDE = 3, -1
_GAP_DAYS = 2


@dataclass(frozen=True, slots=True)
class Call:
    """One call at a site; `column` is its time band, -1 outside every band."""

    site: Site
    arrived: Moment
    column: int
    in_handover: bool = False


@dataclass(frozen=True, slots=True)
class CallSlot:
    """A timeslot to be filled: on one of these weekdays, in the band `column`."""

    weekdays: tuple[int, ...]
    column: int


def slots_of(grid: Grid, counts: Sequence[Sequence[int]], outside: int = 0) -> list[CallSlot]:
    """Each timeslot as often as it was visited, and `outside` visits in no timeslot."""
    inside = [
        CallSlot(group.weekdays, column)
        for group, row in zip(grid.days, counts, strict=True)
        for column, number in enumerate(row)
        for _ in range(number)
    ]
    return inside + [CallSlot((0, 1, 2, 3, 4), _OUTSIDE)] * outside


def weeks(period: Period, odd: Mapping[str, Sequence[int]]) -> list[Period]:
    """The weeks of a year; those in `odd["none"]` are left out, those in `odd["two"]` come
    twice."""
    return [
        week
        for number, week in enumerate(period.weeks(), 1)
        for _ in range((number not in odd["none"]) + (number in odd["two"]))
    ]


def months(period: Period, with_two: Sequence[int]) -> list[Period]:
    """The months of a year; those whose number (1 = January) is in `with_two` come twice."""
    return [month for month in period.months() for _ in range(1 + (month.start.month in with_two))]


def place_calls(
    site: Site,
    slots: Sequence[CallSlot],
    spans: Sequence[Period],
    arrivals: Mapping[str, Any],
    draws: SeededDraws,
) -> list[Call]:
    """A call in each week or month, each timeslot filled once, no two calls close together."""
    assert len(slots) == len(spans), f"{len(slots)} visits for {len(spans)} weeks or months"
    while True:
        dealt = draws.shuffled(slots)
        days = [_day(span, slot, draws) for span, slot in zip(spans, dealt, strict=True)]
        dated = sorted(zip(days, dealt, strict=True), key=lambda p: (p[0], p[1].column))
        if all(_suits(day, slot) for day, slot in dated) and all(
            (after[0] - before[0]).days >= _GAP_DAYS for before, after in pairwise(dated)
        ):
            break
    windows = [*arrivals[site.kind.value], arrivals["outside"]]
    return [
        Call(site, Moment.at(day, _minute(windows[slot.column], draws)), slot.column)
        for day, slot in dated
    ]


def in_handover(
    calls: Sequence[Call], number: int, arrivals: Mapping[str, Any], draws: SeededDraws
) -> list[Call]:
    """The same calls with `number` of the evening ones moved into a shift change."""
    evening = [i for i, call in enumerate(calls) if call.column == _HANDOVER_COLUMN]
    moved = set(draws.shuffled(evening)[:number])
    return [
        replace(
            call,
            arrived=Moment.at(call.arrived.day, _minute(arrivals["handover"], draws)),
            in_handover=True,
        )
        if i in moved
        else call
        for i, call in enumerate(calls)
    ]


def named_calls(
    named: Sequence[Sequence[str]], sites: Mapping[str, Site], grid: Grid
) -> list[Call]:
    """Calls given one by one: site, day and time."""
    calls = []
    for name, day, time in named:
        arrived = Moment.at(date.fromisoformat(day), minute_of(time))
        slot = grid.timeslot_at(arrived.weekday, arrived.minute)
        calls.append(Call(sites[name], arrived, slot.column if slot else _OUTSIDE))
    return calls


def _day(span: Period, slot: CallSlot, draws: SeededDraws) -> date:
    days = (span.end - span.start).days + 1
    return draws.pick(
        [
            day
            for day in (span.start + timedelta(days=n) for n in range(days))
            if day.weekday() in slot.weekdays
        ]
    )


def _suits(day: date, slot: CallSlot) -> bool:
    """Not at Christmas, nor on a night when the clocks change."""
    changes = happens_twice(day, 90) or is_skipped(day, 90)
    return (day.month, day.day) not in _KEPT_FREE and not (changes and slot.column == 0)


def _minute(windows: list[list[str]], draws: SeededDraws) -> int:
    return draws.pick(
        [
            minute
            for first, last in windows
            for minute in range(minute_of(first), minute_of(last) + 1)
        ]
    )
