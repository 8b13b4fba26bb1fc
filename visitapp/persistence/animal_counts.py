"""Counts the animals of reports in SQL, by species and by what was found of each."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, String, case, func, select, type_coerce

from visitapp.domain.office.site import SiteKind
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.counting import Scope


class SeenAs(NamedTuple):
    """What a report says of animals. `species` is from the row about the animal, else from the
    register, else that of most animals at such a site. `injury` and `recovered` are answers in the
    row; None without one."""

    outcome: str
    species: str
    injury: str | None
    recovered: str | None


AnimalCounts = Mapping[UUID, Counter[SeenAs]]
"""Numbers of animals by the id of the site."""


def animals_by_site(connection: Connection, scope: Scope) -> AnimalCounts:
    """All animals at counted visits, whether they were seen or not."""
    usual = case(
        *((t.site.c.kind == kind.value, kind.usual_species) for kind in SiteKind),
        else_=SiteKind.KENNELS.usual_species,
    )
    grouped = (
        t.visit.c.site_id,
        t.outcome_count.c.outcome,
        func.coalesce(_answer("species"), func.nullif(rt.animal.c.species, ""), usual),
        _answer("injury_kind"),
        _answer("injury_recovered"),
    )
    query = (
        select(*grouped, func.sum(t.outcome_count.c.number))
        .select_from(
            t.outcome_count.join(t.visit, t.visit.c.id == t.outcome_count.c.visit_id)
            .join(t.site, t.site.c.id == t.visit.c.site_id)
            .outerjoin(rt.report_row, rt.report_row.c.count_id == t.outcome_count.c.id)
            .outerjoin(rt.animal, rt.animal.c.id == rt.report_row.c.animal_id)
        )
        .where(*scope.attempted())
        .group_by(*grouped)
    )
    by_site: dict[UUID, Counter[SeenAs]] = defaultdict(Counter)
    for site_id, *seen_as, number in connection.execute(query):
        by_site[site_id][SeenAs(*seen_as)] += int(number)
    return by_site


def _answer(key: str) -> ColumnElement[Any]:
    """The answer in a row of a report; NULL without one, or if the row can't be read."""
    answers = rt.report_row.c.answers
    taken = case((func.json_valid(answers) == 1, func.json_extract(answers, f"$.{key}")))
    return func.nullif(type_coerce(taken, String()), "")
