"""Audits a plan: how well an insider could predict its visits, and what stands out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.period import Period
from visitapp.domain.plan.foresight import Caught
from visitapp.domain.plan.other_suites import OtherSuites
from visitapp.domain.plan.plan_limits import (
    Audit,
    Readers,
    Standpoint,
    chosen_by_hand,
    exceeded_limits,
    limits_for,
    no_visit_sentences,
    telling_names,
)
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import Need, Volunteer
from visitapp.domain.plan.weeks import DAYS_A_WEEK, WEEKS_A_YEAR
from visitapp.planning import readers
from visitapp.planning.by_names import Days, days_by_names, weights_by_names
from visitapp.planning.judging import Arrival, judge_plan
from visitapp.planning.law import SpanLaw
from visitapp.planning.names_together import Named, days_together
from visitapp.planning.pair_rule import PairRule
from visitapp.planning.reach import Ground
from visitapp.planning.scores import Expected, caught_of
from visitapp.planning.short_weeks import WeekOfSuites
from visitapp.planning.tally import Tally
from visitapp.planning.together import MOST_SUITES, Suite, WeekTogether
from visitapp.planning.week_pairs import WeekPairs, weekly


@dataclass(frozen=True, slots=True)
class Watched:
    """A site's spans: the visits planned or made in them, and those made before. Of visits that
    only their pair can place, the law's exact chances are taken."""

    ground: Ground
    spans: tuple[Period, ...]
    visits: tuple[PlannedVisit, ...]
    past_visits: tuple[Arrival, ...]
    tally: Tally
    rule: PairRule | None = None


class SharedWeeks:
    """The weeks of several sites, whose visits need pairs of the same people."""

    def __init__(self, sites: Sequence[Watched], volunteers: Sequence[Volunteer]) -> None:
        by_week = weekly([watched.ground for watched in sites])
        self._by_week = [watched for watched in sites if watched.ground in by_week]
        self._sites = [w for w in self._by_week if not w.ground.policy.rule.most_apart]
        self._pairs, self._volunteers = WeekPairs(volunteers), volunteers
        self._weeks: dict[date, tuple[WeekTogether | None, list[UUID]]] = {}
        self._laws: dict[tuple[UUID, date], SpanLaw] = {}
        self._names: dict[date, dict[UUID, list[Days]]] = {}

    def law(self, site_id: UUID, span: Period) -> SpanLaw | None:
        """The law of a site's week as it went, for whoever sees the visits of all; None where it
        isn't another than that of the site alone, or can't be worked out."""
        week, sites = self._week(span)
        return week.law(sites.index(site_id)) if week and site_id in sites else None

    def others(self, watched: Watched) -> OtherSuites | None:
        """What visits to other suites say of a site's visits in its weeks."""
        visits = others = both = 0.0
        days = 0
        for span in watched.spans:
            week, sites = self._week(span)
            if week is not None and watched.ground.site.id in sites:
                beside = week.beside(sites.index(watched.ground.site.id))
                visits, others = visits + sum(beside.visits), others + sum(beside.others)
                both, days = both + sum(beside.both), days + span.days
        return None if not others else OtherSuites(visits / days, both / others)

    def weeks(self, scheme_id: UUID) -> list[WeekOfSuites]:
        """The weeks of a scheme's suites, as they are drawn."""
        suites = [
            watched
            for watched in self._by_week
            if watched.ground.site.scheme_id == scheme_id and watched.ground.need is Need.SUITE
        ]
        return [
            WeekOfSuites(
                span,
                tuple(
                    (watched.ground, self._law(watched, span))
                    for watched in suites
                    if span in watched.spans
                    and watched.ground.is_reachable(span, self._volunteers, span.start)
                ),
                self._week(span)[0] is not None,
            )
            for span in sorted({span for watched in suites for span in watched.spans})
        ]

    def days_by_names(self, site_id: UUID, span: Period) -> list[Days] | None:
        """For each visit of a site's week, how likely its names have it on each day, for whoever
        knows those at other sites too. None for a site whose weeks aren't shared."""
        if span.start not in self._names:
            mine = [w for w in self._sites if span in w.spans]
            named = [_named(w, self._law(w, span), span, self._volunteers) for w in mine]
            ids = [watched.ground.site.id for watched in mine]
            self._names[span.start] = dict(zip(ids, days_together(named), strict=True))
        return self._names[span.start].get(site_id)

    def _law(self, watched: Watched, span: Period) -> SpanLaw:
        key = (watched.ground.site.id, span.start)
        if key not in self._laws:
            self._laws[key] = _law(watched, span, self._volunteers)
        return self._laws[key]

    def _week(self, span: Period) -> tuple[WeekTogether | None, list[UUID]]:
        if span.start not in self._weeks:
            suites = [
                Suite(
                    watched.ground,
                    self._law(watched, span),
                    _days(watched, span),
                    watched.tally.handovers_left(span.start, span.start),
                )
                for watched in self._sites
                if span in watched.spans
                and not any(v.is_of_pair for v in watched.visits if v.span == span)
            ]
            week = None
            if 1 < len(suites) <= MOST_SUITES:
                week = WeekTogether(suites, span, self._pairs)
            ids = [suite.ground.site.id for suite in suites]
            self._weeks[span.start] = (week if week and week.is_needed else None), ids
        return self._weeks[span.start]


def _days(watched: Watched, span: Period) -> frozenset[int]:
    """The days of a span with visits made or planned."""
    days = [visit.drawn.day for visit in watched.visits if not visit.is_of_pair]
    days += [visit.day for visit in watched.past_visits]
    return frozenset((day - span.start).days for day in days if day in span)


def audit(
    watched: Watched, volunteers: Sequence[Volunteer], shared: SharedWeeks | None = None
) -> Audit | None:
    """Judge a site's plan by the exact posterior, where its weeks are `shared` with others by that
    of all of them; None if nothing is planned."""
    if not watched.spans or not watched.visits:
        return None
    ground = watched.ground
    whole_period = Period(watched.spans[0].start, watched.spans[-1].end)
    known = [visit.drawn for visit in watched.visits if not visit.is_of_pair]
    planned = [Arrival(drawn.day, drawn.minute) for drawn in known]
    inside = [visit for visit in watched.past_visits if visit.day in whole_period]
    laws = {span.start: _law(watched, span, volunteers) for span in watched.spans}
    foresight = judge_plan(
        ground.site.name,
        [*planned, *inside],
        whole_period,
        ground.calendar,
        ground.policy,
        before=[visit for visit in watched.past_visits if visit.day < whole_period.start],
        options=lambda span: [
            tuple(cell for cell, _ in cells) for cells in laws[span.start].options
        ],
        law_of=lambda span, options, counts: (
            (shared and shared.law(ground.site.id, span))
            or ground.law(
                span, options, counts, _before(watched, span), watched.tally.last_before(span.start)
            )
        ),
        unseen=Counter(visit.span.start for visit in watched.visits if visit.is_of_pair),
    )
    places = _standpoints(watched, laws, inside)
    by_names = _by_names(watched, laws, volunteers, shared)
    of_readers = _readers(watched, laws, volunteers)
    others = shared.others(watched) if shared else None
    if ground.policy.spans_a_year != WEEKS_A_YEAR or ground.policy.least != 1:
        # A month of a quarter or year can have no visit.
        sentences = () if ground.is_in_parts else tuple(no_visit_sentences(places))
        return Audit(
            ground.site.id, False, foresight, sentences, by_names=by_names, readers=of_readers,
            others=others,
        )  # fmt: skip
    weekdays = [visit.day.weekday() for visit in (*planned, *inside)]
    limits = limits_for(ground.policy.visits_a_year, ground.law_of(watched.spans[-1]))
    sentences = exceeded_limits(foresight, places, limits, weekdays)
    if by_names is not None:
        sentences += telling_names(ground.site.name, by_names)
    by_hand = chosen_by_hand(foresight, places, limits)
    words = ground.law_choice.sentence
    return Audit(
        ground.site.id, True, foresight, sentences, by_hand, by_names, words, of_readers, others
    )


def _law(watched: Watched, span: Period, volunteers: Sequence[Volunteer]) -> SpanLaw:
    """The law of a span as it was before its first day, which is the most the staff could know."""
    ground = watched.ground
    options = ground.options(span, volunteers, span.start)
    if not any(options):
        options = ground.calendar.options(span)
    counts, last = watched.tally.counts(span), watched.tally.last_before(span.start)
    return ground.law(span, options, counts, _before(watched, span), last)


def _by_names(
    watched: Watched,
    laws: Mapping[date, SpanLaw],
    volunteers: Sequence[Volunteer],
    shared: SharedWeeks | None,
) -> Caught | None:
    """The visits whose day is expected from their names, whatever it is; also from the names at
    other sites whose weeks are `shared`."""
    if watched.rule is None:
        return None
    likeliest: list[float] = []
    for span in watched.spans:
        days = shared.days_by_names(watched.ground.site.id, span) if shared else None
        if days is None:
            mine = [visit for visit in watched.visits if visit.span == span]
            days = days_by_names(
                watched.ground, laws[span.start], span, mine, watched.rule, volunteers
            )
        likeliest += map(max, days)
    return Caught(sum(likeliest) / max(1, len(likeliest)), len(likeliest))


def _named(watched: Watched, law: SpanLaw, span: Period, volunteers: Sequence[Volunteer]) -> Named:
    visits = [visit for visit in watched.visits if visit.span == span]
    ground, rule = watched.ground, watched.rule
    weights = [] if rule is None else weights_by_names(
        ground, law, span, visits, rule, volunteers
    )  # fmt: skip
    return Named(law, visits if weights else (), weights)


def _readers(
    watched: Watched, laws: Mapping[date, SpanLaw], volunteers: Sequence[Volunteer]
) -> Readers:
    """The visits that readers of what is handed out expect, whatever their days are."""
    ground, rule = watched.ground, watched.rule
    shows_nothing, pages = ground.policy.two_pairs, readers.pages_listing(watched.visits)
    by_rota: list[Expected] = []
    by_page: list[Expected] = []
    by_names: list[Expected] = []
    for span in watched.spans:
        law = laws[span.start]
        mine = [visit for visit in watched.visits if visit.span == span]
        if shows_nothing:
            by_rota += readers.by_law(law)
            by_page += readers.by_law(law)
        elif mine:
            by_rota += readers.by_rota(law, max(1, ground.policy.least))
            by_page += readers.by_page(law, pages)
        if rule is not None:
            weights = weights_by_names(ground, law, span, mine, rule, volunteers)
            by_names += readers.by_names(law, weights)
    number = len(watched.visits)
    return Readers(
        None if ground.may_be_empty else _alert_share(by_rota, number),
        _alert_share(by_page, number),
        None if rule is None else _alert_share(by_names, number),
    )


def _alert_share(days: Sequence[Expected], number: int) -> Caught:
    """Of so many visits, those on the likeliest seventh of the days."""
    return Caught(caught_of(days, 1 / DAYS_A_WEEK), number)


def _before(watched: Watched, span: Period) -> int:
    """How many visits the earlier parts of the target's span have, if it has parts."""
    return watched.tally.visits_beside(span, until=span.start)


def _standpoints(
    watched: Watched, laws: Mapping[date, SpanLaw], inside: Sequence[Arrival]
) -> list[Standpoint]:
    alert = _alert(watched, laws, inside)
    standpoints = []
    for span in watched.spans:
        visits = [visit for visit in watched.visits if visit.span.start == span.start]
        visits_made = [visit for visit in inside if visit.day in span]
        law = laws[span.start]
        standpoints.append(
            Standpoint(
                site_name=watched.ground.site.name,
                span=span,
                has_visit=bool(visits or visits_made) or watched.ground.policy.may_be_empty,
                likeliest=max(law.cells),
                timeslots=sum(1 for share in law.cells if share > 0),
                likeliest_day=max(map(len, law.options)) / sum(map(len, law.options)),
                days=sum(1 for cells in law.options if cells),
                is_by_hand=any(visit.is_by_hand for visit in visits),
                is_caught=any(visit.is_by_hand and visit.day in alert for visit in visits),
            )
        )
    return standpoints


def _alert(watched: Watched, laws: Mapping[date, SpanLaw], inside: Sequence[Arrival]) -> set[date]:
    """The likeliest seventh of all days, as an insider would choose them day by day."""
    hazards = []
    for span in watched.spans:
        law = laws[span.start]
        state = law.state(0)
        days = {visit.day for visit in watched.visits} | {entry.day for entry in inside}
        for at in range(span.days):
            day = span.start + timedelta(days=at)
            hazards.append((law.hazard(at, state), day))
            if day in days:
                state = law.after(state, at)
    hazards.sort(key=lambda entry: (-entry[0], entry[1]))
    return {day for _, day in hazards[: round(len(hazards) / 7)]}
