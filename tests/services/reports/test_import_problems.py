"""Each kind of problem and warning of an import, told with its row and column."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import at, make_visit, sign
from tests.spreadsheets import kennel_row, visit_row, write_csv, write_xlsx
from visitapp.domain.errors import BadInputError
from visitapp.domain.importing import ImportPlan
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services

Row = Mapping[str, Any]


@pytest.fixture
def looked_at(furnished: Services, tmp_path: Path):  # type: ignore[no-untyped-def]
    """What the dry run says of rows of visits, detainees and issues."""

    def look(
        *visits: Row, detainees: Sequence[Row] = (), issues: Sequence[Row] = (), **options: Any
    ) -> ImportPlan:
        sheets = {"visits": visits, "detainees": detainees, "issues": issues}
        path = write_xlsx(tmp_path / "past.xlsx", {n: r for n, r in sheets.items() if r})
        return furnished.imports.dry_run((path, None, None), **options)

    return look


PROBLEMS = {
    "no reference": ({"visit_ref": ""}, "visit_ref", "missing"),
    "no scheme": ({"scheme": ""}, "scheme", "missing"),
    "no site": ({"site": ""}, "site", "missing"),
    "no date": ({"date": ""}, "date", "missing"),
    "no date at all": ({"date": "soon"}, "date", "\u201csoon\u201d is not a date"),
    "a day that never was": ({"date": "31/4/2024"}, "date", "no such day"),
    "a bad time": ({"arrived": "25:10"}, "arrived", "not a time"),
    "a bad later time": ({"left": "late"}, "left", "not a time"),
    "a day to come": ({"date": "11/4/2025"}, "date", "in the future"),
    "left before admitted": ({"left": "13:50"}, "left", "earlier than the time you were let in"),
    "left before arriving": (
        {"admitted": None, "left": "13:50"},
        "left",
        "than the time you arrived",
    ),
    "admitted before arriving": (
        {"admitted": "13:50"},
        "admitted",
        "earlier than the time you arrived",
    ),
    "unknown scheme": ({"scheme": "horses"}, "scheme", "is not a scheme"),
    "unknown site": ({"site": "Southgate"}, "site", "no site \u201cSouthgate\u201d"),
    "site of the other scheme": ({"site": "Hillside kennels"}, "site", "no site"),
    "unknown person": ({"visitor_2": "Nobody Known"}, "visitor_2", "nobody called Nobody Known"),
    "unknown observer": ({"observer": "Nobody Known"}, "observer", "nobody called"),
    "unknown type": ({"type": "social"}, "type", "no type of visit"),
    "unknown mode": ({"mode": "telepathy"}, "mode", "no way of visiting"),
    "unknown status": ({"status": "so so"}, "status", "no way a visit ended"),
    "unknown reason": ({"delay_reason": "rain"}, "delay_reason", "no reason for a wait"),
    "negative": ({"seen": -3}, "seen", "negative"),
    "negative minutes": ({"extra_minutes": "-5"}, "extra_minutes", "negative"),
    "no number": ({"asleep": "two"}, "asleep", "is not a number"),
    "half a person": ({"asleep": 1.5}, "asleep", "not a whole number"),
    "far too many": ({"in_custody": "1234567"}, "in_custody", "too large"),
    "parts unlike in_custody": ({"in_custody": 9}, "in_custody", "parts add up to 6"),
    "seen without a count": ({"in_custody": None}, "in_custody", "how many were in custody"),
    "same visitor twice": ({"visitor_2": "anne example"}, "visitor_2", "named twice"),
    "visitor observes": ({"observer": "Ben Sample"}, "observer", "named twice"),
    "animals in custody": (
        {"animals_seen": 3},
        "animals_seen",
        "only counted at animal welfare visits",
    ),
    "a reference without end": ({"visit_ref": "V" * 201}, "visit_ref", "longer than 200"),
}


@pytest.mark.parametrize(("changed", "column", "words"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_names_its_row_and_column_and_stops_the_import(
    looked_at, furnished: Services, changed: Row, column: str, words: str
) -> None:
    plan = looked_at(visit_row(visit_ref="V0", date="1/3/2025"), visit_row(**changed))
    assert [(p.sheet, p.row, p.column) for p in plan.problems] == [("visits", 3, column)]
    assert words in plan.problems[0].sentence
    assert f"visits, row 3, {column}: " in "\n".join(plan.lines())
    with pytest.raises(BadInputError, match=r"Nothing was imported: 1 problem in the file\."):
        furnished.imports.carry_out(plan)
    assert furnished.visits.page(VisitQuery()).total == 0
    assert furnished.imports.batches() == ()


CHILD_PROBLEMS = {
    "detainees without outcome": ("detainees", {"outcome": ""}, "outcome", "missing"),
    "unknown outcome": ("detainees", {"outcome": "singing"}, "outcome", "no outcome"),
    "unknown reason": ("detainees", {"reason": "rain"}, "reason", "no reason"),
    "unknown gender": ("detainees", {"gender": "?"}, "gender", "no gender"),
    "unknown age": ("detainees", {"age_group": "young"}, "age_group", "no age group"),
    "unknown ethnicity": ("detainees", {"ethnicity": "?"}, "ethnicity", "no ethnicity"),
    "negative count": ("detainees", {"count": -1}, "count", "negative"),
    "child without parent": ("detainees", {"visit_ref": "V9"}, "visit_ref", "has the reference V9"),
    "issue without parent": ("issues", {"visit_ref": "V9"}, "visit_ref", "has the reference V9"),
    "issue without category": ("issues", {"category": ""}, "category", "missing"),
    "unknown category": ("issues", {"category": "weather"}, "category", "no category"),
    "unknown severity": ("issues", {"severity": 7}, "severity", "no degree"),
    "unknown origin": ("issues", {"origin": "gossip"}, "origin", "no origin"),
    "unknown issue status": ("issues", {"status": "lost"}, "status", "no status"),
    "neither yes nor no": (
        "issues", {"resolved_during_visit": "maybe"}, "resolved_during_visit", "neither yes nor no",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("sheet", "changed", "column", "words"), CHILD_PROBLEMS.values(), ids=CHILD_PROBLEMS
)
def test_a_problem_of_what_belongs_to_a_visit_names_its_own_row(
    looked_at, sheet: str, changed: Row, column: str, words: str
) -> None:
    rows = {
        "detainees": {"visit_ref": "V1", "outcome": "Not available", "reason": "In interview"},
        "issues": {"visit_ref": "V1", "category": "FOOD"},
    }
    good = dict(rows)
    rows[sheet] = rows[sheet] | changed
    children = {name: [row] for name, row in rows.items()}
    children[sheet].insert(0, good[sheet] | {"visit_ref": "V2"})
    plan = looked_at(visit_row(), visit_row(visit_ref="V2", date="2025-03-01"), **children)
    assert [(p.sheet, p.row, p.column) for p in plan.problems] == [(sheet, 3, column)]
    assert words in plan.problems[0].sentence


def test_a_reason_of_another_outcome_is_told_at_its_row(looked_at) -> None:
    row = {"visit_ref": "V1", "outcome": "Refused", "reason": "In interview"}
    plan = looked_at(visit_row(), detainees=[row])
    assert [(p.sheet, p.row, p.column) for p in plan.problems] == [("detainees", 2, "reason")]
    assert "doesn't belong to" in plan.problems[0].sentence


def test_rows_of_detainees_unlike_the_column_are_a_problem(looked_at) -> None:
    plan = looked_at(visit_row(), detainees=[{"visit_ref": "V1", "outcome": "SEEN", "count": 2}])
    assert [(p.sheet, p.row, p.column) for p in plan.problems] == [("visits", 2, "seen")]
    assert plan.problems[0].sentence == "This says 3, but the rows of detainees say 2 detainees."


def test_a_reference_twice_is_told_at_its_second_row(looked_at) -> None:
    plan = looked_at(visit_row(), visit_row(date="6/3/2025"))
    assert [(p.row, p.column, p.sentence) for p in plan.problems] == [
        (3, "visit_ref", "Row 2 also has the reference V1.")
    ]


@pytest.mark.parametrize("arrived", ["", None, "PM"])
def test_a_visit_without_a_time_of_arriving_counts_in_no_timeslot(looked_at, arrived) -> None:
    plan = looked_at(visit_row(arrived=arrived, admitted=None, left=None))
    assert (plan.problems, [visit.has_time for visit in plan.visits]) == ((), [False])
    assert "The visit will count, but not in any timeslot." in plan.warnings[0].sentence
    plan = looked_at(visit_row(arrived=arrived))
    assert [(v.has_time, v.arrived_at, v.admitted) for v in plan.visits] == [(True, "14:03", None)]


@pytest.mark.parametrize("column", ["visit_ref", "scheme", "site", "date"])
def test_a_missing_required_column_is_told_at_the_headings(looked_at, column: str) -> None:
    plan = looked_at(visit_row(**{column: None}))
    assert [(p.row, p.column) for p in plan.problems] == [(1, column)]
    assert plan.problems[0].sentence == f"The column {column} is missing."
    assert not plan.can_skip


def test_the_same_reference_with_other_content_is_a_problem(furnished, looked_at) -> None:
    furnished.imports.carry_out(looked_at(visit_row()))
    plan = looked_at(visit_row(summary="Something else."))
    assert [(p.row, p.column) for p in plan.problems] == [(2, "visit_ref")]
    assert "V1 was imported before, with different details" in plan.problems[0].sentence


@pytest.mark.parametrize(
    "changed",
    [
        {"left": "15:01"}, {"visitor_2": "Cara Instance"}, {"asleep": 0, "not_available": 2},
        {"type": "follow-up"}, {"date": "2025-03-06"}, {"observer": "Cara Instance"},
    ],
    ids=str,
)  # fmt: skip
def test_any_other_value_is_other_content(furnished, looked_at, changed: Row) -> None:
    furnished.imports.carry_out(looked_at(visit_row()))
    plan = looked_at(visit_row(**changed))
    assert [(p.row, p.column) for p in plan.problems] == [(2, "visit_ref")]


def test_a_row_of_detainees_or_an_issue_more_is_other_content(furnished, looked_at) -> None:
    furnished.imports.carry_out(looked_at(visit_row()))
    detainee = {"visit_ref": "V1", "outcome": "ASLEEP", "gender": "Male"}
    for more in ({"detainees": [detainee]}, {"issues": [{"visit_ref": "V1", "category": "FOOD"}]}):
        plan = looked_at(visit_row(), **more)
        assert [(p.sheet, p.row, p.column) for p in plan.problems] == [("visits", 2, "visit_ref")]


WARNINGS = {
    "a long wait without reason": (
        {"admitted": "14:21"}, "delay_reason", "waited 21 minutes and no reason"),
    "over capacity": ({"in_custody": 33, "seen": 30}, "in_custody", "has 30 cells"),
    "person not active": (
        {"date": "1/3/2019"}, "visitor_1", "Anne Example was not active in this scheme"),
    "one visitor": ({"visitor_2": None}, "visitor_2", "Only one visitor"),
    "no pair for such a visit": ({"type": "TACT"}, "visitor_1", "two visitors trained for it"),
    "nobody named": ({"visitor_1": None, "visitor_2": None}, "visitor_1", "No visitor is named"),
    "no leaving time": ({"left": None}, "left", "gives no hours"),
    "site not open": ({"date": "1/3/2019"}, "site", "was not open"),
    "unknown column": ({"weather": "fine"}, "weather", "so it is not read"),
    "the hour that happens twice": (
        {"date": "27/10/2024", "arrived": "01:30", "admitted": "01:32", "left": "02:40"},
        "arrived", "We have used the first"),
    "the hour that never was": (
        {"date": "31/3/2024", "arrived": "01:30", "admitted": "01:32", "left": "02:40"},
        "arrived", "the clocks went forward"),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "column", "words"), WARNINGS.values(), ids=WARNINGS)
def test_a_warning_names_its_row_and_column_and_stops_nothing(
    looked_at, furnished: Services, changed: Row, column: str, words: str
) -> None:
    plan = looked_at(visit_row(**changed))
    told = {(w.row, w.column): w.sentence for w in plan.warnings}
    row = 1 if column == "weather" else 2
    assert words in told[row, column]
    assert plan.problems == ()
    batch, _ = furnished.imports.carry_out(plan)
    assert batch.visits == furnished.visits.page(VisitQuery()).total == 1


def test_a_row_without_a_fault_gives_no_warning(looked_at) -> None:
    plan = looked_at(visit_row(), kennel_row())
    assert (plan.problems, plan.warnings, len(plan.visits)) == ((), (), 2)


def test_an_overlap_within_the_file_warns_at_the_later_visit(looked_at) -> None:
    plan = looked_at(
        visit_row(visit_ref="late", arrived="14:55", admitted="14:56", left="15:30"),
        visit_row(visit_ref="other day", date="6/3/2025"),
        visit_row(visit_ref="early"),
    )
    assert [(w.row, w.column, w.sentence) for w in plan.warnings] == [
        (
            2,
            "arrived",
            "Another visit to this site overlaps (early, row 4): it may be the same one.",
        )
    ]


@pytest.mark.parametrize("hour", [13, 14], ids=["recorded first", "recorded later"])
def test_an_overlap_with_a_recorded_visit_warns(furnished, looked_at, hour: int) -> None:
    day = date(2025, 3, 5)
    recorded = sign(
        furnished,
        make_visit(day, arrived=at(day, hour, 30), admitted=at(day, hour, 31), left=at(day, 15, 5)),
    )
    plan = looked_at(visit_row())
    assert [(w.row, w.column) for w in plan.warnings] == [(2, "arrived")]
    assert recorded.ref in plan.warnings[0].sentence


def test_a_withdrawn_visit_overlaps_nothing(furnished, looked_at) -> None:
    recorded = sign(furnished, make_visit(date(2025, 3, 5)))
    furnished.visits.withdraw(recorded.id, "A slip")
    assert looked_at(visit_row()).warnings == ()


DAY_ONLY = {"arrived": None, "admitted": None, "left": None}


def test_days_without_times_may_be_the_same_visit_by_their_visitors(
    furnished: Services, looked_at
) -> None:
    recorded = sign(furnished, make_visit(date(2025, 3, 5)))
    plan = looked_at(
        visit_row(visit_ref="as recorded", **DAY_ONLY),
        visit_row(visit_ref="other pair", visitor_2=None, **DAY_ONLY),
        visit_row(visit_ref="next day", date="6/3/2025", **DAY_ONLY),
        visit_row(visit_ref="again", date="6/3/2025", visitor_1="Ben Sample",
                  visitor_2="Anne Example", **DAY_ONLY),
    )  # fmt: skip
    alike = [(w.row, w.sentence) for w in plan.warnings if w.column == "date"]
    same = "Another visit to this site was on the same day by the same visitors"
    assert alike == [
        (2, f"{same} ({recorded.ref}): it may be the same one."),
        (5, f"{same} (next day, row 4): it may be the same one."),
    ]
    assert len(plan.visits) == 4


def test_a_letter_in_another_encoding_is_told_by_row_and_column(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_csv(
        tmp_path / "past.csv",
        [visit_row(visit_ref="V0"), visit_row(summary="A caf\u00e9", site="Northg\u00e2te")],
        encoding="windows-1252",
    )
    plan = furnished.imports.dry_run((path, None, None))
    assert [(p.row, p.column) for p in plan.problems] == [(3, "site"), (3, "summary")]
    assert all("not in UTF-8" in problem.sentence for problem in plan.problems)


def test_a_file_in_utf_16_is_told_as_a_whole(furnished: Services, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "past.csv", [visit_row()], encoding="utf-16", delimiter="\t")
    plan = furnished.imports.dry_run((path, None, None))
    assert [p.row for p in plan.problems] == [1]
    assert "not in UTF-8" in plan.problems[0].sentence
    assert not plan.can_skip


def test_a_file_with_every_kind_of_problem_names_each_and_imports_nothing(
    furnished: Services, looked_at
) -> None:
    furnished.imports.carry_out(looked_at(visit_row(visit_ref="brought")))
    rows = [
        visit_row(visit_ref=f"V{n}", date=f"{n % 28 + 1}/{n // 28 + 1}/2024") | changed
        for n, (changed, _, _) in enumerate(PROBLEMS.values())
    ]
    rows.append(visit_row(visit_ref="V5", date="1/6/2024"))
    rows.append(visit_row(visit_ref="brought", summary="Other content"))
    detainees = [{"visit_ref": "V999", "outcome": "SEEN"}, {"visit_ref": "V6", "outcome": "?"}]
    issues = [{"category": "FOOD"}]  # no column of references
    plan = looked_at(*rows, detainees=detainees, issues=issues)
    told = {(p.sheet, p.row, p.column) for p in plan.problems}
    for row, (_, column, _) in enumerate(PROBLEMS.values(), 2):
        assert ("visits", row, column) in told
    assert {
        ("visits", len(rows), "visit_ref"),
        ("visits", len(rows) + 1, "visit_ref"),
        ("detainees", 2, "visit_ref"),
        ("detainees", 3, "outcome"),
        ("issues", 1, "visit_ref"),
    } <= told
    for number, (_, _, words) in enumerate(PROBLEMS.values(), 2):
        assert any(words in p.sentence for p in plan.problems if p.row == number)
    with pytest.raises(BadInputError):
        furnished.imports.carry_out(plan)
    with pytest.raises(BadInputError):
        furnished.imports.carry_out(plan, skip_bad=True)  # a whole sheet can't be skipped
    assert furnished.visits.page(VisitQuery()).total == 1


def test_several_faults_of_one_row_are_all_told_at_once(looked_at) -> None:
    plan = looked_at(
        visit_row(date="soon", scheme="horses", left="13:00", visitor_2="Anne Example", seen="x")
    )
    assert [p.column for p in plan.problems] == ["scheme", "date", "left", "visitor_2", "seen"]


def test_what_follows_from_a_bad_cell_is_not_told_again(looked_at) -> None:
    plan = looked_at(visit_row(visitor_2="Nobody Known", asleep="one"))
    assert [p.column for p in plan.problems] == ["visitor_2", "asleep"]
    assert plan.warnings == ()


def test_what_is_coded_can_wait_where_the_scheme_is_unknown(looked_at) -> None:  # type: ignore[no-untyped-def]
    coded = {"type": "x", "mode": "x", "status": "x", "delay_reason": "x"}
    plan = looked_at(
        visit_row(scheme="parks", **coded),
        detainees=[{"visit_ref": "V1", "outcome": "x", "reason": "x", "count": "2"}],
        issues=[
            {"visit_ref": "V1", "category": "x", "severity": "x", "origin": "x", "status": "x"},
            {"visit_ref": "V1", "category": "x", "severity": "9" * 5_000},
        ],
    )
    told = [(p.sheet, p.column) for p in plan.problems]
    assert told == [("visits", "scheme"), ("issues", "severity")]
    assert all(len(p.sentence) < 200 for p in plan.problems)


@pytest.mark.parametrize("long", ["9" * 5_000, "-" + "9" * 5_000, "9." + "9" * 5_000, "\u0661" * 9])
@pytest.mark.parametrize("column", ["date", "arrived", "in_custody", "extra_minutes"])
def test_a_number_of_thousands_of_figures_is_a_problem_of_its_cell(  # type: ignore[no-untyped-def]
    looked_at, column: str, long: str
) -> None:
    plan = looked_at(visit_row(**{column: long}))
    assert [p.column for p in plan.problems] == [column]
    assert len(plan.problems[0].sentence) < 200


def test_the_name_of_a_sheet_is_no_formula_in_the_saved_findings(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"visits": [visit_row()], "=1+cmd": [{"a": "b"}]})
    plan = furnished.imports.dry_run((path, None, None))
    furnished.imports.save_findings(tmp_path / "found.csv", plan.warnings)
    lines = (tmp_path / "found.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[1].startswith("'=1+cmd,1,sheet,")
