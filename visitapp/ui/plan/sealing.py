"""Asks for the passphrase of sealed sheets."""

from PySide6.QtWidgets import QWidget

from visitapp import bootstrap
from visitapp.ui.widgets.dialogs import FormDialog
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.widgets.strength_meter import StrengthMeter


class SealingDialog(FormDialog):
    """A strong passphrase, typed twice."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            parent,
            "Sealed sheets with days and times",
            "One PDF file for each visitor with the days and times that the office knows. It opens "
            "with this passphrase alone: give it to them another way, such as by telephone. For "
            "an envelope, open the file and print it.",
            "Choose a folder\u2026",
        )
        self.new = PassphraseField("Passphrase of the sheets")
        self.again = PassphraseField("Repeat the passphrase")
        self.content.addWidget(FormRow("Passphrase, at least four words", self.new, wide=True))
        self.meter = StrengthMeter()
        self.content.addLayout(self.meter)
        self.content.addWidget(FormRow("Repeat the passphrase", self.again, wide=True))
        self.reason = Reason()
        self.content.addWidget(self.reason)
        self.new.changed.connect(self._show_strength)
        self._show_strength()
        self.new.setFocus()

    def _show_strength(self) -> None:
        self.meter.show_strength(bootstrap.passphrase_strength(self.new.text(), ()))

    def accept(self) -> None:
        """Close if it is strong and typed alike twice."""
        strength = bootstrap.passphrase_strength(self.new.text(), ())
        if not strength.is_enough:
            self.reason.say(f"Choose a stronger passphrase. {strength.in_words}")
            self.new.setFocus()
        elif self.new.text() != self.again.text():
            self.reason.say("The two passphrases differ.")
            self.again.setFocus()
        else:
            super().accept()

    @classmethod
    def ask(cls, parent: QWidget) -> str:
        """The passphrase; empty if the user cancelled."""
        dialog = cls(parent)
        taken = dialog.exec() == FormDialog.DialogCode.Accepted
        passphrase = dialog.new.text()
        for field in (dialog.new, dialog.again):
            field.clear()
        dialog.deleteLater()
        return passphrase if taken else ""
