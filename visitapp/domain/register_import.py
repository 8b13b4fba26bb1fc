"""What an import of people would do to the register, and what prevents it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from visitapp.domain.importing import AVAILABILITY_SHEET, PEOPLE_SHEET, CheckedFile, ImportProblem
from visitapp.domain.office.people import Person
from visitapp.domain.office.status_change import StatusChange
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.domain.text.wording import joined, number_of


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """Somebody to be added, or with what the file fills in."""

    person: Person
    file: VolunteerFile
    dated: tuple[StatusChange, ...]
    is_new: bool


PartOfWeek = tuple[int, int, int]
"""A weekday (0 = Monday), and the minutes of the day from the first up to the second."""


@dataclass(frozen=True, slots=True)
class FreeEntry:
    """In which parts of every week somebody can visit; `before` is what the file replaces."""

    person_id: UUID
    name: str
    free: tuple[PartOfWeek, ...]
    before: frozenset[PartOfWeek]


@dataclass(frozen=True, slots=True)
class RegisterPlan(CheckedFile):
    """What an import would do; nothing has been written yet. `notes` say what would be entered of
    whom, row by row. Rows with a problem, `bad_rows`, have no entry. `unchanged`: people of whom
    the file says nothing new. `unknown_people` are names as written, if the import may not add
    them. `everybody` says what holds for all rows."""

    source: str
    notes: tuple[ImportProblem, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    warnings: tuple[ImportProblem, ...] = ()
    unknown_people: tuple[str, ...] = ()
    unchanged: int = 0
    bad_rows: int = 0
    everybody: str = ""

    @property
    def page(self) -> str:
        """Where it can be seen once it is carried out."""
        return PEOPLE_SHEET

    @property
    def new_people(self) -> Sequence[str]:
        """The names of those who would be added."""
        return ()

    @property
    def changed(self) -> int:
        """How many people would be added or changed."""
        raise NotImplementedError

    def lines(self) -> list[str]:
        """All of it in words, one line for each point."""
        new = len(self.new_people)
        return [
            (f"{number_of(new, 'new person', 'new people')}, " if new else "")
            + f"{self.changed - new:,} with something to enter, "
            f"{self.unchanged:,} unchanged, {number_of(self.bad_rows, 'row')} with a problem.",
            *([self.everybody] if self.everybody else []),
            *(f"Row {note.row}: {note.sentence}" for note in self.notes),
            *(f"Problem: {p.where}: {p.sentence}" for p in self.problems),
            *(f"Warning: {w.where}: {w.sentence}" for w in self.warnings),
        ]

    @property
    def outcome(self) -> str:
        """What the import did, once it is carried out."""
        parts = [*self._outcome()]
        if not parts:
            return "Nothing has changed: all of it is already in the file."
        words = f"{joined(parts)}."
        if self.bad_rows:
            words += f" {number_of(self.bad_rows, 'row was', 'rows were')} skipped."
        return words

    def _outcome(self) -> Iterator[str]:
        number = len(self.new_people)
        if number:
            yield number_of(number, "person was added", "people were added")
        if rest := self.changed - number:
            yield number_of(rest, "person’s entry was filled in", "people’s entries were filled in")


@dataclass(frozen=True, slots=True)
class PeoplePlan(RegisterPlan):
    """An import of people."""

    entries: tuple[PersonEntry, ...] = ()

    @property
    def new_people(self) -> Sequence[str]:
        """The names of those who would be added."""
        return tuple(entry.person.name for entry in self.entries if entry.is_new)

    @property
    def changed(self) -> int:
        """How many people would be added or changed."""
        return len(self.entries)


@dataclass(frozen=True, slots=True)
class AvailabilityPlan(RegisterPlan):
    """An import of availability."""

    entries: tuple[FreeEntry, ...] = ()

    @property
    def page(self) -> str:
        """Where it can be seen once it is carried out."""
        return AVAILABILITY_SHEET

    @property
    def changed(self) -> int:
        """Of how many people something would be entered."""
        return len(self.entries)

    def _outcome(self) -> Iterator[str]:
        if self.entries:
            yield f"The availability of {number_of(self.changed, 'person', 'people')} was entered"
