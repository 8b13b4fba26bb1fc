"""Days and times covered: a tinted grid for each suite, and its gaps in words."""

from visitapp.domain.text.wording import plural
from visitapp.domain.year.summary import SchemeFigures
from visitapp.reporting.annual.author import Author
from visitapp.reporting.blocks import (
    Block,
    Heading,
    Paragraph,
    Section,
    TintKey,
    text,
)
from visitapp.reporting.wording import (
    coverage_sentence,
)

DAYS = "Days and times covered"


def days_section(author: Author, figures: SchemeFigures) -> Section:
    """A tinted grid for each suite, and its gaps in words."""
    shown = figures.coverage_in_use
    slots = sorted({coverage.cells for coverage in shown})
    how_many = f"{slots[0]} " if len(slots) == 1 else ""
    each = f" is divided into {how_many}timeslots"
    lead = (
        f"Visits must not become predictable, so each suite’s week{each} and visitors aim to "
        "cover all of them. An outlined 0 marks a timeslot that had no visit."
    )
    words = author.say("lead.coverage", DAYS, lead)
    blocks: list[Block] = [*author.strip(), Paragraph(text(words), wide=True)]
    most = max((max(max(row) for row in c.counts) for c in shown), default=0)
    if most:
        blocks.append(TintKey(tint_labels(most)))
    for coverage in shown:
        blocks.append(Heading(coverage_sentence(coverage, goes_on=author.goes_on), wide=True))
        blocks.append(author.coverage_table(coverage, author.number()))
        blocks += author.coverage_note(coverage)
    blocks.extend(author.titled("coverage"))
    return Section("days", DAYS, tuple(blocks))


def tint_labels(most: int) -> tuple[str, ...]:
    """Labels of the steps of the scale up to the highest count shown."""
    labels = ["no visit", *(str(step) for step in range(1, min(most, 4) + 1))]
    if most >= 5:
        labels.append("5 or more visits")
    else:
        labels[-1] += f" {plural(most, 'visit')}"
    return tuple(labels)
