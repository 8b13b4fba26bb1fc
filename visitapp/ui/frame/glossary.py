"""The glossary, and the help of a page, which leads to the glossary."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from visitapp.domain.text.glossary import GlossaryWord, entries
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.window_dialogs import HelpDialog

_TITLE = "Glossary"
_NONE = "No word matches. Try another one."


class PageHelpDialog(HelpDialog):
    """The help of a page, and a button for its words in the glossary."""

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        super().__init__(parent, title, text)
        self.actions_row.insertWidget(1, button("Glossary\u2026", self.show_glossary))

    def show_glossary(self) -> None:
        """Show the glossary until it is closed."""
        GlossaryDialog.look_up(self)


class GlossaryDialog(Dialog):
    """All words with their meanings as one text; typing filters them."""

    def __init__(self, parent: QWidget, wanted: str = "") -> None:
        super().__init__(parent)
        self.setWindowTitle(_TITLE)
        self.setAccessibleName(_TITLE)
        fit(self, least_width=560)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(_TITLE, "h2", wrap=True))
        self.field = LineField()
        self.field.setAccessibleName("Find a word")
        self.field.setPlaceholderText("Find a word")
        column.addWidget(self.field)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        keyboard = Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.text.setTextInteractionFlags(self.text.textInteractionFlags() | keyboard)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName("Words and their meanings")
        fit(self.text, least_height=320)
        column.addWidget(self.text)
        row = QHBoxLayout()
        row.addWidget(primary_button("Close", self.accept))
        row.addStretch(1)
        column.addLayout(row)
        self.field.textChanged.connect(self._show)
        self.field.setText(wanted)
        self._show(wanted)
        self.field.setFocus()

    def _show(self, wanted: str) -> None:
        words = entries(wanted.strip())
        self.text.setPlainText("\n\n".join(map(_in_words, words)) or _NONE)

    @classmethod
    def look_up(cls, parent: QWidget, wanted: str = "") -> None:
        """Show the dialog until it is closed."""
        dialog = cls(parent, wanted)
        dialog.exec()
        dialog.deleteLater()


def _in_words(entry: GlossaryWord) -> str:
    return f"{entry.word}\n{entry.meaning}"
