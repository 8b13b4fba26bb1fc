"""The targets of sites."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget, begins
from visitapp.persistence import tables as t
from visitapp.persistence.rows import save_parts


def targets_by_site(connection: Connection) -> defaultdict[UUID, tuple[VisitTarget, ...]]:
    """Each site's own targets, oldest first."""
    by_site: defaultdict[UUID, tuple[VisitTarget, ...]] = defaultdict(tuple)
    for r in connection.execute(select(t.site_target)):
        target = VisitTarget(r.number, TargetUnit(r.unit), r.from_on, TargetRule(r.rule))
        by_site[r.site_id] = tuple(sorted((*by_site[r.site_id], target), key=begins))
    return by_site


def save_targets(
    connection: Connection,
    scheme_id: UUID,
    site_id: UUID,
    version: int,
    targets: Iterable[VisitTarget],
) -> None:
    """Write the targets of a site whose row now has this version."""
    parts = (
        (
            str(number),
            {
                "scheme_id": scheme_id,
                "from_on": target.from_on,
                "rule": target.rule.value,
                "number": target.number,
                "unit": target.unit.value,
            },
        )
        for number, target in enumerate(sorted(targets, key=begins))
    )
    save_parts(connection, t.site_target, {"site_id": site_id}, version, parts)
