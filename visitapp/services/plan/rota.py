"""The rota to print: who visits which site in which week; and the pages of visitors."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import clock
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Office
from visitapp.domain.period import Period, span_words, week_of
from visitapp.domain.plan.notice import RotaCell
from visitapp.domain.plan.planned import Assignment, PlannedStanding, PlannedVisit, PlanState
from visitapp.domain.text.wording import dates, joined, short_date
from visitapp.planning.reach import Ground
from visitapp.services.plan.plan_world import World

if TYPE_CHECKING:
    from visitapp.reporting.assignment import VisitorPage
    from visitapp.reporting.rota import RotaTable, RotaWords
    from visitapp.reporting.sealed_sheet import SealedSheet

_Listed = dict[tuple[UUID, Period], list[PlannedVisit]]
_UNITS = {7: "Week", 14: "Fortnight"}


def rota_words(
    world: World, assignments: Sequence[Assignment], office: Office | None, reader: Person | None
) -> "RotaWords":
    """What the rota of the world's weeks says, for everybody or for one reader, with their page.

    A site is listed with as many pairs for each week as everybody knows it asks for, however many
    visits the week has; a week whose visit has been made stays, and sites that can have weeks
    without a visit are left out.
    """
    from visitapp.reporting.rota import RotaWords

    mine = () if reader is None else (a for a in assignments if a.person_id == reader.id)
    return RotaWords(
        office=office.name if office else "",
        period=dates(max(world.period.start, week_of(world.today).start), world.period.end),
        as_at=world.today,
        tables=tuple(_tables(world, None if reader is None else reader.id)),
        reader="" if reader is None else reader.name,
        page=next(iter(pages_of(mine, office, world.today)), None),
        unlisted=tuple(ground.site.name for ground in world.grounds if ground.may_be_empty),
    )


def pages_of(
    assignments: Iterable[Assignment], office: Office | None, today: date
) -> "tuple[VisitorPage, ...]":
    """The pages of visitors, in the order of their names if the assignments are."""
    from visitapp.reporting.assignment import AssignmentWords, VisitorPage

    visits: dict[tuple[UUID, str], list[AssignmentWords]] = {}
    for assignment in assignments:
        words = AssignmentWords(
            scheme=assignment.scheme_name,
            site=assignment.site_name,
            span=span_words(assignment.span),
            partner=assignment.partner,
            two_pairs=assignment.two_pairs,
        )
        visits.setdefault((assignment.person_id, assignment.visitor), []).append(words)
    return tuple(
        VisitorPage(office.name if office else "", visitor, tuple(mine), today)
        for (_, visitor), mine in visits.items()
    )


def sealed_sheets(
    assignments: Iterable[Assignment],
    visits: Mapping[UUID, PlannedVisit],
    office: Office | None,
    world: World,
) -> "tuple[SealedSheet, ...]":
    """The sheets of visitors with the days and times of their visits, in their order. A pair that
    is stood down has none."""
    from visitapp.reporting.sealed_sheet import SealedSheet

    mine: dict[tuple[UUID, str], list[tuple[date, int, tuple[str, str, str, str]]]] = {}
    for item in assignments:
        visit = visits[item.visit_id]
        drawn = visit.drawn
        when = (short_date(drawn.day), clock(drawn.minute))
        if visit.is_stood_down:
            when = (span_words(visit.span), "Not needed")
        order = visit.span.start if visit.is_stood_down else drawn.day
        words = (*when, item.site_name, item.partner)
        mine.setdefault((item.person_id, item.visitor), []).append((order, drawn.minute, words))
    week_by_week = tuple(g.site.name for g in world.grounds if g.policy.two_pairs)
    return tuple(
        SealedSheet(
            office.name if office else "",
            visitor,
            tuple(words for _, _, words in sorted(visits_of_it)),
            world.today,
            week_by_week,
        )
        for (_, visitor), visits_of_it in mine.items()
    )


def person_named(register: Sequence[Person], name: str) -> Person:
    """The person of this name, or whom they count as. Raises BadInputError if there is none or more
    than one."""
    wanted = " ".join(name.split()).casefold()
    named = [person for person in register if person.name.casefold() == wanted]
    if len(named) != 1:
        known = "Several people are" if named else "Nobody is"
        raise BadInputError(f"{known} called {name} in the register.")
    wanted_id = named[0].same_as or named[0].id
    return next(person for person in register if person.id == wanted_id)


def _tables(world: World, reader_id: UUID | None) -> "Iterator[RotaTable]":
    """Sites side by side whose spans are the same, a few in each table."""
    from visitapp.reporting.rota import MOST_SITES, RotaTable

    listed = _listed(world)
    by_spans: dict[tuple[Period, ...], list[Ground]] = {}
    for ground in world.grounds:
        spans = tuple(s for s in ground.spans(world.period) if s.end >= world.today)
        if spans and not ground.may_be_empty:
            by_spans.setdefault(spans, []).append(ground)
    for spans, grounds in by_spans.items():
        for at in range(0, len(grounds), MOST_SITES):
            beside = grounds[at : at + MOST_SITES]
            rows = tuple(
                (
                    span_words(span),
                    *(_in_words(world, _pairs(g, span, listed, reader_id)) for g in beside),
                )
                for span in spans
            )
            unit = _UNITS.get(spans[0].days, "Month")
            yield RotaTable(unit, tuple(ground.site.name for ground in beside), rows)


def _listed(world: World) -> _Listed:
    """Visits of the plan in use with both visitors, made or to be made, by site and span."""
    held = {plan.id for plan in world.plans if plan.state is PlanState.CURRENT}
    standing = world.standings()
    known = (PlannedStanding.PLANNED, PlannedStanding.VISITED)
    listed: _Listed = {}
    for visit in world.active:
        if visit.plan_id in held and len(visit.pair) == 2 and standing[visit.id] in known:
            listed.setdefault((visit.site_id, visit.span), []).append(visit)
    return listed


def rota_cells(world: World, reader_id: UUID | None) -> tuple[RotaCell, ...]:
    """The pairs that the rota shows for each site and span of the world's weeks."""
    listed = _listed(world)
    return tuple(
        RotaCell(ground.site.id, span, frozenset(_pairs(ground, span, listed, reader_id)))
        for ground in world.grounds
        if not ground.may_be_empty
        for span in ground.spans(world.period)
        if span.end >= world.today
    )


def _pairs(
    ground: Ground, span: Period, listed: _Listed, reader_id: UUID | None
) -> list[tuple[UUID, ...]]:
    """The pairs of a site in a span, the reader's own first: never more than everybody knows that
    the site asks for. Visits come in an order that says nothing of their days."""
    pairs = dict.fromkeys(
        tuple(sorted(visit.pair)) for visit in listed.get((ground.site.id, span), ())
    )
    most = 2 if ground.policy.two_pairs else max(1, ground.policy.least)
    return sorted(pairs, key=lambda pair: reader_id not in pair)[:most]


def _in_words(world: World, pairs: Iterable[tuple[UUID, ...]]) -> str:
    names = (joined(sorted(world.names[person_id] for person_id in pair)) for pair in pairs)
    return "; ".join(names)
