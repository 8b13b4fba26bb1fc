"""The targets of sites and of groups of sites."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, select

from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget, begins
from visitapp.persistence import group_tables as gt
from visitapp.persistence import tables as t
from visitapp.persistence.rows import save_parts


def targets_by_site(connection: Connection) -> defaultdict[UUID, tuple[VisitTarget, ...]]:
    """Each site's own targets, oldest first."""
    return _targets_by_owner(connection, t.site_target, "site_id")


def targets_by_group(connection: Connection) -> defaultdict[UUID, tuple[VisitTarget, ...]]:
    """Each group's own targets, oldest first."""
    return _targets_by_owner(connection, gt.group_target, "group_id")


def _targets_by_owner(
    connection: Connection, table: Table, owner: str
) -> defaultdict[UUID, tuple[VisitTarget, ...]]:
    by_owner: defaultdict[UUID, tuple[VisitTarget, ...]] = defaultdict(tuple)
    for r in connection.execute(select(table)).mappings():
        target = VisitTarget(
            r["number"], TargetUnit(r["unit"]), r["from_on"], TargetRule(r["rule"])
        )
        by_owner[r[owner]] = tuple(sorted((*by_owner[r[owner]], target), key=begins))
    return by_owner


def save_targets(
    connection: Connection,
    scheme_id: UUID,
    site_id: UUID,
    version: int,
    targets: Iterable[VisitTarget],
) -> None:
    """Write the targets of a site whose row now has this version."""
    owner = {"site_id": site_id}
    save_parts(connection, t.site_target, owner, version, _parts(scheme_id, targets))


def save_group_targets(
    connection: Connection,
    scheme_id: UUID,
    group_id: UUID,
    version: int,
    targets: Iterable[VisitTarget],
) -> None:
    """Write the targets of a group whose row now has this version."""
    owner = {"group_id": group_id}
    save_parts(connection, gt.group_target, owner, version, _parts(scheme_id, targets))


def _parts(
    scheme_id: UUID, targets: Iterable[VisitTarget]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    return (
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
