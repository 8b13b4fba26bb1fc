"""Small files that would keep the program busy: each is told, or read, with little work.

Work is counted in rows that reach the reader and bytes that are unpacked, not in seconds.
"""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.exchange import limits, xlsx_parts
from visitapp.exchange.lines import lines_of
from visitapp.exchange.sources import read_sources

RELATIONS = '<Relationships><Relationship Id="{}" Type="x/{}" Target="{}"/>{}</Relationships>'
BOOK = '<workbook xmlns:r="u"><sheets>{}</sheets></workbook>'
SHEET = '<sheet name="{}" r:id="r1"/>'
HEADS = ("visit_ref", "scheme", "site", "date", "arrived", "visitor_1", "visitor_2")
START, END = "<worksheet><sheetData>", "</sheetData></worksheet>"


def text(words: str) -> str:
    return f'<c t="inlineStr"><is><t>{words}</t></is></c>'


HEADINGS = "<row>" + "".join(map(text, HEADS)) + "</row>"
ROW = '<row><c t="b"><v>1</v></c></row>'


def workbook(
    path: Path,
    sheet: str,
    *,
    strings: str = "<sst/>",
    sheets: str = SHEET.format("visits"),
    more: int = 0,
    date1904: bool = False,
) -> Path:
    """A workbook of our own making: no library writes what these tests need."""
    shared = '<Relationship Id="r2" Type="x/sharedStrings" Target="/xl/shared.xml"/>'
    book = BOOK.format(sheets)
    if date1904:
        book = book.replace("<sheets>", '<workbookPr date1904="1"/><sheets>')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        first = RELATIONS.format("r1", "officeDocument", "xl/workbook.xml", "")
        archive.writestr("_rels/.rels", first)
        archive.writestr("xl/workbook.xml", book)
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            RELATIONS.format("r1", "worksheet", "sheet.xml", shared),
        )
        archive.writestr("xl/sheet.xml", sheet)
        archive.writestr("xl/shared.xml", strings)
        for number in range(more):
            archive.writestr(f"part{number}", "")
    return path


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a far row": (
        lambda path: workbook(path, START + '<row r="2000000000">' + text("a") + "</row>" + END),
        "below row 1,048,576",
    ),
    "a row with more figures than a number may have": (
        lambda path: workbook(path, START + f'<row r="{"9" * 6_000}"/>' + END),
        "below row 1,048,576",
    ),
    "a far column": (
        lambda path: workbook(path, START + '<row><c r="XFE1"><v>1</v></c></row>' + END),
        "right of column XFD",
    ),
    "a million blank rows": (
        lambda path: workbook(path, START + "<row/>" * 1_100_000 + END),
        "below row 1,048,576",
    ),
    "sixty thousand headings": (
        lambda path: workbook(path, START + "<row>" + text("a") * 60_000 + "</row>" + END),
        "right of column XFD",
    ),
    "twelve million texts": (
        lambda path: workbook(path, START + END, strings="<sst>" + "<si/>" * 12_000_000 + "</sst>"),
        "too large when unpacked",
    ),
    "texts up to the bound": (
        lambda path: workbook(path, START + END, strings="<sst>" + "<si/>" * 210_000 + "</sst>"),
        "more text than an import can",
    ),
    "too many rows": (
        lambda path: workbook(path, START + HEADINGS + ROW * 10_001 + END),
        "more than 10,000 rows of visits",
    ),
    "elements inside each other": (
        lambda path: workbook(path, START + "<a>" * 100_000 + END),
        "can do harm",
    ),
    "a tag without end": (
        lambda path: workbook(path, START + f'<a b="{"x" * 9_000_000}"/>' + END),
        "can do harm",
    ),
    "a comment without end": (
        lambda path: workbook(path, START + f"<!--{'x' * 9_000_000}-->" + END),
        "can do harm",
    ),
    "a cell of nine million letters": (
        lambda path: workbook(path, START + "<row>" + text("x" * 9_000_000) + "</row>" + END),
        "more than 100,000 letters",
    ),
    "a cell in a million pieces": (
        lambda path: workbook(
            path, START + "<row>" + text("</t><t>".join("x" * 100_002)) + "</row>" + END
        ),
        "more than 100,000 letters",
    ),
    "a thousand sheets": (
        lambda path: workbook(path, START + END, sheets=SHEET.format("a") * 1_001),
        "more than 1,000 sheets",
    ),
    "parts without number": (
        lambda path: workbook(path, START + END, more=20_000),
        "too many parts",
    ),
    "a text that isn't there": (
        lambda path: workbook(path, START + '<row><c t="s"><v>7</v></c></row>' + END),
        "can't be read as a workbook",
    ),
    "a CSV of one line": (lambda path: _written(path, b"x" * 5_000_000), "line of more than"),
    "a CSV of NUL": (lambda path: _written(path, b"date" + bytes(5_000_000)), "line of more than"),
    "a CSV of ends of lines": (lambda path: _written(path, b"\r" * 1_200_000), "1,048,576 rows"),
    "a CSV of commas": (lambda path: _written(path, b"," * 20_000), "more than 16,384 cells"),
    "a CSV of cells": (
        lambda path: _written(path, (b"1," * 16_000 + b"\n") * 34),
        "more than 500,000 cells",
    ),
}


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


@pytest.fixture
def lower_bounds(monkeypatch):
    """A tenth of the bounds that take a second to reach."""
    monkeypatch.setattr(limits, "MOST_CELLS", 500_000)
    monkeypatch.setattr(limits, "MOST_STRINGS", 200_000)
    monkeypatch.setattr(limits, "LONGEST_TEXT", 100_000)
    monkeypatch.setitem(limits.MOST_ROWS, "visits", 10_000)


@pytest.mark.parametrize(("make", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_over_a_bound_is_told(tmp_path, make, words, lower_bounds):
    path = make(tmp_path / "past.xlsx")
    with pytest.raises(BadInputError, match=words) as told:
        read_sources((path, None, None))
    assert str(told.value).endswith(".")
    assert len(str(told.value)) < 300


def test_quotation_marks_that_are_never_closed_are_told_at_their_row(tmp_path):
    path = _written(tmp_path / "a.csv", b'visit_ref,scheme\n"' + b"abc\n" * 400_000)
    problems = read_sources((path, None, None)).sheets["visits"].problems
    assert [p.row for p in problems if "quotation mark may be missing" in p.sentence] == [2]


def test_the_last_row_that_a_sheet_can_have_takes_no_longer_than_the_first(tmp_path, monkeypatch):
    told = []
    path = workbook(
        tmp_path / "a.xlsx", START + HEADINGS + '<row r="1048576">' + text("V1") + "</row>" + END
    )
    rows = read_sources((path, None, None), lambda *where: told.append(where)).sheets["visits"].rows
    assert [row.number for row in rows] == [1_048_576]
    assert len(told) < 5


def test_blank_cells_with_a_colour_are_not_read(tmp_path):
    coloured = "".join(f'<c r="{xlsx_column(at)}1" s="1"/>' for at in range(7, 16_384))
    sheet = (
        START + HEADINGS.replace("</row>", coloured + "</row>") + "<row>" + text("V1") + "</row>"
    )
    found = read_sources((workbook(tmp_path / "a.xlsx", sheet + END), None, None)).sheets["visits"]
    assert (len(found.rows), found.problems, found.warnings) == (1, (), ())


def xlsx_column(at: int) -> str:
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def test_thousands_of_unknown_headings_are_summed_up(tmp_path):
    path = _written(tmp_path / "a.csv", b",".join(b"h%d" % at for at in range(9_000)))
    warnings = read_sources((path, None, None)).sheets["visits"].warnings
    assert len(warnings) == 51
    assert warnings[-1].sentence == "8,950 more columns are not read."


def test_only_as_much_is_unpacked_as_is_read(tmp_path, monkeypatch):
    """Numbers of a sheet that is refused at its first row don't wait for the last."""
    fed = []
    path = workbook(tmp_path / "a.xlsx", START + '<row r="0"/>' + ROW * 90_000 + END)
    real = xlsx_parts.WorkbookPart.pieces

    def counted(part):
        for piece in real(part):
            fed.append(1)
            yield piece

    monkeypatch.setattr(xlsx_parts.WorkbookPart, "pieces", counted)
    with pytest.raises(BadInputError):
        read_sources((path, None, None))
    assert len(fed) < 20


def test_days_counted_from_1904_are_the_days_that_the_spreadsheet_shows(tmp_path):
    cells = text("V1") + text("custody") + text("Northgate") + "<c><v>44259</v></c>"
    sheet = START + HEADINGS + "<row>" + cells + "</row>" + END
    path = workbook(tmp_path / "a.xlsx", sheet, date1904=True)
    (line,) = lines_of(read_sources((path, None, None)).sheets["visits"])
    assert line.values["date"] == date(2025, 3, 5)


def test_a_formula_without_result_and_hidden_rows_are_named(tmp_path):
    formula = '<row hidden="1">' + text("V1") + "<c><f>A1</f></c></row>"
    path = workbook(tmp_path / "a.xlsx", START + HEADINGS + formula + END)
    found = read_sources((path, None, None)).sheets["visits"]
    assert [(p.row, p.column) for p in found.problems] == [(2, "scheme")]
    assert "has no result yet" in found.problems[0].sentence
    assert [w.row for w in found.warnings] == [2]
    assert "hidden" in found.warnings[0].sentence


def test_headings_may_stand_below_a_title(tmp_path):
    content = b"Visits of 2024,,,,\n\nby the office\nvisit_ref,scheme,site,date,arrived\nV1,custody"
    found = read_sources((_written(tmp_path / "a.csv", content), None, None)).sheets["visits"]
    assert (found.problems, [row.number for row in found.rows]) == ((), [5])


def test_a_workbook_with_prefixes_and_a_picture_of_many_megabytes_is_ordinary(tmp_path):
    sheet = (START + HEADINGS + "<row>" + text("V1") + "</row>" + END).replace("<", "<x:")
    sheet = sheet.replace("<x:/", "</x:").replace("<x:worksheet", '<x:worksheet xmlns:x="u"')
    path = workbook(tmp_path / "a.xlsx", sheet)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/media/photo.jpg", bytes(5_000_000))
    assert len(read_sources((path, None, None)).sheets["visits"].rows) == 1
