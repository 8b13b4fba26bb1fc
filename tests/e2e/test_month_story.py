"""A month of two visitors and their manager by files alone: each has a copy of the program in a
folder of its own, and messages are carried between three folders of exchange."""

import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.builders import ANNE, BEN, CUSTODY, SUITE, answers_of
from tests.conftest import PASSPHRASE
from tests.copies import amended
from tests.e2e.desks import Desk, Run, Synchronised
from tests.e2e.killing import quick_key
from tests.planners import ALWAYS
from visitapp import clock
from visitapp.domain.exchange.handing_over import Handover
from visitapp.domain.exchange.messages import REVOKED
from visitapp.domain.following.issue_query import IssueQuery
from visitapp.domain.following.issue_steps import REFERRED, RESPONSE, VERIFIED, NewStep
from visitapp.domain.following.ledger import content_digest
from visitapp.domain.report.visit import Visit
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.security import vault
from visitapp.services import Services

NAME = "O'Brien-Ňgũgĩ <b>"
CLOCKS_BACK = date(2025, 10, 26)
"""At 02:00 it is 01:00 again."""


class Month:
    """October 2025, from the day the first visitor is invited."""

    def __init__(self, tmp_path: Path, locked: Path, run: Run) -> None:
        self.now = datetime(2025, 10, 1, 9, tzinfo=UTC)
        self.words = tmp_path / "words.txt"
        self.words.write_text(PASSPHRASE, "utf-8")
        self.tmp_path, self.run = tmp_path, run
        self.office = self._desk("office")
        for path in locked.parent.glob("records.visits*"):
            path.rename(self.office.home / path.name)
        self.all = Synchronised([self.office])
        self.planned: Counter[str] = Counter()
        """Visits of the plan to Northgate by the first day of their week: one or more, by lot."""

    def _desk(self, name: str) -> Desk:
        return Desk(self.tmp_path / name, self.words, self.run)

    def clock(self) -> datetime:
        return self.now

    def goes_to(self, day: int, hour: int = 9) -> None:
        self.now = datetime(2025, 10, day, hour, tzinfo=UTC)

    def plans(self) -> None:
        """Four weeks, whose visits both visitors are given."""
        plan = json.loads(self.office.does("plan", "--from", "6/10/2025", "--weeks", "4", "--json"))
        with self.office.opened() as services:
            services.planning.use(services.planning.weeks_from(date(2025, 10, 6), 4))
        self.all.settle(2)
        self.planned = Counter(
            visit["week"] for visit in plan["visits"] if visit["site"] == "Northgate"
        )
        assert len(self.planned) == 4
        for desk in self.all.desks[1:]:
            with desk.opened() as services:
                visits = services.home.overview().next_visits
                assert {visit.site_name for visit in visits} <= {"Northgate", "Hillside kennels"}
                assert len(visits) == 3

    def joins(self, name: str, place: str) -> Desk:
        """Invite somebody, who joins on a new computer; their reply goes to the office."""
        desk = self._desk(place)
        invitation, reply = desk.home / "invitation", desk.home / "reply.visitmsg"
        code = self.office.does("invite", "--person", name, "--out", invitation).strip()
        desk.does("join", invitation, "--code", code, "--reply", reply)
        assert f"{name} has joined." in self.office.does("take-in", reply)
        self.all.desks.append(desk)
        return desk


@pytest.fixture
def month(
    furnished, opened, locked: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> Month:
    ben = next(person for person in furnished.people.people() if person.id == BEN)
    furnished.people.save(replace(ben, name=NAME))
    for person_id in (ANNE, BEN):
        availability = furnished.availability.of(person_id)
        furnished.availability.save(replace(availability, free=ALWAYS))
    opened.close()
    monkeypatch.setattr(vault, "_argon2", quick_key)
    key = bytes(range(32))
    vault._write(locked, vault._wrap_passphrase(key, PASSPHRASE), vault._wrap_code(key, bytes(20)))
    month = Month(tmp_path, locked, run)
    monkeypatch.setattr(clock, "now", month.clock)
    return month


def report(day: date, arrived: str, left: str, desk: Desk, **changed: Any) -> dict[str, Any]:
    """A report by Anne and Ben, as another program writes it."""
    with desk.opened() as services:
        answers = answers_of(services.forms.form(CUSTODY))
    names = ["Anne Example", NAME]
    return {
        "site": "Northgate",
        "date": day.isoformat(),
        "visitors": names,
        "arrived": arrived,
        "admitted": arrived,
        "left": left,
        "present": 6,
        "counts": [{"outcome": "SEEN", "number": 6}],
        "answers": answers,
        "confirmations": [{"typed_name": name} for name in names],
    } | changed


def test_a_month_of_three_copies_by_files_alone(month: Month) -> None:
    office = month.office
    anne = month.joins("Anne Example", "anne")
    ben = month.joins(NAME, "ben")
    month.plans()
    refs = [a_report_is_confirmed_and_accepted(month, anne, ben)]
    refs.append(a_question_is_answered_by_an_amendment(month, anne, ben))
    what_became_of_an_issue_reaches_both(month, anne, ben)
    new = the_laptop_is_lost(month, anne, refs[0])
    refs.append(the_night_the_clocks_go_back(month, new))
    month.all.settle()
    all_agree(month, {"new": new, "ben": ben}, refs)
    late_are_those_without_a_report(month)
    the_figures_add_up(month, [new, ben])
    for desk in (office, anne, ben, new):
        desk.does("check")


def inbox(office: Desk, *, late: bool = False) -> list[dict[str, Any]]:
    """The reports in the inbox; or `late`: the planned visits of which no report has come."""
    lines: list[dict[str, Any]] = json.loads(office.does("inbox", "--json"))
    return [line for line in lines if (line["state"] == "late") == late]


def late_are_those_without_a_report(month: Month) -> None:
    """One visit was made in each week that is over: what the plan had beside it is late."""
    over = {week: month.planned[week] for week in ("2025-10-06", "2025-10-13", "2025-10-20")}
    late = Counter(line["from"] for line in inbox(month.office, late=True))
    assert {week: late[week] + 1 for week in over} == over
    assert late.keys() <= over.keys()


def a_report_is_confirmed_and_accepted(month: Month, anne: Desk, ben: Desk) -> str:
    month.goes_to(8)
    issue = {"category": "FOOD", "severity": 2, "description": "No meal without meat was left."}
    ref = anne.signs(report(date(2025, 10, 7), "14:00", "15:00", anne, issues=[issue]))
    month.all.settle(2)
    with ben.opened() as services:
        (reading,) = services.confirming.readings()
        assert reading.edition.ref == ref
        services.confirming.confirm(reading.edition.id, reading.edition.id)
    month.all.settle(2)
    (line,) = inbox(month.office)
    assert (line["ref"], line["seen"], line["held"], line["visitors"]) == (
        ref, 6, 6, ["Anne Example", NAME]
    )  # fmt: skip
    assert month.office.does("inbox", "accept", ref) == "1 report accepted.\n"
    month.all.settle(2)
    assert inbox(month.office) == []
    return ref


def a_question_is_answered_by_an_amendment(month: Month, anne: Desk, ben: Desk) -> str:
    """Ben writes; Anne confirms, is shown the amendment, and confirms again."""
    month.goes_to(15)
    ref = ben.signs(report(date(2025, 10, 14), "20:10", "21:00", ben))
    month.all.settle(2)
    with anne.opened() as services:
        (reading,) = services.confirming.readings()
        services.confirming.confirm(reading.report_id, reading.edition.id)
    with month.office.opened() as services:
        (line,) = services.inbox.lines()
        services.inbox.ask(line.report_id, "How many cells were in use?")
    month.all.settle(2)
    with ben.opened() as services:
        (state,) = {
            item.report_id: item for item in services.handing_over.states().values()
        }.values()
        assert (state.stage, state.question) == (Handover.ASKED, "How many cells were in use?")
        amended(services, services.visits.get(state.report_id), summary="Nine cells were in use.")
    month.all.settle(2)
    with anne.opened() as services:
        (reading,) = services.confirming.readings()
        assert reading.before is not None
        assert reading.edition.summary == "Nine cells were in use."
        services.confirming.confirm(reading.report_id, reading.edition.id)
    month.all.settle(2)
    (line,) = inbox(month.office)
    assert (line["ref"], line["edition"], line["state"]) == (ref, 2, "waiting")
    month.office.does("inbox", "accept", ref)
    month.all.settle(2)
    return ref


def what_became_of_an_issue_reaches_both(month: Month, anne: Desk, ben: Desk) -> None:
    """Who raised it has its steps; in the briefing of either stands the answer."""
    month.goes_to(17)
    with month.office.opened() as services:
        (line,) = services.issues.page(IssueQuery()).lines
        day = services.access.today()
        services.issues.record(
            line.issue.id,
            line.issue.version,
            NewStep(REFERRED, day, "", "Inspector"),
            NewStep(RESPONSE, day, "A new oven was bought."),
            NewStep(VERIFIED, day),
        )
    month.all.settle(2)
    with anne.opened() as services:
        steps = services.issues.get(line.issue.id).steps
        assert [step.words for step in steps] == ["", "A new oven was bought.", ""]
    for desk in (anne, ben):
        with desk.opened() as services:
            briefing = services.briefing.briefing(SUITE)
            assert [item.answer for item in briefing.answered] == ["A new oven was bought."]


def the_laptop_is_lost(month: Month, lost: Desk, ref: str) -> Desk:
    """Whoever has it writes a report, which is refused; Anne goes on at a new one."""
    month.goes_to(20)
    with month.office.opened() as services:
        (copy,) = [copy for copy in services.exchange.copies() if copy.person_id == ANNE]
        services.exchange.revoke(copy.id)
    month.all.desks.remove(lost)
    new = month.joins("Anne Example", "new")
    month.all.settle(2)
    assert new.shows(ref) == month.office.shows(ref)
    lost.signs(report(date(2025, 10, 18), "14:00", "15:00", lost))
    lost.exchange()
    stolen = [path.name for path in lost.folder.iterdir()]
    for name in stolen:
        shutil.copy2(lost.folder / name, month.office.folder)
    done = json.loads(month.office.does("exchange", "--folder", month.office.folder, "--json"))
    assert {item["sentence"] for item in done["refused"]} == {REVOKED}
    for name in stolen:
        (month.office.folder / name).unlink()
    assert inbox(month.office) == []
    return new


def the_night_the_clocks_go_back(month: Month, anne: Desk) -> str:
    """In at 01:40, and out at 01:20 by clocks that have been put back: 40 minutes."""
    month.goes_to(27)
    values = report(CLOCKS_BACK, "01:40", "01:20", anne, second_time=["left"])
    ref = anne.signs(values)
    month.all.settle(2)
    month.office.does("inbox", "accept", ref)
    with month.office.opened() as services:
        (visit,) = [visit for visit in all_visits(services) if visit.ref == ref]
        assert visit.left is not None
        assert visit.left.utc_minute - visit.arrived.utc_minute == 40
    return ref


def all_visits(services: Services) -> list[Visit]:
    rows = services.visits.page(VisitQuery()).rows
    return [services.visits.get(row.id) for row in rows]


def all_agree(month: Month, desks: dict[str, Desk], refs: list[str]) -> None:
    """Each report reads the same in the office, where it was written, and at the other visitor's;
    settings and issues are the same everywhere."""
    with month.office.opened() as services:
        ours = {visit.ref: replace(visit, version=1) for visit in all_visits(services)}
        settings = settings_of(services)
    assert sorted(ours) == sorted(refs)
    for desk in desks.values():
        with desk.opened() as services:
            own = {visit.ref: replace(visit, version=1) for visit in all_visits(services)}
            readings = services.confirming.readings()
            others = {reading.edition.ref: content_digest(reading.edition) for reading in readings}
            assert {item.stage for item in services.handing_over.states().values()} == {
                Handover.ACCEPTED
            }
            assert settings_of(services) == settings
        assert own.keys() | others.keys() == ours.keys()
        assert own == {ref: ours[ref] for ref in own}
        assert others == {ref: content_digest(ours[ref]) for ref in others}


def settings_of(services: Services) -> list[Any]:
    """What a visitor's copy shares with the office, without the versions of rows."""
    setup = services.setup
    items = [*setup.sites(), *setup.grids(), *setup.schemes()]
    names = [(person.id, person.name) for person in services.people.people()]
    return [*(replace(item, version=1) for item in items), *names]


def the_figures_add_up(month: Month, desks: list[Desk]) -> None:
    """Three visits of two people: 60, 50 and 40 minutes each, in the office and at each desk."""
    period = ("--from", "2025-10-01", "--to", "2025-10-31")
    figures = json.loads(month.office.does("figures", *period, "--json"))
    custody = figures["schemes"]["custody"]
    assert (custody["visits"]["total"], custody["hours"]) == (3, 5.0)
    assert (custody["target"]["weeks_due"], custody["target"]["weeks_met"]) == (5, 3)
    assert (custody["detainees"]["in_custody"], custody["detainees"]["seen"]) == (18, 18)
    assert custody["issues"] == {
        "total": 1,
        "by_category": {"Food and drink": 1},
        "allegations": 0,
        "by_severity": {"Needs action": 1},
        "by_origin": {"Visitors saw it": 1},
        "by_matter": {"Welfare": 1},
    }
    assert custody["coverage"]["Northgate"]["total"] == 3
    for desk in desks:
        with desk.opened() as services:
            (year,) = services.home.overview().own_years
            assert [visit.minutes for visit in year.visits] == [40, 50, 60]
