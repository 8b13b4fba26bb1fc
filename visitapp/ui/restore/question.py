"""Asks whether to restore a backup whose records contradict each other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from visitapp.domain.text.wording import number_of
from visitapp.ui.widgets.dialogs import FormDialog
from visitapp.ui.widgets.labels import label

_MOST_LISTED = 8


class ContradictionsDialog(FormDialog):
    """Lists the contradictions; the cursor is on the button that changes nothing."""

    def __init__(self, parent: QWidget, sentences: Sequence[str]) -> None:
        super().__init__(
            parent,
            "Restore this backup anyway?",
            "Everything in this backup can be read. But some of its records were changed outside "
            "visitapp or contradict each other:",
            "Restore it anyway",
        )
        for sentence in sentences[:_MOST_LISTED]:
            self.content.addWidget(label(f"\u2022 {sentence}", "body", wrap=True))
        more = len(sentences) - _MOST_LISTED
        if more > 0:
            others = number_of(more, "more thing")
            self.content.addWidget(label(f"\u2022 and {others}", "body", wrap=True))
        after = (
            "If you have an earlier backup, check that one first. After restoring, you can list "
            "all of this again: choose Settings, Backup, Check this file."
        )
        self.content.addWidget(label(after, "body", "text2", wrap=True))
        self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    @classmethod
    def ask(cls, parent: QWidget, sentences: Sequence[str]) -> bool:
        """Whether the user wants to restore it anyway."""
        dialog = cls(parent, sentences)
        taken = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return taken
