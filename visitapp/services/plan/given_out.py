"""What visitors were given of the plan, held against what the plan has now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from visitapp.domain.moment import uk_time
from visitapp.domain.plan.notice import (
    EVERYBODY,
    Notice,
    NoticeKind,
    NoticeLine,
    NoticeStanding,
    RotaNotice,
    in_order,
    standing_of,
)
from visitapp.domain.plan.planned import Assignment, PlannedStanding
from visitapp.services.plan.plan_world import World
from visitapp.services.plan.rota import rota_cells


def noticed(item: Assignment, kind: NoticeKind, at: datetime, by: str) -> Notice:
    """A notice of what somebody is given now."""
    return Notice(
        item.person_id, item.visit_id, item.scheme_id, item.site_id, item.partner_id,
        item.span, kind, at, by,
    )  # fmt: skip


def lines_of_notices(
    world: World,
    assignments: Iterable[Assignment],
    handed: Iterable[Notice],
    rotas: Sequence[RotaNotice] = (),
) -> tuple[NoticeLine, ...]:
    """A line for each visitor and visit, and for the weeks of each rota. `handed` and `rotas` are
    all notices, the latest first. A visit that was made needs none."""
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
    return in_order((*lines, *_lines_of_rotas(world, rotas)))


def _lines_of_rotas(world: World, rotas: Sequence[RotaNotice]) -> Iterator[NoticeLine]:
    for person_id, period in dict.fromkeys((item.person_id, item.period) for item in rotas):
        mine = [item for item in rotas if item.person_id == person_id]
        notices = [item for item in mine if item.period == period]
        has_changed = _has_changed(world, notices[0], mine[: mine.index(notices[0])])
        yield NoticeLine(
            EVERYBODY if person_id is None else world.names.get(person_id, ""),
            "",
            period,
            "",
            NoticeStanding.CHANGED if has_changed else NoticeStanding.GIVEN,
            tuple((uk_time(notice.at).date(), notice) for notice in notices),
        )


def _has_changed(world: World, rota: RotaNotice, later: Sequence[RotaNotice]) -> bool:
    """Whether the plan has other pairs now, for weeks that are not over and that no later rota
    shows. A site that nobody visits in a week needs no new rota, listed or not. Of weeks in which a
    site isn't listed, only those count that lie in the rota and in the period looked at: a month
    can stick out of either."""
    now = {(cell.site_id, cell.span): cell.pairs for cell in rota_cells(world, rota.person_id)}
    then = {
        (cell.site_id, cell.span): cell.pairs
        for cell in rota.cells
        if cell.span.end >= world.today
        and ((cell.site_id, cell.span) in now or world.period.holds(cell.span))
    }
    added = {key: pairs for key, pairs in now.items() if rota.period.holds(key[1])}
    return any(
        now.get(key, frozenset()) != then.get(key, frozenset())
        for key in added | then
        if not any(other.shows(*key) for other in later)
    )
