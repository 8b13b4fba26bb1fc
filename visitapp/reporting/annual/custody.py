"""Visits made: as a share of those due, by month and quarter, and the hours given."""

from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import (
    count_text,
    counted,
    joined,
    none_or,
    number,
    opening_number,
    or_none,
    out_of,
    plural,
    time_given,
    were,
)
from visitapp.domain.year.attempts import SiteFigures
from visitapp.domain.year.figure_place import Origin
from visitapp.domain.year.summary import CountedFigures, SchemeFigures, spans_clause
from visitapp.domain.year.target_words import asks_one_each, target_clause
from visitapp.domain.year.visit_list import CountedVisits
from visitapp.domain.year.volunteer_hours import TimeKind
from visitapp.reporting.annual.attempts import attempts_blocks, each_suite, met_rule
from visitapp.reporting.annual.author import Author
from visitapp.reporting.annual.targets import (
    spans_note,
    target_cells,
    target_columns,
    total_cells,
    when_met,
    without_target,
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
from visitapp.reporting.charts import MOST_BARS, BarsAgainstDue, ColumnChart, DueBar
from visitapp.reporting.wording import (
    compared,
    hours_given,
    pounds,
    rate_text,
    whole_pounds,
)

VISITS = "Visits made"
_GIVEN_TO = {
    TimeKind.MEETING: "meetings",
    TimeKind.TRAINING: "training",
    TimeKind.TRAVEL: "travel",
    TimeKind.OTHER: "other work for the scheme",
}


def visits_section(author: Author, figures: SchemeFigures) -> Section:
    """Visits made of those due, weeks met, months and quarters, hours and value."""
    target = figures.target
    rail = []
    if 0 < target.expected < target.done:
        extra = number(target.done - target.expected)
        rail.append(KeyFigure(count_text(target.done), f"visits made, {extra} more than were due"))
    elif target.visits.percent:
        rail.append(KeyFigure(target.visits.text, "of visits due were made"))
    else:
        rail.append(KeyFigure(count_text(figures.visits), "visits made"))
    lead = author.say("lead.visits", VISITS, _visits_lead(author, figures))
    opening = [Paragraph(text(lead), "lead")]
    more, rest = author.opening("sites")
    opening += more
    blocks: list[Block] = [*author.strip(), Opener(tuple(rail), tuple(opening)), *rest]
    blocks += attempts_blocks(author, figures)
    blocks += _by_site(author, figures)
    blocks += _beside_visits(author)
    blocks += _by_month(author, figures)
    blocks += _earlier(author)
    blocks += _hours(author, figures)
    blocks += each_suite(author, figures)
    return Section("visits", VISITS, tuple(blocks))


def _visits_lead(author: Author, figures: SchemeFigures) -> str:
    target = figures.target
    rule = f"Each suite in use should be visited at least {target_clause(figures)}."
    if len({target.asks_for for target in figures.targets}) > 1:
        rule = f"Suites should be visited at least {target_clause(figures)}."
    if not target.expected:
        visits_made = f"{none_or(figures.visits)} {were(figures.visits)} made"
        return f"{rule} No visit was due{figures.by_then}; {visits_made}."
    sentences = (
        f"{rule} {_opening(target.expected)} {were(target.expected)} due{figures.by_then}, and "
        f"{none_or(figures.visits)} {were(figures.visits)} made."
    )
    if target.strays and (weeks := spans_clause(figures)):
        sentences += f" {weeks}."
    if figures.all_due:
        sentences += f" {figures.all_due}"
    before = author.before(Kind.CUSTODY)
    if before and figures.as_at is None:
        sentences += (
            f" That is {compared(figures.visits, before.visits, 'visit', author.in_year_before)}."
        )
    return sentences


def _opening(visits: int) -> str:
    return f"{opening_number(visits)} {plural(visits, 'visit')}"


def _by_site(author: Author, figures: SchemeFigures) -> list[Block]:
    if not figures.sites:
        return []
    table = author.number()
    with_bar = [site for site in figures.sites if site.target.expected or site.target.done]
    bars = tuple(
        DueBar(site.name, site.target.done, site.target.expected, site.target.visits.text)
        for site in with_bar
    )
    blocks: list[Block] = [
        Heading(author.say("title.visits", VISITS, _visits_title(figures)), wide=True),
        Paragraph(
            text(f"Visits made, against those due at each suite, {author.dates}"), "subtitle"
        ),
    ]
    if 0 < len(bars) <= MOST_BARS:
        origins = tuple(
            Origin({"site_ids": (site.site_id,)}, counts_visits=not figures.target.strays)
            for site in with_bar
        )
        blocks.append(ChartBlock(BarsAgainstDue("Visits made", bars, table=table), origins))
    rows = tuple(_site_row(figures, site) for site in figures.sites)
    cells = [site.cells for site in figures.sites]
    blocks.append(
        Table(
            table,
            f"Visits due and made, and {figures.unit}s with {_enough(figures)}, by suite",
            (
                Column("Suite", "left", 3.1),
                Column("Cells", "right", 0.8, origin=None),
                *target_columns(figures),
                *([Column("Hours given")] if _has_hours(figures) else []),
            ),
            rows,
            (
                "All suites",
                count_text(sum(c or 0 for c in cells)) if None not in cells else "",
                *total_cells(figures),
                *_hours_cell(figures, figures),
            ),
            of_rows=tuple({"site_ids": (site.site_id,)} for site in figures.sites),
        )
    )
    note = f"{when_met(figures)}{met_rule(figures)}{without_target(figures)}"
    blocks.append(Paragraph(text(f"{note}{spans_note(figures)}"), "note"))
    return blocks


def _enough(figures: SchemeFigures) -> str:
    return "a visit" if asks_one_each(figures) else "the visits due"


def _site_row(figures: SchemeFigures, site: SiteFigures) -> tuple[str, ...]:
    due = site.target.expected
    name = site.name if due or site.was_open else f"{site.name} (not in use)"
    return (
        name,
        "" if site.cells is None else count_text(site.cells),
        *target_cells(figures, site),
        *_hours_cell(figures, figures.by_site.get(site.site_id)),
    )


def _has_hours(figures: SchemeFigures) -> bool:
    """Whether the hours of the sites are known, so that they add up to those of the scheme."""
    sites = (figures.by_site.get(site.site_id) for site in figures.sites)
    return figures.minutes > 0 and sum(s.hours for s in sites if s) == figures.hours


def _hours_cell(
    figures: SchemeFigures, counted: CountedFigures | SchemeFigures | None
) -> tuple[str, ...]:
    if not _has_hours(figures):
        return ()
    return (f"{counted.hours:,.2f}" if counted and counted.minutes else "none",)


def _visits_title(figures: SchemeFigures) -> str:
    short = [site for site in figures.sites if site.target.short]
    if not figures.visits:
        return "No visit was made"
    if not figures.target.expected:
        return f"{_opening(figures.visits)} {were(figures.visits)} made"
    if not short:
        return f"Every visit due{figures.by_then} was made"
    if len(short) > 3:
        those = out_of(len(short), len(figures.sites), begin=opening_number)
        return f"{those} suites had fewer visits than were due{figures.by_then}"
    missing = [f"{number(site.target.short)} at {site.name}" for site in short]
    if figures.as_at is not None:
        return f"Of the visits due{figures.by_then}, {joined(missing)} have not been made"
    return f"Visits fell short of those due by {joined(missing)}"


def _by_month(author: Author, figures: SchemeFigures) -> list[Block]:
    quarters = [part for part in figures.by_quarter if part[0].start <= author.as_at]
    if not figures.visits or not quarters or len(figures.by_month) < 2:
        return []
    before = author.before(Kind.CUSTODY)
    table = author.month_table(
        "Visits by quarter and month",
        figures.by_month,
        before.by_month if before else (),
        "Visits",
        counts_visits=True,
    )
    earlier = tuple(n for _, n in before.by_quarter) if before else ()
    beside = len(earlier) == len(figures.by_quarter)
    chart = ColumnChart(
        "Visits by quarter",
        tuple(_quarter_label(period.start.month, period.end.month) for period, _ in quarters),
        tuple(n for _, n in quarters),
        earlier[: len(quarters)] if beside else (),
        author.year,
        author.year_before,
        table.number,
    )
    series = [quarters, before.by_quarter] if before and beside else [quarters]
    origins = tuple(
        Origin({"period": counted[at][0]}, counts_visits=True)
        for at in range(len(quarters))
        for counted in series
    )
    begun = [n for _, n in quarters]
    low, high = min(begun), max(begun)
    if len(begun) == 1:
        spread = f"Visitors made {counted(high, 'visit')}{' so far' if figures.as_at else ''}"
    elif low == high:
        spread = f"Visitors made {counted(low, 'visit')} in each quarter"
    elif low == 0:
        spread = f"Visitors made at most {counted(high, 'visit')} in a quarter"
    else:
        spread = f"Visitors made between {number(low)} and {number(high)} visits in a quarter"
    return [
        Heading(author.say("title.quarters", VISITS, spread), wide=True),
        ChartBlock(chart, origins),
        table,
    ]


def _quarter_label(first: int, last: int) -> str:
    names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return names[first - 1] if first == last else f"{names[first - 1]}\u2013{names[last - 1]}"


_EARLIER = {"visits": "Visits made", "due": "Visits due", "minutes": "Minutes given",
            "seen": "People who spoke with visitors"}  # fmt: skip


def _earlier(author: Author) -> list[Block]:
    years = author.summary.earlier.get(Kind.CUSTODY, ())
    if not years:
        return []
    keys = [key for key in _EARLIER if any(key in year.totals for year in years)]
    others = sorted({key for year in years for key in year.totals} - set(_EARLIER))
    heads = [
        *(_EARLIER[key] for key in keys),
        *(key.replace("_", " ").capitalize() for key in others),
    ]
    shown = [*keys, *others]
    rows = tuple(
        (
            f"{author.years.label(year.period)} (total only)",
            *(count_text(year.totals[key]) if key in year.totals else "not known" for key in shown),
        )
        for year in years
    )
    columns = (Column("Year", "left", 2), *(Column(head) for head in heads))
    return [
        Table(author.number(), "Earlier years, known only as totals", columns, rows),
        Paragraph(text("Entered by hand. There are no records of the individual visits."), "note"),
    ]


def _hours(author: Author, figures: SchemeFigures) -> list[Block]:
    schemes = [figures, *(animals for animals in author.animals() if animals.minutes)]
    hours = sum((scheme.hours for scheme in schemes), start=figures.hours * 0)
    at_least = "at least " if figures.unknown_length else ""
    title = f"Visitors gave {at_least}{hours_given(figures.hours)}"
    if not figures.hours_known:
        title = "How many hours visitors gave is not known"
    elif not figures.minutes:
        title = "No hours were recorded"
    elif figures.value is not None:
        title += f", worth an estimated {whole_pounds(figures.value)}"
    rows = tuple(_hours_row(scheme) for scheme in schemes)
    values = [scheme.value for scheme in schemes if scheme.value is not None]
    total: tuple[str, ...] = ()
    if len(schemes) > 1:
        worth = (
            pounds(sum(values, start=values[0] * 0)) if len(values) == len(schemes) else "not known"
        )
        visits = sum(scheme.visits for scheme in schemes)
        which = "Both schemes" if len(schemes) == 2 else "All schemes"
        total = (which, count_text(visits), f"{hours:,.2f}", "", worth)
    body = author.body("hours")
    blocks: list[Block] = [
        Heading(author.say("title.hours", VISITS, title), wide=not body),
        *body,
        Table(
            author.number(),
            "Hours and value",
            (
                Column("Scheme", "left", 2.4),
                Column("Visits", origin=Origin({"counted": CountedVisits.MADE}, True)),
                Column("Hours"),
                Column("Rate an hour", "right", 1.2, None),
                Column("Value", "right", 1.2),
            ),
            rows,
            total,
            of_rows=tuple(
                {"scheme_id": scheme_id, "counted": CountedVisits.ATTEMPTED}
                for scheme_id in (*(scheme.scheme.id for scheme in schemes), None)
            ),
        ),
    ]
    unknown = sum(scheme.unknown_length for scheme in schemes)
    if unknown:
        say = plural(unknown, "does", "do")
        words = (
            f"{_opening(unknown)} {say} not say when visitors left. Their hours are not known, "
            "and not in these figures."
        )
        blocks.append(Paragraph(text(words), "note"))
    return blocks


def _beside_visits(author: Author) -> list[Block]:
    """The time that was given to anything else, as the register of hours counts it."""
    beside = author.summary.beside_visits
    if beside is None:
        return []
    kinds = joined([f"{time_given(time)} to {_GIVEN_TO[kind]}" for kind, time in beside.minutes])
    at_least = "at least " if beside.is_unknown else ""
    words = f"As well as making visits, volunteers gave {at_least}{kinds}."
    return [Paragraph(text(author.say("text.hours", VISITS, words)))]


def _hours_row(scheme: SchemeFigures) -> tuple[str, ...]:
    return (
        scheme.scheme.title,
        or_none(scheme.visits),
        f"{scheme.hours:,.2f}",
        joined([rate_text(rate) for rate in scheme.rates]) if scheme.rates else "no rate set",
        pounds(scheme.value) if scheme.value is not None else "not known",
    )
