"""The office, its schemes, sites, timeslots and everything else that affects figures."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.office.body import must_follow
from visitapp.domain.office.codes import Code, CodeBook
from visitapp.domain.office.grid import Grid
from visitapp.domain.office.group import SiteGroup, is_consistent
from visitapp.domain.office.scheme import (
    Actor,
    EarlierTotal,
    Kind,
    Office,
    Rate,
    Role,
    Scheme,
    Throughput,
)
from visitapp.domain.office.site import Site, SiteKind
from visitapp.domain.office.target import problem_of_targets
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.folding import folded, namesake
from visitapp.domain.text.shown import shown
from visitapp.domain.text.wording import lowered
from visitapp.persistence import accounts, groups, places
from visitapp.persistence import schemes as stored
from visitapp.persistence.bodies import reporting_years
from visitapp.services import own_records
from visitapp.services.access import Access
from visitapp.services.office_of_file import office_of
from visitapp.services.roles import MANAGER, READER, VISITOR, changes, reads


class SetupService:
    """Everyone can read settings; only the manager can change them."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, READER)
    def office(self) -> Office:
        """The office of this file. Raises BadInputError if there is none."""
        with self._access.database.reading() as connection:
            return office_of(connection)

    @reads(MANAGER, VISITOR, READER)
    def years(self) -> ReportingYears:
        """The years that the office reports on."""
        with self._access.database.reading() as connection:
            return reporting_years(connection)

    @changes(MANAGER)
    def save_office(self, item: Office) -> Changes:
        """Change the office's name, area, crest or bodies. Raises BadInputError without a name, or
        if two bodies begin on the same day."""
        if not item.name.strip():
            raise BadInputError("Enter the name of the office.")
        must_follow(item.bodies)
        with self._access.database.transaction() as connection:
            stored.save_office(connection, item)
        return Changes.SETTINGS

    @reads(MANAGER, VISITOR, READER)
    def account(self) -> Actor:
        """The person these services act for."""
        return self._access.actor

    @changes(MANAGER, VISITOR)
    def set_account(self, actor: Actor) -> Changes:
        """Choose who uses this file from the next start; a visitor's drafts follow the name.

        Raises BadInputError without a name, for a copy to read, and in a visitor's copy for a name
        under which it would show other reports.
        """
        if not actor.name.strip():
            raise BadInputError("Enter your name, so that others can see who has the file open.")
        if actor.role is Role.READER:
            raise BadInputError("These records hold more than a copy to read may show.")
        if actor.role is not self._access.actor.role:
            self._access.must_manage()
        actor = replace(actor, name=shown(actor.name).strip())
        with self._access.database.transaction() as connection:
            own_records.rename(connection, self._access, actor.name)
            accounts.set_account(connection, actor)
        return Changes.SETTINGS

    @reads(MANAGER, VISITOR, READER)
    def schemes(self) -> tuple[Scheme, ...]:
        """The office's schemes, custody first."""
        with self._access.database.reading() as connection:
            return tuple(stored.schemes(connection))

    @reads(MANAGER, VISITOR, READER)
    def scheme(self, kind: Kind) -> Scheme:
        """The scheme of that kind. Raises BadInputError if the office doesn't run one."""
        match = next((s for s in self.schemes() if s.kind is kind), None)
        if match is None:
            raise BadInputError(f"This office has no {lowered(kind.label)} scheme.")
        return match

    @changes(MANAGER)
    def add_scheme(self, kind: Kind, name: str = "") -> Changes:
        """Start a scheme that the office doesn't run yet, with its timeslots and codes, or with a
        `name` another one for animals, such as those of another force.

        Raises BadInputError for a second custody scheme, or a name that is taken.
        """
        from visitapp.services.office import reference

        office, name = self.office(), shown(name).strip()
        others = [scheme for scheme in self.schemes() if scheme.kind is kind]
        if others and (kind is Kind.CUSTODY or not name):
            raise BadInputError(f"This office already has its {lowered(kind.label)} scheme.")
        _must_have_own_name(name, others)
        with self._access.database.transaction() as connection:
            reference.begin_scheme(connection, kind, uuid4(), office.id, name)
        return Changes.SETTINGS | Changes.SITES | Changes.CODES

    @changes(MANAGER)
    def save_scheme(self, item: Scheme) -> Changes:
        """Rename a scheme or set its limits for waits, which apply to past visits too. Raises
        BadInputError without a name."""
        if not item.name.strip():
            raise BadInputError("Enter the name of the scheme.")
        office = self.office()
        others = (s for s in self.schemes() if s.kind is item.kind and s.id != item.id)
        _must_have_own_name(item.name, others)
        with self._access.database.transaction() as connection:
            stored.save_scheme(connection, item, office.id)
        return Changes.SETTINGS | Changes.VISITS

    @reads(MANAGER, VISITOR, READER)
    def sites(self, scheme_id: UUID | None = None) -> tuple[Site, ...]:
        """Sites in their order, of one scheme or of all."""
        with self._access.database.reading() as connection:
            listed = stored.sites(connection)
        return tuple(site for site in listed if scheme_id in (None, site.scheme_id))

    @reads(MANAGER)
    def new_site(
        self, scheme_id: UUID, name: str, grid_id: UUID, kind: SiteKind | None = None
    ) -> Site:
        """A new site, not saved yet: of a kind, or of that usual for the scheme, and last in the
        order. Raises BadInputError if the office doesn't run that scheme."""
        from visitapp.services.office import reference

        with self._access.database.reading() as connection:
            kind = kind or reference.site_kind(stored.scheme(connection, scheme_id).kind)
            last = max((other.position for other in stored.sites(connection)), default=-1)
        return Site(uuid4(), scheme_id, kind, name, grid_id, position=last + 1, version=0)

    @changes(MANAGER)
    def save_site(self, item: Site) -> Changes:
        """Add or change a site. Raises BadInputError without a name, for a name that is taken, and
        for open periods, targets, timeslots or groups that don't fit."""
        item = replace(item, name=shown(item.name).strip())
        if not item.name:
            raise BadInputError("Enter the name of the site.")
        if item.cells is not None and item.cells < 0:
            raise BadInputError("The number of cells can't be negative.")
        if problem := item.problem_of_open_periods() or problem_of_targets(item.targets):
            raise BadInputError(problem)
        with self._access.database.transaction() as connection:
            for_animals = stored.scheme(connection, item.scheme_id).kind is Kind.ANIMAL_WELFARE
            if item.kind.is_for_animals is not for_animals:
                raise BadInputError("A site of this kind does not belong to this scheme.")
            _must_be_apart(item, stored.entered_sites(connection))
            if all(
                (grid.id, grid.scheme_id) != (item.grid_id, item.scheme_id)
                for grid in stored.grids(connection)
            ):
                raise BadInputError("Choose timeslots that belong to the site's own scheme.")
            _must_be_in_own_groups(item, groups.groups(connection))
            stored.save_site(connection, item)
        return Changes.SITES

    @changes(MANAGER)
    def order_sites(self, site_ids: Sequence[UUID]) -> Changes:
        """Set the order of all sites, which every list and table follows. Raises ConflictError if
        `site_ids` aren't exactly the sites in the file."""
        with self._access.database.transaction() as connection:
            by_id = {site.id: site for site in stored.sites(connection)}
            if len(site_ids) != len(by_id) or set(site_ids) != by_id.keys():
                raise ConflictError("Someone has added a site. Check the list again first.")
            for position, site_id in enumerate(site_ids):
                if by_id[site_id].position != position:
                    stored.save_site(connection, replace(by_id[site_id], position=position))
        return Changes.SITES

    @reads(MANAGER, VISITOR, READER)
    def grids(self, scheme_id: UUID | None = None) -> tuple[Grid, ...]:
        """Grids by name, of one scheme or of all."""
        with self._access.database.reading() as connection:
            listed = stored.grids(connection)
        return tuple(grid for grid in listed if scheme_id in (None, grid.scheme_id))

    @changes(MANAGER)
    def save_grid(self, item: Grid) -> Changes:
        """Add or change a grid. From now on it applies to past visits too. Raises BadInputError
        without a name, or for a name that is taken."""
        item = replace(item, name=shown(item.name).strip())
        if not item.name:
            raise BadInputError("Enter a name for the timeslots.")
        with self._access.database.transaction() as connection:
            _must_be_apart(item, stored.grids(connection))
            stored.save_grid(connection, item)
        return Changes.SITES | Changes.VISITS

    @reads(MANAGER, VISITOR, READER)
    def visits_counted_by(self, grid_id: UUID) -> int:
        """How many signed visits may be counted differently if this grid changes."""
        with self._access.database.reading() as connection:
            return places.visits_counted_by(connection, grid_id)

    @reads(MANAGER, VISITOR, READER)
    def codes(self, scheme_id: UUID) -> CodeBook:
        """A scheme's coded values."""
        with self._access.database.reading() as connection:
            return stored.codes(connection, scheme_id)

    @changes(MANAGER)
    def save_code(self, item: Code) -> Changes:
        """Add a coded value, or relabel or retire one; none is ever deleted.

        A new value belongs to a group that its list already has, which decides how it counts.
        Raises BadInputError without words, for days that don't fit, and if the value would change
        its meaning.
        """
        item = replace(item, code=item.code.strip(), label=shown(item.label).strip())
        if not item.label or not item.code:
            raise BadInputError("Enter the words for this option.")
        if item.active_from and item.active_to and item.active_to < item.active_from:
            raise BadInputError("The last day is earlier than the first day.")
        with self._access.database.transaction() as connection:
            _must_belong(item, stored.codes(connection, item.scheme_id))
            stored.save_code(connection, item)
        return Changes.CODES

    @reads(MANAGER, VISITOR, READER)
    def rates(self, scheme_id: UUID) -> tuple[Rate, ...]:
        """What an hour of a volunteer's time is worth, oldest first."""
        with self._access.database.reading() as connection:
            return tuple(stored.rates(connection, scheme_id))

    @changes(MANAGER)
    def save_rate(self, item: Rate) -> Changes:
        """Set what an hour is worth in pounds from a day on. Raises BadInputError if that day has
        another rate."""
        if any(
            rate.id != item.id and rate.from_on == item.from_on
            for rate in self.rates(item.scheme_id)
        ):
            raise BadInputError("There is already a rate from that day. Change that one.")
        with self._access.database.transaction() as connection:
            stored.save_rate(connection, item)
        return Changes.SETTINGS

    @reads(MANAGER, VISITOR, READER)
    def throughputs(self, scheme_id: UUID) -> tuple[Throughput, ...]:
        """The force's own counts, oldest first."""
        with self._access.database.reading() as connection:
            return tuple(stored.throughputs(connection, scheme_id))

    @changes(MANAGER)
    def save_throughput(self, item: Throughput) -> Changes:
        """Enter how many people came through a site's cells in a period. Raises BadInputError for a
        negative number, or a period that overlaps one already entered."""
        if item.number < 0:
            raise BadInputError("The number of people can't be negative.")
        if all(site.id != item.site_id for site in self.sites(item.scheme_id)):
            raise BadInputError("Choose a site of this scheme.")
        for other in self.throughputs(item.scheme_id):
            apart = other.period.end < item.period.start or item.period.end < other.period.start
            if other.id != item.id and other.site_id == item.site_id and not apart:
                name = self.years().label(other.period)
                raise BadInputError(f"Part of that period has already been entered: {name}.")
        with self._access.database.transaction() as connection:
            stored.save_throughput(connection, item)
        return Changes.SETTINGS

    @reads(MANAGER, VISITOR, READER)
    def earlier_totals(self, scheme_id: UUID) -> tuple[EarlierTotal, ...]:
        """Figures of years known only by their totals."""
        with self._access.database.reading() as connection:
            return tuple(stored.earlier_totals(connection, scheme_id))

    @changes(MANAGER)
    def save_earlier_total(self, item: EarlierTotal) -> Changes:
        """Enter a total of an earlier year. Raises BadInputError for a negative number, or a total
        already entered."""
        if item.number < 0:
            raise BadInputError("A total can't be negative.")
        for other in self.earlier_totals(item.scheme_id):
            same = (other.period, other.figure) == (item.period, item.figure)
            if other.id != item.id and same:
                name = self.years().label(item.period)
                raise BadInputError(f"That total for {name} has already been entered.")
        with self._access.database.transaction() as connection:
            stored.save_earlier_total(connection, item)
        return Changes.SETTINGS

    @changes(MANAGER)
    def remove(self, item: Rate | Throughput | EarlierTotal) -> Changes:
        """Delete an entry that was made by hand."""
        with self._access.database.transaction() as connection:
            stored.remove(connection, item)
        return Changes.SETTINGS

    @changes(MANAGER)
    def put_back(self, item: Rate | Throughput | EarlierTotal) -> Changes:
        """Restore a deleted entry. Raises BadInputError if another has taken its place."""
        new = replace(item, version=0)
        if isinstance(new, Rate):
            return self.save_rate(new)
        if isinstance(new, Throughput):
            return self.save_throughput(new)
        return self.save_earlier_total(new)


def _must_have_own_name(name: str, others: Iterable[Scheme]) -> None:
    """Raises BadInputError if another scheme of the kind has the same name."""
    if same := namesake(name, None, (scheme.name for scheme in others)):
        raise BadInputError(f"Another scheme is called {same}. Choose a different name.")


def _must_be_apart(item: Site | Grid, stored_ones: Sequence[Site | Grid]) -> None:
    """Raises BadInputError if the scheme has another of the same name, or if the scheme would
    change."""
    for other in stored_ones:
        if other.id == item.id and other.scheme_id != item.scheme_id:
            raise BadInputError(
                f"{item.name} belongs to another scheme. Add a new one for this scheme."
            )
    names = {other.id: other.name for other in stored_ones if other.scheme_id == item.scheme_id}
    if same := namesake(item.name, names.pop(item.id, None), names.values()):
        raise BadInputError(f"“{same}” already exists. Choose another name.")


def _must_be_in_own_groups(site: Site, known: Sequence[SiteGroup]) -> None:
    """Raises BadInputError for a group of another scheme or kind, and for two from one day."""
    kinds = {group.id: group.kind for group in known if group.scheme_id == site.scheme_id}
    if any(m.group_id and kinds.get(m.group_id) is not m.kind for m in site.groups):
        raise BadInputError("Choose groups that belong to the site's own scheme.")
    if not is_consistent(site.groups):
        raise BadInputError("Two groups of one kind begin on the same day. Change one of them.")


def _must_belong(item: Code, book: CodeBook) -> None:
    """Raises BadInputError if a coded value would change its meaning, or have none."""
    for list_name in book.lists:
        for other in book[list_name]:
            same_place = (list_name, other.code, other.group)
            if other.id == item.id and same_place != (item.list_name, item.code, item.group):
                raise BadInputError(
                    "What an option means cannot be changed. Retire this option and add another."
                )
    others = [other for other in book[item.list_name] if other.id != item.id]
    for other in others:
        if {folded(other.code), folded(other.label)} & {folded(item.code), folded(item.label)}:
            raise BadInputError(f"There is already an option like this: {other.label}.")
    is_there = any(other.id == item.id for other in book[item.list_name])
    groups = set((book.groups if is_there else book.groups_to_add)(item.list_name))
    if item.list_name == "outcome_reason":
        groups = {"", *(code.code for code in book["outcome"])}
    if item.group not in groups:
        raise BadInputError("Choose how the new option is counted.")
