"""Without a folder: everything that passes between two copies is saved as files and opened."""

from pathlib import Path

import pytest

from tests.builders import ANNE, BEN
from tests.copies import DAY, Copies, written
from visitapp.domain.errors import BadInputError, StorageError
from visitapp.domain.exchange import by_hand
from visitapp.domain.exchange.handing_over import Handover, handover_words
from visitapp.domain.exchange.messages import CUT, OTHER, MessageKind, taken_in_words
from visitapp.services import Services


def save(services: Services, out: Path, name: str = "") -> list[Path]:
    """Save what is due for the visitor of this name, or for the office."""
    receivers = services.by_hand.receivers()
    (receiver,) = [item for item in receivers if not name or item.name.startswith(name)]
    messages = services.by_hand.due(receiver.copy_id)
    if not messages.files:
        return []
    return list(services.by_hand.save(messages, out)[0])


def opens(services: Services, *paths: Path) -> list[str]:
    """What taking files in says of each."""
    outcomes = services.exchange.take_in_files([path.read_bytes() for path in paths])
    return [
        str(outcome.refusal) if outcome.refusal else taken_in_words(outcome.taken)
        for outcome in outcomes
    ]


def states(services: Services) -> list[str]:
    return sorted(handover_words(state) for state in services.handing_over.states().values())


def test_a_whole_exchange_without_a_folder(copies, tmp_path):
    invitation, _ = copies.office.exchange.invite(ANNE)
    anne = copies.begin("anne", invitation.file, invitation.code)
    assert copies.office.by_hand.receivers() == ()
    visit = written(anne)
    assert states(anne) == ["Locked here"]
    to_office = save(anne, tmp_path / "a.visitmsg")
    assert states(anne) == ["Saved as a file 10 Apr 13:00"]
    assert opens(copies.office, *to_office) == [
        "Anne Example has joined. A report of Anne Example is in the inbox."
    ]
    copies.office.inbox.ask(visit.id, "How many cells did you see?")
    to_anne = save(copies.office, tmp_path / "b.visitmsg")
    opens(anne, *to_anne)
    assert states(anne) == ["Question asked"]
    anne.handing_over.answer(visit.id, "All six.")
    opens(copies.office, *save(anne, tmp_path / "c.visitmsg"))
    assert copies.office.inbox.lines()[0].answer == "All six."
    copies.office.inbox.accept([visit.id])
    opens(anne, *save(copies.office, tmp_path / "d.visitmsg"))
    assert states(anne) == ["Accepted"]
    opens(copies.office, *save(anne, tmp_path / "e.visitmsg"))
    opens(anne, *save(copies.office, tmp_path / "f.visitmsg"))
    assert save(anne, tmp_path / "g.visitmsg") == []
    assert save(copies.office, tmp_path / "g.visitmsg") == []
    assert list(copies.folder.iterdir()) == []


def test_the_reply_goes_with_it_until_something_comes_from_the_office(copies, tmp_path):
    anne = copies.join("anne", ANNE)
    written(anne)
    (office,) = anne.by_hand.receivers()
    assert anne.by_hand.due(office.copy_id).number == 2
    opens(copies.office, *save(anne, tmp_path / "a.visitmsg"))
    opens(anne, *save(copies.office, tmp_path / "b.visitmsg"))
    written(anne, DAY.replace(day=9))
    messages = anne.by_hand.due(office.copy_id)
    assert messages.number == 2  # the report, and a receipt
    outcome = copies.office.exchange.take_in_files(messages.files)[0]
    assert {taken.kind for taken in outcome.taken} == {MessageKind.REPORT, MessageKind.RECEIPT}


def test_a_file_that_was_lost_is_saved_again_and_opened_twice_changes_nothing(copies, tmp_path):
    anne = copies.join("anne", ANNE)
    written(anne)
    lost = save(anne, tmp_path / "a.visitmsg")
    copies.clock.move(hours=3)
    again = save(anne, tmp_path / "b.visitmsg")
    assert states(anne) == ["Saved as a file 10 Apr 16:00"]
    assert opens(copies.office, *again)[0].endswith("in the inbox.")
    assert (
        opens(copies.office, *lost, *again)
        == ["This message was taken in before. Nothing has changed."] * 2
    )
    assert len(copies.office.inbox.lines()) == 1


def test_a_message_saved_by_hand_goes_through_the_folder_where_nobody_acknowledges_it(
    copies, tmp_path
):
    anne = copies.join("anne", ANNE)
    written(anne)
    save(anne, tmp_path / "a.visitmsg")
    copies.exchange("anne")
    assert list(copies.folder.iterdir()) == []
    copies.clock.move(hours=25)
    copies.exchange("anne")
    assert states(anne) == ["Handed over (11 Apr 14:00, in the folder)"]
    copies.exchange("office", "anne")
    assert states(anne) == ["Received by the office"]


def test_what_lies_in_the_folder_can_be_saved_as_well(copies, tmp_path):
    anne = copies.join("anne", ANNE)
    written(anne)
    copies.exchange("anne")
    assert states(anne) == ["Handed over (10 Apr 13:00, in the folder)"]
    opens(copies.office, *save(anne, tmp_path / "a.visitmsg"))
    assert states(anne) == ["Saved as a file 10 Apr 13:00"]
    copies.settle()
    assert list(copies.folder.iterdir()) == []
    assert len(copies.office.inbox.lines()) == 1


def test_nobody_else_can_open_it(copies, tmp_path):
    copies.join("anne", ANNE)
    ben = copies.join("ben", BEN)
    paths = save(copies.office, tmp_path / "a.visitmsg", "Anne")
    assert opens(ben, *paths) == [OTHER]
    assert opens(copies.office, *paths) == [OTHER]


def test_a_saved_file_in_the_folder_is_taken_in_whole(copies):
    anne = copies.join("anne", ANNE)
    for day in (7, 8, 9):
        written(anne, DAY.replace(day=day))
    save(anne, copies.folder / "Messages for the office (1).visitmsg")
    (office,) = copies.exchange("office")
    assert office.taken_in[MessageKind.REPORT] == 3
    assert not any(path.name.startswith("Messages") for path in copies.folder.iterdir())


@pytest.mark.parametrize("missing", [1, 4_000, 9_000])
def test_of_a_file_that_was_cut_the_whole_messages_are_taken_in(copies, tmp_path, missing):
    anne = copies.join("anne", ANNE)
    for day in (7, 8, 9):
        written(anne, DAY.replace(day=day))
    (path,) = save(anne, tmp_path / "a.visitmsg")
    whole = path.read_bytes()
    path.write_bytes(whole[:-missing])
    assert opens(copies.office, path) == [CUT]
    assert len(copies.office.inbox.lines()) in (1, 2)
    path.write_bytes(whole)
    opens(copies.office, path)
    assert len(copies.office.inbox.lines()) == 3


def test_what_is_too_long_for_one_mail_is_several_files_and_none_is_overwritten(
    copies, tmp_path, monkeypatch
):
    monkeypatch.setattr(by_hand, "MOST_IN_FILE", 12_000)
    anne = copies.join("anne", ANNE)
    for day in range(2, 7):
        written(anne, DAY.replace(day=day))
    (tmp_path / "a 2.visitmsg").write_bytes(b"Something else.")
    paths = save(anne, tmp_path / "a.visitmsg")
    assert [path.name for path in paths] == ["a.visitmsg", "a 3.visitmsg", "a 4.visitmsg"]
    assert (tmp_path / "a 2.visitmsg").read_bytes() == b"Something else."
    opens(copies.office, *reversed(paths))
    assert len(copies.office.inbox.lines()) == 5
    with pytest.raises(BadInputError, match="already exists"):
        save(anne, tmp_path / "a.visitmsg")


def test_a_disk_that_is_full_puts_nothing_out(copies: Copies, tmp_path: Path) -> None:
    anne = copies.join("anne", ANNE)
    written(anne)
    with pytest.raises(StorageError):
        save(anne, tmp_path / "nowhere" / "a.visitmsg")
    assert states(anne) == ["Locked here"]


def test_each_copy_of_a_person_is_named_and_one_that_is_shut_out_is_not_offered(copies):
    copies.join("anne", ANNE)
    copies.clock.move(days=2)
    copies.join("anne", ANNE)
    copies.join("ben", BEN)
    names = [item.name for item in copies.office.by_hand.receivers()]
    assert names == [
        "Anne Example (joined 10 April 2025)", "Anne Example (joined 12 April 2025)", "Ben Sample"
    ]  # fmt: skip
    first = copies.office.by_hand.receivers()[0]
    copies.office.exchange.revoke(first.copy_id)
    assert len(copies.office.by_hand.receivers()) == 2
    with pytest.raises(BadInputError, match="shut out already"):
        copies.office.by_hand.due(first.copy_id)


def test_a_report_amended_after_it_was_saved_is_locked_here_again(copies, tmp_path):
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    save(anne, tmp_path / "a.visitmsg")
    anne.visits.withdraw(visit.id, "It was another suite.", ["Anne Example", "Ben Sample"])
    (state,) = anne.handing_over.states().values()
    assert state.stage is Handover.LOCKED
