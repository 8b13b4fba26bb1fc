"""A message is opened by whom it is for, as its sender wrote it, or refused in one sentence."""

import random
import tracemalloc
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mutations import mutated_bytes
from tests.sealing import MADE_AT, fields_of, make_message, padded, sealed_as, signed_as
from visitapp.domain.exchange.copies import OwnCopy
from visitapp.domain.exchange.messages import (
    ALTERED,
    CUT,
    NEWER,
    NO_MESSAGE,
    OTHER,
    Message,
    MessageError,
    NotForThisCopyError,
)
from visitapp.security import copy_keys, sealed_messages

ANNES, OFFICES, BENS = (copy_keys.new_copy() for _ in range(3))
ANNE, OFFICE, BEN = map(copy_keys.public_keys, (ANNES, OFFICES, BENS))
HEAD = 37
TIMES = st.datetimes(
    datetime(1970, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)
)  # fmt: skip


def opened(file: bytes, own: OwnCopy = OFFICES, sender: OwnCopy = ANNES) -> Message:
    return sealed_messages.open_message(file, own, lambda _: copy_keys.public_keys(sender))


def refused(file: bytes, own: OwnCopy = OFFICES, sender: OwnCopy = ANNES) -> str:
    with pytest.raises(MessageError) as refusal:
        opened(file, own, sender)
    return str(refusal.value)


@given(content=st.binary(max_size=20_000), made_at=TIMES, id=st.uuids(), sender=st.uuids())
def test_a_message_is_opened_as_it_was_sealed(content: bytes, **fields: Any) -> None:
    message = make_message(content, **fields)
    assert opened(sealed_messages.seal(message, ANNES, OFFICE)) == message


def test_a_message_to_somebody_else_is_told_apart_by_its_beginning() -> None:
    file = sealed_messages.seal(make_message(), ANNES, BEN)
    assert refused(file) == OTHER
    with pytest.raises(NotForThisCopyError):
        opened(file)
    assert [sealed_messages.is_for(file, own) for own in (OFFICES, BENS, ANNES)] == [
        False, True, False,
    ]  # fmt: skip
    for cut in (b"", file[:8], file[: HEAD - 1], b"x" * 60):
        assert not sealed_messages.is_for(cut, BENS)


def test_a_message_cut_at_any_length_says_that_it_is_not_complete() -> None:
    file = sealed_messages.seal(make_message(), ANNES, OFFICE)
    lengths = [*range(HEAD + 3), *range(100, len(file), 499), len(file) - 1]
    assert {refused(file[:length]) for length in lengths} == {CUT}


@pytest.mark.parametrize("file", [b"%PDF-1.7", b"visitinv" + bytes(90), b"\0" * 5_000, b"visitmsx"])
def test_another_file_is_no_message(file: bytes) -> None:
    assert refused(file) == NO_MESSAGE


def test_each_bit_of_the_beginning_counts() -> None:
    file = sealed_messages.seal(make_message(), ANNES, OFFICE)
    for bit in range(8 * HEAD):
        changed = bytearray(file)
        changed[bit // 8] ^= 1 << bit % 8
        assert refused(bytes(changed)) in {NO_MESSAGE, NEWER, CUT, OTHER, ALTERED}, bit


def test_each_byte_behind_it_counts() -> None:
    file = sealed_messages.seal(make_message(), ANNES, OFFICE)
    for at in [*range(HEAD, HEAD + 1_160, 29), *range(HEAD + 1_160, len(file), 211)]:
        changed = bytearray(file)
        changed[at] ^= 1 << at % 8
        assert refused(bytes(changed)) == ALTERED, at
    assert refused(file + b"\0") == ALTERED


def test_a_length_that_no_message_has_does_not_make_anybody_wait_for_the_rest() -> None:
    file = bytearray(sealed_messages.seal(make_message(), ANNES, OFFICE))
    file[9:13] = (1 << 30).to_bytes(4)
    assert refused(bytes(file)) == ALTERED


def test_a_newer_version_is_said_whatever_follows() -> None:
    file = bytearray(sealed_messages.seal(make_message(), ANNES, BEN))
    file[8] = 2
    for length in (9, 20, 200, len(file)):
        assert refused(bytes(file[:length])) == NEWER
    file[8] = 0
    file[29:37] = sealed_messages._tag(bytes(file[13:29]), OFFICE)
    assert refused(bytes(file)) == ALTERED


def test_a_kind_that_only_a_newer_version_knows_is_said() -> None:
    fields = fields_of(make_message())
    fields[1] = "hologram"
    assert refused(sealed_as(padded(signed_as(fields, ANNES, OFFICE)), OFFICE)) == NEWER


def test_what_somebody_else_signed_is_refused() -> None:
    file = sealed_messages.seal(make_message(), BENS, OFFICE)
    assert refused(file, sender=ANNES) == ALTERED
    assert opened(file, sender=BENS).content == b"Words."


def test_a_receiver_cannot_pass_a_message_on_as_meant_for_another() -> None:
    to_ben = signed_as(fields_of(make_message()), ANNES, BEN)
    assert opened(sealed_as(padded(to_ben), BEN), BENS).content == b"Words."
    assert refused(sealed_as(padded(to_ben), OFFICE)) == ALTERED


@pytest.mark.parametrize("at", range(len(fields_of(make_message()))))
def test_the_signature_covers_each_field(at: int) -> None:
    fields, others = fields_of(make_message()), fields_of(make_message(b"Other words."))
    others[3] += timedelta(seconds=1)
    if fields[at] == others[at]:  # only one kind, or number, is known here
        return
    signature, _ = msgspec.msgpack.decode(signed_as(fields, ANNES, OFFICE))
    fields[at] = others[at]
    forged = msgspec.msgpack.encode([signature, msgspec.msgpack.encode(fields)])
    assert refused(sealed_as(padded(forged), OFFICE)) == ALTERED


@pytest.mark.parametrize("length", [0, 1, 3, 4, 100, 4095, 4097, 20_000])
def test_what_is_not_padded_to_one_of_the_sizes_is_refused(length: int) -> None:
    sound = padded(signed_as(fields_of(make_message()), ANNES, OFFICE))
    plain = sound.ljust(length, b"\0")[:length]
    assert refused(sealed_as(plain, OFFICE)) == ALTERED


@pytest.mark.parametrize("length", [0, 3, 1_000, 4_093, 2**31, 2**32 - 1])
def test_a_length_within_that_is_wrong_is_refused(length: int) -> None:
    plain = padded(signed_as(fields_of(make_message()), ANNES, OFFICE))
    file = sealed_as(length.to_bytes(4) + plain[4:], OFFICE)
    if length < int.from_bytes(plain[:4]):
        assert refused(file) == ALTERED
    else:  # what follows the end of what is packed is padding
        assert opened(file).content == b"Words."


@pytest.mark.parametrize(
    "made_at",
    [
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00Z",
        "2025-04-10T12:00:00", "2025-02-30T12:00:00Z", 10**12, -(10**12), None, "", [],
        datetime(9999, 12, 31, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC),
    ],
)  # fmt: skip
def test_a_time_that_no_clock_shows_is_refused(made_at: object) -> None:
    fields = fields_of(make_message())
    fields[3] = made_at
    assert refused(sealed_as(padded(signed_as(fields, ANNES, OFFICE)), OFFICE)) == ALTERED


@pytest.mark.parametrize("days", [-20_000, -400, 0, 400, 20_000])
def test_a_clock_that_is_wrong_by_days_or_years_is_taken(days: int) -> None:
    message = make_message(made_at=MADE_AT + timedelta(days))
    assert opened(sealed_messages.seal(message, ANNES, OFFICE)) == message


@pytest.mark.parametrize(
    "content",
    [b"", b"\xc1", b"\x90", b"\x91" * 200_000, b"\x81\xa0" * 200_000, b"\xdd\xff\xff\xff\xff",
     b"\xc6\xff\xff\xff\xff", b"\x92\xc4\x40" + bytes(64) + b"\xc4\x00", b"\x92\xc0\xc0",
     b"\x92\xc4\x00\xc4\x03\x91\x91\x91"],
)  # fmt: skip
def test_nothing_packed_makes_it_stumble(content: bytes) -> None:
    assert refused(sealed_as(padded(content), OFFICE)) == ALTERED


@pytest.mark.parametrize("deep", [b"\x91" * 100_000, b"\x81\xa1a" * 100_000])
def test_deep_nesting_within_what_is_signed_is_refused(deep: bytes) -> None:
    fields = fields_of(make_message())
    for at in range(len(fields)):
        changed = [*fields]
        changed[at] = msgspec.Raw(deep + b"\xc0")
        file = sealed_as(padded(signed_as(changed, ANNES, OFFICE)), OFFICE)
        assert refused(file) == ALTERED


def test_what_unpacks_to_more_than_a_message_holds_is_refused_within_bounds() -> None:
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    file = sealed_as((len(packed).to_bytes(4) + packed).ljust(1 << 20, b"\0"), OFFICE)
    tracemalloc.start()
    try:
        assert refused(file) == ALTERED
        assert tracemalloc.get_traced_memory()[1] < 160 << 20
    finally:
        tracemalloc.stop()


def test_mutations_under_a_sound_seal_are_refused_in_a_sentence() -> None:
    rng = random.Random(1)
    sound = signed_as(fields_of(make_message(b"Words of nobody else.")), ANNES, OFFICE)
    for _ in range(300):
        changed = mutated_bytes(rng, sound)
        if changed[: len(sound)] != sound:
            sentence = refused(sealed_as(padded(changed[: 4 << 20]), OFFICE))
            assert sentence in {ALTERED, NEWER}


def test_the_length_of_a_file_says_only_which_of_the_sizes() -> None:
    rng = random.Random(2)
    over = len(sealed_messages.seal(make_message(b""), ANNES, OFFICE)) - sealed_messages.SIZES[0]
    lengths = {
        size: len(sealed_messages.seal(make_message(rng.randbytes(size)), ANNES, OFFICE)) - over
        for size in (0, 1, 100, 3_500, 5_000, 15_000, 17_000, 60_000, 100_000, 300_000)
    }
    assert set(lengths.values()) <= set(sealed_messages.SIZES)
    assert lengths[0] == lengths[1] == lengths[3_500]
    assert lengths[5_000] == lengths[15_000]
    assert over + sealed_messages.SIZES[-1] < sealed_messages.MOST_BYTES


def test_what_is_too_much_for_one_message_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_messages, "SIZES", sealed_messages.SIZES[:2])
    monkeypatch.setattr(sealed_messages, "_MOST_CONTENT", 1 << 20)
    much = random.Random(3).randbytes(16 << 10)
    for content in (much, bytes((1 << 20) + 1)):
        with pytest.raises(MessageError, match="too much"):
            sealed_messages.seal(make_message(content), ANNES, OFFICE)
    assert opened(sealed_messages.seal(make_message(bytes(1 << 20)), ANNES, OFFICE))


def test_two_files_of_one_message_to_one_person_have_nothing_in_common() -> None:
    message = make_message(b"The same words. " * 100)
    one, two = (sealed_messages.seal(message, ANNES, OFFICE) for _ in range(2))
    assert one[:13] == two[:13]  # mark, version, length
    assert not _pieces(one[13:]) & _pieces(two[13:])
    for secret in (message.id.bytes, message.sender.bytes, OFFICE.signing, ANNE.signing):
        assert secret[:6] not in one[13:]


def _pieces(file: bytes) -> set[bytes]:
    return {file[at : at + 6] for at in range(len(file) - 5)}


def test_no_repr_shows_a_key_or_a_content() -> None:
    message = make_message(b"Planted sentence.")
    for value in (ANNES, ANNE, message):
        shown = repr(value)
        assert "Planted" not in shown
        for field in (ANNES.sealing_seed, ANNES.signing_seed, ANNE.sealing, ANNE.signing):
            assert repr(field)[2:12] not in shown


def test_no_error_shows_a_key_or_a_content() -> None:
    forged = replace(make_message(b"Planted sentence."), id=uuid4())
    with pytest.raises(MessageError) as refusal:
        opened(sealed_messages.seal(forged, BENS, OFFICE))
    assert refusal.value.args == (ALTERED,)
    assert "Planted" not in f"{refusal.value!r} {refusal.value.__context__!r}"


@pytest.mark.parametrize(
    "sealing",
    [OFFICE.sealing[:-32] + bytes(32), OFFICE.sealing[:-32] + b"\1" + bytes(31), b"\xff" * 1216],
)
def test_keys_that_nothing_can_be_sealed_to_are_known(sealing: bytes) -> None:
    assert sealed_messages.can_be_sealed_to(OFFICE)
    assert not sealed_messages.can_be_sealed_to(replace(OFFICE, sealing=sealing))
