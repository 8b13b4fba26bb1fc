"""The page Import: choose files, check, import; and earlier imports."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from visitapp.domain.import_layout import ImportLayout
from visitapp.domain.importing import SHEETS, SUBJECTS, VISITS, Batch
from visitapp.domain.register_import import RegisterPlan
from visitapp.ui.context import Context
from visitapp.ui.imports import dialogs
from visitapp.ui.imports.batches_panel import BatchesPanel
from visitapp.ui.imports.files_panel import FilesPanel
from visitapp.ui.imports.findings_panel import FindingsPanel
from visitapp.ui.imports.viewmodel import ImportsViewModel
from visitapp.ui.look.tokens import BETWEEN_DOWN
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.labels import label, set_tone
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.summary_list import SummaryList

_SIDE = 340
_ENDINGS = (".csv", ".xlsx", ".txt", ".tsv")


class ImportsView(Page):
    """Files and findings on the left, the effect of the import on the right, earlier imports
    below."""

    help_text = (
        "Import past visits, people or availability from a CSV or XLSX file. If its headings are "
        "not ours, we ask what its sheets, columns, words and names mean, and suggest an answer to "
        "each. The next file with the same headings is read in the same way. Nothing is saved "
        "before you have seen each problem with its row and column. Correct it in your "
        "spreadsheet and choose the file again, or skip the rows with errors.\n\n"
        "You can import the same file again: visits that are recorded already do not change. You "
        "can withdraw a whole import and say why. The empty workbook has every heading, and a "
        "sheet that explains each one.\n\n"
        "Of people, only what is empty in the register is filled in. A value that differs is named "
        "as a warning. Somebody who may visit kennels becomes a member of the animal welfare "
        "scheme. Availability that is entered already stays, unless you tick that the file "
        "replaces it. Ctrl+Shift+C copies the list of problems."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Import")
        self.viewmodel = ImportsViewModel(context)
        self._was_matched = False
        self.follow(self.viewmodel)
        self.set_facts("From a spreadsheet (CSV or XLSX). We check it before anything is saved.")
        self.template_button = button(
            "Save an empty workbook\u2026", self.save_template, icon="file-spreadsheet"
        )
        self.add_action(self.template_button)
        self.files = FilesPanel(self.viewmodel)
        self.findings = FindingsPanel(self.viewmodel, self.files)
        self.batches = BatchesPanel(self.viewmodel, self.files)
        self.outcome, self.facts_list = Panel("What would happen", flush=True), SummaryList()
        self.outcome.body.addWidget(self.facts_list)
        self.body.addWidget(Columns(self._make_main(), self.outcome, side_width=_SIDE))
        self.body.addWidget(self.batches)
        self.body.addStretch(1)
        self._make_foot()
        self.setAcceptDrops(True)
        self.batches.shown.connect(self._show_visits)
        self.viewmodel.imported.connect(self._on_imported)
        self.viewmodel.opened.connect(self._match)
        self.viewmodel.changed.connect(self._on_changed)
        self._on_changed()

    def _make_main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN_DOWN)
        column.addWidget(self.files)
        column.addWidget(self.findings, 1)
        column.addStretch(0)
        return main

    def _make_foot(self) -> None:
        self.standing = label("", "second", "text2", wrap=True)
        self.bring_button = primary_button("", self.viewmodel.bring_in, icon="upload")
        words = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words.setHeightForWidth(True)
        self.standing.setSizePolicy(words)
        self.set_foot(self.standing, self.bring_button)

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel = self.viewmodel
        self.facts_list.clear()
        for key, value, tone in viewmodel.facts():
            self.facts_list.add(key, value, tone=tone)
        self.outcome.setVisible(viewmodel.plan is not None)
        self.files.setEnabled(viewmodel.may_change)
        self.bring_button.setText(viewmodel.action)
        self.bring_button.setVisible(viewmodel.can_bring_in)
        if self._was_matched and not viewmodel.is_busy:
            self._was_matched = False
            at = self.bring_button if viewmodel.can_bring_in else self.files.match_button
            at.setFocus(Qt.FocusReason.OtherFocusReason)
        self.standing.setText(self._standing())
        set_tone(self.standing, "bad" if viewmodel.is_stopped_by_problems else "text2")

    def _standing(self) -> str:
        viewmodel = self.viewmodel
        if not viewmodel.may_change:
            return "Only the volunteer manager can import."
        if viewmodel.is_busy:
            return "Nothing is saved while we check the files." if viewmodel.plan is None else ""
        if viewmodel.plan is None:
            return f"Choose the file of {viewmodel.subject} to begin. Nothing is saved yet."
        return viewmodel.refusal or "Nothing is saved yet."

    def _on_imported(self, imported: Batch | RegisterPlan) -> None:
        if isinstance(imported, RegisterPlan):
            show = [("Show them", lambda: self.context.go(imported.page))]
            self.show_banner("good", imported.outcome, show, key="brought", closes=True)
        else:
            self._show_batch(imported)
        self._put_cursor()

    def _show_batch(self, batch: Batch) -> None:
        actions = [("Show them", lambda: self._show_visits(batch))] if batch.visits else []
        kind = "good" if batch.visits else "info"
        self.show_banner(kind, batch.sentence, actions, key="brought", closes=True)

    def _show_visits(self, batch: object) -> None:
        if isinstance(batch, Batch):
            self.context.go("visits", self.viewmodel.visits_of(batch))

    # -- actions -------------------------------------------------------------------------

    def _match(self, spreadsheet: object) -> None:
        """Ask what the columns and words of a file mean, without blocking."""
        from visitapp.ui.imports.match_dialog import MatchDialog
        from visitapp.ui.imports.matching import Matching

        dialog = MatchDialog(self, self.context, Matching(self.context, spreadsheet))  # type: ignore[arg-type]
        dialog.accepted.connect(lambda: self._on_matched(dialog.layout_chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_matched(self, layout: ImportLayout) -> None:
        self._was_matched = True
        self.viewmodel.match(layout)

    def save_template(self) -> None:
        """Ask where to save an empty workbook, and save it."""
        path = dialogs.ask_xlsx(
            self, "Save an empty workbook", self.files.folder / f"{self.viewmodel.subject}.xlsx"
        )
        if path is not None:
            self.viewmodel.save_template(path)

    def open_target(self, target: object) -> None:
        """Check a file, or begin with a file of visits or people."""
        if target in SUBJECTS:
            self.viewmodel.set_subject(str(target))
        elif isinstance(target, Path) and self.viewmodel.may_change:
            self.viewmodel.choose(self.viewmodel.subject, target)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept spreadsheets."""
        if self._dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check the dropped files."""
        paths = self._dropped(event)
        if not paths:
            return
        event.acceptProposedAction()
        self.files.folder = paths[0].parent
        if self.viewmodel.subject != VISITS:
            self.open_target(paths[0])
            return
        by_sheet, left_over = dropped_files(paths)
        for sheet, path in by_sheet.items():
            if sheet != VISITS:
                self.viewmodel.choose(sheet, path)
        if VISITS in by_sheet:
            self.open_target(by_sheet[VISITS])
        if left_over:
            names = ", ".join(path.name for path in left_over)
            self.context.say(
                f"We did not use these files, because it is not clear what is in them: {names}."
            )

    @staticmethod
    def _dropped(event: QDropEvent) -> list[Path]:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        return [path for path in paths if path.suffix.lower() in _ENDINGS]

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # After the menu, which returns the cursor to where it was as it closes.
        QTimer.singleShot(0, self, self._put_cursor)

    def _put_cursor(self) -> None:
        """Put the cursor where people start."""
        if self.isVisible() and not self.viewmodel.files:
            first = self.files.choose_buttons[self.viewmodel.subject]
            first.setFocus(Qt.FocusReason.OtherFocusReason)


def dropped_files(paths: Sequence[Path]) -> tuple[dict[str, Path], list[Path]]:
    """Sort files into visits, detainees and issues by their names. A file whose name doesn't tell
    counts as visits; the rest are returned as left over."""
    by_sheet: dict[str, Path] = {}
    left_over: list[Path] = []
    named = [(next((s for s in SHEETS if s[:-1] in path.stem.casefold()), ""), path)
             for path in paths]  # fmt: skip
    for sheet, path in sorted(named, key=lambda chosen: not chosen[0]):
        wanted = sheet or VISITS
        if wanted in by_sheet:
            left_over.append(path)
        else:
            by_sheet[wanted] = path
    return by_sheet, left_over
