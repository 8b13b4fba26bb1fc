"""Spreadsheets that offices laid out for people to read, not for programs."""

from datetime import datetime, time
from pathlib import Path

import openpyxl
import pytest

from tests.spreadsheets import write_csv
from visitapp.domain.errors import BadInputError
from visitapp.domain.import_layout import WAIT
from visitapp.domain.importing import ImportPlan
from visitapp.services import Services

APRIL, MAY = datetime(2024, 4, 3), datetime(2024, 5, 3)


def workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    """A workbook of these rows by sheet."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def as_suggested(services: Services, path: Path) -> ImportPlan:
    layout = services.imports.open_spreadsheet(path).layout
    return services.imports.dry_run((path, None, None), layout=layout)


def test_headings_under_words_over_several_columns(furnished: Services, tmp_path: Path) -> None:
    path = workbook(tmp_path / "log.xlsx", {"Log": [
        ["Custody visits 2024-25"],
        ["Date", "Suite", "Times", None, "Visitors", None, "Detainees", None, None],
        [None, None, "In", "Out", 1, 2, "Held", "Seen", "Refused"],
        [APRIL, "Northgate", time(14, 5), time(15), "Anne Example", "Ben Sample", 4, 3, 1],
        ["Total", None, None, None, None, None, 4, 3, 1],
    ]})  # fmt: skip
    plan = as_suggested(furnished, path)
    assert plan.problems == ()
    (visit,) = plan.visits
    assert (visit.arrived_at, len(visit.visitors), visit.present) == ("14:05", 2, 4)
    assert {count.outcome: count.number for count in visit.counts} == {"SEEN": 3, "REFUSED": 1}
    assert visit.left is not None


def test_a_sheet_a_month_with_totals_under_the_dates(furnished: Services, tmp_path: Path) -> None:
    headings = ["Date", "Arrived", "Suite", "Visitors", "In cells", "Spoken to"]
    path = workbook(tmp_path / "log.xlsx", {
        month: [headings, [day, "9.30pm", "Northgate", "AE, BS", 3, 3], ["Total:", *[None] * 3, 3]]
        for month, day in (("April 24", APRIL), ("May 24", MAY))
    } | {"Notes": [["Ask about the log"]], "Empty": []})  # fmt: skip
    plan = as_suggested(furnished, path)
    assert plan.problems == ()
    assert [(v.arrived_at, len(v.visitors), v.present) for v in plan.visits] == [
        ("21:30", 2, 3), ("21:30", 2, 3),
    ]  # fmt: skip


def test_headings_alone_are_matched(furnished: Services, tmp_path: Path) -> None:
    path = workbook(tmp_path / "log.xlsx", {"Log": [["Date", "Arrived", "Suite", "Visitor 1"]]})
    assert as_suggested(furnished, path).problems == ()


def test_reasons_for_waits_in_sentences_are_kept(furnished: Services, tmp_path: Path) -> None:
    rows = [
        {"Date": f"{day}/4/2024", "Time": "14:00", "Suite": "Northgate", "Visitors": "AE/BS",
         "Reason for delay": f"The sergeant was with {day} solicitors"}
        for day in range(1, 9)
    ]  # fmt: skip
    path = write_csv(tmp_path / "log.csv", rows)
    layout = furnished.imports.open_spreadsheet(path).layout
    assert layout.columns["visits"]["Reason for delay"] == WAIT
    plan = furnished.imports.dry_run((path, None, None), layout=layout)
    assert plan.problems == ()
    assert plan.visits[0].delay_explanation == "The sergeant was with 1 solicitors"


def test_times_within_the_dates_are_kept(furnished: Services, tmp_path: Path) -> None:
    row = {"Suite": "Northgate", "Visitors": "AE/BS"}
    for days in (["3/4/2024 14:05", "4 April 2024, 9.30pm"],
                 [datetime(2024, 4, 3, 14, 5), datetime(2024, 4, 4, 21, 30)]):  # fmt: skip
        rows = [[day, *row.values()] for day in days]
        plan = as_suggested(
            furnished, workbook(tmp_path / "log.xlsx", {"Log": [["Date", *row], *rows]})
        )
        assert plan.problems == ()
        assert [visit.arrived_at for visit in plan.visits] == ["14:05", "21:30"]
    midnight = workbook(tmp_path / "days.xlsx", {"Log": [["Date", *row], [APRIL, *row.values()]]})
    assert [v.arrived_at for v in as_suggested(furnished, midnight).visits] == ["time not known"]


def test_each_sheet_keeps_its_own_headings(furnished: Services, tmp_path: Path) -> None:
    path = workbook(tmp_path / "log.xlsx", {
        "Northgate": [["Date", "ICV1", "ICV2"], [APRIL, "Anne Example", "Ben Sample"]],
        "Northgate, old": [["Date", "Visitor 1", "Visitor 2"], [MAY, "Anne Example", "Ben Sample"]],
    })  # fmt: skip
    plan = as_suggested(furnished, path)
    assert [len(visit.visitors) for visit in plan.visits] == [2, 2]


@pytest.mark.parametrize(("name", "start"), [("log.pdf", b"%PDF-1.7\n"), ("log.rtf", b"{\\rtf1}")])
def test_other_documents_are_refused(
    furnished: Services, tmp_path: Path, name: str, start: bytes
) -> None:
    (tmp_path / name).write_bytes(start)
    with pytest.raises(BadInputError, match=f"{name} is no spreadsheet"):
        furnished.imports.open_spreadsheet(tmp_path / name)
