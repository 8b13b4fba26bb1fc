"""The keys of a copy, and the six words that two people compare."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.copies import OwnCopy, PublicKeys
from visitapp.paths import reference_folder
from visitapp.security import copy_keys

OWN = OwnCopy(
    copy_keys.new_copy().id, bytes(range(96)), bytes(range(100, 132))
)  # fmt: skip
KEYS = copy_keys.public_keys(OWN)
WORDS = (reference_folder() / "fingerprint_words.txt").read_text("ascii").split()


def test_the_public_keys_follow_from_the_seeds_alone_and_never_change() -> None:
    assert (len(KEYS.sealing), len(KEYS.signing)) == (1216, 32)
    digest = hashlib.sha256(KEYS.sealing + KEYS.signing).hexdigest()
    assert digest == "95384d1433bfa0f1b1f9b858d5e2ff49469a50f06fdb626701679eff27a00abf"
    assert copy_keys.fingerprint(KEYS) == "jacket lily apron cushion topaz moss"


def test_no_two_copies_have_a_key_in_common() -> None:
    one, two = copy_keys.new_copy(), copy_keys.new_copy()
    seeds = [
        seed
        for own in (one, two)
        for seed in (own.sealing_seed[:64], own.sealing_seed[64:], own.signing_seed)
    ]
    assert len(set(seeds)) == 6
    assert [len(seed) for seed in seeds] == [64, 32, 32] * 2
    assert one.id != two.id


@pytest.mark.parametrize("lengths", [(1215, 32), (1217, 32), (1216, 31), (1215, 33), (0, 0)])
def test_bytes_of_another_length_are_no_keys(lengths: tuple[int, int]) -> None:
    with pytest.raises(BadInputError, match="not the keys of a copy"):
        PublicKeys(*map(bytes, lengths))


def test_the_words_of_a_fingerprint_cannot_be_confused() -> None:
    assert len(WORDS) == len(set(WORDS)) == 512
    assert all(word.isalpha() and word.islower() and 3 <= len(word) <= 8 for word in WORDS)


@given(at=st.integers(0, 1247), bit=st.integers(0, 7))
def test_a_bit_of_either_key_changes_the_fingerprint(at: int, bit: int) -> None:
    changed = bytearray(KEYS.sealing + KEYS.signing)
    changed[at] ^= 1 << bit
    other = copy_keys.fingerprint(PublicKeys(bytes(changed[:1216]), bytes(changed[1216:])))
    words = other.split()
    assert len(words) == 6
    assert set(words) <= set(WORDS)
    assert other != copy_keys.fingerprint(KEYS)


def test_each_of_the_six_words_takes_all_of_its_values() -> None:
    seen: list[set[str]] = [set() for _ in range(6)]
    for number in range(4_000):
        keys = PublicKeys(KEYS.sealing, number.to_bytes(32))
        for place, word in zip(seen, copy_keys.fingerprint(keys).split(), strict=True):
            place.add(word)
    assert all(len(place) > 500 for place in seen)


def test_a_repr_shows_no_key() -> None:
    assert "seed" not in repr(OWN)
    assert repr(KEYS) == "PublicKeys()"
