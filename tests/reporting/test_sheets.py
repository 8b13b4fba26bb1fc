"""Sheets keep the rules of every document, and copies of reports tell each reader no more
than they are given."""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reporting import documents, golden, sheets
from tests.reporting import test_annual_fonts as fonts
from tests.reporting import test_annual_structure as structure
from visitapp.domain.copies import Audience
from visitapp.domain.scheme import Kind
from visitapp.reporting.visit_report import visit_report

each = pytest.mark.parametrize("name", sheets.SHEETS)
RULES: tuple[Callable[[str], None], ...] = (
    structure.test_every_text_and_stroke_lies_within_one_mark,
    structure.test_marks_elements_and_the_parent_tree_agree,
    structure.test_every_element_names_its_parent,
    structure.test_every_link_says_where_it_leads_and_hangs_on_its_element,
    structure.test_headings_step_down_one_level_at_a_time,
    structure.test_reading_order_is_the_order_on_the_page,
    structure.test_tables_are_regular_and_their_heads_have_a_scope,
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
    assert file.text_of(first) == sheets.OFFICE.name
    masthead = documents.document(name).masthead
    assert masthead is not None
    assert [file.text_of(node) for node in file.nodes("H1")] == [masthead.title]


@pytest.mark.parametrize("name", golden.SHEETS)
def test_the_words_in_reading_order_are_those_once_read_and_kept(name: str) -> None:
    kept = golden.path_of(name).read_text(encoding="utf-8")
    assert documents.tagged(name).outline() == kept, "see tests/reporting/golden.py"


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
