"""Reports that could not be saved because the file was moved or replaced, until they can be."""

import json
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from visitapp.domain.draft import Draft
from visitapp.domain.errors import StorageError, VisitAppError
from visitapp.persistence import drafts as stored
from visitapp.persistence.database import Database
from visitapp.security import kept
from visitapp.services.access import Access


class KeptService:
    """Keeps drafts beside the records, encrypted as they are, and brings them back."""

    def __init__(self, access: Access, data_key: bytes) -> None:
        self._access, self._data_key = access, data_key

    def keep(self, draft: Draft) -> None:
        """Keep a draft that the file can't take. Raises StorageError."""
        try:
            draft = replace(draft, saved_at=self._access.now())
            kept.keep(self._data_key, draft.id.bytes, _as_json(draft))
        except OSError as error:
            raise StorageError(f"It can't be kept elsewhere either: {error.strerror}.") from error

    def forget(self, draft_id: UUID) -> None:
        """The draft is in the records by now. Raises OSError."""
        kept.forget(self._data_key, draft_id.bytes)

    def drafts(self) -> tuple[Draft, ...]:
        """What was kept of these records."""
        found = (_from_json(content) for content in kept.kept(self._data_key))
        return tuple(draft for draft in found if draft is not None)

    def bring_back(self) -> tuple[UUID, ...]:
        """Put what was kept into the records; the drafts that came back and that they didn't
        hold. One that can't be put there yet stays where it is kept."""
        found = []
        for draft in self.drafts():
            try:
                saved = put_into(self._access.database, draft)
                self.forget(draft.id)
            except (VisitAppError, OSError):
                continue
            if saved is not None:
                found.append(saved)
        return tuple(found)


def put_into(database: Database, draft: Draft) -> UUID | None:
    """Save a draft as the newest state of the same one, or as another draft where that was
    changed, signed or discarded since; which, or None where the records hold it as it is."""
    with database.transaction() as connection:
        before = stored.draft(connection, draft.id)
        if before is not None and dict(before.content) == dict(draft.content):
            return None
        is_same = draft.version == (0 if before is None else before.version)
        saved = draft if is_same else replace(draft, id=uuid4(), version=0)
        stored.save_draft(connection, saved)
    return saved.id


def _as_json(draft: Draft) -> bytes:
    return json.dumps(
        {
            "id": draft.id.hex,
            "scheme_id": draft.scheme_id.hex,
            "content": dict(draft.content),
            "section": draft.section,
            "author": draft.author,
            "saved_at": None if draft.saved_at is None else draft.saved_at.isoformat(),
            "replaces_id": None if draft.replaces_id is None else draft.replaces_id.hex,
            "reason": draft.reason,
            "version": draft.version,
        }
    ).encode("utf-8")


def _from_json(content: bytes) -> Draft | None:
    """None for what a later version kept in another form."""
    try:
        found = json.loads(content)
        replaces = found["replaces_id"]
        return Draft(
            id=UUID(found["id"]),
            scheme_id=UUID(found["scheme_id"]),
            content=dict(found["content"]),
            section=str(found["section"]),
            author=str(found["author"]),
            saved_at=datetime.fromisoformat(found["saved_at"]),
            replaces_id=None if replaces is None else UUID(replaces),
            reason=str(found["reason"]),
            version=int(found["version"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
