"""When people can visit: visitors enter their own availability, the manager anybody's."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.office.grid import Band
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Role
from visitapp.domain.office.site import Site
from visitapp.domain.office.week_bands import week_bands
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.broken_visit import BrokenVisit
from visitapp.domain.plan.entered import entered_here, entry_words
from visitapp.domain.plan.rota import FreeTime, can_hide_a_day
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.register_import import FreeEntry, PartOfWeek
from visitapp.domain.text.folding import folded
from visitapp.persistence import availability as stored
from visitapp.persistence import people, schemes
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.plan.broken_visits import broken_visits
from visitapp.services.plan.plan_world import read_world
from visitapp.services.roles import MANAGER, VISITOR, changes, reads


class AvailabilityService:
    """Availability of one person at a time."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR)
    def people(self) -> tuple[Person, ...]:
        """The people whose availability this copy may change: everybody who hasn't left or, in a
        visitor's copy, only the person signed in, by their name in the register."""
        today = self._access.today()
        with self._access.database.reading() as connection:
            persons = people.people(connection)
        persons = [p for p in persons if any(not m.has_ended_by(today) for m in p.memberships)]
        if self._access.actor.role is Role.VISITOR:
            mine = folded(self._access.actor.name)
            persons = [person for person in persons if folded(person.name) == mine]
        return tuple(persons)

    @reads(MANAGER, VISITOR, noted=RecordKind.AVAILABILITY)
    def of(self, person_id: UUID) -> Availability:
        """A person's availability, or the defaults if nothing is entered.

        Raises NotAllowedError for anybody else in a visitor's copy.
        """
        self._must_be_allowed(person_id)
        with self._access.database.reading() as connection:
            return stored.availabilities(connection).get(person_id, Availability(person_id))

    @changes(MANAGER, VISITOR)
    def save(self, availability: Availability) -> Changes:
        """Save it. A visitor's copy can't change what only the manager decides. Raises
        BadInputError for a site that isn't in the file."""
        self._must_be_allowed(availability.person_id)
        with self._access.database.transaction() as connection:
            before = stored.availabilities(connection).get(
                availability.person_id, Availability(availability.person_id)
            )
            if self._access.actor.role is Role.VISITOR:
                availability = replace(availability, may_buddy=before.may_buddy)
            known = {site.id for site in schemes.entered_sites(connection)}
            if not ({*availability.travel} | availability.not_at) <= known:
                raise BadInputError("One of the sites is no longer in the file.")
            stored.save_availability(connection, availability)
            by_self = self._access.actor.role is Role.VISITOR
            noted = stored.entry(connection, availability.person_id)
            entry = entered_here(noted, self._access.now(), by_self=by_self)
            stored.save_entry(connection, availability.person_id, entry)
        return Changes.PLANS

    @reads(MANAGER)
    def silent(self, period: Period) -> tuple[Person, ...]:
        """The people who could be planned in some weeks and of whom nobody entered when they can
        visit; by name."""
        with self._access.database.reading() as connection:
            world = read_world(connection, self._access.today(), period)
            register = {person.id: person for person in people.people(connection)}
        silent = (register[volunteer.id] for volunteer in world.silent)
        return tuple(sorted(silent, key=lambda person: (person.name, person.id)))

    @changes(MANAGER)
    def free_always(self, period: Period) -> Changes:
        """Enter of all these people that they can visit at any time."""
        free = tuple(
            FreeTime(weekday, band.start, band.end) for weekday in range(7) for band in self.bands()
        )
        silent = self.silent(period)
        with self._access.database.transaction() as connection:
            known = stored.availabilities(connection)
            for person in silent:
                before = known.get(person.id, Availability(person.id))
                self._enter(connection, replace(before, free=free))
        return Changes.PLANS

    @changes(MANAGER)
    def save_free(self, entries: Iterable[FreeEntry]) -> Changes:
        """Enter of several people in which parts of every week they can visit, or of none: raises
        ConflictError if the availability of one was changed meanwhile."""
        with self._access.database.transaction() as connection:
            known = stored.availabilities(connection)
            for entry in entries:
                before = known.get(entry.person_id, Availability(entry.person_id))
                if frozenset(part_of_week(free) for free in before.free) != entry.before:
                    raise ConflictError(
                        f"The availability of {entry.name} has changed. Check the file again."
                    )
                free = tuple(FreeTime(*part) for part in entry.free)
                self._enter(connection, replace(before, free=free))
        return Changes.PLANS

    def _enter(self, connection: Connection, availability: Availability) -> None:
        """Save what the manager entered."""
        stored.save_availability(connection, availability)
        noted = stored.entry(connection, availability.person_id)
        entry = entered_here(noted, self._access.now(), by_self=False)
        stored.save_entry(connection, availability.person_id, entry)

    @reads(MANAGER, noted=RecordKind.AVAILABILITY)
    def parts_of_weeks(self) -> dict[UUID, frozenset[PartOfWeek]]:
        """In which parts of every week people can visit, of all who have entered any."""
        with self._access.database.reading() as connection:
            known = stored.availabilities(connection)
        return {
            person_id: frozenset(part_of_week(free) for free in availability.free)
            for person_id, availability in known.items()
            if availability.free
        }

    @reads(MANAGER, VISITOR)
    def entered_words(self, person_id: UUID) -> str:
        """Who entered it last where that was in the other copy, and what they changed; empty
        otherwise. Raises NotAllowedError for anybody else in a visitor's copy."""
        self._must_be_allowed(person_id)
        with self._access.database.reading() as connection:
            entry = stored.entry(connection, person_id)
            now = stored.availabilities(connection).get(person_id)
            names = people.names(connection, [person_id])
        if entry is None or now is None:
            return ""
        is_own = self._access.actor.role is Role.VISITOR
        return entry_words(entry, now, "" if is_own else names[person_id])

    @reads(MANAGER)
    def narrow_words(self, person_id: UUID) -> str:
        """That somebody can go on so few days that their name gives away the day of a visit; empty
        for all others, and for whoever hasn't entered anything."""
        with self._access.database.reading() as connection:
            free = stored.availabilities(connection).get(person_id, Availability(person_id)).free
        if not free or can_hide_a_day(free):
            return ""
        return (
            "Can go on only one or two days of the week. Anyone who knows that can guess the day "
            "of their visits."
        )

    @reads(MANAGER)
    def broken_visits(self, person_id: UUID) -> tuple[BrokenVisit, ...]:
        """A person's planned future visits, including drafts, that they can no longer make."""
        with self._access.database.reading() as connection:
            register = people.people(connection)
            all_broken = broken_visits(connection, register, self._access.today(), drafts=True)
        return tuple(broken for broken in all_broken if broken.person_id == person_id)

    @reads(MANAGER, VISITOR)
    def bands(self) -> tuple[Band, ...]:
        """The parts of a day to choose from: the bands of the custody scheme's timeslots."""
        with self._access.database.reading() as connection:
            return week_bands(schemes.schemes(connection), schemes.grids(connection))

    @reads(MANAGER, VISITOR)
    def sites(self) -> tuple[Site, ...]:
        """The sites in use, to say how far each is."""
        today = self._access.today()
        with self._access.database.reading() as connection:
            return tuple(s for s in schemes.sites(connection) if s.is_open_on(today))

    def _must_be_allowed(self, person_id: UUID) -> None:
        if self._access.actor.role is Role.VISITOR and person_id not in {
            person.id for person in self.people()
        }:
            raise NotAllowedError("You can only change your own availability here.")


def part_of_week(free: FreeTime) -> PartOfWeek:
    """A free time as an import knows it."""
    return free.weekday, free.start, free.end
