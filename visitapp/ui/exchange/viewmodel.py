"""Reports on their way: in the office the inbox, in a visitor's copy how far each has come."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.exchange.confirming import STANDING_WORDS, PartnerReading
from visitapp.domain.exchange.handing_over import (
    Handover,
    HandoverState,
    InboxState,
    handover_words,
)
from visitapp.domain.exchange.retention import ReducedReport
from visitapp.domain.exchange.state import ExchangeState
from visitapp.domain.office.scheme import Role
from visitapp.domain.period import day_and_time, span_words
from visitapp.domain.plan.late_visit import LateVisit
from visitapp.domain.privacy.span import Span
from visitapp.domain.reading.comparing import compared
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.report.visit import Visit
from visitapp.domain.text.wording import day_and_month, joined, long_date, number_of
from visitapp.services.exchange.inbox import InboxLine
from visitapp.ui.context import Context
from visitapp.ui.exchange.tablemodel import ExchangeRow
from visitapp.ui.exchange.words import (
    answer_words,
    confirmed_words,
    inbox_cells,
    late_cells,
    needs_a_look,
    partner_words,
    reduced_cells,
    reduced_facts,
)
from visitapp.ui.page_viewmodel import PageViewModel

OFFICE_HEADS = ("Report", "Visit", "Seen", "Issues", "State")
VISITOR_HEADS = ("Report", "Visit", "State")


class ExchangeViewModel(PageViewModel):
    """Signals: `changed` when something is to be shown again; `shown` when another report is in
    sight; `done` (sentence) after a command."""

    changed = Signal()
    shown = Signal()
    done = Signal(str)
    concerns = (
        Changes.INBOX
        | Changes.VISITS
        | Changes.PLANS
        | Changes.SITES
        | Changes.PEOPLE
        | Changes.CODES
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._services = context.services
        self.is_office = self._services.access.actor.role is Role.MANAGER
        self.chosen: UUID | None = None
        self.renew()
        context.exchange_changed.connect(self.changed)

    def renew(self) -> None:
        """Read again what the page shows."""
        self.lines: tuple[InboxLine, ...] = ()
        self.late: tuple[LateVisit, ...] = ()
        self.states: dict[UUID, HandoverState] = {}
        self.partners: dict[UUID, PartnerReading] = {}
        self.reduced: dict[UUID, ReducedReport] = {}
        self._reports: dict[UUID, Visit] = {}
        self.takes_part = self._services.exchange.own() is not None
        if self.is_office:
            self.lines, self.late = self._services.inbox.lines(), self._services.inbox.late()
        else:
            self.states = {
                state.report_id: state for state in self._services.handing_over.states().values()
            }
            self._reports = {
                report_id: self._services.visits.get(report_id) for report_id in self.states
            }
            readings = self._services.confirming.readings()
            self.partners = {reading.report_id: reading for reading in readings}
            self.reduced = {
                report.id: report
                for report in self._services.retention.reduced()
                if report.id not in self.partners
            }
            self._reports |= {reading.report_id: reading.edition for reading in readings}
            self._names = {person.id: person.name for person in self._services.people.people()}
        self._sites = {site.id: site.name for site in self._services.setup.sites()}
        if self.chosen not in {row.report_id for row in self.rows()}:
            self.chosen = None
        self.changed.emit()

    # -- the folder ----------------------------------------------------------------------

    @property
    def folder(self) -> Path | None:
        """Where messages are put and found."""
        chosen = self._context.preferences.settings.exchange_folder
        return Path(chosen) if chosen else None

    @property
    def state(self) -> ExchangeState:
        """What is true of the last exchange."""
        return self._context.exchange

    def state_words(self) -> str:
        """The last exchange as a sentence."""
        state = self.state
        if self.folder is None:
            return "No folder is chosen. Choose one, or save the message and attach it to an email."
        if state.problem:
            return state.problem
        if state.at is None or state.result is None:
            return "Nothing has been exchanged since the file was opened."
        return f"Last exchange: {day_and_time(state.at)}. {state.result.sentence}"

    def refused(self) -> list[str]:
        """Each file that was left where it is, and why."""
        result = self.state.result
        return (
            [] if result is None else [f"{file.name}: {file.sentence}" for file in result.refused]
        )

    def choose_folder(self, folder: Path) -> None:
        """Exchange through this folder from now on; it is kept on this computer."""
        self._context.preferences.change(exchange_folder=str(folder))

    def exchange_now(self) -> None:
        """Exchange at once."""
        self._context.exchange_wanted.emit()

    # -- the list ------------------------------------------------------------------------

    def heads(self) -> Sequence[str]:
        """The heads of the columns."""
        return OFFICE_HEADS if self.is_office else VISITOR_HEADS

    def rows(self) -> list[ExchangeRow]:
        """In the office allegations first. In a visitor's copy reports of others that wait to be
        confirmed, then the latest visit first."""
        if self.is_office:
            reports = [ExchangeRow(line.report_id, inbox_cells(line)) for line in self.lines]
            return reports + [ExchangeRow(late.visit_id, late_cells(late)) for late in self.late]
        waits = {reading.report_id for reading in self.partners.values() if reading.waits}
        latest = sorted(
            self._reports, key=lambda report_id: self._reports[report_id].arrived, reverse=True
        )
        return [
            ExchangeRow(report_id, self._cells_of_visitor(report_id))
            for report_id in sorted(latest, key=lambda report_id: report_id not in waits)
        ] + [
            ExchangeRow(report.id, reduced_cells(report, self._sites[report.site_id]))
            for report in self.reduced.values()
        ]

    def _cells_of_visitor(self, report_id: UUID) -> tuple[str, ...]:
        visit, partner = self._reports[report_id], self.partners.get(report_id)
        return (
            visit.ref,
            f"{self._sites.get(visit.site_id, '')}, {day_and_month(visit.arrived.day)}",
            handover_words(self.states[report_id])
            if partner is None
            else STANDING_WORDS[partner.standing],
        )

    def choose(self, report_id: UUID | None) -> None:
        """Show another report."""
        if report_id != self.chosen:
            self.chosen = report_id
            self.shown.emit()

    # -- one report ----------------------------------------------------------------------

    @property
    def line(self) -> InboxLine | None:
        """The report in sight, in the office."""
        return next((line for line in self.lines if line.report_id == self.chosen), None)

    @property
    def late_visit(self) -> LateVisit | None:
        """The visit in sight that has no report yet, in the office."""
        return next((late for late in self.late if late.visit_id == self.chosen), None)

    @property
    def handover(self) -> HandoverState | None:
        """The report in sight, in a visitor's copy."""
        return None if self.chosen is None else self.states.get(self.chosen)

    @property
    def partner(self) -> PartnerReading | None:
        """The report of another visitor in sight, in a visitor's copy."""
        return None if self.chosen is None else self.partners.get(self.chosen)

    @property
    def left(self) -> ReducedReport | None:
        """What is left of the report in sight, in a visitor's copy."""
        return None if self.chosen is None else self.reduced.get(self.chosen)

    def facts(self) -> list[tuple[str, str]]:
        """What is to be known about the report in sight before it is read, or about a visit that
        has none yet."""
        line, state, late = self.line, self.handover, self.late_visit
        if late is not None:
            return [
                ("Site", late.site_name),
                ("Week" if late.is_week else "Month", span_words(late.span)),
                ("Visitors", joined(late.names)),
                ("Late since", long_date(late.since)),
                (
                    "What to do",
                    "Ask them for the report. If they have no copy of their own, log the visit "
                    "here. This line goes as soon as the report is here.",
                ),
            ]
        if (left := self.left) is not None:
            return reduced_facts(left, self._sites[left.site_id])
        if line is not None:
            facts = [("Visit", f"{line.site_name}, {long_date(line.day)}")]
            facts.append(("Visitors", joined(line.visitor_names)))
            facts += [("Question asked", line.question)] if line.question else []
            facts += [("Answer", line.answer)] if line.answer else []
            facts += [("To check", warning) for warning in line.warnings]
            facts += [(partner.name, partner_words(partner)) for partner in line.partners]
            return facts
        if self.partner is not None:
            return self._facts_of_partner(self.partner)
        if state is None:
            return []
        facts = [("State", handover_words(state))]
        facts += [("The office asks", state.question)] if state.question else []
        confirmed = self._services.confirming.confirmed_elsewhere(self._newest(state.report_id))
        return facts + [
            (self._names[person_id], confirmed_words(at)) for person_id, at in confirmed.items()
        ]

    def _facts_of_partner(self, reading: PartnerReading) -> list[tuple[str, str]]:
        facts = [
            ("State", STANDING_WORDS[reading.standing]),
            ("Written by", self._names[reading.person_id]),
        ]
        report = reading.edition.report
        if report is not None and report.edition > 1:
            facts.append(("Why it was changed", report.amended_reason))
        if reading.answer is not None:
            facts.append(("Your answer", answer_words(reading.answer)))
        return facts

    def changed_answers(self) -> list[tuple[str, str]]:
        """What is different from the edition that this visitor answered about before: each answer
        with what it was and what it is."""
        reading = self.partner
        if reading is None or reading.before is None:
            return []
        before, now = reading.before, reading.edition
        context = self._services.visits.context
        return [
            (pair.label, f"Before: {pair.before or 'nothing'}\nNow: {pair.after or 'nothing'}")
            for pair in compared(before, context(before), now, context(now))
            if pair.differs
        ]

    def reading(self) -> tuple[Visit, ReportContext] | None:
        """The report in sight with what it refers to."""
        if self.chosen is None or self.late_visit is not None or self.left is not None:
            return None
        if self.partner is not None:
            visit = self.partner.edition
        elif self.is_office:
            visit = self._services.inbox.report(self.chosen)
        else:
            visit = self._newest(self.chosen)
        return visit, self._services.visits.context(visit)

    def _newest(self, report_id: UUID) -> Visit:
        visits = self._services.visits
        while (after := visits.replacement(report_id)) is not None:
            report_id = after
        return visits.get(report_id)

    @property
    def can_answer(self) -> bool:
        """Whether the office waits for an answer about the report in sight."""
        return self.handover is not None and self.handover.stage is Handover.ASKED

    def look_at(self, words: str) -> Sequence[Span]:
        """What in some words leads to a person."""
        return self._services.privacy.guard().look_at(words)

    # -- commands ------------------------------------------------------------------------

    def accept(self, *, instead: bool = False) -> None:
        """Count the report in sight."""
        line = self.line
        if line is not None:
            with self.showing_problems():
                changes = self._services.inbox.accept([line.report_id], instead=instead)
                self._tell(changes, f"{line.ref} is accepted.")

    def accept_all(self) -> None:
        """Count every report that is new and needs no look: no allegation, no warning, not
        amended here."""
        lines = self.plain_lines()
        with self.showing_problems():
            changes = self._services.inbox.accept([line.report_id for line in lines])
            self._tell(changes, f"{number_of(len(lines), 'report')} accepted.")

    def plain_lines(self) -> list[InboxLine]:
        """The reports that `accept_all` takes."""
        return [
            line
            for line in self.lines
            if line.state is InboxState.WAITING and not needs_a_look(line)
        ]

    def ask(self, question: str) -> None:
        """Send the report in sight back with a question."""
        line = self.line
        if line is not None:
            with self.showing_problems():
                changes = self._services.inbox.ask(line.report_id, question)
                self._tell(changes, f"{line.ref} goes back with your question.")

    def keep_ours(self) -> None:
        """Leave the office's own edition as it is."""
        line = self.line
        if line is not None:
            with self.showing_problems():
                changes = self._services.inbox.keep_ours(line.report_id)
                self._tell(changes, f"The office’s {line.ref} stays as it is.")

    def answer(self, words: str) -> None:
        """Answer the office's question."""
        state = self.handover
        if state is not None:
            with self.showing_problems():
                changes = self._services.handing_over.answer(state.report_id, words)
                self._tell(changes, "Your answer goes to the office.")

    def note(self) -> None:
        """What another visitor found wrong with the report in sight was seen to."""
        line = self.line
        if line is not None:
            with self.showing_problems():
                changes = self._services.inbox.note(line.report_id)
                self._tell(changes, f"{line.ref} is seen to.")

    def confirm(self) -> None:
        """Confirm the report of another visitor as it is in sight."""
        reading = self.partner
        if reading is not None:
            with self.showing_problems():
                changes = self._services.confirming.confirm(reading.report_id, reading.edition.id)
                self._tell(changes, f"You have confirmed {reading.edition.ref}.")

    def dispute(self, words: str) -> None:
        """Tell the office what is wrong with the report of another visitor in sight."""
        reading = self.partner
        if reading is not None:
            about = reading.report_id, reading.edition.id
            with self.showing_problems():
                changes = self._services.confirming.dispute(*about, words)
                self._tell(changes, "The office gets what you wrote.")

    def _tell(self, changes: Changes, sentence: str) -> None:
        self._context.tell(changes)
        self.done.emit(sentence)
