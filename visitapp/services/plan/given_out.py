"""What visitors were given of the plan, held against what the plan has now."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from visitapp.domain.moment import uk_time
from visitapp.domain.plan.notice import (
    Notice,
    NoticeKind,
    NoticeLine,
    in_order,
    standing_of,
)
from visitapp.domain.plan.planned import Assignment, PlannedStanding
from visitapp.services.plan.plan_world import World


def noticed(item: Assignment, kind: NoticeKind, at: datetime, by: str) -> Notice:
    """A notice of what somebody is given now."""
    return Notice(
        item.person_id, item.visit_id, item.scheme_id, item.site_id, item.partner_id,
        item.span, kind, at, by,
    )  # fmt: skip


def lines_of_notices(
    world: World, assignments: Iterable[Assignment], handed: Iterable[Notice]
) -> tuple[NoticeLine, ...]:
    """A line for each visitor and visit. `handed` are all notices, the latest first. A visit that
    was made needs none."""
    now = {(item.person_id, item.visit_id): item for item in assignments}
    by_visit: defaultdict[tuple[UUID, UUID], list[Notice]] = defaultdict(list)
    for notice in handed:
        by_visit[notice.person_id, notice.visit_id].append(notice)
    standings = world.standings()
    sites = {site.id: site.name for site in world.sites}
    moved = {visit.id: visit.moved_at for visit in world.planned}
    lines = []
    for key in dict.fromkeys((*now, *by_visit)):
        item, notices = now.get(key), tuple(by_visit.get(key, ()))
        if item is None and standings.get(key[1]) is PlannedStanding.VISITED:
            continue
        site_id, span, partner_id = (
            (notices[0].site_id, notices[0].span, notices[0].partner_id)
            if item is None
            else (item.site_id, item.span, item.partner_id)
        )
        lines.append(
            NoticeLine(
                world.names.get(key[0], ""),
                sites.get(site_id, ""),
                span,
                world.names.get(partner_id, ""),
                standing_of(item, partner_id, notices, moved.get(key[1])),
                tuple((uk_time(notice.at).date(), notice) for notice in notices),
            )
        )
    return in_order(lines)
