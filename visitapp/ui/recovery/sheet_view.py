"""The recovery code, shown once, with three ways to get it on paper."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from visitapp import clock
from visitapp.domain.errors import StorageError
from visitapp.domain.moment import uk_time
from visitapp.services.records.recovery_sheet import RecoverySheet
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import READING
from visitapp.ui.recovery import recovery_sheet
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label, reference_font
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.window_dialogs import ask_pdf

_QUESTION = "Leave without the recovery code?"
_UNSAVED = (
    "You have not printed or saved the recovery code, and it will not be shown again. If you "
    "forget the passphrase, nobody can open your records without it."
)
_BESIDE = (
    "Your records are in this folder. Anyone who takes the folder would have the code too. "
    "Choose another folder or a USB stick."
)


class SheetView(QWidget):
    """Signals: `ready` when the user leaves the sheet, with the code on paper or after being
    asked."""

    ready = Signal()

    def __init__(
        self, path: Path, code: str, *, words: str = "I have it on paper: open my file"
    ) -> None:
        """`words` is the text of the button that leaves the sheet."""
        super().__init__()
        self._sheet = RecoverySheet(path, code, uk_time(clock.now()).date())
        self._is_out = False
        self._notes = QVBoxLayout()
        self.code = label(code, "section", wrap=True)
        self.code.setFont(reference_font(self.code.font()))
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.code.setAccessibleName(f"Recovery code: {code}")
        self.print_button = button("Print\u2026", self._print, icon="printer")
        self.save_button = button("Save as PDF\u2026", self._save, icon="download")
        self.written = QCheckBox("I have written it down")
        self.go = primary_button(words, self._leave, icon="arrow-right", main=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label("Your recovery sheet", "hero", wrap=True))
        first = (
            "This code opens your file if you forget the passphrase. It is shown only once. "
            "Print it or write it down, and keep it at home, away from this computer."
        )
        column.addWidget(_reading(first, "lead"))
        panel = Panel()
        panel.body.addWidget(self.code)
        panel.body.addWidget(FlowRow(self.print_button, self.save_button, self.written, gap=12))
        panel.body.addWidget(
            _reading(
                "If you save it, print the PDF and delete it, or keep it on a USB stick in a "
                "drawer. Never keep it in the same folder as your records.",
                "second",
            )
        )
        panel.body.addLayout(self._notes)
        fit(panel, most_width=READING)
        column.addWidget(panel)
        column.addWidget(
            _reading("Without the passphrase or this code nobody can open it.", "body")
        )
        column.addWidget(self.go)
        column.addStretch(1)

    @property
    def is_safe(self) -> bool:
        """Whether the code is printed, saved, or written down as the user says."""
        return self._is_out or self.written.isChecked()

    def may_leave(self) -> bool:
        """Whether the code is safe, or the user says so."""
        return self.is_safe or SureDialog.ask(
            self, _QUESTION, _UNSAVED, "Leave without it", "Go back"
        )

    def ask_to_leave(self, then: Callable[[], object]) -> None:
        """Ask without blocking; `then` is called if the user leaves without the code."""

        def leave() -> None:
            self._is_out = True  # don't ask twice
            then()

        SureDialog.ask_before(self, _QUESTION, _UNSAVED, "Leave without it", leave, "Go back")

    def _leave(self) -> None:
        if self.is_safe:
            self.ready.emit()
        else:
            self.ask_to_leave(self.ready.emit)

    def _print(self) -> None:
        if recovery_sheet.print_out(self._sheet, self):
            self._is_out = True
            self._say("good", "Sent to the printer. Check that the code can be read.")

    def _save(self) -> None:
        chosen = ask_pdf(self, recovery_sheet.place_for(self._sheet))
        if chosen is None:
            return
        if self._sheet.lies_beside(chosen) and not SureDialog.ask(
            self,
            "Save it in the same folder as your records?",
            _BESIDE,
            "Save it here",
            "Choose another place",
        ):
            return
        try:
            self._sheet.save(chosen)
        except StorageError as error:
            self._say("bad", str(error))
        else:
            self._is_out = True
            words = f"Saved as {chosen.name}. Print it, then remove it from this computer."
            self._say("good", words)

    def _say(self, kind: str, sentence: str) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            banner = item.widget()
            if isinstance(banner, Banner):
                banner.close_banner()
        self._notes.addWidget(Banner(kind, sentence))


def _reading(words: str, style: str) -> QWidget:
    text_label = label(words, style, "text2", wrap=True)
    fit(text_label, most_width=READING)
    return text_label
