"""State and commands of the page Hours. QtCore only."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, VisitAppError
from visitapp.domain.moment import uk_time
from visitapp.domain.office.claim import ClaimKind, VolunteerClaim
from visitapp.domain.office.people import Person
from visitapp.domain.period import Period
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.records.lists import hours_list
from visitapp.domain.text.clock_text import parse_length
from visitapp.domain.text.wording import (
    day_of_month,
    money,
    number_of,
    or_none,
    short_date,
    time_given,
)
from visitapp.domain.year.below_minimum import DoneOfMinimum
from visitapp.domain.year.volunteer_hours import TimeKind, TimeLine, VolunteerHours
from visitapp.ui.context import Context
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.widgets.tablemodel import ListEntry

if TYPE_CHECKING:
    from visitapp.services.year.report_files import SavedReport

KINDS = [(kind, kind.label) for kind in ClaimKind]
HEADS = ("Volunteer", "Visits", "Meetings", "All time", "Miles", "To pay", "Approved")
_POUNDS = re.compile(r"£?([0-9]{0,9})(?:\.([0-9]{1,2}))?")
LINE_HEADS = ("Day", "What", "Time", "Miles and expenses", "To pay", "Claim")


class HoursViewModel(PageViewModel):
    """Everybody's hours in a period."""

    changed = Signal()
    claims_saved = Signal(object)  # SavedReport
    concerns = Changes.HOURS | Changes.MEETINGS | Changes.PEOPLE | Changes.VISITS | Changes.SETTINGS

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.period = context.years().with_visits(self.today)
        self.hours: tuple[VolunteerHours, ...] = ()
        self._minimum: Mapping[UUID, DoneOfMinimum] = {}
        self.renew()

    def renew(self) -> None:
        """Count again."""
        with self.showing_problems():
            service = self._context.services.hours
            every = service.hours(self.period)
            self.hours = tuple(item for item in every if self._is_shown(item))
            self._minimum = {item.person.id: item for item in service.of_minimum()}
        self.changed.emit()

    def _is_shown(self, item: VolunteerHours) -> bool:
        """Whether they gave something in the period, or were volunteers in it."""
        return not item.is_empty or any(
            m.joined_on <= self.period.end
            and not m.has_ended_by(self.period.start)
            and not m.is_applicant_on(self.period.end)
            for m in item.person.memberships
        )

    @property
    def today(self) -> date:
        """Today's date according to the records."""
        return self._context.services.access.today()

    @property
    def waiting(self) -> int:
        """How many claims of the period wait for approval."""
        return sum(item.waiting for item in self.hours)

    @property
    def facts(self) -> str:
        """`442 h 26 min given; £84.60 to pay; 2 claims wait for approval`."""
        time = time_given(sum(item.minutes for item in self.hours))
        paid = money(sum(item.to_pay for item in self.hours))
        words = f"{time} given; {paid} to pay"
        wait = number_of(self.waiting, "claim waits", "claims wait")
        return f"{words}; {wait} for approval" if self.waiting else words

    def choose(self, period: Period) -> None:
        """Show another period."""
        self.period = period
        self.renew()

    # -- rows ----------------------------------------------------------------------------

    def entries(self) -> list[ListEntry]:
        """A row for each volunteer."""
        return [ListEntry(item.person, self._cells(item)) for item in self.hours]

    def list_sheet(self, people: Sequence[Person]) -> ListSheet:
        """What people gave, as a list."""
        return hours_list(filter(None, (self.of(person.id) for person in people)))

    def _cells(self, item: VolunteerHours) -> tuple[str, ...]:
        return (
            item.person.name,
            or_none(item.number_of(TimeKind.VISIT)),
            or_none(item.number_of(TimeKind.MEETING)),
            _time(item.minutes),
            or_none(item.miles),
            _money(item.to_pay),
            self.approved_words(item),
        )

    @staticmethod
    def approved_words(item: VolunteerHours) -> str:
        """`Fri 4 Apr 2025`, `Changed since`, `2 claims wait`; empty if there is nothing."""
        if item.is_approved and item.approval is not None:
            return short_date(uk_time(item.approval.at).date())
        if item.waiting:
            return number_of(item.waiting, "claim waits", "claims wait")
        if item.approval is not None:
            return "Changed since"
        return "" if item.is_empty else "Not yet"

    def lines(self, item: VolunteerHours) -> list[ListEntry]:
        """A row for everything that the hours come from, the latest first."""
        return [ListEntry(line, _line_cells(line)) for line in reversed(item.lines)]

    def of(self, person_id: UUID | None) -> VolunteerHours | None:
        """The hours of one person."""
        return next((item for item in self.hours if item.person.id == person_id), None)

    def minimum_words(self, person_id: UUID) -> tuple[str, bool]:
        """What somebody did in the twelve months to today of what is asked of them, and whether
        that is less; empty where nothing is asked."""
        done = self._minimum.get(person_id)
        if done is None:
            return "", False
        return f"In twelve months {done.words}", done.is_below

    # -- commands ------------------------------------------------------------------------

    def add(
        self, person_id: UUID, kind: ClaimKind, on: date, what: str, typed: tuple[str, str, str],
        *, has_receipt: bool,
    ) -> bool:  # fmt: skip
        """Enter a claim; `typed` are the time, the miles and the pounds. Returns False after
        emitting `problem` if that fails."""
        time, miles, pounds = typed

        def work() -> Changes:
            claim = VolunteerClaim(
                uuid4(), person_id, kind, on, what, parse_length(time), _miles(miles),
                _pence(pounds), has_receipt,
            )  # fmt: skip
            return self._context.services.hours.add(claim)

        return self._carry_out(work)

    def approve(self, person_id: UUID) -> bool:
        """Note that the hours of somebody in the period are right."""
        service = self._context.services.hours
        return self._carry_out(lambda: service.approve(self.period, [person_id]))

    def approve_all(self) -> bool:
        """The same of everybody who is listed."""
        service = self._context.services.hours
        ids = [item.person.id for item in self.hours]
        return self._carry_out(lambda: service.approve(self.period, ids))

    def withdraw(self, claim: VolunteerClaim) -> bool:
        """Note that a claim was entered by mistake."""
        return self._carry_out(lambda: self._context.services.hours.withdraw(claim.id))

    def _carry_out(self, work: Callable[[], Changes]) -> bool:
        try:
            self._context.tell(work())
        except VisitAppError as error:
            self.show_problem(error)
            return False
        return True

    def save_claims(self, out: Path, person_id: UUID | None, *, force: bool) -> None:
        """Write the hours and claims of the period, of everybody or of one person, in the form that
        the suffix names."""
        service, period = self._context.services.hours, self.period

        def work() -> "SavedReport":
            return service.save_claims(period, out, person_id=person_id, force=force)

        self._context.jobs.run(
            work, owner=self, done=self.claims_saved.emit, failed=self.show_problem
        )


def _line_cells(line: TimeLine) -> tuple[str, ...]:
    time = "Not known" if line.minutes is None else _time(line.minutes)
    claim = line.claim
    if claim is None:
        return _day(line.on), line.title, time, "", "", ""
    receipt = "receipt" if claim.has_receipt else "no receipt"
    paid = (
        f"{number_of(claim.miles, 'mile')} at {claim.pence_a_mile}p" if claim.miles else "",
        f"{money(claim.pence)}, {receipt}" if claim.pence else "",
    )
    standing = "Mistake" if claim.is_withdrawn else "Waits" if claim.waits else "Approved"
    return (
        _day(line.on),
        line.title,
        time,
        "; ".join(filter(None, paid)),
        _money(claim.to_pay),
        standing,
    )


def claim_words(claim: VolunteerClaim) -> str:
    """`Entered by Rowena Tollgate, Fri 4 Apr 2025; approved by …`."""
    steps = (
        ("Entered", claim.by, claim.at),
        ("approved", claim.approved_by, claim.approved_at),
        ("withdrawn", claim.withdrawn_by, claim.withdrawn_at),
    )
    return "; ".join(
        f"{verb} by {by}, {short_date(uk_time(at).date())}" for verb, by, at in steps if at
    )


def _day(day: date) -> str:
    return f"{day_of_month(day)} {day.year}"


def _time(minutes: int) -> str:
    return time_given(minutes) if minutes else "none"


def _money(pence: int) -> str:
    return money(pence) if pence else "none"


def _miles(typed: str) -> int:
    words = typed.strip()
    if words and not words.isdecimal():
        raise BadInputError("Enter whole miles, such as 14.")
    return int(words or 0)


def _pence(typed: str) -> int:
    """The pence of `£4.60` or `4.6`; 0 for nothing."""
    amount = _POUNDS.fullmatch(typed.strip().replace(",", ""))
    if amount is None:
        raise BadInputError("Enter the amount in pounds, such as 4.60.")
    return int(amount[1] or 0) * 100 + int((amount[2] or "").ljust(2, "0"))
