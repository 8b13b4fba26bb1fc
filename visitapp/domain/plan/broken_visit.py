"""A planned visit that somebody in its pair can no longer make."""

from dataclasses import dataclass
from uuid import UUID

from visitapp.domain.period import Period, span_words


@dataclass(frozen=True, slots=True)
class BrokenVisit:
    """A future visit that `name`, who is in its pair, can no longer make. `why` follows their name
    and reveals neither day nor time: `left on 3 May 2025`."""

    visit_id: UUID
    person_id: UUID
    site_name: str
    span: Period
    name: str
    why: str

    @property
    def where(self) -> str:
        """`Keyham Lane, 5–11 May 2025`."""
        return f"{self.site_name}, {span_words(self.span)}"


@dataclass(frozen=True, slots=True)
class VisitAtClosedSite:
    """A future visit to a site that is closed by then. It reveals neither day nor time."""

    visit_id: UUID
    site_name: str
    span: Period
