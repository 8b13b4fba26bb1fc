"""What an empty page says: what will be here, and what to do first."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import READING
from visitapp.ui.widgets.labels import icon_label, label


class EmptyState(QWidget):
    """An icon, a sentence and the button of the first step, at the top left."""

    def __init__(self, icon: str, sentence: str, *buttons: QPushButton, title: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(12)
        column.addWidget(icon_label(icon, 30, "primary"))
        if title:
            column.addWidget(label(title, "h2", wrap=True))
        self.sentence = label(sentence, "lead", "text2", wrap=True)
        fit(self.sentence, most_width=READING)
        column.addWidget(self.sentence)
        row = _row(buttons)
        column.addLayout(row)
        column.addStretch(1)
        self.setAccessibleName(sentence)

    def say(self, sentence: str) -> None:
        """Show another sentence."""
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)


def _row(buttons: Sequence[QPushButton]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    for button in buttons:
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
    row.addStretch(1)
    return row
