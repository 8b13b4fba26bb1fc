"""Asks why a report is withdrawn or put back and, in a visitor's copy, for the names of all who
signed it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from visitapp.domain.privacy import Span
from visitapp.domain.report.rules import problem_of_name
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.dialogs import ReasonDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.line_field import LineField


class SignedReasonDialog(ReasonDialog):
    """A reason, and a field for the full name of each person who signed."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        action: str,
        look_at: Callable[[str], Sequence[Span]] | None,
        names: Sequence[str],
    ) -> None:
        super().__init__(parent, title, sentence, action, look_at)
        self.fields: list[tuple[str, QLineEdit, FormRow]] = []
        for name in names:
            edit = LineField()
            edit.setAccessibleName(f"{name}: type your name to confirm")
            edit.setPlaceholderText("Type your full name")
            fit(edit, least_width=280)
            row = FormRow(name, edit)
            self.content.addWidget(row)
            self.fields.append((name, edit, row))

    def typed(self) -> list[str]:
        """The names as typed."""
        return [edit.text().strip() for _, edit, _ in self.fields]

    def accept(self) -> None:
        """Close if there is a reason and every name."""
        wrong = []
        for name, edit, row in self.fields:
            problem = problem_of_name(edit.text(), name)
            row.set_error(problem)
            if problem:
                wrong.append(edit)
        self.grow()
        if wrong and self.reason():
            wrong[0].setFocus()
            return
        super().accept()

    @classmethod
    def ask_all(
        cls,
        parent: QWidget,
        title: str,
        sentence: str,
        action: str,
        look_at: Callable[[str], Sequence[Span]] | None,
        names: Sequence[str],
    ) -> tuple[str, list[str]] | None:
        """The reason and the names, or None if the user cancelled."""
        dialog = cls(parent, title, sentence, action, look_at, names)
        taken = dialog.exec() == QDialog.DialogCode.Accepted
        answer = dialog.reason(), dialog.typed()
        dialog.deleteLater()
        return answer if taken else None
