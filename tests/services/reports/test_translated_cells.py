"""Cells of matched spreadsheets: references, waits, names and numbers that say less than they
seem."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl

from tests.builders import ANNE, BEN, CARA
from tests.spreadsheets import write_csv, write_xlsx
from visitapp.domain.importing import ImportPlan
from visitapp.services import Services

ROW = {"Date": "4/3/2025", "Suite": "Northgate", "Visitors": "Anne Example & Ben Sample",
       "Time in": "10:00"}  # fmt: skip


def plan_of(
    services: Services, path: Path, detainees: Path | None = None, **options: Any
) -> ImportPlan:
    layout = services.imports.open_spreadsheet(path).layout
    return services.imports.dry_run((path, detainees, None), layout=layout, **options)


def sentences(plan: ImportPlan) -> str:
    return "\n".join(plan.lines())


def test_waits_become_times_only_where_they_are_sure(furnished: Services, tmp_path: Path) -> None:
    rows = [ROW | {"Delay": "20 mins"}, ROW | {"Delay": "1 hour", "Date": "5/3/2025"},
            ROW | {"Delay": "Y", "Date": "6/3/2025"},
            ROW | {"Delay": "15", "Date": "7/3/2025", "Time in": "pm"}]  # fmt: skip
    plan = plan_of(furnished, write_csv(tmp_path / "a.csv", rows))
    assert plan.problems == ()
    assert [(v.wait_minutes, v.delay_explanation) for v in plan.visits] == [
        (20, "20 mins"), (None, "1 hour"), (None, ""), (None, "15"),
    ]  # fmt: skip
    assert "row 3, delay_explanation: It is not clear how many minutes" in sentences(plan)
    assert "row 4, delay_explanation: Visitors had to wait, but the cell does" in sentences(plan)
    assert "row 5, delay_explanation: There is no time of arriving" in sentences(plan)


def test_0007_and_7_are_one_visit_in_a_matched_file_too(
    furnished: Services, tmp_path: Path
) -> None:
    visits = [ROW | {"Visit No": "0007"}]
    detainees = [{"Visit No": 7, "Outcome": "Seen"}]
    path = write_xlsx(tmp_path / "a.xlsx", {"Visits": visits, "Detainees": detainees})
    plan = plan_of(furnished, path)
    assert plan.problems == ()
    assert [(v.source_ref, len(v.counts)) for v in plan.visits] == [("2025-03/7", 1)]


def test_detainees_of_a_separate_file_find_their_visit(furnished: Services, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW | {"Visit No": "7"}])
    detainees = write_csv(tmp_path / "d.csv", [{"visit_ref": "7", "outcome": "Seen"}])
    plan = plan_of(furnished, path, detainees)
    assert plan.problems == ()
    assert [len(v.counts) for v in plan.visits] == [1]


def test_a_number_that_two_visits_have_belongs_to_neither(
    furnished: Services, tmp_path: Path
) -> None:
    visits = [ROW | {"Visit No": 7}, ROW | {"Visit No": 7, "Date": "8/4/2025"},
              ROW | {"Visit No": 8, "Date": "9/4/2025"}]  # fmt: skip
    detainees = [{"Visit No": number, "Outcome": "Seen"} for number in (7, 8)]
    path = write_xlsx(tmp_path / "a.xlsx", {"Visits": visits, "Detainees": detainees})
    plan = plan_of(furnished, path)
    assert [(p.sheet_name, p.row, p.column) for p in plan.problems] == [
        ("Detainees", 2, "visit_ref")
    ]
    assert "More than one visit has the reference 7" in plan.problems[0].sentence
    assert [len(v.counts) for v in plan.visits] == [0, 0, 1]


def test_names_on_two_lines_are_two_people(furnished: Services, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW | {"Visitors": "Anne  Example\nBen Sample"}])
    assert plan_of(furnished, path).visits[0].visitors == (ANNE, BEN)


def test_nobody_in_custody_is_a_count(furnished: Services, tmp_path: Path) -> None:
    rows = [ROW | {"Held": 0, "Seen": 0}, ROW | {"Held": 0, "Date": "5/3/2025"},
            ROW | {"Held": 5, "Seen": "n/a", "Date": "6/3/2025"}]  # fmt: skip
    path = write_csv(tmp_path / "a.csv", rows)
    spreadsheet = furnished.imports.open_spreadsheet(path)
    words = {**spreadsheet.layout.words, "seen": {"n/a": ""}}
    layout = replace(spreadsheet.layout, words=words)
    plan = furnished.imports.dry_run((path, None, None), layout=layout)
    assert [visit.present for visit in plan.visits] == [0, 0, None]
    assert "1 visit: only how many were in custody" in sentences(plan)
    assert "row 4, seen: “n/a” is left out, as you chose." in sentences(plan)


def test_what_would_be_thrown_away_is_not_chosen_for_anybody(
    furnished: Services, tmp_path: Path
) -> None:
    row = ROW | {"Time in": "approx 14:35", "Held": "12 (2 juveniles)", "Seen": 3}
    rows = [row, ROW | {"Held": 5, "Date": "5/3/2025"}]
    spreadsheet = furnished.imports.open_spreadsheet(write_csv(tmp_path / "a.csv", rows))
    assert {word.written for word in spreadsheet.words()} == {"approx 14:35", "12 (2 juveniles)"}
    chosen = spreadsheet.layout.words
    assert not {*chosen.get("arrived", {}), *chosen.get("in_custody", {})}


def test_a_leaving_time_without_an_arrival_is_not_dropped_in_silence(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW | {"Time in": "pm", "Time out": "15:30"}])
    plan = plan_of(furnished, path)
    assert plan.visits[0].left is None
    assert "left: Without a time of arriving we cannot use the time of leaving." in sentences(plan)


def test_american_dates_without_references_get_some(furnished: Services, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW | {"Date": "12/25/2024"}])
    plan = plan_of(furnished, path, months_first=True)
    assert (plan.problems, [v.source_ref for v in plan.visits]) == ((), ["2024-12-25 Northgate"])


def test_two_columns_are_not_read_as_one_field(furnished: Services, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [ROW | {"Came": "11:00", "With": "Cara Instance"}])
    spreadsheet = furnished.imports.open_spreadsheet(path)
    columns = spreadsheet.layout.columns["visits"]
    for heading, column, other in (
        ("Came", "arrived", "Time in"), ("With", "visitor_2", "Visitors")
    ):  # fmt: skip
        chosen = {**columns, "Came": "", "With": "", heading: column}
        layout = replace(spreadsheet.layout, columns={"visits": chosen})
        sentence = f"“{other}” and “{heading}” are read as the same thing. Choose only one of them."
        assert replace(spreadsheet, layout=layout).clash == sentence
        plan = furnished.imports.dry_run((path, None, None), layout=layout)
        assert [p.sentence for p in plan.problems if p.structural] == [sentence]
    assert spreadsheet.clash == ""


def test_a_third_visitor_does_not_take_the_place_of_the_observer(
    furnished: Services, tmp_path: Path
) -> None:
    visitors = "Anne Example & Ben Sample & Nobody Known"
    path = write_csv(
        tmp_path / "a.csv", [{"Observer": "Cara Instance"} | ROW | {"Visitors": visitors}]
    )
    plan = plan_of(furnished, path)
    assert (plan.problems, plan.visits[0].observers) == ((), (CARA,))
    assert "More than two visitors are named. The rest are left out." in sentences(plan)


def test_a_formula_without_a_result_stops_nothing_in_a_column_that_is_not_read(
    furnished: Services, tmp_path: Path
) -> None:
    rows = [ROW | {"Sum of fees": 1, "Seen": 2}, ROW | {"Date": "5/3/2025", "Seen": 2}]
    path = write_xlsx(tmp_path / "a.xlsx", {"Visits": rows})
    book = openpyxl.load_workbook(path)
    book["Visits"]["E2"] = "=1+1"
    book.save(path)
    plan = plan_of(furnished, path)
    assert (plan.problems, len(plan.visits)) == ((), 2)
    book["Visits"]["F3"] = "=1+1"
    book.save(path)
    assert "This formula has no result yet" in sentences(plan_of(furnished, path))
