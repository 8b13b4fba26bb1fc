"""The page that a visitor gets: all their visits of some weeks, each with site, week and partner.

It is made only of the words passed in, so there is no day or time to print.
"""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from visitapp.domain.text.wording import long_date, number_of, plural
from visitapp.reporting.blocks import (
    Block,
    Column,
    Document,
    Masthead,
    Paragraph,
    Section,
    Table,
    Terms,
    text,
)
from visitapp.reporting.pdf.render import render_pdf


@dataclass(frozen=True, slots=True)
class AssignmentWords:
    """One visit. `span` is a week or a month in words. `two_pairs` are asked for each week, of
    which one may not be needed."""

    scheme: str
    site: str
    span: str
    partner: str
    two_pairs: bool = False


@dataclass(frozen=True, slots=True)
class VisitorPage:
    """What the page of a visitor says, visit by visit in the order of their weeks."""

    office: str
    visitor: str
    visits: tuple[AssignmentWords, ...]
    handed_out: date

    @property
    def title(self) -> str:
        """`A visit for Anne Example`, `Visits for Anne Example`."""
        return f"{plural(len(self.visits), 'A visit', 'Visits')} for {self.visitor}"


_NOT_NEEDED = Paragraph(
    text(
        "Two pairs are asked for each week, so that nobody can see how many visits there are. If "
        "you are not needed, your manager will let you know in that week."
    )
)


def page_blocks(page: VisitorPage, table_number: int = 1) -> tuple[Block, ...]:
    """What the page says: one visit as a list of terms, several as a table."""
    if len(page.visits) == 1:
        (visit,) = page.visits
        lead = f"{page.visitor}, you are visiting {visit.site} with {visit.partner}."
        what: Block = Terms((("Site", visit.site), ("When", visit.span), ("With", visit.partner)))
    else:
        lead = f"{page.visitor}, you have {number_of(len(page.visits), 'visit')} to make."
        columns = tuple(Column(head, "left") for head in ("When", "Site", "With"))
        rows = tuple((visit.span, visit.site, visit.partner) for visit in page.visits)
        what = Table(table_number, f"Visits of {page.visitor}", columns, rows)
    alone = "Only the two of you will be told the day and time. Do not share this page."
    pair_may_rest = any(visit.two_pairs for visit in page.visits)
    return (
        Paragraph(text(lead), "lead"),
        what,
        Paragraph(text(alone)),
        *((_NOT_NEEDED,) if pair_may_rest else ()),
    )


def assignment_document(page: VisitorPage) -> Document:
    """The page as blocks."""
    schemes = tuple(dict.fromkeys(visit.scheme for visit in page.visits))
    marking = schemes[0] if len(schemes) == 1 else ""
    return Document(
        title=page.title,
        as_at=page.handed_out,
        office=page.office,
        head_left=page.office,
        head_right=marking,
        masthead=Masthead(
            office=page.office,
            marking=marking,
            title=page.title,
            subtitle=f"Given to you on {long_date(page.handed_out)}",
        ),
        subject=", ".join(schemes),
        sections=(Section("visits", "", page_blocks(page), in_contents=False),),
    )


def assignment_pdf(page: VisitorPage) -> bytes:
    """The page as tagged PDF."""
    pdf = BytesIO()
    render_pdf(assignment_document(page), pdf)
    return pdf.getvalue()
