"""A scheme's form on paper, for a day without a laptop: boxes to tick, lines to write on, a table
for detainees or animals, and space for both visitors to sign. What the police must not see is on a
page of its own at the end, so that the other pages can be left at the station."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

from visitapp.domain.report.copies import Audience, is_shown
from visitapp.reporting.blank_form.questions import blocks_of
from visitapp.reporting.blank_form.rows import rows_section, tables
from visitapp.reporting.blank_form.source import BlankForm
from visitapp.reporting.blocks import (
    Block,
    Document,
    EmptyTable,
    Masthead,
    Paragraph,
    Section,
    WriteOn,
    WriteOnRow,
    text,
)

__all__ = ["BlankForm", "blank_form"]


def blank_form(blank: BlankForm) -> Document:
    """The document, dated by the day it was printed."""
    what = "a custody visit" if blank.is_custody else "an animal welfare visit"
    title = f"Report of {what}"
    return Document(
        title=f"{title}, to fill in by hand",
        as_at=blank.today,
        office=blank.office.name,
        head_left=f"{title}, form {blank.form.number}",
        head_right="",
        sections=_numbered([*_open_sections(blank), _signed(blank), _for_manager(blank)]),
        masthead=Masthead(
            office=blank.office.name,
            marking=f"Form {blank.form.number}",
            title=title,
            subtitle="To fill in by hand; type it into visitapp as soon as you can",
        ),
        subject=blank.scheme.name,
    )


def _open_sections(blank: BlankForm) -> Iterator[Section]:
    """The pages that may be left at the station. Rows come where the form has them, or after the
    section for the numbers."""
    form = blank.open_form
    has_place = any(section.of_rows for section in form.sections)
    for section in form.sections:
        if section.of_rows:
            yield rows_section(blank)
            continue
        if blocks := tuple(blocks_of(blank, section.questions)):
            yield Section(section.key, section.title, blocks)
        counts = any(question.key == "counts" for question in section.questions)
        if counts and not has_place:
            yield rows_section(blank)


def _for_manager(blank: BlankForm) -> Section:
    """What the police must not see: on a page that visitors take with them."""
    hidden = [q for q in blank.form.questions() if not is_shown(q, Audience.POLICE)]
    groups = [
        replace(group, questions=own)
        for group in blank.form.row_groups
        if (own := tuple(q for q in group.questions if not is_shown(q, Audience.POLICE)))
    ]
    help_text = (
        f"What you were told or saw, when, and of which {blank.what}: the number of its column, "
        "never a name"
    )
    blocks: list[Block] = [
        Paragraph(text("Take this page with you. It is never left at the station.")),
        *blocks_of(blank, hidden),
        *tables(blank, groups),
        WriteOnRow((WriteOn("Allegations, and signs of reprisals", help_text, lines=8),)),
    ]
    return Section("manager", "For the scheme manager only", tuple(blocks), starts_page=True)


def _signed(blank: BlankForm) -> Section:
    staff = "Custody sergeant" if blank.is_custody else "Dog unit sergeant"
    rows = [
        WriteOnRow(
            (
                WriteOn(first, width=2),
                WriteOn("Signature", width=2),
                WriteOn("Date and time", width=1.2),
            )
        )
        for first in (
            "First visitor: name",
            "Second visitor: name",
            f"{staff}: collar number, never a name",
        )
    ]
    note = "No names of detainees or staff, no dates of birth, no addresses, no offences."
    return Section("signed", "Signed", (*rows, Paragraph(text(note), style="note")))


def _numbered(sections: Sequence[Section]) -> tuple[Section, ...]:
    """Tables are numbered in the order they appear."""
    numbers = count(1)
    return tuple(
        replace(
            section,
            blocks=tuple(
                replace(block, number=next(numbers)) if isinstance(block, EmptyTable) else block
                for block in section.blocks
            ),
        )
        for section in sections
    )
