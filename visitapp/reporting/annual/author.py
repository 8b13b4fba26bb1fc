"""What every section of the annual report needs: numbered tables, texts, drafted sentences."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from itertools import count as counting_up
from uuid import UUID

from visitapp.domain.office.body import Body
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.records.anchor import Anchor
from visitapp.domain.reporting_years import months_of
from visitapp.domain.text.bold_words import without_marks
from visitapp.domain.text.wording import capitalised, count_text, counted, dates, long_date
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.figure_place import Only, Origin
from visitapp.domain.year.heatmap import heat_step
from visitapp.domain.year.register import Volunteers
from visitapp.domain.year.summary import AnnualSummary, SchemeFigures
from visitapp.domain.year.year_texts import TEXT_FIELDS, Sentence
from visitapp.reporting.annual.origins import cell_origins
from visitapp.reporting.blocks import (
    Block,
    Column,
    Heading,
    Paragraph,
    Run,
    Strip,
    Table,
)
from visitapp.reporting.prose import text_blocks
from visitapp.reporting.wording import gaps_text

_TITLES: Mapping[str, str] = {field.key: field.title for field in TEXT_FIELDS}


class Author:
    """Writes one report: numbers its tables and keeps the sentences it drafted."""

    def __init__(
        self,
        summary: AnnualSummary,
        as_at: date | None = None,
        anchor: Anchor | None = None,
    ) -> None:
        self.summary = summary
        self.anchor = anchor
        days = [figures.as_at for figures in summary.every if figures.as_at]
        self.as_at = as_at or min(days, default=summary.period.end)
        self.period = summary.period
        self.years = summary.office.years
        self.dates = dates(summary.period.start, summary.period.end)
        self.sentences: dict[str, Sentence] = {}
        self._tables = counting_up(1)
        self._own = ""

    def of_animals(self) -> "list[Author]":
        """An author for each scheme for animals that has sites: each writes of its own scheme, with
        texts of its own, and all of them the same report."""
        return [author for author in self.of_each() if author.scheme(Kind.ANIMAL_WELFARE)]

    def of_each(self) -> "list[Author]":
        """Itself, and an author for each further scheme: all of them write the same report."""
        return [self, *(self._of(other) for other in self.summary.others)]

    def _of(self, other: AnnualSummary) -> "Author":
        author = copy(self)
        (figures,) = other.schemes.values()
        author.write_of(replace(other, texts=self.summary.texts), figures.scheme.id)
        return author

    def write_of(self, summary: AnnualSummary, scheme_id: UUID) -> None:
        """Write of a further scheme from now on."""
        self.summary, self._own = summary, scheme_id.hex

    # figures

    def animals(self) -> list[SchemeFigures]:
        """The figures of all schemes for animals that have sites."""
        each = (author.scheme(Kind.ANIMAL_WELFARE) for author in self.of_animals())
        return [figures for figures in each if figures is not None]

    def scheme(self, kind: Kind) -> SchemeFigures | None:
        """The figures of a kind of scheme, if the office runs one that has sites. While the period
        goes on they are compared with what was due so far."""
        figures = self.summary.schemes.get(kind)
        return figures.judged() if figures and (figures.sites or figures.visits) else None

    def register(self, kind: Kind) -> Volunteers | None:
        """The register of a kind of scheme; until today, if the period isn't over."""
        volunteers = self.summary.volunteers.get(kind)
        return None if volunteers is None else volunteers.judged()

    def before(self, kind: Kind) -> SchemeFigures | None:
        """The year before, if it has a counted visit; so far, if that isn't over."""
        figures = self.summary.previous.get(kind)
        return figures and figures.judged()

    @property
    def goes_on(self) -> bool:
        """Whether the period isn't over."""
        return self.as_at < self.period.end

    @property
    def has_begun(self) -> bool:
        """Whether the period's first day isn't still to come."""
        return self.period.start <= self.as_at

    @property
    def at_end(self) -> str:
        """`at the end of the year`, or `on 10 April 2024` if it isn't over."""
        return f"on {long_date(self.as_at)}" if self.goes_on else f"at the end of the {self.span}"

    @property
    def is_empty(self) -> bool:
        """Whether no visit counts in the period."""
        return not any(figures.visits for figures in self.summary.every)

    @property
    def year(self) -> str:
        """`2023/24`, or the dates if the period isn't a reporting year."""
        return self.years.label(self.period)

    @property
    def report_name(self) -> str:
        """`Annual report 2023/24`; on some sites, `Annual report 2023/24, Northgate`."""
        name, chosen = self.years.report_name(self.period), self.summary.chosen
        return name if chosen is None else f"{name}, {chosen.name}"

    @property
    def bodies(self) -> tuple[Body, ...]:
        """The bodies of the period, in order."""
        return self.summary.office.bodies_in(self.period)

    @property
    def glance_title(self) -> str:
        """The title of the first section: `The year at a glance`."""
        return f"The {self.span} at a glance"

    @property
    def span(self) -> str:
        """What a sentence calls the period: `year`, `quarter`, `month` and so on."""
        return self.years.span_word(self.period)

    @property
    def year_before(self) -> str:
        """The label of the period before."""
        return self.years.label(self.period.year_before())

    @property
    def in_year_before(self) -> str:
        """`in 2022/23`, `from 3 April 2023 to 9 May 2023`: the period before, after a number."""
        return self.years.within(self.period.year_before())

    # words

    def key(self, key: str) -> str:
        """The key of a text of the year or of a section; a further scheme has its own."""
        return f"{key}.{self._own}" if self._own else key

    def say(self, key: str, section: str, drafted: str) -> str:
        """The sentence to print: the one saved for the year, or the drafted one."""
        key = self.key(key)
        words = self.summary.texts.get(key, "").strip() or drafted
        self.sentences[key] = Sentence(key, section, words, drafted)
        return words

    def line(self, key: str) -> str:
        """A short text of the year on one line; empty if there is none."""
        return without_marks(" ".join(self.summary.texts.get(self.key(key), "").split()))

    def body(self, key: str) -> tuple[Block, ...]:
        """A text of the year as paragraphs and lists; empty if there is none."""
        return text_blocks(self.summary.texts.get(self.key(key), ""))

    def opening(self, key: str, most: int = 2) -> tuple[list[Paragraph], list[Block]]:
        """The first paragraphs of a text, at most `most`, and the rest of it."""
        body = self.body(key)
        first: list[Paragraph] = []
        for block in body[:most]:
            if not isinstance(block, Paragraph):
                break
            first.append(block)
        return first, list(body[len(first) :])

    def titled(self, key: str, title: str = "") -> tuple[Block, ...]:
        """A text of the year under its own subheading."""
        blocks = self.body(key)
        return (Heading(title or _TITLES[key]), *blocks) if blocks else ()

    def strip(self) -> tuple[Block, ...]:
        """The warnings about demonstration data and a year that isn't over, shown wherever figures
        are."""
        notes = [self.summary.office.made_up_note]
        if self.goes_on:
            ended = "ended" if self.has_begun else "begun"
            notes.append(
                f"The {self.span} has not {ended}. Figures are as at {long_date(self.as_at)}."
            )
        words = " ".join(filter(None, notes))
        return (Strip(words),) if words else ()

    # tables

    def of_site(self, counted_at: object) -> Only:
        """The narrowing to the site at which something was counted; none if it isn't of a site."""
        for figures in self.summary.every:
            for site_id, known in figures.by_site.items():
                if known is counted_at:
                    return {"site_ids": (site_id,)}
        return {}

    def number(self) -> int:
        """The number of the next table."""
        return next(self._tables)

    def coverage_table(self, coverage: SiteCoverage, number: int) -> Table:
        """Visits of a site by day and band, tinted, with totals of rows and columns."""
        grid = coverage.grid
        columns = (
            Column("Day", "left", 1.45),
            *(Column(band.label, "center") for band in grid.bands),
            Column("Total", "center", 0.8),
        )
        rows = tuple(
            (day.label, *(_slot_text(count, coverage) for count in row), count_text(total))
            for day, row, total in zip(grid.days, coverage.counts, coverage.row_totals, strict=True)
        )
        totals = (*coverage.column_totals, coverage.total)
        return Table(
            number,
            f"Visits to {coverage.site_name} by day and time of arrival, {self.dates}",
            columns,
            rows,
            ("Total", *(count_text(total) for total in totals)),
            tuple(
                (*(heat_step(n) if n or coverage.is_due else None for n in row), None)
                for row in coverage.counts
            ),
            origins=cell_origins(coverage),
        )

    def coverage_note(self, coverage: SiteCoverage) -> tuple[Block, ...]:
        """What is printed below such a table: the gaps in words, and visits in no timeslot."""
        runs = []
        if coverage.total and gaps_text(coverage):
            yet = " yet" if self.goes_on else ""
            runs += [Run(f"No visit{yet}: ", bold=True), Run(f"{gaps_text(coverage)}.")]
        if coverage.outside:
            gap = " " if runs else ""
            outside = f"Not in any timeslot: {counted(coverage.outside, 'visit')}."
            runs.append(Run(gap + outside))
        return (Paragraph(tuple(runs), "note"),) if runs else ()

    def month_table(
        self,
        caption: str,
        by_month: Sequence[tuple[Period, int]],
        before: Sequence[tuple[Period, int]],
        heading: str,
        *,
        counts_visits: bool = False,
    ) -> Table:
        """Counts by quarter and month, with the year before if there is one. What hasn't begun yet
        has a dash. `counts_visits`: the counts are of visits, not of what was recorded at them."""
        number = self.number()
        quarters = _quarters(by_month)
        if len(quarters) < 2 or any(len(quarter) != 3 for quarter in quarters):
            return self._plain_months(
                number, caption, by_month, before, heading, counts_visits=counts_visits
            )
        earlier = [sum(n for _, n in quarter) for quarter in _quarters(before)]
        beside = len(earlier) == len(quarters)
        columns = (
            Column("Quarter", "left", 2.6),
            Column("First month"),
            Column("Second"),
            Column("Third"),
            Column(heading),
            *((Column(capitalised(self.in_year_before), "right", 1.2),) if beside else ()),
        )
        rows, origins = [], []
        for at, quarter in enumerate(quarters):
            span = Period(quarter[0][0].start, quarter[-1][0].end)
            shown = [self._shown(*month) for month in quarter]
            shown.append(self._shown(span, sum(n for _, n in quarter)))
            shown += [count_text(earlier[at])] if beside else []
            rows.append((months_of(span), *shown))
            spans = [*(month for month, _ in quarter), span, span.year_before()]
            origins.append((Origin(), *(Origin({"period": each}, counts_visits) for each in spans)))
        sums = [
            self._shown(quarters[0][at][0], sum(quarter[at][1] for quarter in quarters))
            for at in range(3)
        ]
        sums.append(count_text(sum(n for _, n in by_month)))
        sums += [count_text(sum(earlier))] if beside else []
        whole = (self.period, self.period.year_before())
        origins.append(
            (*[Origin()] * 4, *(Origin({"period": each}, counts_visits) for each in whole))
        )
        total = (capitalised(self.span), *sums)
        return Table(number, caption, columns, tuple(rows), total, origins=tuple(origins))

    def _plain_months(
        self,
        number: int,
        caption: str,
        by_month: Sequence[tuple[Period, int]],
        before: Sequence[tuple[Period, int]],
        heading: str,
        *,
        counts_visits: bool = False,
    ) -> Table:
        beside = len(before) == len(by_month)
        columns = [Column("Month", "left", 3), Column(heading)]
        if beside:
            columns.append(Column(self.year_before))
        rows, origins = [], []
        for at, (month, count) in enumerate(by_month):
            spans = (month, month.year_before())
            origins.append((Origin(), *(Origin({"period": each}, counts_visits) for each in spans)))
            earlier = [count_text(before[at][1])] if beside else []
            rows.append((months_of(month), self._shown(month, count), *earlier))
        total = [sum(n for _, n in by_month), *([sum(n for _, n in before)] if beside else [])]
        sums = (count_text(n) for n in total)
        return Table(
            number, caption, tuple(columns), tuple(rows), ("All", *sums), origins=tuple(origins)
        )

    def _shown(self, span: Period, count: int) -> str:
        """A count; a dash for a month or quarter that hasn't begun."""
        return count_text(count) if count or span.start <= self.as_at else "\u2013"


def _slot_text(count: int, coverage: SiteCoverage) -> str:
    """A dash if no visit was due."""
    return count_text(count) if count or coverage.is_due else "\u2013"


def _quarters(
    by_month: Sequence[tuple[Period, int]],
) -> list[list[tuple[Period, int]]]:
    quarters: list[list[tuple[Period, int]]] = []
    for month, count in by_month:
        if not quarters or month.start.month in (1, 4, 7, 10):
            quarters.append([])
        quarters[-1].append((month, count))
    return quarters
