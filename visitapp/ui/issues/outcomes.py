"""`You said, we did`: what the force did about recently closed issues, to send to visitors."""

from collections.abc import Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from visitapp.domain.following.issue_list import Outcome
from visitapp.domain.text.wording import long_date
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.labels import label

NOTHING = "No issue was closed in the last 60 days."


def outcomes_text(outcomes: Sequence[Outcome]) -> str:
    """The text that can be sent to visitors."""
    parts = [
        f"{outcome.line.site_name}, {long_date(outcome.line.raised_on)}\n"
        f"You said: {outcome.raised}\nWe did: {outcome.done}"
        for outcome in outcomes
    ]
    return "\n\n".join(parts) or NOTHING


class OutcomesDialog(QDialog):
    """The text to read and copy."""

    def __init__(self, parent: QWidget, outcomes: Sequence[Outcome]) -> None:
        super().__init__(parent)
        title = "You said, we did"
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fit(self, least_width=620)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(title, "h2"))
        column.addWidget(
            label("Issues closed in the last 60 days, newest first.", "second", "text2")
        )
        self.text = QPlainTextEdit(outcomes_text(outcomes))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(title)
        fit(self.text, least_height=320)
        column.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.copy = button("Copy the text", self._copy, icon="copy")
        row.addWidget(primary_button("Close", self.accept))
        row.addWidget(self.copy)
        row.addStretch(1)
        column.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText("Copied")

    @classmethod
    def ask(cls, parent: QWidget, outcomes: Sequence[Outcome]) -> None:
        """Show the dialog until it is closed."""
        dialog = cls(parent, outcomes)
        dialog.exec()
        dialog.deleteLater()
