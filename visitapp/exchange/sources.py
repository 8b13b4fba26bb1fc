"""Reads the files that a person chose into the sheets of one import."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from visitapp.domain.errors import BadInputError
from visitapp.domain.import_layout import ImportLayout
from visitapp.domain.importing import (
    AVAILABILITY_SHEET,
    SHEETS,
    ImportProblem,
    NoSheetOfOursError,
)
from visitapp.domain.progress import Progress
from visitapp.exchange.csv_file import read_csv, read_raw_csv
from visitapp.exchange.limits import HEADINGS_WITHIN, LARGEST_FILE
from visitapp.exchange.matching import fitted
from visitapp.exchange.raw_sheets import RawSheet
from visitapp.exchange.references import Renaming
from visitapp.exchange.sheets import ImportSheet
from visitapp.exchange.translating import read_by_layout
from visitapp.exchange.two_headings import with_groups_joined, with_joined_headings
from visitapp.exchange.xlsx_file import read_raw_workbook, read_workbook
from visitapp.paths import open_ordinary, reading

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_OTHER_DOCUMENTS = b"%PDF", b"{\\rt"

Sources = tuple[Path, Path | None, Path | None]
"""The files of visits, detainees and issues; a workbook of visits may contain all three."""


@dataclass(frozen=True, slots=True)
class ImportSheets:
    """All sheets of an import by name; `warnings` are about sheets that weren't read."""

    sheets: dict[str, ImportSheet]
    warnings: tuple[ImportProblem, ...] = ()


def read_sources(
    sources: Sources,
    progress: Progress | None = None,
    layout: ImportLayout | None = None,
    *,
    months_first: bool = False,
) -> ImportSheets:
    """Read the chosen files, that of visits by a layout if there is one. `months_first`: as for
    `lines_of`. Raises BadInputError, or CancelledError if `progress` says to stop."""
    sheets: dict[str, ImportSheet] = {}
    warnings: list[ImportProblem] = []
    of_visits = sources[0]
    files: tuple[Path | None, ...] = sources
    renaming = Renaming()
    if layout is not None:
        raw = read_raw_about(SHEETS[0], of_visits, progress)
        sheets, renaming = read_by_layout(
            raw, fitted(raw, layout), progress, months_first=months_first
        )
        files = (None, *sources[1:])
    for sheet_name, path in zip(SHEETS, files, strict=True):
        if path is None or (sheet_name in sheets and path == of_visits):
            continue
        sheets_of_file, file_warnings = _read(path, sheet_name, progress)
        if sheet_name != SHEETS[0] and sheet_name in sheets:
            raise BadInputError(
                f"{sheet_name.capitalize()} were chosen twice: as a sheet of "
                f"{of_visits.name}, and in {path.name}."
            )
        sheets |= {kind: sheet if kind == SHEETS[0] else renaming.applied(sheet)
                   for kind, sheet in sheets_of_file.items()}  # fmt: skip
        warnings += file_warnings
    return ImportSheets(sheets, tuple(warnings))


def _read(
    path: Path, sheet_name: str, progress: Progress | None
) -> tuple[dict[str, ImportSheet], list[ImportProblem]]:
    with reading(path), open_ordinary(path) as file:
        if not is_workbook(file, path.name, os.fstat(file.fileno()).st_size):
            return {sheet_name: read_csv(file, sheet_name, progress)}, []
        sheets, warnings = read_workbook(file, path.name, sheet_name, progress)
    if sheet_name not in sheets:
        sentence = f"{path.name} has no sheet called {sheet_name}."
        # Only the sheets of visits can be matched.
        raise NoSheetOfOursError(sentence) if sheet_name == SHEETS[0] else BadInputError(sentence)
    return sheets, warnings


def read_raw_about(
    subject: str, path: Path, progress: Progress | None = None, *, only_first_rows: bool = False
) -> tuple[RawSheet, ...]:
    """As `read_raw`; headings in two rows are read as one."""
    raw = read_raw(path, progress, only_first_rows=only_first_rows)
    if subject == AVAILABILITY_SHEET:
        return tuple(map(with_joined_headings, raw))
    return tuple(with_groups_joined(sheet, subject) for sheet in raw)


def is_workbook(file: BinaryIO, name: str, size: int) -> bool:
    """Whether a file is an XLSX workbook, as its first bytes say; if not, it is read as CSV.
    Raises BadInputError for a file that is too large, of an older Excel, or no spreadsheet."""
    if size > LARGEST_FILE:
        raise BadInputError(
            f"{name} is over {LARGEST_FILE // 2**20} MB. Import it in parts, a few years at a time."
        )
    start = file.read(4)
    file.seek(0)
    if start == _OLD_EXCEL:
        raise BadInputError(
            f"{name} is an older Excel file or has a password. Save it as XLSX or CSV first."
        )
    if start in _OTHER_DOCUMENTS:
        raise BadInputError(f"{name} is no spreadsheet. Save its table as XLSX or CSV first.")
    return start == _ZIP


def read_raw(
    path: Path, progress: Progress | None = None, *, only_first_rows: bool = False
) -> tuple[RawSheet, ...]:
    """Every sheet of a file that has something in it, as it is; or only the rows among which the
    headings are. Raises BadInputError for a file that can't be read, CancelledError if `progress`
    says to stop."""
    most = HEADINGS_WITHIN if only_first_rows else None
    with reading(path), open_ordinary(path) as file:
        if is_workbook(file, path.name, os.fstat(file.fileno()).st_size):
            sheets = read_raw_workbook(file, path.name, progress, most)
        else:
            sheets = (read_raw_csv(file, path.stem, progress, most),)
    filled = tuple(sheet for sheet in sheets if any(cells for _, cells in sheet.rows))
    if not filled:
        raise BadInputError(f"There is nothing in {path.name}.")
    return filled
