"""The rows of a workbook's sheet, read one at a time, without blank cells."""

import math
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime

from visitapp.exchange import limits
from visitapp.exchange.cells import UNCALCULATED, Cell
from visitapp.exchange.sheets import NumberedRow
from visitapp.exchange.xlsx_parts import (
    Attributes,
    NoWorkbookError,
    TooLargeError,
    WorkbookContents,
    WorkbookPart,
    unescaped,
)

_LONGEST_NUMBER = 40
"""In characters. A spreadsheet's numbers have 15 digits, a point and an exponent."""


class SheetRows:
    """Iterate once: (row number, ((column from 0, cell), ...)) for each row that isn't blank.

    Raises NoWorkbookError, HostileError, TooLargeError.
    """

    def __init__(
        self, archive: zipfile.ZipFile, name: str, book: WorkbookContents, strings: Sequence[str]
    ) -> None:
        self._values = _Values(book, strings)
        self._part = WorkbookPart(archive, name, limits.LARGEST_UNPACKED)
        self._part.began, self._part.ended = self._began, self._ended
        self.hidden: list[int] = []
        """The numbers of hidden rows that aren't blank, among those read so far."""
        self._columns: dict[str, int] = {}
        self._rows: list[NumberedRow] = []
        self._row, self._column, self._cells_seen = 0, -1, 0
        self._cells: list[tuple[int, Cell]] = []
        self._is_hidden = self._is_inline = self._has_formula = self._is_beside = False
        self._kind, self._style = "n", "0"
        self._texts: list[str] = []
        self._length = 0

    def __iter__(self) -> Iterator[NumberedRow]:
        for _ in self._part.pieces():
            yield from self._rows
            self._rows.clear()

    def _began(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "v" or (name == "t" and self._is_inline and not self._is_beside):
            self._part.wants_text = True
        elif name == "f":
            self._has_formula = True
        elif name == "rPh":
            self._is_beside = True

    def _begin_row(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        self._row = self._row + 1 if reference is None else _place(reference, limits.LAST_ROW)
        if self._row > limits.LAST_ROW:
            raise _too_far()
        self._is_hidden = attributes.get("hidden", "") in {"1", "true"}
        self._column = -1
        self._cells = []

    def _begin_cell(self, attributes: Attributes) -> None:
        self._cells_seen += 1
        if self._cells_seen > limits.MOST_CELLS:
            raise TooLargeError(
                f"has a sheet of more than {limits.MOST_CELLS:,} cells, counting blank ones "
                "with a format. Delete the cells you don’t need."
            )
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            known = self._columns.get(letters)
            if known is None:
                known = self._columns[letters] = _column(letters)
            self._column = known
        self._kind, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._is_inline = self._kind == "inlineStr"
        self._has_formula = False
        self._texts.clear()
        self._length = 0

    def _ended(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif name == "v" or (name == "t" and self._is_inline and not self._is_beside):
            self._texts.append(self._part.taken())
            self._length += len(self._texts[-1])
            if self._length > limits.LONGEST_TEXT:
                raise TooLargeError(f"has a cell of more than {limits.LONGEST_TEXT:,} letters.")
        elif name == "rPh":
            self._is_beside = False
        elif name == "row" and self._cells:
            self._rows.append((self._row, self._cells))
            if self._is_hidden:
                self.hidden.append(self._row)

    def _end_cell(self) -> None:
        if self._column >= limits.MOST_COLUMNS:
            raise _too_far()
        if self._length:
            value = self._values.of(self._kind, self._style, "".join(self._texts))
            self._cells.append((self._column, value))
        elif self._has_formula and self._kind == "n":  # a text may be empty
            self._cells.append((self._column, UNCALCULATED))


class _Values:
    """Turns the text of a cell into a value, depending on its kind and format."""

    def __init__(self, book: WorkbookContents, strings: Sequence[str]) -> None:
        from openpyxl.styles.numbers import is_date_format, is_timedelta_format
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

        self._strings = strings
        self._epoch: datetime = MAC_EPOCH if book.days_from_1904 else WINDOWS_EPOCH
        self._dates: dict[str, bool] = {
            str(style): is_timedelta_format(code)
            for style, code in enumerate(book.formats)
            if is_date_format(code)
        }
        """By style: whether it is a length of time."""

    def of(self, kind: str, style: str, text: str) -> Cell:
        """The cell. Raises NoWorkbookError."""
        if kind == "s":
            return self._shared(text)
        if kind == "b":
            return text.strip() not in {"0", "false"}
        if kind == "d":
            return _iso(text)
        if kind == "n":
            number = _number(text)
            if number is None:
                return text
            return self._dated(number, self._dates[style]) if style in self._dates else number
        return unescaped(text)

    def _shared(self, text: str) -> str:
        place = _place(text.strip(), limits.MOST_STRINGS, least=0)
        if place >= len(self._strings):
            raise NoWorkbookError
        return self._strings[place]

    def _dated(self, number: float, is_length: bool) -> Cell:
        from openpyxl.utils.datetime import from_excel

        try:
            moment: Cell = from_excel(number, self._epoch, timedelta=is_length)
        except (ArithmeticError, ValueError):
            return number
        return moment


def _iso(text: str) -> Cell:
    from openpyxl.utils.datetime import from_ISO8601

    try:
        moment: Cell | None = from_ISO8601(text[:_LONGEST_NUMBER])  # type: ignore[no-untyped-call]
    except (ArithmeticError, ValueError):
        return text
    return text if moment is None else moment


def _number(text: str) -> float | None:
    if len(text) > _LONGEST_NUMBER or not text.isascii():
        return None
    try:
        number = float(text) if set(text) & set(".eE") else int(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _place(text: str, most: int, *, least: int = 1) -> int:
    """A number that is a position."""
    if not (text.isascii() and text.isdigit()):
        raise NoWorkbookError
    if len(text) > len(str(most)):
        raise _too_far()
    place = int(text)
    if place < least:
        raise NoWorkbookError
    return place


def _column(letters: str) -> int:
    """A column from 0: `A` is 0, `AB` is 27."""
    number = 0
    if not letters or not (letters.isascii() and letters.isalpha()):
        raise NoWorkbookError
    if len(letters) > 3:
        raise _too_far()
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _too_far() -> TooLargeError:
    return TooLargeError(
        f"has cells below row {limits.LAST_ROW:,} or to the right of column XFD, which no "
        "spreadsheet program can show. Save it again as XLSX."
    )
