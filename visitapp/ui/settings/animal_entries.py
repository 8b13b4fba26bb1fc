"""What the section Animals shows and keeps, without a widget."""

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.site import Site, SiteKind
from visitapp.domain.report.form import Question
from visitapp.services import Services

CarryOut = Callable[[Callable[[], Changes], str], bool]


class AnimalEntries:
    """Over the open file; `carry_out` does something and says it, or what stands against it."""

    def __init__(self, services: Services, carry_out: CarryOut) -> None:
        self._services, self._carry_out = services, carry_out

    def sites(self) -> tuple[Site, ...]:
        """The sites that have animals."""
        every = self._services.setup.sites()
        return tuple(site for site in every if site.kind is SiteKind.KENNELS)

    def all(self) -> tuple[Animal, ...]:
        """The animals of every site, those that left included."""
        service = self._services.animals
        return tuple(animal for site in self.sites() for animal in service.animals(site.id))

    def coverage(self) -> str:
        """How many of them were seen lately, as a sentence."""
        ids = [site.id for site in self.sites()]
        return self._services.animals.coverage(ids).sentence if ids else ""

    def question(self, key: str) -> Question | None:
        """The question of the newest form whose answers an animal's detail is one of."""
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
        """Put an animal on strength, or change what is known of it."""
        service = self._services.animals
        version = animal.version if animal else 0
        made = animal.id if animal else uuid4()
        site_id = animal.site_id if animal else site.id

        def keep() -> Changes:
            item = Animal(
                made, site.scheme_id, site_id, name, species, work, handler, *days, version
            )
            return service.change(item) if animal else service.add(item)

        return made if self._carry_out(keep, f"{name.strip()} saved.") else None
