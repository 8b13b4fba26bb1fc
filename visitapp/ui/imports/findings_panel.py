"""The problems and warnings found in the files: sorted, copied, saved."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout

from visitapp.domain.importing import ImportProblem
from visitapp.domain.text.wording import number_of
from visitapp.ui.imports import dialogs
from visitapp.ui.imports.files_panel import FilesPanel
from visitapp.ui.imports.tablemodel import findings_tablemodel
from visitapp.ui.imports.viewmodel import VISITS, ImportsViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import COMPACT_ROW
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.shortcuts import add_shortcut
from visitapp.ui.widgets.table import TableWidget, as_text_with_tabs
from visitapp.ui.widgets.table_cursor import start_at_first

_LEAST_ROWS = 8
_WIDTHS = (96, 64, 150, 0)
PROBLEMS, WARNINGS = "problems", "warnings"


class FindingsPanel(Panel):
    """A table of problems or of warnings; the current row is shown in full below."""

    def __init__(self, viewmodel: ImportsViewModel, files: FilesPanel) -> None:
        super().__init__("What was found")
        self._viewmodel, self._files = viewmodel, files
        self.which = Segmented("What to show", [(PROBLEMS, "Problems"), (WARNINGS, "Warnings")])
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
        plan = self._viewmodel.plan
        problems = () if plan is None else plan.problems
        warnings = () if plan is None else plan.warnings
        self.setVisible(bool(problems or warnings))
        self.which.set_word(PROBLEMS, f"Problems {len(problems):,}")
        self.which.set_word(WARNINGS, f"Warnings {len(warnings):,}")
        if not problems and warnings:
            self.which.set_key(WARNINGS)
        elif problems and not warnings:
            self.which.set_key(PROBLEMS)
        self.show_state()

    def problems(self) -> Sequence[ImportProblem]:
        """The rows of the table as sorted."""
        return self.tablemodel.rows

    def show_state(self) -> None:
        """Show problems or warnings, as chosen."""
        plan = self._viewmodel.plan
        shows_problems = self.which.key() == PROBLEMS
        self.table.setAccessibleName("Problems" if shows_problems else "Warnings")
        if plan is not None:
            self.tablemodel.show(plan.problems if shows_problems else plan.warnings)
        else:
            self.tablemodel.show(())
        rows = min(self.tablemodel.rowCount(), _LEAST_ROWS)
        fit(self.table, least_height=COMPACT_ROW * (rows + 1) + 8)
        start_at_first(self.table)
        self._on_row()

    def _on_row(self) -> None:
        problem = self.tablemodel.at(self.table.currentIndex())
        self.in_full.setText("" if problem is None else f"{problem.where}: {problem.sentence}")

    def copy(self) -> None:
        """Copy the list as text with tabs, for a spreadsheet."""
        lines: list[tuple[object, ...]] = [("sheet", "row", "column", "problem")]
        lines += [(f.sheet_name, f.row, f.column, f.sentence) for f in self.problems()]
        QGuiApplication.clipboard().setText(as_text_with_tabs(lines))
        what = "problem" if self.which.key() == PROBLEMS else "warning"
        self._viewmodel.say(f"{number_of(len(lines) - 1, what)} copied.")

    def save(self) -> None:
        """Ask where to save the list, and save it."""
        source = self._viewmodel.files.get(VISITS)
        stem = source.stem if source is not None else "visits"
        name = f"{stem}-{self.which.key()}.csv"
        path = dialogs.ask_csv(self, "Save the list", self._files.folder / name)
        if path is not None:
            self._viewmodel.save_findings(path, self.problems())
