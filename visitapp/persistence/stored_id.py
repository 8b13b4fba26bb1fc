"""How ids are read from the encrypted file."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, Uuid

_MOST = 32_768


class StoredId(Uuid[UUID]):
    """An id, stored as text. Most ids of a long list are those of few sites and people: each is
    made of its text once, which takes longer than reading the row it is in."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], UUID | None]:  # noqa: ARG002
        """What reads it."""
        return _as_id


@lru_cache(maxsize=_MOST)
def _as_id(text: str | None) -> UUID | None:
    return None if text is None else UUID(text)
