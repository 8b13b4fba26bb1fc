"""The office's settings for a visitor's copy: put together there, and taken over here."""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.messages import CONTRADICTORY, MessageError
from visitapp.domain.exchange.pack import FormText, Pack, SchemePack, for_partners
from visitapp.domain.office.body import follow
from visitapp.domain.office.codes import Code
from visitapp.domain.office.group import is_consistent
from visitapp.domain.office.minimum import Minimum
from visitapp.domain.office.people import Clearance, Membership, Person
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.office.status_change import LEFT
from visitapp.domain.report.form import Form
from visitapp.domain.text.folding import folded
from visitapp.persistence import animals, forms, groups, people, same_site, schemes
from visitapp.persistence.database import Connection
from visitapp.services.office.reference import reference_form


def pack_for(connection: Connection, person_id: UUID, day: date) -> Pack:
    """What a visitor's copy needs on a day. The crest, rates, what is asked of volunteers and paid
    to them, clearances, reasons for leaving and everything about other people but their names and
    schemes stay in the office.

    Somebody who has left a scheme gets its settings, to sign for a visit of before, and no names.
    Raises BadInputError for somebody who is not in the register.
    """
    office = schemes.office(connection)
    person = next((item for item in people.people(connection) if item.id == person_id), None)
    if office is None or person is None:
        raise BadInputError("This person is no longer in the register.")
    own = {membership.scheme_id for membership in person.memberships}
    partners = (
        for_partners(_within(item, current_schemes(person, day)), day)
        for item in people.people(connection)
        if item != person
    )
    return Pack(
        as_of=day,
        office=replace(office, crest=b"", mileage_rates=(), version=1),
        schemes=tuple(
            _scheme_pack(connection, scheme)
            for scheme in schemes.schemes(connection)
            if scheme.id in own
        ),
        people=(_without_notes(person, day), *filter(None, partners)),
    )


def current_schemes(person: Person, day: date) -> set[UUID]:
    """The schemes that somebody has joined and not left."""
    return {item.scheme_id for item in person.memberships if not item.has_ended_by(day)}


def _within(person: Person, scheme_ids: Collection[UUID]) -> Person:
    memberships = tuple(item for item in person.memberships if item.scheme_id in scheme_ids)
    return replace(person, memberships=memberships)


def _without_notes(person: Person, day: date) -> Person:
    """Somebody without what the office notes about them: their own copy has no use for it, and
    whoever finds their laptop none either."""
    memberships = tuple(
        replace(item, status=item.status_on(day), leaving_reason=None, changes=())
        for item in person.memberships
    )
    return replace(person, memberships=memberships, clearance=Clearance(), panels=(), version=1)


def _scheme_pack(connection: Connection, scheme: Scheme) -> SchemePack:
    def own(items: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(replace(item, version=1) for item in items if item.scheme_id == scheme.id)

    newest = forms.newest(connection, scheme.id) or 1
    versions = (
        (number, forms.form(connection, scheme.id, number) or reference_form(scheme.kind))
        for number in range(1, newest + 1)
    )
    return SchemePack(
        scheme=replace(scheme, minimum=Minimum(), version=1),
        codes=own(_codes(connection, scheme.id)),
        grids=own(schemes.grids(connection)),
        sites=own((*schemes.sites(connection), *_counted_elsewhere(connection))),
        animals=own(animals.animals(connection)),
        forms=tuple(FormText(number, forms.form_json(form)) for number, form in versions),
        groups=own(groups.groups(connection)),
    )


def _counted_elsewhere(connection: Connection) -> Iterable[Site]:
    """The sites that count under another one: a visitor's copy has reports of them, and offers them
    for none."""
    kept = same_site.kept_of(connection)
    return (
        replace(site, open_periods=(), targets=(), groups=())
        for site in schemes.entered_sites(connection)
        if site.id in kept
    )


def _codes(connection: Connection, scheme_id: UUID) -> list[Code]:
    lists = schemes.codes(connection, scheme_id).lists
    return [code for entries in lists.values() for code in entries]


def take_over(connection: Connection, pack: Pack, by: str, at: datetime) -> None:
    """Make the settings of a visitor's copy those of the office.

    Nothing is removed: what the pack no longer has stays for the reports that name it. Somebody
    who is not in it any more has left. Raises MessageError for settings that contradict each other.
    """
    _must_fit(pack)
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
    _free_names(connection, own)
    codes = _codes(connection, scheme_id)
    if not codes:  # a new copy gets hundreds of them
        schemes.insert_codes(connection, own.codes)
        codes = list(own.codes)
    for there, items, save in (
        (codes, own.codes, schemes.save_code),
        (schemes.grids(connection), own.grids, schemes.save_grid),
        (groups.groups(connection), own.groups, groups.save_group),
        (schemes.sites(connection), own.sites, schemes.save_site),
        (animals.animals(connection), own.animals, animals.save_animal),
    ):
        for item in items:
            _put(there, item, save, connection)
    for text in own.forms:
        if forms.form(connection, scheme_id, text.number) is None:
            forms.add(connection, scheme_id, _form(text), by, at)


def _free_names(connection: Connection, own: SchemePack) -> None:
    """Take their names from sites and animals whose names others get: the tables never have two
    of one name, not even between two rows that are written."""
    kinds: Iterable[tuple[Iterable[Any], Iterable[Any], Callable[[Connection, Any], None]]] = (
        (schemes.sites(connection), own.sites, schemes.save_site),
        (animals.animals(connection), own.animals, animals.save_animal),
    )
    for there, items, save in kinds:
        new_names = {item.id: item.name for item in items}
        for item in there:
            if new_names.get(item.id, item.name) != item.name in new_names.values():
                save(connection, replace(item, name=str(item.id)))


def _must_fit(pack: Pack) -> None:
    people_ids = [person.id for person in pack.people]
    scheme_ids = {own.scheme.id for own in pack.schemes}
    if (
        not _all_differ(people_ids)
        or not _all_differ(_identity(own.scheme) for own in pack.schemes)
        or len(scheme_ids) < len(pack.schemes)
        or not all(_person_fits(person, scheme_ids) for person in pack.people)
        or not all(map(_scheme_fits, pack.schemes))
        or not follow(pack.office.bodies)
    ):
        raise MessageError(CONTRADICTORY)


def _identity(scheme: Scheme) -> tuple[str, ...]:
    """What no two schemes share: the kind, of those for animals with the name."""
    return (scheme.kind, *([folded(scheme.name)] if scheme.kind is not Kind.CUSTODY else []))


def _person_fits(person: Person, scheme_ids: Collection[UUID]) -> bool:
    joined = [(membership.scheme_id, membership.joined_on) for membership in person.memberships]
    return _all_differ(joined) and all(scheme_id in scheme_ids for scheme_id, _ in joined)


def _scheme_fits(own: SchemePack) -> bool:
    parts = (own.codes, own.grids, own.groups, own.sites, own.animals)
    grid_ids, site_ids = {grid.id for grid in own.grids}, {site.id for site in own.sites}
    numbers = [text.number for text in own.forms]
    return (
        all(item.scheme_id == own.scheme.id for part in parts for item in part)
        and all(_all_differ(item.id for item in part) for part in parts)
        and _all_differ((code.list_name, code.code) for code in own.codes)
        and _all_differ(site.name for site in own.sites)
        and _all_differ((animal.site_id, animal.name) for animal in own.animals)
        and all(site.grid_id in grid_ids for site in own.sites)
        and _groups_fit(own)
        and all(animal.site_id in site_ids for animal in own.animals)
        and numbers == list(range(1, len(numbers) + 1))
        and all(_form(text).number == text.number for text in own.forms)
    )


def _groups_fit(own: SchemePack) -> bool:
    kinds = {group.id: group.kind for group in own.groups}
    return all(
        is_consistent(site.groups)
        and all(m.group_id is None or kinds.get(m.group_id) is m.kind for m in site.groups)
        for site in own.sites
    )


def _all_differ(values: Iterable[Hashable]) -> bool:
    listed = list(values)
    return len(listed) == len(set(listed))


def _form(text: FormText) -> Form:
    try:
        return forms.read_form(text.text)
    except BadInputError:
        raise MessageError(CONTRADICTORY) from None


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
