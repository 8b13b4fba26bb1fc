"""Each table of a document as a CSV file of its own, named by its number and caption."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from visitapp.domain.text.shown import harmless_in_a_sheet, in_a_file_name
from visitapp.reporting.blocks import Document, Table

_NAMES = re.compile(r"table-\d{2,}-.+\.csv")


def table_files(document: Document) -> Iterator[tuple[str, bytes]]:
    """Name and content of each file: the head, the rows and the total as they are printed, in
    UTF-8 with a mark by which spreadsheet programs know it."""
    for table in document.tables():
        yield _name(table), _content(table)


def is_table_file(name: str) -> bool:
    """Whether a file has a name that `table_files` gives."""
    return _NAMES.fullmatch(name) is not None


def _name(table: Table) -> str:
    return f"table-{table.number:02}-{in_a_file_name(table.caption.casefold(), 'figures')}.csv"


def _content(table: Table) -> bytes:
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([harmless_in_a_sheet(column.head) for column in table.columns])
    for row in (*table.rows, *((table.total,) if table.total else ())):
        writer.writerow([harmless_in_a_sheet(words) for words in row])
    return file.getvalue().encode("utf-8-sig", "replace")
