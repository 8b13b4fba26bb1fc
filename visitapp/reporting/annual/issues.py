"""Issues raised and answered: by category and quarter, and what was put right."""

from visitapp.domain.figures import single_share
from visitapp.domain.text.wording import (
    count_text,
    counted,
    lowered,
    number,
    opening_number,
    plural,
    portion_were,
    were,
)
from visitapp.domain.year.figure_place import Origin
from visitapp.domain.year.summary import CategoryFigures, SchemeFigures
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.in_lines import SUITE, issues_table, of_sites
from visitapp.reporting.annual.listed_issues import listed_blocks
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
    CategoryBars,
    StackedBar,
)
from visitapp.reporting.wording import bracketed

ISSUES = "Issues raised and answered"
_ENDS = (
    Column("Raised"), Column("Put right at once", "right", 1.3), Column("Later"),
    Column("Still open"),
)  # fmt: skip


def issues_section(author: Author, figures: SchemeFigures) -> Section:
    """Concerns by category and quarter, and how they were answered."""
    issues = figures.issues
    rail = []
    if issues.total:
        of = counted(issues.total, "issue")
        rail.append(KeyFigure(count_text(issues.at_visit), f"of {of} put right during the visit"))
    lead = (
        "Anything a detainee raises or visitors notice is recorded, reported to the custody "
        "sergeant at once, and followed up until it is closed."
    )
    opening = [Paragraph(text(author.say("lead.issues", ISSUES, lead)), "lead")]
    blocks: list[Block] = [*author.strip(), Opener(tuple(rail), tuple(opening))]
    if issues.total:
        blocks += issue_blocks(author, figures, "title.issues")
        blocks += _matter_blocks(author, figures)
        blocks += _severity_blocks(author, figures)
        if lines := of_sites(figures):
            blocks.append(issues_table(author, figures, SUITE, lines))
        blocks += _good_practice(author, figures)
        before = author.before(figures.scheme.kind)
        if len(figures.issues.by_month) > 1:
            blocks.append(
                author.month_table(
                    "Issues by quarter and month of the visit",
                    issues.by_month,
                    before.issues.by_month if before and before.issues_known else (),
                    "Issues",
                )
            )
        if issues.unknown_visits:
            blocks.append(Paragraph(text(_unknown_visits(issues.unknown_visits)), "note"))
    elif issues.unknown_visits:
        blocks.append(Paragraph(text(issues_sentence(figures, author))))
    else:
        blocks.append(Paragraph(text(f"No issue was raised in this {author.span}.")))
    if not issues.total:
        blocks += _good_practice(author, figures)
    blocks += listed_blocks(author, figures)
    blocks += author.titled("issues")
    blocks += author.titled("response")
    return Section("issues", ISSUES, tuple(blocks))


def _good_practice(author: Author, figures: SchemeFigures) -> list[Block]:
    if not figures.issues.positive:
        return []
    return [
        Table(
            author.number(),
            "Good practice noted",
            (Column("What was noted", "left", 4), Column("Times")),
            tuple((label, count_text(count)) for label, count in figures.issues.positive),
        )
    ]


def issue_blocks(author: Author, figures: SchemeFigures, key: str) -> list[Block]:
    """Title, chart and table of the concerns of one scheme."""
    issues = figures.issues
    table = author.number()
    categories = sorted(issues.by_category, key=lambda c: -c.total)
    bars = tuple(StackedBar(c.label, (c.at_visit, c.later, c.open)) for c in categories)
    parts = ("during the visit", "later", "still open")
    later = sum(c.later for c in categories)
    return [
        Heading(author.say(key, ISSUES, _issues_title(figures)), wide=True),
        Paragraph(
            text(f"Issues by category and by when they were put right, {author.dates}"), "subtitle"
        ),
        ChartBlock(
            CategoryBars("Issues", parts, bars, table),
            tuple(Origin({"categories": (c.code,)}) for c in categories for _ in parts),
        ),
        Table(
            table,
            "Issues by category",
            (
                Column("Category", "left", 2.6),
                *_ENDS,
            ),
            tuple((category.label, *_ends(category)) for category in categories),
            (
                "All issues",
                *(count_text(n) for n in (issues.total, issues.at_visit, later, issues.open)),
            ),
            of_rows=(
                *({"categories": (category.code,)} for category in categories),
                {"categories": tuple(category.code for category in categories)},
            ),
        ),
    ]


def _matter_blocks(author: Author, figures: SchemeFigures) -> list[Block]:
    """Welfare and conditions, with allegations apart."""
    matters = figures.issues.by_matter
    if not matters:
        return []
    sums = [sum(numbers) for numbers in zip(*map(_numbers, matters), strict=True)]
    return [
        Table(
            author.number(),
            "Issues of welfare and of conditions",
            (Column("What it is about", "left", 2.6), *_ENDS),
            tuple((each.label, *_ends(each)) for each in matters),
            ("All issues", *(count_text(number) for number in sums)),
        )
    ]


def _severity_blocks(author: Author, figures: SchemeFigures) -> list[Block]:
    """How serious the issues were, with allegations apart, and who raised them."""
    issues = figures.issues
    blocks: list[Block] = []
    if issues.less_serious:
        allegations = issues.allegations.total
        rows = [(each.label, *_ends(each)) for each in issues.less_serious]
        sums = [sum(numbers) for numbers in zip(*map(_numbers, issues.less_serious), strict=True)]
        total = "All but allegations" if allegations else "All issues"
        blocks.append(
            Table(
                author.number(),
                "Issues by severity",
                (Column("Severity", "left", 2.6), *_ENDS),
                tuple(rows),
                (total, *(count_text(n) for n in sums)),
            )
        )
    if issues.allegations.total:
        blocks.append(Paragraph(text(_allegations(author, figures))))
    if issues.by_origin:
        blocks.append(
            Table(
                author.number(),
                "Who raised the issues",
                (Column("Raised by", "left", 4), Column("Issues")),
                tuple((label, count_text(count)) for label, count in issues.by_origin),
                ("All issues", count_text(issues.total)),
            )
        )
    return blocks


def _numbers(each: CategoryFigures) -> tuple[int, int, int, int]:
    return each.total, each.at_visit, each.later, each.open


def _ends(each: CategoryFigures) -> tuple[str, ...]:
    return tuple(count_text(number) for number in _numbers(each))


def _allegations(author: Author, figures: SchemeFigures) -> str:
    allegations = figures.issues.allegations
    raised = f"{opening_number(allegations.total)} {plural(allegations.total, 'allegation')}"
    sentence = (
        f"{raised} of ill-treatment, or about safeguarding, {were(allegations.total)} raised. "
        "An allegation is passed on at once."
    )
    if allegations.open:
        still = opening_number(allegations.open)
        sentence += f" {still} {were(allegations.open)} open {author.at_end}."
    return sentence


def _issues_title(figures: SchemeFigures) -> str:
    issues = figures.issues
    top = max(c.total for c in issues.by_category)
    first = [c.label for c in issues.by_category if c.total == top]
    title = f"{first[0]} was raised most often" if len(first) == 1 else ""
    done = f"{portion_were(issues.at_visit, issues.total, 'issue')} put right during the visit"
    return f"{title}; {lowered(done)}" if title else done


def issues_sentence(figures: SchemeFigures, author: Author) -> str:
    """The sentence for the year at a glance."""
    issues = figures.issues
    if not figures.issues_known:
        return "How many issues were raised is not known."
    unknown = f" {_unknown_visits(issues.unknown_visits)}" if issues.unknown_visits else ""
    if not issues.total:
        return f"No issue was {'recorded' if unknown else 'raised'}.{unknown}"
    top = max(c.total for c in issues.by_category)
    first = [c.label for c in issues.by_category if c.total == top]
    verb = plural(issues.total, "issue was", "issues were")
    raised = f"{opening_number(issues.total)} {verb} raised"
    share = single_share(issues.at_visit, issues.total)
    done = f"{number(issues.at_visit)}{bracketed(share)}" if issues.at_visit else "none"
    sentence = f"{raised}; {done} {were(issues.at_visit)} put right during the visit"
    if issues.open:
        sentence += f", {number(issues.open)} {were(issues.open)} open {author.at_end}"
    if len(first) == 1 and len(issues.by_category) > 1:
        sentence += f". The category raised most often was {lowered(first[0])}"
    return f"{sentence}.{unknown}"


def _unknown_visits(visits: int) -> str:
    return f"Whether issues were raised at {counted(visits, 'other visit')} is not known."
