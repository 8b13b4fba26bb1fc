"""The panels of the demonstration, which share its suites; they are invented."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from visitapp.demonstration.source import demonstration_id
from visitapp.domain.office.group import GroupKind, GroupMembership, SiteGroup
from visitapp.domain.office.site import Site
from visitapp.persistence.database import Connection
from visitapp.persistence.groups import save_group
from visitapp.persistence.schemes import save_site


def panels(listed: Iterable[Mapping[str, Any]], scheme_id: UUID) -> tuple[SiteGroup, ...]:
    """The panels named at sites, in order."""
    names = dict.fromkeys(entry["panel"] for entry in listed if "panel" in entry)
    return tuple(
        SiteGroup(_id(name), scheme_id, GroupKind.PANEL, name, version=0) for name in names
    )


def panel_of(entry: Mapping[str, Any]) -> tuple[GroupMembership, ...]:
    """A site's membership of its panel, from the beginning."""
    return (GroupMembership(GroupKind.PANEL, _id(entry["panel"])),) if "panel" in entry else ()


def write_sites(connection: Connection, groups: Iterable[SiteGroup], sites: Iterable[Site]) -> None:
    """Write the sites, after the groups that they belong to."""
    for group in groups:
        save_group(connection, group)
    for site in sites:
        save_site(connection, site)


def _id(name: str) -> UUID:
    return demonstration_id("group", name)
