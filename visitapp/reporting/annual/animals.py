"""The animal welfare scheme: monthly visits to kennels."""

from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import (
    count_text,
    counted,
    number,
    opening_number,
    or_none,
    out_of,
    plural,
    were,
)
from visitapp.domain.year.summary import SchemeFigures, spans_clause
from visitapp.reporting.annual.attempts import attempts_blocks, met_rule
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.days import tint_labels
from visitapp.reporting.annual.issues import issues_sentence
from visitapp.reporting.blocks import (
    Block,
    Column,
    Heading,
    KeyFigure,
    Opener,
    Paragraph,
    Section,
    Table,
    TintKey,
    text,
)
from visitapp.reporting.wording import bracketed, compared, coverage_sentence, met_words

ANIMALS = "Animal welfare visiting"


def animals_section(author: Author, figures: SchemeFigures) -> Section:
    """Visits of the months due, timeslots covered, animals seen."""
    target = figures.target
    due = f", of {count_text(target.expected)} due{figures.by_then}" if target.expected else ""
    rail = [KeyFigure(count_text(figures.visits), f"{_visits(figures.visits)} to kennels{due}")]
    shown = figures.coverage_in_use
    visited, cells = figures.timeslots
    if cells:
        rail.append(KeyFigure(count_text(visited), f"of {count_text(cells)} timeslots visited"))
    lead = author.say("lead.animals", ANIMALS, _lead(author, figures))
    opening = [Paragraph(text(lead), "lead")]
    more, rest = author.opening("animals")
    opening += more
    blocks: list[Block] = [Opener(tuple(rail), tuple(opening)), *author.strip(), *rest]
    most = max((max(max(row) for row in c.counts) for c in shown), default=0)
    for coverage in shown:
        blocks.append(Heading(coverage_sentence(coverage, goes_on=author.goes_on), wide=True))
        blocks.append(author.coverage_table(coverage, author.number()))
        blocks += author.coverage_note(coverage)
    if most:
        blocks.append(TintKey(tint_labels(most)))
    blocks += attempts_blocks(author, figures)
    blocks += _by_site(author, figures)
    if rule := met_rule(figures):
        blocks.append(Paragraph(text(rule.strip()), "note"))
    blocks += _animals(author, figures)
    if figures.visits:
        words = author.say("text.animal_issues", ANIMALS, issues_sentence(figures, author))
        blocks += [Heading("Issues raised"), Paragraph(text(words))]
    blocks += author.titled("animals_seen")
    blocks += author.titled("animals_next")
    return Section("animals", ANIMALS, tuple(blocks))


def _visits(count: int) -> str:
    return plural(count, "visit")


def _lead(author: Author, figures: SchemeFigures) -> str:
    sentences = (
        "Once a month a pair of visitors calls unannounced to see how police dogs are housed, "
        "trained and transported."
    )
    target = figures.target
    if target.expected:
        sentences += f" {monthly_sentence(figures)}; {met_words(target.met, target.due, 'month')}."
    if target.strays and (months := spans_clause(figures)):
        sentences += f" {months}."
    if figures.all_due:
        sentences += f" {figures.all_due}"
    before = author.before(Kind.ANIMAL_WELFARE)
    if before and figures.visits and figures.as_at is None:
        sentences += (
            f" That is {compared(figures.visits, before.visits, 'visit', author.in_year_before)}."
        )
    return sentences


def monthly_sentence(figures: SchemeFigures) -> str:
    """`All 12 monthly visits due were made`, for one or more months due."""
    due, visits, by_then = figures.target.expected, figures.visits, figures.by_then
    if visits == due:
        return plural(
            due,
            f"The one monthly visit due{by_then} was made",
            f"All {due} monthly visits due{by_then} were made",
        )
    if visits > due:
        more = f"{number(visits - due)} more than the {due} due{by_then}"
        return f"{opening_number(visits)} visits were made, {more}"
    of = f"of {counted(due, 'monthly visit')} due{by_then} {were(visits)} made"
    if not visits:
        return f"None {of}"
    return f"{opening_number(visits)} {of}{bracketed(figures.target.visits)}"


def _by_site(author: Author, figures: SchemeFigures) -> list[Block]:
    if not figures.sites:
        return []
    total = figures.target
    rows = tuple(
        (
            site.name,
            or_none(site.target.expected),
            or_none(site.target.done),
            site.target.visits.text if site.target.expected else "no target",
            out_of(site.target.met, site.target.due) if site.target.due else "none due",
        )
        for site in figures.sites
    )
    return [
        Table(
            author.number(),
            "Monthly visits due and made",
            (
                Column("Kennels", "left", 3),
                Column(f"Visits due{figures.by_then}"),
                Column("Visits made"),
                Column("Share of target"),
                Column("Months met of months due", "right", 1.5),
            ),
            rows,
            (
                "All kennels",
                or_none(total.expected),
                or_none(total.done),
                total.visits.text if total.expected else "no target",
                out_of(total.met, total.due) if total.due else "none due",
            )
            if len(rows) > 1
            else (),
        )
    ]


def _animals(author: Author, figures: SchemeFigures) -> list[Block]:
    animals = figures.animals
    if not animals.seen and not animals.by_outcome:
        return []
    sentence = f"Visitors saw {counted(animals.seen, 'dog')}, counted at each visit."
    blocks: list[Block] = [
        Heading("The dogs"),
        Paragraph(text(author.say("text.animals", ANIMALS, sentence))),
    ]
    if animals.by_outcome:
        total = sum(count for _, count in animals.by_outcome)
        blocks.append(
            Table(
                author.number(),
                "Dogs at the kennels, by what was seen of them",
                (Column("Where or why not", "left", 4), Column("Dogs")),
                tuple((label, count_text(count)) for label, count in animals.by_outcome),
                ("All dogs counted", count_text(total)),
            )
        )
    return blocks
