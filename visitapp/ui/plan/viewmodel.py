"""State and commands of the page Plan. QtCore only. Each day and time is shown for 30 seconds."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, CancelledError, VisitAppError
from visitapp.domain.period import Period, span_words
from visitapp.domain.plan.broken_visit import VisitAtClosedSite
from visitapp.domain.plan.foresight import Outlook
from visitapp.domain.plan.plan_limits import Audit, caught_together, sentence_together
from visitapp.domain.plan.planned import (
    NOT_NEEDED,
    PlannedMoment,
    PlannedRow,
    PlannedStanding,
    PlanSheet,
    PlanState,
    Substitute,
)
from visitapp.domain.plan.visit_benefit import FEWEST_A_YEAR
from visitapp.domain.plan.weeks import DAYS_A_WEEK, WEEKS_A_PLAN, with_spare_visits
from visitapp.domain.progress import Progress
from visitapp.domain.text.wording import day_and_month, long_date, with_initial
from visitapp.ui.context import Context
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.plan.foreseen_viewmodel import PlanForeseenViewModel
from visitapp.ui.plan.moving import Moving
from visitapp.ui.plan.undo import PlanUndo
from visitapp.ui.plan.words import (
    NOTHING_PLANNED,
    facts_words,
    moment_words,
    planned_words,
    problem_words,
    why_nothing,
)

SHOWN_MS = 30_000
"""How long a day and time is shown."""


class PlanViewModel(PageViewModel):
    """`changed`: the plan; `judged`: how predictable it is; `revealed`: a day and time is shown or
    hidden; `moving_changed`: a move began or ended."""

    changed = Signal()
    concerns = Changes.PLANS | Changes.VISITS | Changes.PEOPLE | Changes.SITES | Changes.SETTINGS
    judged = Signal()
    revealed = Signal()
    moving_changed = Signal()
    started = Signal(object, str)  # the Job and a sentence
    message = Signal(str)
    came_to_nothing = Signal(str)  # no visit could be planned: why
    broke = Signal(str)  # a change that was made causes a problem: a sentence

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._planning = context.services.planning
        self.audits: tuple[Audit, ...] = ()
        self.outlooks: tuple[Outlook, ...] = ()
        self.lacking: tuple[str, ...] = ()
        self.moments: dict[UUID, str] = {}
        self.moving: Moving | None = None
        self.foreseen_viewmodel = PlanForeseenViewModel(context, self)
        self.foreseen_viewmodel.audited.connect(self._on_audited)
        self.foreseen_viewmodel.expected.connect(self._on_expected)
        self.foreseen_viewmodel.failed.connect(self._on_failed)
        self.undo_stack = PlanUndo(self._planning, context.tell, self.show_problem, self)
        self.period = self._planning.planned_weeks()
        self.sheet: PlanSheet = self._planning.sheet(self.period)
        self._judge()

    # -- state ---------------------------------------------------------------------------

    @property
    def is_planned(self) -> bool:
        """Whether these weeks have a plan."""
        return bool(self.sheet.rows) or self.sheet.state is not None

    @property
    def is_draft(self) -> bool:
        """Whether the plan is a draft."""
        return self.sheet.state is PlanState.DRAFT

    @property
    def title(self) -> str:
        """`Plan, 14 April to 13 July 2025`."""
        start, end = self.period.start, self.period.end
        year = "" if start.year == end.year else f" {start.year}"
        return f"Plan, {day_and_month(start)}{year} to {long_date(end)}"

    @property
    def facts(self) -> str:
        """How many visits at each site, and the state of the plan."""
        return facts_words(self.sheet) if self.is_planned else NOTHING_PLANNED

    def short_name(self, person_id: UUID) -> str:
        """`H Gill`."""
        return with_initial(self.sheet.names.get(person_id, "?"))

    def pair_names(self, row: PlannedRow) -> list[str]:
        """The names of the pair, and whether somebody is missing."""
        names = [self.short_name(person_id) for person_id in row.pair]
        missing = {0: "two people missing", 1: "somebody missing"}.get(len(names))
        return [*names, missing] if missing else names

    def where(self, row: PlannedRow) -> str:
        """`Keyham Lane, 6–12 May 2025`."""
        return f"{self.site_name(row)}, {span_words(row.span)}"

    def site_name(self, row: PlannedRow) -> str:
        """`Keyham Lane`."""
        return next(site.name for site in self.sheet.sites if site.id == row.site_id)

    def may_change(self, row: PlannedRow) -> bool:
        """Whether the visit is still to come."""
        return row.standing is PlannedStanding.PLANNED

    # -- how predictable it is -----------------------------------------------------------

    @property
    def caught(self) -> float | None:
        """The share (0 to 1) of planned visits to suites that an informed guess would predict."""
        return caught_together(self.audits)

    @property
    def sentence(self) -> str:
        """The sentence above the gauge."""
        return sentence_together(self.audits)

    @property
    def broken(self) -> tuple[str, ...]:
        """Warnings where the plan is too predictable."""
        every = (words for audit in self.audits for words in (*audit.broken, *audit.by_hand))
        return tuple(dict.fromkeys(every))

    def spare_visits(self) -> int | None:
        """Extra visits a year for the first suite; None if no suite can have any."""
        suites = with_spare_visits(self.sheet.sites, self._context.today())
        if not suites:
            return None
        policy = self._planning.policy(suites[0].id)
        return policy.visits_a_year - policy.spans_a_year

    # -- choosing weeks ------------------------------------------------------------------

    @property
    def weeks(self) -> int:
        """How many are shown, and planned together."""
        return self.period.days // DAYS_A_WEEK

    def go(self, by: int) -> None:
        """Show as many weeks earlier (-1) or later (1)."""
        start = self.period.start + timedelta(days=self.period.days * by)
        self.show(self._planning.weeks_from(start, self.weeks))

    def show_week(self, period: Period) -> None:
        """Show weeks that include a period."""
        weeks = self._planning.weeks_from(period.start, WEEKS_A_PLAN)
        self.show(self.period if self.period.holds(period) else weeks)

    def show(self, period: Period) -> None:
        """Show whole weeks."""
        self.period = period
        self.stop_moving()
        self.hide_moments()
        self.renew()

    def renew(self) -> None:
        """Read the plan again."""
        self.sheet = self._planning.sheet(self.period)
        self.changed.emit()
        self._judge()

    # -- planning ------------------------------------------------------------------------

    def make(self) -> None:
        """Plan these weeks."""
        start, weeks = self.period.start, self.weeks
        self._plan(
            lambda progress: self._planning.make(start, weeks, progress)[1],
            "The plan is ready",
        )

    def plan_again(self) -> None:
        """Plan everything again that isn't pinned."""
        period = self.period
        self._plan(
            lambda progress: self._planning.plan_again(period, progress),
            "The rest is planned again",
        )

    def _plan(self, work: Callable[..., Changes], done: str) -> None:
        period = self.period

        def worked(progress: Progress) -> tuple[Changes, PlanSheet]:
            return work(progress), self._planning.sheet(period)

        def finished(answer: tuple[Changes, PlanSheet]) -> None:
            changes, sheet = answer
            self.undo_stack.clear()
            self.message.emit("" if not sheet.rows else planned_words(sheet, done))
            self._context.tell(changes)
            if not sheet.rows:
                self.came_to_nothing.emit(why_nothing(sheet))

        job = self._context.jobs.run(
            worked, owner=self, done=finished, failed=self._on_failed, progress=True
        )
        self.started.emit(job, "Planning")

    def _on_failed(self, error: VisitAppError) -> None:
        if isinstance(error, CancelledError):
            self.message.emit(str(error))
        else:
            self.show_problem(error)

    def use(self) -> None:
        """Put the draft into use."""
        self._do(lambda: self._planning.use(self.period), "The plan is in use.")

    def discard(self) -> None:
        """Delete the draft."""
        self._do(lambda: self._planning.discard(self.period), "The draft is deleted.")

    def set_spare(self, spare: int) -> None:
        """Set the extra visits a year for all suites, from the next plan on."""

        def carry_out() -> Changes:
            for site in with_spare_visits(self.sheet.sites, self._context.today()):
                self._planning.set_visits_a_year(site.id, FEWEST_A_YEAR + spare)
            return Changes.PLANS

        self._do(carry_out, f"Your next plan will have {spare} extra visits a year.")

    # -- one visit -----------------------------------------------------------------------

    def pin(self, row: PlannedRow) -> None:
        """Pin a visit, or unpin it."""
        kept = "is pinned" if not row.is_pinned else "is no longer pinned"
        self._do(
            lambda: self._planning.pin(row.visit_id, not row.is_pinned),
            f"{self.where(row)} {kept}.",
        )

    def cancel(self, row: PlannedRow | VisitAtClosedSite) -> None:
        """Cancel a visit."""
        self._do(lambda: self._planning.cancel(row.visit_id))

    def suggest(self, row: PlannedRow, leaving: UUID | None = None) -> tuple[Substitute, ...]:
        """Who could take a place."""
        return self._planning.suggest(row.visit_id, leaving)

    def put(self, row: PlannedRow, person_id: UUID, leaving: UUID | None = None) -> None:
        """Give a person a free place, or the place of `leaving`."""
        pair = (*(other for other in row.pair if other != leaving), person_id)
        self._do(lambda: self._planning.assign(row.visit_id, pair))

    def remove_visitor(self, row: PlannedRow, person_id: UUID) -> None:
        """Remove a person from a visit."""
        pair = tuple(other for other in row.pair if other != person_id)
        self._do(lambda: self._planning.assign(row.visit_id, pair))

    def reveal(self, row: PlannedRow) -> str:
        """Show the day and time of a visit for half a minute; returns the text shown, or an empty
        text if they can't be shown."""
        with self.showing_problems():
            moment = self._planning.reveal(row.visit_id)
            self.moments[row.visit_id] = moment_words(moment)
            QTimer.singleShot(SHOWN_MS, self, lambda: self.mask(row.visit_id))
            self.revealed.emit()
        return self.moments.get(row.visit_id, "")

    def moment(self, row: PlannedRow) -> PlannedMoment:
        """The day and time of a visit while they are shown. Raises BadInputError if masked."""
        if row.visit_id not in self.moments:
            raise BadInputError("Show the day and time of this visit first, then choose another.")
        moment = self._planning.reveal(row.visit_id)
        if moment is None:
            raise BadInputError(NOT_NEEDED)
        return moment

    def days_to_choose(self, row: PlannedRow) -> list[date]:
        """The days left in the visit's week or month."""
        first = max(row.span.start, self._context.today() + timedelta(days=1))
        return [first + timedelta(days=at) for at in range((row.span.end - first).days + 1)]

    def choose_moment(self, row: PlannedRow, day: date, minute: int) -> None:
        """Set the day and time by hand. Raises VisitAppError if they can't be saved."""
        breaks, changes = self._planning.choose_moment(row.visit_id, day, minute)
        self.undo_stack.clear()
        if row.visit_id in self.moments:
            self.moments[row.visit_id] = moment_words(PlannedMoment(day, minute))
        self._say_done(breaks)
        self._context.tell(changes)

    def redraw(self, row: PlannedRow) -> None:
        """Draw the day and time again, replacing a choice by hand, and mask them."""
        self.mask(row.visit_id)
        self._do(lambda: self._planning.redraw(row.visit_id))

    def mask(self, visit_id: UUID) -> None:
        """Hide the day and time of a visit."""
        if self.moments.pop(visit_id, None) is not None:
            self.revealed.emit()

    def hide_moments(self) -> None:
        """Hide all days and times."""
        self.moments.clear()
        self.revealed.emit()

    # -- moving --------------------------------------------------------------------------

    def begin_move(self, row: PlannedRow, person_id: UUID) -> None:
        """Start moving a person to another visit."""
        self.moving = Moving(person_id, row.visit_id)
        self.moving_changed.emit()

    def stop_moving(self) -> None:
        """Cancel the move."""
        if self.moving is not None:
            self.moving = None
            self.moving_changed.emit()

    def would_break(self, row: PlannedRow, instead_of: UUID | None) -> tuple[str, ...]:
        """The problems that moving the person to this visit would cause."""
        if self.moving is None:
            return ()
        rest = tuple(other for other in row.pair if other != instead_of)
        breaks = list(self._planning.breaks(row.visit_id, (*rest, self.moving.person_id)))
        source = self.sheet.row(self.moving.visit_id)
        if source is not None and instead_of is not None:
            left = tuple(other for other in source.pair if other != self.moving.person_id)
            breaks += self._planning.breaks(source.visit_id, (*left, instead_of))
        return tuple(dict.fromkeys(breaks))

    def finish_move(self, row: PlannedRow, instead_of: UUID | None) -> None:
        """Move the person to this visit."""
        moving, self.moving = self.moving, None
        if moving is not None:
            self.moving_changed.emit()
            self._do(
                lambda: self._planning.move(
                    moving.person_id, moving.visit_id, row.visit_id, instead_of
                )
            )

    # -- carrying out --------------------------------------------------------------------

    def _do(self, work: Callable[[], Any], done: str = "") -> None:
        """Make a change, report it or the problems it causes, and notify every page."""
        try:
            answer = work()
        except VisitAppError as error:
            self.show_problem(error)
            return
        words, changes = answer if isinstance(answer, tuple) else (done, answer)
        before = self.sheet
        self._say_done(words)
        self._context.tell(changes)
        self.undo_stack.note_change(before, self.sheet)

    def _say_done(self, words: str | Sequence[str]) -> None:
        """Report a change: a sentence, or the problems it causes."""
        if isinstance(words, str):
            self.message.emit(words)
        elif words:
            self.broke.emit(problem_words(words))
        else:
            self.message.emit("Done.")

    def _judge(self) -> None:
        """Work out in the background how predictable the plan is, or whether there are too few
        people to make one."""
        if not self.is_planned:
            self.outlooks = ()
            self._on_audited((), ())
        self.foreseen_viewmodel.ask(self.period, is_planned=self.is_planned)

    def _on_audited(self, audits: tuple[Audit, ...], lacking: tuple[str, ...]) -> None:
        self.audits, self.lacking = audits, lacking
        self.judged.emit()

    def _on_expected(self, outlooks: tuple[Outlook, ...]) -> None:
        self.outlooks = outlooks
        self.judged.emit()

    def sleep(self) -> None:
        """Hide all days and times together with the page."""
        super().sleep()
        self.stop_moving()
        self.hide_moments()
