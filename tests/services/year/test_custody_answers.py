"""Requests, gaps in records and offers are what a plain loop over the reports counts."""

import json
from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from tests.builders import ANIMALS, CUSTODY, SUITE, make_site, make_visit
from tests.conftest import NOW
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, State
from visitapp.persistence import forms, visits
from visitapp.services import Services
from visitapp.services.office.reference import reference_form

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
FIRST = date(2024, 1, 1)
KINDS = ("BLANKET", "CALL", "HEALTH", "OTHER")
GAPS = ("RIGHTS", "REVIEW", "FOOD")


def a_row(random: Random) -> OutcomeCount:
    answers: dict[str, object] = {"introduced_by": random.choice(["VISITOR", "ESCORT", None])}
    answers["consent_record"] = random.choice(["G", "G", "R"])
    if answers["consent_record"] == "G":
        answers["record_checked"] = random.choice(["YES", "YES", "NO"])
    if answers.get("record_checked") == "YES":
        answers["record_gaps"] = random.sample(GAPS, random.choice([0, 0, 1, 2]))
    answers["requests_made"] = [
        {"kind": random.choice(KINDS), "put_right": random.choice(["YES", "YES", "NO"])}
        for _ in range(random.choice([0, 0, 1, 3]))
    ]
    kept = {key: answer for key, answer in answers.items() if answer}
    outcome = random.choice(["SEEN", "SEEN", "SEEN", "REFUSED", "ASLEEP"])
    return OutcomeCount(outcome, 1, row=ReportRow("M1", answers=kept))


@pytest.fixture
def reports(furnished: Services):
    """A hundred reports of two suites, in the file."""
    random = Random(7)
    other = make_site(name="Southgate", id=ANIMALS)
    furnished.setup.save_site(other)
    written = [
        make_visit(
            FIRST + timedelta(days=random.randint(0, 500)),
            site_id=random.choice([SUITE, other.id]),
            type=random.choice(["ROUTINE"] * 5 + ["TRAINING"]),
            state=random.choice([State.LOCKED] * 5 + [State.WITHDRAWN]),
            counts=tuple(a_row(random) for _ in range(random.randint(0, 4))),
            report=random.choice([Report(1, {})] * 5 + [None]),
        )
        for _ in range(100)
    ]
    with furnished.access.database.transaction() as connection:
        forms.add(connection, CUSTODY, reference_form(Kind.CUSTODY), "Mary Manager", NOW)
        visits.insert_visits(connection, written)
    return written


class Loop:
    """All rows that count, one after the other."""

    def __init__(self, reports, period, sites):
        self.raised, self.resolved = Counter(), Counter()
        self.checked, self.with_gap, self.gaps = 0, 0, Counter()
        self.offers, self.accepted = Counter(), Counter()
        for visit in reports:
            is_counted = visit.state is State.LOCKED and visit.type != "TRAINING" and visit.report
            if is_counted and visit.site_id in sites and visit.arrived.day in period:
                for count in visit.counts:
                    self.add(count.outcome, count.row.answers)

    def add(self, outcome, answers):
        maker = answers.get("introduced_by")
        if maker and outcome in ("SEEN", "REFUSED"):
            self.offers[maker] += 1
            self.accepted[maker] += outcome == "SEEN"
        if outcome != "SEEN":
            return
        for request in answers.get("requests_made", []):
            self.raised[request["kind"]] += 1
            self.resolved[request["kind"]] += request["put_right"] == "YES"
        if answers.get("record_checked") == "YES":
            self.checked += 1
            self.with_gap += "record_gaps" in answers
            self.gaps.update(answers.get("record_gaps", []))


def compare(figures, loop):
    requests = figures.requests
    assert (requests.raised, requests.resolved) == (loop.raised.total(), loop.resolved.total())
    of_kind = {kind.code: (kind.raised, kind.resolved) for kind in requests.by_kind}
    assert of_kind == {code: (n, loop.resolved[code]) for code, n in loop.raised.items()}
    records = figures.records
    assert (records.checked, records.with_gap) == (loop.checked, loop.with_gap)
    assert sorted(gap.number for gap in records.by_kind if gap.number) == sorted(loop.gaps.values())
    assert all(gap.checked == loop.checked for gap in records.by_kind)
    made = [(maker.offers, maker.accepted) for maker in figures.offers.by_maker]
    expected = [(loop.offers[code], loop.accepted[code]) for code in ("VISITOR", "ESCORT")]
    assert made == (expected if loop.offers else [])


def compared_with(change):
    return None if change is None else (change.earlier_part, change.earlier_whole)


def in_shares(loop, *codes):
    """Requests resolved and raised, of some kinds or of all; None if there were none."""
    raised, resolved = (
        sum(numbers[code] for code in codes or numbers) for numbers in (loop.raised, loop.resolved)
    )
    return (resolved, raised) if raised else None


@pytest.mark.parametrize(
    "period", [YEAR, Period(date(2024, 5, 12), date(2024, 8, 3)), Period(FIRST, FIRST)]
)
def test_every_figure_is_what_a_loop_over_the_rows_finds(
    furnished: Services, reports, period: Period
) -> None:
    every, sites = [SUITE, ANIMALS], [SUITE]
    figures = furnished.figures.custody_answers(period)
    compare(figures, Loop(reports, period, every))
    compare(furnished.figures.custody_answers(period, sites), Loop(reports, period, sites))
    for site_id in every:
        loop = Loop(reports, period, [site_id])
        of_site = figures.by_site.get(site_id)
        assert (of_site.raised if of_site else 0) == loop.raised.total()
    earlier = Loop(reports, period.year_before(), every)
    assert compared_with(figures.requests.change) == in_shares(earlier)
    of_kinds = {kind.code: compared_with(kind.change) for kind in figures.requests.by_kind}
    assert of_kinds == {
        code: in_shares(earlier, code) for code in Loop(reports, period, every).raised
    }
    assert sum(site.raised for site in figures.by_site.values()) == figures.requests.raised
    assert sum(site.resolved for site in figures.by_site.values()) == figures.requests.resolved


def test_other_programs_read_the_same_figures(furnished: Services, reports) -> None:
    loop = Loop(reports, YEAR, [SUITE, ANIMALS])
    custody = json.loads(furnished.figures.figures_json(YEAR))["schemes"]["custody"]
    raised, resolved = loop.raised.total(), loop.resolved.total()
    requests = custody["requests"]
    assert (requests["raised"], requests["resolved"]) == (raised, resolved)
    assert abs(requests["percent"] - 100 * resolved / raised) <= 0.5
    by_site = custody["by_site"].values()
    assert len(by_site) == 2
    assert sum(site["requests"]["raised"] for site in by_site) == raised
    assert sum(site["requests"]["resolved"] for site in by_site) == resolved
    records = custody["records"]
    assert (records["checked"], records["with_gap"]) == (loop.checked, loop.with_gap)
    interval = records["interval_95"]
    assert interval["low"] < 100 * loop.with_gap / loop.checked < interval["high"]
    offers = custody["offers"]
    assert {name: made["offers"] for name, made in offers["by_maker"].items()} == {
        "A visitor": loop.offers["VISITOR"], "The escort": loop.offers["ESCORT"],
    }  # fmt: skip
    assert offers["may_be_chance"] is (offers["mid_p"] >= 0.05)
    animals = json.loads(furnished.figures.figures_json(YEAR))["schemes"]["animal_welfare"]
    assert animals["requests"]["raised"] is None


def test_they_are_among_the_indicators_for_other_schemes(furnished: Services, reports) -> None:
    loop = Loop(reports, YEAR, [SUITE, ANIMALS])
    (own,) = (p for p in furnished.indicators.own(YEAR) if p.scheme is Kind.CUSTODY)
    numbers = {each.name: each for each in own.indicators}
    assert numbers["requests_raised"].number == loop.raised.total()
    resolved = numbers["requests_resolved"]
    assert (resolved.number, resolved.base) == (loop.resolved.total(), "requests_raised")
    assert resolved.base_number == loop.raised.total()
    before = Period(date(2020, 4, 1), date(2021, 3, 31))
    known = {i.name for p in furnished.indicators.own(before) for i in p.indicators}
    assert "requests_raised" not in known


def test_an_upgrade_counts_again_what_older_files_did_not(furnished: Services, reports) -> None:
    from visitapp.persistence import counted_answers

    before = furnished.figures.custody_answers(YEAR)
    assert before.requests.raised
    with furnished.access.database.transaction() as connection:
        connection.execute(counted_answers.ANSWER.delete())
        connection.execute(counted_answers.MONTH.delete())
    assert furnished.figures.custody_answers(YEAR).requests.raised == 0
    with furnished.access.database.transaction() as connection:
        counted_answers.rebuild(connection, visits.every(connection))
    assert furnished.figures.custody_answers(YEAR) == before
