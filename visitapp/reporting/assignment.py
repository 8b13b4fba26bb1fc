"""The page that a visitor gets for one visit: site, week and partner.

It is made only of the words passed in, so there is no day or time to print.
"""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from visitapp.domain.text.wording import long_date
from visitapp.reporting.blocks import Document, Masthead, Paragraph, Section, Terms, text
from visitapp.reporting.pdf.render import render_pdf


@dataclass(frozen=True, slots=True)
class AssignmentWords:
    """What the page says. `span` is a week or a month in words. `two_pairs` are asked for each
    week, of which one may not be needed."""

    office: str
    scheme: str
    visitor: str
    partner: str
    site: str
    span: str
    handed_out: date
    two_pairs: bool = False


_NOT_NEEDED = Paragraph(
    text(
        "Two pairs are asked for each week, so that nobody can see how many visits there are. If "
        "you are not needed, your manager will let you know in that week."
    )
)


def assignment_document(words: AssignmentWords) -> Document:
    """The page as blocks."""
    lead = f"{words.visitor}, you are visiting {words.site} with {words.partner}."
    return Document(
        title=f"A visit for {words.visitor}",
        as_at=words.handed_out,
        office=words.office,
        head_left=words.office,
        head_right=words.scheme,
        masthead=Masthead(
            office=words.office,
            marking=words.scheme,
            title=f"A visit for {words.visitor}",
            subtitle=f"Given to you on {long_date(words.handed_out)}",
        ),
        subject=words.scheme,
        sections=(
            Section(
                "visit",
                "Your visit",
                (
                    Paragraph(text(lead), "lead"),
                    Terms(
                        (
                            ("Site", words.site),
                            ("When", words.span),
                            ("With", words.partner),
                        )
                    ),
                    Paragraph(
                        text(
                            "Only the two of you will be told the day and time. Do not share "
                            "this page."
                        )
                    ),
                    *((_NOT_NEEDED,) if words.two_pairs else ()),
                ),
                in_contents=False,
            ),
        ),
    )


def assignment_pdf(words: AssignmentWords) -> bytes:
    """The page as tagged PDF."""
    pdf = BytesIO()
    render_pdf(assignment_document(words), pdf)
    return pdf.getvalue()
