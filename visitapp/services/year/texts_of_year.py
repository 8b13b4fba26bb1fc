"""The texts of a year, and those of the year before with which they begin."""

from visitapp.domain.period import Period
from visitapp.domain.year.own_sections import LIST
from visitapp.domain.year.year_texts import OF_EVERY_REPORT, from_last_year
from visitapp.persistence import year_texts
from visitapp.persistence.database import Connection


def texts_of(
    connection: Connection, period: Period, *, of_all: bool = True
) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of a period by key, and of the one before it what nobody has read for this. The
    titles and places of the office's own sections are those of the year before until some change:
    without its words a section isn't printed. Not `of_all` sites: those that every report has."""
    texts = {item.key: item.text for item in year_texts.texts(connection, period)}
    if not of_all:
        return {key: words for key, words in texts.items() if key in OF_EVERY_REPORT}, {}
    before = year_texts.texts(connection, period.year_before())
    for item in before:
        if item.key == LIST:
            texts.setdefault(LIST, item.text)
    return texts, from_last_year(before, texts)
