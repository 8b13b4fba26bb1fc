"""Settings: backups, and how to restore one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.records.anchor import AnchorComparison
from visitapp.domain.records.backups import DAYS, MONTHS, WEEKS, BackupState
from visitapp.domain.records.health import Health
from visitapp.settings import Settings
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import READING
from visitapp.ui.settings.section import SettingsSection
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label, reference_font
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.window_dialogs import ask_backup, ask_backup_folder

_ROTATION = (
    "While visitapp is open and nobody is typing, it saves a backup whenever something has "
    f"changed, and checks it. It keeps the last backup from each of {DAYS} days, {WEEKS} weeks "
    f"and {MONTHS} months, and removes older ones that it made itself. The best place is another "
    "disk, or a folder that is copied to another computer."
)


class BackupSection(SettingsSection):
    """The state of the last backup, a manual backup, automatic backups, and what to do when
    something goes wrong."""

    title = "Backup"
    words = (
        "A backup is a complete, encrypted copy of the file with its key file. Keep it on "
        "another disk, such as the office network or a USB stick in a drawer."
    )

    _had_problem = False

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__(viewmodel)
        self.last = label("", "lead", wrap=True)
        self.where = label("", "second", "text2", wrap=True)
        self.body.addWidget(self.last)
        self.body.addWidget(self.where)
        row = FlowRow(gap=12)
        self.save_button = primary_button("Save a backup…", self.ask_where, icon="archive")
        row.add(self.save_button)
        self.check_button = button("Check this file", self._check, icon="list-checks")
        row.add(self.check_button)
        self.count_button = button("Count the answers again", self._count_again, icon="history")
        self.count_button.hide()
        row.add(self.count_button)
        self.body.addWidget(row)
        self.add_outcome(self.body)
        self.state = label("", "second", "text2", wrap=True)
        self.state.hide()
        self.body.addWidget(self.state)
        viewmodel.looked.connect(self._on_looked)
        self._add_automatic()
        self.body.addWidget(hairline())
        self._add_comparing()
        self.body.addWidget(hairline())
        self.body.addWidget(label("To bring a backup back", "h2", wrap=True))
        for sentence in (
            "To replace this file with a backup, choose File, Restore a backup. Use the "
            "passphrase or recovery code you had when the backup was saved. We check the backup "
            "first, and keep the current file in the same folder under another name.",
            "To look at a backup without restoring it, choose File, Open another file.",
            "Always keep both parts together: the backup, and the key file with the same name "
            "that ends in .key.",
        ):
            self.body.addWidget(label(sentence, "body", "text2", wrap=True))
        back = FlowRow(gap=12)
        self.restore_button = button("Restore a backup…", self._restore, icon="history")
        back.add(self.restore_button)
        self.body.addWidget(back)
        self.body.addStretch(1)
        for task_button in (
            self.save_button,
            self.check_button,
            self.count_button,
            self.compare_button,
            self.restore_button,
        ):
            viewmodel.busy.connect(task_button.setDisabled)
        viewmodel.context.backups_changed.connect(self.reload)
        viewmodel.context.preferences.changed.connect(self._on_preferences)

    def _add_automatic(self) -> None:
        context = self.viewmodel.context
        self.body.addWidget(hairline())
        self.body.addWidget(label("Automatic backups", "h2", wrap=True))
        self.body.addWidget(label(_ROTATION, "body", "text2", wrap=True))
        self.automatic = Segmented("Automatic backups", [(True, "On"), (False, "Off")])
        self.automatic.chosen.connect(self._on_automatic)
        self.body.addWidget(
            FormRow("Save automatic backups", self.automatic, "Saved on this computer.")
        )
        self.folder = label("", "body", wrap=True)
        self.folder.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.body.addWidget(self.folder)
        row = FlowRow(gap=12)
        self.choose_button = button("Choose a folder…", self.ask_folder, icon="folder-open")
        self.usual_button = button("Use the usual folder", self._use_usual)
        self.now_button = button("Save one now", context.backup_wanted.emit, icon="archive")
        for task_button in (self.choose_button, self.usual_button, self.now_button):
            row.add(task_button)
            self.viewmodel.busy.connect(task_button.setDisabled)
        self.body.addWidget(row)

    def _add_comparing(self) -> None:
        """A field for the line from a printed page, and what it says about these records."""
        self.body.addWidget(label("Check against a printed page", "h2", wrap=True))
        self.printed = LineField()
        self.printed.setFont(reference_font(self.printed.font()))
        self.printed.setPlaceholderText("1,234 entries, 7F3A-92C1-0B4D")
        self.printed.returnPressed.connect(self._compare)
        self.printed.textEdited.connect(self._note_typed)
        self._printed_row = FormRow(
            "Number of entries, and the letters and digits after it",
            self.printed,
            "You will find them on the last page of each report. Spaces, dashes and capitals "
            "don’t matter. This shows whether anything has been removed or changed since the "
            "page was made.",
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

    def typed(self) -> dict[str, Any]:
        return {"printed": self.printed.text()} if self.printed.text().strip() else {}

    def bring_typed(self, _content: Mapping[str, Any]) -> bool:
        self.printed.setText(str(_content.get("printed", "")))
        return True

    def _on_looked(self, health: Health) -> None:
        """Show what to write down, to compare the records in later years."""
        notes = [*health.notes, *([] if health.anchor is None else [health.anchor.sentence])]
        self.state.setText(" ".join(notes))
        self.state.setVisible(bool(notes))
        may_change = not self.viewmodel.context.services.access.reads_only
        self.count_button.setVisible(health.answers_miscounted and may_change)

    def _compare(self) -> None:
        answer = self.viewmodel.compare(self.printed.text())
        agrees = isinstance(answer, AnchorComparison) and answer.agrees
        words = answer.sentence if isinstance(answer, AnchorComparison) else answer
        self._printed_row.set_error("" if agrees else words)
        self.compared.setText(words if agrees else "")
        self.compared.setVisible(agrees)
        if not agrees:
            self.printed.setFocus()

    def reload(self) -> None:
        context = self.viewmodel.context
        state, last = context.backups, context.services.backups.last()
        if state.last != last:  # nobody knows yet where it is
            state = BackupState(last, problem=state.problem)
        self.last.setText(state.sentence(context.services.access.now()))
        self.where.setText("" if state.last is None else str(state.last.target))
        self.where.setVisible(state.last is not None)
        if state.problem:
            self.say_problem(f"No new backup could be made. {state.problem}")
        elif self._had_problem:
            self.say_problem("")
        self._had_problem = bool(state.problem)
        self._show_choices()

    def _on_preferences(self, _settings: Settings) -> None:
        self._show_choices()

    def _show_choices(self) -> None:
        settings = self.viewmodel.context.preferences.settings
        self.automatic.set_key(settings.backups_automatic)
        usual = self.viewmodel.context.services.backups.usual_folder
        where = settings.backup_folder or f"{usual}, with the records"
        self.folder.setText(f"Folder: {where}")
        self.usual_button.setVisible(bool(settings.backup_folder))

    def _on_automatic(self, is_on: object) -> None:
        self.viewmodel.context.preferences.change(backups_automatic=bool(is_on))

    def ask_folder(self) -> None:
        """Ask for the folder for automatic backups."""
        chosen = self.viewmodel.context.preferences.settings.backup_folder
        folder = ask_backup_folder(self, Path(chosen) if chosen else self.viewmodel.records.parent)
        if folder is not None:
            self.viewmodel.context.preferences.change(backup_folder=str(folder))

    def _use_usual(self) -> None:
        self.viewmodel.context.preferences.change(backup_folder="")

    def _check(self) -> None:
        self.say_done("")
        self.viewmodel.check_file()

    def _count_again(self) -> None:
        self.say_done("")
        self.say_problem("")
        self.count_button.hide()
        viewmodel, context = self.viewmodel, self.viewmodel.context

        def done(changes: Changes) -> None:
            viewmodel.busy.emit(False)
            viewmodel.carry_out(lambda: changes, "The answers of all reports were counted again.")

        def failed(error: VisitAppError) -> None:
            viewmodel.busy.emit(False)
            viewmodel.show_problem(error)

        viewmodel.busy.emit(True)
        again = context.services.maintenance.count_answers_again
        context.jobs.run(again, owner=self, done=done, failed=failed)

    def _restore(self) -> None:
        """Go to the window's restore dialog, as the file has to be closed for it."""
        self.viewmodel.context.go("restore")

    def ask_where(self) -> None:
        """Ask where to save a backup, and save it."""
        self.say_done("")
        records = self.viewmodel.records
        name = f"{records.stem}-backup-{self.viewmodel.today:%Y-%m-%d}.visits"
        folder = records.parent if records.parent.is_dir() else Path.home()
        where = ask_backup(self, folder / name)
        if where is not None:
            self.viewmodel.save_backup(where)
