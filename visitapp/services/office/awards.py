"""Long-service awards: who is due one, and what the certificate says."""

from datetime import date, timedelta
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
from visitapp.domain.text.wording import capitalised, number_of
from visitapp.persistence import own_counts, people, schemes, volunteer_files
from visitapp.persistence.database import Connection

if TYPE_CHECKING:
    from visitapp.domain.office.people import Person
    from visitapp.reporting.certificate import CertificateWords

_LATE_DAYS = 92
"""Nobody visits in the first weeks: records that begin so long after somebody joined have all."""


def awards(connection: Connection, today: date) -> tuple[Award, ...]:
    """The awards that are due on a day or soon, soonest first."""
    register = people.people(connection)
    files = volunteer_files.files(connection, register)
    office = schemes.office(connection)
    return awards_due(register, files, () if office is None else office.award_years, today)


def certificate_words(
    connection: Connection, person_id: UUID, years: int, today: date
) -> "CertificateWords":
    """What a certificate for so many years says. Raises BadInputError for somebody who has not
    served as long."""
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
    if began is None and not any(m.joined_unknown for m in person.memberships):
        raise BadInputError(f"{person.name} is not a volunteer now.")
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
