"""What a pair is told of its own visits: site, week and partner, never the day or time."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period, span_words
from visitapp.domain.plan.planned import Assignment, PlannedStanding, PlannedVisit, PlanState, Told
from visitapp.exchange.calendar_file import CalendarEntry, calendar_text
from visitapp.persistence import calendar_entries, schemes
from visitapp.services.access import Access
from visitapp.services.plan.plan_world import World, read_world
from visitapp.services.saving import save_document

if TYPE_CHECKING:
    from visitapp.reporting.assignment import AssignmentWords


class AssignmentService:
    """Of the plan that holds; a draft is handed to nobody."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def of(self, person_id: UUID, period: Period) -> tuple[Assignment, ...]:
        """A visitor's visits to come in some weeks."""
        return tuple(one for one in self.all(period) if one.person_id == person_id)

    def all(self, period: Period) -> tuple[Assignment, ...]:
        """Everybody's, by name and then by week."""
        self._access.must_manage()
        with self._access.database.reading() as connection:
            world = read_world(connection, self._access.today(), period)
            names = {scheme.id: scheme.name for scheme in schemes.schemes(connection)}
        found = [
            Assignment(
                visit_id=visit.id,
                person_id=one,
                visitor=world.names[one],
                scheme_name=names[visit.scheme_id],
                site_name=world.ground(visit.site_id).site.name,
                span=visit.span,
                partner=world.names[other],
            )
            for visit in _given(world)
            for one, other in (visit.pair, visit.pair[::-1])
        ]
        return tuple(sorted(found, key=lambda a: (a.visitor, a.person_id, a.span, a.site_name)))

    def people(self, period: Period) -> tuple[tuple[UUID, str], ...]:
        """Who is given a visit in some weeks, or was told of one that is taken back, by name."""
        found = dict.fromkeys((one.person_id, one.visitor) for one in self.all(period))
        with self._access.database.reading() as connection:
            world = read_world(connection, self._access.today(), period)
            before = calendar_entries.latest(connection)
        for person_id, name in world.names.items():
            if any(one.is_cancelled for one in _told_now(world, person_id, before)):
                found.setdefault((person_id, name))
        return tuple(sorted(found, key=lambda one: (one[1], one[0])))

    def write_sheets(
        self, period: Period, folder: Path, visit_id: UUID | None = None
    ) -> tuple[Path, ...]:
        """One page for each visitor and visit, or for the pair of one visit, as PDF files named
        after the visitor; which were written. Names of files tell neither site nor week.

        Raises BadInputError where nothing is handed out yet, or a file is there already.
        """
        from visitapp.reporting.assignment import assignment_pdf

        pages = {
            folder / f"{name}.pdf": assignment_pdf(words)
            for one, name, words in self._sheets(period)
            if visit_id in (None, one.visit_id)
        }
        if not pages:
            raise BadInputError(
                "No plan for these weeks is in use, so nobody has been given a visit."
            )
        taken = next((path for path in pages if path.exists()), None)
        if taken is not None:
            raise BadInputError(f"{taken} already exists. Choose an empty folder.")
        for path, content in pages.items():
            save_document(path, content)
        return tuple(pages)

    def _sheets(self, period: Period) -> "Iterator[tuple[Assignment, str, AssignmentWords]]":
        """Each assignment with the name of its file, numbered for each name, and its words."""
        from visitapp.reporting.assignment import AssignmentWords

        with self._access.database.reading() as connection:
            office = schemes.office(connection)
        numbers: Counter[str] = Counter()
        for one in self.all(period):
            name = _file_name(one.visitor)
            numbers[name.casefold()] += 1
            words = AssignmentWords(
                office=office.name if office else "",
                scheme=one.scheme_name,
                visitor=one.visitor,
                partner=one.partner,
                site=one.site_name,
                span=span_words(one.span),
                handed_out=self._access.today(),
            )
            yield one, f"{name} {numbers[name.casefold()]}", words

    def write_calendar(
        self, person_id: UUID, period: Period, target: Path, *, site: bool, partner: bool
    ) -> None:
        """Write a visitor's visits as a calendar file: each as its whole week, never a day or a
        time; the site and the partner's name only where they are wanted in it. What an earlier
        file told and does not hold any more is cancelled in it.

        Raises BadInputError where there is nothing to write.
        """
        mine = {one.visit_id: one for one in self.of(person_id, period)}
        with self._access.database.transaction() as connection:
            world = read_world(connection, self._access.today(), period)
            before = calendar_entries.latest(connection, person_id)
            told = _told_now(world, person_id, before)
            if not told:
                raise BadInputError("This person has no visit in these weeks.")
            calendar_entries.save(connection, told)
        entries = [
            CalendarEntry(
                uid=f"{uuid5(one.visit_id, str(person_id))}@visitapp",
                first=one.span.start,
                last=one.span.end,
                summary=f"Visit with {world.names[one.partner_id]}" if partner else "Visit",
                location=mine[one.visit_id].site_name if site and one.visit_id in mine else "",
                sequence=one.sequence,
                is_cancelled=one.is_cancelled,
            )
            for one in told
        ]
        content = calendar_text(entries, self._access.now()).encode()
        save_document(target, content, force=True)


def _given(world: World) -> list[PlannedVisit]:
    """Visits to come of the plan in use that have both visitors."""
    held = {plan.id for plan in world.plans if plan.state is PlanState.CURRENT}
    standing = world.standings()
    return [
        visit
        for visit in world.active
        if visit.plan_id in held
        and len(visit.pair) == 2
        and standing[visit.id] is PlannedStanding.PLANNED
    ]


def _told_now(world: World, person_id: UUID, before: Sequence[Told]) -> list[Told]:
    """What a calendar file of today tells a person; `before` is what earlier ones told."""
    known = {one.visit_id: one for one in before if one.person_id == person_id}
    now = [_told(visit, person_id) for visit in _given(world) if person_id in visit.pair]
    found = [_following(one, known.get(one.visit_id)) for one in now]
    kept = {one.visit_id for one in now}
    gone = [
        replace(_told(visit, person_id), is_cancelled=True)
        for visit in world.shown
        if visit.is_cancelled and person_id in visit.pair and len(visit.pair) == 2
    ]
    made = {
        visit_id for visit_id, what in world.standings().items() if what is PlannedStanding.VISITED
    }
    gone += [replace(one, is_cancelled=True) for one in known.values()]
    for one in {one.visit_id: one for one in reversed(gone)}.values():
        in_sight = (
            one.span.end >= max(world.today, world.period.start)
            and one.span.start <= world.period.end
        )
        if in_sight and one.visit_id not in kept | made:
            was = known.get(one.visit_id) or replace(one, is_cancelled=False)
            found.append(_following(one, was))
    return sorted(found, key=lambda one: (one.span, one.visit_id))


def _told(visit: PlannedVisit, person_id: UUID) -> Told:
    (partner,) = (one for one in visit.pair if one != person_id)
    return Told(visit.id, person_id, visit.scheme_id, partner, visit.span)


def _following(now: Told, before: Told | None) -> Told:
    """With the number that tells a calendar whether anything changed."""
    if before is None:
        return now
    same = replace(now, sequence=before.sequence) == before
    return replace(now, sequence=before.sequence + (not same))


def _file_name(name: str) -> str:
    return re.sub(r"[^\w .'-]", "", name).strip(" .") or "Visitor"
