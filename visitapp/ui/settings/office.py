"""Settings: the office's name and area, and its schemes with the limits of their waits."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from visitapp.domain.scheme import Kind, Scheme
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.section import FormSection
from visitapp.ui.settings.tablemodel import Entry
from visitapp.ui.settings.words import limits_words, whole_number
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label


class OfficeSection(FormSection):
    """Name and area, as reports print them."""

    title = "Office"
    words = "Who runs the schemes, as reports print it. It is kept in the file."

    def make_fields(self) -> None:
        self.name, self.name_row = self.add_line(
            "Name", "Such as Office of the Police and Crime Commissioner.", width=520
        )
        self.area, _ = self.add_line("Area", "Such as Leicestershire and Rutland.", width=520)

    def fill(self) -> None:
        self._office = self.viewmodel.office()
        self.name.setText(self._office.name)
        self.area.setText(self._office.area)
        self.name.setCursorPosition(0)
        self.name_row.set_error("")

    def state(self) -> tuple[object, ...]:
        return self.name.text(), self.area.text()

    def save(self) -> bool:
        self.name_row.set_error("" if self.name.text().strip() else "An office needs a name.")
        if self.name_row.error():
            return False
        return self.viewmodel.save_office(self._office, self.name.text(), self.area.text())


class SchemesSection(EntriesSection):
    """The schemes: names, and what counts as waiting."""

    title = "Schemes"
    words = (
        "The limits decide how a wait counts. They are kept in the file and travel with it; "
        "past visits are counted by the limits of today."
    )
    headings = ("Scheme", "Immediate", "Delay", "Name")
    numbers = (1, 2)

    def entries(self) -> list[Entry]:
        return [
            Entry(
                scheme,
                (
                    scheme.kind.label,
                    f"0–{scheme.immediate_limit} min",
                    f"{scheme.immediate_limit + 1}–{scheme.delay_limit} min",
                    scheme.name,
                ),
            )
            for scheme in self.viewmodel.schemes()
        ]

    def make_beside_add(self, row: FlowRow) -> None:
        self.begin_buttons: dict[Kind, QWidget] = {}
        for kind in Kind:
            made = button(
                f"Begin a scheme of {kind.label.lower()} visiting",
                partial(self.viewmodel.begin_scheme, kind),
                icon="plus",
            )
            self.begin_buttons[kind] = made
            row.add(made)

    def reload(self) -> None:
        super().reload()
        kinds = {scheme.kind for scheme in self.viewmodel.schemes()}
        for kind, made in self.begin_buttons.items():
            made.setVisible(kind not in kinds)

    def make_form(self) -> None:
        self.name, self.name_row = self.add_line("Name", width=296)
        self.immediate, self.immediate_row = self.add_line("Immediate, up to (minutes)", width=76)
        self.delay, self.delay_row = self.add_line("Delayed, up to (minutes)", width=76)
        self.limits = label("", "second", "text2", wrap=True)
        self.fields.addWidget(self.limits)
        for edit in (self.immediate, self.delay):
            edit.textChanged.connect(lambda _: self._say_limits())

    def fill(self, item: Scheme | None) -> None:
        if item is not None:
            self.name.setText(item.name)
            self.name.setCursorPosition(0)
            self.immediate.setText(str(item.immediate_limit))
            self.delay.setText(str(item.delay_limit))

    def state(self) -> tuple[object, ...]:
        return self.name.text(), self.immediate.text(), self.delay.text()

    def save(self, item: Scheme) -> object | None:
        immediate = whole_number(self.immediate.text(), "Immediate")
        delay = whole_number(self.delay.text(), "Delayed")
        kept = self.viewmodel.save_scheme(item, self.name.text(), immediate, delay)
        return item.id if kept else None

    def name_of(self, item: Any) -> str:
        return str(item.kind.label)

    def _say_limits(self) -> None:
        self.limits.setText(limits_words(self.immediate.text(), self.delay.text()))
