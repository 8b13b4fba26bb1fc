"""The indicators of a period, as a region compares them: each with what it is a share of."""

from collections.abc import Sequence
from datetime import date
from itertools import count

from visitapp.domain.office.scheme import Office
from visitapp.domain.period import Period
from visitapp.domain.text.wording import capitalised
from visitapp.domain.year.document_kind import DocumentKind, titled
from visitapp.domain.year.indicators import Publication, published_words
from visitapp.reporting.blocks import (
    Column,
    Document,
    Masthead,
    Paragraph,
    Section,
    Table,
    text,
)
from visitapp.reporting.wording import period_notice


def indicators_document(
    office: Office, period: Period, as_at: date, publications: Sequence[Publication]
) -> Document:
    """A table for each scheme."""
    title = titled(DocumentKind.INDICATORS, office.years, period)
    table = count(1)
    return Document(
        title=title,
        as_at=as_at,
        office=office.name,
        head_left=title,
        head_right=office.area,
        sections=tuple(_section(item, next(table)) for item in publications),
        masthead=Masthead(
            office=office.name,
            marking=capitalised(office.years.span_word(period)),
            title=title,
            subtitle="Frequency and coverage of visits, access, and people visited",
            notice=period_notice(office, period, as_at),
        ),
        subject=title,
    )


def _section(item: Publication, number: int) -> Section:
    rows = tuple(
        (
            indicator.label,
            published_words(indicator),
            "" if indicator.share is None else indicator.share.text,
            capitalised(indicator.base_words),
        )
        for indicator in item.indicators
    )
    columns = (
        Column("Indicator", "left", 2.6),
        Column("Figure", "right", 1),
        Column("Share", "right", 0.9),
        Column("Of what", "left", 2.8),
    )
    note = (Paragraph(text(item.note), "note"),) if item.note else ()
    return Section(
        f"scheme-{number}",
        item.scheme.label,
        (Table(number, f"Indicators: {item.source}", columns, rows), *note),
        starts_page=number > 1,
    )
