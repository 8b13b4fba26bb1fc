"""What somebody typed and has not saved yet, as it is kept meanwhile."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class TypedWords:
    """What was typed at a place: a page, a dialog, the response to an issue. `content` is fit for
    JSON; empty once it is saved, or given up."""

    place: str
    content: Mapping[str, Any]
