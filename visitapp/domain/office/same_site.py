"""Two sites of the settings that are one place, by somebody's decision.

Reports keep the site that they were signed with; figures take the visits to both together. Undoing
is withdrawing the decision.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.same_entry import SameEntry
from visitapp.domain.office.site import OpenPeriod, Site
from visitapp.domain.period import Period
from visitapp.domain.text.wording import dates, number_of


@dataclass(frozen=True, slots=True)
class LikeSite:
    """Another site that may be the same place; `is_likely` if the names are alike."""

    site: Site
    is_likely: bool


@dataclass(frozen=True, slots=True)
class VisitsOfSite:
    """The visits that were signed for a site, and the first and the last day of them."""

    name: str
    visits: int
    days: Period | None = None

    def with_other(self, other: "VisitsOfSite") -> "VisitsOfSite":
        """Those of both."""
        periods = [item.days for item in (self, other) if item.days is not None]
        days = [day for period in periods for day in (period.start, period.end)]
        whole = Period(min(days), max(days)) if days else None
        return replace(self, visits=self.visits + other.visits, days=whole)

    @property
    def words(self) -> str:
        """`Northgate: 12 visits, 3 March 2024 to 5 April 2025`."""
        when = "" if self.days is None else f", {dates(self.days.start, self.days.end)}"
        return f"{self.name}: {number_of(self.visits, 'visit')}{when}"


def united(entered: Sequence[Site], kept: Mapping[UUID, UUID]) -> list[Site]:
    """The sites that are counted, each with the earlier days of those that count under it: from its
    own first day on its own days hold, and its target and groups always."""
    others = {site.id: site for site in entered if site.id in kept}
    return [
        replace(site, open_periods=_together(site, _of(site.id, others, kept)))
        if site.id in kept.values()
        else site
        for site in entered
        if site.id not in kept
    ]


def earlier_periods(
    open_periods: Sequence[OpenPeriod], others: Iterable[Site]
) -> tuple[OpenPeriod, ...]:
    """The days on which the others were open before the first of these periods."""
    until = min((period.start - timedelta(days=1) for period in open_periods), default=None)
    earlier: list[OpenPeriod] = []
    for period in sorted((p for site in others for p in site.open_periods), key=lambda p: p.start):
        last = min((day for day in (period.end, until) if day is not None), default=None)
        was_in_use = last is None or (period.in_use_by or period.start) <= last
        before = earlier[-1].end if earlier else date.min
        if was_in_use and before is not None and before < period.start:
            earlier.append(replace(period, end=last))
    return tuple(earlier)


def own_periods(
    wanted: Sequence[OpenPeriod], stored: Sequence[OpenPeriod], others: Sequence[Site]
) -> tuple[OpenPeriod, ...] | None:
    """Of the periods that a kept site shall have, those that are its own, where it has the `stored`
    ones; None if days of the others were changed."""
    shown = earlier_periods(stored, others)
    own = tuple(period for period in wanted if period not in shown)
    return own if {*own, *earlier_periods(own, others)} == set(wanted) else None


def _of(kept_id: UUID, others: Mapping[UUID, Site], kept: Mapping[UUID, UUID]) -> list[Site]:
    return [others[site_id] for site_id, by in kept.items() if by == kept_id and site_id in others]


def _together(site: Site, others: Sequence[Site]) -> tuple[OpenPeriod, ...]:
    return (*earlier_periods(site.open_periods, others), *site.open_periods)


def why_not_same(site: Site, kept: Site, decisions: Iterable[SameEntry]) -> str:
    """Why two sites can't be counted as one, as a sentence; empty if they can."""
    if site.id == kept.id:
        return "Choose two different sites."
    if (site.scheme_id, site.kind) != (kept.scheme_id, kept.kind):
        return "Only two sites of one scheme and of one kind can be the same."
    for item in decisions:
        if item.holds and site.id in (item.entry_id, item.kept_id):
            return f"{site.name} already counts together with another site. Undo that first."
        if item.holds and item.entry_id == kept.id:
            return f"{kept.name} already counts as another site. Choose that one, or undo it."
    return ""
