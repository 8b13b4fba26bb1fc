"""Both visitors type their names under the report: "confirmed on this copy"."""

from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout

from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import uk_time
from visitapp.domain.report.visit import Confirmation
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.fields import Reason, set_wrong
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import icon_label, label
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.panel import Panel


class ConfirmPanel(Panel):
    """A box for each visitor.

    Signals: `confirmed` (whether all have) after somebody typed their name.
    """

    confirmed = Signal(bool)

    def __init__(self, viewmodel: LogViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._shown: object = None
        self.boxes: list[ConfirmBox] = []
        self.body.addWidget(label("Both of you confirm", "h2"))
        words = (
            "Type your full name to confirm. When you have both confirmed, the report is locked. "
            "After that you can only amend it, and must give a reason."
        )
        self.body.addWidget(label(words, "second", "text2", wrap=True))
        self._again = label("", "smallStrong", "onWarnSoft", wrap=True)
        self.body.addWidget(self._again)
        self._row = FlowRow(gap=16, down=12)
        self.body.addWidget(self._row)

    def refresh(self) -> None:
        """Show who has confirmed and who hasn't yet."""
        viewmodel, visit = self._viewmodel, self._viewmodel.reading.visit
        self._again.setText(
            "The report has changed since one of you confirmed it. Please confirm it again."
            if viewmodel.must_confirm_again
            else ""
        )
        self._again.setVisible(viewmodel.must_confirm_again)
        shown = (visit.visitors, visit.confirmations)
        if shown == self._shown:
            return
        self._shown = shown
        confirmed = {confirmation.person_id: confirmation for confirmation in visit.confirmations}
        self._row.clear()
        self.boxes = [
            ConfirmBox(viewmodel, person_id, confirmed.get(person_id))
            for person_id in visit.visitors
        ]
        for box in self.boxes:
            box.confirmed.connect(self._on_confirmed)
            self._row.add(box)
        if not self.boxes:
            self._row.add(label("Add the visitors first.", "body", "text2"))

    def _on_confirmed(self) -> None:
        self.refresh()
        self.confirmed.emit(not self.focus_first())

    def focus_first(self) -> bool:
        """Move the cursor to the first visitor who hasn't confirmed yet, if there is one."""
        waiting = next((box.edit for box in self.boxes if box.edit is not None), None)
        if waiting is not None:
            waiting.setFocus(Qt.FocusReason.OtherFocusReason)
        return waiting is not None


class ConfirmBox(QFrame):
    """One visitor: a field for the name, or the time it was typed at.

    Signals: `confirmed` after the name was taken.
    """

    confirmed = Signal()

    def __init__(
        self, viewmodel: LogViewModel, person_id: UUID, confirmation: Confirmation | None
    ) -> None:
        super().__init__()
        self._viewmodel, self._person_id = viewmodel, person_id
        self.name = viewmodel.surroundings().name(person_id)
        self.edit: QLineEdit | None = None
        self.reason = Reason()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        if confirmation is None:
            self._ask()
        else:
            self._say(confirmation)

    def _ask(self) -> None:
        self.edit = LineField()
        self.edit.setPlaceholderText("Type your name")
        self.edit.setAccessibleName(f"{self.name}: type your name to confirm")
        self.edit.returnPressed.connect(self.confirm)
        fit(self.edit, width=220)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit)
        confirm = button("I confirm", self.confirm)
        confirm.setAccessibleName(f"{self.name}: I confirm")
        row.addWidget(confirm)
        self._column.addWidget(label(self.name, "strong"))
        self._column.addLayout(row)
        self._column.addWidget(self.reason)

    def _say(self, confirmation: Confirmation) -> None:
        at = uk_time(confirmation.confirmed_at)
        self._column.addWidget(label(self.name, "strong"))
        tag = QFrame()
        tag.setProperty("class", "tag")
        tag.setProperty("kind", "good")
        row = QHBoxLayout(tag)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(icon_label("circle-check", 18, "good"))
        row.addWidget(label(f"Confirmed at {at:%H:%M}", "body", "onGoodSoft"))
        self._column.addWidget(tag)
        self.setAccessibleName(f"{self.name} confirmed at {at:%H:%M}")

    def confirm(self) -> None:
        """Confirm with the typed name, or show what is wrong with it."""
        if self.edit is None:
            return
        try:
            self._viewmodel.confirm(self._person_id, self.edit.text())
        except BadInputError as error:
            self.reason.say(str(error))
            set_wrong(self.edit, str(error))
            self.edit.setFocus()
            self.edit.selectAll()
        else:
            self.confirmed.emit()
