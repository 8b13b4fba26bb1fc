"""Reports, texts and what is typed in forms that could not be saved because the file was moved or
replaced, until they can be."""

import json
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec

from visitapp.domain.draft.draft import Draft
from visitapp.domain.errors import BadInputError, StorageError, VisitAppError
from visitapp.domain.office.scheme import YearText
from visitapp.domain.period import Period
from visitapp.domain.records.typed import TypedWords
from visitapp.persistence import drafts as stored
from visitapp.persistence import schemes, unfinished
from visitapp.persistence.database import Connection, Database
from visitapp.security import kept
from visitapp.services.access import Access

Piece = Draft | YearText | TypedWords
"""What can be kept: a report being written, a text or sentence of a year, or what is typed in a
form; the place of these words is that of their row."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What came back: the drafts by id, how many texts of years, and of forms."""

    drafts: tuple[UUID, ...] = ()
    texts: int = 0
    forms: int = 0


class KeptService:
    """Keeps pieces beside the records, encrypted as they are, and brings them back."""

    def __init__(self, access: Access, data_key: bytes) -> None:
        self._access, self._data_key = access, data_key

    def keep(self, piece: Piece) -> None:
        """Keep what the file can't take, in the place of its earlier state. Raises
        StorageError."""
        try:
            if isinstance(piece, Draft):
                piece = replace(piece, saved_at=self._access.now())
            kept.keep(self._data_key, _name(piece), _as_json(piece))
        except OSError as error:
            raise StorageError(
                f"It can't be saved anywhere else either: {error.strerror}."
            ) from error

    def forget(self, piece: Piece) -> None:
        """It is in the records by now; a home that can't be written keeps it."""
        with suppress(OSError):
            kept.forget(self._data_key, _name(piece))

    def pieces(self) -> tuple[Piece, ...]:
        """What was kept of these records."""
        decoded = (_from_json(content) for content in kept.kept(self._data_key))
        return tuple(piece for piece in decoded if piece is not None)

    def bring_back(self) -> Brought:
        """Put what was kept into the records, and say what of it they did not hold. What can't
        be put there yet stays where it is kept."""
        drafts, texts, forms = [], 0, 0
        for piece in self.pieces():
            try:
                saved = put_into(self._access.database, piece, self._access.now())
            except VisitAppError:
                continue
            self.forget(piece)
            if isinstance(piece, TypedWords):
                forms += saved is not None
            elif isinstance(piece, YearText):
                texts += saved is not None
            elif saved is not None:
                drafts.append(saved)
        return Brought(tuple(drafts), texts, forms)


def put_into(database: Database, piece: Piece, at: datetime) -> UUID | None:
    """Save a piece; under which id, or None where the records hold it as it is. `at` is now.

    A draft that was changed, signed or discarded since comes back as another one; words of a
    year stand after those that were written since.
    """
    with database.transaction() as connection:
        if isinstance(piece, TypedWords):
            unfinished.keep_or_drop(connection, piece, at)
            return unfinished.row_id(piece.place)
        if isinstance(piece, Draft):
            return _put_draft(connection, piece)
        return _put_text(connection, piece)


def _put_draft(connection: Connection, draft: Draft) -> UUID | None:
    before = stored.draft(connection, draft.id)
    if before is not None and dict(before.content) == dict(draft.content):
        return None
    is_same = draft.version == (0 if before is None else before.version)
    saved = draft if is_same else replace(draft, id=uuid4(), version=0)
    stored.save_draft(connection, saved)
    return saved.id


def _put_text(connection: Connection, text: YearText) -> UUID | None:
    there = {typed.key: typed for typed in schemes.typed_texts(connection, text.period)}
    before = there.get(text.key)
    now = "" if before is None else before.text
    if text.text == now or now.endswith(text.text):
        return None
    if before is None:
        saved = replace(text, id=uuid4(), version=0)
    elif before.version == text.version:
        saved = replace(text, id=before.id)
    else:
        between = " " if text.drafted else "\n\n"
        saved = replace(before, text=f"{now}{between}{text.text}")
    schemes.save_text(connection, saved)
    return saved.id


def _name(piece: Piece) -> bytes:
    if isinstance(piece, Draft):
        return piece.id.bytes
    if isinstance(piece, TypedWords):
        return f"typed {piece.place}".encode()
    return f"{piece.period.start} {piece.period.end} {piece.key}".encode()


class _KeptText(msgspec.Struct):
    """The shape of a text of a year; drafts and typed words are kept as they are."""

    start: date
    end: date
    key: str
    text: str
    drafted: str
    version: int


def _as_json(piece: Piece) -> bytes:
    """Only letters of ASCII, so that half a character that somebody typed is kept too."""
    plain: object = piece
    if isinstance(piece, YearText):
        period = piece.period
        plain = _KeptText(
            period.start, period.end, piece.key, piece.text, piece.drafted, piece.version
        )
    return json.dumps(msgspec.to_builtins(plain)).encode("ascii")


def _from_json(content: bytes) -> Piece | None:
    """None for what a later version kept in another form."""
    with suppress(ValueError, BadInputError):
        values = msgspec.convert(json.loads(content), dict[str, Any])
        if "place" in values:
            return msgspec.convert(values, TypedWords)
        if "key" in values:
            text = msgspec.convert(values, _KeptText)
            period = Period(text.start, text.end)
            return YearText(uuid4(), period, text.key, text.text, text.drafted, text.version)
        if values.keys() >= {field.name for field in fields(Draft)}:  # else words would be lost
            return msgspec.convert(values, Draft)
    return None
