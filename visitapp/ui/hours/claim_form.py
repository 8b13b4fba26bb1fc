"""One volunteer's sums, and the fields to enter a claim."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.claim import ClaimKind
from visitapp.domain.text.wording import count_text, money, number_of, time_given
from visitapp.domain.year.volunteer_hours import TimeKind, VolunteerHours
from visitapp.ui.hours.viewmodel import KINDS, HoursViewModel
from visitapp.ui.widgets import form_fields
from visitapp.ui.widgets.arranging import clear
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.line_field import LineField, one_line
from visitapp.ui.widgets.picker import Picker

_FIELD = 140


class Claims(QWidget):
    """Enter in a field adds the claim.

    Signals: `typed` at each change of the fields by the user.
    """

    typed = Signal()

    def __init__(self, viewmodel: HoursViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._shown: VolunteerHours | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        column.addLayout(self._lines)
        column.addWidget(hairline())
        column.addWidget(label("Add a claim", "strong"))
        self.day = DateField("Day of the claim", today=viewmodel.today)
        self.kind = Picker("Kind of claim", width=_FIELD)
        self.kind.set_choices(KINDS)
        self.kind.set_key(ClaimKind.TRAVEL)
        self.what, self.time = LineField(), LineField()
        self.miles, self.pounds = LineField(), LineField()
        self.receipt = QCheckBox("There is a receipt")
        fields = FormGrid(columns=2, least=_FIELD)
        fields.add(FormRow("Day", self.day), wide=True)
        fields.add(FormRow("Kind", self.kind))
        fields.add(FormRow("Hours", self.time))
        fields.add(FormRow("What for", self.what, wide=True), wide=True)
        fields.add(FormRow("Miles by car", self.miles))
        fields.add(FormRow("Expenses in £", self.pounds))
        column.addWidget(fields)
        column.addWidget(self.receipt)
        self.add_button = button("Add the claim", self.add, icon="plus", small=True)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.reason = Reason()
        column.addWidget(self.reason)
        column.addStretch(1)
        viewmodel.problem.connect(self._on_problem)
        form_fields.watch(self, self._on_typed)

    def show_hours(self, item: VolunteerHours) -> None:
        """Show the sums of somebody; what was typed for somebody else goes."""
        if self._shown is None or self._shown.person.id != item.person.id:
            self.empty_fields()
        self._shown = item
        clear(self._lines)
        for kind in TimeKind:
            if number := item.number_of(kind):
                times = count_text(number)
                time = time_given(item.minutes_of(kind))
                self._add_line(f"{kind.label}: {times}, {time}")
        if item.unknown:
            what = number_of(item.unknown, "length is", "lengths are")
            self._add_line(f"{what} not known", "text2")
        self._add_line(f"To pay: {money(item.to_pay)}")
        words, is_below = self._viewmodel.minimum_words(item.person.id)
        if words:
            self._add_line(words, "onWarnSoft" if is_below else "text2")

    def _add_line(self, words: str, tone: str = "text") -> None:
        self._lines.addWidget(label(words, "second", tone, wrap=True))

    def add(self) -> bool:
        """Enter what was typed, or show what to correct."""
        self.reason.say(self.day.error() or self.kind.error())
        day, kind = self.day.day(), self.kind.key()
        if not self.reason.text() and day is None:
            self.reason.say("Enter the day, such as 4/3/2025.")
        if self.reason.text() or self._shown is None or not isinstance(day, date):
            return False
        typed = (self.time.text(), self.miles.text(), self.pounds.text())
        added = self._viewmodel.add(
            self._shown.person.id,
            ClaimKind(str(kind)),
            day,
            one_line(self.what.text()),
            typed,
            has_receipt=self.receipt.isChecked(),
        )
        if added:
            self.empty_fields()
            self.day.setFocus()
            self.typed.emit()
        return added

    def empty_fields(self) -> None:
        """Nothing typed."""
        self.reason.say("")
        self.day.set_day(None)
        self.receipt.setChecked(False)
        for field in (self.what, self.time, self.miles, self.pounds):
            field.setText("")

    def is_typed(self) -> bool:
        """Whether something is typed and not added yet."""
        fields = (self.day, self.what, self.time, self.miles, self.pounds)
        return any(field.text().strip() for field in fields)

    def typed_values(self) -> dict[str, Any]:
        """What was typed, for JSON."""
        return form_fields.named(self)

    def _on_problem(self, error: VisitAppError | None) -> None:
        if error is not None and self.is_typed():
            self.reason.say(str(error))

    def _on_typed(self, *_: object) -> None:
        self.typed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter adds the claim; Escape empties the fields."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.add()
        elif event.key() == Qt.Key.Key_Escape and self.is_typed():
            self.empty_fields()
            self.typed.emit()
        else:
            super().keyPressEvent(event)
