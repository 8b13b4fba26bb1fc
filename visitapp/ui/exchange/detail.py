"""One report on its way: what is to be decided, and all of the report to read."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.reading.report_cards import cards
from visitapp.domain.report.adding_up import sum_of
from visitapp.ui.exchange.viewmodel import ExchangeViewModel
from visitapp.ui.widgets.answer_cards import answer_panel
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.reading_lines import ReadArea
from visitapp.ui.widgets.summary_list import SummaryList


class ExchangeDetail(ReadArea):
    """Shows the report that is chosen; it is built again for each."""

    def __init__(self, viewmodel: ExchangeViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel

    def show_report(self) -> None:
        """Show the chosen report from its first line; nothing where none is chosen."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 4, 8)
        column.setSpacing(12)
        reading, late = self._viewmodel.reading(), self._viewmodel.late_visit
        if late is not None:
            self.setAccessibleName("A visit without a report")
            column.addWidget(self._facts("No report yet"))
        elif (left := self._viewmodel.left) is not None:
            self.setAccessibleName(f"Report {left.ref}, kept at the office")
            column.addWidget(self._facts(left.ref))
        elif reading is None:
            self.setAccessibleName("No report is chosen")
            column.addWidget(label("Choose a report to read it here.", "lead", "text2", wrap=True))
        else:
            visit, about = reading
            self.setAccessibleName(f"Report {visit.ref}")
            column.addWidget(self._facts(visit.ref))
            if changed := self._viewmodel.changed_answers():
                column.addWidget(_changed_panel(changed))
            of = sum_of(
                about.scheme.kind, visit.present, visit.counts, about.book, visit.arrived.day
            )
            for card in cards(visit, about, whole=True):
                column.addWidget(answer_panel(card, of))
        column.addStretch(1)
        self.setWidget(inner)
        self.verticalScrollBar().setValue(0)

    def _facts(self, title: str) -> Panel:
        """What is to be known before anything is read."""
        head = Panel(title, flush=True)
        facts = SummaryList()
        for key, value in self._viewmodel.facts():
            facts.add(key, value)
        head.body.addWidget(facts)
        return head


def _changed_panel(changed: Sequence[tuple[str, str]]) -> Panel:
    panel = Panel("Changed since you answered", flush=True)
    lines = SummaryList()
    for key, value in changed:
        lines.add(key, value, tone="change")
    panel.body.addWidget(lines)
    return panel
