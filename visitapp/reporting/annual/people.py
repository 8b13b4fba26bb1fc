"""The people in custody, the issues they raised, and the volunteers."""

from collections.abc import Sequence
from decimal import Decimal

from visitapp.domain.figures import Share, count_text, listed_shares, single_share
from visitapp.domain.period import Period, long_date
from visitapp.domain.scheme import Kind
from visitapp.domain.summary import Labelled, PeopleFigures, SchemeFigures, Volunteers
from visitapp.reporting.annual.author import Author
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
    CategoryBars,
    StackedBar,
    Step,
    Strength,
    StrengthSteps,
)
from visitapp.reporting.wording import (
    bracketed,
    counted,
    grouped_small,
    lowered,
    months_of,
    number,
    opening_number,
    portion,
    portion_were,
    were,
)

PEOPLE, ISSUES, VOLUNTEERS = (
    "The people in custody",
    "Issues raised and answered",
    "The volunteers",
)

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
    rail = (KeyFigure(count_text(people.seen), "people spoke with visitors"),)
    lead = author.say("lead.people", PEOPLE, _people_lead(people))
    blocks: list[Block] = [Opener(rail, (Paragraph(text(lead), "lead"),)), *author.strip()]
    if people.present:
        blocks += _funnel(author, people)
        blocks += _reasons(author, people)
        blocks += _demographics(author, people)
    blocks += author.titled("people")
    return Section("people", PEOPLE, tuple(blocks))


def _people_lead(people: PeopleFigures) -> str:
    said = ""
    if people.throughput is not None:
        said = f"{opening_number(people.throughput)} people were detained in the period. "
    if not people.present:
        return f"{said}No one was counted in the cells when visitors called."
    if not people.offered:
        return (
            f"{said}{opening_number(people.present)} {were(people.present)} in the cells when "
            "visitors called; none was offered a visit."
        )
    accepted = "none" if not people.seen else count_text(people.seen)
    return (
        f"{said}{opening_number(people.present)} {were(people.present)} in the cells when visitors "
        f"called; visitors offered to speak with {count_text(people.offered)} of them, and "
        f"{accepted}{bracketed(people.shares['seen'], 'of those offered')} accepted."
    )


def _funnel(author: Author, people: PeopleFigures) -> list[Block]:
    shares = people.shares
    table = author.number()
    drops = [key for key in _PARTS if getattr(people, key)]
    steps = [Step("In the cells", people.present, "100%", True)]
    steps += [Step(_PARTS[key][0], getattr(people, key), shares[key].text, False) for key in drops]
    steps.append(Step("Offered a visit", people.offered, shares["offered"].text, True))
    if people.offered:
        refused = f"{shares['refused'].text} of those offered" if people.refused else ""
        if people.refused:
            steps.append(Step("Refused", people.refused, refused, False))
        steps.append(
            Step(
                "Spoke with visitors", people.seen, f"{shares['seen'].text} of those offered", True
            )
        )
    note = "People are counted at each visit: someone held across two visits counts twice" + (
        f", so {count_text(people.present)} is not a share of the "
        f"{count_text(people.throughput)} detained in the period."
        if people.throughput is not None
        else "."
    )
    if people.uncounted_visits:
        note += f" {opening_number(people.uncounted_visits)} of the visits gave no count."
    return [
        Heading(author.say("title.people", PEOPLE, _people_title(people)), wide=True),
        Paragraph(text(f"People in the cells at the time of a visit, {author.dates}"), "subtitle"),
        ChartBlock(Cascade("People", tuple(steps), table)),
        _funnel_table(table, people, drops),
        Paragraph(text(note), "note"),
    ]


def _funnel_table(table: int, people: PeopleFigures, drops: Sequence[str]) -> Table:
    # The five listed parts of those in the cells: "offered" is its two halves, which keep
    # the values they have under those offered.
    keys = [*drops, "seen", "refused"]
    counts = [getattr(people, key) for key in keys]
    shares = people.shares
    in_cells = {key: shares[key] for key in drops}
    in_cells |= dict(zip(("seen", "refused"), _halves(people, shares["offered"]), strict=True))
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
        ),
        rows,
        ("In the cells at the time of a visit", count_text(people.present), "100%", ""),
    )


def _halves(people: PeopleFigures, offered: Share) -> tuple[Share, Share]:
    """Shares of those in the cells of the two halves of the offered, adding to its share."""
    if offered.percent is None or not people.offered:
        return Share(people.seen, people.present, None), Share(people.refused, people.present, None)
    unit = Decimal("0.1") if offered.percent % 1 else Decimal(1)
    exact = Decimal(people.refused) * 100 / Decimal(people.present)
    refused = min(exact.quantize(unit), offered.percent)
    return (
        Share(people.seen, people.present, offered.percent - refused),
        Share(people.refused, people.present, refused),
    )


def _people_title(people: PeopleFigures) -> str:
    share = portion(people.seen, people.present)
    if share == "None":
        return "None of those in the cells spoke with visitors"
    of = share if " of " in share else f"{share} of those in the cells"
    return f"{of} spoke with visitors" if share != "All" else "All in the cells spoke with visitors"


def _reasons(author: Author, people: PeopleFigures) -> list[Block]:
    rows = []
    names = {"not_offered": "Not offered", "not_available": "Not available", "other": "Other"}
    for part, name in names.items():
        rows += [(name, label, count) for label, count in people.reasons.get(part, ())]
    if not rows:
        return []
    return [
        Table(
            author.number(),
            "Reasons recorded for not being offered or seen",
            (Column("Reason", "left", 3), Column("Outcome", "left", 1.6), Column("People")),
            tuple((label, name, count_text(count)) for name, label, count in rows),
            ("All reasons recorded", "", count_text(sum(count for _, _, count in rows))),
        )
    ]


def _demographics(author: Author, people: PeopleFigures) -> list[Block]:
    blocks: list[Block] = []
    for key, name in _GROUPS.items():
        cells: Labelled = people.seen_by.get(key, ())
        if not cells:
            continue
        shown, grouped = grouped_small(cells)
        shares = listed_shares([count for _, count in shown])
        whole = sum(count for _, count in shown)
        blocks.append(
            Table(
                author.number(),
                f"People who spoke with visitors and whose {name} was recorded",
                (Column(name.capitalize(), "left", 4), Column("People"), Column("Share")),
                tuple(
                    (label, count_text(count), share.text)
                    for (label, count), share in zip(shown, shares, strict=True)
                ),
                ("All recorded", count_text(whole), "100%"),
            )
        )
        if grouped:
            note = "Groups of fewer than 5 people are shown together, so that no one can be known."
            blocks.append(Paragraph(text(note), "note"))
    return blocks


def issues_section(author: Author, figures: SchemeFigures) -> Section:
    """Concerns by category and quarter, and how they were answered."""
    issues = figures.issues
    rail = []
    if issues.total:
        of = counted(issues.total, "issue")
        rail.append(KeyFigure(count_text(issues.at_visit), f"of {of} put right during the visit"))
    lead = (
        "Whatever a detainee raises or visitors notice is recorded, told to the custody "
        "sergeant at once, and followed up until it is closed."
    )
    opening = [Paragraph(text(author.say("lead.issues", ISSUES, lead)), "lead")]
    blocks: list[Block] = [Opener(tuple(rail), tuple(opening)), *author.strip()]
    if issues.total:
        blocks += issue_blocks(author, figures, "title.issues")
        before = author.before(figures.scheme.kind)
        if len(figures.issues.by_month) > 1:
            blocks.append(
                author.month_table(
                    f"Issues by quarter and month of the visit, {author.dates}",
                    issues.by_month,
                    before.issues.by_month if before else (),
                    "Issues",
                )
            )
    else:
        blocks.append(Paragraph(text("No issue was raised in this period.")))
    if issues.positive:
        blocks.append(
            Table(
                author.number(),
                "Good practice noted",
                (Column("What was noted", "left", 4), Column("Times")),
                tuple((label, count_text(count)) for label, count in issues.positive),
            )
        )
    blocks += author.titled("issues")
    blocks += author.titled("response")
    return Section("issues", ISSUES, tuple(blocks))


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
        ChartBlock(CategoryBars("Issues", parts, bars, table)),
        Table(
            table,
            "Issues by category",
            (
                Column("Category", "left", 2.6),
                Column("Raised"),
                Column("Put right at once", "right", 1.3),
                Column("Later"),
                Column("Still open"),
            ),
            tuple(
                (c.label, *(count_text(n) for n in (c.total, c.at_visit, c.later, c.open)))
                for c in categories
            ),
            (
                "All issues",
                *(count_text(n) for n in (issues.total, issues.at_visit, later, issues.open)),
            ),
        ),
    ]


def _issues_title(figures: SchemeFigures) -> str:
    issues = figures.issues
    top = max(c.total for c in issues.by_category)
    first = [c.label for c in issues.by_category if c.total == top]
    title = f"{first[0]} was raised most often" if len(first) == 1 else ""
    done = f"{portion_were(issues.at_visit, issues.total, 'issue')} put right during the visit"
    return f"{title}; {lowered(done)}" if title else done


def issues_sentence(figures: SchemeFigures) -> str:
    """For the year at a glance."""
    issues = figures.issues
    if not issues.total:
        return "No issue was raised."
    top = max(c.total for c in issues.by_category)
    first = [c.label for c in issues.by_category if c.total == top]
    what = "issue was" if issues.total == 1 else "issues were"
    raised = f"{opening_number(issues.total)} {what} raised"
    share = single_share(issues.at_visit, issues.total)
    done = f"{number(issues.at_visit)}{bracketed(share)}" if issues.at_visit else "none"
    said = f"{raised}; {done} {were(issues.at_visit)} put right during the visit"
    if issues.open:
        said += f", {number(issues.open)} {were(issues.open)} open at the end of the period"
    if len(first) == 1 and len(issues.by_category) > 1:
        said += f". The category raised most often was {lowered(first[0])}"
    return f"{said}."


def volunteers_section(author: Author) -> Section | None:
    """The register over the period, with the texts of the year."""
    register = author.summary.volunteers.get(Kind.CUSTODY)
    texts = (
        *author.titled("volunteers"),
        *author.titled("recruitment"),
        *author.titled("recognition"),
    )
    if register is None or not (register.at_start or register.joined or register.at_end):
        return Section("volunteers", VOLUNTEERS, texts) if texts else None
    rail = (KeyFigure(count_text(register.at_end), "visitors at the end of the period"),)
    lead = author.say("lead.volunteers", VOLUNTEERS, volunteers_sentence(register))
    table = author.number()
    first, last = author.period.start, author.period.end
    end = months_of(Period(last, last))
    steps = [Strength(months_of(Period(first, first)), register.at_start)]
    steps += [Strength("joined", register.joined, "up")] if register.joined else []
    steps += [Strength("left", register.left, "down")] if register.left else []
    steps.append(Strength(end, register.at_end))
    title = author.say("title.volunteers", VOLUNTEERS, _volunteers_title(register))
    rows = [(f"At {long_date(first)}", count_text(register.at_start))]
    rows.append(("Joined", f"+{count_text(register.joined)}" if register.joined else "none"))
    rows.append(("Left", f"\u2212{count_text(register.left)}" if register.left else "none"))
    return Section(
        "volunteers",
        VOLUNTEERS,
        (
            Opener(rail, (Paragraph(text(lead), "lead"),)),
            *author.strip(),
            Heading(title, wide=True),
            Paragraph(text(f"Custody visitors, {author.dates}"), "subtitle"),
            ChartBlock(StrengthSteps("Visitors", tuple(steps), table)),
            Table(
                table,
                "Strength of the scheme",
                (Column("Change", "left", 4), Column("Visitors")),
                tuple(rows),
                (f"At {long_date(last)}", count_text(register.at_end)),
            ),
            *texts,
        ),
    )


def _volunteers_title(register: Volunteers) -> str:
    what = "visitor" if register.at_end == 1 else "visitors"
    return f"{opening_number(register.at_end)} {what} at the end of the period"


def volunteers_sentence(register: Volunteers) -> str:
    """How the register began and ended."""
    return (
        f"The scheme began the period with {counted(register.at_start, 'visitor')} and ended it "
        f"with {number(register.at_end)}; {number(register.joined) if register.joined else 'none'} "
        f"joined and {number(register.left) if register.left else 'none'} left."
    )
