"""The annual report is tagged as PDF/UA-1 asks, whatever its data."""

import re
from collections import Counter
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pdfua
import pikepdf
import pytest

from tests.reporting import documents
from tests.reporting.tagged_pdf import Node, TaggedPdf
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    Column,
    Document,
    ListItem,
    Paragraph,
    Run,
    Section,
    Table,
    text,
)
from visitapp.reporting.pdf.render import render_pdf

each = pytest.mark.parametrize("name", documents.NAMES)


@each
def test_the_checker_finds_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(documents.pdf(name))
    report = pdfua.validate(str(path))
    assert [finding.message for finding in report.findings] == []


@each
def test_every_text_and_stroke_lies_within_one_mark(name: str) -> None:
    for page in documents.tagged(name).pages:
        assert page.loose == []
        assert page.faults == []


@each
def test_marks_elements_and_the_parent_tree_agree(name: str) -> None:
    file = documents.tagged(name)
    owner: dict[tuple[int, int], pikepdf.Object] = {}
    for node in file.root.walk():
        for kid in node.kids:
            if isinstance(kid, tuple):
                assert kid not in owner, "an MCID belongs to one element"
                owner[kid] = node.raw
    parents = file.parent_tree()
    assert list(parents) == sorted(parents)
    for number, page in enumerate(file.pdf.pages):
        marks = file.pages[number]
        assert page.Tabs == "/S"
        listed = parents[int(page.StructParents)]
        assert sorted(marks.order) == list(range(len(listed)))
        for mcid, element in enumerate(listed):
            assert owner[number, mcid].objgen == element.objgen
            assert str(element.S)[1:] == marks.kinds[mcid]


@each
def test_every_element_names_its_parent(name: str) -> None:
    file = documents.tagged(name)
    tree = file.pdf.Root.StructTreeRoot
    for node in file.root.walk():
        parent = tree if node.parent is None else node.parent.raw
        assert node.raw.P.objgen == parent.objgen


@each
def test_every_link_says_where_it_leads_and_hangs_on_its_element(name: str) -> None:
    file = documents.tagged(name)
    parents = file.parent_tree()
    links = {
        kid.objgen: node
        for node in file.nodes("Link")
        for kid in node.kids
        if isinstance(kid, pikepdf.Object)
    }
    annotations = [note for page in file.pdf.pages for note in page.get("/Annots", [])]
    assert len(annotations) == len(links)
    for note in annotations:
        node = links[note.objgen]
        assert str(note.Contents).strip()
        assert int(note.F) == 4
        assert parents[int(note.StructParent)].objgen == node.raw.objgen
        assert file.text_of(node)


@each
def test_artefacts_hold_heads_feet_and_repeated_table_heads_and_nothing_else(name: str) -> None:
    file, document = documents.tagged(name), documents.document(name)
    margins: Counter[str] = Counter()
    for number in range(2, len(file.pages) + 1):
        margins[f"{document.head_left} {document.head_right}".strip()] += 1
        margins[f"{document.office} {number}"] += 1
        margins[document.classification] += 2 if document.classification else 0
    margins[document.classification] += 1 if document.classification else 0  # on the cover
    repeated: Counter[str] = Counter()
    for node in file.nodes("Table"):
        body = {page for row in _rows(node)[1:] for page, _ in row.marks()}
        for cell in _rows(node)[0].kids:
            repeated[file.text_of(cell)] += len(body) - 1
    said = Counter(
        " ".join(words.split()) for page in file.pages for _, words in page.artefacts if words
    )
    assert said == +(margins + repeated)


def _rows(table: Node) -> list[Node]:
    return [kid for kid in table.kids if isinstance(kid, Node) and kid.kind == "TR"]


def test_the_published_year_takes_sixteen_pages_at_most() -> None:
    assert len(documents.tagged("demonstration 2023/24").pages) <= 16
    assert len(documents.pdf("demonstration 2023/24")) < 1_000_000


def test_small_tables_stand_side_by_side_and_are_read_one_after_the_other() -> None:
    columns = (Column("Suite", "left", 3), Column("Visits"))
    rows = tuple((f"Suite {row}", str(row)) for row in range(12))
    tables = [Table(at, "Visits", columns, rows) for at in (1, 2, 3, 4)]
    file = _pdf_of(_document(*tables))
    assert len(file.pages) == 1  # below one another they would need two
    heads = [file.text_of(node.kids[0]) for node in file.nodes("Table")]
    assert heads == [f"Table {at}. Visits" for at in (1, 2, 3, 4)]
    ids = [mcid for _, mcid in file.root.marks()]
    assert ids == sorted(ids)


def test_a_wide_table_keeps_the_width_of_the_page() -> None:
    columns = (Column("Suite", "left"), *(Column(f"Longheading{at}") for at in range(6)))
    rows = tuple((f"Suite {row}", *["1,234,567"] * 6) for row in range(12))
    tables = [Table(at, "Visits", columns, rows) for at in (1, 2, 3, 4)]
    assert len(_pdf_of(_document(*tables)).pages) > 1


def test_a_table_over_two_pages_repeats_its_head_as_an_artefact() -> None:
    file = _pdf_of(_document(_long_table(90)))
    repeated = [words for page in file.pages for _, words in page.artefacts if "Suite" in words]
    assert len(repeated) == len(file.pages) - 1
    assert len(file.nodes("TR")) == 92
    assert len([node for node in file.nodes("TH") if file.text_of(node) == "Suite"]) == 1


@each
def test_headings_step_down_one_level_at_a_time(name: str) -> None:
    levels = [
        int(node.kind[1])
        for node in documents.tagged(name).root.walk()
        if re.fullmatch(r"H\d", node.kind)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@each
def test_reading_order_is_the_order_on_the_page(name: str) -> None:
    file = documents.tagged(name)
    for page in file.pages:
        ids = [mcid for at, mcid in file.root.marks() if at == page.number]
        figures_and_rows = page.order
        assert ids == sorted(ids)
        assert figures_and_rows == sorted(figures_and_rows)
    pages = [at for at, _ in file.root.marks()]
    assert pages == sorted(pages)


@each
def test_tables_are_regular_and_their_heads_have_a_scope(name: str) -> None:
    file, document = documents.tagged(name), documents.document(name)
    tables = file.nodes("Table")
    assert len(tables) == len(list(document.tables()))
    for node, block in zip(tables, document.tables(), strict=True):
        rows = [kid for kid in node.kids if getattr(kid, "kind", "") == "TR"]
        assert {len(row.kids) for row in rows} == {len(block.columns)}
        assert [row.kids[0].kind for row in rows] == ["TH"] * len(rows)
        assert {str(cell.raw.A.Scope) for cell in rows[0].kids} == {"/Column"}
        assert {str(row.kids[0].raw.A.Scope) for row in rows[1:]} == {"/Row"}
        assert file.text_of(node.kids[0]) == f"Table {block.number}. {block.caption}"
        said = [[file.text_of(cell) for cell in row.kids] for row in rows[1:]]
        total = [block.total] if block.total else []
        assert said == [[_plain(words) for words in row] for row in [*block.rows, *total]]


@each
def test_figures_have_their_words_and_their_place(name: str) -> None:
    file = documents.tagged(name)
    for node in file.nodes("Figure"):
        assert len(node.alt) > 20
        left, bottom, right, top = (float(edge) for edge in node.raw.A.BBox)
        assert 0 <= left < right <= 596
        assert 0 <= bottom < top <= 842


@each
def test_the_file_is_sound(name: str) -> None:
    assert documents.tagged(name).pdf.check_pdf_syntax() == []


def test_the_file_says_what_it_is() -> None:
    file = documents.tagged("published")
    document = documents.document("published")
    assert file.pdf.pdf_version == "1.7"
    assert str(file.pdf.Root.Lang) == "en-GB"
    assert bool(file.pdf.Root.MarkInfo.Marked)
    assert bool(file.pdf.Root.ViewerPreferences.DisplayDocTitle)
    with file.pdf.open_metadata() as found:
        assert found["pdfuaid:part"] == "1"
        assert found["dc:title"] == document.title
        assert found["xmp:CreateDate"].startswith("2024-03-31")
    assert str(file.pdf.docinfo["/Title"]) == document.title
    assert str(file.pdf.docinfo["/CreationDate"]).startswith("D:20240331")


def _plain(words: str) -> str:
    return " ".join(words.split())


def _long_table(rows: int) -> Table:
    columns = (Column("Suite", "left", 3), Column("Visits"))
    body = tuple((f"Suite number {row}", str(row)) for row in range(rows))
    return Table(1, "Many suites", columns, body, ("All", str(sum(range(rows)))))


def _document(*blocks: Block) -> Document:
    return Document(
        "A test", date(2024, 3, 31), "Office", "A test", "Anyshire",
        (Section("one", "Many things", blocks),),
    )  # fmt: skip


def _pdf_of(document: Document) -> TaggedPdf:
    made = BytesIO()
    render_pdf(document, made)
    return TaggedPdf(made.getvalue())


def test_points_within_points_are_lists_in_lists() -> None:
    inner = (ListItem(text("inner point")), ListItem(text("second inner point")))
    points = (ListItem(text("outer point"), inner), ListItem(text("last outer point")))
    file = _pdf_of(_document(BulletList(points)))
    assert [file.text_of(node) for node in file.nodes("LBody")] == [
        "outer point \u2022 inner point \u2022 second inner point",
        "inner point",
        "second inner point",
        "last outer point",
    ]


def test_links_over_lines_and_pages_keep_the_order_of_words() -> None:
    link = Run("words of a link that go on over the end of a line and " * 4, url="https://a.org")
    whole = "".join((*_WORDS, link.text, "words after it."))
    over_a_page = 0
    for filling in range(28, 34):
        long = Paragraph(text("Filling a line of the page with these words. " * filling * 2))
        parts = Paragraph(text(*_WORDS, link, "words after it."))
        file = _pdf_of(_document(long, parts, Paragraph(text(link))))
        assert [page.faults for page in file.pages] == [[] for _ in file.pages]
        assert [page.loose for page in file.pages] == [[] for _ in file.pages]
        said = [file.text_of(node) for node in file.nodes("P")]
        assert said[1] == " ".join(whole.split())
        links = file.nodes("Link")
        assert [file.text_of(node) for node in links] == [" ".join(link.text.split())] * 2
        over_a_page += any(len({page for page, _ in node.marks()}) == 2 for node in links)
    assert over_a_page, "one of the lengths brings the link to the end of a page"


_WORDS = (
    "Some words before a link that bring it near to the end of a line, ",
    "and more of them. ",
)


def test_a_crest_is_a_figure_of_the_cover_and_says_whose_it_is() -> None:
    figures = [node for node in documents.tagged("awkward").root.walk() if node.kind == "Figure"]
    [crest] = [node for node in figures if node.alt.startswith("Crest of Office of the Police")]
    assert {page for page, _ in crest.marks()} == {0}


def test_a_row_that_is_too_high_for_a_page_is_divided_and_read_whole(tmp_path: Path) -> None:
    words = [f"word{at}" for at in range(900)]
    columns = (Column("What", "left", 2), Column("Who", "left", 1))
    rows = ((" ".join(words), "Inspector"), ("Short", "Sergeant"))
    blocks = (Table(1, "Agreed", columns, rows),)
    document = Document("T", date(2025, 4, 1), "O", "", "", (Section("a", "A", blocks),))
    path = tmp_path / "long.pdf"
    with path.open("wb") as target:
        assert render_pdf(document, target) > 1
    assert [finding.message for finding in pdfua.validate(str(path)).findings] == []
    pdf = TaggedPdf(path.read_bytes())
    first, second = (node for node in pdf.nodes("TH") if node.raw.A.Scope == "/Row")
    assert words == re.findall(r"word\d+", pdf.text_of(first))
    assert pdf.text_of(second) == "Short"
