"""How predictable were we? Judged from the visits that were made, by nobody's opinion."""

import json
from typing import Any
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.foresight import Caught, Foresight, Guess
from visitapp.domain.period import Period
from visitapp.domain.scheme import Kind
from visitapp.persistence import counting, schemes
from visitapp.persistence.places import places
from visitapp.services.access import Access


class ForesightService:
    """What somebody who watched a site could have known."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def history(self, site_id: UUID, period: Period) -> Foresight:
        """A site's visits of a period, as the best of several watchers could have guessed
        them day by day. Raises BadInputError for a site that is not in the file."""
        from visitapp.planning.judging import Made, judge_history, monthly, weekly

        with self._access.database.reading() as connection:
            site = next((s for s in schemes.sites(connection) if s.id == site_id), None)
            if site is None:
                raise BadInputError("This site is not in the file.")
            scheme = schemes.scheme(connection, site.scheme_id)
            (place,) = places(connection, [site_id])
            found = counting.arrivals(connection, period, place)
        calendar = weekly if scheme.kind is Kind.CUSTODY else monthly
        visits = [Made(day, minute) for day, minute in found]
        return judge_history(site.name, visits, period, calendar(place.grid))

    def history_json(self, site_id: UUID, period: Period) -> str:
        """The same as JSON."""
        return foresight_json(self.history(site_id, period), period)


def foresight_json(found: Foresight, period: Period) -> str:
    """Shares from 0 to 1 with three decimals; null where nothing is known."""
    content = {
        "site": found.site_name,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()},
        "visits": found.visits,
        "days": found.days,
        "exact": found.is_exact,
        "alert_day": _guess(found.day) | {"floor": _share(found.floor_day)},
        "alert_shift": _guess(found.shift),
        "next_cell": _guess(found.cell),
        "safe_days": _share(found.safe_days),
        "rota_leaked": {
            "alert_day": _caught(found.leaked_day),
            "safe_days": _share(found.leaked_safe),
        },
        "sentence": found.sentence,
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _share(value: float | None) -> float | None:
    return None if value is None else round(value, 3)


def _caught(caught: Caught) -> dict[str, Any]:
    return {
        "caught": _share(caught.share),
        "low": _share(caught.low),
        "high": _share(caught.high),
        "of_visits": caught.visits,
    }


def _guess(guess: Guess) -> dict[str, Any]:
    return _caught(guess.caught) | {"chance": _share(guess.chance), "watcher": guess.watcher}
