"""Earlier imports: their visits, the rows they left out, and withdrawing one."""

from PySide6.QtCore import Qt, Signal

from visitapp.domain.importing import VISITS, Batch
from visitapp.domain.text.wording import number_of
from visitapp.ui.imports import dialogs
from visitapp.ui.imports.files_panel import FilesPanel
from visitapp.ui.imports.tablemodel import batches_tablemodel, when
from visitapp.ui.imports.viewmodel import ImportsViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import COMPACT_ROW
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.dialogs import ReasonDialog
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.table import TableWidget
from visitapp.ui.widgets.table_cursor import go_to_id

_MOST_ROWS = 6
_WIDTHS = (214, 190, 84, 84, 150, 0)


class BatchesPanel(Panel):
    """Signals: `shown` (Batch) to list the visits of an import."""

    shown = Signal(object)

    def __init__(self, viewmodel: ImportsViewModel, files: FilesPanel) -> None:
        super().__init__("Earlier imports")
        self._viewmodel, self._files = viewmodel, files
        self.tablemodel = batches_tablemodel(self)
        self.table = TableWidget("Earlier imports", self.tablemodel)
        self.table.set_row_height(COMPACT_ROW)
        self.table.set_widths(*_WIDTHS)
        head = self.table.horizontalHeader()
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self.table.activated.connect(lambda _: self._show())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        self.body.addWidget(self.table)
        self.show_button = button("Show its visits", self._show, icon="list", small=True)
        self.show_button.setToolTip("Enter")
        self.rejects_button = button(
            "Save the skipped rows…", self.save_rejects, icon="download", small=True
        )
        self.withdraw_button = button(
            "Withdraw this import\u2026", self.withdraw, icon="ban", small=True
        )
        self.put_back_button = button(
            "Put this import back\u2026", self.put_back, icon="undo-2", small=True
        )
        self.body.addWidget(
            FlowRow(
                self.show_button,
                self.rejects_button,
                self.withdraw_button,
                self.put_back_button,
                gap=12,
            )
        )
        viewmodel.changed.connect(self._on_changed)
        viewmodel.imported.connect(self._on_imported)
        self._on_changed()

    def current(self) -> Batch | None:
        """The current import."""
        batch: Batch | None = self.tablemodel.at(self.table.currentIndex())
        return batch

    def _on_changed(self) -> None:
        before = self.current()
        self.tablemodel.show(self._viewmodel.batches)
        self.setVisible(bool(self.tablemodel.rows) and self._viewmodel.subject == VISITS)
        go_to_id(self.table, None if before is None else before.id, or_first=True)
        rows = min(self.tablemodel.rowCount(), _MOST_ROWS)
        fit(self.table, height=COMPACT_ROW * (rows + 1) + 8)
        self._on_row()

    def _on_imported(self, imported: object) -> None:
        """Move the cursor to the new import of visits."""
        if isinstance(imported, Batch):
            go_to_id(self.table, imported.id)

    def _on_row(self) -> None:
        batch = self.current()
        self.show_button.setVisible(batch is not None and batch.visits > 0)
        self.rejects_button.setVisible(batch is not None and batch.rejected > 0)
        may_change = batch is not None and self._viewmodel.may_change
        is_out = batch is not None and batch.withdrawn_at is not None
        self.withdraw_button.setVisible(may_change and not is_out)
        self.put_back_button.setVisible(may_change and is_out)

    def _show(self) -> None:
        batch = self.current()
        if batch is not None and batch.visits:
            self.shown.emit(batch)

    def save_rejects(self) -> None:
        """Ask where to save the rows that the import left out, and save them."""
        batch = self.current()
        if batch is None:
            return
        path = self._files.folder / "rows-left-out.xlsx"
        chosen = dialogs.ask_xlsx(self, "Save the skipped rows", path)
        if chosen is not None:
            self._viewmodel.save_rejects(batch.id, chosen)

    def withdraw(self) -> None:
        """Ask why, and stop counting all visits of the import."""
        batch = self.current()
        if batch is None:
            return
        reason = ReasonDialog.ask(
            self,
            "Withdraw this import?",
            f"{number_of(batch.visits, 'visit')} imported from {batch.source} on {when(batch)} "
            "will no longer count in any figures. You can still read them, put them back, or "
            "import a corrected file.",
            "Withdraw the import",
        )
        if reason:
            self._viewmodel.withdraw(batch, reason)

    def put_back(self) -> None:
        """Ask why, and count all visits of the import again."""
        batch = self.current()
        if batch is None:
            return
        reason = ReasonDialog.ask(
            self,
            "Put this import back?",
            f"{number_of(batch.visits, 'visit')} imported from {batch.source} on {when(batch)} "
            "will count again, except any that were withdrawn or amended separately.",
            "Put the import back",
        )
        if reason:
            self._viewmodel.put_back(batch, reason)
