"""The input field for each kind of question: text, choice, ticks and so on."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from visitapp.domain.report.form import Question
from visitapp.domain.report.kinds import CONCERN, NO, NOT_CHECKED, SATISFACTORY, YES
from visitapp.domain.report.place import answer_place
from visitapp.ui.log.questions.guarded import GuardedAnswer
from visitapp.ui.log.questions.requests_field import RequestsField
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.answer_choice import Answer, AnswerChoice
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.time_field import TimeField

_MOST_SEGMENTS, _LONGEST_WORDS = 3, 36
"""With more answers than this, or more characters in all, they are chosen from a list."""
_DID_NOT_CHECK = Answer(NOT_CHECKED, "Did not check", "X", "grey", "minus")
"""Reports say "not checked", but a screen reader says that about any box without a tick."""
_CHECK = (
    Answer(SATISFACTORY, "Satisfactory", "S", "good", "check"),
    Answer(CONCERN, "Concern", "C", "bad", "flag"),
    _DID_NOT_CHECK,
)


class Field(Protocol):
    """What every field has; each is a QWidget with a signal `answered` (its answer, None
    where there is none) at each change by a person."""

    answered: Signal

    def show_answer(self, answer: Any, *, overwrite: bool = False) -> None:
        """Show an answer without a signal. A field that somebody is typing in stays as it is
        unless it is to `overwrite`, when another report or row is shown."""

    def target(self) -> QWidget:
        """The widget that gets the cursor."""


class ChoiceField(AnswerChoice):
    """A few answers, all of them visible."""

    answered = Signal(object)

    def __init__(self, question: Question, answers: Sequence[Answer]) -> None:
        super().__init__(question.ask, list(answers))
        self.chosen.connect(self.answered)

    def show_answer(self, answer: Any, *, overwrite: bool = False) -> None:
        """Choose the answer."""
        known = answer if answer in [offered.code for offered in self._answers] else None
        if overwrite or known != self.key():
            self.set_key(known)

    def target(self) -> QWidget:
        """The chosen segment, or the first."""
        return self.focus_target()


class PickerField(Picker):
    """Many or long answers, in a list that completes what is typed."""

    answered = Signal(object)

    def __init__(self, question: Question) -> None:
        super().__init__(question.ask, width=280)
        self.set_choices([(o.code, o.label, o.code) for o in question.options])
        self.chosen.connect(lambda _: self.answered.emit(self.value()))

    def show_answer(self, answer: Any, *, overwrite: bool = False) -> None:
        """Choose the answer, unless somebody is typing."""
        if answer != self.value() and (overwrite or not self.is_written):
            self.set_value(answer)

    def target(self) -> QWidget:
        """The field itself."""
        return self


class NumberField(LineField):
    """A number of a few digits."""

    answered = Signal(object)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.setAccessibleName(question.ask)
        fit(self, width=76)
        self.textEdited.connect(lambda text: self.answered.emit(text.strip() or None))

    def show_answer(self, answer: Any, *, overwrite: bool = False) -> None:
        """Show the answer, unless somebody is typing."""
        text = "" if answer is None else str(answer)
        if (overwrite or not self.hasFocus()) and text != self.text():
            self.setText(text)

    def target(self) -> QWidget:
        """The field itself."""
        return self


class ClockField(TimeField):
    """A field for a time of day."""

    answered = Signal(object)

    def __init__(self, question: Question, now: Callable[[], datetime]) -> None:
        super().__init__(question.ask, now)
        self.changed.connect(lambda: self.answered.emit(self.text() or None))

    def show_answer(self, answer: Any, *, overwrite: bool = False) -> None:
        """Show the answer, unless somebody is typing."""
        if overwrite or not self.edit.hasFocus():
            self.set_text(str(answer or ""))

    def target(self) -> QWidget:
        """Its text field."""
        return self.edit


class WordsField(GuardedAnswer):
    """Words of one line or several, under the privacy guard. `about` is the place
    of the answer."""

    answered = Signal(object)

    def __init__(self, question: Question, viewmodel: LogViewModel, *, one_line: bool) -> None:
        super().__init__(viewmodel, question.ask, one_line=one_line)
        self.about = answer_place(question.key)
        if one_line:
            fit(self, least_width=300)
        self.changed.connect(lambda: self.answered.emit(self.text() or None))

    def show_answer(self, answer: Any, *, overwrite: bool = False) -> None:
        """Show the answer, unless somebody is typing."""
        self.show_text(str(answer or ""), self.about, overwrite=overwrite)

    def target(self) -> QWidget:
        """Its text field."""
        return self.area


class ManyField(FlowRow):
    """Several answers, each with a box to tick."""

    answered = Signal(object)

    def __init__(self, question: Question) -> None:
        super().__init__(gap=16, down=2)
        self.setAccessibleName(question.ask)
        self.boxes: dict[str, QCheckBox] = {}
        for option in question.options:
            box = QCheckBox(option.label)
            box.setAccessibleName(f"{question.ask}: {option.label}")
            box.toggled.connect(lambda _: self._tell())
            self.boxes[option.code] = box
            self.add(box)

    def _ticked(self) -> list[str]:
        return [code for code, box in self.boxes.items() if box.isChecked()]

    def _tell(self) -> None:
        self.answered.emit(self._ticked() or None)

    def show_answer(self, answer: Any, *, overwrite: bool = False) -> None:
        """Tick the boxes of the answers."""
        ticked = answer if isinstance(answer, list) else []
        if not overwrite and ticked == self._ticked():
            return
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(code in ticked)
            box.blockSignals(False)

    def target(self) -> QWidget:
        """The first box to tick."""
        return next(iter(self.boxes.values()))


# The field of each kind


def _yes_no(question: Question, _: LogViewModel) -> QWidget:
    grave = bool(question.raises_category)
    yes = Answer(YES, "Yes", "Y", "bad" if grave else "info", "flag" if grave else "check")
    return ChoiceField(question, (yes, Answer(NO, "No", "N", "info", "check"), _DID_NOT_CHECK))


def _check(question: Question, _: LogViewModel) -> QWidget:
    return ChoiceField(question, _CHECK)


def _choice(question: Question, _: LogViewModel) -> QWidget:
    """A visible choice for a few short answers, otherwise a list."""
    words = "".join(option.label for option in question.options)
    if len(question.options) > _MOST_SEGMENTS or len(words) > _LONGEST_WORDS:
        return PickerField(question)
    answers = [Answer(o.code, o.label, str(at)) for at, o in enumerate(question.options, 1)]
    return ChoiceField(question, answers)


def _choices(question: Question, _: LogViewModel) -> QWidget:
    return ManyField(question)


def _number(question: Question, _: LogViewModel) -> QWidget:
    return NumberField(question)


def _time(question: Question, viewmodel: LogViewModel) -> QWidget:
    return ClockField(question, viewmodel.now)


def _line(question: Question, viewmodel: LogViewModel) -> QWidget:
    return WordsField(question, viewmodel, one_line=True)


def _text(question: Question, viewmodel: LogViewModel) -> QWidget:
    return WordsField(question, viewmodel, one_line=False)


@dataclass(frozen=True, slots=True)
class FieldOfKind:
    """How a kind of question is answered in the window. `make` gives a QWidget that is a
    `Field`; it stands beneath the words of the question where `is_below`, and is as wide as
    its room where it `fills` it."""

    make: Callable[[Question, LogViewModel], QWidget]
    is_below: bool = False
    fills: bool = False


FIELDS: Mapping[str, FieldOfKind] = {
    "yes_no": FieldOfKind(_yes_no),
    "check": FieldOfKind(_check),
    "choice": FieldOfKind(_choice),
    "choices": FieldOfKind(_choices, is_below=True, fills=True),
    "number": FieldOfKind(_number),
    "time": FieldOfKind(_time),
    "line": FieldOfKind(_line, fills=True),
    "text": FieldOfKind(_text, is_below=True, fills=True),
    "requests": FieldOfKind(RequestsField, is_below=True, fills=True),
}
"""By kind. Core questions are missing, since they have fields of their own."""
