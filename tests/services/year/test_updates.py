"""The quarterly update says the same as the figures that it is made of, and no more than may be
known before the year is over."""

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.builders import make_visit, sign
from visitapp.bootstrap import OpenedFile
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.reporting.blocks import KeyFigures, Table, plain
from visitapp.reporting.quarterly_update import quarterly_update
from visitapp.reporting.wording import gaps_text
from visitapp.services import Services

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))
QUARTERS = tuple(YEAR.quarters())
HALF = Period(date(2023, 4, 1), date(2023, 9, 30))


def words_of(services: Services, period: Period) -> str:
    """Every word of the document, cells and headings too."""
    document = quarterly_update(services.updates.update(period))
    words = [document.title, *(section.title for section in document.sections)]
    for block in document.blocks():
        match block:
            case Table():
                words += [cell for row in (*block.rows, block.total) for cell in row]
            case KeyFigures():
                words += [f"{f.value} {f.label} {f.note}" for f in block.figures]
            case _ if hasattr(block, "runs"):
                words.append(plain(block.runs))
    return "\n".join(words)


@pytest.mark.parametrize("period", [*QUARTERS, HALF, YEAR], ids=str)
def test_its_figures_are_those_of_the_period_and_add_up(shown: OpenedFile, period: Period) -> None:
    services = shown.services
    update, summary = services.updates.update(period), services.figures.summary(period)
    for kind, scheme in update.schemes.items():
        figures = summary.schemes[kind]
        assert scheme.quarter == figures
        assert scheme.quarter.visits == sum(s.attempts.completed for s in scheme.quarter.sites)
        squares = sum(span.visits for site in scheme.weeks for span in site.spans)
        assert squares == (figures.target.in_spans or figures.target.done)
        assert scheme.missed == figures.target.due - figures.target.met
        listed = len(scheme.issues) + scheme.more_issues
        assert listed == figures.issues.total - figures.issues.at_visit - (
            figures.issues.allegations.total - figures.issues.allegations.at_visit
        )


def test_the_last_quarter_has_the_years_figures_beside_it(shown: OpenedFile) -> None:
    words = words_of(shown.services, QUARTERS[-1])
    assert "25 visits made, of 26 due in the year 101 of 104" in words
    assert "One week was missed: Keyham Lane had no visit" in words


def test_timeslots_are_new_in_one_quarter_only(shown: OpenedFile) -> None:
    services = shown.services
    year = services.figures.summary(YEAR).schemes[Kind.CUSTODY]
    new = [
        services.updates.update(quarter).schemes[Kind.CUSTODY].new_timeslots()
        for quarter in QUARTERS
    ]
    for coverage in year.coverage:
        assert sum(q.get(coverage.site_name, 0) for q in new) == coverage.cells_visited


def test_gaps_are_printed_only_when_the_year_is_over(shown: OpenedFile) -> None:
    services = shown.services
    for quarter in QUARTERS:
        update, words = services.updates.update(quarter), words_of(services, quarter)
        gaps = [
            gaps_text(coverage)
            for scheme in update.schemes.values()
            for coverage in scheme.year_so_far.coverage_in_use
        ]
        assert all(gaps)
        printed = [gap in words for gap in gaps]
        assert printed == [quarter == QUARTERS[-1]] * len(gaps)


def test_a_quarter_that_goes_on_says_so_and_blames_nobody(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 4, 2)))
    quarter = Period(date(2025, 4, 1), date(2025, 6, 30))
    update = furnished.updates.update(quarter)
    document = quarterly_update(update)
    assert update.goes_on
    assert document.masthead is not None
    assert "has not ended. Figures are as at 10 April 2025." in document.masthead.notice
    assert "missed" not in " ".join(section.title for section in document.sections[:2])


def test_a_scheme_whose_sites_were_not_open_yet_is_left_out(shown: OpenedFile) -> None:
    before = Period(date(2019, 4, 1), date(2020, 3, 31))
    assert set(shown.services.updates.update(before).schemes) == {Kind.CUSTODY}
    words = words_of(shown.services, before)
    assert "None of 70 timeslots was visited in the year." in words
    assert "kennels" not in words


def test_a_year_without_visits_has_an_update_too(furnished: Services) -> None:
    words = words_of(furnished, Period(date(2024, 4, 1), date(2024, 6, 30)))
    assert "0 visits made" in words
    assert "Thirteen weeks were missed" in words
    assert "Thank you" not in words


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (date(2024, 3, 1), date(2024, 4, 30), "one reporting year"),
        (date(2025, 7, 1), date(2025, 9, 30), "has not begun"),
    ],
)
def test_other_periods_are_refused(
    furnished: Services, tmp_path: Path, first: date, last: date, why: str
) -> None:
    with pytest.raises(BadInputError, match=why):
        furnished.updates.save(Period(first, last), tmp_path / "update.pdf")
    assert list(tmp_path.glob("update*")) == []


def test_every_form_of_it_is_written(shown: OpenedFile, tmp_path: Path) -> None:
    save = shown.services.updates.save
    for form in ("pdf", "html", "docx", "xlsx"):
        saved = save(QUARTERS[-1], tmp_path / f"update.{form}")
        assert saved.path.stat().st_size > 1_000
    with ZipFile(BytesIO((tmp_path / "update.docx").read_bytes())) as parts:
        body = parts.read("word/document.xml").decode()
    assert "Custody visiting: January to March 2024" in body
    assert "Quarterly update for the Commissioner, the force and the team" in body
    page = (tmp_path / "update.html").read_text(encoding="utf-8")
    assert "<h1>Custody visiting: January to March 2024</h1>" in page
    assert "Made up to match published totals." in page


def test_visits_of_the_first_and_last_week_outside_the_quarter_are_explained(
    shown: OpenedFile,
) -> None:
    words = words_of(shown.services, Period(date(2025, 1, 1), date(2025, 3, 31)))
    assert "24 visits made, of 26 due" in words
    assert "The 13 weeks counted, 30 December 2024 to 30 March 2025, had 26 visits." in words


def test_a_reminder_of_the_office_is_not_the_answer_of_the_force(shown: OpenedFile) -> None:
    words = words_of(shown.services, Period(date(2025, 1, 1), date(2025, 3, 31)))
    assert "The 14 days were over." not in words
    assert "No answer yet" in words
