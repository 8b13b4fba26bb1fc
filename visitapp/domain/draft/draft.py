"""A report being written. Everything typed is kept, right or wrong, at every change."""

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.dataclass import dataclass

if TYPE_CHECKING:  # where there are no drafts, the first page doesn't load what reads them
    from visitapp.domain.draft.typed_report import TypedReport


@dataclass(frozen=True, slots=True)
class Draft:
    """`report` is what was typed; `section` where the writer was.

    `replaces_id` is the signed visit that this report is to replace, with `reason`. A `version` of
    0 means that it was never saved.
    """

    id: UUID
    scheme_id: UUID
    report: "TypedReport"
    section: str = ""
    author: str = ""
    saved_at: datetime | None = None
    replaces_id: UUID | None = None
    reason: str = ""
    version: int = 0
