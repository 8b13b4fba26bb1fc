"""CSV files: UTF-8, separated by commas, semicolons or tabs. What a list of ours made harmless is
read as it was."""

import contextlib
import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO, Protocol, TypeVar

from visitapp.domain.errors import BadInputError
from visitapp.domain.importing import SHEETS, ImportProblem
from visitapp.domain.progress import Progress
from visitapp.domain.text.shown import before_made_harmless
from visitapp.exchange import limits
from visitapp.exchange.columns import SHEET_COLUMNS, column_named
from visitapp.exchange.raw_sheets import RawReader, RawSheet
from visitapp.exchange.sheets import ImportSheet, NumberedRow, SheetReader

_DELIMITERS = (",", ";", "\t")
_SAYS_DELIMITER = re.compile(r"sep=([,;\t])\r?\n", re.IGNORECASE)
_LONGEST_SAYING = 200
_UNMATCHED = "The quotation marks of this row don't match, so the rest can't be read."
_TOO_LONG = (
    f"A text in this row has more than {limits.LONGEST_TEXT:,} letters, so the rest can't be "
    "read. A quotation mark may be missing."
)
_UTF_16_OR_32 = (b"\xff\xfe", b"\xfe\xff")
_OTHER_ENCODING = "The file is not in UTF-8. Save it again as “CSV UTF-8” or as XLSX."

SheetRead_co = TypeVar("SheetRead_co", covariant=True)


class _RowReader(Protocol[SheetRead_co]):
    """What makes a sheet of rows."""

    def read(self, rows: Iterable[NumberedRow], *, hidden: Sequence[int] = ()) -> SheetRead_co: ...

    def problem(
        self, row: int, column: str, sentence: str, *, structural: bool = False
    ) -> None: ...


def read_csv(file: BinaryIO, sheet: str, progress: Progress | None = None) -> ImportSheet:
    """One sheet. Bytes that aren't UTF-8 become a problem with row and column; we never guess.

    Raises BadInputError if a limit is exceeded, CancelledError if `progress` says to stop.
    """
    if _is_other_encoding(file):
        return _wholly_wrong(sheet)
    return _read(file, sheet, SheetReader(sheet, ragged_is_bad=True, progress=progress))


def read_raw_csv(
    file: BinaryIO, title: str, progress: Progress | None = None, most_rows: int | None = None
) -> RawSheet:
    """The only sheet of a file as it is, or its first rows. Raises as `read_csv` does, and for
    other encodings."""
    if _is_other_encoding(file):
        raise BadInputError(_OTHER_ENCODING)
    return _read(
        file,
        SHEETS[0],
        RawReader(title, ragged_is_bad=True, progress=progress, most_rows=most_rows),
    )


def _is_other_encoding(file: BinaryIO) -> bool:
    start = file.read(4)
    file.seek(0)
    return start.startswith(_UTF_16_OR_32) or b"\0" in start


def _read(file: BinaryIO, sheet: str, reader: _RowReader[SheetRead_co]) -> SheetRead_co:
    text = io.TextIOWrapper(file, "utf-8-sig", errors="surrogateescape", newline="")
    try:
        head = text.readline(_LONGEST_SAYING)
        delimiter_line = _SAYS_DELIMITER.fullmatch(head)
        text.seek(0)
        delimiter = (
            delimiter_line[1] if delimiter_line is not None else _delimiter_of(_lines(text), sheet)
        )
        text.seek(0)
        lines = _lines(text)
        if delimiter_line is not None:
            next(lines)
        return reader.read(_rows(lines, delimiter, reader))
    finally:
        text.detach()


def _wholly_wrong(sheet: str) -> ImportSheet:
    column = SHEET_COLUMNS[sheet][0].name
    problem = ImportProblem(sheet, 1, column, _OTHER_ENCODING, structural=True)
    return ImportSheet(sheet, (), (), (problem,))


def _delimiter_of(lines: Iterator[str], sheet: str) -> str:
    """The delimiter that gives one of the first lines the most of our headings or, if none of them
    has any, the most cells."""
    first = "".join(itertools.islice(lines, limits.HEADINGS_WITHIN))

    def headings_found(delimiter: str) -> tuple[int, int]:
        rows = _reader(iter(first.splitlines(keepends=True)), delimiter)
        most = (0, 0)
        with contextlib.suppress(csv.Error):
            for row in rows:
                cells = row[: limits.HEADINGS_AMONG]
                known = sum(column_named(sheet, cell) is not None for cell in cells)
                most = max(most, (known, len(cells)))
        return most

    return max(_DELIMITERS, key=headings_found)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a file. Raises BadInputError for one that is too long."""
    while line := text.readline(limits.LONGEST_LINE + 1):
        if len(line) > limits.LONGEST_LINE:
            raise BadInputError(
                f"The file has a line of more than {limits.LONGEST_LINE:,} letters, so it "
                "can't be read as a CSV file."
            )
        yield line


def _reader(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _rows(
    lines: Iterator[str], delimiter: str, reader: _RowReader[SheetRead_co]
) -> Iterator[NumberedRow]:
    number = 1
    csv.field_size_limit(limits.LONGEST_TEXT)  # a report can be long
    try:
        for row in _reader(lines, delimiter):
            if number > limits.LAST_ROW:
                raise BadInputError(
                    f"The file has more than {limits.LAST_ROW:,} rows. Import it in parts."
                )
            if len(row) > limits.MOST_COLUMNS:
                raise BadInputError(
                    f"Row {number} has more than {limits.MOST_COLUMNS:,} cells, which is more "
                    "than any spreadsheet can have."
                )
            is_start = number <= limits.HEADINGS_WITHIN  # even a blank heading counts
            cells = enumerate(map(before_made_harmless, row))
            yield number, [(at, cell) for at, cell in cells if cell or is_start]
            number += 1
    except csv.Error as error:
        is_long = "field limit" in str(error)
        reader.problem(
            number, "quotation marks", _TOO_LONG if is_long else _UNMATCHED, structural=True
        )
