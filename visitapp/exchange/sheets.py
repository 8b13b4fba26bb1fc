"""Sheets of rows by heading, with row numbers as spreadsheets show them."""

import itertools
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from visitapp.domain.errors import BadInputError
from visitapp.domain.importing import REGISTER, ImportProblem
from visitapp.domain.progress import Progress, with_progress_as_they_come
from visitapp.domain.text.wording import number_of
from visitapp.exchange import limits
from visitapp.exchange.cells import Cell, Uncalculated, as_text, short
from visitapp.exchange.columns import COLUMNS_OF, column_named
from visitapp.exchange.limits import MOST_ROWS

BEYOND = "after the last column"
"""The column given in problems for cells to the right of the last heading."""

NumberedRow = tuple[int, Sequence[tuple[int, Cell]]]
"""A row's number from 1, and its cells that aren't blank, by column from 0."""

_TOLD_EVERY = 1000
_MOST_COLUMNS_NAMED = 50
"""The most unknown columns that are listed one by one."""
_MOST_HIDDEN_TOLD = 10
_LONGEST_HEADING = 200
_UNREADABLE = re.compile("[\0\udc80-\udcff]")
"""Bytes that aren't UTF-8, as kept by Python's `surrogateescape`, and NUL."""
_ENCODING = "A letter here is not in UTF-8. Save the file again as “CSV UTF-8” or as XLSX."

_NONE_OF_OURS = (
    "None of the first rows has headings that visitapp knows. Save an empty workbook from the "
    "page Import, copy your columns under its headings, and import that."
)
_NOT_CALCULATED = (
    "This formula has no result yet. Open the workbook in the spreadsheet program, save it, and "
    "import it again."
)


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row's cells by column name, without blank ones. Columns in `bad` can't be read. `title` is
    the name of its sheet, if that isn't ours."""

    number: int
    cells: Mapping[str, Cell]
    bad: frozenset[str] = frozenset()
    title: str = ""


@dataclass(frozen=True, slots=True)
class ImportSheet:
    """One sheet without its blank rows. `days_from_1904`: days are counted from 1904, as in
    workbooks of old Macintoshes."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    problems: tuple[ImportProblem, ...] = ()
    warnings: tuple[ImportProblem, ...] = ()
    days_from_1904: bool = False
    headings_row: int = 1


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading as written ("" if there is none), and the column that it names, if any."""

    written: str
    name: str | None


_NO_HEADING = _Heading("", None)


class SheetReader:
    """Makes an `ImportSheet` from rows of cells. The headings are in the one of the first twenty
    rows that has the most of ours.

    `ragged_is_bad`: a cell beyond the headings means that the commas of the file are wrong.
    `headings_row`: the headings are in this row, and every column is read under its own. Nothing
    is wrong with a cell of a column in `left_out`.
    """

    def __init__(
        self,
        name: str,
        *,
        ragged_is_bad: bool = False,
        days_from_1904: bool = False,
        headings_row: int | None = None,
        left_out: Container[str] = (),
        progress: Progress | None = None,
    ) -> None:
        self._name = name
        self._ragged_is_bad = ragged_is_bad
        self._days_from_1904 = days_from_1904
        self._chosen_row, self._left_out = headings_row, left_out
        self._progress = progress
        self._problems: list[ImportProblem] = []
        self._warnings: list[ImportProblem] = []
        self._unnamed: set[int] = set()
        self._headings_row, self._last_heading = 1, -1
        self._cells = 0
        self._columns_not_read = 0

    def read(self, rows: Iterable[NumberedRow], *, hidden: Sequence[int] = ()) -> ImportSheet:
        """`hidden` contains the numbers of hidden rows once all rows have been read.

        Raises BadInputError for too many rows or cells, CancelledError if progress says to stop.
        """
        coming = iter(rows)
        first = list(itertools.islice(coming, limits.HEADINGS_WITHIN))
        at = self._place_of_headings(first)
        headings = self._headings(first[at] if first else (1, ()))
        sheet_rows = tuple(self._rows(itertools.chain(first[at + 1 :], coming), headings))
        names = tuple(heading.name for heading in headings.values() if heading.name is not None)
        if self._columns_not_read > _MOST_COLUMNS_NAMED:
            more = self._columns_not_read - _MOST_COLUMNS_NAMED
            self._warn(self._headings_row, "columns", f"{more:,} more columns are not read.")
        self._warn_of_hidden(hidden)
        return ImportSheet(
            self._name,
            names,
            sheet_rows,
            tuple(self._problems),
            tuple(self._warnings),
            self._days_from_1904,
            self._headings_row,
        )

    def _place_of_headings(self, rows: Sequence[NumberedRow]) -> int:
        """Which of the first rows has the most of our headings; the first if none has any."""

        def ours(row: NumberedRow) -> int:
            texts = (as_text(cell) for _, cell in row[1][: limits.HEADINGS_AMONG])
            return sum(1 for text in texts if column_named(self._name, text) is not None)

        if self._chosen_row is not None:
            numbers = [number for number, _ in rows]
            return numbers.index(self._chosen_row) if self._chosen_row in numbers else 0
        return max(range(len(rows)), key=lambda at: (ours(rows[at]), -at), default=0)

    def _warn_of_hidden(self, hidden: Sequence[int]) -> None:
        numbers = [number for number in hidden if number > self._headings_row]
        if numbers:
            listed = ", ".join(str(number) for number in numbers[:_MOST_HIDDEN_TOLD])
            more = " and more" if len(numbers) > _MOST_HIDDEN_TOLD else ""
            lead = number_of(len(numbers), "row is", "rows are")
            self._warn(
                numbers[0],
                "row",
                f"{lead} hidden in the spreadsheet ({listed}{more}). We read them like the others.",
            )

    def problem(self, row: int, column: str, sentence: str, *, structural: bool = False) -> None:
        """Note something that stops the import. Raises BadInputError after too many problems."""
        if len(self._problems) >= limits.MOST_PROBLEMS:
            raise BadInputError(
                f"More than {limits.MOST_PROBLEMS:,} cells of {self._name} can't be read. Check "
                "that it is the right file, and how it was saved."
            )
        self._problems.append(ImportProblem(self._name, row, column, sentence, structural))

    def _warn(self, row: int, column: str, sentence: str) -> None:
        self._warnings.append(ImportProblem(self._name, row, column, sentence))

    def _warn_of_column(self, row: int, column: str, sentence: str) -> None:
        """Warn about a column, up to a limit, since there may be thousands."""
        self._columns_not_read += 1
        if self._columns_not_read <= _MOST_COLUMNS_NAMED:
            self._warn(row, column, sentence)

    def _headings(self, row: NumberedRow) -> dict[int, _Heading]:
        self._headings_row = row[0]
        self._last_heading = max((position for position, _ in row[1]), default=-1)
        headings: dict[int, _Heading] = {}
        named: set[str] = set()
        for position, cell in row[1]:
            heading = self._heading(as_text(cell), named)
            if heading.written:
                headings[position] = heading
            if heading.name is not None:
                named.add(heading.name)
        if self._chosen_row is not None:
            return headings
        if headings and not named:
            self.problem(self._headings_row, "headings", _NONE_OF_OURS, structural=True)
            return headings
        for column in COLUMNS_OF[self._name]:
            if column.required and column.name not in named:
                self.problem(
                    self._headings_row,
                    column.name,
                    f"The column {column.name} is missing.",
                    structural=True,
                )
        return headings

    def _heading(self, heading: str, names: set[str]) -> _Heading:
        row = self._headings_row
        if _UNREADABLE.search(heading):
            heading = _UNREADABLE.sub("\ufffd", heading)
            self.problem(row, short(heading), _ENCODING, structural=True)
            return _Heading(heading, None)
        if self._chosen_row is not None:
            return _Heading(heading, heading_apart(heading, names) if heading else None)
        column = column_named(self._name, heading)
        if column is not None and column.name in names:
            self.problem(
                row, column.name, f"There are two columns called {column.name}.", structural=True
            )
        elif column is None and heading:
            name = short(heading)
            self._warn_of_column(
                row, name, f"visitapp does not know the column “{name}”, so it is not read."
            )
        return _Heading(heading, None if column is None or column.name in names else column.name)

    def _rows(
        self, numbered: Iterable[NumberedRow], headings: Mapping[int, _Heading]
    ) -> Iterator[SheetRow]:
        stage, most = f"Reading the {self._name}", MOST_ROWS[self._name]
        parts = "in parts" if self._name in REGISTER else "in parts, a few years at a time"
        count = 0
        for number, cells in with_progress_as_they_come(
            self._progress, stage, numbered, _TOLD_EVERY
        ):
            self._cells += len(cells)
            if self._cells > limits.MOST_CELLS:
                raise BadInputError(
                    f"The {self._name} have more than {limits.MOST_CELLS:,} cells. Import them "
                    f"{parts}."
                )
            row = self._row(number, cells, headings)
            if row is not None:
                count += 1
                if count > most:
                    raise BadInputError(
                        f"There are more than {most:,} rows of {self._name}. Import them {parts}."
                    )
                yield row

    def _row(
        self,
        number: int,
        cells: Sequence[tuple[int, Cell]],
        headings: Mapping[int, _Heading],
    ) -> SheetRow | None:
        read: dict[str, Cell] = {}
        bad: set[str] = set()
        for position, raw_cell in cells:
            cell = raw_cell
            heading = headings.get(position, _NO_HEADING)
            if isinstance(cell, Uncalculated):
                if heading.name is not None and heading.name not in self._left_out:
                    self.problem(number, heading.name, _NOT_CALCULATED)
                    bad.add(heading.name)
                continue
            if isinstance(cell, str) and not as_text(cell):
                continue
            column = heading.name or heading.written
            if isinstance(cell, str) and _UNREADABLE.search(cell):
                cell = _UNREADABLE.sub("\ufffd", cell)
                if column not in self._left_out:
                    self.problem(number, short(column) or f"column {position + 1}", _ENCODING)
                    bad.add(column)
            if heading.name is not None:
                read[heading.name] = cell
            elif not heading.written and self._report_unnamed(number, position):
                bad.add(BEYOND)
        return SheetRow(number, read, frozenset(bad)) if read or bad else None

    def _report_unnamed(self, number: int, position: int) -> bool:
        """Report a cell without a heading. Returns whether it means that the whole row is wrong."""
        if position > self._last_heading and self._ragged_is_bad:
            if not self._is_row_reported(number):
                self.problem(
                    number,
                    BEYOND,
                    "This row has more cells than there are headings. Put quotation marks "
                    "around any text that contains a comma.",
                )
            return True
        if position not in self._unnamed:
            self._unnamed.add(position)
            self._warn_of_column(
                number, f"column {position + 1}", "This column has no heading, so it is not read."
            )
        return False

    def _is_row_reported(self, number: int) -> bool:
        return any(p.row == number and p.column == BEYOND for p in self._problems[-3:])


def heading_apart(heading: str, names: Container[str]) -> str:
    """A heading, with a number if columns before it have the same."""
    name = " ".join(heading.split())[:_LONGEST_HEADING]
    numbered = (name if at == 1 else f"{name} ({at})" for at in itertools.count(1))
    return next(each for each in numbered if each not in names)
