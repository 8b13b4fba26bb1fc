"""The About dialog, with the licences of the libraries used."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from visitapp.services.office.licences import notices
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.labels import label
from visitapp.ui.window_dialogs import HelpDialog

_TITLE = "About visitapp"


class AboutDialog(HelpDialog):
    """A few paragraphs, and a button for the licences."""

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        super().__init__(parent, title, text)
        self.actions_row.insertWidget(1, button("Licences\u2026", self.show_licences))

    def show_licences(self) -> None:
        """Show the licences until they are closed."""
        dialog = LicencesDialog(self)
        dialog.exec()
        dialog.deleteLater()


class LicencesDialog(Dialog):
    """The licences of everything included, as one text to read or search."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Licences")
        self.setAccessibleName("Licences")
        fit(self, least_width=760)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label("Licences", "h2", wrap=True))
        self.text = QPlainTextEdit(notices())
        self.text.setReadOnly(True)
        keyboard = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.text.setTextInteractionFlags(self.text.textInteractionFlags() | keyboard)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Licences of all that visitapp is built on")
        fit(self.text, least_height=420)
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.addWidget(primary_button("Close", self.accept))
        row.addStretch(1)
        column.addLayout(row)
        self.text.setFocus()


def ask(parent: QWidget, text: str) -> None:
    """Show the dialog until it is closed."""
    AboutDialog.ask(parent, _TITLE, text)
