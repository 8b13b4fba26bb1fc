"""What the Groups section reads and saves, without widgets."""

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.office.group import GroupKind, SiteGroup, begins
from visitapp.domain.office.people import Person
from visitapp.domain.office.site import Site
from visitapp.domain.text.wording import capitalised, joined, long_date, number_of
from visitapp.services import Services

CarryOut = Callable[[Callable[[], Changes], str], bool]
_NAMED = 3
"""The most sites that a row names."""


class GroupEntries:
    """Works on the open file; `carry_out` runs a change and reports the result or the problem."""

    def __init__(self, services: Services, carry_out: CarryOut) -> None:
        self._services, self._carry_out = services, carry_out

    def all(self) -> tuple[SiteGroup, ...]:
        """All groups, by kind and name."""
        return self._services.groups.groups()

    def sites(self, scheme_id: object) -> tuple[Site, ...]:
        """The sites of a scheme in their order."""
        return self._services.setup.sites(scheme_id) if isinstance(scheme_id, UUID) else ()

    def members(self, group: SiteGroup, day: date) -> tuple[Site, ...]:
        """The sites that belong to a group on a day."""
        return tuple(
            site
            for site in self.sites(group.scheme_id)
            if site.group_on(group.kind, day) == group.id
        )

    def volunteers(self, scheme_id: object) -> tuple[Person, ...]:
        """Everybody who is or was in a scheme, by name."""
        return self._services.people.people(scheme_id) if isinstance(scheme_id, UUID) else ()

    def members_words(self, group: SiteGroup, day: date) -> str:
        """The sites that belong to a group on a day, by name if they are few."""
        members = self.members(group, day)
        if len(members) > _NAMED:
            return number_of(len(members), "site")
        return joined([site.name for site in members]) or "none"

    def history(self, group: SiteGroup) -> str:
        """How many sites belonged to a group, from each day on which that changed."""
        days = {
            begins(membership)
            for site in self.sites(group.scheme_id)
            for membership in site.groups
            if membership.kind is group.kind
        }
        parts: list[str] = []
        before: tuple[Site, ...] = ()
        for day in sorted(days):
            members = self.members(group, day)
            if members != before:
                start = "from the beginning" if day == date.min else f"from {long_date(day)}"
                parts.append(f"{number_of(len(members), 'site')} {start}")
            before = members
        return capitalised(f"{joined(parts)}.") if parts else ""

    def changes_words(
        self, group: SiteGroup, site_ids: Collection[object], from_on: date | None
    ) -> str:
        """What saving would change, as sentences; empty if nothing."""
        names = {other.id: other.name for other in self.all()}
        coming, leaving = [], []
        for site in self.sites(group.scheme_id):
            now = site.group_on(group.kind, from_on or date.min)
            if site.id in site_ids and now != group.id:
                coming.append(site.name + (f" (now in {names[now]})" if now in names else ""))
            elif site.id not in site_ids and now == group.id:
                leaving.append(site.name)
        since = "from the beginning" if from_on is None else f"from {long_date(from_on)}"
        parts = [f"{joined(coming)} will be in the group {since}."] if coming else []
        if leaving:
            parts.append(f"{joined(leaving)} will be in no {group.kind} {since}.")
        if parts and (from_on is None or from_on <= self._services.access.today()):
            parts.append("Figures by group are counted again since then.")
        return " ".join(parts)

    def save(
        self,
        group: SiteGroup,
        site_ids: Collection[UUID],
        person_ids: Collection[UUID],
        from_on: date | None,
    ) -> UUID | None:
        """Add or change a group with its sites, and a panel with its people, from a day on. Returns
        its id, or None if it was not saved."""
        sentence = f"{group.name.strip()} saved."
        of_panel = person_ids if group.kind is GroupKind.PANEL else None
        kept = self._carry_out(
            lambda: self._services.groups.save(group, site_ids, from_on, of_panel), sentence
        )
        return group.id if kept else None

    def remove(self, group: SiteGroup) -> bool:
        """Delete a group that never had a site."""
        return self._carry_out(lambda: self._services.groups.remove(group), "Group deleted.")

    def put_back(self, group: SiteGroup) -> bool:
        """Save a deleted group again."""
        new = replace(group, version=0)
        return self._carry_out(lambda: self._services.groups.save(new), "The group is back.")
