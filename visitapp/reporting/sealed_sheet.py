"""The sheet that one visitor gets with the days and times of their visits, in a sealed file.

It is the only document with planned moments, made only of the words passed in, and never written
without a seal.
"""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from visitapp.domain.text.wording import joined, long_date
from visitapp.reporting.blocks import Column, Document, Masthead, Paragraph, Section, Table, text
from visitapp.reporting.pdf.render import render_pdf
from visitapp.reporting.pdf.sealing import Seal

_COLUMNS = tuple(Column(head, "left") for head in ("Day", "Time", "Site", "With"))


@dataclass(frozen=True, slots=True)
class SealedSheet:
    """What it says: for each visit day, time, site and partner, all in words. Visits to sites
    `week_by_week` are on the sheet only in their own week."""

    office: str
    visitor: str
    visits: tuple[tuple[str, str, str, str], ...]
    handed_out: date
    week_by_week: tuple[str, ...] = ()


def sealed_pdf(sheet: SealedSheet, seal: Seal) -> bytes:
    """The sheet as tagged PDF that opens with the passphrase of the seal."""
    title = f"Days and times for {sheet.visitor}"
    paragraphs = [
        "Only you and the other visitor know this. Do not print it where others can read it, and "
        "destroy it after the last visit."
    ]
    if sheet.week_by_week:
        sites = joined(sheet.week_by_week)
        paragraphs.append(
            f"For {sites} this sheet has only the week in which you were given it: two pairs are "
            "asked for each week, and you hear in that week whether you are needed."
        )
    document = Document(
        title=title,
        as_at=sheet.handed_out,
        office=sheet.office,
        head_left=sheet.office,
        head_right="",
        masthead=Masthead(
            office=sheet.office,
            marking="For you alone",
            title=title,
            subtitle=f"Given to you on {long_date(sheet.handed_out)}",
        ),
        subject="Visits",
        sections=(
            Section(
                "visits",
                "",
                (
                    Table(1, f"Visits of {sheet.visitor}", _COLUMNS, sheet.visits),
                    *(Paragraph(text(words)) for words in paragraphs),
                ),
                in_contents=False,
            ),
        ),
    )
    pdf = BytesIO()
    render_pdf(document, pdf, seal=seal)
    return pdf.getvalue()
