"""The page Meetings: what was agreed, who came, and the papers for the next one."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.json_values import as_id
from visitapp.domain.office.meeting import Meeting
from visitapp.domain.text.wording import number_of
from visitapp.ui.context import Context
from visitapp.ui.export_place import ask_for_place
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import COMPACT_ROW
from visitapp.ui.meetings.details import MeetingDetails
from visitapp.ui.meetings.form import MeetingForm
from visitapp.ui.meetings.viewmodel import MeetingsViewModel
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.scrolling import scroll_into_view
from visitapp.ui.widgets.shortcuts import add_shortcut
from visitapp.ui.widgets.table import TableWidget, framed
from visitapp.ui.widgets.table_cursor import go_to_id
from visitapp.ui.widgets.tablemodel import EntryTableModel

if TYPE_CHECKING:
    from visitapp.services.year.report_files import SavedReport

_SIDE, _LEAST_ROWS = 380, 8
_HEADS = ("Date", "Meeting", "Came", "Actions to do")
_WIDTHS = (150, 0, 110, 130)


class MeetingsView(Page):
    """The meetings on the left, one of them on the right."""

    help_text = (
        "Meetings of the team and of the region: who came, the minutes, and what was agreed. "
        "Meetings that people came to count for them, with the time they took.\n\nUse the arrow "
        "keys to move in the table. Press Enter to edit a meeting, Insert to add one and Ctrl+P "
        "to save its pack: the agenda with what happened since the meeting before, visits, "
        "issues and delays, what is still to do, and the minutes once you have written them. In "
        "the list of names, Space ticks.\n\nThe force\u2019s inspector comes to these meetings, "
        "so the pack says which timeslots had no visit only once the year is over.\n\nMinutes and "
        "actions that you change stay readable as they were before, with who saved them and when."
    )

    typed_place = "meetings"

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Meetings")
        self.viewmodel = MeetingsViewModel(context)
        self.follow(self.viewmodel)
        self._chosen: UUID | None = None
        self._begun: Mapping[str, Any] = {}
        self.add_button = primary_button("Add a meeting", self.add, icon="plus")
        self.add_button.setToolTip("Insert")
        self.add_action(self.add_button)
        self._main, self._panel = self._make_main(), self._make_panel()
        self.save_button = primary_button("Save", self.form.save, icon="save")
        cancel = button("Cancel", self._give_up)
        cancel.setToolTip("Esc")
        self.set_foot(self.form.reason, None, cancel, self.save_button)
        foot = self.save_button.parentWidget()
        assert foot is not None
        self._foot_of_form = foot
        foot.hide()
        self._columns = Columns(self._main, self._panel, side_width=_SIDE)
        self.body.addWidget(self._columns, 1)
        self._empty = EmptyState(
            "messages-square",
            "This page will show the meetings of the team and of the region: who came, what was "
            "agreed, and the pack for the next one. Add the first to begin.",
        )
        self.body.addWidget(self._empty)
        add_shortcut(self, "Insert", self.add)
        add_shortcut(self, "Ctrl+P", self.save_paper)
        self.viewmodel.changed.connect(self._on_changed)
        self.viewmodel.saved.connect(self._on_saved)
        self.viewmodel.paper_saved.connect(self._on_paper_saved)
        self._on_changed()

    def _make_main(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        self.tablemodel = EntryTableModel(
            _HEADS, numbers=(2, 3), sheet=self.viewmodel.list_sheet, parent=self
        )
        self.table = TableWidget("Meetings", self.tablemodel)
        self.table.set_row_height(COMPACT_ROW)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.set_widths(*_WIDTHS)
        self.table.activated.connect(lambda _: self.edit())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        fit(self.table, least_height=COMPACT_ROW * (_LEAST_ROWS + 1))
        column.addWidget(framed(self.table), 1)
        return main

    def _make_panel(self) -> Panel:
        self.details = MeetingDetails(self.viewmodel, self.edit, self.save_paper)
        self.form = MeetingForm(self.viewmodel)
        self.form.left.connect(self._give_up)
        self.form.saved.connect(self._back)
        self.form.typed.connect(self.note_typed)
        self._heading = label("", "h2", wrap=True)
        panel = Panel()
        for widget in (self._heading, self.details, self.form):
            panel.body.addWidget(widget)
        self.form.hide()
        return panel

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel = self.viewmodel
        anything = bool(viewmodel.meetings)
        self.set_facts(viewmodel.facts if anything else "")
        self._columns.setVisible(anything or self.is_editing)
        self._empty.setVisible(not anything and not self.is_editing)
        self.tablemodel.show(viewmodel.entries())
        go_to_id(self.table, self._chosen, or_first=True)
        self._on_row()

    def _on_row(self) -> None:
        meeting = self.current()
        if meeting is not None:
            self._chosen = meeting.id
        if not self.is_editing:
            self._show_details()

    def _show_details(self) -> None:
        meeting = self.current()
        self._panel.setVisible(meeting is not None)
        self._show_in_panel(self.details)
        if meeting is not None:
            self._name_panel(meeting.title)
            self.details.show_meeting(meeting)

    def _name_panel(self, title: str) -> None:
        self._heading.setText(title)
        self._panel.setAccessibleName(title)

    def _show_in_panel(self, widget: QWidget) -> None:
        is_form = widget is self.form
        self._main.setVisible(not is_form)  # the form needs its width
        self.details.setVisible(not is_form)
        self.form.setVisible(is_form)
        self._foot_of_form.setVisible(is_form)
        self.add_button.setVisible(not is_form)
        self.form.reason.say("")

    def current(self) -> Meeting | None:
        """The current meeting."""
        index = self.table.currentIndex()
        item: Meeting | None = self.tablemodel.item(index.row() if index.isValid() else None)
        return item

    @property
    def is_editing(self) -> bool:
        """Whether the form is shown."""
        return not self.form.isHidden()

    # -- actions -------------------------------------------------------------------------

    def add(self) -> None:
        """Show the form for a new meeting."""
        if not self.is_editing:
            self._open(None)

    def edit(self) -> None:
        """Show the form for the current meeting."""
        meeting = self.current()
        if meeting is not None and not self.is_editing:
            self._open(meeting)

    def _open(self, meeting: Meeting | None) -> None:
        self.clear_banner("given up")
        self._name_panel("Add a meeting" if meeting is None else meeting.title)
        self._show_in_panel(self.form)
        self._panel.show()
        self._columns.show()
        self._empty.hide()
        self.form.begin(meeting)
        self._begun = self.form.typed_values()
        scroll_into_view(self._heading)

    def _give_up(self) -> None:
        """Cancel the form; what was typed can be brought back until another is opened."""
        typed = dict(self.typed())
        self._back()
        if typed:
            act = ("Bring it back", partial(self.bring_typed, typed))
            self.show_banner("info", "Not saved.", [act], key="given up", closes=True)

    def _back(self) -> None:
        self._show_in_panel(self.details)
        self.note_typed()
        self._on_changed()
        self.table.setFocus()

    def _on_saved(self, meeting_id: UUID) -> None:
        self._chosen = meeting_id
        self.context.say("Meeting saved.")

    def save_paper(self) -> None:
        """Ask where to save the pack of the current meeting, and save it."""
        meeting = self.current()
        if meeting is None or self.is_editing:
            return
        name = f"meeting-{meeting.held_on}.pdf"
        place = ask_for_place(self, name, "Save the meeting pack")
        if place is not None:
            self.viewmodel.save_paper(meeting, place.path, force=place.may_replace)

    def _on_paper_saved(self, saved: "SavedReport") -> None:
        pages = f" ({number_of(saved.pages, 'page')})" if saved.pages else ""
        sentence = f"Meeting pack saved as {saved.path.name}{pages} in {saved.path.parent}."
        self.show_banner("good", sentence, key="saved", closes=True)
        self.context.say(sentence)

    def on_problem(self, error: VisitAppError | None) -> None:
        """Show the problem in the form if it is open, otherwise on the page."""
        if not self.form.isVisible():
            super().on_problem(error)

    # -- typed and not saved yet -----------------------------------------------------------

    def typed(self) -> Mapping[str, Any]:
        """The form, if it has changes."""
        now = self.form.typed_values() if self.is_editing else {}
        return {} if now == self._begun else now

    def bring_typed(self, content: Mapping[str, Any]) -> str:
        """The form of a meeting, or of a new one."""
        if self.is_editing:
            return ""
        meeting = self.viewmodel.meeting(as_id(content.get("meeting")))
        self._open(meeting)
        self.form.put_values(content)
        self.note_typed()
        name = "The meeting you were adding" if meeting is None else "What you changed"
        return f"{name} is still here, but it is not saved yet."

    def take_cursor(self) -> None:
        """A form that was brought back gets the cursor."""
        if self.is_editing:
            self.form.day.setFocus()
        else:
            super().take_cursor()

    # -- called by the window ------------------------------------------------------------

    def open_target(self, target: object) -> None:
        """Show the meeting with this id, or add one (`new`)."""
        if target == "new":
            self.add()
        elif isinstance(target, UUID):
            go_to_id(self.table, target)

    def place(self) -> object:
        """The id of the current meeting."""
        return self._chosen
