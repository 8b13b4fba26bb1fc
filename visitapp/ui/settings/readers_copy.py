"""Settings: a copy to read, for the policing body or an auditor."""

from pathlib import Path

from visitapp import bootstrap
from visitapp.domain.errors import VisitAppError
from visitapp.ui.look.preferences import documents
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import READING
from visitapp.ui.settings.section import SettingsSection
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.widgets.buttons import primary_button
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.widgets.strength_meter import StrengthMeter
from visitapp.ui.window_dialogs import ask_new_copy_to_read

_AFTER = (
    "It shows Home, Coverage and Reports as they are today, and does not change afterwards. Give "
    "the reader both files, the copy and the one that ends in .key, and the passphrase by another "
    "way. If they forget it, save another copy."
)
_WIDTH = 440


class ReadersCopySection(SettingsSection):
    """A passphrase for the reader, and where to save the copy."""

    title = "A copy to read"
    words = (
        "For the policing body or an auditor: every figure and table of these records, without "
        "names, texts and answers in words."
    )

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__(viewmodel)
        after = label(_AFTER, "body", "text2", wrap=True)
        fit(after, most_width=READING)
        self.body.addWidget(after)
        name = "Passphrase for the reader"
        self.new, self.again = PassphraseField(name), PassphraseField("Repeat the passphrase")
        for field in (self.new, self.again):
            fit(field, width=_WIDTH)
            field.entered.connect(self.save)
        self.body.addWidget(FormRow(f"{name}, at least four words", self.new))
        self.meter = StrengthMeter()
        self.body.addLayout(self.meter)
        self.body.addWidget(FormRow("Repeat the passphrase", self.again))
        self.body.addStretch(1)
        self.button = primary_button("Save a copy to read\u2026", self.save, icon="file-text")
        self.make_foot(self.button)
        self._names = viewmodel.context.services.maintenance.guessable_names()
        self.new.changed.connect(self._show_strength)
        self._show_strength()

    def _show_strength(self) -> None:
        self.meter.show_strength(bootstrap.passphrase_strength(self.new.text(), self._names))

    def save(self) -> None:
        """Ask where, and save the copy."""
        if not self.button.isEnabled():
            return
        self.say_done("")
        passphrase = self.new.text()
        if passphrase != self.again.text():
            self.say_problem("The two passphrases are different. Type them again.")
            self.again.setFocus()
            return
        judged = bootstrap.passphrase_strength(passphrase, self._names)
        if not judged.is_enough:
            self.say_problem(f"This passphrase is too easy to guess. {judged.sentence}")
            self.new.setFocus()
            return
        context = self.viewmodel.context
        name = f"copy-to-read-{context.today():%Y-%m-%d}.visits"
        out = ask_new_copy_to_read(self, documents(context.preferences.settings) / name)
        if out is None:
            return
        service = context.services.readers_copy
        self.button.setEnabled(False)
        context.jobs.run(
            lambda: service.write(out, passphrase),
            owner=self,
            done=lambda _code: self._on_saved(out),
            failed=self._on_failed,
        )

    def _on_saved(self, out: Path) -> None:
        self.button.setEnabled(True)
        for field in (self.new, self.again):
            field.clear()
        self._show_strength()
        self.say_done(f"{out.name} saved in {out.parent}.")

    def _on_failed(self, error: VisitAppError) -> None:
        self.button.setEnabled(True)
        self.say_problem(str(error))
