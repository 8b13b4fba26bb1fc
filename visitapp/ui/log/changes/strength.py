"""The animals that a report can be about: those on strength at the site."""

from uuid import UUID, uuid4

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.folding import folded
from visitapp.ui.context import Context
from visitapp.ui.log.changes.writing import Writing


class AnimalStrength:
    """The animals of the chosen site, read once per site."""

    def __init__(self, viewmodel: Writing, context: Context) -> None:
        self._viewmodel, self._context = viewmodel, context
        self._of: UUID | None = None
        self._animals: tuple[Animal, ...] = ()

    def forget(self) -> None:
        """Read the animals again when they are next needed."""
        self._of = None

    def all(self) -> tuple[Animal, ...]:
        """All animals that the chosen site has, or ever had."""
        site = self._viewmodel.site
        if self._viewmodel.kind is not Kind.ANIMAL_WELFARE or site is None:
            return ()
        if site.id != self._of:
            self._of = site.id
            self._animals = self._context.services.animals.animals(site.id)
        return self._animals

    def names(self) -> dict[UUID, str]:
        """The animals' names."""
        return {animal.id: animal.name for animal in self.all()}

    def on_the_day(self) -> tuple[Animal, ...]:
        """Those that belonged to the site on the day of the visit."""
        day = self._viewmodel.reading.day or self._viewmodel.today()
        return tuple(animal for animal in self.all() if animal.is_on_strength(day))

    def add(self, name: str) -> UUID:
        """Put an animal that visitors met on strength; its id, or that of the animal already known
        by that name.

        Raises VisitAppError.
        """
        known = next((a for a in self.on_the_day() if folded(a.name) == folded(name)), None)
        if known is not None:
            return known.id
        site = self._viewmodel.site
        if site is None:
            raise BadInputError("Choose the kennels first, under \u201cThe visit\u201d.")
        day = self._viewmodel.reading.day or self._viewmodel.today()
        animal = Animal(
            uuid4(), site.scheme_id, site.id, name, site.kind.usual_species, from_on=day
        )
        self._context.tell(self._context.services.animals.add(animal))
        return animal.id

    def sentence(self) -> str:
        """How many of those on strength were seen in the last six months."""
        site, day = self._viewmodel.site, self._viewmodel.reading.day
        if site is None or not self.on_the_day():
            return ""
        return self._context.services.animals.coverage([site.id], day).sentence
