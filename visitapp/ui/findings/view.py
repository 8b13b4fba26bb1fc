"""The page Findings: each question that is counted, and the answers to one of them."""

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.period import Period
from visitapp.domain.year.findings import QuestionFigures
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.findings.tablemodel import AnswersTableModel, FindingsTableModel
from visitapp.ui.findings.viewmodel import FindingsViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.period_and_sites import PeriodAndSites
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.shortcuts import add_shortcut
from visitapp.ui.widgets.table import TableWidget, framed
from visitapp.ui.widgets.table_cursor import go_to, go_to_id

_SIDE, _ROW, _LEAST_ROWS, _ANSWER_ROWS = 480, 38, 8, 8
_WIDTHS = (0, 144, 66, 86, 92)
_BEFORE = 1
"""The column of answers that is hidden where nothing was counted before."""
_ANSWER_WIDTHS = (0, 166, 74, 64)


class FindingsView(Page):
    """The questions on the left, the answers to one of them on the right."""

    help_text = (
        "What visitors’ answers add up to: how many were asked each question, how many "
        "answered, and how many answers say that something was wrong. Within a section the worst "
        "comes first.\n\nUse the arrow keys to move through the questions. Press Enter for the "
        "answers, and Enter again to list the visits behind an answer. Escape goes back. Shares "
        "are of those answered. “Before” compares them with the year before, and says whether "
        "the difference may be chance.\n\nChoose which questions are counted in Settings, "
        "Questions."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Findings")
        self.viewmodel = FindingsViewModel(context)
        self.follow(self.viewmodel)
        self._key = ""
        self._make_controls(context)
        self._columns = Columns(
            self._make_questions(), self._make_answers(), side_width=_SIDE, least_main=540
        )
        self.body.addWidget(self._columns, 1)
        self._empty = EmptyState(
            "list-checks",
            "No report of this period has answers that are counted. Try another period or site.",
            button(
                "Choose what is counted",
                lambda: context.go("settings", "questions"),
                icon="settings",
            ),
        )
        self.body.addWidget(self._empty)
        add_shortcut(self, "Escape", self.table.setFocus)
        self.viewmodel.changed.connect(self._on_changed)
        self._on_changed()

    # -- layout --------------------------------------------------------------------------

    def _make_controls(self, context: Context) -> None:
        schemes = self.viewmodel.schemes
        self.scheme = Segmented("Scheme", [(scheme.id, scheme.label) for scheme in schemes])
        self.scheme.chosen.connect(self.viewmodel.choose_scheme)
        self.scheme.setVisible(len(schemes) > 1)
        self._controls = PeriodAndSites(self.viewmodel, context.years)
        self.period, self.sites = self._controls.period, self._controls.sites
        self._controls.add(self.scheme, 0)
        self.body.addWidget(self._controls)

    def _make_questions(self) -> QWidget:
        self.tablemodel = FindingsTableModel(self)
        self.table = TableWidget("Questions", self.tablemodel)
        self.table.set_row_height(_ROW)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.set_widths(*_WIDTHS)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        self.table.activated.connect(lambda _: self._go_to_answers())
        fit(self.table, least_height=_ROW * _LEAST_ROWS + 40)
        return framed(self.table)

    def _make_answers(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        panel = Panel()
        self._ask = label("", "strong", wrap=True)
        self._about = label("", "second", "text2", wrap=True)
        panel.body.addWidget(self._ask)
        panel.body.addWidget(self._about)
        self.answer_tablemodel = AnswersTableModel(self)
        self.answer_table = TableWidget("Answers", self.answer_tablemodel)
        self.answer_table.set_row_height(_ROW)
        self.answer_table.horizontalHeader().setStretchLastSection(False)
        self.answer_table.set_widths(*_ANSWER_WIDTHS)
        self.answer_table.activated.connect(self._open)
        fit(self.answer_table, least_height=_ROW * _ANSWER_ROWS + 40)
        panel.body.addWidget(self.answer_table)
        panel.body.addWidget(
            label("Press Enter on an answer to list its visits.", "second", "text2", wrap=True)
        )
        column.addWidget(panel)
        return side

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel = self.viewmodel
        self.set_facts(viewmodel.facts)
        if viewmodel.scheme is not None:
            self.scheme.set_key(viewmodel.scheme.id)
        self._controls.show_chosen(viewmodel.sites)
        key = self._key
        self.tablemodel.show(viewmodel.findings)
        self._columns.setVisible(bool(viewmodel.findings))
        self._empty.setVisible(not viewmodel.findings)
        go_to_id(self.table, key, or_first=True)
        self._on_row()

    def _on_row(self) -> None:
        figures = self._current()
        self._key = figures.key if figures is not None else ""
        if figures is None:
            self.answer_tablemodel.show(())
            return
        self._ask.setText(figures.ask)
        self._about.setText(self.viewmodel.about(figures))
        lines = self.viewmodel.lines(figures)
        self.answer_tablemodel.show(lines, figures.ask)
        self.answer_table.setColumnHidden(_BEFORE, not any(line.change for line in lines))

    def _current(self) -> QuestionFigures | None:
        index = self.table.currentIndex()
        return self.viewmodel.findings[index.row()] if index.isValid() else None

    # -- going on ------------------------------------------------------------------------

    def _go_to_answers(self) -> None:
        if self.answer_tablemodel.rowCount():
            go_to(self.answer_table, 0)
            self.answer_table.setFocus()

    def _open(self, index: QModelIndex) -> None:
        figures = self._current()
        if figures is not None and index.isValid():
            self.viewmodel.open_answer(figures, self.answer_tablemodel.lines[index.row()])

    # -- called by the window ------------------------------------------------------------

    def open_target(self, target: object) -> None:
        """Show a period, or the period and sites of a query."""
        if isinstance(target, Period):
            self.viewmodel.choose_period(target)
        elif isinstance(target, VisitQuery):
            if target.period is not None:
                self.viewmodel.choose_period(target.period)
            self.viewmodel.choose_sites(target.site_ids)

    def place(self) -> object:
        """The period and sites shown."""
        return VisitQuery(period=self.viewmodel.period, site_ids=self.viewmodel.chosen)
