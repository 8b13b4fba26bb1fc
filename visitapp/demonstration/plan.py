"""The plan in use of the demonstration's next quarter, drawn once: what is made in many copies
draws nothing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitapp.demonstration.source import day_of, demonstration_id, minute_of, read
from visitapp.domain.office.grid import Grid
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import Site, usual_target
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.plan.planned import Plan, PlannedVisit, PlanState
from visitapp.persistence import plans
from visitapp.persistence.database import Connection


@dataclass(frozen=True, slots=True)
class DemonstrationPlan:
    """A plan with its visits."""

    plan: Plan
    visits: tuple[PlannedVisit, ...]


def write_plan(connection: Connection, planned: DemonstrationPlan) -> None:
    """Write the plan and its visits."""
    plans.save_plan(connection, planned.plan)
    plans.save_visits(connection, planned.visits)


def demonstration_plan(
    schemes: Mapping[Kind, Scheme],
    grids: Mapping[Kind, Grid],
    sites: Sequence[Site],
    people: Sequence[Person],
    made_by: str,
) -> DemonstrationPlan:
    """The plan, made from its file."""
    content = read("plan")
    plan = Plan(
        id=demonstration_id("plan"),
        start=day_of(content["first_week"]),
        weeks=content["weeks"],
        state=PlanState.CURRENT,
        made_at=datetime.fromisoformat(content["made_at"]),
        made_by=made_by,
        proven=content["proven"],
    )
    kinds = {scheme.id: kind for kind, scheme in schemes.items()}
    known = {site.name: (site, grids[kinds[site.scheme_id]]) for site in sites}
    ids = {person.name: person.id for person in people}
    return DemonstrationPlan(plan, tuple(_visits(plan, content["visits"], known, ids)))


def _visits(
    plan: Plan,
    entries: Iterable[tuple[str, str, str, list[str], str]],
    known: Mapping[str, tuple[Site, Grid]],
    ids: Mapping[str, UUID],
) -> Iterator[PlannedVisit]:
    for site_name, day_text, time, visitors, law in entries:
        (site, grid), day, minute = known[site_name], day_of(day_text), minute_of(time)
        slot = grid.timeslot_at(day.weekday(), minute)
        assert slot is not None
        yield PlannedVisit(
            id=demonstration_id("planned", site_name, day_text),
            plan_id=plan.id,
            scheme_id=site.scheme_id,
            site_id=site.id,
            span=usual_target(site.kind).span_of(day),
            day=day,
            minute=minute,
            cell=slot.row * len(grid.bands) + slot.column,
            pair=tuple(ids[name] for name in visitors),
            law=VisitLaw(law),
        )
