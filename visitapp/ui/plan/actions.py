"""Actions on one visit of the plan, by menu, key or dragging."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu

from visitapp.domain.errors import BadInputError, VisitAppError
from visitapp.domain.plan.notice import SealedFile
from visitapp.domain.plan.planned import ONLY_THE_PAIR, Mode, PlannedRow
from visitapp.domain.text.wording import long_date
from visitapp.ui.context import Context
from visitapp.ui.export_place import ask_for_place
from visitapp.ui.plan.handing_out import CalendarDialog, ask_calendar, ask_folder
from visitapp.ui.plan.suggestions import SuggestionsPanel
from visitapp.ui.plan.table import PlanTable
from visitapp.ui.plan.viewmodel import PlanViewModel
from visitapp.ui.widgets.buttons import menu_action
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.progress import ProgressPanel
from visitapp.ui.widgets.scrolling import scroll_into_view
from visitapp.ui.widgets.secret_clipboard import SecretClipboard

_OF_MOMENTS = ("D", "C", "R")
"""Keys that show or change a day and time."""


class VisitActions(Page):
    """The part of the page that acts on the current visit."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Plan")
        self.viewmodel = PlanViewModel(context)
        self.follow(self.viewmodel)
        self.suggestions = SuggestionsPanel()
        self.progress = ProgressPanel()
        self._clipboard = SecretClipboard(self)
        self.table = self._make_table()

    def _make_table(self) -> PlanTable:
        table = PlanTable()
        table.opened.connect(self._on_opened)
        table.asked.connect(self._on_asked)
        table.taken.connect(self._on_taken)
        table.over.connect(self._on_over)
        table.dropped.connect(self._on_dropped)
        table.let_go.connect(self.viewmodel.stop_moving)
        table.selectionModel().currentChanged.connect(lambda *_: self._on_cursor())
        self.viewmodel.moving_changed.connect(self._on_moving)
        return table

    # -- one visit -----------------------------------------------------------------------

    def _on_opened(self, row: PlannedRow) -> None:
        if self.viewmodel.moving is not None:
            self._finish_move(row)
        else:
            self._pop_up(self.menu_of(row), row)

    def _pop_up(self, menu: QMenu, row: PlannedRow) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        if not menu.actions():
            menu_action(menu, "This visit has no visitors yet", lambda: None)
        menu.setActiveAction(menu.actions()[0])
        place = self.table.visit_rect(row.visit_id).bottomLeft()
        menu.popup(self.table.viewport().mapToGlobal(place + QPoint(8, 2)))

    def menu_of(self, row: PlannedRow) -> QMenu:
        """The menu of a visit."""
        viewmodel, menu = self.viewmodel, QMenu(self.table)
        if not viewmodel.may_change(row):
            menu_action(menu, "This visit is over and can’t be changed", lambda: None)
            return menu
        self._add_moment_actions(menu, row)
        pin = "Unpin" if row.is_pinned else "Pin (keep this visit when you replan)"
        menu_action(menu, pin, partial(viewmodel.pin, row), "P")
        if len(row.pair) < 2:
            menu_action(menu, "Suggest somebody", partial(self.suggest, row, None), "S")
        for person_id in row.pair:
            name = viewmodel.short_name(person_id)
            menu.addSeparator()
            move = partial(self.begin_move, row, person_id)
            menu_action(menu, f"Move {name} to another visit", move)
            menu_action(menu, f"Replace {name}", partial(self.suggest, row, person_id))
            menu_action(menu, f"Remove {name}", partial(viewmodel.remove_visitor, row, person_id))
        menu.addSeparator()
        if not viewmodel.is_draft and len(row.pair) == 2:
            menu_action(menu, "Pages for this pair…", partial(self.hand_out, row))
            menu_action(menu, "Record: the pair knows its week", partial(self._note_spoken, row))
        menu_action(menu, "Cancel this visit…", partial(self._ask_cancel, row), "Del")
        return menu

    def _add_moment_actions(self, menu: QMenu, row: PlannedRow) -> None:
        """What can be done with the day and time, or why nothing can."""
        if row.mode is Mode.PAIR_HELD:
            menu_action(menu, "Only the pair knows the day and time", lambda: None)
            return
        if row.visit_id in self.viewmodel.moments:
            mask = partial(self.viewmodel.mask, row.visit_id)
            menu_action(menu, "Hide day and time", mask, "D")
            menu_action(menu, "Choose day and time…", partial(self.choose, row), "C")
        else:
            menu_action(menu, "Show day and time", partial(self.reveal, row), "D")
        if row.is_by_hand:
            menu_action(menu, "Draw day and time again", partial(self._redraw, row), "R")
        menu_action(menu, "Copy day and time for a minute", partial(self.copy, row))

    def _on_asked(self, row: PlannedRow, key: str) -> None:
        acts: dict[str, Callable[[PlannedRow], object]] = {
            "P": self.viewmodel.pin,
            "D": self._show_or_hide,
            "C": self.choose,
            "R": self._redraw,
            "S": self._suggest,
            "M": lambda row: self._pop_up(self.menu_of_pair(row, "M"), row),
            "Delete": self._ask_cancel,
        }
        if row.mode is Mode.PAIR_HELD and key in _OF_MOMENTS:
            self.context.say(ONLY_THE_PAIR)
        elif self.viewmodel.may_change(row):
            acts[key](row)
        else:
            self.context.say("This visit is over and can’t be changed.")

    def menu_of_pair(self, row: PlannedRow, key: str) -> QMenu:
        """The menu of whom to move (M) or replace (S)."""
        menu = QMenu(self.table)
        for person_id in row.pair:
            name = self.viewmodel.short_name(person_id)
            if key == "M":
                move = partial(self.begin_move, row, person_id)
                menu_action(menu, f"Move {name} to another visit", move)
            else:
                menu_action(menu, f"Replace {name}", partial(self.suggest, row, person_id))
        return menu

    def _suggest(self, row: PlannedRow) -> None:
        if len(row.pair) < 2:
            self.suggest(row, None)
        else:
            self._pop_up(self.menu_of_pair(row, "S"), row)

    def reveal(self, row: PlannedRow) -> None:
        """Show the day and time for 30 seconds."""
        self.viewmodel.reveal(row)

    def _show_or_hide(self, row: PlannedRow) -> None:
        if row.visit_id in self.viewmodel.moments:
            self.viewmodel.mask(row.visit_id)
        else:
            self.reveal(row)

    def choose(self, row: PlannedRow) -> None:
        """Set the day and time by hand, while they are shown."""
        from visitapp.ui.plan.moment_dialog import MomentDialog

        viewmodel = self.viewmodel
        try:
            now = viewmodel.moment(row)
        except VisitAppError as error:
            self.show_problem(error)
            return
        days, keep = viewmodel.days_to_choose(row), partial(self._keep_chosen, row)
        if not days:
            self.show_problem(BadInputError(f"{viewmodel.where(row)}: no day is left to choose."))
            return
        MomentDialog.ask(self, viewmodel.where(row), days, now, keep)

    def _keep_chosen(self, row: PlannedRow, day: date, minute: int) -> None:
        self.viewmodel.choose_moment(row, day, minute)
        self.show_banner(
            "info",
            f"{self.viewmodel.where(row)}: day and time are chosen by hand.",
            [("Draw them again", partial(self._redraw, row))],
            key="chosen",
            closes=True,
        )

    def _redraw(self, row: PlannedRow) -> None:
        self.clear_banner("chosen")
        self.viewmodel.redraw(row)

    def copy(self, row: PlannedRow) -> None:
        """Copy the day and time; the clipboard is cleared after a minute."""
        if words := self.viewmodel.reveal(row):
            self._clipboard.copy(words)
            self.context.say(
                "Day and time copied. They will be removed from the clipboard in a minute."
            )

    # -- pages and calendar files --------------------------------------------------------

    def hand_out(self, row: PlannedRow | None = None) -> None:
        """Ask for a folder and write the pages of all visitors, or of one visit."""
        folder = ask_folder(self)
        if folder is not None:
            self.write_sheets(folder, row)

    def write_sheets(self, folder: Path, row: PlannedRow | None = None) -> None:
        """Write a page for each visitor: sites, weeks and partners."""
        assignments, period = self.context.services.assignments, self.viewmodel.period
        visit_id = None if row is None else row.visit_id
        job = self.context.jobs.run(
            lambda: assignments.write_sheets(period, folder, visit_id),
            owner=self,
            done=lambda written: self.context.say(
                f"{len(written)} pages saved, one for each visitor."
            ),
        )
        self.progress.follow(job, "Writing the pages")

    def write_sealed(self) -> None:
        """Ask for a folder, write the sealed sheets of all visitors, and show what opens each."""
        folder = ask_folder(self)
        if folder is None:
            return
        assignments, period = self.context.services.assignments, self.viewmodel.period
        job = self.context.jobs.run(
            lambda: assignments.write_sealed(period, folder),
            owner=self,
            done=self._on_sealed,
        )
        self.progress.follow(job, "Sealing the sheets")

    def _on_sealed(self, files: Sequence[SealedFile]) -> None:
        from visitapp.ui.plan.sealing import PassphrasesDialog

        PassphrasesDialog.show_over(self, files)

    def _note_spoken(self, row: PlannedRow) -> None:
        self.context.services.assignments.note_spoken(self.viewmodel.period, row.visit_id)
        self.context.say(f"Recorded: the pair knows of {self.viewmodel.where(row)}.")

    def show_given_out(self) -> None:
        """Show who was given what, and when."""
        from visitapp.ui.plan.given_out import GivenOutDialog

        assignments = self.context.services.assignments
        GivenOutDialog.ask(self, assignments.given_out(self.viewmodel.period))

    def save_rota(self) -> None:
        """Ask where to save the rota, and save it."""
        reports, period = self.context.services.reports, self.viewmodel.period
        name = f"Rota from {long_date(period.start)}.pdf"
        place = ask_for_place(self, name, "Save the rota", secret=True)
        if place is None:
            return
        job = self.context.jobs.run(
            lambda: reports.save_rota(period, place.path, force=place.may_replace),
            owner=self,
            done=lambda saved: self.context.say(f"The rota is saved as {saved.path.name}."),
        )
        self.progress.follow(job, "Writing the rota")

    def save_calendar(self) -> None:
        """Ask whose calendar file to save, what to include and where, and save it."""
        assignments, period = self.context.services.assignments, self.viewmodel.period
        chosen = CalendarDialog.ask(self, assignments.people(period))
        target = None if chosen is None else ask_calendar(self)
        if chosen is None or target is None:
            return
        person_id, site, partner = chosen
        try:
            assignments.write_calendar(person_id, period, target, site=site, partner=partner)
        except VisitAppError as error:
            self.show_problem(error)
        else:
            self.context.say(f"The calendar file is saved as {target.name}.")

    # -- substitutes ---------------------------------------------------------------------

    def suggest(self, row: PlannedRow, leaving: UUID | None) -> None:
        """Show who could take a place."""
        viewmodel = self.viewmodel
        self.suggestions.show_substitutes(
            viewmodel.where(row),
            viewmodel.suggest(row, leaving),
            partial(self._put, row, leaving),
        )
        self.suggestions.close_button.setFocus()
        scroll_into_view(self.suggestions)

    def _put(self, row: PlannedRow, leaving: UUID | None, person_id: UUID) -> None:
        self.viewmodel.put(row, person_id, leaving)
        self.show_visit(row.visit_id)

    def _suggest_for(self, visit_id: UUID) -> None:
        row = self.viewmodel.sheet.row(visit_id)
        if row is not None:
            self.show_visit(visit_id)
            self._suggest(row)

    def show_visit(self, visit_id: UUID) -> None:
        """Move the cursor to a visit."""
        self.table.go_to(visit_id)
        self.table.setFocus()
        self.table.show_cursor()

    # -- moving --------------------------------------------------------------------------

    def begin_move(self, row: PlannedRow, person_id: UUID) -> None:
        """Start moving a visitor to another visit."""
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
            f"Moving {name}: go to another visit with the arrow keys and press Enter. Press "
            "Escape to cancel.",
            key="moving",
            over=bool(self.table.dragged),
        )

    def _on_cursor(self) -> None:
        row = self.table.visit()
        if self.viewmodel.moving is not None and row is not None and not self.table.dragged:
            self._show_breaks(row, row.pair[1] if len(row.pair) > 1 else None)

    def _show_breaks(self, row: PlannedRow, instead_of: UUID | None) -> None:
        viewmodel = self.viewmodel
        if viewmodel.moving is None or row.visit_id == viewmodel.moving.visit_id:
            return
        name = viewmodel.sheet.names[viewmodel.moving.person_id]
        place = f" in place of {viewmodel.short_name(instead_of)}" if instead_of else ""
        breaks = viewmodel.would_break(row, instead_of)
        words = " ".join(breaks) if breaks else "This causes no problems."
        where = f"{name} to {viewmodel.where(row)}{place}."
        self.show_banner(
            "warn" if breaks else "good",
            f"{where} {words}",
            key="moving",
            over=bool(self.table.dragged),
        )

    def _finish_move(self, row: PlannedRow) -> None:
        if len(row.pair) < 2:
            self.viewmodel.finish_move(row, None)
            return
        self._pop_up(self.menu_to_replace(row), row)

    def menu_to_replace(self, row: PlannedRow) -> QMenu:
        """The menu of whom the moved visitor replaces."""
        menu = QMenu(self.table)
        for person_id in row.pair:
            words = f"In place of {self.viewmodel.short_name(person_id)}"
            menu_action(menu, words, partial(self.viewmodel.finish_move, row, person_id))
        return menu

    def _on_taken(self, row: PlannedRow, place: int) -> None:
        if self.viewmodel.may_change(row) and row.pair:
            person_id = row.pair[min(place, len(row.pair) - 1)]
            self.table.dragged = self.viewmodel.short_name(person_id)
            self.viewmodel.begin_move(row, person_id)

    def _on_over(self, row: PlannedRow, place: int) -> None:
        self._show_breaks(row, row.pair[place] if len(row.pair) > 1 else None)

    def _on_dropped(self, row: PlannedRow, place: int) -> None:
        moving = self.viewmodel.moving
        if moving is not None and row.visit_id != moving.visit_id:
            self.viewmodel.finish_move(row, row.pair[place] if len(row.pair) > 1 else None)

    def _ask_cancel(self, row: PlannedRow) -> None:
        where = self.viewmodel.where(row)
        if SureDialog.ask(
            self,
            "Cancel this visit?",
            f"{where}. If the week has no other visit, a new one is drawn from the days that "
            "are left; if none is, for later today, where two others can go in time. Otherwise "
            "the week has no visit. Let only the pair know: somebody who hears of it can expect "
            "the new visit on one of those days.",
            f"Cancel the visit to {self.viewmodel.site_name(row)}",
            "Keep the visit",
        ):
            self.viewmodel.cancel(row)
