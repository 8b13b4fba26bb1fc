"""Who the volunteers are, in the annual report: a chart, its table, and what is left out."""

from dataclasses import replace

from tests.reporting.published_year import published_year
from visitapp.domain.office.monitoring import AreaPopulation, Characteristic
from visitapp.domain.year.volunteer_profile import VolunteerProfile, profile_of
from visitapp.reporting.annual import annual_report
from visitapp.reporting.annual.checks import checks
from visitapp.reporting.blocks import ChartBlock, Document, Heading, Paragraph, plain
from visitapp.reporting.chart_drawings import chart_drawing, least_width
from visitapp.reporting.charts import ColumnChart, SharesBeside
from visitapp.reporting.pdf.fonts import register_fonts

GENDER, AGE = Characteristic.GENDER, Characteristic.AGE
PEOPLE = AreaPopulation(GENDER, {"FEMALE": 510, "MALE": 480, "OTHER": 10}, "Census 2021")
SIXTEEN = [{GENDER: "FEMALE"}] * 9 + [{GENDER: "MALE", AGE: "60"}] * 6 + [{GENDER: "OTHER"}]


def report(profile: VolunteerProfile) -> Document:
    return annual_report(replace(published_year(), profile=profile))


def charts(document: Document) -> list[SharesBeside]:
    blocks = (block.chart for block in document.blocks() if isinstance(block, ChartBlock))
    return [chart for chart in blocks if isinstance(chart, SharesBeside)]


def said(document: Document) -> str:
    blocks = document.blocks()
    return " ".join(
        plain(block.runs) if isinstance(block, Paragraph) else block.text
        for block in blocks
        if isinstance(block, Heading | Paragraph)
    )


def test_a_chart_and_its_table_have_the_same_groups() -> None:
    document = report(profile_of(SIXTEEN, {GENDER: PEOPLE}))
    (chart,) = charts(document)
    table = next(table for table in document.tables() if table.number == chart.table)
    assert [column.head for column in table.columns] == ["Group", "Visitors", "Share", "Population"]
    assert table.rows == (
        ("Gender: Female", "9", "56%", "51%"),
        ("Gender: All others", "7", "44%", "49%"),
        ("Age: Not known", "10", "63%", "\u2013"),
        ("Age: All others", "6", "37%", "\u2013"),
    )
    assert chart.alt == (
        "Bar chart. Shares of visitors. Gender: Female 56% (population 51%); All others 44% "
        "(population 49%). Age: Not known 63%; All others 37%. The same figures are in table "
        f"{table.number}."
    )
    assert "Who the visitors are, and the population of the area" in said(document)
    assert "Population of the area: Census 2021." in said(document)


def test_without_the_population_there_is_one_bar_for_each_group() -> None:
    register_fonts()
    alone, beside = (
        charts(report(profile_of(SIXTEEN, known)))[0] for known in ({}, {GENDER: PEOPLE})
    )
    assert chart_drawing(alone).height < chart_drawing(beside).height
    assert "population" not in alone.alt
    assert len(report(profile_of(SIXTEEN, {})).sections) == len(report(VolunteerProfile()).sections)


def test_what_is_left_out_is_checked_and_not_printed() -> None:
    profile = profile_of([{AGE: "60"}] * 3 + [{AGE: "50"}] * 2, {})
    summary = replace(published_year(), profile=profile)
    assert charts(report(profile)) == []
    said_of = [check.sentence for check in checks(summary, ()) if "age left out" in check.sentence]
    assert len(said_of) == 1
    assert said_of[0].endswith("As nothing else is known, there is no such part.")


def test_columns_have_room_for_the_names_in_their_key() -> None:
    register_fonts()
    labels, numbers = ("Apr\u2013Jun", "Jul\u2013Sep"), (27, 25)
    short = ColumnChart("Visits", labels, numbers, numbers, "2024/25", "2023/24")
    long = replace(short, name="April to September 2024", before_name="April to September 2023")
    assert least_width(long) > least_width(short)
