"""The animal welfare scheme: visits to kennels and stables, and the animals seen there."""

from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.target import TargetRule
from visitapp.domain.text.wording import (
    capitalised,
    count_text,
    counted,
    number,
    opening_number,
    plural,
    were,
)
from visitapp.domain.year.figure_place import Origin
from visitapp.domain.year.summary import SchemeFigures, spans_clause
from visitapp.domain.year.target_words import (
    is_usual,
    met_words,
    of_those_due,
    opened_words,
    target_clause,
)
from visitapp.reporting.annual.animals_on_strength import (
    injury_blocks,
    strength_tables,
    strength_words,
)
from visitapp.reporting.annual.attempts import attempts_blocks, met_rule
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.days import tint_labels
from visitapp.reporting.annual.in_lines import in_lines, issues_table, of_sites
from visitapp.reporting.annual.issues import issues_sentence
from visitapp.reporting.annual.targets import target_cells, target_columns, total_cells
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
from visitapp.reporting.wording import bracketed, compared, coverage_sentence

ANIMALS = "Animal welfare visiting"


def animals_section(author: Author) -> Section:
    """Visits of the months due, timeslots covered, animals seen."""
    figures = author.scheme(Kind.ANIMAL_WELFARE)
    assert figures is not None
    target = figures.target
    due = f", of {count_text(target.expected)} due{figures.by_then}" if target.expected else ""
    to_places = f"{_visits(figures.visits)} to {figures.animals.places}"
    rail = [
        KeyFigure(
            count_text(figures.visits), f"{to_places}{due}", origin=Origin(counts_visits=True)
        )
    ]
    shown = figures.coverage_in_use
    visited, cells = figures.timeslots
    if cells:
        rail.append(KeyFigure(count_text(visited), f"of {count_text(cells)} timeslots visited"))
    lead = author.say("lead.animals", figures.scheme.title, _lead(author, figures))
    opening = [Paragraph(text(lead), "lead")]
    more, rest = author.opening("animals")
    opening += more
    blocks: list[Block] = [*author.strip(), Opener(tuple(rail), tuple(opening)), *rest]
    most = max((max(max(row) for row in c.counts) for c in shown), default=0)
    if most:
        blocks.append(TintKey(tint_labels(most)))
    for coverage in shown:
        blocks.append(Heading(coverage_sentence(coverage, goes_on=author.goes_on), wide=True))
        blocks.append(author.coverage_table(coverage, author.number()))
        blocks += author.coverage_note(coverage)
    blocks += attempts_blocks(author, figures)
    blocks += _by_site(author, figures)
    if rule := met_rule(figures):
        blocks.append(Paragraph(text(rule.strip()), "note"))
    blocks += _animals(author, figures)
    if figures.visits:
        words = author.say(
            "text.animal_issues", figures.scheme.title, issues_sentence(figures, author)
        )
        blocks += [Heading("Issues raised"), Paragraph(text(words))]
        if figures.issues.total and (lines := of_sites(figures)):
            blocks.append(issues_table(author, figures, "site", lines))
    blocks += author.titled("animals_seen")
    blocks += author.titled("animals_next")
    return Section(author.key("animals"), figures.scheme.title, tuple(blocks))


def _visits(count: int) -> str:
    return plural(count, "visit")


def _lead(author: Author, figures: SchemeFigures) -> str:
    animals = f"police {figures.animals.nouns}"
    how = f"unannounced to see how {animals} are housed, trained and transported"
    sentences = f"Pairs of visitors call {how}: {target_clause(figures)}."
    if len(figures.targets) == 1 and figures.targets[0].rule is TargetRule.OPEN:
        sentences = f"{capitalised(target_clause(figures))} a pair of visitors calls {how}."
    target = figures.target
    if target.expected:
        sentences += f" {monthly_sentence(figures)}; {met_words(figures)}."
    if target.strays and (months := spans_clause(figures)):
        sentences += f" {months}."
    if opened := opened_words(figures):
        sentences += f" {opened}"
    if figures.all_due:
        sentences += f" {figures.all_due}"
    before = author.before(Kind.ANIMAL_WELFARE)
    if before and figures.visits and figures.as_at is None:
        sentences += (
            f" That is {compared(figures.visits, before.visits, 'visit', author.in_year_before)}."
        )
    return sentences


def monthly_sentence(figures: SchemeFigures) -> str:
    """`All 12 monthly visits due were made`, for one or more visits due."""
    due, visits, by_then = figures.target.expected, figures.visits, figures.by_then
    noun = _visit(figures)
    if visits != figures.target.done:
        number_made = f"{opening_number(visits)} {plural(visits, 'visit')} {were(visits)} made"
        return f"{number_made}{of_those_due(figures)}"
    if visits == due:
        return plural(
            due,
            f"The one {noun} due{by_then} was made",
            f"All {due} {noun}s due{by_then} were made",
        )
    if visits > due:
        more = f"{number(visits - due)} more than the {due} due{by_then}"
        return f"{opening_number(visits)} visits were made, {more}"
    of = f"of {counted(due, noun)} due{by_then} {were(visits)} made"
    if not visits:
        return f"None {of}"
    return f"{opening_number(visits)} {of}{bracketed(figures.target.visits)}"


def _visit(figures: SchemeFigures) -> str:
    return "monthly visit" if is_usual(figures) else "visit"


def _by_site(author: Author, figures: SchemeFigures) -> list[Block]:
    if not figures.sites:
        return []
    places = figures.animals.places
    rows = tuple((site.name, *target_cells(figures, site)) for site in figures.sites)
    return [
        in_lines(
            author,
            f"{capitalised(_visit(figures))}s due and made",
            places,
            target_columns(figures),
            rows,
            (f"All {places}", *total_cells(figures)) if len(rows) > 1 else (),
            tuple({"site_ids": (site.site_id,)} for site in figures.sites),
        )
    ]


def _animals(author: Author, figures: SchemeFigures) -> list[Block]:
    animals = figures.animals
    if not animals.seen and not animals.by_outcome and not animals.by_species:
        return []
    sentence = f"Visitors saw {animals.seen_words}, counted at each visit."
    nouns = animals.nouns
    blocks: list[Block] = [
        Heading(f"The {nouns}"),
        Paragraph(text(author.say("text.animals", figures.scheme.title, sentence))),
        *strength_words(author, animals, figures.scheme.title),
    ]
    if animals.by_outcome:
        total = sum(count for _, count in animals.by_outcome)
        blocks.append(
            Table(
                author.number(),
                f"{capitalised(nouns)} at the {animals.places}, by what was seen of them",
                (Column("Where or why not", "left", 4), Column(capitalised(nouns))),
                tuple((label, count_text(count)) for label, count in animals.by_outcome),
                (f"All {nouns} counted", count_text(total)),
            )
        )
    return [
        *blocks,
        *strength_tables(author, animals),
        *injury_blocks(author, animals, figures.scheme.title),
    ]
