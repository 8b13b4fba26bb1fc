"""JSON in the file of records: converts domain values, checking their types."""

import json
from datetime import datetime
from typing import Any, TypeVar

import msgspec

from visitapp.domain.moment import stored_text

Value = TypeVar("Value")


def to_json(value: Any) -> str:
    """A value as text. A dataclass becomes an object with its keys in order, so that equal values
    have equal texts. Times are written as everywhere in the file (`stored_text`)."""
    plain = msgspec.to_builtins(value, builtin_types=(datetime,))
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, default=stored_text)


def from_json(text: str | bytes, kind: type[Value]) -> Value:
    """The value of a text. Raises ValueError if it isn't JSON, or not of this type."""
    try:
        return msgspec.json.decode(text, type=kind)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
