"""What the office gives a visitor's copy: all that it needs to log a visit, and no more."""

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from visitapp.domain.exchange.copies import PublicKeys
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.codes import Code
from visitapp.domain.office.grid import Grid
from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.people import Clearance, Membership, Person
from visitapp.domain.office.scheme import Office, Scheme
from visitapp.domain.office.site import Site


@dataclass(frozen=True, slots=True)
class FormText:
    """A version of a scheme's form, as JSON."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class SchemePack:
    """One scheme with its lists, timeslots, sites and their groups, animals and all versions of its
    form."""

    scheme: Scheme
    codes: tuple[Code, ...]
    grids: tuple[Grid, ...]
    sites: tuple[Site, ...]
    animals: tuple[Animal, ...]
    forms: tuple[FormText, ...]
    groups: tuple[SiteGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Pack:
    """The office's settings on a day, for one visitor. `people` are the visitor and those who
    can be named as a partner (`for_partners`)."""

    as_of: date
    office: Office
    schemes: tuple[SchemePack, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class InvitationContent:
    """What lies in the file of an invitation. `copy_id` and `keys` are the office's;
    `last_day` is the last day on which the code works, `keys_number` that of the office's keys."""

    format: int
    id: UUID
    copy_id: UUID
    keys: PublicKeys
    person_id: UUID
    number: int
    last_day: date
    pack: Pack
    keys_number: int = 0

    @property
    def visitor(self) -> Person:
        """Who is invited; in an invitation that was opened they are in the pack."""
        return next(person for person in self.pack.people if person.id == self.person_id)


FORMAT = 1
"""Of the contents of invitations and packs: an older program can't take in a newer one."""


@dataclass(frozen=True, slots=True)
class Reply:
    """How a visitor's copy answers an invitation: its keys, and the proof that it had the code."""

    invitation_id: UUID
    keys: PublicKeys
    proof: bytes = field(repr=False)


def for_partners(person: Person, day: date) -> Person | None:
    """Somebody as other visitors need them: the name, and the schemes they can visit for on a
    day; None for somebody who can't be named as a partner."""
    memberships = tuple(
        Membership(membership.scheme_id, membership.joined_on)
        for membership in person.latest_memberships()
        if membership.is_active_on(day)
    )
    if not memberships:
        return None
    return replace(person, memberships=memberships, clearance=Clearance(), panels=(), version=1)
