"""Adds up what was counted at sites to figures of their groups."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from visitapp.domain.figures import listed_hours
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.scheme import Throughput
from visitapp.domain.office.site import Site
from visitapp.domain.office.target import TargetSpan
from visitapp.domain.period import Period
from visitapp.domain.year.attempts import Target, target_met
from visitapp.domain.year.summary import GroupFigures
from visitapp.persistence.counting import Counts
from visitapp.services.year.scheme_figures import FiguresBasis, counted_figures

_Counted = TypeVar("_Counted")
CountPart = Callable[[Period, frozenset[UUID]], Mapping[UUID, _Counted]]
"""Counts some sites within a part of the period, each apart."""
_ByDay = Mapping[date, int]


@dataclass(frozen=True, slots=True)
class _SiteStay:
    """A site's days in a group, with what was counted then and the spans of its target whose
    deciding days they contain."""

    site: Site
    period: Period
    counts: Counts
    spans: tuple[TargetSpan, ...]

    def target(self, by_day: _ByDay, over_by: date | None = None) -> Target:
        """What became of the site's target on these days; of spans that are over by a day."""
        spans = [item for item in self.spans if over_by is None or item.span.end < over_by]
        return target_met(self.site, self.period, spans, by_day)

    def owns(self, throughput: Throughput) -> bool:
        """Whether the force's count is of the site, and begins on one of these days."""
        return throughput.site_id == self.site.id and throughput.period.start in self.period


def group_figures(
    basis: FiguresBasis,
    period: Period,
    shown: Collection[UUID],
    meeting: Mapping[UUID, _ByDay],
    counts: Mapping[UUID, Counts],
    count_part: CountPart[Counts],
    today: date,
) -> tuple[GroupFigures, ...]:
    """The lines of each kind of group that a site belonged to in the period, by name; sites of no
    group come last. A group has a line if one of its sites is `shown` in the figures, or something
    was counted. `meeting` has the visits that meet a target, by site and day.

    Only sites that changed their group within the period are counted again, for each part of it.
    """
    sites = basis.sites
    kinds = [kind for kind in GroupKind if any(_was_in_group(site, kind, period) for site in sites)]
    parts = counts_of_parts(kinds, period, sites, count_part)
    spans = {site.id: site.target_spans(period, basis.years) for site in sites} if kinds else {}
    lines: list[GroupFigures] = []
    for kind in kinds:
        stays: defaultdict[UUID | None, list[_SiteStay]] = defaultdict(list)
        for site in sites:
            for stay in site.stays(kind, period):
                of_site = counts.get(site.id, Counts())
                if stay.period != period:
                    of_site = parts[stay.period].get(site.id, Counts())
                own = tuple(
                    item
                    for item in spans[site.id]
                    if item.target.deciding_day(item.span) in stay.period
                )
                stays[stay.group_id].append(_SiteStay(site, stay.period, of_site, own))
        of_kind = [
            line
            for group_id, group in _in_order(basis.groups, kind)
            if (line := _line(basis, period, kind, group, stays[group_id], meeting, today))
            and _is_shown(line, stays[group_id], shown)
        ]
        if not any(line.group for line in of_kind):
            continue
        hours = listed_hours([line.counted.minutes for line in of_kind])
        lines += [
            replace(line, counted=replace(line.counted, hours=listed))
            for line, listed in zip(of_kind, hours, strict=True)
        ]
    return tuple(lines)


def _was_in_group(site: Site, kind: GroupKind, period: Period) -> bool:
    return any(stay.group_id is not None for stay in site.stays(kind, period))


def counts_of_parts(
    kinds: Collection[GroupKind],
    period: Period,
    sites: Sequence[Site],
    count_part: CountPart[_Counted],
) -> dict[Period, Mapping[UUID, _Counted]]:
    """What was counted in each part of the period at the sites that were in one group then and in
    another one at another time."""
    changed: defaultdict[Period, set[UUID]] = defaultdict(set)
    for site in sites:
        for kind in kinds:
            for stay in site.stays(kind, period):
                if stay.period != period:
                    changed[stay.period].add(site.id)
    return {part: count_part(part, frozenset(site_ids)) for part, site_ids in changed.items()}


def _in_order(
    groups: Sequence[SiteGroup], kind: GroupKind
) -> Iterator[tuple[UUID | None, SiteGroup | None]]:
    for group in groups:
        if group.kind is kind:
            yield group.id, group
    yield None, None


def _is_shown(line: GroupFigures, stays: Sequence[_SiteStay], shown: Collection[UUID]) -> bool:
    if line.counted.attempts.attempted or line.counted.people.throughput is not None:
        return True
    here = [stay for stay in stays if stay.site.id in shown]
    if line.group is not None:
        return bool(here)
    return any(stay.site.is_open_within(stay.period) for stay in here)


def _line(
    basis: FiguresBasis,
    period: Period,
    kind: GroupKind,
    group: SiteGroup | None,
    stays: Sequence[_SiteStay],
    meeting: Mapping[UUID, _ByDay],
    today: date,
) -> GroupFigures:
    def target(over_by: date | None = None) -> Target:
        return Target.added(stay.target(meeting.get(stay.site.id, {}), over_by) for stay in stays)

    throughputs = [t for t in basis.throughputs if any(stay.owns(t) for stay in stays)]
    return GroupFigures(
        kind,
        group,
        counted_figures(
            basis,
            period,
            Counts.added(stay.counts for stay in stays),
            throughputs,
            [stay.site for stay in stays],
        ),
        target(),
        target(today) if today <= period.end else None,
    )
