"""The page Visits: the list, one visit, and questions about reports of the same visit."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt

from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.scheme import Role
from visitapp.domain.reading.report_lines import by_whom, heading
from visitapp.domain.report.visit_codes import State
from visitapp.domain.text.wording import number_of
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.visits.compare import CompareView
from visitapp.ui.visits.copies import CopiesDialog
from visitapp.ui.visits.detail import DetailView, state_tags
from visitapp.ui.visits.list_view import ListView
from visitapp.ui.visits.same_visit import SameVisitView
from visitapp.ui.visits.viewmodel import VisitsViewModel
from visitapp.ui.visits.withdrawing import SignedReasonDialog
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import ReasonDialog
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.shortcuts import add_shortcut


class VisitsView(Page):
    """A target is the id of a visit, or a VisitQuery to list."""

    help_text = (
        "All signed and imported visits. Press Ctrl+F to search for words, people, sites or "
        "references, then Enter to go to the results. You can also choose scheme, sites, days "
        "and state. Press Enter to open a visit, Up and Down to move from line to line in it, "
        "and Escape to go back to the list.\n\nA signed report never changes. Amend starts a new "
        "version with the same answers. It replaces the old version when both visitors have "
        "confirmed it. Compare versions shows both, and what changed. Withdraw removes a visit "
        "from all figures, and Put back counts it again. You must give a reason for each, and "
        "you can still read the old report. Copies are PDFs that contain only what each "
        "recipient may see.\n\nIf two reports for a site overlap in time, we ask whether they "
        "are reports of the same visit."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Visits", scrolls=False)
        self.viewmodel = VisitsViewModel(context)
        self.follow(self.viewmodel)
        self._is_deciding = False
        manages = self._manages = context.services.access.actor.role is Role.MANAGER
        self.list = ListView(
            self.viewmodel,
            partial(context.go, "imports") if manages else None,
        )
        self.detail = DetailView(self.open_visit)
        self.compare = CompareView()
        self._compares = False
        self.same = SameVisitView(self.viewmodel.decide_same, self.open_visit)
        for widget in (self.list, self.detail, self.compare, self.same):
            self.body.addWidget(widget, 1)
        self.log_button = primary_button(
            "Log a visit", partial(context.go, "log"), icon="square-pen", shortcut="Ctrl+N"
        )
        self.briefing_button = button(
            "Briefing", partial(context.go, "briefing"), icon="list-checks", shortcut="Ctrl+Shift+B"
        )
        self._tags = FlowRow(gap=8)
        self.copies_button = button("Copies\u2026", self.show_copies, icon="copy")
        self.amend_button = button("Amend\u2026", self._on_amend, icon="history")
        self.compare_button = button("Compare versions", self._on_compare, icon="eye")
        self.withdraw_button = button("Withdraw\u2026", self._on_withdraw, icon="ban")
        self.put_back_button = button("Put back\u2026", self._on_put_back, icon="undo-2")
        for action in (
            self.briefing_button,
            self.log_button,
            self._tags,
            self.compare_button,
            self.copies_button,
            self.amend_button,
            self.withdraw_button,
            self.put_back_button,
        ):
            self.add_action(action)
        self.back = button("All visits", self.show_list, icon="arrow-left")
        self.both = button("These are two visits: keep both", self._on_both)
        self.set_foot(self.back, None, self.both)
        self.list.visit_chosen.connect(self.open_visit)
        self.list.draft_chosen.connect(partial(context.go, "log"))
        self.viewmodel.listed.connect(self._show)
        self.viewmodel.opened.connect(self._on_opened)
        self.viewmodel.decided.connect(self._take_cursor)
        self.viewmodel.asked.connect(self._on_asked)
        add_shortcut(self, "Escape", self.show_list)
        self._on_asked()
        self._show()

    # Navigation

    def open_target(self, target: object) -> None:
        """Show a visit, or list the visits of a query."""
        if isinstance(target, VisitQuery):
            self._is_deciding = False
            self.viewmodel.show_query(target)
            self._show()
            self.list.start()
        elif isinstance(target, UUID):
            self.open_visit(target)

    def show_top(self) -> None:
        """Show the list: the user asked for the page while a report was open."""
        self._compares = self._is_deciding = False
        if self.viewmodel.visit is not None:
            self.show_list()

    def place(self) -> object:
        """The id of the visit shown."""
        return None if self.viewmodel.visit is None else self.viewmodel.visit.visit.id

    def start_search(self) -> None:
        """Move the cursor to the list's search."""
        self.show_list()
        self.list.search.start()

    def open_visit(self, visit_id: UUID) -> None:
        """Show a visit."""
        self.viewmodel.open(visit_id)

    def show_list(self) -> None:
        """Return to the list, at the visit that was shown; or to the question that it was opened
        from."""
        visit = self.viewmodel.visit
        if visit is not None and self._compares:
            self._compares = False
            self._show()
            self.compare_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif visit is not None:
            self.viewmodel.close()
            self.list.choose_row(visit.visit.id)
        else:
            self._is_deciding = False
            self._show()
        self._take_cursor()

    def _take_cursor(self) -> None:
        if self.list.isVisible():
            self.list.start()
        elif self.same.isVisible():
            self.same.take_cursor()

    # What is shown

    def _on_opened(self) -> None:
        self._compares = False
        if self.viewmodel.visit is not None:
            self.clear_banner("problem")
            self.detail.show_visit(self.viewmodel.visit)
        self._show()
        self._warn_of_copies()
        self._ask_about_refusal()
        if self.viewmodel.visit is not None:
            self.detail.take_cursor()

    def _on_asked(self) -> None:
        questions = self.viewmodel.questions
        if not questions:
            self._is_deciding = False
            self.clear_banner("same")
        elif self._is_deciding:
            self._show_question()
        self._show()

    def _show(self) -> None:
        opened = self.viewmodel.visit
        asks = opened is None and self._is_deciding
        compares = opened is not None and self._compares
        self.detail.setVisible(opened is not None and not compares)
        self.compare.setVisible(compares)
        self.same.setVisible(asks)
        self.list.setVisible(opened is None and not asks)
        for widget in (
            self._tags,
            self.copies_button,
            self.amend_button,
            self.withdraw_button,
            self.put_back_button,
        ):
            widget.setVisible(opened is not None and not compares)
        self.compare_button.setVisible(False)
        self.log_button.setVisible(opened is None and not asks)
        self.briefing_button.setVisible(opened is None and not asks)
        assert self._foot is not None
        self._foot.setVisible(opened is not None or asks)
        self.both.setVisible(asks)
        back = "Back to the question" if self._is_deciding and opened else "All visits"
        self.back.setText("Back to the report" if compares else back)
        self._show_question_banner(wanted=opened is None and not asks)
        if opened is not None:
            self._show_head()
        elif asks:
            self.set_title("The same visit?")
            self.set_facts("")
        else:
            self.set_title("Visits")
            self.set_facts(self._list_facts())

    def _show_head(self) -> None:
        opened = self.viewmodel.visit
        assert opened is not None
        visit = opened.visit
        self.set_title(f"{visit.ref}: {heading(visit, opened.about)}")
        self.set_facts(by_whom(visit, opened.about))
        self._tags.clear()
        for tag in state_tags(opened):
            self._tags.add(tag)
        if self._compares:
            return
        is_locked = visit.state is State.LOCKED
        self.compare_button.setVisible(bool(opened.replaces or opened.replaced_by))
        self.copies_button.setVisible(is_locked)
        self.amend_button.setVisible(is_locked)
        self.withdraw_button.setVisible(is_locked)
        self.put_back_button.setVisible(not is_locked and not opened.why_not_back)

    def _list_facts(self) -> str:
        if self.viewmodel.shows_drafts:
            drafts = self.viewmodel.draft_tablemodel.rowCount()
            return number_of(drafts, "draft")
        total = self.viewmodel.tablemodel.total
        kept = self.viewmodel.kept_at_office
        if not kept:
            return number_of(total, "visit")
        reports = number_of(kept, "report is", "reports are")
        return f"{number_of(total, 'visit')}, and {reports} kept at the office alone"

    def _show_question_banner(self, *, wanted: bool) -> None:
        questions = self.viewmodel.questions
        if not wanted or not questions or not self._manages:  # keeping only one withdraws the other
            self.clear_banner("same")
            return
        first, second = questions[0]
        words = f"{first.ref} and {second.ref} may be reports of the same visit."
        if len(questions) > 1:
            words = f"{len(questions)} pairs of reports may each be about the same visit."
        shown = [banner.sentence for banner in self.banners()]
        if words not in shown:
            self.show_banner("warn", words, [("Decide", self._on_decide)], key="same")

    def _show_question(self) -> None:
        rows = self.viewmodel.questions[0]
        count = len(self.viewmodel.questions)
        try:
            visits = self.viewmodel.pair(rows)
        except VisitAppError as error:
            self.show_problem(error)
            return
        self.same.show_question(rows, visits, f"1 of {count}. " if count > 1 else "")

    def _warn_of_copies(self) -> None:
        """Remind the user of a copy that the law requires."""
        self.clear_banner("copies")
        opened = self.viewmodel.visit
        if opened is not None and opened.visit.state is State.LOCKED:
            for sentence in self.context.services.copies.warnings(opened.visit.id):
                action = ("Copies\u2026", self.show_copies)
                self.show_banner("warn", sentence, [action], key="copies")

    def _ask_about_refusal(self) -> None:
        """Ask the manager what was done about a refusal of entry."""
        self.clear_banner("refusal")
        opened = self.viewmodel.visit
        if opened is not None and opened.asks_about_refusal and self._manages:
            action = ("Say what was done\u2026", self._on_refusal)
            sentence = "Visitors were refused entry. Nobody has said what was done about it yet."
            self.show_banner("warn", sentence, [action], key="refusal")

    # Actions

    def _on_refusal(self) -> None:
        words = self._ask(
            "Save",
            "What did the force answer, and what was agreed? It is saved with the report, and "
            "printed in the annual report. It can’t be changed afterwards. No names.",
            "What was done about the refusal?",
            "What was done",
        )
        if words is not None:
            self.viewmodel.say_what_was_done(words)

    def show_copies(self) -> None:
        """Show who gets a copy of the open report, and which were made."""
        opened = self.viewmodel.visit
        if opened is not None:
            CopiesDialog.ask(self, self.context, opened.visit)
            self._warn_of_copies()

    def _on_decide(self) -> None:
        self._is_deciding = True
        self._show_question()
        self._show()
        self.same.take_cursor()

    def _on_both(self) -> None:
        first, second = self.viewmodel.questions[0]
        self.viewmodel.decide_same(first.id, second.id, None)

    def _on_withdraw(self) -> None:
        self._with_names(
            "Withdraw",
            "It will no longer count in any figures. You can still read it, with your reason, "
            "and put it back.",
            self.viewmodel.withdraw,
        )

    def _on_put_back(self) -> None:
        self._with_names(
            "Put back",
            "It will count in all figures again. Its history will show when and why it was "
            "withdrawn, and your reason.",
            self.viewmodel.put_back,
        )

    def _with_names(
        self, action: str, sentence: str, act: Callable[[str, Sequence[str]], object]
    ) -> None:
        """Ask for a reason and, in a visitor's copy, for the names of all who signed; then do
        it."""
        try:
            names = self.viewmodel.names_needed()
        except VisitAppError as error:
            self.show_problem(error)
            return
        opened = self.viewmodel.visit
        if not names or opened is None:
            reason = self._ask(action, sentence)
            answer: tuple[str, list[str]] | None = None if reason is None else (reason, [])
        else:
            title = f"{action} {opened.visit.ref}?"
            sentence += " Visits are reported in pairs, so each of you types your full name."
            look_at = self.context.services.privacy.look_at
            answer = SignedReasonDialog.ask_all(self, title, sentence, action, look_at, names)
        if answer is not None:
            act(*answer)

    def _on_compare(self) -> None:
        if self.viewmodel.visit is not None:
            self.compare.show_versions(self.viewmodel.visit)
            self._compares = True
            self._show()
            self.compare.which.setFocus(Qt.FocusReason.OtherFocusReason)
            self.compare.which.segments()[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_amend(self) -> None:
        reason = self._ask(
            "Amend",
            "This starts a new version with the same answers. The current version counts until "
            "both visitors confirm the new one. You can still read both, with your reason.",
        )
        if reason is not None:
            self.viewmodel.amend(reason)

    def _ask(self, action: str, sentence: str, title: str = "", what: str = "Reason") -> str | None:
        opened = self.viewmodel.visit
        if opened is None:
            return None
        look_at = self.context.services.privacy.look_at
        title = title or f"{action} {opened.visit.ref}?"
        return ReasonDialog.ask(self, title, sentence, action, look_at, what)
