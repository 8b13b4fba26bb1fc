"""Explains the change of keys, and asks for the current passphrase or code and a new passphrase."""

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.records.backups import old_backups_words
from visitapp.domain.records.strength import PassphraseStrength
from visitapp.domain.text.wording import lowered
from visitapp.services.records.maintenance import MaintenanceService
from visitapp.ui.jobs import Jobs
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.widgets.passphrase_or_code import PassphraseOrCode
from visitapp.ui.widgets.strength_meter import StrengthMeter

_TITLE = "Change the keys"
_WORDS = (
    "This gives your records a new lock, with a new passphrase and a new recovery code. Do it if "
    "somebody may have an old copy of the key file and know its passphrase. Copies of the file and "
    "backups made before now still open with the old passphrase, and visitapp can\u2019t change or "
    "remove them: delete those you don\u2019t need, and save a new backup afterwards."
)
_OLD = ("Current passphrase", "Recovery code")
_OTHER_OLD = ("Forgotten it? Use the recovery code", "Use the current passphrase")


@dataclass(frozen=True, slots=True)
class KeysAsked:
    """The current passphrase or code, and the new passphrase."""

    words: str = field(repr=False)
    by_code: bool
    new: str = field(repr=False)


class KeysDialog(Dialog):
    """Accepts with `asked` once the current words open the file and the new passphrase is
    strong."""

    def __init__(
        self,
        parent: QWidget,
        jobs: Jobs,
        maintenance: MaintenanceService,
        strength: Callable[[str], PassphraseStrength],
        then: Callable[[KeysAsked], object],
    ) -> None:
        super().__init__(parent)
        self._jobs, self._maintenance = jobs, maintenance
        self._strength, self._then = strength, then
        self.setWindowTitle(_TITLE)
        self.setAccessibleName(_TITLE)
        fit(self, least_width=640)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(_TITLE, "h2", wrap=True))
        where = old_backups_words(maintenance.backup_folders())
        for words in filter(None, (_WORDS, where)):
            column.addWidget(label(words, "body", "text2", wrap=True))
        self.asking = PassphraseOrCode(_OLD, _OTHER_OLD, wide=True)
        self.old = self.asking.field
        self.new, self.again = (
            PassphraseField("New passphrase"),
            PassphraseField("Repeat new passphrase"),
        )
        self.meter = StrengthMeter()
        column.addWidget(self.asking.row)
        column.addWidget(self.asking.link)
        column.addWidget(FormRow("New passphrase, at least four words", self.new, wide=True))
        column.addLayout(self.meter)
        column.addWidget(FormRow("Repeat new passphrase", self.again, wide=True))
        self.reason = Reason()
        column.addWidget(self.reason)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.go = primary_button("Change the keys", self.accept, icon="key-round")
        self.cancel = button("Cancel", self.reject)
        for dialog_button in (self.go, self.cancel):
            row.addWidget(dialog_button)
            dialog_button.setAutoDefault(False)
        row.addStretch(1)
        column.addLayout(row)
        self.new.changed.connect(self._show_strength)
        for passphrase_field in (self.old, self.new, self.again):
            passphrase_field.entered.connect(self.accept)
        self._show_strength()
        self.old.setFocus()

    def show_over(self) -> None:
        """Show the dialog over the page until it is closed."""
        self.finished.connect(self.deleteLater)
        self.open()

    def _show_strength(self) -> None:
        self.meter.show_strength(self._strength(self.new.text()))
        self.grow()

    def accept(self) -> None:
        """Try the words first, so that the file isn't closed in vain."""
        if not self.go.isEnabled():
            return
        asked = KeysAsked(self.old.text(), self.asking.by_code, self.new.text())
        if not asked.words:
            self._say(f"Type the {lowered(self.asking.asked)}.")
        elif asked.new != self.again.text():
            self._say("The two new passphrases are different. Type them again.")
        else:
            self._say("")
            self._set_busy(True)
            self._jobs.run(
                lambda: self._maintenance.may_change_keys(
                    asked.words, asked.new, by_code=asked.by_code
                ),
                owner=self,
                done=lambda _: self._on_tried(asked),
                failed=self._on_failed,
            )

    def _on_tried(self, asked: KeysAsked) -> None:
        self.done(QDialog.DialogCode.Accepted)
        self._then(asked)

    def _on_failed(self, error: VisitAppError) -> None:
        self._set_busy(False)
        self._say(str(error))

    def _say(self, sentence: str) -> None:
        self.reason.say(sentence)
        self.grow()

    def _set_busy(self, busy: bool) -> None:
        for part in (self.go, self.cancel, self.old, self.new, self.again, self.asking.link):
            part.setEnabled(not busy)
        self.go.setText("One moment\u2026" if busy else "Change the keys")
