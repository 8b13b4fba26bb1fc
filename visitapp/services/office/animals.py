"""The animals at each site: which are on strength, and which haven't been seen recently."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.animal import Animal, AnimalCoverage, coverage_of
from visitapp.domain.text.folding import namesake
from visitapp.persistence import animals as stored
from visitapp.persistence import schemes
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, READER, VISITOR, changes, reads

LONGEST_NAME = 80
LONGEST_DETAIL = 40


class AnimalService:
    """Everyone can read and add animals, since visitors are the first to meet a new one. Only the
    manager can change them."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR)
    def animals(self, site_id: UUID, *, on: date | None = None) -> tuple[Animal, ...]:
        """A site's animals by name: those on strength on a day, or all there ever were."""
        with self._access.database.reading() as connection:
            listed = stored.animals(connection, site_id)
        return tuple(animal for animal in listed if on is None or animal.is_on_strength(on))

    @changes(MANAGER, VISITOR)
    def add(self, item: Animal) -> Changes:
        """Add an animal.

        Raises BadInputError if the site has, or had, another of that name.
        """
        return self._save(replace(item, version=0))

    @changes(MANAGER)
    def change(self, item: Animal) -> Changes:
        """Change an animal's details."""
        return self._save(item)

    @changes(MANAGER)
    def end(self, animal_id: UUID, on: date) -> Changes:
        """Record an animal's last day at its site; past reports keep it. Raises BadInputError if it
        isn't in the file."""
        with self._access.database.reading() as connection:
            animal = next((a for a in stored.animals(connection) if a.id == animal_id), None)
        if animal is None:
            raise BadInputError("This animal is no longer in the file.")
        return self._save(replace(animal, to_on=on))

    @reads(MANAGER, VISITOR, READER)
    def coverage(self, site_ids: Sequence[UUID], on: date | None = None) -> AnimalCoverage:
        """Animals of these sites seen in the six months before a day (today by default), as a share
        of those on strength."""
        with self._access.database.reading() as connection:
            return coverage(connection, site_ids, on or self._access.today())

    def _save(self, item: Animal) -> Changes:
        item = _trimmed(item)
        with self._access.database.transaction() as connection:
            _must_fit(connection, item)
            stored.save_animal(connection, item)
        return Changes.ANIMALS


def coverage(connection: Connection, site_ids: Sequence[UUID], day: date) -> AnimalCoverage:
    """The same, for other services."""
    seen = schemes.codes_of_group(connection, "outcome", "seen")
    training = schemes.codes_of_group(connection, "visit_type", "training")
    wanted = set(site_ids)
    return coverage_of(
        (animal for animal in stored.animals(connection) if animal.site_id in wanted),
        stored.last_seen(connection, seen, training, day),
        day,
    )


def _trimmed(item: Animal) -> Animal:
    item = replace(item, name=" ".join(item.name.split()), handler=item.handler.strip())
    if not item.name:
        raise BadInputError("Enter the animal’s name or PD number.")
    if len(item.name) > LONGEST_NAME or len(item.handler) > LONGEST_DETAIL:
        raise BadInputError("This is too long for a name or a collar number.")
    return item


def _must_fit(connection: Connection, item: Animal) -> None:
    """Raises BadInputError if the site has no animals, or one of the same name."""
    site = next((s for s in schemes.sites(connection) if s.id == item.site_id), None)
    if site is None or not site.kind.is_for_animals or site.scheme_id != item.scheme_id:
        raise BadInputError("Choose kennels or stables of the animal\u2019s own scheme.")
    names = {other.id: other.name for other in stored.animals(connection, item.site_id)}
    if same := namesake(item.name, names.pop(item.id, None), names.values()):
        raise BadInputError(
            f"This site already has, or had, an animal called {same}. Add something to tell "
            "them apart."
        )
