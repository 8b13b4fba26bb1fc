"""Finds reports by their words, with the database's own text index.

On SQLite that is FTS5 (a migration creates the table); on PostgreSQL the same table is an ordinary
one and `match` becomes a full-text comparison.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    MetaData,
    Table,
    Text,
    Uuid,
    delete,
    insert,
    select,
)

from visitapp.persistence import tables as t

if TYPE_CHECKING:  # lists are searched without reading visits
    from visitapp.domain.report.visit import Visit

TEXT = Table("report_text", MetaData(), Column("visit_id", Uuid()), Column("words", Text()))


def text_values(visits: "Iterable[Visit]") -> list[dict[str, Any]]:
    """What the index stores of reports; doesn't use the database."""
    return [{"visit_id": visit.id, "words": "\n".join(_written(visit))} for visit in visits]


def _written(visit: "Visit") -> Iterator[str]:
    from visitapp.domain.report.requests import actions_in

    yield visit.summary
    yield visit.delay_explanation
    for issue in visit.issues:
        yield issue.description
        yield issue.place
    answers = [] if visit.report is None else [visit.report.answers]
    answers += [count.row.answers for count in visit.counts if count.row is not None]
    for row_answers in answers:
        for value in row_answers.values():
            yield from [value] if isinstance(value, str) else actions_in(value)


def add(connection: Connection, values: list[dict[str, Any]]) -> None:
    """Put reports into the index."""
    if values:
        connection.execute(insert(TEXT), values)


def remove(connection: Connection, visit_ids: Sequence[UUID]) -> None:
    """Take reports out of the index, words and all: SQLite's index would otherwise keep the words
    of what was deleted until its parts are merged."""
    connection.execute(delete(TEXT).where(TEXT.c.visit_id.in_(visit_ids)))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO report_text(report_text) VALUES ('optimize')")


def rebuild(connection: Connection, visits: "Iterable[Visit]") -> None:
    """Empty the index and fill it with these visits."""
    connection.execute(delete(TEXT))
    add(connection, text_values(visits))


def has_word(word: str) -> ColumnElement[bool]:
    """Whether a visit's report has a word that begins with `word`, ignoring accents."""
    begins = '"' + word.replace('"', '""') + '"*'
    return t.visit.c.id.in_(select(TEXT.c.visit_id).where(TEXT.c.words.match(begins)))
