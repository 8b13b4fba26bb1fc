"""The office and the schemes it runs, with the settings that affect their figures."""

from dataclasses import field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.body import COMMISSIONER, Body, bodies_in, body_on, years_of
from visitapp.domain.office.day_off import DayOff
from visitapp.domain.office.grid import Band
from visitapp.domain.office.mileage import MileageRate
from visitapp.domain.office.minimum import Minimum
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.wording import long_date

KEEP_DAYS = 90
"""Days for which visitors' copies hold a report after the office has accepted it, if the scheme
hasn't chosen another number."""
_MOST_YEARS = 100
ISSUE_DAYS = 14
"""Days until an open issue is overdue, if the scheme hasn't chosen its own limit."""


class Kind(StrEnum):
    """What a scheme visits."""

    CUSTODY = "custody"
    ANIMAL_WELFARE = "animal_welfare"

    @property
    def label(self) -> str:
        """In words."""
        return {"custody": "Custody", "animal_welfare": "Animal welfare"}[self.value]


class Role(StrEnum):
    """Who uses this copy: it decides which pages there are and what may be changed.

    A reader's copy holds what is counted and nothing personal, and nothing of it may be changed.
    """

    MANAGER = "manager"
    VISITOR = "visitor"
    READER = "reader"


def reading_words(day: date) -> str:
    """What a copy to read is, made on a day."""
    return (
        f"This is a copy to read, as the records were on {long_date(day)}. It has what is counted, "
        "without names and texts, and nothing in it can be changed."
    )


@dataclass(frozen=True, slots=True)
class Actor:
    """The person for whom a service acts; lock files and histories show the name."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Office:
    """The local policing body's office. `made_up_note` is shown wherever a demonstration could be
    mistaken for real records. `crest` is a PNG for the cover of the annual report, or empty.
    `bodies` are those that its schemes belong to, one after the other. Long service is awarded
    after `award_years`; if there are none, after the usual ones. `word_template` is a DOCX file
    whose styles, head and foot the annual report has in Word, or empty; `numbers_paragraphs` of
    that report in all forms. `mileage_rates` are what a mile is paid with, oldest first."""

    id: UUID
    name: str
    area: str = ""
    made_up_note: str = ""
    today: date | None = None
    crest: bytes = field(default=b"", repr=False)
    version: int = 1
    bodies: tuple[Body, ...] = (COMMISSIONER,)
    award_years: tuple[int, ...] = ()
    word_template: bytes = field(default=b"", repr=False)
    numbers_paragraphs: bool = False
    mileage_rates: tuple[MileageRate, ...] = ()

    @property
    def years(self) -> ReportingYears:
        """The years that it reports on."""
        return years_of(self.bodies)

    def body_on(self, day: date) -> Body:
        """The body that its schemes belong to on a day."""
        return body_on(self.bodies, day)

    def bodies_in(self, period: Period) -> tuple[Body, ...]:
        """The bodies of a period, in order."""
        return bodies_in(self.bodies, period)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One scheme of the office. A wait up to `immediate_limit` minutes is immediate, up to
    `delay_limit` a delay, and longer ones are long (whole minutes).

    An open issue is overdue after `issue_days`. `handovers` are the times of day when shifts change
    and visitors may have to wait. `moments_to_pairs`: the day and time of a planned visit are known
    to its pair alone, where both have a copy of the program. `remote_counts`: a visit made by
    telephone or video meets the target too. `law`: by which planned visits are drawn; None leaves
    it to the program. A visitor's copy reduces a report
    `visitors_keep_days` after the office accepted it. No visit is planned on `days_off`.
    `two_pairs` are asked for every week of a site that is visited once a week, and the draw stands
    down those that aren't needed; the office has to know days and times for that.
    `is_one_of_several`: the office runs others
    of its kind, such as that of another force's kennels. `minimum`: what each volunteer is to do a
    year.
    """

    id: UUID
    kind: Kind
    name: str
    immediate_limit: int = 5
    delay_limit: int = 15
    version: int = 1
    issue_days: int = ISSUE_DAYS
    handovers: tuple[Band, ...] = ()
    moments_to_pairs: bool = False
    remote_counts: bool = True
    law: VisitLaw | None = None
    visitors_keep_days: int = KEEP_DAYS
    days_off: tuple[DayOff, ...] = ()
    two_pairs: bool = False
    is_one_of_several: bool = field(default=False, compare=False)
    minimum: Minimum = Minimum()

    @property
    def label(self) -> str:
        """What it is called among the office's schemes: `Animal welfare`, or its name if there are
        others of its kind."""
        return self.name if self.is_one_of_several else self.kind.label

    @property
    def title(self) -> str:
        """The same for a title: `Animal welfare visiting`, or its name."""
        return self.name if self.is_one_of_several else f"{self.kind.label} visiting"

    def __post_init__(self) -> None:
        if not 0 <= self.immediate_limit < self.delay_limit:
            raise BadInputError("The first waiting time limit must be lower than the second.")
        if not 1 <= self.issue_days <= 366:
            raise BadInputError("The limit for answering issues must be from 1 to 366 days.")
        if not 1 <= self.visitors_keep_days <= 3650:
            raise BadInputError("Visitors can keep reports for 1 to 3,650 days.")
        if self.two_pairs and self.moments_to_pairs:
            raise BadInputError(
                "Two pairs can be asked for every week only where the office knows days and times."
            )


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour of a volunteer's time is worth in pounds, from a day on."""

    id: UUID
    scheme_id: UUID
    from_on: date
    gbp_per_hour: Decimal
    version: int = 1

    def __post_init__(self) -> None:
        if self.gbp_per_hour < 0 or (self.gbp_per_hour * 10000) % 1:
            raise BadInputError("Enter the rate in pounds, with up to four decimal places.")


@dataclass(frozen=True, slots=True)
class Throughput:
    """The number of people who came through a site's cells in a period, as counted by the force."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    period: Period
    number: int
    version: int = 1


@dataclass(frozen=True, slots=True)
class EarlierTotal:
    """A figure of a year known only by its totals, such as `visits`, `due`, `minutes` or `seen`."""

    id: UUID
    scheme_id: UUID
    period: Period
    figure: str
    number: int
    version: int = 1


@dataclass(frozen=True, slots=True)
class YearText:
    """A text somebody wrote for a period's report, or a drafted sentence they edited.

    `drafted` is what the app had drafted when the sentence was edited, so that later changes of the
    figures can be shown. It is empty for texts that are never drafted.
    """

    id: UUID
    period: Period
    key: str
    text: str
    drafted: str = ""
    version: int = 1


def award_years(typed: str) -> tuple[int, ...] | None:
    """The numbers of `3, 6, 9`, in order; None for anything else."""
    parts = typed.replace(",", " ").split()
    if not all(part.isdecimal() and 0 < int(part) < _MOST_YEARS for part in parts):
        return None
    return tuple(sorted({int(part) for part in parts}))
