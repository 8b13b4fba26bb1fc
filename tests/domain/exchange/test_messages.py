"""What taking in messages did, in words, and how messages share files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.exchange import by_hand
from visitapp.domain.exchange.by_hand import MOST_IN_FILE, in_files
from visitapp.domain.exchange.messages import MessageKind, TakenIn, taken_in_words

OFFICE, ANNE = "", "Anne Example"


def new(kind: MessageKind, sender: str = ANNE, number: int = 1) -> list[TakenIn]:
    return [TakenIn(kind, sender, True)] * number


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (new(MessageKind.REPORT), "A report of Anne Example is in the inbox."),
        (new(MessageKind.REPORT, number=2), "2 reports of Anne Example are in the inbox."),
        (new(MessageKind.RETURNED, OFFICE), "A report of yours is back from the office."),
        (new(MessageKind.RETURNED, OFFICE, 3), "3 reports of yours are back from the office."),
        (new(MessageKind.RECEIPT, OFFICE), "The office has received your messages."),
        (new(MessageKind.RECEIPT), "Anne Example has received your messages."),
        (new(MessageKind.AVAILABILITY), "Anne Example entered when they can visit."),
        (new(MessageKind.AVAILABILITY, OFFICE), "When you can visit is up to date."),
    ],
)
def test_messages_are_counted_and_their_sender_is_named(taken: list[TakenIn], words: str) -> None:
    assert taken_in_words(taken) == words


def test_of_each_sender_and_kind_there_is_a_sentence_and_of_known_messages_none() -> None:
    known = TakenIn(MessageKind.PACK, OFFICE, False)
    taken = [*new(MessageKind.REPORT), known, *new(MessageKind.REPLY, "Ben Sample")]
    assert taken_in_words(taken) == (
        "A report of Anne Example is in the inbox. Ben Sample has joined."
    )
    for nothing_new in ([], [known]):
        assert taken_in_words(nothing_new) == (
            "This message was taken in before. Nothing has changed."
        )


@pytest.mark.parametrize("kind", MessageKind)
def test_every_kind_of_message_has_words(kind: MessageKind) -> None:
    assert taken_in_words(new(kind, OFFICE)).endswith(".")


@given(lengths=st.lists(st.integers(1, 25), max_size=12))
def test_messages_share_files_in_their_order_up_to_what_a_mail_carries(lengths: list[int]) -> None:
    messages = [bytes([number]) * length for number, length in enumerate(lengths)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(by_hand, "MOST_IN_FILE", 20)
        files = in_files(messages)
    assert b"".join(files) == b"".join(messages)
    assert all(len(file) <= 20 or len({*file}) == 1 for file in files)
    firsts = [next(message for message in messages if file.startswith(message)) for file in files]
    for file, first in zip(files, firsts[1:], strict=False):
        assert len(file) + len(first) > 20  # it did not fit into the file before


def test_a_mail_carries_eight_megabytes() -> None:
    half = bytes(MOST_IN_FILE // 2)
    assert MOST_IN_FILE == 8 * 1024 * 1024
    full = MOST_IN_FILE
    assert [len(file) for file in in_files([half] * 4 + [b"x"])] == [full, full, 1]
    assert in_files([]) == ()
