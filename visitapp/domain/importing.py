"""Importing past visits: what an import would do, what prevents it, and what it did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import Person
from visitapp.domain.office.site import Site
from visitapp.domain.report.visit import Visit
from visitapp.domain.text.wording import joined, long_date, number_of, plural

SHEETS = ("visits", "detainees", "issues")
VISITS = SHEETS[0]
PEOPLE_SHEET, AVAILABILITY_SHEET = REGISTER = ("people", "availability")
"""What is brought into the register of people, each from a file of its own."""
SUBJECTS = (VISITS, *REGISTER)
"""What a file can be about."""


def kinds_with(subject: str) -> tuple[str, ...]:
    """The kinds of sheet that are read from a file about visits, people or availability."""
    return SHEETS if subject == VISITS else (subject,)


class NoSheetOfOursError(BadInputError):
    """None of the sheets of a workbook is called as ours are."""


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Something in a cell that stops the import or, as a warning, is worth checking.

    `row` counts as the spreadsheet does: the headings are row 1. `column` is a heading. A
    `structural` problem concerns a whole sheet, so skipping rows can't solve it. `title`: the name
    of the sheet, if it isn't ours.
    """

    sheet: str
    row: int
    column: str
    sentence: str
    structural: bool = False
    title: str = ""

    @property
    def sheet_name(self) -> str:
        """The sheet as the spreadsheet calls it."""
        return self.title or self.sheet

    @property
    def where(self) -> str:
        """`visits, row 7, date`."""
        return f"{self.sheet_name}, row {self.row}, {self.column}"


@dataclass(frozen=True, slots=True)
class Reject:
    """A skipped row: its cells as (heading, text) pairs, and every reason for skipping it."""

    sheet: str
    row: int
    content: tuple[tuple[str, str], ...]
    reasons: tuple[str, ...]


class CheckedFile:
    """A file that was checked before anything of it is imported."""

    __slots__ = ()
    problems: tuple[ImportProblem, ...]

    @property
    def can_skip(self) -> bool:
        """Whether the rest could be imported if the bad rows were skipped."""
        return not any(problem.structural for problem in self.problems)

    def must_go_on(self, *, skip_bad: bool) -> None:
        """Raises BadInputError for problems, unless bad rows are skipped and can be."""
        if self.problems and not (skip_bad and self.can_skip):
            what = number_of(len(self.problems), "problem")
            raise BadInputError(f"Nothing was imported: {what} in the file.")


@dataclass(frozen=True, slots=True)
class ImportPlan(CheckedFile):
    """What an import would do; nothing has been written yet.

    `visits` are the rows without a problem that aren't in the file of records yet; they have no
    `ref` and no `batch_id`. `rejects` are the rows that would be skipped. `unknown_sites` and
    `unknown_people` are names as written, if the import may not add them. `has_issues`: the import
    came with a list of issues, so a visit without any had none.
    """

    source: str
    visits: tuple[Visit, ...] = ()
    already_there: int = 0
    new_sites: tuple[Site, ...] = ()
    new_people: tuple[Person, ...] = ()
    unknown_sites: tuple[str, ...] = ()
    unknown_people: tuple[str, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    warnings: tuple[ImportProblem, ...] = ()
    rejects: tuple[Reject, ...] = ()
    has_issues: bool = True

    @property
    def bad_visits(self) -> int:
        """How many rows of visits would be skipped."""
        return sum(1 for reject in self.rejects if reject.sheet == SHEETS[0])

    @property
    def opening_words(self) -> str:
        """From which year new sites count as open, since the import doesn't say; empty without new
        sites."""
        days = sorted({period.start for site in self.new_sites for period in site.open_periods})
        if not days:
            return ""
        they, each = (plural(len(self.new_sites), "it", words) for words in ("they", "each"))
        since = long_date(days[0])
        if len(days) > 1:
            since = "the first day of the year of its first visit"
        return (
            f"When {they} opened is not known: {each} counts as open from {since}, and visits are "
            "due from its first visit on. Enter the days under Settings, Sites."
        )

    def lines(self) -> list[str]:
        """All of it in words, one line for each point."""
        lines = [
            f"{number_of(len(self.visits), 'new visit')}, {self.already_there:,} already there, "
            f"{number_of(self.bad_visits, 'row')} of visits with a problem."
        ]
        if self.new_sites:
            lines.append(f"Sites to be added: {_listed(site.name for site in self.new_sites)}.")
            lines.append(self.opening_words)
        if self.new_people:
            lines.append(f"People to be added: {_listed(p.name for p in self.new_people)}.")
        lines += [f"Problem: {p.where}: {p.sentence}" for p in self.problems]
        lines += [f"Warning: {w.where}: {w.sentence}" for w in self.warnings]
        return lines


def _listed(names: Iterable[str]) -> str:
    return "; ".join(names)


@dataclass(frozen=True, slots=True)
class Batch:
    """One import: `visits` were added, `rejected` rows were skipped. `imported_at` is UTC.

    `already_there`, `sites_made` and `people_made` are known only just after the import.
    `without_issues`: there was no list of issues, so nothing is known of those raised.
    """

    id: UUID
    imported_at: datetime
    imported_by: str
    source: str
    visits: int
    rejected: int = 0
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""
    already_there: int = 0
    sites_made: int = 0
    people_made: int = 0
    without_issues: bool = False

    @property
    def sentence(self) -> str:
        """What the import did."""
        if not self.visits and not self.rejected:
            return f"Nothing has changed: {_there(self.already_there)}"
        brought = [number_of(self.visits, "visit")]
        if self.sites_made:
            brought.append(number_of(self.sites_made, "site"))
        if self.people_made:
            brought.append(number_of(self.people_made, "person", "people"))
        words = f"Imported {joined(brought)}."
        if self.already_there:
            words += f" {number_of(self.already_there, 'was', 'were')} already in the file."
        if self.rejected:
            words += f" {number_of(self.rejected, 'row was', 'rows were')} skipped. Save the "
            words += "skipped rows to see why."
        return words


def _there(number: int) -> str:
    if number == 0:
        return "there are no visits in the file."
    return f"{plural(number, 'the visit is', f'all {number:,} visits are')} already in the file."
