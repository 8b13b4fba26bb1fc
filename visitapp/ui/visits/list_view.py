"""The list of visits: search, filters, the table."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from visitapp.domain.report.visit_codes import State
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.visits.folding import FoldingDelegate
from visitapp.ui.visits.tablemodel import COLUMNS, columns_in
from visitapp.ui.visits.viewmodel import EVERY, SIGNED, WITHDRAWN, VisitsViewModel
from visitapp.ui.widgets.buttons import DropButton, button, menu_choice
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.period_chooser import PeriodChooser
from visitapp.ui.widgets.search_field import SearchField
from visitapp.ui.widgets.site_chooser import SiteChooser
from visitapp.ui.widgets.table import TableWidget, framed
from visitapp.ui.widgets.table_cursor import go_to_id, start_at_first

_TWO_LINES = 46
_HANDLE = 16
_FOLDS_FROM = 1.5
_ORDERS: tuple[tuple[object, str], ...] = tuple(
    ((at, order), words)
    for at, order, words in (
        (0, Qt.SortOrder.DescendingOrder, "Newest first"),
        (0, Qt.SortOrder.AscendingOrder, "Oldest first"),
        (1, Qt.SortOrder.AscendingOrder, "By site"),
        (2, Qt.SortOrder.AscendingOrder, "By reference"),
        (3, Qt.SortOrder.AscendingOrder, "By kind"),
        (5, Qt.SortOrder.DescendingOrder, "Most people there"),
        (7, Qt.SortOrder.DescendingOrder, "Longest wait"),
        (8, Qt.SortOrder.DescendingOrder, "Most issues"),
    )
)
_STATES: tuple[tuple[str, tuple[State, ...]], ...] = (
    ("Signed", SIGNED),
    ("Withdrawn", WITHDRAWN),
    ("Signed and withdrawn", EVERY),
)


_NONE_YET = "This page lists signed and imported visits. There are none yet."
_KEPT = "This page lists signed visits. All of yours are kept at the office by now."


class MenuChoice(DropButton):
    """A choice from a menu.

    Signals: `chosen` (key).
    """

    chosen = Signal(object)

    def __init__(self, name: str, width: int) -> None:
        super().__init__(name)
        self._choices: Sequence[tuple[object, str]] = ()
        self._key: object = None
        fit(self, least_width=width)
        self.clicked.connect(self._open)

    def set_choices(self, choices: Sequence[tuple[object, str]], key: object) -> None:
        """Offer choices as (key, words), and show one."""
        self._choices, self._key = choices, key
        self.show_choice(next((words for choice, words in choices if choice == key), ""))

    def menu_of_choices(self) -> QMenu:
        """The menu; a new one each time it opens."""
        menu = QMenu(self)
        for key, words in self._choices:
            choose = partial(self.chosen.emit, key)
            menu_choice(menu, words, choose, is_current=key == self._key)
        return menu

    def _open(self) -> None:
        menu = self.menu_of_choices()
        menu.aboutToHide.connect(menu.deleteLater)
        self.open_menu(menu)


class ListView(QWidget):
    """Signals: `visit_chosen` (id), `draft_chosen` (id)."""

    visit_chosen = Signal(object)
    draft_chosen = Signal(object)

    def __init__(
        self,
        viewmodel: VisitsViewModel,
        bring: Callable[[], object] | None,
    ) -> None:
        """`bring` goes to the import, for users who may import."""
        super().__init__()
        self._viewmodel = viewmodel
        self._is_showing = self._is_folded = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        self._make_filters()
        column.addWidget(self._filters)
        column.addWidget(self._only_row())
        self._make_tables()
        column.addWidget(self._visits, 1)
        column.addWidget(self._drafts, 1)
        self._first = self._make_first(bring)
        self._none = EmptyState(
            "search", "No visits match.", button("Show all visits", viewmodel.show_all)
        )
        column.addWidget(self._first, 1)
        column.addWidget(self._none, 1)
        viewmodel.listed.connect(self.refresh)
        self.refresh()

    def _make_filters(self) -> None:
        viewmodel = self._viewmodel
        self._shows_filters = False
        self.more = button("Filters", self._on_more, icon="chevron-down")
        self.search = SearchField(
            "Find words, people, references",
            "Find visits by their words, people, sites and references",
        )
        fit(self.search, width=290)
        self.search.textEdited.connect(viewmodel.search)
        self.search.textChanged.connect(self._on_cleared)
        self.search.returnPressed.connect(self._on_search)
        self.scheme = MenuChoice("Scheme", 176)
        self.scheme.chosen.connect(self._on_scheme)
        self.sites = SiteChooser()
        fit(self.sites, least_width=190)
        self.sites.chosen.connect(viewmodel.choose_sites)
        self.period = PeriodChooser(viewmodel.today, viewmodel.years, any_time=True)
        fit(self.period, least_width=190)
        self.period.chosen.connect(viewmodel.choose_period)
        self.state = MenuChoice("State", 150)
        self.state.chosen.connect(self._on_state)
        self.order = MenuChoice("Order", 190)
        self.order.chosen.connect(self._on_order)
        self._filters = FlowRow(self.search, self.more, *self._choosers(), gap=10)

    def _choosers(self) -> tuple[QWidget, ...]:
        return self.scheme, self.sites, self.period, self.state, self.order

    def _on_more(self) -> None:
        self._shows_filters = not self._shows_filters
        self._fold_filters()

    def _fold_filters(self) -> None:
        """At large text, hide the filters behind a button to leave room for the table."""
        folds = theme().factor >= _FOLDS_FROM
        several = len(self._viewmodel.schemes) > 1
        for chooser in self._choosers():
            wanted = (
                several if chooser is self.scheme else self._is_folded or chooser is not self.order
            )
            chooser.setVisible(wanted and (self._shows_filters or not folds))
        self.more.setVisible(folds)
        query = self._viewmodel.query
        chosen = (query.scheme_id, query.site_ids, query.period, query.states != SIGNED)
        number = sum(map(bool, chosen))
        words = "Hide the filters" if self._shows_filters else "Filters"
        self.more.setText(f"{words} ({number} chosen)" if number else words)
        self.more.setAccessibleName(self.more.text())

    def _on_order(self, key: object) -> None:
        if isinstance(key, tuple):
            self._viewmodel.tablemodel.sort(*key)
            self.refresh()

    def _show_order(self) -> None:
        """Show the current order in its menu: folded columns have no heading to sort by."""
        self.order.set_choices(_ORDERS, self._viewmodel.tablemodel.sorted_by())

    def _only_row(self) -> QWidget:
        self._only = label("", "second", "text2", wrap=True)
        self._only_all = button("Show all visits", self._viewmodel.show_all, small=True)
        self._only_line = FlowRow(self._only, self._only_all, gap=12)
        return self._only_line

    def _make_tables(self) -> None:
        self.table = TableWidget("Visits", self._viewmodel.tablemodel)
        self.table.set_widths(*(column.width for column in COLUMNS))
        self.table.horizontalHeader().setStretchLastSection(False)
        self._delegate = FoldingDelegate(self.table)
        self.table.setItemDelegate(self._delegate)
        self.table.set_row_height(_TWO_LINES)
        self.table.setWordWrap(True)
        self.table.setSortingEnabled(True)
        self.table.horizontalHeader().setSortIndicatorShown(True)
        self.table.horizontalHeader().sortIndicatorChanged.connect(self._on_sorted)
        self.table.activated.connect(self._on_activated)
        self._visits = framed(self.table)
        self.draft_table = TableWidget("Drafts", self._viewmodel.draft_tablemodel)
        self.draft_table.set_widths(0, 360, 130, 190)
        self.draft_table.horizontalHeader().setStretchLastSection(False)
        self.draft_table.activated.connect(self._on_draft)
        self._drafts = framed(self.draft_table)

    def _make_first(self, bring: Callable[[], object] | None) -> QWidget:
        panel = Panel()
        buttons = []
        if bring is not None:
            buttons.append(button("Import past visits", bring, icon="upload"))
        self._none_yet = EmptyState("clipboard-list", _NONE_YET, *buttons)
        panel.body.addWidget(self._none_yet)
        return panel

    def refresh(self) -> None:
        """Show the list and the current filters."""
        viewmodel, query = self._viewmodel, self._viewmodel.query
        self._is_showing = True
        if self.search.text() != query.text and not self.search.hasFocus():
            self.search.setText(query.text)
        every: list[tuple[object, str]] = [(None, "Both schemes")]
        schemes = [(s.id, s.label) for s in viewmodel.schemes]
        self.scheme.set_choices([*every, *schemes], query.scheme_id)
        self.sites.set_sites(viewmodel.offered_sites())
        self.sites.set_site_ids(query.site_ids)
        self.period.set_period(query.period)
        self._show_states()
        self._only.setText(f"Only {viewmodel.only_text()}")
        self._only_line.setVisible(bool(viewmodel.only_text()) and not viewmodel.shows_drafts)
        self._show_rows()
        self._show_order()
        self._fold_columns()
        column, order = viewmodel.tablemodel.sorted_by()
        self.table.horizontalHeader().setSortIndicator(column, order)
        self._is_showing = False

    def _show_states(self) -> None:
        drafts = self._viewmodel.draft_tablemodel.rowCount()
        words = f"Drafts ({drafts})" if drafts else "Drafts"
        choices = [*((states, name) for name, states in _STATES), ("drafts", words)]
        key = "drafts" if self._viewmodel.shows_drafts else self._viewmodel.query.states
        self.state.set_choices(choices, key)

    def _show_rows(self) -> None:
        viewmodel = self._viewmodel
        total, drafts = viewmodel.tablemodel.total, viewmodel.shows_drafts
        self._visits.setVisible(not drafts and total > 0)
        self._drafts.setVisible(drafts)
        self._none_yet.say(_KEPT if viewmodel.kept_at_office else _NONE_YET)
        self._first.setVisible(not drafts and total == 0 and not viewmodel.is_narrowed)
        self._none.setVisible(not drafts and total == 0 and viewmodel.is_narrowed)
        start_at_first(self.table)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the least important columns where there is no room."""
        super().resizeEvent(event)
        self._fold_columns()

    def changeEvent(self, event: QEvent) -> None:
        """Fold again at the new text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "table"):
            self._fold_columns()

    def _fold_columns(self) -> None:
        shown = columns_in((self.width() - _HANDLE) / theme().factor)
        hidden = [at for at in range(len(COLUMNS)) if at not in shown]
        for at in range(len(COLUMNS)):
            if self.table.isColumnHidden(at) != (at in hidden):
                self.table.setColumnHidden(at, at in hidden)
        self._is_folded = bool(hidden)
        self._viewmodel.tablemodel.fold(hidden)
        below = self._delegate.measure(self._viewmodel.tablemodel)
        self.table.set_row_height(_TWO_LINES + round(below / theme().factor))
        self._fold_filters()

    def choose_row(self, visit_id: UUID) -> None:
        """Move the cursor to a visit, if its row was fetched."""
        go_to_id(self.table, visit_id)

    def start(self) -> None:
        """Move the cursor to the table, or to the search if the list is empty."""
        shown = self.draft_table if self._viewmodel.shows_drafts else self.table
        (shown if shown.isVisible() else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_search(self) -> None:
        """Enter moves to the results."""
        self._viewmodel.search_now()
        self.start()

    def _on_cleared(self, text: str) -> None:
        if not text and not self._is_showing and self._viewmodel.query.text:
            self._viewmodel.search("")

    def _on_scheme(self, key: object) -> None:
        self._viewmodel.choose_scheme(key if isinstance(key, UUID) else None)

    def _on_state(self, key: object) -> None:
        if isinstance(key, tuple):
            self._viewmodel.choose_states(key)
        else:
            self._viewmodel.choose_drafts()

    def _on_sorted(self, *_: object) -> None:
        """Put the arrow back if the column can't be sorted."""
        if not self._is_showing:
            column, order = self._viewmodel.tablemodel.sorted_by()
            head = self.table.horizontalHeader()
            if (head.sortIndicatorSection(), head.sortIndicatorOrder()) != (column, order):
                self._is_showing = True
                head.setSortIndicator(column, order)
                self._is_showing = False

    def _on_activated(self, index: QModelIndex) -> None:
        row = self._viewmodel.tablemodel.visit_at(index.row())
        if row is not None:
            self.visit_chosen.emit(row.id)

    def _on_draft(self, index: QModelIndex) -> None:
        self.draft_chosen.emit(self._viewmodel.draft_tablemodel.draft_at(index.row()).id)
