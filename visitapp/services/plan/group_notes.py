"""Groups of sites whose target as a whole needs more visits than are planned."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.group_target import days_in_group, group_target_spans
from visitapp.domain.office.site import Site
from visitapp.domain.period import Period, spans_words
from visitapp.domain.plan.planned import Gravity, PlanNote
from visitapp.domain.text.wording import capitalised, none_or, out_of, plural
from visitapp.services.plan.plan_world import World


def group_notes(world: World) -> Iterator[PlanNote]:
    """One note for all planned weeks or months of a group that follow one another and lack as many
    visits."""
    for group in world.groups:
        sites = [site for site in world.sites if site.scheme_id == group.scheme_id]
        short = []
        for item in group_target_spans(group, sites, world.period, world.years):
            is_planned = any(plan.period.holds(item.span) for plan in world.plans)
            if item.due and is_planned and item.span.end >= world.today:
                number = _most_visits(world, group, sites, item.span)
                short += [(item.span, number, item.due)] if number < item.due else []
        for (number, due), alike in groupby(short, lambda hole: hole[1:]):
            visits = out_of(number, due, "visit", begin=none_or)
            yield PlanNote(
                Gravity.UNEVEN,
                f"{visits} due to its sites together {plural(number or 1, 'is', 'are')} planned.",
                ("Ask for more visits to one of its sites in Settings, Targets",),
                about=f"{capitalised(group.name)}, {spans_words([span for span, *_ in alike])}",
            )


def _most_visits(world: World, group: SiteGroup, sites: Sequence[Site], span: Period) -> int:
    """Visits made within a span, and planned ones that may fall into it. It is judged by their
    weeks or months alone: their days are secret."""
    days = {site.id: days_in_group(group, site, span) for site in sites}
    past_days = [(past.site_id, past.day) for past in world.past_visits if past.meets_target]
    number = sum(any(day in part for part in days.get(site, ())) for site, day in past_days)
    return number + sum(
        any(_overlap(visit.span, part, world.today) for part in days.get(visit.site_id, ()))
        for visit in world.coming
        if not visit.is_stood_down
    )


def _overlap(span: Period, part: Period, today: date) -> bool:
    return max(span.start, today) <= part.end and part.start <= span.end
