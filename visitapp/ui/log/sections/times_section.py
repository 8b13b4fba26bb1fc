"""The section "Times and access": arrived, let in, left; the wait, and why."""

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.draft.report_sections import TaskSection
from visitapp.domain.moment import happens_twice
from visitapp.domain.office.grid import clock
from visitapp.domain.reading import report_lines
from visitapp.domain.report.place import Place
from visitapp.domain.report.visit_codes import FACE_TO_FACE
from visitapp.ui.log.questions.guarded import GuardedAnswer
from visitapp.ui.log.sections.section import SectionWidget
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import hairline, icon_label, label, set_tone
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.time_field import TimeField

_OF_CALL = {"arrived": "Call began", "left": "Call ended"}
_HINTS = {
    "arrived": "When you asked to be let in",
    "admitted": "When you were let in",
    "left": "When you left",
}


class TimesSection(SectionWidget):
    """Three times, and what is worked out from them as soon as it is known."""

    def __init__(self, viewmodel: LogViewModel, section: TaskSection) -> None:
        super().__init__(viewmodel, section)
        self.times = {field: TimeField(self.ask(field).ask, viewmodel.now) for field in _HINTS}
        self.second = {field: QCheckBox() for field in _HINTS}
        self.reason = Picker(self.ask("delay_reason").ask, width=320)
        self.explanation = GuardedAnswer(viewmodel, self.ask("delay_explanation").ask)
        self.extra = LineField()
        self._wait = _Worked("The wait", "hourglass")
        self._handover = label("", "second", "text2", wrap=True)
        self._slot = _Worked("Timeslot", "grid-3x3")
        self._hours = _Worked("Hours", "clock")
        self._announced: tuple[str, ...] = ()
        self._add_times()
        self.add_list(self.own_questions())
        self._add_extra()
        self._connect()

    def _add_times(self) -> None:
        panel = Panel()
        grid = FormGrid(columns=3, least=200)
        for field, hint in _HINTS.items():
            grid.add(self.add_row(field, self.times[field], hint=hint))
        panel.body.addWidget(grid)
        for box in self.second.values():
            box.hide()
            panel.body.addWidget(box)
        panel.body.addWidget(hairline())
        panel.body.addWidget(self._wait)
        panel.body.addWidget(self._handover)
        self._why = FormGrid(columns=1)
        self._why.add(self.add_row("delay_reason", self.reason))
        hint = "In the words you were given; roles, not names"
        self._why.add(self.add_row("delay_explanation", self.explanation, hint=hint, wide=True))
        panel.body.addWidget(self._why)
        self.body.addWidget(panel)

    def _add_extra(self) -> None:
        panel = Panel()
        fit(self.extra, width=76)
        grid = FormGrid(columns=3, least=200)
        grid.add(self.add_row("extra_minutes", self.extra))
        grid.add(self._slot)
        grid.add(self._hours)
        panel.body.addWidget(grid)
        self.body.addWidget(panel)

    def _connect(self) -> None:
        viewmodel = self.viewmodel
        for field, time in self.times.items():
            time.changed.connect(lambda f=field, t=time: viewmodel.answer(f, t.text()))
            time.stamped.connect(viewmodel.date_if_missing)
            time.stamped.connect(self._announce_worked)
            time.edit.editingFinished.connect(self.judge_now)
            time.edit.editingFinished.connect(self._announce_worked)
            self.second[field].toggled.connect(lambda _: self._on_second())
        self.reason.chosen.connect(
            lambda _: viewmodel.answer("delay_reason", str(self.reason.value() or ""))
        )
        self.explanation.changed.connect(
            lambda: viewmodel.answer("delay_explanation", self.explanation.text())
        )
        self.extra.textEdited.connect(lambda text: viewmodel.answer("extra_minutes", text.strip()))
        self.extra.editingFinished.connect(self.judge_now)

    def _on_second(self) -> None:
        # hidden boxes don't count
        ticked = [f for f, box in self.second.items() if box.isChecked() and not box.isHidden()]
        self.viewmodel.answer("second_time", tuple(ticked))

    def _worked(self) -> tuple[str, ...]:
        """What is worked out from the times so far, in sentences."""
        lines = (self._wait, self._slot, self._hours)
        known = [
            f"{line.accessibleName()}." for line in lines if line.is_known and not line.isHidden()
        ]
        why = [] if self._why.isHidden() else [self.ask("delay_reason").ask]
        return (*known, *why)

    def _announce_worked(self) -> None:
        """Announce what was worked out from a time, once its field is left."""
        before, self._announced = self._announced, self._worked()
        announce(self, " ".join(sentence for sentence in self._announced if sentence not in before))

    def fill(self) -> None:
        """Show the answers of the report that was opened."""
        viewmodel, report = self.viewmodel, self.viewmodel.report
        for field, time in self.times.items():
            time.set_text(getattr(report, field))
        code = report.delay_reason
        offered = viewmodel.offered("delay_reason", code)
        self.reason.set_choices([(entry.code, entry.label, entry.code) for entry in offered])
        self.reason.set_value(code)
        self._show_explanation(overwrite=True)
        self.extra.setText(report.extra_minutes)
        super().fill()
        self._announced = self._worked()

    def follow(self) -> None:
        """Update the wait, the timeslot and the hours, as far as they are known."""
        reading, scheme = self.viewmodel.reading, self.viewmodel.register.scheme
        visit = reading.visit
        known = reading.has_arrival
        wait = report_lines.wait_sentence(visit, scheme) if known else ""
        asks = known and visit.waited_beyond(scheme.immediate_limit)
        hint = "Enter both times to see this"
        kind = "warn" if asks else "good" if wait and visit.mode == FACE_TO_FACE else ""
        self._wait.say(wait, hint, kind)
        handover = report_lines.handover_text(visit, scheme) if known else ""
        self._handover.setText(f"{handover}." if handover else "")
        self._handover.setVisible(bool(handover))
        self._why.setVisible(asks or bool(visit.delay_reason or visit.delay_explanation.strip()))
        self._show_explanation()
        self._follow_second()
        self._follow_slot()
        self._follow_mode(in_person=visit.mode == FACE_TO_FACE)
        self._hours.say(
            report_lines.hours_text(visit) if known else "",
            "Enter when you left to see this",
        )
        super().follow()

    def _follow_mode(self, *, in_person: bool) -> None:
        """Adapt the questions to the mode: a call has a beginning and an end, but no arrival, wait
        or admission."""
        asked = {field: self.ask(field).ask for field in _HINTS}
        words = asked if in_person else asked | _OF_CALL
        for field, time in self.times.items():
            self.rows[field].label.setText(words[field])
            self.rows[field].set_hint(self.ask(field).help or _HINTS[field] if in_person else "")
            time.name_as(words[field])
        self.rows["admitted"].setVisible(in_person or bool(self.viewmodel.reading.visit.admitted))
        self._wait.setVisible(in_person)

    def _show_explanation(self, *, overwrite: bool = False) -> None:
        text = self.viewmodel.report.delay_explanation
        self.explanation.show_text(text, Place("delay_explanation"), overwrite=overwrite)

    def _follow_second(self) -> None:
        reading = self.viewmodel.reading
        ticked = self.viewmodel.report.second_time
        for field, box in self.second.items():
            moment = getattr(reading.visit, field)
            twice = (
                reading.has_arrival
                and moment is not None
                and happens_twice(moment.day, moment.minute)
            )
            box.setVisible(twice)
            if twice:
                at = clock(moment.minute)
                box.setText(f"{self.ask(field).ask}: the second {at} of that night")
                box.setAccessibleName(box.text())
                box.setToolTip("The clocks went back, and showed this hour twice")
            box.blockSignals(True)
            box.setChecked(field in ticked)
            box.blockSignals(False)

    def _follow_slot(self) -> None:
        reading, grid = self.viewmodel.reading, self.viewmodel.grid
        known = reading.has_arrival and grid is not None
        slot = report_lines.timeslot_text(reading.visit.arrived, grid) if known and grid else ""
        self._slot.say("None" if slot is None else slot, "Enter when you arrived to see this")
        if slot is not None or grid is None:
            self.notes.clear("timeslot")
            return
        sentence = report_lines.outside_sentence(reading.visit.arrived, grid)
        if sentence not in [banner.sentence for banner in self.notes.banners()]:
            self.notes.show_banner(Banner("info", sentence), "timeslot")


class _Worked(QWidget):
    """A line with something worked out from the times, or with what is still needed for it."""

    def __init__(self, name: str, icon: str) -> None:
        super().__init__()
        self._name = name
        self._icon_name = icon
        self.is_known = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(10)
        self._icon = icon_label(icon, 18, "text2")
        words = QVBoxLayout()
        words.setSpacing(0)
        self._words = label("", "lead", wrap=True)
        words.addWidget(label(name, "smallStrong", "text2"))
        words.addWidget(self._words)
        row.addWidget(self._icon)
        row.addLayout(words, 1)

    def text(self) -> str:
        """The text of the line."""
        return self._words.text()

    def say(self, words: str, until: str, kind: str = "") -> None:
        """Show `words`, or `until` while it is not known. `kind` is good or warn."""
        self.is_known = bool(words)
        icon = {"good": "circle-check", "warn": "triangle-alert"}.get(kind, self._icon_name)
        set_icon(self._icon, icon, 18, kind or "text2")
        self._words.setText(words or f"{until}.")
        self._words.setProperty("type", "lead" if words else "second")
        set_tone(
            self._words,
            {"good": "good", "warn": "onWarnSoft"}.get(kind, "text" if words else "text3"),
        )
        self.setAccessibleName(f"{self._name}: {words or until}")
