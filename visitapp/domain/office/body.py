"""The body that a scheme belongs to: its name, its law, its words and its reporting year.

The cases are those of the United Kingdom: section 51 of the Police Reform Act 2002, sections 93 to
96 of the Police and Fire Reform (Scotland) Act 2012, section 73 of the Police (Northern Ireland)
Act 2000, and schemes that no law asks for.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL, JANUARY, ReportingYears


class Law(StrEnum):
    """What a scheme is based on."""

    ENGLAND_AND_WALES = "england_and_wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"
    VOLUNTARY = "voluntary"

    @property
    def act(self) -> str:
        """To follow `under`; empty if there is none."""
        return _ACTS.get(self, "")

    @property
    def label(self) -> str:
        """In words, for a list."""
        return _LABELS[self]


_LABELS = {
    Law.ENGLAND_AND_WALES: "England and Wales (section 51)",
    Law.SCOTLAND: "Scotland (sections 93 to 96)",
    Law.NORTHERN_IRELAND: "Northern Ireland (section 73)",
    Law.VOLUNTARY: "None: a voluntary scheme",
}
_ACTS = {
    Law.ENGLAND_AND_WALES: "section 51 of the Police Reform Act 2002",
    Law.SCOTLAND: "sections 93 to 96 of the Police and Fire Reform (Scotland) Act 2012",
    Law.NORTHERN_IRELAND: "section 73 of the Police (Northern Ireland) Act 2000",
}


@dataclass(frozen=True, slots=True)
class Body:
    """A body, from a day on. `from_on` None: from the beginning.

    `name` is how a sentence calls it first (with its article), `short` from then on, `possessive`
    is its form of `short`. `visitors` and `visited` are its plural words for those who visit, and
    for those who are visited. Its reporting year begins on the first day of `first_month`.
    """

    name: str = "the Police and Crime Commissioner"
    short: str = "the Commissioner"
    possessive: str = "the Commissioner\u2019s"
    law: Law = Law.ENGLAND_AND_WALES
    visitors: str = "volunteers"
    visited: str = "people held in police custody"
    first_month: int = APRIL
    from_on: date | None = None

    def __post_init__(self) -> None:
        words = (self.name, self.short, self.possessive, self.visitors, self.visited)
        if not all(text.strip() for text in words):
            raise BadInputError("Enter the body’s names and both words.")
        if self.first_month not in (APRIL, JANUARY):
            raise BadInputError("A reporting year begins on 1 April or on 1 January.")

    @property
    def office(self) -> str:
        """Those of whom its visitors are independent, beside the police: a commissioner or mayor
        has an office, an authority or a board is one."""
        return f"{self.possessive} office" if self.law is Law.ENGLAND_AND_WALES else self.short


COMMISSIONER = Body()
UK_CASES: tuple[tuple[str, Body], ...] = (
    ("England and Wales", COMMISSIONER),
    (
        "Scotland",
        Body(
            "the Scottish Police Authority", "the Authority", "the Authority\u2019s", Law.SCOTLAND,
            "custody visitors", "people held in police custody",
        ),
    ),
    (
        "Northern Ireland",
        Body(
            "the Northern Ireland Policing Board", "the Board", "the Board\u2019s",
            Law.NORTHERN_IRELAND, "custody visitors", "people held in police custody",
        ),
    ),
    (
        "A voluntary scheme",
        Body(
            "the organisation that runs the scheme", "the organisation",
            "the organisation\u2019s", Law.VOLUNTARY,
        ),
    ),
)  # fmt: skip
"""Where a scheme is, and what it begins with."""


def body_of(place: str, office_name: str) -> Body:
    """What an office there begins with: one of `UK_CASES`. A voluntary scheme belongs to the
    office itself."""
    body = dict(UK_CASES)[place]
    name = office_name.strip()
    return replace(body, name=name) if body.law is Law.VOLUNTARY and name else body


def from_when(body: Body) -> date:
    """The day it begins, to sort by."""
    return body.from_on or date.min


def follow(bodies: Sequence[Body]) -> bool:
    """Whether the first body holds from the beginning, and each other one from a later day on."""
    days = [body.from_on for body in bodies]
    later = [day for day in days if day is not None]
    return days == [None, *sorted(set(later))]


def must_follow(bodies: Sequence[Body]) -> None:
    """Raises BadInputError unless they follow each other."""
    if not follow(bodies):
        raise BadInputError("Another body already begins on that day. Choose another day.")


def body_on(bodies: Sequence[Body], day: date) -> Body:
    """The body on a day; the first one holds from the beginning."""
    later = [body for body in bodies[1:] if body.from_on is not None and body.from_on <= day]
    return [bodies[0], *later][-1]


def bodies_in(bodies: Sequence[Body], period: Period) -> tuple[Body, ...]:
    """The bodies of a period, in order."""
    later = [
        b for b in bodies[1:] if b.from_on is not None and period.start < b.from_on <= period.end
    ]
    return body_on(bodies, period.start), *later


def years_of(bodies: Sequence[Body]) -> ReportingYears:
    """The reporting years of these bodies."""
    later = ((from_when(body), body.first_month) for body in bodies[1:])
    return ReportingYears(((date.min, bodies[0].first_month), *later))
