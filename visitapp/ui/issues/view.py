"""The page Issues: what visits raised, oldest first, and what was done about it."""

from uuid import UUID

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.following.issue_query import IssueStanding
from visitapp.domain.following.issue_steps import RESPONSE
from visitapp.domain.text.wording import out_of
from visitapp.ui.context import REMINDER, Context
from visitapp.ui.issues.delegate import IssueDelegate
from visitapp.ui.issues.detail import IssueDetail
from visitapp.ui.issues.documents import IssueDocumentsPage
from visitapp.ui.issues.outcomes import OutcomesDialog
from visitapp.ui.issues.recently_closed import RecentlyClosed
from visitapp.ui.issues.tablemodel import DAYS, IssueTableModel
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import SAVING
from visitapp.ui.widgets.panel import Columns
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.scrolling import scroll_into_view
from visitapp.ui.widgets.search_field import SearchField
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.shortcuts import add_shortcut
from visitapp.ui.widgets.table import TableWidget, framed
from visitapp.ui.widgets.table_cursor import go_to_id

_SIDE, _ROW, _LEAST_ROWS = 458, 54, 4
_FILTER = 206
"""Three stand beside each other in the narrowest window with two columns."""
_WIDTHS = (0, 104, 148, 118)
_WORDS = {
    IssueStanding.OPEN: "Open",
    IssueStanding.CLOSED: "Closed",
    IssueStanding.ALL: "All",
    IssueStanding.POSITIVE: "Good findings",
}
_NONE = {
    IssueStanding.OPEN: "No open issues match.",
    IssueStanding.CLOSED: "No closed issues match.",
    IssueStanding.ALL: "No issues match. Try another site or search.",
    IssueStanding.POSITIVE: "No good findings match.",
}


class IssuesView(IssueDocumentsPage):
    """The list on the left, one issue on the right."""

    help_text = (
        "Issues raised at visits, oldest first, with how many days each has been open and the "
        "scheme’s limit. Good findings are listed separately, so that you can thank the "
        "staff.\n\nUse the arrow keys to move in the list. Press Enter to write the response and "
        "Escape to go back. Write what the force said, choose an outcome, and record it "
        "(Ctrl+Enter). You can only close an issue with a response from the force or a "
        "reason.\n\nWe save what you type for each issue while the file is open. If another "
        "program changes something you recorded, “visitapp check” will say so."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.follow(self.viewmodel)
        self._chosen: UUID | None = None
        self.outcomes_button = button(
            "You said, we did\u2026", self.show_outcomes, icon="messages-square"
        )
        self.add_action(self.outcomes_button)
        self.detail = IssueDetail(self.viewmodel, self._go_to_visit)
        self.form = self.detail.form
        self._columns = Columns(self._make_main(), self.detail, side_width=_SIDE, least_main=520)
        self.body.addWidget(self._columns, 1)
        self._empty = EmptyState(
            "flag",
            "This page will show issues raised at visits and how long they have waited for an "
            "answer. You add an issue in the report of a visit.",
        )
        self.body.addWidget(self._empty)
        self.record_button = primary_button("Record the response", self.record)
        self.record_button.setToolTip("Ctrl+Enter")
        self.set_foot(self.form.reason, None, self.record_button)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            add_shortcut(self, keys, self.record)
        add_shortcut(self, "Escape", self._back_to_list)
        self.viewmodel.changed.connect(self._on_changed)
        self.viewmodel.shown.connect(self._on_shown)
        self.viewmodel.recorded.connect(context.say)
        self.viewmodel.keeper.saved.connect(self._on_saved)
        self.viewmodel.keeper.failed.connect(self._on_not_saved)
        self.form.outcome_changed.connect(self._name_action)
        self._on_changed()

    # -- layout --------------------------------------------------------------------------

    def _make_main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._make_filters())
        self.tablemodel = IssueTableModel(self)
        self.table = TableWidget("Issues", self.tablemodel)
        self.table.setItemDelegate(IssueDelegate(self.table))
        self.table.set_row_height(_ROW)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.set_widths(*_WIDTHS)
        self.table.activated.connect(lambda _: self.start_response())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        fit(self.table, least_height=_ROW * _LEAST_ROWS + 40)
        self._framed = framed(self.table)
        column.addWidget(self._framed, 1)
        self._nothing = label("", "lead", "text2", wrap=True)
        column.addWidget(self._nothing)
        self.recently_closed = RecentlyClosed(self.show_issue)
        column.addWidget(self.recently_closed)
        return main

    def _make_filters(self) -> QWidget:
        self.search = SearchField("Find an issue")
        fit(self.search, least_width=170)
        self.search.textChanged.connect(self.viewmodel.search)
        self.site = Picker("Site", placeholder="All sites", width=160)
        self.site.chosen.connect(self.viewmodel.choose_site)
        self.category = Picker("Category", placeholder="All categories", width=190)
        self.category.chosen.connect(self.viewmodel.choose_category)
        self.severity = Picker("How serious", placeholder="Any severity", width=170)
        self.severity.chosen.connect(self.viewmodel.choose_severity)
        for picker in (self.site, self.category, self.severity):
            fit(picker, most_width=_FILTER)
        self.standing = Segmented("Which issues", list(_WORDS.items()))
        self.standing.set_key(self.viewmodel.query.standing)
        self.standing.chosen.connect(self._on_standing)
        row = FlowRow(gap=10)
        for widget in (self.standing, self.search, self.site, self.category, self.severity):
            row.add(widget)
        return row

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel = self.viewmodel
        anything = viewmodel.has_any
        self.set_facts(viewmodel.facts if anything else "")
        self.outcomes_button.setVisible(anything)
        self.show_documents(anything=anything)
        self._columns.setVisible(anything)
        self._empty.setVisible(not anything)
        for standing, word in _WORDS.items():
            self.standing.set_word(standing, f"{word} {viewmodel.page.numbers[standing]:,}")
        for picker, choices in (
            (self.site, viewmodel.sites()),
            (self.category, viewmodel.categories()),
            (self.severity, viewmodel.severities()),
        ):
            if picker.count() != len(choices):
                picker.set_choices(choices)
        standing = viewmodel.query.standing
        self.tablemodel.show(viewmodel.page.lines, self._heads(standing))
        self.table.setColumnHidden(DAYS, standing is IssueStanding.POSITIVE)
        self._nothing.setText("" if viewmodel.page.lines else _NONE[standing])
        self._nothing.setVisible(not viewmodel.page.lines)
        self._framed.setVisible(bool(viewmodel.page.lines))
        is_open = standing is IssueStanding.OPEN
        self.recently_closed.show_lines(
            viewmodel.recently_closed.lines if is_open else (), viewmodel.recently_closed.total
        )
        self._choose(self._chosen)

    def _heads(self, standing: IssueStanding) -> tuple[str, str, str, str]:
        viewmodel = self.viewmodel
        first = {
            IssueStanding.OPEN: "Open, oldest first",
            IssueStanding.CLOSED: "Closed, newest first",
            IssueStanding.ALL: "All issues, oldest first",
            IssueStanding.POSITIVE: "Good findings, newest first",
        }[standing]
        shown = len(viewmodel.page.lines)
        if shown < viewmodel.page.total:
            first = f"{first}: {out_of(shown, viewmodel.page.total)}"
        limit = (
            f", limit {viewmodel.limit}"
            if viewmodel.limit and standing is not IssueStanding.CLOSED
            else ""
        )
        days = "Closed" if standing is IssueStanding.CLOSED else f"Days open{limit}"
        return (first, "Raised", days, "State")

    def _choose(self, issue_id: UUID | None) -> None:
        """Move the cursor to an issue, or to the first if it isn't listed."""
        is_listed = issue_id is not None and self.tablemodel.row_of(issue_id) is not None
        if issue_id is not None and not is_listed and self._is_shown_alone(issue_id):
            return
        if go_to_id(self.table, issue_id, or_first=True):
            self._on_row()
        else:
            self._chosen = None
            self.viewmodel.show(None)

    def _is_shown_alone(self, issue_id: UUID) -> bool:
        """Whether the shown issue isn't in the list: recently closed, or opened from another
        page."""
        file = self.viewmodel.file
        return file is not None and file.line.issue.id == issue_id and not file.line.is_open

    def _on_row(self) -> None:
        line = self.tablemodel.at(self.table.currentIndex())
        if line is not None and (self._chosen != line.issue.id or self.viewmodel.file is None):
            self._chosen = line.issue.id
            self.viewmodel.show(line.issue.id)

    def _on_shown(self) -> None:
        foot = self.record_button.parentWidget()
        if foot is not None:
            foot.setVisible(not self.form.isHidden() and not self.detail.isHidden())
        self._name_action()

    def _name_action(self) -> None:
        key = self.form.outcome.key()
        self.record_button.setText("Record the response" if key == RESPONSE else "Record it")

    def _on_standing(self, standing: object) -> None:
        self._chosen = None
        if isinstance(standing, IssueStanding):
            self.viewmodel.choose_standing(standing)

    # -- actions -------------------------------------------------------------------------

    def show_issue(self, issue_id: UUID) -> None:
        """Show an issue, whatever the filters."""
        if self.tablemodel.row_of(issue_id) is not None:
            self._choose(issue_id)
            return
        self._chosen = issue_id
        self.table.clearSelection()
        self.viewmodel.show(issue_id)
        scroll_into_view(self.detail)

    def start_response(self) -> None:
        """Move the cursor to the response."""
        if not self.form.isHidden():
            self.form.start()
            scroll_into_view(self.form.words)

    def record(self) -> None:
        """Record the response, and move on to the next one."""
        if not self.form.isHidden() and self.form.record():
            self.start_response()

    def show_outcomes(self) -> None:
        """Show `You said, we did`."""
        OutcomesDialog.ask(self, self.viewmodel.outcomes())

    def _go_to_visit(self) -> None:
        if self.viewmodel.file is not None:
            self.context.go("visits", self.viewmodel.file.line.visit_id)

    def _back_to_list(self) -> None:
        if self.search.hasFocus():
            self.search.clear()
        self.table.setFocus()
        scroll_into_view(self.standing)

    def _on_saved(self) -> None:
        self.clear_banner(SAVING)

    def _on_not_saved(self, sentence: str) -> None:
        self.show_not_saved(sentence, self.viewmodel.keeper.flush)

    # -- called by the window ------------------------------------------------------------

    def prepare_to_leave(self) -> str:
        """Keep what was typed for each issue, for after the lock."""
        self.form.keep()
        keeper, kept = self.viewmodel.keeper, super().prepare_to_leave()
        return kept if keeper.flush() else keeper.problem

    def open_target(self, target: object) -> None:
        """Show the issue with this id, or begin a reminder of what is overdue."""
        if target == REMINDER:
            self.save_letter(reminds=True)
        elif isinstance(target, UUID):
            self.show_issue(target)
            self.start_response()

    def place(self) -> object:
        """The id of the issue shown."""
        return self._chosen

    def start_search(self) -> None:
        """Ctrl+F: move the cursor to the search."""
        self.search.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down in the search moves to the list."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Set the row height with the text size, as rows are painted by the delegate."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "table"):
            self.table.viewport().update()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the cursor in the response if it is next to the list."""
        super().showEvent(event)
        if self.form.isHidden() or self._columns.is_stacked:
            self.table.setFocus()
        else:
            self.start_response()
