"""XLSX workbooks, read row by row within limits; harmful XML is refused."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import BinaryIO
from xml.parsers.expat import ExpatError

from visitapp.domain.importing import SHEETS, ImportProblem
from visitapp.domain.progress import Progress, report_progress
from visitapp.domain.text.folding import folded
from visitapp.exchange.limits import LARGEST_UNPACKED
from visitapp.exchange.raw_sheets import RawReader, RawSheet
from visitapp.exchange.sheets import ImportSheet, SheetReader
from visitapp.exchange.xlsx_parts import (
    CappedFile,
    HostileError,
    NoWorkbookError,
    TooLargeError,
    contents,
    must_be_readable,
    shared_strings,
)
from visitapp.exchange.xlsx_rows import SheetRows

GUIDE_SHEET = "guide"
"""The sheet of explanations in the template, which isn't read."""

_LONGEST_TITLE = 255
_UNREADABLE = (
    HostileError, NoWorkbookError, TooLargeError, ExpatError, OSError, ValueError, LookupError,
    TypeError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What reading raises for files that are damaged or aren't workbooks."""


def read_workbook(
    file: BinaryIO, name: str, wanted: str, progress: Progress | None = None
) -> tuple[dict[str, ImportSheet], list[ImportProblem]]:
    """Our sheets in a workbook, and warnings about sheets that aren't read.

    A workbook of visits may also contain `detainees` and `issues`; of other workbooks only the
    `wanted` sheet is read. If a workbook has only one sheet, its name doesn't matter.

    Raises BadInputError if it isn't a workbook, CancelledError if `progress` says to stop.
    """
    with _archive(file, name) as archive:
        return _read(archive, wanted, progress)


def read_raw_workbook(
    file: BinaryIO, name: str, progress: Progress | None = None, most_rows: int | None = None
) -> tuple[RawSheet, ...]:
    """Every sheet of a workbook as it is, or its first rows, but for our guide. Raises as
    `read_workbook` does."""
    with _archive(file, name) as archive:
        book = contents(archive)
        strings = shared_strings(archive, book.strings) if book.strings else ()
        sheets: list[RawSheet] = []
        cells = 0
        for title, part in book.sheets:
            if folded(title[:_LONGEST_TITLE]) != GUIDE_SHEET:
                reader = RawReader(
                    title,
                    days_from_1904=book.days_from_1904,
                    progress=progress,
                    most_rows=most_rows,
                    cells_before=cells,
                )
                rows = SheetRows(archive, part, book, strings)
                sheets.append(reader.read(rows, hidden=rows.hidden))
                cells += sum(len(row) for _, row in sheets[-1].rows)
        return tuple(sheets)


@contextmanager
def _archive(file: BinaryIO, name: str) -> Iterator[zipfile.ZipFile]:
    try:
        capped: BinaryIO = CappedFile(file)  # type: ignore[assignment] # all that zipfile asks for
        with zipfile.ZipFile(capped) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise TooLargeError("is too large when unpacked. Import it in parts.")
            yield archive
    except _UNREADABLE as error:
        raise must_be_readable(error, name) from error


def _read(
    archive: zipfile.ZipFile, wanted: str, progress: Progress | None
) -> tuple[dict[str, ImportSheet], list[ImportProblem]]:
    report_progress(progress, "Opening the workbook")
    book = contents(archive)
    parts = dict(reversed(book.sheets))
    chosen, left_over = _chosen(tuple(title for title, _ in book.sheets), wanted)
    strings = shared_strings(archive, book.strings) if chosen and book.strings else ()
    sheets: dict[str, ImportSheet] = {}
    for ours, title in chosen.items():
        reader = SheetReader(ours, progress=progress, days_from_1904=book.days_from_1904)
        rows = SheetRows(archive, parts[title], book, strings)
        sheets[ours] = reader.read(rows, hidden=rows.hidden)
    return sheets, [
        ImportProblem(title, 1, "sheet", "This sheet is not read.") for title in left_over
    ]


def _chosen(titles: tuple[str, ...], wanted: str) -> tuple[Mapping[str, str], list[str]]:
    """Our sheets' names with their titles in the workbook, and the other titles."""
    by_name = {folded(title[:_LONGEST_TITLE]): title for title in reversed(titles)}
    if len(titles) == 1 and folded(titles[0][:_LONGEST_TITLE]) not in SHEETS:
        return {wanted: titles[0]}, []
    asked_for = SHEETS if wanted == SHEETS[0] else (wanted,)
    chosen = {ours: by_name[ours] for ours in asked_for if ours in by_name}
    known = {*chosen.values(), by_name.get(GUIDE_SHEET, "")}
    return chosen, [title for title in titles if title not in known]
