"""What is being typed, kept at every change: it counts nowhere before it is put in its place.

A place names what the words belong to, such as a text of a year; content is a JSON object.
"""

import json
from collections.abc import Mapping
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
    """Keep what stands at a place, in the place of what stood there before."""
    values = {"content": json.dumps(dict(content), ensure_ascii=False), "saved_at": at}
    changed = update(t.unfinished).where(t.unfinished.c.place == place).values(**values)
    if not connection.execute(changed).rowcount:
        first = select(t.scheme.c.id).order_by(t.scheme.c.kind)
        scheme_id = connection.execute(first).scalars().first()  # the words are the office's
        row = {"id": row_id(place), "scheme_id": scheme_id, "place": place, **values}
        connection.execute(insert(t.unfinished).values(**row))


def row_id(place: str) -> UUID:
    """The id of the row that keeps what stands at a place."""
    return uuid5(_NAMES, place)


def drop(connection: Connection, place: str) -> None:
    """It is finished, or given up."""
    connection.execute(delete(t.unfinished).where(t.unfinished.c.place == place))


def put(connection: Connection, words: TypedWords, at: datetime) -> None:
    """Keep what was typed, or drop it where that is nothing."""
    if words.content:
        keep(connection, words.place, words.content, at)
    else:
        drop(connection, words.place)


def found(connection: Connection, kind: str) -> dict[str, dict[str, Any]]:
    """What is being typed of a kind, by the rest of its place; what can't be read is left out."""
    begin = f"{kind} "
    query = select(t.unfinished.c.place, t.unfinished.c.content).where(
        t.unfinished.c.place.startswith(begin, autoescape=True)
    )
    known = {}
    for row in connection.execute(query):
        try:
            content = json.loads(row.content)
        except (ValueError, TypeError, RecursionError):
            continue
        if isinstance(content, dict):
            known[row.place.removeprefix(begin)] = content
    return known


# Texts of a year


def place_of_text(period: Period, key: str) -> str:
    """Where a text of a year is kept while it is being typed."""
    return f"{YEAR} {period.start.isoformat()} {period.end.isoformat()} {key}"


def typed(connection: Connection) -> dict[tuple[Period, str], tuple[str, str]]:
    """The texts of years that are being typed, by year and key: the words, and what had been
    drafted in their place (empty for a text that is never drafted)."""
    known = {}
    for place, content in found(connection, YEAR).items():
        try:
            start, end, key = place.split(" ", 2)
            period = Period(date.fromisoformat(start), date.fromisoformat(end))
        except (ValueError, BadInputError):
            continue
        known[period, key] = (str(content.get("text", "")), str(content.get("drafted", "")))
    return known


def with_typed(connection: Connection, period: Period, saved: list[YearText]) -> list[YearText]:
    """The texts of a year as they are being typed."""
    texts = {text.key: text for text in saved}
    for (year, key), (words, drafted) in typed(connection).items():
        if year == period:
            before = texts.get(key) or YearText(uuid4(), period, key, "", version=0)
            texts[key] = replace(before, text=words, drafted=drafted)
    return list(texts.values())
