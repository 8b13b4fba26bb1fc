"""When people can visit comes in from an office's tables, in timeslots of the weekly grid."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import ANNE, BEN, CARA
from tests.services.reports.test_matching import SHAPES
from tests.services.reports.test_register_imports import as_suggested, check, sentences
from tests.spreadsheets import write_csv
from visitapp.domain.errors import ConflictError
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.rota import FreeTime
from visitapp.services import Services

WEEK, ROWS = "when_we_can_visit.xlsx", "free_times.csv"


def free_of(services: Services, person_id: object) -> set[tuple[int, int, int]]:
    free = services.availability.of(person_id).free  # type: ignore[arg-type]
    return {(part.weekday, part.start // 60, part.end // 60) for part in free}


def test_a_week_with_headings_in_two_rows_comes_in(furnished: Services) -> None:
    layout = as_suggested(furnished, SHAPES / WEEK, "availability")
    words = {**layout.words, "time": layout.words["time"] | {"Eve (maybe)": ""}}
    chosen = replace(layout, words=words)
    imports = furnished.register_imports
    plan = imports.dry_run("availability", SHAPES / WEEK, layout=chosen)
    assert plan.problems == ()
    said = sentences(plan)
    week = "Mon 08:00 to 16:00; Wed 08:00 to 12:00; Thu 20:00 to 24:00."
    assert f"Row 5: Anne Example: {week}" in said
    assert "No time is ticked for this person, so nothing is entered." in said
    assert plan.outcome == "The availability of 2 people was entered."
    imports.carry_out(plan)
    assert free_of(furnished, ANNE) == {(0, 8, 12), (0, 12, 16), (2, 8, 12), (3, 20, 24)}
    assert free_of(furnished, BEN) == {(0, 20, 24), (1, 20, 24), (2, 20, 24)}
    assert free_of(furnished, CARA) == set()
    again = imports.dry_run("availability", SHAPES / WEEK, layout=chosen)
    assert (again.changed, again.unchanged) == (0, 3)


def test_rows_of_days_and_hours_come_in_and_what_is_unclear_is_asked(furnished: Services) -> None:
    plan = check(furnished, SHAPES / ROWS, "availability")
    assert [problem.sentence for problem in plan.problems] == [
        "Which timeslots are “18:00-21:00”? Choose them under Match (--match)."
    ]
    layout = as_suggested(furnished, SHAPES / ROWS, "availability")
    words = {**layout.words, "time": {"18:00-21:00": "16:00-24:00"}}
    imports = furnished.register_imports
    plan = imports.dry_run("availability", SHAPES / ROWS, layout=replace(layout, words=words))
    imports.carry_out(plan)
    all_day = ((0, 8), (8, 12), (12, 16), (16, 20), (20, 24))
    assert free_of(furnished, ANNE) == {
        (0, 8, 12), (2, 8, 12), *((day, *hours) for day in (5, 6) for hours in all_day),
    }  # fmt: skip
    assert free_of(furnished, BEN) == {(1, 16, 20), (1, 20, 24), (3, 16, 20), (3, 20, 24)}
    assert free_of(furnished, CARA) == {(day, 20, 24) for day in range(7)}


def test_what_is_entered_already_stays_unless_it_is_to_be_replaced(
    furnished: Services, tmp_path: Path
) -> None:
    entered = Availability(ANNE, (FreeTime(4, 480, 720),), most=5)
    furnished.availability.save(entered)
    path = write_csv(tmp_path / "free.csv", [{"Name": "Anne Example", "Mon 8-12": "x"}])
    imports = furnished.register_imports
    plan = imports.dry_run("availability", path)
    assert plan.changed == 0
    assert (
        "What is entered already stays: Fri 08:00 to 12:00. The file has Mon 08:00 to 12:00."
        in sentences(plan)
    )
    plan = imports.dry_run("availability", path, replaces=True)
    assert "Mon 08:00 to 12:00, instead of Fri 08:00 to 12:00." in sentences(plan)
    imports.carry_out(plan)
    assert free_of(furnished, ANNE) == {(0, 8, 12)}
    assert furnished.availability.of(ANNE).most == 5
    with pytest.raises(ConflictError, match="availability of Anne Example has changed"):
        imports.carry_out(plan)


def test_nobody_is_added_and_a_file_without_days_says_so(
    furnished: Services, tmp_path: Path
) -> None:
    names = [{"Name": name, "Mon 8-12": "x"} for name in ("Jo Grey", "Dr")]
    path = write_csv(tmp_path / "free.csv", names)
    plan = furnished.register_imports.dry_run("availability", path)
    assert "“Dr” cannot be used as a name." in sentences(plan)
    assert (plan.unknown_people, plan.changed) == (("Jo Grey",), 0)
    path = write_csv(tmp_path / "free.csv", [{"Name": "Anne Example", "When": "later"}])
    plan = furnished.register_imports.dry_run("availability", path)
    assert "No column has the days." in sentences(plan)
    assert not plan.can_skip
