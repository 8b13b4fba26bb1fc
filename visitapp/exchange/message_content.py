"""The contents of messages and invitations: domain values as JSON, with their SHA-256 before it.

The digest is of the value as its writer made it; the seal around it is of the journey.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import is_dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, TypeVar, get_args, get_type_hints
from uuid import UUID

import msgspec

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.messages import ALTERED, MessageError
from visitapp.domain.moment import MINUTES_PER_DAY, Moment

Value = TypeVar("Value")
_DIGEST_BYTES = 32
_ALWAYS = (str, bytes, bool, UUID, NoneType)
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
    return _check_of(value.__class__)(value)


@cache
def _check_of(kind: type) -> Callable[[Any], bool]:
    """What tells whether a value of a class fits; asked of each part of each report."""
    if is_dataclass(kind) and not issubclass(kind, Moment):
        hints = get_type_hints(kind)
        names = [name for name in kind.__dataclass_fields__ if not _always_fits(hints[name])]
        parts = attrgetter(*names, "__class__", "__class__")  # several give a tuple
        return lambda value: all(map(_fits, parts(value)))
    return next((check for base, check in _CHECKS if issubclass(kind, base)), _fits_always)


def _always_fits(hint: Any) -> bool:
    """Whether a field can hold only words, ids and the like, as msgspec has seen to."""
    if parts := get_args(hint):
        return all(map(_always_fits, parts))
    return hint is Ellipsis or (isinstance(hint, type) and issubclass(hint, _ALWAYS))


def _fits_always(_: Any) -> bool:
    return True


def _moment_fits(moment: Moment) -> bool:
    return abs(moment.utc_minute) < 1 << 27 and abs(moment.offset) <= MINUTES_PER_DAY


_CHECKS: Sequence[tuple[type | tuple[type, ...], Callable[[Any], bool]]] = (
    (int, lambda number: abs(number) < _MOST),
    (datetime, lambda at: at.tzinfo is not None and at.year in _YEARS),
    (date, lambda day: day.year in _YEARS),
    (Moment, _moment_fits),
    ((tuple, list), lambda items: all(map(_fits, items))),
    (Mapping, lambda mapping: all(map(_fits, mapping.values()))),
)
"""Whether a value fits, by its class; a datetime is a date, too, so it comes first."""
