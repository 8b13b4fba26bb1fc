"""Planning: draws a draft, finds its pairs, and makes changes by hand, saying what they break.

All of it is for the manager. Days and times are returned only by `reveal`, and by `plan_json` if
requested.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.planned import (
    MOST_REDRAWS,
    NOT_NEEDED,
    ONLY_THE_PAIR,
    Plan,
    PlannedMoment,
    PlannedVisit,
    PlanSheet,
    PlanState,
    Redraw,
    SitePolicy,
    Substitute,
)
from visitapp.domain.plan.rota_breaks import breaks_of
from visitapp.domain.plan.visit_benefit import FEWEST_A_YEAR
from visitapp.domain.plan.weeks import MOST_WEEKS, WEEKS_A_PLAN
from visitapp.domain.progress import Progress
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.text.wording import long_date
from visitapp.persistence import plans as stored
from visitapp.persistence import schemes
from visitapp.persistence.database import Connection
from visitapp.planning.crews import Effort
from visitapp.planning.law import Policy
from visitapp.planning.making import make_plan
from visitapp.services.access import Access
from visitapp.services.plan.by_hand import as_before, save_by_hand, with_pair, with_visitor_moved
from visitapp.services.plan.pair_modes import left_to_pairs
from visitapp.services.plan.plan_json import plan_json
from visitapp.services.plan.plan_sheet import sheet_of
from visitapp.services.plan.plan_tasks import (
    is_planned,
    kept_visits,
    must_be_as_read,
    must_have_grounds,
    task_of,
    times_redrawn,
    with_pairs,
)
from visitapp.services.plan.plan_world import World, policy_on, read_world
from visitapp.services.plan.replacements import cancelled_words, redrawn, replacement_visits
from visitapp.services.plan.substitutes import substitutes
from visitapp.services.roles import MANAGER, changes, reads

SECONDS = 20.0
"""The solver's deterministic seconds for a quarter; a year gets three times as much."""


def weeks_from(day: date, weeks: int = WEEKS_A_PLAN) -> Period:
    """Some weeks, beginning with the one that contains a day."""
    start = week_of(day).start
    return Period(start, start + timedelta(days=7 * weeks - 1))


class PlanningService:
    """`random` is the operating system's generator, passed down from where the file is opened."""

    def __init__(self, access: Access, random: Random, seconds: float = SECONDS) -> None:
        self._access, self._random, self._seconds = access, random, seconds

    @reads(MANAGER)
    def planned_weeks(self) -> Period:
        """The thirteen weeks to show first: the current quarter, or the next one to plan."""
        today = self._access.today()
        with self._access.database.reading() as connection:
            plans = stored.plans(connection)
        ends = [weeks_from(plan.start, plan.weeks) for plan in plans]
        holding = [period for period in ends if today in period or period.start > today]
        return min(holding, default=weeks_from(week_of(today).start + timedelta(days=7)))

    @staticmethod
    def weeks_from(day: date, weeks: int = WEEKS_A_PLAN) -> Period:
        """Weeks from the one that contains a day on. Raises BadInputError for too many."""
        if not 1 <= weeks <= MOST_WEEKS:
            raise BadInputError(f"Plan between 1 and {MOST_WEEKS} weeks.")
        return weeks_from(day, weeks)

    @reads(MANAGER)
    def is_planned(self, period: Period) -> bool:
        """Whether something is planned for every week and month of some weeks."""
        return is_planned(self._world(period))

    @reads(MANAGER, noted=RecordKind.PLAN)
    def sheet(self, period: Period) -> PlanSheet:
        """The plan of some weeks without days and times, and what is worth knowing about it."""
        with self._access.database.reading() as connection:
            world = read_world(connection, self._access.today(), period)
            return sheet_of(world, times_redrawn(stored.redraws(connection, period), period))

    @reads(MANAGER, noted=RecordKind.MOMENT)
    def reveal(self, visit_id: UUID) -> PlannedMoment | None:
        """The day and time of one visit, if the manager asks for it; None if its pair is stood
        down. Raises BadInputError where only the pair knows them."""
        visit = self._world_of(visit_id).visit(visit_id)
        drawn = visit.drawn
        return None if visit.is_stood_down else PlannedMoment(drawn.day, drawn.minute)

    @reads(MANAGER, noted=RecordKind.PLAN)
    def plan_json(self, period: Period, *, moments: bool = False) -> str:
        """The plan as JSON; `moments` adds the days and times that the office knows."""
        return plan_json(self.sheet(period), self._world(period).shown if moments else None)

    @reads(MANAGER)
    def policy(self, site_id: UUID) -> Policy:
        """How often a site should be visited, and how evenly. Raises BadInputError."""
        return self.policies((site_id,))[site_id]

    @reads(MANAGER)
    def policies(self, site_ids: Sequence[UUID]) -> dict[UUID, Policy]:
        """The same of several sites, read at once."""
        with self._access.database.reading() as connection:
            sites = {site.id: site for site in schemes.sites(connection)}
            chosen = stored.policies(connection)
        today = self._access.today()
        return {item: policy_on(today, sites.get(item), chosen.get(item)) for item in site_ids}

    @changes(MANAGER)
    def set_visits_a_year(self, site_id: UUID, visits: int) -> Changes:
        """Set how many visits a year a site gets, from the next plan on.

        Raises BadInputError for fewer than its target asks for.
        """
        usual = self.policy(site_id)
        most = usual.spans_a_year * (2 if usual.spans_a_year >= FEWEST_A_YEAR else 4) * usual.least
        if visits > most:
            raise BadInputError(f"At most {most} visits a year can be planned for a site.")
        wanted = replace(usual, visits_a_year=visits)
        with self._access.database.transaction() as connection:
            policy = SitePolicy(
                site_id, wanted.visits_a_year, wanted.cap, wanted.floor, wanted.rule
            )
            stored.save_policy(connection, policy)
        return Changes.PLANS

    @changes(MANAGER)
    def make(
        self, start: date, weeks: int = WEEKS_A_PLAN, progress: Progress | None = None
    ) -> tuple[Period, Changes]:
        """Draw a draft for some weeks, beginning with the one that contains `start`. Weeks and
        months that are planned already stay. Returns the weeks planned.

        Raises BadInputError for weeks that are over or planned already, and CancelledError.
        """
        period = self.weeks_from(start, weeks)
        world = self._world(period)
        if period.start < week_of(world.today).start:
            raise BadInputError(
                f"The week of {long_date(period.start)} is over; plan from this week on."
            )
        must_have_grounds(world)
        if is_planned(world):
            raise BadInputError("These weeks are planned already; plan the rest of them again.")
        plan = Plan(
            uuid4(), period.start, weeks, PlanState.DRAFT, self._access.now(),
            self._access.actor.name,
        )  # fmt: skip
        task = task_of(world, plan.id, world.shown)
        visits, crewing = make_plan(task, self._random, self._effort(weeks), progress)
        drawn = [visit for visit in visits if visit.plan_id == plan.id]
        may_be_empty = any(ground.may_be_empty for ground in world.grounds)
        if not drawn and not may_be_empty:  # the sheet says why; there is no plan to keep
            return period, Changes.PLANS
        drawn = left_to_pairs(world, with_pairs(drawn, crewing), world.active)
        with self._access.database.transaction() as connection:
            must_be_as_read(connection, world)
            stored.save_plan(connection, replace(plan, proven=crewing.proven))
            stored.save_visits(connection, drawn)
        return period, Changes.PLANS

    @changes(MANAGER)
    def plan_again(self, period: Period, progress: Progress | None = None) -> Changes:
        """Plan again, except for weeks that are kept because of visits that were pinned, made or
        cancelled, or because they have begun. Days and times are redrawn too, while redraws are
        left; after that only the pairs change.

        Raises BadInputError if nothing is planned, and CancelledError.
        """
        world = self._world(period)
        if not world.plans:
            raise BadInputError("Nothing is planned for these weeks yet.")
        with self._access.database.reading() as connection:
            drawn_before = times_redrawn(stored.redraws(connection, period), period)
        may_draw = drawn_before < MOST_REDRAWS
        stay = kept_visits(world) if may_draw else list(world.shown)
        plan = world.plans[0]
        task = task_of(world, plan.id, stay, redraws=may_draw)
        weeks = period.days // 7
        visits, crewing = make_plan(task, self._random, self._effort(weeks), progress)
        stays = {visit.id for visit in stay}
        dropped = [visit for visit in world.shown if visit.id not in stays]
        before = {visit.id: visit for visit in world.shown}
        new_visits = with_pairs(visits, crewing)
        kept = [visit for visit in new_visits if visit.id in stays]
        drawn = [visit for visit in new_visits if visit.id not in stays]
        changed = [visit for visit in kept if before[visit.id] != visit]
        changed += left_to_pairs(world, drawn, kept)
        with self._access.database.transaction() as connection:
            must_be_as_read(connection, world)
            stored.remove_visits(connection, dropped)
            stored.save_plan(connection, replace(plan, proven=crewing.proven))
            stored.save_visits(connection, changed)
            if dropped:
                self._note(connection, period, "The rest was planned again.")
        return Changes.PLANS

    @changes(MANAGER)
    def discard(self, period: Period) -> Changes:
        """Delete the draft of some weeks, which counts as a redraw. Raises BadInputError."""
        world = self._world(period)
        drafts = [plan for plan in world.plans if plan.state is PlanState.DRAFT]
        if not drafts:
            raise BadInputError("There is no draft of these weeks.")
        with self._access.database.transaction() as connection:
            if times_redrawn(stored.redraws(connection, period), period) >= MOST_REDRAWS:
                raise BadInputError(
                    "You have redrawn these weeks three times. More redraws would make them "
                    "easier to guess. Change pairs by hand instead."
                )
            for plan in drafts:
                stored.remove_plan(connection, plan)
            self._note(connection, period, "A draft was thrown away.")
        return Changes.PLANS

    @changes(MANAGER)
    def use(self, period: Period) -> Changes:
        """Start using the draft of some weeks. Raises BadInputError if there is none."""
        world = self._world(period)
        drafts = [plan for plan in world.plans if plan.state is PlanState.DRAFT]
        if not drafts:
            raise BadInputError("There is no draft of these weeks.")
        with self._access.database.transaction() as connection:
            for plan in drafts:
                stored.save_plan(connection, replace(plan, state=PlanState.CURRENT))
        return Changes.PLANS

    @changes(MANAGER)
    def pin(self, visit_id: UUID, on: bool) -> Changes:
        """Keep a visit and its pair when the rest is planned again (`on`), or stop keeping it."""
        visit = self._world_of(visit_id).visit(visit_id)
        return self._save(replace(visit, is_pinned=on))

    @reads(MANAGER)
    def breaks(self, visit_id: UUID, pair: Sequence[UUID]) -> tuple[str, ...]:
        """What would be broken if these people made a visit; nothing is changed."""
        world = self._world_of(visit_id)
        slot = world.slot(world.visit(visit_id), pair)
        slots, pairs = world.slots(), world.pairs()
        return tuple(rule.sentence for rule in breaks_of(slot, pair, slots, pairs, world.people))

    @changes(MANAGER)
    def assign(self, visit_id: UUID, pair: Sequence[UUID]) -> tuple[tuple[str, ...], Changes]:
        """Give a visit to other people and pin it. Returns what that breaks, in sentences."""
        sentences = self.breaks(visit_id, pair)
        world = self._world_of(visit_id)
        visit = world.visit_to_come(visit_id)
        new = with_pair(world, visit, pair, self._random)
        with self._access.database.transaction() as connection:
            save_by_hand(connection, new)
        return sentences, Changes.PLANS

    @changes(MANAGER)
    def move(
        self, person_id: UUID, from_id: UUID, to_id: UUID, instead_of: UUID | None = None
    ) -> tuple[tuple[str, ...], Changes]:
        """Move a visitor from one visit to another; `instead_of` takes their old place. Returns
        what that breaks, in sentences.

        Raises BadInputError if the other visit already has two people and nobody makes room.
        """
        worlds = self._world_of(from_id), self._world_of(to_id)
        visits = worlds[0].visit_to_come(from_id), worlds[1].visit_to_come(to_id)
        moved = with_visitor_moved(worlds, person_id, visits, instead_of, self._random)
        with self._access.database.transaction() as connection:
            save_by_hand(connection, moved)
        sentences = tuple(words for visit in moved for words in self.breaks(visit.id, visit.pair))
        return sentences, Changes.PLANS

    @changes(MANAGER)
    def put_back(self, states: Sequence[tuple[UUID, tuple[UUID, ...], bool]]) -> Changes:
        """Give visits the pairs that they had, and pin them or not, all at once. Raises
        BadInputError if one is over, cancelled or gone."""
        in_worlds = [(self._world_of(state[0]), state) for state in states]
        pairs, pins = as_before(in_worlds, self._random)
        with self._access.database.transaction() as connection:
            save_by_hand(connection, pairs)
            stored.save_visits(connection, pins)
        return Changes.PLANS

    @changes(MANAGER)
    def choose_moment(
        self, visit_id: UUID, day: date, minute: int
    ) -> tuple[tuple[str, ...], Changes]:
        """Choose a visit's day and time by hand; the audit treats it as a choice. Returns what that
        breaks for the pair, in sentences.

        Raises BadInputError for a day in another week or in the past, or a time outside every
        timeslot.
        """
        world = self._world_of(visit_id)
        visit = world.visit_to_come(visit_id)
        if visit.is_of_pair or visit.is_stood_down:
            raise BadInputError(NOT_NEEDED if visit.is_stood_down else ONLY_THE_PAIR)
        cell = world.ground(visit.site_id).cell(day, minute)
        if cell is None:
            raise BadInputError("This time lies outside every timeslot of the site.")
        if day < world.earliest:
            raise BadInputError("Choose a day from tomorrow on.")
        chosen = replace(visit, day=day, minute=minute, cell=cell, is_by_hand=True, is_pinned=True)
        if (visit.day, visit.minute) != (day, minute):
            chosen = replace(chosen, moved_at=self._access.now())
        changes = self._save(chosen)
        return self.breaks(visit_id, visit.pair), changes

    @changes(MANAGER)
    def redraw(self, visit_id: UUID) -> tuple[str, Changes]:
        """Undo a choice by hand: the law draws the day and time, and the other visits of the week
        stay. Like any redraw it is recorded. Returns a sentence about it.

        Raises BadInputError if the visit was drawn, if its week has been redrawn three times, or if
        no day is left.
        """
        world = self._world_of(visit_id)
        visit = world.visit_to_come(visit_id)
        new = replace(redrawn(world, visit, self._random), moved_at=self._access.now())
        with self._access.database.transaction() as connection:
            must_be_as_read(connection, world)
            if times_redrawn(stored.redraws(connection, visit.span), visit.span) >= MOST_REDRAWS:
                raise BadInputError(
                    "You have redrawn this week three times already. Cancel the visit instead, "
                    "and another is drawn from the days that are left."
                )
            stored.save_visits(connection, (new,))
            self._note(connection, visit.span, "A choice by hand was drawn again.")
        others = "" if set(new.pair) == set(visit.pair) else " Another pair makes the visit."
        return f"Day and time are drawn again.{others}", Changes.PLANS

    @reads(MANAGER, noted=RecordKind.PERSON)
    def suggest(self, visit_id: UUID, leaving: UUID | None = None) -> tuple[Substitute, ...]:
        """Who could take the free place in a visit, or replace somebody who drops out; best first,
        with reasons."""
        return substitutes(self._world_of(visit_id), visit_id, leaving)

    @changes(MANAGER)
    def cancel(self, visit_id: UUID) -> tuple[str, Changes]:
        """Cancel a visit. If its week has no other, another is drawn for the remaining days by the
        same law, or for later today. Returns a sentence about the result."""
        world = self._world_of(visit_id)
        visit = world.visit_to_come(visit_id)
        new = replacement_visits(world, visit, self._random, self._access.minute())
        with self._access.database.transaction() as connection:
            must_be_as_read(connection, world)
            stored.save_visits(connection, (replace(visit, is_cancelled=True), *new))
        return cancelled_words(world, visit, new), Changes.PLANS

    def _effort(self, weeks: int) -> Effort:
        return Effort(self._seconds * (1 if weeks <= WEEKS_A_PLAN else 3))

    def _world(self, period: Period) -> World:
        with self._access.database.reading() as connection:
            return read_world(connection, self._access.today(), period)

    def _world_of(self, visit_id: UUID) -> World:
        """The quarter that a visit was planned in."""
        with self._access.database.reading() as connection:
            period = stored.last_planned(connection)
            every = [] if period is None else stored.visits(connection, period)
            visit = next((candidate for candidate in every if candidate.id == visit_id), None)
            if visit is None:
                raise BadInputError("This visit is not in the plan any more.")
            plan = next(p for p in stored.plans(connection) if p.id == visit.plan_id)
            day = visit.day or visit.span.start
            block = (day - plan.start).days // (7 * WEEKS_A_PLAN)
            first = plan.start + timedelta(days=7 * WEEKS_A_PLAN * max(0, block))
            return read_world(connection, self._access.today(), weeks_from(first))

    def _save(self, visit: PlannedVisit) -> Changes:
        with self._access.database.transaction() as connection:
            stored.save_visits(connection, (visit,))
        return Changes.PLANS

    def _note(self, connection: Connection, period: Period, reason: str) -> None:
        note = Redraw(period, self._access.now(), self._access.actor.name, reason)
        stored.note_redraw(connection, note)
