"""Rows with the meaning of their cells, and the problems and warnings about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from visitapp.domain.errors import BadInputError
from visitapp.domain.importing import ImportProblem
from visitapp.domain.text.folding import folded
from visitapp.exchange.cells import (
    END_OF_DAY,
    Cell,
    as_american_day,
    as_day,
    as_minute,
    as_name,
    as_text,
    as_whole,
    as_yes_no,
    is_no_name,
    short,
)
from visitapp.exchange.columns import COLUMNS_OF, CellKind, ImportColumn
from visitapp.exchange.sheets import ImportSheet, SheetRow

_FIRST_TIME = "arrived"
_LONGEST_CODE = 200
_LONGEST_WRITTEN = 2_000
"""Characters of a name or code before spaces are removed."""
_FROM_1904 = 1462
"""Days from day 0 of most spreadsheets to day 0 of old Macintosh ones."""


NO_TIME = "The visit will count, but not in any timeslot."
PARTS_OF_DAY = frozenset(
    ("am", "pm", "morning", "noon", "midday", "lunchtime", "afternoon", "evening", "night",
     "overnight", "day", "late", "early", "notknown", "unknown", "na", "n/a", "tbc", "?")
)  # fmt: skip
"""Words, folded, that stand where a time should be, and say none."""

_MEANING: dict[CellKind, Callable[[Cell], Any]] = {
    CellKind.TEXT: as_text,
    CellKind.NAME: as_name,
    CellKind.CODE: as_text,
    CellKind.DAY: as_day,
    CellKind.TIME: as_minute,
    CellKind.WHOLE: as_whole,
    CellKind.YES_NO: as_yes_no,
}


@dataclass(slots=True)
class ImportLine:
    """One row while it is being checked.

    `values` has days, minutes of the day, numbers and texts by column, and for a coded value its
    code once that has been looked up. `failed` columns have no usable value.
    """

    sheet: str
    row: SheetRow
    values: dict[str, Any] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    problems: list[ImportProblem] = field(default_factory=list)
    warnings: list[ImportProblem] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """The reference of the visit that it is, or belongs to; empty if unknown."""
        text: str = self.values.get("visit_ref", "")
        return text

    @property
    def where(self) -> str:
        """`Row 7`, or `Row 7 of Northgate` where a file has several sheets of a kind."""
        of_sheet = f" of {self.row.title}" if self.row.title else ""
        return f"Row {self.row.number}{of_sheet}"

    def problem(self, column: str, sentence: str) -> None:
        """Note something that stops the import; the column's value is no longer used."""
        self.problems.append(self._finding(column, sentence))
        self.failed.add(column)

    def has_warning(self, column: str) -> bool:
        """Whether a column has a warning."""
        return any(warning.column == column for warning in self.warnings)

    def warn(self, column: str, sentence: str) -> None:
        """Note something worth checking."""
        self.warnings.append(self._finding(column, sentence))

    def _finding(self, column: str, sentence: str) -> ImportProblem:
        return ImportProblem(self.sheet, self.row.number, column, sentence, title=self.row.title)


def lines_of(sheet: ImportSheet, *, months_first: bool = False) -> list[ImportLine]:
    """The rows of a sheet with the meaning of each cell on its own. `months_first`: dates with
    three numbers are American ones."""
    meaning = {**_MEANING, CellKind.DAY: as_american_day} if months_first else _MEANING
    problems_by_row: dict[tuple[str, int], list[ImportProblem]] = {}
    for problem in sheet.problems:
        if not problem.structural:
            problems_by_row.setdefault((problem.title, problem.row), []).append(problem)
    present = set(sheet.columns)
    later = _FROM_1904 if sheet.days_from_1904 else 0
    lines = []
    for row in sheet.rows:
        line = ImportLine(sheet.name, row, failed=set(row.bad))
        line.problems.extend(problems_by_row.get((row.title, row.number), ()))
        for column in COLUMNS_OF[sheet.name]:
            _take(line, column, column.name in present, later, meaning)
        lines.append(line)
    return lines


def _take(
    line: ImportLine,
    column: ImportColumn,
    is_there: bool,
    later: int,
    meaning: Mapping[CellKind, Callable[[Cell], Any]],
) -> None:
    """Take one cell's value. `later`: days to add to a number that means a day."""
    cell = line.row.cells.get(column.name)
    if cell is None:
        if column.required:
            line.failed.add(column.name)
            if is_there:
                line.problem(column.name, f"The {column.name} is missing.")
        return
    if column.name in line.failed or _is_nobody(line, column, cell):
        return
    if column.name == _FIRST_TIME and folded(as_text(cell)) in PARTS_OF_DAY:
        line.warn(column.name, f"“{short(as_text(cell))}” is not a time. {NO_TIME}")
        return
    longest = column.longest or (_LONGEST_CODE if column.holds is CellKind.CODE else None)
    if longest is not None and isinstance(cell, str) and len(cell) > _LONGEST_WRITTEN:
        line.problem(column.name, f"This is longer than {longest} letters.")
        return
    try:
        value = meaning[column.holds](_later(cell, later) if column.holds is CellKind.DAY else cell)
    except BadInputError as error:
        line.problem(column.name, str(error))
        return
    if longest is not None and len(value) > longest:
        line.problem(column.name, f"This is longer than {longest} letters.")
        return
    if column.holds is CellKind.TIME and value == END_OF_DAY:
        _take_midnight(line, column.name)
    else:
        line.values[column.name] = value


def _later(day: Cell, days: int) -> Cell:
    if isinstance(day, bool) or not isinstance(day, int | float):
        return day
    return day + days


def _take_midnight(line: ImportLine, name: str) -> None:
    """Turn 24:00 into 00:00, which then counts as the next day, like any time earlier than the
    previous one."""
    if name == _FIRST_TIME:
        line.problem(name, "24:00 is the start of the next day. Write 00:00 and its date.")
    else:
        line.values[name] = 0


def _is_nobody(line: ImportLine, column: ImportColumn, cell: Cell) -> bool:
    """Whether a cell says that there is no name; that gets a warning."""
    if column.holds is not CellKind.NAME or not is_no_name(cell):
        return False
    sentence = f"“{short(as_name(cell))}” cannot be used as a name."
    if column.required:
        line.problem(column.name, sentence)
    else:
        line.warn(column.name, sentence)
    return True
