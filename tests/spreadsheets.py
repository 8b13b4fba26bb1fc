"""Files of past visits as offices have them."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

VISIT = {
    "visit_ref": "V1",
    "scheme": "custody",
    "site": "Northgate",
    "date": "5/3/2025",
    "arrived": "14:00",
    "admitted": "14:03",
    "left": "15:00",
    "visitor_1": "Anne Example",
    "visitor_2": "Ben Sample",
    "in_custody": "6",
    "seen": "3",
    "refused": "1",
    "not_available": "1",
    "asleep": "1",
}
"""A row without a problem or warning where the builders' sites and people are known."""

KENNEL_VISIT = {
    "visit_ref": "K1",
    "scheme": "animal_welfare",
    "site": "Hillside kennels",
    "date": "6/3/2025",
    "arrived": "10:00",
    "admitted": "10:00",
    "left": "11:00",
    "visitor_1": "Anne Example",
    "visitor_2": "Ben Sample",
    "animals_seen": "4",
}

Row = Mapping[str, Any]


def visit_row(**changed: Any) -> dict[str, Any]:
    """A custody visit; `None` takes a cell away."""
    return _changed(VISIT, changed)


def kennel_row(**changed: Any) -> dict[str, Any]:
    """A kennel visit."""
    return _changed(KENNEL_VISIT, changed)


def _changed(usual: Row, changed: Row) -> dict[str, Any]:
    return {name: value for name, value in (usual | changed).items() if value is not None}


def headings(rows: Iterable[Row]) -> list[str]:
    """Every column that a row uses, in the order of their first use."""
    return list(dict.fromkeys(name for row in rows for name in row))


def write_csv(
    path: Path,
    rows: Sequence[Row],
    *,
    columns: Sequence[str] | None = None,
    delimiter: str = ",",
    encoding: str = "utf-8",
    **options: Any,
) -> Path:
    """A CSV file with a row of headings."""
    names = headings(rows) if columns is None else columns
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, **options)
        writer.writerow(names)
        writer.writerows([row.get(name, "") for name in names] for row in rows)
    return path


def write_xlsx(path: Path, sheets: Mapping[str, Sequence[Row]]) -> Path:
    """A workbook with a sheet of headings and rows for each of `sheets`."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        names = headings(rows)
        sheet.append(names)
        for number, row in enumerate(rows, 2):
            for position, name in enumerate(names, 1):
                cell = sheet.cell(number, position, row.get(name))
                if cell.data_type == "f":
                    cell.data_type = "s"  # a text that begins with "=" is no formula
    book.save(path)
    return path
