"""The report as a web page: the words of the PDF, in HTML that everybody can read."""

import csv
import os
import re
import shutil
import subprocess
from functools import cache
from io import StringIO
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest

from tests.reporting import documents, golden
from tests.reporting.web_page import parsed, words_of, words_of_outline
from tests.ui.look.test_tokens import contrast
from visitapp.reporting import style
from visitapp.reporting.pdf.printable import printable
from visitapp.reporting.style import SANS
from visitapp.reporting.table_files import is_table_file, table_files
from visitapp.reporting.web.markup import Markup, element
from visitapp.reporting.web.page import render_html

NAMES = tuple(documents.MADE)


@cache
def page(name: str) -> bytes:
    return render_html(documents.document(name))


@cache
def tree(name: str) -> Element:
    return parsed(page(name))


def _body(name: str) -> Element:
    """The page without what only a page has: the link past the head, and the foot."""
    body = parsed(page(name)).find("body")
    for part in (body.find("a"), body.find("footer")):
        body.remove(part)
    return body


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_those_of_the_pdf_in_the_same_order(name: str) -> None:
    words = words_of(_body(name))
    in_pdf = words_of_outline(golden.path_of(name).read_text("utf-8"))
    # Lines of the PDF are joined by spaces, also within a long word.
    assert printable(words, SANS).replace(" ", "") == in_pdf.replace(" ", "")


@pytest.mark.parametrize("name", NAMES)
def test_tables_of_page_and_files_hold_the_cells_of_the_document(name: str) -> None:
    tables = list(documents.document(name).tables())
    files = list(table_files(documents.document(name)))
    on_page = tree(name).findall(".//table")
    assert len(tables) == len(on_page) == len(files) == len({file for file, _ in files})
    for table, shown, (file, content) in zip(tables, on_page, files, strict=True):
        head = [column.head for column in table.columns]
        cells = [head, *map(list, table.rows), *([list(table.total)] if table.total else [])]
        rows = [[words_of(cell) for cell in row] for row in shown.iter("tr")]
        assert rows == [[" ".join(cell.split()) for cell in row] for row in cells]
        saved = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""))
        assert list(saved) == cells
        assert is_table_file(file)
        assert file.startswith(f"table-{table.number:02}-")


@pytest.mark.parametrize("name", NAMES)
def test_headings_are_in_order_under_one_title(name: str) -> None:
    levels = [int(e.tag[1]) for e in tree(name).iter() if re.fullmatch("h[1-6]", str(e.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(level <= before + 1 for before, level in pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_each_table_says_what_it_is_and_what_its_headers_are_of(name: str) -> None:
    for table in tree(name).iter("table"):
        assert words_of(table.find("caption"))
        assert [cell.get("scope") for cell in table.find("thead").iter("th")] != []
        assert all(cell.get("scope") == "col" for cell in table.find("thead").iter("th"))
        assert all(cell.get("scope") == "row" for cell in table.find("tbody").iter("th"))
        assert all(words_of(cell) for cell in table.iter("th"))
        assert all(row.find("th") is not None for row in table.find("tbody").iter("tr"))


@pytest.mark.parametrize("name", NAMES)
def test_language_title_pictures_links_and_keys_are_there(name: str) -> None:
    root = tree(name)
    assert root.get("lang") == "en-GB"
    assert words_of(root.find("head/title")) == documents.document(name).title
    assert root.find("body/main") is not None
    assert len(root.findall(".//nav")) == 1
    keys = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(keys) == len(set(keys))
    for link in root.iter("a"):
        assert words_of(link)
        target = link.get("href")
        assert target.startswith("mailto:") or target.removeprefix("#") in keys
    for label in filter(None, (e.get("aria-labelledby") for e in root.iter())):
        assert label in keys
    hidden = {part for e in root.iter() if e.get("aria-hidden") == "true" for part in e.iter()}
    pictures = [e for e in root.iter() if str(e.tag).endswith("svg") and e not in hidden]
    charts = [e for e in pictures if e.get("role") == "img" and e.get("aria-label")]
    assert len(charts) == len(pictures)
    assert all(picture.get("alt") for picture in root.iter("img"))


@pytest.mark.parametrize("name", NAMES)
def test_the_page_runs_nothing_and_loads_nothing(name: str) -> None:
    root = tree(name)
    assert not {"script", "link", "iframe", "object", "form"} & {str(e.tag) for e in root.iter()}
    assert not [key for e in root.iter() for key in e.attrib if str(key).startswith("on")]
    assert all(e.get("src").startswith("data:image/png;base64,") for e in root.iter("img"))
    sheet = root.find("head/style").text
    assert "url(" not in sheet
    assert "@import" not in sheet
    assert b"@media print" in page(name)


def test_the_published_page_has_its_charts_and_the_awkward_one_its_crest() -> None:
    assert page("published").count(b"<figure><svg") == 6
    assert len(tree("awkward").findall(".//header//img")) == 1


TEXTS = (
    (style.INK, style.WHITE), (style.INK2, style.WHITE), (style.DEEP, style.WHITE),
    (style.BLUE, style.WHITE), (style.WHITE, style.DEEP), (style.COVER_SMALL, style.DEEP),
    (style.STRIP_TEXT, style.STRIP_FILL),
    *zip(style.SCALE_TEXT, style.SCALE, strict=True),
)  # fmt: skip
"""Every colour of text on its ground."""


def test_every_text_has_enough_contrast() -> None:
    assert [pair for pair in TEXTS if contrast(*pair) < 4.5] == []
    sheet = tree("published").find("head/style").text
    inks = set(re.findall(r"[{; ]color: (#[0-9A-F]{6})", sheet))
    assert inks <= {ink for ink, _ in TEXTS}
    assert contrast(style.OCHRE, style.WHITE) >= 3  # the ring and the focus


def test_text_can_not_become_markup() -> None:
    hostile = "<script>\"x\" & 'y'</script>\x00\ufffe"
    made = element("p", hostile, element("br"), title=hostile)
    assert "<script" not in made
    read = parsed(f"<!DOCTYPE html><title>x</title>{made}".encode()).find("body/p")
    assert read.text == "<script>\"x\" & 'y'</script>\ufffd\ufffd" == read.get("title")
    assert element("p", Markup("<br>"), class_="") == "<p><br></p>"


@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_nothing(name: str, tmp_path: Path) -> None:
    """Where Chromium is installed and AXE_CORE names the file `axe.min.js`."""
    browser, axe = shutil.which("chromium"), os.environ.get("AXE_CORE")
    if not browser or not axe:
        pytest.skip("needs Chromium and axe-core")
    checked = tmp_path / "checked.html"
    script = Path(axe).read_text("utf-8").replace("</script", "<\\/script")
    run = (
        f"<script>{script}</script><script>axe.run(document, {{runOnly: "
        "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => {"
        "document.title = 'FOUND ' + r.passes.length + ' ' + r.violations.map(v => v.id)})"
        "</script></body>"
    )
    checked.write_text(page(name).decode().replace("</body>", run), "utf-8")
    command = [browser, "--headless", "--no-sandbox", "--virtual-time-budget=20000"]
    done = subprocess.run(
        [*command, "--dump-dom", checked.as_uri()], capture_output=True, check=True
    )
    found = re.search(r"<title>FOUND (\d+) (.*)</title>", done.stdout.decode())
    assert int(found[1]) > 40
    assert found[2] == ""
