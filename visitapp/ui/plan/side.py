"""The panels on the right: problems of the plan, how predictable it is, coverage, extra visits."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.plan.foresight import Caught, Foresight
from visitapp.domain.plan.plan_limits import BY_NAMES, caught_together, names_together
from visitapp.domain.plan.planned import Gravity, PlanNote
from visitapp.domain.plan.visit_benefit import FEWEST_A_YEAR, MOST_A_YEAR, SOURCE, benefit_of
from visitapp.domain.text.wording import plural
from visitapp.ui.plan.viewmodel import PlanViewModel
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.gauge import Gauge
from visitapp.ui.widgets.labels import hairline, icon_label, label
from visitapp.ui.widgets.panel import Panel

_LOOKS = {
    Gravity.MISSING: ("user-round-x", "bad", "Missing"),
    Gravity.BROKEN: ("triangle-alert", "bad", "Broken"),
    Gravity.UNEVEN: ("scale", "warn", "Uneven"),
    Gravity.GOOD: ("circle-check", "good", "Good"),
}
_MOST_SAID = 12
CHANCE = 1 / 7


def _empty(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def _sentence_line(icon: str, tone: str, word: str, sentence: str) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(icon_label(icon, 18, tone, word=word), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(label(sentence, "second", wrap=True), 1)
    return line


class _Slider(QSlider):
    """A slider that isn't moved by scrolling the page."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the event to the page."""
        event.ignore()


class PlanNotesPanel(Panel):
    """What the plan says, most serious first, each with ways to solve it."""

    def __init__(
        self,
        suggest: Callable[[UUID], object],
        find: Callable[[UUID], object],
        ask: Callable[[UUID], object],
    ) -> None:
        """`suggest` finds a visitor for a visit, `find` shows the visit in the table, `ask` opens a
        person's availability."""
        super().__init__("What the plan says")
        self._suggest, self._find, self._ask = suggest, find, ask
        self.before: QWidget | None = None
        """What Tab comes to before the notes, which are made again with each plan."""
        self._buttons: list[QPushButton] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.body.addLayout(self._list)

    def show_notes(self, notes: tuple[PlanNote, ...], proven: str, redraws_left: int) -> None:
        """Show what the plan says, and how good its pairs are proven to be."""
        _empty(self._list)
        self._buttons.clear()
        for note in notes[:_MOST_SAID]:
            self._list.addWidget(self._note_widget(note))
            self._list.addWidget(hairline())
        if self.before is not None:
            for earlier, later in pairwise([self.before, *self._buttons]):
                QWidget.setTabOrder(earlier, later)
        if len(notes) > _MOST_SAID:
            more = f"{len(notes) - _MOST_SAID} more will show here when these are sorted out."
            self._list.addWidget(label(more, "second", "text2", wrap=True))
        self._list.addWidget(label(proven, "second", "text2", wrap=True))
        times = plural(redraws_left, "once more", f"{redraws_left} more times")
        again = f"You can redraw days and times for these weeks {times}."
        if not redraws_left:
            again = "You cannot redraw days and times for these weeks again."
        self._list.addWidget(label(again, "second", "text2", wrap=True))

    def _note_widget(self, note: PlanNote) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(_sentence_line(*_LOOKS[note.gravity], note.sentence))
        for words in note.helps[:2]:
            help_words = label(f"{words}.", "small", "text2", wrap=True)
            help_words.setIndent(28)
            column.addWidget(help_words)
        visit_id, person_id = note.visit_id, note.person_id
        about = note.about or note.sentence
        if visit_id is not None:
            row = FlowRow(gap=6)
            for words, act in (("Suggest somebody", self._suggest), ("Show", self._find)):
                self._buttons.append(link_button(words, partial(act, visit_id), about=about))
                row.add(self._buttons[-1])
            column.addWidget(row)
        if person_id is not None:
            self._buttons.append(
                link_button("See availability", partial(self._ask, person_id), about=about)
            )
            column.addWidget(self._buttons[-1])
        return holder


class PlanForeseenPanel(Panel):
    """One sentence, one gauge, and the warnings; more figures on request."""

    def __init__(self, viewmodel: PlanViewModel) -> None:
        super().__init__("How predictable is it?")
        self._viewmodel = viewmodel
        self.sentence = label("", "second", wrap=True)
        self.gauge = Gauge("Predicted by someone on the alert one day a week")
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.gauge)
        self.legend = label(
            "The mark at 14 is pure luck. The mark at 46 is the best possible with exactly one "
            "visit a week.",
            "small", "text2", wrap=True,
        )  # fmt: skip
        self.body.addWidget(self.legend)
        self.names_sentence = label("", "second", wrap=True)
        self.names_gauge = Gauge("Day named by someone who knows the pair")
        self.names_legend = label(
            f"The mark at {round(100 * BY_NAMES)} is the limit. Pairs are chosen so that their "
            "names say as little of the day as possible.",
            "small", "text2", wrap=True,
        )  # fmt: skip
        self._names = (self.names_sentence, self.names_gauge, self.names_legend)
        for part in self._names:
            self.body.addWidget(part)
        self._broken = QVBoxLayout()
        self._broken.setSpacing(8)
        self.body.addLayout(self._broken)
        self.more = link_button("Figures for each site", self._toggle)
        self.body.addWidget(self.more)
        self._figures = QWidget()
        self._lines = QVBoxLayout(self._figures)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._figures)
        self._figures.hide()

    def show_judged(self) -> None:
        """Show the results."""
        viewmodel = self._viewmodel
        self.sentence.setText(viewmodel.sentence)
        self.gauge.show_share(viewmodel.caught, (CHANCE, 0.464))
        by_names = caught_together(viewmodel.audits, lambda audit: audit.by_names)
        self.names_sentence.setText(names_together(viewmodel.audits))
        self.names_gauge.show_share(by_names, (CHANCE, BY_NAMES))
        for part in self._names:
            part.setVisible(by_names is not None)
        _empty(self._broken)
        for words in viewmodel.broken:
            self._broken.addWidget(_sentence_line("triangle-alert", "warn", "Warning", words))
        if not self._figures.isHidden():
            self._show_figures()

    def show_working(self, words: str) -> None:
        """Say what is being worked out, as long as there are no results."""
        if not self._viewmodel.audits:
            self.sentence.setText(words)

    def _show_figures(self) -> None:
        _empty(self._lines)
        for audit in self._viewmodel.audits:
            foresight = audit.foresight
            self._lines.addWidget(label(foresight.site_name, "strong", wrap=True))
            for words in (
                f"On the alert one day a week: {foresight.day.caught.words} (pure luck "
                f"{round(100 * foresight.day.chance)})",
                f"On the alert one timeslot a week: {foresight.shift.caught.words} (pure luck "
                f"{round(100 * foresight.shift.chance)})",
                f"Guessing the next timeslot: {foresight.cell.caught.words} (pure luck "
                f"{round(100 * foresight.cell.chance)})",
                f"Days they could rule out: {round(100 * foresight.safe_days)} of 100",
                f"If they knew how many visits each week has: {foresight.leaked_day.words}, and "
                f"{round(100 * foresight.leaked_safe)} of 100 days they could rule out",
                *_floor(foresight),
                *_by_names(audit.by_names),
                *(audit.readers.lines if audit.readers is not None else ()),
                *([audit.others.sentence] if audit.others else []),
                *([audit.law_words] if audit.law_words else []),
            ):
                self._lines.addWidget(label(words, "small", "text2", wrap=True))

    def _toggle(self) -> None:
        shown = self._figures.isHidden()
        if shown:
            self._show_figures()
        self._figures.setVisible(shown)
        self.more.setText("Fewer figures" if shown else "Figures for each site")
        self.more.setAccessibleName(self.more.text())


def _floor(foresight: Foresight) -> list[str]:
    if foresight.floor_day is None:
        return []
    return [
        "The best possible with this many visits a year: "
        f"{round(100 * foresight.floor_day)} of 100 visits"
    ]


def _by_names(by_names: Caught | None) -> list[str]:
    if by_names is None or not by_names.visits:
        return []
    return [f"If they knew who goes, and when everybody can: {by_names.words}"]


class OutlookPanel(Panel):
    """How many timeslots will have been visited by the end of the year, by site."""

    def __init__(self, viewmodel: PlanViewModel) -> None:
        super().__init__("Coverage if the plan is kept")
        self._viewmodel = viewmodel
        self._lines = QVBoxLayout()
        self.body.addLayout(self._lines)

    def show_judged(self) -> None:
        """Show the results."""
        _empty(self._lines)
        for outlook in self._viewmodel.outlooks:
            self._lines.addWidget(label(outlook.sentence, "second", wrap=True))
        self.setVisible(bool(self._viewmodel.outlooks))


class SparePanel(Panel):
    """Signals: `wanted` (extra visits a year) to plan with the number shown; `rules_asked` to see
    which weeks can have a visit."""

    wanted = Signal(int)
    rules_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Extra visits a year")
        self._now = 0
        self._own_law: VisitLaw | None = None
        self.slider = _Slider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, MOST_A_YEAR - FEWEST_A_YEAR)
        self.slider.setPageStep(4)
        self.slider.setAccessibleName("Extra visits a year, beyond one a week")
        self.slider.valueChanged.connect(self._on_moved)
        self.words = label("", "second", wrap=True)
        self.use_button = button("Plan with this", self._use, small=True)
        self.body.addWidget(self.slider)
        self.body.addWidget(self.words)
        self.body.addWidget(label(SOURCE, "small", "text2", wrap=True))
        self.body.addWidget(self.use_button)
        self.body.addWidget(hairline())
        self.rule = label("", "second", wrap=True)
        self.rules_button = button("Weeks with a visit…", self.rules_asked.emit, small=True)
        self.body.addWidget(self.rule)
        self.body.addWidget(self.rules_button)
        self._on_moved(0)

    def show_spare(self, spare: int | None, own_law: VisitLaw | None, rule: str) -> None:
        """Show how many extra visits a year the plan uses, and by which rule for weeks; nothing if
        no suite can have any. `own_law`: by which the scheme has them drawn, if it chose one."""
        self.setVisible(spare is not None)
        self.rule.setText(rule)
        self._now, self._own_law = spare or 0, own_law
        self.slider.setValue(self._now)
        self._on_moved(self.slider.value())

    def _on_moved(self, spare: int) -> None:
        self.words.setText(benefit_of(FEWEST_A_YEAR + spare, self._own_law).sentence)
        self.use_button.setVisible(spare != self._now)

    def _use(self) -> None:
        self.wanted.emit(self.slider.value())
