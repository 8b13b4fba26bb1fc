"""The evidence pack for accreditation: coverage, training, meetings, and what was followed up."""

from collections.abc import Iterator

from visitapp.domain.office.meeting import Meeting
from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import (
    count_text,
    counted,
    dates,
    long_date,
    none_or,
    opening_number,
    or_none,
    out_of,
    plural,
    were,
)
from visitapp.domain.year.below_minimum import reached_words
from visitapp.domain.year.document_kind import DocumentKind, titled
from visitapp.domain.year.evidence import CourseTaken, EvidencePack
from visitapp.domain.year.figure_place import MEETINGS, PEOPLE, Origin
from visitapp.domain.year.listed_issue import IssueList
from visitapp.domain.year.summary import SchemeFigures
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.listed_issues import listed_blocks
from visitapp.reporting.annual.targets import (
    spans_note,
    target_cells,
    target_columns,
    without_target,
)
from visitapp.reporting.blocks import (
    Block,
    Column,
    Document,
    KeyFigure,
    KeyFigures,
    Masthead,
    Paragraph,
    Section,
    Table,
    text,
)
from visitapp.reporting.wording import period_notice, visited_so_far

_ENOUGH = 4
"""Of fewer answers it says nothing how long half of them took."""


def evidence_pack(pack: EvidencePack) -> Document:
    """The document."""
    office, period = pack.summary.office, pack.summary.period
    title = titled(DocumentKind.EVIDENCE, office.years, period)
    author = Author(pack.summary, pack.as_at)
    sections = [
        section.of(figures.scheme.id)
        for of_scheme in author.of_each()
        for figures in of_scheme.summary.schemes.values()
        for section in _scheme(of_scheme, figures.judged())
    ]
    return Document(
        title=title,
        as_at=pack.as_at,
        office=office.name,
        head_left=title,
        head_right=office.area,
        sections=(
            *sections,
            Section(
                "training",
                "Volunteers and training",
                tuple(_training(author, pack)),
                origin=Origin(records=PEOPLE),
            ),
            Section(
                "meetings",
                _meetings_title(pack),
                tuple(_meetings(author, pack)),
                origin=Origin(records=MEETINGS),
            ),
        ),
        masthead=Masthead(
            office=office.name,
            marking="Quality assurance",
            title=title,
            subtitle="Visits and coverage, follow-up, training and meetings; nobody is named",
            notice=period_notice(office, period, pack.as_at),
        ),
        subject=title,
    )


# visits, coverage and follow-up


def _scheme(author: Author, figures: SchemeFigures) -> Iterator[Section]:
    if not figures.sites and not figures.visits:
        return
    key = figures.scheme.id.hex
    yield Section(
        f"{key}-visits",
        figures.scheme.title,
        (KeyFigures(tuple(_key_figures(figures))), *_sites(author, figures)),
    )
    yield Section(f"{key}-days", "Days and times covered", tuple(_coverage(author, figures)))
    yield Section(f"{key}-issues", "What was followed up", tuple(_follow_up(author, figures)))


def _key_figures(figures: SchemeFigures) -> Iterator[KeyFigure]:
    target = figures.target
    visited, cells = figures.timeslots
    yield KeyFigure(
        target.visits.text if target.expected else count_text(figures.visits),
        "of the visits due were made" if target.expected else "visits made",
        f"{out_of(target.done, target.expected)} visits" if target.expected else "",
    )
    if cells:
        yield KeyFigure(count_text(visited), f"of {count_text(cells)} timeslots visited")
    access = figures.access
    if figures.scheme.kind is Kind.CUSTODY and access.face_to_face:
        yield KeyFigure(
            access.immediate_share.text,
            f"admitted within {access.immediate_limit} minutes",
            f"{out_of(access.immediate, access.face_to_face)} visits",
        )


def _sites(author: Author, figures: SchemeFigures) -> Iterator[Block]:
    covered = {coverage.site_id: coverage for coverage in figures.coverage}
    rows = []
    for site in figures.sites:
        slots, coverage = "none", covered.get(site.site_id)
        if coverage is not None and coverage.cells_due:
            slots = out_of(coverage.cells_visited, coverage.cells_due)
        rows.append((site.name, *target_cells(figures, site), slots))
    heads = (
        Column("Site", "left", 2.2),
        *target_columns(figures),
        Column("Timeslots visited", "right", 1.4),
    )
    caption = f"Visits and coverage by site, {author.dates}"
    of_rows = tuple({"site_ids": (site.site_id,)} for site in figures.sites)
    yield Table(author.number(), caption, heads, tuple(rows), of_rows=of_rows)
    notes = f"{spans_note(figures)}{without_target(figures)}".strip()
    if notes:
        yield Paragraph(text(notes), "note")


def _coverage(author: Author, figures: SchemeFigures) -> Iterator[Block]:
    """Grids of all sites once their year is over: before that they would show where visitors have
    to go next."""
    if author.years.year_of(author.period.end).end > author.as_at:
        yield Paragraph(text(f"{visited_so_far(*figures.timeslots)}."))
        return
    for coverage in figures.coverage_in_use:
        yield author.coverage_table(coverage, author.number())
        yield from author.coverage_note(coverage)


def _follow_up(author: Author, figures: SchemeFigures) -> Iterator[Block]:
    issues = figures.issues
    if not figures.issues_known:
        yield Paragraph(text("It is not known which issues were raised."))
        return
    if not issues.total:
        yield Paragraph(text(f"No issue was raised in the {author.span}."))
        return
    raised = counted(issues.total, "issue")
    sentence = (
        f"Visitors raised {raised}: {none_or(issues.at_visit)} {were(issues.at_visit)} put "
        f"right during the visit, and {none_or(issues.open)} {were(issues.open)} open "
        f"{author.at_end}."
    )
    listed = author.summary.issues.get(figures.scheme.kind, IssueList())
    days = sorted(issue.days for issue in listed.issues if issue.days is not None)
    if listed.issues:
        answered = out_of(len(days), len(listed.issues))
        sentence += f" The force answered {answered} issues listed below."
    if len(days) >= _ENOUGH:
        middle = days[(len(days) - 1) // 2]
        sentence += f" Half of its answers came within {counted(middle, 'day')}."
    yield Paragraph(text(sentence))
    yield from listed_blocks(author, figures)


# people and meetings


def _training(author: Author, pack: EvidencePack) -> Iterator[Block]:
    number = pack.volunteers
    volunteers = f"{opening_number(number)} {plural(number, 'volunteer')}"
    yield Paragraph(text(f"{volunteers} served on {long_date(pack.as_at)}."))
    if pack.of_minimum:
        yield Paragraph(
            text(
                f"{reached_words(pack.of_minimum)} who served for all of the twelve months to that "
                "day made the visits, and came to the meetings, that their schemes ask for."
            )
        )
    if pack.held:
        yield Table(
            author.number(),
            f"What volunteers hold in date on {long_date(pack.as_at)}",
            (Column("Held", "left", 2), Column("Volunteers"), Column("Of", "right", 0.6)),
            tuple(
                (item.title, or_none(item.in_date), count_text(pack.volunteers))
                for item in pack.held
            ),
        )
    if not pack.courses:
        yield Paragraph(text(f"No training is recorded {author.years.within(author.period)}."))
        return
    yield Table(
        author.number(),
        f"Training log, {author.dates}",
        (
            Column("Training", "left", 2.4),
            Column("When", "left", 2),
            Column("Took it"),
            Column("In date at the end", "right", 1.2),
        ),
        tuple(map(_course, pack.courses)),
    )


def _course(course: CourseTaken) -> tuple[str, ...]:
    if course.first_on is None or course.last_on is None:
        when = "fewer than five people" if course.taken else "earlier"
    elif course.first_on == course.last_on:
        when = long_date(course.first_on)
    else:
        when = dates(course.first_on, course.last_on)
    return course.title, when, or_none(course.taken), or_none(course.in_date)


def _meetings_title(pack: EvidencePack) -> str:
    number = len(pack.meetings)
    if not number:
        return "Meetings"
    return f"{opening_number(number)} {plural(number, 'meeting')} {were(number)} held"


def _meetings(author: Author, pack: EvidencePack) -> Iterator[Block]:
    if not pack.meetings:
        yield Paragraph(text(f"No meeting is recorded {author.years.within(author.period)}."))
        return
    yield Table(
        author.number(),
        f"Meeting log, {author.dates}",
        (
            Column("Meeting", "left", 2.6),
            Column("How", "left", 1.6),
            Column("Volunteers present"),
            Column("Actions"),
            Column("Done", "right", 0.7),
        ),
        tuple(map(_meeting, pack.meetings)),
    )


def _meeting(meeting: Meeting) -> tuple[str, ...]:
    done = sum(action.done_on is not None for action in meeting.actions)
    return (
        meeting.title,
        meeting.mode.label,
        or_none(len(meeting.present)),
        or_none(len(meeting.actions)),
        or_none(done) if meeting.actions else "none",
    )
