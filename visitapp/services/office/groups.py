"""Groups of sites: panels, regions, operators."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import (
    LONGEST_NAME,
    GroupKind,
    GroupMembership,
    SiteGroup,
    group_on,
    with_membership,
)
from visitapp.domain.office.people import PanelMembership
from visitapp.domain.office.target import problem_of_targets
from visitapp.domain.text.folding import namesake
from visitapp.domain.text.shown import shown
from visitapp.persistence import groups as stored
from visitapp.persistence import people, schemes
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, READER, VISITOR, changes, reads


class GroupService:
    """Everyone can read groups; only the manager can change them."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, READER)
    def groups(self, scheme_id: UUID | None = None) -> tuple[SiteGroup, ...]:
        """Groups by kind and name, of one scheme or of all."""
        with self._access.database.reading() as connection:
            listed = stored.groups(connection)
        return tuple(group for group in listed if scheme_id in (None, group.scheme_id))

    @changes(MANAGER)
    def save(
        self,
        item: SiteGroup,
        site_ids: Collection[UUID] | None = None,
        from_on: date | None = None,
        person_ids: Collection[UUID] | None = None,
    ) -> Changes:
        """Add or change a group, its name and targets. With `site_ids`, these sites and no others
        belong to it from a day on (None: from the beginning), until a site's next change; with
        `person_ids`, so do these people, if it is a panel.

        Raises BadInputError without a name, for a name that is taken, for another kind or scheme
        than before, for two targets from one day, and for sites and people of another scheme.
        """
        item = replace(item, name=shown(item.name).strip())
        if not item.name or len(item.name) > LONGEST_NAME:
            raise BadInputError("Enter a short name for the group.")
        with self._access.database.transaction() as connection:
            _must_fit(item, stored.groups(connection))
            if problem := problem_of_targets(item.targets):
                raise BadInputError(problem)
            stored.save_group(connection, item)
            if site_ids is not None:
                _put_in(connection, item, site_ids, from_on)
            if person_ids is None:
                return Changes.SITES
            _put_people_in(connection, item, person_ids, from_on)
        return Changes.SITES | Changes.PEOPLE

    @changes(MANAGER)
    def remove(self, item: SiteGroup) -> Changes:
        """Delete a group. Raises BadInputError if a site or a person belongs to it, or did."""
        with self._access.database.transaction() as connection:
            members = {site.name: site.groups for site in schemes.entered_sites(connection)}
            members |= {
                person.name: person.panels_in(item.scheme_id)
                for person in people.entries(connection)
            }
            for name, memberships in members.items():
                if any(membership.group_id == item.id for membership in memberships):
                    raise BadInputError(
                        f"{name} belongs to {item.name}, or did. Such a group can’t be deleted: "
                        "say from which day nobody and no site is in it."
                    )
            stored.remove_group(connection, item)
        return Changes.SITES


def _must_fit(item: SiteGroup, known: Collection[SiteGroup]) -> None:
    before = next((group for group in known if group.id == item.id), None)
    if before and (before.kind, before.scheme_id) != (item.kind, item.scheme_id):
        raise BadInputError("A group keeps its kind. Add another group.")
    others = [
        group.name for group in known if group.scheme_id == item.scheme_id and group.id != item.id
    ]
    if same := namesake(item.name, before.name if before else None, others):
        raise BadInputError(f"“{same}” already exists. Choose another name.")


def _put_in(
    connection: Connection, group: SiteGroup, site_ids: Collection[UUID], from_on: date | None
) -> None:
    own = [site for site in schemes.sites(connection) if site.scheme_id == group.scheme_id]
    if not set(site_ids) <= {site.id for site in own}:
        raise BadInputError("Choose sites that belong to the group’s own scheme.")
    for site in own:
        changed = _changed(site.groups, group, from_on, belongs=site.id in site_ids)
        if changed != site.groups:
            schemes.save_site(connection, replace(site, groups=changed))


def _put_people_in(
    connection: Connection, group: SiteGroup, person_ids: Collection[UUID], from_on: date | None
) -> None:
    register = people.people(connection)
    of_scheme = [person for person in register if person.membership(group.scheme_id) is not None]
    known = {person.id for person in of_scheme}
    if group.kind is not GroupKind.PANEL or not set(person_ids) <= known:
        raise BadInputError("Choose people of the scheme, for a panel of it.")
    entered = {person.id: person for person in people.entries(connection)}
    for person in of_scheme:
        before = person.panels_in(group.scheme_id)
        panels = _changed(before, group, from_on, belongs=person.id in person_ids)
        if panels != before:
            own = entered[person.id]
            others = (item for item in own.panels if item.scheme_id != group.scheme_id)
            changed = (PanelMembership(group.scheme_id, item) for item in panels)
            people.save_person(connection, replace(own, panels=(*others, *changed)))


def _changed(
    memberships: tuple[GroupMembership, ...],
    group: SiteGroup,
    from_on: date | None,
    *,
    belongs: bool,
) -> tuple[GroupMembership, ...]:
    """The memberships of somebody who belongs to the group, or no longer does, from a day on."""
    is_in = group_on(memberships, group.kind, from_on or date.min) == group.id
    if is_in == belongs:
        return memberships
    new = GroupMembership(group.kind, group.id if belongs else None, from_on)
    return with_membership(memberships, new)
