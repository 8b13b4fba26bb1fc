"""What the report prints is what was counted, and every total is the sum of what it shows."""

import itertools
import json
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reporting import documents
from tests.reporting import published_year as years
from visitapp.domain.office.scheme import Kind
from visitapp.domain.year.attempts import Attempts, SiteFigures, Target
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.people_figures import PeopleFigures
from visitapp.domain.year.register import Volunteers
from visitapp.domain.year.summary import (
    AccessFigures,
    AnnualSummary,
    CategoryFigures,
    IssueFigures,
)
from visitapp.reporting.annual import annual_report, drafted_sentences
from visitapp.reporting.blocks import ChartBlock, Document, Heading, Paragraph, Table, plain

_NUMBER = re.compile(r"[+\u2212-]?\u00a3?[\d,]+(?:\.\d+)?%?")


def _numbers(cell: str) -> list[Decimal]:
    """The numbers of a cell: `50 of 52` has two; words that stand for nothing are 0."""
    nothing = ("none", "no target", "none due", "not known", "", "\u2013", "no rate set")
    if cell in (*nothing, "less than 1%"):
        return []
    found = []
    for word in _NUMBER.findall(cell):
        sign = -1 if word[0] in "\u2212-" else 1
        found.append(sign * Decimal(re.sub(r"[+\u2212\u00a3,%-]", "", word)))
    return found


RATES = ("Share of target", "Rate an hour")
NO_SUMS = (("Reasons for not being offered or seen", "Share"),)
"""Shares that are rounded by themselves, as the note below their table says."""


def check_totals(document: Document) -> None:
    """Every total is the sum of its column, and of its row where the table has row totals."""
    for table in document.tables():
        if not table.total:
            if table.columns[0].head == "Figure" and table.columns[-1].head.startswith("All"):
                _check_lines(table)
            continue
        if table.caption == "Strength of the scheme":
            start, *changes = (_first(row[1]) for row in table.rows)
            assert _first(table.total[1]) == start + sum(changes)
            continue
        for at, column in enumerate(table.columns):
            if at and (table.caption, column.head) not in NO_SUMS and column.head not in RATES:
                _check_column(table, at)
        if table.columns[-1].head == "Total":
            for row in (*table.rows, table.total):
                assert sum(_first(cell) for cell in row[1:-1]) == _first(row[-1])
        _check_suites(table)


_BESIDE = {
    "Visits by time from arrival to admittance": (1, 3),
    "What happened, and to how many": (1, 4),
    "Reasons for not being offered or seen": (2, 4),
}
"""Tables that may have a column for each suite: the column of the whole, and the first of them."""


def _check_suites(table: Table) -> None:
    whole, first = _BESIDE.get(table.caption, (0, len(table.columns)))
    for row in (*table.rows, table.total):
        assert len(row) == first or sum(map(_first, row[first:])) == _first(row[whole])


def _check_lines(table: Table) -> None:
    """A table turned so that each line has a column: the last is the sum of the others."""
    for row in table.rows:
        if row[0] not in RATES and row[-1] not in ("", "not known"):
            for part in range(2 if " of " in row[-1] else 1):
                sums = sum((_numbers(cell) or [Decimal(0)] * 2)[part] for cell in row[1:-1])
                assert sums == (_numbers(row[-1]) or [Decimal(0)] * 2)[part], (table.caption, row)


def _first(cell: str) -> Decimal:
    return (_numbers(cell) or [Decimal(0)])[0]


def _check_column(table: Table, at: int) -> None:
    cells = [row[at] for row in table.rows]
    total = table.total[at]
    if total == "" or "not known" in (*cells, total) or "\u2013" in cells:
        return
    if not any(_numbers(cell) for cell in cells) and not _numbers(total):
        return
    for part in range(2 if " of " in total else 1):
        sums = sum((_numbers(cell) or [Decimal(0)] * 2)[part] for cell in cells)
        assert sums == _numbers(total)[part], (table.caption, table.columns[at].head, cells)


@pytest.mark.parametrize("name", documents.NAMES)
def test_every_total_is_the_sum_of_its_cells(name: str) -> None:
    check_totals(documents.document(name))


def test_keyham_lane_has_ten_visits_late_in_the_evening() -> None:
    tables = documents.document("published").tables()
    keyham = next(table for table in tables if "to Keyham Lane" in table.caption)
    late = [column.head for column in keyham.columns].index("20:00\u201323:59")
    assert keyham.total[late] == "10"
    assert keyham.total[-1] == "50"


PUBLISHED = (
    "101", "104", "97.1%", "98.1%", "96.2%", "51", "50", "52", "64 of 70", "33 of 35", "31 of 35",
    "91", "90%", "9%", "15,475", "1,096", "407", "37%", "72", "7%", "222", "20%", "395", "36%",
    "365", "42", "10%", "442", "442.43", "\u00a318.3515", "\u00a38,119.32", "\u00a38,119", "36",
    "18", "14", "16", "12", "11 of 12", "none joined and 2 left",
    "No visit: Tuesday 00:00\u201307:59; Wednesday 08:00\u201311:59.",
    "No visit: Monday and Tuesday 00:00\u201307:59; Tuesday and Wednesday 12:00\u201315:59.",
    "Sunday 07:00\u201312:59.",
)  # fmt: skip


@pytest.mark.parametrize("name", ["published", "demonstration 2023/24"])
def test_the_pdf_holds_every_figure_that_was_published(name: str) -> None:
    said = " ".join(documents.tagged(name).outline().split())
    for figure in PUBLISHED:
        assert re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d])", said), figure


@pytest.mark.parametrize("name", documents.NAMES)
def test_every_chart_says_each_of_its_values_and_where_they_stand(name: str) -> None:
    document = documents.document(name)
    tables = {table.number: table for table in document.tables()}
    for block in document.blocks():
        if not isinstance(block, ChartBlock):
            continue
        chart = block.chart
        said = chart.alt
        shown = tables[chart.table]
        cells = json.dumps([shown.rows, shown.total])
        for value in _values(chart):
            assert re.search(rf"(?<![\d,]){value:,}(?!\d|,\d)", said), (said, value)
            in_two_rows = sum(_first(row[1]) for row in shown.rows[-2:]) == value
            assert f"{value:,}" in cells or in_two_rows or not value, (shown.caption, value)
        assert said.endswith(f"The same figures are in table {chart.table}.")


def _values(chart) -> list[int]:
    found = []
    for name in ("parts", "bars", "steps"):
        for item in getattr(chart, name, ()):
            found += [getattr(item, key) for key in ("number", "done", "due") if hasattr(item, key)]
            found += list(getattr(item, "numbers", ()))
    return [*found, *getattr(chart, "numbers", ()), *getattr(chart, "before", ())]


def test_the_report_follows_its_figures() -> None:
    before = years.published_year()
    custody = before.schemes[Kind.CUSTODY]
    changed = replace(custody, access=AccessFigures(88, 2, 11, 0, 0), by_site={})
    after = replace(before, schemes={**before.schemes, Kind.CUSTODY: changed})
    said = {s.key: s.text for s in drafted_sentences(after)}
    assert (
        said["point.access"] == "Visitors were admitted within 5 minutes on 88 of 101 visits (87%)."
    )
    assert said["title.access"].endswith("11 waited more than 15")
    check_totals(annual_report(after))


_few = st.integers(0, 7)
_count = st.one_of(_few, st.integers(0, 3000))


@st.composite
def _grids(draw) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(draw(_few) for _ in years.BANDS) for _ in range(7))


@st.composite
def summaries(draw) -> AnnualSummary:
    """Summaries whose figures agree with one another as counted ones do."""
    names = ("Euston Street", "Keyham Lane", "Beaumont Leys")[: draw(st.integers(1, 3))]
    counts = [draw(_grids()) for _ in names]
    outside = [draw(_few) for _ in names]
    due = [draw(st.sampled_from((0, 1, 13, 52))) for _ in names]
    done = [sum(map(sum, grid)) + out for grid, out in zip(counts, outside, strict=True)]
    visits = sum(done)
    targets = [
        Target(d, n, d, draw(st.integers(0, min(n, d)))) for d, n in zip(due, done, strict=True)
    ]
    sites = tuple(
        SiteFigures(
            years._id(20 + at),
            name,
            draw(st.none() | _few),
            draw(st.booleans()),
            years.in_person(target.done),
            target,
        )
        for at, (name, target) in enumerate(zip(names, targets, strict=True))
    )
    unmade = [draw(st.integers(0, 2)) for _ in range(3)]
    modes = (("Face to face", visits + sum(unmade)),) if visits + sum(unmade) else ()
    attempts = Attempts(visits, *unmade, modes, visits)
    cuts = sorted(draw(st.integers(0, visits)) for _ in range(4))
    edges = [0, *cuts, visits]
    waits = [b - a for a, b in itertools.pairwise(edges)]
    waits[3] += sum(unmade)
    people = [draw(_count) for _ in range(6)]
    present = sum(people)
    months = [draw(_few) for _ in range(11)]
    months = [*months, visits - sum(months)] if sum(months) <= visits else [visits, *[0] * 11]
    categories = [
        CategoryFigures(name, name, draw(_few), draw(_few), draw(_few))
        for name in ("Food and drink", "Cells", "Health care")[: draw(st.integers(0, 3))]
    ]
    categories = [category for category in categories if category.total]
    raised = sum(category.total for category in categories)
    minutes = draw(st.sampled_from((0, 30, 26546)))
    figures = replace(
        years.custody(),
        attempts=attempts,
        by_site={},
        sites=sites,
        target=Target(sum(due), visits, sum(due), sum(t.met for t in targets)),
        minutes=minutes,
        hours=(Decimal(minutes) / 60).quantize(Decimal("0.01")),
        coverage=tuple(
            SiteCoverage(site.site_id, site.name, years.WEEK, grid, out)
            for site, grid, out in zip(sites, counts, outside, strict=True)
        ),
        access=AccessFigures(*waits, reasons=(("Suite very busy", 1),) if waits[2] else ()),
        people=PeopleFigures(present, *people, throughput=draw(st.none() | _count)),
        issues=IssueFigures(
            tuple(categories), years.by_month(raised, *[0] * 11), (("Clean cells", 1),)
        ),
        by_month=years.by_month(*months),
        by_quarter=years.by_quarter(*(sum(months[at : at + 3]) for at in (0, 3, 6, 9))),
    )
    start, joined, left = draw(_count), draw(_few), draw(_few)
    register = Volunteers(start + left, joined, left, start + joined)
    full = years.published_year()
    schemes = {Kind.CUSTODY: figures}
    if draw(st.booleans()):
        schemes[Kind.ANIMAL_WELFARE] = years.kennels()
    previous = full.previous if draw(st.booleans()) else {}
    return replace(
        full, schemes=schemes, previous=previous, volunteers={Kind.CUSTODY: register}, texts={}
    )


@given(summaries())
def test_totals_and_words_hold_for_any_figures(summary: AnnualSummary) -> None:
    document = annual_report(summary)
    check_totals(document)
    said = [sentence.text for sentence in drafted_sentences(summary)]
    said += [block.text for block in document.blocks() if isinstance(block, Heading)]
    said += [plain(block.runs) for block in document.blocks() if hasattr(block, "runs")]
    said += [block.chart.alt for block in document.blocks() if isinstance(block, ChartBlock)]
    for sentence in said:
        check_wording(sentence)


_WRONG = (
    r"(?<!-)\b(?:one|1) (?:visits|weeks|months|timeslots|issues|people|visitors|dogs)\b",
    r"\b(?:[2-9]|\d{2,}) (?:visit|week|month|timeslot|issue|person|visitor|dog)\b",
    r"  | \.|,,|;;|\.\.|\(\)|\bNone%|\bnan\b|\bDecimal\b|^\s|\s$",
    r"\bno (?:was|were|\(|of|joined|left|accepted|waited)|\bof (?:no|none|0) [a-z]+s\b",
    r"(?<!-)\bone were\b|\b(?:[2-9]|\d{2,}) was\b",
)


def check_wording(sentence: str) -> None:
    """No wrong plural, double sign, empty bracket or stray space; a sentence starts large."""
    for wrong in _WRONG:
        assert not re.search(wrong, sentence), (wrong, sentence)
    assert sentence[0] == sentence[0].upper(), sentence


def notes(document: Document) -> list[str]:
    blocks = [block for section in document.sections for block in section.blocks]
    return [plain(b.runs) for b in blocks if isinstance(b, Paragraph) and b.style == "note"]


def test_the_ladder_of_visits_attempted_is_printed_and_adds_up() -> None:
    full = years.published_year()
    modes = (("Face to face", 575), ("Telephone", 34))
    attempts = Attempts(
        605, abandoned=1, refused_entry=2, site_closed=1, by_mode=modes, at_site=571
    )
    figures = replace(full.schemes[Kind.CUSTODY], attempts=attempts)
    report = annual_report(replace(full, schemes={Kind.CUSTODY: figures}))
    tables = {table.caption: table for table in report.tables()}
    endings = tables["Visits attempted, by how they ended"]
    assert endings.rows == (
        ("Made", "605"), ("Abandoned", "1"), ("Refused entry", "2"), ("The site was closed", "1"),
    )  # fmt: skip
    assert endings.total == ("All visits attempted", "609")
    ways = tables["Visits attempted, by how they were made"]
    assert (ways.rows, ways.total) == (
        (("Face to face", "575"), ("Telephone", "34")), ("All visits attempted", "609"),
    )  # fmt: skip
    assert any("Visits made by telephone or video count too." in note for note in notes(report))
    in_person_only = replace(figures, scheme=replace(figures.scheme, remote_counts=False))
    report = annual_report(replace(full, schemes={Kind.CUSTODY: in_person_only}))
    assert any("Only visits made in person count." in note for note in notes(report))


def test_a_year_of_visits_in_person_has_no_ladder() -> None:
    captions = [table.caption for table in annual_report(years.published_year()).tables()]
    assert not [caption for caption in captions if "attempted" in caption]
