"""The file and its code, the copy that was left, and two copies of one office that both go on."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import ANNE, BEN
from tests.copies import written
from tests.handing import Handing, events, is_sound, office_known_to, own_keys, refusals
from visitapp.domain.errors import BadInputError, NotAllowedError
from visitapp.domain.exchange.messages import (
    SUPERSEDED,
    TAKEN_BACK,
    TAKEN_OVER_TWICE,
)
from visitapp.domain.following.ledger import Event
from visitapp.domain.office.scheme import Role
from visitapp.security import handed_file
from visitapp.services.records import taking_over

CLOSED = "This office was handed over to Nia Newcome on 10 April 2025."


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
    assert Event.TAKEN_OVER in events(new)[-2:]
    assert Event.HANDED_OVER in events(old)[-2:]
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
