"""Commands that write documents of a quarter, or every document of a period."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest

from tests.builders import furnish, make_kennel_visit, make_site, make_visit, sign
from tests.conftest import NOW
from tests.reporting.meeting_papers import meeting
from visitapp import bootstrap


@pytest.fixture(autouse=True)
def _visited(named, key):
    """Records with two visits."""
    with bootstrap.open_with_key(named, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
        sign(opened.services, make_kennel_visit())


def test_a_quarterly_update_is_written(run, tmp_path):
    out = tmp_path / "update.pdf"
    quarter = ("--from", "2025-01-01", "--to", "2025-03-31")
    code, told, _ = run("report", "quarterly", *quarter, "--out", out)
    assert (code, told) == (0, f"{out}\n")
    assert out.read_bytes().startswith(b"%PDF-")
    assert run("report", "quarterly", *quarter, "--out", out)[0] == 2


def test_the_papers_of_a_meeting_are_written_alone_and_with_the_documents(
    run, tmp_path, named, key
):
    with bootstrap.open_with_key(named, key, clock=lambda: NOW) as opened:
        opened.services.meetings.save(replace(meeting(), held_on=date(2025, 3, 31)))
    out, month = tmp_path / "pack.docx", ("--from", "2025-03-01", "--to", "2025-03-31")
    assert run("report", "meeting", *month, "--out", out)[:2] == (0, f"{out}\n")
    with ZipFile(out) as file:
        assert "The lamps were raised." in file.read("word/document.xml").decode()
    assert run("report", "meeting", *month, "--out", out)[0] == 2
    assert run("documents", *month, "--out", tmp_path / "march")[0] == 0
    pdf = tmp_path / "march" / "meeting-2025-03-31.pdf"
    assert pdf.read_bytes().startswith(b"%PDF-")


def test_the_claims_of_a_month_are_written_of_everybody_and_of_one_volunteer(run, tmp_path):
    month = ("--from", "2025-03-01", "--to", "2025-03-31")
    every, own = tmp_path / "claims.xlsx", tmp_path / "claim.pdf"
    assert run("report", "claim", *month, "--out", every)[:2] == (0, f"{every}\n")
    ben = ("--person", "Ben Sample", "--out", own)
    assert run("report", "claim", *month, *ben)[:2] == (0, f"{own}\n")
    assert own.read_bytes().startswith(b"%PDF-")
    assert run("report", "claim", *month, *ben)[0] == 2


def test_the_documents_of_a_month_are_in_one_folder(run, tmp_path):
    out = tmp_path / "march"
    month = ("--from", "2025-03-01", "--to", "2025-03-31")
    code, told, _ = run("documents", *month, "--out", out)
    assert code == 0
    names = {path.name for path in out.iterdir()}
    assert told.splitlines()[0] == str(out / "monthly-report.pdf")
    assert {Path(line).name for line in told.splitlines()} == names
    assert {"monthly-report.pdf", "figures.json", "indicators.json"} <= names
    assert "monthly-update-March-2025.pdf" in names
    assert "rota.pdf" not in names, "nothing is planned"
    (out / "monthly-report.pdf").unlink()
    code, told, err = run("documents", *month, "--out", out)
    assert (code, told) == (2, "")
    assert "already exists" in err[-1]
    assert not (out / "monthly-report.pdf").exists()


def test_two_sites_of_like_names_have_a_picture_each(run, tmp_path, named, key):
    with bootstrap.open_with_key(named, key, clock=lambda: NOW) as opened:
        for number, name in ((701, "Mill Lane"), (702, "Mill  Lane!")):
            opened.services.setup.save_site(make_site(id=UUID(int=number), name=name))
    code, told, _ = run("documents", "--from", "2025-03-01", "--to", "2025-03-31", "--out",
                        tmp_path / "march")  # fmt: skip
    pictures = [line for line in told.splitlines() if "mill" in line and line.endswith(".png")]
    assert code == 0
    assert len(set(pictures)) == 2
    assert all(Path(line).is_file() for line in pictures)


def test_what_is_missing_is_listed(run):
    month = ("--from", "2025-03-01", "--to", "2025-03-31")
    code, told, err = run("missing", *month)
    assert code == 0
    lines = told.splitlines()
    assert "The scheme and its duty: Team meetings: Nothing is written." in lines
    assert "Anne Example: No date is entered for their vetting." in lines
    assert err == [f"{len(lines)} things are missing."]
    code, told, _ = run("missing", *month, "--json")
    content = json.loads(told)
    assert (content["from"], content["to"]) == ("2025-03-01", "2025-03-31")
    assert len(content["missing"]) == len(lines)
    assert content["missing"][-1]["kind"] == "vetting_date"


def test_further_documents_are_written_by_their_names(run, tmp_path):
    month = ("--from", "2025-03-01", "--to", "2025-03-31")
    for kind, form in (("monthly", "docx"), ("indicators", "xlsx"), ("evidence", "html")):
        out = tmp_path / f"{kind}.{form}"
        assert run("report", kind, *month, "--out", out)[0] == 0
        assert out.stat().st_size
        assert run("report", kind, *month, "--out", out)[0] == 2
    assert run("documents", *month, "--out", tmp_path / "march")[0] == 0
    names = {path.name for path in (tmp_path / "march").iterdir()}
    assert {
        "issues-and-police-action-March-2025.pdf", "regional-indicators-March-2025.pdf",
        "regional-indicators-March-2025.xlsx", "evidence-for-accreditation-March-2025.pdf",
    } <= names  # fmt: skip
