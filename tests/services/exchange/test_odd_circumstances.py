"""Copies in odd circumstances: wrong clocks, long reports, both schemes, files in odd places, and a
file that a window has open."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from tests.builders import (
    ANIMALS,
    ANNE,
    answers_of,
    make_kennel_visit,
    make_person,
    make_site,
    sign,
)  # fmt: skip
from tests.conftest import PASSPHRASE
from tests.copies import DAY, Copies, amended, written
from tests.e2e.desks import Run
from tests.planners import (
    ALWAYS,
    QUARTER,
    START,
    furnish_planning,
    of_site,
    person_id,
    planned,
    planner,
)  # fmt: skip
from tests.services.exchange.test_changed_meanwhile import all_are_sound, stage
from visitapp import bootstrap
from visitapp.domain.exchange.handing_over import Handover
from visitapp.domain.exchange.messages import MessageKind
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.persistence import assigned, outbox
from visitapp.security import vault
from visitapp.services.exchange import taking_in

NEIGHBOUR = UUID(int=9_001)
WORDS = "Wobbly jugs of quince were served to all at dusk. " * 30


@pytest.mark.parametrize("days", [-400, -3, 3, 400])
def test_a_visitors_clock_that_is_wrong_by_days_loses_nothing(copies: Copies, days: int) -> None:
    anne = copies.join("anne", ANNE)
    right = copies.clock.now
    copies.clock.move(days=days)
    visit = written(anne, copies.clock().date())
    copies.exchange("anne")
    copies.clock.now = right
    copies.exchange("office")
    copies.office.inbox.accept([visit.id])
    for _ in range(3):
        copies.exchange("office")
        copies.clock.move(days=days)
        copies.exchange("anne")
        copies.clock.move(days=-days)
    assert stage(anne, visit.id) is Handover.ACCEPTED
    assert list(copies.folder.iterdir()) == []
    all_are_sound(copies)


def test_a_folder_of_exchange_may_be_that_of_the_records(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    visit = written(anne)
    copies.folder = copies.open_files[0].path.parent
    done = copies.exchange("anne", "office", "anne")
    assert [line.report_id for line in copies.office.inbox.lines()] == [visit.id]
    assert not any(each.refused for each in done)
    for opened in copies.open_files:
        assert opened.path.exists()


def test_a_visitor_in_both_schemes_hands_over_reports_of_both(copies: Copies) -> None:
    anne = copies.join("anne", ANNE)
    form = anne.forms.form(ANIMALS)
    kennels = sign(anne, make_kennel_visit(DAY, report=Report(form.number, answers_of(form))))
    suite = written(anne)
    copies.exchange("anne", "office")
    copies.office.inbox.accept([kennels.id, suite.id])
    copies.settle()
    for visit in (kennels, suite):
        assert copies.office.visits.get(visit.id) == anne.visits.get(visit.id)
        assert stage(anne, visit.id) is Handover.ACCEPTED
    all_are_sound(copies)


def test_a_visit_that_is_assigned_before_its_site_and_partner_are_known_comes_with_them(
    copies: Copies,
) -> None:
    office = copies.office
    furnish_planning(office, kennels=False)
    ada = copies.join("ada", person_id(0))
    copies.exchange("office", "ada", "office")
    site = make_site(id=uuid4(), name="Southgate")
    office.setup.save_site(site)
    office.people.save(make_person("New Neighbour", id=NEIGHBOUR))
    office.availability.save(replace(office.availability.of(NEIGHBOUR), free=ALWAYS))
    plan = planner(office)
    plan.make(START)
    plan.use(QUARTER)
    (first, *_) = of_site(planned(office), site.id)
    plan.assign(first.id, (person_id(0), NEIGHBOUR))
    copies.exchange("office")
    with office.access.database.reading() as connection:
        waiting = outbox.waiting(connection)
    by_kind = {message.kind: message.file for message in waiting}
    files = [by_kind[MessageKind.ASSIGNMENT], by_kind[MessageKind.PACK]]
    outcomes = taking_in.take_in(ada.access, files)
    assert [outcome.refusal for outcome in outcomes] == [None, None]
    with ada.access.database.reading() as connection:
        assigned_here = {visit.id: visit for visit in assigned.visits(connection)}
    assert (assigned_here[first.id].site_id, assigned_here[first.id].partner_id) == (
        site.id, NEIGHBOUR
    )  # fmt: skip
    all_are_sound(copies)


def test_a_report_with_a_row_for_each_of_30_detainees_and_five_editions_comes_whole(
    copies: Copies,
) -> None:
    anne = copies.join("anne", ANNE)
    rows = tuple(
        OutcomeCount("SEEN", 1, row=ReportRow(f"M{number}", f"CU{number:05}"))
        for number in range(1, 31)
    )
    visit = written(anne, present=30, counts=rows)
    for number in range(2, 6):
        visit = amended(anne, visit, summary=f"{WORDS} Edition {number}.")
        copies.exchange("anne")
    copies.exchange("office")
    (line,) = copies.office.inbox.lines()
    assert (line.edition, line.seen, line.held) == (5, 30, 30)
    copies.office.inbox.accept([line.report_id])
    copies.settle()
    editions = [visit.id]
    while (earlier := anne.visits.get(editions[-1]).replaces_id) is not None:
        editions.append(earlier)
    assert len(editions) == 5
    for edition in editions:
        ours, theirs = copies.office.visits.get(edition), anne.visits.get(edition)
        assert replace(ours, version=1) == replace(theirs, version=1)
    assert list(copies.folder.iterdir()) == []
    all_are_sound(copies)


def test_an_exchange_by_a_command_while_the_window_is_open_says_who_has_the_file(
    copies: Copies, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = copies.open_files[0].path
    copies.join("anne", ANNE)
    copies.close()
    copies.open_files.clear()
    monkeypatch.setattr(vault, "unlock", lambda *_: bytes(range(32)))
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    with bootstrap.open_with_key(path, bytes(range(32)), hold=True):
        code, out, err = run("exchange", "--folder", copies.folder, "--file", path)
        assert (out, len(err)) == ("", 1)
        assert code != 0
        assert "is open in another copy" in err[0]
        assert list(copies.folder.iterdir()) == []
    assert run("exchange", "--folder", copies.folder, "--file", path)[0] == 0
    assert len(list(copies.folder.iterdir())) > 0
