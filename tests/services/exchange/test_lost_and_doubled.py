"""Messages are lost, doubled, cut, delayed and put in another order: all copies end the same."""

import secrets
import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.builders import ANNE, BEN, CARA, CUSTODY, answers_of, confirmed, make_visit, sign
from tests.copies import make_copies
from visitapp.domain.exchange.confirming import Standing
from visitapp.domain.exchange.handing_over import Handover, InboxState
from visitapp.domain.plan.rota import FreeTime
from visitapp.domain.report.report import Report
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import integrity

VISITORS = {"anne": ANNE, "ben": BEN}
who = st.sampled_from(sorted(VISITORS))
everybody = st.sampled_from([*sorted(VISITORS), "office"])
chance = st.integers(0, 2**32)


class Exchanges(RuleBasedStateMachine):
    """Three copies, one folder, and everything that can happen to the files in it."""

    furnished: Path
    parent: Path
    key: bytes

    def __init__(self):
        super().__init__()
        self.home = self.parent / secrets.token_hex(4)
        self.home.mkdir()
        self.copies = make_copies(self.furnished, self.home / "folder", self.key)
        for name, person_id in VISITORS.items():
            self.copies.join(name, person_id)
        self.late = self.home / "late"
        self.late.mkdir()
        self.signed = {name: [] for name in VISITORS}
        self.day = date(2025, 3, 1)

    def files(self):
        return sorted(self.copies.folder.iterdir())

    def pick(self, at):
        return Random(at).choice(self.files())

    @precondition(lambda self: self.day < self.copies.clock().date() - timedelta(days=1))
    @rule(name=who, is_together=st.booleans())
    def write(self, name, is_together):
        services = self.copies.of(name)
        form = services.forms.form(CUSTODY)
        self.day += timedelta(days=1)
        partner = next(person for person in (ANNE, BEN) if person != VISITORS[name])
        visit = make_visit(
            self.day,
            visitors=(VISITORS[name], partner if is_together else CARA),
            report=Report(form.number, answers_of(form)),
        )
        self.signed[name].append([sign(services, visit)])

    @precondition(lambda self: any(self.signed.values()))
    @rule(name=who, at=chance)
    def amend(self, name, at):
        if not self.signed[name]:
            return
        services = self.copies.of(name)
        editions = Random(at).choice(self.signed[name])
        last = services.visits.get(editions[-1].id)
        if last.state is State.WITHDRAWN:
            return
        draft, _ = services.drafts.replace(last.id, "A word was wrong.")
        words = f"Edition {len(editions) + 1}."
        later = replace(last, id=uuid4(), confirmations=(), summary=words)
        editions.append(services.visits.sign(confirmed(services, later), draft)[0])

    @rule(name=everybody)
    def exchange(self, name):
        self.copies.exchange(name)

    @rule(at=chance)
    def ask(self, at):
        waiting = [
            line for line in self.copies.office.inbox.lines() if line.state is InboxState.WAITING
        ]
        if waiting:
            line = Random(at).choice(waiting)
            self.copies.office.inbox.ask(line.report_id, "How many cells did you see?")

    @rule(name=who, at=chance)
    def answer(self, name, at):
        asked = sorted(
            {
                state.report_id
                for state in self.copies.of(name).handing_over.states().values()
                if state.stage is Handover.ASKED
            }
        )
        if asked:
            self.copies.of(name).handing_over.answer(Random(at).choice(asked), "All six.")

    @rule(name=who, at=chance)
    def confirm(self, name, at):
        """Also what was confirmed or disputed before."""
        services = self.copies.of(name)
        readings = [
            reading
            for reading in services.confirming.readings()
            if reading.standing is not Standing.WITHDRAWN
        ]
        if readings:
            reading = Random(at).choice(readings)
            about = reading.report_id, reading.edition.id
            if at % 3:
                services.confirming.confirm(*about)
            else:
                services.confirming.dispute(*about, "We saw five cells.")

    @rule(at=chance)
    def accept(self, at):
        inbox = self.copies.office.inbox
        if lines := inbox.lines():
            line = Random(at).choice(lines)
            if line.state is InboxState.ACCEPTED:
                inbox.note(line.report_id)
            else:
                inbox.accept([line.report_id])

    @rule(at=chance)
    def rename_a_site(self, at):
        site = Random(at).choice(self.copies.office.setup.sites())
        self.copies.office.setup.save_site(replace(site, name=f"Site {at}"))

    @rule(name=everybody, person=who, at=chance)
    def enter_availability(self, name, person, at):
        """A visitor enters their own, the manager anybody's."""
        person_id = VISITORS[person if name == "office" else name]
        service = self.copies.of(name).availability
        free = tuple(FreeTime(day, 480, 720) for day in range(7) if at >> day & 1)
        service.save(replace(service.of(person_id), free=free, most=at % 20))

    @rule(hours=st.sampled_from([1, 30, 100, -60]))
    def time_passes(self, hours):
        self.copies.clock.move(hours=hours)

    @precondition(lambda self: self.files())
    @rule(at=chance)
    def lose(self, at):
        self.pick(at).unlink()

    @precondition(lambda self: self.files())
    @rule(at=chance)
    def double(self, at):
        path = self.pick(at)
        shutil.copy2(path, path.with_name(f"{path.stem} (1){path.suffix}"))

    @precondition(lambda self: self.files())
    @rule(at=chance)
    def cut(self, at):
        path = self.pick(at)
        path.write_bytes(path.read_bytes()[: at % max(1, path.stat().st_size)])

    @precondition(lambda self: self.files())
    @rule(at=chance)
    def delay(self, at):
        path = self.pick(at)
        shutil.copy2(path, self.late)
        if at % 2:
            path.unlink()

    @precondition(lambda self: any(self.late.iterdir()))
    @rule()
    def arrive_late(self):
        for path in self.late.iterdir():
            shutil.move(path, self.copies.folder / f"late-{path.name}")

    def teardown(self):
        try:
            self.copies.settle()
            self.all_are_the_same()
            self.only_what_is_accepted_is_reduced()
        finally:
            self.copies.close()
            shutil.rmtree(self.home)

    def all_are_the_same(self):
        office = self.copies.office
        lines = {line.report_id: line for line in office.inbox.lines(also_decided=True)}
        assert len(lines) == sum(len(reports) for reports in self.signed.values())
        for name, reports in self.signed.items():
            services = self.copies.of(name)
            states = services.handing_over.states()
            assert [(s.name, s.id) for s in services.setup.sites()] == [
                (s.name, s.id) for s in office.setup.sites()
            ]
            for editions in reports:
                first, last = editions[0], editions[-1]
                line, state = lines[first.id], states[last.id]
                assert line.edition == len(editions)
                assert office.inbox.report(first.id) == services.visits.get(last.id)
                if line.state is InboxState.ACCEPTED:
                    assert state.stage is Handover.ACCEPTED
                    assert office.visits.get(last.id) == services.visits.get(last.id)
                elif line.state is InboxState.ASKED:
                    assert (state.stage, state.question) == (Handover.ASKED, line.question)
                else:
                    assert state.stage is Handover.RECEIVED
                self.partner_has_the_same(name, editions, line)
        for name, person_id in VISITORS.items():
            theirs = self.copies.of(name).availability.of(person_id)
            ours = office.availability.of(person_id)
            assert (theirs.free, theirs.most) == (ours.free, ours.most)
        for services in (office, *self.copies.visitors.values()):
            with services.access.database.reading() as connection:
                assert list(integrity.contradictions(connection)) == []

    def partner_has_the_same(self, writer, editions, line):
        """The other visitor reads the last edition; office and writer know what they answered."""
        first, last = editions[0], editions[-1]
        if CARA in last.visitors:
            assert [partner.is_asked for partner in line.partners] == [False]
            return
        name = next(other for other in VISITORS if other != writer)
        readings = self.copies.of(name).confirming.readings()
        (reading,) = [item for item in readings if item.report_id == first.id]
        assert reading.edition == self.copies.of(writer).visits.get(last.id)
        assert [partner.answer for partner in line.partners] == [reading.answer]
        confirmed = {}
        if reading.answer is not None and reading.answer.confirms:
            confirmed = {VISITORS[name]: reading.answer.at}
        for services in (self.copies.office, self.copies.of(writer)):
            assert services.confirming.confirmed_elsewhere(last) == confirmed

    def only_what_is_accepted_is_reduced(self):
        """In both visitors' copies; what comes afterwards brings nothing back."""
        office = self.copies.office
        accepted = {
            line.report_id
            for line in office.inbox.lines(also_decided=True)
            if line.state is InboxState.ACCEPTED
        }
        reports = [report for reports in self.signed.values() for report in reports]
        self.copies.clock.move(days=100)
        for is_again in (False, True):
            for name, services in self.copies.visitors.items():
                services.retention.reduce_due()
                held = {
                    editions[0].id
                    for editions in reports
                    if VISITORS[name] in editions[-1].visitors
                }
                left = {report.id for report in services.retention.reduced()}
                assert left == held & accepted
                assert set(services.handing_over.states()).isdisjoint(left)
                partners = {item.report_id for item in services.confirming.readings()}
                assert partners.isdisjoint(left)
                with services.access.database.reading() as connection:
                    assert list(integrity.contradictions(connection)) == []
            if not is_again:
                self.copies.settle()
        for editions in reports:
            if editions[0].id in accepted:
                assert office.visits.get(editions[-1].id).ref == editions[-1].ref


def _run(furnished: Path, parent: Path, key: bytes, examples: int, steps: int) -> None:
    fixed = {"furnished": furnished, "parent": parent, "key": key}
    run_state_machine_as_test(
        type("Exchanged", (Exchanges,), fixed),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.explicit, Phase.generate),  # shrinking would take hours
        ),
    )


def test_all_copies_end_the_same(furnished_file, tmp_path, key):
    _run(furnished_file, tmp_path, key, 3, 30)


@pytest.mark.long
def test_all_copies_end_the_same_however_long(furnished_file, tmp_path, key):
    _run(furnished_file, tmp_path, key, 100, 60)
