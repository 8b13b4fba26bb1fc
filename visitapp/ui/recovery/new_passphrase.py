"""Asks for a new passphrase right after the recovery code opened the file."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from visitapp import bootstrap
from visitapp.domain.errors import VisitAppError
from visitapp.services.records.maintenance import MaintenanceService
from visitapp.ui.jobs import Jobs
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.widgets.strength_meter import StrengthMeter

_TITLE = "Choose a new passphrase"
_WORDS = (
    "You opened the file with the recovery code. Choose a new passphrase now, so that you do not "
    "need the code next time. The code will not change. You can also do this later in Settings, "
    "Passphrase."
)


class NewPassphraseDialog(Dialog):
    """A strong passphrase, typed twice, or later. The dialog holds the code, which goes with it."""

    def __init__(
        self, parent: QWidget, jobs: Jobs, maintenance: MaintenanceService, code: str
    ) -> None:
        super().__init__(parent)
        self._jobs, self._maintenance, self._code = jobs, maintenance, code
        self._names = maintenance.guessable_names()
        self.setWindowTitle(_TITLE)
        self.setAccessibleName(_TITLE)
        fit(self, least_width=620)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(_TITLE, "h2", wrap=True))
        column.addWidget(label(_WORDS, "body", "text2", wrap=True))
        self.new, self.again = (
            PassphraseField("New passphrase"),
            PassphraseField("Repeat new passphrase"),
        )
        column.addWidget(FormRow("New passphrase, at least four words", self.new, wide=True))
        self.meter = StrengthMeter()
        column.addLayout(self.meter)
        column.addWidget(FormRow("Repeat new passphrase", self.again, wide=True))
        self.reason = Reason()
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.go = primary_button("Set the passphrase", self.accept, icon="key-round")
        self.later = button("Later", self.reject)
        for dialog_button in (self.go, self.later):
            row.addWidget(dialog_button)
            dialog_button.setAutoDefault(False)
        row.addStretch(1)
        column.addLayout(row)
        self.new.changed.connect(self._show_strength)
        for field in (self.new, self.again):
            field.entered.connect(self.accept)
        self._show_strength()
        self.new.setFocus()

    def _show_strength(self) -> None:
        self.meter.show_strength(bootstrap.passphrase_strength(self.new.text(), self._names))
        self.grow()

    def _say(self, sentence: str) -> None:
        self.reason.say(sentence)
        self.grow()

    def accept(self) -> None:
        """Set the passphrase; the dialog closes once that is done."""
        if not self.go.isEnabled():
            return
        new = self.new.text()
        if new != self.again.text():
            self._say("The two passphrases are different. Type them again.")
            return
        self._say("")
        self._set_busy(True)
        self._jobs.run(
            lambda: self._maintenance.change_passphrase(self._code, new, by_code=True),
            owner=self,
            done=lambda _: self.done(QDialog.DialogCode.Accepted),
            failed=self._on_failed,
        )

    def _on_failed(self, error: VisitAppError) -> None:
        self._set_busy(False)
        self._say(str(error))
        self.new.setFocus()

    def _set_busy(self, busy: bool) -> None:
        for part in (self.go, self.later, self.new, self.again):
            part.setEnabled(not busy)
        self.go.setText("One moment\u2026" if busy else "Set the passphrase")

    @classmethod
    def offer(cls, parent: QWidget, jobs: Jobs, maintenance: MaintenanceService, code: str) -> None:
        """Show the dialog over the first page, and delete it when it is closed."""
        dialog = cls(parent, jobs, maintenance, code)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
