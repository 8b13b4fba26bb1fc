"""When a site can be visited: a timeslot is reachable on a day if two people could go, at least one
of them experienced."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from random import Random
from uuid import UUID

from visitapp.domain.office.day_off import DayOff, is_day_off
from visitapp.domain.office.grid import Band, Grid
from visitapp.domain.office.site import Site, SiteKind, usual_target
from visitapp.domain.office.target import TargetUnit, VisitTarget
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period, month_of, week_of
from visitapp.domain.plan.law_choice import LawChoice
from visitapp.domain.plan.pair_moments import MeetingTime
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import (
    Need,
    Obstacle,
    VisitSlot,
    Volunteer,
    may_pair,
    obstacle,
)
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.plan.weeks import DAYS_A_WEEK, MONTHS_A_YEAR, SPANS_A_YEAR, is_drawn_in_parts
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.planning.draw import STEP, draw_minute, steps_of
from visitapp.planning.judging import Arrival, Calendar
from visitapp.planning.law import PartLaw, Policy, SpanLaw
from visitapp.planning.level import law_of_span
from visitapp.planning.weighing import law_choice, law_in_force

_NOBODY = UUID(int=0)
_NEVER = -1
"""A minute at which nobody is free."""
Dropped = Collection[tuple[date, int]]
"""(day, timeslot) pairs for which no pair of people could be found."""


@dataclass(frozen=True, slots=True)
class Ground:
    """A site to be planned, with everything that affects when it is visited."""

    site: Site
    grid: Grid
    policy: Policy
    handovers: tuple[Band, ...] = ()
    years: ReportingYears = APRIL_YEARS
    own_target: VisitTarget | None = None
    """None for the one that is usual for the kind of site."""
    days_off: tuple[DayOff, ...] = ()
    own_law: VisitLaw | None = VisitLaw.TIMESLOTS
    """The law that the scheme chose; None where the program chooses."""
    drawn_by: Mapping[date, VisitLaw] = field(default_factory=dict, compare=False)
    """The law by which spans were drawn that are planned already, by their first day."""

    @property
    def target(self) -> VisitTarget:
        """The target by which it is planned."""
        return self.own_target or usual_target(self.site.kind)

    @property
    def calendar(self) -> Calendar:
        """Weeks, fortnights or months, as its target has them; the months of a quarter or year."""
        if self.is_in_parts:
            return Calendar(self.grid, month_of, MONTHS_A_YEAR, self.years, self.target_span)
        spans_a_year = SPANS_A_YEAR[self.target.unit]
        return Calendar(self.grid, self.target.span_of, spans_a_year, self.years)

    @property
    def is_in_parts(self) -> bool:
        """Whether the spans of its target are drawn month by month."""
        return is_drawn_in_parts(self.target)

    @property
    def may_be_empty(self) -> bool:
        """Whether what is drawn at once can have no visit."""
        return self.is_in_parts or self.policy.may_be_empty

    @property
    def in_each_week(self) -> "Ground":
        """The same without empty weeks, for a visit that replaces a cancelled one."""
        if self.policy.rule is WeekRule.EACH:
            return self
        policy = replace(self.policy, rule=WeekRule.EACH)
        return replace(self, policy=policy, own_law=VisitLaw.TIMESLOTS, drawn_by={})

    def target_span(self, day: date) -> Period:
        """The span of its target that holds a day."""
        return self.target.span_of(day, self.years)

    @property
    def need(self) -> Need:
        """What a visit requires of those who make it."""
        return Need.SUITE if self.site.kind is SiteKind.SUITE else Need.KENNELS

    def spans(self, period: Period) -> list[Period]:
        """Weeks and fortnights of a period, or months whose middle is in it: these are also the
        parts of a quarter or year."""
        if self.target.unit is TargetUnit.MONTH or self.is_in_parts:
            spans = [m for m in period.touched_months() if m.start.replace(day=15) in period]
        else:
            spans = list(self.target.spans(period))
        return [span for span in spans if self.site.is_open_within(span)]

    def law(
        self,
        span: Period,
        options: Sequence[Sequence[int]],
        counts: Sequence[int],
        before: int,
        last: date | None = None,
    ) -> SpanLaw:
        """The law of a span with these timeslots; of a month, if that is a part of a longer one
        which has had `before` visits in other parts. A longer span in which the target
        isn't due, as it began in it or the site was closed, gets its usual number of visits but no
        least. `last`: the day of the last visit."""
        if not self.is_in_parts:
            policy = replace(self.policy, law=self.law_of(span))
            at = None if last is None else (last - span.start).days
            return law_of_span(options, counts, policy, self.weeks_left(span), at)
        whole = self.target_span(span.start)
        part = range((span.start - whole.start).days, (span.end - whole.start).days + 1)
        every = self.every_option(whole)
        every[part.start : part.stop] = [tuple(cells) for cells in options]
        policy = self._policy_within(whole.days)
        spared = max(0, policy.least - self.due_in(whole))
        return PartLaw(SpanLaw(every, counts, policy), part, before + spared)

    def every_option(self, span: Period) -> list[tuple[int, ...]]:
        """The timeslots of each day on which the site is visited, whoever could go."""
        return [
            cells if self.is_visited_on(span.start + timedelta(days=at)) else ()
            for at, cells in enumerate(self.calendar.options(span))
        ]

    def law_of(self, span: Period) -> VisitLaw:
        """The law by which a span was drawn, or would be now; that of timeslots, if by today's
        policy no other can draw."""
        own = self.drawn_by.get(span.start, self.own_law)
        return law_in_force(self.policy, own, self._week, self.grid.cells)

    @property
    def law_choice(self) -> LawChoice:
        """The law by which spans are drawn from now on, and why."""
        name, own, cells = self.site.name, self.own_law, self.grid.cells
        return law_choice(name, self.policy, own, self._week, cells)

    @property
    def _week(self) -> tuple[tuple[int, ...], ...]:
        """The timeslots that the grid offers on each day of a week."""
        return tuple(self.calendar.options(week_of(date.min)))

    def weeks_left(self, span: Period) -> float:
        """From the first day of a span to the end of its reporting year, without days on which the
        site is closed."""
        rest = Period(span.start, self.years.year_of(span.start).end)
        return self.site.open_days(rest) / DAYS_A_WEEK

    def due_in(self, span: Period) -> int:
        """How many visits are due in a span of its target."""
        spans = self.site.target_spans(span, self.years)
        return next((item.due for item in spans if item.span == span), 0)

    def _policy_within(self, days: int) -> Policy:
        """For a year that is shorter than others, no more visits than it has days."""
        policy = self.policy
        if policy.mean < days:
            return policy
        return replace(policy, visits_a_year=(days - 1) * policy.spans_a_year, least=days - 2)

    def is_visited_on(self, day: date) -> bool:
        """Whether the site is open on a day that the scheme doesn't exclude."""
        return self.site.is_open_on(day) and not is_day_off(self.days_off, day)

    def band(self, cell: int) -> Band:
        """The time band of a timeslot."""
        return self.grid.bands[cell % len(self.grid.bands)]

    def cell(self, day: date, minute: int) -> int | None:
        """The timeslot of a day and minute; None outside the grid."""
        return self.calendar.cell(Arrival(day, minute))

    def slot(self, visit: PlannedVisit) -> VisitSlot:
        """A planned visit as a slot, which is what the search for pairs needs. Raises BadInputError
        where only the pair knows when it is."""
        return self._slot(visit.id, visit.drawn.day, visit.drawn.minute)

    def stand_in(self, visit: PlannedVisit, pair: Sequence[Volunteer], at: int) -> VisitSlot:
        """A slot for a visit that only its pair can place: the first time at which both can go on
        the day numbered `at` (0 is the first) of those on which they can. It says nothing of when
        the visit is. A pair that is never free together isn't free at this slot either."""
        times = self.meeting_times(visit.span, pair, visit.span.start)
        days = sorted({time.day for time in times})
        if at >= len(days):
            return self._slot(visit.id, visit.span.start, _NEVER)
        first = next(time for time in times if time.day == days[at])
        return self._slot(visit.id, visit.span.start + timedelta(days=first.day), first.start)

    def meeting_times(
        self,
        span: Period,
        pair: Sequence[Volunteer],
        earliest: date,
        busy: Collection[date] = (),
    ) -> tuple[MeetingTime, ...]:
        """When all of a pair can arrive within a span, from `earliest` on and not on `busy` days;
        none on days on which they may not go together."""
        times: list[MeetingTime] = []
        for at, cells in enumerate(self.calendar.options(span)):
            day = span.start + timedelta(days=at)
            able = self.able_on(pair, day)
            is_out = day < earliest or day in busy or not self.is_visited_on(day)
            if (
                is_out
                or len(able) < len(pair)
                or not all(may_pair(first, second, day) for first, second in combinations(pair, 2))
            ):
                continue
            for cell in cells:
                times += _stretches(at, cell, self.band(cell), able, day.weekday())
        return tuple(times)

    def _slot(self, slot_id: UUID, day: date, minute: int) -> VisitSlot:
        site = self.site
        return VisitSlot(slot_id, site.scheme_id, site.id, site.name, day, minute, self.need)

    def able_on(self, volunteers: Sequence[Volunteer], day: date) -> list[Volunteer]:
        """People who could go at some time of a day."""
        slot = self._slot(_NOBODY, day, 0)
        weekday = day.weekday()
        return [
            volunteer
            for volunteer in volunteers
            if any(free.weekday == weekday for free in volunteer.free)
            and obstacle(volunteer, slot) in (None, Obstacle.NOT_FREE)
        ]

    def options(
        self,
        span: Period,
        volunteers: Sequence[Volunteer],
        earliest: date,
        dropped: Dropped = (),
    ) -> list[tuple[int, ...]]:
        """The timeslots that can be reached on each day of a span; none before `earliest`."""
        days = self._days(span, earliest, dropped)
        return [tuple(self.reachable(volunteers, day, cells)) for day, cells in days]

    def is_reachable(self, span: Period, volunteers: Sequence[Volunteer], earliest: date) -> bool:
        """Whether any timeslot can be reached on any day of a span from `earliest` on."""
        return any(
            next(self.reachable(volunteers, day, cells), None) is not None
            for day, cells in self._days(span, earliest)
        )

    def _days(
        self, span: Period, earliest: date, dropped: Dropped = ()
    ) -> Iterator[tuple[date, list[int]]]:
        """Each day of a span with the timeslots in which the site can be visited on it."""
        for at, cells in enumerate(self.calendar.options(span)):
            day = span.start + timedelta(days=at)
            is_out = day < earliest or not self.is_visited_on(day)
            yield day, [] if is_out else [cell for cell in cells if (day, cell) not in dropped]

    def reachable(
        self, volunteers: Sequence[Volunteer], day: date, cells: Sequence[int]
    ) -> Iterator[int]:
        """Those of a day's timeslots in which two people could go."""
        able = self.able_on(volunteers, day) if cells else []
        for cell in cells:
            if next(self._minutes(able, day, self.band(cell)), None) is not None:
                yield cell

    def _minutes(self, able: Sequence[Volunteer], day: date, band: Band) -> Iterator[int]:
        """The minutes of a band from which two people can go; none if they never can."""
        weekday = day.weekday()
        edges = {band.start} | {
            -(-free.start // STEP) * STEP
            for person in able
            for free in person.free
            if free.weekday == weekday and band.start < free.start < band.end
        }
        return (minute for minute in sorted(edges) if _two_can(able, day, minute))

    def first_minute(self, able: Sequence[Volunteer], day: date, cell: int) -> int:
        """The first minute of a timeslot at which two of those who are able can go."""
        return next(self._minutes(able, day, self.band(cell)), self.band(cell).start)

    def arrival(
        self,
        volunteers: Sequence[Volunteer],
        day: date,
        cell: int,
        handovers_left: int,
        random: Random,
    ) -> int:
        """The minute of the day to arrive at, among those at which two people can go."""
        minutes = self.minutes(self.able_on(volunteers, day), day, cell)
        return draw_minute(minutes, self.handovers, handovers_left, random)

    def minutes(self, able: Sequence[Volunteer], day: date, cell: int) -> list[int]:
        """The minutes of a timeslot that a visit can begin at: whole steps at which two of those
        who are able can go, or others if there are none."""
        band = self.band(cell)
        minutes: list[int] = []
        for start, end in pairwise(self.edges(able, day, band)):
            stretch = steps_of(Band(start, end))
            if stretch and _two_can(able, day, stretch.start):
                minutes += stretch
        return minutes or list(self._minutes(able, day, band)) or [band.start]

    @staticmethod
    def edges(able: Sequence[Volunteer], day: date, band: Band) -> list[int]:
        """The minutes at which a band begins and ends, and those between at which somebody's free
        time does: from each to the next the same people are free."""
        weekday = day.weekday()
        inside = {
            edge
            for person in able
            for part in person.free
            if part.weekday == weekday
            for edge in (part.start, part.end)
            if band.start < edge < band.end
        }
        return [band.start, *sorted(inside), band.end]

    def in_handover(self, minute: int) -> bool:
        """Whether shifts change at a minute of the day."""
        return any(band.start <= minute < band.end for band in self.handovers)


def _two_can(able: Sequence[Volunteer], day: date, minute: int) -> bool:
    weekday = day.weekday()
    free_people = [
        person for person in able if any(free.holds(weekday, minute) for free in person.free)
    ]
    return len(free_people) >= 2 and any(person.is_experienced(day) for person in free_people)


def _stretches(
    at: int, cell: int, band: Band, able: Sequence[Volunteer], weekday: int
) -> list[MeetingTime]:
    """The parts of a band in which all are free, as whole steps."""
    minutes = [
        minute
        for minute in steps_of(band)
        if all(any(free.holds(weekday, minute) for free in person.free) for person in able)
    ]
    starts = [minute for minute in minutes if minute - STEP not in minutes]
    ends = [minute + STEP for minute in minutes if minute + STEP not in minutes]
    return [
        MeetingTime(at, cell, start, min(end, band.end))
        for start, end in zip(starts, ends, strict=True)
    ]
