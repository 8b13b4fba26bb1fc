"""Weeks down, sites across; one index is one visit, and no day or time is in it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.period import MONTHS, Period
from visitapp.domain.planned import PlannedRow, Sheet, Standing, span_words
from visitapp.domain.site import Site, SiteKind

_AnyIndex = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
MASK = "•••"


@dataclass(frozen=True, slots=True)
class PlanCell:
    """What stands at a place of the table: a week's name, a visit, or a hole where one
    should be. `note` is the masked moment, or what was asked to be shown."""

    words: str = ""
    note: str = ""
    visit: PlannedRow | None = None
    is_hole: bool = False
    is_week: bool = False
    is_now: bool = False
    is_last: bool = False
    sentence: str = ""


class PlanTableModel(QAbstractTableModel):
    """`CELL_ROLE` gives a PlanCell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sites: tuple[Site, ...] = ()
        self._cells: list[list[PlanCell]] = []

    def show(
        self,
        sheet: Sheet,
        words: Mapping[UUID, str],
        moments: Mapping[UUID, str],
        now: Period,
    ) -> None:
        """Show a plan: `words` name the pair of each visit, `moments` are those in sight."""
        self.beginResetModel()
        self._sites = sheet.sites
        self._cells = []
        for week in sheet.period.weeks():
            self._cells += _rows_of(sheet, week, words, moments, week.start == now.start)
        self.endResetModel()

    def show_moments(self, moments: Mapping[UUID, str]) -> None:
        """Show other moments, or none."""
        for at, row in enumerate(self._cells):
            for column, cell in enumerate(row):
                if cell.visit is not None and cell.visit.standing is Standing.PLANNED:
                    note = moments.get(cell.visit.visit_id, MASK)
                    if note != cell.note:
                        self._cells[at][column] = _visit_cell(
                            cell.visit, cell.words, note, cell.is_last, cell.sentence
                        )
                        index = self.index(at, column)
                        self.dataChanged.emit(index, index)

    def cell(self, index: _AnyIndex) -> PlanCell:
        """What stands at a place."""
        return self._cells[index.row()][index.column()] if index.isValid() else PlanCell()

    def index_of(self, visit_id: UUID) -> QModelIndex:
        """Where a visit stands."""
        for at, row in enumerate(self._cells):
            for column, cell in enumerate(row):
                if cell.visit is not None and cell.visit.visit_id == visit_id:
                    return self.index(at, column)
        return QModelIndex()

    def rowCount(self, _parent: _AnyIndex = QModelIndex()) -> int:
        """As many rows a week as it has visits at one site."""
        return len(self._cells)

    def columnCount(self, _parent: _AnyIndex = QModelIndex()) -> int:
        """The week, and the sites."""
        return 1 + len(self._sites)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, and the whole as a sentence for readers."""
        cell = self.cell(index)
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            shown = "" if cell.note in ("", MASK) else f"; {cell.note}"
            return f"{cell.sentence}{shown}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """`Week`, and the names of the sites."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return "Week" if section == 0 else self._sites[section - 1].name
        return None


def _rows_of(
    sheet: Sheet,
    week: Period,
    words: Mapping[UUID, str],
    moments: Mapping[UUID, str],
    is_now: bool,
) -> list[list[PlanCell]]:
    columns = [_column(sheet, site, week, words, moments) for site in sheet.sites]
    high = max([1, *(len(column) for column in columns)])
    found = []
    for at in range(high):
        name = _short(week) if at == 0 else ""
        first = PlanCell(
            words=name,
            is_week=True,
            is_now=is_now and at == 0,
            is_last=at == high - 1,
            sentence=f"Week of {span_words(week)}{', now' if is_now else ''}",
        )
        row = [first]
        for column in columns:
            cell = column[at] if at < len(column) else PlanCell()
            row.append(_ended(cell, at == high - 1))
        found.append(row)
    return found


def _short(week: Period) -> str:
    words = span_words(week)
    return words[: -len(f" {week.end.year}")]


def _column(
    sheet: Sheet,
    site: Site,
    week: Period,
    words: Mapping[UUID, str],
    moments: Mapping[UUID, str],
) -> list[PlanCell]:
    """The cells of one site in a week; kennels stand in the week in which their month, or the
    part of it that is shown, begins."""
    is_suite = site.kind is SiteKind.SUITE
    first = sheet.period.start
    rows = [
        row
        for row in sheet.of(site.id)
        if (row.span.start == week.start if is_suite else max(row.span.start, first) in week)
    ]
    found = []
    for row in rows:
        month = "" if is_suite else f"{MONTHS[row.span.start.month - 1][:3]}: "
        pair = words.get(row.visit_id, "")
        note = (
            f"{row.visited_on.day} {MONTHS[row.visited_on.month - 1][:3]}"
            if row.visited_on
            else moments.get(row.visit_id, MASK)
        )
        if row.standing is Standing.MISSED:
            note = "no report"
        state = {Standing.VISITED: ", visited", Standing.MISSED: ", no report came"}
        kept = ", kept" if row.is_pinned else ""
        sentence = f"{site.name}, {span_words(row.span)}: {pair}{kept}{state.get(row.standing, '')}"
        found.append(_visit_cell(row, f"{month}{pair}", note, False, sentence))
    if is_suite and not found and site.is_open_within(week) and sheet.rows:
        sentence = f"{site.name}, {span_words(week)}: no visit"
        found.append(PlanCell(words="No visit", is_hole=True, sentence=sentence))
    return found


def _visit_cell(row: PlannedRow, words: str, note: str, is_last: bool, sentence: str) -> PlanCell:
    return PlanCell(words=words, note=note, visit=row, is_last=is_last, sentence=sentence)


def _ended(cell: PlanCell, is_last: bool) -> PlanCell:
    return replace(cell, is_last=is_last)
