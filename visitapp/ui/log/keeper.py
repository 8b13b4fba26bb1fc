"""Keeps the draft that is being written on the disk, within a third of a second."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.draft import Draft
from visitapp.domain.draft_content import Content
from visitapp.domain.errors import ConflictError, VisitAppError
from visitapp.services.drafts import DraftService

_GATHER_MS = 250
"""Keystrokes closer than this are saved together."""
_AGAIN_MS = 2_000
"""After a failed save, until the next try."""


class DraftKeeper(QObject):
    """Holds what was typed; `draft` is what is known to be on the disk.

    Signals: `saved` after each save; `failed` (sentence) when one did not work, once for each
    new reason; `begun` when the first change made a draft. What can't be saved stays here.
    """

    saved = Signal()
    failed = Signal(str)
    begun = Signal()

    def __init__(self, drafts: DraftService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts = drafts
        self.draft: Draft | None = None
        self.content: Content = {}
        self.section = ""
        self.problem = ""
        self._scheme_id: UUID | None = None
        self._is_dirty = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.flush)

    def open(self, draft: Draft) -> None:
        """Go on with a draft."""
        self._start(draft.scheme_id, draft.content, draft.section)
        self.draft = draft

    def open_new(self, scheme_id: UUID, content: Content, section: str) -> None:
        """Begin a report; it becomes a draft with the first change."""
        self._start(scheme_id, content, section)

    def _start(self, scheme_id: UUID, content: Content, section: str) -> None:
        self.close()
        self._scheme_id = scheme_id
        self.content, self.section = dict(content), section

    def close(self) -> None:
        """Let go of the draft; whatever was still to be saved is saved first."""
        self.flush()
        self._timer.stop()
        self.draft, self._scheme_id = None, None
        self.content, self.section, self.problem = {}, "", ""
        self._is_dirty = False

    def forget(self) -> None:
        """Let go of a draft that was signed or discarded."""
        self._is_dirty = False
        self.close()

    @property
    def is_open(self) -> bool:
        """Whether a report is being written."""
        return self._scheme_id is not None

    @property
    def is_dirty(self) -> bool:
        """Whether something typed is not on the disk yet."""
        return self._is_dirty

    def put(self, content: Mapping[str, Any]) -> None:
        """Keep a change of the answers."""
        self.content = content
        self._later()

    def move_to(self, section: str) -> None:
        """Keep where the writer is; that alone makes no draft."""
        if section != self.section:
            self.section = section
            if self.draft is not None:
                self._later()

    def _later(self) -> None:
        self._is_dirty = True
        if not self._timer.isActive():
            self._timer.start(_GATHER_MS)

    def flush(self) -> bool:
        """Save now; whether all that was typed is on the disk.

        What can't be saved stays here and is tried again.
        """
        if not self._is_dirty or self._scheme_id is None:
            return True
        self._timer.stop()
        is_new = self.draft is None
        try:
            self._save(self._scheme_id)
        except VisitAppError as error:
            self._timer.start(_AGAIN_MS)
            if str(error) != self.problem:
                self.problem = str(error)
                self.failed.emit(self.problem)
            return False
        self._is_dirty = False
        self.problem = ""
        self.saved.emit()
        if is_new:
            self.begun.emit()
        return True

    def _save(self, scheme_id: UUID) -> None:
        def written(draft: Draft) -> Draft:
            return replace(draft, content=self.content, section=self.section)

        self.draft = self.draft or self._drafts.begin(scheme_id)[0]
        try:
            self.draft = self._drafts.save(written(self.draft))
        except ConflictError:
            before, (other, _) = self.draft, self._drafts.begin(scheme_id)
            other = replace(other, replaces_id=before.replaces_id, reason=before.reason)
            self.draft = self._drafts.save(written(other))
            self.failed.emit(
                "This draft was signed, discarded or changed elsewhere; what you write here is "
                "kept as another draft."
            )

    def discard(self) -> Changes:
        """Throw the draft away. Raises VisitAppError."""
        changes = Changes.NONE
        if self.draft is not None:
            changes = self._drafts.discard(self.draft.id)
        self.forget()
        return changes
