"""Access to the suites: how long visitors waited, and why."""

from visitapp.domain.report.visit_codes import AccessBand
from visitapp.domain.text.wording import (
    capitalised,
    count_text,
    counted,
    number,
    out_of,
    plural,
    portion_were,
)
from visitapp.domain.year.figure_place import Origin
from visitapp.domain.year.summary import SchemeFigures
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.in_lines import MOST_BESIDE, SUITE, Lines, access_table, of_sites
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
from visitapp.reporting.charts import BarPart, DividedBar
from visitapp.reporting.wording import bracketed

ACCESS = "Access to the suites"
_BANDS = (AccessBand.IMMEDIATE, AccessBand.DELAY, AccessBand.LONG, AccessBand.NOT_ADMITTED)
_PARTS = ("immediate", "delay", "long", "not_admitted")


def access_section(author: Author, figures: SchemeFigures) -> Section:
    """How long visitors waited, and why."""
    access = figures.access
    immediate, middle, long, refused = access.shares
    low, high = access.immediate_limit, access.delay_limit
    face = access.face_to_face
    rail = []
    if face:
        rail.append(
            KeyFigure(access.immediate_share.text, f"of visits were admitted within {low} minutes")
        )
    lead = (
        "Visitors must be admitted at once. Every visit records the time from arriving at the "
        f"police station to being let in to the suite. Waits of more than {low} minutes do not "
        "count as immediate, and the reason is recorded."
    )
    lead = author.say("lead.access", ACCESS, lead)
    blocks: list[Block] = [*author.strip(), Opener(tuple(rail), (Paragraph(text(lead), "lead"),))]
    if not face:
        none = f"No visit was made face to face in this {author.span}."
        blocks.append(Paragraph(text(_not_known(access.unknown) if access.unknown else none)))
        return Section("access", ACCESS, tuple(blocks))
    lines = of_sites(figures)
    whole = not (access.unknown or access.not_applicable)
    beside = lines if whole and len(lines) <= MOST_BESIDE else ()
    table = author.number()
    parts = [
        (access.immediate, immediate, f"up to {low} minutes", f"Up to {low} minutes (immediate)"),
        (access.delay, middle, f"{low + 1} to {high} minutes", f"{low + 1} to {high} minutes"),
        (access.long, long, f"more than {high} minutes", f"More than {high} minutes"),
    ]
    bars = [
        BarPart(visits, wait, f"{count_text(visits)} with a wait of {wait}")
        for visits, _, wait, _ in parts
    ]
    if access.not_admitted:
        parts.append((access.not_admitted, refused, "not admitted", "Not admitted"))
        spoken = f"{count_text(access.not_admitted)} not admitted"
        bars.append(BarPart(access.not_admitted, "not admitted", spoken))
    title = author.say("title.access", ACCESS, _access_title(figures))
    blocks += [
        Heading(title, wide=True),
        Paragraph(text(f"Visits by time from arrival to admittance, {author.dates}"), "subtitle"),
        ChartBlock(
            DividedBar("Visits", tuple(bars), table),
            tuple(Origin({"waits": (b,)}, counts_visits=True) for b in _BANDS[: len(parts)]),
        ),
        Table(
            table,
            "Visits by time from arrival to admittance",
            (
                Column("Wait", "left", 3),
                Column("Visits", origin=Origin(counts_visits=True)),
                Column("Share"),
                *(
                    Column(name, origin=Origin(author.of_site(counted_at), counts_visits=True))
                    for name, counted_at in beside
                ),
            ),
            tuple(
                (label, count_text(n), share.text, *_at_each(beside, part))
                for part, (n, share, _, label) in zip(_PARTS, parts, strict=False)
            ),
            (_all_words(figures), count_text(face), "100%", *_at_each(beside, "face_to_face")),
            of_rows=(*({"waits": (band,)} for band in _BANDS[: len(parts)]), {"waits": _BANDS}),
        ),
    ]
    if access.unknown:
        blocks.append(Paragraph(text(_not_known(access.unknown)), "note"))
    if access.not_applicable:
        calls = counted(access.not_applicable, "visit")
        blocks.append(
            Paragraph(text(f"{capitalised(calls)} by telephone or video not counted here."), "note")
        )
    blocks += _delay_reasons(author, figures)
    if lines and not beside:
        blocks.append(access_table(author, figures, SUITE, lines))
    blocks += author.titled("access")
    return Section("access", ACCESS, tuple(blocks))


def _at_each(lines: Lines, part: str) -> tuple[str, ...]:
    return tuple(count_text(getattr(counted.access, part)) for _, counted in lines)


def _all_words(figures: SchemeFigures) -> str:
    """The whole of the percentages in words."""
    known = " whose wait is known" if figures.access.unknown else ""
    return f"All visits {figures.attempts.verb} face to face{known}"


def _not_known(visits: int) -> str:
    visits_made = counted(visits, "visit")
    return (
        f"{capitalised(visits_made)} made face to face {plural(visits, 'does', 'do')} not say when "
        "visitors were let in; how long they waited is not known."
    )


def _access_title(figures: SchemeFigures) -> str:
    access = figures.access
    low, high = access.immediate_limit, access.delay_limit
    were_admitted = portion_were(access.immediate, access.face_to_face, "visit")
    title = f"{were_admitted} admitted within {low} minutes"
    if access.long:
        title += f"; {number(access.long)} waited more than {high}"
    return title


def _delay_reasons(author: Author, figures: SchemeFigures) -> list[Block]:
    reasons, codes = figures.access.reasons, figures.access.reason_codes
    if not reasons:
        return []
    waited = {"waits": (AccessBand.DELAY, AccessBand.LONG)}
    return [
        Table(
            author.number(),
            "Reasons recorded for a wait",
            (Column("Reason", "left", 4), Column("Visits", origin=Origin(counts_visits=True))),
            tuple((label, count_text(count)) for label, count in reasons),
            ("All reasons recorded", count_text(sum(count for _, count in reasons))),
            of_rows=tuple(
                waited | {"delay_reasons": each} for each in (*((code,) for code in codes), codes)
            ),
        )
    ]


def access_sentence(figures: SchemeFigures) -> str:
    """The sentence for the year at a glance."""
    access = figures.access
    immediate, face = access.immediate, access.face_to_face
    if immediate in (0, face):
        of = plural(face, "the one visit", f"all {count_text(face)} visits")
        if not immediate:
            of = f"none of {counted(face, 'visit')}"
    else:
        of = f"{out_of(immediate, face, 'visit', begin=number)}{bracketed(access.immediate_share)}"
    return f"Visitors were admitted within {access.immediate_limit} minutes on {of}."
