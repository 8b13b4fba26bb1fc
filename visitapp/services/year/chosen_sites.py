"""What figures and reports can be limited to: a site, some sites, or a group of them."""

from collections.abc import Sequence

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.site import Site
from visitapp.domain.period import Period
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import joined
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.persistence import groups, schemes
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, READER, VISITOR, reads
from visitapp.services.year.figures import FigureService, sites_called


class ChosenSitesService:
    """Finds sites and groups by name, and lists those that there are."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, READER)
    def choices(self, period: Period) -> tuple[ChosenSites, ...]:
        """Each site that was open on any day of a period, or visited, and each group that had the
        same sites in all of it."""
        shown = FigureService(self._access).site_ids(period, None, [])
        with self._access.database.reading() as connection:
            names = {site.id: site.name for site in schemes.sites(connection)}
        of_sites = (ChosenSites(names[site_id], frozenset({site_id})) for site_id in shown)
        return (*of_sites, *self.groups(period))

    @reads(MANAGER, VISITOR, READER)
    def groups(self, period: Period) -> tuple[ChosenSites, ...]:
        """Each group that had the same sites in all of a period."""
        with self._access.database.reading() as connection:
            listed = groups.groups(connection)
            sites = schemes.sites(connection) if listed else []
        of_groups = (_of_group(group, sites, period) for group in listed)
        return tuple(chosen for chosen, moved in of_groups if chosen.site_ids and not moved)

    @reads(MANAGER, VISITOR, READER)
    def named(
        self, period: Period, site_names: Sequence[str] = (), group_name: str | None = None
    ) -> ChosenSites | None:
        """The sites with these names, or those of a group in a period; None without a name.

        Raises BadInputError for an unknown name, for a group together with sites, and for a group
        whose sites changed within the period: its figures would be neither those of the sites nor
        those of the group.
        """
        if group_name is not None and site_names:
            raise BadInputError("Give the name of a group or of sites, not both.")
        with self._access.database.reading() as connection:
            sites = schemes.sites(connection)
            listed = groups.groups(connection)
        if group_name is not None:
            return _group_called(group_name, listed, sites, period)
        if not site_names:
            return None
        chosen = [site for name in site_names for site in sites_called(name, sites)]
        names = joined(list(dict.fromkeys(site.name for site in chosen)))
        return ChosenSites(names, frozenset(site.id for site in chosen))


def _group_called(
    name: str, listed: Sequence[SiteGroup], sites: Sequence[Site], period: Period
) -> ChosenSites:
    matches = [group for group in listed if folded(group.name) == folded(name)]
    if not matches:
        known = ", ".join(dict.fromkeys(group.name for group in listed)) or "none"
        raise BadInputError(f"There is no group “{name}”. The groups are: {known}.")
    if len(matches) > 1:
        raise BadInputError(f"There are {len(matches)} groups “{name}”. Give one another name.")
    chosen, moved = _of_group(matches[0], sites, period)
    if moved:
        raise BadInputError(
            f"{joined(moved)} joined or left {chosen.name} within these days. Choose days on which "
            "its sites were the same; the report on all sites has the figures of each group."
        )
    if not chosen.site_ids:
        raise BadInputError(f"No site belonged to {chosen.name} on these days.")
    return chosen


def _of_group(
    group: SiteGroup, sites: Sequence[Site], period: Period
) -> tuple[ChosenSites, list[str]]:
    """A group with its sites, and the names of those that belonged to it on some days only."""
    members: list[Site] = []
    moved: list[Site] = []
    for site in sites:
        of_site = {stay.group_id for stay in site.stays(group.kind, period)}
        if group.id in of_site:
            (members if len(of_site) == 1 else moved).append(site)
    name = group.name
    if group.kind.value not in folded(name):
        name = f"{group.kind} {name}"
    chosen = ChosenSites(
        name, frozenset(site.id for site in members), tuple(site.name for site in members)
    )
    return chosen, [site.name for site in moved]
