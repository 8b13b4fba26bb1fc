"""The form to record that somebody left: when, which schemes, and why."""

from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.people import Person
from visitapp.ui.people.viewmodel import PeopleViewModel
from visitapp.ui.widgets import form_fields
from visitapp.ui.widgets.buttons import literal
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.text_area import TextArea


class LeaveForm(QWidget):
    """Enter saves, Escape cancels. The page shows `reason` in its foot.

    Signals: `saved`; `left` without saving; `typed` at each change by the user.
    """

    saved = Signal()
    left = Signal()
    typed = Signal()

    def __init__(self, viewmodel: PeopleViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._person: Person | None = None
        self.ticks: dict[UUID, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            label("They and their visits stay in the register.", "second", "text2", wrap=True)
        )
        self._schemes = QVBoxLayout()
        column.addLayout(self._schemes)
        self.day = DateField("Last day", today=viewmodel.today)
        column.addWidget(FormRow("Last day", self.day))
        self.why = Picker("Why they left", width=200, placeholder="Not recorded")
        column.addWidget(FormRow("Why they left", self.why))
        self.words = TextArea("What they said when they left", lines=2, most_lines=6)
        hint = "From the exit interview. Only the office sees it."
        column.addWidget(FormRow("What they said", self.words, hint, wide=True))
        self.reason = Reason()
        viewmodel.problem.connect(self._on_problem)
        form_fields.watch(self, self._on_typed)
        self.words.changed.connect(self._on_typed)

    @property
    def person_id(self) -> UUID | None:
        """The person who left."""
        return None if self._person is None else self._person.id

    def _on_typed(self, *_: object) -> None:
        self.typed.emit()

    def begin(self, person: Person) -> None:
        """Show the form for this person, with all their schemes ticked."""
        self._person = person
        self.reason.say("")
        for tick in self.ticks.values():
            tick.hide()
            tick.deleteLater()
        self.ticks = {}
        for membership in self._viewmodel.current(person):
            name = self._viewmodel.scheme_name(membership.scheme_id)
            tick = QCheckBox(literal(f"Left {name}"))
            tick.setChecked(True)
            tick.clicked.connect(self._on_typed)
            self._schemes.addWidget(tick)
            self.ticks[membership.scheme_id] = tick
        stops = [*self.ticks.values(), self.day.edit, self.day.pick, self.why, self.words]
        for earlier, other in pairwise(stops):
            QWidget.setTabOrder(earlier, other)
        self.day.set_day(self._viewmodel.today)
        self.why.set_choices(self._viewmodel.leaving_reasons(tuple(self.ticks)))
        self.why.set_key(None)
        self.words.set_text("")
        self.day.setFocus()
        self.day.edit.selectAll()

    def save(self) -> bool:
        """Save the leaving."""
        self.reason.say("")
        assert self._person is not None
        for field in (self.day, self.why):
            if field.error():
                self.reason.say(field.error())
                return False
        ticked = [scheme_id for scheme_id, tick in self.ticks.items() if tick.isChecked()]
        why = self.why.key()
        code = None if why is None else str(why)
        their_words = self.words.text().strip()
        if self._viewmodel.leave(self._person, ticked, self.day.day(), code, their_words):
            self.saved.emit()
            return True
        row = self._viewmodel.person(self._person.id)
        if row is not None and row.person.version != self._person.version:
            sentence = self.reason.text()
            self.begin(row.person)
            self.reason.say(sentence)
        return False

    def _on_problem(self, error: VisitAppError) -> None:
        if self.isVisible():
            self.reason.say(str(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
