"""A list of records as a sheet of a workbook."""

from dataclasses import dataclass
from datetime import date

SheetCell = str | int | date | None


@dataclass(frozen=True, slots=True)
class ListSheet:
    """Rows under headings. A row of a list that belongs to another begins with its key."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
