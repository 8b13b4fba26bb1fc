"""What the Targets section reads and saves, without widgets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.site import Site, usual_target
from visitapp.domain.office.target import VisitTarget, begins
from visitapp.domain.year.recount import group_recounts, recounted_sentence, recounts
from visitapp.services import Services

CarryOut = Callable[[Callable[[], Changes], str], bool]


Owner = Site | SiteGroup
"""What a target is of."""


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """A target of a site or group. `is_usual`: that of a site's kind, in force before the first of
    its own."""

    owner: Owner
    target: VisitTarget
    is_usual: bool

    @property
    def id(self) -> tuple[UUID, date | None]:
        """A site or group has one target from each day."""
        return self.owner.id, self.target.from_on


class TargetEntries:
    """Works on the open file; `carry_out` runs a change and reports the result or the problem."""

    def __init__(self, services: Services, carry_out: CarryOut) -> None:
        self._services, self._carry_out = services, carry_out

    def owners(self) -> tuple[Owner, ...]:
        """All sites in their order, then all groups."""
        return (*self._services.setup.sites(), *self._services.groups.groups())

    def all(self) -> list[TargetEntry]:
        """The targets of every site and group, newest first."""
        return [entry for owner in self.owners() for entry in _entries_of(owner)]

    def problem(self, entry: TargetEntry | None, owner: Owner, target: VisitTarget) -> str:
        """Why a target can't be saved; empty if it can."""
        taken = [other.from_on for other in _others(entry, owner)]
        if target.from_on in taken:
            what = "site" if isinstance(owner, Site) else "group"
            return f"The {what} already has a target from that day. Change that one."
        return ""

    def recounted(self, entry: TargetEntry | None, owner: Owner, target: VisitTarget) -> str:
        """What would be counted again, as a sentence; empty if nothing would."""
        targets = _with(_others(entry, owner), target)
        return self._recounted(owner, targets, "Saving this counts again")

    def save(
        self, entry: TargetEntry | None, owner: Owner, target: VisitTarget
    ) -> tuple[UUID, date | None] | None:
        """Add a target, or change one. Returns its id, or None if it was not saved. Raises
        BadInputError if the site or group has another from that day."""
        if problem := self.problem(entry, owner, target):
            raise BadInputError(problem)
        targets = _with(_others(entry, owner), target)
        return (owner.id, target.from_on) if self._save(owner, targets, "target saved") else None

    def remove(self, entry: TargetEntry) -> bool:
        """Delete a target. Returns whether it was deleted. The usual one can't be."""
        owner = self._owner(entry)
        return self._save(owner, _others(entry, owner), "target deleted")

    def put_back(self, entry: TargetEntry) -> bool:
        """Save a deleted target again."""
        owner = self._owner(entry)
        return self._save(owner, _with(_others(entry, owner), entry.target), "the target is back")

    def _owner(self, entry: TargetEntry) -> Owner:
        return next(owner for owner in self.owners() if owner.id == entry.owner.id)

    def _save(self, owner: Owner, targets: tuple[VisitTarget, ...], what: str) -> bool:
        words = f"{owner.name}: {what}."
        if sentence := self._recounted(owner, targets):
            words += f" {sentence}"
        return self._carry_out(lambda: self._write(owner, targets), words)

    def _write(self, owner: Owner, targets: tuple[VisitTarget, ...]) -> Changes:
        if isinstance(owner, Site):
            return self._services.setup.save_site(replace(owner, targets=targets))
        return self._services.groups.save(replace(owner, targets=targets))

    def _recounted(
        self, owner: Owner, targets: tuple[VisitTarget, ...], begin: str = "Counted again"
    ) -> str:
        today, years = self._services.access.today(), self._services.setup.years()
        if isinstance(owner, Site):
            changed = recounts(owner, replace(owner, targets=targets), today, years)
        else:
            sites = self._services.setup.sites(owner.scheme_id)
            after = replace(owner, targets=targets)
            changed = group_recounts(owner, after, sites, today, years)
        return recounted_sentence(changed, begin)


def owner_name(owner: Owner) -> str:
    """`Keyham Lane`; a group with its kind: `Centre (panel)`."""
    return owner.name if isinstance(owner, Site) else f"{owner.name} ({owner.kind})"


def _entries_of(owner: Owner) -> list[TargetEntry]:
    entries = [TargetEntry(owner, target, is_usual=False) for target in owner.targets]
    if isinstance(owner, Site) and all(target.from_on is not None for target in owner.targets):
        entries.append(TargetEntry(owner, usual_target(owner.kind), is_usual=True))
    return sorted(entries, key=lambda entry: begins(entry.target), reverse=True)


def _others(entry: TargetEntry | None, owner: Owner) -> tuple[VisitTarget, ...]:
    """The targets of a site or group without the one that an entry is of."""
    if entry is None or entry.is_usual or entry.owner.id != owner.id:
        return owner.targets
    return tuple(target for target in owner.targets if target.from_on != entry.target.from_on)


def _with(targets: Iterable[VisitTarget], target: VisitTarget) -> tuple[VisitTarget, ...]:
    return tuple(sorted((*targets, target), key=begins))
