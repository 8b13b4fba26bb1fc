"""What an import of people would do to the register, and what prevents it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from visitapp.domain.importing import PEOPLE_SHEET, ImportProblem
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


@dataclass(frozen=True, slots=True)
class RegisterPlan:
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
    def can_skip(self) -> bool:
        """Whether the rest could be imported if the bad rows were skipped."""
        return not any(problem.structural for problem in self.problems)

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
        return [
            f"{number_of(len(self.new_people), 'new person', 'new people')}, "
            f"{self.changed - len(self.new_people):,} with something to enter, "
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
