"""What was counted, in lines: of each site, or of each group of sites."""

from collections.abc import Iterator, Sequence

from visitapp.domain.text.wording import capitalised, count_text
from visitapp.domain.year.attempts import SiteFigures
from visitapp.domain.year.figure_place import ORIGIN, Only, Origin
from visitapp.domain.year.people_figures import NotVisited
from visitapp.domain.year.summary import CountedFigures, GroupFigures, SchemeFigures
from visitapp.reporting.annual.author import Author
from visitapp.reporting.blocks import Column, Table

_PEOPLE = (
    ("present", "In the cells"),
    ("seen", "Spoke with visitors"),
    ("refused", "Refused"),
    ("asleep", "Asleep"),
    ("not_available", "Not available"),
    ("not_offered", "Not offered"),
    ("other", "Other"),
)
_OUTCOMES = {
    "asleep": "Asleep",
    "not_available": "Not available",
    "not_offered": "Not offered",
    "other": "Other",
}
SUITE = "suite"
"""What a line of a custody scheme is about, if not about a group."""
MOST_BESIDE = 3
"""How many lines have room as columns beside each other, next to the whole."""
_FEW = 2
Lines = Sequence[tuple[str, CountedFigures | SchemeFigures]]
"""What was counted, by the name of its line."""


def of_sites(figures: SchemeFigures) -> Lines:
    """A line for each site of which something is known; none where fewer than two were visited."""
    known = [
        (site, figures.by_site[site.site_id])
        for site in figures.sites
        if site.site_id in figures.by_site
    ]
    if sum(counted.attempts.attempted > 0 for _, counted in known) < 2:
        return ()
    return tuple(
        (site.name, counted)
        for site, counted in known
        if counted.attempts.attempted or counted.people.throughput is not None
    )


def sites_alike(
    figures: SchemeFigures, lines: Sequence[GroupFigures]
) -> list[tuple[GroupFigures, SiteFigures]]:
    """Each of several groups with the one site whose figures are also its own; empty if a group has
    others. Such figures are not printed twice."""
    alike = [
        (line, site)
        for line in lines
        for site in figures.sites
        if line.group is not None
        and figures.by_site.get(site.site_id) == line.counted
        and site.target == line.target
    ]
    return alike if 1 < len(alike) == len(lines) else []


def in_lines(
    author: Author,
    caption: str,
    each: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[str, ...]],
    total: tuple[str, ...] = (),
    of_lines: tuple[Only, ...] = (),
) -> Table:
    """A row for each line, whose first cell names it; of few lines a column each, which leaves room
    for another table beside. `each` is what a line is about, such as `panel`; `of_lines` narrow the
    visits behind the figures of each."""
    if len(rows) > _FEW:
        heads = (Column(capitalised(each), "left", 1.8), *columns)
        return Table(author.number(), caption, heads, tuple(rows), total, of_rows=of_lines)
    turned = list(zip(*rows, *([total] if total else []), strict=True))
    narrowed = [Origin(of) for of in of_lines] + [ORIGIN] * (len(turned[0]) - len(of_lines))
    lines = zip(turned[0], narrowed, strict=True)
    heads = (Column("Figure", "left", 2), *(Column(name, origin=of) for name, of in lines))
    named = zip(columns, turned[1:], strict=True)
    body = tuple((column.head, *cells) for column, cells in named)
    return Table(author.number(), caption, heads, body)


def access_table(author: Author, figures: SchemeFigures, each: str, lines: Lines) -> Table:
    """Visits by the wait for access; `each` as in `in_lines`."""
    low, high = figures.access.immediate_limit, figures.access.delay_limit
    heads = {
        "immediate": f"Up to {low} minutes",
        "delay": f"{low + 1} to {high} minutes",
        "long": f"More than {high} minutes",
        "not_admitted": "Not admitted",
        "unknown": "Not known",
        "not_applicable": "By telephone or video",
    }
    always = ("immediate", "delay", "long")
    shown = [part for part in heads if part in always or getattr(figures.access, part)]

    def cells(counted: CountedFigures | SchemeFigures) -> tuple[str, ...]:
        access = counted.access
        return (*(count_text(getattr(access, part)) for part in shown), count_text(access.total))

    return in_lines(
        author,
        f"Visits by time from arrival to admittance, by {each}",
        each,
        (*(Column(heads[part]) for part in shown), Column("Total")),
        [(name, *cells(counted)) for name, counted in lines],
        ("All", *cells(figures)),
        tuple(author.of_site(counted) for _, counted in lines),
    )


def people_tables(
    author: Author, figures: SchemeFigures, each: str, lines: Lines
) -> Iterator[Table]:
    """What happened to those in the cells, and why people were not visited; `each` as in
    `in_lines`."""
    has_throughput = any(counted.people.throughput is not None for _, counted in lines)

    def cells(counted: CountedFigures | SchemeFigures) -> tuple[str, ...]:
        people = counted.people
        held = "not known" if people.throughput is None else count_text(people.throughput)
        parts = (count_text(getattr(people, part)) for part, _ in _PEOPLE)
        return (*parts, *((held,) if has_throughput else ()))

    heads = [head for _, head in _PEOPLE] + ([f"Held in the {author.span}"] * has_throughput)
    yield in_lines(
        author,
        f"People in the cells at the time of a visit, by {each}",
        each,
        [Column(head, "right", 1.2) for head in heads],
        [(name, *cells(counted)) for name, counted in lines],
        ("All", *cells(figures)),
        tuple(author.of_site(counted) for _, counted in lines),
    )
    if not figures.people.why_not_visited:
        return
    make = _reasons_beside if len(lines) <= MOST_BESIDE else _reasons
    yield make(author, figures, each, lines)


def _reasons(author: Author, figures: SchemeFigures, each: str, lines: Lines) -> Table:
    """Why people were not visited: each reason of each line below the others."""
    return Table(
        author.number(),
        f"Reasons for not being offered or seen, by {each}",
        (
            Column(capitalised(each), "left", 2),
            Column("Reason", "left", 2.4),
            Column("Outcome", "left", 1.6),
            Column("People"),
        ),
        tuple(
            (name, reason_words(row), outcome_words(row), count_text(row.number))
            for name, counted in lines
            for row in counted.people.why_not_visited
        ),
        ("All", "", "", count_text(figures.people.not_visited)),
    )


def _reasons_beside(author: Author, figures: SchemeFigures, each: str, lines: Lines) -> Table:
    """The same with a row for each reason and a column for each line, which is shorter."""
    sums = [*(counted.people.not_visited for _, counted in lines), figures.people.not_visited]
    return Table(
        author.number(),
        f"Reasons for not being offered or seen, by {each}",
        (
            Column("Reason", "left", 2.4),
            Column("Outcome", "left", 1.6),
            *(Column(name, origin=Origin(author.of_site(at))) for name, at in lines),
            Column("Total"),
        ),
        tuple(
            (
                reason_words(row),
                outcome_words(row),
                *reasons_of(lines, row),
                count_text(row.number),
            )
            for row in figures.people.why_not_visited
        ),
        ("All who were not visited", "", *map(count_text, sums)),
    )


def reasons_of(lines: Lines, row: NotVisited) -> tuple[str, ...]:
    """How many people were not visited for a reason, of each line."""
    numbers = (
        sum(own.number for own in counted.people.why_not_visited if _same(own, row))
        for _, counted in lines
    )
    return tuple(map(count_text, numbers))


def _same(own: NotVisited, row: NotVisited) -> bool:
    return (own.part, own.reason) == (row.part, row.reason)


def issues_table(author: Author, figures: SchemeFigures, each: str, lines: Lines) -> Table:
    """Issues by when they were put right; `each` as in `in_lines`."""

    def cells(counted: CountedFigures | SchemeFigures) -> tuple[str, ...]:
        issues = counted.issues
        later = issues.total - issues.at_visit - issues.open
        ends = (issues.at_visit, later, issues.open, issues.total, issues.allegations.total)
        return tuple(map(count_text, ends))

    heads = (
        "Put right at the visit", "Put right later", "Still open", "All issues",
        "Allegations among them",
    )  # fmt: skip
    return in_lines(
        author,
        f"Issues raised, by {each}",
        each,
        [Column(head) for head in heads],
        [(name, *cells(counted)) for name, counted in lines],
        ("All", *cells(figures)),
        tuple(author.of_site(counted) for _, counted in lines),
    )


def outcome_words(row: NotVisited) -> str:
    """What became of those who were not visited for a reason."""
    return _OUTCOMES[row.part]


def reason_words(row: NotVisited) -> str:
    """The reason in words."""
    if row.part == "asleep":
        return "Asleep, observed"
    return row.reason or "Reason not recorded"
