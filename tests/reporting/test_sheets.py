"""Sheets keep the rules of every document, and copies of reports tell each reader no more
than they are given."""

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from tests.reporting import documents, golden, sheets
from tests.reporting import test_annual_fonts as fonts
from tests.reporting import test_annual_structure as structure
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.copies import Audience, is_shown
from visitapp.reporting.blocks import EmptyTable
from visitapp.reporting.visit_report import visit_report

each = pytest.mark.parametrize("name", sheets.SHEETS)
RULES: tuple[Callable[[str], None], ...] = (
    structure.test_every_text_and_stroke_lies_within_one_mark,
    structure.test_marks_elements_and_the_parent_tree_agree,
    structure.test_every_element_names_its_parent,
    structure.test_every_link_says_where_it_leads_and_hangs_on_its_element,
    structure.test_headings_step_down_one_level_at_a_time,
    structure.test_reading_order_is_the_order_on_the_page,
    structure.test_figures_have_their_words_and_their_place,
    fonts.test_no_font_is_left_to_the_reader,
    fonts.test_every_letter_has_its_glyph_its_width_and_its_meaning,
    fonts.test_symbolic_fonts_have_one_table_of_codes_and_no_encoding,
)


@each
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__.removeprefix("test_"))
def test_sheets_keep_the_rules_of_every_document(rule: Callable[[str], None], name: str) -> None:
    rule(name)


@each
def test_the_checker_finds_nothing(name: str, tmp_path: Path) -> None:
    structure.test_the_checker_finds_nothing(name, tmp_path)


PRINTED = [name for name in sheets.SHEETS if not name.startswith("blank")]
BLANK = [name for name in sheets.SHEETS if name.startswith("blank")]


@pytest.mark.parametrize("name", PRINTED)
def test_tables_are_regular_and_their_heads_have_a_scope(name: str) -> None:
    structure.test_tables_are_regular_and_their_heads_have_a_scope(name)


@pytest.mark.parametrize("name", BLANK)
def test_empty_tables_are_regular_and_their_heads_have_a_scope(name: str) -> None:
    file, document = documents.tagged(name), documents.document(name)
    blocks = [block for block in document.blocks() if isinstance(block, EmptyTable)]
    tables = file.nodes("Table")
    assert len(tables) == len(blocks) > 3
    for node, block in zip(tables, blocks, strict=True):
        rows = [kid for kid in node.kids if getattr(kid, "kind", "") == "TR"]
        assert [len(row.kids) for row in rows] == [len(block.columns)] * (len(block.rows) + 1)
        assert {str(cell.raw.A.Scope) for cell in rows[0].kids} == {"/Column"}
        assert [file.text_of(row.kids[0]) for row in rows[1:]] == list(block.rows)
        assert {str(row.kids[0].raw.A.Scope) for row in rows[1:]} == {"/Row"}


@each
def test_a_sheet_of_one_page_has_no_foot_and_a_longer_one_numbers_its_pages(name: str) -> None:
    file, document = documents.tagged(name), documents.document(name)
    number = len(file.pages)
    margins: Counter[str] = Counter()
    if number > 1:
        margins.update(
            f"{document.head_left} Page {page} of {number}" for page in range(1, number + 1)
        )
    repeated: Counter[str] = Counter()
    for node in file.nodes("Table"):
        rows = [kid for kid in node.kids if getattr(kid, "kind", "") == "TR"]
        pages = {page for row in rows[1:] for page, _ in row.marks()}
        for cell in rows[0].kids:
            repeated[file.text_of(cell)] += len(pages) - 1
    said = Counter(
        " ".join(words.split()) for page in file.pages for _, words in page.artefacts if words
    )
    assert said == +(margins + repeated)


@each
def test_the_office_is_the_first_line_and_the_title_the_only_h1(name: str) -> None:
    file = documents.tagged(name)
    first = next(node for node in file.root.walk() if node.kind == "P")
    assert file.text_of(first) == documents.document(name).office
    masthead = documents.document(name).masthead
    assert masthead is not None
    assert [file.text_of(node) for node in file.nodes("H1")] == [masthead.title]


@pytest.mark.parametrize("name", golden.SHEETS)
def test_the_words_in_reading_order_are_those_once_read_and_kept(name: str) -> None:
    kept = golden.path_of(name).read_text(encoding="utf-8")
    assert documents.tagged(name).outline() == kept, "see tests/reporting/golden.py"


_HASHES = """
import hashlib
from tests.reporting import documents, sheets
for name in sheets.SHEETS:
    print(hashlib.sha256(documents.pdf(name)).hexdigest())
"""


def test_the_bytes_are_the_same_in_another_zone_locale_and_hash_seed() -> None:
    found = []
    for zone, seed in (("Europe/London", "1"), ("Pacific/Auckland", "4242")):
        environment = {**os.environ, "TZ": zone, "LC_ALL": "C", "PYTHONHASHSEED": seed}
        done = subprocess.run(
            [sys.executable, "-c", _HASHES], cwd=Path(__file__).parents[2], env=environment,
            capture_output=True, check=True,
        )  # fmt: skip
        found.append(done.stdout.decode().split())
    assert found[0] == found[1]
    assert len(set(found[0])) == len(sheets.SHEETS)


# -- what each reader is given -------------------------------------------------------------


def said(name: str) -> str:
    """All of a document that anybody can read: its words, its bookmarks and its metadata."""
    file = documents.tagged(name)
    info = [str(value) for value in file.pdf.docinfo.values()]
    with file.pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    metadata = file.pdf.Root.Metadata.read_bytes().decode()
    return " ".join((file.outline(), *info, *titles, metadata))


@pytest.mark.parametrize("name", [name for name in sheets.SHEETS if name.startswith("report")])
def test_no_copy_holds_a_whole_custody_number(name: str) -> None:
    words = said(name).casefold()
    for number in sheets.CUSTODY_NUMBERS:
        assert number.casefold() not in words
        assert number.replace("/", "").casefold() not in words


def test_the_end_of_a_number_stands_for_it_in_rows_and_texts() -> None:
    words = said("report for the manager")
    assert "1, \u20261/25" in words
    assert "\u20261/25 asked twice" in words
    assert "\u20263/25 was cold" in words


def test_the_police_copy_holds_no_allegation_and_nothing_for_the_manager_alone() -> None:
    words = said("report for the police")
    for secret in (*sheets.SECRETS, "for_manager", "expenses", "Miles", "Anne", "Example"):
        assert secret not in words
    for key in ("opcat", "reprisal", "complaint", "for_manager", "miles", "expenses"):
        own = sheets.form(Kind.CUSTODY)
        (asked,) = (q for q in (*own.questions(), *own.row_questions()) if q.key == key)
        assert asked.ask.casefold() not in words.casefold()
    assert "Two visitors, known to the scheme" in words
    assert "One vegetarian meal left." in words


def test_the_police_copy_is_that_of_a_visit_without_any_allegation() -> None:
    """No gap in numbers, no count, no empty heading: the document is equal, bar nothing."""
    full = sheets.full_custody()
    assert full.report is not None
    quiet = sheets.without_allegations(full)
    given = visit_report(sheets.copy_of(full, Kind.CUSTODY, Audience.POLICE))
    assert given == visit_report(sheets.copy_of(quiet, Kind.CUSTODY, Audience.POLICE))
    loud = visit_report(sheets.copy_of(full, Kind.CUSTODY, Audience.MANAGER))
    assert loud != visit_report(sheets.copy_of(quiet, Kind.CUSTODY, Audience.MANAGER))


def test_the_manager_is_given_everything_the_others_lack() -> None:
    words = said("report for the manager")
    for told in (*sheets.SECRETS, "Something said, for_manager", "Miles travelled", "Anne Example"):
        assert told in words


def test_visitors_get_all_but_expenses_and_the_reviewer_what_concerns_detainees() -> None:
    own, reviewer = said("report for the visitors"), said("report for the reviewer")
    for words in (own, reviewer):
        assert "Miles travelled" not in words
        assert "Other expenses" not in words
        assert sheets.SECRETS[0] in words
        assert sheets.SECRETS[1] in words
    assert "Something said, for_manager" in own
    assert "Something said, for_manager" not in reviewer
    assert "Anne" in own
    assert "Anne" not in reviewer


@each
def test_tables_are_numbered_without_a_gap(name: str) -> None:
    numbers = re.findall(r"Caption: Table (\d+)\.", documents.tagged(name).outline())
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]


# -- forms on paper ------------------------------------------------------------------------


@pytest.mark.parametrize("name", BLANK)
def test_every_question_of_the_form_is_on_paper(name: str) -> None:
    kind = Kind.CUSTODY if "custody" in name else Kind.ANIMAL_WELFARE
    words = documents.tagged(name).outline()
    asked = [*sheets.form(kind).questions(), *sheets.form(kind).row_questions()]
    shaped = {"visitors", "counts", "issues"}  # said by their own tables and lines
    for question in asked:
        if question.key not in shaped:
            assert question.ask.rstrip("?") in words, question.key
        for option in question.options:
            assert option.label[1:] in words
    for line in ("First visitor: name", "Second visitor: name", "Signature"):
        assert line in words


@pytest.mark.parametrize("name", BLANK)
def test_what_is_for_the_manager_alone_is_on_the_last_page_of_paper(name: str) -> None:
    kind = Kind.CUSTODY if "custody" in name else Kind.ANIMAL_WELFARE
    file = documents.tagged(name)
    *pages, last = [" ".join(page.texts.values()) for page in file.pages]
    own = sheets.form(kind)
    for question in (*own.questions(), *own.row_questions()):
        if not is_shown(question, Audience.POLICE):
            words = question.ask.rstrip("?")
            assert words in " ".join(last.split()), question.key
            assert all(words not in " ".join(page.split()) for page in pages), question.key
    assert "Take this page with you" in last


@pytest.mark.parametrize("name", BLANK)
def test_paper_is_black_on_white_but_for_the_masthead(name: str) -> None:
    for page in documents.tagged(name).pdf.pages[1:]:
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in ("rg", "RG"):
                red, green, blue = (float(value) for value in operands)
                assert max(red, green, blue) - min(red, green, blue) < 0.08


# -- briefings -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in sheets.SHEETS if "briefing" in name])
def test_a_briefing_is_one_page_with_no_planned_moment(name: str) -> None:
    file = documents.tagged(name)
    assert len(file.pages) == 1
    times = set(re.findall(r"\b\d{1,2}:\d\d\b", file.outline()))
    assert times <= {"06:30", "07:15", "18:30", "19:15"}


def test_a_briefing_counts_what_it_has_no_room_for() -> None:
    words = documents.tagged("briefing for kennels").outline()
    assert "And one more issue. See visitapp." in words
    assert "And one more concern. See visitapp." in words
    assert "Ada (never seen)" in words
    assert "1 of the unit’s 2 animals was seen in the last six months (50%)." in words


def test_a_briefing_says_when_there_is_nothing() -> None:
    words = documents.tagged("briefing with nothing to say").outline()
    for said in (
        "No issue is open",
        "No concerns at the last visits",
        "Everything was checked recently",
        "The unit has no animals.",
    ):
        assert said in words
