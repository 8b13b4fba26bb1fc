"""The section "The visit": where, when, what kind, and who."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.draft.draft_content import as_chosen
from visitapp.domain.draft.report_sections import TaskSection
from visitapp.domain.office.people import Person
from visitapp.domain.report.visit_codes import COMPLETED, FACE_TO_FACE
from visitapp.domain.text.wording import short_date
from visitapp.ui.log.sections.section import SectionWidget
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import set_wrong
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.picker import Picker


class PeoplePickers(QWidget):
    """Pickers for people of the register, one for each person, and a button to add another.

    Signals: `changed` (list of ids; empty texts where none is chosen, and names as they were
    typed where they are nobody's).
    """

    changed = Signal(object)

    def __init__(self, name: str, least: int, more: str, *, takes_guests: bool = False) -> None:
        """`takes_guests`: names that aren't in the register are accepted too."""
        super().__init__()
        self._name, self._least, self._takes_guests = name, least, takes_guests
        self._people: list[tuple[str, str]] = []
        self.pickers: list[Picker] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        column.addLayout(self._column)
        self._more = link_button(more, self._add_one)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setAccessibleName(name)
        for _ in range(least):
            self._add()

    def _add(self) -> Picker:
        number = len(self.pickers) + 1
        name = self._name if self._least == 1 and number == 1 else f"{self._name} {number}"
        picker = Picker(name, placeholder="Type a name", takes_any=self._takes_guests)
        picker.set_choices(self._people)
        picker.chosen.connect(lambda _: self.changed.emit(self.chosen()))
        edit = picker.lineEdit()
        assert edit is not None
        edit.editingFinished.connect(lambda: self.changed.emit(self.chosen()))
        self.pickers.append(picker)
        self._column.addWidget(picker)
        self.setFocusProxy(self.pickers[0])
        if number > 1:
            QWidget.setTabOrder(self.pickers[-2], picker)
        QWidget.setTabOrder(picker, self._more)
        return picker

    def _add_one(self) -> None:
        picker = self._add()
        picker.show()  # a hidden widget can't take the cursor
        picker.setFocus()

    def set_people(self, people: list[tuple[Person, bool]]) -> None:
        """Set the people to choose from; those not active are marked as such."""
        self._people = [
            (str(person.id), person.name if active else f"{person.name} (not active)")
            for person, active in people
        ]
        for picker in self.pickers:
            picker.set_choices(self._people)

    def show_chosen(self, ids: list[str]) -> None:
        """Show who is chosen, without a signal."""
        while len(self.pickers) < max(self._least, len(ids)):
            self._add()
        while len(self.pickers) > max(self._least, len(ids)):
            gone = self.pickers.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        known = {key for key, _ in self._people}
        for index, picker in enumerate(self.pickers):
            wanted = ids[index] if index < len(ids) else ""
            picker.set_key(wanted if wanted in known else None)
            if wanted and wanted not in known:
                picker.setEditText(wanted)
                set_wrong(picker, picker.error())

    def chosen(self) -> list[str]:
        """The ids chosen, in order, with empty texts between."""
        return [str(picker.key() or picker.currentText().strip()) for picker in self.pickers]


class VisitSection(SectionWidget):
    """The section "The visit": site, date, type, mode, status, visitors and observers."""

    def __init__(self, viewmodel: LogViewModel, section: TaskSection) -> None:
        super().__init__(viewmodel, section)
        self.site = Picker(self.ask("site_id").ask, placeholder="Choose a site")
        self.date = DateField("Date of the visit", today=viewmodel.today())
        self.type = Picker(self.ask("type").ask)
        self.mode = Picker(self.ask("mode").ask)
        self.status = Picker(self.ask("status").ask)
        self.visitors = PeoplePickers("Visitor", 2, "Add another visitor")
        self.observers = PeoplePickers("Observer", 1, "Add another observer", takes_guests=True)
        what, who = Panel(), Panel()
        grid = FormGrid()
        grid.add(self.add_row("site_id", self.site))
        grid.add(self.add_row("date", self._with_today()))
        grid.add(self.add_row("type", self.type))
        grid.add(self.add_row("mode", self.mode))
        grid.add(self.add_row("status", self.status))
        what.body.addWidget(grid)
        people = FormGrid()
        people.add(self.add_row("visitors", self.visitors))
        hint = (
            "A trainee or guest. If they are not on the list, type their name. Their time does not "
            "count towards volunteer hours."
        )
        people.add(self.add_row("observers", self.observers, hint=hint))
        who.body.addWidget(people)
        self.body.addWidget(what)
        self.body.addWidget(who)
        self.add_list(self.own_questions())
        self._connect()

    def _with_today(self) -> QWidget:
        """The date and its button for today, as one field."""
        field = _DateWithToday(self.date)
        field.today.clicked.connect(self._on_today)
        return field

    def _connect(self) -> None:
        viewmodel = self.viewmodel
        self.date.changed.connect(lambda: viewmodel.answer("date", self.date.text()))
        for key, picker in (
            ("type", self.type),
            ("mode", self.mode),
            ("status", self.status),
        ):  # words that match no choice stay in the draft and are shown as a problem
            picker.chosen.connect(
                lambda _, key=key, picker=picker: viewmodel.answer(key, str(picker.value() or ""))
            )
        self.site.chosen.connect(
            lambda _: viewmodel.answer("site_id", as_chosen(self.site.value()))
        )
        for key, pickers in (("visitors", self.visitors), ("observers", self.observers)):
            pickers.changed.connect(
                lambda ids, key=key: viewmodel.answer(key, tuple(map(as_chosen, ids)))
            )
        self.date.edit.editingFinished.connect(self.judge_now)

    def _on_today(self) -> None:
        self.date.set_day(self.viewmodel.today())
        self.viewmodel.answer("date", short_date(self.viewmodel.today()))

    def fill(self) -> None:
        """Show the answers of the report that was opened."""
        viewmodel, report = self.viewmodel, self.viewmodel.report
        self.site.set_choices([(str(site.id), site.name) for site in viewmodel.register.sites])
        self.site.set_value(str(report.site_id))
        self.date.set_text(report.date)
        for picker, key, list_name, usual in (
            (self.type, "type", "visit_type", "ROUTINE"),
            (self.mode, "mode", "visit_mode", FACE_TO_FACE),
            (self.status, "status", "visit_status", COMPLETED),
        ):
            code = getattr(report, key) or usual
            offered = viewmodel.offered(list_name, code)
            picker.set_choices([(entry.code, entry.label, entry.code) for entry in offered])
            picker.set_value(code)
        self._fill_people()
        super().fill()

    def _fill_people(self) -> None:
        viewmodel = self.viewmodel
        day, scheme_id = viewmodel.reading.day or viewmodel.today(), viewmodel.register.scheme.id
        people = [(p, p.is_active_on(scheme_id, day)) for p in viewmodel.offered_people()]
        report = viewmodel.report
        for pickers, chosen in (
            (self.visitors, report.visitors),
            (self.observers, report.observers),
        ):
            pickers.set_people(people)
            pickers.show_chosen([*map(str, chosen)])


class _DateWithToday(QWidget):
    """A date field with a button for today."""

    fills_row = True

    def __init__(self, field: DateField) -> None:
        super().__init__()
        self._field = field
        self.today = button("Today")
        self.today.setToolTip("Enter today’s date")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field)
        field.put_beside(self.today)
        self.setFocusProxy(field)

    def error(self) -> str:
        """Why the date can't be read; empty if it can."""
        return self._field.error()
