"""State and commands of the page People. QtCore only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError, VisitAppError
from visitapp.domain.exchange.register import PersonCopies
from visitapp.domain.office.award import Award
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.monitoring import MonitoringAnswers
from visitapp.domain.office.people import Membership, Person, vetting_to_renew
from visitapp.domain.office.register import RegisterPart, current_memberships, may_visit, part_of
from visitapp.domain.office.scheme import Role, Scheme
from visitapp.domain.office.status_change import LEFT, StatusChange
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.domain.text.folding import contains_words
from visitapp.domain.text.wording import out_of, short_date
from visitapp.ui.context import Context
from visitapp.ui.look.preferences import documents
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.people.ahead import PeopleAhead, look_ahead
from visitapp.ui.people.person_row import Listing, PersonRow
from visitapp.ui.people.same_people import SamePeople


class PeopleViewModel(PageViewModel):
    """Filters, rows and commands; every rule is the domain's."""

    changed = Signal()  # other rows, or new content
    concerns = Changes.PEOPLE | Changes.CODES | Changes.SETTINGS | Changes.VISITS | Changes.MEETINGS
    saved = Signal(object)  # UUID of the saved person
    invited = Signal(object, str)  # Person, where the invitation was saved

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.schemes: tuple[Scheme, ...] = ()
        self.books: Mapping[UUID, CodeBook] = {}
        self._copies: Mapping[UUID, PersonCopies] = {}
        self._files: Mapping[UUID, VolunteerFile] = {}
        self._history: Mapping[UUID, Sequence[StatusChange]] = {}
        self.same = SamePeople(lambda: context.services, self._carry_out)
        self.everybody: tuple[PersonRow, ...] = ()
        self.rows: tuple[PersonRow, ...] = ()
        self._ahead = PeopleAhead()
        self.standing: RegisterPart | Listing | None = RegisterPart.ACTIVE
        self.scheme_id: UUID | None = None
        self.text = ""
        self.renew()

    # -- state ---------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """Today's date according to the records."""
        return self._context.services.access.today()

    @property
    def may_change(self) -> bool:
        """Whether this is the manager's copy: no other may change the register."""
        return self._context.services.access.actor.role is Role.MANAGER

    @property
    def facts(self) -> str:
        """`14 of 16 may visit today, Wed 10 Apr 2024`."""
        active = [row for row in self.everybody if row.standing is RegisterPart.ACTIVE]
        may = sum(row.may_visit for row in active)
        known = f"{out_of(may, len(active))} may visit today, {short_date(self.today)}"
        renew = len(vetting_to_renew((row.person for row in self.everybody), self.today))
        return f"{known}; vetting to renew: {renew}" if renew else known

    def count(self, standing: RegisterPart | Listing | None) -> int:
        """How many people of the chosen scheme and search are listed so; None: in all."""
        return sum(self._is_listed(row, standing) for row in self.everybody if self._is_wanted(row))

    def person(self, person_id: UUID) -> PersonRow | None:
        """The row of one person, or of whom they count as, whatever the filters."""
        kept = self.same.kept(person_id)
        return next((row for row in self.everybody if row.person.id == kept), None)

    def scheme_name(self, scheme_id: UUID) -> str:
        """`Custody`."""
        return next((s.label for s in self.schemes if s.id == scheme_id), "")

    def status_label(self, membership: Membership) -> str:
        """The scheme's name for the membership's status today."""
        return self.status_name(membership.scheme_id, membership.status_on(self.today))

    def status_name(self, scheme_id: UUID, status: str) -> str:
        """The scheme's name for a status."""
        return self.books.get(scheme_id, CodeBook()).label("volunteer_status", status)

    def reason_label(self, membership: Membership) -> str:
        """The scheme's name for the reason for leaving."""
        book = self.books.get(membership.scheme_id, CodeBook())
        return book.label("leaver_reason", membership.leaving_reason)

    def panels(self, person: Person) -> list[str]:
        """The panels that a person belongs to today."""
        ids = (person.panel_on(scheme.id, self.today) for scheme in self.schemes)
        return [self._groups[panel_id] for panel_id in ids if panel_id in self._groups]

    def narrow_words(self, person: Person) -> str:
        """That their name gives away the day of a visit; empty in a visitor's copy."""
        if not self.may_change or not self.current(person):
            return ""
        return self._context.services.availability.narrow_words(person.id)

    def choices(self, scheme_id: UUID, list_name: str, kept: str | None) -> list[tuple[str, str]]:
        """(code, label) of those offered today, and of the one already recorded."""
        return [
            (code.code, code.label)
            for code in self.books[scheme_id][list_name]
            if code.is_active_on(self.today) or code.code == kept
        ]

    # -- filters -------------------------------------------------------------------------

    def choose_standing(self, standing: RegisterPart | Listing | None) -> None:
        """Show one part or listing of the register, or (None) everybody."""
        self.standing = standing
        self._filter()

    def choose_scheme(self, scheme_id: UUID | None) -> None:
        """Show the people of one scheme, or (None) of all."""
        self.scheme_id = scheme_id
        self._filter()

    def search(self, text: str) -> None:
        """Show people whose name, telephone number, e-mail address or home area has every word."""
        self.text = text
        self._filter()

    # -- commands ------------------------------------------------------------------------

    def save(
        self,
        person: Person,
        file: VolunteerFile | None = None,
        dated: Sequence[StatusChange] = (),
    ) -> bool:
        """Add or change a person. Returns False after emitting `problem` if that fails."""
        people = self._context.services.people
        return self._carry_out(lambda: people.save(person, file, dated), person.id)

    def withdraw_change(self, person: Person, change: StatusChange) -> bool:
        """Note that a change of somebody's status was entered by mistake."""
        people = self._context.services.people
        return self._carry_out(lambda: people.withdraw_change(person.id, change.id), person.id)

    def may_withdraw(self, person: Person, change: StatusChange) -> bool:
        """Whether it is the last change entered and something came before it."""
        own = [item for m in person.memberships for item in m.changes if len(m.changes) > 1]
        last = max(own, key=lambda item: item.order[::-1], default=None)
        return last is not None and last.id == change.id

    def buddies(self, file: VolunteerFile) -> list[tuple[UUID, str]]:
        """Those who can go with somebody on probation: all who are active, and who does already."""
        return [
            (row.person.id, row.person.name)
            for row in self.everybody
            if row.person.id == file.buddy_id
            or (row.standing is RegisterPart.ACTIVE and row.person.id != file.person_id)
        ]

    @property
    def folder(self) -> Path:
        """Where documents are usually saved."""
        return documents(self._context.preferences.settings)

    def buddy_name(self, file: VolunteerFile) -> str:
        """Who goes with somebody on probation; empty if nobody does."""
        row = None if file.buddy_id is None else self.person(file.buddy_id)
        return "" if row is None else row.person.name

    def save_certificate(self, award: Award, out: Path) -> bool:
        """Write the certificate for an award, in place of what is at `out`."""
        try:
            people = self._context.services.people
            people.save_certificate(award.person.id, award.years, out, force=True)
        except VisitAppError as error:
            return self._refuse(error)
        self._context.say(f"{out.name} saved.")
        return True

    def monitoring(self, person: Person) -> MonitoringAnswers:
        """What somebody answered for equality monitoring; the access register says it was read."""
        return self._context.services.monitoring.of(person.id)

    def save_monitoring(self, item: MonitoringAnswers) -> bool:
        """Save or erase answers."""
        service = self._context.services.monitoring
        return self._carry_out(lambda: service.save(item), self.same.kept(item.person_id))

    def history(self, person: Person, scheme_id: UUID) -> list[StatusChange]:
        """The changes of somebody's status in a scheme, newest first."""
        changes = self._history.get(person.id, ())
        return [change for change in reversed(changes) if change.scheme_id == scheme_id]

    def show_hours(self, person: Person) -> None:
        """Go to somebody's hours and claims."""
        self._context.go("hours", person.id)

    def file(self, person_id: UUID) -> VolunteerFile:
        """What only the office keeps of somebody; nothing in other copies."""
        return self._files.get(person_id, VolunteerFile(person_id))

    def leave(
        self,
        person: Person,
        scheme_ids: Sequence[UUID],
        on: date | None,
        reason: str | None,
        why: str = "",
    ) -> bool:
        """Record that a person left these schemes; `reason` is used by schemes whose list has
        it; `why` is what they said of it."""
        if on is None:
            return self._refuse(BadInputError("Enter the last day, such as 31/3/2025."))
        if not scheme_ids:
            return self._refuse(BadInputError("Tick the scheme that the person left."))
        leaving = [m for m in person.latest_memberships() if m.scheme_id in scheme_ids]
        try:
            memberships = tuple(
                self._left(m, on, reason) if m in leaving else m for m in person.memberships
            )
        except BadInputError as error:
            return self._refuse(error)
        dated = [
            StatusChange(uuid4(), m.scheme_id, LEFT, on, None, m.leaving_reason, why)
            for m in memberships
            if m.scheme_id in scheme_ids and m.left_on == on
        ]
        return self.save(replace(person, memberships=memberships), dated=dated)

    def _left(self, membership: Membership, on: date, reason: str | None) -> Membership:
        codes = [code.code for code in self.books[membership.scheme_id]["leaver_reason"]]
        kept = reason if reason in codes else None
        return replace(membership, left_on=on, status=LEFT, leaving_reason=kept)

    def leaving_reasons(self, scheme_ids: Sequence[UUID]) -> list[tuple[str, str]]:
        """(code, label) of all reasons in these schemes."""
        labels: dict[str, str] = {}
        for scheme_id in scheme_ids:
            for code, words in self.choices(scheme_id, "leaver_reason", None):
                labels.setdefault(code, words)
        return list(labels.items())

    def current(self, person: Person) -> list[Membership]:
        """The memberships that a person can still leave."""
        return [m for m in person.latest_memberships() if m.left_on is None]

    def may_invite(self, row: PersonRow) -> bool:
        """Whether somebody can be invited to join with a copy of their own."""
        return self.may_change and bool(current_memberships(row.person, self.today))

    def invite(self, person: Person, out: Path) -> None:
        """Save an invitation for somebody, in place of what is at `out`."""
        services, jobs = self._context.services, self._context.jobs

        def work() -> Changes:
            from visitapp.services.saving import save_document

            invitation, changes = services.exchange.invite(person.id)
            save_document(out, invitation.file, force=True)
            return changes

        def done(changes: Changes) -> None:
            self._context.tell(changes)
            self._context.say(f"{out.name} saved.")
            self.invited.emit(person, str(out))

        jobs.run(work, owner=self, done=done, failed=self.show_problem)

    def joining_code(self, person_id: UUID) -> str:
        """The joining code of somebody who is invited; empty and a `problem` where it no longer
        works."""
        try:
            return self._context.services.copy_register.code(person_id)
        except VisitAppError as error:
            self.show_problem(error)
            return ""

    def shut_out(self, copy_id: UUID, person: Person) -> bool:
        """Take nothing in any more that comes from a copy."""
        try:
            changes = self._context.services.exchange.revoke(copy_id)
        except VisitAppError as error:
            self.renew()
            return self._refuse(error)
        self._context.tell(changes)
        self._context.say(f"{person.name}’s copy is shut out.")
        return True

    def _refuse(self, error: VisitAppError) -> bool:
        self.show_problem(error)
        return False

    def _carry_out(self, work: Callable[[], Changes], person_id: UUID) -> bool:
        try:
            changes = work()
        except ConflictError as error:
            self.renew()
            return self._refuse(error)
        except VisitAppError as error:
            return self._refuse(error)
        self._context.tell(changes)
        self.saved.emit(person_id)
        return True

    # -- rows ----------------------------------------------------------------------------

    def renew(self) -> None:
        """Read the register again."""
        try:
            services = self._context.services
            self.schemes = services.setup.schemes()
            self.books = {s.id: services.setup.codes(s.id) for s in self.schemes}
            self._copies = services.copy_register.people()
            self._groups = {group.id: group.name for group in services.groups.groups()}
            if self.may_change:
                self._files = services.people.files()
                self._history = services.people.history()
            register = services.people.people()
            if self.may_change:
                self._ahead = look_ahead(services, register, self._files)
                self.same.renew(register)
            rows = [self._row(person) for person in register if person.same_as is None]
        except VisitAppError as error:
            self.show_problem(error)
            return
        order = (RegisterPart.ACTIVE, RegisterPart.CHECKS, RegisterPart.LEFT)
        self.everybody = tuple(
            sorted(rows, key=lambda row: (order.index(row.standing), row.may_visit))
        )
        self._filter()

    def _is_listed(self, row: PersonRow, listing: RegisterPart | Listing | None) -> bool:
        if listing is Listing.RUNS_OUT:
            return bool(row.runs_out)
        if listing is Listing.AWARDS:
            return row.award is not None
        if listing is Listing.BELOW:
            return row.minimum is not None and row.minimum.is_below
        return listing in (None, row.standing)

    def _filter(self) -> None:
        self.rows = tuple(
            row
            for row in self.everybody
            if self._is_listed(row, self.standing) and self._is_wanted(row)
        )
        if self.standing is Listing.RUNS_OUT:
            self.rows = tuple(sorted(self.rows, key=lambda row: row.runs_out[0].until_on))
        self.changed.emit()

    def _is_wanted(self, row: PersonRow) -> bool:
        in_scheme = self.scheme_id is None or row.person.membership(self.scheme_id) is not None
        file = self.file(row.person.id)
        words = [row.person.name, file.telephone, file.email, file.home_area]
        words += (other.name for other in self.same.of(row.person.id))
        return in_scheme and contains_words(" ".join(words), self.text)

    def _row(self, person: Person) -> PersonRow:
        today = self.today
        latest = person.latest_memberships()
        kinds = {scheme.id: scheme.kind for scheme in self.schemes}
        held = current_memberships(person, today) or latest
        shown = sorted(held, key=lambda membership: [*kinds].index(membership.scheme_id))
        answer = may_visit(person, today, kinds, self.books)
        ends = [m.left_on for m in shown if m.left_on is not None]
        return PersonRow(
            person=person,
            standing=part_of(person, today),
            may_visit=answer.may,
            is_away=answer.is_away,
            reason=answer.reason,
            schemes=self._schemes_text(shown),
            status="; ".join(dict.fromkeys(self.status_label(m) for m in shown)),
            joined_on=min((m.joined_on for m in shown), default=None),
            joined_unknown=any(m.joined_unknown for m in shown),
            left_on=max(ends) if ends and len(ends) == len(shown) else None,
            copies=self._copies.get(person.id, PersonCopies()),
            runs_out=(mine := tuple(self._ahead.runs_out.get(person.id, ()))),
            award=self._ahead.awards.get(person.id),
            minimum=self._ahead.minimum.get(person.id),
            runs_out_words=mine[0].words(today) if mine else "",
        )

    def _schemes_text(self, memberships: Sequence[Membership]) -> str:
        """`Custody`, or `Both` if there are no others."""
        mine = [s.label for s in self.schemes if s.id in {m.scheme_id for m in memberships}]
        return "Both" if len(mine) == len(self.schemes) == 2 else ", ".join(mine)
