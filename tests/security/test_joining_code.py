"""What the joining code closes: the invitation, and the proof that a reply comes with it."""

import random
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.copies import PublicKeys
from visitapp.domain.exchange.messages import MessageError
from visitapp.security import copy_keys, joining_code, recovery

SECRET, ANOTHER = joining_code.new_secret(), joining_code.new_secret()
OFFICE, ANNE, BEN = (copy_keys.public_keys(copy_keys.new_copy()) for _ in range(3))
INVITATION = bytes(range(16))
HEAD = 41


def refused(file: bytes, secret: bytes = SECRET) -> str:
    with pytest.raises(MessageError) as refusal:
        joining_code.open_invitation(file, secret)
    return str(refusal.value)


def sealed_as(plain: bytes) -> bytes:
    """A file whose encryption holds these bytes, by somebody who knows the code."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = bytes(16), bytes(12)
    head = joining_code._HEAD.pack(joining_code._MARK, 1, len(plain) + 16, salt, nonce)
    key = joining_code._derived(SECRET, salt, b"invitation")
    return head + AESGCM(key).encrypt(nonce, plain, head)


@given(content=st.binary(max_size=60_000))
def test_an_invitation_is_opened_as_it_was_sealed(content: bytes) -> None:
    assert (
        joining_code.open_invitation(joining_code.seal_invitation(content, SECRET), SECRET)
        == content
    )


def test_the_code_of_another_invitation_does_not_open_it() -> None:
    one, two = (
        joining_code.seal_invitation(b"Words.", secret) for secret in (SECRET, ANOTHER)
    )  # fmt: skip
    assert refused(one, ANOTHER) == refused(two) == joining_code.WRONG


def test_an_invitation_cut_at_any_length_says_that_it_is_not_complete() -> None:
    file = joining_code.seal_invitation(b"Words.", SECRET)
    lengths = [*range(HEAD + 3), *range(100, len(file), 997), len(file) - 1]
    assert {refused(file[:length]) for length in lengths} == {joining_code.CUT}


def test_each_bit_of_an_invitation_counts() -> None:
    file = joining_code.seal_invitation(b"Words.", SECRET)
    sentences = {joining_code.NO_INVITATION, joining_code.NEWER, joining_code.CUT}
    for bit in [*range(8 * HEAD), *range(8 * HEAD, 8 * len(file), 1_013)]:
        changed = bytearray(file)
        changed[bit // 8] ^= 1 << bit % 8
        assert refused(bytes(changed)) in sentences | {joining_code.WRONG}, bit
    assert refused(file + b"\0") == joining_code.WRONG


def test_an_invitation_of_a_newer_version_is_said_whatever_follows() -> None:
    for length in (0, 1, 200, 40_000):
        assert refused(b"visitinv\2" + bytes(length)) == joining_code.NEWER


@pytest.mark.parametrize("file", [b"%PDF-1.7", b"visitmsg" + bytes(90), bytes(5_000)])
def test_another_file_is_no_invitation(file: bytes) -> None:
    assert refused(file) == joining_code.NO_INVITATION


@pytest.mark.parametrize(
    "plain",
    [b"", b"\0", b"\0\0\0\1", b"\xff" * 4, b"\xff" * 400, (12).to_bytes(4) + b"no zlib data"],
)
def test_nothing_within_makes_it_stumble(plain: bytes) -> None:
    assert refused(sealed_as(plain)) == joining_code.WRONG
    for length in (0, 15):  # less than the mark of the encryption alone
        head = joining_code._HEAD.pack(joining_code._MARK, 1, length, bytes(16), bytes(12))
        assert refused(head + bytes(length)) == joining_code.WRONG


def test_what_unpacks_to_more_than_an_invitation_holds_is_refused_within_bounds() -> None:
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(300)) + packer.flush()
    tracemalloc.start()
    try:
        assert refused(sealed_as(len(packed).to_bytes(4) + packed)) == joining_code.WRONG
        assert tracemalloc.get_traced_memory()[1] < 160 << 20
    finally:
        tracemalloc.stop()


def test_what_is_too_much_for_one_invitation_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining_code, "MOST_BYTES", 40 << 10)
    monkeypatch.setattr(joining_code, "_MOST_CONTENT", 1 << 20)
    for content in (random.Random(1).randbytes(40 << 10), bytes((1 << 20) + 1)):
        with pytest.raises(MessageError, match="too much"):
            joining_code.seal_invitation(content, SECRET)
    assert joining_code.seal_invitation(bytes(1 << 20), SECRET)


def test_the_length_of_an_invitation_says_little() -> None:
    rng = random.Random(2)
    lengths = [
        len(joining_code.seal_invitation(rng.randbytes(size), SECRET))
        for size in (0, 1, 5_000, 16_000, 17_000, 50_000)
    ]
    assert len(set(lengths[:4])) == 1
    assert all((length - HEAD - 16) % (16 << 10) == 0 for length in lengths)


def test_two_invitations_have_nothing_in_common() -> None:
    one, two = (joining_code.seal_invitation(b"Words. " * 99, SECRET) for _ in range(2))
    assert one[:13] == two[:13]

    def pieces(file: bytes) -> set[bytes]:
        return {file[at : at + 6] for at in range(13, len(file) - 5)}

    assert not pieces(one) & pieces(two)


def test_a_proof_is_of_the_code_the_invitation_and_all_keys() -> None:
    sound = joining_code.proof(SECRET, INVITATION, OFFICE, ANNE)
    assert joining_code.is_proof(sound, SECRET, INVITATION, OFFICE, ANNE)
    mixed = PublicKeys(ANNE.sealing, BEN.signing), PublicKeys(BEN.sealing, ANNE.signing)
    for other in (
        (ANOTHER, INVITATION, OFFICE, ANNE),
        (SECRET, bytes(16), OFFICE, ANNE),
        (SECRET, INVITATION, BEN, ANNE),
        *((SECRET, INVITATION, OFFICE, keys) for keys in (BEN, OFFICE, *mixed)),
    ):
        assert not joining_code.is_proof(sound, *other)
    for claimed in (b"", sound[:-1], sound + b"\0", bytes(32)):
        assert not joining_code.is_proof(claimed, SECRET, INVITATION, OFFICE, ANNE)


def test_a_slip_in_typing_the_code_is_told_from_a_wrong_code() -> None:
    code = recovery.as_code(SECRET)
    assert joining_code.secret_of(code.lower().replace("-", " ")) == SECRET
    for slip in ("", code[:-1], code + "A", code[1:] + code[0], "\u0661" * 36, "U" * 36):
        with pytest.raises(BadInputError, match="joining code is not quite right"):
            joining_code.secret_of(slip)
