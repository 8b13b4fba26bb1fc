"""Spreadsheets and Word documents open elsewhere without a repair: by their parts, and in
LibreOffice where it is installed."""

import posixpath
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree
from zipfile import ZipFile

import pypdfium2
import pytest

from tests.domain.year.test_volunteer_hours import HOURS
from tests.reporting import documents, sheets
from tests.reporting import published_year as years
from visitapp.domain.period import Period
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.year.heatmap import HeatmapReading
from visitapp.reporting.blocks import Document, Table
from visitapp.reporting.claims import claims_document
from visitapp.reporting.coverage_picture import CoverageSheet
from visitapp.reporting.list_workbook import lists_xlsx
from visitapp.reporting.spreadsheet import coverage_xlsx
from visitapp.reporting.table_workbook import tables_xlsx
from visitapp.reporting.word.document import render_docx

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LONGEST, _LONGEST_NAME = 32_767, 31
_ROWS = (
    ("=1+1", date(2024, 2, 29), 7),
    ("x" * 40_000, date(1899, 12, 31), None),
    ("\x00\x08\x1b\ufffe\ud800 and \u202ereversed", date(9999, 12, 31), -3),
    ("<b>&amp;\r\nline", None, 10**12),
)
_LISTS = tuple(
    ListSheet(name, ("Words", "Day", "Number"), _ROWS)
    for name in (
        "Who: [what]?",
        "who what",
        "'quoted'",
        "A name that is longer than a sheet allows",
    )
)
_PERIOD = Period(date(2024, 4, 1), date(2025, 3, 31))
DOCUMENTS: dict[str, Callable[[], Document]] = {
    name: sheets.SHEETS[name]
    for name in (
        *("issue log", "issue letter", "meeting pack", "monthly page", "quarterly update"),
        *("indicators", "evidence pack", "rota"),
    )
} | {
    "claims": lambda: claims_document(sheets.OFFICE, _PERIOD, _PERIOD.end, [HOURS], alone=False),
}
"""What an office makes of its records beside the report: each for Word, and its tables."""
CONTENTS: dict[str, Callable[[], bytes]] = {
    "lists.xlsx": lambda: lists_xlsx(_LISTS, date(2024, 4, 1)),
    "nothing.xlsx": lambda: lists_xlsx((ListSheet("None", ("A",), ()),), date(2024, 4, 1)),
    "tables.xlsx": lambda: tables_xlsx(documents.document("published")),
    "awkward.xlsx": lambda: tables_xlsx(documents.document("awkward")),
    "coverage.xlsx": lambda: coverage_xlsx(
        CoverageSheet(years.custody().coverage, years.YEAR, HeatmapReading.NEED, True, "")
    ),
    "report.docx": lambda: render_docx(documents.document("published")),
    **{f"{name}.docx": lambda of=of: render_docx(of()) for name, of in DOCUMENTS.items()},
    **{f"{name}, tables.xlsx": lambda of=of: tables_xlsx(of()) for name, of in DOCUMENTS.items()},
}


@cache
def content(name: str) -> bytes:
    return CONTENTS[name]()


def faults(file: bytes) -> Iterator[str]:
    """What makes office programs repair or refuse a file."""
    with ZipFile(BytesIO(file)) as package:
        names = package.namelist()
        if len({name.casefold() for name in names}) != len(names):
            yield "two parts have one name"
        for name in names:
            if not name.endswith((".xml", ".rels")):
                continue
            try:
                root = ElementTree.fromstring(package.read(name))  # noqa: S314 - our own
            except ElementTree.ParseError as error:
                yield f"{name}: {error}"
                continue
            yield from (f"{name}: {fault}" for fault in _faults_of_part(name, root, names))


def _faults_of_part(name: str, root: ElementTree.Element, names: list[str]) -> Iterator[str]:
    if name.endswith(".rels"):
        yield from _lost(root, PurePosixPath(name).parent.parent, names)
    elif name == "xl/workbook.xml":
        yield from _names([sheet.get("name", "") for sheet in root.iter(f"{_MAIN}sheet")])
    elif name == "xl/sharedStrings.xml":
        yield from _texts(["".join(item.itertext()) for item in root])
    elif name.startswith("xl/worksheets/sheet"):
        yield from _cells(list(root.iter(f"{_MAIN}c")))


def _lost(root: ElementTree.Element, folder: PurePosixPath, names: list[str]) -> Iterator[str]:
    for relation in root:
        place = posixpath.normpath(f"/{folder}/{relation.get('Target')}").lstrip("/")
        if relation.get("TargetMode") != "External" and place not in names:
            yield f"{place} is missing"


def _names(sheets: list[str]) -> Iterator[str]:
    if len({sheet.casefold() for sheet in sheets}) != len(sheets):
        yield "two sheets have one name"
    for sheet in sheets:
        if not 0 < len(sheet) <= _LONGEST_NAME or re.search(r"[\[\]:*?/\\]|^'|'$", sheet):
            yield f"the name {sheet}"


def _texts(texts: list[str]) -> Iterator[str]:
    if any(len(words) > _LONGEST for words in texts):
        yield "a text is too long"
    if any(re.search(r"_x00[01]\w_|_xFFF[EF]_", words, re.IGNORECASE) for words in texts):
        yield "a character that no cell may have"


def _cells(cells: list[ElementTree.Element]) -> Iterator[str]:
    if len({cell.get("r") for cell in cells}) != len(cells):
        yield "a cell stands twice"
    numbers = [cell.findtext(f"{_MAIN}v") for cell in cells if cell.get("t") is None]
    if any(not re.fullmatch(r"-?\d+(\.\d+)?(E[+-]?\d+)?", words) for words in numbers if words):
        yield "a number that is none"


@pytest.mark.parametrize("name", CONTENTS)
def test_nothing_in_a_file_asks_for_a_repair(name: str) -> None:
    assert list(faults(content(name))) == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (b'name="who what (2)"', b'name="Who what"', "two sheets have one name"),
        (b'name="quoted"', b'name="quoted\'"', "the name quoted'"),
        (b"line</t>", b"line" + b"x" * _LONGEST + b"</t>", "a text is too long"),
        (b"line</t>", b"line\x01</t>", "not well-formed"),
        (b'<c r="C2"', b'<c r="A2"', "a cell stands twice"),
        (b'Target="worksheets/sheet1.xml"', b'Target="worksheets/sheet9.xml"', "is missing"),
    ],
)
def test_the_check_notices(before: bytes, after: bytes, fault: str) -> None:
    changed = BytesIO()
    with ZipFile(BytesIO(content("lists.xlsx"))) as package, ZipFile(changed, "w") as spoilt:
        parts = {name: package.read(name) for name in package.namelist()}
        assert any(before in part for part in parts.values())
        for name, part in parts.items():
            spoilt.writestr(name, part.replace(before, after))
    assert any(fault in words for words in faults(changed.getvalue()))


def _words(path: Path) -> str:
    pdf = pypdfium2.PdfDocument(path)
    words = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return " ".join(words.split())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_each_and_finds_its_words(tmp_path: Path) -> None:
    for name in CONTENTS:
        (tmp_path / name).write_bytes(content(name))
    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "pdf", "--outdir", str(tmp_path / "out")),
            *(str(tmp_path / name) for name in CONTENTS),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    printed = {path.stem: _words(path) for path in (tmp_path / "out").iterdir()}
    assert printed.keys() == {Path(name).stem for name in CONTENTS}
    words = {"lists": "=1+1", "nothing": "A"}
    words |= dict.fromkeys(("tables", "coverage", "report"), "Euston Street")
    for name, of in DOCUMENTS.items():
        document = of()
        words[name] = document.masthead.title if document.masthead else document.title
        tables = [b for part in document.sections for b in part.blocks if isinstance(b, Table)]
        words |= {f"{name}, tables": table.rows[-1][0] for table in tables[:1]}
    for stem, expected in words.items():
        assert expected in printed[stem], stem
