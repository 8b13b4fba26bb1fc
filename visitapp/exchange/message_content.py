"""The contents of messages and invitations: domain values as JSON, with their SHA-256 before it.

The digest is of the value as its writer made it; the seal around it is of the journey.
"""

import hashlib
from typing import Any, TypeVar

import msgspec

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.messages import ALTERED, MessageError

Value = TypeVar("Value")
_DIGEST_BYTES = 32


def encoded(value: Any) -> bytes:
    """The bytes of a frozen value."""
    body = msgspec.json.encode(value)
    return hashlib.sha256(body).digest() + body


def decoded(content: bytes, kind: type[Value]) -> Value:
    """The value of `encoded`. Raises MessageError for anything else."""
    digest, body = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != digest:
        raise MessageError(ALTERED)
    try:
        return msgspec.json.decode(body, type=kind)
    except (ValueError, BadInputError, RecursionError) as error:
        raise MessageError(ALTERED) from error
