"""Settings: the passphrase, and a new recovery code."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp import bootstrap
from visitapp.ui.recovery.sheet_view import SheetView
from visitapp.ui.settings.section import Section
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.theme import fit
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label, set_tone
from visitapp.ui.widgets.passphrase_field import PassphraseField

_WIDTH = 440


class KeysSection(Section):
    """Changing the passphrase rewrites only the key file; the records stay as they are."""

    title = "Passphrase"
    words = (
        "The passphrase opens the file on every day, the recovery code on the day it is "
        "forgotten. Without both nobody can open it, and neither can we."
    )

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__(viewmodel)
        self._asking = QWidget()
        column = QVBoxLayout(self._asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.old = PassphraseField("Passphrase now")
        self.new, self.again = PassphraseField("New passphrase"), PassphraseField("Once more")
        for text, field in (
            ("Passphrase now", self.old),
            ("New passphrase, at least four words", self.new),
            ("Once more", self.again),
        ):
            fit(field, width=_WIDTH)
            column.addWidget(FormRow(text, field))
        self.strength = label("", "smallStrong", "text2", wrap=True)
        column.addWidget(self.strength)
        self.new.changed.connect(self._show_strength)
        self.save_button = primary_button("Change the passphrase", self.change, icon="key-round")
        self.save_button.setToolTip("Enter")
        self.make_foot(self.save_button)
        column.addWidget(hairline())
        column.addWidget(label("Another recovery code", "h2", wrap=True))
        column.addWidget(
            label(
                "If the sheet was lost, or somebody saw it: a new code is shown once, to print. "
                "The one before opens nothing any more.",
                "body",
                "text2",
                wrap=True,
            )
        )
        codes = FlowRow(gap=12)
        self.code_button = button("Make a new recovery code…", self.renew, icon="printer")
        codes.add(self.code_button)
        column.addWidget(codes)
        column.addStretch(1)
        self.body.addWidget(self._asking)
        self.sheet: SheetView | None = None
        viewmodel.busy.connect(self._on_busy)
        viewmodel.renewed.connect(self._on_renewed)
        self._show_strength()

    def change(self) -> None:
        """Change the passphrase."""
        self.say_done("")
        if not self.old.text():
            self.say_problem("Type the passphrase that opens the file now.")
            return
        self.viewmodel.change_passphrase(self.old.text(), self.new.text(), self.again.text())

    def renew(self) -> None:
        """Make a new recovery code, if the person is sure."""
        self.say_done("")
        sentence = "The code on the sheet you have now opens nothing any more."
        if SureDialog.ask(self, "Make a new recovery code?", sentence, "Make a new code"):
            self.viewmodel.renew_code()

    def say_done(self, sentence: str) -> None:
        """Passphrases don't stay in the fields once they were taken."""
        super().say_done(sentence)
        if sentence:
            for field in (self.old, self.new, self.again):
                field.clear()

    def _show_strength(self) -> None:
        found = bootstrap.passphrase_strength(self.new.text())
        self.strength.setText(found.sentence)
        set_tone(self.strength, "good" if found.is_enough else "text2")

    def _on_busy(self, busy: bool) -> None:
        for made in (self.save_button, self.code_button):
            made.setDisabled(busy)

    def _on_renewed(self, code: str) -> None:
        self._ask(asks=False)
        self.sheet = SheetView(self.viewmodel.records, code, words="I have it on paper")
        self.sheet.ready.connect(self._put_away)
        self.body.addWidget(self.sheet)
        self.sheet.show()

    def _put_away(self) -> None:
        """The code is gone from the window; the sheet is the only place that has it."""
        if self.sheet is not None:
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None
        self._ask(asks=True)

    def _ask(self, *, asks: bool) -> None:
        self._asking.setVisible(asks)
        self.save_button.setVisible(asks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.sheet is None:
            self.change()
        else:
            super().keyPressEvent(event)
