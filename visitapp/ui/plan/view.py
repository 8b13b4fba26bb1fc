"""The page Plan: weeks by sites, what the plan says, and how predictable it is."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period, span_words, week_of
from visitapp.domain.plan.broken_visit import BrokenVisit, VisitAtClosedSite
from visitapp.domain.plan.planned import Mode
from visitapp.domain.plan.weeks import DAYS_A_WEEK
from visitapp.ui.connecting import connect
from visitapp.ui.context import Context
from visitapp.ui.jobs import Job
from visitapp.ui.look.tokens import BETWEEN_DOWN
from visitapp.ui.plan.actions import VisitActions
from visitapp.ui.plan.rules_viewmodel import WeekRulesViewModel
from visitapp.ui.plan.side import OutlookPanel, PlanForeseenPanel, PlanNotesPanel, SparePanel
from visitapp.ui.plan.tablemodel import OF_PAIR
from visitapp.ui.plan.weeks import WeeksChooser
from visitapp.ui.plan.words import rules_words
from visitapp.ui.widgets.buttons import button, glyph_button, primary_button
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import icon_label, label
from visitapp.ui.widgets.panel import Columns, Panel

_SIDE = 332


class PlanView(VisitActions):
    """The table on the left, the panels on the right."""

    help_text = (
        "The days and times of a plan are drawn so that nobody can guess them, and pairs are "
        "found for them. ••• stands for a hidden day and time; you can show it for 30 "
        "seconds. Where a scheme leaves them to its pairs, only the pair knows them.\n\n"
        "Arrow keys move in the table. Enter shows what you can do with a visit: P pins it, "
        "S suggests somebody, M moves a visitor to another visit, Delete cancels it. D shows the "
        "day and time; while they are shown C chooses others, and R draws them again. You can "
        "also drag a visitor to another week. If a change causes a problem, it is shown at "
        "once. "
        "Press Ctrl+Z to undo a change of a pair or a pin.\n\n"
        "You can plan any dates up to a year: choose them above the table. Planning the rest "
        "again leaves pinned visits as they are. "
        "\u201cWeeks with a visit\u201d shows what it buys and costs to leave a few weeks of the "
        "year without a visit."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._make_actions()
        self._make_parts()
        viewmodel = self.viewmodel
        self.undo_stack = viewmodel.undo_stack
        viewmodel.changed.connect(self._on_changed)
        viewmodel.judged.connect(self._on_judged)
        viewmodel.foreseen_viewmodel.working.connect(self.foreseen.show_working)
        viewmodel.revealed.connect(self._on_revealed)
        viewmodel.started.connect(self._on_started)
        viewmodel.message.connect(self._on_message)
        viewmodel.broke.connect(self._on_broke)
        viewmodel.came_to_nothing.connect(self._on_nothing)
        self._on_changed()
        self._on_judged()

    # -- layout --------------------------------------------------------------------------

    def _make_actions(self) -> None:
        viewmodel = self.viewmodel
        self._controls = FlowRow(gap=10)
        self.weeks_button = WeeksChooser(self.context.today(), self.context.years)
        self.weeks_button.chosen.connect(viewmodel.show)
        self.weeks_button.refused.connect(self.show_problem)
        self.discard_button = button("Delete draft…", self._ask_discard, icon="trash-2")
        self.again_button = button("Plan the rest again", self.plan_again, icon="refresh-cw")
        self.use_button = primary_button("Use this plan", viewmodel.use, icon="check")
        self.sheets_button = primary_button("Pages for visitors…", self.hand_out, icon="printer")
        self.rota_button = button("Rota…", self.save_rota, icon="file-text")
        self.sealed_button = button("Sealed sheets…", self.write_sealed, icon="lock")
        self.given_button = button("Who was given what…", self.show_given_out, icon="send")
        self.calendar_button = button("Calendar file…", self.save_calendar, icon="calendar")
        for control in (
            glyph_button("chevron-left", "Earlier weeks", lambda: viewmodel.go(-1)),
            glyph_button("chevron-right", "Later weeks", lambda: viewmodel.go(1)),
            self.weeks_button,
            self.again_button,
            self.discard_button,
            self.rota_button,
            self.calendar_button,
            self.sealed_button,
            self.given_button,
        ):
            self._controls.add(control)
        self.add_action(self.use_button)
        self.add_action(self.sheets_button)

    def _make_parts(self) -> None:
        viewmodel = self.viewmodel
        self.body.addWidget(self._controls)
        self.body.addWidget(self.progress)
        self.make_button = primary_button("Make a plan", viewmodel.make, icon="play")
        self._empty = EmptyState(
            "calendar-range",
            "Here you will see who visits which site in which week. Days and times are drawn by "
            "the program, so that nobody can guess them.",
            self.make_button,
        )
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._empty)
        self._framed = Panel(flush=True)
        self._framed.body.addWidget(self.table)
        column.addWidget(self._framed)
        self._legend = FlowRow(gap=16)
        self._legend.add(
            label("••• Day and time hidden. They are stored only in this file.", "second", "text2")
        )
        self.of_pairs = label(f"{OF_PAIR}: only the pair knows them.", "second", "text2")
        self._legend.add(self.of_pairs)
        for name, tone, words in (
            ("pin", "primary", "pinned"),
            ("pencil", "warn", "chosen by hand"),
        ):
            self._legend.add(_marked(name, tone, words))
        self._legend.add(label("Enter opens a visit", "second", "text2"))
        column.addWidget(self._legend)
        column.addStretch(1)
        self._columns = Columns(main, self._make_side(), side_width=_SIDE)
        self.table.needs.connect(self._columns.set_main_width)
        self.body.addWidget(self._columns)
        self.body.addStretch(1)

    def _make_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN_DOWN)
        self.notes = PlanNotesPanel(
            self._suggest_for,
            self.show_visit,
            lambda person_id: self.context.go("availability", person_id),
        )
        self.foreseen = PlanForeseenPanel(self.viewmodel)
        self.notes.before = self.foreseen.more
        self.outlook = OutlookPanel(self.viewmodel)
        self.spare = SparePanel()
        self.spare.wanted.connect(self.viewmodel.set_spare)
        self.spare.rules_asked.connect(self._ask_rule)
        for panel in (self.suggestions, self.foreseen, self.notes, self.outlook, self.spare):
            column.addWidget(panel)
        column.addStretch(1)
        return side

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel = self.viewmodel
        planned = viewmodel.is_planned
        self.set_title(viewmodel.title)
        self.set_facts(viewmodel.facts)
        self.weeks_button.show_weeks(viewmodel.period)
        self._empty.setVisible(not planned)
        for widget in (self._framed, self._legend, self.notes, self.foreseen):
            widget.setVisible(planned)
        self.of_pairs.setVisible(any(row.mode is Mode.PAIR_HELD for row in viewmodel.sheet.rows))
        self.again_button.setVisible(planned)
        self.use_button.setVisible(planned and viewmodel.is_draft)
        self.discard_button.setVisible(planned and viewmodel.is_draft)
        for page_button in (
            self.sheets_button,
            self.rota_button,
            self.calendar_button,
            self.given_button,
        ):
            page_button.setVisible(planned and not viewmodel.is_draft)
        self.sealed_button.setVisible(
            planned
            and not viewmodel.is_draft
            and any(row.mode is Mode.MANAGER_HELD for row in viewmodel.sheet.rows)
        )
        here = self.table.visit()
        sheet = viewmodel.sheet
        pairs = {row.visit_id: viewmodel.pair_names(row) for row in sheet.rows}
        self.table.tablemodel.show(sheet, pairs, viewmodel.moments, week_of(self.context.today()))
        if here is not None:
            self.table.go_to(here.visit_id)
        self.notes.show_notes(sheet.notes, sheet.proven, sheet.redraws_left)
        rules = WeekRulesViewModel(self.context, sheet.sites).rules()
        self.spare.show_spare(viewmodel.spare_visits(), self._own_law(), rules_words(rules))
        if self.hasFocus():  # the button that made the plan is hidden now
            self.take_cursor()

    def _own_law(self) -> VisitLaw | None:
        """The law that the scheme of custody suites chose, or the only one for two pairs."""
        schemes = self.context.services.setup.schemes()
        scheme = next((scheme for scheme in schemes if scheme.kind is Kind.CUSTODY), None)
        if scheme is None or scheme.two_pairs:
            return VisitLaw.TIMESLOTS
        return scheme.law

    def _on_revealed(self) -> None:
        self.table.tablemodel.show_moments(self.viewmodel.moments)

    def _on_judged(self) -> None:
        self.foreseen.show_judged()
        self.outlook.show_judged()
        if self.viewmodel.lacking:
            self.show_banner("warn", " ".join(self.viewmodel.lacking), key="people", closes=True)
        else:
            self.clear_banner("people")

    def _on_started(self, job: Job, sentence: str) -> None:
        self.clear_banner("problem")
        self.progress.follow(job, sentence)
        self._enable_planning(False)
        connect(job.finished, self, partial(self._enable_planning, True))

    def _enable_planning(self, on: bool) -> None:
        """Only one plan can be made at a time."""
        for plan_button in (self.make_button, self.again_button):
            plan_button.setEnabled(on)

    def _on_message(self, sentence: str) -> None:
        self.clear_banner("problem")
        self.clear_banner("breaks")
        self.context.say(sentence)

    def _on_broke(self, sentence: str) -> None:
        self.clear_banner("problem")
        self.show_banner("warn", sentence, key="breaks", closes=True)
        self.context.say("Done, but it causes a problem.")

    def _on_nothing(self, sentence: str) -> None:
        """Say why nothing could be planned, and what to do if availability is missing."""
        availability, period = self.context.services.availability, self.viewmodel.period
        silent = availability.silent(period)

        def treat_as_free() -> None:
            self.context.tell(availability.free_always(period))
            self.viewmodel.make()

        actions: list[tuple[str, Callable[[], object]]] = [
            ("Treat them as free at any time", treat_as_free),
            ("Enter it", lambda: self.context.go("availability", silent[0].id)),
        ]
        self.show_banner("warn", sentence, actions if silent else [], key="problem")

    # -- the whole plan ------------------------------------------------------------------

    def plan_again(self) -> None:
        """Plan everything again that isn't pinned; asks first if the plan is in use."""
        if self.viewmodel.is_draft or SureDialog.ask(
            self,
            "Plan the rest again?",
            "This plan is in use. Every future visit that is not pinned gets a new pair, and a new "
            "day and time if you have redraws left. Anyone who has the page of one of these "
            "visits needs a new one.",
            "Plan the rest again",
        ):
            self.viewmodel.plan_again()

    def _ask_discard(self) -> None:
        if SureDialog.ask(
            self,
            "Delete this draft?",
            "This deletes all the visits in the draft. It uses one of your three redraws for these "
            "weeks.",
            "Delete the draft",
        ):
            self.viewmodel.discard()

    def _ask_rule(self) -> None:
        from visitapp.ui.plan.week_rules import WeekRulesDialog

        sites = self.viewmodel.sheet.sites
        WeekRulesDialog.ask(self, WeekRulesViewModel(self.context, sites))

    # -- called by the window ------------------------------------------------------------

    def take_lost_cursor(self) -> bool:
        """Keep the cursor on the page after a press of a plan button, until the plan is there."""
        self.take_cursor()
        return True

    def open_target(self, target: object) -> None:
        """Show the weeks of a period, who could take a place that somebody can't any more, or a
        visit to a closed site."""
        if isinstance(target, Period):
            is_place = target.start == week_of(target.start).start and target.days > DAYS_A_WEEK
            (self.viewmodel.show if is_place else self.viewmodel.show_week)(target)
        elif isinstance(target, BrokenVisit):
            self.viewmodel.show_week(target.span)
            row = self.viewmodel.sheet.row(target.visit_id)
            if row is not None:
                self.show_visit(row.visit_id)
                self.suggest(row, target.person_id)
        elif isinstance(target, VisitAtClosedSite):
            self.viewmodel.show_week(target.span)
            self._show_closed(target)

    def _show_closed(self, visit: VisitAtClosedSite) -> None:
        """Offer to cancel a visit, which has no row where its site is closed for all the weeks."""
        where = f"{visit.site_name}, {span_words(visit.span)}"

        def cancel() -> None:
            self.clear_banner("closed")
            self.viewmodel.cancel(visit)

        self.show_banner(
            "warn",
            f"{where}: the site is closed by then. No other visit is drawn if you cancel this one.",
            [("Cancel the visit", cancel)],
            key="closed",
            closes=True,
        )

    def place(self) -> object:
        """The weeks shown."""
        return self.viewmodel.period

    def prepare_to_leave(self) -> str:
        """Hide every day and time before a lock."""
        self.viewmodel.hide_moments()
        self._clipboard.clear()
        return super().prepare_to_leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends a move, or closes the suggestions."""
        if event.key() == Qt.Key.Key_Escape and self.viewmodel.moving is not None:
            self.viewmodel.stop_moving()
        elif event.key() == Qt.Key.Key_Escape and self.suggestions.isVisible():
            self.suggestions.hide()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)


def _marked(icon: str, tone: str, words: str) -> QWidget:
    legend = QWidget()
    row = QHBoxLayout(legend)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(icon_label(icon, 16, tone))
    row.addWidget(label(words, "second", "text2"))
    return legend
