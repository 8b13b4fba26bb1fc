"""When one person can visit, saved at every change. QtCore only."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.grid import Band
from visitapp.domain.office.people import IN_TRAINING, ON_PROBATION, Person
from visitapp.domain.office.scheme import Kind, Role
from visitapp.domain.office.site import Site
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.rota import FreeTime
from visitapp.domain.text.wording import joined, lowered, out_of
from visitapp.ui.context import Context
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.undoing import UndoStack, UndoStep

_WORDS = {
    "free": "change the usual week",
    "away": "change the days away",
    "wishes": "change the days you would rather not go",
    "least": "change the number of visits",
    "most": "change the number of visits",
    "travel": "change how far a site is",
    "not_at": "change how far a site is",
    "may_buddy": "change who they go with",
}
"""What somebody can say, and what a change of it is called."""
NOT_THERE = "not_there"
"""The choice that somebody can't visit a site at all."""


class AvailabilityViewModel(PageViewModel):
    """Signals: `changed` when something needs showing again."""

    changed = Signal()
    concerns = Changes.PEOPLE | Changes.SITES | Changes.SETTINGS | Changes.PLANS
    kept = Signal()  # an availability was saved

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.people: tuple[Person, ...] = ()
        self.bands: tuple[Band, ...] = ()
        self.sites: tuple[Site, ...] = ()
        self.availability: Availability | None = None
        self._is_saving = False
        self.undo_stack = UndoStack(self._restore, self)
        self.renew()

    @property
    def is_manager(self) -> bool:
        """Whether this copy may change anybody's availability."""
        return self._context.services.access.actor.role is Role.MANAGER

    @property
    def today(self) -> date:
        """Today's date according to the records."""
        return self._context.today()

    @property
    def person(self) -> Person | None:
        """The person whose availability is shown."""
        chosen = self.availability.person_id if self.availability else None
        return next((person for person in self.people if person.id == chosen), None)

    @property
    def facts(self) -> str:
        """The line under the title."""
        if self.availability is None or self.person is None:
            return ""
        number = sum(1 for at in self.cells() if at)
        if not number:
            return f"{self.person.name} has not yet said when they can visit"
        every = 7 * len(self.bands)
        return f"{self.person.name} is available for {out_of(number, every)} timeslots"

    @property
    def entered_words(self) -> str:
        """Who entered it in the other copy, when, and what they changed."""
        if self.availability is None:
            return ""
        return self._context.services.availability.entered_words(self.availability.person_id)

    @property
    def status_words(self) -> str:
        """Why the person isn't planned even at free times; empty if their status allows it."""
        person = self.person
        if person is None:
            return ""
        statuses = {m.scheme_id: m.status_on(self.today) for m in person.latest_memberships()}
        schemes = self._context.services.setup.schemes()
        names = [lowered(s.label) for s in schemes if statuses.get(s.id) == IN_TRAINING]
        if names:
            return (
                f"In training for {joined(names)}, so not planned for it yet. When they are "
                "trained, change their status in People."
            )
        is_new = person.clearance.is_on_probation(self.today) or ON_PROBATION in statuses.values()
        kinds = {scheme.kind for scheme in schemes if scheme.id in statuses}
        if is_new and Kind.ANIMAL_WELFARE in kinds:
            return "On probation, so not planned for kennels yet."
        return ""

    def renew(self) -> None:
        """Read everything again, and stay with the same person."""
        service = self._context.services.availability
        self.people, self.bands, self.sites = service.people(), service.bands(), service.sites()
        known = {person.id for person in self.people}
        chosen = self.availability.person_id if self.availability else None
        if chosen not in known:
            chosen = self.people[0].id if self.people else None
        self.availability = service.of(chosen) if chosen is not None else None
        self.changed.emit()

    def choose(self, person_id: UUID) -> None:
        """Show another person."""
        self.availability = self._context.services.availability.of(person_id)
        self.changed.emit()

    # -- the week ------------------------------------------------------------------------

    def is_free(self, weekday: int, band: Band) -> bool:
        """Whether the person is free for a whole band."""
        assert self.availability is not None
        return any(
            free.weekday == weekday and free.start <= band.start and band.end <= free.end
            for free in self.availability.free
        )

    def cells(self) -> list[bool]:
        """The week row by row, True where free."""
        if self.availability is None:
            return []
        return [self.is_free(weekday, band) for weekday in range(7) for band in self.bands]

    def set_cells(self, cells: Sequence[bool]) -> None:
        """Save a painted week; free times outside the bands stay."""
        if self.availability is None or list(cells) == self.cells():
            return
        painted = [
            FreeTime(at // len(self.bands), band.start, band.end)
            for at, free in enumerate(cells)
            if free
            for band in (self.bands[at % len(self.bands)],)
        ]
        others = [free for free in self.availability.free if not self._touches(free)]
        self._keep(free=tuple(sorted({*painted, *others}, key=lambda f: (f.weekday, f.start))))

    def copy_week(self, person_id: UUID) -> None:
        """Save the usual week of somebody else for the person shown."""
        self._keep(free=self._context.services.availability.of(person_id).free)

    def _touches(self, free: FreeTime) -> bool:
        return any(free.start < band.end and band.start < free.end for band in self.bands)

    # -- the rest ------------------------------------------------------------------------

    def set_visits(self, least: int, most: int) -> None:
        """Save the least and most visits a quarter."""
        self._keep(least=least, most=most)

    def add_days(self, kind: str, period: Period) -> None:
        """Add days away (`away`) or days they would rather not visit (`wishes`)."""
        if self.availability is not None:
            days = tuple(sorted({*getattr(self.availability, kind), period}))
            self._keep(**{kind: days})

    def remove_days(self, kind: str, period: Period) -> None:
        """Remove such days."""
        if self.availability is not None:
            days = tuple(other for other in getattr(self.availability, kind) if other != period)
            self._keep(**{kind: days})

    def distance(self, site_id: UUID) -> object:
        """How far a site is, 0 to 3, or NOT_THERE."""
        assert self.availability is not None
        return (
            NOT_THERE
            if site_id in self.availability.not_at
            else self.availability.travel.get(site_id, 0)
        )

    def set_distance(self, site_id: UUID, far: object) -> None:
        """Save how far a site is (0 to 3), or NOT_THERE."""
        if self.availability is None:
            return
        travel = {site: way for site, way in self.availability.travel.items() if site != site_id}
        if isinstance(far, int) and far:
            travel[site_id] = far
        not_at = self.availability.not_at - {site_id}
        self._keep(travel=travel, not_at=not_at | {site_id} if far == NOT_THERE else not_at)

    def set_may_buddy(self, may_buddy: bool) -> None:
        """Save whether the person goes with people on probation."""
        self._keep(may_buddy=may_buddy)

    def _keep(self, **changed: Any) -> None:
        if self.availability is None:
            return
        service = self._context.services.availability
        self._is_saving = True
        try:
            before, wanted = self.availability, replace(self.availability, **changed)
            if wanted != before:
                changes = service.save(wanted)
                self.availability = service.of(before.person_id)
                self._note(before, self.availability)
                self._context.tell(changes)
                self.kept.emit()
        except VisitAppError as error:
            self.show_problem(error)
        else:
            self.problem.emit(None)
        finally:
            self._is_saving = False
        self.changed.emit()

    def _note(self, before: Availability, after: Availability) -> None:
        """Record a change for Undo; quick presses of a stepper are one change."""
        changed = [key for key in _WORDS if getattr(before, key) != getattr(after, key)]
        key = changed[0] if changed else ""
        counts = key in ("least", "most")
        self.undo_stack.note(UndoStep(before, after, _WORDS.get(key, "the change"), key, counts))

    def _restore(self, earlier: Availability, _step: UndoStep) -> None:
        """Save an earlier availability, and show its person."""
        self.availability = self._context.services.availability.of(earlier.person_id)
        self._keep(**{key: getattr(earlier, key) for key in _WORDS})

    def _on_changed(self, changes: Changes) -> None:
        if not self._is_saving:
            super()._on_changed(changes)
