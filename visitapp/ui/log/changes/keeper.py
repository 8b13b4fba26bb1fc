"""Saves the draft that is being written."""

from dataclasses import replace
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.errors import ConflictError, VisitAppError
from visitapp.domain.moment import uk_time
from visitapp.services.records.unsaved_work import UnsavedWorkService
from visitapp.services.reports.drafts import DraftService
from visitapp.ui.keeper import Keeper


class DraftKeeper(Keeper):
    """`report` is what was typed so far, `draft` the state last saved.

    Signals: `begun` when the first change made a draft.
    """

    begun = Signal()

    def __init__(
        self,
        drafts: DraftService,
        parent: QObject | None = None,
        kept: UnsavedWorkService | None = None,
    ) -> None:
        super().__init__(parent)
        self._drafts, self._kept = drafts, kept
        self._waiting: Draft | None = None
        self.draft: Draft | None = None
        self.report = TypedReport()
        self.section = ""
        self._scheme_id: UUID | None = None
        self._is_new = False

    def open(self, draft: Draft) -> None:
        """Open a saved draft."""
        self._start(draft.scheme_id, draft.report, draft.section)
        self.draft, self._is_new = draft, False

    def open_new(self, scheme_id: UUID, report: TypedReport, section: str) -> None:
        """Start a report. Its draft is created by the first change."""
        self._start(scheme_id, report, section)

    def _start(self, scheme_id: UUID, report: TypedReport, section: str) -> None:
        self.close()
        self._scheme_id, self._is_new = scheme_id, True
        self.report, self.section = report, section

    def close(self) -> None:
        """Save the draft and close it."""
        self.flush()
        self.let_go()

    def let_go(self) -> None:
        """Close a draft that was signed or discarded, without saving."""
        self.forget()
        self.draft, self._scheme_id = None, None
        self.report, self.section = TypedReport(), ""
        self._waiting = None

    @property
    def is_open(self) -> bool:
        """Whether a report is being written."""
        return self._scheme_id is not None

    @property
    def saved_text(self) -> str:
        """`Saved 14:31:07`; `Not saved` if the last save failed; empty before the first one."""
        if self.problem:
            return "Not saved"
        saved_at = self.draft.saved_at if self.draft else None
        return f"Saved {uk_time(saved_at):%H:%M:%S}" if saved_at else ""

    def put(self, report: TypedReport) -> None:
        """Store changed answers."""
        self.report = report
        self.touch()

    def move_to(self, section: str) -> None:
        """Remember which section is shown. That alone doesn't create a draft."""
        if section != self.section:
            self.section = section
            if self.draft is not None:
                self.touch()

    def write(self) -> None:
        """Save the draft. The first change creates it."""
        if self._scheme_id is not None:
            self._save(self._scheme_id)

    def keep_elsewhere(self) -> bool:
        """Keep the draft in the user's folder, encrypted; it comes back when these records are
        opened again."""
        if self._kept is None or self._scheme_id is None:
            return False
        waiting = self._waiting or self.draft or self._drafts.unsaved(self._scheme_id)
        self._waiting = replace(waiting, report=self.report, section=self.section)
        try:
            self._kept.keep(self._waiting)
        except VisitAppError:
            return False
        return True

    def _forget_elsewhere(self) -> None:
        """Remove the copy in the user's folder, since the draft is in the records again."""
        if self._kept is not None and self._waiting is not None:
            self._kept.forget(self._waiting)
        self._waiting = None

    def flush(self) -> bool:
        """Save now. Returns whether everything typed is on the disk, in the records or in the
        user's folder."""
        is_saved = super().flush()
        if not self.is_dirty:
            self._forget_elsewhere()
        if is_saved and self._is_new and self.draft is not None:
            self._is_new = False
            self.begun.emit()
        return is_saved

    def _save(self, scheme_id: UUID) -> None:
        def written(draft: Draft) -> Draft:
            return replace(draft, report=self.report, section=self.section)

        self.draft = self.draft or self._drafts.begin(scheme_id)[0]
        try:
            self.draft = self._drafts.save(written(self.draft))
        except ConflictError:
            before, (other, _) = self.draft, self._drafts.begin(scheme_id)
            other = replace(other, replaces_id=before.replaces_id, reason=before.reason)
            self.draft = self._drafts.save(written(other))
            self.failed.emit(
                "This draft was signed, discarded or changed somewhere else. What you write here "
                "is saved as another draft."
            )

    def discard(self) -> Changes:
        """Discard the draft. Raises VisitAppError if it can't be removed."""
        changes = Changes.NONE
        if self.draft is not None:
            changes = self._drafts.discard(self.draft.id)
        self.let_go()
        return changes
