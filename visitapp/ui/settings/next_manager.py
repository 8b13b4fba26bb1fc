"""Settings: the office is handed over to the next manager, or taken back."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.exchange.succession import (
    OFFICE_SUFFIX,
    Succession,
    followed_words,
)
from visitapp.domain.progress import Progress
from visitapp.domain.text.shown import in_a_file_name
from visitapp.ui.look.preferences import documents
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import READING
from visitapp.ui.settings.section import SettingsSection
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label, reference_font
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.progress import ProgressPanel
from visitapp.ui.window_dialogs import ask_new_handed_office

_STEPS = (
    "1. visitapp saves one file with the whole records, and shows a code.",
    "2. You give the file to the next manager, and read the code out by telephone.",
    "3. They start visitapp, choose \u201cI take over from another manager\u201d, and open it.",
    "4. Your visitors\u2019 copies learn of it, and write to the next manager from then on.",
)
_AFTER = (
    "From then on you can read everything here but change nothing. Visitors\u2019 messages that "
    "are under way are not lost. You can take the office back as long as nobody has taken it over."
)
_SURE = (
    "Nothing can be changed in this copy afterwards. Only one copy of the office can go on, or "
    "visitors would not know which one to follow."
)
_BACK = (
    "Do this only if {who} has not opened the file and never will. If they have, two copies of the "
    "office would go on. The file is of no use afterwards."
)


class NextManagerSection(SettingsSection):
    """Hand the office over, the code once it was handed over, and the way back."""

    title = "Hand over the office"
    words = (
        "Do this when another manager takes over from you. The whole records go with the office, "
        "under new keys."
    )

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__(viewmodel)
        self._succession = viewmodel.context.services.succession
        self._code = ""
        self._parts = QWidget()
        self._column = QVBoxLayout(self._parts)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.body.addWidget(self._parts)
        self.progress = ProgressPanel()
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.name = LineField()
        self.name.returnPressed.connect(self.hand_over)
        fit(self.name, width=320)
        self.button = primary_button("Hand over the office\u2026", self.hand_over, icon="send")
        self.back = button("Take the office back\u2026", self.take_back, icon="undo-2")
        self.make_foot(self.button)
        self._asking = self._ask()
        self._left = QWidget()
        self._left_column = QVBoxLayout(self._left)
        self._left_column.setContentsMargins(0, 0, 0, 0)
        self._left_column.setSpacing(12)
        self._column.addWidget(self._asking)
        self._column.addWidget(self._left)
        self._back_row = FlowRow(self.back)
        self._left_column.addWidget(self._back_row)

    def _ask(self) -> QWidget:
        asking = QWidget()
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for step in _STEPS:
            column.addWidget(_reading(step))
        column.addWidget(_reading(_AFTER))
        column.addWidget(FormRow("Who takes over", self.name))
        return asking

    def reload(self) -> None:
        """Show whether this copy goes on."""
        closing = self._succession.closing()
        self._asking.setVisible(closing is None)
        self.button.setVisible(closing is None)
        self._left.setVisible(closing is not None)
        if closing is not None:
            self._show_left(closing)

    def _show_left(self, closing: Succession) -> None:
        while (item := self._left_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not self._back_row:
                widget.hide()
                widget.deleteLater()
        if self._code:
            self._left_column.addWidget(self._code_panel(closing))
        self._left_column.addWidget(_reading(followed_words(closing)))
        self._left_column.addWidget(self._back_row)
        self._back_row.setVisible(closing.followed_at is None)

    def _code_panel(self, closing: Succession) -> QWidget:
        panel = Panel()
        to = closing.successor or "the next manager"
        panel.body.addWidget(label(f"Code for {to}", "h2", wrap=True))
        code = label(self._code, "section", wrap=True)
        code.setFont(reference_font(code.font()))
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        code.setAccessibleName(f"Code: {self._code}")
        panel.body.addWidget(code)
        words = (
            f"Read it out to {to} by telephone, and do not send it with the file. It works once, "
            "and is not shown again after you lock or close visitapp."
        )
        panel.body.addWidget(label(words, "second", "text2", wrap=True))
        fit(panel, most_width=READING)
        return panel

    def may_close(self) -> bool:
        """Asks about a code that may not have been read out yet."""
        if not self._code:
            return True
        words = "The code for the next manager is not shown again. Have you read it out?"
        is_sure = SureDialog.ask(self, "Leave the code?", words, "I have read it out")
        if is_sure:
            self._code = ""
        return is_sure

    def hand_over(self) -> None:
        """Ask where, and whether they are sure, and hand the office over."""
        context, name = self.viewmodel.context, self.name.text().strip()
        self.say_done("")
        if not name:
            self.say_problem("Enter the name of who takes over.")
            self.name.setFocus()
            return
        file = f"Office-for-{in_a_file_name(name, 'the-next-manager')}{OFFICE_SUFFIX}"
        chosen = ask_new_handed_office(self, documents(context.preferences.settings) / file)
        if chosen is None:
            return
        if not SureDialog.ask(self, f"Hand over to {name}?", _SURE, "Hand over the office"):
            return
        service = context.services.succession

        def work(progress: Progress) -> tuple[str, Changes]:
            return service.hand_over(chosen, name, force=True, progress=progress)

        self.button.setEnabled(False)
        job = context.jobs.run(
            work,
            owner=self,
            done=lambda answer: self._on_handed_over(chosen, *answer),
            failed=self._on_failed,
            progress=True,
        )
        self.progress.follow(job, "Handing over the office")

    def _on_handed_over(self, file: Path, code: str, changes: Changes) -> None:
        self.button.setEnabled(True)
        self._code = code
        self.viewmodel.context.tell(changes)
        self.reload()
        self.say_done(f"{file.name} saved. Give it to the next manager.")

    def _on_failed(self, error: VisitAppError) -> None:
        self.button.setEnabled(True)
        self.back.setEnabled(True)
        self.say_problem(str(error))

    def take_back(self) -> None:
        """Look in the folder of exchange for a message of a successor, and ask."""
        context, service = self.viewmodel.context, self._succession
        self.say_done("")
        folder = context.preferences.settings.exchange_folder
        if not folder:
            self._ask_back()
            return
        self.back.setEnabled(False)
        context.jobs.run(
            lambda: service.look_for_successor(Path(folder)),
            owner=self,
            done=self._on_looked,
            failed=self._on_failed,
        )

    def _on_looked(self, changes: Changes) -> None:
        self.back.setEnabled(True)
        self.viewmodel.context.tell(changes)
        self.reload()
        self._ask_back()

    def _ask_back(self) -> None:
        closing = self._succession.closing()
        if closing is None:
            return
        if closing.followed_at is not None:
            self.say_problem(f"{followed_words(closing)} It can\u2019t be taken back.")
            return
        words = _BACK.format(who=closing.successor or "the next manager")
        if SureDialog.ask(self, "Take the office back?", words, "Take the office back"):
            self._code = ""
            self.viewmodel.carry_out(self._succession.take_back, "The office is back.")
            self.reload()


def _reading(words: str) -> QWidget:
    text = label(words, "body", "text2", wrap=True)
    fit(text, most_width=READING)
    return text
