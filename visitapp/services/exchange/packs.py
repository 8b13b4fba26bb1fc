"""The office's settings for a visitor's copy: put together there, and taken over here."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.pack import FormText, Pack, SchemePack, for_partners
from visitapp.domain.office.codes import Code
from visitapp.domain.office.people import LEFT, Membership, Person
from visitapp.domain.office.scheme import Scheme
from visitapp.persistence import animals, forms, people, schemes
from visitapp.persistence.database import Connection
from visitapp.services.office.reference import reference_form


def pack_for(connection: Connection, person_id: UUID, day: date) -> Pack:
    """What a visitor's copy needs on a day. The crest, rates, limits of answering and everything
    about other people but their names and schemes stay in the office."""
    office = schemes.office(connection)
    person = next((item for item in people.people(connection) if item.id == person_id), None)
    if office is None or person is None:
        raise BadInputError("This person is no longer in the register.")
    own = {membership.scheme_id for membership in person.memberships}
    partners = (
        for_partners(_within(item, own), day)
        for item in people.people(connection)
        if item != person
    )
    return Pack(
        as_of=day,
        office=replace(office, crest=b"", version=1),
        schemes=tuple(
            _scheme_pack(connection, scheme)
            for scheme in schemes.schemes(connection)
            if scheme.id in own
        ),
        people=(replace(person, version=1), *filter(None, partners)),
    )


def _within(person: Person, scheme_ids: Collection[UUID]) -> Person:
    memberships = tuple(item for item in person.memberships if item.scheme_id in scheme_ids)
    return replace(person, memberships=memberships)


def _scheme_pack(connection: Connection, scheme: Scheme) -> SchemePack:
    def own(items: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(replace(item, version=1) for item in items if item.scheme_id == scheme.id)

    newest = forms.newest(connection, scheme.id) or 1
    versions = (
        (number, forms.form(connection, scheme.id, number) or reference_form(scheme.kind))
        for number in range(1, newest + 1)
    )
    return SchemePack(
        scheme=replace(scheme, version=1),
        codes=own(_codes(connection, scheme.id)),
        grids=own(schemes.grids(connection)),
        sites=own(schemes.sites(connection)),
        animals=own(animals.animals(connection)),
        forms=tuple(FormText(number, forms.form_json(form)) for number, form in versions),
    )


def _codes(connection: Connection, scheme_id: UUID) -> list[Code]:
    lists = schemes.codes(connection, scheme_id).lists
    return [code for entries in lists.values() for code in entries]


def take_over(connection: Connection, pack: Pack, by: str, at: datetime) -> None:
    """Make the settings of a visitor's copy those of the office.

    Nothing is removed: what the pack no longer has stays for the reports that name it. Somebody
    who is not in it any more has left.
    """
    office = schemes.office(connection)
    crest = b"" if office is None else office.crest
    there = [office] if office else []
    _put(there, replace(pack.office, crest=crest), schemes.save_office, connection)
    for own in pack.schemes:
        _take_over_scheme(connection, own, pack.office.id, by, at)
    register = people.people(connection)
    for person in (*pack.people, *_who_left(register, pack)):
        _put(register, person, people.save_person, connection)


def _take_over_scheme(
    connection: Connection, own: SchemePack, office_id: UUID, by: str, at: datetime
) -> None:
    scheme_id = own.scheme.id

    def save_scheme(connection: Connection, scheme: Scheme) -> None:
        schemes.save_scheme(connection, scheme, office_id)

    _put(schemes.schemes(connection), own.scheme, save_scheme, connection)
    for there, items, save in (
        (_codes(connection, scheme_id), own.codes, schemes.save_code),
        (schemes.grids(connection), own.grids, schemes.save_grid),
        (schemes.sites(connection), own.sites, schemes.save_site),
        (animals.animals(connection), own.animals, animals.save_animal),
    ):
        for item in items:
            _put(there, item, save, connection)
    for text in own.forms:
        if forms.form(connection, scheme_id, text.number) is None:
            forms.add(connection, scheme_id, forms.read_form(text.text), by, at)


def _put(
    there: Iterable[Any], item: Any, save: Callable[[Connection, Any], None], connection: Connection
) -> None:
    """Write a value of the office in place of the one with its id, whatever its version here."""
    before = next((other for other in there if other.id == item.id), None)
    if before is not None:
        item = replace(item, version=before.version)
    if item != before:
        save(connection, item)


def _who_left(there: Iterable[Person], pack: Pack) -> Iterable[Person]:
    """People who are in this copy and no longer in the pack, with the day they were gone."""
    named = {person.id for person in pack.people}
    return (
        replace(person, memberships=tuple(_left(item, pack.as_of) for item in person.memberships))
        for person in there
        if person.id not in named
    )


def _left(membership: Membership, day: date) -> Membership:
    if membership.left_on is not None:
        return membership
    return replace(membership, left_on=max(day, membership.joined_on), status=LEFT)
