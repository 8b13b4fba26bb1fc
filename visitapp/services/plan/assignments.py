"""What a pair may know about its own visits: site, week and partner, never the day or time."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.notice import NoticeKind, NoticeLine, RotaNotice, SealedFile
from visitapp.domain.plan.planned import (
    Assignment,
    CalendarVisit,
    PlannedStanding,
    PlannedVisit,
    PlanState,
)
from visitapp.domain.records.record_kind import RecordKind
from visitapp.exchange.calendar_file import CalendarEntry, calendar_text
from visitapp.persistence import calendar_entries, notices, people, schemes
from visitapp.services.access import Access
from visitapp.services.plan.given_out import lines_of_notices, noticed
from visitapp.services.plan.plan_world import World, read_world
from visitapp.services.plan.rota import (
    pages_of,
    person_named,
    rota_cells,
    rota_words,
    sealed_sheets,
)
from visitapp.services.roles import MANAGER, changes, reads
from visitapp.services.saving import save_document

if TYPE_CHECKING:
    from visitapp.reporting.rota import RotaWords

NOTHING_IN_USE = "No plan for these weeks is in use, so nobody has been given a visit."
NO_MOMENT = (
    "The office knows no day and time of a visit in these weeks, or two pairs are asked for each: "
    "then sealed sheets have only the running week."
)


class AssignmentService:
    """Only the plan in use is handed out, never a draft."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER)
    def of(self, person_id: UUID, period: Period) -> tuple[Assignment, ...]:
        """A visitor's future visits in some weeks."""
        return tuple(
            assignment for assignment in self.all(period) if assignment.person_id == person_id
        )

    @reads(MANAGER, noted=RecordKind.PLAN)
    def all(self, period: Period) -> tuple[Assignment, ...]:
        """Everybody's, by name and then by week."""
        with self._access.database.reading() as connection:
            world = read_world(connection, self._access.today(), period)
            names = {scheme.id: scheme.name for scheme in schemes.schemes(connection)}
        assignments = [
            Assignment(
                visit_id=visit.id,
                person_id=person_id,
                visitor=world.names[person_id],
                scheme_name=names[visit.scheme_id],
                scheme_id=visit.scheme_id,
                site_id=visit.site_id,
                site_name=world.ground(visit.site_id).site.name,
                span=visit.span,
                partner=world.names[other],
                partner_id=other,
                two_pairs=world.ground(visit.site_id).policy.two_pairs,
            )
            for visit in handed_out(world)
            for person_id, other in (visit.pair, visit.pair[::-1])
        ]
        return tuple(
            sorted(assignments, key=lambda a: (a.visitor, a.person_id, a.span, a.site_name))
        )

    @reads(MANAGER)
    def people(self, period: Period) -> tuple[tuple[UUID, str], ...]:
        """Who has a visit in some weeks, or was sent one that has been withdrawn; by name."""
        visitors = dict.fromkeys(
            (assignment.person_id, assignment.visitor) for assignment in self.all(period)
        )
        with self._access.database.reading() as connection:
            world = read_world(connection, self._access.today(), period)
            before = calendar_entries.latest(connection)
        for person_id, name in world.names.items():
            if any(
                assignment.is_cancelled for assignment in _entries_now(world, person_id, before)
            ):
                visitors.setdefault((person_id, name))
        return tuple(sorted(visitors, key=lambda visitor: (visitor[1], visitor[0])))

    @changes(MANAGER)
    def write_sheets(
        self, period: Period, folder: Path, visit_id: UUID | None = None
    ) -> tuple[Path, ...]:
        """Write one page for each visitor with all their visits, or for the pair of one visit with
        that alone, as PDF files named after the visitor. Returns their paths. File names reveal
        neither site nor week.

        Raises BadInputError if nothing is handed out yet, or if a file exists.
        """
        from visitapp.reporting.assignment import assignment_pdf

        with self._access.database.reading() as connection:
            office = schemes.office(connection)
        chosen = [a for a in self.all(period) if visit_id in (None, a.visit_id)]
        sheets = pages_of(chosen, office, self._access.today())
        names = _names_of_files(page.visitor for page in sheets)
        pages = {
            folder / f"{name}.pdf": assignment_pdf(page)
            for name, page in zip(names, sheets, strict=True)
        }
        if not pages:
            raise BadInputError(NOTHING_IN_USE)
        _save_all(pages)
        self._note(chosen, NoticeKind.PAGE)
        return tuple(pages)

    @changes(MANAGER)
    def write_sealed(self, period: Period, folder: Path) -> tuple[SealedFile, ...]:
        """Write one sealed sheet for each visitor with the days and times that the office knows, as
        PDF files, each of which opens with a passphrase of its own. Where two pairs are asked for
        each week, only those of the running week: whether a pair is needed isn't for it to know
        before.

        Raises BadInputError if there is no such visit, or if a file exists.
        """
        from visitapp.reporting.sealed_sheet import sealed_pdf
        from visitapp.security.pdf_seal import PdfSeal, new_passphrase

        with self._access.database.reading() as connection:
            world = read_world(connection, self._access.today(), period)
            office = schemes.office(connection)
        known = {v.id: v for v in handed_out(world) if not v.is_of_pair}
        mine = [
            item
            for item in self.all(period)
            if item.visit_id in known and (not item.two_pairs or world.today in item.span)
        ]
        sheets = sealed_sheets(mine, known, office, world)
        if not sheets:
            raise BadInputError(NO_MOMENT)
        names = _names_of_files(sheet.visitor for sheet in sheets)
        files = [
            SealedFile(sheet.visitor, folder / f"{name}, sealed.pdf", new_passphrase())
            for name, sheet in zip(names, sheets, strict=True)
        ]
        _save_all(
            {
                file.path: sealed_pdf(sheet, PdfSeal(file.passphrase))
                for file, sheet in zip(files, sheets, strict=True)
            }
        )
        self._access.database.note_reading(RecordKind.MOMENT)
        self._note(mine, NoticeKind.SEALED)
        return tuple(files)

    @changes(MANAGER)
    def note_spoken(self, period: Period, visit_id: UUID) -> None:
        """Record that the pair of a visit was given its week in person or by telephone."""
        mine = [a for a in self.all(period) if a.visit_id == visit_id]
        if not mine:
            raise BadInputError(NOTHING_IN_USE)
        self._note(mine, NoticeKind.SPOKEN)

    def _note(self, assignments: Iterable[Assignment], kind: NoticeKind) -> None:
        now, by = self._access.now(), self._access.actor.name
        with self._access.database.transaction() as connection:
            notices.add(connection, (noticed(item, kind, now, by) for item in assignments))

    @reads(MANAGER, noted=RecordKind.PLAN)
    def given_out(self, period: Period) -> tuple[NoticeLine, ...]:
        """Who was given which visit or rota of some weeks, and when; first where something changed
        since, then what nobody was given yet."""
        assignments = self.all(period)
        with self._access.database.reading() as connection:
            today = self._access.today()
            world = read_world(connection, today, period)
            handed = notices.not_over(connection, today, period)
            rotas = notices.rotas_not_over(connection, today, period)
        return lines_of_notices(world, assignments, handed, rotas)

    @reads(MANAGER)
    def rota(self, period: Period, form: str, visitor: str = "") -> "tuple[RotaWords, RotaNotice]":
        """What the rota of the weeks of a period says, for everybody or for one visitor, and what
        is to be noted once it is handed out as a file of this form.

        Raises BadInputError if nothing is handed out yet, or if there is no such visitor.
        """
        weeks = Period(week_of(period.start).start, week_of(period.end).end)
        assignments = self.all(weeks)
        if not assignments:
            raise BadInputError(NOTHING_IN_USE)
        with self._access.database.reading() as connection:
            world = read_world(connection, self._access.today(), weeks)
            office = schemes.office(connection)
            reader = person_named(people.people(connection), visitor) if visitor else None
        reader_id = None if reader is None else reader.id
        cells, now = rota_cells(world, reader_id), self._access.now()
        notice = RotaNotice(reader_id, weeks, form, cells, now, self._access.actor.name)
        return rota_words(world, assignments, office, reader), notice

    @changes(MANAGER)
    def note_rota(self, notice: RotaNotice) -> None:
        """Record that a rota was handed out; a visitor's own begins with a page of their visits."""
        with self._access.database.transaction() as connection:
            notices.add_rota(connection, notice)
        if notice.person_id is not None:
            self._note(self.of(notice.person_id, notice.period), NoticeKind.PAGE)

    @changes(MANAGER)
    def write_calendar(
        self, person_id: UUID, period: Period, target: Path, *, site: bool, partner: bool
    ) -> None:
        """Write a visitor's visits as a calendar file. Each is a whole week, never a day or a time;
        the site and the partner's name are included only if wanted. Visits that an earlier file
        contained and that no longer apply are cancelled in it.

        Raises BadInputError if there is nothing to write.
        """
        mine = {assignment.visit_id: assignment for assignment in self.of(person_id, period)}
        with self._access.database.transaction() as connection:
            world = read_world(connection, self._access.today(), period)
            before = calendar_entries.latest(connection, person_id)
            latest = _entries_now(world, person_id, before)
            if not latest:
                raise BadInputError("This person has no visit in these weeks.")
            calendar_entries.save(connection, latest)
        entries = [
            CalendarEntry(
                uid=f"{uuid5(assignment.visit_id, str(person_id))}@visitapp",
                first=assignment.span.start,
                last=assignment.span.end,
                summary=f"Visit with {world.names[assignment.partner_id]}" if partner else "Visit",
                location=mine[assignment.visit_id].site_name
                if site and assignment.visit_id in mine
                else "",
                sequence=assignment.sequence,
                is_cancelled=assignment.is_cancelled,
            )
            for assignment in latest
        ]
        content = calendar_text(entries, self._access.now()).encode()
        save_document(target, content, force=True)
        self._note(mine.values(), NoticeKind.CALENDAR)


def handed_out(world: World) -> list[PlannedVisit]:
    """What visitors may know of: future visits of the plan in use that have both visitors."""
    held = {plan.id for plan in world.plans if plan.state is PlanState.CURRENT}
    standing = world.standings()
    return [
        visit
        for visit in world.active
        if visit.plan_id in held
        and len(visit.pair) == 2
        and standing[visit.id] is PlannedStanding.PLANNED
    ]


def _entries_now(
    world: World, person_id: UUID, before: Sequence[CalendarVisit]
) -> list[CalendarVisit]:
    """What somebody's calendar file contains today; `before` is what earlier ones contained."""
    known = {entry.visit_id: entry for entry in before if entry.person_id == person_id}
    now = [_entry(visit, person_id) for visit in handed_out(world) if person_id in visit.pair]
    entries = [_following(entry, known.get(entry.visit_id)) for entry in now]
    kept = {entry.visit_id for entry in now}
    gone = [
        replace(_entry(visit, person_id), is_cancelled=True)
        for visit in world.shown
        if visit.is_cancelled and person_id in visit.pair and len(visit.pair) == 2
    ]
    now_ids = {
        visit_id for visit_id, what in world.standings().items() if what is PlannedStanding.VISITED
    }
    gone += [replace(entry, is_cancelled=True) for entry in known.values()]
    for entry in {entry.visit_id: entry for entry in reversed(gone)}.values():
        in_sight = (
            entry.span.end >= max(world.today, world.period.start)
            and entry.span.start <= world.period.end
        )
        if in_sight and entry.visit_id not in kept | now_ids:
            was = known.get(entry.visit_id) or replace(entry, is_cancelled=False)
            entries.append(_following(entry, was))
    return sorted(entries, key=lambda entry: (entry.span, entry.visit_id))


def _entry(visit: PlannedVisit, person_id: UUID) -> CalendarVisit:
    (partner,) = (member for member in visit.pair if member != person_id)
    return CalendarVisit(visit.id, person_id, visit.scheme_id, partner, visit.span)


def _following(now: CalendarVisit, before: CalendarVisit | None) -> CalendarVisit:
    """With the sequence number that tells a calendar whether anything has changed."""
    if before is None:
        return now
    same = replace(now, sequence=before.sequence) == before
    return replace(now, sequence=before.sequence + (not same))


def _save_all(pages: Mapping[Path, bytes]) -> None:
    taken = next((path for path in pages if path.exists()), None)
    if taken is not None:
        raise BadInputError(f"{taken} already exists. Choose an empty folder.")
    for path, content in pages.items():
        save_document(path, content)


def _names_of_files(visitors: Iterable[str]) -> Iterator[str]:
    """The name of the file of each page; of people of one name the second has a number."""
    numbers: Counter[str] = Counter()
    for visitor in visitors:
        name = _file_name(visitor)
        numbers[name.casefold()] += 1
        again = numbers[name.casefold()]
        yield f"{name} {again}" if again > 1 else name


def _file_name(name: str) -> str:
    return re.sub(r"[^\w .'-]", "", name).strip(" .") or "Visitor"
