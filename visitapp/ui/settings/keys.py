"""Settings: the passphrase, and a new recovery code."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import READING
from visitapp.ui.recovery.sheet_view import SheetView
from visitapp.ui.settings.key_entries import KeyEntries
from visitapp.ui.settings.section import SettingsSection
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.widgets.passphrase_or_code import PassphraseOrCode
from visitapp.ui.widgets.strength_meter import StrengthMeter

_WIDTH = 440
_OLD = ("Current passphrase", "Recovery code")
_OTHER_OLD = ("Forgotten it? Use the recovery code", "Use the current passphrase")

_TRUTH = (
    "Changing the passphrase does not change the lock itself. Anyone with an old copy of the key "
    "file, in a backup for example, can still open the records with the old passphrase. To keep "
    "them out, change the keys."
)


class KeysSection(SettingsSection):
    """A change of passphrase rewrites only the key file; the records don't change."""

    title = "Passphrase"
    words = (
        "Use the passphrase day to day. Use the recovery code if you forget it. Without both "
        "nobody can open the file, and neither can we."
    )

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__(viewmodel)
        self.entries = KeyEntries(viewmodel, self)
        column = self.body
        self.asking = PassphraseOrCode(_OLD, _OTHER_OLD, wide=False)
        self.old = self.asking.field
        self.new, self.again = (
            PassphraseField("New passphrase"),
            PassphraseField("Repeat new passphrase"),
        )
        for field in (self.old, self.new, self.again):
            fit(field, width=_WIDTH)
        column.addWidget(self.asking.row)
        column.addWidget(self.asking.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(FormRow("New passphrase, at least four words", self.new))
        self.meter = StrengthMeter()
        column.addLayout(self.meter)
        column.addWidget(FormRow("Repeat new passphrase", self.again))
        self.new.changed.connect(self._show_strength)
        self.save_button = primary_button("Change the passphrase", self.change, icon="key-round")
        self.save_button.setToolTip("Enter")
        self.make_foot(self.save_button)
        truth = label(_TRUTH, "body", "text2", wrap=True)
        fit(truth, most_width=READING)
        column.addWidget(truth)
        locks = FlowRow(gap=12)
        self.keys_button = button("Change the keys…", self.change_keys, icon="lock")
        locks.add(self.keys_button)
        column.addWidget(locks)
        column.addWidget(hairline())
        column.addWidget(label("Another recovery code", "h2", wrap=True))
        column.addWidget(
            label(
                "If you lost the sheet, or someone saw it, make a new code. It is shown only "
                "once, for you to print. The old code will stop working.",
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
        items = [column.itemAt(at) for at in range(column.count())]
        parts = [item.widget() for item in items if item is not None]
        self._asking = [*self.meter.parts(), *(part for part in parts if part is not None)]
        self.sheet: SheetView | None = None
        viewmodel.busy.connect(self._on_busy)
        self.entries.renewed.connect(self._on_renewed)
        self._show_strength()

    def change(self) -> None:
        """Change the passphrase."""
        self.say_done("")
        if not self.old.text():
            what = (
                "the code from your recovery sheet"
                if self.asking.by_code
                else "the current passphrase"
            )
            self.say_problem(f"Type {what}.")
            return
        self.entries.change_passphrase(
            self.old.text(), self.new.text(), self.again.text(), by_code=self.asking.by_code
        )

    def renew(self) -> None:
        """Make a new recovery code, if the user confirms."""
        self.say_done("")
        sentence = "The code on the sheet you have now will stop working."
        if SureDialog.ask(self, "Make a new recovery code?", sentence, "Make a new code"):
            self.entries.renew_code()

    def change_keys(self) -> None:
        """Give the records new keys, for which the file is closed for a moment."""
        self.say_done("")
        self.entries.ask_to_change_keys(self)

    def say_done(self, sentence: str) -> None:
        """Clear the fields after success, so that no passphrase stays in them."""
        super().say_done(sentence)
        if sentence:
            for field in (self.old, self.new, self.again):
                field.clear()

    def _show_strength(self) -> None:
        self.meter.show_strength(self.entries.strength(self.new.text()))

    def _on_busy(self, busy: bool) -> None:
        for widget in (self.save_button, self.code_button, self.keys_button):
            widget.setDisabled(busy)

    def _on_renewed(self, code: str) -> None:
        self._ask(asks=False)
        self.sheet = SheetView(self.viewmodel.records, code, words="I have it on paper")
        self.sheet.ready.connect(self._hide_code)
        self.body.addWidget(self.sheet)
        self.sheet.show()

    def may_close(self) -> bool:
        return self.sheet is None or self.sheet.may_leave()

    def _hide_code(self) -> None:
        """Remove the code from the window: from now on only the printed sheet has it."""
        if self.sheet is not None:
            self.sheet.hide()
            self.sheet.deleteLater()
            self.sheet = None
        self._ask(asks=True)

    def _ask(self, *, asks: bool) -> None:
        for part in self._asking:
            part.setVisible(asks)
        self.save_button.setVisible(asks)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.sheet is None:
            self.change()
        else:
            super().keyPressEvent(event)
