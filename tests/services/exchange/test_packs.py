"""What a visitor's copy gets of the office's settings, and what it makes of them."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.builders import (
    ANIMALS,
    ANNE,
    BEN,
    CARA,
    CUSTODY,
    KENNELS,
    LONG_AGO,
    SUITE,
    make_person,
    make_visit,
    sign,
)  # fmt: skip
from tests.copies import Copies
from tests.sealing import make_message
from visitapp.domain.exchange.messages import ALTERED, CONTRADICTORY, MessageError, MessageKind
from visitapp.domain.exchange.pack import Pack
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.body import COMMISSIONER
from visitapp.domain.office.group import GroupKind, GroupMembership, SiteGroup
from visitapp.domain.office.mileage import MileageRate
from visitapp.domain.office.minimum import Minimum
from visitapp.domain.office.people import Clearance, Membership
from visitapp.domain.office.scheme import Rate
from visitapp.domain.office.target import TargetUnit, VisitTarget
from visitapp.domain.report.form import Question
from visitapp.exchange.message_content import decoded, encoded
from visitapp.security import copy_keys, sealed_messages
from visitapp.services import Services
from visitapp.services.exchange import packs

PNG = bytes.fromhex("89504e470d0a1a0a") + b"planted crest"
PLANTED = ("Zanzibar", "planted crest", "Dora", "Planted summary", "PERSONAL")
HAS_ROWS = {
    "office", "account", "scheme", "practice", "code", "grid", "grid_day", "grid_band", "site",
    "site_open", "animal", "person", "membership", "form", "ledger", "own_copy", "other_copy",
    "invitation", "handover", "alembic_version", "report_text_config", "report_text_data",
}  # fmt: skip
"""The only tables that have rows in a copy that has just joined."""


def rows_of(services: Services) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table, as the file holds it."""
    with services.access.database.reading() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        ).scalars()
        return {
            name: [
                dict(row)
                for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"').mappings()  # noqa: S608
            ]
            for name in list(names)
        }


def furnish_with_secrets(office: Services) -> None:
    """What no visitor's copy may get, in an office."""
    setup, people = office.setup, office.people
    rates = (MileageRate(LONG_AGO, 61),)
    setup.save_office(replace(setup.office(), crest=PNG, mileage_rates=rates))
    setup.save_scheme(replace(setup.schemes()[0], minimum=Minimum(visits=12)))
    setup.save_rate(Rate(uuid4(), CUSTODY, LONG_AGO, Decimal("11.4400")))
    (reason, *_) = setup.codes(CUSTODY)["leaver_reason"]
    dora = make_person("Dora Departed", memberships=(
        Membership(CUSTODY, LONG_AGO, date(2021, 1, 1), "LEFT", reason.code),
    ))  # fmt: skip
    people.save(dora)
    cleared = Clearance(date(2031, 5, 6), date(2025, 6, 7), tact_trained=True)
    for person in people.people():
        if person.id in (ANNE, BEN):
            own = Membership(CUSTODY, date(2015, 2, 3), date(2016, 2, 3), "LEFT", reason.code)
            memberships = (own, *person.memberships)
            people.save(replace(person, clearance=cleared, memberships=memberships))
    sign(office, make_visit(summary="Planted summary by somebody else."))


def test_a_visitors_copy_has_what_it_needs_to_log_a_visit_and_no_more(copies: Copies) -> None:
    furnish_with_secrets(copies.office)
    anne = copies.join("anne", ANNE)
    rows = rows_of(anne)
    known = {name for name, listed in rows.items() if listed}
    assert known <= HAS_ROWS
    assert {"site", "grid", "code", "form", "membership"} <= known
    text = repr(rows)
    for planted in ("planted crest", "Dora", "Planted summary", "11.44", "date(2031", "2025, 6, 7"):
        assert planted not in text
    assert [row["crest"] for row in rows["office"]] == [None]
    assert all(row["leaving_reason"] is None for row in rows["membership"])
    of_others = [row for row in rows["membership"] if row["person_id"] != ANNE.hex]
    assert {(row["joined_on"], row["left_on"], row["status"]) for row in of_others} == {
        (LONG_AGO.isoformat(), None, "ACTIVE")
    }
    own = [row["joined_on"] for row in rows["membership"] if row["person_id"] == ANNE.hex]
    assert sorted(own) == ["2015-02-03", *[LONG_AGO.isoformat()] * 2]


def test_it_has_all_that_the_office_counts_by(copies: Copies) -> None:
    office = copies.office
    office.animals.add(Animal(uuid4(), ANIMALS, KENNELS, "Rex"))
    office.setup.save_scheme(replace(office.setup.schemes()[0], delay_limit=20, issue_days=21))
    board = replace(COMMISSIONER, name="the Board", first_month=1, from_on=date(2025, 1, 1))
    bodies = (COMMISSIONER, board)
    office.setup.save_office(replace(office.setup.office(), bodies=bodies))
    question = Question("q_new", "Anything new?", "yes_no")
    office.forms.add_question(CUSTODY, office.forms.form(CUSTODY).sections[1].key, question)
    anne = copies.join("anne", ANNE)
    assert anne.setup.office().bodies == bodies
    assert anne.setup.sites() == office.setup.sites()
    assert anne.setup.grids() == office.setup.grids()
    assert [replace(s, version=1) for s in anne.setup.schemes()] == [
        replace(s, version=1) for s in office.setup.schemes()
    ]
    for scheme_id in (CUSTODY, ANIMALS):
        assert anne.setup.codes(scheme_id) == office.setup.codes(scheme_id)
        for number in range(1, office.forms.form(scheme_id).number + 1):
            assert anne.forms.form(scheme_id, number) == office.forms.form(scheme_id, number)
    assert [animal.name for animal in anne.animals.animals(KENNELS)] == ["Rex"]


def test_groups_of_sites_come_along(copies: Copies) -> None:
    targets = (VisitTarget(2, TargetUnit.QUARTER),)
    west = SiteGroup(uuid4(), CUSTODY, GroupKind.PANEL, "West", 0, targets)
    copies.office.groups.save(west, {SUITE}, LONG_AGO)
    anne = copies.join("anne", ANNE)
    assert anne.groups.groups() == copies.office.groups.groups()
    assert anne.groups.groups()[0].targets == targets
    membership = GroupMembership(GroupKind.PANEL, west.id, LONG_AGO)
    assert next(site.groups for site in anne.setup.sites() if site.id == SUITE) == (membership,)
    pack = new_pack(copies)
    without = tuple(replace(own, groups=()) for own in pack.schemes)
    with pytest.raises(MessageError) as refusal:
        take_in(copies, replace(pack, schemes=without))
    assert str(refusal.value) == CONTRADICTORY


def new_pack(copies: Copies) -> Pack:
    with copies.office.access.database.reading() as connection:
        return packs.pack_for(connection, ANNE, copies.clock().date())


def test_settings_of_an_older_office_belong_to_the_usual_body(copies: Copies) -> None:
    pack = new_pack(copies)
    content = json.loads(encoded(pack)[32:])
    del content["office"]["bodies"]
    older = json.dumps(content).encode()
    assert decoded(hashlib.sha256(older).digest() + older, Pack) == pack
    assert pack.office.bodies == (COMMISSIONER,)


def take_in(copies: Copies, pack: Pack, number: int = 50) -> None:
    """Anne's copy gets these settings from the office."""
    own, anne = copies.office.exchange.own(), copies.of("anne")
    receiver = copy_keys.public_keys(anne.exchange.own())
    message = make_message(encoded(pack), kind=MessageKind.PACK, sender=own.id, number=number)
    anne.exchange.take_in(sealed_messages.seal(message, own, receiver))


def test_sites_that_swap_their_names_or_take_an_old_one_reach_the_visitor(copies: Copies) -> None:
    setup = copies.office.setup
    (suite,) = setup.sites(CUSTODY)
    other = replace(suite, id=uuid4(), name="Southgate", position=5, version=0)
    setup.save_site(other)
    copies.join("anne", ANNE)
    anne = copies.of("anne")

    def rename(**names: str) -> None:
        for site in setup.sites(CUSTODY):
            setup.save_site(replace(site, name=names["suite" if site.id == SUITE else "other"]))

    rename(suite="In between", other="Northgate")
    rename(suite="Southgate", other="Northgate")
    copies.exchange("office", "anne")
    assert {site.id: site.name for site in anne.setup.sites(CUSTODY)} == {
        SUITE: "Southgate", other.id: "Northgate",
    }  # fmt: skip
    rename(suite="Southgate (closed)", other="Northgate")
    setup.save_site(replace(suite, id=uuid4(), name="Southgate", position=6, version=0))
    copies.clock.move(days=1)
    copies.exchange("office", "anne")
    assert anne.setup.sites(CUSTODY) == setup.sites(CUSTODY) or {
        site.name for site in anne.setup.sites(CUSTODY)
    } == {"Southgate (closed)", "Southgate", "Northgate"}


def test_somebody_who_has_left_signs_for_what_they_visited_and_gets_no_more_names(copies) -> None:
    anne = copies.join("anne", ANNE)
    copies.exchange("office", "anne")
    person = next(person for person in copies.office.people.people() if person.id == ANNE)
    today = copies.clock().date()
    gone = [replace(m, left_on=today, status="LEFT") for m in person.memberships]
    copies.office.people.save(replace(person, memberships=tuple(gone)))
    copies.clock.move(days=2)
    copies.office.people.save(make_person("Nora Newcomer"))
    copies.exchange("office", "anne")
    names = {person.name for person in anne.people.people()}
    assert "Nora Newcomer" not in names
    me = next(person for person in anne.people.people() if person.id == ANNE)
    assert me.is_active_on(CUSTODY, today)
    assert not me.is_active_on(CUSTODY, today + timedelta(1))
    assert anne.setup.sites()


def test_an_older_pack_that_comes_later_changes_nothing(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    old = new_pack(copies)
    office = copies.office.setup.office()
    copies.office.setup.save_office(replace(office, name="The new office"))
    take_in(copies, new_pack(copies), number=60)
    take_in(copies, old, number=59)
    assert anne.setup.office().name == "The new office"


def _with_scheme(pack: Pack, **changed: Any) -> Pack:
    custody, *others = pack.schemes
    return replace(pack, schemes=(replace(custody, **changed), *others))


def _twice(name: str) -> Callable[[Pack], Pack]:
    def change(pack: Pack) -> Pack:
        items = getattr(pack.schemes[0], name)
        return _with_scheme(pack, **{name: (*items, items[0])})

    return change


def _of_another_scheme(name: str) -> Callable[[Pack], Pack]:
    def change(pack: Pack) -> Pack:
        first, *rest = getattr(pack.schemes[0], name)
        return _with_scheme(pack, **{name: (replace(first, scheme_id=ANIMALS), *rest)})

    return change


def _same_name(pack: Pack) -> Pack:
    first = pack.schemes[0].sites[0]
    return _with_scheme(pack, sites=(first, replace(first, id=uuid4())))


def _form(text: str, number: int = 1) -> Callable[[Pack], Pack]:
    def change(pack: Pack) -> Pack:
        first, *rest = pack.schemes[0].forms
        form = replace(first, text=text or first.text, number=number)
        return _with_scheme(pack, forms=(form, *rest))

    return change


def _people(change: Callable[[Any], Any]) -> Callable[[Pack], Pack]:
    return lambda pack: replace(pack, people=(change(pack.people[0]), *pack.people[1:]))


CONTRADICTIONS = (
    lambda pack: replace(pack, office=replace(pack.office, bodies=())),
    lambda pack: replace(pack, office=replace(pack.office, bodies=(COMMISSIONER,) * 2)),
        _twice("codes"), _twice("grids"), _twice("sites"), _same_name,
        _of_another_scheme("codes"), _of_another_scheme("grids"), _of_another_scheme("sites"),
        lambda pack: _with_scheme(pack, grids=()),
        lambda pack: _with_scheme(pack, animals=(Animal(uuid4(), CUSTODY, KENNELS, "Rex"),)),
        lambda pack: replace(pack, schemes=(*pack.schemes, pack.schemes[0])),
        lambda pack: replace(pack, schemes=pack.schemes[:1]),
        lambda pack: replace(pack, people=(*pack.people, pack.people[1])),
        _form("{}"), _form("[" * 100_000), _form("nonsense"), _form("", number=2),
        _people(lambda me: replace(me, memberships=me.memberships * 2)),
        _people(lambda me: replace(me, memberships=(Membership(uuid4(), LONG_AGO),))),
)  # fmt: skip


def test_settings_that_contradict_each_other_are_refused_whole(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    before, sound = rows_of(anne), new_pack(copies)
    for number, change in enumerate(CONTRADICTIONS):
        changed = change(sound)
        changed = replace(changed, office=replace(changed.office, name="Half taken in"))
        with pytest.raises(MessageError) as refusal:
            take_in(copies, changed)
        assert str(refusal.value) == CONTRADICTORY, number
        assert rows_of(anne) == before, number


OUT_OF_THE_DOMAIN = (
    ('"start":', '"start":1439,"ignored":'),
    ('"joined_on":"2019', '"joined_on":"0001'),
    ('"2019-04-01","left_on":null', '"2019-04-01","left_on":"2018-04-01"'),
    ('"position":0', '"position":99999999999999999999'),
    ('"name":"Anne Example"', '"name":" "'),
    ('"kind":"custody"', '"kind":"zoo"'),
    ('"immediate_limit":5', '"immediate_limit":50'),
    ('"weekdays":[', '"weekdays":[7,'),
    ('"as_of":"2025-04-10"', '"as_of":"2025-02-30"'),
    ('"cells":30', '"cells":1e99'),
    ('"schemes":[', '"schemes":' + "[" * 50_000),
)


def test_values_that_the_domain_does_not_have_are_refused(copies: Copies) -> None:
    anne, own = copies.join("anne", ANNE), copies.office.exchange.own()
    receiver = copy_keys.public_keys(anne.exchange.own())
    before, sound = rows_of(anne), encoded(new_pack(copies))[32:].decode()
    for old, new in OUT_OF_THE_DOMAIN:
        assert old in sound
        body = sound.replace(old, new, 1).encode()
        content = hashlib.sha256(body).digest() + body
        message = make_message(content, kind=MessageKind.PACK, sender=own.id, number=50)
        with pytest.raises(MessageError) as refusal:
            anne.exchange.take_in(sealed_messages.seal(message, own, receiver))
        assert str(refusal.value) == ALTERED, new[:40]
        assert rows_of(anne) == before, new[:40]


def test_settings_of_another_office_or_without_oneself_are_refused(copies: Copies) -> None:
    copies.join("anne", ANNE)
    pack = new_pack(copies)
    for changed in (
        replace(pack, office=replace(pack.office, id=uuid4())),
        replace(pack, people=pack.people[1:]),
    ):
        with pytest.raises(MessageError) as refusal:
            take_in(copies, changed)
        assert str(refusal.value) == ALTERED


def test_nothing_planted_lies_open_in_any_file(copies: Copies, tmp_path: Path) -> None:
    office = copies.office
    furnish_with_secrets(office)
    office.setup.save_site(replace(office.setup.sites()[0], name="Zanzibar House"))
    anne = copies.join("anne", ANNE)
    invitation, _ = office.exchange.invite(CARA)
    (tmp_path / "invitation").write_bytes(invitation.file)
    (tmp_path / "reply").write_bytes(anne.exchange.reply())
    copies.exchange("office", "anne", "office")
    # four letters stand in a million encrypted bytes now and then
    words = ("Zanzibar", "planted crest", "Dora Departed", "Planted summary", "Anne Example",
             "Anyshire", invitation.code, str(ANNE), ANNE.hex)  # fmt: skip
    looked_at = 0
    for path in tmp_path.rglob("*"):
        if path.is_file():
            looked_at += 1
            content = path.read_bytes()
            for word in words:
                for code in ("utf-8", "utf-16-le"):
                    assert word.encode(code) not in content, path
            assert ANNE.bytes not in content, path
            assert not any(word in path.name for word in words)
    assert looked_at > 4
