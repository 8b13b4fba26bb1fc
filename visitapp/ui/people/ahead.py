"""What is to be done about people: what of theirs runs out, awards, and what is asked of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from visitapp.domain.office.award import Award, awards_due
from visitapp.domain.office.expiry import Expiry, expiries
from visitapp.domain.office.people import Person
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.domain.year.below_minimum import DoneOfMinimum
from visitapp.services import Services


@dataclass(frozen=True, slots=True)
class PeopleAhead:
    """By the id of the person; nothing in other copies than the manager's, which have no files."""

    runs_out: Mapping[UUID, Sequence[Expiry]] = field(default_factory=dict)
    awards: Mapping[UUID, Award] = field(default_factory=dict)
    minimum: Mapping[UUID, DoneOfMinimum] = field(default_factory=dict)


def look_ahead(
    services: Services, register: Sequence[Person], files: Mapping[UUID, VolunteerFile]
) -> PeopleAhead:
    """What the manager is to see to today."""
    today, listed = services.access.today(), services.setup.office().award_years
    runs_out = defaultdict[UUID, list[Expiry]](list)
    for item in expiries(register, files, today):
        runs_out[item.person.id].append(item)
    due = awards_due(register, files, listed, today)
    return PeopleAhead(
        runs_out,
        {award.person.id: award for award in due},
        {done.person.id: done for done in services.hours.of_minimum()},
    )
