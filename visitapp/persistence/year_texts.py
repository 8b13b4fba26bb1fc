"""The texts of a year's report, saved and being typed."""

from sqlalchemy import Connection, select

from visitapp.domain.office.scheme import YearText
from visitapp.domain.period import Period
from visitapp.persistence import tables as t
from visitapp.persistence import unsaved_typing
from visitapp.persistence.rows import remove_row, save_row


def take_out_text(connection: Connection, item: YearText) -> None:
    """Delete a text of the year, with what was being typed for it."""
    remove_row(connection, t.year_text, item.id, item.version)
    unsaved_typing.drop(connection, unsaved_typing.place_of_text(item.period, item.key))


def texts(connection: Connection, period: Period) -> list[YearText]:
    """The texts of a period's report, including what is being typed."""
    return [text for text in typed_texts(connection, period) if text.text.strip()]


def typed_texts(connection: Connection, period: Period) -> list[YearText]:
    """The same, including texts that are being emptied."""
    return unsaved_typing.with_typed(connection, period, saved_texts(connection, period))


def saved_texts(connection: Connection, period: Period) -> list[YearText]:
    """The texts as saved, without what is being typed."""
    rows = connection.execute(
        select(t.year_text).where(
            t.year_text.c.start_on == period.start, t.year_text.c.end_on == period.end
        )
    )
    return [
        YearText(r.id, Period(r.start_on, r.end_on), r.key, r.text, r.drafted, r.version)
        for r in rows
    ]


def save_text(connection: Connection, item: YearText) -> None:
    """Write a text of the year and drop what was being typed for it."""
    unsaved_typing.drop(connection, unsaved_typing.place_of_text(item.period, item.key))
    values = {
        "id": item.id,
        "start_on": item.period.start,
        "end_on": item.period.end,
        "key": item.key,
        "text": item.text,
        "drafted": item.drafted,
    }
    save_row(connection, t.year_text, values, item.version)
