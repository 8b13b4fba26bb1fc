"""What the Targets section reads and saves, without widgets."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.site import Site, usual_target
from visitapp.domain.office.target import VisitTarget, begins
from visitapp.domain.year.recount import recounted_sentence, recounts
from visitapp.services import Services

CarryOut = Callable[[Callable[[], Changes], str], bool]


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """A target of a site. `is_usual`: that of its kind, in force before the first of its own."""

    site: Site
    target: VisitTarget
    is_usual: bool

    @property
    def id(self) -> tuple[UUID, date | None]:
        """A site has one target from each day."""
        return self.site.id, self.target.from_on


class TargetEntries:
    """Works on the open file; `carry_out` runs a change and reports the result or the problem."""

    def __init__(self, services: Services, carry_out: CarryOut) -> None:
        self._services, self._carry_out = services, carry_out

    def sites(self) -> tuple[Site, ...]:
        """All sites in their order."""
        return self._services.setup.sites()

    def all(self) -> list[TargetEntry]:
        """The targets of every site, newest first."""
        return [entry for site in self.sites() for entry in _entries_of(site)]

    def problem(self, entry: TargetEntry | None, site: Site, target: VisitTarget) -> str:
        """Why a target can't be saved; empty if it can."""
        taken = [other.from_on for other in _others(entry, site)]
        if target.from_on in taken:
            return "The site already has a target from that day. Change that one."
        return ""

    def recounted(self, entry: TargetEntry | None, site: Site, target: VisitTarget) -> str:
        """What would be counted again, as a sentence; empty if nothing would."""
        targets = _with(_others(entry, site), target)
        return self._recounted(site, targets, "Saving this counts again")

    def save(
        self, entry: TargetEntry | None, site: Site, target: VisitTarget
    ) -> tuple[UUID, date | None] | None:
        """Add a target, or change one. Returns its id, or None if it was not saved. Raises
        BadInputError if the site has another from that day."""
        if problem := self.problem(entry, site, target):
            raise BadInputError(problem)
        targets = _with(_others(entry, site), target)
        return (site.id, target.from_on) if self._save(site, targets, "target saved") else None

    def remove(self, entry: TargetEntry) -> bool:
        """Delete a target. Returns whether it was deleted. The usual one can't be."""
        site = self._site(entry)
        return self._save(site, _others(entry, site), "target deleted")

    def put_back(self, entry: TargetEntry) -> bool:
        """Save a deleted target again."""
        site = self._site(entry)
        return self._save(site, _with(_others(entry, site), entry.target), "the target is back")

    def _site(self, entry: TargetEntry) -> Site:
        return next(site for site in self.sites() if site.id == entry.site.id)

    def _save(self, site: Site, targets: tuple[VisitTarget, ...], what: str) -> bool:
        changed = replace(site, targets=targets)
        words = f"{site.name}: {what}."
        if sentence := self._recounted(site, targets):
            words += f" {sentence}"
        return self._carry_out(lambda: self._services.setup.save_site(changed), words)

    def _recounted(
        self, site: Site, targets: tuple[VisitTarget, ...], begin: str = "Counted again"
    ) -> str:
        today = self._services.access.today()
        changed, years = replace(site, targets=targets), self._services.setup.years()
        return recounted_sentence(recounts(site, changed, today, years), begin)


def _entries_of(site: Site) -> list[TargetEntry]:
    own = [TargetEntry(site, target, is_usual=False) for target in site.targets]
    if all(target.from_on is not None for target in site.targets):
        own.append(TargetEntry(site, usual_target(site.kind), is_usual=True))
    return sorted(own, key=lambda entry: begins(entry.target), reverse=True)


def _others(entry: TargetEntry | None, site: Site) -> tuple[VisitTarget, ...]:
    """The site's own targets without the one that an entry is of."""
    if entry is None or entry.is_usual or entry.site.id != site.id:
        return site.targets
    return tuple(target for target in site.targets if target.from_on != entry.target.from_on)


def _with(targets: Iterable[VisitTarget], target: VisitTarget) -> tuple[VisitTarget, ...]:
    return tuple(sorted((*targets, target), key=begins))
