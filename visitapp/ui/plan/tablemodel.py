"""Weeks down, sites across. An index is one visit; it never holds a day or time by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.office.site import Site
from visitapp.domain.office.target import TargetUnit
from visitapp.domain.period import Period, days_words, span_words
from visitapp.domain.plan.planned import Mode, PlannedRow, PlannedStanding, PlanSheet
from visitapp.domain.plan.weeks import target_of_plan
from visitapp.domain.text.wording import day_of_month, short_month
from visitapp.ui.plan.words import who_knows_words

_AnyIndex = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
MASK = "•••"
OF_PAIR = "pair’s"
"""In the place of the mask, where the office has nothing to show."""


@dataclass(frozen=True, slots=True)
class PlanCell:
    """A cell of the table: the name of a week, a visit, or a missing visit. `parts` are its words;
    each gets a line where they don't fit on one. `note` is next to them: the mask, or what happened
    at the visit. `shown` is the day and time while they are shown. A cell that `is_last` of its
    span ends with a line."""

    parts: tuple[str, ...] = ()
    note: str = ""
    shown: str = ""
    visit: PlannedRow | None = None
    is_hole: bool = False
    is_now: bool = False
    is_last: bool = False
    sentence: str = ""

    @property
    def words(self) -> str:
        """All parts on one line."""
        return ", ".join(self.parts)

    @property
    def is_bad(self) -> bool:
        """Whether something is missing here."""
        return self.is_hole or (self.visit is not None and self.visit.is_missing)


class PlanTableModel(QAbstractTableModel):
    """`CELL_ROLE` returns a PlanCell."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sites: tuple[Site, ...] = ()
        self.sheet: PlanSheet | None = None
        self._cells: list[list[PlanCell]] = []

    def show(
        self,
        sheet: PlanSheet,
        pairs: Mapping[UUID, Sequence[str]],
        moments: Mapping[UUID, str],
        now: Period,
    ) -> None:
        """Show a plan: `pairs` are the names for each visit, `moments` the days and times shown."""
        self.beginResetModel()
        self.sheet, self.sites = sheet, sheet.sites
        columns = [_spans(sheet, site, pairs) for site in sheet.sites]
        weeks = sheet.period.weeks()
        heights = _heights(weeks, columns)
        self._cells = [
            [
                _week_cell(week, now, first=at == 0, last=at == high - 1),
                *([PlanCell()] * len(columns)),
            ]
            for week, high in zip(weeks, heights, strict=True)
            for at in range(high)
        ]
        for at, spans in enumerate(columns, 1):
            self._place(at, spans, heights)
        self._mask(moments)
        self.endResetModel()

    def _place(self, column: int, spans: "list[_Span]", heights: Sequence[int]) -> None:
        """Place the cells of each span below one another, with a line at its end."""
        for first, end, cells in spans:
            top, below = sum(heights[:first]), sum(heights[:end])
            for at, cell in zip(range(top, below), cells, strict=False):
                self._cells[at][column] = cell
            self._cells[below - 1][column] = replace(self._cells[below - 1][column], is_last=True)

    def _mask(self, moments: Mapping[UUID, str]) -> list[tuple[int, int]]:
        """Show these moments and mask the others; returns (row, column) of each change."""
        changed = []
        for at, row in enumerate(self._cells):
            for column, cell in enumerate(row):
                if cell.visit is not None and cell.visit.standing is PlannedStanding.PLANNED:
                    shown = moments.get(cell.visit.visit_id, "")
                    mask = OF_PAIR if cell.visit.mode is Mode.PAIR_HELD else MASK
                    masked = replace(cell, shown=shown, note="" if shown else mask)
                    if masked != cell:
                        row[column] = masked
                        changed.append((at, column))
        return changed

    def show_moments(self, moments: Mapping[UUID, str]) -> None:
        """Show these moments and mask the others."""
        for at, column in self._mask(moments):
            index = self.index(at, column)
            self.dataChanged.emit(index, index)

    def cell(self, index: _AnyIndex) -> PlanCell:
        """The cell at an index."""
        return self._cells[index.row()][index.column()] if index.isValid() else PlanCell()

    def index_of(self, visit_id: UUID) -> QModelIndex:
        """The index of a visit."""
        for at, row in enumerate(self._cells):
            for column, cell in enumerate(row):
                if cell.visit is not None and cell.visit.visit_id == visit_id:
                    return self.index(at, column)
        return QModelIndex()

    def rowCount(self, _parent: _AnyIndex = QModelIndex()) -> int:
        """A week has as many rows as visits at one suite."""
        return len(self._cells)

    def columnCount(self, _parent: _AnyIndex = QModelIndex()) -> int:
        """The week, and the sites."""
        return 1 + len(self.sites)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, and for screen readers a sentence."""
        cell = self.cell(index)
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.words
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{cell.sentence}; {cell.shown}" if cell.shown else cell.sentence
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """`Week`, and the names of the sites."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return "Week" if section == 0 else self.sites[section - 1].name
        return None


_Span = tuple[int, int, list[PlanCell]]
"""The position of the first week of a span, that of the week after it, and its cells."""


def _heights(weeks: Sequence[Period], columns: Sequence[list[_Span]]) -> list[int]:
    """The rows of each week: as many as it has visits at one suite. The visits of a month are
    spread over its weeks; if there are more, the last week gets more rows. Suites are counted
    first."""
    heights = [1] * len(weeks)
    for spans in columns:
        for first, end, cells in spans:
            heights[end - 1] += max(0, len(cells) - sum(heights[first:end]))
    return heights


def _week_cell(week: Period, now: Period, *, first: bool, last: bool) -> PlanCell:
    is_now = week.start == now.start
    parts = (days_words(week), *(["now"] if is_now else []))
    return PlanCell(
        parts=parts if first else (),
        is_now=is_now,
        is_last=last,
        sentence=f"Week of {span_words(week)}{', now' if is_now else ''}",
    )


def _spans(sheet: PlanSheet, site: Site, pairs: Mapping[UUID, Sequence[str]]) -> list[_Span]:
    """The cells of a site by week, or by fortnight or month as far as it is shown. A week in which
    a month begins belongs to the new month."""
    weeks = sheet.period.weeks()
    if target_of_plan(site, sheet.period).unit is TargetUnit.WEEK:
        return [(at, at + 1, _cells(sheet, site, week, pairs)) for at, week in enumerate(weeks)]
    spans = []
    for month in dict.fromkeys(row.span for row in sheet.of(site.id)):
        inside = [at for at, week in enumerate(weeks) if week.end in month]
        if inside:
            spans.append((inside[0], inside[-1] + 1, _cells(sheet, site, month, pairs)))
    return spans


def _cells(
    sheet: PlanSheet, site: Site, span: Period, pairs: Mapping[UUID, Sequence[str]]
) -> list[PlanCell]:
    rows = [row for row in sheet.of(site.id) if row.span == span]
    is_weekly = target_of_plan(site, sheet.period).unit is TargetUnit.WEEK
    if is_weekly and not rows and site.is_open_within(span) and sheet.rows:
        sentence = f"{site.name}, {span_words(span)}: no visit"
        return [PlanCell(("No visit",), is_hole=True, sentence=sentence)]
    month = "" if is_weekly else f"{short_month(span.start)}: "
    if target_of_plan(site, sheet.period).unit is TargetUnit.FORTNIGHT:
        month = f"{days_words(span)}: "
    return [_visit_cell(site, row, month, pairs[row.visit_id]) for row in rows]


def _visit_cell(site: Site, row: PlannedRow, month: str, pair: Sequence[str]) -> PlanCell:
    state = {
        PlannedStanding.VISITED: ", visited",
        PlannedStanding.MISSED: ", no report came",
        PlannedStanding.STOOD_DOWN: ", not needed",
    }
    kept = ", pinned" if row.is_pinned else ""
    by_hand = ", chosen by hand" if row.is_by_hand else ""
    where = f"{site.name}, {span_words(row.span)}"
    sentence = f"{where}: {', '.join(pair)}{by_hand}{kept}{state.get(row.standing, '')}"
    if row.standing is PlannedStanding.PLANNED:
        sentence += who_knows_words(row)
    note = {PlannedStanding.MISSED: "no report", PlannedStanding.STOOD_DOWN: "not needed"}.get(
        row.standing, ""
    )
    if row.visited_on:
        note = day_of_month(row.visited_on)
    parts = (f"{month}{pair[0]}", *pair[1:])
    return PlanCell(parts, note=note, visit=row, sentence=sentence)
