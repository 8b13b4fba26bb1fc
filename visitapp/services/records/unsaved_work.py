"""Reports, texts and forms that couldn't be saved because the file was moved or replaced. They are
stored beside the records until they can be."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from visitapp.domain.dataclass import dataclass
from visitapp.domain.draft.draft import Draft
from visitapp.domain.errors import StorageError, VisitAppError
from visitapp.domain.office.scheme import YearText
from visitapp.domain.records.typed import TypedWords
from visitapp.persistence import unsaved_typing, year_texts
from visitapp.persistence.database import Connection, Database
from visitapp.security import unsaved_work
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, READER, VISITOR, changes, reads

Piece = Draft | YearText | TypedWords
"""A report being written, a text or sentence of a year, or what is being typed in a form. The place
of typed words is that of their row."""


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """What was brought back: the drafts by id, and the number of texts of years and of forms."""

    drafts: tuple[UUID, ...] = ()
    texts: int = 0
    forms: int = 0


class UnsavedWorkService:
    """Stores pieces beside the records, with the same encryption, and brings them back."""

    def __init__(self, access: Access, data_key: bytes) -> None:
        self._access, self._data_key = access, data_key

    @changes(MANAGER, VISITOR)
    def keep(self, piece: Piece) -> None:
        """Store what the file can't take, replacing its earlier state. Raises StorageError."""
        from visitapp.services.records.unsaved_json import as_json

        try:
            if isinstance(piece, Draft):
                piece = replace(piece, saved_at=self._access.now())
            unsaved_work.keep(self._data_key, _name(piece), as_json(piece))
        except OSError as error:
            raise StorageError(
                f"It can't be saved anywhere else either: {error.strerror}."
            ) from error

    @changes(MANAGER, VISITOR)
    def forget(self, piece: Piece) -> None:
        """Delete a piece that is in the records by now; if the folder can't be written to, it
        stays."""
        with suppress(OSError):
            unsaved_work.forget(self._data_key, _name(piece))

    @reads(MANAGER, VISITOR, READER)
    def pieces(self) -> tuple[Piece, ...]:
        """What is stored for these records."""
        contents = unsaved_work.pieces(self._data_key)
        if not contents:
            return ()
        from visitapp.services.records.unsaved_json import from_json

        decoded = map(from_json, contents)
        return tuple(piece for piece in decoded if piece is not None)

    @changes(MANAGER, VISITOR)
    def bring_back(self) -> BroughtBack:
        """Save the stored pieces in the records, and report those that were new to them. Pieces
        that can't be saved yet stay stored."""
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
        return BroughtBack(tuple(drafts), texts, forms)


def put_into(database: Database, piece: Piece, at: datetime) -> UUID | None:
    """Save a piece. Returns its id, or None if the records already have it. `at` is now.

    A draft that has been changed, signed or discarded meanwhile comes back as another draft; words
    of a year are added after those written meanwhile.
    """
    with database.transaction() as connection:
        if isinstance(piece, TypedWords):
            unsaved_typing.keep_or_drop(connection, piece, at)
            return unsaved_typing.row_id(piece.place)
        if isinstance(piece, Draft):
            return _put_draft(connection, piece)
        return _put_text(connection, piece)


def _put_draft(connection: Connection, draft: Draft) -> UUID | None:
    from visitapp.domain.draft.draft_content import content_of
    from visitapp.persistence import drafts as stored

    before = stored.draft(connection, draft.id)
    if before is not None and content_of(before.report) == content_of(draft.report):
        return None
    is_same = draft.version == (0 if before is None else before.version)
    saved = draft if is_same else replace(draft, id=uuid4(), version=0)
    stored.save_draft(connection, saved)
    return saved.id


def _put_text(connection: Connection, text: YearText) -> UUID | None:
    there = {typed.key: typed for typed in year_texts.typed_texts(connection, text.period)}
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
    year_texts.save_text(connection, saved)
    return saved.id


def _name(piece: Piece) -> bytes:
    if isinstance(piece, Draft):
        return piece.id.bytes
    if isinstance(piece, TypedWords):
        return f"typed {piece.place}".encode()
    return f"{piece.period.start} {piece.period.end} {piece.key}".encode()
