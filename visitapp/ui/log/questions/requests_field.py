"""What a detainee asked for, a line for each request. An empty line waits for the next one."""

from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.report.form import Question
from visitapp.domain.report.place import Place, answer_place
from visitapp.domain.report.requests import (
    MOST_REQUESTS,
    RESOLVED,
    UNRESOLVED,
    DetaineeRequest,
    requests_of,
)
from visitapp.ui.log.questions.guarded import GuardedAnswer
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.answer_choice import Answer, AnswerChoice
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker

_PUT_RIGHT = (
    Answer(RESOLVED, "Put right", "P", "good", "check"),
    Answer(UNRESOLVED, "Not put right", "N", "info", "minus"),
)
_DONE = "What was done about it"


class RequestLine(QWidget):
    """One request. What came of it can be entered once its kind is chosen.

    Signals: `changed` by a person; `removed` when it is to go.
    """

    changed = Signal()
    removed = Signal()

    def __init__(self, question: Question, viewmodel: LogViewModel, number: int) -> None:
        super().__init__()
        about = f"request {number}"
        self.kind = Picker(f"{question.ask}, {about}", width=230)
        self.kind.set_choices([(o.code, o.label, o.code) for o in question.options])
        self.put_right = AnswerChoice(f"Put right during the visit, {about}", _PUT_RIGHT)
        self.action = GuardedAnswer(
            viewmodel, f"{_DONE}, {about}", one_line=True, shares_place=True
        )
        self.remove = link_button("Remove", self.removed.emit, about=about)
        fit(self.action, least_width=240)
        top = FlowRow(self.kind, self.put_right, gap=12, down=6)
        self._below = QWidget()
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(10)
        words = label(_DONE, "small", "text2")
        words.setContentsMargins(0, 8, 0, 0)  # beside the first line of the field
        words.setBuddy(self.action.area)
        below.addWidget(words, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self.action, 1)
        below.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(top)
        column.addWidget(self._below)
        self.kind.chosen.connect(lambda _: self._on_changed())
        self.kind.editTextChanged.connect(lambda _: self._show_parts())  # Tab goes on to them
        self.put_right.chosen.connect(lambda _: self._on_changed())
        self.put_right.left.connect(self._on_left)
        self.action.changed.connect(self._on_changed)
        self._show_parts()

    def request(self) -> DetaineeRequest:
        """What was entered."""
        kind, put_right = self.kind.value(), self.put_right.key()
        return DetaineeRequest(str(kind or ""), str(put_right or ""), self.action.text())

    def show_request(self, request: DetaineeRequest, place: Place, *, overwrite: bool) -> None:
        """Show a request without a signal; a field that somebody types in stays as it is unless it
        is to `overwrite`."""
        kind = request.kind or None
        if kind != self.kind.value() and (overwrite or not self.kind.is_written):
            self.kind.set_value(kind)
        put_right = request.put_right if request.put_right in (RESOLVED, UNRESOLVED) else None
        if put_right != self.put_right.key():
            self.put_right.set_key(put_right)
        self.action.show_text(request.action, place, overwrite=overwrite)
        self._show_parts()

    def _on_changed(self) -> None:
        self._show_parts()
        self.changed.emit()

    def _on_left(self, step: int) -> None:
        """A letter answered, or an arrow key moves on: within the line."""
        after: QWidget = self.action.area if step > 0 else self.kind
        after.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self) -> None:
        begun = not self.request().is_blank
        for part in (self.put_right, self._below):
            part.setVisible(begun)

    def fields(self) -> list[QWidget]:
        """Its widgets in the order of the Tab key; only before it has a parent."""
        fields: list[QWidget] = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            fields.append(widget)
            widget = widget.nextInFocusChain()
        return fields


class RequestsField(QWidget):
    """All requests of one detainee. `about` is the place of the answer."""

    answered = Signal(object)

    def __init__(self, question: Question, viewmodel: LogViewModel) -> None:
        super().__init__()
        self.setAccessibleName(question.ask)
        self._question, self._viewmodel = question, viewmodel
        self.about = answer_place(question.key)
        self.lines: list[RequestLine] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._show_lines(())

    def requests(self) -> tuple[DetaineeRequest, ...]:
        """What was entered, without empty lines."""
        entered = (line.request() for line in self.lines if not line.isHidden())
        return tuple(request for request in entered if not request.is_blank)

    def show_answer(self, answer: Any, *, overwrite: bool = False) -> None:
        """Show the requests."""
        requests = requests_of(answer)
        if overwrite or requests != self.requests():
            self._show_lines(requests, overwrite=overwrite)

    def target(self) -> QWidget:
        """The field with the cursor, or the first one."""
        focus = QApplication.focusWidget()
        return focus if focus is not None and self.isAncestorOf(focus) else self.lines[0].kind

    def _show_lines(self, requests: tuple[DetaineeRequest, ...], *, overwrite: bool = True) -> None:
        """A line for each request and an empty one; further lines are kept for later, hidden."""
        shown = (*requests, DetaineeRequest())[:MOST_REQUESTS]
        while len(self.lines) < len(shown):
            self._add_line()
        for at, line in enumerate(self.lines):
            request = shown[at] if at < len(shown) else DetaineeRequest()
            line.show_request(request, self.about, overwrite=overwrite)
            line.setVisible(at < len(shown))

    def _add_line(self) -> None:
        line = RequestLine(self._question, self._viewmodel, len(self.lines) + 1)
        line.changed.connect(self._on_changed)
        line.removed.connect(lambda: self._on_removed(line))
        fields = line.fields()
        chain = [self.lines[-1].remove, *fields] if self.lines else fields
        self.lines.append(line)
        self._column.addWidget(line)
        for before, after in pairwise(chain):  # Qt would put them last on the page
            QWidget.setTabOrder(before, after)

    def _on_changed(self) -> None:
        requests = self.requests()
        shown = [line for line in self.lines if not line.isHidden()]
        if shown[-1].request() != DetaineeRequest() and len(shown) < MOST_REQUESTS:
            self._show_next()
        self._give(requests)

    def _show_next(self) -> None:
        hidden = [line for line in self.lines if line.isHidden()]
        if not hidden:
            self._add_line()
            hidden = self.lines[-1:]
        hidden[0].show_request(DetaineeRequest(), self.about, overwrite=True)
        hidden[0].show()

    def _on_removed(self, line: RequestLine) -> None:
        at = self.lines.index(line)
        line.show_request(DetaineeRequest(), self.about, overwrite=True)
        requests = self.requests()
        self._show_lines(requests)
        self.lines[at].kind.setFocus(Qt.FocusReason.OtherFocusReason)
        self._give(requests)

    def _give(self, requests: tuple[DetaineeRequest, ...]) -> None:
        self.answered.emit([request.as_json() for request in requests] or None)
