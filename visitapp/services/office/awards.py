"""Long-service awards: who is due one, and the certificate."""

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.award import (
    SOON_DAYS,
    Award,
    awards_due,
    full_years,
    service_began,
)
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.text.wording import capitalised, number_of
from visitapp.persistence import own_counts, people, schemes, volunteer_files
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, reads
from visitapp.services.saving import must_be_free, save_document

if TYPE_CHECKING:
    from visitapp.domain.office.people import Person
    from visitapp.reporting.certificate import CertificateWords

_LATE_DAYS = 92
"""Nobody visits in the first weeks: records that begin so long after somebody joined have all."""


class AwardService:
    """For the manager: it goes by days of joining and by what was handed over."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, noted=RecordKind.PERSON)
    def due(self) -> tuple[Award, ...]:
        """The awards that are due today or soon, soonest first."""
        with self._access.database.reading() as connection:
            register = people.people(connection)
            files = volunteer_files.files(connection, register)
            office = schemes.office(connection)
            listed = () if office is None else office.award_years
            return awards_due(register, files, listed, self._access.today())

    @reads(MANAGER, noted=RecordKind.PERSON)
    def save_certificate(
        self, person_id: UUID, years: int, target: Path, *, force: bool = False
    ) -> None:
        """Write the certificate for so many years of service as an accessible PDF.

        Raises BadInputError for somebody who has not served as long, for another suffix, or if
        something with that name exists, unless `force`.
        """
        from visitapp.reporting.pdf.certificate import certificate_pdf

        if target.suffix.lower() != ".pdf":
            raise BadInputError("A certificate is saved as .pdf. End the file name with it.")
        must_be_free(target, force=force)
        with self._access.database.reading() as connection:
            words = _words(connection, person_id, years, self._access.today())
        save_document(target, certificate_pdf(words), force=force)


def _words(connection: Connection, person_id: UUID, years: int, today: date) -> "CertificateWords":
    from visitapp.reporting.certificate import CertificateWords

    person = next((item for item in people.people(connection) if item.id == person_id), None)
    office = schemes.office(connection)
    if person is None or office is None:
        raise BadInputError("This person is no longer in the register.")
    _must_have_served(person, years, today)
    body = office.body_on(today)
    kinds = {scheme.id: scheme.kind for scheme in schemes.schemes(connection)}
    visits_people = any(kinds.get(m.scheme_id) is Kind.CUSTODY for m in person.memberships)
    began = min(m.joined_on for m in person.memberships if not m.is_applicant_on(today))
    return CertificateWords(
        office=office.name,
        signed_by=capitalised(body.name.removeprefix("the ")),
        name=person.name,
        years=years,
        role="an independent custody visitor" if visits_people else "an animal welfare visitor",
        area=office.area,
        day=today,
        since=began,
        visits=_visits(connection, person_id, Period(began, today)),
        visited=body.visited if visits_people else "the animals of the police",
        notice=office.made_up_note,
    )


def _must_have_served(person: "Person", years: int, today: date) -> None:
    began = service_began(person.memberships, today + timedelta(days=SOON_DAYS))
    if began is None:
        raise BadInputError(
            f"It is not known how long {person.name} has served. Enter the day they joined."
        )
    served = full_years(began, today + timedelta(days=SOON_DAYS))
    if not 0 < years <= served:
        raise BadInputError(f"{person.name} has served {number_of(served, 'full year')} so far.")


def _visits(connection: Connection, person_id: UUID, period: Period) -> int | None:
    """How many visits somebody made; None where the records begin after they did."""
    first = own_counts.first_visit(connection)
    if first is None or first > period.start + timedelta(days=_LATE_DAYS):
        return None
    return sum(1 for _ in own_counts.visits_of_person(connection, person_id, period))
