"""Undo and Redo of the report being written. Each step keeps the states before and after it."""

from uuid import UUID

from PySide6.QtCore import QObject, Signal

from visitapp.domain.draft import draft_changes
from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.ui.log.changes.writing import UndoableReport
from visitapp.ui.undoing import UndoStack, UndoStep


class DraftUndo(QObject):
    """Signals: `restored` (Place that changed) after Undo or Redo."""

    restored = Signal(object)

    def __init__(self, report: UndoableReport) -> None:
        super().__init__()
        self._report = report
        self.stack = UndoStack(self._restore, self)
        self._left: tuple[UUID, TypedReport, tuple[list[UndoStep], list[UndoStep]]] | None = None

    def leave(self, draft: Draft | None) -> None:
        """Keep the steps of a draft that is being closed, in case it is opened again."""
        steps = self.stack.put_away()
        self._left = None if draft is None else (draft.id, draft.report, steps)

    def begin(self, draft: Draft | None) -> None:
        """A report is opened: bring back its steps if it was the last put aside and nobody changed
        it since."""
        left, self._left = self._left, None
        self.stack.clear()
        if draft is not None and left is not None and left[:2] == (draft.id, draft.report):
            self.stack.bring(left[2])

    def note(self, before: TypedReport) -> None:
        """Add a step. Decisions that are dropped with their words belong to the step before."""
        after = self._report.report
        if draft_changes.only_kept_words(before, after):
            self.stack.add_to_last(after)
            return
        change = draft_changes.change_between(before, after, self._report.register.form)
        self.stack.note(UndoStep(before, after, change.words, change.place, change.is_typing))

    def _restore(self, report: TypedReport, _step: UndoStep) -> None:
        before = self._report.report
        self._report.bring_back(report)
        form = self._report.register.form
        change = draft_changes.change_between(before, self._report.report, form)
        self.restored.emit(change.place)
