"""Sheets of rows by heading, with row numbers as a spreadsheet shows them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from visitapp.domain.errors import BadInputError
from visitapp.domain.importing import ImportProblem
from visitapp.domain.progress import Progress, told_as_they_come
from visitapp.exchange.cells import Cell, as_text
from visitapp.exchange.columns import SHEET_COLUMNS, column_named

MOST_ROWS = {"visits": 100_000, "detainees": 500_000, "issues": 500_000}
"""Where a file becomes too large for one import; a scheme makes some hundred visits a year."""

BEYOND = "after the last column"
"""What a problem names as the column of a cell that stands further right than any heading."""

_TOLD_EVERY = 1000
_UNREADABLE = re.compile("[\0\udc80-\udcff]")
"""Bytes that are not UTF-8, as Python's `surrogateescape` keeps them, and NUL."""
_ENCODING = (
    "A letter here is not stored in UTF-8; save the file again as \u201cCSV UTF-8\u201d, "
    "or bring it as XLSX."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by column name, blank ones left out. What is in `bad` can't be read."""

    number: int
    cells: Mapping[str, Cell]
    bad: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, blank rows left out."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[ImportProblem, ...] = ()
    warnings: tuple[ImportProblem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading as written ("" where there is none), and the column it names, if it is ours."""

    written: str
    name: str | None


class SheetReader:
    """Makes a `Sheet` of rows of cells, the first of which are the headings.

    `ragged_is_bad`: a cell beyond the headings shows that the file's commas are at fault.
    """

    def __init__(
        self, name: str, *, ragged_is_bad: bool = False, progress: Progress | None = None
    ) -> None:
        self._name = name
        self._ragged_is_bad = ragged_is_bad
        self._progress = progress
        self._problems: list[ImportProblem] = []
        self._warnings: list[ImportProblem] = []
        self._unnamed: set[int] = set()

    def read(self, cells_by_row: Iterable[Sequence[Cell | None]]) -> Sheet:
        """Raises BadInputError for too many rows, CancelledError where told to stop."""
        numbered = enumerate(cells_by_row, 1)
        headings = self._headings(next(numbered, (1, ()))[1])
        rows = tuple(self._rows(numbered, headings))
        names = tuple(heading.name for heading in headings if heading.name is not None)
        return Sheet(self._name, names, rows, tuple(self._problems), tuple(self._warnings))

    def problem(self, row: int, column: str, sentence: str, *, structural: bool = False) -> None:
        """Note something that stops the import."""
        self._problems.append(ImportProblem(self._name, row, column, sentence, structural))

    def _warn(self, row: int, column: str, sentence: str) -> None:
        self._warnings.append(ImportProblem(self._name, row, column, sentence))

    def _headings(self, cells: Sequence[Cell | None]) -> list[_Heading]:
        headings: list[_Heading] = []
        for cell in cells:
            written = "" if cell is None else as_text(cell)
            headings.append(self._heading(written, {h.name for h in headings}))
        named = {heading.name for heading in headings}
        for column in SHEET_COLUMNS[self._name]:
            if column.required and column.name not in named:
                self.problem(
                    1, column.name, f"The column {column.name} is missing.", structural=True
                )
        return headings

    def _heading(self, written: str, seen: set[str | None]) -> _Heading:
        if _UNREADABLE.search(written):
            written = _UNREADABLE.sub("\ufffd", written)
            self.problem(1, written, _ENCODING, structural=True)
            return _Heading(written, None)
        column = column_named(self._name, written)
        if column is not None and column.name in seen:
            self.problem(
                1, column.name, f"There are two columns called {column.name}.", structural=True
            )
        elif column is None and written:
            self._warn(
                1, written, f"The column \u201c{written}\u201d is not known; it is not read."
            )
        return _Heading(written, None if column is None or column.name in seen else column.name)

    def _rows(
        self, numbered: Iterator[tuple[int, Sequence[Cell | None]]], headings: list[_Heading]
    ) -> Iterator[Row]:
        stage, most = f"Reading the {self._name}", MOST_ROWS[self._name]
        found = 0
        for number, cells in told_as_they_come(self._progress, stage, numbered, _TOLD_EVERY):
            row = self._row(number, cells, headings)
            if row is not None:
                found += 1
                if found > most:
                    raise BadInputError(
                        f"There are more than {most:,} rows of {self._name}; "
                        "bring them in parts, a few years at a time."
                    )
                yield row

    def _row(
        self, number: int, cells: Sequence[Cell | None], headings: list[_Heading]
    ) -> Row | None:
        read: dict[str, Cell] = {}
        bad: set[str] = set()
        for position, found in enumerate(cells):
            cell = found
            if cell is None or (isinstance(cell, str) and not as_text(cell)):
                continue
            heading = headings[position] if position < len(headings) else _Heading("", None)
            column = heading.name or heading.written
            if isinstance(cell, str) and _UNREADABLE.search(cell):
                self.problem(number, column or f"column {position + 1}", _ENCODING)
                cell = _UNREADABLE.sub("\ufffd", cell)
                bad.add(column)
            if heading.name is not None:
                read[heading.name] = cell
            elif not heading.written and self._told_of_unnamed(number, position, len(headings)):
                bad.add(BEYOND)
        return Row(number, read, frozenset(bad)) if read or bad else None

    def _told_of_unnamed(self, number: int, position: int, headings: int) -> bool:
        """Tell of a cell without a heading; whether it shows a fault of the whole row."""
        if position >= headings and self._ragged_is_bad:
            if not self._told_of_row(number):
                self.problem(
                    number,
                    BEYOND,
                    "This row has more cells than there are headings; a text that holds a "
                    "comma needs quotation marks around it.",
                )
            return True
        if position not in self._unnamed:
            self._unnamed.add(position)
            self._warn(
                number, f"column {position + 1}", "This column has no heading; it is not read."
            )
        return False

    def _told_of_row(self, number: int) -> bool:
        return any(p.row == number and p.column == BEYOND for p in self._problems[-3:])
