"""The page My availability; in the manager's copy, anybody's availability."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from visitapp.domain.plan.availability import MOST_A_QUARTER
from visitapp.ui.availability.days import DaysList
from visitapp.ui.availability.viewmodel import NOT_THERE, AvailabilityViewModel
from visitapp.ui.availability.week_grid import WeekGrid
from visitapp.ui.broken_visits import show_broken_visits
from visitapp.ui.context import Context
from visitapp.ui.look.tokens import BETWEEN_DOWN
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.stepper import Stepper

_SIDE = 372
_FAR = ((0, "Near"), (1, "Some way"), (2, "Far"), (3, "Very far"), (NOT_THERE, "Can’t visit there"))


class AvailabilityView(Page):
    """The week, days away and preferences on the left; number of visits and distances on the
    right."""

    help_text = (
        "Mark when you can usually visit. Drag with the mouse, or move with the arrow keys, "
        "press Space to change one timeslot, and hold Shift with an arrow key to change "
        "more. Shift+Space changes the day, Ctrl+Space the time on every day, Ctrl+A the whole "
        "week; a click on a day or time does the same. The manager can copy somebody else\u2019s "
        "week.\n\nThe plan never uses days away. We follow preferences where we can. Every "
        "change is saved straight away. Press Ctrl+Z to undo."
    )

    typed_place = "availability"

    def __init__(self, context: Context) -> None:
        viewmodel = AvailabilityViewModel(context)
        super().__init__(context, "Availability" if viewmodel.is_manager else "My availability")
        self.viewmodel = viewmodel
        self.undo_stack = viewmodel.undo_stack
        self.follow(viewmodel)
        self.person = Picker("Person", placeholder="Choose a person", width=260)
        self.person.chosen.connect(self._on_person)
        self.body.addWidget(self.person, 0, Qt.AlignmentFlag.AlignLeft)
        self.person.setVisible(viewmodel.is_manager)
        self.entered = label("", "second", "text2", wrap=True)
        self.body.addWidget(self.entered)
        self._columns = Columns(self._make_week(), self._make_side(), side_width=_SIDE)
        self.body.addWidget(self._columns)
        self._empty = EmptyState(
            "calendar",
            "This page shows when people can visit. Add the people first."
            if viewmodel.is_manager
            else "Your name is not in the register. Ask the volunteer manager.",
        )
        self.body.addWidget(self._empty)
        self.body.addStretch(1)
        viewmodel.changed.connect(self._on_changed)
        viewmodel.kept.connect(self._on_kept)
        self._on_changed()

    # -- layout --------------------------------------------------------------------------

    def _make_week(self) -> QWidget:
        panel = Panel(
            "A usual week",
            "Press Space or click to change a timeslot. Click a day or a time to change all of it",
        )
        self.grid = WeekGrid()
        self.grid.painted.connect(self.viewmodel.set_cells)
        panel.body.addWidget(self.grid)
        row = FlowRow(gap=10)
        self.all_button = button("All or nothing", self.grid.paint_all, icon="grid-3x3")
        self.all_button.setToolTip("Ctrl+A in the week")
        self.copy_from = Picker("Copy from", placeholder="Copy a week from…", width=260)
        self.copy_from.chosen.connect(self._on_copy_from)
        for control in (self.all_button, self.copy_from):
            row.add(control)
        self.copy_from.setVisible(self.viewmodel.is_manager)
        panel.body.addWidget(row)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN_DOWN)
        column.addWidget(panel)
        today = self.viewmodel.today
        self.away = DaysList("away", "No days away.", today)
        self.wishes = DaysList("you would rather not go", "Nothing added.", today)
        for title, kind, days in (
            ("Days away", "away", self.away),
            ("Rather not", "wishes", self.wishes),
        ):
            panel = Panel(title)
            panel.body.addWidget(days)
            days.added.connect(lambda period, kind=kind: self.viewmodel.add_days(kind, period))
            days.removed.connect(lambda period, kind=kind: self.viewmodel.remove_days(kind, period))
            days.typed.connect(self.note_typed)
            column.addWidget(panel)
        column.addStretch(1)
        return main

    def _make_side(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN_DOWN)
        column.addWidget(self._make_numbers())
        self._sites = Panel("How far it is")
        self._pickers: dict[UUID, Picker] = {}
        column.addWidget(self._sites)
        column.addStretch(1)
        return side

    def _make_numbers(self) -> Panel:
        panel = Panel("Visits a quarter")
        self.least = Stepper("Least visits a quarter", most=MOST_A_QUARTER)
        self.most = Stepper("Most visits a quarter", most=MOST_A_QUARTER)
        row = FlowRow(gap=24)
        row.add(FormRow("At least", self.least))
        row.add(FormRow("At most", self.most))
        panel.body.addWidget(row)
        for stepper in (self.least, self.most):
            stepper.changed.connect(self._on_numbers)
        self.buddy = QCheckBox("Goes with people on probation")
        self.buddy.setAccessibleName(self.buddy.text())
        self.buddy.clicked.connect(self.viewmodel.set_may_buddy)
        self.buddy.setVisible(self.viewmodel.is_manager)
        panel.body.addWidget(self.buddy)
        self.status_words = label("", "second", "text2", wrap=True)
        panel.body.addWidget(self.status_words)
        return panel

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel, availability = self.viewmodel, self.viewmodel.availability
        self._columns.setVisible(availability is not None)
        self._empty.setVisible(availability is None)
        self.person.setVisible(viewmodel.is_manager and availability is not None)
        self.set_facts(viewmodel.facts)
        self.entered.setText(viewmodel.entered_words)
        self.entered.setVisible(bool(viewmodel.entered_words))
        if availability is None:
            return
        self.person.set_choices([(person.id, person.name) for person in viewmodel.people])
        self.person.set_key(availability.person_id)
        others = [p for p in viewmodel.people if p.id != availability.person_id]
        self.copy_from.set_choices([(person.id, person.name) for person in others])
        self.copy_from.set_key(None)
        self.grid.tablemodel.show(viewmodel.bands, viewmodel.cells())
        self.least.set_value(availability.least)
        self.most.set_value(availability.most)
        self.away.show_periods(availability.away)
        self.wishes.show_periods(availability.wishes)
        self.buddy.setChecked(availability.may_buddy)
        self.status_words.setText(viewmodel.status_words)
        self.status_words.setVisible(viewmodel.is_manager and bool(viewmodel.status_words))
        self._show_sites()

    def _show_sites(self) -> None:
        viewmodel = self.viewmodel
        if list(self._pickers) != [site.id for site in viewmodel.sites]:
            self._make_pickers()
        for site_id, picker in self._pickers.items():
            picker.set_key(viewmodel.distance(site_id))
        self._sites.setVisible(bool(viewmodel.sites))

    def _make_pickers(self) -> None:
        body = self._sites.body
        while (item := body.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._pickers = {}
        for site in self.viewmodel.sites:
            picker = Picker(f"How far {site.name} is", width=220)
            picker.set_choices(list(_FAR))
            picker.chosen.connect(lambda far, site_id=site.id: self._on_distance(site_id, far))
            self._pickers[site.id] = picker
            body.addWidget(label(site.name, "second", wrap=True))
            body.addWidget(picker)

    def _on_kept(self) -> None:
        """In the manager's copy, show which planned visits the days away break."""
        availability = self.viewmodel.availability
        if self.viewmodel.is_manager and availability is not None:
            show_broken_visits(self, availability.person_id)

    # -- actions -------------------------------------------------------------------------

    def _on_person(self, person_id: object) -> None:
        if isinstance(person_id, UUID):
            self.viewmodel.choose(person_id)
            show_broken_visits(self, None)

    def _on_copy_from(self, person_id: object) -> None:
        if isinstance(person_id, UUID):
            self.viewmodel.copy_week(person_id)

    def _on_numbers(self, _value: object) -> None:
        self.viewmodel.set_visits(self.least.value() or 0, self.most.value() or 0)

    def _on_distance(self, site_id: UUID, far: object) -> None:
        """Save a choice. Text that is no choice stays marked and isn't saved."""
        if far is not None:
            self.viewmodel.set_distance(site_id, far)

    def typed(self) -> Mapping[str, Any]:
        """Days that are typed and not added yet."""
        availability = self.viewmodel.availability
        days = {"away": self.away.in_fields(), "wishes": self.wishes.in_fields()}
        if availability is None or not any(any(fields) for fields in days.values()):
            return {}
        return {"person": availability.person_id.hex, **days}

    def bring_typed(self, content: Mapping[str, Any]) -> str:
        """Only if it is about the same person."""
        wanted = content.get("person")
        person = next((p.id for p in self.viewmodel.people if p.id.hex == wanted), None)
        if person is None:
            return ""
        self.viewmodel.choose(person)
        for name, days in (("away", self.away), ("wishes", self.wishes)):
            days.put_in_fields(content.get(name))
        return "The days you were adding are here again. They aren\u2019t added yet."

    def open_target(self, target: object) -> None:
        """Show the person with this id."""
        if isinstance(target, UUID) and any(p.id == target for p in self.viewmodel.people):
            self._on_person(target)

    def place(self) -> object:
        """The id of the person shown."""
        availability = self.viewmodel.availability
        return availability.person_id if availability else None
