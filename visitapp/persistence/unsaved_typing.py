"""Unsaved typing, stored at every change so that it isn't lost. It doesn't count until it is saved.

A place says what the words belong to, such as a text of a year; content is a JSON object.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from sqlalchemy import Connection, delete, insert, select, update

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import YearText
from visitapp.domain.period import Period
from visitapp.domain.records.typed import TypedWords
from visitapp.persistence import tables as t

_NAMES = UUID("6d1f3c8e-0f0c-4a51-9a55-1d0d6f6f2b10")
YEAR = "year"
ISSUE = "issue"
FORM = "form"


def keep(connection: Connection, place: str, content: Mapping[str, Any], at: datetime) -> None:
    """Store the unsaved content of a place, replacing what it had before."""
    from visitapp.persistence.stored_json import to_json

    values = {"content": to_json(dict(content)), "saved_at": at}
    changed = update(t.unfinished).where(t.unfinished.c.place == place).values(**values)
    if not connection.execute(changed).rowcount:
        first = select(t.scheme.c.id).order_by(t.scheme.c.kind)
        # the words belong to the whole office
        scheme_id = connection.execute(first).scalars().first()
        row = {"id": row_id(place), "scheme_id": scheme_id, "place": place, **values}
        connection.execute(insert(t.unfinished).values(**row))


def row_id(place: str) -> UUID:
    """The id of the row for a place's content."""
    return uuid5(_NAMES, place)


def drop(connection: Connection, place: str) -> None:
    """Delete the unsaved content of a place: it was saved or discarded."""
    connection.execute(delete(t.unfinished).where(t.unfinished.c.place == place))


def keep_or_drop(connection: Connection, words: TypedWords, at: datetime) -> None:
    """Store typed words, or drop the place if they are empty."""
    if words.content:
        keep(connection, words.place, words.content, at)
    else:
        drop(connection, words.place)


def of_kind(connection: Connection, kind: str) -> dict[str, dict[str, Any]]:
    """Unsaved content of one kind, by the rest of its place, without content that can't be read."""
    begin = f"{kind} "
    query = select(t.unfinished.c.place, t.unfinished.c.content).where(
        t.unfinished.c.place.startswith(begin, autoescape=True)
    )
    rows = connection.execute(query).all()
    if not rows:
        return {}
    from visitapp.persistence.stored_json import from_json

    contents = {}
    for row in rows:
        with suppress(ValueError, TypeError, RecursionError):
            content = from_json(row.content, dict[str, Any])
            contents[row.place.removeprefix(begin)] = content
    return contents


# Texts of a year


def place_of_text(period: Period, key: str) -> str:
    """The place of a text of a year while it is being typed."""
    return f"{YEAR} {period.start.isoformat()} {period.end.isoformat()} {key}"


def typed(connection: Connection) -> dict[tuple[Period, str], tuple[str, str]]:
    """The texts of years that are being typed, by year and key: the words, and the text that the
    program had drafted (empty for texts that are never drafted)."""
    contents = {}
    for place, content in of_kind(connection, YEAR).items():
        try:
            start, end, key = place.split(" ", 2)
            period = Period(date.fromisoformat(start), date.fromisoformat(end))
        except (ValueError, BadInputError):
            continue
        contents[period, key] = (str(content.get("text", "")), str(content.get("drafted", "")))
    return contents


def with_typed(connection: Connection, period: Period, saved: list[YearText]) -> list[YearText]:
    """The saved texts of a year, replaced by those being typed."""
    texts = {text.key: text for text in saved}
    for (year, key), (words, drafted) in typed(connection).items():
        if year == period:
            before = texts.get(key) or YearText(uuid4(), period, key, "", version=0)
            texts[key] = replace(before, text=words, drafted=drafted)
    return list(texts.values())
