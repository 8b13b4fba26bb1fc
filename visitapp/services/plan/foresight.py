"""How predictable were we? Measured from the visits, not a matter of opinion."""

import json
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.foresight import Caught, Foresight, Guess, Outlook
from visitapp.domain.plan.law_choice import LawChoice
from visitapp.domain.plan.plan_limits import BY_NAMES, Audit, Readers
from visitapp.domain.plan.planned import PlannedStanding
from visitapp.persistence import counting, schemes
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.places import places
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, VISITOR, reads

if TYPE_CHECKING:
    from visitapp.services.plan.plan_world import World


_BY_HAND = "Somebody could predict visits chosen by hand. The page Plan says which."


class ForesightService:
    """What somebody who watches a site could know."""

    def __init__(self, access: Access, random: Random) -> None:
        self._access, self._random = access, random

    @reads(MANAGER, VISITOR)
    def history(self, site_id: UUID, period: Period) -> Foresight:
        """How well the best of several watchers could have predicted a site's visits in a period,
        day by day. Raises BadInputError if the site isn't in the file."""
        from visitapp.planning.judging import Arrival, judge_history, monthly, weekly

        with self._access.database.reading() as connection:
            site = next((s for s in schemes.sites(connection) if s.id == site_id), None)
            if site is None:
                raise BadInputError("This site is no longer in the file.")
            scheme = schemes.scheme(connection, site.scheme_id)
            (place,) = places(connection, [site_id])
            arrivals = counting.arrivals(connection, period, place)
            years = reporting_years(connection)
        calendar = weekly if scheme.kind is Kind.CUSTODY else monthly
        visits = [Arrival(day, minute) for day, minute in arrivals]
        return judge_history(site.name, visits, period, calendar(place.grid, years))

    @reads(MANAGER, VISITOR)
    def law_choice(self, site_id: UUID) -> LawChoice | None:
        """The law by which a site's visits are drawn today, what each law would achieve there, and
        why; None if no visits are planned for it."""
        world = self._world(week_of(self._access.today()))
        return next((g.law_choice for g in world.grounds if g.site.id == site_id), None)

    @reads(MANAGER)
    def plan(self, period: Period) -> tuple[Audit, ...]:
        """How well the strongest insider could predict the planned visits of some weeks, site by
        site: one who has seen every past visit and this program, but not the draw."""
        from visitapp.planning.auditing import Watched, audit
        from visitapp.planning.judging import Arrival
        from visitapp.planning.pair_rule import PairRule

        world = self._world(period)
        audits = []
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
            watched = Watched(ground, spans, coming, past_visits, world.tally(ground), rule)
            audits.append(audit(watched, world.volunteers))
        lacking = self._shortage_words(world)
        return tuple(
            replace(
                site_audit,
                foresight=replace(site_audit.foresight, is_exact=not lacking),
                broken=(*site_audit.broken, *lacking),
            )
            if site_audit.is_suite and lacking
            else site_audit
            for site_audit in audits
            if site_audit is not None
        )

    @reads(MANAGER)
    def shortage(self, period: Period) -> tuple[str, ...]:
        """That there are too few people for the visits of some weeks, before they are planned: a
        sentence for each scheme of which that is so."""
        return self._shortage_words(self._world(period))

    def _shortage_words(self, world: "World") -> tuple[str, ...]:
        from visitapp.planning.enough_people import shortages

        lacking = shortages(world.grounds, world.volunteers, world.period.start, self._random)
        return tuple(shortage.sentence for shortage in lacking)

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
            broken=[*audit.broken, *([_BY_HAND] if audit.by_hand else [])],
        )

    @reads(MANAGER)
    def outlooks(self, period: Period) -> tuple[Outlook, ...]:
        """Timeslots visited by the end of the reporting year if a plan is followed, site by site.
        The weeks after the plan are simulated."""
        from visitapp.planning.outlook import outlook

        world = self._world(period)
        outlooks = []
        for ground in world.grounds:
            spans = ground.spans(period)
            if spans and any(visit.site_id == ground.site.id for visit in world.active):
                unseen = {
                    visit.span
                    for visit in world.active
                    if visit.site_id == ground.site.id and visit.is_of_pair
                }
                tally = world.tally(ground)
                outlooks.append(outlook(ground, tally, spans[-1], self._random, sorted(unseen)))
        return tuple(outlooks)

    def _world(self, period: Period) -> "World":
        from visitapp.services.plan.plan_world import read_world

        with self._access.database.reading() as connection:
            return read_world(connection, self._access.today(), period)


def foresight_json(
    foresight: Foresight, period: Period, choice: LawChoice | None = None, **more: Any
) -> str:
    """Shares from 0 to 1 with three decimals; null if unknown. `choice`: the law in force, to
    compare with."""
    content = _content(foresight, period) | {"law": _law(choice)} | more
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


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
