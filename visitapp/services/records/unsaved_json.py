"""Pieces of work that couldn't be saved, as they are stored beside the records."""

import json
from contextlib import suppress
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from visitapp.domain.draft.draft import Draft
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import YearText
from visitapp.domain.period import Period
from visitapp.domain.records.typed import TypedWords


class _KeptDraft(msgspec.Struct):
    """How a draft is stored; one that lacks anything is not taken, or words would be lost."""

    id: UUID
    scheme_id: UUID
    content: dict[str, Any]
    section: str
    author: str
    saved_at: datetime | None
    replaces_id: UUID | None
    reason: str
    version: int


class _KeptText(msgspec.Struct):
    """How a text of a year is stored; typed words are stored as they are."""

    start: date
    end: date
    key: str
    text: str
    drafted: str
    version: int


def as_json(piece: Draft | YearText | TypedWords) -> bytes:
    """A piece as it is stored: ASCII only, so that half a surrogate pair that somebody typed is
    kept too."""
    plain: object = piece
    if isinstance(piece, Draft):
        plain = _kept_draft(piece)
    if isinstance(piece, YearText):
        period = piece.period
        plain = _KeptText(
            period.start, period.end, piece.key, piece.text, piece.drafted, piece.version
        )
    return json.dumps(msgspec.to_builtins(plain)).encode("ascii")


def from_json(content: bytes) -> Draft | YearText | TypedWords | None:
    """The stored piece; None if a later version stored it in another form."""
    with suppress(ValueError, BadInputError):
        values = msgspec.convert(json.loads(content), dict[str, Any])
        if "place" in values:
            return msgspec.convert(values, TypedWords)
        if "key" in values:
            text = msgspec.convert(values, _KeptText)
            period = Period(text.start, text.end)
            return YearText(uuid4(), period, text.key, text.text, text.drafted, text.version)
        return _draft_of(msgspec.convert(values, _KeptDraft))
    return None


def _kept_draft(draft: Draft) -> _KeptDraft:
    from visitapp.domain.draft.draft_content import content_of

    return _KeptDraft(
        draft.id, draft.scheme_id, content_of(draft.report), draft.section, draft.author,
        draft.saved_at, draft.replaces_id, draft.reason, draft.version,
    )  # fmt: skip


def _draft_of(kept_draft: _KeptDraft) -> Draft:
    from visitapp.domain.draft.draft_content import typed_report

    return Draft(
        kept_draft.id, kept_draft.scheme_id, typed_report(kept_draft.content), kept_draft.section,
        kept_draft.author, kept_draft.saved_at, kept_draft.replaces_id, kept_draft.reason,
        kept_draft.version,
    )  # fmt: skip
