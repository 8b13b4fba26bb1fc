"""XLSX workbooks, read row by row; hostile XML is refused."""

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from visitapp.domain.errors import BadInputError
from visitapp.domain.folding import folded
from visitapp.domain.importing import SHEETS, ImportProblem
from visitapp.domain.progress import Progress
from visitapp.exchange.cells import Cell
from visitapp.exchange.sheets import Sheet, SheetReader

LARGEST_UNPACKED = 1024 * 1024 * 1024
GUIDE_SHEET = "guide"
"""The template's sheet of explanations, which is not read."""

_NOT_A_WORKBOOK = (
    "is not a workbook that can be read; open it in the spreadsheet program and save it "
    "again as XLSX."
)

_HOSTILE = "holds instructions that no spreadsheet needs and that can do harm; it is not read."
_UNREADABLE = (
    OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, SyntaxError, EOFError,
    NotImplementedError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
"""What openpyxl and its helpers raise for files that are damaged or something else."""


def read_workbook(
    content: bytes, name: str, wanted: str, progress: Progress | None = None
) -> tuple[dict[str, Sheet], list[ImportProblem]]:
    """Our sheets of a workbook, and warnings of sheets that are not read.

    A workbook of visits may hold `detainees` and `issues` too; of others only the `wanted`
    sheet is read. A sheet that stands alone may be called anything.

    Raises BadInputError for what is no workbook, CancelledError where told to stop.
    """
    # Loaded here: it takes a while, and most starts of the program import nothing.
    import openpyxl
    from defusedxml import DefusedXmlException

    if not openpyxl.DEFUSEDXML:
        raise BadInputError("Workbooks can't be read safely here: defusedxml is missing.")
    _must_not_be_a_bomb(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of decorations that openpyxl doesn't read
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            chosen, left_over = _chosen(book, wanted)
            sheets = {
                ours: SheetReader(ours, progress=progress).read(_rows(book[title]))
                for ours, title in chosen.items()
            }
    except BadInputError:
        raise
    except _UNREADABLE as error:
        sentence = (
            _HOSTILE
            if isinstance(error.__cause__ or error, DefusedXmlException)
            else (_NOT_A_WORKBOOK)
        )
        raise BadInputError(f"{name} {sentence}") from error
    return sheets, [
        ImportProblem(title, 1, "sheet", "This sheet is not read.") for title in left_over
    ]


def _must_not_be_a_bomb(content: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except _UNREADABLE as error:
        raise BadInputError(f"{name} {_NOT_A_WORKBOOK}") from error
    if unpacked > LARGEST_UNPACKED:
        raise BadInputError(f"{name} is too large when unpacked; bring it in parts.")


def _chosen(book: Any, wanted: str) -> tuple[Mapping[str, str], list[str]]:
    """Our sheets' names with their titles in the workbook, and the titles left over."""
    titles = [sheet.title for sheet in book.worksheets]
    by_name = {folded(title): title for title in reversed(titles)}
    if len(titles) == 1 and folded(titles[0]) not in SHEETS:
        return {wanted: titles[0]}, []
    asked_for = SHEETS if wanted == SHEETS[0] else (wanted,)
    chosen = {ours: by_name[ours] for ours in asked_for if ours in by_name}
    known = {*chosen.values(), *(t for t in titles if folded(t) == GUIDE_SHEET)}
    return chosen, [title for title in titles if title not in known]


def _rows(sheet: Any) -> Iterator[tuple[Cell | None, ...]]:
    sheet.reset_dimensions()  # what a file says of its own size is not to be relied on
    yield from sheet.iter_rows(values_only=True)
