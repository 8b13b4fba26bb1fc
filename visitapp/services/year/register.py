"""Counts the volunteers of a scheme over a period."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.office.award import full_years, service_began
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.people import Membership, Person
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.period import Period
from visitapp.domain.year.register import LONG_YEARS, PanelVolunteers, Volunteers

_DAY = timedelta(days=1)
_Lines = dict[UUID | None, Counter[str]]


def volunteers(
    people: Sequence[Person], scheme: Scheme, period: Period, groups: Sequence[SiteGroup] = ()
) -> Volunteers:
    """The scheme's register over the period, counting each person once; by panel, if the scheme
    has panels."""
    panels = [group for group in groups if group.kind is GroupKind.PANEL]
    lines: _Lines = {panel.id: Counter() for panel in panels} | {None: Counter()}
    start = joined = left = end = within = later = long = unknown = 0
    for person in people:
        mine = [m for m in person.memberships if m.scheme_id == scheme.id and not m.is_applicant]
        began = any(_belongs_before(m, period.start) for m in mine)
        came = not began and any(m.joined_on in period for m in mine)
        stays = any(_belongs_before(m, period.end + _DAY) for m in mine)
        start, joined, end = start + began, joined + came, end + stays
        left += (began or came) and not stays
        if stays:
            since = service_began(mine, period.end)
            unknown += since is None
            long += since is not None and full_years(since, period.end) >= LONG_YEARS
        if panels and (began or came):
            first = period.start - _DAY if began else _first_day(mine, period)
            last = period.end if stays else _last_day(mine, period)
            from_panel, to_panel = (person.panel_on(scheme.id, day) for day in (first, last))
            lines[from_panel]["at_start" if began else "joined"] += 1
            lines[to_panel]["at_end" if stays else "left"] += 1
            lines[from_panel]["moved"] -= from_panel != to_panel
            lines[to_panel]["moved"] += from_panel != to_panel
        earliest = min(mine, key=lambda m: m.joined_on, default=None)
        if earliest is not None and earliest.joined_unknown:
            within += earliest.joined_on in period
            later += earliest.joined_on > period.end
    lists = _by_panel(panels, lines)
    return Volunteers(start, joined, left, end, within, later, long, unknown, by_panel=lists)


def serving(people: Sequence[Person], scheme: Scheme, day: date) -> list[Person]:
    """Who is counted as a volunteer of the scheme at the end of a day."""
    return [
        person
        for person in people
        if any(
            m.scheme_id == scheme.id and not m.is_applicant and _belongs_before(m, day + _DAY)
            for m in person.memberships
        )
    ]


def _by_panel(panels: Sequence[SiteGroup], lines: _Lines) -> tuple[PanelVolunteers, ...]:
    of_panels = [PanelVolunteers(panel, **lines[panel.id]) for panel in panels]
    shown = [line for line in of_panels if not line.is_empty]
    others = PanelVolunteers(None, **lines[None])
    if not shown:
        return ()
    return (*shown, *(() if others.is_empty else (others,)))


def _first_day(memberships: Sequence[Membership], period: Period) -> date:
    """The day on which somebody joined within the period."""
    return min(m.joined_on for m in memberships if m.joined_on in period)


def _last_day(memberships: Sequence[Membership], period: Period) -> date:
    """The last day in the scheme of somebody who left within the period."""
    return max(m.left_on for m in memberships if m.left_on is not None and m.left_on <= period.end)


def _belongs_before(membership: Membership, day: date) -> bool:
    """Whether the person had joined before `day` and hadn't left by then; the day of leaving is the
    last day of membership."""
    return membership.joined_on < day and (membership.left_on is None or membership.left_on >= day)
