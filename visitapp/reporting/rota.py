"""The rota to print: week, site and pair; a visitor's own begins with all their visits.

It is made only of the words passed in: no day or time. The rota for everybody has no visitors'
pages, which together would show how many visits a week has.
"""

from dataclasses import dataclass
from datetime import date

from visitapp.domain.text.wording import joined, long_date
from visitapp.reporting.assignment import VisitorPage, page_blocks
from visitapp.reporting.blocks import Column, Document, Masthead, Paragraph, Section, Table
from visitapp.reporting.blocks import text as text_of

MOST_SITES = 3
"""How many sites stand side by side."""


@dataclass(frozen=True, slots=True)
class RotaTable:
    """Sites that are visited in the same weeks or months. A row has a span in words, and for each
    site the pairs in words; empty where there is none yet."""

    unit: str
    sites: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RotaWords:
    """What the rota says. `period` is in words, `reader` the visitor for whom it was made (empty:
    for everybody) with their `page` if they have visits; visits to `unlisted` sites are on their
    visitors' pages alone."""

    office: str
    period: str
    as_at: date
    tables: tuple[RotaTable, ...]
    reader: str = ""
    page: VisitorPage | None = None
    unlisted: tuple[str, ...] = ()


def rota_document(words: RotaWords) -> Document:
    """The rota as blocks. A visitor's own begins with their visits."""
    title = f"Rota for {words.reader}" if words.reader else "Rota of visits"
    mine = () if words.page is None else (words.page,)
    pages = tuple(Section("page", page.title, page_blocks(page)) for page in mine)
    tables = (_table(number, table) for number, table in enumerate(words.tables, 1 + len(pages)))
    head = "Who visits when" if words.reader else ""
    rota = Section("rota", head, (*tables, _note(words)), in_contents=False)
    return Document(
        title=f"{title}, {words.period}",
        as_at=words.as_at,
        office=words.office,
        head_left=words.office,
        head_right=title,
        masthead=Masthead(
            office=words.office,
            marking="For visitors only",
            title=title,
            subtitle=f"{words.period}, as planned on {long_date(words.as_at)}",
        ),
        subject="Who visits which site in which week",
        sections=(*pages, rota),
    )


def _table(number: int, table: RotaTable) -> Table:
    columns = (
        Column(table.unit, "left", 1.3),
        *(Column(site, "left", 2.6) for site in table.sites),
    )
    rows = tuple(
        (span, *(pairs or "No pair yet" for pairs in cells)) for span, *cells in table.rows
    )
    return Table(number, f"Who visits {joined(table.sites)}", columns, rows)


def _note(words: RotaWords) -> Paragraph:
    note = "Only the pair knows the day and time of a visit. Keep this rota to yourself."
    if words.unlisted:
        sites = joined(words.unlisted)
        note += f" Visits to {sites} are only on the pages of their visitors."
    return Paragraph(text_of(note), "note")
