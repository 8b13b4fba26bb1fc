"""A visitor's copy joins by an invitation and its code, and nobody else does."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.builders import ANIMALS, ANNE, BEN, CARA, CUSTODY, LONG_AGO, make_person
from tests.copies import Copies
from tests.sealing import fields_of, make_message, padded, sealed_as, signed_as
from visitapp.domain.errors import BadInputError, NotAllowedError
from visitapp.domain.exchange.copies import CODE_DAYS, Invitation, PublicKeys
from visitapp.domain.exchange.messages import (
    ALTERED,
    CONTRADICTORY,
    NEWER,
    OTHER,
    REVOKED,
    STRANGER,
    MessageError,
    MessageKind,
)
from visitapp.domain.exchange.pack import InvitationContent, Reply
from visitapp.domain.office.people import Membership
from visitapp.exchange.message_content import decoded, encoded
from visitapp.persistence import exchange as stored
from visitapp.persistence.exchange_tables import message_in
from visitapp.security import copy_keys, joining_code, sealed_messages
from visitapp.services import Services
from visitapp.services.exchange import joining


def refused(services: Services, file: bytes) -> str:
    """The sentence that refuses a file, of which nothing is taken in."""
    before = services.exchange.copies(), services.exchange.invitations(), noted(services)
    with pytest.raises(MessageError) as refusal:
        services.exchange.take_in(file)
    after = services.exchange.copies(), services.exchange.invitations(), noted(services)
    assert after == before
    return str(refusal.value)


def noted(services: Services) -> list[UUID]:
    with services.access.database.reading() as connection:
        return list(connection.execute(select(message_in.c.id)).scalars())


def keys_of(services: Services) -> PublicKeys:
    own = services.exchange.own()
    assert own is not None
    return copy_keys.public_keys(own)


def secret_in(services: Services) -> Invitation:
    """The invitation with its secret, as the file of either side holds it."""
    with services.access.database.reading() as connection:
        return stored.invitations(connection)[-1]


def test_both_sides_have_the_same_six_words_once_a_visitor_has_joined(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    (there,) = copies.office.exchange.copies()
    (here,) = anne.exchange.copies()
    assert (there.person_id, there.number, there.revoked_at) == (ANNE, 1, None)
    assert (here.person_id, here.id) == (None, copies.office.exchange.own().id)
    assert copy_keys.fingerprint(there.keys) == copy_keys.fingerprint(keys_of(anne))
    assert copy_keys.fingerprint(here.keys) == copy_keys.fingerprint(keys_of(copies.office))
    assert anne.access.actor.name == "Anne Example"
    assert anne.setup.account().role.value == "visitor"


def test_the_same_reply_twice_and_a_reply_written_again_change_nothing(copies: Copies) -> None:
    invitation, _ = copies.office.exchange.invite(ANNE)
    anne = copies.begin("anne", invitation.file, invitation.code)
    reply = anne.exchange.reply()
    first, _ = copies.office.exchange.take_in(reply)
    assert (first.sender_name, first.is_new) == ("Anne Example", True)
    joined = copies.office.exchange.copies(), copies.office.exchange.invitations()
    again, _ = copies.office.exchange.take_in(reply)
    assert not again.is_new
    copies.clock.move(days=20)
    copies.office.exchange.take_in(anne.exchange.reply())
    assert (copies.office.exchange.copies(), copies.office.exchange.invitations()) == joined


def test_a_code_works_once(copies: Copies) -> None:
    invitation, _ = copies.office.exchange.invite(ANNE)
    one = copies.begin("one", invitation.file, invitation.code)
    two = copies.begin("two", invitation.file, invitation.code)
    copies.office.exchange.take_in(two.exchange.reply())
    sentence = "The code of this reply was used already. Invite the person again."
    assert refused(copies.office, one.exchange.reply()) == sentence


def test_a_newer_invitation_withdraws_the_one_before(copies: Copies) -> None:
    early, _ = copies.office.exchange.invite(ANNE)
    other, _ = copies.office.exchange.invite(BEN)
    late, _ = copies.office.exchange.invite(ANNE)
    one = copies.begin("one", early.file, early.code)
    assert "withdrawn" in refused(copies.office, one.exchange.reply())
    for name, invitation in (("two", late), ("ben", other)):
        services = copies.begin(name, invitation.file, invitation.code)
        copies.office.exchange.take_in(services.exchange.reply())
    assert [copy.number for copy in copies.office.exchange.copies()] in ([2, 3], [3, 2])


@pytest.mark.parametrize(("hours", "is_taken"), [(14 * 24 - 1, True), (14 * 24, False)])
def test_a_code_works_for_14_days_by_the_offices_clock(copies, hours, is_taken):
    invitation, _ = copies.office.exchange.invite(ANNE)
    anne = copies.begin("anne", invitation.file, invitation.code)
    copies.clock.move(hours=hours)
    if is_taken:
        copies.office.exchange.take_in(anne.exchange.reply())
    else:
        assert "14 days are over" in refused(copies.office, anne.exchange.reply())
    assert CODE_DAYS == 14


@pytest.mark.parametrize("days", [-4_000, -3, 0, 14])
def test_a_visitors_clock_that_is_wrong_by_days_does_not_stop_them(copies, days):
    invitation, _ = copies.office.exchange.invite(ANNE)
    today = copies.clock().date() + timedelta(days)
    anne = copies.begin("anne", invitation.file, invitation.code, today=today)
    copies.clock.move(days=days - 30)
    reply = anne.exchange.reply()
    copies.clock.move(days=30 - days)
    copies.office.exchange.take_in(reply)
    assert len(copies.office.exchange.copies()) == 1


def test_an_invitation_is_refused_after_its_last_day(copies: Copies) -> None:
    invitation, _ = copies.office.exchange.invite(ANNE)
    secret = joining_code.secret_of(invitation.code)
    with pytest.raises(MessageError, match=r"ended on 24 April 2025\. Ask your manager"):
        joining.opened_invitation(invitation.file, secret, copies.clock().date() + timedelta(15))


def test_the_code_of_another_persons_invitation_does_not_open_it(copies: Copies) -> None:
    annes, _ = copies.office.exchange.invite(ANNE)
    bens, _ = copies.office.exchange.invite(BEN)
    for file, code in ((annes.file, bens.code), (bens.file, annes.code)):
        with pytest.raises(MessageError, match="does not open this invitation"):
            copies.begin("anne", file, code)
    assert copies.visitors == {}


def test_somebody_in_between_cannot_put_in_keys_of_theirs(copies: Copies) -> None:
    invitation, _ = copies.office.exchange.invite(ANNE)
    anne = copies.begin("anne", invitation.file, invitation.code)
    thief, office = copy_keys.new_copy(), keys_of(copies.office)
    theirs, annes = copy_keys.public_keys(thief), keys_of(anne)
    note = secret_in(anne)
    proof = joining_code.proof(note.secret, note.id.bytes, office, annes)
    without_code = joining_code.proof(bytes(20), note.id.bytes, office, theirs)
    for keys, claimed in (
        (theirs, proof),
        (theirs, without_code),
        (theirs, b""),
        (PublicKeys(annes.sealing, theirs.signing), proof),
        (PublicKeys(theirs.sealing, theirs.signing), bytes(32)),
    ):
        content = encoded(Reply(note.id, keys, claimed))
        message = make_message(content, sender=thief.id)
        assert refused(copies.office, sealed_messages.seal(message, thief, office)) == ALTERED
    # the visitor's keys with the proof, but signed by somebody who lacks them
    message = make_message(encoded(Reply(note.id, annes, proof)), sender=thief.id)
    assert refused(copies.office, sealed_messages.seal(message, thief, office)) == ALTERED
    copies.office.exchange.take_in(anne.exchange.reply())


def test_a_reply_to_an_invitation_that_nobody_made_is_a_strangers(copies: Copies) -> None:
    copies.office.exchange.invite(ANNE)
    stranger, office = copy_keys.new_copy(), keys_of(copies.office)
    reply = Reply(uuid4(), copy_keys.public_keys(stranger), bytes(32))
    message = make_message(encoded(reply), sender=stranger.id)
    assert refused(copies.office, sealed_messages.seal(message, stranger, office)) == STRANGER


def test_whoever_has_a_code_cannot_give_keys_that_nothing_can_be_sealed_to(copies: Copies) -> None:
    copies.office.exchange.invite(ANNE)
    own, office, note = copy_keys.new_copy(), keys_of(copies.office), secret_in(copies.office)
    sound = copy_keys.public_keys(own)
    for keys in (
        PublicKeys(bytes(1216), sound.signing),
        PublicKeys(sound.sealing[:-32] + bytes(32), sound.signing),
        PublicKeys(b"\xff" * 1216, sound.signing),
    ):
        proof = joining_code.proof(note.secret, note.id.bytes, office, keys)
        message = make_message(encoded(Reply(note.id, keys, proof)), sender=own.id)
        assert refused(copies.office, sealed_messages.seal(message, own, office)) == ALTERED


def test_nobody_joins_in_the_offices_own_name(copies: Copies) -> None:
    copies.office.exchange.invite(ANNE)
    own, office, note = copy_keys.new_copy(), keys_of(copies.office), secret_in(copies.office)
    keys = copy_keys.public_keys(own)
    proof = joining_code.proof(note.secret, note.id.bytes, office, keys)
    reply = encoded(Reply(note.id, keys, proof))
    message = make_message(reply, sender=copies.office.exchange.own().id)
    assert refused(copies.office, sealed_messages.seal(message, own, office)) == ALTERED


def test_a_copy_cannot_write_in_the_name_of_another(copies: Copies) -> None:
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    message = make_message(kind=MessageKind.RECEIPT, sender=ben.exchange.own().id)
    file = sealed_messages.seal(message, anne.exchange.own(), keys_of(copies.office))
    assert refused(copies.office, file) == ALTERED


def test_a_message_of_somebody_unknown_is_refused(copies: Copies) -> None:
    copies.office.exchange.invite(ANNE)
    stranger = copy_keys.new_copy()
    for kind in set(MessageKind) - {MessageKind.REPLY}:
        message = make_message(encoded([]), kind=kind, sender=stranger.id)
        file = sealed_messages.seal(message, stranger, keys_of(copies.office))
        assert refused(copies.office, file) == STRANGER


def test_nothing_of_a_copy_that_was_shut_out_is_taken_in(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    (there,) = copies.office.exchange.copies()
    copies.office.exchange.revoke(there.id)
    for kind in MessageKind:
        message = make_message(encoded([]), kind=kind, sender=there.id)
        file = sealed_messages.seal(message, anne.exchange.own(), keys_of(copies.office))
        assert refused(copies.office, file) == REVOKED
    assert refused(copies.office, anne.exchange.reply()) == REVOKED
    with pytest.raises(BadInputError, match="shut out already"):
        copies.office.exchange.revoke(there.id)


def test_a_thief_with_an_open_laptop_cannot_join_again_with_what_it_holds(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    (there,) = copies.office.exchange.copies()
    copies.office.exchange.revoke(there.id)
    thief, office, note = copy_keys.new_copy(), keys_of(copies.office), secret_in(anne)
    keys = copy_keys.public_keys(thief)
    proof = joining_code.proof(note.secret, note.id.bytes, office, keys)
    message = make_message(encoded(Reply(note.id, keys, proof)), sender=thief.id)
    file = sealed_messages.seal(message, thief, office)
    assert "used already" in refused(copies.office, file)


def test_a_message_comes_back_to_nobody_but_whom_it_is_for(copies: Copies) -> None:
    invitation, _ = copies.office.exchange.invite(ANNE)
    anne = copies.begin("anne", invitation.file, invitation.code)
    ben = copies.join("ben", BEN)
    for services in (anne, ben):
        assert refused(services, anne.exchange.reply()) == OTHER
    own = copies.office.exchange.own()
    file = sealed_messages.seal(make_message(sender=own.id), own, keys_of(copies.office))
    assert refused(copies.office, file) in (ALTERED, STRANGER)


def test_a_visitors_copy_takes_no_reply_and_nothing_of_another_visitor(copies: Copies) -> None:
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    office, bens = copies.office.exchange.own(), ben.exchange.own()
    note = secret_in(anne)
    reply = Reply(note.id, copy_keys.public_keys(bens), bytes(32))
    for message, sender in (
        (make_message(encoded(reply), sender=bens.id), bens),
        (make_message(encoded(reply), sender=office.id), office),
    ):
        assert refused(anne, sealed_messages.seal(message, sender, keys_of(anne))) == STRANGER
    for kind in set(MessageKind) - {MessageKind.REPLY}:
        message = make_message(encoded([]), kind=kind, sender=bens.id)
        assert refused(anne, sealed_messages.seal(message, bens, keys_of(anne))) == STRANGER


def test_a_visitor_gives_the_office_no_settings_no_plan_and_no_report_back(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    own = anne.exchange.own()
    for kind in ("pack", "returned", "assignment", "issues"):
        message = make_message(encoded([]), kind=MessageKind(kind), sender=own.id)
        assert refused(copies.office, sealed_messages.seal(message, own, keys_of(copies.office)))
    before = copies.office.setup.sites(), copies.office.people.people()
    pack = encoded(opened(copies, *invited(copies, BEN)).pack)
    message = make_message(pack, kind=MessageKind.PACK, sender=own.id)
    file = sealed_messages.seal(message, own, keys_of(copies.office))
    assert refused(copies.office, file) == STRANGER
    assert (copies.office.setup.sites(), copies.office.people.people()) == before


def invited(copies: Copies, person_id: UUID) -> tuple[bytes, bytes]:
    invitation, _ = copies.office.exchange.invite(person_id)
    return invitation.file, joining_code.secret_of(invitation.code)


def opened(copies: Copies, file: bytes, secret: bytes) -> InvitationContent:
    return joining.opened_invitation(file, secret, copies.clock().date())


def test_only_the_manager_invites_and_shuts_out(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    with pytest.raises(NotAllowedError):
        anne.exchange.invite(BEN)
    with pytest.raises(NotAllowedError):
        anne.exchange.revoke(anne.exchange.copies()[0].id)


def test_somebody_in_no_scheme_can_not_be_invited(copies: Copies) -> None:
    left = (Membership(CUSTODY, LONG_AGO, LONG_AGO + timedelta(99), "LEFT", "MOVED"),)
    dora = make_person("Dora Nowhere", memberships=())
    emma = make_person("Emma Gone", memberships=left)
    for person in (dora, emma):
        copies.office.people.save(replace(person, memberships=person.memberships))
        with pytest.raises(BadInputError, match=f"{person.name} is in no scheme"):
            copies.office.exchange.invite(person.id)
    with pytest.raises(BadInputError, match="no longer in the register"):
        copies.office.exchange.invite(uuid4())
    assert copies.office.exchange.invitations() == ()
    assert copies.office.exchange.own() is None


def test_whoever_is_in_one_scheme_gets_that_scheme_alone(copies: Copies) -> None:
    flora = make_person("Flora O'Brien-Ňgũgĩ <b>", memberships=(Membership(ANIMALS, LONG_AGO),))
    copies.office.people.save(flora)
    services = copies.join("flora", flora.id)
    assert [scheme.id for scheme in services.setup.schemes()] == [ANIMALS]
    assert services.access.actor.name == flora.name
    names = {person.name for person in services.people.people()}
    assert names == {"Anne Example", "Ben Sample", "Cara Instance", flora.name}
    assert all(
        {item.scheme_id for item in person.memberships} == {ANIMALS}
        for person in services.people.people()
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda content: replace(content, format=2), NEWER),
        (lambda content: replace(content, person_id=uuid4()), CONTRADICTORY),
        (
            lambda content: replace(content, keys=PublicKeys(bytes(1216), content.keys.signing)),
            CONTRADICTORY,
        ),
        (lambda content: replace(content, number=1 << 63), ALTERED),
    ],
)
def test_an_invitation_whose_content_does_not_fit_is_refused(copies, change, sentence):
    file, secret = invited(copies, CARA)
    changed = change(opened(copies, file, secret))
    with pytest.raises(MessageError) as refusal:
        opened(copies, joining_code.seal_invitation(encoded(changed), secret), secret)
    assert str(refusal.value) == sentence


def test_an_invitation_s_repr_shows_neither_code_nor_secret(copies: Copies) -> None:
    invitation, _ = copies.office.exchange.invite(ANNE)
    note = secret_in(copies.office)
    content = decoded(joining_code.open_invitation(invitation.file, note.secret), InvitationContent)
    shown = f"{invitation!r} {note!r} {copies.office.exchange.own()!r} {content.keys!r}"
    assert invitation.code not in shown
    assert repr(note.secret)[2:-1] not in shown
    assert "seed" not in shown


def test_a_reply_says_nothing_to_whoever_can_open_it_but_keys_and_a_proof(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    keys = keys_of(anne)
    message = sealed_messages.open_message(
        anne.exchange.reply(), copies.office.exchange.own(), lambda _: keys
    )
    note = secret_in(anne)
    assert note.secret not in message.content
    reply = decoded(message.content, Reply)
    assert (reply.invitation_id, reply.keys) == (note.id, keys)
    fields = fields_of(message)
    forged = signed_as(fields, copy_keys.new_copy(), keys_of(copies.office))
    assert refused(copies.office, sealed_as(padded(forged), keys_of(copies.office))) == ALTERED
