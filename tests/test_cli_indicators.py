"""`indicators`: our figures beside those that others published."""

import json

import pytest

from visitapp.exchange.indicators_file import read_indicators


@pytest.fixture
def year(furnished, opened, named):
    opened.close()
    return ("--from", "2024-04-01", "--to", "2025-03-31")


def test_our_figures_are_written_and_read_beside_others(year, run, tmp_path):
    out = tmp_path / "ours.json"
    assert run("indicators", *year, "--out", out) == (0, f"{out}\n", [])
    assert run("indicators", *year, "--out", out)[0] == 2
    assert run("indicators", *year, "--out", out, "--force")[0] == 0
    own = json.loads(out.read_text("utf-8"))["publications"]
    code, printed, err = run("indicators", *year, "--json", "--with-file", out)
    assert (code, err) == (0, [])
    listed = read_indicators(printed.encode())
    bodies = [item.body for item in listed]
    assert bodies[: len(own)] == bodies[-len(own) :] == [item["body"] for item in own]
    assert "Scottish Police Authority" in bodies


def test_a_file_that_is_wrong_is_told_place_by_place(year, run, tmp_path):
    path = tmp_path / "theirs.json"
    values = {"format": "visitapp-indicators", "version": 1, "publications": [{"body": "x\x1b[2J"}]}
    path.write_text(json.dumps(values), "utf-8")
    code, printed, err = run("indicators", *year, "--json", "--with-file", path)
    assert (code, printed) == (2, "")
    assert err[-1] == "Nothing was taken in: 4 problems in the file."
    assert err[0] == "publications:1:source: This is missing."
    assert len(err) == 5
    assert "\x1b" not in "".join(err)
    gone = tmp_path / "gone.json"
    assert run("indicators", *year, "--json", "--with-file", gone) == (
        2,
        "",
        [f"There is no file {gone}."],
    )
    assert run("indicators", *year)[0] == 2
