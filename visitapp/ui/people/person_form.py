"""The form to add or change a person, in the panel next to the table."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from visitapp.domain.errors import BadInputError, VisitAppError
from visitapp.domain.office.credential import Credential
from visitapp.domain.office.people import (
    ON_PROBATION,
    Clearance,
    Membership,
    PanelMembership,
    Person,
)
from visitapp.domain.office.status_change import end_of_probation
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.ui.people.credential_form import CredentialForm
from visitapp.ui.people.membership_form import MembershipForm
from visitapp.ui.people.viewmodel import PeopleViewModel
from visitapp.ui.undoing import UndoStack, UndoStep
from visitapp.ui.widgets import form_fields
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line_field import LineField, one_line
from visitapp.ui.widgets.picker import Picker

_SECTION = 300
_WHOLE = "We could not find the surname. Move it here from the first name."


def _section(title: str) -> tuple[QWidget, QVBoxLayout]:
    """A part of the form under a title, and the column of its rows."""
    section = QWidget()
    rows = QVBoxLayout(section)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(12)
    rows.addWidget(label(title, "h2"))
    return section, rows


class PersonForm(QWidget):
    """Enter saves, Escape cancels. The page shows `reason` in its foot.

    Signals: `saved` (Person); `left` without saving; `typed` at each change by the user.
    """

    saved = Signal(object)
    left = Signal()
    typed = Signal()

    def __init__(self, viewmodel: PeopleViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._id, self._version = uuid4(), 0
        self._file = VolunteerFile(self._id)
        self._stored: tuple[Membership, ...] = ()
        self._panels: tuple[PanelMembership, ...] = ()
        self._parts: list[MembershipForm] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        sections = FormGrid(columns=3, least=_SECTION)
        sections.add(self._name_and_contact())
        sections.add(self._schemes())
        sections.add(self._vetting_and_training())
        held, rows = _section("Term, identity card, training and declarations")
        self.credentials = CredentialForm(viewmodel.today)
        self.credentials.typed.connect(self.typed)
        rows.addWidget(self.credentials)
        sections.add(held, wide=True)
        column.addWidget(sections)
        self.reason = Reason()
        viewmodel.problem.connect(self._on_problem)
        form_fields.watch(self, self._on_typed)
        self._removed_memberships = UndoStack(self._restore, self)

    def _name_and_contact(self) -> QWidget:
        section, rows = _section("Name and contact")
        self.given_name, self.surname = LineField(), LineField()
        self._given_row = FormRow("First name", self.given_name, wide=True)
        self._surname_row = FormRow("Surname", self.surname, wide=True)
        self.telephone, self.email, self.area = LineField(), LineField(), LineField()
        for row in (
            self._given_row,
            self._surname_row,
            FormRow("Telephone", self.telephone, wide=True),
            FormRow("E-mail", self.email, wide=True),
            FormRow("Home area", self.area, "A district or town, no address.", wide=True),
        ):
            rows.addWidget(row)
        rows.addStretch(1)
        return section

    def _schemes(self) -> QWidget:
        section, rows = _section("Schemes")
        self._memberships = QVBoxLayout()
        self._memberships.setSpacing(12)
        rows.addLayout(self._memberships)
        self._joins = FlowRow(gap=8)
        rows.addWidget(self._joins)
        rows.addStretch(1)
        return section

    def _vetting_and_training(self) -> QWidget:
        section, rows = _section("Vetting and training")
        self.vetted = DateField("Vetting until", today=self._viewmodel.today)
        self.probation = DateField("On probation until", today=self._viewmodel.today)
        self.tact = QCheckBox("Trained for TACT visits")
        rows.addWidget(FormRow("Vetting until", self.vetted, "The last day it is valid."))
        rows.addWidget(FormRow("On probation until", self.probation))
        self.buddy = Picker("Buddy on probation", width=200, placeholder="Nobody")
        rows.addWidget(FormRow("Buddy on probation", self.buddy))
        rows.addWidget(self.tact)
        rows.addStretch(1)
        return section

    def begin(self, person: Person | None) -> None:
        """Show the form for a person, or (None) to add one to the first scheme."""
        self.reason.say("")
        self._given_row.set_error("")
        self._id = person.id if person else uuid4()
        self._version = person.version if person else 0
        self._panels = person.panels if person else ()
        self._show_file(self._viewmodel.file(self._id))
        clearance = person.clearance if person else Clearance()
        self.vetted.set_day(clearance.vetted_until)
        self.probation.set_day(clearance.probation_until)
        self.tact.setChecked(clearance.tact_trained)
        schemes = self._viewmodel.schemes
        self._removed_memberships.clear()
        self._stored = person.memberships if person else ()
        new = (Membership(schemes[0].id, self._viewmodel.today),) if schemes else ()
        self._show(person.memberships if person else new)
        self.given_name.setFocus()

    def _show_file(self, file: VolunteerFile) -> None:
        self._file = file
        self.given_name.setText(file.given_name)
        self.surname.setText(file.surname)
        whole = file.given_name and not file.surname
        self._surname_row.set_hint(_WHOLE if whole else "")
        self.telephone.setText(file.telephone)
        self.email.setText(file.email)
        self.area.setText(file.home_area)
        self.buddy.set_choices(self._viewmodel.buddies(file))
        self.buddy.set_key(file.buddy_id)
        self.credentials.show_held(file.credentials)

    def _typed_file(self, held: tuple[Credential, ...]) -> VolunteerFile:
        """The file as typed. Raises BadInputError for an address that can't be right."""
        buddy = self.buddy.key()
        return replace(
            self._file,
            given_name=one_line(self.given_name.text()),
            surname=one_line(self.surname.text()),
            telephone=one_line(self.telephone.text()),
            email=one_line(self.email.text()),
            home_area=one_line(self.area.text()),
            buddy_id=buddy if isinstance(buddy, UUID) else None,
            credentials=held,
        )

    @property
    def person_id(self) -> UUID:
        """The person being changed."""
        return self._id

    @property
    def parts(self) -> tuple[MembershipForm, ...]:
        """The forms of the memberships."""
        return tuple(self._parts)

    def join_buttons(self) -> list[str]:
        """The texts of the buttons that add a membership."""
        return [join_button.accessibleName() for join_button in self._joins.widgets()]

    def save(self) -> bool:
        """Save the person, or show what to correct."""
        self.reason.say("")
        held = self.credentials.held()
        if held is None:
            return False
        try:
            file = self._typed_file(held)
        except BadInputError as error:
            self.reason.say(str(error))
            return False
        name = file.name
        self._given_row.set_error("" if name else "Enter the person’s name.")
        memberships = [part.membership() for part in self._parts]
        read = [membership for membership in memberships if membership is not None]
        if not name or len(read) != len(memberships):
            return False
        if self.vetted.error() or self.probation.error():
            self.reason.say(self.vetted.error() or self.probation.error())
            return False
        if not read:
            self.reason.say("Add the person to a scheme first.")
            return False
        clearance = Clearance(self.vetted.day(), self.probation.day(), self.tact.isChecked())
        person = Person(self._id, name, tuple(read), clearance, self._version, self._panels)
        dated = [change for part in self._parts if (change := part.change()) is not None]
        if self._viewmodel.save(person, file if file != self._file else None, dated):
            self.saved.emit(replace(person, version=self._version + 1))
            return True
        self._look_again()
        return False

    def _look_again(self) -> None:
        """After a conflict, show what is stored now, together with the problem."""
        row = self._viewmodel.person(self._id)
        if row is not None and row.person.version != self._version:
            sentence = self.reason.text()
            self.begin(row.person)
            self.reason.say(sentence)

    def _show(self, memberships: tuple[Membership, ...]) -> None:
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        for membership in sorted(memberships, key=lambda m: m.joined_on, reverse=True):
            self._add(membership)
        self._offer_joins()

    def _add(self, membership: Membership) -> MembershipForm:
        stored = next((m for m in self._stored if m == membership), None)
        part = MembershipForm(self._viewmodel, stored or membership, is_new=stored is None)
        part.removed.connect(self._remove_membership)
        form_fields.watch(part, self._on_typed)
        part.left.changed.connect(self._offer_joins)
        part.status.chosen.connect(partial(self._propose_probation, part))
        self._parts.append(part)
        self._memberships.addWidget(part)
        part.show()
        return part

    def _propose_probation(self, part: MembershipForm, *_: object) -> None:
        """Where probation begins, its usual last day; it can be changed."""
        if part.status.key() == ON_PROBATION and not self.probation.text():
            first = part.since.day() or self._viewmodel.today
            self.probation.set_day(end_of_probation(first))

    def _remove_membership(self, part: MembershipForm) -> None:
        before, name = self.typed_parts(), self._viewmodel.scheme_name(part.stored.scheme_id)
        self._parts.remove(part)
        part.hide()
        part.deleteLater()
        self._offer_joins()
        self._removed_memberships.note(
            UndoStep(before, self.typed_parts(), f"remove the time in {name}")
        )
        self.typed.emit()

    def typed_parts(self) -> list[tuple[Membership, dict[str, Any]]]:
        """The memberships as they are, for `show_parts`."""
        return [(part.stored, form_fields.named(part)) for part in self._parts]

    def _restore(self, parts: Sequence[tuple[Membership, Mapping[str, Any]]], _: UndoStep) -> None:
        self.show_parts(parts)
        self.typed.emit()
        self.given_name.setFocus()

    @property
    def undo_stack(self) -> UndoStack | None:
        """Brings back removed memberships. After other changes, each field undoes its own
        typing."""
        stack, now = self._removed_memberships, self.typed_parts()
        return stack if not stack.is_empty and now in stack.last_values() else None

    def _on_typed(self, *_: object) -> None:
        self.typed.emit()

    def show_parts(self, parts: Sequence[tuple[Membership, Mapping[str, Any]]]) -> None:
        """Show memberships with what was typed in them, in order."""
        self._show(())
        for stored, fields in parts:
            self._add(stored).put_fields(fields)
        self._offer_joins()

    def join(self, scheme_id: UUID) -> None:
        """Add a membership from today."""
        part = self._add(Membership(scheme_id, self._viewmodel.today))
        self._offer_joins()
        part.joined.setFocus()
        self.typed.emit()

    def _offer_joins(self) -> None:
        """Add a button for each scheme that the person isn't in."""
        self._joins.clear()
        for scheme in self._viewmodel.schemes:
            mine = [part for part in self._parts if part.scheme_id == scheme.id]
            if all(part.left.day() for part in mine):
                word = "Joined again" if mine else "Add to"
                text = f"{word}: {scheme.label}" if mine else f"{word} {scheme.label}"
                self._joins.add(
                    button(text, partial(self.join, scheme.id), icon="plus", small=True)
                )

        self._put_in_order()

    def _put_in_order(self) -> None:
        """Set the Tab order from top to bottom, including what was added last."""
        stops: list[QWidget] = [
            self.given_name,
            self.surname,
            self.telephone,
            self.email,
            self.area,
        ]
        for part in self._parts:
            stops += part.stops()
        stops += self._joins.widgets()
        stops += [self.vetted.edit, self.vetted.pick, self.probation.edit, self.probation.pick]
        stops += [self.buddy, self.tact, *self.credentials.stops()]
        for earlier, other in pairwise(stops):
            QWidget.setTabOrder(earlier, other)

    def _on_problem(self, error: VisitAppError) -> None:
        if self.isVisible():
            self.reason.say(str(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
