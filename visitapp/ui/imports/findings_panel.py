"""The problems and warnings found in the files: sorted, copied, saved."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from visitapp.domain.importing import ImportProblem
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.register_import import RegisterPlan
from visitapp.domain.text.wording import number_of
from visitapp.ui.imports import dialogs
from visitapp.ui.imports.files_panel import FilesPanel
from visitapp.ui.imports.tablemodel import findings_tablemodel
from visitapp.ui.imports.viewmodel import ImportsViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import COMPACT_ROW
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.listing import copy_list
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.shortcuts import add_shortcut
from visitapp.ui.widgets.table import TableWidget
from visitapp.ui.widgets.table_cursor import start_at_first

_LEAST_ROWS = 8
_WIDTHS = (96, 64, 150, 0)
PROBLEMS, WARNINGS, NOTES = "problems", "warnings", "entries"
_NAMES = {PROBLEMS: "Problems", WARNINGS: "Warnings", NOTES: "What would be entered"}


class FindingsPanel(Panel):
    """A table of problems, of warnings or of what would be entered of whom; the current row is
    shown in full below."""

    def __init__(self, viewmodel: ImportsViewModel, files: FilesPanel) -> None:
        super().__init__("What was found")
        self._viewmodel, self._files = viewmodel, files
        self.which = Segmented("What to show", list(_NAMES.items()))
        self.which.set_key(PROBLEMS)
        self.which.chosen.connect(lambda _: self.show_state())
        self.head.addWidget(self.which, 0, Qt.AlignmentFlag.AlignVCenter)
        self.tablemodel = findings_tablemodel(self)
        self.table = TableWidget("Problems", self.tablemodel)
        self.table.set_row_height(COMPACT_ROW)
        self.table.set_widths(*_WIDTHS)
        head = self.table.horizontalHeader()
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        self.tablemodel.layoutChanged.connect(self._on_row)
        self.body.addWidget(self.table, 1)
        self.in_full = label("", "second", "text2", wrap=True)
        self.body.addWidget(self.in_full)
        self.copy_button = button("Copy the list", self.copy, icon="copy", small=True)
        self.copy_button.setToolTip("Ctrl+Shift+C")
        self.save_button = button("Save as CSV\u2026", self.save, icon="download", small=True)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.copy_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        self.body.addLayout(row)
        add_shortcut(self, "Ctrl+Shift+C", self.copy)
        viewmodel.changed.connect(self._on_changed)
        self._on_changed()

    def _on_changed(self) -> None:
        """Show problems first, if there are any."""
        numbers = {key: len(self._listed(key)) for key in _NAMES}
        self.setVisible(any(numbers.values()))
        for key, name in _NAMES.items():
            self.which.set_word(key, f"{name} {numbers[key]:,}")
        self.which.show_key(NOTES, bool(numbers[NOTES]))
        if not numbers[str(self.which.key())]:
            self.which.set_key(next((key for key in _NAMES if numbers[key]), PROBLEMS))
        self.show_state()

    def _listed(self, which: object) -> Sequence[ImportProblem]:
        plan = self._viewmodel.plan
        if plan is None:
            return ()
        if which == NOTES:
            return plan.notes if isinstance(plan, RegisterPlan) else ()
        return plan.problems if which == PROBLEMS else plan.warnings

    def problems(self) -> Sequence[ImportProblem]:
        """The rows of the table as sorted."""
        return self.tablemodel.rows

    def show_state(self) -> None:
        """Show problems, warnings or entries, as chosen."""
        self.table.setAccessibleName(_NAMES[str(self.which.key())])
        self.tablemodel.show(self._listed(self.which.key()))
        rows = min(self.tablemodel.rowCount(), _LEAST_ROWS)
        fit(self.table, least_height=COMPACT_ROW * (rows + 1) + 8)
        start_at_first(self.table)
        self._on_row()

    def _on_row(self) -> None:
        problem = self.tablemodel.at(self.table.currentIndex())
        where = "" if problem is None or self.which.key() == NOTES else f"{problem.where}: "
        self.in_full.setText("" if problem is None else f"{where}{problem.sentence}")

    def copy(self) -> None:
        """Copy the list as text with tabs, for a spreadsheet."""
        lines = tuple((f.sheet_name, f.row, f.column, f.sentence) for f in self.problems())
        copy_list(ListSheet("Findings", ("sheet", "row", "column", "problem"), lines))
        what = {PROBLEMS: "problem", WARNINGS: "warning"}.get(str(self.which.key()), "row")
        self._viewmodel.say(f"{number_of(len(lines), what)} copied.")

    def save(self) -> None:
        """Ask where to save the list, and save it."""
        source = self._viewmodel.files.get(self._viewmodel.subject)
        stem = source.stem if source is not None else self._viewmodel.subject
        name = f"{stem}-{self.which.key()}.csv"
        path = dialogs.ask_csv(self, "Save the list", self._files.folder / name)
        if path is not None:
            self._viewmodel.save_findings(path, self.problems())
