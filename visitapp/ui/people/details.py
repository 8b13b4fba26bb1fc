"""The details of one person, in the panel next to the table."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.moment import uk_time
from visitapp.domain.office.people import Membership, Person
from visitapp.domain.office.status_change import StatusChange
from visitapp.domain.text.shown import in_a_file_name
from visitapp.domain.text.wording import capitalised, number_of, short_date
from visitapp.ui.count_together import OtherEntries
from visitapp.ui.people.copies import OwnCopies
from visitapp.ui.people.credential_form import credential_words
from visitapp.ui.people.monitoring_dialog import MonitoringDialog
from visitapp.ui.people.person_row import PersonRow
from visitapp.ui.people.viewmodel import PeopleViewModel
from visitapp.ui.widgets.arranging import clear
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.tag import Tag
from visitapp.ui.window_dialogs import ask_pdf

_URGENT = 7
_KINDS = {"Yes": ("good", "circle-check"), "Away": ("warn", "calendar-x"), "No": ("bad", "ban")}


def membership_lines(viewmodel: PeopleViewModel, membership: Membership) -> tuple[str, str]:
    """(scheme and status, since when, and why it ended) for one membership."""
    first = f"{viewmodel.scheme_name(membership.scheme_id)}: {viewmodel.status_label(membership)}"
    since = short_date(membership.joined_on)
    if membership.joined_unknown:
        since = f"Day they joined not known. In the scheme by {since}"
    if membership.left_on is None:
        return first, since if membership.joined_unknown else f"Since {since}"
    to = "; left" if membership.joined_unknown else " to"
    days = f"{since}{to} {short_date(membership.left_on)}"
    why = viewmodel.reason_label(membership)
    return first, f"{days}; {why}" if why else days


def change_lines(viewmodel: PeopleViewModel, change: StatusChange) -> tuple[str, str]:
    """(the status and its days, who entered it when and why) for one change."""
    name = viewmodel.status_name(change.scheme_id, change.status)
    day = "a day not known" if change.from_on is None else short_date(change.from_on)
    until = f" until {short_date(change.until_on)}" if change.until_on else ""
    first = f"{name}: last day {day}" if change.has_ended else f"{name} from {day}{until}"
    by = f"Entered by {change.by}" + (f", {short_date(uk_time(change.at))}" if change.at else "")
    why = f". {change.why}" if change.why else ""
    if change.withdrawn_at is not None:
        first = f"Mistake: {first}"
        why += f". Withdrawn by {change.withdrawn_by}, {short_date(uk_time(change.withdrawn_at))}"
    return first, by + why


def clearance_lines(person: Person) -> list[str]:
    """Vetting, probation and training, as far as entered."""
    clearance = person.clearance
    details = []
    if clearance.vetted_until is not None:
        details.append(f"Vetting until {short_date(clearance.vetted_until)}")
    if clearance.probation_until is not None:
        details.append(f"On probation until {short_date(clearance.probation_until)}")
    if clearance.tact_trained:
        details.append("Trained for TACT visits")
    return details


class Details(QWidget):
    """Whether the person may visit, their memberships, and the actions."""

    def __init__(
        self, viewmodel: PeopleViewModel, edit: Callable[[], object], leave: Callable[[], object]
    ) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self._row: PersonRow | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._answer = FlowRow(gap=8)
        column.addWidget(self._answer)
        self._times = QVBoxLayout()
        self._times.setSpacing(8)
        column.addLayout(self._times)
        self.copies = OwnCopies(viewmodel)
        self._buttons = FlowRow(gap=8)
        self.edit_button = button("Edit", edit, icon="pencil", small=True)
        self.edit_button.setToolTip("Enter")
        self.leave_button = button(
            "Record that someone has left", leave, icon="user-round-x", small=True
        )
        self.leave_button.setToolTip("Delete")
        self.certificate_button = button("Certificate…", self._certify, icon="printer", small=True)
        self.hours_button = button("Hours", self._show_hours, icon="clock", small=True)
        self._buttons.add(self.edit_button)
        self.monitoring_button = button(
            "Equality monitoring…", self._ask_monitoring, icon="lock", small=True
        )
        self.same_button = button("The same person as…", self._ask_same, icon="users", small=True)
        self._buttons.add(self.hours_button)
        self._buttons.add(self.certificate_button)
        self._buttons.add(self.monitoring_button)
        self._buttons.add(self.same_button)
        self._buttons.add(self.leave_button)
        self.others = OtherEntries("the same person")
        column.addWidget(self.others)
        column.addWidget(self._buttons)
        column.addWidget(self.copies)
        column.addStretch(1)

    def show_row(self, row: PersonRow) -> None:
        """Show this person."""
        self._row = row
        self._answer.clear()
        self._answer.add(label("May visit today?", "second", "text2"))
        kind, icon = _KINDS[row.answer]
        self._answer.add(Tag(row.answer, kind, icon, plain=row.may_visit))
        clear(self._times)
        file = self._viewmodel.file(row.person.id)
        for line in filter(None, (file.telephone, file.email, file.home_area)):
            self._times.addWidget(label(line, "second", wrap=True))
        if row.reason:
            reason = capitalised(row.reason)
            self._times.addWidget(label(f"{reason}.", "second", "text2", wrap=True))
        newest = sorted(row.person.memberships, key=lambda m: m.joined_on, reverse=True)
        for membership in newest:
            first, second = membership_lines(self._viewmodel, membership)
            self._times.addWidget(hairline())
            self._times.addWidget(label(first, "strong", wrap=True))
            self._times.addWidget(label(second, "second", "text2", wrap=True))
            self._add_history(row.person, membership.scheme_id)
        panels = [f"Panel: {name}" for name in self._viewmodel.panels(row.person)]
        if lines := panels + clearance_lines(row.person):
            self._times.addWidget(hairline())
            for line in lines:
                self._times.addWidget(label(line, "second", "text2", wrap=True))
        self._add_ahead(row)
        if words := self._viewmodel.narrow_words(row.person):
            self._times.addWidget(hairline())
            self._times.addWidget(label(words, "second", "text2", wrap=True))
        self.others.show_of(row.person.name, self._viewmodel.same.of(row.person.id))
        self.copies.show_row(row)
        self._buttons.setVisible(self._viewmodel.may_change)
        self.leave_button.setVisible(bool(self._viewmodel.current(row.person)))
        self.certificate_button.setVisible(row.award is not None)

    def _show_hours(self) -> None:
        """Go to the hours and claims of the person."""
        if self._row is not None:
            self._viewmodel.show_hours(self._row.person)

    def _certify(self) -> None:
        """Save the certificate for the award that is due."""
        award = None if self._row is None else self._row.award
        if award is not None:
            name = in_a_file_name(award.person.name, "volunteer")
            file = f"Certificate-{award.years}-years-{name}.pdf"
            out = ask_pdf(self, self._viewmodel.folder / file)
            if out is not None:
                self._viewmodel.save_certificate(award, out)

    def _ask_same(self) -> None:
        """Ask which other entry is of this person."""
        if self._row is not None:
            self._viewmodel.same.ask(self, self._row.person)

    def _ask_monitoring(self) -> None:
        """Show what the person answered, and save what is changed."""
        if self._row is None:
            return
        person = self._row.person
        before = self._viewmodel.monitoring(person)
        after = MonitoringDialog.ask(self, person.name, before)
        if after is not None and after.answers != before.answers:
            self._viewmodel.save_monitoring(after)

    def _add_ahead(self, row: PersonRow) -> None:
        """What is held, what of it runs out, and the award that is due."""
        file = self._viewmodel.file(row.person.id)
        lines = [credential_words(item) for item in file.credentials]
        if buddy := self._viewmodel.buddy_name(file):
            lines.append(f"Buddy on probation: {buddy}")
        if row.award is not None:
            years = number_of(row.award.years, "year")
            lines.append(f"Award for {years} of service due on {short_date(row.award.due_on)}")
        if lines or row.minimum is not None:
            self._times.addWidget(hairline())
        for line in lines:
            self._times.addWidget(label(line, "second", "text2", wrap=True))
        if row.minimum is not None:
            tone = "onWarnSoft" if row.minimum.is_below else "text2"
            words = f"In twelve months {row.minimum.words}"
            self._times.addWidget(label(words, "second", tone, wrap=True))
        for item in row.runs_out:
            urgent = item.days_left(self._viewmodel.today) <= _URGENT
            words = f"Runs out: {item.words(self._viewmodel.today)}"
            tone = "onBadSoft" if urgent else "onWarnSoft"
            self._times.addWidget(label(words, "smallStrong", tone, wrap=True))

    def _add_history(self, person: Person, scheme_id: UUID) -> None:
        """The changes of a status that were entered, the newest first."""
        for change in self._viewmodel.history(person, scheme_id):
            if change.at is None:
                continue  # an older file says no more than the membership above
            first, second = change_lines(self._viewmodel, change)
            self._times.addWidget(label(first, "second", wrap=True))
            self._times.addWidget(label(second, "small", "text3", wrap=True))
            if self._viewmodel.may_withdraw(person, change):
                withdraw = partial(self._viewmodel.withdraw_change, person, change)
                link = link_button("Entered by mistake", withdraw, about=first)
                self._times.addWidget(link)
