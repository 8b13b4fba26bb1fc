"""Reports being written: durable at each change."""

from dataclasses import replace
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.draft import Draft
from visitapp.domain.errors import BadInputError
from visitapp.persistence import drafts as stored
from visitapp.services.access import Access


class DraftService:
    """A draft is on the disk when `save` returns."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def begin(
        self, scheme_id: UUID, replaces: UUID | None = None, reason: str = ""
    ) -> tuple[Draft, Changes]:
        """An empty draft, already saved; `replaces` a signed visit for a `reason`."""
        if replaces is not None and not reason.strip():
            raise BadInputError("Say why the report is replaced.")
        draft = Draft(
            id=uuid4(),
            scheme_id=scheme_id,
            author=self._access.actor.name,
            replaces_id=replaces,
            reason=reason.strip(),
            version=0,
        )
        return self.save(draft), Changes.DRAFTS

    def save(self, draft: Draft) -> Draft:
        """Write the draft; what comes back has its new version and time (UTC)."""
        saved = replace(draft, saved_at=self._access.now())
        with self._access.database.transaction() as connection:
            stored.save_draft(connection, saved)
        return replace(saved, version=draft.version + 1)

    def drafts(self) -> tuple[Draft, ...]:
        """All drafts, the last saved first."""
        with self._access.database.reading() as connection:
            return tuple(stored.drafts(connection))

    def get(self, draft_id: UUID) -> Draft:
        """One draft."""
        with self._access.database.reading() as connection:
            found = stored.draft(connection, draft_id)
        if found is None:
            raise BadInputError("This draft was signed or discarded.")
        return found

    def discard(self, draft_id: UUID) -> Changes:
        """Throw a draft away."""
        with self._access.database.transaction() as connection:
            stored.delete_draft(connection, draft_id)
        return Changes.DRAFTS
