"""What a pair is told of its own visits: site, week and partner, never the day or time."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.planned import Assignment, PlanState, Standing, span_words
from visitapp.paths import write_private, writing
from visitapp.persistence import schemes
from visitapp.services.access import Access
from visitapp.services.plan_world import World, read_world

_LONGEST_LINE = 75


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
        held = {plan.id for plan in world.plans if plan.state is PlanState.CURRENT}
        standing = world.standings()
        found = [
            Assignment(
                person_id=one,
                site_name=world.ground(visit.site_id).site.name,
                span=visit.span,
                partner=world.names[other],
            )
            for visit in world.active
            if visit.plan_id in held
            and len(visit.pair) == 2
            and standing[visit.id] is Standing.PLANNED
            for one, other in (visit.pair, visit.pair[::-1])
        ]
        return tuple(sorted(found, key=lambda a: (world.names[a.person_id], a.span, a.site_name)))

    def write_sheets(self, period: Period, folder: Path) -> tuple[Path, ...]:
        """One page for each visitor and visit, as PDF files named after the visitor; which
        were written. Names of files tell neither site nor week.

        Raises BadInputError where nothing is handed out yet, or a file is there already.
        """
        from visitapp.reporting.assignment import AssignmentWords, assignment_pdf

        assignments = self.all(period)
        if not assignments:
            raise BadInputError("No plan of these weeks is in use, so nobody is given a visit.")
        world = self._names(period)
        numbers: dict[UUID, int] = {}
        pages: dict[Path, bytes] = {}
        for one in assignments:
            number = numbers[one.person_id] = numbers.get(one.person_id, 0) + 1
            name = world[0].names[one.person_id]
            words = AssignmentWords(
                office=world[1],
                scheme="Visits",
                visitor=name,
                partner=one.partner,
                site=one.site_name,
                span=span_words(one.span),
                handed_out=self._access.today(),
            )
            pages[folder / f"{_file_name(name)} {number}.pdf"] = assignment_pdf(words)
        taken = next((path for path in pages if path.exists()), None)
        if taken is not None:
            raise BadInputError(f"{taken} is there already; choose an empty folder.")
        for path, content in pages.items():
            with writing(path):
                write_private(path, content)
        return tuple(pages)

    def write_calendar(
        self, person_id: UUID, period: Period, target: Path, days: dict[int, date] | None = None
    ) -> None:
        """Write a visitor's visits as a calendar file: each week as days on end, or the day
        that the pair chose to put in it (by its place in `of`). Never a time.

        Raises BadInputError for a day outside the week, or where there is nothing to write.
        """
        assignments = self.of(person_id, period)
        if not assignments:
            raise BadInputError("No visit of these weeks is given to this person.")
        content = calendar(assignments, days or {}, self._access.now())
        with writing(target):
            write_private(target, content.encode())

    def _names(self, period: Period) -> tuple[World, str]:
        with self._access.database.reading() as connection:
            office = schemes.office(connection)
            world = read_world(connection, self._access.today(), period)
        return world, office.name if office else ""


def _file_name(name: str) -> str:
    return re.sub(r"[^\w .'-]", "", name).strip(" .") or "Visitor"


def calendar(assignments: tuple[Assignment, ...], days: dict[int, date], made_at: datetime) -> str:
    """An iCalendar text (RFC 5545) of whole days; lines end with CR LF and are folded."""
    stamp = made_at.replace(tzinfo=UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//visitapp//visits//EN"]
    for number, one in enumerate(assignments):
        first, last = one.span.start, one.span.end
        chosen = days.get(number)
        if chosen is not None:
            if chosen not in one.span:
                raise BadInputError("The day lies outside the week of the visit.")
            first = last = chosen
        lines += [
            "BEGIN:VEVENT",
            f"UID:{uuid5(one.person_id, f'{one.span.start}/{number}')}@visitapp",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_escaped(f'Visit with {one.partner}')}",
            "TRANSP:TRANSPARENT",
            "CLASS:PRIVATE",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{line}\r\n" for whole in lines for line in _folded(whole))


def _escaped(words: str) -> str:
    return re.sub(r"([\\;,])", r"\\\1", words).replace("\n", "\\n")


def _folded(line: str) -> list[str]:
    """Lines of at most 75 bytes, those after the first begun with a space."""
    parts = [""]
    for letter in line:
        if len((parts[-1] + letter).encode()) > _LONGEST_LINE:
            parts.append(" ")
        parts[-1] += letter
    return parts
