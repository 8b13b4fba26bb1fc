"""`visitapp simulate`: no file, no passphrase, and the operating system's randomness."""

import csv
import re
from pathlib import Path

import pytest

from tests.test_architecture import PROGRAM, ROOT
from visitapp.cli import main


def test_simulated_years_are_written_and_scored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "years.csv"
    assert main(["simulate", "--visits", "65", "--years", "12", "--out", str(out)]) == 0
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert list(rows[0]) == ["year", "week", "weekday", "band"]
    for name, most in (("year", 12), ("week", 52)):
        assert {int(row[name]) for row in rows} == set(range(1, most + 1))
    assert {int(row["weekday"]) for row in rows} == set(range(7))
    assert {int(row["band"]) for row in rows} == set(range(5))
    figures = dict(line.split() for line in capsys.readouterr().out.splitlines())
    assert int(figures["visits"]) == len(rows)
    assert figures["empty_weeks"] == "0"
    assert float(figures["cell_max"]) <= 0.195
    assert main(["simulate", "--out", str(out)]) == 2


def test_pairs_that_draw_their_own_moments_are_simulated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "years.csv"
    words = ["simulate", "--years", "4", "--pairs", "--late", "2", "--out", str(out)]
    assert main(words) == 0
    figures = dict(line.split() for line in capsys.readouterr().out.splitlines())
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert int(figures["visits"]) == len(rows)
    assert {int(row["week"]) for row in rows} == set(range(1, 53))


def test_real_years_are_written_with_the_day_of_each_visit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "years.csv"
    assert main(["simulate", "--years", "2", "--from-year", "2025", "--out", str(out)]) == 0
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert list(rows[0]) == ["year", "week", "weekday", "band", "date"]
    assert {row["year"] for row in rows} == {"2025", "2026"}
    assert all(
        row["date"] >= "2025-04-01" and (row["year"] == "2026") == (row["date"] >= "2026-04-01")
        for row in rows
    )
    figures = dict(line.split() for line in capsys.readouterr().out.splitlines())
    cells = [{(r["weekday"], r["band"]) for r in rows if r["year"] == y} for y in ("2025", "2026")]
    assert float(figures["coverage"]) == sum(map(len, cells)) / 2


def test_a_rule_leaves_weeks_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "years.csv"
    words = ["--visits", "52", "--years", "5", "--rule", "empty-4", "--out", str(out)]
    assert main(["simulate", *words]) == 0
    rows = list(csv.DictReader(out.read_text().splitlines()))
    figures = dict(line.split() for line in capsys.readouterr().out.splitlines())
    weeks = {(row["year"], row["week"]) for row in rows}
    assert 260 - len(weeks) == int(figures["empty_weeks"]) > 3


def test_no_two_simulations_are_alike(tmp_path: Path) -> None:
    outs = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for out in outs:
        assert main(["simulate", "--years", "1", "--out", str(out)]) == 0
    assert outs[0].read_text() != outs[1].read_text()


@pytest.mark.parametrize(
    "words",
    [
        ["--visits", "51"],
        ["--visits", "105"],
        ["--visits", "1", "--per", "week", "--rule", "empty-1"],
        ["--rule", "empty-9"],
        ["--years", "0"],
        ["--late", "1"],
        ["--pairs", "--late", "-1"],
        ["--pairs", "--late", "13"],
        ["--years", "2", "--from-year", "9990"],
        ["--years", "2", "--from-year", "1066"],
    ],
)
def test_what_can_not_be_simulated_is_said(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["simulate", *words, "--out", str(tmp_path / "x.csv")]) == 2
    told = capsys.readouterr().err.strip().splitlines()
    assert told[-1].endswith(".")
    assert not (tmp_path / "x.csv").exists()


def test_only_the_composition_root_makes_a_generator_for_planning() -> None:
    """The demonstration is made up, and made up alike each time: it plans nothing."""
    makers = []
    for path in PROGRAM:
        text = path.read_text(encoding="utf-8")
        if re.search(r"(?<!\w)(?:System)?Random\(|random\.seed|import random\b", text):
            makers.append(str(path.relative_to(ROOT / "visitapp")))
    planning = [name for name in makers if "demonstration" not in name]
    assert {Path(name).parts[0] for name in planning} == {"bootstrap"}
