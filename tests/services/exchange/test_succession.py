"""The office is handed over: one copy goes on, every visitor follows it, and nothing is lost."""

import contextlib
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import ANNE, BEN, CARA
from tests.copies import Copies, written
from tests.e2e.killing import quick_key
from visitapp import bootstrap
from visitapp.domain.errors import BadInputError, NotAllowedError
from visitapp.domain.exchange.handing_over import Handover, InboxState
from visitapp.domain.exchange.messages import (
    SUPERSEDED,
    TAKEN_BACK,
    TAKEN_OVER_TWICE,
    MessageError,
    MessageKind,
)
from visitapp.domain.following.ledger import Event
from visitapp.domain.office.scheme import Role
from visitapp.persistence import integrity, succession
from visitapp.persistence import report_tables as rt
from visitapp.security import copy_keys, handed_file, vault
from visitapp.services import Services
from visitapp.services.records import taking_over

PASSPHRASE = "seven kettles behind the hedge"
CLOSED = "This office was handed over to Nia Newcome on 10 April 2025."


class Handing:
    """Copies whose office can be handed over."""

    def __init__(self, copies: Copies) -> None:
        self.copies, self.files = copies, copies.folder.parent
        self.number = 0

    def hand_over(self, services: Services | None = None) -> tuple[Path, str]:
        """The file and its code."""
        self.number += 1
        path = self.files / f"office-{self.number}.visitoffice"
        code, _ = (services or self.copies.office).succession.hand_over(path, "Nia Newcome")
        return path, code

    def take_over(self, file: Path, code: str, name: str = "Nia Newcome") -> Services:
        """The services of the copy that took over; nobody else's change."""
        self.number += 1
        path = self.files / f"successor-{self.number}.visits"
        new = taking_over.take_over(
            file, handed_file.secret_of(code), path, PASSPHRASE, name,
            now=self.copies.clock(), clock=self.copies.clock,
        )  # fmt: skip
        opened = bootstrap.open_with_key(path, new.data_key, clock=self.copies.clock)
        self.copies.open_files.append(opened)
        return opened.services

    def succeed(self) -> tuple[Services, Services]:
        """Hand the office over; the copy that was left, and the one that goes on."""
        old = self.copies.office
        self.copies.office = self.take_over(*self.hand_over())
        return old, self.copies.office


@pytest.fixture
def handing(copies: Copies, monkeypatch: pytest.MonkeyPatch) -> Handing:
    monkeypatch.setattr(vault, "_argon2", quick_key)
    return Handing(copies)


def own_keys(services: Services) -> copy_keys.PublicKeys:
    own = services.exchange.own()
    assert own is not None
    return copy_keys.public_keys(own)


def office_known_to(services: Services) -> copy_keys.PublicKeys:
    (office,) = [
        copy
        for copy in services.exchange.copies()
        if copy.person_id is None and copy.revoked_at is None
    ]
    return office.keys


def events(services: Services) -> list[str]:
    with services.access.database.reading() as connection:
        return [row.event for row in connection.execute(rt.ledger.select())]


def is_sound(services: Services) -> bool:
    with services.access.database.reading() as connection:
        return list(integrity.contradictions(connection)) == []


def earlier(services: Services) -> int:
    with services.access.database.reading() as connection:
        return len(succession.earlier_keys(connection))


def long_after(copies: Copies) -> None:
    """Everybody exchanges once nobody looks for the keys of before any more."""
    copies.clock.move(days=20)
    copies.settle()


def refusals(copies: Copies, name: str) -> list[str]:
    (result,) = copies.exchange(name)
    return [refused.sentence for refused in result.refused]


def test_the_next_manager_has_the_whole_records_under_keys_of_their_own(handing: Handing) -> None:
    copies = handing.copies
    visit = written(copies.office)
    copies.join("anne", ANNE)
    before = own_keys(copies.office)
    old, new = handing.succeed()
    assert new.visits.get(visit.id) == old.visits.get(visit.id)
    assert new.people.people() == old.people.people()
    assert own_keys(new) != before == own_keys(old)
    assert (new.access.actor.name, new.access.actor.role) == ("Nia Newcome", Role.MANAGER)
    assert events(new)[-1] == Event.TAKEN_OVER
    assert events(old)[-1] == Event.HANDED_OVER
    assert is_sound(new)
    assert is_sound(old)


def test_the_copy_that_was_left_is_read_and_never_changed(handing: Handing) -> None:
    copies = handing.copies
    visit = written(copies.office)
    copies.join("anne", ANNE)
    old, new = handing.succeed()
    assert old.visits.get(visit.id) == visit
    anne = next(person for person in old.people.people() if person.id == ANNE)
    for change in (
        lambda: old.people.save(replace(anne, name="Anne Other")),
        lambda: old.exchange.invite(BEN),
        lambda: old.visits.withdraw(visit.id, "A test."),
        lambda: old.folder.exchange(copies.folder),
        lambda: old.succession.hand_over(handing.files / "again.visitoffice"),
    ):
        with pytest.raises(NotAllowedError, match=CLOSED):
            change()
    assert new.succession.closing() is None
    new.people.save(replace(anne, name="Anne Other"))


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


def test_taken_back_the_office_goes_on_and_the_file_is_void(handing: Handing) -> None:
    copies = handing.copies
    anne = copies.join("anne", ANNE)
    copies.settle()
    file, code = handing.hand_over()
    copies.office.succession.take_back()
    assert copies.office.succession.closing() is None
    assert events(copies.office)[-2:] == [Event.HANDED_OVER, Event.TAKEN_BACK]
    visit = written(anne)
    copies.settle()
    assert [line.ref for line in copies.office.inbox.lines()] == [visit.ref]
    goes_on = office_known_to(anne)
    assert goes_on == own_keys(copies.office)
    late = handing.take_over(file, code)
    late.folder.exchange(copies.folder)
    assert set(refusals(copies, "anne")) == {SUPERSEDED}
    assert office_known_to(anne) == goes_on
    assert is_sound(copies.office)


def test_once_it_is_known_to_be_taken_over_nothing_is_taken_back(handing: Handing) -> None:
    copies = handing.copies
    copies.join("anne", ANNE)
    old, new = handing.succeed()
    old.succession.look_for_successor(copies.folder)
    closing = old.succession.closing()
    assert closing is not None
    assert closing.followed_at is None
    copies.exchange("office")
    old.succession.look_for_successor(copies.folder)
    with pytest.raises(BadInputError, match="Nia Newcome has taken over the office"):
        old.succession.take_back()
    assert new.succession.closing() is None
    with pytest.raises(BadInputError, match="was not handed over"):
        new.succession.take_back()


def test_a_successor_is_told_that_it_was_taken_back(handing: Handing) -> None:
    copies = handing.copies
    copies.join("anne", ANNE)
    file, code = handing.hand_over()
    copies.office.succession.take_back()
    copies.exchange("office")
    late = handing.take_over(file, code)
    result = late.folder.exchange(copies.folder)
    assert TAKEN_BACK in {refused.sentence for refused in result.refused}


def test_two_that_took_over_from_two_copies_of_one_file_are_told(handing: Handing) -> None:
    copies = handing.copies
    anne = copies.join("anne", ANNE)
    file, code = handing.hand_over()
    other = Path(shutil.copy2(file, handing.files / "other.visitoffice"))
    copies.office = handing.take_over(file, code)
    second = handing.take_over(other, code)
    copies.exchange("office", "anne", "office", "anne")
    followed = office_known_to(anne)
    result = second.folder.exchange(copies.folder)
    assert TAKEN_OVER_TWICE in {refused.sentence for refused in result.refused}
    assert TAKEN_OVER_TWICE in refusals(copies, "office")
    assert SUPERSEDED in refusals(copies, "anne")
    assert office_known_to(anne) == followed == own_keys(copies.office)


def test_a_file_works_once_and_its_code_opens_no_other(handing: Handing) -> None:
    file, code = handing.hand_over()
    handing.copies.office.succession.take_back()
    other, _ = handing.hand_over()
    with pytest.raises(BadInputError) as wrong:
        handing.take_over(other, code)
    assert str(wrong.value) == handed_file.WRONG
    handing.take_over(file, code)
    with pytest.raises(BadInputError) as again:
        handing.take_over(file, code)
    assert str(again.value) == handed_file.USED
    assert len(list(handing.files.glob("successor-*.visits"))) == 1


def test_a_file_that_was_altered_or_cut_is_refused_and_leaves_nothing(handing: Handing) -> None:
    written(handing.copies.office)
    file, code = handing.hand_over()
    whole = file.read_bytes()
    broken = handing.files / "broken.visitoffice"
    middle = len(whole) // 2
    for content, sentence in (
        (whole[:-1], handed_file.CUT),
        (whole[:30], handed_file.CUT),
        (whole[:5], handed_file.CUT),
        (b"", handed_file.CUT),
        (b"%PDF-1.7 and so on", handed_file.NO_OFFICE),
        (whole[:8] + b"\2" + whole[9:], handed_file.NEWER),
        (whole[:20] + bytes([whole[20] ^ 1]) + whole[21:], handed_file.WRONG),
        (whole[:12] + bytes([whole[12] ^ 1]) + whole[13:], handed_file.WRONG),
        (whole + b"more", handed_file.WRONG),
        (whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :], taking_over._ALTERED),
        (whole[:60] + bytes([whole[60] ^ 1]) + whole[61:], taking_over._ALTERED),
    ):
        broken.write_bytes(content)
        before = {path.name for path in handing.files.iterdir()}
        with pytest.raises(BadInputError) as refusal:
            handing.take_over(broken, code)
        assert str(refusal.value) == sentence
        assert {path.name for path in handing.files.iterdir()} == before
        assert broken.read_bytes() == content
    handing.take_over(file, code)


def test_a_handing_over_that_fails_leaves_the_copy_open(
    handing: Handing, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = handing.copies.office
    before = {path.name for path in handing.files.iterdir()}

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(handed_file, "write", full)
        with pytest.raises(Exception, match="No space left"):
            handing.hand_over()
    assert office.succession.closing() is None
    assert {path.name for path in handing.files.iterdir()} == before
    assert Event.HANDED_OVER not in events(office)
    written(office)


def test_the_file_holds_no_word_of_the_records(handing: Handing) -> None:
    written(handing.copies.office)
    file, code = handing.hand_over()
    content = file.read_bytes()
    for word in (b"Anne Example", b"SQLite format", b"Commissioner", code.encode()):
        assert word not in content


def test_a_visitor_hands_nothing_over(handing: Handing) -> None:
    anne = handing.copies.join("anne", ANNE)
    with pytest.raises(NotAllowedError):
        anne.succession.hand_over(handing.files / "no.visitoffice")
    with pytest.raises(NotAllowedError):
        anne.succession.take_back()


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
