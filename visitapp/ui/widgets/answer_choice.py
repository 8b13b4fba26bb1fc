"""One answer out of a few, all visible, such as satisfactory, concern or did not check."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QIcon, QKeyEvent
from PySide6.QtWidgets import QWidget

from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.stylesheet import KINDS
from visitapp.ui.look.theme import Theme
from visitapp.ui.widgets.labels import repolish
from visitapp.ui.widgets.segmented import Segmented


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: its code, word, the letter that gives it, and its look when chosen (`kind` from
    the stylesheet, and an icon)."""

    code: str
    word: str
    letter: str = ""
    kind: str = "info"
    icon: str = "check"


_AROUND = 2 * 12 + 16 + 8
"""Padding, icon and gap of a chosen segment."""


def _chosen_width(word: str) -> int:
    """Width of a segment once it is chosen, in logical pixels, so that none moves when it is."""
    return QFontMetrics(Theme().font("strong")).horizontalAdvance(word) + _AROUND


_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_CLEARS = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class AnswerChoice(Segmented):
    """No answer is chosen to begin with. A letter answers and moves to the next question, Backspace
    clears the answer, Up and Down move between questions.

    Signals: `chosen` (code, or None when cleared); `left` (-1 or 1) towards another question.
    """

    left = Signal(int)

    def __init__(self, name: str, answers: Sequence[Answer]) -> None:
        super().__init__(
            name,
            [(answer.code, answer.word) for answer in answers],
            widths=[_chosen_width(answer.word) for answer in answers],
        )
        self._answers = tuple(answers)
        letters = ", ".join(a.letter for a in answers if a.letter)
        for answer, segment in zip(answers, self.segments(), strict=True):
            segment.installEventFilter(self)
            if answer.letter:
                segment.setToolTip(f"{answer.letter}; letters answer: {letters}")
                of = segment.accessibleDescription()
                segment.setAccessibleDescription(f"{of}; press {answer.letter}")
        self._draw()

    def _draw(self) -> None:
        for answer, segment in zip(getattr(self, "_answers", ()), self.segments(), strict=False):
            on = segment.isChecked()
            _, tone, _ = KINDS[answer.kind]
            if segment.property("kind") != (answer.kind if on else ""):
                segment.setProperty("kind", answer.kind if on else "")
                repolish(segment)
            if on:
                set_icon(segment, answer.icon, 16, tone)
            else:
                segment.setProperty("iconName", "")
                segment.setIcon(QIcon())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Handle letters, Backspace, and Up and Down."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if held and held != Qt.KeyboardModifier.KeypadModifier:
            return False
        if event.key() in _STEPS:
            self.left.emit(_STEPS[Qt.Key(event.key())])
            return True
        if event.key() in _CLEARS:
            self._give(None)
            return True
        letter = event.text().upper()
        answer = next((a for a in self._answers if letter and a.letter == letter), None)
        if answer is None:
            return False
        self._give(answer.code)
        self.left.emit(1)
        return True

    def _give(self, code: str | None) -> None:
        if code != self.key():
            self.set_key(code)
            self.chosen.emit(code)
        self.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_target(self) -> QWidget:
        """The chosen segment, or the first: where the cursor goes."""
        chosen = [segment for segment in self.segments() if segment.isChecked()]
        return (chosen or self.segments())[0]
