"""The page Hours: everybody's time, where it comes from, and what is paid to them."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.json_values import as_id
from visitapp.domain.office.people import Person
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.records.lists import time_list
from visitapp.domain.text.shown import in_a_file_name
from visitapp.domain.text.wording import number_of
from visitapp.domain.year.volunteer_hours import TimeLine
from visitapp.ui.context import Context
from visitapp.ui.export_place import ask_for_place
from visitapp.ui.hours.claim_form import Claims
from visitapp.ui.hours.viewmodel import HEADS, LINE_HEADS, HoursViewModel, claim_words
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import COMPACT_ROW
from visitapp.ui.widgets import form_fields
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.period_chooser import PeriodChooser
from visitapp.ui.widgets.shortcuts import add_shortcut
from visitapp.ui.widgets.table import TableWidget, framed
from visitapp.ui.widgets.table_cursor import go_to_id, start_at_first
from visitapp.ui.widgets.tablemodel import EntryTableModel

if TYPE_CHECKING:
    from visitapp.services.year.report_files import SavedReport

_SIDE, _LEAST_MAIN = 340, 600
_PEOPLE_ROWS, _LINE_ROWS = 6, 4
_WIDTHS = (0, 58, 80, 112, 58, 80, 128)
_LINE_WIDTHS = (126, 0, 96, 222, 72, 84)


class HoursView(Page):
    """The volunteers above, what the hours of one of them come from below, and on the right their
    sums and the fields of a claim."""

    help_text = (
        "The time that volunteers gave. Visits are counted from the reports, meetings from who "
        "came, courses from the person\u2019s entry under People, and you enter what else they "
        "claim: travel, other training, miles by car and expenses.\n\nUse the arrow keys to choose "
        "a volunteer, Tab to the list below and to the fields on the right, and Enter to add a "
        "claim. In the list below, Enter opens the visit or meeting, and Delete withdraws a claim "
        "that was entered by mistake. Approve notes that the hours of this period are right and "
        "that the claims may be paid; claims count once they are approved. Save the claims "
        "(Ctrl+P) writes everybody\u2019s hours and a page to sign for each who claimed.\n\nWhat a "
        "mile is paid with is in Settings, Mileage. The least visits and meetings a year are in "
        "Settings, Schemes."
    )

    typed_place = "hours"

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Hours")
        self.viewmodel = HoursViewModel(context)
        self.follow(self.viewmodel)
        self._chosen: UUID | None = None
        self.period = PeriodChooser(self.viewmodel.today, context.years)
        self.period.set_period(self.viewmodel.period)
        self.period.chosen.connect(self.viewmodel.choose)
        self.all_button = button("Approve all", self.approve_all, icon="check")
        self.save_button = primary_button("Save the claims\u2026", self.save_claims, icon="printer")
        self.save_button.setToolTip("Ctrl+P")
        for widget in (self.period, self.all_button, self.save_button):
            self.add_action(widget)
        self.body.addWidget(
            Columns(
                self._make_main(), self._make_panel(), side_width=_SIDE, least_main=_LEAST_MAIN
            ),
            1,
        )
        add_shortcut(self, "Ctrl+P", self.save_claims)
        self.viewmodel.changed.connect(self._on_changed)
        self.viewmodel.claims_saved.connect(self._on_claims_saved)
        self._on_changed()

    # -- layout --------------------------------------------------------------------------

    def _make_main(self) -> QWidget:
        self.tablemodel = EntryTableModel(
            HEADS, numbers=range(1, 6), sheet=self.viewmodel.list_sheet, parent=self
        )
        self.table = self._make_table("Hours", self.tablemodel, _WIDTHS, _PEOPLE_ROWS)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        self.lines_tablemodel = EntryTableModel(
            LINE_HEADS, numbers=(2, 4), sheet=self._list_of_lines, parent=self
        )
        self.lines = self._make_table(
            "What they come from", self.lines_tablemodel, _LINE_WIDTHS, _LINE_ROWS
        )
        self.lines.activated.connect(lambda _: self.open_line())
        self.lines.selectionModel().currentRowChanged.connect(lambda *_: self._on_line())
        self.open_button = button("Open", self.open_line, icon="eye", small=True)
        self.open_button.setToolTip("Enter")
        self.withdraw_button = button("Entered by mistake", self.withdraw, icon="ban", small=True)
        self.withdraw_button.setToolTip("Delete")
        self._lines_of = label("", "strong")
        self._line_words = label("", "small", "text2", wrap=True)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(framed(self.table), 3)
        column.addWidget(FlowRow(self._lines_of, self.open_button, self.withdraw_button))
        column.addWidget(framed(self.lines), 2)
        column.addWidget(self._line_words)
        return main

    @staticmethod
    def _make_table(
        name: str, tablemodel: EntryTableModel, widths: tuple[int, ...], rows: int
    ) -> TableWidget:
        table = TableWidget(name, tablemodel)
        table.set_row_height(COMPACT_ROW)
        table.horizontalHeader().setStretchLastSection(False)
        table.set_widths(*widths)
        fit(table, least_height=COMPACT_ROW * (rows + 1))
        return table

    def _make_panel(self) -> Panel:
        self.claims = Claims(self.viewmodel)
        self.claims.typed.connect(self.note_typed)
        self._heading = label("", "h2", wrap=True)
        self._approval = label("", "second", "text2", wrap=True)
        self.approve_button = button("Approve", self.approve, icon="check", small=True)
        self.print_button = button(
            "Save the claim\u2026", self.save_claim, icon="printer", small=True
        )
        self._panel = Panel()
        for widget in (
            self._heading,
            self._approval,
            FlowRow(self.approve_button, self.print_button, gap=8),
            self.claims,
        ):
            self._panel.body.addWidget(widget)
        return self._panel

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel = self.viewmodel
        self.set_facts(viewmodel.facts)
        to_do = any(not (item.is_empty or item.is_approved) for item in viewmodel.hours)
        self.all_button.setEnabled(to_do)
        self.tablemodel.show(viewmodel.entries())
        go_to_id(self.table, self._chosen, or_first=True)
        self._on_row()

    def _on_row(self) -> None:
        person = self.current()
        item = None if person is None else self.viewmodel.of(person.id)
        self._panel.setVisible(item is not None)
        self.lines_tablemodel.show([] if item is None else self.viewmodel.lines(item))
        start_at_first(self.lines)
        if item is not None:
            self._chosen = item.person.id
            name = item.person.name
            self._heading.setText(name)
            self._panel.setAccessibleName(name)
            self._lines_of.setText(f"What the hours of {name} come from")
            self._approval.setText(f"Approved: {self.viewmodel.approved_words(item) or 'nothing'}")
            self.approve_button.setEnabled(not (item.is_empty or item.is_approved))
            self.print_button.setEnabled(not item.is_empty)
            self.claims.show_hours(item)
        self._on_line()

    def _on_line(self) -> None:
        line = self.current_line()
        claim = None if line is None else line.claim
        self.open_button.setEnabled(line is not None and claim is None)
        self.withdraw_button.setEnabled(claim is not None and not claim.is_withdrawn)
        self._line_words.setText("" if claim is None else claim_words(claim))

    def current(self) -> Person | None:
        """The current volunteer."""
        index = self.table.currentIndex()
        person: Person | None = self.tablemodel.item(index.row() if index.isValid() else None)
        return person

    def current_line(self) -> TimeLine | None:
        """The current line of what their hours come from."""
        index = self.lines.currentIndex()
        line: TimeLine | None = self.lines_tablemodel.item(index.row() if index.isValid() else None)
        return line

    def _list_of_lines(self, lines: Sequence[TimeLine]) -> ListSheet:
        person = self.current()
        return time_list("" if person is None else person.name, lines)

    # -- actions -------------------------------------------------------------------------

    def open_line(self) -> None:
        """Show the visit, the meeting, or the person with the course."""
        line = self.current_line()
        if line is None or line.claim is not None:
            return
        if line.visit_id is not None:
            self.context.go("visits", line.visit_id)
        elif line.meeting_id is not None:
            self.context.go("meetings", line.meeting_id)
        else:
            self.context.go("people", self._chosen)

    def withdraw(self) -> None:
        """Note that the current claim was entered by mistake."""
        line = self.current_line()
        if line is not None and line.claim is not None and not line.claim.is_withdrawn:
            self.viewmodel.withdraw(line.claim)
            self.lines.setFocus()

    def approve(self) -> None:
        """Approve the hours of the current volunteer."""
        if self._chosen is not None and self.viewmodel.approve(self._chosen):
            self.table.setFocus()  # the button can't be pressed again

    def approve_all(self) -> None:
        """Approve the hours of everybody who is listed."""
        if self.viewmodel.approve_all():
            self.table.setFocus()

    def save_claims(self) -> None:
        """Ask where to save the hours and claims of everybody, and save them."""
        self._save("claims", None)

    def save_claim(self) -> None:
        """The same of the current volunteer."""
        person = self.current()
        if person is not None:
            self._save(f"claim-{in_a_file_name(person.name, 'volunteer')}", person.id)

    def _save(self, name: str, person_id: UUID | None) -> None:
        period = self.viewmodel.period
        name = f"{name}-{period.start}-to-{period.end}.pdf"
        place = ask_for_place(self, name, "Save the claims")
        if place is not None:
            self.viewmodel.save_claims(place.path, person_id, force=place.may_replace)

    def _on_claims_saved(self, saved: "SavedReport") -> None:
        pages = f" ({number_of(saved.pages, 'page')})" if saved.pages else ""
        sentence = f"Claims saved as {saved.path.name}{pages} in {saved.path.parent}."
        self.show_banner("good", sentence, key="saved", closes=True)
        self.context.say(sentence)

    def on_problem(self, error: VisitAppError | None) -> None:
        """Show the problem beside the claim that is typed, otherwise on the page."""
        if not self.claims.is_typed():
            super().on_problem(error)

    # -- typed and not saved yet -----------------------------------------------------------

    def typed(self) -> Mapping[str, Any]:
        """The fields of a claim that wasn't added."""
        if not self.claims.is_typed() or self._chosen is None:
            return {}
        return {"person": self._chosen.hex, "fields": self.claims.typed_values()}

    def bring_typed(self, content: Mapping[str, Any]) -> str:
        """The claim that was being typed."""
        person_id, fields = as_id(content.get("person")), content.get("fields")
        item = self.viewmodel.of(person_id)
        if item is None or not isinstance(fields, dict):
            return ""
        go_to_id(self.table, person_id)
        form_fields.put_named(self.claims, fields)
        return f"A claim of {item.person.name} is still here, but it is not saved yet."

    # -- called by the window ------------------------------------------------------------

    def open_target(self, target: object) -> None:
        """Show the person with this id."""
        if isinstance(target, UUID):
            go_to_id(self.table, target)

    def place(self) -> object:
        """The id of the current person."""
        return self._chosen

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete in the list below withdraws the claim."""
        if event.key() == Qt.Key.Key_Delete and self.lines.hasFocus():
            self.withdraw()
        else:
            super().keyPressEvent(event)
