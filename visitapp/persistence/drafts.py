"""Drafts of reports, saved completely at every change."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, select, update

from visitapp.domain.draft.draft import Draft
from visitapp.domain.errors import ConflictError
from visitapp.persistence import tables as t
from visitapp.persistence.rows import save_row
from visitapp.persistence.stored_json import from_json, to_json


def drafts(connection: Connection) -> list[Draft]:
    """All drafts, the latest first."""
    return [
        _to_draft(row)
        for row in connection.execute(select(t.draft).order_by(t.draft.c.saved_at.desc()))
    ]


def draft(connection: Connection, draft_id: UUID) -> Draft | None:
    """One draft."""
    row = connection.execute(select(t.draft).where(t.draft.c.id == draft_id)).first()
    return None if row is None else _to_draft(row)


def save_draft(connection: Connection, item: Draft) -> None:
    """Write a draft. With a version it is updated; raises ConflictError if it was signed or
    discarded."""
    from visitapp.domain.draft.draft_content import content_of

    if item.version and draft(connection, item.id) is None:
        raise ConflictError("This draft has already been signed or discarded.")
    values = {
        "id": item.id,
        "scheme_id": item.scheme_id,
        "content": to_json(content_of(item.report)),
        "section": item.section,
        "author": item.author,
        "saved_at": item.saved_at,
        "replaces_id": item.replaces_id,
        "reason": item.reason,
    }
    save_row(connection, t.draft, values, item.version)


def rename_author(connection: Connection, before: str, now: str) -> None:
    """Drafts follow the name of whoever writes them."""
    connection.execute(update(t.draft).where(t.draft.c.author == before).values(author=now))


def delete_draft(connection: Connection, draft_id: UUID) -> bool:
    """Delete a draft that was signed or discarded. Returns whether it existed."""
    return connection.execute(delete(t.draft).where(t.draft.c.id == draft_id)).rowcount > 0


def _to_draft(row: Row[Any]) -> Draft:
    from visitapp.domain.draft.draft_content import typed_report

    return Draft(
        id=row.id,
        scheme_id=row.scheme_id,
        report=typed_report(from_json(row.content, dict[str, Any])),
        section=row.section,
        author=row.author,
        saved_at=row.saved_at,
        replaces_id=row.replaces_id,
        reason=row.reason,
        version=row.version,
    )
