"""A list of periods, with fields to add one and buttons to remove them."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.text.wording import short_date
from visitapp.ui.widgets.buttons import button, glyph_button
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label


class DaysList(QWidget):
    """Signals: `added` and `removed` (Period); `typed` when a day is typed."""

    added = Signal(object)
    removed = Signal(object)
    typed = Signal()

    def __init__(self, name: str, nothing: str, today: date) -> None:
        """`name` completes the names of the fields (`First day away`); `nothing` is shown while the
        list is empty."""
        super().__init__()
        self._name, self._nothing = name, nothing
        self.first = DateField(f"First day {name}", today=today)
        self.last = DateField(f"Last day {name}", today=today)
        self.add_button = button("Add", self._add, icon="plus", small=True)
        self.add_button.setAccessibleName(f"Add days {name}")
        self.reason = Reason()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        for field in (self.first, self.last):
            field.changed.connect(self.typed)
        fields = FlowRow(gap=10)
        fields.add(FormRow("From", self.first))
        fields.add(FormRow("To", self.last))
        fields.add(FormRow("", self.add_button))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._rows)
        column.addWidget(fields)
        column.addWidget(self.reason)

    def in_fields(self) -> list[str]:
        """The text of the two fields."""
        return [self.first.text(), self.last.text()]

    def put_in_fields(self, texts: object) -> None:
        """Show what `in_fields` returned."""
        if isinstance(texts, list) and len(texts) == 2:
            for field, text in zip((self.first, self.last), texts, strict=True):
                field.set_text(str(text))

    def show_periods(self, periods: Sequence[Period]) -> None:
        """Show the list."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not periods:
            self._rows.addWidget(label(self._nothing, "second", "text2", wrap=True))
        for period in periods:
            self._rows.addWidget(self._row(period))

    def _row(self, period: Period) -> QWidget:
        words = days_words(period)
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label(words, "second", wrap=True), 1)
        row.addWidget(
            glyph_button("x", f"Remove {words}", lambda: self.removed.emit(period), size=16)
        )
        return holder

    def _add(self) -> None:
        first, last = self.first.day(), self.last.day() or self.first.day()
        if first is None or last is None:
            self.reason.say(
                "Enter the first day. If there is more than one day, enter the last day too."
            )
            self.first.setFocus()
            return
        try:
            period = Period(first, last)
        except BadInputError:
            self.reason.say("The last day is earlier than the first day.")
            self.last.setFocus()
            return
        self.reason.say("")
        for field in (self.first, self.last):
            field.set_day(None)
        self.added.emit(period)
        self.typed.emit()
        self.first.setFocus()


def days_words(period: Period) -> str:
    """`Mon 5 May 2025`, or `Mon 5 May 2025 to Fri 9 May 2025`."""
    first, last = short_date(period.start), short_date(period.end)
    return first if first == last else f"{first} to {last}"
