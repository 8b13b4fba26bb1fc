"""The page Exchange: the folder at the top, reports at the left, one of them at the right."""

from uuid import UUID

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.exchange.confirming import Standing
from visitapp.domain.exchange.handing_over import InboxState
from visitapp.domain.text.wording import number_of
from visitapp.ui import window_dialogs
from visitapp.ui.context import Context
from visitapp.ui.exchange.detail import ExchangeDetail
from visitapp.ui.exchange.saving import SavingByHand
from visitapp.ui.exchange.tablemodel import ExchangeTableModel
from visitapp.ui.exchange.viewmodel import ExchangeViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.own_visits.panel import OwnVisitsPanel
from visitapp.ui.own_visits.viewmodel import OwnVisitsViewModel
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import ReasonDialog, SureDialog
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns
from visitapp.ui.widgets.shortcuts import add_shortcut
from visitapp.ui.widgets.table import TableWidget, framed
from visitapp.ui.widgets.table_cursor import go_to

_SIDE, _LEAST_ROWS, _ROW, _LEAST_DETAIL = 440, 4, 40, 300
_ROW_OF_OFFICE = 52
"""Two lines: who made the visit, the gravest issues and the warnings are read in the list."""
_OFFICE_WIDTHS = (158, 0, 62, 100, 144)
_VISITOR_WIDTHS = (170, 0, 310)
_EMPTY_OFFICE = (
    "Visitors who use visitapp on their own computer hand their reports over here. Invite "
    "somebody on the page People to begin."
)
_EMPTY_VISITOR = (
    "Your reports go to the office here, once you have joined your scheme by an invitation from "
    "your manager."
)


class ExchangeView(Page):
    """The office's inbox; in a visitor's copy, how far each report has come."""

    help_text = (
        "Messages between the office and its visitors go through a folder. Use one that is "
        "copied between your computers, or a memory stick. Nobody else can read a message, not "
        "even the people who run the folder.\n\nWithout a folder, press Save the message and "
        "attach the file to an email. The person who gets it chooses File, "
        "Open a message, or drags the file onto the window.\n\n"
        "A report is handed over as soon as it is locked. "
        "It counts once the office has accepted it. The office can send it back with a "
        "question: answer it here, or amend the report.\n\nThe other visitor of a visit "
        "can read the report on their own computer, once they have joined. They confirm it "
        "there, or say what is wrong.\n\nUse the arrow keys to move in the "
        "list and Tab to go to the report. F5 exchanges messages now."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Exchange")
        self.viewmodel = ExchangeViewModel(context)
        self.follow(self.viewmodel)
        self._saving = SavingByHand(self, context)
        self.folder_button = button("Choose a folder…", self.ask_folder, icon="folder-open")
        self.save_button = button("Save the message…", self._saving.save, icon="save")
        self.bring_button = button("Bring earlier reports…", self.bring, icon="download")
        self.now_button = button("Exchange now", self.viewmodel.exchange_now, icon="refresh-cw")
        self.add_action(self.folder_button)
        self.add_action(self.save_button)
        self.add_action(self.bring_button)
        self.add_action(self.now_button)
        self.state = label("", "second", "text2", wrap=True)
        self.body.addWidget(self.state)
        self.refused = label("", "second", "text2", wrap=True)
        self.body.addWidget(self.refused)
        self.detail = ExchangeDetail(self.viewmodel)
        fit(self.detail, least_height=_LEAST_DETAIL)
        self._columns = Columns(
            self._make_main(), self.detail, side_width=_SIDE, least_main=520, is_side_full=True
        )
        if not self.viewmodel.is_office:
            own_visits_viewmodel = OwnVisitsViewModel(context)
            own_visits_viewmodel.problem.connect(self.on_problem)
            self.own_visits = OwnVisitsPanel(own_visits_viewmodel)
            self.body.addWidget(self.own_visits)
        self.body.addWidget(self._columns, 1)
        words = _EMPTY_OFFICE if self.viewmodel.is_office else _EMPTY_VISITOR
        self._empty = EmptyState("send", words)
        self.body.addWidget(self._empty)
        self._make_foot()
        add_shortcut(self, "F5", self.viewmodel.exchange_now)
        self.viewmodel.changed.connect(self._on_changed)
        self.viewmodel.shown.connect(self._on_shown)
        self.viewmodel.done.connect(context.say)
        self._on_changed()
        if context.preferences.settings.begun_file and self.bring_button.isVisibleTo(self):
            from visitapp.ui.bringing.dialog import offer

            offer(self, context)

    def _make_main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.tablemodel = ExchangeTableModel(self.viewmodel.heads(), self)
        name = "Inbox" if self.viewmodel.is_office else "Your reports"
        self.table = TableWidget(name, self.tablemodel)
        widths = _OFFICE_WIDTHS if self.viewmodel.is_office else _VISITOR_WIDTHS
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.set_widths(*widths)
        if self.viewmodel.is_office:
            self.table.set_row_height(_ROW_OF_OFFICE)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        fit(self.table, least_height=_ROW * _LEAST_ROWS + 40)
        self._framed = framed(self.table)
        column.addWidget(self._framed, 1)
        nothing = (
            "No report waits for you."
            if self.viewmodel.is_office
            else "You have not locked a report yet."
        )
        self._nothing = label(nothing, "lead", "text2", wrap=True)
        column.addWidget(self._nothing)
        return main

    def _make_foot(self) -> None:
        self.accept_button = primary_button("Accept", self.viewmodel.accept, icon="check")
        self.accept_all_button = button("Accept all without warnings", self.accept_all)
        self.ask_button = button("Ask a question…", self.ask, icon="message-square")
        self.theirs_button = button("Take the visitor’s edition…", self.take_theirs)
        self.ours_button = button("Keep the office’s edition", self.viewmodel.keep_ours)
        self.note_button = primary_button("Seen to", self.viewmodel.note, icon="check")
        self.confirm_button = primary_button("Confirm", self.viewmodel.confirm, icon="check")
        self.wrong_button = button("Something is wrong…", self.dispute, icon="message-square")
        self.answer_button = primary_button("Answer…", self.answer, icon="message-square")
        self.set_foot(
            self.accept_all_button,
            None,
            self.wrong_button,
            self.confirm_button,
            self.note_button,
            self.answer_button,
            self.ask_button,
            self.ours_button,
            self.theirs_button,
            self.accept_button,
        )

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel = self.viewmodel
        self.set_facts("" if viewmodel.folder is None else f"Folder: {viewmodel.folder}")
        self.now_button.setVisible(viewmodel.folder is not None)
        self.folder_button.setVisible(viewmodel.takes_part)
        self.save_button.setVisible(viewmodel.takes_part)
        self.bring_button.setVisible(viewmodel.takes_part and not viewmodel.is_office)
        self.state.setText(viewmodel.state_words())
        self.state.setVisible(viewmodel.takes_part)
        refused = viewmodel.refused()
        self.refused.setText(
            "\n".join(["These files were not taken in:", *refused]) if refused else ""
        )
        self.refused.setVisible(bool(refused))
        rows = viewmodel.rows()
        self._columns.setVisible(viewmodel.takes_part or bool(rows))
        self._empty.setVisible(not viewmodel.takes_part and not rows)
        self.tablemodel.show(rows)
        self._framed.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._choose(viewmodel.chosen)
        self._on_shown()

    def _choose(self, report_id: UUID | None) -> None:
        """Put the cursor on a report, or on the first where it is not in the list."""
        if not self.tablemodel.rowCount():
            self.viewmodel.choose(None)
            return
        go_to(self.table, self.tablemodel.row_of(report_id) or 0)
        self._on_row()

    def _on_row(self) -> None:
        self.viewmodel.choose(self.tablemodel.at(self.table.currentIndex()))

    def _on_shown(self) -> None:
        viewmodel = self.viewmodel
        self.detail.show_report()
        line, partner = viewmodel.line, viewmodel.partner
        is_open = line is not None and line.state in (InboxState.WAITING, InboxState.ASKED)
        is_both = is_open and line is not None and line.is_amended_here
        can_answer = partner is not None and partner.standing is not Standing.WITHDRAWN
        self.accept_button.setVisible(is_open and not is_both)
        self.ask_button.setVisible(is_open)
        self.theirs_button.setVisible(is_both)
        self.ours_button.setVisible(is_both)
        self.note_button.setVisible(line is not None and not is_open)
        self.answer_button.setVisible(viewmodel.can_answer)
        self.confirm_button.setVisible(can_answer)
        self.confirm_button.setEnabled(
            partner is not None and partner.standing is not Standing.CONFIRMED
        )
        self.wrong_button.setVisible(can_answer)
        self.accept_all_button.setVisible(len(viewmodel.plain_lines()) > 1)
        foot = self.accept_button.parentWidget()
        if foot is not None:
            foot.setVisible(line is not None or viewmodel.can_answer or can_answer)

    # -- doing ---------------------------------------------------------------------------

    def ask_folder(self) -> None:
        """Ask for the folder of exchange."""
        is_stalled = self.viewmodel.state.is_stalled  # the dialog would wait for it
        start = None if is_stalled else self.viewmodel.folder
        folder = window_dialogs.ask_exchange_folder(self, start)
        if folder is not None:
            self.viewmodel.choose_folder(folder)

    def bring(self) -> None:
        """Bring reports from a file that was begun before joining."""
        from visitapp.ui.bringing.dialog import bring_reports

        bring_reports(self, self.context)

    def ask(self) -> None:
        """Send the report back with a question."""
        line = self.viewmodel.line
        if line is None:
            return
        question = ReasonDialog.ask(
            self,
            f"Ask about {line.ref}",
            "The visitor can answer in words, or amend the report. It doesn’t count until then.",
            "Send the question",
            self.viewmodel.look_at,
            "Question",
        )
        if question is not None:
            self.viewmodel.ask(question)

    def answer(self) -> None:
        """Answer the office's question."""
        state = self.viewmodel.handover
        if state is None:
            return
        words = ReasonDialog.ask(
            self,
            "Answer the office",
            state.question,
            "Send the answer",
            self.viewmodel.look_at,
            "Answer",
        )
        if words is not None:
            self.viewmodel.answer(words)

    def dispute(self) -> None:
        """Say what is wrong with the report of another visitor."""
        reading = self.viewmodel.partner
        if reading is None:
            return
        words = ReasonDialog.ask(
            self,
            f"What is wrong with {reading.edition.ref}?",
            "The office looks at it. The report stays as it is until its writer changes it.",
            "Send it to the office",
            self.viewmodel.look_at,
            "What is wrong",
        )
        if words is not None:
            self.viewmodel.dispute(words)

    def take_theirs(self) -> None:
        """Count the visitor's edition in the place of the office's."""
        line = self.viewmodel.line
        if line is None:
            return
        SureDialog.ask_before(
            self,
            f"Take the visitor’s edition of {line.ref}?",
            "It becomes the next edition and counts from now on. The office’s edition stays "
            "readable.",
            "Take the visitor’s edition",
            self._take_theirs,
        )

    def _take_theirs(self) -> None:
        self.viewmodel.accept(instead=True)

    def accept_all(self) -> None:
        """Accept the reports without allegation or warning."""
        number = len(self.viewmodel.plain_lines())
        SureDialog.ask_before(
            self,
            f"Accept {number_of(number, 'report')}?",
            "These reports have no allegation and no warning. They count from now on.",
            f"Accept {number_of(number, 'report')}",
            self.viewmodel.accept_all,
        )

    # -- of the frame --------------------------------------------------------------------

    def open_target(self, target: object) -> None:
        """A report's id."""
        if isinstance(target, UUID):
            self._choose(target)

    def place(self) -> object:
        """The report in sight."""
        return self.viewmodel.chosen

    def showEvent(self, event: QShowEvent) -> None:
        """The cursor stands in the list."""
        super().showEvent(event)
        if self.tablemodel.rowCount():
            self.table.setFocus()
        else:
            (self.now_button if self.now_button.isVisible() else self.folder_button).setFocus()
