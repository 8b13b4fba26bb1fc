"""Settings: coded values, list by list. They can be relabelled and retired, never deleted."""

from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from visitapp.domain.office.codes import Code, CodeBook
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.words import (
    FIXED_LISTS,
    LIST_TITLES,
    group_words,
    offered_words,
)
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.tablemodel import ListEntry


class CodesSection(EntriesSection):
    """The values that visit reports choose from."""

    title = "Lists"
    words = (
        "The options in visit reports. If you change a label, it also changes on old reports. "
        "You can retire an option. It disappears from new reports but stays on old ones."
    )
    headings = ("Label", "Counts as", "Offered")
    add_words = "Add an option"

    def make_above(self) -> QWidget:
        self.scheme = Picker("Scheme", width=180)
        self.list = Picker("List", width=280)
        self.scheme.chosen.connect(lambda _: self._on_scheme())
        self.list.chosen.connect(lambda _: self._on_list())
        row = FlowRow(gap=10)
        row.add(self.scheme)
        row.add(self.list)
        return row

    @property
    def book(self) -> CodeBook:
        """The coded values of the scheme shown."""
        scheme_id = self.scheme.key()
        return self.viewmodel.book(scheme_id) if isinstance(scheme_id, UUID) else CodeBook()

    @property
    def list_name(self) -> str:
        """The name of the list shown."""
        return str(self.list.key() or "")

    def reload(self) -> None:
        schemes = self.viewmodel.schemes()
        self.scheme.set_choices([(s.id, s.label) for s in schemes])
        if self.scheme.key() is None and schemes:
            self.scheme.set_key(schemes[0].id)
        self._offer_lists()
        super().reload()
        self.table.setColumnHidden(1, len(self.book.groups(self.list_name)) < 2)

    def _offer_lists(self) -> None:
        book = self.book
        self.list.set_choices([(n, words) for n, words in LIST_TITLES.items() if book[n]])
        if self.list.key() is None and self.list.count():
            self.list.set_key(next(name for name in LIST_TITLES if book[name]))

    def choose(self, scheme_id: UUID, list_name: str) -> None:
        """Show one list."""
        self.scheme.set_key(scheme_id)
        self._offer_lists()
        self.list.set_key(list_name)
        self._switch()

    def _on_scheme(self) -> None:
        if not self.is_held():
            self._offer_lists()
            self._switch()

    def _on_list(self) -> None:
        self._switch()

    def _switch(self) -> None:
        """Show another list, unless something unsaved is typed in this one."""
        if self.is_held():
            return
        self.item, self._clean = None, None
        self.say_done("")
        self.reload()

    def entries(self) -> list[ListEntry]:
        book, name = self.book, self.list_name
        return [
            ListEntry(
                code,
                (
                    code.label,
                    group_words(book, name, code.group),
                    offered_words(code, self.viewmodel.today),
                ),
            )
            for code in book[name]
        ]

    def make_form(self) -> None:
        self.label_edit, _ = self.add_line("Label", width=296)
        self.group = Picker("Counts as", width=280)
        self.group_row = FormRow(
            "Counts as", self.group, "This cannot be changed, because figures depend on it."
        )
        self.fields.addWidget(self.group_row)
        self.start, self.end = DateField("Offered from"), DateField("Last day offered")
        self.fields.addWidget(
            FormRow("Offered from", self.start, "Leave blank if always available.")
        )
        self.end_row = FormRow("Last day offered", self.end, "Leave blank if still in use.")
        self.fields.addWidget(self.end_row)

    def fill(self, item: Code | None) -> None:
        book, name = self.book, self.list_name
        groups = book.groups(name) if item else book.groups_to_add(name)
        self.group.set_choices([(g, group_words(book, name, g)) for g in groups])
        self.group.set_key(item.group if item else groups[0] if groups else None)
        self.group_row.setVisible(item is None and len(groups) > 1)
        self.label_edit.setText(item.label if item else "")
        self.start.set_day(item.active_from if item else None)
        self.end.set_day(item.active_to if item else None)
        self.end_row.setVisible(item is not None)
        self.add_button.setVisible(name not in FIXED_LISTS)

    def state(self) -> tuple[object, ...]:
        return self.label_edit.text(), self.group.key(), self.start.text(), self.end.text()

    def save(self, item: Code | None) -> object | None:
        for field in (self.start, self.end):
            if field.error():
                self.say_problem(field.error())
                return None
        label, start, end = self.label_edit.text(), self.start.day(), self.end.day()
        if item is not None:
            return self.viewmodel.save_code(item, label, start, end)
        scheme_id, group = self.scheme.key(), self.group.key()
        if not isinstance(scheme_id, UUID) or group is None:
            self.say_problem("Choose what the new option counts as.")
            return None
        return self.viewmodel.add_code(scheme_id, self.list_name, label, str(group), start)

    def name_of(self, item: Any) -> str:
        return str(item.label)
