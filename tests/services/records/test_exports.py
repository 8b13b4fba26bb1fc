"""The workbook of lists imports again with the same figures, and holds nothing secret."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.builders import CUSTODY, SCHEME_IDS, make_visit, sign
from visitapp import bootstrap
from visitapp.bootstrap import OpenedFile
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.scheme import Actor, Kind, Office, Role
from visitapp.domain.period import Period
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.year.summary import SchemeFigures
from visitapp.services import Services

YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))


def rows_of(path: Path, sheet: str) -> list[dict[str, Any]]:
    heads, *rows = openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)
    return [dict(zip(heads, row, strict=True)) for row in rows]


@pytest.fixture
def elsewhere(tmp_path: Path, key: bytes) -> Iterator[Services]:
    """Another office's empty records."""
    path = tmp_path / "elsewhere.visits"
    actor = Actor("Manager", Role.MANAGER)
    bootstrap.make_records(
        path, key, office=Office(CUSTODY, "Elsewhere"), actor=actor, scheme_ids=SCHEME_IDS
    )
    with bootstrap.open_with_key(path, key) as opened:
        yield opened.services


def figures(services: Services, kind: Kind) -> SchemeFigures:
    return services.figures.summary(YEAR).schemes[kind]


def test_it_imports_again_with_the_same_figures(
    shown: OpenedFile, elsewhere: Services, tmp_path: Path
) -> None:
    out = tmp_path / "lists.xlsx"
    assert shown.services.exports.save(out) == len(rows_of(out, "visits"))
    plan = elsewhere.imports.dry_run((out, None, None), create_missing=True)
    assert plan.problems == ()
    elsewhere.imports.carry_out(plan)
    for kind in Kind:
        before, after = figures(shown.services, kind), figures(elsewhere, kind)
        assert after.attempts == before.attempts
        assert after.access == before.access
        assert after.minutes == before.minutes
        assert after.animals.seen == before.animals.seen
        assert after.issues.by_category == before.issues.by_category
        assert after.by_month == before.by_month
        assert {c.site_name: c.counts for c in after.coverage} == {
            c.site_name: c.counts for c in before.coverage if c.total
        }
    people = figures(shown.services, Kind.CUSTODY).people
    again = figures(elsewhere, Kind.CUSTODY).people
    assert (again.present, again.shares, again.seen_by) == (
        people.present, people.shares, people.seen_by,
    )  # fmt: skip


def test_rows_name_the_visit_that_they_belong_to(shown: OpenedFile, tmp_path: Path) -> None:
    out = tmp_path / "lists.xlsx"
    shown.services.exports.save(out)
    visits = {row["visit_ref"] for row in rows_of(out, "visits")}
    assert len(visits) == len(rows_of(out, "visits"))
    for sheet in ("detainees", "issues", "steps", "answers"):
        rows = rows_of(out, sheet)
        assert rows
        assert {row["visit_ref"] for row in rows} <= visits
    issues = {(row["visit_ref"], row["issue"]) for row in rows_of(out, "issues")}
    assert {(row["visit_ref"], row["issue"]) for row in rows_of(out, "steps")} <= issues


def test_neither_a_custody_number_nor_a_planned_moment_is_in_it(
    shown: OpenedFile, tmp_path: Path
) -> None:
    out = tmp_path / "lists.xlsx"
    shown.services.exports.save(out)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == [
        "visits",
        "detainees",
        "issues",
        "steps",
        "office_issues",
        "office_steps",
        "answers",
        "people",
        "same_people",
        "same_sites",
        "statuses",
        "held",
        "animals",
    ]
    cells = [cell for page in book for row in page.iter_rows(values_only=True) for cell in row]
    today = shown.services.access.today()
    texts = [cell for cell in cells if isinstance(cell, str)]
    assert not [text for text in texts if text.startswith(("EK/", "custody_number"))]
    visited = [row["date"] for row in rows_of(out, "visits")]
    assert all(isinstance(day, datetime) and day.date() <= today for day in visited)


def test_words_are_never_formulas_and_a_strange_name_stays_as_it_is(
    furnished: Services, tmp_path: Path
) -> None:
    sign(furnished, make_visit(summary='=HYPERLINK("http://example.org")'))
    out = tmp_path / "lists.xlsx"
    assert furnished.exports.save(out) == 1
    (row,) = rows_of(out, "visits")
    assert row["summary"] == '=HYPERLINK("http://example.org")'
    cell = openpyxl.load_workbook(out)["visits"].cell(2, list(row).index("summary") + 1)
    assert cell.data_type == "s"


def test_people_have_what_the_office_keeps_of_them(furnished: Services, tmp_path: Path) -> None:
    anne = next(person for person in furnished.people.people() if person.name == "Anne Example")
    card = Credential(CredentialKind.CARD, "12", until_on=date(2026, 4, 15))
    file = replace(furnished.people.files()[anne.id], telephone="07700 900123", credentials=(card,))
    furnished.people.save(anne, file)
    out = tmp_path / "lists.xlsx"
    furnished.exports.save(out)
    row = next(row for row in rows_of(out, "people") if row["name"] == "Anne Example")
    assert (row["surname"], row["telephone"]) == ("Example", "07700 900123")
    (held,) = rows_of(out, "held")
    assert (held["what"], held["which"], held["until"].date()) == (
        "Identity card", "12", date(2026, 4, 15),
    )  # fmt: skip
    assert {row["status"] for row in rows_of(out, "statuses")} == {"Active"}


def test_an_empty_file_has_headings_only(furnished: Services, tmp_path: Path) -> None:
    out = tmp_path / "lists.xlsx"
    assert furnished.exports.save(out) == 0
    assert rows_of(out, "visits") == []


def test_another_ending_and_a_file_that_is_there_are_refused(
    furnished: Services, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError, match=r"\.xlsx"):
        furnished.exports.save(tmp_path / "lists.ods")
    out = tmp_path / "lists.xlsx"
    out.write_bytes(b"mine")
    with pytest.raises(BadInputError, match="already exists"):
        furnished.exports.save(out)
    assert out.read_bytes() == b"mine"
    assert furnished.exports.save(out, force=True) == 0


def test_a_list_is_saved_with_days_and_numbers_as_such_and_replaces_nothing_unasked(
    furnished: Services, tmp_path: Path
) -> None:
    old, day = date(1899, 12, 31), date(2024, 2, 29)
    rows = (("=1+1", day, 7), ("x" * 40_000, old, None))
    sheet = ListSheet("Who: [what]?", ("Words", "Day", "Number"), rows)
    out = tmp_path / "list.xlsx"
    furnished.exports.save_sheet(sheet, out)
    (page,) = openpyxl.load_workbook(out).worksheets
    assert page.title == "Who what"
    assert page["A2"].data_type == "s"
    assert (page["B2"].value, page["B2"].is_date, page["C2"].value) == (
        datetime(2024, 2, 29),
        True,
        7,
    )
    assert (len(page["A3"].value), page["B3"].value) == (32_767, "1899-12-31")
    with pytest.raises(BadInputError, match="already exists"):
        furnished.exports.save_sheet(sheet, out)
    furnished.exports.save_sheet(sheet, tmp_path / "list.csv")
    assert "'=1+1,2024-02-29,7" in (tmp_path / "list.csv").read_text("utf-8-sig")
    with pytest.raises(BadInputError, match=r"\.xlsx or \.csv"):
        furnished.exports.save_sheet(sheet, tmp_path / "list.ods")
