"""A copy to read, for the policing body or an auditor: everything counted, nothing personal.

Whoever has its passphrase can open it with other programs too, so it never holds what its reader
may not see. What is written to it is listed here; all else stays out. Its day stands still: it goes
on showing what was due and done on the day it was made.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from visitapp.domain.following.issue_steps import Step
from visitapp.domain.importing import Batch
from visitapp.domain.moment import uk_time
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.minimum import Minimum
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Actor, Role, Scheme
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.report.visit_codes import REFUSED_WHY
from visitapp.persistence import (
    accounts,
    animals,
    batches,
    groups,
    ledger,
    people,
    refusals,
    schemes,
    settings_digests,
    visits,
)
from visitapp.persistence import issues as stored_issues
from visitapp.persistence.database import Connection, Database
from visitapp.services.access import Access
from visitapp.services.records.keys import guessable_names, must_be_strong
from visitapp.services.records.new_file import new_file
from visitapp.services.roles import MANAGER, reads

READER_NAME = "Reader"
AT_OFFICE = "Kept at the office"
"""Stands where the office has a reason or an answer that somebody wrote."""
_AT_ONCE = 500


class ReadersCopyService:
    """Made by the manager alone, who gives the passphrase to the reader."""

    def __init__(self, access: Access, random: Random) -> None:
        self._access, self._random = access, random

    @reads(MANAGER, noted=RecordKind.READERS_COPY)
    def write(self, out: Path, passphrase: str) -> str:
        """Write a copy to read with a passphrase of its own; its recovery code.

        Raises BadInputError if a file is there or the passphrase is easy to guess, StorageError
        if it can't be written. Nothing is left behind then.
        """
        must_be_strong(passphrase, guessable_names(self._access))
        now, who = self._access.now(), self._access.actor.name
        with self._access.database.reading() as source:
            new = new_file(
                out, passphrase, lambda file: self._fill(source, file), who, uk_time(now)
            )
        return new.recovery_code

    def _fill(self, source: Connection, file: Database) -> None:
        office = schemes.office(source)
        assert office is not None
        today, now = self._access.today(), self._access.now()
        with file.transaction() as target:
            schemes.save_office(
                target, replace(office, today=today, award_years=(), mileage_rates=())
            )
            accounts.set_account(target, Actor(READER_NAME, Role.READER))
            for scheme in schemes.schemes(source):
                schemes.save_scheme(
                    target, replace(scheme, days_off=(), minimum=Minimum()), office.id
                )
                _copy_scheme(source, target, scheme)
            numbered = self._numbered(people.people(source))
            for person in dict.fromkeys(numbered.values()):
                people.save_person(target, person)
            for number, animal in enumerate(animals.animals(source), 1):
                animals.save_animal(target, _without_words(animal, number))
            silent = self._copy_imports(source, target)
            self._copy_visits(source, target, numbered, silent)
            settings_digests.take_over(target, READER_NAME, now, reason="")

    def _numbered(self, register: Iterable[Person]) -> dict[UUID, Person]:
        """The people by their ids, each as a number in no order that tells anything. Their new ids
        are not those that visitors' copies know."""
        shuffled = list(register)
        self._random.shuffle(shuffled)
        numbered = {
            person.id: Person(
                uuid4(), f"Visitor {number}", person.memberships, version=0, panels=person.panels
            )
            for number, person in enumerate((p for p in shuffled if p.same_as is None), 1)
        }
        others = {person.id: person.same_as for person in shuffled if person.same_as is not None}
        return numbered | {person_id: numbered[kept] for person_id, kept in others.items()}

    def _copy_imports(self, source: Connection, target: Connection) -> dict[UUID, UUID]:
        """The imports that brought no issues, of which the figures say so: their ids in the copy
        by those here. They are written without their file's name and who brought them."""
        new_ids = {}
        for batch in batches.batches(source):
            if batch.without_issues:
                new_ids[batch.id] = uuid4()
                anonymous = Batch(
                    id=new_ids[batch.id],
                    imported_at=self._access.now(),
                    imported_by=READER_NAME,
                    source="",
                    visits=batch.visits,
                    rejected=0,
                    without_issues=True,
                )
                batches.save_batch(target, anonymous)
        return new_ids

    def _copy_visits(
        self,
        source: Connection,
        target: Connection,
        numbered: Mapping[UUID, Person],
        new_batches: Mapping[UUID, UUID],
    ) -> None:
        ids = visits.counted_ids(source)
        for start in range(0, len(ids), _AT_ONCE):
            counted = [
                replace(
                    _what_counts(visit, str(number), numbered),
                    batch_id=None if visit.batch_id is None else new_batches.get(visit.batch_id),
                )
                for number, visit in enumerate(
                    visits.visits(source, ids[start : start + _AT_ONCE]), start + 1
                )
            ]
            visits.insert_visits(target, counted)
            ledger.append(target, ledger.signed(counted, READER_NAME))
            self._copy_steps(source, target, counted)
            for visit in counted:
                if visit.admitted is None and refusals.answer(source, visit.id) is not None:
                    refusals.save_answer(
                        target,
                        visit.id,
                        visit.scheme_id,
                        AT_OFFICE,
                        READER_NAME,
                        self._access.now(),
                    )

    def _copy_steps(self, source: Connection, target: Connection, counted: Sequence[Visit]) -> None:
        """When what was done about issues, which tells the days to answer; not what was said."""
        raised = {issue.id: (issue, visit) for visit in counted for issue in visit.issues}
        now = self._access.now()
        for issue_id, steps in stored_issues.steps(source, list(raised)).items():
            issue, visit = raised[issue_id]
            days = [Step(step.status, step.on, "", "", now, READER_NAME) for step in steps]
            stored_issues.add_steps(target, visit.scheme_id, issue_id, days)
            entry = ledger.issue_went_on(issue, days, visit.scheme_id, READER_NAME, now)
            ledger.append(target, [entry])


def _copy_scheme(source: Connection, target: Connection, scheme: Scheme) -> None:
    book = schemes.codes(source, scheme.id)
    schemes.insert_codes(target, [code for codes in book.lists.values() for code in codes])
    for grid in schemes.grids(source):
        if grid.scheme_id == scheme.id:
            schemes.save_grid(target, grid)
    for group in groups.groups(source):
        if group.scheme_id == scheme.id:
            groups.save_group(target, group)
    for site in schemes.sites(source):
        if site.scheme_id == scheme.id:
            schemes.save_site(target, site)
    for rate in schemes.rates(source, scheme.id):
        schemes.save_rate(target, rate)
    for throughput in schemes.throughputs(source, scheme.id):
        schemes.save_throughput(target, throughput)
    for total in schemes.earlier_totals(source, scheme.id):
        schemes.save_earlier_total(target, total)


def _what_counts(visit: Visit, ref: str, numbered: Mapping[UUID, Person]) -> Visit:
    """The visit made anew of what is counted: nothing that somebody wrote."""
    return Visit(
        id=visit.id,
        scheme_id=visit.scheme_id,
        site_id=visit.site_id,
        arrived=visit.arrived,
        admitted=visit.admitted,
        left=visit.left,
        type=visit.type,
        mode=visit.mode,
        status=visit.status,
        visitors=tuple(numbered[person_id].id for person_id in visit.visitors),
        observers=tuple(numbered[person_id].id for person_id in visit.observers),
        delay_reason=visit.delay_reason,
        present=visit.present,
        counts=tuple(map(_number_alone, visit.counts)),
        extra_minutes=visit.extra_minutes,
        issues=tuple(map(_without_text, visit.issues)),
        ref=ref,
        report=_stand_in(visit.report),
        has_time=visit.has_time,
    )


def _stand_in(report: Report | None) -> Report | None:
    """What a document says of a visit that was refused entry, where its report gave a reason."""
    if report is None or not report.answers.get(REFUSED_WHY):
        return None
    return Report(report.form_number, answers={REFUSED_WHY: AT_OFFICE})


_COUNTED_OF_ROWS = ("species", "injury_kind", "injury_recovered")
"""Answers about animals, all of them codes, that the year's figures count."""


def _number_alone(count: OutcomeCount) -> OutcomeCount:
    """The count; of what is known of a row, only which animal it was and what figures count."""
    if count.row is None:
        return count
    codes = {key: count.row.answers[key] for key in _COUNTED_OF_ROWS if key in count.row.answers}
    kept = ReportRow(animal_id=count.row.animal_id, answers=codes)
    return replace(count, row=None if kept == ReportRow() else kept)


def _without_text(issue: Issue) -> Issue:
    return Issue(
        id=issue.id,
        category=issue.category,
        severity=issue.severity,
        origin=issue.origin,
        status=issue.status,
        resolved_during_visit=issue.resolved_during_visit,
        closed_on=issue.closed_on,
    )


def _without_words(animal: Animal, number: int) -> Animal:
    return replace(animal, name=f"Animal {number}", handler="", version=0)
