"""What became of the visits attempted, and what was counted at each suite."""

from visitapp.domain.following.refusal import Refusal
from visitapp.domain.text.wording import count_text, long_date
from visitapp.domain.year.summary import CountedFigures, SchemeFigures
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.in_lines import MOST_BESIDE, of_sites
from visitapp.reporting.blocks import Block, Column, Heading, Table


def attempts_blocks(author: Author, figures: SchemeFigures) -> list[Block]:
    """What became of the visits attempted, how they were made, and each refusal of entry; nothing
    if every visit was made in person."""
    attempts = figures.attempts
    endings = (
        ("Made", attempts.completed),
        ("Abandoned", attempts.abandoned),
        ("Refused entry", attempts.refused_entry),
        ("The site was closed", attempts.site_closed),
    )
    total = ("All visits attempted", count_text(attempts.attempted))
    blocks: list[Block] = []
    if attempts.attempted > attempts.completed:
        blocks.append(
            Table(
                author.number(),
                "Visits attempted, by how they ended",
                (Column("How the visit ended", "left", 4), Column("Visits")),
                tuple((ending, count_text(visits)) for ending, visits in endings if visits),
                total,
            )
        )
    if len(attempts.by_mode) > 1:
        blocks.append(
            Table(
                author.number(),
                "Visits attempted, by how they were made",
                (Column("Way of visiting", "left", 4), Column("Visits")),
                tuple((mode, count_text(visits)) for mode, visits in attempts.by_mode),
                total,
            )
        )
    if figures.refusals:
        blocks.append(
            Table(
                author.number(),
                "Visits refused entry",
                (
                    Column("Day", "left", 1.4),
                    Column("Place", "left", 1.6),
                    Column("Reason", "left", 3),
                    Column("What was done about it", "left", 3),
                ),
                tuple(_refusal_row(refusal) for refusal in figures.refusals),
            )
        )
    return blocks


def _refusal_row(refusal: Refusal) -> tuple[str, ...]:
    done = "not recorded yet" if refusal.answer is None else refusal.answer.words
    why = refusal.reason or "not recorded"
    return long_date(refusal.day), refusal.site_name, why, done


def met_rule(figures: SchemeFigures) -> str:
    """Which visits meet the target, if some were not made in person; otherwise empty."""
    if not figures.attempts.remote:
        return ""
    if figures.scheme.remote_counts:
        return " Visits made by telephone or video count too."
    return " Only visits made in person count."


def each_suite(author: Author, figures: SchemeFigures) -> list[Block]:
    """What was counted at each suite; nothing for a scheme with one, or with so few that each has a
    column in the tables of its own subject."""
    shown = [site for site in figures.sites if site.is_counted and site.site_id in figures.by_site]
    if len(shown) < 2 or len(of_sites(figures)) in range(1, MOST_BESIDE + 1):
        return []
    rows = [(site.name, *counted_cells(figures.by_site[site.site_id])) for site in shown]
    return [
        Heading("Each suite"),
        Table(
            author.number(),
            "What was counted at each suite",
            (Column("Suite", "left", 1.6), *counted_columns(figures)),
            tuple(rows),
            ("All suites", *counted_cells(figures)),
        ),
    ]


def counted_columns(figures: SchemeFigures) -> tuple[Column, ...]:
    """The main numbers of a suite, or of several."""
    return (
        Column("Visits made"),
        Column(f"Admitted within {figures.access.immediate_limit} minutes", "right", 1.2),
        Column("People in the cells"),
        Column("Offered a visit"),
        Column("Spoke with visitors"),
        Column("Observed or spoken to", "right", 1.2),
        Column("Issues raised"),
        Column("Hours given"),
    )


def counted_cells(counted: CountedFigures | SchemeFigures) -> tuple[str, ...]:
    """The cells of `counted_columns`."""
    people = counted.people
    return (
        count_text(counted.attempts.completed),
        count_text(counted.access.immediate),
        count_text(people.present),
        count_text(people.offered),
        count_text(people.seen),
        count_text(people.observed_or_spoken),
        count_text(counted.issues.total),
        f"{counted.hours:,.2f}",
    )
