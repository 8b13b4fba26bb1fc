"""Commands that write documents of a quarter, or every document of a period."""

from pathlib import Path

import pytest

from tests.builders import furnish, make_kennel_visit, make_visit, sign
from tests.conftest import NOW
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


def test_the_documents_of_a_month_are_in_one_folder(run, tmp_path):
    out = tmp_path / "march"
    month = ("--from", "2025-03-01", "--to", "2025-03-31")
    code, told, _ = run("documents", *month, "--out", out)
    assert code == 0
    names = {path.name for path in out.iterdir()}
    assert told.splitlines()[0] == str(out / "annual-report.pdf")
    assert {Path(line).name for line in told.splitlines()} == names
    assert {"annual-report.pdf", "figures.json", "indicators.json"} <= names
    assert "monthly-update-March-2025.pdf" in names
    (out / "annual-report.pdf").unlink()
    code, told, err = run("documents", *month, "--out", out)
    assert (code, told) == (2, "")
    assert "already exists" in err[-1]
    assert not (out / "annual-report.pdf").exists()
