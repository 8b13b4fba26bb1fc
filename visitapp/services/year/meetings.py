"""Meetings, and the papers for them."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.meeting import Meeting, MeetingEdition, last_before
from visitapp.domain.period import Period
from visitapp.domain.progress import Progress
from visitapp.domain.records.record_kind import RecordKind
from visitapp.persistence import meetings as stored
from visitapp.persistence import people
from visitapp.persistence.bodies import reporting_years
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, changes, reads

if TYPE_CHECKING:
    from visitapp.domain.year.meeting_pack import MeetingPack
    from visitapp.services.year.report_files import SavedReport

_TO_TELL = timedelta(days=14)
"""A quarter that began later has little to tell."""


class MeetingService:
    """Only the manager sees meetings in this program; the others get the papers."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, noted=RecordKind.MEETING)
    def meetings(self) -> tuple[Meeting, ...]:
        """All meetings, the latest first."""
        with self._access.database.reading() as connection:
            return stored.meetings(connection)

    @reads(MANAGER, noted=RecordKind.MEETING)
    def editions(self, meeting_id: UUID) -> tuple[MeetingEdition, ...]:
        """The minutes and actions of a meeting as they were saved one after the other, the latest
        first."""
        with self._access.database.reading() as connection:
            return stored.editions(connection, meeting_id)

    @changes(MANAGER)
    def save(self, meeting: Meeting) -> Changes:
        """Add or change a meeting; what its minutes and actions were stays readable. Raises
        BadInputError for people who aren't in the register, and for an action without words;
        ConflictError if it was changed elsewhere."""
        actions = tuple(replace(action, what=action.what.strip()) for action in meeting.actions)
        if not all(action.what for action in actions):
            raise BadInputError("Say what is to be done.")
        with self._access.database.transaction() as connection:
            known = {person.id for person in people.people(connection)}
            if not meeting.present | meeting.apologies <= known:
                raise BadInputError("Somebody who came is no longer in the register.")
            by, at = self._access.actor.name, self._access.now()
            stored.save_meeting(connection, replace(meeting, actions=actions), by, at)
        return Changes.MEETINGS

    @changes(MANAGER)
    def mark_done(self, meeting_id: UUID, at: int, done_on: date | None) -> Changes:
        """Note when the action with this position was done; None: not yet."""
        with self._access.database.reading() as connection:
            every = stored.meetings(connection)
        meeting = next((item for item in every if item.id == meeting_id), None)
        if meeting is None or not 0 <= at < len(meeting.actions):
            raise BadInputError("This action is no longer there.")
        actions = list(meeting.actions)
        actions[at] = replace(actions[at], done_on=done_on)
        return self.save(replace(meeting, actions=tuple(actions)))

    @reads(MANAGER)
    def days_before(self, meeting: Meeting) -> Period:
        """The days that the papers for a meeting cover: since the one before it of its kind,
        otherwise since the quarter began; in its first days, since the quarter before it."""
        from visitapp.domain.year.meeting_pack import days_since

        with self._access.database.reading() as connection:
            before = last_before(stored.meetings(connection), meeting.kind, meeting.held_on)
            years = reporting_years(connection)
        recent = meeting.held_on - _TO_TELL
        quarter = next(part for part in years.year_of(recent).quarters() if recent in part)
        return days_since(before, meeting.held_on, quarter)

    @reads(MANAGER, noted=RecordKind.MEETING)
    def pack(self, period: Period, meeting_id: UUID | None = None) -> "MeetingPack":
        """The papers on a period for a meeting: the one with this id, otherwise the first on the
        last day or later. Raises BadInputError for a period that hasn't begun."""
        from visitapp.services.year.meeting_packs import meeting_pack

        with self._access.database.reading() as connection:
            return meeting_pack(connection, period, meeting_id, self._access.today())

    @reads(MANAGER, noted=RecordKind.MEETING)
    def save_pack(
        self,
        period: Period,
        target: Path,
        progress: Progress | None = None,
        *,
        meeting_id: UUID | None = None,
        force: bool = False,
    ) -> "SavedReport":
        """Write the papers in the form that the suffix of `target` names, as the annual report.

        Raises BadInputError as `pack`, for another suffix, or if something with that name exists,
        unless `force`.
        """
        from visitapp.reporting.meeting_pack import meeting_paper
        from visitapp.services.year.report_files import check_places, save_report

        check_places(target, force=force)
        paper = meeting_paper(self.pack(period, meeting_id))
        return save_report(paper, target, progress, force=force)
