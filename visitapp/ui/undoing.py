"""Undo and redo: a stack of values before and after each change.

The value (such as a draft's content) is always replaced as a whole, so a step only keeps two
values, and no change needs an inverse.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from visitapp.domain.dataclass import dataclass

_PAUSE_S = 1.0
"""After a pause this long, typing in the same field starts a new step."""
_MOST = 500
"""How many steps are kept."""
GONE = object()
"""What is returned for a step that can't be undone any more: it goes, so that earlier ones can."""
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One change. `words` say what it did ("remove the issue"), `place` is where; `is_typing` marks
    a single keystroke."""

    before: Any
    after: Any
    words: str
    place: Hashable = None
    is_typing: bool = False


class UndoStack(QObject):
    """Steps that can be undone and redone.

    `restore` is called with the value to return to and the step; if it returns False nothing was
    done, and the step stays; if GONE, it goes. Signals:
    `changed` when what can be undone or redone changes.
    """

    changed = Signal()

    def __init__(
        self,
        restore: Callable[[Any, UndoStep], object],
        parent: QObject | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._restore, self.clock = restore, clock
        self._done: list[UndoStep] = []
        self._undone: list[UndoStep] = []
        self._last_at = 0.0
        self._is_sealed = True
        self._together: list[UndoStep] | None = None
        self._is_restoring = False

    @property
    def undo_words(self) -> str:
        """What Undo would undo; empty if nothing."""
        return self._done[-1].words if self._done else ""

    @property
    def redo_words(self) -> str:
        """What Redo would redo; empty if nothing."""
        return self._undone[-1].words if self._undone else ""

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to undo and nothing to redo."""
        return not self._done and not self._undone

    def last_values(self) -> tuple[Any, ...]:
        """The value now, if nothing changed since the last step was made or undone."""
        return (*(s.after for s in self._done[-1:]), *(s.before for s in self._undone[-1:]))

    def note(self, step: UndoStep) -> None:
        """Record a change. Keystrokes in one place without a pause are one step."""
        if self._is_restoring:
            return
        if self._together is not None:
            self._together.append(step)
            return
        now, last = self.clock(), self._done[-1] if self._done else None
        goes_on = (
            last is not None
            and not self._is_sealed
            and step.is_typing
            and last.is_typing
            and step.place == last.place
            and now - self._last_at <= _PAUSE_S
        )
        if last is not None and goes_on:
            self._done[-1] = replace(last, after=step.after, words=step.words)
        else:
            self._done.append(step)
            del self._done[:-_MOST]
        self._undone.clear()
        self._last_at, self._is_sealed = now, False
        self.changed.emit()

    def add_to_last(self, after: Any) -> None:
        """Add a change that follows automatically to the last step."""
        if self._is_restoring:
            return
        if self._together:
            self._together[-1] = replace(self._together[-1], after=after)
        elif self._done:
            self._done[-1] = replace(self._done[-1], after=after)

    def seal(self) -> None:
        """Start a new step with the next change, as the cursor moved to another field."""
        self._is_sealed = True

    @contextmanager
    def together(self, words: str = "") -> Iterator[None]:
        """Changes within the block are one step, named `words` or after the first of them."""
        if self._together is not None:
            yield
            return
        steps: list[UndoStep] = []
        self._together = steps
        try:
            yield
        finally:
            self._together = None
            if steps:
                first = steps[0]
                is_typing = len(steps) == 1 and first.is_typing and not words
                self.note(
                    replace(
                        first,
                        after=steps[-1].after,
                        words=words or first.words,
                        is_typing=is_typing,
                    )
                )

    def undo(self) -> str:
        """Undo one step; returns what was undone, or empty."""
        return self._move(self._done, self._undone, back=True)

    def redo(self) -> str:
        """Redo one step; returns what was redone, or empty."""
        return self._move(self._undone, self._done, back=False)

    def _move(self, taken_from: list[UndoStep], moved_to: list[UndoStep], *, back: bool) -> str:
        if not taken_from:
            return ""
        step = taken_from.pop()
        moved_to.append(step)
        self._is_sealed = True
        self._is_restoring = True
        try:
            done = self._restore(step.before if back else step.after, step)
        finally:
            self._is_restoring = False
        if done is False:
            taken_from.append(moved_to.pop())
        elif done is GONE:
            moved_to.pop()
        self.changed.emit()
        return "" if done is False or done is GONE else step.words

    def put_away(self) -> tuple[list[UndoStep], list[UndoStep]]:
        """Remove and return the steps, for `bring`."""
        kept = list(self._done), list(self._undone)
        self.clear()
        return kept

    def bring(self, kept: tuple[list[UndoStep], list[UndoStep]]) -> None:
        """Continue with steps from `put_away`."""
        self._done, self._undone = list(kept[0]), list(kept[1])
        self._is_sealed = True
        self.changed.emit()

    def clear(self) -> None:
        """Remove all steps, as another value is changed from now on."""
        self._done.clear()
        self._undone.clear()
        self._is_sealed = True
        self.changed.emit()


def is_undo(event: QKeyEvent) -> bool:
    """Ctrl+Z."""
    return event.key() == Qt.Key.Key_Z and event.modifiers() == _CONTROL


def is_redo(event: QKeyEvent) -> bool:
    """Ctrl+Y, or Ctrl+Shift+Z."""
    key, held = event.key(), event.modifiers()
    return (key == Qt.Key.Key_Y and held == _CONTROL) or (
        key == Qt.Key.Key_Z and held == _CONTROL | _SHIFT
    )


def stack_of(widget: QWidget | None) -> UndoStack | None:
    """The undo stack for a widget: its own or that of a parent in the same window; None if fields
    undo their own typing."""
    while widget is not None:
        stack = getattr(widget, "undo_stack", None)
        if isinstance(stack, UndoStack):
            return stack
        if widget.isWindow():
            return None
        widget = widget.parentWidget()
    return None
