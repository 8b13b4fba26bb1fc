"""A briefing for a visit to one site, on one page for the visitors to take along."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import count

from visitapp.domain.following.briefing import Briefing, LateConcern, OpenIssue
from visitapp.domain.moment import Moment
from visitapp.domain.office.scheme import Office
from visitapp.domain.reading.report_lines import day_text
from visitapp.domain.text.wording import counted, joined, long_date, lowered, opening_number, plural
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    Column,
    Document,
    ListItem,
    Masthead,
    Paragraph,
    Run,
    Section,
    Table,
    text,
)
from visitapp.reporting.visit_report.source import ended, named

_LONGEST_WORDS = 220
"""One page has space for so many characters of an issue, or of the force's answer."""


def briefing_sheet(briefing: Briefing, office: Office, most: int) -> Document:
    """The document with at most `most` issues, concerns and animals; the rest are only counted."""
    title = f"Before you visit {briefing.site.name}"
    return Document(
        title=title,
        as_at=briefing.today,
        office=office.name,
        head_left=title,
        head_right="",
        sections=_numbered(tuple(_sections(briefing, most))),
        masthead=Masthead(
            office=office.name,
            marking="For visitors only. Do not leave this at the station.",
            title=title,
            subtitle=f"As of {day_text(Moment.at(briefing.today, 0))}",
            notice=f"{office.made_up_note}." if office.made_up_note else "",
        ),
        subject=f"Briefing, {briefing.scheme.name}",
    )


def _sections(briefing: Briefing, most: int) -> Iterator[Section]:
    if briefing.handover_sentence:
        yield Section("handover", "", (Paragraph(text(briefing.handover_sentence)),))
    yield _open(briefing, most)
    if briefing.answered:
        table = _issues(
            "Answered in the last 60 days", briefing.answered[:most], briefing.answered_number
        )
        yield Section(
            "answered", "The force says these are fixed. Check they still are.", tuple(table)
        )
    yield _concerns(briefing, most)
    if briefing.written:
        yield _unchecked(briefing)
    if briefing.animals is not None:
        yield _animals(briefing, most)


def _numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    numbers = count(1)
    return tuple(
        replace(
            section,
            blocks=tuple(
                replace(block, number=next(numbers)) if isinstance(block, Table) else block
                for block in section.blocks
            ),
        )
        for section in sections
    )


def _open(briefing: Briefing, most: int) -> Section:
    many = briefing.open_number
    if not many:
        return Section("open", "No issue is open", ())
    verb = plural(many, "issue is", "issues are")
    table = _issues("Open issues, oldest first", briefing.open_issues[:most], many)
    return Section("open", f"{opening_number(many)} {verb} open", tuple(table))


def _issues(caption: str, issues: Sequence[OpenIssue], many: int) -> Iterator[Block]:
    columns = (
        Column("What visitors raised", "left", 3.2),
        Column("Raised on", "left", 1.35),
        Column("What the force said", "left", 2.6),
    )
    rows = tuple(
        (
            f"{issue.category}: {_short(issue.words)}",
            long_date(issue.raised_on),
            _short(issue.answer) or "No answer yet",
        )
        for issue in issues
    )
    yield Table(0, caption, columns, rows)
    yield from _rest(many - len(issues), "issue")


def _short(words: str) -> str:
    if len(words) <= _LONGEST_WORDS:
        return ended(words)
    return f"{words[:_LONGEST_WORDS].rsplit(' ', 1)[0].rstrip(',;.')}\u2026"


def _rest(number: int, noun: str) -> Iterator[Block]:
    if number > 0:
        yield Paragraph(text(f"And {counted(number, f'more {noun}')}. See visitapp."), style="note")


def _concerns(briefing: Briefing, most: int) -> Section:
    if not briefing.written:
        return Section("concerns", "No reports yet. Check everything", ())
    if not briefing.concerns:
        return Section("concerns", "No concerns at the last visits", ())
    items = tuple(ListItem(_concern(concern)) for concern in briefing.concerns[:most])
    blocks = (BulletList(items), *_rest(len(briefing.concerns) - most, "concern"))
    return Section("concerns", "Concerns at the last visits", blocks)


def _concern(concern: LateConcern) -> tuple[Run, ...]:
    name = f"{concern.about}, {lowered(concern.ask)}" if concern.about else concern.ask
    times = f", at {concern.times} of the last three visits" if concern.times > 1 else ""
    words = f": {_short(concern.words)}" if concern.words else "."
    return Run(name, bold=True), Run(f", {long_date(concern.on)}{times}{words}")


def _unchecked(briefing: Briefing) -> Section:
    if not briefing.unchecked:
        return Section("unchecked", "Everything was checked recently", ())
    points = counted(len(briefing.unchecked), "point")
    title = f"Not checked recently: {points}"
    paragraphs = tuple(
        Paragraph(named(_since(day), f"{'; '.join(lowered(ask) for ask in asks)}."))
        for day, asks in briefing.unchecked_groups
    )
    return Section("unchecked", title, paragraphs)


def _since(day: date | None) -> str:
    return "Never" if day is None else f"Not since {long_date(day)}"


def _animals(briefing: Briefing, most: int) -> Section:
    coverage = briefing.animals
    assert coverage is not None
    blocks: list[Block] = [Paragraph(text(coverage.sentence))]
    if unseen := coverage.unseen:
        named_ones = [f"{s.animal.name} ({coverage.about(s)})" for s in unseen[: 3 * most]]
        blocks.append(Paragraph(named("To look for", f"{joined(named_ones)}.")))
        blocks += _rest(len(unseen) - 3 * most, "animal")
    return Section("animals", "Animals not seen in the last six months", tuple(blocks))
