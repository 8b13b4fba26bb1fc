"""Undo and Redo of the report that is being written: each step is two states of its answers."""

from PySide6.QtCore import QObject, Signal

from visitapp.domain import draft_changes
from visitapp.domain.draft_content import Content
from visitapp.ui.log.writing import Report
from visitapp.ui.undoing import Step, UndoStack


class DraftUndo(QObject):
    """Signals: `restored` (field) after Undo or Redo; the field is named as findings name it."""

    restored = Signal(str)

    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report
        self.stack = UndoStack(self._restore, self)

    def note(self, before: Content) -> None:
        """Keep a change; what the guard lets go goes with the words it stood by."""
        after = self._report.content
        if draft_changes.only_kept_words(before, after):
            self.stack.add_to_last(after)
            return
        change = draft_changes.change_between(before, after, self._report.register.form)
        self.stack.note(Step(before, after, change.words, change.field, change.is_typing))

    def _restore(self, content: Content, _step: Step) -> None:
        before = self._report.content
        self._report.bring_back(content)
        change = draft_changes.change_between(
            before, self._report.content, self._report.register.form
        )
        self.restored.emit(change.field)
