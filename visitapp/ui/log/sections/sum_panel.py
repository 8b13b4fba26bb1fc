"""The total, its parts, and a bar that shows whether they add up."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.report.adding_up import Part, Sum
from visitapp.domain.report.answers import Counting
from visitapp.domain.report.place import COUNT, Place
from visitapp.domain.text.wording import plural
from visitapp.ui.log.sections.breakdown import Breakdown
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import BETWEEN_DOWN
from visitapp.ui.widgets.adding_bar import AddingBar, Swatch
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.fields import Reason
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label, rich_label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.stepper import MOST, Stepper
from visitapp.ui.widgets.tag import Tag


class SumPanel(QWidget):
    """Steppers read as a sum. Where only rows are counted, the parts are theirs, and the whole
    alone is typed. `why` is a panel of its own: the reasons of those who were not seen.

    Signals: `rest_wanted` when what is still to account for is to be counted as not seen.
    """

    rest_wanted = Signal()

    def __init__(self, viewmodel: LogViewModel) -> None:
        super().__init__()
        self.viewmodel = viewmodel
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(BETWEEN_DOWN)
        self.bar = AddingBar()
        self.whole = Stepper("How many", most=MOST, empty=True)
        self.whole.changed.connect(lambda number: viewmodel.answer("present", number))
        self._takes_pastes(self.whole)
        self.steppers: dict[str, Stepper] = {}
        self.breakdowns: dict[str, Breakdown] = {}
        self._sentence = rich_label("", "lead")
        self._verdict = Tag("", "good", "check")
        self._reason = Reason()
        self._add_sum()
        self.why = Panel("Who was not seen, and why", "If you know. Optional.")
        self._shown: list[str] = []
        self._refused: tuple[str, object] = ("", None)

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
        self.rest = link_button("", self.rest_wanted.emit)
        panel.body.addWidget(self._reason)
        self.extra = label("", "second", "text2", wrap=True)
        panel.body.addWidget(self.extra)
        self.extra.hide()
        self.body.addWidget(panel)

    def fill(self) -> None:
        """Show the answers, with the parts that this scheme counts."""
        of = self.viewmodel.sum()
        self.whole.number.setAccessibleName(of.whole_label)
        self.whole.set_value(of.whole)
        self._make_steppers(of)

    def _make_steppers(self, of: Sum) -> None:
        keys = [part.key for part in of.parts]
        if self._shown == keys:
            return
        self._shown = keys
        for kept in (self.whole, self.rest):
            kept.setParent(self)
        if self.rest in self._flow.widgets():
            self._flow.take(self.rest)
        self._flow.clear()
        self.steppers, self.breakdowns = {}, {}
        self._flow.add(_cell(label(of.whole_label, "smallStrong"), self.whole, "="))
        while (item := self.why.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for part in of.parts:
            sign = "" if part is of.parts[-1] else "+"
            stepper = Stepper(part.label, most=MOST)
            stepper.changed.connect(lambda number, key=part.key: self._on_part(key, number))
            self._takes_pastes(stepper)
            self.steppers[part.key] = stepper
            self._flow.add(_cell(_named(part), stepper, sign))
        self._flow.add(self.rest)
        for part in of.parts:  # after the steppers, so that Tab reads all numbers first
            if part.choices:
                self.breakdowns[part.key] = Breakdown(self.viewmodel, part)
                self.why.body.addWidget(self.breakdowns[part.key])

    def _takes_pastes(self, stepper: Stepper) -> None:
        stepper.block_pasted.connect(lambda cells: self._on_block(stepper, cells))
        stepper.refused.connect(self._on_refused)

    def _on_block(self, first: Stepper, cells: list[str]) -> None:
        """Fill the numbers from this one on with pasted cells."""
        fields = [
            self.whole,
            *(stepper for stepper in self.steppers.values() if stepper.isVisibleTo(self)),
        ]
        fields = fields[fields.index(first) :]
        with self.viewmodel.together("paste numbers"):
            problems = [field.take(cell) for field, cell in zip(fields, cells, strict=False)]
        if len(cells) > len(fields):
            problems.append(
                f"{len(cells)} numbers were pasted, but there are {len(fields)} fields."
            )
        self._on_refused(" ".join(filter(None, problems)))

    def _on_refused(self, sentence: str) -> None:
        """Show a problem until another number is typed."""
        self._refused = (sentence, self.viewmodel.report)
        self.judge()
        announce(self, sentence)

    def _on_part(self, key: str, number: int | None) -> None:
        part = next((part for part in self.viewmodel.sum().parts if part.key == key), None)
        if part is not None:
            self.viewmodel.counts.set_part(part, number or 0)

    def follow(self) -> None:
        """Update the sum, the bar, the numbers, and the reasons of those not seen."""
        of = self.viewmodel.sum()
        if {part.key for part in of.parts} - set(self.steppers):
            self._make_steppers(of)
        self._say(of)
        self.bar.show_sum(of)
        if not self.whole.number.hasFocus():
            self.whole.set_value(of.whole)
        numbers = {part.key: part for part in of.parts}
        for key, stepper in self.steppers.items():
            if not stepper.number.hasFocus():
                stepper.set_value(numbers[key].number if key in numbers else 0)
        for key, breakdown in self.breakdowns.items():
            part = numbers.get(key)
            breakdown.setVisible(part is not None and part.number > 0)
            if part is not None and part.number:
                breakdown.show_part(part)
        by_rows = self.viewmodel.reading.answered.counting is Counting.ROWS
        for cell in self._flow.widgets()[1:-1]:
            cell.setVisible(not by_rows)
        for sign in self._flow.widgets()[0].findChildren(_Sign):
            sign.setVisible(not by_rows)
        shown = any(not breakdown.isHidden() for breakdown in self.breakdowns.values())
        self.why.setVisible(shown and not by_rows)
        self._offer_rest(of)

    def _say(self, of: Sum) -> None:
        if of.whole is None:
            words = "Enter the total first, then break it down."
            if of.parts_text:
                words = f"{of.parts_text}. {of.whole_label}: not counted yet."
        else:
            words = of.whole_text + (f" = {of.parts_text}" if of.parts_text else "")
        self._sentence.setText(escape(words).replace(of.whole_text, f"<b>{of.whole_text}</b>", 1))
        self._verdict.setVisible(of.whole is not None)
        kind, icon = ("good", "check") if of.adds_up else ("warn", "")
        if of.remainder < 0:
            kind, icon = "bad", "triangle-alert"
        if of.whole is not None and of.verdict != self._verdict.word and self.isVisible():
            announce(self, of.verdict)
        self._verdict.show_state(of.verdict, kind, icon)

    def _offer_rest(self, of: Sum) -> None:
        """Offer to count the others as one number, once somebody has been counted."""
        self.rest.setVisible(of.remainder > 0 and of.accounted > 0)
        others = plural(of.remainder, "other", f"other {of.remainder}")
        self.rest.setText(f"Record the {others} as not seen (no reason given)")
        self.rest.setAccessibleName(self.rest.text())

    def show_extra(self, words: str) -> None:
        """Show a line below the sum."""
        self.extra.setText(words)
        self.extra.setVisible(bool(words))

    def judge(self) -> None:
        """Show below the numbers what is wrong with them."""
        judgement = self.viewmodel.judgement
        of_counts = [f.sentence for f in judgement.blocking if f.place.part == COUNT]
        sentence, then = self._refused
        refused = sentence if self.viewmodel.report == then else ""
        problem = refused or judgement.problem_at(Place("present")) or next(iter(of_counts), "")
        self._reason.say(problem)
        self.whole.set_wrong(bool(problem))


def _named(part: Part) -> QWidget:
    cell = QWidget()
    row = QHBoxLayout(cell)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(Swatch(part.tone))
    row.addWidget(label(part.label, "small"))
    row.addStretch(1)
    return cell


def _cell(name: QWidget, stepper: Stepper, sign: str) -> QWidget:
    """A label above its stepper, and the sign that leads to the next one."""
    cell = QWidget()
    grid = QGridLayout(cell)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(0)
    grid.setVerticalSpacing(4)
    grid.addWidget(name, 0, 0, 1, 2)
    grid.addWidget(stepper, 1, 0)
    grid.setColumnStretch(1, 1)
    if not sign:
        return cell
    grid.addWidget(_Sign(sign), 1, 1)
    return cell


class _Sign(QWidget):
    """An equals or plus sign between two steppers. The sentence above says the sum for screen
    readers."""

    def __init__(self, sign: str) -> None:
        super().__init__()
        self._sign = sign
        fit(self, width=8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign in the middle."""
        painter = QPainter(self)
        painter.setFont(theme().font("smallStrong"))
        painter.setPen(theme().colour("text2"))
        around = self.rect().adjusted(-4, 0, 4, 0)
        painter.drawText(around, Qt.AlignmentFlag.AlignCenter, self._sign)
