"""Coverage as PNG and SVG: the numbers, the words and the look of both readings."""

import re
from dataclasses import replace
from io import BytesIO
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree as Xml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.reporting import published_year as years
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.heatmap import LIGHT_HEAT, HeatmapReading
from visitapp.reporting.coverage_picture import (
    CoverageSheet,
    coverage_drawing,
    coverage_png,
    coverage_svg,
)

SVG = "{http://www.w3.org/2000/svg}"
EUSTON, KEYHAM = years.custody().coverage[:2]
DOGS = years.kennels().coverage[0]
LONG = "Gorsaf Heddlu Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"


def sheet(
    *sites: SiteCoverage, reading: HeatmapReading = HeatmapReading.NEED, closed: bool = False
) -> CoverageSheet:
    return CoverageSheet(sites or (EUSTON, KEYHAM), years.YEAR, reading, closed)


def svg(shown: CoverageSheet) -> Element:
    return Xml.fromstring(coverage_svg(shown))


def words(root: Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def fills(root: Element) -> list[str]:
    return [element.get("fill", "") for element in root.iter(f"{SVG}rect")]


def test_every_number_of_the_grid_and_its_totals_is_in_the_picture_in_its_order() -> None:
    said = words(svg(sheet(KEYHAM, reading=HeatmapReading.COUNT)))
    for day, counts, total in zip(KEYHAM.grid.days, KEYHAM.counts, KEYHAM.row_totals, strict=True):
        at = said.index(day.label)
        assert said[at + 1 : at + 7] == [str(count) for count in (*counts, total)]
    at = said.index("Total", said.index("Sunday"))
    assert said[at + 1 : at + 7] == ["5", "14", "7", "14", "10", "50"]
    assert "50 visits; 31 of 35 timeslots visited" in said


def test_need_asks_for_a_visit_where_there_was_none() -> None:
    root = svg(sheet())
    assert words(root).count("Go") == 6 + 1  # and one in the legend
    assert fills(root).count(LIGHT_HEAT.go) == 7
    rings = list(root.iter(f"{SVG}circle"))
    assert len(rings) == 7
    assert "no visit yet: please go" in words(root)
    assert any("4 to go" in said for said in words(root))


def test_a_closed_period_says_no_visit_and_asks_for_nothing() -> None:
    said = words(svg(sheet(closed=True)))
    assert said.count("No visit") == 7
    assert "Go" not in said
    assert not any("to go" in one or "please" in one for one in said)


def test_what_was_covered_has_a_hatch_and_its_number_on_a_plate() -> None:
    root = svg(sheet(EUSTON))
    assert fills(root).count(LIGHT_HEAT.done) == 2 * (33 + 1)
    lines = [e for e in root.iter(f"{SVG}line") if e.get("stroke") == LIGHT_HEAT.hatch]
    assert len(lines) > 33 * 5


def test_the_count_reading_has_a_step_for_each_number() -> None:
    counts = ((0, 1, 2, 3, 4), (5, 6, 9, 0, 0), *((0,) * 5,) * 5)
    root = svg(sheet(replace(EUSTON, counts=counts), reading=HeatmapReading.COUNT))
    drawn = fills(root)
    expected = [sum(row.count(step) for row in counts) for step in range(5)]
    for step in range(5):
        assert drawn.count(LIGHT_HEAT.counts[step]) == expected[step] + 1
    assert drawn.count(LIGHT_HEAT.counts[5]) == 3 + 1


def test_visits_outside_are_named_also_when_there_are_none() -> None:
    said = words(svg(sheet(EUSTON, replace(KEYHAM, outside=2), replace(DOGS, outside=1))))
    assert "Not in any timeslot: 0 visits" in said
    assert "Not in any timeslot: 2 visits" in said
    assert "Not in any timeslot: 1 visit" in said
    assert "52 visits; 31 of 35 timeslots visited, 4 to go" in said


def test_the_picture_says_in_words_what_it_shows() -> None:
    root = svg(sheet(closed=True))
    assert root.findtext(f"{SVG}title") == "Coverage, 1 April 2023 to 31 March 2024"
    said = root.findtext(f"{SVG}desc") or ""
    assert "No visit: Monday and Tuesday 00:00\u201307:59" in said
    assert "Not in any timeslot: 0 visits." in said


def test_made_up_figures_are_marked() -> None:
    note = "Made up to match published totals."
    assert note in words(svg(replace(sheet(), note=note)))


def test_text_of_the_svg_is_text_in_a_common_font() -> None:
    root = svg(sheet())
    assert "sans-serif" in root.get("font-family", "")
    assert b"ReportSans" not in coverage_svg(sheet())
    assert not list(root.iter(f"{SVG}path"))


def test_names_may_hold_any_sign() -> None:
    name = "Caf\u00e9 \u0174ybr & <Sons> \u201cNorth\u201d"
    assert name in words(svg(sheet(replace(EUSTON, site_name=name))))
    assert "Bell\ufffd" in words(svg(sheet(replace(EUSTON, site_name="Bell\x07"))))


@pytest.mark.parametrize("reading", list(HeatmapReading))
@pytest.mark.parametrize(
    "sites",
    [
        (EUSTON,),
        (DOGS,),
        (EUSTON, KEYHAM, DOGS),
        (replace(EUSTON, site_name=LONG, counts=years.NOTHING),),
        (replace(DOGS, site_name="A place whose name has all but forty letters"),) * 4,
    ],
    ids=["suite", "kennels", "three", "long and empty", "four"],
)
def test_nothing_leaves_the_picture_and_nothing_overlaps_its_neighbour(
    sites: tuple[SiteCoverage, ...], reading: str
) -> None:
    drawing = coverage_drawing(sheet(*sites, reading=reading, closed=True))
    for shape in drawing.contents:
        left, bottom, right, top = shape.getBounds()
        assert left >= -0.01
        assert bottom >= -0.01
        assert right <= drawing.width + 0.01
        assert top <= drawing.height + 0.01
    boxes = [s.getBounds() for s in drawing.contents if type(s).__name__ == "String"]
    for at, (left, bottom, right, top) in enumerate(boxes):
        for other in boxes[at + 1 :]:
            apart = (
                right <= other[0] + 0.5
                or other[2] <= left + 0.5
                or top <= other[1] + 4.5
                or other[3] <= bottom + 4.5
            )
            assert apart, "two texts overlap"


def test_the_png_is_twice_the_size_and_shows_the_colours() -> None:
    shown = sheet()
    drawing = coverage_drawing(shown)
    with Image.open(BytesIO(coverage_png(shown))) as picture:
        assert picture.format == "PNG"
        assert picture.size == pytest.approx((drawing.width * 2, drawing.height * 2), abs=1)
        colours = {color for _, color in picture.convert("RGB").getcolors(1 << 24)}
    for token in (LIGHT_HEAT.go, LIGHT_HEAT.done):
        assert tuple(bytes.fromhex(token[1:])) in colours


def test_the_same_coverage_gives_the_same_bytes() -> None:
    assert coverage_png(sheet()) == coverage_png(sheet())
    assert coverage_svg(sheet()) == coverage_svg(sheet())


_count = st.integers(0, 12)


@settings(max_examples=15)
@given(st.lists(st.tuples(*[_count] * 5), min_size=7, max_size=7), _count, st.booleans())
def test_the_totals_drawn_are_the_sums_of_the_numbers_drawn(
    counts: list[tuple[int, ...]], outside: int, closed: bool
) -> None:
    site = replace(EUSTON, counts=tuple(counts), outside=outside)
    said = words(svg(sheet(site, reading=HeatmapReading.COUNT, closed=closed)))
    at = said.index("Total", said.index("Sunday"))
    drawn = [int(one) for one in said[at + 1 : at + 7]]
    assert drawn == [*(sum(column) for column in zip(*counts, strict=True)), sum(map(sum, counts))]
    assert re.match(
        rf"{sum(map(sum, counts)) + outside} visits?;", said[said.index("36 cells") + 1]
    )
