"""The recovery code, shown once, with two ways to paper."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp import clock
from visitapp.domain.moment import uk_time
from visitapp.ui.recovery import recovery_sheet
from visitapp.ui.theme import fit
from visitapp.ui.tokens import READING
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.labels import label, reference_font
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.window_dialogs import ask_pdf


class SheetView(QWidget):
    """Signals: `ready` when the person has the code on paper."""

    ready = Signal()

    def __init__(
        self, path: Path, code: str, *, words: str = "I have it on paper: open my file"
    ) -> None:
        """`words` are those of the button that leaves the sheet."""
        super().__init__()
        self._path = path
        today = uk_time(clock.now()).date()
        self._document = recovery_sheet.sheet(path.name, code, today)
        self._notes = QVBoxLayout()
        self.code = label(code, "section", wrap=True)
        self.code.setFont(reference_font(self.code.font()))
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.code.setAccessibleName(f"Recovery code: {code}")
        self.print_button = button("Print\u2026", self._print, icon="printer")
        self.save_button = button("Save as PDF\u2026", self._save, icon="download")
        self.go = primary_button(words, self.ready.emit, icon="arrow-right", main=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addWidget(label("Your recovery sheet", "hero", wrap=True))
        first = (
            "This code opens your file if you forget the passphrase. It is shown once: print it, "
            "or write it down, and keep it at home, away from this computer."
        )
        column.addWidget(_reading(first, "lead"))
        panel = Panel()
        panel.body.addWidget(self.code)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        row.addStretch(1)
        panel.body.addLayout(row)
        panel.body.addLayout(self._notes)
        fit(panel, most_width=READING)
        column.addWidget(panel)
        column.addWidget(
            _reading("Without the passphrase or this code nobody can open it.", "body")
        )
        column.addWidget(self.go)
        column.addStretch(1)

    def _print(self) -> None:
        if recovery_sheet.print_out(self._document, self):
            self._say("good", "Sent to the printer. Check that the code can be read.")

    def _save(self) -> None:
        chosen = ask_pdf(self, self._path.with_suffix(".recovery.pdf"))
        if chosen is None:
            return
        try:
            recovery_sheet.save_pdf(self._document, chosen)
        except OSError as error:
            self._say("bad", f"{chosen.name} can\u2019t be written: {error.strerror or error}.")
        else:
            words = f"Saved as {chosen.name}. Print it, and take it off this computer."
            self._say("good", words)

    def _say(self, kind: str, sentence: str) -> None:
        while (item := self._notes.takeAt(0)) is not None:
            banner = item.widget()
            if isinstance(banner, Banner):
                banner.close_banner()
        self._notes.addWidget(Banner(kind, sentence))


def _reading(words: str, style: str) -> QWidget:
    made = label(words, style, "text2", wrap=True)
    fit(made, most_width=READING)
    return made
