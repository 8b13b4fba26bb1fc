"""Documents made from a real file: written whole, edited texts kept with their year."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from tests.builders import SUITE, make_kennel_visit, make_site, make_visit, sign
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, CancelledError, ConflictError, StorageError
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.year_texts import Sentence
from visitapp.persistence import ledger, unsaved_typing
from visitapp.reporting.annual import annual_report
from visitapp.reporting.blocks import Document
from visitapp.reporting.web.page import render_html
from visitapp.services import Services

YEAR = APRIL_YEARS.year_of(date(2025, 3, 5))
NEXT = APRIL_YEARS.year_of(date(2025, 4, 10))


@pytest.fixture
def visited(furnished: Services) -> Services:
    """Two custody visits and one to the kennels, all in March 2025."""
    sign(furnished, make_visit())
    sign(furnished, make_visit(date(2025, 3, 12)))
    sign(furnished, make_kennel_visit())
    return furnished


def _sentence(services: Services, key: str, period: Period = YEAR) -> Sentence:
    return next(s for s in services.reports.sentences(period) if s.key == key)


def test_the_annual_report_is_written_and_its_pages_counted(
    visited: Services, tmp_path: Path
) -> None:
    out = tmp_path / "annual.pdf"
    pages = visited.reports.save_annual(YEAR, out).pages
    written = out.read_bytes()
    assert written.startswith(b"%PDF-1.7")
    assert visited.reports.page_count(written) == pages
    assert visited.reports.annual_pages(YEAR).content == written
    assert list(tmp_path.glob("*.new")) == []


def test_the_annual_report_is_written_for_word(visited: Services, tmp_path: Path) -> None:
    saved = visited.reports.save_annual(YEAR, tmp_path / "annual.docx")
    assert (saved.pages, saved.tables) == (0, None)
    with ZipFile(saved.path) as parts:
        assert b"Independent custody visiting" in parts.read("word/document.xml")


def test_an_existing_file_stays_unless_it_may_be_replaced(
    visited: Services, tmp_path: Path
) -> None:
    out = tmp_path / "annual.pdf"
    out.write_bytes(b"mine")
    with pytest.raises(BadInputError, match="already exists"):
        visited.reports.save_annual(YEAR, out)
    assert out.read_bytes() == b"mine"
    visited.reports.save_annual(YEAR, out, force=True)
    assert out.read_bytes().startswith(b"%PDF")


def test_a_folder_that_is_not_there_is_said_in_a_sentence(
    visited: Services, tmp_path: Path
) -> None:
    with pytest.raises(StorageError, match=r"can.t be written"):
        visited.reports.save_annual(YEAR, tmp_path / "nowhere" / "annual.pdf")


def test_a_cancelled_report_leaves_what_was_there(visited: Services, tmp_path: Path) -> None:
    out = tmp_path / "annual.pdf"
    told: list[tuple[str, int, int]] = []

    def progress(stage: str, done: int, total: int) -> bool:
        told.append((stage, done, total))
        return done < 3

    with pytest.raises(CancelledError):
        visited.reports.save_annual(YEAR, out, progress)
    assert not out.exists()
    assert told[0][0] == "Counting the visits"
    assert told[-1][1] == 3
    assert all(done <= total for _, done, total in told)


def test_a_report_on_one_site_has_nothing_that_is_about_all_of_them(visited: Services) -> None:
    suite, kennels = visited.chosen_sites.choices(YEAR)
    assert [chosen.name for chosen in (suite, kennels)] == ["Northgate", "Hillside kennels"]
    for key, words in {"plans": "Train 15.", "contact": "office@example.org"}.items():
        visited.reports.save_text(replace(visited.reports.text(YEAR, key), text=words))
    visited.reports.save_sentence(YEAR, _sentence(visited, "point.visits"), "Mine.")
    summary = visited.figures.summary(YEAR, findings=True, chosen=suite)
    assert summary.texts == {"contact": "office@example.org"}
    words = _words(annual_report(summary))
    assert "Annual report 2024/25, Northgate" in words
    assert "Visitors made 2 visits" in words
    assert "Mine." not in words
    assert "The volunteers" not in words
    assert "Hillside" not in words
    other = annual_report(visited.figures.summary(YEAR, chosen=kennels))
    assert "Animal welfare visiting" in _words(other)
    assert "Northgate" not in _words(other)
    for chosen in (suite, kennels):
        assert all("text" not in each.sentence for each in visited.reports.checks(YEAR, chosen))
        assert visited.reports.annual_pages(YEAR, chosen=chosen).content.startswith(b"%PDF")


def _words(document: Document) -> str:
    return render_html(document).decode("utf-8")


def test_a_page_is_shown_as_a_picture_of_the_width_asked_for(visited: Services) -> None:
    pdf = visited.reports.annual_pages(YEAR).content
    for width in (400, 490, 491, 777):
        with Image.open(BytesIO(visited.reports.page_picture(pdf, 2, width))) as picture:
            assert picture.width == width
            assert picture.height == pytest.approx(width * 842 / 595, abs=2)
    with pytest.raises(BadInputError):
        visited.reports.page_picture(pdf, 99, 400)


def test_a_text_is_kept_with_its_year_and_printed(visited: Services) -> None:
    empty = visited.reports.text(YEAR, "plans")
    assert (empty.text, empty.version) == ("", 0)
    saved, changes = visited.reports.save_text(replace(empty, text="Train 15 visitors."))
    assert changes == Changes.REPORTS
    assert visited.reports.texts(YEAR)["plans"] == saved
    assert visited.reports.texts(NEXT) == {}
    again, _ = visited.reports.save_text(replace(saved, text="Train 16 visitors."))
    assert visited.reports.text(YEAR, "plans") == again
    visited.reports.save_text(replace(again, text=" "))
    assert visited.reports.texts(YEAR) == {}


def test_a_text_changed_elsewhere_is_not_written_over(visited: Services) -> None:
    item = replace(visited.reports.text(YEAR, "plans"), text="One.")
    saved, _ = visited.reports.save_text(item)
    visited.reports.save_text(replace(saved, text="Two."))
    with pytest.raises(ConflictError):
        visited.reports.save_text(replace(saved, text="Three."))


def test_an_edited_sentence_is_kept_and_marked_once_its_figures_change(visited: Services) -> None:
    drafted = _sentence(visited, "point.visits")
    assert drafted.text.startswith("Visitors made 2 visits")
    assert not drafted.is_edited
    assert not drafted.is_outdated
    visited.reports.save_sentence(YEAR, drafted, "Two visits were made,\nboth in March.")
    edited = _sentence(visited, "point.visits")
    assert edited.text == "Two visits were made, both in March."
    assert edited.is_edited
    assert not edited.is_outdated
    sign(visited, make_visit(date(2025, 3, 19)))
    outdated = _sentence(visited, "point.visits")
    assert outdated.text == edited.text
    assert outdated.is_outdated
    assert any(check.key == "point.visits" for check in visited.reports.checks(YEAR))
    visited.reports.save_sentence(YEAR, outdated, "Three visits were made.")
    assert not _sentence(visited, "point.visits").is_outdated


@pytest.mark.parametrize("words", ["", "the drafted words"])
def test_a_sentence_can_be_brought_back_to_what_was_drafted(visited: Services, words: str) -> None:
    drafted = _sentence(visited, "point.visits")
    visited.reports.save_sentence(YEAR, drafted, "Other words.")
    visited.reports.save_sentence(YEAR, drafted, words and drafted.drafted)
    assert _sentence(visited, "point.visits") == drafted
    assert visited.reports.texts(YEAR) == {}


def test_checks_say_what_is_missing_and_that_totals_agree(visited: Services) -> None:
    checks = visited.reports.checks(YEAR)
    good = [check.sentence for check in checks if check.good]
    assert "Totals agree: sites, months, timeslots and waits come to 2 and 1." in good
    missing = [check.sentence for check in checks if not check.good]
    number = sum(field.is_missing({}) for field in visited.reports.text_fields(YEAR))
    assert (
        f"{number} texts are not written. Sections without text will not appear in the report."
    ) in missing
    assert any("no rate is set" in sentence for sentence in missing)


def test_a_year_that_goes_on_says_as_at_which_day(visited: Services) -> None:
    from visitapp.reporting.annual import annual_report
    from visitapp.reporting.blocks import Strip

    summary = visited.figures.summary(NEXT)
    document = annual_report(summary, date(2025, 4, 10))
    strips = [block.text for block in document.blocks() if isinstance(block, Strip)]
    assert strips
    assert set(strips) == {"The year has not ended. Figures are as at 10 April 2025."}
    assert document.as_at == date(2025, 4, 10)


def test_a_document_tells_its_sections_and_the_words_of_a_page(visited: Services) -> None:
    pdf = visited.reports.annual_pages(YEAR).content
    sections = visited.reports.sections_of(pdf)
    assert sections[:2] == (("Contents", 1), ("The year at a glance", 1))
    assert [page for _, page in sections] == sorted(page for _, page in sections)
    page = dict(sections)["Visits made"]
    assert "Each suite in use should be visited" in visited.reports.page_text(pdf, page)


def test_only_texts_with_a_place_in_the_report_are_asked_for(services: Services) -> None:
    services.setup.save_site(make_site())
    asked = {field.section for field in services.reports.text_fields(YEAR)}
    assert "Visits made" in asked
    assert "Animal welfare visiting" not in asked


@pytest.fixture
def sites(visited: Services) -> tuple:
    return visited.figures.site_ids(YEAR, None, [])


@pytest.mark.parametrize(
    ("name", "begins"),
    [("c.png", b"\x89PNG"), ("c.svg", b"<?xml"), ("c.xlsx", b"PK"), ("C.PNG", b"\x89PNG")],
)
def test_coverage_is_written_in_the_form_of_its_ending(
    visited: Services, sites: tuple, tmp_path: Path, name: str, begins: bytes
) -> None:
    out = tmp_path / name
    visited.reports.coverage_picture(YEAR, sites, "need", out)
    assert out.read_bytes().startswith(begins)
    with pytest.raises(BadInputError, match="already exists"):
        visited.reports.coverage_picture(YEAR, sites, "need", out)
    visited.reports.coverage_picture(YEAR, sites, "count", out, force=True)


def test_coverage_takes_no_other_ending_and_no_other_reading(
    visited: Services, sites: tuple, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError, match="PNG, SVG or XLSX"):
        visited.reports.coverage_picture(YEAR, sites, "need", tmp_path / "c.gif")
    with pytest.raises(BadInputError, match="by need or by count"):
        visited.reports.coverage_picture(YEAR, sites, "colour", tmp_path / "c.png")
    assert list(tmp_path.glob("c.*")) == []


def test_a_period_that_is_over_says_no_visit_and_the_current_one_go(visited: Services) -> None:
    over = visited.reports.coverage_bytes(YEAR, [SUITE], "need", ".svg").decode()
    now = visited.reports.coverage_bytes(NEXT, [SUITE], "need", ".svg").decode()
    assert ">No visit<" in over
    assert ">Go<" not in over
    assert ">Go<" in now


# -- while they are being typed --------------------------------------------------------------


def _entries(services) -> int:
    with services.access.database.reading() as connection:
        return ledger.last(connection)[0]


def test_a_text_that_is_being_typed_is_read_at_once_and_entered_once(visited):
    reports, before = visited.reports, _entries(visited)
    for end in range(1, 20):
        assert reports.keep_typed(YEAR, "plans", "Train 15 visitors."[:end]) == Changes.REPORTS
    assert reports.text(YEAR, "plans").text == "Train 15 visitors."
    assert "plans" in reports.texts(YEAR)
    assert _entries(visited) == before
    reports.settle()
    assert _entries(visited) == before + 1
    assert reports.text(YEAR, "plans").text == "Train 15 visitors."
    reports.settle()
    assert _entries(visited) == before + 1
    assert visited.maintenance.check() == []


def test_a_text_that_is_emptied_is_gone_at_once_and_can_be_written_again(visited):
    reports = visited.reports
    reports.save_text(replace(reports.text(YEAR, "plans"), text="One."))
    reports.keep_typed(YEAR, "plans", " ")
    assert "plans" not in reports.texts(YEAR)
    reports.save_text(replace(reports.text(YEAR, "plans"), text="Two."))
    assert reports.text(YEAR, "plans").text == "Two."
    reports.keep_typed(YEAR, "plans", "")
    reports.settle()
    assert reports.texts(YEAR) == {}
    assert visited.maintenance.check() == []


def test_a_sentence_that_is_being_typed_knows_what_was_drafted(visited):
    drafted = next(s for s in visited.reports.sentences(YEAR) if s.key == "point.visits")
    visited.reports.keep_typed(YEAR, drafted.key, "Two visits were made.", drafted.drafted)
    for _ in range(2):
        said = next(s for s in visited.reports.sentences(YEAR) if s.key == drafted.key)
        assert (said.text, said.edited_from) == ("Two visits were made.", drafted.drafted)
        visited.reports.settle()


def test_what_another_program_left_among_what_is_being_typed_is_passed_over(visited):
    with visited.access.database.transaction() as connection:
        for place in ("year", "year 2024", "year 2024-04-01 1999-01-01 plans", "year a b c"):
            unsaved_typing.keep(connection, f"{place} ", {"text": 7}, visited.access.now())
        connection.exec_driver_sql(
            "INSERT INTO unfinished (id, scheme_id, place, content, saved_at) "
            "SELECT id, id, 'year x', '[', '2024-01-01' FROM scheme LIMIT 1"
        )
    assert visited.reports.texts(YEAR) == {}
    visited.reports.settle()
