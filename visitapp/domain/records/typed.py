"""What somebody has typed but not saved yet."""

from collections.abc import Mapping
from typing import Any

from visitapp.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class TypedWords:
    """What was typed at a place: a page, a dialog, the response to an issue. `content` can be
    stored as JSON; it is empty once the words are saved or discarded."""

    place: str
    content: Mapping[str, Any]
