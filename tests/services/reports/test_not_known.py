"""After an import: what it did not bring is said to be not known, in the report and in Checked."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import CUSTODY, make_visit, sign
from tests.reporting.tagged_pdf import TaggedPdf
from tests.services.reports.test_imports import bring
from tests.spreadsheets import visit_row, write_csv, write_xlsx
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import OpenPeriod, Use
from visitapp.domain.period import Period
from visitapp.domain.year.register import Volunteers
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import migrate
from visitapp.reporting.annual import annual_report
from visitapp.reporting.pdf.render import render_pdf
from visitapp.services import Services
from visitapp.services.year.register import volunteers
from visitapp.ui.coverage.cell_list import visit_words

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
NEXT = Period(date(2025, 4, 1), date(2026, 3, 31))


def _rows(many: int = 3) -> list[dict[str, object]]:
    return [
        visit_row(
            visit_ref=f"V{at}", date=f"{at}/3/2025", visitor_1="Una New", visitor_2="Carl Fresh"
        )
        for at in range(1, many + 1)
    ]


@pytest.fixture
def imported(furnished: Services, tmp_path: Path) -> Services:
    """Three visits of two people whom nobody knew, without a list of issues."""
    bring(furnished, write_csv(tmp_path / "visits.csv", _rows()), create_missing=True)
    return furnished


def _heard(services: Services, period: Period = YEAR) -> str:
    made = BytesIO()
    render_pdf(annual_report(services.figures.summary(period)), made)
    return TaggedPdf(made.getvalue()).outline()


def _checked(services: Services, period: Period = YEAR) -> str:
    return "\n".join(check.sentence for check in services.reports.checks(period))


def _register(services: Services, period: Period = YEAR) -> Volunteers:
    return services.figures.summary(period).volunteers[Kind.CUSTODY]


def test_when_people_of_an_import_joined_is_not_known(imported: Services) -> None:
    register = _register(imported)
    assert (register.joined_unknown, register.is_start_known, register.is_end_known) == (
        2, False, True,
    )  # fmt: skip
    heard = _heard(imported)
    assert "how many joined, is not known" in heard
    assert "began the year with" not in heard
    assert "2 people came with an import without the day they joined" in _checked(imported)


def test_the_year_before_their_first_visit_says_that_nothing_is_known(imported: Services) -> None:
    before = YEAR.year_before()
    assert not _register(imported, before).is_end_known
    assert "How many visitors the scheme had in this year is not known." in _heard(imported, before)
    assert "without the day they joined" in _checked(imported, before)


def test_the_year_after_knows_them(imported: Services) -> None:
    assert _register(imported, NEXT).is_start_known
    assert "without the day they joined" not in _checked(imported, NEXT)


def test_a_day_written_in_people_makes_it_known(imported: Services) -> None:
    for person in imported.people.people(CUSTODY):
        known = tuple(
            replace(m, joined_on=date(2020, 1, 6), joined_unknown=False) for m in person.memberships
        )
        imported.people.save(replace(person, memberships=known))
    assert _register(imported).is_start_known
    assert "without the day they joined" not in _checked(imported)


def test_nothing_is_due_at_a_site_of_an_import_before_its_first_visit(
    furnished: Services, tmp_path: Path
) -> None:
    rows = [row | {"site": "Southgate"} for row in _rows(31)[::7]]
    bring(furnished, write_csv(tmp_path / "south.csv", rows), create_missing=True)
    figures = furnished.figures.summary(YEAR).schemes[Kind.CUSTODY]
    south = next(site for site in figures.sites if site.name == "Southgate")
    assert (south.target.due, south.target.met) == (5, 5)
    assert south.opened_unknown == date(2025, 3, 1)
    assert next(c for c in figures.coverage if c.site_id == south.site_id).use is Use.PART
    since = "When Southgate opened is not known, so visits due there are counted from its first"
    assert since in _heard(furnished)
    assert f"{since} visit, on 1 March 2025. Enter the day under Settings, Sites." in _checked(
        furnished
    )
    read = json.loads(furnished.figures.figures_json(YEAR))
    by_site = read["schemes"]["custody"]["by_site"]
    assert by_site["Southgate"]["in_use_by"] == "2025-03-01"
    assert since not in _checked(furnished, NEXT)

    site = next(site for site in furnished.setup.sites() if site.name == "Southgate")
    furnished.setup.save_site(replace(site, open_periods=(OpenPeriod(date(2025, 1, 6)),)))
    figures = furnished.figures.summary(YEAR).schemes[Kind.CUSTODY]
    south = next(site for site in figures.sites if site.name == "Southgate")
    assert (south.target.due, south.target.met) == (12, 5)
    assert since not in _heard(furnished)
    assert since not in _checked(furnished)


def test_an_earlier_visit_of_a_later_import_is_the_first_of_its_site(
    furnished: Services, tmp_path: Path
) -> None:
    (row,) = _rows(1)
    for name, day in (("march", "1/3/2025"), ("april", "8/4/2025"), ("before", "20/2/2024")):
        rows = [row | {"site": "Southgate", "visit_ref": name, "date": day}]
        bring(furnished, write_csv(tmp_path / f"{name}.csv", rows), create_missing=True)
    site = next(site for site in furnished.setup.sites() if site.name == "Southgate")
    assert site.open_periods == (OpenPeriod(date(2023, 4, 1), in_use_by=date(2024, 2, 20)),)
    year = furnished.figures.summary(YEAR.year_before()).schemes[Kind.CUSTODY]
    assert next(s for s in year.sites if s.name == "Southgate").target.met == 1
    assert furnished.maintenance.check() == []


def test_issues_of_an_import_without_a_list_of_them_are_not_known(imported: Services) -> None:
    heard = _heard(imported)
    assert "How many issues were raised is not known." in heard
    assert "No issue was raised" not in heard
    said = "3 visits came from an import without a list of issues"
    assert said in _checked(imported)
    sign(imported, make_visit(date(2025, 3, 20)))
    heard = _heard(imported)
    assert "No issue was recorded. Whether issues were raised at 3 other visits is not" in heard


def test_an_import_with_issues_and_a_report_that_was_typed_are_known(
    furnished: Services, tmp_path: Path
) -> None:
    issues = [{"visit_ref": "V1", "category": "FOOD", "description": "Cold."}]
    path = write_xlsx(tmp_path / "past.xlsx", {"visits": _rows(), "issues": issues})
    bring(furnished, path, create_missing=True)
    sign(furnished, make_visit(date(2025, 3, 20)))
    heard = _heard(furnished)
    assert "One issue was raised" in heard
    assert "issues were raised is not known" not in heard
    assert "without a list of issues" not in _checked(furnished)


def test_visits_without_counts_and_leaving_times_say_so(
    furnished: Services, tmp_path: Path
) -> None:
    bare = [
        {k: v for k, v in row.items() if k in ("visit_ref", "scheme", "site", "date", "arrived",
                                                "visitor_1", "visitor_2")}
        for row in _rows()
    ]  # fmt: skip
    bring(furnished, write_csv(tmp_path / "bare.csv", bare), create_missing=True)
    heard = _heard(furnished)
    assert "How many people were in the cells when visitors called is not known." in heard
    assert "How many hours visitors gave is not known" in heard
    assert "0 people spoke" not in heard


def test_hours_of_visits_without_a_leaving_time_are_not_none(
    furnished: Services, tmp_path: Path
) -> None:
    rows = [*_rows(2), _rows(3)[2] | {"left": ""}]
    bring(furnished, write_csv(tmp_path / "visits.csv", rows), create_missing=True)
    heard = _heard(furnished)
    assert "Visitors gave at least 4 hours" in heard
    assert "One visit does not say when visitors left. Their hours are not known, and not" in heard
    assert "one visit does not say when visitors left, so their hours are not known" in _checked(
        furnished
    )


def test_an_older_file_learns_what_its_imports_did_not_bring(
    imported: Services,
) -> None:
    """Brought up to date, the file of the version before says the same."""
    database = imported.access.database
    with database.transaction() as connection:
        for table, column in (("membership", "joined_unknown"), ("batch", "without_issues")):
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))
    migrate.upgrade(database, imported.access.now())
    assert _register(imported).joined_unknown == 2
    assert imported.figures.summary(YEAR).schemes[Kind.CUSTODY].issues.unknown_visits == 3
    others = [p for p in imported.people.people() if p.name not in ("Una New", "Carl Fresh")]
    assert not any(m.joined_unknown for p in others for m in p.memberships)


def test_whoever_left_and_came_back_by_an_import_is_known(imported: Services) -> None:
    """Only the first time in a scheme decides."""
    person = imported.people.people(CUSTODY)[0]
    scheme = imported.figures.summary(YEAR).schemes[Kind.CUSTODY].scheme
    first = replace(person.memberships[0], joined_on=date(2019, 1, 1), left_on=date(2020, 1, 1),
                    joined_unknown=False)  # fmt: skip
    again = replace(first, joined_on=date(2025, 3, 1), left_on=None, joined_unknown=True)
    found = volunteers([replace(person, memberships=(first, again))], scheme, YEAR)
    assert found.is_start_known


def test_when_visitors_were_let_in_is_not_known_without_the_time(
    furnished: Services, tmp_path: Path
) -> None:
    rows = [row | {"admitted": ""} for row in _rows(3)]
    rows.append(_rows(4)[3] | {"admitted": "", "status": "Refused entry"})
    bring(furnished, write_csv(tmp_path / "visits.csv", rows), create_missing=True)
    access = furnished.figures.summary(YEAR).schemes[Kind.CUSTODY].access
    assert (access.unknown, access.not_admitted, access.face_to_face, access.total) == (3, 1, 1, 4)
    heard = _heard(furnished)
    assert "3 visits made face to face do not say when visitors were let in" in heard
    assert "3 visits do not say when visitors were let in, so how long they waited is not" in (
        _checked(furnished)
    )
    row = furnished.visits.page(VisitQuery()).rows[-1]
    assert "wait not known" in visit_words(row)
