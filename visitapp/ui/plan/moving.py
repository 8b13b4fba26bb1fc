"""A move of a visitor, while it is chosen where to."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Moving:
    """A visitor who is being moved from a visit to another."""

    person_id: UUID
    visit_id: UUID
