"""Figures that bodies publish, to be set side by side: each with its base and its source.

Schemes count by different rules and publish different figures, so they are listed by name and never
ranked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from visitapp.domain.figures import Share, single_share
from visitapp.domain.office.codes import Matter
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.text.wording import number_of
from visitapp.domain.year.animal_figures import AnimalFigures
from visitapp.domain.year.custody_answers import CustodyAnswers
from visitapp.domain.year.summary import AnnualSummary, SchemeFigures

LABELS = {
    "visits_attempted": "Visits attempted",
    "visits": "Visits made",
    "visits_due": "Visits due",
    "timeslots_visited": "Timeslots visited",
    "visits_by_telephone": "Visits by telephone",
    "without_access": "Visits without access",
    "immediate_access": "Let in at once",
    "satisfactory": "Satisfactory visits",
    "unsatisfactory": "Visits that were not satisfactory",
    "throughput": "People taken into custody",
    "in_custody": "Detainees in the cells",
    "selected": "Detainees selected",
    "offered": "Offered a visit",
    "seen": "Agreed to talk",
    "declined": "Refused a visit",
    "not_offered": "Not offered a visit",
    "not_available": "Not available",
    "asleep": "Asleep",
    "in_interview": "In interview",
    "observed": "Observed",
    "observed_or_spoken": "Observed or spoken to",
    "requests_raised": "Requests raised",
    "requests_resolved": "Requests resolved at the visit",
    "issues": "Issues raised",
    "allegations": "Allegations",
    "medical_matters": "Medical matters",
    "conditions": "Matters of conditions",
    "hours": "Hours given",
    "visitors": "Visitors",
    "animals_seen": "Animals seen, each at each visit",
    "checks": "Checks made",
    "on_strength": "Animals on strength",
    "minor_injuries": "Minor injuries",
    "retired": "Animals retired",
    "seen_in_six_months": "Animals on strength seen in the last six months",
    "injuries": "Injuries, each at each visit",
    "joined": "Animals that joined",
}
"""The names that have a meaning here, in the order of a list; other names are shown as they are."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure: a count, or with `is_percent` a percentage. `part`: the region, group or site it
    is about, empty for all. `base`: what it is a share of, the name of another indicator or words;
    `base_number` is empty where it was not published."""

    name: str
    number: Decimal
    part: str = ""
    base: str = ""
    base_number: Decimal | None = None
    is_percent: bool = False

    @property
    def label(self) -> str:
        """`Visits made`."""
        return indicator_label(self.name)

    @property
    def share(self) -> Share | None:
        """The share of its base, where both were published as counts."""
        whole = self.base_number
        if self.is_percent or whole is None or whole <= 0 or self.number > whole:
            return None
        if self.number % 1 or whole % 1:
            return None
        return single_share(int(self.number), int(whole))

    @property
    def base_words(self) -> str:
        """`Offered a visit: 1,228`; empty without a base."""
        if not self.base:
            return ""
        words = indicator_label(self.base)
        return words if self.base_number is None else f"{words}: {number_words(self.base_number)}"


@dataclass(frozen=True, slots=True)
class Publication:
    """What one body published for one period, and where it can be read (`source`)."""

    body: str
    country: str
    scheme: Kind
    period: Period
    source: str
    indicators: tuple[Indicator, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """An indicator of one body beside those of others. `is_ours`: it is of these records."""

    publication: Publication
    indicator: Indicator
    is_ours: bool = False

    @property
    def body(self) -> str:
        """The body, and the part that the figure is about."""
        part = self.indicator.part
        return f"{self.publication.body}, {part}" if part else self.publication.body


def indicator_label(name: str) -> str:
    """What an indicator is called; a name without a meaning here stands as it is."""
    return LABELS.get(name, name)


def number_words(number: Decimal) -> str:
    """`1,228`, or `442.43`: as many decimals as were published."""
    return f"{number:,f}"


def published_words(indicator: Indicator) -> str:
    """`853`, or `58.0%`."""
    return f"{number_words(indicator.number)}{'%' if indicator.is_percent else ''}"


def names_in(publications: Iterable[Publication], scheme: Kind) -> tuple[str, ...]:
    """The indicators that any of them has for a kind of scheme: known ones in the order of
    `LABELS`, then the others by name."""
    names = {
        indicator.name
        for publication in publications
        if publication.scheme is scheme
        for indicator in publication.indicators
    }
    return (*(name for name in LABELS if name in names), *sorted(names - LABELS.keys()))


def side_by_side(
    publications: Iterable[Publication], ours: Iterable[Publication], scheme: Kind, name: str
) -> tuple[ComparedFigure, ...]:
    """All figures of a name, by body, period and part: an order that says nothing of who did
    better."""
    rows = [
        ComparedFigure(publication, indicator, is_ours)
        for listed, is_ours in ((publications, False), (ours, True))
        for publication in listed
        if publication.scheme is scheme
        for indicator in publication.indicators
        if indicator.name == name
    ]
    return tuple(
        sorted(
            rows,
            key=lambda row: (
                row.publication.body.casefold(),
                row.publication.period.start,
                row.publication.period.end,
                row.indicator.part,
            ),
        )
    )


_NOT_VISITED = "in the cells, neither seen nor refused"


def own_publications(summary: AnnualSummary, note: str = "") -> tuple[Publication, ...]:
    """The figures of these records in the same form, for each scheme with a visit or a target;
    while the period goes on, visits due are those due so far."""
    return tuple(
        Publication(
            body=summary.office.name,
            country="",
            scheme=kind,
            period=summary.period,
            source=f"{figures.scheme.name}, records of the office",
            indicators=tuple(_own(each, kind, figures)),
            note=note,
        )
        for each in (summary, *summary.others)
        for kind, figures in ((kind, item.judged()) for kind, item in each.schemes.items())
        if figures.attempts.attempted or figures.target.expected
    )


def _own(summary: AnnualSummary, kind: Kind, figures: SchemeFigures) -> Iterator[Indicator]:
    attempts, target = figures.attempts, figures.target
    yield _count("visits_attempted", attempts.attempted)
    yield _count("visits", attempts.completed, "visits_attempted", attempts.attempted)
    yield _count("visits_due", target.expected)
    visited, timeslots = figures.timeslots
    if timeslots:
        yield _count("timeslots_visited", visited, "timeslots of the sites in use", timeslots)
    yield _count(
        "without_access",
        attempts.refused_entry + attempts.site_closed,
        "visits_attempted",
        attempts.attempted,
    )
    if kind is Kind.CUSTODY:
        yield from _custody(figures)
        yield from _requests(summary.custody)
    elif figures.animals.seen or not figures.animals.uncounted_visits:
        yield _count("animals_seen", figures.animals.seen)
        yield from _animals(figures.animals)
    if figures.issues_known:
        issues = figures.issues
        yield _count("issues", issues.total)
        yield _count("allegations", issues.allegations.total, "issues", issues.total)
        about = {each.code: each.total for each in issues.by_matter}
        yield _count("conditions", about.get(Matter.CONDITIONS, 0), "issues", issues.total)
    if figures.hours_known:
        yield Indicator("hours", figures.hours)
    register = summary.volunteers.get(kind)
    if register is not None and register.judged().is_end_known:
        yield _count("visitors", register.judged().at_end)


def _animals(animals: AnimalFigures) -> Iterator[Indicator]:
    """What is known of the animals on strength, if any were."""
    strength = animals.strength
    if not strength.ever:
        return
    yield _count("on_strength", strength.at_end)
    yield _count("joined", strength.joined)
    yield _count("retired", strength.retired)
    if strength.seen_recently is not None:
        recently = strength.seen_recently
        yield _count("seen_in_six_months", recently, "on_strength", strength.at_end)
    if animals.injuries.checked:
        checked = animals.injuries.checked
        yield _count("injuries", animals.injuries.number, "animals checked", checked)


def _custody(figures: SchemeFigures) -> Iterator[Indicator]:
    access, people = figures.access, figures.people
    yield _count(
        "immediate_access", access.immediate, "visits in person with a known wait",
        access.face_to_face,
    )  # fmt: skip
    if people.throughput is not None:
        yield _count("throughput", people.throughput)
    if not figures.people_known:
        return
    yield _count("in_custody", people.present)
    for name, number in (
        ("offered", people.offered),
        ("not_offered", people.not_offered),
        ("not_available", people.not_available),
        ("observed", people.asleep),
        ("observed_or_spoken", people.observed_or_spoken),
    ):
        yield _count(name, number, "in_custody", people.present)
    yield _count("seen", people.seen, "offered", people.offered)
    yield _count("declined", people.refused, "offered", people.offered)
    yield _count("asleep", people.asleep, _NOT_VISITED, people.not_visited)


def _requests(custody: CustodyAnswers | None) -> Iterator[Indicator]:
    """Requests, if any report has one."""
    if custody is not None and custody.requests.raised:
        raised, resolved = custody.requests.raised, custody.requests.resolved
        yield _count("requests_raised", raised)
        yield _count("requests_resolved", resolved, "requests_raised", raised)


def _count(name: str, number: int, base: str = "", whole: int | None = None) -> Indicator:
    return Indicator(
        name, Decimal(number), base=base, base_number=None if whole is None else Decimal(whole)
    )


def compared_words(rows: Iterable[ComparedFigure]) -> str:
    """`12 figures, 9 bodies`."""
    listed = list(rows)
    bodies = len({row.publication.body for row in listed})
    return f"{number_of(len(listed), 'figure')}, {number_of(bodies, 'body', 'bodies')}"
