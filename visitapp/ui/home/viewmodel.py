"""State of the page Home, in words: what is due, what to do, last year's figures."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.dataclass import dataclass
from visitapp.domain.moment import uk_time
from visitapp.domain.office.grid import WEEKDAYS
from visitapp.domain.office.scheme import Role
from visitapp.domain.office.target import TargetRule, TargetUnit
from visitapp.domain.period import Period, week_of
from visitapp.domain.text.wording import (
    day_and_month,
    long_date,
    month_name,
    number_of,
    out_of,
    plural,
    short_date,
    weekday_and_day,
)
from visitapp.domain.year.overview import Overview
from visitapp.domain.year.site_quarter import PeriodMark, SiteQuarter
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import REMINDER, Context
from visitapp.ui.home.tasks import (
    HomeTask,
    at_closed_sites,
    awards,
    below_minimum,
    broken,
    disputed,
    inbox,
    late,
    next_visits,
    questions,
    refused,
    running_out,
    short_groups,
    to_confirm,
    vetting,
    with_free_places,
)
from visitapp.ui.home.year_figures import Figure, ShareBars, times_of_day, year_figures
from visitapp.ui.page_viewmodel import PageViewModel

if TYPE_CHECKING:
    from visitapp.domain.draft.draft_line import DraftLine

_SOON_DAYS = 2


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a site this week, or of kennels this month."""

    word: str
    kind: str
    icon: str
    note: str


class HomeViewModel(PageViewModel):
    """Signals: `changed` when there is something new to show."""

    changed = Signal()
    concerns = (
        Changes.VISITS
        | Changes.DRAFTS
        | Changes.SITES
        | Changes.SETTINGS
        | Changes.REPORTS
        | Changes.PLANS
        | Changes.PEOPLE
        | Changes.INBOX
    )

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.role: Role = context.services.access.actor.role
        self.name: str = context.services.access.actor.name
        self.overview: Overview
        self.drafts: tuple[DraftLine, ...]
        self._told_of_backups: tuple[HomeTask, ...]
        self._read()
        context.backups_changed.connect(self._on_backups)

    def renew(self) -> None:
        """Read again."""
        self._read()
        self.changed.emit()

    def _read(self) -> None:
        services = self._context.services
        self.overview = services.home.overview()
        self.drafts = services.drafts.lines() if self.overview.has_drafts else ()
        self._told_of_backups = tuple(self._backup())

    def check_date(self) -> None:
        """Read again if the date has changed."""
        if self._context.today() != self.overview.today:
            self.renew()

    def _on_backups(self) -> None:
        """Show or remove the reminder about backups."""
        if self._is_asleep:
            self._is_stale = True
            return
        had = self._told_of_backups
        self._read()
        if self._told_of_backups != had:
            self.changed.emit()

    # -- words ----------------------------------------------------------------------------

    def greeting(self) -> str:
        """The title of a visitor's Home."""
        hour = uk_time(self._context.services.access.clock()).hour
        part = "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
        return f"Good {part}, {self.name.split()[0]}" if self.name.split() else f"Good {part}"

    def day_words(self) -> str:
        """`Wednesday 10 April 2024`."""
        return f"{WEEKDAYS[self.overview.today.weekday()]} {long_date(self.overview.today)}"

    def week_words(self) -> str:
        """`Mon 8 – Sun 14 April, week 2 of 52`."""
        week = week_of(self.overview.today)
        thursday = date.fromordinal(week.start.toordinal() + 3)
        weeks = self.overview.years.year_of(thursday).weeks()
        first = f"Mon {week.start.day}"
        if week.start.month != week.end.month:
            first += f" {month_name(week.start)}"
        last = f"Sun {day_and_month(week.end)}"
        return f"{first} \u2013 {last}, week {out_of(weeks.index(week) + 1, len(weeks))}"

    def status(self, quarter: SiteQuarter) -> Status:
        """The current state of a site."""
        now = quarter.at(self.overview.today)
        if not quarter.has_target:
            return Status("No target", "grey", "", "No visit is due")
        if now is None:
            return Status("Not due", "grey", "", f"This {quarter.unit} belongs to another quarter")
        when = _beginning(quarter, self.overview.today)
        if now.mark is PeriodMark.VISITED:
            words = f"{when}visited" if when else "Visited"
            many = "" if now.visits == 1 else f", {now.visits} visits"
            last = "" if quarter.last_on is None else _day(quarter.last_on)
            return Status(words, "good", "check", f"{last}{many}")
        if now.mark is PeriodMark.NOT_DUE:
            not_open = f"Not open all {quarter.unit}"
            if quarter.target.rule is TargetRule.IN_USE:
                not_open = f"Not in use this {quarter.unit}"
            return Status("Not due", "grey", "", not_open)
        words = f"{when}no visit yet" if when else "No visit yet"
        if now.visits:
            words = f"{when}{out_of(now.visits, now.due, 'visit')}"
        return Status(words, "warn", "hourglass", _left(self.overview.today, now.period.end))

    @staticmethod
    def draft_words(draft: "DraftLine") -> str:
        """`Keyham Lane, Tue 9 Apr 2024`, as far as known."""
        day = "" if draft.day is None else short_date(draft.day)
        return ", ".join(filter(None, (draft.site, day))) or "A new report"

    def draft_saved(self, draft: "DraftLine") -> str:
        """When the draft was last saved."""
        if draft.saved_at is None:
            return ""
        at = uk_time(draft.saved_at)
        on = "" if at.date() == self.overview.today else f" on {_day(at.date())}"
        return f"Saved at {at:%H:%M:%S}{on}"

    # -- what to do -----------------------------------------------------------------------

    def tasks(self) -> tuple[HomeTask, ...]:
        """The tasks, most urgent first."""
        parts: tuple[Callable[[], Iterator[HomeTask]], ...] = (
            self._missed,
            lambda: short_groups(self.overview),
            self._of_people,
            self._same_visit,
            self._ending,
            self._drafts,
            self._issues,
            self._backup,
            self._outside,
            self._texts,
            lambda: awards(self.overview),
            lambda: below_minimum(self.overview),
        )
        return tuple(task for part in parts for task in part())

    def visitor_tasks(self) -> tuple[HomeTask, ...]:
        """In a visitor's copy: what the office and other visitors wait for, and the next visits."""
        parts = (questions, to_confirm, next_visits)
        return tuple(task for part in parts for task in part(self.overview))

    def _missed(self) -> Iterator[HomeTask]:
        for quarter in self.overview.sites:
            missed = [span for span in quarter.spans if span.mark is PeriodMark.MISSED]
            if missed:
                first = missed[-1].period
                more = len(missed) - 1
                others = f" And {more} before it." if more else ""
                had = "no visit"
                if missed[-1].visits:
                    had = out_of(missed[-1].visits, missed[-1].due, "visit")
                target = missed[-1].target
                in_use = target.rule is TargetRule.IN_USE
                why = "It was in use that" if in_use else "It was open all that"
                yield HomeTask(
                    "bad",
                    "calendar-x",
                    f"{quarter.site.name} had {had} {_between(first)}",
                    f"{why} {target.unit}.{others}",
                    "See its coverage",
                    "coverage",
                    VisitQuery(period=self.overview.quarter, site_ids=(quarter.site.id,)),
                )

    def _of_people(self) -> Iterator[HomeTask]:
        parts = (inbox, refused, late, disputed, with_free_places, broken, at_closed_sites, vetting)
        for part in (*parts, running_out):
            yield from part(self.overview)

    def _same_visit(self) -> Iterator[HomeTask]:
        pairs = self.overview.same_visit
        if pairs:
            first = pairs[0]
            what = plural(len(pairs), "Two reports", f"{len(pairs)} pairs of reports")
            yield HomeTask(
                "warn",
                "merge",
                f"{what} may be of one visit",
                f"{first.site_name}, {short_date(first.day)}",
                "Decide",
                "visits",
                first.first_id,
            )

    def _ending(self) -> Iterator[HomeTask]:
        for quarter in self.overview.sites:
            now = quarter.at(self.overview.today)
            if now is None or now.mark is not PeriodMark.DUE_NOW:
                continue
            left = (now.period.end - self.overview.today).days
            if left <= _SOON_DAYS:
                had = out_of(now.visits, now.due, "visit") if now.visits else "no visit"
                yield HomeTask(
                    "warn",
                    "hourglass",
                    f"{quarter.site.name}: {had} yet this {quarter.unit}",
                    _left(self.overview.today, now.period.end),
                    "Log a visit",
                    "log",
                )

    def _drafts(self) -> Iterator[HomeTask]:
        for draft in self.drafts:
            by = f" by {draft.author}" if draft.author and draft.author != self.name else ""
            done = out_of(draft.done, draft.sections)
            yield HomeTask(
                "info",
                "pencil",
                f"Unfinished report: {self.draft_words(draft)}",
                f"{done} sections done{by}. {self.draft_saved(draft)}",
                "Continue",
                "log",
                draft.id,
            )

    def _issues(self) -> Iterator[HomeTask]:
        summary = self.overview.issues
        if summary is not None:
            late, number = summary.overdue, summary.overdue or summary.number
            what = "past the limit" if late else "open"
            oldest = "" if summary.number == 1 else "Oldest: "
            days = _days((self.overview.today - summary.raised_on).days)
            yield HomeTask(
                "bad" if late else "warn",
                "flag",
                f"{number_of(number, 'issue is', 'issues are')} {what}",
                f"{oldest}{summary.category}, {summary.site_name}, {days} ago",
                "Remind the force" if late else "See the issues",
                "issues",
                REMINDER if late else None,
            )

    def _backup(self) -> Iterator[HomeTask]:
        problem = self._context.backups.problem
        if problem:
            title = "No new backup could be made"
            yield HomeTask("warn", "archive", title, problem, "Open Settings", "settings", "backup")
        elif self.overview.backup_is_overdue:
            saved_at = self.overview.last_backup
            if saved_at is None:
                title = "There is no backup of this file yet"
            else:
                title = f"The last backup is of {short_date(uk_time(saved_at).date())}"
            note = "Keep a copy on another disk, away from this computer"
            yield HomeTask("warn", "archive", title, note, "Save a backup", "backup")

    def _outside(self) -> Iterator[HomeTask]:
        number = self.overview.outside
        if number:
            year = self.overview.years.year_of(self.overview.today)
            what = number_of(number, "visit is", "visits are")
            yield HomeTask(
                "grey",
                "grid-3x3",
                f"{what} not in any timeslot this year",
                "They do not fit any timeslot. Check your timeslots.",
                "See the coverage",
                "coverage",
                year,
            )

    def _texts(self) -> Iterator[HomeTask]:
        number, year = self.overview.texts_missing, self.overview.year
        if number and year is not None and year.end < self.overview.today:
            what = number_of(number, "section")
            yield HomeTask(
                "grey",
                "file-text",
                f"Annual report {self.overview.years.label(year)}: {what} to write",
                "Sections without text will not appear in the report",
                "Write",
                "reports",
                year,
            )

    # -- last year ------------------------------------------------------------------------

    def year_title(self) -> str:
        """`Last year, 2023/24`, or `2024/25 so far`."""
        year = self.overview.year
        if year is None:
            return ""
        is_past = year.end < self.overview.today
        name = self.overview.years.label(year)
        return f"Last year, {name}" if is_past else f"{name} so far"

    def figures(self) -> tuple[Figure, ...]:
        """Four figures for custody, or those of a kennels scheme."""
        main = self.overview.figures
        return () if main is None else year_figures(main)

    def times_of_day(self) -> ShareBars | None:
        """Visits by time band, if all sites of the scheme have the same bands."""
        main = self.overview.figures
        return None if main is None else times_of_day(main)


def _beginning(quarter: SiteQuarter, today: date) -> str:
    """What the words on a site's state begin with: nothing where it is about this week."""
    if quarter.target.unit is TargetUnit.WEEK:
        return ""
    if quarter.target.unit is TargetUnit.MONTH:
        return f"{month_name(today)}: "
    return f"This {quarter.unit}: "


def _day(day: date) -> str:
    """`Tue 9 Apr`."""
    return weekday_and_day(day)


def _days(number: int) -> str:
    return number_of(number, "day")


def _left(today: date, end: date) -> str:
    left = (end - today).days
    return "Today is the last day" if left == 0 else f"{_days(left)} left"


def _between(period: Period) -> str:
    """`between 4 and 10 March`, or `in April`."""
    first, last = period.start, period.end
    if first.day == 1 and (last.month == first.month) and (last - first).days > 26:
        return f"in {month_name(first)}"
    if first.month == last.month:
        return f"between {first.day} and {day_and_month(last)}"
    return f"between {day_and_month(first)} and {day_and_month(last)}"
