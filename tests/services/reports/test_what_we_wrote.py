"""Lists that the program wrote come in again as they were, and what can't be read of a list is
named."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ANIMALS, ANNE, BEN, CUSTODY, make_visit, sign
from tests.spreadsheets import write_csv
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.services import Services

TELEPHONE, AREA = "+447700900123", "=HYPERLINK(1)"


def with_file(services: Services, person_id: Any, **fields: str) -> None:
    person = next(person for person in services.people.people() if person.id == person_id)
    services.people.save(person, replace(services.people.files()[person_id], **fields))


def saved(services: Services, name: str, folder: Path, ending: str) -> Path:
    target = folder / f"{name}{ending}"
    sheet = next(sheet for sheet in services.exports.sheets() if sheet.name == name)
    services.exports.save_sheet(sheet, target)
    return target


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_list_of_people_that_was_saved_says_nothing_new_when_it_comes_in(
    furnished: Services, tmp_path: Path, ending: str
) -> None:
    with_file(furnished, ANNE, telephone=TELEPHONE, home_area=AREA)
    with_file(furnished, BEN, home_area="'=quoted before")
    path = saved(furnished, "people", tmp_path, ending)
    plan = furnished.register_imports.dry_run("people", path)
    assert (plan.changed, plan.problems, plan.warnings) == (0, (), ())
    with_file(furnished, ANNE, telephone="", home_area="")
    with_file(furnished, BEN, home_area="")
    furnished.register_imports.carry_out(furnished.register_imports.dry_run("people", path))
    files: dict[Any, VolunteerFile] = furnished.people.files()
    assert (files[ANNE].telephone, files[ANNE].home_area) == (TELEPHONE, AREA)
    assert files[BEN].home_area == "'=quoted before"


def test_a_list_of_visits_that_was_saved_has_no_visit_that_is_new(
    furnished: Services, tmp_path: Path
) -> None:
    visit = make_visit(summary="-2 degrees in cell 4\n=SUM(A1)")
    sign(furnished, visit)
    path = saved(furnished, "visits", tmp_path, ".csv")
    assert "'-2 degrees" in path.read_text("utf-8")
    plan = furnished.imports.dry_run((path, None, None))
    assert plan.problems == ()
    assert [item.summary for item in plan.visits] == [visit.summary]


def test_somebody_new_can_have_a_row_for_each_scheme_and_not_two_for_one(
    furnished: Services, tmp_path: Path
) -> None:
    row = {"name": "New Person", "telephone": "07700 900123"}
    schemes = ("Custody visiting", "Animal welfare visiting", "Custody visiting")
    rows = [{**row, "scheme": scheme, "joined": "2024-05-01"} for scheme in schemes]
    path = write_csv(tmp_path / "two.csv", rows[:2])
    plan = furnished.register_imports.dry_run("people", path, create_missing=True)
    assert (plan.problems, plan.new_people, plan.changed) == ((), ("New Person",), 1)
    furnished.register_imports.carry_out(plan)
    (person,) = [p for p in furnished.people.people() if p.name == "New Person"]
    assert len(person.memberships) == 2
    assert furnished.people.files()[person.id].telephone == row["telephone"]
    path = write_csv(tmp_path / "three.csv", rows)
    twice = furnished.register_imports.dry_run("people", path).problems
    assert [item.row for item in twice] == [4]


def test_a_status_in_each_scheme_comes_in_as_the_page_people_lists_it(
    furnished: Services, tmp_path: Path
) -> None:
    rows = [{"Name": "New Person", "Schemes": "Both", "Status": "Active; Training"}]
    path = write_csv(tmp_path / "listed.csv", rows)
    plan = furnished.register_imports.dry_run("people", path, create_missing=True)
    assert plan.problems == ()
    furnished.register_imports.carry_out(plan)
    (person,) = [p for p in furnished.people.people() if p.name == "New Person"]
    statuses = {m.scheme_id: m.status for m in person.memberships}
    assert statuses == {CUSTODY: "ACTIVE", ANIMALS: "TRAINING"}


def test_a_column_of_days_that_is_left_out_is_named(furnished: Services, tmp_path: Path) -> None:
    days = ["2024-05-01", "1 June 2023", "spring", "2022-03-04", "last year", "spring"]
    people = [{"name": f"New Person{at}", "joined": day} for at, day in enumerate(days)]
    path = write_csv(tmp_path / "people.csv", people)
    plan = furnished.register_imports.dry_run("people", path, create_missing=True)
    assert [warning.sentence for warning in plan.warnings if "looks like" in warning.sentence] == [
        "The column “joined” looks like days, but 3 of 6 can’t be read: “spring” and “last year”. "
        "It is left out. Correct them, or match it (--suggest-match, then --match)."
    ]


def test_hours_that_can_be_read_in_several_ways_are_said_as_they_were_read(
    furnished: Services, tmp_path: Path
) -> None:
    cells = {"Monday": "until 12", "Tuesday": "08:00-12:00", "Friday": "until 12"}
    path = write_csv(tmp_path / "free.csv", [{"Name": "Anne Example", **cells}])
    plan = furnished.register_imports.dry_run("availability", path)
    assert [warning.sentence for warning in plan.warnings] == [
        "“until 12” is read as 00:00 to 12:00."
    ]
