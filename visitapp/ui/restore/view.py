"""The part of the locked page that restores a backup: which one, its passphrase, and what will
happen."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.ui.restore.question import ContradictionsDialog
from visitapp.ui.restore.viewmodel import RestoreViewModel
from visitapp.ui.widgets.buttons import link_button, primary_button
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import icon_label, label, reference_font
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.widgets.progress import ProgressPanel

_HINT = "The passphrase you used when the backup was saved"


class RestorePart(QWidget):
    """Signals: `left` if the user cancels."""

    left = Signal()

    def __init__(self, viewmodel: RestoreViewModel) -> None:
        super().__init__()
        self.viewmodel = viewmodel
        viewmodel.setParent(self)
        self.by_code = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label("Backup", "strong"))
        column.addWidget(self._backup_row())
        column.addWidget(label(viewmodel.what_happens(), "body", "text2", wrap=True))
        self.field = PassphraseField("Passphrase of the backup")
        self.field.entered.connect(self.begin)
        self._by_passphrase = FormRow("Passphrase of the backup", self.field, _HINT, wide=True)
        column.addWidget(self._by_passphrase)
        self.code = LineField()
        self.code.setFont(reference_font(self.code.font()))
        self.code.returnPressed.connect(self.begin)
        self._by_code = FormRow(
            "Recovery code of the backup",
            self.code,
            "Six groups of six; capitals, spaces and dashes don\u2019t matter",
            wide=True,
        )
        column.addWidget(self._by_code)
        self.go = primary_button("Restore the backup", self.begin, icon="history", main=True)
        self.go.setToolTip("Enter")
        self.other_way = link_button("Use its recovery code", self._change_way)
        self.leave = link_button("Cancel", self.left.emit)
        column.addWidget(FlowRow(self.go, self.other_way, self.leave, gap=16))
        self.progress = ProgressPanel()
        column.addWidget(self.progress)
        column.addStretch(1)
        self._by_code.hide()
        self.setFocusProxy(self.field)
        viewmodel.busy.connect(self._on_busy)
        viewmodel.doubtful.connect(self._on_doubtful)

    def _backup_row(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("class", "card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(10, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(icon_label("archive", 20, "text2"))
        name = label(self.viewmodel.backup.name, "body", wrap=True)
        name.setToolTip(str(self.viewmodel.backup))
        row.addWidget(name, 1)
        row.addWidget(label(self.viewmodel.about_backup(), "second", "text2", wrap=True), 1)
        return frame

    def begin(self) -> None:
        """Restore the backup."""
        self._begin()

    def replace_here(self) -> None:
        """Restore it even though the current file is marked as open on another computer: the user
        says it is closed there."""
        self._begin(take_over=True)

    def _begin(self, **yes: bool) -> None:
        words = self.code.text() if self.by_code else self.field.text()
        job = self.viewmodel.begin(words, by_code=self.by_code, **yes)
        if job is not None:
            self.progress.follow(job, "Opening the backup")

    def _on_doubtful(self, sentences: Sequence[str]) -> None:
        if ContradictionsDialog.ask(self, sentences):
            self._begin(accept=True)
        else:
            self.viewmodel.problem.emit("Stopped. Nothing has changed.")

    def ask_again(self) -> None:
        """Move the cursor to where another try starts."""
        asked = self.code if self.by_code else self.field.edit
        asked.setFocus()
        asked.selectAll()

    def _change_way(self) -> None:
        self.by_code = not self.by_code
        self._by_passphrase.setVisible(not self.by_code)
        self._by_code.setVisible(self.by_code)
        words = "Use its passphrase" if self.by_code else "Use its recovery code"
        self.other_way.setText(words)
        self.other_way.setAccessibleName(words)
        self.setFocusProxy(self.code if self.by_code else self.field)
        self.ask_again()

    def _on_busy(self, busy: bool) -> None:
        for widget in (self.field, self.code, self.go, self.other_way, self.leave):
            widget.setEnabled(not busy)
