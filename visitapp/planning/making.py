"""Makes a plan: days and times are drawn site by site, then pairs are found for all. A visit
without a pair is drawn again without that timeslot; days and times are never swapped by hand."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

from visitapp.domain.period import Period
from visitapp.domain.plan.planned import PastVisit, PlannedVisit
from visitapp.domain.plan.rota import Crewing, Memory, Need, VisitSlot, Volunteer
from visitapp.domain.progress import Progress, report_progress
from visitapp.planning.crews import Effort
from visitapp.planning.draw import Placed, draw_beside, draw_span, redraw_rest
from visitapp.planning.first_pairs import Pins
from visitapp.planning.law import SpanLaw
from visitapp.planning.pair_rule import PairRule
from visitapp.planning.reach import Ground
from visitapp.planning.rolling import all_get_pairs, find_crews_rolling, memory_of
from visitapp.planning.tally import Tally
from visitapp.planning.two_pairs import PAIRS
from visitapp.planning.usual_week import MOST_DRAWS
from visitapp.planning.week_pairs import DayPairs, Pairs, WeekPairs, weekly

MOST_ATTEMPTS = 8
"""How often timeslots without a pair are dropped before the plan reports what is missing."""
_NO_HELP, _MANY = 2, 4
"""After so many attempts in a row that leave no fewer visits without a pair, and so many of them,
there are too few people, and other timeslots are no help."""
_QUICK, _SURE = 0.1, 2.0


@dataclass(frozen=True, slots=True)
class PlanTask:
    """What a plan starts from. `kept` visits keep their days and times, and their pairs if they are
    in `pins`. No day before `earliest` is planned. `before` are visits of other plans that have no
    report. `settled`: the weeks, and months of quarters and years, by site and first day,
    that are drawn already, even if they got no visit."""

    plan_id: UUID
    period: Period
    grounds: tuple[Ground, ...]
    volunteers: tuple[Volunteer, ...]
    past_visits: tuple[PastVisit, ...]
    earliest: date
    kept: tuple[PlannedVisit, ...] = ()
    pins: Pins = field(default_factory=dict)
    before: tuple[PastVisit, ...] = ()
    settled: frozenset[tuple[UUID, date]] = frozenset()


def make_plan(
    task: PlanTask, random: Random, effort: Effort, progress: Progress | None = None
) -> tuple[list[PlannedVisit], Crewing]:
    """The visits of a plan, kept ones first, and their pairs with how good they are proven to be.

    Raises CancelledError if `progress` returns False.
    """
    drawing = _Drawing(task, random)
    drawing.draw_all()
    numbers: list[int] = []
    for attempt in range(MOST_ATTEMPTS):
        _go_on(progress, "Looking for visits that nobody can make", attempt, MOST_ATTEMPTS)
        unfilled = _unfilled(task, drawing.visits(), random)
        numbers.append(len(unfilled))
        if _are_no_help(numbers) or not drawing.drop(unfilled):
            break
    _go_on(progress, "There is a first plan; looking for a better one", 0, 1)
    rules = rules_of(task.grounds, task.volunteers, task.period)
    crewing = _crewed(task, drawing.visits(), random, effort, progress, rules)
    _go_on(progress, "Keeping the plan", 1, 1)
    return drawing.visits(), crewing


def _are_no_help(numbers: Sequence[int]) -> bool:
    """Whether attempts are no help that left so many visits without a pair."""
    before, latest = numbers[:-_NO_HELP], numbers[-_NO_HELP:]
    return bool(before) and min(latest) >= max(_MANY, min(before))


def _go_on(progress: Progress | None, sentence: str, done: int, total: int) -> None:
    report_progress(progress, sentence, done, total, "Stopped; the plan is as it was before.")


def _unfilled(task: PlanTask, visits: Sequence[PlannedVisit], random: Random) -> set[UUID]:
    """Visits without a pair. The quick search decides; if it leaves some, the solver does."""
    slots = slots_of(task.grounds, visits, task.volunteers)
    if all_get_pairs(slots, task.volunteers, random, task.pins, task.period):
        return set()
    for effort in (Effort(_QUICK), Effort(_SURE)):
        crewing = _crewed(task, visits, random, effort, None)
        if not crewing.unfilled:
            break
    return {visit_without.slot_id for visit_without in crewing.unfilled}


def _crewed(
    task: PlanTask,
    visits: Sequence[PlannedVisit],
    random: Random,
    effort: Effort,
    progress: Progress | None,
    rules: Mapping[UUID, PairRule] | None = None,
) -> Crewing:
    return find_crews_rolling(
        slots_of(task.grounds, visits, task.volunteers),
        task.volunteers,
        random,
        memory=memory_before((*task.past_visits, *task.before), task.period, task.grounds),
        pins=task.pins,
        rules=rules,
        effort=effort,
        progress=progress,
        period=task.period,
    )


def rules_of(
    grounds: Sequence[Ground], volunteers: Sequence[Volunteer], period: Period
) -> dict[UUID, PairRule]:
    """The rule of each site by which pairs are chosen so that their names say little of the day."""
    return {ground.site.id: PairRule(ground, volunteers, period.start) for ground in grounds}


def slots_of(
    grounds: Sequence[Ground], visits: Sequence[PlannedVisit], volunteers: Sequence[Volunteer]
) -> list[VisitSlot]:
    """The visits as slots, which is what the search for pairs needs. Those that only their pair can
    place have slots that stand in for them."""
    by_site = {ground.site.id: ground for ground in grounds}
    people = {volunteer.id: volunteer for volunteer in volunteers}
    slots, placed = [], Counter[tuple[UUID, date]]()
    for visit in visits:
        ground = by_site.get(visit.site_id)
        if ground is not None and visit.is_of_pair:
            pair = [people[person_id] for person_id in visit.pair if person_id in people]
            slots.append(ground.stand_in(visit, pair, placed[visit.site_id, visit.span.start]))
            placed[visit.site_id, visit.span.start] += 1
        elif ground is not None:
            slots.append(ground.slot(visit))
    return slots


def memory_before(
    past_visits: Sequence[PastVisit], period: Period, grounds: Sequence[Ground] = ()
) -> Memory:
    """Who visited where and with whom before a period."""
    return memory_of(
        [
            (visit.day, visit.site_id, visit.visitors)
            for visit in past_visits
            if visit.day < period.start
        ],
        {ground.site.id for ground in grounds if ground.need is Need.KENNELS},
    )


class _Drawing:
    """Draws days and times for every span without a kept visit, each site separately. But weeks are
    drawn for all sites by their laws, and again until there are pairs for all visits: they are then
    as likely as the laws say, among weeks that can be made."""

    def __init__(self, task: PlanTask, random: Random) -> None:
        self._task, self._random = task, random
        self._tallies = {
            ground.site.id: Tally(ground, task.past_visits, task.kept) for ground in task.grounds
        }
        self._dropped: dict[UUID, set[tuple[date, int]]] = defaultdict(set)
        self._drawn: dict[UUID, list[PlannedVisit]] = {g.site.id: [] for g in task.grounds}
        self._short: set[Period] = set()
        """Weeks for which other timeslots would be no help: there are too few people."""
        self._weekly = weekly(task.grounds)
        self._pairs = WeekPairs(task.volunteers)

    def visits(self) -> list[PlannedVisit]:
        """The kept and the drawn visits."""
        return [*self._task.kept, *(visit for drawn in self._drawn.values() for visit in drawn)]

    def draw_all(self) -> None:
        """Draw every span; weeks first, whose chances then don't depend on other visits."""
        self._draw_weeks_from(self._task.period.start)
        for ground in self._task.grounds:
            if ground not in self._weekly:
                self._draw_from(ground, self._task.period.start)

    def drop(self, unfilled: set[UUID]) -> bool:
        """Drop the timeslots of drawn visits that got no pair, and draw again from the first of
        their spans on; if that is a week, for all sites whose weeks are drawn together. Returns
        whether there were any."""
        firsts = {}
        for ground in self._task.grounds:
            without = [
                visit
                for visit in self._drawn[ground.site.id]
                if visit.id in unfilled and visit.span not in self._short
            ]
            self._dropped[ground.site.id] |= {(v.drawn.day, v.drawn.cell) for v in without}
            if without:
                firsts[ground.site.id] = min(visit.span.start for visit in without)
        for ground in self._task.grounds:
            if ground not in self._weekly and ground.site.id in firsts:
                self._forget_from(ground, firsts[ground.site.id])
                self._draw_from(ground, firsts[ground.site.id])
        weeks = [firsts[g.site.id] for g in self._weekly if g.site.id in firsts]
        if weeks:
            for ground in self._weekly:
                self._forget_from(ground, min(weeks))
            self._draw_weeks_from(min(weeks))
        return bool(firsts)

    def _forget_from(self, ground: Ground, start: date) -> None:
        drawn = self._drawn[ground.site.id]
        moments = [visit.drawn for visit in drawn if not visit.is_stood_down]
        self._tallies[ground.site.id].forget_from(Period(start, start), moments)
        self._drawn[ground.site.id] = [visit for visit in drawn if visit.span.start < start]

    def _draw_from(self, ground: Ground, start: date) -> None:
        for span in self._due(ground, start):
            self._keep(ground, self._draw(ground, span, self._law(ground, span)))

    def _draw_weeks_from(self, start: date) -> None:
        """Draw the weeks of all sites that are visited by the week, one week after another."""
        due: dict[Period, list[Ground]] = defaultdict(list)
        for ground in self._weekly:
            for week in self._due(ground, start):
                due[week].append(ground)
        for week in sorted(due, key=lambda week: week.start):
            laws = [(ground, self._law(ground, week)) for ground in due[week]]
            others = self._others(week)
            if self._has_too_few_people(week, laws, others):
                self._short.add(week)
            for _ in range(1 if week in self._short else MOST_DRAWS):
                drawn = [(ground, list(self._draw(ground, week, law))) for ground, law in laws]
                visits = [visit for _, of_ground in drawn for visit in of_ground]
                if self._can_be_made(week, visits, others):
                    break
            for ground, of_ground in drawn:
                self._keep(ground, of_ground)

    def _has_too_few_people(
        self,
        week: Period,
        laws: Sequence[tuple[Ground, SpanLaw | None]],
        others: Sequence[DayPairs],
    ) -> bool:
        """Whether even the fewest visits that a week can get are more than its people can make."""
        fewest = sum(
            max(0, law.least - self._tallies[ground.site.id].visits_of(week))
            for ground, law in laws
            if law is not None and not ground.may_be_empty
        )
        places = self._pairs.most_places([ground for ground, _ in laws], week)
        return 2 * (fewest + len(others)) > places

    def _due(self, ground: Ground, start: date) -> Iterator[Period]:
        """The spans of a site from a day on that are to be drawn."""
        site_id, tally = ground.site.id, self._tallies[ground.site.id]
        kept = {visit.span.start for visit in self._task.kept if visit.site_id == site_id}
        kept |= {start for settled_id, start in self._task.settled if settled_id == site_id}
        for span in ground.spans(self._task.period):
            if span.start in kept or span.start in tally.visited_spans:
                continue
            if span.start >= start or start == self._task.period.start:
                yield span

    def _keep(self, ground: Ground, visits: Iterable[PlannedVisit]) -> None:
        for visit in visits:
            if not visit.is_stood_down:
                self._tallies[ground.site.id].add(visit.drawn)
            self._drawn[ground.site.id].append(visit)

    def _others(self, week: Period) -> list[DayPairs]:
        """The other visits of a week for which people are needed: of those that only their pair can
        place, it is known that there are no two on a day."""
        others: list[DayPairs] = []
        unseen = week.days
        for visit in self.visits():
            if visit.site_id not in self._tallies:
                continue
            pinned = self._pairs.of_people(self._task.pins.get(visit.id, ()))
            if visit.is_of_pair and visit.span == week:
                others.append((unseen, (pinned,)))
                unseen += 1
            elif not visit.is_of_pair and visit.drawn.day in week:
                pairs = self._pairs_of(visit)
                mine = tuple(pair for pair in pairs if pair & pinned == pinned) or (pinned,)
                others.append(((visit.drawn.day - week.start).days, mine))
        return others if self._pairs.can_be_made(others) else []

    def _can_be_made(
        self, week: Period, visits: Sequence[PlannedVisit], others: Sequence[DayPairs]
    ) -> bool:
        days = [visit.drawn.day for visit in visits]
        if not others and len(days) < 3 and len(set(days)) == len(days):
            return True
        mine = [((v.drawn.day - week.start).days, self._pairs_of(v)) for v in visits]
        return self._pairs.can_be_made([*mine, *others])

    def _pairs_of(self, visit: PlannedVisit) -> Pairs:
        ground = next(g for g in self._task.grounds if g.site.id == visit.site_id)
        return self._pairs.at(ground, visit.drawn.day, visit.drawn.minute)

    def _law(self, ground: Ground, span: Period) -> SpanLaw | None:
        task = self._task
        options = ground.options(
            span, task.volunteers, task.earliest, self._dropped[ground.site.id]
        )
        return law_of(ground, span, options, self._tallies[ground.site.id])

    def _draw(self, ground: Ground, span: Period, law: SpanLaw | None) -> Iterator[PlannedVisit]:
        if law is None:
            return
        task, tally = self._task, self._tallies[ground.site.id]
        so_far = tally.visits_of(span)
        drawn = placed_visits(
            ground, task.plan_id, span, law, tally, task.volunteers, self._random, so_far=so_far
        )
        yield from drawn
        if ground.policy.two_pairs:
            number = PAIRS - so_far - len(drawn)
            yield from self._stood_down(ground, span, law, drawn, number)

    def _stood_down(
        self,
        ground: Ground,
        span: Period,
        law: SpanLaw,
        beside: Sequence[PlannedVisit],
        number: int,
    ) -> Iterator[PlannedVisit]:
        """So many pairs for a week that aren't needed. Their days and times are drawn as those of
        more visits would be, so that nobody can tell them from others by who is in them."""
        others = {(visit.drawn.day - span.start).days for visit in beside}
        for _ in range(number):
            place = draw_beside(law, others, (), self._random)
            if place is None:
                return
            others.add(place.day)
            day = span.start + timedelta(days=place.day)
            minute = ground.arrival(self._task.volunteers, day, place.cell, 0, self._random)
            visit = _visit(ground, self._task.plan_id, span, place, minute)
            yield replace(visit, is_stood_down=True)


def law_of(
    ground: Ground, span: Period, options: Sequence[Sequence[int]], tally: Tally
) -> SpanLaw | None:
    """The law of a span; None if none of its timeslots can be reached.

    If few days are left, as in a week that has begun, there are no more visits than days.
    """
    days = [day for day in options if day]
    if not days:
        return None
    first = span.start + timedelta(days=options.index(days[0]))
    beside, last = tally.visits_beside(span), tally.last_before(first)
    return ground.law(span, options, tally.counts(span), beside, last)


def placed_visits(
    ground: Ground,
    plan_id: UUID,
    span: Period,
    law: SpanLaw,
    tally: Tally,
    volunteers: Sequence[Volunteer],
    random: Random,
    today: int | None = None,
    so_far: int = 0,
) -> list[PlannedVisit]:
    """Visits drawn for a span that has had `so_far`, or for its days after `today`, to replace a
    cancelled one."""
    visits: list[PlannedVisit] = []
    in_handovers = 0
    placed = draw_span(law, random, so_far) if today is None else redraw_rest(law, today, random)
    for place in placed:
        day = span.start + timedelta(days=place.day)
        left = max(0, tally.handovers_left(day) - in_handovers)
        minute = ground.arrival(volunteers, day, place.cell, left, random)
        in_handovers += ground.in_handover(minute)
        visits.append(_visit(ground, plan_id, span, place, minute))
    return visits


def _visit(ground: Ground, plan_id: UUID, span: Period, place: Placed, minute: int) -> PlannedVisit:
    return PlannedVisit(
        id=uuid4(),
        plan_id=plan_id,
        scheme_id=ground.site.scheme_id,
        site_id=ground.site.id,
        span=span,
        day=span.start + timedelta(days=place.day),
        minute=minute,
        cell=place.cell,
        law=ground.law_of(span),
    )
