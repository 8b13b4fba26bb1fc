"""The passphrases of sealed sheets, to be given by telephone."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.plan.notice import SealedFile
from visitapp.domain.text.wording import number_of
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import primary_button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.table import TableWidget, framed
from visitapp.ui.widgets.tablemodel import EntryTableModel, ListEntry

_WORDS = (
    "Each sheet opens with the passphrase of its visitor alone. Send the files, and give each "
    "visitor theirs by telephone. Passphrases are shown only now and kept nowhere: for a new one, "
    "save the sheets again in another folder. For an envelope, open a file and print it. Where two "
    "pairs are asked for each week, a sheet has only the running week."
)


class SecretTable(TableWidget):
    """Nothing is copied from it: the clipboard is read by other programs."""

    leaves = False


class PassphrasesDialog(Dialog):
    """Who has which passphrase, once."""

    def __init__(self, parent: QWidget, files: Sequence[SealedFile]) -> None:
        super().__init__(parent)
        title = f"{number_of(len(files), 'sealed sheet')} saved"
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fit(self, least_width=760)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(title, "h2"))
        column.addWidget(label(_WORDS, "body", "text2", wrap=True))
        self.tablemodel = EntryTableModel(("Visitor", "Passphrase"), parent=self)
        self.tablemodel.show([ListEntry(file, (file.visitor, file.passphrase)) for file in files])
        self.table = SecretTable("Passphrases of the sealed sheets", self.tablemodel)
        self.table.set_widths(220, 0)
        fit(self.table, least_height=320)
        column.addWidget(framed(self.table), 1)
        row = QHBoxLayout()
        self.close_button = primary_button("Close", self.accept)
        row.addWidget(self.close_button)
        row.addStretch(1)
        column.addLayout(row)
        self.table.setFocus()

    @classmethod
    def show_over(cls, parent: QWidget, files: Sequence[SealedFile]) -> "PassphrasesDialog":
        """Show it over the page, until it is closed."""
        dialog = cls(parent, files)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog
