"""Two entries of the register that are of the same person, by somebody's decision.

No row is rewritten: reports keep the names that they were signed with, and figures take the two
together whenever they are counted. Undoing is withdrawing the decision.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.people import Clearance, Membership, PanelMembership, Person
from visitapp.domain.office.same_entry import SameEntry
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.domain.text.wording import long_date, number_of, time_given


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody else of the register, and what lets them look like the same person (`similar
    names, same telephone number`); empty if nothing does."""

    person: Person
    by: str = ""


@dataclass(frozen=True, slots=True)
class EntryCount:
    """What is counted of an entry of the register, or of two together: visits, and the time given
    to anything in minutes, as far as it is known and approved."""

    visits: int
    minutes: int

    @property
    def words(self) -> str:
        """`12 visits, 34 h 20 min`."""
        return f"{number_of(self.visits, 'visit')}, {time_given(self.minutes)}"


@dataclass(frozen=True, slots=True)
class CountedTogether:
    """What a decision would do: the counts of both entries, and of the kept person after it; and
    when the kept person `joined`, if that would be another day or not known any more."""

    person: Person
    of_person: EntryCount
    kept: Person
    of_kept: EntryCount
    together: EntryCount
    joined: Membership | None = None

    @property
    def lines(self) -> tuple[str, ...]:
        """`A. Example: 1 visit, 1 h`, and so on."""
        counts = (
            f"{self.person.name}: {self.of_person.words}",
            f"{self.kept.name}: {self.of_kept.words}",
            f"Together, as {self.kept.name}: {self.together.words}",
        )
        return counts if self.joined is None else (*counts, self._joined_words(self.joined))

    def _joined_words(self, joined: Membership) -> str:
        day = long_date(joined.joined_on)
        if not joined.joined_unknown:
            return f"{self.kept.name} then joined on {day}."
        return (
            f"The day {self.kept.name} joined is then not known: they were in the scheme by {day}."
        )


def united(register: Sequence[Person], kept: Mapping[UUID, UUID]) -> list[Person]:
    """The register with the memberships of two who are the same under the kept person, whose gaps
    in vetting, training and panels are filled. The other stays in it without any, as reports have
    their name, and says whose entry it is."""
    if not kept:
        return list(register)
    by_id = {person.id: person for person in register}
    memberships = {person.id: person.memberships for person in register}
    clearances = {person.id: person.clearance for person in register}
    panels = {person.id: person.panels for person in register}
    for person_id, kept_id in kept.items():
        other = by_id[person_id]
        memberships[kept_id] = memberships_together(memberships[kept_id], other.memberships)
        memberships[person_id] = ()
        clearances[kept_id] = filled(clearances[kept_id], other.clearance, _CLEARANCE)
        panels[kept_id] = panels_together(panels[kept_id], other.panels)
        panels[person_id] = ()
    return [
        replace(
            person,
            memberships=memberships[person.id],
            clearance=clearances[person.id],
            panels=panels[person.id],
            same_as=kept.get(person.id),
        )
        for person in register
    ]


def panels_together(
    own: Sequence[PanelMembership], others: Sequence[PanelMembership]
) -> tuple[PanelMembership, ...]:
    """The kept person's panels; the other's in each scheme where the kept person was in none."""
    there = {item.scheme_id for item in own}
    return (*own, *(item for item in others if item.scheme_id not in there))


_CLEARANCE = ("vetted_until", "probation_until", "tact_trained")
_REACHED = ("telephone", "email", "home_area")
_Value = TypeVar("_Value", Clearance, VolunteerFile)


def filled(own: _Value, other: _Value, names: Iterable[str]) -> _Value:
    """What is known, with what is not taken from another of its kind."""
    gaps = {name: getattr(other, name) for name in names if not getattr(own, name)}
    return replace(own, **gaps)


def files_together(own: VolunteerFile, other: VolunteerFile) -> VolunteerFile:
    """The kept person's file with the gaps filled from the other's, and all that either holds."""
    held = tuple(dict.fromkeys((*own.credentials, *other.credentials)))
    return replace(filled(own, other, _REACHED), credentials=held)


def own_file(wanted: VolunteerFile, shown: VolunteerFile, stored: VolunteerFile) -> VolunteerFile:
    """The kept person's file as it is to be written: what is `wanted`, without what is not in their
    own, `stored`, and only `shown` of the other."""
    others = set(shown.credentials) - set(stored.credentials)
    held = tuple(item for item in wanted.credentials if item not in others)
    return replace(_own_values(wanted, shown, stored, _REACHED), credentials=held)


def is_still_there(wanted: _Value, now: _Value) -> bool:
    """Whether something that was taken away is there as before, since the other has it."""
    names = _CLEARANCE if isinstance(wanted, Clearance) else _REACHED
    return any(getattr(now, name) and not getattr(wanted, name) for name in names)


def _own_values(wanted: _Value, shown: _Value, stored: _Value, names: Iterable[str]) -> _Value:
    """What is `wanted`; what is as `shown` stays as it is `stored`."""
    same = {name for name in names if getattr(wanted, name) == getattr(shown, name)}
    return replace(wanted, **{name: getattr(stored, name) for name in same})


def memberships_together(
    own: Sequence[Membership], others: Sequence[Membership]
) -> tuple[Membership, ...]:
    """Where both were in a scheme at the same time, the kept person's status and last day hold, and
    the earlier of the first days; all else is added."""
    together = list(own)
    for other in others:
        shared = [
            at
            for at, mine in enumerate(together)
            if mine.scheme_id == other.scheme_id and _meet(mine, other)
        ]
        if shared:
            first = min(shared, key=lambda at: together[at].joined_on)
            together[first] = _with_earlier(together[first], other)
        else:
            together.append(other)
    return tuple(sorted(together, key=lambda item: item.joined_on))


def _meet(mine: Membership, other: Membership) -> bool:
    return not (mine.has_ended_by(other.joined_on) or other.has_ended_by(mine.joined_on))


def _with_earlier(mine: Membership, other: Membership) -> Membership:
    """The membership from the other's first day if that is earlier, with what they were before the
    first change of this one."""
    if other.joined_on >= mine.joined_on:
        return mine
    begins = mine.changes[0].begins if mine.changes else None
    before = (item for item in other.changes if begins and item.begins < begins)
    return replace(
        mine,
        joined_on=other.joined_on,
        joined_unknown=other.joined_unknown,
        changes=(*before, *mine.changes),
    )


def joined_before(own: Sequence[Membership], others: Sequence[Membership]) -> Membership | None:
    """The first membership of both together, if it begins on another day than the kept person's, or
    on one that is not known."""
    first = min(memberships_together(own, others), key=lambda m: m.joined_on, default=None)
    before = min(own, key=lambda m: m.joined_on, default=None)
    if first is None or before is None:
        return first
    same = (first.joined_on, first.joined_unknown) == (before.joined_on, before.joined_unknown)
    return None if same else first


def own_part(wanted: Person, shown: Person, stored: Person) -> Person:
    """The kept person as they are to be written: of each membership that was `shown` only what is
    their own in what is `stored`, with what is `wanted` otherwise."""
    before = {(item.scheme_id, item.joined_on): item for item in shown.memberships}
    own: list[Membership] = []
    for item in wanted.memberships:
        was = before.get((item.scheme_id, item.joined_on))
        mine = None if was is None else _own(was, stored.memberships)
        if mine is not None:
            days = {"joined_on": mine.joined_on, "joined_unknown": mine.joined_unknown}
            own.append(replace(item, **days))  # type: ignore[arg-type]
        elif item != was:
            own.append(item)
    clearance = _own_values(wanted.clearance, shown.clearance, stored.clearance, _CLEARANCE)
    panels = stored.panels if wanted.panels == shown.panels else wanted.panels
    return replace(wanted, memberships=tuple(own), clearance=clearance, panels=panels)


def _own(shown: Membership, stored: Iterable[Membership]) -> Membership | None:
    mine = [m for m in stored if m.scheme_id == shown.scheme_id and _meet(m, shown)]
    return min(mine, key=lambda item: item.joined_on, default=None)


def why_not_same(person: Person, kept: Person, decisions: Iterable[SameEntry]) -> str:
    """Why the register doesn't let two be counted as one person, as a sentence; empty if it
    does."""
    if person.id == kept.id:
        return "Choose two different people."
    for item in decisions:
        if item.holds and {item.entry_id, item.kept_id} & {person.id}:
            return f"{person.name} already counts together with somebody. Undo that first."
        if item.holds and item.entry_id == kept.id:
            return f"{kept.name} already counts as somebody else. Choose that person, or undo it."
    together = replace(kept, memberships=memberships_together(kept.memberships, person.memberships))
    if together.problem_of_memberships():
        return (
            f"The days in a scheme of {person.name} and {kept.name} contradict each other. "
            "Correct the days that one of them joined or left first."
        )
    for other in person.memberships:
        longer = [
            mine
            for mine in kept.memberships
            if mine.scheme_id == other.scheme_id
            and mine.left_on is not None
            and (other.left_on is None or other.left_on > mine.left_on)
        ]
        if longer:
            return (
                f"{kept.name} left a scheme in which {person.name} was later. "
                f"Keep the entry of {person.name}, or correct the day."
            )
    return ""
