"""What the Animals section reads and saves, without widgets."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.site import Site
from visitapp.domain.report.form import Question
from visitapp.services import Services

CarryOut = Callable[[Callable[[], Changes], str], bool]


class AnimalEntries:
    """Works on the open file; `carry_out` runs a change and reports the result or the problem."""

    def __init__(self, services: Services, carry_out: CarryOut) -> None:
        self._services, self._carry_out = services, carry_out

    def sites(self) -> tuple[Site, ...]:
        """The sites with animals."""
        every = self._services.setup.sites()
        return tuple(site for site in every if site.kind.is_for_animals)

    def all(self) -> tuple[Animal, ...]:
        """The animals of every site, including those that left."""
        service = self._services.animals
        return tuple(animal for site in self.sites() for animal in service.animals(site.id))

    def coverage(self) -> str:
        """A sentence on how many of them were seen recently."""
        ids = [site.id for site in self.sites()]
        return self._services.animals.coverage(ids).sentence if ids else ""

    def question(self, key: str) -> Question | None:
        """The question in the newest form whose options are used for this detail of an animal."""
        sites = self.sites()
        if not sites:
            return None
        form = self._services.forms.form(sites[0].scheme_id)
        return next((q for q in form.row_questions() if q.key == key), None)

    def save(
        self,
        animal: Animal | None,
        site: Site,
        *,
        name: str,
        species: str,
        work: str,
        handler: str,
        days: tuple[date | None, date | None],
    ) -> UUID | None:
        """Add an animal, or change its details. Returns its id, or None if it was not saved."""
        service = self._services.animals
        version = animal.version if animal else 0
        animal_id = animal.id if animal else uuid4()
        site_id = animal.site_id if animal else site.id

        def keep() -> Changes:
            item = Animal(
                animal_id, site.scheme_id, site_id, name, species, work, handler, *days, version
            )
            return service.change(item) if animal else service.add(item)

        return animal_id if self._carry_out(keep, f"{name.strip()} saved.") else None
