"""The form of a meeting: when and how, who came, agenda and minutes, what was agreed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError, VisitAppError
from visitapp.domain.office.meeting import Meeting, MeetingAction, MeetingKind, MeetingMode
from visitapp.domain.text.clock_text import parse_date
from visitapp.domain.text.wording import short_date
from visitapp.ui.meetings.viewmodel import KINDS, MODES, MeetingsViewModel
from visitapp.ui.widgets import form_fields
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line_field import LineField, one_line
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.rows_editor import RowsEditor
from visitapp.ui.widgets.text_area import TextArea
from visitapp.ui.widgets.written_area import MarkButtons, WrittenArea

_COLUMN, _TICK, _OWNER, _DAY = 420, 100, 200, 150


def _section(title: str) -> tuple[QWidget, QVBoxLayout]:
    section = QWidget()
    rows = QVBoxLayout(section)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(12)
    rows.addWidget(label(title, "h2"))
    return section, rows


class MeetingForm(QWidget):
    """Escape cancels. The page shows `reason` in its foot.

    Signals: `saved`; `left` without saving; `typed` at each change by the user.
    """

    saved = Signal()
    left = Signal()
    typed = Signal()

    def __init__(self, viewmodel: MeetingsViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._meeting: Meeting | None = None
        self._id = uuid4()
        self._team: list[tuple[UUID, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        columns = FormGrid(columns=2, least=_COLUMN)
        columns.add(self._left())
        columns.add(self._right())
        columns.add(self._below(), wide=True)
        column.addWidget(columns)
        self.reason = Reason()
        viewmodel.problem.connect(self._on_problem)
        form_fields.watch(self, self._on_typed)
        for area in (self.topics, self.record):
            area.changed.connect(self._on_typed)
        self.day.changed.connect(self._on_day)

    def _left(self) -> QWidget:
        section, rows = _section("When and how")
        self.kind = Picker("Kind of meeting", width=180)
        self.kind.set_choices(KINDS)
        self.day = DateField("Date", today=self._viewmodel.today)
        self.mode = Picker("How people met", width=180)
        self.mode.set_choices(MODES)
        self.length = LineField()
        self.place, self.chair, self.guests = LineField(), LineField(), LineField()
        fields = FormGrid(columns=2, least=180)
        for row in (
            FormRow("Kind of meeting", self.kind),
            FormRow("Date", self.day),
            FormRow("How people met", self.mode),
            FormRow("Minutes it took", self.length),
        ):
            fields.add(row)
        rows.addWidget(fields)
        for name, field in (("Place", self.place), ("Chair", self.chair)):
            rows.addWidget(FormRow(name, field, wide=True))
        guests = "Who else came, such as the force\u2019s inspector."
        rows.addWidget(FormRow("Others", self.guests, guests, wide=True))
        rows.addWidget(label("Agenda and minutes", "h2"))
        self.topics = TextArea("More for the agenda", lines=2, most_lines=8)
        hint = "A line each. What the records say of visits, issues and delays is on it already."
        rows.addWidget(FormRow("More for the agenda", self.topics, hint, wide=True))
        self.record = WrittenArea("Minutes", lines=6, most_lines=24)
        hint = "Lists and bold words from Word stay. Lines that begin with a dash become a list."
        rows.addWidget(FormRow("Minutes", self.record, hint, wide=True))
        rows.addWidget(MarkButtons(self.record))
        rows.addStretch(1)
        return section

    def _right(self) -> QWidget:
        section, rows = _section("Who came")
        self.all_button = button("Everyone came", self.all_came, icon="check", small=True)
        rows.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.team = RowsEditor(
            "Who came",
            ("Name", "Came", "Apologies"),
            ("", False, False),
            "Person",
            widths=(0, _TICK, _TICK),
            fixed=True,
        )
        rows.addWidget(self.team)
        rows.addStretch(1)
        return section

    def _below(self) -> QWidget:
        section, rows = _section("Actions")
        self.agreed = RowsEditor(
            "Actions",
            ("What", "Who", "By when", "Done on"),
            ("", "", "", ""),
            "Action",
            widths=(0, _OWNER, _DAY, _DAY),
        )
        rows.addWidget(self.agreed)
        return section

    # -- showing -------------------------------------------------------------------------

    def begin(self, meeting: Meeting | None) -> None:
        """Show a meeting, or (None) a new team meeting like the last one."""
        self.reason.say("")
        self._meeting = meeting
        self._id = uuid4() if meeting is None else meeting.id
        like = meeting or self._viewmodel.before(MeetingKind.TEAM)
        self.kind.set_key(MeetingKind.TEAM if like is None else like.kind)
        self.mode.set_key(MeetingMode.HYBRID if like is None else like.mode)
        self.day.set_day(None if meeting is None else meeting.held_on)
        length = None if meeting is None else meeting.length
        self.length.setText("" if length is None else str(length))
        for name in ("place", "chair", "guests"):
            getattr(self, name).setText("" if like is None else getattr(like, name))
        self.topics.set_text("" if meeting is None else meeting.topics)
        self.record.set_text("" if meeting is None else meeting.record)
        self._show_team(
            frozenset() if meeting is None else meeting.present,
            frozenset() if meeting is None else meeting.apologies,
        )
        self.agreed.show_rows(
            [
                (action.what, action.owner, _typed_day(action.due_on), _typed_day(action.done_on))
                for action in (() if meeting is None else meeting.actions)
            ]
        )
        self.day.setFocus()

    def _show_team(self, came: frozenset[UUID], apologies: frozenset[UUID]) -> None:
        self._team = self._viewmodel.team(came | apologies, self._day_or_none())
        self.team.show_rows(
            [(name, person_id in came, person_id in apologies) for person_id, name in self._team]
        )

    def _day_or_none(self) -> date | None:
        return None if self.day.error() else self.day.day()

    def _on_day(self, *_: object) -> None:
        """Who is in the team depends on the day."""
        self._show_team(self._ticked(1), self._ticked(2))

    def _ticked(self, column: int) -> frozenset[UUID]:
        rows = zip(self._team, self.team.rows, strict=True)
        return frozenset(person_id for (person_id, _), row in rows if row[column])

    def all_came(self) -> None:
        """Tick everyone who didn't send apologies."""
        away = self._ticked(2)
        self._show_team(frozenset(person_id for person_id, _ in self._team) - away, away)
        self.typed.emit()

    # -- saving --------------------------------------------------------------------------

    @property
    def meeting_id(self) -> UUID:
        """The meeting being changed or added."""
        return self._id

    def save(self) -> bool:
        """Save the meeting, or show what to correct."""
        self.reason.say("")
        try:
            meeting = self._typed_meeting()
        except BadInputError as error:
            self.reason.say(str(error))
            return False
        if self._viewmodel.save(meeting):
            self.saved.emit()
            return True
        return False

    def _typed_meeting(self) -> Meeting:
        for field in (self.kind, self.day, self.mode):
            if field.error():
                raise BadInputError(field.error())
        day = self.day.day()
        if day is None:
            raise BadInputError("Enter the date of the meeting, such as 12/6/2025.")
        kind, mode = self.kind.key(), self.mode.key()
        if not isinstance(kind, MeetingKind) or not isinstance(mode, MeetingMode):
            raise BadInputError("Choose the kind of meeting, and how people met.")
        return Meeting(
            id=self._id,
            kind=kind,
            held_on=day,
            mode=mode,
            length=_minutes(self.length.text()),
            place=one_line(self.place.text()),
            chair=one_line(self.chair.text()),
            guests=one_line(self.guests.text()),
            topics=self.topics.text().strip(),
            record=self.record.text().strip(),
            present=self._ticked(1),
            apologies=self._ticked(2),
            actions=tuple(self._typed_actions()),
            version=0 if self._meeting is None else self._meeting.version,
        )

    def _typed_actions(self) -> list[MeetingAction]:
        actions = []
        for row in self.agreed.typed_rows():
            what, owner, due, done = map(str, row)
            if any((what, owner, due, done)):
                actions.append(MeetingAction(what, owner, _day(due), _day(done)))
        return actions

    def _on_problem(self, error: VisitAppError | None) -> None:
        if self.isVisible() and error is not None:
            self.reason.say(str(error))

    def _on_typed(self, *_: object) -> None:
        self.typed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape cancels."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # -- kept until it is saved ----------------------------------------------------------

    def typed_values(self) -> dict[str, Any]:
        """What was typed and isn't saved, for JSON."""
        fields = form_fields.named(self)
        texts = {"topics": self.topics.text(), "record": self.record.text()}
        version = 0 if self._meeting is None else self._meeting.version
        return {"meeting": self._id.hex, "version": version, "fields": fields} | texts

    def put_values(self, values: Mapping[str, Any]) -> None:
        """Show what `typed_values` returned, after `begin`. Saving it fails if the meeting was
        changed since, as by saying that an action is done."""
        version = values.get("version")
        if self._meeting is not None and isinstance(version, int):
            self._meeting = replace(self._meeting, version=version)
        fields = values.get("fields")
        if isinstance(fields, dict):
            form_fields.put_named(self, fields)
        ids = {name: person_id for person_id, name in self._viewmodel.everyone()}
        rows = [row for row in self.team.rows if row[0] in ids]
        self._team = [(ids[str(row[0])], str(row[0])) for row in rows]
        self.team.show_rows(rows)
        self.topics.set_text(str(values.get("topics", "")))
        self.record.set_text(str(values.get("record", "")))


def _minutes(typed: str) -> int | None:
    words = one_line(typed)
    if words and not words.isdecimal():
        raise BadInputError("Enter how long the meeting was in minutes, such as 105.")
    return int(words) if words else None


def _typed_day(day: date | None) -> str:
    return "" if day is None else short_date(day)


def _day(typed: str) -> date | None:
    return parse_date(typed) if typed else None
