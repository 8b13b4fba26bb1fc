"""The page People: who is in the register, and who may visit today."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.people import Person
from visitapp.domain.office.register import RegisterPart
from visitapp.ui.broken_visits import show_broken_visits
from visitapp.ui.context import Context
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import COMPACT_ROW
from visitapp.ui.people import typed
from visitapp.ui.people.delegate import MayVisitDelegate
from visitapp.ui.people.details import Details
from visitapp.ui.people.inviting import Inviting
from visitapp.ui.people.leave_form import LeaveForm
from visitapp.ui.people.person_form import PersonForm
from visitapp.ui.people.person_row import Listing, PersonRow
from visitapp.ui.people.table import PeopleTable
from visitapp.ui.people.tablemodel import PeopleTableModel
from visitapp.ui.people.viewmodel import PeopleViewModel
from visitapp.ui.people.words import HELP, PARTS
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.scrolling import scroll_into_view
from visitapp.ui.widgets.search_field import SearchField
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.shortcuts import add_shortcut
from visitapp.ui.widgets.table import framed
from visitapp.ui.widgets.table_cursor import go_to_id

_SIDE = 288
_LEAST_ROWS = 8


class PeopleView(Page):
    """The register on the left, one person on the right."""

    help_text = HELP
    typed_place = "people"

    def __init__(self, context: Context) -> None:
        super().__init__(context, "People")
        self.viewmodel = PeopleViewModel(context)
        self.follow(self.viewmodel)
        self._chosen: UUID | None = None
        self.add_button = primary_button("Add a person", self.add, icon="user-plus")
        self.add_button.setToolTip("Insert")
        self.add_action(self.add_button)
        self._main, self._panel = self._make_main(), self._make_panel()
        self._foot_of_form = self._make_foot()
        self._columns = Columns(self._main, self._panel, side_width=_SIDE)
        self._begun: Mapping[str, Any] = {}
        self.body.addWidget(self._columns, 1)
        self._empty = EmptyState(
            "users",
            "This page will show everyone who visits, and who may visit today. Add the first "
            "person to begin.",
        )
        self.body.addWidget(self._empty)
        add_shortcut(self, "Insert", self.add)
        self.viewmodel.changed.connect(self._on_changed)
        self.viewmodel.saved.connect(self._on_saved)
        self._on_changed()

    # -- layout --------------------------------------------------------------------------

    def _make_main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._make_filters())
        self.tablemodel = PeopleTableModel(self)
        self.table = PeopleTable(self.tablemodel)
        self.table.setItemDelegate(MayVisitDelegate(self.table))
        self.table.set_row_height(COMPACT_ROW)
        head = self.table.horizontalHeader()
        head.setSortIndicatorShown(True)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        self.table.activated.connect(lambda _: self.edit())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        fit(self.table, least_height=COMPACT_ROW * (_LEAST_ROWS + 1))
        self._framed = framed(self.table)
        column.addWidget(self._framed, 1)
        self._nobody = label("", "lead", "text2", wrap=True)
        column.addWidget(self._nobody)
        return main

    def _make_filters(self) -> QWidget:
        self.standing = Segmented("Part of the register", [*PARTS.items(), (None, "All")])
        self.standing.set_key(self.viewmodel.standing)
        self.standing.chosen.connect(self.viewmodel.choose_standing)
        self.listing = Segmented("To be done", [(item, item.value) for item in Listing])
        self.standing.chosen.connect(lambda _: self.listing.set_key(None))
        self.listing.chosen.connect(self._choose_listing)
        self.scheme = Picker("Scheme", placeholder="All schemes", width=170)
        self.scheme.chosen.connect(self.viewmodel.choose_scheme)
        self.search = SearchField("Find a person")
        fit(self.search, least_width=200)
        self.search.textChanged.connect(self.viewmodel.search)
        row = FlowRow(gap=10)
        for widget in (self.standing, self.listing, self.scheme, self.search):
            row.add(widget)
        return row

    def _choose_listing(self, listing: Listing) -> None:
        self.standing.set_key(None)
        self.viewmodel.choose_standing(listing)

    def _make_panel(self) -> Panel:
        self.details = Details(self.viewmodel, self.edit, self.leave)
        self.inviting = Inviting(self, self.viewmodel, self.details.copies, self.current)
        self.form = PersonForm(self.viewmodel)
        self.leaving = LeaveForm(self.viewmodel)
        self.form.left.connect(self._give_up)
        self.leaving.left.connect(self._give_up)
        self.form.typed.connect(self.note_typed)
        self.leaving.typed.connect(self.note_typed)
        self.form.saved.connect(self._on_person_saved)
        self.leaving.saved.connect(self._back)
        self._heading = label("", "h2", wrap=True)
        panel = Panel()
        panel.body.addWidget(self._heading)
        for widget in (self.details, self.form, self.leaving):
            panel.body.addWidget(widget)
            widget.setVisible(widget is self.details)
        return panel

    def _make_foot(self) -> QWidget:
        """Save and Cancel, visible however long the form is."""
        self.save_button = primary_button("Save", self._save, icon="save")
        self.save_button.setToolTip("Enter")
        cancel = button("Cancel", self._give_up)
        cancel.setToolTip("Esc")
        self.set_foot(self.form.reason, self.leaving.reason, None, cancel, self.save_button)
        foot = self.save_button.parentWidget()
        assert foot is not None
        foot.hide()
        return foot

    def _save(self) -> None:
        (self.leaving if self.form.isHidden() else self.form).save()

    def _show_in_panel(self, shown: QWidget) -> None:
        self._main.setVisible(shown is not self.form)  # which needs the width for its sections
        for widget in (self.details, self.form, self.leaving):
            widget.setVisible(widget is shown)
        self._foot_of_form.setVisible(shown is not self.details)
        self.save_button.setText(
            "Record that someone has left" if shown is self.leaving else "Save"
        )
        self.add_button.setVisible(shown is self.details and self.viewmodel.may_change)
        for form in (self.form, self.leaving):
            form.reason.say("")

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel = self.viewmodel
        anybody = bool(viewmodel.everybody)
        self.set_facts(viewmodel.facts if anybody else "")
        self.add_button.setVisible(viewmodel.may_change and not self.is_editing)
        self._columns.setVisible(anybody or self.is_editing)
        self._empty.setVisible(not anybody and not self.is_editing)
        for standing in (*PARTS, None):
            word = PARTS[standing] if standing else "All"
            self.standing.set_word(standing, f"{word} {viewmodel.count(standing)}")
        self.listing.setVisible(viewmodel.may_change)
        for listing in Listing:
            self.listing.set_word(listing, f"{listing.value} {viewmodel.count(listing)}")
        self.scheme.set_choices(
            [(None, "All schemes"), *((s.id, s.label) for s in viewmodel.schemes)]
        )
        self.scheme.set_key(viewmodel.scheme_id)
        self.tablemodel.show(viewmodel.rows)
        self.table.show_columns(
            copies=any(row.copies.words for row in viewmodel.everybody),
            left=viewmodel.standing in (RegisterPart.LEFT, None),
            runs_out=any(row.runs_out for row in viewmodel.rows),
            minimum=any(row.minimum for row in viewmodel.rows),
        )
        self._nobody.setText("" if viewmodel.rows else "No one matches.")
        self._nobody.setVisible(not viewmodel.rows)
        self._framed.setVisible(bool(viewmodel.rows))
        self._choose(self._chosen)

    def _choose(self, person_id: UUID | None) -> None:
        """Move the cursor to a person, or to the first if they aren't listed."""
        go_to_id(self.table, person_id, or_first=True)
        self._on_row()

    def _on_row(self) -> None:
        row = self.current()
        if row is not None:
            self._chosen = row.person.id
        if not self.is_editing:
            self._show_details()

    def _show_details(self) -> None:
        row = self.current()
        self._panel.setVisible(row is not None)
        self._show_in_panel(self.details)
        if row is not None:
            self._heading.setText(row.person.name)
            self._panel.setAccessibleName(row.person.name)
            self.details.show_row(row)

    def current(self) -> PersonRow | None:
        """The current person."""
        return self.tablemodel.at(self.table.currentIndex())

    @property
    def is_editing(self) -> bool:
        """Whether a form is shown."""
        return self.details.isHidden()

    # -- actions -------------------------------------------------------------------------

    def add(self) -> None:
        """Show the form for a new person."""
        if self.viewmodel.may_change and not self._is_kept():
            self._open(self.form, typed.title(self.form, None))
            self.form.begin(None)
            self._begin()

    def edit(self) -> None:
        """Show the form for the current person."""
        row = self.current()
        if row is not None and self.viewmodel.may_change and not self._is_kept():
            self._open(self.form, typed.title(self.form, row.person))
            self.form.begin(row.person)
            self._begin()

    def on_problem(self, error: VisitAppError | None) -> None:
        """Show the problem in the visible form, otherwise on the page."""
        if not (self.form.isVisible() or self.leaving.isVisible()):
            super().on_problem(error)

    def leave(self) -> None:
        """Show the form to record that the current person left."""
        row = self.current()
        if row is None or not self.viewmodel.may_change or self._is_kept():
            return
        if self.viewmodel.current(row.person):
            self._open(self.leaving, typed.title(self.leaving, row.person))
            self.leaving.begin(row.person)
            self._begin()

    def _is_kept(self) -> bool:
        """Whether an open form has to be saved or cancelled first."""
        if not self.is_editing:
            return False
        shown = self.leaving if self.form.isHidden() else self.form
        shown.reason.say("Save or cancel this first.")
        shown.setFocus()
        return True

    def _open(self, form: QWidget, title: str) -> None:
        self._heading.setText(title)
        self._panel.setAccessibleName(title)
        self._show_in_panel(form)
        self._panel.show()
        self._columns.show()
        self._empty.hide()
        scroll_into_view(self._heading)
        scroll_into_view(self.form.given_name if form is self.form else self.leaving.why)

    def _give_up(self) -> None:
        """Cancel the form; what was typed can be brought back until another form is opened."""
        form = self.leaving if self.form.isHidden() else self.form
        title = self._heading.text()
        was_typed = bool(self.typed())
        self._back()
        if was_typed:
            act = ("Bring it back", partial(self._bring_back, form, title))
            self.show_banner("info", "Not saved.", [act], key="given up", closes=True)

    def _bring_back(self, form: QWidget, title: str) -> None:
        self.clear_banner("given up")
        if not self.is_editing:
            self._open(form, title)
            form.setFocus()
            self.note_typed()

    def _begin(self) -> None:
        """Prepare for another form."""
        self.clear_banner("given up")
        self._begun = typed.in_sight(self.form, self.leaving)

    def typed(self) -> Mapping[str, Any]:
        """The visible form, if it has changes."""
        now = typed.in_sight(self.form, self.leaving) if self.is_editing else {}
        return {} if now == self._begun else now

    def bring_typed(self, content: Mapping[str, Any]) -> str:
        """The form of an existing person, or of a new one."""
        person = typed.typed_person(self.viewmodel, content)
        is_leaving = content.get("form") == "leaving"
        if self.is_editing or not self.viewmodel.may_change or (is_leaving and person is None):
            return ""
        form = self.leaving if is_leaving else self.form
        self._chosen = self._chosen if person is None else person.id
        self._open(form, typed.title(form, person))
        if person is not None and is_leaving:
            self.leaving.begin(person)
        else:
            self.form.begin(person)
        self._begin()
        typed.put(form, content)
        return typed.sentence(form, person)

    def take_cursor(self) -> None:
        """A form that was brought back gets the cursor."""
        if self.is_editing:
            (self.form.given_name if self.leaving.isHidden() else self.leaving.day).setFocus()
        else:
            super().take_cursor()

    def _back(self) -> None:
        self._show_in_panel(self.details)
        self.note_typed()
        self._on_changed()
        self.table.setFocus()
        scroll_into_view(self.standing)

    def _on_person_saved(self, person: Person) -> None:
        self.context.say(f"{person.name} saved.")
        self._back()

    def _on_saved(self, person_id: UUID) -> None:
        """Show the saved person, whatever the filters, and which planned visits that breaks."""
        self._show_person(person_id)
        if self.viewmodel.may_change:
            show_broken_visits(self, person_id)

    def _show_person(self, person_id: UUID) -> None:
        row = self.viewmodel.person(person_id)
        self._chosen = person_id if row is None else row.person.id
        if row is not None and row not in self.viewmodel.rows:
            self.search.clear()
            self.viewmodel.choose_scheme(None)
            self.listing.set_key(None)
            self.standing.set_key(row.standing)
            self.viewmodel.choose_standing(row.standing)

    # -- called by the window ------------------------------------------------------------

    def open_target(self, target: object) -> None:
        """Show the person with this id, or add one (`new`)."""
        if target == "new":
            self.add()
        elif isinstance(target, UUID):
            self._show_person(target)
            self._on_changed()
            if not self.is_editing:
                self.table.setFocus()

    def place(self) -> object:
        """The id of the current person."""
        return self._chosen

    def start_search(self) -> None:
        """Ctrl+F: move the cursor to the search."""
        self.search.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete in the table opens the leave form; Escape in the search clears it."""
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.leave()
        elif event.key() == Qt.Key.Key_Escape and self.search.hasFocus():
            self.search.clear()
            self.table.setFocus()
        else:
            super().keyPressEvent(event)
