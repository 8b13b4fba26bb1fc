"""What became of the targets that groups have as a whole, in figures and in words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.group_target import (
    days_in_group,
    days_of_group_spans,
    group_target_spans,
    has_target_in,
    has_target_on,
)
from visitapp.domain.office.site import Site
from visitapp.domain.office.target import VisitTarget
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.wording import none_or, number, number_of, out_of, plural
from visitapp.domain.year.attempts import Target, met_in_spans


@dataclass(frozen=True, slots=True)
class GroupTargetFigures:
    """The target of a group as a whole in a period. `so_far`: what was due until yesterday; None if
    the period is over. `targets` are those by which something was due, in order; `site_ids` the
    sites that belonged to the group on any day of the period."""

    group: SiteGroup
    target: Target
    so_far: Target | None = None
    targets: tuple[VisitTarget, ...] = ()
    site_ids: tuple[UUID, ...] = ()

    def judged(self) -> "GroupTargetFigures":
        """The same, but compared with what was due so far if the period isn't over."""
        return replace(self, target=self.so_far or self.target)

    @property
    def unit(self) -> str:
        """What the target counts by: `week`; `period` if not always by the same."""
        units = {target.unit for target in self.targets}
        return units.pop().value if len(units) == 1 else "period"


def group_targets(
    groups: Sequence[SiteGroup],
    sites: Sequence[Site],
    period: Period,
    years: ReportingYears,
    meeting: Mapping[UUID, Mapping[date, int]],
    today: date,
) -> tuple[GroupTargetFigures, ...]:
    """What became of each group's own target, of the groups that have one on any day of a period.

    `meeting` has the visits that meet a target, by site and day, for all days of the groups' spans
    (`days_of_group_spans`). A visit counts if its site belonged to the group on its day.
    """
    figures = []
    for group in groups:
        if not has_target_in(group, period):
            continue
        spans = group_target_spans(group, sites, period, years)
        by_day = _visits(group, sites, days_of_group_spans(group, period, years), meeting)
        done = sum(
            visits for day, visits in by_day.items() if day in period and has_target_on(group, day)
        )
        past = [item for item in spans if item.span.end < today]
        figures.append(
            GroupTargetFigures(
                group,
                met_in_spans(spans, by_day, done),
                met_in_spans(past, by_day, done) if today <= period.end else None,
                tuple(dict.fromkeys(item.target for item in spans if item.due)),
                tuple(site.id for site in sites if days_in_group(group, site, period)),
            )
        )
    return tuple(figures)


def _visits(
    group: SiteGroup,
    sites: Sequence[Site],
    days: Period,
    meeting: Mapping[UUID, Mapping[date, int]],
) -> Counter[date]:
    by_day: Counter[date] = Counter()
    for site in sites:
        parts = days_in_group(group, site, days)
        by_site = meeting.get(site.id, {}) if parts else {}
        for day, visits in by_site.items():
            if any(day in part for part in parts):
                by_day[day] += visits
    return by_day


def group_target_sentence(figures: GroupTargetFigures, by_then: str) -> str:
    """`Centre, once a week: 51 of 52 visits due (98.1%); 50 of 52 weeks due had a visit.` `by_then`
    follows a number of visits due in a period that goes on (`SchemeFigures.by_then`)."""
    target = figures.target
    often = ", then ".join(dict.fromkeys(item.words for item in figures.targets))
    name = f"{figures.group.name}, {often}" if often else figures.group.name
    if not target.expected:
        return f"{name}: no visit was due{by_then}; {_were_made(target.done)}."
    unit, share = figures.unit, target.visits.text
    of_due = out_of(target.done, target.expected, "visit", begin=none_or)
    visits = f"{of_due} due{by_then} ({share})"
    if target.done > target.expected:
        more = number(target.done - target.expected)
        due = f"{number(target.expected)} due{by_then}"
        visits = f"{number_of(target.done, 'visit')}, {more} more than the {due} ({share})"
    met = f"{out_of(target.met, target.due, unit, begin=none_or)} due had {_asked(figures)}"
    return f"{name}: {visits}; {met}."


def _were_made(done: int) -> str:
    return f"{none_or(done)} {plural(done or 1, 'was', 'were')} made"


def _asked(figures: GroupTargetFigures) -> str:
    return "a visit" if all(item.number == 1 for item in figures.targets) else "the visits due"
