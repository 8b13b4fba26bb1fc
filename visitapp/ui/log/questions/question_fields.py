"""A field for each kind of question of a form: what is typed, chosen, ticked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from visitapp.domain.report.form import (
    CONCERN,
    NO,
    NOT_CHECKED,
    SATISFACTORY,
    YES,
    Question,
)
from visitapp.ui.log.questions.guarded import GuardedAnswer
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.answer_choice import Answer, AnswerChoice
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.line import LineField
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.time_field import TimeField

_MOST_SEGMENTS, _LONGEST_WORDS = 3, 36
"""More answers, or longer ones together, are chosen from a list."""
_DID_NOT_CHECK = Answer(NOT_CHECKED, "Did not check", "X", "grey", "minus")
"""Reports say "not checked". Not so here: a screen reader says that of a box without a tick."""
_CHECK = (
    Answer(SATISFACTORY, "Satisfactory", "S", "good", "check"),
    Answer(CONCERN, "Concern", "C", "bad", "flag"),
    _DID_NOT_CHECK,
)


class Field(Protocol):
    """What every field has; each is a QWidget with a signal `answered` (its answer, None
    where there is none) at each change by a person."""

    answered: Signal

    def show_answer(self, answer: Any, *, anew: bool = False) -> None:
        """Show an answer without a signal; in a field that somebody writes in only `anew`,
        when another report or row is shown."""

    def target(self) -> QWidget:
        """What takes the cursor."""


class ChoiceField(AnswerChoice):
    """A few answers in sight."""

    answered = Signal(object)

    def __init__(self, question: Question) -> None:
        super().__init__(question.ask, _answers(question))
        self.chosen.connect(self.answered)

    def show_answer(self, answer: Any, *, anew: bool = False) -> None:
        """Choose it."""
        known = answer if answer in [one.code for one in self._answers] else None
        if anew or known != self.key():
            self.set_key(known)

    def target(self) -> QWidget:
        """The segment chosen, or the first."""
        return self.focus_target()


def _answers(question: Question) -> list[Answer]:
    if question.kind == "check":
        return list(_CHECK)
    if question.kind == "yes_no":
        grave = bool(question.raises_category)
        yes = Answer(YES, "Yes", "Y", "bad" if grave else "info", "flag" if grave else "check")
        return [yes, Answer(NO, "No", "N", "info", "check"), _DID_NOT_CHECK]
    return [
        Answer(option.code, option.label, str(number))
        for number, option in enumerate(question.options, 1)
    ]


class PickerField(Picker):
    """Many answers, or long ones, in a list that completes."""

    answered = Signal(object)

    def __init__(self, question: Question) -> None:
        super().__init__(question.ask, width=280)
        self.set_choices([(o.code, o.label, o.code) for o in question.options])
        self.chosen.connect(lambda _: self.answered.emit(self.value()))

    def show_answer(self, answer: Any, *, anew: bool = False) -> None:
        """Choose it, unless somebody is writing."""
        if answer != self.value() and (anew or not self.is_written):
            self.set_value(answer)

    def target(self) -> QWidget:
        """Itself."""
        return self


class NumberField(LineField):
    """A number of a few digits."""

    answered = Signal(object)

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.setAccessibleName(question.ask)
        fit(self, width=76)
        self.textEdited.connect(lambda text: self.answered.emit(text.strip() or None))

    def show_answer(self, answer: Any, *, anew: bool = False) -> None:
        """Write it, unless somebody is writing."""
        text = "" if answer is None else str(answer)
        if (anew or not self.hasFocus()) and text != self.text():
            self.setText(text)

    def target(self) -> QWidget:
        """Itself."""
        return self


class ClockField(TimeField):
    """A time of day."""

    answered = Signal(object)

    def __init__(self, question: Question, now: Callable[[], datetime]) -> None:
        super().__init__(question.ask, now)
        self.changed.connect(lambda: self.answered.emit(self.text() or None))

    def show_answer(self, answer: Any, *, anew: bool = False) -> None:
        """Write it, unless somebody is writing."""
        if anew or not self.edit.hasFocus():
            self.set_text(str(answer or ""))

    def target(self) -> QWidget:
        """Its text."""
        return self.edit


class WordsField(GuardedAnswer):
    """Words of one line or several, under the privacy guard. `about` is how decisions name
    the answer."""

    answered = Signal(object)

    def __init__(self, question: Question, model: LogViewModel) -> None:
        one_line = question.kind == "line"
        super().__init__(model, question.ask, one_line=one_line)
        self.about = question.key
        if one_line:
            fit(self, least_width=300)
        self.changed.connect(lambda: self.answered.emit(self.text() or None))

    def show_answer(self, answer: Any, *, anew: bool = False) -> None:
        """Write it, unless somebody is writing."""
        self.show_text(str(answer or ""), self.about, anew=anew)

    def target(self) -> QWidget:
        """Its text."""
        return self.area


class ManyField(FlowRow):
    """Any of several answers, each ticked."""

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

    def show_answer(self, answer: Any, *, anew: bool = False) -> None:
        """Tick them."""
        ticked = answer if isinstance(answer, list) else []
        if not anew and ticked == self._ticked():
            return
        for code, box in self.boxes.items():
            box.blockSignals(True)
            box.setChecked(code in ticked)
            box.blockSignals(False)

    def target(self) -> QWidget:
        """The first box."""
        return next(iter(self.boxes.values()))


def make_field(question: Question, model: LogViewModel) -> Any:
    """The field for a question; a QWidget that is a `Field`."""
    if question.kind in ("yes_no", "check") or _fits_in_segments(question):
        return ChoiceField(question)
    made: dict[str, Callable[[], QWidget]] = {
        "choice": lambda: PickerField(question),
        "choices": lambda: ManyField(question),
        "time": lambda: ClockField(question, model.now),
        "number": lambda: NumberField(question),
    }
    return made.get(question.kind, lambda: WordsField(question, model))()


def _fits_in_segments(question: Question) -> bool:
    words = "".join(option.label for option in question.options)
    few = 0 < len(question.options) <= _MOST_SEGMENTS
    return question.kind == "choice" and few and len(words) <= _LONGEST_WORDS
