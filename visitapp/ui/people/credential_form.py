"""The terms, cards, courses and declarations of a person, as a part of the person form."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.text.clock_text import parse_length
from visitapp.domain.text.wording import short_date, time_given
from visitapp.ui.widgets.arranging import ask_for_room
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line_field import LineField, one_line
from visitapp.ui.widgets.picker import Picker

_FIELD = 200


def credential_words(item: Credential) -> str:
    """`Course: First aid, 3 h, Mon 4 Mar 2024 to Wed 4 Mar 2026`."""
    title = item.title if item.minutes is None else f"{item.title}, {time_given(item.minutes)}"
    if item.from_on is None:
        days = f"until {short_date(item.until_on)}" if item.until_on else "days not known"
        return f"{title}, {days}"
    until = f" to {short_date(item.until_on)}" if item.until_on else ""
    return f"{title}, {short_date(item.from_on)}{until}"


class CredentialForm(QWidget):
    """What is held, in lines, and the fields for one more.

    Signals: `typed` at each change of the lines by the user.
    """

    typed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._held: list[Credential] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column.addLayout(self._lines)
        self.kind = Picker("What to add", width=_FIELD, placeholder="Choose")
        self.kind.set_choices([(kind, kind.label) for kind in CredentialKind])
        self.name = LineField()
        self.since = DateField("Held from", today=today)
        self.until = DateField("Held until", today=today)
        self.length = LineField()
        self.add_button = button("Add", self.add, icon="plus", small=True)
        self.add_button.setAccessibleName("Add this to the person")
        fields = FormGrid(columns=4, least=_FIELD)
        for field_row in (
            FormRow("What to add", self.kind),
            FormRow("Which, if you like", self.name, wide=True),
            FormRow("From", self.since),
            FormRow("Until", self.until),
            FormRow("Hours it took, if training", self.length),
        ):
            fields.add(field_row)
        column.addWidget(fields)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        column.addLayout(row)
        self.reason = Reason()
        column.addWidget(self.reason)

    def stops(self) -> list[QWidget]:
        """The Tab stops of the fields in order."""
        days = (self.since.edit, self.since.pick, self.until.edit, self.until.pick)
        return [self.kind, self.name, *days, self.length, self.add_button]

    def show_held(self, held: Sequence[Credential]) -> None:
        """Show what is held, and empty fields."""
        self._held = list(held)
        self._empty_fields()
        self._show_lines()

    def held(self) -> tuple[Credential, ...] | None:
        """What is held with what was typed; None after showing what to correct."""
        if self._is_typed() and not self.add():
            return None
        return tuple(self._held)

    def add(self) -> bool:
        """Take what was typed to the lines, or show what to correct."""
        self.reason.say(self._problem())
        kind = self.kind.key()
        if self.reason.text() or kind is None:
            return False
        self._held.append(self._typed_credential(CredentialKind(str(kind))))
        self._empty_fields()
        self._show_lines()
        self.kind.setFocus()
        self.typed.emit()
        return True

    def _problem(self) -> str:
        if self.kind.error() or self.kind.key() is None:
            return self.kind.error() or "Choose what to add."
        if self.since.error() or self.until.error():
            return self.since.error() or self.until.error()
        try:
            self._typed_credential(CredentialKind(str(self.kind.key())))
        except BadInputError as error:
            return str(error)
        return ""

    def _typed_credential(self, kind: CredentialKind) -> Credential:
        return Credential(
            kind,
            one_line(self.name.text()),
            self.since.day(),
            self.until.day(),
            parse_length(self.length.text()) or None,
        )

    def _is_typed(self) -> bool:
        fields = (self.name, self.since, self.until, self.length)
        texts = (field.text() for field in fields)
        return self.kind.value() is not None or any(text.strip() for text in texts)

    def _empty_fields(self) -> None:
        self.reason.say("")
        self.kind.set_key(None)
        self.name.setText("")
        self.length.setText("")
        self.since.set_day(None)
        self.until.set_day(None)

    def _remove(self, item: Credential) -> None:
        self._held.remove(item)
        self._show_lines()
        self.kind.setFocus()
        self.typed.emit()

    def _show_lines(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        for held in self._held:
            self._lines.addWidget(self._line(held))
        ask_for_room(self)

    def _line(self, held: Credential) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        words = credential_words(held)
        row.addWidget(label(words, "second", wrap=True), 1)
        row.addWidget(link_button("Remove", partial(self._remove, held), about=words))
        return line

    # -- kept until it is saved ----------------------------------------------------------

    def typed_values(self) -> dict[str, Any]:
        """What was typed and not saved yet."""
        return {
            "held": [
                [item.kind.value, item.name, _iso(item.from_on), _iso(item.until_on), item.minutes]
                for item in self._held
            ],
            "kind": self.kind.value(),
            "name": self.name.text(),
            "from": self.since.text(),
            "until": self.until.text(),
            "length": self.length.text(),
        }

    def put_values(self, values: Mapping[str, Any]) -> None:
        """Show what `typed_values` returned."""
        with suppress(ValueError, TypeError, KeyError, AttributeError, BadInputError):
            self.show_held([_read(*item) for item in values["held"]])
            self.kind.set_value(values["kind"])
            self.name.setText(values["name"])
            self.since.set_text(values["from"])
            self.until.set_text(values["until"])
            self.length.setText(values.get("length", ""))


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _read(kind: str, name: str, since: str, until: str, minutes: int | None = None) -> Credential:
    first, last = (date.fromisoformat(day) if day else None for day in (since, until))
    return Credential(CredentialKind(kind), name, first, last, minutes)
