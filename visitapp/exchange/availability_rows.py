"""Turns the rows of a sheet of availability into what is entered of each person, or into
problems."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.importing import AVAILABILITY_SHEET, ImportProblem
from visitapp.domain.office.grid import WEEKDAYS, clock
from visitapp.domain.office.people import Person
from visitapp.domain.register_import import AvailabilityPlan, FreeEntry, PartOfWeek
from visitapp.domain.text.wording import joined
from visitapp.exchange.likely_names import in_order
from visitapp.exchange.lines import ImportLine, lines_of
from visitapp.exchange.names import KnownRecords
from visitapp.exchange.people_rows import no_name, note_of, person_named
from visitapp.exchange.sheets import ImportSheet
from visitapp.exchange.weekly import DAYS, bands_of_key, exact_bands, is_open_to_doubt, times_of_row

_NO_DAYS = "No column has the days. Match the columns with days of the week."
_DAY_LONG = (0, 24 * 60)


class AvailabilityChecker:
    """`known_parts` is what is entered already; it is replaced if `replaces`. `words` says which
    timeslots a word for a time means."""

    def __init__(
        self,
        known: KnownRecords,
        known_parts: Mapping[UUID, frozenset[PartOfWeek]],
        words: Mapping[str, str],
        *,
        replaces: bool,
    ) -> None:
        self._known, self._parts, self._words = known, known_parts, words
        self._replaces = replaces
        self._unknown: dict[str, None] = {}
        self._doubted: set[str] = set()

    def plan(self, sheet: ImportSheet, source: str) -> AvailabilityPlan:
        """What the rows of a sheet would do. Several rows of a person add up."""
        lines = lines_of(sheet)
        of_person: dict[UUID, tuple[Person, list[ImportLine], set[PartOfWeek]]] = {}
        for line in lines:
            person = self._person(line)
            free = self._free(line)
            if person is not None:
                _, own, parts = of_person.setdefault(person.id, (person, [], set()))
                own.append(line)
                parts |= free
        entries: list[FreeEntry] = []
        notes: list[ImportProblem] = []
        unchanged = 0
        for person, own, parts in of_person.values():
            if any(line.problems for line in own):
                continue
            before = self._parts.get(person.id, frozenset())
            if not self._is_new(own[0], before, parts):
                unchanged += 1
                continue
            instead = f", instead of {week_words(before)}" if before else ""
            notes.append(note_of(own[0], f"{person.name}: {week_words(parts)}{instead}."))
            entries.append(FreeEntry(person.id, person.name, tuple(sorted(parts)), before))
        return AvailabilityPlan(
            source=source,
            notes=tuple(notes),
            problems=(*_of_sheet(sheet), *(p for line in lines for p in line.problems)),
            warnings=(*sheet.warnings, *(w for line in lines for w in line.warnings)),
            unknown_people=tuple(self._unknown),
            unchanged=unchanged,
            bad_rows=sum(1 for line in lines if line.problems),
            entries=tuple(entries),
        )

    def _person(self, line: ImportLine) -> Person | None:
        if "name" not in line.values:
            return None
        name = in_order(line.values["name"])
        if not name:
            line.problem("name", no_name(line))
            return None
        try:
            person = person_named(self._known, name)
        except BadInputError as error:
            line.problem("name", str(error))
            return None
        if person is None:
            self._unknown.setdefault(name)
            line.problem("name", f"There is nobody called {name} in the register of people.")
        return person

    def _free(self, line: ImportLine) -> set[PartOfWeek]:
        parts: set[PartOfWeek] = set()
        bands = self._known.bands
        try:
            for day, word in times_of_row(line.row.cells):
                key = exact_bands(word, bands)
                if key is None:
                    key = self._words.get(word)
                elif is_open_to_doubt(word) and word not in self._doubted:
                    self._doubted.add(word)
                    line.warn("time", f"“{word}” is read as {key.replace('-', ' to ')}.")
                own = bands_of_key(key or "", bands)
                if not own and key != "" and "time" not in line.failed:
                    sentence = f"Which timeslots are “{word}”? Choose them under Match (--match)."
                    line.problem("time", sentence)
                parts |= {(day, band.start, band.end) for band in own}
        except BadInputError as error:
            line.problem("day", str(error))
        return parts

    def _is_new(
        self, line: ImportLine, before: frozenset[PartOfWeek], parts: set[PartOfWeek]
    ) -> bool:
        """Whether something is to be entered. What is entered already stays, unless somebody
        decided that the file replaces it."""
        if not parts:
            line.warn("name", "No time is ticked for this person, so nothing is entered.")
            return False
        if _together(before) == _together(parts):
            return False
        if before and not self._replaces:
            line.warn(
                "name",
                f"What is entered already stays: {week_words(before)}. The file has "
                f"{week_words(parts)}.",
            )
            return False
        return True


def _of_sheet(sheet: ImportSheet) -> list[ImportProblem]:
    problems = [problem for problem in sheet.problems if problem.structural]
    if not {*DAYS, "day"} & set(sheet.columns):
        row = sheet.headings_row
        problems.append(ImportProblem(AVAILABILITY_SHEET, row, "day", _NO_DAYS, structural=True))
    return problems


def _together(parts: Iterable[PartOfWeek]) -> list[PartOfWeek]:
    """Parts of a week in order, those that follow each other as one."""
    whole: list[PartOfWeek] = []
    for day, start, end in sorted(parts):
        if whole and whole[-1][0] == day and whole[-1][2] >= start:
            whole[-1] = (day, whole[-1][1], max(end, whole[-1][2]))
        else:
            whole.append((day, start, end))
    return whole


def week_words(parts: Iterable[PartOfWeek]) -> str:
    """`Mon all day, Tue 08:00 to 12:00 and 16:00 to 20:00`."""
    by_day: dict[int, list[str]] = {}
    for day, start, end in _together(parts):
        all_day = (start, end) == _DAY_LONG
        by_day.setdefault(day, []).append(
            "all day" if all_day else f"{clock(start)} to {clock(end)}"
        )
    return "; ".join(f"{WEEKDAYS[day][:3]} {joined(times)}" for day, times in by_day.items())
