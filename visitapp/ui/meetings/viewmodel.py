"""State and commands of the page Meetings. QtCore only."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.meeting import (
    Meeting,
    MeetingAction,
    MeetingEdition,
    MeetingKind,
    MeetingMode,
    open_actions,
)
from visitapp.domain.office.people import Person
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.records.lists import meeting_list
from visitapp.domain.text.folding import person_sort_key
from visitapp.domain.text.wording import number_of, or_none, out_of, short_date
from visitapp.ui.context import Context
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.widgets.tablemodel import ListEntry

if TYPE_CHECKING:
    from visitapp.services.year.report_files import SavedReport

_TOMORROW = 1


class MeetingsViewModel(PageViewModel):
    """The meetings with the names of those who came."""

    changed = Signal()
    saved = Signal(object)  # UUID of the meeting
    paper_saved = Signal(object)  # SavedReport
    concerns = Changes.MEETINGS | Changes.PEOPLE

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.meetings: tuple[Meeting, ...] = ()
        self._people: tuple[Person, ...] = ()
        self.renew()

    def renew(self) -> None:
        """Read meetings and people again."""
        with self.showing_problems():
            self.meetings = self._context.services.meetings.meetings()
            self._people = self._context.services.people.people()
        self.changed.emit()

    @property
    def today(self) -> date:
        """Today's date according to the records."""
        return self._context.services.access.today()

    @property
    def facts(self) -> str:
        """`3 actions to do, 1 late; next meeting Wed 23 Apr 2025`."""
        waiting = [action for _, action in self.waiting()]
        late = sum(action.is_overdue(self.today) for action in waiting)
        words = f"{number_of(len(waiting), 'action')} to do"
        words += f", {number_of(late, 'is', 'are')} late" if late else ""
        coming = [m.held_on for m in self.meetings if m.counts and m.held_on >= self.today]
        return f"{words}; next meeting {short_date(min(coming))}" if coming else words

    def waiting(self) -> Sequence[tuple[Meeting, MeetingAction]]:
        """What was agreed at any meeting and isn't done yet, the first due first."""
        tomorrow = date.fromordinal(self.today.toordinal() + _TOMORROW)
        return open_actions(self.meetings, tomorrow)

    def entries(self) -> list[ListEntry]:
        """The rows of the table."""
        return [ListEntry(item, self._cells(item)) for item in self.meetings]

    def list_sheet(self, meetings: Sequence[Meeting]) -> ListSheet:
        """Meetings with all that a list has of them."""
        return meeting_list(meetings, dict(self.everyone()))

    def _cells(self, item: Meeting) -> tuple[str, ...]:
        called = len(item.present) + len(item.apologies)
        came = out_of(len(item.present), called) if called else ""
        still = sum(action.done_on is None for action in item.actions)
        kind = item.kind.label if item.counts else f"{item.kind.label}, called off"
        actions = or_none(still) if item.actions else ""
        return short_date(item.held_on), kind, came, actions

    def meeting(self, meeting_id: UUID | None) -> Meeting | None:
        """The meeting with this id."""
        return next((item for item in self.meetings if item.id == meeting_id), None)

    def earlier(self, meeting: Meeting) -> Sequence[MeetingEdition]:
        """What the minutes and actions of a meeting were before, the latest first."""
        editions: Sequence[MeetingEdition] = ()
        with self.showing_problems():
            editions = self._context.services.meetings.editions(meeting.id)
        return editions[1:]

    def before(self, kind: MeetingKind) -> Meeting | None:
        """The latest meeting of a kind, from which a new one takes place, chair and guests."""
        return next((item for item in self.meetings if item.kind is kind), None)

    def everyone(self) -> list[tuple[UUID, str]]:
        """(id, name) of the whole register, by surname."""
        people = sorted(self._people, key=lambda person: person_sort_key(person.name))
        return [(person.id, person.name) for person in people]

    def team(self, noted: frozenset[UUID], day: date | None) -> list[tuple[UUID, str]]:
        """Of these, who was in a scheme on a day, and who is noted already."""
        day = day or self.today
        on_day = noted | {
            person.id for person in self._people if any(m.is_of(day) for m in person.memberships)
        }
        return [(person_id, name) for person_id, name in self.everyone() if person_id in on_day]

    def names(self, ids: frozenset[UUID]) -> str:
        """The names of people, by surname."""
        return ", ".join(name for person_id, name in self.everyone() if person_id in ids)

    # -- commands ------------------------------------------------------------------------

    def save(self, meeting: Meeting) -> bool:
        """Add or change a meeting. Returns False after emitting `problem` if that fails."""
        try:
            changes = self._context.services.meetings.save(meeting)
        except VisitAppError as error:
            self.show_problem(error)
            return False
        self._context.tell(changes)
        self.saved.emit(meeting.id)
        return True

    def mark_done(self, meeting: Meeting, at: int) -> None:
        """Note that an action was done today; of one that is done, that it isn't."""
        done_on = self.today if meeting.actions[at].done_on is None else None
        with self.showing_problems():
            changes = self._context.services.meetings.mark_done(meeting.id, at, done_on)
            self._context.tell(changes)

    def save_paper(self, meeting: Meeting, out: Path, *, force: bool) -> None:
        """Write the meeting pack, in the form that the suffix of `out` names."""
        service, jobs = self._context.services.meetings, self._context.jobs

        def work() -> "SavedReport":
            days = service.days_before(meeting)
            return service.save_pack(days, out, meeting_id=meeting.id, force=force)

        jobs.run(work, owner=self, done=self.paper_saved.emit, failed=self.show_problem)


MODES = [(mode, mode.label) for mode in MeetingMode]
KINDS = [(kind, kind.label) for kind in MeetingKind]
