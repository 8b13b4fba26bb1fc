"""`visit` and `log`: what they print, what they refuse, and that nothing wrong is signed."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.builders import CUSTODY, answers_of
from visitapp import bootstrap


@pytest.fixture
def values(furnished, opened, named) -> dict[str, Any]:
    """A report by names, for the builders' office named to the command line."""
    values = {
        "site": "Northgate",
        "date": "8/4/2025",
        "visitors": ["Anne Example", "Ben Sample"],
        "arrived": "14:00",
        "admitted": "14:03",
        "left": "15:00",
        "present": 6,
        "counts": [{"outcome": "SEEN", "number": 6}],
        "answers": answers_of(furnished.forms.form(CUSTODY)),
        "confirmations": [{"typed_name": "Anne Example"}, {"typed_name": "Ben Sample"}],
    }
    opened.close()
    return values


@pytest.fixture
def write(tmp_path: Path):
    def written(values: Any) -> Path:
        path = tmp_path / "report.json"
        path.write_text(json.dumps(values), "utf-8")
        return path

    return written


def test_a_report_is_signed_and_shown_and_signed_again(values, write, run):
    code, out, err = run("log", "--from-json", write(values))
    assert (code, out) == (0, "NOR-2025-001\n")
    assert all(": " in warning for warning in err)
    code, out, err = run("visit", "NOR-2025-001", "--json")
    shown = json.loads(out)
    assert (code, err) == (0, [])
    assert (shown["site"], shown["date"], shown["present"]) == ("Northgate", "2025-04-08", 6)
    assert shown["record"]["reference"] == "NOR-2025-001"
    code, out, err = run("log", "--from-json", write(shown))
    assert (code, out) == (0, "NOR-2025-002\n")
    overlap = (
        "arrived: Another visit to this site overlaps (NOR-2025-001). It may be the same visit."
    )
    assert overlap in err
    assert run("check")[0] == 0


def test_nothing_is_signed_if_anything_is_wrong(values, write, run):
    code, out, err = run("log", "--from-json", write(values | {"present": 7, "admitted": "13:00"}))
    assert (code, out) == (2, "")
    assert err == [
        "admitted: The time you were let in is earlier than the time you arrived.",
        "delay_reason: You waited 1380 minutes. Choose the reason.",
        "present: 7 in custody, but the parts add up to 6.",
        "Nothing was taken in: 3 problems in the file.",
    ]
    code, out, err = run("log", "--from-json", write({"site": "x\x1b[2J"}))
    assert (code, out) == (2, "")
    assert "\x1b" not in "".join(err)
    assert run("visit", "NOR-2025-001", "--json") == (2, "", ["There is no report NOR-2025-001."])


@pytest.mark.parametrize("content", [b"", b"x" * ((4 << 20) + 1), b"\xff\xfe{}"])
def test_a_file_that_is_no_report_is_refused_in_a_sentence(values, tmp_path, run, content):
    path = tmp_path / "report.json"
    path.write_bytes(content)
    code, out, err = run("log", "--from-json", path)
    assert (code, out) == (2, "")
    assert 1 <= len(err) <= 2


def test_a_file_that_is_not_there_or_no_file_is_said(values, tmp_path, run):
    gone = tmp_path / "gone.json"
    assert run("log", "--from-json", gone) == (2, "", [f"There is no file {gone}."])
    assert run("log", "--from-json", tmp_path)[0] == 2
    assert run("log")[0] == 2
    assert run("visit", "NOR-2025-001")[0] == 2


def test_a_wrong_passphrase_opens_nothing(values, write, run, monkeypatch):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", "wrong")
    code, out, err = run("log", "--from-json", write(values))
    assert (code, out, len(err)) == (3, "", 1)
    assert run("visit", "NOR-2025-001", "--json")[0] == 3


def test_a_report_is_not_signed_in_a_file_that_somebody_has_open(values, write, run, locked, key):
    with bootstrap.open_with_key(locked, key, hold=True):
        code, out, _ = run("log", "--from-json", write(values))
    assert (code, out) == (3, "")
