"""Choosing the files of an import, and three options for reading them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QPushButton, QWidget

from visitapp.domain.import_layout import read_like_the_last
from visitapp.domain.importing import AVAILABILITY_SHEET, REGISTER, SHEETS, SUBJECTS, kinds_with
from visitapp.domain.text.wording import capitalised
from visitapp.ui.imports import dialogs
from visitapp.ui.imports.viewmodel import ImportsViewModel
from visitapp.ui.look.icons import set_icon
from visitapp.ui.widgets.buttons import button, glyph_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label, repolish
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.progress import ProgressPanel
from visitapp.ui.widgets.segmented import Segmented

_HINTS = {
    "visits": "One row for each visit, as CSV or XLSX. A workbook can contain all three sheets.",
    "detainees": "Only if they are in a separate file.",
    "issues": "Only if they are in a separate file.",
    "people": "One row for each person, as CSV or XLSX.",
    "availability": "Who can visit on which days and times, as CSV or XLSX.",
}


_MISSING = {"visits": "Add missing sites and people", "people": "Add people who are missing"}


class FilesPanel(Panel):
    """What the file is about, up to three files, tick boxes, and the progress of the check."""

    def __init__(self, viewmodel: ImportsViewModel) -> None:
        super().__init__("Files")
        self._viewmodel = viewmodel
        self.folder = Path.home()
        self.choose_buttons: dict[str, QPushButton] = {}
        self.remove_buttons: dict[str, QPushButton] = {}
        self._names: dict[str, QLabel] = {}
        self._rows: dict[str, tuple[QWidget, ...]] = {}
        self.subject = Segmented(
            "What the file has", [(subject, capitalised(subject)) for subject in SUBJECTS]
        )
        self.subject.chosen.connect(viewmodel.set_subject)
        self.head.addWidget(self.subject, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addWidget(self._make_rows())
        self.create_missing = QCheckBox("Add missing sites and people")
        self.skip_bad = QCheckBox("Skip rows with errors and list why")
        self.months_first = QCheckBox("Dates have the month first")
        self.months_first.setToolTip("As in America: 3/4/2024 means 4 March.")
        self.replaces = QCheckBox("Replace what is entered already")
        self.replaces.toggled.connect(viewmodel.set_replaces)
        self.months_first.toggled.connect(viewmodel.set_months_first)
        self.match_button = button(
            "Match columns, words and names\u2026",
            viewmodel.open_to_match,
            icon="list-checks",
            small=True,
        )
        self.match_button.setToolTip("What the columns and words of the file mean")
        self.create_missing.toggled.connect(viewmodel.set_create_missing)
        self.skip_bad.toggled.connect(viewmodel.set_skip_bad)
        boxes = (self.create_missing, self.replaces, self.skip_bad, self.months_first)
        self.body.addWidget(FlowRow(*boxes, gap=24, down=0))
        self.remembered = label("", "second", "text2", wrap=True)
        self.body.addWidget(FlowRow(self.match_button, self.remembered, gap=12, down=0))
        self.progress = ProgressPanel()
        self.body.addWidget(self.progress)
        viewmodel.started.connect(self.progress.follow)
        viewmodel.changed.connect(self.show_state)
        self.show_state()

    def _make_rows(self) -> QWidget:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(1, 1)
        for at, sheet in enumerate((*SHEETS, *REGISTER)):
            what = label(capitalised(sheet), "strong")
            name = self._names[sheet] = label("", "second", "text2", wrap=True)
            choose = button("Choose\u2026", self._asking(sheet), icon="folder-open", small=True)
            choose.setAccessibleName(f"Choose the file of {sheet}")
            choose.setAccessibleDescription(_HINTS[sheet])
            remove = glyph_button("x", f"Remove the file of {sheet}", self._removing(sheet))
            self.choose_buttons[sheet], self.remove_buttons[sheet] = choose, remove
            middle = Qt.AlignmentFlag.AlignVCenter
            self._rows[sheet] = (what, name, choose, remove)
            for column, widget in enumerate(self._rows[sheet]):
                grid.addWidget(widget, at, column, middle)
        return rows

    def _asking(self, sheet: str) -> Callable[[], None]:
        return lambda: self.ask(sheet)

    def _removing(self, sheet: str) -> Callable[[], None]:
        return lambda: self._viewmodel.choose(sheet, None)

    def ask(self, sheet: str) -> None:
        """Ask for a file, and check it."""
        path = dialogs.ask_spreadsheet(self, f"The file of {sheet}", self.folder)
        if path is not None:
            self.folder = path.parent
            self._viewmodel.choose(sheet, path)

    def show_state(self) -> None:
        """Show which files are chosen, and what can be changed now."""
        viewmodel = self._viewmodel
        self.subject.set_key(viewmodel.subject)
        self.subject.setEnabled(not viewmodel.is_busy)
        shown = kinds_with(viewmodel.subject)
        for sheet, widgets in self._rows.items():
            path = viewmodel.files.get(sheet)
            policy = self.remove_buttons[sheet].sizePolicy()
            policy.setRetainSizeWhenHidden(sheet in shown)  # nothing moves when it appears
            self.remove_buttons[sheet].setSizePolicy(policy)
            for widget in widgets:
                widget.setVisible(sheet in shown)
            self._names[sheet].setText(_HINTS[sheet] if path is None else path.name)
            self._names[sheet].setToolTip("" if path is None else str(path))
            self.remove_buttons[sheet].setVisible(sheet in shown and path is not None)
        first, is_chosen = (
            self.choose_buttons[viewmodel.subject],
            viewmodel.subject in viewmodel.files,
        )
        first.setProperty("primary", not is_chosen)
        set_icon(first, "folder-open", 16, "text" if is_chosen else "onPrimary")
        repolish(first)
        self.match_button.setVisible(is_chosen)
        self.create_missing.setText(_MISSING.get(viewmodel.subject, ""))
        self.create_missing.setVisible(viewmodel.subject in _MISSING)
        self.replaces.setVisible(viewmodel.subject == AVAILABILITY_SHEET)
        self.months_first.setVisible(viewmodel.subject != AVAILABILITY_SHEET)
        self.remembered.setVisible(viewmodel.is_remembered)
        if viewmodel.layout is not None:
            self.remembered.setText(read_like_the_last(viewmodel.layout))
        self.match_button.setEnabled(not viewmodel.is_busy)
        for box, on in (
            (self.create_missing, viewmodel.create_missing),
            (self.skip_bad, viewmodel.skip_bad),
            (self.months_first, viewmodel.months_first),
            (self.replaces, viewmodel.replaces),
        ):
            box.blockSignals(True)
            box.setChecked(on)
            box.blockSignals(False)
