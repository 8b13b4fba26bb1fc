"""Who the volunteers of a year were, from their answers for equality monitoring."""

from collections.abc import Sequence
from datetime import date

from visitapp.domain.office.people import Person
from visitapp.domain.period import Period
from visitapp.domain.year.volunteer_profile import VolunteerProfile, profile_of
from visitapp.persistence import monitoring, same_person, volunteer_files
from visitapp.persistence.database import Connection
from visitapp.services.year.register import serving
from visitapp.services.year.scheme_figures import FiguresBasis


def profile(
    connection: Connection,
    people: Sequence[Person],
    basis: FiguresBasis,
    period: Period,
    today: date,
) -> VolunteerProfile | None:
    """The scheme's volunteers at the end of a reporting year that is over; None where nothing is
    known of anybody, and for any other period: it could be compared with one that a single person
    changed."""
    if period.end >= today or not basis.years.is_year(period):
        return None
    answered = same_person.under_kept(connection, monitoring.answers(connection))
    areas = volunteer_files.home_areas(connection)
    if not answered and not areas:
        return None
    there = [person.id for person in serving(people, basis.scheme, period.end)]
    return profile_of(
        [answered[person_id].answers if person_id in answered else {} for person_id in there],
        monitoring.populations(connection),
        [areas.get(person_id, "") for person_id in there],
    )
