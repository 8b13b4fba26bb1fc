"""Asks what a letter to the force is about."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from visitapp.domain.following.issue_log import LetterAbout
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.dialogs import FormDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.picker import Picker

_WIDTH = 680
"""For the longest name of a scheme, in logical pixels."""


class LetterDialog(FormDialog):
    """The visit of the issue shown, a month, or all answers that are overdue."""

    def __init__(
        self,
        parent: QWidget,
        choices: Sequence[tuple[LetterAbout, str]],
        first: LetterAbout | None = None,
    ) -> None:
        super().__init__(
            parent,
            "Letter to the force",
            "A draft for your mail program or the post. It has what the police may see: no "
            "allegation and no whole custody number. Nothing is sent.",
            "Save the draft\u2026",
        )
        fit(self, least_width=_WIDTH)
        self.about = Picker("What the letter is about", width=340)
        self.about.set_choices(choices)
        self.about.set_key(first or choices[0][0])
        self._row = FormRow("About", self.about, wide=True)
        self.content.addWidget(self._row)
        self.about.setFocus()

    def chosen(self) -> LetterAbout | None:
        """What was chosen; None without a choice."""
        key = self.about.key()
        return key if isinstance(key, LetterAbout) else None

    def accept(self) -> None:
        """Close if something is chosen."""
        if self.chosen() is not None:
            super().accept()
        else:
            self._row.set_error(self.about.error() or "Choose what the letter is about.")
            self.about.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        choices: Sequence[tuple[LetterAbout, str]],
        first: LetterAbout | None = None,
    ) -> LetterAbout | None:
        """What was chosen, or None if the user cancelled; `first` is chosen to begin with."""
        dialog = cls(parent, choices, first)
        taken = dialog.exec() == FormDialog.DialogCode.Accepted
        about = dialog.chosen()
        dialog.deleteLater()
        return about if taken else None
