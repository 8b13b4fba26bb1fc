"""How predictable were we? Measured from the visits, not a matter of opinion."""

import json
from collections.abc import Callable, Hashable
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.enough_people import PeopleNeeded
from visitapp.domain.plan.foresight import Caught, Foresight, Guess, Outlook
from visitapp.domain.plan.law_choice import LawChoice
from visitapp.domain.plan.other_suites import OtherSuites
from visitapp.domain.plan.plan_limits import BY_NAMES, Audit, Readers
from visitapp.domain.plan.planned import PlannedStanding
from visitapp.domain.progress import Progress, report_progress
from visitapp.persistence import counting, schemes
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.places import places
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, VISITOR, reads

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visitapp.services.plan.plan_world import World


T = TypeVar("T")
_MOST_KEPT, _PLANS_KEPT = 60, 3
"""How many histories of sites and how many plans are kept with how predictable they are."""
_BY_HAND = "Somebody could predict visits chosen by hand. The page Plan says which."


class ForesightService:
    """What somebody who watches a site could know."""

    def __init__(self, access: Access, random: Random) -> None:
        self._access, self._random = access, random
        self._histories: dict[Hashable, Foresight] = {}
        self._audits: list[tuple[World, tuple[Audit, ...]]] = []
        self._outlooks: list[tuple[World, tuple[Outlook, ...]]] = []

    @reads(MANAGER, VISITOR)
    def history(self, site_id: UUID, period: Period) -> Foresight:
        """How well the best of several watchers could have predicted a site's visits in a period,
        day by day. Raises BadInputError if the site isn't in the file."""
        from visitapp.planning.judging import Arrival, judge_history, monthly, weekly
        from visitapp.planning.learners import are_installed

        with self._access.database.reading() as connection:
            site = next((s for s in schemes.sites(connection) if s.id == site_id), None)
            if site is None:
                raise BadInputError("This site is no longer in the file.")
            scheme = schemes.scheme(connection, site.scheme_id)
            (place,) = places(connection, [site_id])
            arrivals = counting.arrivals(connection, period, place)
            years = reporting_years(connection)
        seen = (
            site.name,
            scheme.kind,
            place.grid,
            years,
            period,
            tuple(arrivals),
            are_installed(),
        )
        if seen not in self._histories:
            calendar = weekly if scheme.kind is Kind.CUSTODY else monthly
            visits = [Arrival(day, minute) for day, minute in arrivals]
            while len(self._histories) >= _MOST_KEPT:
                del self._histories[next(iter(self._histories))]
            self._histories[seen] = judge_history(
                site.name, visits, period, calendar(place.grid, years)
            )
        return self._histories[seen]

    @reads(MANAGER, VISITOR)
    def law_choice(self, site_id: UUID) -> LawChoice | None:
        """The law by which a site's visits are drawn today, what each law would achieve there, and
        why; None if no visits are planned for it."""
        world = self._world(week_of(self._access.today()))
        return next((g.law_choice for g in world.grounds if g.site.id == site_id), None)

    @reads(MANAGER)
    def plan(self, period: Period, progress: Progress | None = None) -> tuple[Audit, ...]:
        """How well the strongest insider could predict the planned visits of some weeks, site by
        site: one who has seen every past visit and this program, but not the draw. Raises
        CancelledError if `progress` returns False."""
        world = self._world(period)
        return _kept(self._audits, world, lambda: self._judge(world, progress))

    def _judge(self, world: "World", progress: Progress | None) -> tuple[Audit, ...]:
        from visitapp.planning.auditing import SharedWeeks, Watched, audit
        from visitapp.planning.judging import Arrival
        from visitapp.planning.pair_rule import PairRule
        from visitapp.planning.short_weeks import short_weeks

        period, sites = world.period, []
        for ground in world.grounds:
            spans = tuple(ground.spans(period))
            mine = [visit for visit in world.active if visit.site_id == ground.site.id]
            past_visits = tuple(
                Arrival(past_visit.day, past_visit.minute)
                for past_visit in world.past_visits
                if past_visit.site_id == ground.site.id and past_visit.at_site
            )
            coming = tuple(
                visit
                for visit in mine
                if world.standings()[visit.id] is PlannedStanding.PLANNED
                and not visit.is_stood_down
            )
            rule = PairRule(ground, world.volunteers, period.start)
            sites.append(Watched(ground, spans, coming, past_visits, world.tally(ground), rule))
        shared = SharedWeeks(sites, world.volunteers)
        audits = []
        for done, watched in enumerate(sites):
            words = f"Working out how predictable visits are: {watched.ground.site.name}"
            report_progress(progress, words, done, len(sites) + 1)
            audits.append(audit(watched, world.volunteers, shared))
        report_progress(
            progress, "Working out whether there are enough people", len(sites), len(sites) + 1
        )
        needed = [
            replace(
                people,
                short=short_weeks(shared.weeks(people.scheme_id), world.volunteers, self._random),
            )
            for people in self._people_needed(world)
        ]
        return tuple(_with_people([item for item in audits if item is not None], world, needed))

    @reads(MANAGER)
    def shortage(self, period: Period) -> tuple[str, ...]:
        """That there are too few people for the visits of some weeks, before they are planned: a
        sentence for each scheme of which that is so."""
        needed = self._people_needed(self._world(period))
        return tuple(words for item in needed if (words := item.sentence()))

    def _people_needed(self, world: "World") -> "Iterator[PeopleNeeded]":
        from visitapp.planning.enough_people import people_needed

        return people_needed(world.grounds, world.volunteers, world.period.start, self._random)

    @reads(MANAGER)
    def plan_json(self, site_id: UUID, period: Period) -> str:
        """The same for one site, as JSON. Nothing in it follows from the day of a single visit.

        Raises BadInputError if nothing is planned for it.
        """
        audit = next(
            (candidate for candidate in self.plan(period) if candidate.site_id == site_id), None
        )
        if audit is None:
            raise BadInputError("There are no planned visits to this site in these weeks.")
        by_names = None if audit.by_names is None else _expected(audit.by_names)
        return foresight_json(
            audit.foresight,
            period,
            self.law_choice(site_id),
            names_known={"alert_day": by_names, "limit": BY_NAMES},
            readers=None if audit.readers is None else _readers(audit.readers),
            other_suites=None if audit.others is None else _beside(audit.others),
            people=None if audit.people is None else _people(audit.people),
            broken=[*audit.broken, *([_BY_HAND] if audit.by_hand else [])],
        )

    @reads(MANAGER)
    def outlooks(self, period: Period) -> tuple[Outlook, ...]:
        """Timeslots visited by the end of the reporting year if a plan is followed, site by site.
        The weeks after the plan are simulated."""
        world = self._world(period)
        return _kept(self._outlooks, world, lambda: self._outlooks_of(world))

    def _outlooks_of(self, world: "World") -> tuple[Outlook, ...]:
        from visitapp.planning.outlook import Ahead, outlooks

        period, sites = world.period, []
        for ground in world.grounds:
            spans = ground.spans(period)
            if spans and any(visit.site_id == ground.site.id for visit in world.active):
                unseen = {
                    visit.span
                    for visit in world.active
                    if visit.site_id == ground.site.id and visit.is_of_pair
                }
                sites.append(Ahead(ground, world.tally(ground), spans[-1], sorted(unseen)))
        return tuple(outlooks(sites, world.volunteers, self._random))

    def _world(self, period: Period) -> "World":
        from visitapp.services.plan.plan_world import read_world

        with self._access.database.reading() as connection:
            return read_world(connection, self._access.today(), period)


def _kept(answers: "list[tuple[World, T]]", world: "World", work: Callable[[], "T"]) -> "T":
    """The answer that was worked out of the same records before, or else now. The latest few are
    kept: a plan is looked at again and again, and other weeks in between."""
    for before, answer in answers:
        if before == world:
            return answer
    answers.insert(0, (world, work()))
    del answers[_PLANS_KEPT:]
    return answers[0][1]


def foresight_json(
    foresight: Foresight, period: Period, choice: LawChoice | None = None, **more: Any
) -> str:
    """Shares from 0 to 1 with three decimals; null if unknown. `choice`: the law in force, to
    compare with."""
    content = _content(foresight, period) | {"law": _law(choice)} | more
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _with_people(
    audits: "Sequence[Audit]", world: "World", needed: "Sequence[PeopleNeeded]"
) -> "Iterator[Audit]":
    """What the numbers of people mean for the chances of suites."""
    of_site = {
        ground.site.id: people
        for people in needed
        for ground in world.grounds
        if ground.site.scheme_id == people.scheme_id
    }
    for item in audits:
        people = of_site.get(item.site_id)
        if people is None or not item.is_suite:
            yield item
            continue
        highest = max(
            max(other.foresight.day.caught.share, other.foresight.leaked_day.share)
            for other in audits
            if of_site.get(other.site_id) == people
        )
        is_exact = item.foresight.is_exact and people.is_exact(highest)
        yield replace(
            item,
            foresight=replace(item.foresight, is_exact=is_exact),
            broken=(*item.broken, *people.sentences(highest)),
            people=people,
        )


def _beside(others: OtherSuites) -> dict[str, Any]:
    return {"usual": _share(others.usual), "when_visited": _share(others.when_visited)}


def _people(people: PeopleNeeded) -> dict[str, Any]:
    """`weeks_drawn_again` and `at_most_higher` are shares; `needed` is null if there are enough, or
    if no number of people like them would be."""
    return {
        "suites": people.suites,
        "there_are": people.people,
        "needed": people.needed,
        "weeks_drawn_again": _share(people.share),
        "visits_a_year": people.wanted,
        "visits_that_come": round(people.come, 1),
        "at_most_higher": _share(people.highest),
    }


def _law(choice: LawChoice | None) -> dict[str, Any] | None:
    if choice is None:
        return None
    return {
        "in_force": choice.law.value,
        "chosen_by_scheme": choice.is_own,
        "compared": {
            item.law.value: {
                "alert_day": _share(item.caught),
                "timeslots": round(item.timeslots, 2),
            }
            for item in choice.weighed
        },
        "sentence": choice.sentence,
    }


def _content(foresight: Foresight, period: Period) -> dict[str, Any]:
    return {
        "site": foresight.site_name,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()},
        "visits": foresight.visits,
        "days": foresight.days,
        "exact": foresight.is_exact,
        "alert_day": _guess(foresight.day) | {"floor": _share(foresight.floor_day)},
        "alert_shift": _guess(foresight.shift),
        "next_cell": _guess(foresight.cell),
        "safe_days": _share(foresight.safe_days if foresight.visits else None),
        "rota_leaked": {
            "alert_day": _caught(foresight.leaked_day),
            "safe_days": _share(foresight.leaked_safe if foresight.visits else None),
        },
        "watchers": list(foresight.watchers),
        "left_out": list(foresight.left_out),
        "sentence": foresight.sentence,
    }


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _caught(caught: Caught) -> dict[str, Any]:
    known = caught.visits > 0
    return {
        "caught": _share(caught.share if known else None),
        "low": _share(caught.low if known else None),
        "high": _share(caught.high if known else None),
        "of_visits": caught.visits,
    }


def _expected(caught: Caught) -> dict[str, Any]:
    known = caught.visits > 0
    return {"caught": _share(caught.share if known else None), "of_visits": caught.visits}


def _readers(readers: Readers) -> dict[str, Any]:
    """What is to be expected of those who know the visitors by sight."""
    caught = {"rota": readers.rota, "page": readers.page, "names": readers.names}
    return {name: None if of is None else _expected(of) for name, of in caught.items()}


def _guess(guess: Guess) -> dict[str, Any]:
    return _caught(guess.caught) | {"chance": _share(guess.chance), "watcher": guess.watcher}
