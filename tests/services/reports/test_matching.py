"""Spreadsheets as offices keep them, read by what they are called and by what is in them."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import ANNE, BEN
from tests.services.reports.test_imports import brought
from tests.spreadsheets import visit_row, write_csv, write_xlsx
from visitapp.domain.import_layout import PEOPLE, ImportLayout, SheetChoice
from visitapp.domain.importing import ImportPlan
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.report.visit import Visit
from visitapp.domain.year.visit_list import CellQuery, VisitQuery
from visitapp.exchange.likely_names import likely_person, likely_site, may_be_one, names_in
from visitapp.services import Services
from visitapp.services.reports.imports import ImportService

SHAPES = Path(__file__).parents[2] / "data" / "imports"
YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))


def plan_of(services: Services, name: str, layout: ImportLayout | None = None) -> ImportPlan:
    path = SHAPES / name
    chosen = layout or services.imports.open_spreadsheet(path).layout
    return services.imports.dry_run((path, None, None), layout=chosen)


def counts(visit: Visit) -> dict[str, int]:
    return {count.outcome: count.number for count in visit.counts}


def test_the_log_of_an_office_is_read_as_it_is(furnished: Services) -> None:
    plan = plan_of(furnished, "log_of_the_office.xlsx")
    assert plan.problems == ()
    first, second = plan.visits
    assert [visit.source_ref for visit in plan.visits] == ["2024-04/1", "2024-04/2"]
    assert (first.visitors, first.arrived.minute, first.summary) == ((ANNE, BEN), 845, "All fine")
    assert (first.present, counts(first)) == (
        9, {"SEEN": 4, "REFUSED": 1, "ASLEEP": 2, "UNAVAIL": 2},
    )  # fmt: skip
    assert (first.wait_minutes, second.wait_minutes) == (None, 20)
    assert second.delay_explanation == "20 mins, busy"
    assert [person.name for person in plan.new_people] == ["C Person"]


def test_days_without_times_count_in_no_timeslot(furnished: Services) -> None:
    plan = plan_of(furnished, "days_without_times.xlsx")
    assert plan.problems == ()
    assert "“AM” is not a time. The visit will count, but not in any timeslot." in "".join(
        plan.lines()
    )
    assert "This row is a total, so it is not read." in "".join(plan.lines())
    furnished.imports.carry_out(plan)
    visits = brought(furnished)
    assert [visit.has_time for visit in visits] == [False, False, False]
    assert {visit.arrived_at for visit in visits} == {"time not known"}
    assert all(len(visit.visitors) == 2 for visit in visits)
    figures = furnished.figures.summary(YEAR).schemes[Kind.CUSTODY]
    (coverage,) = figures.coverage
    assert (figures.visits, coverage.total, coverage.outside) == (3, 0, 3)
    outside = CellQuery(coverage.site_id, coverage.grid, outside=True)
    assert furnished.visits.page(VisitQuery(cell=outside)).total == 3
    noon = CellQuery(coverage.site_id, coverage.grid)
    assert furnished.visits.page(VisitQuery(cell=noon)).total == 0
    assert furnished.foresight.history(coverage.site_id, YEAR).visits == 0
    said = [check.sentence for check in furnished.reports.checks(YEAR)]
    assert any("3 visits have no time of arriving" in sentence for sentence in said)


def test_amending_a_day_without_a_time_asks_for_the_time(furnished: Services) -> None:
    furnished.imports.carry_out(plan_of(furnished, "days_without_times.xlsx"))
    draft, _ = furnished.drafts.replace(brought(furnished)[0].id, "The sergeant knew the time")
    assert (draft.report.date, draft.report.arrived) == ("Wed 3 Apr 2024", "")


def test_several_sheets_are_one_file(furnished: Services) -> None:
    plan = plan_of(furnished, "a_sheet_for_each_suite.xlsx")
    assert plan.problems == ()
    assert [visit.source_ref for visit in plan.visits] == [
        "2024-05-02 Northgate", "2024-05-20 Northgate", "2024-05-02 Southgate",
    ]  # fmt: skip
    assert [site.name for site in plan.new_sites] == ["Southgate"]
    assert counts(plan.visits[0]) == {"SEEN": 3, "REFUSED": 1, "OTHER": 1}
    assert "Northgate, row 2, in_custody: 1 visit: there were more detainees" in "".join(
        plan.lines()
    )


def test_words_are_matched_with_codes_sites_and_people(furnished: Services) -> None:
    spreadsheet = furnished.imports.open_spreadsheet(SHAPES / "visits_and_detainees.xlsx")
    likely = {(word.column, word.written): word.likely for word in spreadsheet.words()}
    assert likely == {
        ("gender", "M"): "MALE",
        ("gender", "F"): "FEMALE",
        ("age_group", "25 to 34"): "A25_34",
        ("ethnicity", "White British"): "W1",
        ("site", "Northgate Custody Centre"): "Northgate",
        (PEOPLE, "Example, A."): "Anne Example",
        (PEOPLE, "Sample, B."): "Ben Sample",
    }
    plan = plan_of(furnished, "visits_and_detainees.xlsx")
    assert plan.problems == ()
    first, _ = plan.visits
    assert (first.visitors, len(first.issues)) == ((ANNE, BEN), 1)
    assert [(c.outcome, c.gender, c.ethnicity) for c in first.counts] == [
        ("SEEN", "MALE", "W1"), ("SEEN", "FEMALE", "A2"), ("ASLEEP", "MALE", "W1"),
    ]  # fmt: skip


def test_what_nobody_can_guess_is_chosen_by_hand(furnished: Services) -> None:
    spreadsheet = furnished.imports.open_spreadsheet(SHAPES / "no_headings_of_ours.csv")
    chosen = spreadsheet.layout
    assert chosen.sheets == (SheetChoice("no_headings_of_ours", "visits", 2),)
    words = {word.written: word for word in spreadsheet.words()}
    assert {"n/k", "Turned away", "Ben Sampel"} <= set(words)
    assert words["Ben Sampel"].likely == "Ben Sample"
    layout = replace(
        chosen,
        fixed={**chosen.fixed, "site": "Northgate"},
        words={
            **chosen.words,
            "status": {"Done": "COMPLETED", "Turned away": "REFUSED_ENTRY"},
            "in_custody": {"n/k": ""},
        },
    )
    plan = plan_of(furnished, "no_headings_of_ours.csv", layout)
    assert plan.problems == ()
    assert [(v.status, v.present, counts(v)) for v in plan.visits] == [
        ("COMPLETED", 7, {"SEEN": 3, "OTHER": 4}), ("REFUSED_ENTRY", None, {}),
    ]  # fmt: skip
    assert "“n/k” is left out, as you chose." in "".join(plan.lines())


@pytest.mark.parametrize("column", ["Held", "Seen"])
def test_a_whole_or_parts_alone_are_not_counted(
    furnished: Services, tmp_path: Path, column: str
) -> None:
    rows = [{"Date": "4/3/2025", "Suite": "Northgate", "Visitors": "Anne Example & Ben Sample",
             "Time": "14:00", column: 7}]  # fmt: skip
    path = write_csv(tmp_path / "held.csv", rows)
    layout = furnished.imports.open_spreadsheet(path).layout
    plan = furnished.imports.dry_run((path, None, None), layout=layout)
    assert (plan.problems, plan.visits[0].present, plan.visits[0].counts) == ((), None, ())
    assert "We need both numbers, so we left them out" in "".join(plan.lines())


def test_the_next_file_of_the_shape_is_read_alike(furnished: Services, tmp_path: Path) -> None:
    names = {"Date": "4/3/2025", "Suite": "NG", "Who": "Dora X", "Time": "14:00", "Seen": 1}
    path = write_xlsx(tmp_path / "a.xlsx", {"Visits 2024": [names]})
    assert furnished.imports.remembered_layout(path) is None
    spreadsheet = furnished.imports.open_spreadsheet(path)
    words = {"site": {"NG": "Northgate"}, PEOPLE: {"Dora X": "Cara Instance"}}
    furnished.imports.remember_layout(replace(spreadsheet.layout, words=words))
    later = write_xlsx(
        tmp_path / "b.xlsx", {"Rota": [{"Week": 1}], "Visits 2025": [names | {"Time": "15:00"}]}
    )
    remembered = furnished.imports.remembered_layout(later)
    assert remembered is not None
    assert remembered.words == words
    assert [(s.title, s.holds) for s in remembered.sheets] == [
        ("Rota", ""),
        ("Visits 2025", "visits"),
    ]
    plan = furnished.imports.dry_run((later, None, None), layout=remembered)
    assert (plan.problems, plan.new_people, len(plan.visits)) == ((), (), 1)
    other = write_csv(tmp_path / "c.csv", [visit_row()])
    assert furnished.imports.remembered_layout(other) is None


def test_the_same_file_again_changes_nothing(furnished: Services) -> None:
    for name in sorted(path.name for path in SHAPES.iterdir()):
        plan = plan_of(furnished, name)
        if not plan.problems:
            furnished.imports.carry_out(plan)
            again = plan_of(furnished, name)
            assert (again.visits, again.already_there) == ((), len(plan.visits)), name


def test_another_row_of_headings_can_be_chosen(furnished: Services) -> None:
    spreadsheet = furnished.imports.open_spreadsheet(SHAPES / "headings_in_row_4.csv")
    (choice,) = spreadsheet.layout.sheets
    assert choice.headings_row == 4
    moved = spreadsheet.chosen((replace(choice, headings_row=1),))
    assert [heading.heading for heading in moved.headings()] == [
        "Northshire OPCC custody visits 2024/25"
    ]


def test_a_match_is_kept_in_a_file(furnished: Services, tmp_path: Path) -> None:
    layout = furnished.imports.open_spreadsheet(SHAPES / "log_of_the_office.xlsx").layout
    ImportService.save_layout(tmp_path / "match.json", layout)
    assert ImportService.load_layout(tmp_path / "match.json") == layout


@pytest.mark.parametrize(
    ("written", "name"),
    [("Smith, J.", ""), ("Smith, John", "John Smith"), ("A Example", "Anne Example"),
     ("Sample B", "Ben Sample"), ("Mrs A. Example", "Anne Example"), ("Jon Smith", "John Smith"),
     ("AE", "Anne Example"), ("Nobody Known", ""), ("Dr", ""), ("J - Third", "Jo - Third")],
)  # fmt: skip
def test_a_name_is_taken_for_the_only_person_it_fits(written: str, name: str) -> None:
    known = ("John Smith", "Jane Smith", "Anne Example", "Ben Sample", "Jo - Third")
    assert likely_person(written, known) == name


@pytest.mark.parametrize(
    ("cell", "names"),
    [("A Example & B Sample", ("A Example", "B Sample")), ("Smith, J.", ("Smith, J.",)),
     ("Anne Example, Ben Sample", ("Anne Example", "Ben Sample")),
     ("Anne Andover", ("Anne Andover",))],
)  # fmt: skip
def test_a_cell_is_parted_into_names(cell: str, names: tuple[str, ...]) -> None:
    assert names_in(cell) == names


def test_a_site_is_known_by_what_is_its_own() -> None:
    assert likely_site("Northgate Custody Suite", ("Northgate", "Southgate")) == "Northgate"
    assert likely_site("Elsewhere", ("Northgate", "Southgate")) == ""


def test_names_with_another_number_are_not_alike() -> None:
    assert not may_be_one("Visitor 1", "Visitor 2")
    assert not may_be_one("Visitor 1", "Visitor 12")
    assert likely_person("Visitor 3", ("Visitor 1", "Visitor 32")) == ""
    assert likely_person("Visitor 3", ("Visitor 1", "Visitor 03")) == "Visitor 03"
    assert likely_site("Suite 12", ("Suite 1",)) == ""
    assert likely_site("Northgate 2", ("Northgate",)) == "Northgate"
