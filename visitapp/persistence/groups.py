"""Groups of sites, and which sites and people belong to them."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.group import GroupKind, GroupMembership, SiteGroup, begins
from visitapp.domain.office.people import PanelMembership
from visitapp.persistence import group_tables as gt
from visitapp.persistence.rows import remove_row, save_parts, save_row
from visitapp.persistence.targets import save_group_targets, targets_by_group


def groups(connection: Connection) -> list[SiteGroup]:
    """All groups with their targets, by kind and name."""
    rows = connection.execute(select(gt.site_group).order_by(gt.site_group.c.name)).all()
    if not rows:
        return []
    targets = targets_by_group(connection)
    listed = [
        SiteGroup(r.id, r.scheme_id, GroupKind(r.kind), r.name, r.version, targets[r.id])
        for r in rows
    ]
    kinds = list(GroupKind)
    return sorted(listed, key=lambda group: kinds.index(group.kind))


def save_group(connection: Connection, item: SiteGroup) -> None:
    """Write a group with its targets. Its sites are written with each site."""
    values = {
        "id": item.id,
        "scheme_id": item.scheme_id,
        "kind": item.kind.value,
        "name": item.name,
    }
    version = save_row(connection, gt.site_group, values, item.version)
    save_group_targets(connection, item.scheme_id, item.id, version, item.targets)


def remove_group(connection: Connection, item: SiteGroup) -> None:
    """Delete a group that no site was ever in, with its targets."""
    save_group_targets(connection, item.scheme_id, item.id, item.version, ())
    remove_row(connection, gt.site_group, item.id, item.version)


def memberships_by_site(
    connection: Connection,
) -> defaultdict[UUID, tuple[GroupMembership, ...]]:
    """The groups of each site by kind, oldest first."""
    by_site: defaultdict[UUID, tuple[GroupMembership, ...]] = defaultdict(tuple)
    rows = connection.execute(
        select(gt.site_in_group).order_by(
            gt.site_in_group.c.kind, gt.site_in_group.c.from_on.nulls_first()
        )
    )
    for r in rows:
        by_site[r.site_id] += (GroupMembership(GroupKind(r.kind), r.group_id, r.from_on),)
    return by_site


def save_memberships(
    connection: Connection,
    scheme_id: UUID,
    site_id: UUID,
    version: int,
    memberships: Iterable[GroupMembership],
) -> None:
    """Write the groups of a site whose row now has this version."""
    parts = (
        (
            f"{item.kind} {begins(item)}",
            {
                "scheme_id": scheme_id,
                "kind": item.kind.value,
                "from_on": item.from_on,
                "group_id": item.group_id,
            },
        )
        for item in memberships
    )
    save_parts(connection, gt.site_in_group, {"site_id": site_id}, version, parts)


def panels_by_person(connection: Connection) -> defaultdict[UUID, tuple[PanelMembership, ...]]:
    """The panels of each person, oldest first."""
    by_person: defaultdict[UUID, tuple[PanelMembership, ...]] = defaultdict(tuple)
    table = gt.person_in_panel.c
    rows = connection.execute(
        select(gt.person_in_panel).order_by(table.scheme_id, table.from_on.nulls_first())
    )
    for r in rows:
        membership = GroupMembership(GroupKind.PANEL, r.group_id, r.from_on)
        by_person[r.person_id] += (PanelMembership(r.scheme_id, membership),)
    return by_person


def save_panels(
    connection: Connection, person_id: UUID, version: int, panels: Iterable[PanelMembership]
) -> None:
    """Write the panels of a person whose row now has this version."""
    parts = (
        (
            f"{item.scheme_id} {begins(item.membership)}",
            {
                "scheme_id": item.scheme_id,
                "from_on": item.membership.from_on,
                "group_id": item.membership.group_id,
            },
        )
        for item in panels
    )
    save_parts(connection, gt.person_in_panel, {"person_id": person_id}, version, parts)
