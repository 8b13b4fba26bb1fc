"""Two reports that may be of the same visit, side by side, and the decision."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.office.grid import clock
from visitapp.domain.reading.report_lines import day_text
from visitapp.domain.report.visit import Visit
from visitapp.domain.year.visit_list import VisitRow
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.reading_lines import ReadArea
from visitapp.ui.widgets.summary_list import SummaryList

Decide = Callable[[UUID, UUID, UUID | None], object]
Read = Callable[[UUID], object]


class SameVisitView(ReadArea):
    """Shows one question at a time. `decide` gets both ids and the one to keep, or None for
    both."""

    def __init__(self, decide: Decide, read: Read) -> None:
        super().__init__()
        self._decide, self._read = decide, read

    def show_question(
        self, rows: tuple[VisitRow, VisitRow], visits: tuple[Visit, Visit], place: str
    ) -> None:
        """Show both reports of a question; `place` is its number, such as `1 of 2`."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 4, 4, 8)
        column.setSpacing(12)
        words = (
            f"{place}Two reports for one site have times that overlap. If they are reports of the "
            "same visit, keep the better one. The other is withdrawn: you can still read it, but "
            "it is not counted. If there were two visits, keep both. You won’t be asked again."
        )
        column.addWidget(label(words, "lead", "text2", wrap=True))
        grid = FormGrid(least=380)
        first, second = rows
        for row, visit, other in ((first, visits[0], second), (second, visits[1], first)):
            grid.add(self._side(row, visit, other))
        column.addWidget(grid)
        column.addStretch(1)
        self.setWidget(inner)

    def _side(self, row: VisitRow, visit: Visit, other: VisitRow) -> Panel:
        panel = Panel(row.ref, flush=True)
        lines = SummaryList()
        for name, value in _lines(row, visit):
            lines.add(name, value)
        panel.body.addWidget(lines)
        keep = button(f"Keep {row.ref}", lambda: self._keep(row, other, row.id))
        keep.setAccessibleName(f"Keep {row.ref}, withdraw {other.ref}")
        read = button("Read all of it", lambda: self._read(row.id))
        read.setAccessibleName(f"Read all of {row.ref}")
        buttons = FlowRow(keep, read, gap=12)
        foot = QWidget()
        inside = QVBoxLayout(foot)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(buttons)
        panel.body.addWidget(foot)
        return panel

    def _keep(self, row: VisitRow, other: VisitRow, keep: UUID | None) -> None:
        self._decide(row.id, other.id, keep)


def _lines(row: VisitRow, visit: Visit) -> list[tuple[str, str]]:
    later = [clock(moment.minute) for moment in (visit.admitted, visit.left) if moment]
    there = "not counted" if row.present is None else str(row.present)
    seen = "" if row.seen is None else f", {row.seen} seen"
    return [
        ("Site", row.site_name),
        ("Date", day_text(visit.arrived)),
        ("Times", " \u2013 ".join((visit.arrived_at, *later))),
        ("Visitors", row.visitors or "not named"),
        ("Present", f"{there}{seen}"),
        ("Issues", str(row.issues)),
        ("Summary", visit.summary.strip() or "none"),
        ("Came from", "import" if row.imported else "the form"),
    ]
