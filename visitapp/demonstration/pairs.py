"""Who called: two visitors who were active that day, taking turns and changing partners."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from visitapp.demonstration.calls import Call
from visitapp.demonstration.seeded_draws import SeededDraws
from visitapp.domain.office.people import Person

_REST = timedelta(days=4)
_PROBATION = timedelta(days=182)
_PARTNER_DAYS = 12
"""One earlier visit together counts as much as so many days since the last visit."""


@dataclass(slots=True)
class VisitorTurns:
    """Chooses visitors call by call, in order of time.

    Those who join after `first_day` first go along once as an observer, and two people on probation
    (six months) never go together.
    """

    people: Sequence[Person]
    first_day: date
    draws: SeededDraws
    _last: dict[UUID, date] = field(default_factory=dict)
    _together: Counter[frozenset[UUID]] = field(default_factory=Counter)
    _ready_from: dict[UUID, date] = field(default_factory=dict)

    def pair(self, call: Call) -> tuple[UUID, UUID]:
        """The two visitors of a call."""
        scheme, day = call.site.scheme_id, call.arrived.day
        free = [p for p in self.people if p.is_active_on(scheme, day) and self._may(p, call)]
        ranked = sorted(free, key=lambda p: (self._waiting_since(p), p.name))
        first = ranked[0]
        partners = [p for p in ranked[1:] if not (self._new(first, call) and self._new(p, call))]
        second = min(
            partners,
            key=lambda p: (
                self._waiting_since(p)
                + timedelta(days=_PARTNER_DAYS * self._together[frozenset((first.id, p.id))])
                + timedelta(days=self.draws.below(5)),
                p.name,
            ),
        )
        self._together[frozenset((first.id, second.id))] += 1
        for person in (first, second):
            self._last[person.id] = day
        return first.id, second.id

    def observer(self, call: Call) -> UUID | None:
        """A recruit who goes along for the first time, if there is one."""
        scheme, day = call.site.scheme_id, call.arrived.day
        for person in self.people:
            joined = person.membership(scheme)
            if (
                joined is not None
                and joined.joined_on > self.first_day
                and person.id not in self._ready_from
                and person.is_active_on(scheme, day)
            ):
                self._ready_from[person.id] = day + timedelta(days=7)
                return person.id
        return None

    def _may(self, person: Person, call: Call) -> bool:
        last = self._last.get(person.id)
        day = call.arrived.day
        rested = last is None or day - last >= _REST
        joined = person.membership(call.site.scheme_id)
        assert joined is not None
        if joined.status == "TRAINING":
            return False
        if joined.joined_on <= self.first_day:
            return rested
        ready = self._ready_from.get(person.id)
        return rested and ready is not None and day >= ready

    def _waiting_since(self, person: Person) -> date:
        last = self._last.get(person.id)
        if last is not None:
            return last
        return max(self._ready_from.get(person.id, self.first_day), self.first_day)

    def _new(self, person: Person, call: Call) -> bool:
        joined = person.membership(call.site.scheme_id)
        return joined is not None and call.arrived.day < joined.joined_on + _PROBATION
