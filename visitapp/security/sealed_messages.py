"""Messages between copies, sealed for one copy and signed by another.

A file begins in the clear with a mark, a version, the length of what follows, 16 random bytes
and a tag of 8: who knows the receiver's public key sees by the tag that it is meant for it, and
nobody else can tell whose two messages are. Then comes HPKE (RFC 9180, base mode) with
ML-KEM-768 and X25519, HKDF-SHA-256 and AES-256-GCM. Within it lies a signature by Ed25519 of
the message and of the receiver's keys, so that a receiver can't pass it on as meant for
somebody else, compressed and then padded to one of a few sizes.
"""

import hashlib
import secrets
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NoReturn
from uuid import UUID

import msgspec

from visitapp.domain.exchange.copies import OwnCopy, PublicKeys
from visitapp.domain.exchange.messages import (
    ALTERED,
    NEWER,
    NO_MESSAGE,
    OTHER,
    CutMessageError,
    Message,
    MessageError,
    MessageKind,
    NotForThisCopyError,
)
from visitapp.security.copy_keys import opening_key, public_keys, sealing_key, signing_key

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

VERSION = 1
SIZES = (4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20)
"""Bytes of what is sealed: a reader of a folder learns no more of a message's length."""
MOST_BYTES = SIZES[-1] + 4096
"""No file of a message is longer."""
_MARK = b"visitmsg"
_HEAD = struct.Struct(">8sBI16s8s")
HEAD_BYTES = _HEAD.size
_LENGTH = struct.Struct(">I")
_MOST_CONTENT = 64 << 20
_MOST_NUMBER = 1 << 40
_CONTEXT = b"visitapp message 1"
_YEARS = range(1900, 2200)
"""A clock that has lost the day is within them."""


class _Sealed(msgspec.Struct, array_like=True):
    """What lies within the encryption, once it is unpacked."""

    signature: bytes
    message: bytes


class _Signed(msgspec.Struct, array_like=True):
    """What is signed."""

    id: UUID
    kind: str
    sender: UUID
    made_at: datetime
    number: int
    content: bytes


def seal(message: Message, own: OwnCopy, receiver: PublicKeys) -> bytes:
    """The file of a message to the copy with these keys, signed by `own`."""
    signed = msgspec.msgpack.encode(
        _Signed(
            message.id,
            message.kind,
            message.sender,
            message.made_at,
            message.number,
            message.content,
        )
    )
    signature = signing_key(own).sign(_to_sign(receiver, signed))
    packed = zlib.compress(msgspec.msgpack.encode(_Sealed(signature, signed)), 6)
    size = next((size for size in SIZES if size >= len(packed) + _LENGTH.size), None)
    if size is None or len(message.content) > _MOST_CONTENT:
        raise MessageError("This is too much for one message.")
    plain = (_LENGTH.pack(len(packed)) + packed).ljust(size, b"\0")
    salt = secrets.token_bytes(16)
    body = _suite().encrypt(plain, sealing_key(receiver), _CONTEXT + salt)
    return _HEAD.pack(_MARK, VERSION, len(body), salt, _tag(salt, receiver)) + body


def open_message(file: bytes, own: OwnCopy, keys_of: Callable[[Message], PublicKeys]) -> Message:
    """The message of a file. `keys_of` gives the keys of a message's sender: those known by the
    sender's id, or for a reply, which brings keys that nobody knows yet, those in its content.

    Raises MessageError with a sentence, NotForThisCopyError where another copy can open it, and
    what `keys_of` raises.
    """
    receiver = public_keys(own)
    salt, body = _checked(file, receiver)
    packed = _unsealed(body, own, salt)
    try:
        sealed = msgspec.msgpack.decode(_unpacked(packed), type=_Sealed)
        signed = msgspec.msgpack.decode(sealed.message, type=_Signed)
    except (ValueError, zlib.error, RecursionError):
        _refuse(ALTERED)
    if signed.kind not in MessageKind.__members__.values():
        _refuse(NEWER)
    is_dated = signed.made_at.tzinfo is not None and signed.made_at.year in _YEARS
    if not is_dated or not 0 < signed.number < _MOST_NUMBER:
        _refuse(ALTERED)
    message = Message(
        signed.id,
        MessageKind(signed.kind),
        signed.sender,
        signed.made_at.astimezone(UTC),
        signed.number,
        signed.content,
    )
    _must_be_signed(sealed, receiver, keys_of(message))
    return message


def can_be_sealed_to(receiver: PublicKeys) -> bool:
    """Whether these bytes, which came from elsewhere, are keys that a message can be sealed to."""
    try:
        _suite().encrypt(b"", sealing_key(receiver), _CONTEXT)
    except ValueError:
        return False
    return True


def is_for(file: bytes, own: OwnCopy) -> bool:
    """Whether a file is a message to this copy, by its beginning alone."""
    if len(file) < _HEAD.size or file[:8] != _MARK:
        return False
    salt, tag = _HEAD.unpack_from(file)[3:]
    return bool(tag == _tag(salt, public_keys(own)))


def messages_in(file: bytes) -> list[bytes]:
    """The messages of a file, which may hold several one after the other. Whatever doesn't begin
    like one is the last, for `open_message` to refuse."""
    messages, at = [], 0
    while len(file) - at >= _HEAD.size:
        mark, version, length, _, _ = _HEAD.unpack_from(file, at)
        if mark != _MARK or version != VERSION or length < SIZES[0]:
            break
        messages.append(file[at : at + _HEAD.size + length])
        at += _HEAD.size + length
    if at < len(file) or not messages:
        messages.append(file[at:])
    return messages


def _checked(file: bytes, receiver: PublicKeys) -> tuple[bytes, bytes]:
    if not file.startswith(_MARK):
        if _MARK.startswith(file):
            raise CutMessageError
        _refuse(NO_MESSAGE)
    if len(file) > len(_MARK) and file[len(_MARK)] > VERSION:
        _refuse(NEWER)
    if len(file) < _HEAD.size:
        raise CutMessageError
    _, version, length, salt, tag = _HEAD.unpack_from(file)
    if tag != _tag(salt, receiver):
        raise NotForThisCopyError(OTHER)
    body = file[_HEAD.size :]
    if version != VERSION or length > MOST_BYTES or len(body) > length:
        _refuse(ALTERED)
    if len(body) < length:
        raise CutMessageError
    return salt, body


def _unsealed(body: bytes, own: OwnCopy, salt: bytes) -> bytes:
    from cryptography.exceptions import InvalidTag

    try:
        plain = _suite().decrypt(body, opening_key(own), _CONTEXT + salt)
    except (InvalidTag, ValueError):
        _refuse(ALTERED)
    if len(plain) not in SIZES:
        _refuse(ALTERED)
    (length,) = _LENGTH.unpack_from(plain)
    return plain[_LENGTH.size : _LENGTH.size + length]


def _unpacked(packed: bytes) -> bytes:
    """Unpack, but never more than a message can hold."""
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(packed, _MOST_CONTENT + 4096)
    if not unpacker.eof:
        _refuse(ALTERED)
    return plain


def _must_be_signed(sealed: _Sealed, receiver: PublicKeys, sender: PublicKeys) -> None:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(sender.signing)
        key.verify(sealed.signature, _to_sign(receiver, sealed.message))
    except (InvalidSignature, ValueError):
        _refuse(ALTERED)


def _to_sign(receiver: PublicKeys, message: bytes) -> bytes:
    return _CONTEXT + hashlib.sha256(receiver.sealing + receiver.signing).digest() + message


def _tag(salt: bytes, receiver: PublicKeys) -> bytes:
    return hashlib.sha256(salt + receiver.sealing + receiver.signing).digest()[:8]


def _suite() -> "Suite":
    from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

    return Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def _refuse(sentence: str) -> NoReturn:
    raise MessageError(sentence)
