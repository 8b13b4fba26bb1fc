"""The hours that volunteers gave, what they claim, and what is asked of them a year."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.claim import VolunteerClaim
from visitapp.domain.office.mileage import rate_on
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.domain.period import Period
from visitapp.domain.progress import Progress
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.year.below_minimum import DoneOfMinimum
from visitapp.domain.year.volunteer_hours import (
    OF_CLAIMS,
    HoursApproval,
    TimeKind,
    TimeLine,
    VolunteerHours,
)
from visitapp.persistence import (
    claims,
    meetings,
    own_counts,
    people,
    same_person,
    schemes,
    volunteer_files,
)
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.office_of_file import office_of
from visitapp.services.roles import MANAGER, changes, reads
from visitapp.services.year.minimums import done_of_minimum_on

if TYPE_CHECKING:
    from visitapp.services.year.report_files import SavedReport


class HourService:
    """Visits are counted from the reports, meetings from who came, courses from people's files; the
    rest is entered by the office. The manager approves the hours of a period."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, noted=RecordKind.PERSON)
    def hours(self, period: Period) -> tuple[VolunteerHours, ...]:
        """Of each person in the register, by name."""
        with self._access.database.reading() as connection:
            return hours_of(connection, period)

    @reads(MANAGER, noted=RecordKind.PERSON)
    def of_minimum(self) -> tuple[DoneOfMinimum, ...]:
        """What each volunteer did in the twelve months to today of what is asked of them."""
        with self._access.database.reading() as connection:
            register = people.people(connection)
            return done_of_minimum_on(connection, register, self._access.today())

    @changes(MANAGER)
    def add(self, claim: VolunteerClaim) -> Changes:
        """Enter a claim, which has to be approved; its miles get the rate of their day. Raises
        BadInputError for a day to come, and for somebody who isn't in the register."""
        if claim.on > self._access.today():
            raise BadInputError("This day is still to come.")
        with self._access.database.transaction() as connection:
            register = people.people(connection)
            if all(p.id != claim.person_id or p.same_as is not None for p in register):
                raise BadInputError("This person is no longer in the register.")
            entered = replace(
                claim,
                pence_a_mile=rate_on(office_of(connection).mileage_rates, claim.on),
                by=self._access.actor.name,
                at=self._access.now(),
            )
            claims.add(connection, entered)
        return Changes.HOURS

    @changes(MANAGER)
    def approve(self, period: Period, person_ids: Sequence[UUID]) -> Changes:
        """Note that the hours of these people in a period are right, and that what they claim may
        be paid. Raises BadInputError if there is nothing to approve."""
        by, at = self._access.actor.name, self._access.now()
        with self._access.database.transaction() as connection:
            wanted = [
                item
                for item in hours_of(connection, period)
                if item.person.id in person_ids and not item.is_empty and not item.is_approved
            ]
            if not wanted:
                raise BadInputError("There are no hours to approve in this period.")
            waiting = [claim.id for item in wanted for claim in item.claims if claim.waits]
            claims.approve(connection, waiting, by, at)
            now = {item.person.id: item for item in hours_of(connection, period)}
            approved = (now[item.person.id] for item in wanted)
            claims.add_approvals(
                connection,
                [
                    HoursApproval(item.person.id, period, item.minutes, item.to_pay, by, at)
                    for item in approved
                ],
            )
        return Changes.HOURS

    @changes(MANAGER)
    def withdraw(self, claim_id: UUID) -> Changes:
        """Note that a claim was entered by mistake. Raises BadInputError if that was done."""
        by, at = self._access.actor.name, self._access.now()
        with self._access.database.transaction() as connection:
            if not claims.withdraw(connection, claim_id, by, at):
                raise BadInputError("This claim was withdrawn before.")
        return Changes.HOURS

    @reads(MANAGER, noted=RecordKind.PERSON)
    def save_claims(
        self,
        period: Period,
        target: Path,
        progress: Progress | None = None,
        *,
        person_id: UUID | None = None,
        force: bool = False,
    ) -> "SavedReport":
        """Write the hours and approved claims of everybody, or of one person, in the form that the
        suffix of `target` names, as the annual report.

        Raises BadInputError for another suffix, if there is nothing to write, or if something with
        that name exists, unless `force`.
        """
        from visitapp.reporting.claims import claims_document
        from visitapp.services.year.report_files import check_places, save_report

        check_places(target, force=force)
        with self._access.database.reading() as connection:
            office, every = office_of(connection), hours_of(connection, period)
        listed = [
            item for item in every if not item.is_empty and person_id in (None, item.person.id)
        ]
        if not listed:
            raise BadInputError("Nobody gave time or claimed anything in this period.")
        as_at = min(period.end, self._access.today())
        document = claims_document(office, period, as_at, listed, alone=person_id is not None)
        return save_report(document, target, progress, force=force)


def hours_of(connection: Connection, period: Period) -> tuple[VolunteerHours, ...]:
    """The hours of each person in the register, by name; nobody stands in it twice."""
    register = people.people(connection)
    counted = [person for person in register if person.same_as is None]
    lines: dict[UUID, list[TimeLine]] = {person.id: [] for person in counted}
    sites = schemes.site_names(connection)
    for person_id, visit in own_counts.visits_of_people(connection, period):
        what = sites[visit.site_id]
        line = TimeLine(TimeKind.VISIT, visit.day, what, visit.minutes, visit_id=visit.id)
        lines[person_id].append(line)
    for meeting in meetings.meetings(connection):
        if meeting.counts and meeting.held_on in period:
            line = TimeLine(
                TimeKind.MEETING,
                meeting.held_on,
                meeting.kind.label,
                meeting.length,
                meeting_id=meeting.id,
            )
            for person_id in meeting.present:
                lines[person_id].append(line)
    files = volunteer_files.files(connection, register)
    kept = same_person.kept_of(connection)
    for person_id, own in lines.items():
        own.extend(_courses(files[person_id], period))
    for person_id, claimed in claims.claims_in(connection, period).items():
        lines[kept.get(person_id, person_id)].extend(map(_claim_line, claimed))
    approvals = claims.approvals(connection, period)
    return tuple(
        VolunteerHours(
            person,
            tuple(sorted(lines[person.id], key=lambda line: line.on)),
            approvals.get(person.id),
        )
        for person in counted
    )


def _courses(file: VolunteerFile, period: Period) -> Iterator[TimeLine]:
    for item in file.credentials:
        if item.is_training and item.from_on is not None and item.from_on in period:
            yield TimeLine(TimeKind.TRAINING, item.from_on, item.title, item.minutes)


def _claim_line(claim: VolunteerClaim) -> TimeLine:
    what = claim.what or claim.kind.label
    return TimeLine(OF_CLAIMS[claim.kind], claim.on, what, claim.minutes, claim=claim)
