"""Visits that may be the same: to one site at overlapping times, found in one sweep over all of
them, or on one day by the same visitors."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from visitapp.exchange.visits import ImportEntry


@dataclass(frozen=True, slots=True)
class VisitSpan:
    """A visit that is already recorded, from its arrival to its last time (UTC minutes)."""

    site_id: UUID
    start: int
    end: int
    ref: str


@dataclass(frozen=True, slots=True)
class VisitDay:
    """A visit that is already recorded, by its day and visitors."""

    site_id: UUID
    day: date
    visitors: frozenset[UUID]
    has_time: bool
    ref: str


@dataclass(order=True, slots=True)
class _Timed:
    start: int
    order: int
    end: int = field(compare=False)
    entry: ImportEntry | None = field(compare=False)
    called: str = field(compare=False)


def warn_of_overlaps(entries: Sequence[ImportEntry], spans: Iterable[VisitSpan]) -> None:
    """Warn about each new visit that overlaps another visit to its site: a recorded one, or an
    earlier one in the file. Each visit gets one warning, however many it overlaps."""
    by_site: dict[UUID, list[_Timed]] = {}
    for order, span in enumerate(spans):
        by_site.setdefault(span.site_id, []).append(
            _Timed(span.start, order, span.end, None, span.ref)
        )
    for entry in entries:
        if entry.visit is not None and entry.visit.has_time:
            row = entry.line.row.number
            start, end = entry.visit.arrived.utc_minute, entry.visit.last_seen.utc_minute
            by_site.setdefault(entry.visit.site_id, []).append(
                _Timed(start, row, end, entry, f"{entry.line.ref}, row {row}")
            )
    for timed in by_site.values():
        _sweep(sorted(timed))


def warn_of_same_days(entries: Sequence[ImportEntry], days: Iterable[VisitDay]) -> None:
    """Warn about each new visit to a site on the day, and by the visitors, of another one, if only
    the day of one of them is known: times can't show that they are two."""
    others: dict[tuple[UUID, date, frozenset[UUID]], list[tuple[bool, str]]] = {}
    for of in days:
        others.setdefault((of.site_id, of.day, of.visitors), []).append((of.has_time, of.ref))
    for entry in entries:
        visit = entry.visit
        if visit is None:
            continue
        alike = others.setdefault((visit.site_id, visit.arrived.day, frozenset(visit.visitors)), [])
        for has_time, called in alike:
            if not (has_time and visit.has_time):
                entry.line.warn(
                    "date",
                    f"Another visit to this site was on the same day by the same visitors "
                    f"({called}): it may be the same one.",
                )
                break
        alike.append((visit.has_time, f"{entry.line.ref}, row {entry.line.row.number}"))


def _sweep(timed: Iterable[_Timed]) -> None:
    """Go through the visits to a site by arrival, remembering the recorded visit and the new one
    that end last. New visits during which a recorded one begins get a warning too."""
    recorded: _Timed | None = None
    latest: _Timed | None = None
    waiting: list[tuple[int, int, _Timed]] = []  # visits in the file that haven't ended yet, by end
    for visit in timed:
        while waiting and waiting[0][0] < visit.start:
            heapq.heappop(waiting)
        if visit.entry is None:
            for _, _, earlier in waiting:
                _warn(earlier, visit)
            waiting.clear()  # one warning each is enough
            recorded = visit if recorded is None or visit.end > recorded.end else recorded
            continue
        other = next(
            (o for o in (recorded, latest) if o is not None and o.end >= visit.start), None
        )
        if other is not None:
            _warn(visit, other)
        else:
            heapq.heappush(waiting, (visit.end, visit.order, visit))
        latest = visit if latest is None or visit.end > latest.end else latest


def _warn(visit: _Timed, other: _Timed) -> None:
    assert visit.entry is not None
    visit.entry.line.warn(
        "arrived",
        f"Another visit to this site overlaps ({other.called}): it may be the same one.",
    )
