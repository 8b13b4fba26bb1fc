"""Many messages taken in at once: each alone succeeds or fails, whatever their order."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest

from tests.builders import ANNE, BEN
from tests.copies import Copies, written
from tests.sealing import make_message
from visitapp.domain.errors import StorageError
from visitapp.domain.exchange.handing_over import Receipt
from visitapp.domain.exchange.messages import ALTERED, STRANGER, MessageError, MessageKind
from visitapp.exchange.message_content import encoded
from visitapp.persistence import exchange as stored
from visitapp.persistence import inbox, outbox
from visitapp.security import copy_keys, sealed_messages
from visitapp.services import Services
from visitapp.services.exchange import incoming, outgoing, taking_in


def reports_of(services: Services, number: int) -> list[bytes]:
    """The sealed reports of as many visits."""
    for at in range(number):
        written(services, date(2025, 3, 1) + timedelta(days=at))
    return sealed(services)


def sealed(services: Services) -> list[bytes]:
    own = services.exchange.own()
    assert own is not None
    outgoing.write_due(services.access, own, Random(1))
    with services.access.database.reading() as connection:
        return [message.file for message in outbox.messages(connection)]


def pack_of(copies: Copies) -> bytes:
    sealed(copies.office)
    with copies.office.access.database.reading() as connection:
        messages = outbox.messages(connection)
    return next(message.file for message in messages if message.kind is MessageKind.PACK)


def sentences(outcomes) -> list[str]:
    return [str(outcome.refusal) for outcome in outcomes if outcome.refusal is not None]


def refs(copies: Copies) -> list[str]:
    return sorted(line.ref for line in copies.office.inbox.lines())


def taken_ids(services: Services) -> set[UUID]:
    with services.access.database.reading() as connection:
        copies = stored.other_copies(connection)
        return {
            message_id
            for copy in copies
            for message_id in outbox.taken_in(connection, copy.id, 1000)
        }


def test_a_refused_message_leaves_nothing_and_the_others_are_taken_in(copies, monkeypatch):
    files = reports_of(copies.join("anne", ANNE), 5)
    add = inbox.add
    broken = []

    def add_and_fail(connection, item):
        add(connection, item)
        if len(taken := refs_in(connection)) == 3 and not broken:
            broken.append(taken[-1])
            raise MessageError(ALTERED)

    def refs_in(connection):
        return [item.report.last.ref for item in inbox.reports(connection)]

    monkeypatch.setattr(incoming.inbox, "add", add_and_fail)
    outcomes = taking_in.take_in(copies.office.access, files)
    assert sentences(outcomes) == [ALTERED]
    assert len(refs(copies)) == 4
    assert len(taken_ids(copies.office)) == 5  # with the reply
    again = taking_in.take_in(copies.office.access, files)
    assert [outcome.taken.is_new for outcome in again] == [o.refusal is not None for o in outcomes]
    assert len(refs(copies)) == 5


def test_a_report_before_the_reply_of_its_writer_is_taken_in_with_it(copies):
    invitation, _ = copies.office.exchange.invite(ANNE)
    anne = copies.begin("anne", invitation.file, invitation.code)
    (report,) = reports_of(anne, 1)
    alone = taking_in.take_in(copies.office.access, [report])
    assert sentences(alone) == [STRANGER]
    outcomes = taking_in.take_in(copies.office.access, [report, anne.exchange.reply()])
    assert [outcome.taken.kind for outcome in outcomes] == [MessageKind.REPORT, MessageKind.REPLY]
    assert [outcome.taken.sender_name for outcome in outcomes] == ["Anne Example"] * 2
    assert len(refs(copies)) == 1


def test_a_message_twice_in_one_go_counts_once(copies):
    (file,) = reports_of(copies.join("anne", ANNE), 1)
    outcomes = taking_in.take_in(copies.office.access, [file, file])
    assert [outcome.taken.is_new for outcome in outcomes] == [True, False]
    assert len(refs(copies)) == 1


def test_of_two_packs_in_one_go_the_later_stands(copies):
    anne = copies.join("anne", ANNE)
    first = pack_of(copies)
    site = copies.office.setup.sites()[0]
    copies.office.setup.save_site(replace(site, name="Harbour Street"))
    later = pack_of(copies)
    outcomes = taking_in.take_in(anne.access, [later, first])
    assert [outcome.taken.is_new for outcome in outcomes] == [True, True]
    assert "Harbour Street" in [site.name for site in anne.setup.sites()]


def test_a_copy_shut_out_after_its_messages_were_opened_is_not_heard(copies, monkeypatch):
    (file,) = reports_of(copies.join("anne", ANNE), 1)
    copy_id = copies.office.exchange.copies()[0].id
    opened = taking_in._opened

    def open_and_shut_out(*args):
        message = opened(*args)
        copies.office.exchange.revoke(copy_id)
        return message

    monkeypatch.setattr(taking_in, "_opened", open_and_shut_out)
    outcomes = taking_in.take_in(copies.office.access, [file])
    assert sentences(outcomes) == ["This message comes from a copy of visitapp that was shut out."]
    assert refs(copies) == []


def test_more_than_one_transaction_holds_are_all_taken_in(copies, monkeypatch):
    monkeypatch.setattr(taking_in, "AT_ONCE", 2)
    files = reports_of(copies.join("anne", ANNE), 5)
    outcomes = taking_in.take_in(copies.office.access, files)
    assert sentences(outcomes) == []
    assert len(refs(copies)) == 5


def test_a_full_disk_takes_back_the_messages_of_its_transaction_and_no_others(copies, monkeypatch):
    monkeypatch.setattr(taking_in, "AT_ONCE", 2)
    files = reports_of(copies.join("anne", ANNE), 4)
    add, number = inbox.add, iter(range(1, 9))

    def add_until_full(connection, item):
        if next(number) == 4:
            raise StorageError("The disk is full.")
        add(connection, item)

    monkeypatch.setattr(incoming.inbox, "add", add_until_full)
    with pytest.raises(StorageError):
        taking_in.take_in(copies.office.access, files)
    assert len(refs(copies)) == 2
    monkeypatch.undo()
    taking_in.take_in(copies.office.access, files)
    assert len(refs(copies)) == 4


def test_sealing_waits_for_no_writer_and_a_copy_shut_out_meanwhile_gets_nothing(
    copies, monkeypatch
):
    copies.join("anne", ANNE)
    copies.join("ben", BEN)
    seal, shut = sealed_messages.seal, []

    def seal_while_somebody_writes(*args):
        if not shut:
            shut.append(copies.office.exchange.copies()[0])
            copies.office.exchange.revoke(shut[0].id)  # a write of its own, in the middle
        return seal(*args)

    monkeypatch.setattr(sealed_messages, "seal", seal_while_somebody_writes)
    copies.exchange("office")
    monkeypatch.undo()
    with copies.office.access.database.reading() as connection:
        (message,) = outbox.messages(connection, shut[0].id)
        assert message.kind is MessageKind.SHUT_OUT
        (other,) = [copy for copy in stored.other_copies(connection) if copy.id != shut[0].id]
        assert {message.kind for message in outbox.messages(connection, other.id)} >= {
            MessageKind.PACK
        }


def test_a_receipt_of_more_messages_than_ever_were_sent_changes_nothing(copies):
    anne = copies.join("anne", ANNE)
    own, office = anne.exchange.own(), copies.office.exchange.own()
    assert own is not None
    assert office is not None
    content = encoded(Receipt(tuple(uuid4() for _ in range(40_000))))
    message = make_message(content, kind=MessageKind.RECEIPT, sender=own.id)
    file = sealed_messages.seal(message, own, copy_keys.public_keys(office))
    assert sentences(taking_in.take_in(copies.office.access, [file])) == []
