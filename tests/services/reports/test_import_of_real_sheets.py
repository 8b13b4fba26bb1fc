"""What offices' own spreadsheets hold: dates, times, names and words as people write them."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import CUSTODY
from tests.spreadsheets import visit_row, write_csv, write_xlsx
from visitapp.domain.importing import ImportPlan
from visitapp.services import Services


def plan_of(services: Services, path: Path, **options: bool) -> ImportPlan:
    return services.imports.dry_run((path, None, None), **options)


@pytest.mark.parametrize(
    "written",
    ["04-Mar-24", "04/03/2024 00:00", "4th March 2024", "4 March 24", "Mon 4th of Mar, 2024",
     "45355", "4.3.24", "2024-03-04T00:00:00", "4-March-2024"],
)  # fmt: skip
def test_a_date_comes_in_however_it_is_written(
    furnished: Services, tmp_path: Path, written: str
) -> None:
    plan = plan_of(furnished, write_csv(tmp_path / "a.csv", [visit_row(date=written)]))
    assert plan.problems == ()
    assert [visit.arrived.day for visit in plan.visits] == [date(2024, 3, 4)]


@pytest.mark.parametrize("written", ["1400hrs", "14:00hrs", "1400h", "14:00 hours", "14.00 hrs."])
def test_a_time_comes_in_as_the_police_write_it(
    furnished: Services, tmp_path: Path, written: str
) -> None:
    plan = plan_of(furnished, write_csv(tmp_path / "a.csv", [visit_row(arrived=written)]))
    assert plan.problems == ()
    assert [visit.arrived.local.hour for visit in plan.visits] == [14]


@pytest.mark.parametrize("written", ["24:00", "2400", "24:00hrs", timedelta(days=1)])
def test_a_visit_may_end_at_24_and_none_begins_then(
    furnished: Services, tmp_path: Path, written: str | timedelta
) -> None:
    row = visit_row(arrived="23:00", admitted="23:02", left=written)
    (visit,) = plan_of(furnished, write_xlsx(tmp_path / "a.xlsx", {"visits": [row]})).visits
    assert visit.left is not None
    assert visit.left.utc_minute - visit.arrived.utc_minute == 60
    row = visit_row(arrived=written, admitted=None, left=None)
    plan = plan_of(furnished, write_xlsx(tmp_path / "b.xlsx", {"visits": [row]}))
    assert [p.column for p in plan.problems] == ["arrived"]
    assert "start of the next day" in plan.problems[0].sentence


@pytest.mark.parametrize(
    "written", ["#N/A", "#REF!", "N/A", "n/a", "None", "-", "\u2013", "TBC", "?", "nil"]
)
def test_what_stands_where_there_is_no_name_is_nobody(
    furnished: Services, tmp_path: Path, written: str
) -> None:
    path = write_csv(tmp_path / "a.csv", [visit_row(visitor_2=written, observer=written)])
    plan = plan_of(furnished, path, create_missing=True)
    assert (plan.problems, plan.new_people) == ((), ())
    assert [w.column for w in plan.warnings if "cannot be used as a name" in w.sentence] == [
        "visitor_2", "observer",
    ]  # fmt: skip
    plan = plan_of(furnished, write_csv(tmp_path / "b.csv", [visit_row(site=written)]))
    assert [p.column for p in plan.problems] == ["site"]


def test_a_name_with_signs_that_nobody_sees_is_the_same_name(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [visit_row(visitor_1="Anne\u200b Example\u200b")])
    plan = plan_of(furnished, path, create_missing=True)
    assert (plan.problems, plan.new_people, len(plan.visits)) == ((), (), 1)


def american(*dates: str) -> list[dict[str, str]]:
    return [visit_row(visit_ref=f"V{at}", date=one) for at, one in enumerate(dates)]


def test_one_month_over_12_throws_doubt_on_all_dates_until_somebody_chooses(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", american("03/05/2025", "12/25/2024", "01/02/2025"))
    plan = plan_of(furnished, path)
    assert not plan.can_skip
    assert [p.row for p in plan.problems if "month first" in p.sentence] == [3]
    chosen = plan_of(furnished, path, months_first=True)
    assert chosen.problems == ()
    assert [visit.arrived.day for visit in chosen.visits] == [
        date(2025, 3, 5), date(2024, 12, 25), date(2025, 1, 2),
    ]  # fmt: skip


def test_where_a_day_over_12_comes_first_the_other_date_is_a_slip(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", american("13/05/2024", "12/25/2024"))
    plan = plan_of(furnished, path)
    assert plan.can_skip
    assert [p.row for p in plan.problems] == [3]
    wrong = plan_of(furnished, path, months_first=True)
    assert [(p.row, p.column) for p in wrong.problems] == [(2, "date")]


def test_0007_and_7_are_one_reference(furnished: Services, tmp_path: Path) -> None:
    sheets = {
        "visits": [visit_row(visit_ref="0007")],
        "issues": [{"visit_ref": 7, "category": "Food and drink"}],
    }
    plan = plan_of(furnished, write_xlsx(tmp_path / "a.xlsx", sheets))
    assert plan.problems == ()
    assert [len(visit.issues) for visit in plan.visits] == [1]
    furnished.imports.carry_out(plan)
    again = plan_of(
        furnished, write_csv(tmp_path / "b.csv", [visit_row(visit_ref="7", summary="Other")])
    )
    assert "was imported before" in again.problems[0].sentence
    twice = [visit_row(visit_ref="08"), visit_row(visit_ref="8")]
    plan = plan_of(furnished, write_csv(tmp_path / "c.csv", twice))
    assert [(p.row, p.column) for p in plan.problems] == [(3, "visit_ref")]


WORDS = {
    "status": {
        "resolved during visit": "RESOLVED", "referred to inspector": "REFERRED",
        "Force response": "RESPONSE", "verified": "VERIFIED", "closed": "CLOSED",
        "no further action": "NFA", "raised": "RAISED", "Referred": "REFERRED",
    },
    "origin": {
        "visitor observation": "VISITOR", "detainee": "DETAINEE", "staff": "STAFF",
        "record check": "RECORD",
    },
}  # fmt: skip


@pytest.mark.parametrize("column", WORDS)
def test_the_words_that_schemes_use_for_issues_are_known(
    furnished: Services, tmp_path: Path, column: str
) -> None:
    issues = [
        {"visit_ref": "V1", "category": "Food and drink", column: word} for word in WORDS[column]
    ]
    sheets = {"visits": [visit_row()], "issues": issues}
    plan = plan_of(furnished, write_xlsx(tmp_path / "a.xlsx", sheets))
    assert plan.problems == ()
    found = [getattr(issue, column) for issue in plan.visits[0].issues]
    assert found == list(WORDS[column].values())


@pytest.mark.parametrize(
    ("word", "code"),
    [("declined", "REFUSED"), ("unavailable", "UNAVAIL"), ("observed", "ASLEEP"),
     ("access refused by Inspector", "INSPREF"), ("not selected / time", "NOTSEL"),
     ("not offered, sergeant\u2019s advice", "ADVICE"), ("not offered", "ADVICE")],
)  # fmt: skip
def test_the_words_for_outcomes_are_known(
    furnished: Services, tmp_path: Path, word: str, code: str
) -> None:
    columns = ("in_custody", "seen", "refused", "not_available", "asleep")
    row = visit_row(**dict.fromkeys(columns))
    sheets = {"visits": [row], "detainees": [{"visit_ref": "V1", "outcome": word}]}
    plan = plan_of(furnished, write_xlsx(tmp_path / "a.xlsx", sheets))
    assert plan.problems == ()
    assert [count.outcome for count in plan.visits[0].counts] == [code]
    assert plan.visits[0].scheme_id == CUSTODY


def test_a_sheet_of_somebody_elses_making_is_told_what_to_do(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "a.csv", [{"Date of Visit": "1/2/2024", "Custody Suite": "A"}])
    plan = plan_of(furnished, path)
    assert [p.column for p in plan.problems] == ["headings"]
    assert "Save an empty workbook" in plan.problems[0].sentence
