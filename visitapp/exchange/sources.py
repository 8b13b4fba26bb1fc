"""Reads the files that a person chose into the sheets of one import."""

import os
from dataclasses import dataclass
from pathlib import Path

from visitapp.domain.errors import BadInputError
from visitapp.domain.importing import SHEETS, ImportProblem
from visitapp.domain.progress import Progress
from visitapp.exchange.csv_file import read_csv
from visitapp.exchange.limits import LARGEST_FILE
from visitapp.exchange.sheets import ImportSheet
from visitapp.exchange.xlsx_file import read_workbook
from visitapp.paths import open_ordinary, reading

_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Sources = tuple[Path, Path | None, Path | None]
"""The files of visits, detainees and issues; a workbook of visits may contain all three."""


@dataclass(frozen=True, slots=True)
class ImportSheets:
    """All sheets of an import by name; `warnings` are about sheets that weren't read."""

    sheets: dict[str, ImportSheet]
    warnings: tuple[ImportProblem, ...] = ()


def read_sources(sources: Sources, progress: Progress | None = None) -> ImportSheets:
    """Read the chosen files. Raises BadInputError, or CancelledError if `progress` says to stop."""
    sheets: dict[str, ImportSheet] = {}
    warnings: list[ImportProblem] = []
    for sheet_name, path in zip(SHEETS, sources, strict=True):
        if path is None or (sheet_name in sheets and path == sources[0]):
            continue
        sheets_of_file, file_warnings = _read(path, sheet_name, progress)
        if sheet_name != SHEETS[0] and sheet_name in sheets:
            raise BadInputError(
                f"{sheet_name.capitalize()} were chosen twice: as a sheet of "
                f"{sources[0].name}, and in {path.name}."
            )
        sheets |= sheets_of_file
        warnings += file_warnings
    return ImportSheets(sheets, tuple(warnings))


def _read(
    path: Path, sheet_name: str, progress: Progress | None
) -> tuple[dict[str, ImportSheet], list[ImportProblem]]:
    with reading(path), open_ordinary(path) as file:
        if os.fstat(file.fileno()).st_size > LARGEST_FILE:
            raise BadInputError(
                f"{path.name} is over {LARGEST_FILE // 2**20} MB. Import it in parts, a few "
                "years at a time."
            )
        start = file.read(4)
        file.seek(0)
        if start == _OLD_EXCEL:
            raise BadInputError(
                f"{path.name} is an older Excel file or has a password. Save it as XLSX or CSV "
                "first."
            )
        if start != _ZIP:
            return {sheet_name: read_csv(file, sheet_name, progress)}, []
        sheets, warnings = read_workbook(file, path.name, sheet_name, progress)
    if sheet_name not in sheets:
        raise BadInputError(f"{path.name} has no sheet called {sheet_name}.")
    return sheets, warnings
