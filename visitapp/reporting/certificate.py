"""The certificate for long service: what it says, for a frame on a wall."""

from dataclasses import dataclass
from datetime import date

from visitapp.domain.text.wording import (
    capitalised,
    long_date,
    month_name,
    number_of,
    plural,
    spelled_number,
)


@dataclass(frozen=True, slots=True)
class CertificateWords:
    """What it is about. `role` is as whom they served (`an independent custody visitor`), `area`
    where. `visits` is None where the records don't have all of the service, `since` where its first
    day isn't known. `notice` says that records are invented."""

    office: str
    signed_by: str
    name: str
    years: int
    role: str
    area: str
    day: date
    since: date | None = None
    visits: int | None = None
    visited: str = ""
    notice: str = ""

    @property
    def title(self) -> str:
        """The title of the file."""
        return f"Certificate of service, {self.name}"

    @property
    def service(self) -> str:
        """`for nine years of service as an independent custody visitor in Leicestershire`."""
        years = f"{spelled_number(self.years)} {plural(self.years, 'year')}"
        where = f" in {self.area}" if self.area else ""
        return f"for {years} of service as {self.role}{where}"

    @property
    def sentence(self) -> str:
        """What was done in these years, as far as the records know it."""
        since = self.since and f"Since {month_name(self.since)} {self.since.year}, "
        number = "visits" if self.visits is None else number_of(self.visits, "visit")
        to = f" to {self.visited}" if self.visited else ""
        words = f"{since or ''}{number}{to}, unpaid and without notice, so that the public"
        return f"{capitalised(words)} can be sure of how they are treated."

    @property
    def lines(self) -> tuple[str, str, str]:
        """What stands below the three lines at the foot."""
        return self.signed_by, "Volunteer manager", long_date(self.day)
