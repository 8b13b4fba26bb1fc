"""The contents of messages and invitations: domain values as JSON, with their SHA-256 before it.

The digest is of the value as its writer made it; the seal around it is of the journey.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from typing import Any, TypeVar

import msgspec

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.messages import ALTERED, MessageError
from visitapp.domain.moment import MINUTES_PER_DAY, Moment

Value = TypeVar("Value")
_DIGEST_BYTES = 32
_YEARS = range(2, 9999)
"""Of all days that somebody may have typed; a reckoning with those beyond leaves the calendar."""
_MOST = 1 << 31


def encoded(value: Any) -> bytes:
    """The bytes of a frozen value."""
    body = msgspec.json.encode(value)
    return hashlib.sha256(body).digest() + body


def decoded(content: bytes, kind: type[Value]) -> Value:
    """The value of `encoded`. Raises MessageError for anything else, and for numbers and days
    that no table and no calendar can hold."""
    digest, body = content[:_DIGEST_BYTES], content[_DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != digest:
        raise MessageError(ALTERED)
    try:
        value = msgspec.json.decode(body, type=kind)
        fits = _fits(value)
    except (ValueError, BadInputError, RecursionError):
        raise MessageError(ALTERED) from None  # which would say what the message holds
    if not fits:
        raise MessageError(ALTERED)
    return value


def _fits(value: Any) -> bool:
    match value:
        case int():
            return abs(value) < _MOST
        case datetime():
            return value.tzinfo is not None and value.year in _YEARS
        case date():
            return value.year in _YEARS
        case Moment(utc_minute, offset):
            return abs(utc_minute) < 1 << 27 and abs(offset) <= MINUTES_PER_DAY
        case tuple() | list():
            return all(map(_fits, value))
        case Mapping():
            return all(map(_fits, value.values()))
    if is_dataclass(value):
        return all(_fits(getattr(value, name)) for name in value.__dataclass_fields__)
    return True
