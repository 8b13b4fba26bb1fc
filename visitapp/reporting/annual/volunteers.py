"""The volunteers: the register at the start and the end, and the texts about them."""

from visitapp.domain.figures import single_share
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import months_of
from visitapp.domain.text.wording import (
    capitalised,
    count_text,
    counted,
    long_date,
    none_or,
    opening_number,
    out_of,
    plural,
)
from visitapp.domain.year.figure_place import PEOPLE, Origin
from visitapp.domain.year.register import Volunteers
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.profile import profile_blocks
from visitapp.reporting.blocks import (
    Block,
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
    StrengthStage,
    StrengthSteps,
)
from visitapp.reporting.wording import NOT_KNOWN, bracketed

VOLUNTEERS = "The volunteers"
_ORIGIN = Origin(records=PEOPLE)


def volunteers_section(author: Author) -> Section | None:
    """The register at the start and the end, with the texts of the year."""
    register = author.register(Kind.CUSTODY)
    texts = (
        *author.titled("volunteers"),
        *author.titled("recruitment"),
        *author.titled("recognition"),
    )
    if register is None or not (
        register.at_start or register.joined or register.at_end or register.unknown_later
    ):
        return Section("volunteers", VOLUNTEERS, texts) if texts else None
    if not register.is_end_known:
        lead = author.say("lead.volunteers", VOLUNTEERS, volunteers_sentence(register, author))
        opening = Opener((), (Paragraph(text(lead), "lead"),))
        blocks = (*author.strip(), opening, *texts)
        return Section("volunteers", VOLUNTEERS, blocks, origin=_ORIGIN)
    rail = (
        KeyFigure(
            count_text(register.at_end),
            f"{plural(register.at_end, 'visitor')} {author.at_end}",
        ),
    )
    lead = author.say("lead.volunteers", VOLUNTEERS, volunteers_sentence(register, author))
    title = author.say("title.volunteers", VOLUNTEERS, _volunteers_title(register, author))
    leads = [Paragraph(text(lead), "lead")]
    if register.is_service_known:
        served = author.say("service.volunteers", VOLUNTEERS, _service_sentence(register))
        leads.append(Paragraph(text(served)))
    return Section(
        "volunteers",
        VOLUNTEERS,
        (
            *author.strip(),
            Opener(rail, tuple(leads)),
            Heading(title, wide=True),
            Paragraph(text(f"Custody visitors, {author.dates}"), "subtitle"),
            *_strength(author, register),
            *_panels(author, register),
            *texts,
            *profile_blocks(author),
        ),
        origin=_ORIGIN,
    )


def _strength(author: Author, register: Volunteers) -> list[Block]:
    """The chart and the table; the chart only if all its figures are known."""
    table = author.number()
    first, last = author.period.start, min(author.as_at, author.period.end)
    known = register.is_start_known
    end = months_of(Period(last, last))
    start = months_of(Period(first, first))
    spoken = f"{count_text(register.at_start)} in {start}"
    steps = [StrengthStage(start, register.at_start, spoken=spoken)]
    steps += [StrengthStage("joined", register.joined, "up")] if register.joined else []
    steps += [StrengthStage("left", register.left, "down")] if register.left else []
    spoken = f"{count_text(register.at_end)} in {end}"
    steps.append(StrengthStage(end, register.at_end, spoken=spoken))
    joined = f"+{count_text(register.joined)}" if register.joined else "none"
    rows = (
        (f"At {long_date(first)}", count_text(register.at_start) if known else NOT_KNOWN),
        ("Joined", joined if known else NOT_KNOWN),
        ("Left", f"\u2212{count_text(register.left)}" if register.left else "none"),
    )
    blocks: list[Block] = []
    if known:
        blocks.append(ChartBlock(StrengthSteps("Visitors", tuple(steps), table)))
    blocks.append(
        Table(
            table,
            "Strength of the scheme",
            (Column("Change", "left", 4), Column("Visitors")),
            rows,
            (f"At {long_date(last)}", count_text(register.at_end)),
        )
    )
    return blocks


def _panels(author: Author, register: Volunteers) -> list[Block]:
    """The register of each panel, if there are panels and the start is known."""
    lines = register.by_panel
    if not lines or not register.is_start_known:
        return []
    moves = any(line.moved for line in lines)
    first, last = author.period.start, min(author.as_at, author.period.end)

    def cells(start: int, joined: int, left: int, moved: int, end: int) -> tuple[str, ...]:
        sign = "+" if moved > 0 else "\u2212" if moved else ""
        net = (f"{sign}{count_text(abs(moved))}",) if moves else ()
        return (count_text(start), count_text(joined), count_text(left), *net, count_text(end))

    return [
        Table(
            author.number(),
            "Visitors by panel",
            (
                Column("Panel", "left", 2.4),
                Column(f"At {long_date(first)}"),
                Column("Joined"),
                Column("Left"),
                *((Column("Moved between panels"),) if moves else ()),
                Column(f"At {long_date(last)}"),
            ),
            tuple(
                (line.name, *cells(line.at_start, line.joined, line.left, line.moved, line.at_end))
                for line in lines
            ),
            ("All", *cells(register.at_start, register.joined, register.left, 0, register.at_end)),
        )
    ]


def _volunteers_title(register: Volunteers, author: Author) -> str:
    noun = plural(register.at_end, "visitor")
    return f"{opening_number(register.at_end)} {noun} {author.at_end}"


def _service_sentence(register: Volunteers) -> str:
    """How many of those at the end have served for long, with their share."""
    of_all = out_of(register.long_serving, register.at_end, "visitor")
    if not register.long_serving:
        return f"None of the {counted(register.at_end, 'visitor')} has served more than five years."
    share = bracketed(single_share(register.long_serving, register.at_end))
    verb = plural(register.long_serving, "has", "have")
    return f"{capitalised(of_all)}{share} {verb} served more than five years."


def volunteers_sentence(register: Volunteers, author: Author) -> str:
    """How many there were at the start and the end, as far as it is known."""
    span = author.span
    if not author.has_begun:
        return f"The scheme had {counted(register.at_start, 'visitor')} {author.at_end}."
    if not register.is_end_known:
        return f"How many visitors the scheme had in this {span} is not known."
    if not register.is_start_known:
        left = f"{capitalised(none_or(register.left))} left. " if register.left else ""
        ended = f"ended the {span} with {counted(register.at_end, 'visitor')}"
        if author.goes_on:
            ended = f"had {counted(register.at_end, 'visitor')} {author.at_end}"
        return (
            f"The scheme {ended}. {left}"
            "How many there were at its beginning, and how many joined, is not known."
        )
    return (
        f"The scheme began the {span} with {counted(register.at_start, 'visitor')} "
        f"and {_ended(register, author)}; {none_or(register.joined)} joined and "
        f"{none_or(register.left)} left."
    )


def _ended(register: Volunteers, author: Author) -> str:
    number = none_or(register.at_end)
    return f"had {number} {author.at_end}" if author.goes_on else f"ended it with {number}"
