"""The people in custody: who was in the cells, who was offered a visit, and who spoke to
visitors."""

from collections.abc import Sequence

from visitapp.domain.figures import listed_shares, shares_within
from visitapp.domain.text.wording import (
    capitalised,
    count_text,
    counted,
    joined,
    number,
    opening_number,
    plural,
    portion_of,
    were,
)
from visitapp.domain.year.attempts import Labelled
from visitapp.domain.year.figure_place import Origin
from visitapp.domain.year.people_figures import PeopleFigures
from visitapp.domain.year.summary import SchemeFigures
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.in_lines import (
    MOST_BESIDE,
    SUITE,
    Lines,
    of_sites,
    outcome_words,
    people_tables,
    reason_words,
    reasons_of,
)
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
    Cascade,
    CascadeStep,
)
from visitapp.reporting.wording import bracketed, grouped_small

PEOPLE = "The people in custody"

_PARTS = {
    "asleep": ("Asleep, observed", "Asleep: observed through the hatch, not woken"),
    "not_available": (
        "Not available",
        "Not available: in interview, at hospital or out of the cell",
    ),
    "not_offered": ("Not offered, on advice", "Not offered, on the custody officer\u2019s advice"),
    "other": ("Not seen for another reason", "Not seen for another reason"),
}
_GROUPS = {"gender": "gender", "age_group": "age", "ethnicity": "ethnicity"}


def people_section(author: Author, figures: SchemeFigures) -> Section:
    """Who was in the cells, whom visitors offered to speak with, and who accepted."""
    people = figures.people
    known = figures.people_known
    rail = (KeyFigure(count_text(people.seen), "people spoke with visitors"),) if known else ()
    lead = _people_lead(people, author.span, known=known)
    lead = author.say("lead.people", PEOPLE, lead)
    blocks: list[Block] = [*author.strip(), Opener(rail, (Paragraph(text(lead), "lead"),))]
    if people.present:
        lines = of_sites(figures)
        beside = lines if len(lines) <= MOST_BESIDE else ()
        blocks += _funnel(author, people, beside)
        blocks += _reasons(author, people, beside)
        if lines and not beside:
            blocks += people_tables(author, figures, SUITE, lines)
        blocks += _demographics(author, people)
    blocks += author.titled("people")
    return Section("people", PEOPLE, tuple(blocks))


def _people_lead(people: PeopleFigures, span: str, *, known: bool) -> str:
    opening = ""
    if people.throughput:
        detained = plural(people.throughput, "person was", "people were")
        opening = f"{opening_number(people.throughput)} {detained} detained in the {span}. "
    if not known:
        return f"{opening}How many people were in the cells when visitors called is not known."
    if not people.present:
        return f"{opening}No one was counted in the cells when visitors called."
    noun = "" if opening else f" {plural(people.present, 'person', 'people')}"
    opening += (
        f"{opening_number(people.present)}{noun} {were(people.present)} in the cells when visitors "
        "called; "
    )
    if not people.offered:
        return f"{opening}none was offered a visit."
    share = bracketed(people.shares["offered"]) if people.offered < people.present else ""
    return (
        f"{opening}visitors offered to speak with {number(people.offered)} of them{share}, and "
        f"{_accepted(people, ' of those offered')}."
    )


def _accepted(people: PeopleFigures, base: str = "") -> str:
    """`365 (90%) accepted`, `all accepted`, `none accepted`."""
    if people.seen in (0, people.offered):
        return f"{'all' if people.seen else 'none'} accepted"
    share = bracketed(people.accepted_share, base.strip())
    return f"{number(people.seen)}{share} accepted"


def offered_sentence(people: PeopleFigures) -> str:
    """The sentence for the year at a glance, if anybody was offered a visit."""
    if people.offered == 1:
        done = "accepted" if people.seen else "refused"
        return f"The one person offered a visit {done}."
    return f"Of {count_text(people.offered)} people offered a visit, {_accepted(people)}."


def _funnel(author: Author, people: PeopleFigures, beside: Lines) -> list[Block]:
    shares = people.shares
    table = author.number()
    drops = [key for key in _PARTS if getattr(people, key)]
    steps = [CascadeStep("In the cells", people.present, "100%", True)]
    steps += [
        CascadeStep(_PARTS[key][0], getattr(people, key), shares[key].text, False) for key in drops
    ]
    steps.append(CascadeStep("Offered a visit", people.offered, shares["offered"].text, True))
    if people.offered:
        refused = f"{shares['refused'].text} of those offered" if people.refused else ""
        if people.refused:
            steps.append(CascadeStep("Refused", people.refused, refused, False))
        steps.append(
            CascadeStep(
                "Spoke with visitors", people.seen, f"{shares['seen'].text} of those offered", True
            )
        )
    note = "People are counted at each visit: someone held across two visits counts twice" + (
        f", so {count_text(people.present)} is not a share of the "
        f"{count_text(people.throughput)} detained in the {author.span}."
        if people.throughput
        else "."
    )
    if people.asleep:
        both = people.observed_or_spoken
        note += (
            f" In all, {counted(both, 'person', 'people')} {were(both)} observed or spoken to: "
            f"{count_text(people.seen)} spoke with visitors and {count_text(people.asleep)} "
            f"{were(people.asleep)} observed asleep."
        )
    note += _each_suite(author, beside)
    if people.uncounted_visits:
        note += f" {opening_number(people.uncounted_visits)} of the visits gave no count."
    return [
        Heading(author.say("title.people", PEOPLE, _people_title(people)), wide=True),
        Paragraph(text(f"People in the cells at the time of a visit, {author.dates}"), "subtitle"),
        ChartBlock(Cascade("People", tuple(steps), table)),
        _funnel_table(author, table, people, drops, beside),
        Paragraph(text(note), "note"),
    ]


def _each_suite(author: Author, lines: Lines) -> str:
    """How many were offered a visit, observed or spoken to, and held at each suite, which the
    columns of the table don't say."""
    parts = []
    for name, counted_at in lines:
        people = counted_at.people
        both = people.observed_or_spoken
        numbers = [
            f"{number(people.offered)} {were(people.offered)} offered a visit",
            f"{number(both)} {were(both)} observed or spoken to",
        ]
        if people.throughput is not None:
            held = number(people.throughput)
            numbers.append(f"{held} {were(people.throughput)} detained in the {author.span}")
        parts.append(f"at {name} {joined(numbers)}")
    return f" {capitalised('; '.join(parts))}." if parts else ""


def _funnel_table(
    author: Author, table: int, people: PeopleFigures, drops: Sequence[str], beside: Lines
) -> Table:
    # The table lists five parts of those in the cells. "Offered" is shown as its two halves, whose
    # percentages add up to the one listed for it.
    keys = [*drops, "seen", "refused"]
    counts = [getattr(people, key) for key in keys]
    shares = people.shares
    in_cells = {key: shares[key] for key in drops}
    halves = shares_within(shares["offered"], (people.seen, people.refused))
    in_cells |= dict(zip(("seen", "refused"), halves, strict=True))
    labels = {key: _PARTS[key][1] for key in drops} | {
        "seen": "Offered a visit, and spoke with visitors",
        "refused": "Offered a visit, and refused",
    }
    rows = tuple(
        (
            labels[key],
            count_text(count),
            in_cells[key].text,
            shares[key].text if key in ("seen", "refused") and people.offered else "",
            *_at_each(beside, key),
        )
        for key, count in zip(keys, counts, strict=True)
    )
    return Table(
        table,
        "What happened, and to how many",
        (
            Column("Outcome", "left", 3.6),
            Column("People", "right", 0.9),
            Column("Share of those in the cells", "right", 1.3),
            Column("Share of those offered", "right", 1.2),
            *(Column(name, origin=Origin(author.of_site(at))) for name, at in beside),
        ),
        rows,
        (
            "In the cells at the time of a visit",
            count_text(people.present),
            "100%",
            "",
            *_at_each(beside, "present"),
        ),
    )


def _at_each(lines: Lines, part: str) -> tuple[str, ...]:
    return tuple(count_text(getattr(counted.people, part)) for _, counted in lines)


def _people_title(people: PeopleFigures) -> str:
    return f"{portion_of(people.seen, people.present, 'in the cells')} spoke with visitors"


def _reasons(author: Author, people: PeopleFigures, beside: Lines) -> list[Block]:
    if not any(people.reasons.values()):
        return []
    rows = people.why_not_visited
    whole = counted(people.not_visited, "person", "people")
    return [
        Table(
            author.number(),
            "Reasons for not being offered or seen",
            (
                Column("Reason", "left", 3),
                Column("Outcome", "left", 1.6),
                Column("People"),
                Column("Share"),
                *(Column(name, origin=Origin(author.of_site(at))) for name, at in beside),
            ),
            tuple(
                (
                    reason_words(row),
                    outcome_words(row),
                    count_text(row.number),
                    row.share.text,
                    *reasons_of(beside, row),
                )
                for row in rows
            ),
            (
                "All who were not visited",
                "",
                count_text(people.not_visited),
                "100%",
                *_at_each(beside, "not_visited"),
            ),
        ),
        Paragraph(
            text(
                f"Shares are of the {whole} in the cells who neither spoke with visitors nor "
                "refused a visit; each is rounded by itself."
            ),
            "note",
        ),
    ]


def _demographics(author: Author, people: PeopleFigures) -> list[Block]:
    blocks: list[Block] = []
    for key, name in _GROUPS.items():
        cells: Labelled = people.seen_by.get(key, ())
        if not cells:
            continue
        shown, grouped = grouped_small(cells)
        if grouped and len(shown) == 1:
            note = f"Too few people spoke with visitors for their {name} to be shown."
            blocks.append(Paragraph(text(note), "note"))
            continue
        shares = listed_shares([count for _, count in shown])
        total = sum(count for _, count in shown)
        blocks.append(
            Table(
                author.number(),
                f"People who spoke with visitors and whose {name} was recorded",
                (Column(capitalised(name), "left", 4), Column("People"), Column("Share")),
                tuple(
                    (label, count_text(count), share.text)
                    for (label, count), share in zip(shown, shares, strict=True)
                ),
                ("All recorded", count_text(total), "100%"),
            )
        )
        if grouped:
            note = (
                "Groups of fewer than 5 people are shown together, so that no one can be "
                "identified."
            )
            blocks.append(Paragraph(text(note), "note"))
    return blocks
