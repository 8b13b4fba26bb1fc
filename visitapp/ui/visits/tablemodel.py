"""Visits and drafts as tables. Visits are fetched in pages when their rows are shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.draft.draft_line import DraftLine
from visitapp.domain.exchange.handing_over import HandoverState, stage_words
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.period import day_and_time
from visitapp.domain.records.list_sheet import ListSheet, SheetCell
from visitapp.domain.report.visit_codes import FACE_TO_FACE, State
from visitapp.domain.text.wording import lowered, number_of, out_of, short_date
from visitapp.domain.year.visit_list import VisitPage, VisitQuery, VisitRow

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_PAGE = 100
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_TEXTS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


FOLDED = Qt.ItemDataRole.UserRole + 1
"""The item role of the text of the folded columns."""


@dataclass(frozen=True, slots=True)
class _Column:
    """`sort` is a key of `SORT_KEYS`, or empty if the list can't be sorted by it. `width` is in
    logical pixels, 0 for the remaining width. Columns are folded by `gives_way`, 1 first, 0
    never."""

    title: str
    sort: str = ""
    width: int = 0
    gives_way: int = 0
    is_number: bool = False


COLUMNS = (
    _Column("Date", "arrived", 146),
    _Column("Site", "site", 146),
    _Column("Reference", "ref", 138, gives_way=5),
    _Column("Kind", "type", 98, gives_way=1),
    _Column("Visitors"),
    _Column("Present", "present", 68, gives_way=4, is_number=True),
    _Column("Seen", "", 62, gives_way=2, is_number=True),
    _Column("Wait", "wait", 78, gives_way=3, is_number=True),
    _Column("Issues", "issues", 74, gives_way=6, is_number=True),
    _Column("State", "", 112, gives_way=7),
)
_OF_FOLDED = 4
"""The column whose cells also speak the folded text to screen readers; it is always shown."""
LEAST_OF_THE_REST = 170
"""The least width, in logical pixels, of the column that gets the remaining width."""


def columns_in(width: float) -> list[int]:
    """The columns that fit in a width in logical pixels; the others are folded."""
    shown = list(range(len(COLUMNS)))
    for at in sorted(shown, key=lambda at: COLUMNS[at].gives_way):
        if sum(COLUMNS[column].width or LEAST_OF_THE_REST for column in shown) <= width:
            break
        if COLUMNS[at].gives_way:
            shown.remove(at)
    return shown


class VisitTableModel(QAbstractTableModel):
    """The visits that match a query."""

    def __init__(
        self, fetch: Callable[[VisitQuery], VisitPage], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._books: Mapping[UUID, CodeBook] = {}
        self._query = VisitQuery()
        self._pages: dict[int, tuple[VisitRow, ...]] = {}
        self._total = 0
        self._folded: tuple[int, ...] = ()
        self._handovers: Mapping[UUID, HandoverState] = {}

    def fold(self, columns: Sequence[int]) -> None:
        """Set the columns that are folded below the others."""
        self._folded = tuple(columns)

    def note_handovers(self, handovers: Mapping[UUID, HandoverState]) -> None:
        """Set how far the reports of a visitor's copy have come; the next list shows it."""
        self._handovers = handovers

    def folded_text(self, row: VisitRow) -> str:
        """The text below a row."""
        phrases = self._phrases(row)
        return " \u00b7 ".join(filter(None, (phrases[at] for at in self._folded)))

    def widest_folded(self) -> str:
        """The longest such text among the fetched rows."""
        rows = (row for page in self._pages.values() for row in page)
        return max(map(self.folded_text, rows), key=len, default="")

    @property
    def query(self) -> VisitQuery:
        """The query of the list."""
        return self._query

    @property
    def total(self) -> int:
        """How many visits match in all."""
        return self._total

    def show_query(self, query: VisitQuery, books: Mapping[UUID, CodeBook]) -> None:
        """List the visits of a query. Raises VisitAppError, and then keeps the current list."""
        query = replace(query, limit=_PAGE, offset=0)
        first = self._fetch(query)
        self.beginResetModel()
        self._query, self._books = query, books
        self._pages, self._total = {0: first.rows}, first.total
        self.endResetModel()

    def visit_at(self, row: int) -> VisitRow | None:
        """The visit of a row; None if the list has become shorter."""
        page, at = divmod(row, _PAGE)
        if page not in self._pages:
            query = replace(self._query, offset=page * _PAGE)
            self._pages[page] = self._fetch(query).rows
        rows = self._pages[page]
        return rows[at] if at < len(rows) else None

    def list_sheet(self, rows: Sequence[int]) -> ListSheet:
        """These visits with their references first, and days and numbers as such."""
        visits = (self.visit_at(row) for row in rows)
        heads = (
            *("Visit", "Date", "Time", "Site", "Kind", "Visitors", "Present", "Seen"),
            *("Wait in minutes", "Issues", "State"),
        )
        return ListSheet("Visits", heads, tuple(self._listed(row) for row in visits if row))

    def _listed(self, row: VisitRow) -> tuple[SheetCell, ...]:
        _, site, ref, kind, visitors, *_, state = self._texts(row)
        return (
            *(ref, row.arrived.day, row.arrived_at, site, kind, visitors),
            *(row.present, row.seen, row.wait_minutes, row.issues, state),
        )

    def row_of(self, visit_id: UUID) -> int | None:
        """The row of a visit, if it was fetched."""
        for page, rows in self._pages.items():
            for at, row in enumerate(rows):
                if row.id == visit_id:
                    return page * _PAGE + at
        return None

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """All rows, fetched or not."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The words of the head."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role in _TEXTS:
            return COLUMNS[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if COLUMNS[section].is_number else _LEFT
        return None

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell; for screen readers with the name of the column."""
        if not index.isValid() or not 0 <= index.row() < self._total:
            return None
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column.is_number else _LEFT
        if role not in (*_TEXTS, Qt.ItemDataRole.ToolTipRole, FOLDED):
            return None
        row = self.visit_at(index.row())
        if row is None:
            return None
        if role == FOLDED:
            return self.folded_text(row)
        text = self._texts(row)[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = f"{column.title}: {text.replace(chr(10), ', ') or 'none'}"
            folded = self.folded_text(row) if index.column() == _OF_FOLDED else ""
            return f"{words}; {folded}" if folded else words
        return text

    def _phrases(self, row: VisitRow) -> tuple[str, ...]:
        """The text of each column where it has no heading above."""
        texts = self._texts(row)
        by_column = dict(enumerate(texts))
        for at, words in ((5, "{} there"), (6, "{} seen"), (7, "waited {}")):
            by_column[at] = words.format(texts[at]) if texts[at] else ""
        if row.issues:
            by_column[8] = number_of(row.issues, "issue")
        return tuple(by_column.values())

    def _texts(self, row: VisitRow) -> tuple[str, ...]:
        book = self._books.get(row.scheme_id, CodeBook())
        kind = book.label("visit_type", row.type)
        if row.mode != FACE_TO_FACE:
            kind = f"{kind}, {lowered(book.label('visit_mode', row.mode))}"
        return (
            f"{short_date(row.arrived.day)}\n{row.arrived_at}",
            row.site_name,
            row.ref,
            kind,
            row.visitors,
            "" if row.present is None else str(row.present),
            "" if row.seen is None else str(row.seen),
            "" if row.wait_minutes is None else f"{row.wait_minutes} min",
            str(row.issues) if row.issues else "",
            state_words(row, self._handovers.get(row.id)),
        )

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the list, if the column allows it."""
        key = COLUMNS[column].sort if 0 <= column < len(COLUMNS) else ""
        descending = order is Qt.SortOrder.DescendingOrder
        if key and (key, descending) != (self._query.sort, self._query.descending):
            query = replace(self._query, sort=key, descending=descending)
            self.show_query(query, self._books)

    def sorted_by(self) -> tuple[int, Qt.SortOrder]:
        """The sorted column and its direction."""
        column = next(
            at for at, candidate in enumerate(COLUMNS) if candidate.sort == self._query.sort
        )
        orders = Qt.SortOrder
        return column, orders.DescendingOrder if self._query.descending else orders.AscendingOrder


def state_words(row: VisitRow, handover: HandoverState | None) -> str:
    """`Locked`, `Imported` (and locked with that), or `Withdrawn`; in a visitor's copy that has
    joined how far a report has come."""
    if row.state is State.WITHDRAWN:
        return "Withdrawn"
    if handover is not None:
        return stage_words(handover)
    return "Imported" if row.imported else "Locked"


class DraftTableModel(QAbstractTableModel):
    """Reports that are still being written."""

    _titles = ("Draft", "By", "Sections done", "Saved")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts: tuple[DraftLine, ...] = ()

    def show_drafts(self, drafts: Sequence[DraftLine]) -> None:
        """List drafts."""
        self.beginResetModel()
        self._drafts = tuple(drafts)
        self.endResetModel()

    def draft_at(self, row: int) -> DraftLine:
        """The draft of a row."""
        return self._drafts[row]

    def rowCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """All drafts."""
        return 0 if parent.isValid() else len(self._drafts)

    def columnCount(self, parent: _AnyIndex = _NOWHERE) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(self._titles)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The words of the head."""
        horizontal = orientation is Qt.Orientation.Horizontal
        if horizontal and role in _TEXTS and 0 <= section < len(self._titles):
            return self._titles[section]
        return None

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        if not index.isValid() or role not in (*_TEXTS, Qt.ItemDataRole.ToolTipRole):
            return None
        draft = self._drafts[index.row()]
        text = (
            draft.title,
            draft.by,
            out_of(draft.done, draft.sections),
            "" if draft.saved_at is None else day_and_time(draft.saved_at),
        )[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._titles[index.column()]}: {text}"
        return text
