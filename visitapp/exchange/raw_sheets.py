"""The sheets of a file as they are, before anybody knows what is in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from visitapp.domain.errors import BadInputError
from visitapp.domain.progress import Progress, with_progress_as_they_come
from visitapp.exchange import limits
from visitapp.exchange.cells import Cell, Uncalculated, as_text
from visitapp.exchange.sheets import NumberedRow

_TOLD_EVERY = 1000


@dataclass(frozen=True, slots=True)
class RawSheet:
    """Its rows without blank cells. `hidden` rows are read like the others; `ragged_is_bad`: a cell
    beyond the headings means that the commas are wrong."""

    title: str
    rows: tuple[NumberedRow, ...]
    hidden: tuple[int, ...] = ()
    days_from_1904: bool = False
    ragged_is_bad: bool = False

    @property
    def first_rows(self) -> tuple[NumberedRow, ...]:
        """Those among which the headings are."""
        return self.rows[: limits.HEADINGS_WITHIN]

    def texts(self, row: NumberedRow) -> dict[int, str]:
        """The cells of a row as a person reads them, by column from 0."""
        cells = {at: as_text(cell) for at, cell in row[1][: limits.HEADINGS_AMONG]}
        return {at: text for at, text in cells.items() if text}


class RawReader:
    """Keeps the rows of a sheet, or the first `most_rows`. `cells_before`: cells of the sheets
    before it. Raises BadInputError for what makes the file unreadable."""

    def __init__(
        self,
        title: str,
        *,
        ragged_is_bad: bool = False,
        days_from_1904: bool = False,
        progress: Progress | None = None,
        most_rows: int | None = None,
        cells_before: int = 0,
    ) -> None:
        self._most_rows, self._cells_before = most_rows, cells_before
        self._title, self._progress = title, progress
        self._ragged_is_bad, self._days_from_1904 = ragged_is_bad, days_from_1904

    def read(self, rows: Iterable[NumberedRow], *, hidden: Sequence[int] = ()) -> RawSheet:
        """All rows with something in them, and the first ones even if they are blank."""
        kept: list[NumberedRow] = []
        cells = self._cells_before
        stage = f"Reading {self._title}"
        for number, row in with_progress_as_they_come(self._progress, stage, rows, _TOLD_EVERY):
            written = [(at, cell) for at, cell in row if not _is_blank(cell)]
            cells += len(written)
            if cells > limits.MOST_CELLS:
                raise BadInputError(
                    f"The file has more than {limits.MOST_CELLS:,} cells. Import it in parts."
                )
            if written or number <= limits.HEADINGS_WITHIN:
                kept.append((number, written))
            if len(kept) == self._most_rows:
                break
        return RawSheet(
            self._title, tuple(kept), tuple(hidden), self._days_from_1904, self._ragged_is_bad
        )

    def problem(self, row: int, _column: str, sentence: str, *, structural: bool = False) -> None:
        """The quotation marks of a CSV file don't match. Raises BadInputError."""
        del structural
        raise BadInputError(f"Row {row}: {sentence}")


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not isinstance(cell, Uncalculated) and not cell.strip()
