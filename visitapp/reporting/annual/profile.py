"""Who the volunteers are, beside the population of the area: as charts, and a table below them."""

from visitapp.domain.text.wording import count_text, joined
from visitapp.domain.year.small_numbers import SMALL
from visitapp.domain.year.volunteer_profile import NOT_KNOWN, ProfileFigures
from visitapp.reporting.annual.author import Author
from visitapp.reporting.blocks import (
    Block,
    ChartBlock,
    Column,
    Heading,
    Paragraph,
    Table,
    text,
)
from visitapp.reporting.charts import BesideBars, SharesBeside

_VISITORS, _AREA = "Visitors", "Population"


def profile_blocks(author: Author) -> list[Block]:
    """A chart and its table; nothing where nothing may be published."""
    profile = author.summary.profile
    if profile is None or not profile.shown:
        return []
    shown, table = profile.shown, author.number()
    is_beside = any(figures.source for figures in shown)
    compared = ", and the population of the area" if is_beside else ""
    blocks: list[Block] = [Heading(f"Who the visitors are{compared}", wide=True)]
    blocks.append(ChartBlock(_chart(shown, table)))
    caption = f"Custody visitors {author.at_end}"
    blocks.append(_table(shown, table, caption, is_beside=is_beside))
    if note := _note(shown):
        blocks.append(Paragraph(text(note), "note"))
    return blocks


def _chart(shown: tuple[ProfileFigures, ...], table: int) -> SharesBeside:
    groups = (
        BesideBars(figures.label, group.label, group.share, group.area_share)
        for figures in shown
        for group in figures.groups
    )
    return SharesBeside("Shares of visitors", (_VISITORS, _AREA), tuple(groups), table)


def _table(
    shown: tuple[ProfileFigures, ...], number: int, caption: str, *, is_beside: bool
) -> Table:
    rows: list[tuple[str, ...]] = []
    for figures in shown:
        for group in figures.groups:
            area = "\u2013" if group.area_share is None else group.area_share.text
            name = f"{figures.label}: {group.label}"
            cells = (name, count_text(group.number), group.share.text)
            rows.append((*cells, area) if is_beside else cells)
    columns = [Column("Group", "left", 3.4), Column(_VISITORS), Column("Share")]
    if is_beside:
        columns.append(Column(_AREA, "right", 1.4))
    return Table(number, caption, tuple(columns), tuple(rows))


def _note(shown: tuple[ProfileFigures, ...]) -> str:
    sentences = []
    if any(figures.has_others for figures in shown):
        sentences.append(f"Groups under {SMALL}, and any that would show them, are in all others.")
    if any(group.label == NOT_KNOWN for figures in shown for group in figures.groups):
        sentences.append("Visitors could leave each question open.")
    if sources := list(dict.fromkeys(figures.source for figures in shown if figures.source)):
        sentences.append(f"{_AREA} of the area: {joined(sources)}.")
    return " ".join(sentences)
