"""CSV files: UTF-8, with commas, semicolons or tabs between the cells."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from visitapp.domain.folding import folded
from visitapp.domain.importing import ImportProblem
from visitapp.domain.progress import Progress
from visitapp.exchange.columns import SHEET_COLUMNS
from visitapp.exchange.sheets import Sheet, SheetReader

_DELIMITERS = (",", ";", "\t")
_SAYS_DELIMITER = re.compile(r"\ufeff?sep=([,;\t])\r?\n", re.IGNORECASE)
_UTF_16_OR_32 = (b"\xff\xfe", b"\xfe\xff")


def read_csv(content: bytes, sheet: str, progress: Progress | None = None) -> Sheet:
    """One sheet. Bytes that are not UTF-8 are told with their row and column, never guessed."""
    if content.startswith(_UTF_16_OR_32) or b"\0" in content[:4]:
        return _wholly_wrong(sheet)
    text = content.decode("utf-8-sig", errors="surrogateescape")
    said = _SAYS_DELIMITER.match(text)
    if said is not None:
        text = text[said.end() :]
    delimiter = said[1] if said is not None else _delimiter_of(text, sheet)
    reader = SheetReader(sheet, ragged_is_bad=True, progress=progress)
    return reader.read(_rows(text, delimiter, reader))


def _wholly_wrong(sheet: str) -> Sheet:
    sentence = (
        "The file is not stored in UTF-8; save it again as \u201cCSV UTF-8\u201d, or as XLSX."
    )
    problem = ImportProblem(sheet, 1, SHEET_COLUMNS[sheet][0].name, sentence, structural=True)
    return Sheet(sheet, (), (), (problem,))


def _delimiter_of(text: str, sheet: str) -> str:
    """The delimiter that finds most of our headings in the first row."""
    ours = {folded(column.name) for column in SHEET_COLUMNS[sheet]}

    def headings_found(delimiter: str) -> int:
        try:
            first = next(_reader(text, delimiter), [])
        except csv.Error:
            return 0
        return sum(1 for cell in first if folded(cell) in ours)

    return max(_DELIMITERS, key=headings_found)


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)


def _rows(text: str, delimiter: str, reader: SheetReader) -> Iterator[Sequence[str]]:
    number = 1
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # a report may be long
    try:
        for row in _reader(text, delimiter):
            yield row
            number += 1
    except csv.Error:
        reader.problem(
            number,
            "quotation marks",
            "The quotation marks of this row don't match, so the rest can't be read.",
            structural=True,
        )
