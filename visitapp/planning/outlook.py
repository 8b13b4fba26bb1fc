"""How many timeslots sites will have had by the end of the reporting year, and how many visits come
with the people there are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from visitapp.domain.period import Period
from visitapp.domain.plan.foresight import Outlook
from visitapp.domain.plan.rota import Volunteer
from visitapp.planning.draw import Placed, draw_span
from visitapp.planning.law import SpanLaw
from visitapp.planning.reach import Ground
from visitapp.planning.tally import Tally
from visitapp.planning.usual_week import UsualWeek
from visitapp.planning.week_pairs import weekly

RUNS = 100
_Visited = tuple[date, int | None]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A site whose plan ends with the span `planned_to`. Visits of `unseen` spans of the plan only
    their pairs can place."""

    ground: Ground
    tally: Tally
    planned_to: Period
    unseen: Sequence[Period] = ()

    @property
    def year(self) -> Period:
        """The reporting year in which the plan's last span begins."""
        return self.ground.years.year_of(self.planned_to.start)


def outlooks(
    sites: Sequence[Ahead], volunteers: Sequence[Volunteer], random: Random
) -> list[Outlook]:
    """What is expected of each site if its spans after the plan are drawn as plans draw them, when
    these people can go in a usual week, but for days that the scheme excludes. So are `unseen`
    spans, without looking for pairs."""
    if not sites:
        return []
    first = min(ahead.planned_to.end for ahead in sites) + timedelta(days=1)
    week = UsualWeek(volunteers, first)
    of_sites = [_Site(ahead, week) for ahead in sites]
    by_week = {ground.site.id for ground in weekly([ahead.ground for ahead in sites])}
    apart = [site for site in of_sites if site.ground.site.id not in by_week]
    together = [site for site in of_sites if site.ground.site.id in by_week]
    weeks = sorted({span for site in together for span in site.following})
    for _ in range(RUNS):
        for site in of_sites:
            site.begin()
            for span in site.following if site in apart else site.unseen:
                site.keep(span, draw_span(site.law(span), random))
        for span in weeks:
            mine = [site for site in together if span in site.following]
            drawn = week.draw([(site.ground, site.law(span)) for site in mine], random)
            for site, visits, number in zip(mine, drawn.visits, drawn.at_first, strict=True):
                site.at_first += number
                site.come += len(visits)
                site.keep(span, visits)
        for site in of_sites:
            site.end()
    return [site.outlook() for site in of_sites]


@dataclass(eq=False)
class _Site:
    """A site over many years ahead. Of the visits `at_first` drawn, so many `come`."""

    ahead: Ahead
    week: UsualWeek
    at_first: int = 0
    come: int = 0
    _visited: list[_Visited] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        year = self.ahead.year
        self._planned = self.ahead.tally.visited(until=self.ahead.planned_to.end)
        self._reached = self.week.options(self.ground)
        self.unseen = [
            span for span in self.ahead.unseen if span.start <= year.end and self._options(span)
        ]
        self.following = [
            span for span in _following(self.ground, self.ahead.planned_to, year.end)
            if self._options(span)
        ]  # fmt: skip
        self._offered = {span: self._options(span) for span in (*self.unseen, *self.following)}

    @property
    def ground(self) -> Ground:
        return self.ahead.ground

    def _options(self, span: Period) -> list[tuple[int, ...]]:
        """The timeslots of each day of a span, as in a usual week; none if there are none."""
        options = [
            cells and self._reached[(span.start.weekday() + at) % 7]
            for at, cells in enumerate(self.ground.every_option(span))
        ]
        return options if any(options) else []

    def begin(self) -> None:
        """Begin another year."""
        self._visited = list(self._planned)

    def law(self, span: Period) -> SpanLaw:
        """The law of a span after the visits of this year so far."""
        ground, visited = self.ground, self._visited
        counts, whole = ground.calendar.counts(span, visited), ground.target_span(span.start)
        before = sum(whole.start <= day < span.start for day, _ in visited)
        last = max((day for day, _ in visited if day < span.start), default=None)
        return ground.law(span, self._offered[span], counts, before, last)

    def keep(self, span: Period, visits: Sequence[Placed]) -> None:
        """Count what was drawn for a span."""
        self._visited += [(span.start + timedelta(days=at.day), at.cell) for at in visits]

    def end(self) -> None:
        """Count the timeslots of the year."""
        self._numbers.append(_number(self._visited, self.ahead.year))

    def outlook(self) -> Outlook:
        """What is expected after all these years."""
        cells, wanted = self.ground.grid.cells, self.ground.policy.visits_a_year
        return Outlook(
            site_name=self.ground.site.name,
            cells=cells,
            by_plan=_number(self._planned, self.ahead.year),
            expected=sum(self._numbers) / RUNS,
            all_of_100=round(100 * sum(number == cells for number in self._numbers) / RUNS),
            year_end=self.ahead.year.end,
            wanted=wanted,
            come=self._come(wanted),
        )

    def _come(self, wanted: int) -> float:
        if not any(self._reached):
            return 0.0
        return wanted * self.come / self.at_first if self.at_first else wanted


def _following(ground: Ground, span: Period, last: date) -> Iterator[Period]:
    """The spans after one that begin by a day, in which the site is open throughout."""
    span_of = ground.calendar.span_of
    while (span := span_of(span.end + timedelta(days=1))).start <= last:
        if ground.site.is_open_throughout(span):
            yield span


def _number(visited: Sequence[_Visited], year: Period) -> int:
    """How many timeslots a year has had."""
    return len({cell for day, cell in visited if cell is not None and day in year})
