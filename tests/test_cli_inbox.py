"""`visitapp inbox`: what waits for the office, and what is expected and late."""

import json
from datetime import UTC, datetime

import pytest

from tests.planners import QUARTER, START, furnish_planning, moments_in, planned, planner
from visitapp import clock


@pytest.fixture
def in_may(furnished, opened, named, monkeypatch):
    """An office with a plan from 14 April in use, closed; it is May."""
    furnish_planning(furnished, kennels=False)
    plan = planner(furnished)
    plan.make(START)
    plan.use(QUARTER)
    visits = planned(furnished)
    opened.close()
    monkeypatch.setattr(clock, "now", lambda: datetime(2025, 5, 5, 12, tzinfo=UTC))
    return visits


def test_an_empty_inbox_says_so(furnished, opened, named, run):
    opened.close()
    assert run("inbox") == (0, "No report waits for the office.\n", [])
    assert run("inbox", "--json") == (0, "[]\n", [])


def test_weeks_without_a_report_are_listed_with_their_pairs_and_no_moment(in_may, run):
    code, out, err = run("inbox", "--json")
    late = json.loads(out)
    assert (code, err) == (0, [])
    over = [visit for visit in in_may if visit.span.end < datetime(2025, 5, 5, tzinfo=UTC).date()]
    assert len(late) == len(over) > 1
    assert late[0] == {
        "ref": "", "site": "Northgate", "from": "2025-04-14", "to": "2025-04-20",
        "visitors": late[0]["visitors"], "state": "late", "since": "2025-04-21",
    }  # fmt: skip
    assert len(late[0]["visitors"]) == 2
    code, words, _ = run("inbox")
    first = f"{late[0]['visitors'][0]} and {late[0]['visitors'][1]}"
    assert words.startswith(
        f"No report yet: Northgate, 14–20 Apr 2025, {first}, late since 21 April 2025.\n"
    )
    for said in (out, words):
        assert moments_in(said, [v for v in over if v.day.isoformat() not in days(late)]) == []


def days(late):
    return {item[key] for item in late for key in ("from", "to", "since")}
