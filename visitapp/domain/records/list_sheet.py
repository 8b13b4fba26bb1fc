"""A list of records as a sheet of a workbook, as CSV and as a table on the clipboard."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from visitapp.domain.dataclass import dataclass
from visitapp.domain.text.shown import harmless_in_a_sheet

SheetCell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class ListSheet:
    """Rows under headings. A row of a list that belongs to another begins with its key. Raises
    ValueError for a row with more or fewer cells than headings: all after would be misread."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError("A row has cells without a heading, or headings without a cell.")

    def as_csv(self) -> bytes:
        """In UTF-8 with a mark by which spreadsheet programs know it; no text is a formula."""
        import csv  # needed only here
        from io import StringIO

        file = StringIO()
        csv.writer(file).writerows([_words(cell) for cell in row] for row in self._lines())
        return file.getvalue().encode("utf-8-sig", "replace")

    def as_text(self) -> str:
        """With tabs between cells, and each row on one line; no text is a formula."""
        lines = ([" ".join(_words(cell).split()) for cell in row] for row in self._lines())
        return "\n".join("\t".join(line) for line in lines)

    def as_html(self) -> str:
        """As a table for programs that write texts; no text is a formula in those that count."""
        from html import escape  # needed only here

        head, *rows = (
            "".join(f"<td>{escape(_words(cell)).replace(chr(10), '<br>')}</td>" for cell in row)
            for row in self._lines()
        )
        below = "".join(f"<tr>{row}</tr>" for row in rows)
        return f"<table><tr>{head.replace('td>', 'th>')}</tr>{below}</table>"

    def _lines(self) -> Iterator[tuple[SheetCell, ...]]:
        yield self.headings
        yield from self.rows


def _words(cell: SheetCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return harmless_in_a_sheet(cell) if isinstance(cell, str) else str(cell)
