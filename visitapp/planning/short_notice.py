"""A visit later on the same day, instead of one that is cancelled when no other day is left."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random
from uuid import UUID

from visitapp.domain.period import Period
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import FreeTime, Volunteer
from visitapp.planning.making import law_of, placed_visits
from visitapp.planning.reach import Ground
from visitapp.planning.tally import Tally

NOTICE = 120
"""Minutes from asking two people to the visit that they make instead of others."""


def later_today(
    ground: Ground,
    plan_id: UUID,
    span: Period,
    tally: Tally,
    people: Sequence[Volunteer],
    today: date,
    now: int,
    random: Random,
) -> PlannedVisit | None:
    """A visit at one of the times that are left of `today` after the minute `now`, drawn by the law
    among those at which two people can go; None if there are none."""
    at_hand = [_free_from(who, today.weekday(), now + NOTICE) for who in people]
    options = [
        cells if day == (today - span.start).days else ()
        for day, cells in enumerate(ground.options(span, at_hand, today))
    ]
    law = law_of(ground.in_each_week, span, options, tally)
    if law is None:
        return None
    return placed_visits(ground, plan_id, span, law, tally, at_hand, random)[0]


def _free_from(who: Volunteer, weekday: int, minute: int) -> Volunteer:
    """The same person, on that weekday free only from a minute on."""
    return replace(
        who,
        free=tuple(
            FreeTime(part.weekday, max(part.start, minute), part.end)
            if part.weekday == weekday
            else part
            for part in who.free
            if part.weekday != weekday or part.end > minute
        ),
    )
