"""The section "Detainees" or "Animals": one whole, its parts, and a bar that adds up."""

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.adding_up import Part, Sum
from visitapp.ui.log.section import SectionWidget
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.theme import fit
from visitapp.ui.widgets.adding_bar import AddingBar, Swatch
from visitapp.ui.widgets.fields import Reason
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label, rich_label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.stepper import Stepper
from visitapp.ui.widgets.tag import Tag

_MOST = 999


class CountsSection(SectionWidget):
    """Steppers read as a sum; beneath it, why those were not seen who were not."""

    def __init__(self, model: LogViewModel) -> None:
        super().__init__(model, "counts")
        self.bar = AddingBar()
        self.whole = Stepper("How many", most=_MOST, empty=True)
        self.whole.changed.connect(lambda number: model.answer("present", number))
        self.steppers: dict[str, Stepper] = {}
        self.breakdowns: dict[str, Breakdown] = {}
        self._sentence = rich_label("", "lead")
        self._verdict = Tag("", "good", "check")
        self._reason = Reason()
        self._add_sum()
        self._why = Panel("Who was not seen, and why", "As far as you were told. You can leave it.")
        self.body.addWidget(self._why)
        self._shown: list[str] = []

    def _add_sum(self) -> None:
        panel = Panel()
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._sentence, 1)
        top.addWidget(self._verdict, 0, Qt.AlignmentFlag.AlignTop)
        panel.body.addLayout(top)
        panel.body.addWidget(self.bar)
        self._flow = FlowRow(gap=0, down=10)
        panel.body.addWidget(self._flow)
        panel.body.addWidget(self._reason)
        self.body.addWidget(panel)

    def fill(self) -> None:
        """Show the answers, with the parts that this scheme counts."""
        of = self.model.sum()
        self.whole.number.setAccessibleName(of.whole_label)
        self.whole.set_value(of.whole)
        self._make_steppers(of)

    def _make_steppers(self, of: Sum) -> None:
        keys = [part.key for part in of.parts]
        if self._shown == keys:
            return
        self._shown = keys
        self.whole.setParent(self)
        self._flow.clear()
        self.steppers, self.breakdowns = {}, {}
        self._flow.add(_cell(label(of.whole_label, "second"), self.whole, "="))
        while (item := self._why.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for part in of.parts:
            sign = "" if part is of.parts[-1] else "+"
            made = Stepper(part.label, most=_MOST)
            made.changed.connect(lambda number, key=part.key: self._on_part(key, number))
            self.steppers[part.key] = made
            self._flow.add(_cell(_named(part), made, sign))
        for part in of.parts:  # after the steppers, so that Tab reads all numbers first
            if part.choices:
                self.breakdowns[part.key] = Breakdown(self.model, part)
                self._why.body.addWidget(self.breakdowns[part.key])

    def _on_part(self, key: str, number: int | None) -> None:
        part = next((part for part in self.model.sum().parts if part.key == key), None)
        if part is not None:
            self.model.set_part(part, number or 0)

    def follow(self) -> None:
        """The sum, the bar, the numbers, and the reasons of those not seen."""
        of = self.model.sum()
        if {part.key for part in of.parts} - set(self.steppers):
            self._make_steppers(of)
        self._say(of)
        self.bar.show_sum(of)
        numbers = {part.key: part for part in of.parts}
        for key, stepper in self.steppers.items():
            if not stepper.number.hasFocus():
                stepper.set_value(numbers[key].number if key in numbers else 0)
        for key, breakdown in self.breakdowns.items():
            part = numbers.get(key)
            breakdown.setVisible(part is not None and part.number > 0)
            if part is not None and part.number:
                breakdown.show_part(part)
        shown = any(not breakdown.isHidden() for breakdown in self.breakdowns.values())
        self._why.setVisible(shown)

    def _say(self, of: Sum) -> None:
        if of.whole is None:
            words = "Say how many there were; the parts then add up to it."
            if of.parts_text:
                words = f"{of.parts_text}. {of.whole_label}: not counted yet."
        else:
            words = of.whole_text + (f" = {of.parts_text}" if of.parts_text else "")
        self._sentence.setText(escape(words).replace(of.whole_text, f"<b>{of.whole_text}</b>", 1))
        self._verdict.setVisible(of.whole is not None)
        kind, icon = ("good", "check") if of.adds_up else ("warn", "")
        if of.remainder < 0:
            kind, icon = "bad", "triangle-alert"
        self._verdict.show_state(of.verdict, kind, icon)

    def judge(self) -> None:
        """What is wrong with the numbers, beneath them."""
        counted = [f.sentence for f in self.model.blocking() if f.field.startswith("count:")]
        said = self.model.to_say("present") or next(iter(counted), "")
        self._reason.say(said)
        self.whole.set_wrong(bool(said))
        self._warn()

    def first_field(self) -> QWidget | None:
        """The whole."""
        return self.whole


class Breakdown(QWidget):
    """Why some were not seen: reasons with their numbers, and a picker for another one."""

    def __init__(self, model: LogViewModel, part: Part) -> None:
        super().__init__()
        self._model, self._part = model, part
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
        made = Stepper(f"{self._part.label}: {name}", most=_MOST)
        made.changed.connect(lambda number: self._on_number(key, number))
        self.steppers[key] = made
        cell = QWidget()
        row = QHBoxLayout(cell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(label(name, "second"))
        row.addWidget(made)
        self._flow.add(cell, at=len(self._flow.widgets()) - 1)
        before = list(self.steppers.values())[-2:-1]
        if before:
            QWidget.setTabOrder(before[0].number, made.number)
        QWidget.setTabOrder(made.number, self.picker)

    def _on_chosen(self, key: object) -> None:
        if key is None:
            return
        self.picker.set_key(None)
        for choice in self._part.choices:
            if (choice.outcome, choice.reason) == key:
                self._model.set_choice(self._part, choice, 1)
        made = self.steppers.get(key)  # type: ignore[call-overload]
        if made is not None:
            made.setFocus(Qt.FocusReason.OtherFocusReason)
            made.number.selectAll()

    def _on_number(self, key: tuple[str, str | None], number: int | None) -> None:
        for choice in self._part.choices:
            if (choice.outcome, choice.reason) == key:
                self._model.set_choice(self._part, choice, number or 0)


def _named(part: Part) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 6, 0)
    row.setSpacing(6)
    row.addWidget(Swatch(part.tone))
    row.addWidget(label(part.label, "second"))
    row.addStretch(1)
    return made


def _cell(name: QWidget, stepper: Stepper, sign: str) -> QWidget:
    """A label above its stepper, and the sign that leads to the next one."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(0)
    grid.setVerticalSpacing(4)
    grid.addWidget(name, 0, 0, 1, 2)
    grid.addWidget(stepper, 1, 0)
    mark = label(sign, "smallStrong", "text2")
    mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
    fit(mark, width=10)
    grid.addWidget(mark, 1, 1)
    grid.setColumnStretch(1, 1)
    return made
