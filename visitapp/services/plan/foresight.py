"""How predictable were we? Judged from the visits that were made, by nobody's opinion."""

import json
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.plan.bars import Audit
from visitapp.domain.plan.foresight import Caught, Foresight, Guess, Outlook
from visitapp.domain.plan.planned import PlannedStanding
from visitapp.persistence import counting, schemes
from visitapp.persistence.places import places
from visitapp.services.access import Access

if TYPE_CHECKING:
    from visitapp.services.plan.plan_world import World


class ForesightService:
    """What somebody who watched a site could have known."""

    def __init__(self, access: Access, random: Random) -> None:
        self._access, self._random = access, random

    def history(self, site_id: UUID, period: Period) -> Foresight:
        """A site's visits of a period, as the best of several watchers could have guessed
        them day by day. Raises BadInputError for a site that is not in the file."""
        from visitapp.planning.judging import Made, judge_history, monthly, weekly

        with self._access.database.reading() as connection:
            site = next((s for s in schemes.sites(connection) if s.id == site_id), None)
            if site is None:
                raise BadInputError("This site is no longer in the file.")
            scheme = schemes.scheme(connection, site.scheme_id)
            (place,) = places(connection, [site_id])
            found = counting.arrivals(connection, period, place)
        calendar = weekly if scheme.kind is Kind.CUSTODY else monthly
        visits = [Made(day, minute) for day, minute in found]
        return judge_history(site.name, visits, period, calendar(place.grid))

    def plan(self, period: Period) -> tuple[Audit, ...]:
        """The planned visits of some weeks site by site, as the strongest insider could know
        them who has seen every past visit and this program, but not the draw."""
        from visitapp.planning.auditing import Watched, audit
        from visitapp.planning.judging import Made

        world = self._world(period)
        found = []
        for ground in world.grounds:
            spans = tuple(ground.spans(period))
            mine = [visit for visit in world.active if visit.site_id == ground.site.id]
            made = tuple(
                Made(one.day, one.minute)
                for one in world.past_visits
                if one.site_id == ground.site.id
            )
            coming = tuple(v for v in mine if world.standings()[v.id] is PlannedStanding.PLANNED)
            watched = Watched(ground, spans, coming, made, world.tally(ground))
            found.append(audit(watched, world.volunteers))
        return tuple(one for one in found if one is not None)

    def plan_json(self, site_id: UUID, period: Period) -> str:
        """One site's planned visits judged, as JSON.

        Raises BadInputError where nothing is planned for it.
        """
        found = next((one for one in self.plan(period) if one.site_id == site_id), None)
        if found is None:
            raise BadInputError("There are no planned visits to this site in these weeks.")
        content = _content(found.foresight, period) | {"broken": list(found.broken)}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def outlooks(self, period: Period) -> tuple[Outlook, ...]:
        """Timeslots visited by the end of the reporting year if a plan is kept to, site by
        site, by simulating the weeks after it."""
        from visitapp.planning.outlook import outlook

        world = self._world(period)
        found = []
        for ground in world.grounds:
            spans = ground.spans(period)
            if spans and any(visit.site_id == ground.site.id for visit in world.active):
                found.append(outlook(ground, world.tally(ground), spans[-1], self._random))
        return tuple(found)

    def _world(self, period: Period) -> "World":
        from visitapp.services.plan.plan_world import read_world

        self._access.must_manage()
        with self._access.database.reading() as connection:
            return read_world(connection, self._access.today(), period)


def foresight_json(found: Foresight, period: Period) -> str:
    """Shares from 0 to 1 with three decimals; null where nothing is known."""
    return json.dumps(_content(found, period), ensure_ascii=False, indent=2) + "\n"


def _content(found: Foresight, period: Period) -> dict[str, Any]:
    return {
        "site": found.site_name,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()},
        "visits": found.visits,
        "days": found.days,
        "exact": found.is_exact,
        "alert_day": _guess(found.day) | {"floor": _share(found.floor_day)},
        "alert_shift": _guess(found.shift),
        "next_cell": _guess(found.cell),
        "safe_days": _share(found.safe_days if found.visits else None),
        "rota_leaked": {
            "alert_day": _caught(found.leaked_day),
            "safe_days": _share(found.leaked_safe if found.visits else None),
        },
        "watchers": list(found.watchers),
        "left_out": list(found.left_out),
        "sentence": found.sentence,
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


def _guess(guess: Guess) -> dict[str, Any]:
    return _caught(guess.caught) | {"chance": _share(guess.chance), "watcher": guess.watcher}
