"""Who made fewer visits in twelve months, or came to fewer meetings, than their schemes ask for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.office.people import Membership, Person
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.period import Period
from visitapp.domain.text.wording import (
    count_text,
    joined,
    lowered,
    number_of,
    opening_number,
    out_of,
    plural,
)


@dataclass(frozen=True, slots=True)
class DoneOfMinimum:
    """What somebody did in twelve months of what is asked of them: visits by scheme, and meetings.
    Only what a scheme asks for is listed, as (done, asked, scheme), None for meetings."""

    person: Person
    parts: tuple[tuple[int, int, Scheme | None], ...]

    @property
    def is_below(self) -> bool:
        """Whether any of it is less than asked."""
        return any(done < asked for done, asked, _ in self.parts)

    @property
    def words(self) -> str:
        """`7 of 12 visits and 3 meetings (2 asked for)`."""
        return joined([self._part(*part) for part in self.parts])

    @property
    def short(self) -> str:
        """What is lacking, `7 of 12 visits`, or what they did, `14 visits, 3 meetings`."""
        if self.is_below:
            return ", ".join(self._part(*part) for part in self.parts if part[0] < part[1])
        visits = [done for done, _, scheme in self.parts if scheme is not None]
        meetings = [done for done, _, scheme in self.parts if scheme is None]
        words = [number_of(sum(visits), "visit")] if visits else []
        return ", ".join(words + [number_of(done, "meeting") for done in meetings])

    def _part(self, done: int, asked: int, scheme: Scheme | None) -> str:
        noun = "meeting"
        if scheme is not None:
            among_several = sum(other is not None for _, _, other in self.parts) > 1
            noun = f"{lowered(scheme.label)} visit" if among_several else "visit"
        if done < asked:
            return f"{out_of(done, asked)} {plural(asked, noun)}"
        return f"{number_of(done, noun)} ({count_text(asked)} asked for)"


def reached_words(each: Sequence[DoneOfMinimum]) -> str:
    """`Nine of 11 volunteers`: how many did all that is asked of them; who is the office's."""
    reached = sum(not item.is_below for item in each)
    return out_of(reached, len(each), "volunteer", begin=opening_number)


def year_to(day: date) -> Period:
    """The twelve months by which minimums are judged; they are a day longer over a 29 February."""
    return Period(Period(day, day).year_before().end + timedelta(days=1), day)


def done_of_minimum(
    people: Iterable[Person],
    schemes: Sequence[Scheme],
    visits: Mapping[tuple[UUID, UUID], int],
    meetings: Mapping[UUID, int],
    day: date,
) -> tuple[DoneOfMinimum, ...]:
    """Of each volunteer of whom anything is asked: `visits` are those of the twelve months to the
    day by person and scheme, `meetings` by person.

    Only of those who belonged to the scheme for all of these months and were never on leave in
    them, since less is fair to ask of the others.
    """
    each = (_of(person, schemes, visits, meetings.get(person.id, 0), day) for person in people)
    return tuple(item for item in each if item.parts)


def _of(
    person: Person,
    schemes: Sequence[Scheme],
    visits: Mapping[tuple[UUID, UUID], int],
    meetings: int,
    day: date,
) -> DoneOfMinimum:
    parts: list[tuple[int, int, Scheme | None]] = []
    asked = 0
    for scheme in schemes:
        mine = [m for m in person.memberships if m.scheme_id == scheme.id]
        if any(_served_all(membership, day) for membership in mine):
            asked = max(asked, scheme.minimum.meetings)
            if scheme.minimum.visits:
                done = visits.get((person.id, scheme.id), 0)
                parts.append((done, scheme.minimum.visits, scheme))
    if asked:
        parts.append((meetings, asked, None))
    return DoneOfMinimum(person, tuple(parts))


def _served_all(membership: Membership, day: date) -> bool:
    """Whether somebody could visit on each of the days; of somebody whose day of joining is not
    known, from the first visit that is."""
    year = year_to(day)
    begun = [change.begins for change in membership.changes if change.begins in year]
    return all(membership.is_active_on(each) for each in (year.start, *begun, day))
