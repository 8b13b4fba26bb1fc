"""What a report of one scheme can refer to, read when the report is opened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from visitapp.domain.draft.report_form import ReadingBasis
from visitapp.domain.draft.report_sections import TaskSection, sections
from visitapp.domain.office.codes import Code, CodeBook
from visitapp.domain.office.grid import Grid
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.report.form import Form
from visitapp.domain.text.folding import person_sort_key
from visitapp.services import Services


@dataclass(frozen=True, slots=True)
class Register:
    """`sections` are those of `form`, the version that the report is written with."""

    scheme: Scheme
    form: Form
    sections: tuple[TaskSection, ...]
    sites: tuple[Site, ...]
    grids: Mapping[UUID, Grid]
    people: Mapping[UUID, Person]
    book: CodeBook

    @property
    def basis(self) -> ReadingBasis:
        """Everything that is needed to read the report."""
        return ReadingBasis(self.form, self.book, self.scheme.immediate_limit)

    def offered(self, list_name: str, day: date, chosen: str | None) -> list[Code]:
        """Coded values of a list in use on a day, and the chosen one even if it no longer is."""
        return [
            code for code in self.book[list_name] if code.is_active_on(day) or code.code == chosen
        ]

    def offered_people(self, day: date, chosen: Collection[UUID] = ()) -> list[Person]:
        """Who may have visited: all who are or were in the scheme, the active ones first, and
        whoever is `chosen` already, by id."""
        members = [
            p for p in self.people.values() if p.membership(self.scheme.id) or p.id in chosen
        ]
        return sorted(
            members,
            key=lambda p: (not p.is_active_on(self.scheme.id, day), person_sort_key(p.name)),
        )


def load(services: Services, scheme: Scheme, form: Form) -> Register:
    """Read the current register of a scheme."""
    setup = services.setup
    return Register(
        scheme=scheme,
        form=form,
        sections=sections(form),
        sites=setup.sites(scheme.id),
        grids={grid.id: grid for grid in setup.grids(scheme.id)},
        people={person.id: person for person in services.people.people()},
        book=setup.codes(scheme.id),
    )
