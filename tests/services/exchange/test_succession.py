"""The office is handed over: every visitor follows the copy that goes on, and nothing is lost."""

import contextlib
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.builders import ANNE, BEN, CARA
from tests.copies import written
from tests.handing import Handing, earlier, long_after, office_known_to, own_keys, refusals
from visitapp import bootstrap
from visitapp.domain.exchange.handing_over import Handover, InboxState
from visitapp.domain.exchange.messages import (
    SUPERSEDED,
    MessageError,
    MessageKind,
)
from visitapp.security import copy_keys


def test_visitors_follow_and_what_was_under_way_is_not_lost(handing: Handing) -> None:
    copies = handing.copies
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    first = written(anne)
    copies.exchange("anne")  # sealed to the keys that the office had
    _, new = handing.succeed()
    second = written(ben, date(2025, 4, 7))
    copies.exchange("ben")  # which has not heard of it
    copies.settle()
    assert earlier(new) == 1
    assert {line.ref for line in new.inbox.lines()} == {first.ref, second.ref}
    for visitor in (anne, ben):
        assert office_known_to(visitor) == own_keys(new)
        (state,) = visitor.handing_over.states().values()
        assert state.stage is Handover.RECEIVED
    new.inbox.accept([line.report_id for line in new.inbox.lines()])
    copies.settle()
    (state,) = anne.handing_over.states().values()
    assert state.stage is Handover.ACCEPTED
    long_after(copies)
    assert earlier(new) == 0  # nobody needs them
    assert list(copies.folder.iterdir()) == []
    fingerprints = anne.copy_register.fingerprints()
    assert fingerprints is not None
    assert fingerprints.office == copy_keys.fingerprint(own_keys(new))


def test_nothing_but_the_new_keys_is_put_out_before_a_visitor_follows(handing: Handing) -> None:
    copies = handing.copies
    anne = copies.join("anne", ANNE)
    copies.settle()
    handing.succeed()
    (result,) = copies.exchange("office")
    assert result.put_out == {MessageKind.RENEWAL: 2}  # to Anne, and to the copy that was left
    (result,) = copies.exchange("anne")
    assert result.taken_in == {MessageKind.RENEWAL: 1}
    assert result.put_out == {MessageKind.RECEIPT: 1}
    (result,) = copies.exchange("office")
    assert MessageKind.PACK in result.put_out
    assert refusals(copies, "anne") == []
    assert anne.exchange.own() is not None


def test_a_visitor_refuses_the_copy_that_was_left_and_goes_on_from_a_backup(
    handing: Handing, key: bytes
) -> None:
    copies = handing.copies
    copies.join("anne", ANNE)
    copies.settle()
    kept = handing.files / "kept.visits"
    left_open = Path(copies.open_files[0].path)
    copies.office.access.database.checkpoint()
    shutil.copy2(left_open, kept)
    handing.succeed()
    copies.settle()
    with bootstrap.open_with_key(kept, key, clock=copies.clock) as opened:
        rogue = opened.services
        anne = next(person for person in rogue.people.people() if person.id == ANNE)
        rogue.people.save(replace(anne, name="Anne Other"))
        rogue.folder.exchange(copies.folder)
        before = office_known_to(copies.visitors["anne"])
        assert set(refusals(copies, "anne")) == {SUPERSEDED}
        assert office_known_to(copies.visitors["anne"]) == before
        # nor by a handing over of its own, taken back or not
        path = handing.files / "rogue.visitoffice"
        rogue.succession.hand_over(path, "")
        rogue.succession.take_back()
        rogue.folder.exchange(copies.folder)
        assert set(refusals(copies, "anne")) == {SUPERSEDED}
        assert office_known_to(copies.visitors["anne"]) == before
        name = copies.visitors["anne"].people.people()
        assert "Anne Other" not in {person.name for person in name}


def test_a_replay_of_an_older_handing_over_changes_nothing(handing: Handing) -> None:
    copies = handing.copies
    copies.join("anne", ANNE)
    copies.settle()
    handing.succeed()
    copies.exchange("office")
    old_files = [path.read_bytes() for path in copies.folder.iterdir()]
    copies.settle()
    handing.succeed()
    copies.settle()
    newest = office_known_to(copies.visitors["anne"])
    assert newest == own_keys(copies.office)
    for number, content in enumerate(old_files):
        (copies.folder / f"{number}.visitmsg").write_bytes(content)
    copies.settle()
    assert office_known_to(copies.visitors["anne"]) == newest


def test_a_visitor_offline_through_two_handings_over_follows_the_last(handing: Handing) -> None:
    copies = handing.copies
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    copies.settle()
    visit = written(anne)
    for _ in range(2):
        handing.succeed()
        for _ in range(3):
            copies.clock.move(days=60)
            copies.exchange("office", "ben", "office")
    copies.settle()
    for visitor in (anne, ben):
        assert office_known_to(visitor) == own_keys(copies.office)
    assert [line.ref for line in copies.office.inbox.lines()] == [visit.ref]
    long_after(copies)
    assert earlier(copies.office) == 0
    assert list(copies.folder.iterdir()) == []


def test_a_visitor_told_but_not_heard_of_follows_the_next_office_too(handing: Handing) -> None:
    """The office that told them was handed over before it knew that they had followed."""
    copies = handing.copies
    anne = copies.join("anne", ANNE)
    copies.settle()
    handing.succeed()
    copies.exchange("office", "anne")
    handing.succeed()
    copies.settle()
    assert office_known_to(anne) == own_keys(copies.office)
    long_after(copies)
    assert earlier(copies.office) == 0
    assert list(copies.folder.iterdir()) == []


def test_somebody_invited_before_joins_after_it_and_follows(handing: Handing) -> None:
    copies = handing.copies
    copies.join("ben", BEN)
    invitation, _ = copies.office.exchange.invite(ANNE)
    handing.succeed()
    copies.settle()
    assert earlier(copies.office) == 1
    anne = copies.begin("anne", invitation.file, invitation.code)
    taken, _ = copies.office.exchange.take_in(anne.exchange.reply())
    assert taken.is_new
    visit = written(anne)
    copies.settle()
    assert office_known_to(anne) == own_keys(copies.office)
    assert [line.ref for line in copies.office.inbox.lines()] == [visit.ref]
    long_after(copies)
    assert earlier(copies.office) == 0


def test_somebody_invited_after_it_needs_no_renewal(handing: Handing) -> None:
    copies = handing.copies
    copies.join("ben", BEN)
    handing.succeed()
    anne = copies.join("anne", ANNE)
    assert office_known_to(anne) == own_keys(copies.office)
    visit = written(anne)
    copies.settle()
    assert [line.ref for line in copies.office.inbox.lines()] == [visit.ref]


def test_references_of_the_office_are_as_before(handing: Handing) -> None:
    copies = handing.copies
    copies.join("anne", ANNE)
    before = written(copies.office)
    handing.succeed()
    after = written(copies.office, date(2025, 4, 7))
    assert after.ref.rsplit("-", 1)[0] == before.ref.rsplit("-", 1)[0]


def test_a_copy_that_was_shut_out_is_not_told(handing: Handing) -> None:
    copies = handing.copies
    anne = copies.join("anne", ANNE)
    copies.settle()
    (copy,) = copies.office.exchange.copies()
    copies.office.exchange.revoke(copy.id)
    known = office_known_to(anne)
    handing.succeed()
    copies.settle()
    assert office_known_to(anne) == known


def test_an_office_that_invited_nobody_is_handed_over(handing: Handing) -> None:
    _, new = handing.succeed()
    assert new.exchange.own() is None
    anne = handing.copies.join("anne", ANNE)
    assert office_known_to(anne) == own_keys(new)


def test_a_report_asked_about_before_is_answered_to_the_successor(handing: Handing) -> None:
    copies = handing.copies
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.settle()
    copies.office.inbox.ask(visit.id, "Which day was it?")
    copies.settle()
    handing.succeed()
    anne.handing_over.answer(visit.id, "The day in the report.")
    copies.settle()
    (line,) = copies.office.inbox.lines()
    assert (line.state, line.answer) == (InboxState.WAITING, "The day in the report.")
    with contextlib.suppress(MessageError):
        copies.office.inbox.accept([line.report_id])
    copies.settle()
    assert anne.handing_over.states()[visit.id].stage is Handover.ACCEPTED


def test_a_new_laptop_joins_the_successor_and_gets_its_reports_back(handing: Handing) -> None:
    copies = handing.copies
    anne = copies.join("anne", CARA)
    visit = written(anne, visitors=(CARA, BEN))
    copies.settle()
    copies.office.inbox.accept([visit.id])
    handing.succeed()
    copies.settle()
    for copy in copies.office.exchange.copies():
        if copy.person_id == CARA:
            copies.office.exchange.revoke(copy.id)
    again = copies.join("anne", CARA)
    copies.settle()
    assert again.visits.get(visit.id).ref == visit.ref
