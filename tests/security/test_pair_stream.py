"""The stream that two copies share: alike in both, unlike everybody else's, and even."""

import hashlib
from collections import Counter
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.exchange.copies import OwnCopy, PublicKeys
from visitapp.security.copy_keys import fingerprint, public_keys
from visitapp.security.pair_stream import SharedStream, shared_stream, shared_words


def copy_of(word: str) -> OwnCopy:
    """A copy whose keys are made of a word."""
    seeds = hashlib.shake_256(word.encode()).digest(128)
    return OwnCopy(UUID(int=len(word)), seeds[:96], seeds[96:])


ANNE, BEN, CARA = map(copy_of, ("anne", "ben", "cara"))
asked = st.lists(
    st.one_of(st.just(0), st.integers(1, 80), st.lists(st.integers(), min_size=1, max_size=40)),
    max_size=30,
)
"""0 for a share, a number for so many bits, a list for one of some things."""


def _drawn(stream: Random, questions: list[int | list[int]]) -> list[float]:
    return [
        stream.choice(item)
        if isinstance(item, list)
        else stream.getrandbits(item)
        if item
        else stream.random()
        for item in questions
    ]


@given(st.binary(max_size=60), asked)
def test_both_copies_draw_the_same(subject: bytes, questions: list[int | list[int]]) -> None:
    first = shared_stream(ANNE, public_keys(BEN), subject)
    second = shared_stream(BEN, public_keys(ANNE), subject)
    assert _drawn(first, questions) == _drawn(second, questions)
    assert shared_words(ANNE, public_keys(BEN), subject) == shared_words(
        BEN, public_keys(ANNE), subject
    )


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_another_subject_or_another_copy_gives_another_stream(one: bytes, other: bytes) -> None:
    streams = [
        shared_stream(ANNE, public_keys(BEN), one),
        shared_stream(ANNE, public_keys(CARA), one),
        shared_stream(BEN, public_keys(CARA), one),
    ]
    if one != other:
        streams.append(shared_stream(ANNE, public_keys(BEN), other))
    assert len({stream.getrandbits(128) for stream in streams}) == len(streams)


def test_each_half_of_the_keys_matters() -> None:
    """Somebody's signing key is bound too, so that words differ for keys that were put in."""
    theirs = public_keys(BEN)
    mixed = PublicKeys(theirs.sealing, public_keys(CARA).signing)
    assert shared_words(ANNE, mixed, b"") != shared_words(ANNE, theirs, b"")
    assert fingerprint(mixed) != fingerprint(theirs)


def test_a_stream_is_the_same_in_each_version() -> None:
    """Two copies may be of different versions, on different systems."""
    stream = SharedStream(bytes(range(32)))
    drawn = [stream.getrandbits(16), stream.choice(range(1000)), stream.getrandbits(64)]
    again = SharedStream(bytes(range(32)))
    assert [again.getrandbits(16), again.choice(range(1000)), again.getrandbits(64)] == drawn
    share = SharedStream(bytes(32)).random()
    # RFC 8439, test vector 1 of the block function: the key stream begins 76 b8 e0 ad a0 f1 3d
    assert share == (int.from_bytes(bytes.fromhex("76b8e0ada0f13d")) >> 3) / (1 << 53)


def test_shares_and_choices_are_even() -> None:
    """By chi-square, with 19 degrees of freedom and a bound that chance alone never breaks."""
    stream, rounds = SharedStream(hashlib.sha256(b"even").digest()), 20_000
    for counts in (
        Counter(int(20 * stream.random()) for _ in range(rounds)),
        Counter(stream.choice(range(20)) for _ in range(rounds)),
    ):
        expected = rounds / 20
        assert set(counts) == set(range(20))
        assert sum((n - expected) ** 2 / expected for n in counts.values()) < 19 + 4 * 38**0.5


def test_a_stream_keeps_and_takes_no_state() -> None:
    stream = SharedStream(bytes(32))
    before = stream.getrandbits(64)
    stream.seed(1)
    fresh = SharedStream(bytes(32))
    assert fresh.getrandbits(64) == before
    assert fresh.getrandbits(64) == stream.getrandbits(64)
    for use in (stream.getstate, lambda: stream.setstate(())):
        with pytest.raises(NotImplementedError):
            use()


def test_keys_that_are_none_are_refused() -> None:
    """A point of small order gives a secret that everybody knows."""
    broken = PublicKeys(public_keys(BEN).sealing[:-32] + bytes(32), public_keys(BEN).signing)
    with pytest.raises(ValueError, match="shared key"):
        shared_stream(ANNE, broken, b"")
