"""The volunteers: the register at both ends, and the texts about them."""

from visitapp.domain.figures import count_text
from visitapp.domain.period import Period, long_date
from visitapp.domain.scheme import Kind
from visitapp.domain.summary import Volunteers
from visitapp.reporting.annual.author import Author
from visitapp.reporting.blocks import (
    ChartBlock,
    Column,
    Heading,
    KeyFigure,
    Opener,
    Paragraph,
    Section,
    Table,
    text,
)
from visitapp.reporting.charts import (
    Strength,
    StrengthSteps,
)
from visitapp.reporting.wording import (
    counted,
    months_of,
    none_or,
    opening_number,
    span_word,
)

VOLUNTEERS = "The volunteers"


def volunteers_section(author: Author) -> Section | None:
    """The register at both ends, with the texts of the year."""
    register = author.summary.volunteers.get(Kind.CUSTODY)
    texts = (
        *author.titled("volunteers"),
        *author.titled("recruitment"),
        *author.titled("recognition"),
    )
    if register is None or not (register.at_start or register.joined or register.at_end):
        return Section("volunteers", VOLUNTEERS, texts) if texts else None
    rail = (
        KeyFigure(
            count_text(register.at_end), f"visitors at the end of the {span_word(author.period)}"
        ),
    )
    lead = author.say("lead.volunteers", VOLUNTEERS, volunteers_sentence(register, author.period))
    table = author.number()
    first, last = author.period.start, author.period.end
    end = months_of(Period(last, last))
    start = months_of(Period(first, first))
    spoken = f"{count_text(register.at_start)} in {start}"
    steps = [Strength(start, register.at_start, spoken=spoken)]
    steps += [Strength("joined", register.joined, "up")] if register.joined else []
    steps += [Strength("left", register.left, "down")] if register.left else []
    spoken = f"{count_text(register.at_end)} in {end}"
    steps.append(Strength(end, register.at_end, spoken=spoken))
    title = author.say("title.volunteers", VOLUNTEERS, _volunteers_title(register, author.period))
    rows = [(f"At {long_date(first)}", count_text(register.at_start))]
    rows.append(("Joined", f"+{count_text(register.joined)}" if register.joined else "none"))
    rows.append(("Left", f"\u2212{count_text(register.left)}" if register.left else "none"))
    return Section(
        "volunteers",
        VOLUNTEERS,
        (
            Opener(rail, (Paragraph(text(lead), "lead"),)),
            *author.strip(),
            Heading(title, wide=True),
            Paragraph(text(f"Custody visitors, {author.dates}"), "subtitle"),
            ChartBlock(StrengthSteps("Visitors", tuple(steps), table)),
            Table(
                table,
                "Strength of the scheme",
                (Column("Change", "left", 4), Column("Visitors")),
                tuple(rows),
                (f"At {long_date(last)}", count_text(register.at_end)),
            ),
            *texts,
        ),
    )


def _volunteers_title(register: Volunteers, period: Period) -> str:
    what = "visitor" if register.at_end == 1 else "visitors"
    return f"{opening_number(register.at_end)} {what} at the end of the {span_word(period)}"


def volunteers_sentence(register: Volunteers, period: Period) -> str:
    """How the register began and ended."""
    return (
        f"The scheme began the {span_word(period)} with {counted(register.at_start, 'visitor')} "
        f"and ended it with {none_or(register.at_end)}; {none_or(register.joined)} joined and "
        f"{none_or(register.left)} left."
    )
