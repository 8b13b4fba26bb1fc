"""The monthly page: issues and police action, for the force's inspectors, the body and the team."""

from collections.abc import Iterator
from itertools import count

from visitapp.domain.text.wording import (
    capitalised,
    count_text,
    counted,
    joined,
    none_or,
    opening_number,
    plural,
    were,
)
from visitapp.domain.year.document_kind import DocumentKind, titled
from visitapp.domain.year.monthly_page import MonthlyPage, MonthOfScheme
from visitapp.reporting.blocks import (
    Block,
    Document,
    KeyFigure,
    KeyFigures,
    Masthead,
    Paragraph,
    Section,
    text,
)
from visitapp.reporting.issue_rows import issue_table
from visitapp.reporting.wording import period_notice


def monthly_page(page: MonthlyPage) -> Document:
    """The document."""
    (body, *_) = page.office.bodies_in(page.period)
    table, title = count(1), titled(DocumentKind.MONTHLY, page.office.years, page.period)
    return Document(
        title=title,
        as_at=page.as_at,
        office=page.office.name,
        head_left=title,
        head_right=page.office.area,
        sections=tuple(
            section.of(scheme.figures.scheme.id)
            for at, scheme in enumerate(page.schemes)
            for section in _sections(page, scheme, at, table)
        ),
        masthead=Masthead(
            office=page.office.name,
            marking=capitalised(page.office.years.span_word(page.period)),
            title=title,
            subtitle=f"What visitors raised, and what was done, for {body.short} and the force",
            notice=period_notice(page.office, page.period, page.as_at),
        ),
        subject=title,
    )


def _sections(
    page: MonthlyPage, scheme: MonthOfScheme, at: int, table: Iterator[int]
) -> Iterator[Section]:
    figures, key = scheme.figures, f"scheme-{at}"
    title = figures.scheme.title if len(page.schemes) > 1 else ""
    yield Section(f"{key}-figures", title, (KeyFigures(tuple(_key_figures(scheme))),))
    yield Section(f"{key}-raised", "Raised", tuple(_raised(page, scheme, table)))
    if scheme.before:
        words = issue_table(
            next(table), "Issues that were open before", scheme.before, "Raised", "Police action"
        )
        yield Section(f"{key}-before", "Still open from before, or answered since", (words,))


def _key_figures(scheme: MonthOfScheme) -> Iterator[KeyFigure]:
    figures = scheme.figures
    target, issues = figures.target, figures.issues
    due = f", of {count_text(target.expected)} due" if target.expected else ""
    sites = [
        f"{site.name} {count_text(site.attempts.completed)}"
        for site in figures.sites
        if site.attempts.completed
    ]
    yield KeyFigure(
        count_text(figures.visits), f"{plural(figures.visits, 'visit')} made{due}", joined(sites)
    )
    if figures.issues_known:
        at_visit = f"{none_or(issues.at_visit)} put right at the visit" if issues.total else ""
        yield KeyFigure(
            count_text(issues.total), f"{plural(issues.total, 'issue')} raised", at_visit
        )
    waiting = sum(issue.is_open for issue in (*scheme.raised, *scheme.before))
    earlier = sum(issue.is_open for issue in scheme.before)
    note = f"{count_text(earlier)} from before" if earlier else ""
    yield KeyFigure(count_text(waiting), f"{plural(waiting, 'issue')} open", note)


def _raised(page: MonthlyPage, scheme: MonthOfScheme, table: Iterator[int]) -> Iterator[Block]:
    figures = scheme.figures
    span = page.office.years.span_word(page.period)
    allegations = figures.issues.allegations.total
    if not figures.issues_known:
        yield Paragraph(text("It is not known which issues were raised."))
    elif not figures.issues.total:
        yield Paragraph(text(f"Visitors raised no issue in this {span}."))
    if scheme.raised:
        yield issue_table(
            next(table),
            f"Issues raised in this {span}, and what the police did",
            scheme.raised,
            "Raised",
            "Police action",
        )
    if allegations:
        many = f"{opening_number(allegations)} {plural(allegations, 'allegation')}"
        yield Paragraph(
            text(f"{many} {were(allegations)} passed on at once; allegations are not listed.")
        )
    if scheme.praised:
        praised = counted(scheme.praised, "example")
        also = "also " if scheme.raised else ""
        yield Paragraph(text(f"Visitors {also}recorded {praised} of good practice."))
