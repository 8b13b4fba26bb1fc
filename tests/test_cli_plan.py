"""The command `plan`, and `predictability --plan`."""

import json
import sys
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.planners import START, planned, say
from visitapp import bootstrap, clock
from visitapp.services.plan import planning


@pytest.fixture
def office(named: Path, planning_records: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """`named` with people and sites; the day is NOW's, and little time is spent on pairs."""
    monkeypatch.setattr(planning, "SECONDS", 0.1)
    monkeypatch.setattr(clock, "now", lambda: NOW)
    assert named == planning_records
    return named


def test_a_plan_names_week_site_pair_and_mode(run, office: Path) -> None:
    code, out, told = run("plan", "--from", "2025-04-14", "--weeks", 2, "--json")
    assert code == 0
    content = json.loads(out)
    assert content["period"] == {"start": "2025-04-14", "end": "2025-04-27"}
    suite = [row for row in content["visits"] if row["site"] == "Northgate"]
    assert {row["week"] for row in suite} == {"2025-04-14", "2025-04-21"}
    assert all(len(row["pair"]) == 2 and row["mode"] == "manager_held" for row in suite)
    assert not any({"day", "time"} & set(row) for row in content["visits"])
    assert "Looking for" in " ".join(told)


def test_asking_twice_shows_the_same_plan(run, office: Path, key: bytes) -> None:
    first = run("plan", "--from", START, "--weeks", 2, "--json")[1]
    assert run("plan", "--from", START, "--weeks", 2, "--json")[1] == first
    with bootstrap.open_with_key(office, key) as opened:
        assert len(planned(opened.services)) == len(json.loads(first)["visits"])


def test_moments_are_shown_on_a_terminal_only(
    run, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, told = run("plan", "--from", START, "--weeks", 1, "--json", "--moments")
    assert (code, out) == (2, "")
    assert told == [
        "Days and times of planned visits are only shown on a terminal, so that they are "
        "never saved in a file. Leave out --moments."
    ]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, out, _ = run("plan", "--from", START, "--weeks", 1, "--json", "--moments")
    assert code == 0
    assert all(row["day"] and row["time"] for row in json.loads(out)["visits"])


def test_weeks_that_are_over_end_with_a_sentence(run, office: Path) -> None:
    code, out, told = run("plan", "--from", "2024-04-01", "--json")
    assert (code, out) == (2, "")
    assert told[-1].endswith("plan from this week on.")


def test_a_plan_is_judged_by_the_exact_posterior(run, office: Path) -> None:
    run("plan", "--from", START, "--weeks", 13, "--json")
    code, out, _ = run("predictability", "--site", "Northgate", "--plan", "--json")
    content = json.loads(out)
    assert code == 0
    assert content["exact"] is True
    assert content["broken"] == []
    assert content["alert_day"]["floor"] == 0.323
    assert run("predictability", "--site", "Nowhere", "--plan", "--json")[0] == 2


def test_watchers_that_are_not_installed_are_named_beside_the_answer(
    run, office: Path, without_learners: None
) -> None:
    code, out, err = run("predictability", "--site", "Northgate", "--json")
    assert code == 0
    content = json.loads(out)
    assert content["left_out"] == ["logistic regression", "boosted trees"]
    assert set(content["law"]["compared"]) == {"days", "timeslots"}, "beside the real history"
    assert err == [
        "We tried 9 of our 11 ways to predict visits. The other 2 need scikit-learn, which is not "
        "installed here. They might predict more visits."
    ]


def test_a_plan_that_can_have_no_visit_gives_its_reasons(run, office: Path, key: bytes) -> None:
    with bootstrap.open_with_key(office, key) as opened:
        for number in range(10):
            say(opened.services, number, free=())
    for _ in range(2):  # nothing was kept, so that it can be asked for again
        code, out, _ = run("plan", "--from", START, "--weeks", 2, "--json")
        content = json.loads(out)
        assert (code, content["visits"], content["status"]) == (0, [], None)
        said = " ".join(one["sentence"] for one in content["says"])
        assert "Northgate, 14–20 Apr 2025 and 21–27 Apr 2025: no visit is planned." in said
        assert "have not said when they can visit" in said
