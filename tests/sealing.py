"""Messages as only somebody hostile would make them: any bytes at any depth under sound seals."""

import secrets
import zlib
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import msgspec

from visitapp.domain.exchange.copies import OwnCopy, PublicKeys
from visitapp.domain.exchange.messages import Message, MessageKind
from visitapp.security import copy_keys
from visitapp.security import sealed_messages as form

MADE_AT = datetime(2025, 4, 10, 11, 30, tzinfo=UTC)


def make_message(content: bytes = b"Words.", **changed: Any) -> Message:
    """A message by a copy that nobody knows."""
    values: dict[str, Any] = {
        "id": uuid4(),
        "kind": MessageKind.REPLY,
        "sender": uuid4(),
        "made_at": MADE_AT,
        "number": 1,
        "content": content,
    }
    return Message(**values | changed)


def fields_of(message: Message) -> list[Any]:
    """What is signed of a message, in its order."""
    return [
        message.id,
        message.kind,
        message.sender,
        message.made_at,
        message.number,
        message.content,
    ]


def signed_as(fields: Any, own: OwnCopy, receiver: PublicKeys) -> bytes:
    """What is packed: these fields, whatever they are, with a sound signature."""
    message = msgspec.msgpack.encode(fields)
    signature = copy_keys.signing_key(own).sign(form._to_sign(receiver, message))
    return msgspec.msgpack.encode([signature, message])


def padded(content: bytes) -> bytes:
    """What is encrypted: packed and padded."""
    packed = zlib.compress(content, 1)
    size = next(size for size in form.SIZES if size >= len(packed) + 4)
    return (len(packed).to_bytes(4) + packed).ljust(size, b"\0")


def sealed_as(plain: bytes, receiver: PublicKeys) -> bytes:
    """A file whose encryption holds these bytes."""
    salt = secrets.token_bytes(16)
    key = copy_keys.sealing_key(receiver)
    body = form._suite().encrypt(plain, key, form._CONTEXT + salt)
    head = form._HEAD.pack(form._MARK, form.VERSION, len(body), salt, form._tag(salt, receiver))
    return head + body
