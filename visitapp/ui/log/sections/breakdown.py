"""The breakdown of a part of the sum by reason: why some were not seen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.report.adding_up import Part
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.adding_bar import Swatch
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.stepper import MOST, Stepper


class Breakdown(QWidget):
    """Reasons with their numbers, and a picker to add a reason."""

    def __init__(self, viewmodel: LogViewModel, part: Part) -> None:
        super().__init__()
        self._viewmodel, self._part = viewmodel, part
        self.steppers: dict[tuple[str, str | None], Stepper] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Swatch(part.tone))
        self._title = label("", "strong")
        self._rest = label("", "small", "text3")
        head.addWidget(self._title)
        head.addWidget(self._rest)
        head.addStretch(1)
        column.addLayout(head)
        self._flow = FlowRow(gap=16, down=8)
        self.picker = Picker(f"{part.label}: reason", placeholder="Add a reason", width=280)
        self.picker.chosen.connect(self._on_chosen)
        self._flow.add(self.picker)
        column.addWidget(self._flow)

    def show_part(self, part: Part) -> None:
        """Show the numbers of a part."""
        self._part = part
        self._title.setText(f"{part.number} {part.word}")
        rest = part.unexplained
        self._rest.setText(f"{rest} with no reason given" if rest else "")
        for choice in part.choices:
            key = (choice.outcome, choice.reason)
            if choice.number and key not in self.steppers:
                self._add(key, choice.label)
            if key in self.steppers and not self.steppers[key].number.hasFocus():
                self.steppers[key].set_value(choice.number)
        offered = [
            ((c.outcome, c.reason), c.label, c.reason or c.outcome)
            for c in part.choices
            if (c.outcome, c.reason) not in self.steppers
        ]
        if offered != getattr(self, "_offered", None):
            self._offered = offered
            self.picker.set_choices(offered)
        self.picker.setVisible(bool(offered))

    def _add(self, key: tuple[str, str | None], name: str) -> None:
        stepper = Stepper(f"{self._part.label}: {name}", most=MOST)
        stepper.changed.connect(lambda number: self._on_number(key, number))
        self.steppers[key] = stepper
        cell = QWidget()
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(name, "second"))
        row.addWidget(stepper)
        self._flow.add(cell, at=len(self._flow.widgets()) - 1)
        before = list(self.steppers.values())[-2:-1]
        if before:
            QWidget.setTabOrder(before[0].number, stepper.number)
        QWidget.setTabOrder(stepper.number, self.picker)

    def _on_chosen(self, key: object) -> None:
        if key is None:
            return
        self.picker.set_key(None)
        for choice in self._part.choices:
            if (choice.outcome, choice.reason) == key:
                self._viewmodel.counts.set_choice(self._part, choice, 1)
        stepper = self.steppers.get(key)  # type: ignore[call-overload]
        if stepper is not None:
            stepper.setFocus(Qt.FocusReason.OtherFocusReason)
            stepper.number.selectAll()

    def _on_number(self, key: tuple[str, str | None], number: int | None) -> None:
        for choice in self._part.choices:
            if (choice.outcome, choice.reason) == key:
                self._viewmodel.counts.set_choice(self._part, choice, number or 0)
