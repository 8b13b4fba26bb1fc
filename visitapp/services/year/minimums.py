"""What volunteers did of what their schemes ask of them, for Home, the register and evidence."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from visitapp.domain.office.people import Person
from visitapp.domain.year.below_minimum import DoneOfMinimum, done_of_minimum, year_to
from visitapp.persistence import meetings, own_counts, schemes
from visitapp.persistence.database import Connection


def done_of_minimum_on(
    connection: Connection, register: Sequence[Person], day: date
) -> tuple[DoneOfMinimum, ...]:
    """Of each volunteer of whom anything is asked, in the twelve months to a day."""
    known = schemes.schemes(connection)
    if not any(scheme.minimum.visits or scheme.minimum.meetings for scheme in known):
        return ()
    year = year_to(day)
    counted = own_counts.visits_of_people(connection, year)
    came = (
        person_id
        for meeting in meetings.meetings(connection)
        if meeting.counts and meeting.held_on in year
        for person_id in meeting.present
    )
    visits = Counter((person_id, visit.scheme_id) for person_id, visit in counted)
    return done_of_minimum(register, known, visits, Counter(came), day)
