"""Settings: backups, and how one is brought back."""

from pathlib import Path

from visitapp.domain.anchor import Compared
from visitapp.domain.health import Health
from visitapp.domain.period import day_and_time
from visitapp.ui.settings.section import Section
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.theme import fit
from visitapp.ui.tokens import READING
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label, reference_font
from visitapp.ui.widgets.line import Line
from visitapp.ui.window_dialogs import ask_backup


class BackupSection(Section):
    """One button, when it was pressed last, and what to do on a bad day."""

    title = "Backup"
    words = (
        "A backup is a whole copy, encrypted like the file itself, with its key file beside it. "
        "Keep it on another disk: on the office’s network, or on a stick in a drawer."
    )

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__(viewmodel)
        self.last = label("", "lead", wrap=True)
        self.body.addWidget(self.last)
        row = FlowRow(gap=12)
        self.save_button = primary_button("Save a backup…", self.ask_where, icon="archive")
        row.add(self.save_button)
        self.check_button = button("Check this file", self._check, icon="list-checks")
        row.add(self.check_button)
        self.body.addWidget(row)
        self.add_outcome(self.body)
        self.state = label("", "second", "text2", wrap=True)
        self.state.hide()
        self.body.addWidget(self.state)
        viewmodel.looked.connect(self._on_looked)
        self.body.addWidget(hairline())
        self._add_comparing()
        self.body.addWidget(hairline())
        self.body.addWidget(label("To bring a backup back", "h2", wrap=True))
        for sentence in (
            "To put it in the place of this file: Restore a backup. It opens with the passphrase "
            "that was in force when it was saved, or with the recovery code of that time. It is "
            "checked first, and the file that is here now is kept beside it under another name.",
            "Only to look into one: File, Open another file.",
            "Always keep both parts together: the backup, and the key file of the same name that "
            "ends in .key.",
        ):
            self.body.addWidget(label(sentence, "body", "text2", wrap=True))
        back = FlowRow(gap=12)
        self.restore_button = button("Restore a backup…", self._restore, icon="history")
        back.add(self.restore_button)
        self.body.addWidget(back)
        self.body.addStretch(1)
        for made in (
            self.save_button,
            self.check_button,
            self.compare_button,
            self.restore_button,
        ):
            viewmodel.busy.connect(made.setDisabled)

    def _add_comparing(self) -> None:
        """A field for the line of a printed page, and what it says of these records."""
        self.body.addWidget(label("Check against a printed page", "h2", wrap=True))
        self.printed = Line()
        self.printed.setFont(reference_font(self.printed.font()))
        self.printed.setPlaceholderText("1,234 entries, 7F3A-92C1-0B4D")
        self.printed.returnPressed.connect(self._compare)
        self._printed_row = FormRow(
            "Number of entries, and the letters and digits after it",
            self.printed,
            "They stand on the last page of each report. Spaces, dashes and capitals don\u2019t "
            "matter. This shows whether anything was removed or changed since the page was made.",
            wide=True,
        )
        fit(self._printed_row, most_width=READING)
        self.body.addWidget(self._printed_row)
        row = FlowRow(gap=12)
        self.compare_button = button("Check against the page", self._compare, icon="file-text")
        row.add(self.compare_button)
        self.body.addWidget(row)
        self.compared = label("", "second", "good", wrap=True)
        self.compared.hide()
        self.body.addWidget(self.compared)

    def _on_looked(self, health: Health) -> None:
        """What to write down, for a look back in some years."""
        said = [*health.notes, *([] if health.anchor is None else [health.anchor.sentence])]
        self.state.setText(" ".join(said))
        self.state.setVisible(bool(said))

    def _compare(self) -> None:
        answer = self.viewmodel.compare(self.printed.text())
        agrees = isinstance(answer, Compared) and answer.agrees
        said = answer.sentence if isinstance(answer, Compared) else answer
        self._printed_row.set_error("" if agrees else said)
        self.compared.setText(said if agrees else "")
        self.compared.setVisible(agrees)
        if not agrees:
            self.printed.setFocus()

    def reload(self) -> None:
        made = self.viewmodel.last_backup()
        if made is None:
            self.last.setText("No backup was saved yet.")
        else:
            self.last.setText(f"Last backup: {day_and_time(made)}")

    def _check(self) -> None:
        self.say_done("")
        self.viewmodel.check_file()

    def _restore(self) -> None:
        """The window asks for the backup, as the file is closed for it."""
        self.viewmodel.context.go("restore")

    def ask_where(self) -> None:
        """Ask for a place, and save there."""
        self.say_done("")
        records = self.viewmodel.records
        name = f"{records.stem}-backup-{self.viewmodel.today:%Y-%m-%d}.visits"
        folder = records.parent if records.parent.is_dir() else Path.home()
        where = ask_backup(self, folder / name)
        if where is not None:
            self.viewmodel.save_backup(where)
