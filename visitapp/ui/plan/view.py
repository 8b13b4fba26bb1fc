"""The page Plan: weeks by sites, what the plan says, and how well it could be foreseen."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError, VisitAppError
from visitapp.domain.period import Period, week_of
from visitapp.domain.planned import PlannedRow
from visitapp.ui.context import Context
from visitapp.ui.jobs import Job
from visitapp.ui.plan.side import ForeseenPanel, OutlookPanel, SayingsPanel, SparePanel
from visitapp.ui.plan.suggestions import SuggestionsPanel
from visitapp.ui.plan.table import PlanTable
from visitapp.ui.plan.viewmodel import PlanViewModel
from visitapp.ui.tokens import BETWEEN_DOWN
from visitapp.ui.widgets.buttons import button, glyph_button, menu_action, primary_button
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.progress import ProgressPanel
from visitapp.ui.widgets.secret_clipboard import SecretClipboard

_SIDE = 332


class PlanView(Page):
    """The table at the left, the panels at the right."""

    help_text = (
        "The days and times of a plan are drawn so that nobody can guess them, and pairs are "
        "found for them. ••• stands for a day and time; ask for it, and it is shown for 30 "
        "seconds.\n\n"
        "Arrow keys move in the table. Enter opens what can be done with a visit: P keeps it, "
        "S suggests somebody, D shows day and time, M moves a visitor to another visit, Delete "
        "cancels. A visitor can be dragged to another week too. What a change breaks is said "
        "at once.\n\n"
        "Planning the rest again leaves what is kept as it is."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Plan")
        self.viewmodel = PlanViewModel(context)
        self.viewmodel.setParent(self)
        self._clipboard = SecretClipboard(self)
        self._make_actions()
        self._make_parts()
        model = self.viewmodel
        model.changed.connect(self._on_changed)
        model.judged.connect(self._on_judged)
        model.revealed.connect(lambda: self.table.plan.show_moments(model.moments))
        model.moving_changed.connect(self._on_moving)
        model.started.connect(self._on_started)
        model.problem.connect(self._on_problem)
        model.said.connect(self._on_said)
        self._on_changed()
        self._on_judged()

    # -- making --------------------------------------------------------------------------

    def _make_actions(self) -> None:
        model = self.viewmodel
        self._controls = FlowRow(gap=10)
        self.discard_button = button("Throw away…", self._ask_discard, icon="trash-2")
        self.again_button = button("Plan the rest again", model.plan_again, icon="refresh-cw")
        self.use_button = primary_button("Use this plan", model.use, icon="check")
        self.sheets_button = primary_button("Pages for the pairs…", self.ask_where, icon="printer")
        for one in (
            glyph_button("chevron-left", "Earlier weeks", lambda: model.go(-1)),
            glyph_button("chevron-right", "Later weeks", lambda: model.go(1)),
            self.again_button,
            self.discard_button,
        ):
            self._controls.add(one)
        self.add_action(self.use_button)
        self.add_action(self.sheets_button)

    def _make_parts(self) -> None:
        model = self.viewmodel
        self.body.addWidget(self._controls)
        self.progress = ProgressPanel()
        self.body.addWidget(self.progress)
        self.make_button = primary_button("Make a plan", model.make, icon="play")
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
        self.table = PlanTable()
        self._framed = Panel(flush=True)
        self._framed.body.addWidget(self.table)
        column.addWidget(self._framed)
        self._legend = FlowRow(gap=16)
        self._legend.add(label("••• day and time, held in this file alone", "second", "text2"))
        self._legend.add(label("Enter opens a visit", "second", "text2"))
        column.addWidget(self._legend)
        column.addStretch(1)
        self.table.opened.connect(self._on_opened)
        self.table.asked.connect(self._on_asked)
        self.table.taken.connect(self._on_taken)
        self.table.over.connect(self._on_over)
        self.table.dropped.connect(self._on_dropped)
        self.table.let_go.connect(model.stop_moving)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._on_cursor())
        self._columns = Columns(main, self._make_side(), side_width=_SIDE)
        self.body.addWidget(self._columns)
        self.body.addStretch(1)

    def _make_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN_DOWN)
        self.suggestions = SuggestionsPanel()
        self.sayings = SayingsPanel(self._suggest_for, self.show_visit)
        self.foreseen = ForeseenPanel(self.viewmodel)
        self.outlook = OutlookPanel(self.viewmodel)
        self.spare = SparePanel()
        self.spare.wanted.connect(self.viewmodel.set_spare)
        for panel in (self.suggestions, self.foreseen, self.sayings, self.outlook, self.spare):
            column.addWidget(panel)
        column.addStretch(1)
        return side

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        model = self.viewmodel
        planned = model.is_planned
        self.set_title(model.title)
        self.set_facts(model.facts)
        self._empty.setVisible(not planned)
        for widget in (self._framed, self._legend, self.sayings, self.foreseen):
            widget.setVisible(planned)
        self.again_button.setVisible(planned)
        self.use_button.setVisible(planned and model.is_draft)
        self.discard_button.setVisible(planned and model.is_draft)
        self.sheets_button.setVisible(planned and not model.is_draft)
        here = self.table.visit()
        sheet = model.sheet
        words = {row.visit_id: model.pair_words(row) for row in sheet.rows}
        self.table.plan.show(sheet, words, model.moments, week_of(self.context.today()))
        if here is not None:
            self.table.go_to(here.visit_id)
        self.sayings.show_sayings(sheet.sayings, sheet.proven, sheet.redraws_left)
        self.spare.show_spare(model.spare_visits())

    def _on_judged(self) -> None:
        self.foreseen.show_judged()
        self.outlook.show_judged()

    def _on_started(self, job: Job, sentence: str) -> None:
        self.clear_banner("problem")
        self.progress.follow(job, sentence)
        self._let_plan(False)
        job.finished.connect(partial(self._let_plan, True))

    def _let_plan(self, on: bool) -> None:
        """While one plan is being made no other can be asked for."""
        for one in (self.make_button, self.again_button):
            one.setEnabled(on)

    def _on_problem(self, sentence: str) -> None:
        self.show_problem(BadInputError(sentence))

    def _on_said(self, sentence: str) -> None:
        self.clear_banner("problem")
        if "breaks something" in sentence:
            self.show_banner("warn", sentence, key="breaks", closes=True)
        else:
            self.clear_banner("breaks")
        self.context.say(sentence)

    # -- one visit -----------------------------------------------------------------------

    def _on_opened(self, row: PlannedRow) -> None:
        if self.viewmodel.moving is not None:
            self._put_down(row)
        else:
            self._pop_up(self.menu_of(row), row)

    def _pop_up(self, menu: QMenu, row: PlannedRow) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        place = self.table.visit_rect(row.visit_id).bottomLeft()
        menu.popup(self.table.viewport().mapToGlobal(place + QPoint(8, 2)))

    def menu_of(self, row: PlannedRow) -> QMenu:
        """What can be done with a visit."""
        model, menu = self.viewmodel, QMenu(self.table)
        if not model.may_change(row):
            menu_action(menu, "This visit is over and can’t be changed", lambda: None)
            return menu
        menu_action(menu, "Show day and time", partial(self.reveal, row), "D")
        menu_action(menu, "Copy day and time for a minute", partial(self.copy, row))
        pin = "Don’t keep any more" if row.is_pinned else "Keep when the rest is planned again"
        menu_action(menu, pin, partial(model.pin, row), "P")
        if len(row.pair) < 2:
            menu_action(menu, "Suggest somebody", partial(self.suggest, row, None), "S")
        for one in row.pair:
            name = model.short_name(one)
            menu.addSeparator()
            menu_action(menu, f"Move {name} to another visit", partial(self.begin_move, row, one))
            menu_action(menu, f"Somebody instead of {name}", partial(self.suggest, row, one))
            menu_action(menu, f"Take {name} out", partial(model.take_out, row, one))
        menu.addSeparator()
        menu_action(menu, "Cancel this visit…", partial(self._ask_cancel, row), "Del")
        return menu

    def _on_asked(self, row: PlannedRow, key: str) -> None:
        model = self.viewmodel
        if not model.may_change(row):
            self.context.say("This visit is over and can’t be changed.")
        elif key == "P":
            model.pin(row)
        elif key == "D":
            self.reveal(row)
        elif key == "S":
            self.suggest(row, None if len(row.pair) < 2 else row.pair[0])
        elif key == "M" and row.pair:
            self._pop_up(self.menu_to_move(row), row)
        elif key == "Delete":
            self._ask_cancel(row)

    def menu_to_move(self, row: PlannedRow) -> QMenu:
        """Whom to move."""
        menu = QMenu(self.table)
        for one in row.pair:
            name = self.viewmodel.short_name(one)
            menu_action(menu, f"Move {name} to another visit", partial(self.begin_move, row, one))
        return menu

    def reveal(self, row: PlannedRow) -> None:
        """Show a moment for 30 seconds."""
        try:
            self.viewmodel.reveal(row)
        except VisitAppError as error:
            self.show_problem(error)

    def copy(self, row: PlannedRow) -> None:
        """Copy a moment; it goes from the clipboard after a minute."""
        try:
            self._clipboard.copy(self.viewmodel.reveal(row))
        except VisitAppError as error:
            self.show_problem(error)
            return
        self.context.say("Day and time are copied, and go from the clipboard in a minute.")

    def suggest(self, row: PlannedRow, leaving: UUID | None) -> None:
        """Show who could go."""
        model = self.viewmodel
        self.suggestions.show_found(
            model.where(row),
            model.suggest(row, leaving),
            lambda person_id: model.put(row, person_id, leaving),
        )
        self.suggestions.close_button.setFocus()

    def _suggest_for(self, visit_id: UUID) -> None:
        row = self.viewmodel.sheet.row(visit_id)
        if row is not None:
            self.suggest(row, None if len(row.pair) < 2 else row.pair[0])

    def show_visit(self, visit_id: UUID) -> None:
        """Put the cursor on a visit."""
        self.table.go_to(visit_id)
        self.table.setFocus()

    # -- moving --------------------------------------------------------------------------

    def begin_move(self, row: PlannedRow, person_id: UUID) -> None:
        """Take somebody up."""
        self.viewmodel.begin_move(row, person_id)
        self.table.setFocus()

    def _on_moving(self) -> None:
        moving = self.viewmodel.moving
        if moving is None:
            self.clear_banner("moving")
            return
        name = self.viewmodel.sheet.names[moving.person_id]
        self.show_banner(
            "info",
            f"Moving {name}: go to another visit with the arrow keys and press Enter. Escape "
            "leaves everything as it is.",
            key="moving",
        )

    def _on_cursor(self) -> None:
        row = self.table.visit()
        if self.viewmodel.moving is not None and row is not None:
            self._tell_breaks(row, row.pair[1] if len(row.pair) > 1 else None)

    def _tell_breaks(self, row: PlannedRow, instead_of: UUID | None) -> None:
        model = self.viewmodel
        if model.moving is None or row.visit_id == model.moving.visit_id:
            return
        name = model.sheet.names[model.moving.person_id]
        place = f" in place of {model.short_name(instead_of)}" if instead_of else ""
        breaks = model.would_break(row, instead_of)
        said = " ".join(breaks) if breaks else "Nothing is broken by that."
        where = f"{name} to {model.where(row)}{place}."
        self.show_banner("warn" if breaks else "good", f"{where} {said}", key="moving")

    def _put_down(self, row: PlannedRow) -> None:
        if len(row.pair) < 2:
            self.viewmodel.finish_move(row, None)
            return
        self._pop_up(self.menu_to_put_down(row), row)

    def menu_to_put_down(self, row: PlannedRow) -> QMenu:
        """In whose place."""
        menu = QMenu(self.table)
        for one in row.pair:
            words = f"In place of {self.viewmodel.short_name(one)}"
            menu_action(menu, words, partial(self.viewmodel.finish_move, row, one))
        return menu

    def _on_taken(self, row: PlannedRow, place: int) -> None:
        if self.viewmodel.may_change(row) and row.pair:
            self.viewmodel.begin_move(row, row.pair[min(place, len(row.pair) - 1)])

    def _on_over(self, row: PlannedRow, place: int) -> None:
        self._tell_breaks(row, row.pair[place] if len(row.pair) > 1 else None)

    def _on_dropped(self, row: PlannedRow, place: int) -> None:
        moving = self.viewmodel.moving
        if moving is not None and row.visit_id != moving.visit_id:
            self.viewmodel.finish_move(row, row.pair[place] if len(row.pair) > 1 else None)

    # -- the whole -----------------------------------------------------------------------

    def _ask_cancel(self, row: PlannedRow) -> None:
        where = self.viewmodel.where(row)
        if SureDialog.ask(
            self,
            "Cancel this visit?",
            f"{where}. Where the week has no other visit, another is drawn for the days that "
            "are left.",
            f"Cancel the visit to {where.split(',')[0]}",
        ):
            self.viewmodel.cancel(row)

    def _ask_discard(self) -> None:
        if SureDialog.ask(
            self,
            "Throw this draft away?",
            "All its visits go. It counts as drawing these weeks anew, which may be done three "
            "times.",
            "Throw the draft away",
        ):
            self.viewmodel.discard()

    def ask_where(self) -> None:
        """Ask for a folder, and write the pages of the pairs there."""
        where = QFileDialog.getExistingDirectory(self, "A folder for the pages", str(Path.home()))
        if where:
            self.write_sheets(Path(where))

    def write_sheets(self, folder: Path) -> None:
        """Write one page for each visitor and visit: site, week and partner."""
        assignments, period = self.context.services.assignments, self.viewmodel.period
        job = self.context.jobs.run(
            lambda: assignments.write_sheets(period, folder),
            owner=self,
            done=lambda written: self.context.say(
                f"{len(written)} pages are written, one for each visitor and visit."
            ),
        )
        self.progress.follow(job, "Writing the pages")

    # -- of the frame --------------------------------------------------------------------

    def open_target(self, target: object) -> None:
        """A period whose weeks are to be shown."""
        if isinstance(target, Period):
            self.viewmodel.show_week(target)

    def place(self) -> object:
        """The weeks in sight."""
        return self.viewmodel.period

    def prepare_to_leave(self) -> None:
        """Nothing secret outlasts a lock."""
        self.viewmodel.hide_moments()
        self._clipboard.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves a move, or closes the suggestions."""
        if event.key() == Qt.Key.Key_Escape and self.viewmodel.moving is not None:
            self.viewmodel.stop_moving()
        elif event.key() == Qt.Key.Key_Escape and self.suggestions.isVisible():
            self.suggestions.hide()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.viewmodel.wake()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.viewmodel.sleep()
