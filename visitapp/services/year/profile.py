"""Who the volunteers of a year were, from their answers for equality monitoring."""

from collections.abc import Sequence
from datetime import date

from visitapp.domain.office.people import Person
from visitapp.domain.period import Period
from visitapp.domain.year.volunteer_profile import VolunteerProfile, profile_of
from visitapp.persistence import monitoring
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
    """The scheme's volunteers at the end of a reporting year that is over; None where nobody was
    asked, and for any other period: it could be compared with one that a single person changed."""
    answered = monitoring.answers(connection)
    if not answered or period.end >= today or not basis.years.is_year(period):
        return None
    there = serving(people, basis.scheme, period.end)
    asked = [answered[p.id].answers if p.id in answered else {} for p in there]
    return profile_of(asked, monitoring.populations(connection))
