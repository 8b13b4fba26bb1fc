"""`visitapp list`: each list as a file that the records’ pages show."""

import csv
from datetime import date
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest

from tests.builders import ANNE, furnish, make_visit, sign
from visitapp import bootstrap
from visitapp.cli.lists import _LISTS, _OF_RECORDS
from visitapp.domain.office.claim import ClaimKind, VolunteerClaim
from visitapp.domain.office.meeting import Meeting, MeetingAction, MeetingKind
from visitapp.domain.report.issue import Issue

KEY = bytes(range(32))


@pytest.fixture
def kept(named: Path) -> Path:
    with bootstrap.open_with_key(named, KEY, hold=True) as opened:
        services = opened.services
        furnish(services)
        issue = Issue(uuid4(), "FOOD", description="-2 meals were late")
        sign(services, make_visit(issues=(issue,)))
        action = MeetingAction("Ask about meals", due_on=date(2024, 5, 1))
        held = Meeting(uuid4(), MeetingKind.TEAM, date(2024, 4, 1), actions=(action,))
        services.meetings.save(held)
        claim = VolunteerClaim(
            uuid4(), ANNE, ClaimKind.TRAVEL, date(2024, 4, 2), "@home", 90, 12, 1_250, True
        )
        services.hours.add(claim)
    return named


def test_every_list_is_written(run, kept: Path, tmp_path: Path) -> None:
    for kind in (*_OF_RECORDS, *_LISTS):
        out = tmp_path / f"{kind}.xlsx"
        code, printed, err = run("list", kind, "--out", out, "--from", "2023-04-01")
        assert (code, printed.strip()) == (0, str(out)), err
        assert "not encrypted" in err[0]
        assert len(openpyxl.load_workbook(out).worksheets) == 1


def test_an_issue_names_its_visit_and_an_action_its_meeting(
    run, kept: Path, tmp_path: Path
) -> None:
    def rows(kind: str) -> list[dict[str, str]]:
        out = tmp_path / f"{kind}.csv"
        assert run("list", kind, "--out", out)[0] == 0
        with out.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    (visit,), (issue,), (action,) = rows("visits"), rows("issues"), rows("actions")
    assert issue["Visit"] == visit["visit_ref"]
    assert issue["Description"] == "'-2 meals were late"
    assert action["Meeting"] == rows("meetings")[0]["Meeting"]
    assert action["Until"] == "2024-05-01"


def test_a_claim_names_its_volunteer_and_pounds_can_be_added_up(
    run, kept: Path, tmp_path: Path
) -> None:
    out = tmp_path / "claims.xlsx"
    assert run("list", "claims", "--out", out, "--from", "2024-04-01")[0] == 0
    (page,) = openpyxl.load_workbook(out).worksheets
    heads, row = page.iter_rows(values_only=True)
    claim = dict(zip(heads, row, strict=True))
    assert (claim["Volunteer"], claim["Minutes"], claim["Miles"]) == ("Anne Example", 90, 12)
    assert (claim["Expenses"], claim["Receipt"], claim["Claim"]) == (12.5, "Yes", "Waits")
    assert page["C2"].data_type == "s"
