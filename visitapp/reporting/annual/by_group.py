"""The figures of each group of sites: each panel, region or operator."""

from collections.abc import Iterator, Sequence

from visitapp.domain.office.group import GroupKind
from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import capitalised, count_text, joined, or_none, out_of
from visitapp.domain.year.attempts import Target
from visitapp.domain.year.group_target import group_target_sentence
from visitapp.domain.year.summary import (
    CountedFigures,
    GroupFigures,
    SchemeFigures,
    by_kind,
)
from visitapp.reporting.annual.attempts import counted_cells, counted_columns
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.in_lines import (
    Lines,
    access_table,
    in_lines,
    issues_table,
    people_tables,
    sites_alike,
)
from visitapp.reporting.annual.targets import met_heading
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    Column,
    Heading,
    ListItem,
    Opener,
    Paragraph,
    Section,
    Table,
    text,
)


def groups_section(author: Author) -> Section | None:
    """Everything that was counted, by group; None if no scheme has groups."""
    suites, animals = author.scheme(Kind.CUSTODY), author.animals()
    schemes = [figures for figures in ([suites] if suites else []) + animals if figures.by_group]
    kinds = {line.kind for figures in schemes for line in figures.by_group}
    if not kinds:
        return None
    named = [f"{kind}s" for kind in GroupKind if kind in kinds]
    title = capitalised(joined(named))
    lead = (
        "Each line is about the sites that belonged to it, on the days on which they did. With "
        "those that belonged to none, the lines of a table are the whole scheme."
    )
    blocks: list[Block] = []
    for figures in schemes:
        for kind, lines in by_kind(figures.by_group).items():
            if sites_alike(figures, lines):
                continue
            places = ""
            if figures in animals:
                of_places = f" of {figures.animals.places}"
                places = of_places if len(animals) == 1 else f": {figures.scheme.name}"
            blocks.append(Heading(f"Each {kind}{places}", wide=True))
            blocks += _of_kind(author, figures, kind, lines)
    if not blocks:
        return None
    opening = Paragraph(text(author.say("lead.groups", title, lead)), "lead")
    return Section("groups", title, (*author.strip(), Opener((), (opening,)), *blocks))


def _of_kind(
    author: Author, figures: SchemeFigures, kind: GroupKind, lines: Sequence[GroupFigures]
) -> Iterator[Block]:
    is_custody = figures.scheme.kind is Kind.CUSTODY
    counted = [(line.name, line.counted) for line in lines]
    yield _due(author, figures, kind, lines)
    yield from _due_as_a_whole(figures, kind)
    if is_custody:
        yield _counted(author, figures, kind, counted)
        yield access_table(author, figures, kind.value, counted)
        yield from people_tables(author, figures, kind.value, counted)
    else:
        yield _animals(author, figures, kind, counted)
    yield issues_table(author, figures, kind.value, counted)


def _due(
    author: Author, figures: SchemeFigures, kind: GroupKind, lines: Sequence[GroupFigures]
) -> Table:
    own = [item.group for item in figures.group_targets]
    return in_lines(
        author,
        f"Visits due and made, by {kind}",
        kind.value,
        (
            Column(f"Visits due{figures.by_then}"),
            Column("Visits made"),
            Column("Share of target"),
            Column(met_heading(figures), "right", 1.5),
        ),
        [
            (line.name, *_target_cells(line.target, "as a whole" if line.group in own else ""))
            for line in lines
        ],
        ("All", *_target_cells(figures.target)),
    )


def _due_as_a_whole(figures: SchemeFigures, kind: GroupKind) -> Iterator[Block]:
    own = [item for item in figures.group_targets if item.group.kind is kind]
    if own:
        words = (
            f"The table adds up the targets of each site. A {kind} may also have a target as a "
            "whole, which visits to any of its sites meet:"
        )
        yield Paragraph(text(words))
        sentences = (group_target_sentence(item, figures.by_then) for item in own)
        yield BulletList(tuple(ListItem(text(sentence)) for sentence in sentences))


def _target_cells(target: Target, instead: str = "") -> tuple[str, ...]:
    """`instead` stands where nothing is due at the sites themselves."""
    return (
        or_none(target.expected),
        or_none(target.done),
        target.visits.text if target.expected else instead or "no target",
        out_of(target.met, target.due) if target.due else instead or "none due",
    )


def _counted(author: Author, figures: SchemeFigures, kind: GroupKind, lines: Lines) -> Table:
    return in_lines(
        author,
        f"What was counted, by {kind}",
        kind.value,
        counted_columns(figures),
        [(name, *counted_cells(counted)) for name, counted in lines],
        ("All", *counted_cells(figures)),
    )


def _animals(author: Author, figures: SchemeFigures, kind: GroupKind, lines: Lines) -> Table:
    def cells(counted: CountedFigures | SchemeFigures) -> tuple[str, ...]:
        return (
            count_text(counted.attempts.completed),
            count_text(counted.animals.seen),
            f"{counted.hours:,.2f}",
        )

    nouns = capitalised(figures.animals.nouns)
    heads = ("Visits made", f"{nouns} seen", "Hours given")
    return in_lines(
        author,
        f"What was counted, by {kind}",
        kind.value,
        [Column(head) for head in heads],
        [(name, *cells(counted)) for name, counted in lines],
        ("All", *cells(figures)),
    )
