"""The report being written: its answers, what is worked out from them, and what can be done."""

from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.draft import report_form, report_sections
from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.draft_line import DraftLine
from visitapp.domain.draft.judgement import Judgement
from visitapp.domain.draft.report_form import Reading
from visitapp.domain.draft.report_sections import TaskSection
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.errors import BadInputError, StorageError, VisitAppError
from visitapp.domain.moment import uk_time
from visitapp.domain.office.codes import Code
from visitapp.domain.office.grid import Grid
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import Site, SiteKind
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.report import rules
from visitapp.domain.report.adding_up import Sum, sum_of
from visitapp.domain.report.answers import Row
from visitapp.domain.report.form import Form
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import Confirmation
from visitapp.domain.text.wording import short_date
from visitapp.ui.context import Context
from visitapp.ui.log.changes.beginning import first_answers
from visitapp.ui.log.changes.counting import CountEdits
from visitapp.ui.log.changes.decisions import Decisions
from visitapp.ui.log.changes.edits import IssueEdits, RowEdits
from visitapp.ui.log.changes.keeper import DraftKeeper
from visitapp.ui.log.changes.register import Register, load
from visitapp.ui.log.changes.strength import AnimalStrength
from visitapp.ui.log.changes.undoing import DraftUndo
from visitapp.ui.page_viewmodel import PageViewModel

_PLACEHOLDER = UUID(int=0)


class LogViewModel(PageViewModel):
    """One report at a time, or none (`is_open`).

    Signals: `opened` when another report, or none, is shown; `answered` after each answer;
    `judged` when the findings were worked out again; `moved` to another section;
    `signed` (UUID of the visit).
    """

    opened = Signal()
    answered = Signal()
    judged = Signal()
    moved = Signal()
    signed = Signal(object)

    concerns = Changes.PEOPLE | Changes.SITES | Changes.SETTINGS | Changes.CODES | Changes.VISITS

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(context, parent)
        self.keeper = DraftKeeper(context.services.drafts, self, context.services.unsaved_work)
        self.undoing = DraftUndo(self)
        self.rows, self.issues = RowEdits(self), IssueEdits(self)
        self.counts, self.strength = CountEdits(self), AnimalStrength(self, context)
        self.decisions = Decisions(self, context)
        self._register: Register | None = None
        self._replaced_ref = ""
        self.reading = self._read()
        self._findings: tuple[Finding, ...] = ()
        self._pressed = False
        self.must_confirm_again = False
        self.keeper.saved.connect(self._judge)
        self.keeper.begun.connect(lambda: context.tell(Changes.DRAFTS))

    # Opening and leaving

    def drafts(self) -> tuple[DraftLine, ...]:
        """Reports that aren't signed yet, the last saved first."""
        return self._context.services.drafts.lines()

    def schemes(self) -> tuple[Scheme, ...]:
        """The schemes that visits can be logged for here: those that have a site."""
        setup = self._context.services.setup
        used = {site.scheme_id for site in setup.sites()}
        return tuple(scheme for scheme in setup.schemes() if scheme.id in used)

    def open_draft(self, draft_id: UUID) -> None:
        """Open a draft at the section that was shown last."""
        if self.keeper.draft is not None and self.keeper.draft.id == draft_id:
            return
        with self.showing_problems():
            self._put_aside()
            draft = self._context.services.drafts.get(draft_id)
            scheme = self._scheme(draft.scheme_id)
            self.keeper.open(draft)
            self._open(scheme, self._context.services.forms.form_of_draft(draft))

    def open_new(self, of: Scheme | Kind) -> None:
        """Begin a report for a scheme, or for the first of a kind."""
        with self.showing_problems():
            self._put_aside()
            scheme = of if isinstance(of, Scheme) else self._context.services.setup.scheme(of)
            form = self._context.services.forms.form(scheme.id)
            self.keeper.open_new(scheme.id, TypedReport(), form.sections[0].key)
            self._open(scheme, form)
            self.keeper.report = first_answers(self, self._context)
            self._look_again()

    def _put_aside(self) -> None:
        if not self.flush():
            raise VisitAppError(self.keeper.problem)

    def _open(self, scheme: Scheme, form: Form) -> None:
        self._pressed = self.must_confirm_again = False
        self.rows.forget_removed()
        self.undoing.begin(self.keeper.draft)
        self._register = load(self._context.services, scheme, form)
        self._replaced_ref = self._ref_of_replaced()
        self.keeper.section = report_sections.section_key(form, self.keeper.section)
        self._look_again()

    def _ref_of_replaced(self) -> str:
        draft = self.keeper.draft
        if draft is None or draft.replaces_id is None:
            return ""
        return self._context.services.visits.get(draft.replaces_id).ref

    def _look_again(self) -> None:
        self.reading = self._read()
        self._judge()
        self.opened.emit()

    def leave(self) -> None:
        """Close the report; it stays a draft until it is signed."""
        was_draft = self.keeper.draft is not None
        if not self.flush():
            return
        self.undoing.leave(self.keeper.draft)
        self.keeper.close()
        self._closed(Changes.DRAFTS if was_draft else Changes.NONE)

    def discard(self) -> Draft | None:
        """Throw the draft away, and return it so that it can be brought back. Raises
        VisitAppError."""
        self.flush()
        gone = self.keeper.draft
        self._closed(self.keeper.discard())
        return gone

    def bring_back_draft(self, draft: Draft) -> None:
        """Restore a discarded draft and open it."""
        with self.showing_problems():
            kept = self._context.services.drafts.save(replace(draft, version=0))
            self._context.tell(Changes.DRAFTS)
            self.open_draft(kept.id)

    def _closed(self, changes: Changes) -> None:
        self._register = None
        self.undoing.stack.clear()
        self._pressed = self.must_confirm_again = False
        self.reading, self._findings = self._read(), ()
        self.opened.emit()
        self._context.tell(changes)

    def flush(self) -> bool:
        """Save what was typed last. Returns whether all of it is on the disk."""
        return self.keeper.flush()

    # What is shown

    @property
    def is_open(self) -> bool:
        """Whether a report is being written."""
        return self._register is not None

    @property
    def register(self) -> Register:
        """What the report can refer to. Only while a report is open."""
        assert self._register is not None
        return self._register

    @property
    def kind(self) -> Kind:
        """Custody or animal welfare."""
        return self.register.scheme.kind

    @property
    def report(self) -> TypedReport:
        """The answers as they were typed."""
        return self.keeper.report

    @property
    def site(self) -> Site | None:
        """The chosen site."""
        chosen = self.reading.visit.site_id
        return next((site for site in self.register.sites if site.id == chosen), None)

    @property
    def grid(self) -> Grid | None:
        """The timeslots of the chosen site."""
        return None if self.site is None else self.register.grids.get(self.site.grid_id)

    def surroundings(self) -> ReportContext:
        """What the report refers to, for its sentences."""
        register = self.register
        return ReportContext(
            register.scheme,
            self.site,
            self.grid,
            register.people,
            register.book,
            register.form,
            self.strength.names(),
        )

    def sections(self) -> tuple[TaskSection, ...]:
        """The task list."""
        site = self.site
        if site is None or site.kind is not SiteKind.STABLES:
            return self.register.sections
        return report_sections.sections(self.register.form.in_words_of(site.kind))

    def section(self, key: str) -> TaskSection:
        """A section by its key."""
        return next(section for section in self.sections() if section.key == key)

    def row(self, row_id: str) -> Row | None:
        """A row as a detainee or animal, as far as it can be read."""
        return next((row for row in self.reading.answered.rows if row.id == row_id), None)

    @property
    def judgement(self) -> Judgement:
        """The report with the findings about it."""
        return Judgement(self.report, self.reading, self._findings, self._pressed)

    def waiting(self) -> list[str]:
        """The visitors who haven't confirmed yet."""
        return rules.unconfirmed(self.reading.visit, self.register.people)

    def sum(self) -> Sum:
        """The total and its parts."""
        reading = self.reading
        present, counts = reading.visit.present, reading.shown_counts
        return sum_of(self.kind, present, counts, self.register.book, reading.day)

    def offered(self, list_name: str, chosen: str | None = None) -> list[Code]:
        """Coded values of a list in use on the day of the visit, and the chosen one even if it no
        longer is."""
        return self.register.offered(list_name, self.reading.day or self.today(), chosen)

    def offered_people(self) -> list[Person]:
        """Everybody who may have visited, active people first, and everybody who is chosen
        already."""
        chosen = {*self.report.visitor_ids, *self.report.observer_ids}
        return self.register.offered_people(self.reading.day or self.today(), chosen)

    def replaces_text(self) -> str:
        """`, amending KEY-2024-003`; empty for a new report."""
        replaces = self.keeper.draft and self.keeper.draft.replaces_id
        return f", amending {self._replaced_ref}" if replaces else ""

    def today(self) -> date:
        """Today’s date."""
        return self._context.today()

    def now(self) -> datetime:
        """The present time by UK clocks."""
        return uk_time(self._context.services.access.now())

    # What can be done

    def answer(self, key: str, value: Any) -> None:
        """Store an answer as it was typed."""
        before, changed = self.report, self.report.with_answer(key, value)
        if changed == before:
            return
        self._put(changed)
        self.undoing.note(before)

    def together(self, words: str = "") -> AbstractContextManager[None]:
        """All answers changed inside this context are one step for Undo."""
        return self.undoing.stack.together(words)

    def bring_back(self, report: TypedReport) -> None:
        """Restore an earlier state, saved like any other change. It has to be confirmed again."""
        self._put(replace(report, confirmations=()))

    def _put(self, report: TypedReport) -> None:
        had_confirmed = bool(self.reading.visit.confirmations)
        self.keeper.put(report)
        self.reading = self._read()
        self.must_confirm_again |= had_confirmed and not self.reading.visit.confirmations
        self.answered.emit()

    def date_if_missing(self) -> None:
        """Fill in today's date if there is none and a time was typed that is the present minute."""
        if not self.report.date.strip():
            self.answer("date", short_date(self.today()))

    def move_to(self, section: str) -> None:
        """Open a section, or `CHECK`."""
        if section != self.keeper.section:
            self.keeper.move_to(section)
            self._judge()
            self.moved.emit()

    def confirm(self, person_id: UUID, typed: str) -> None:
        """Store a visitor's typed name. Raises BadInputError if it isn't theirs."""
        if problem := rules.problem_of_name(typed, self.register.people[person_id].name):
            raise BadInputError(problem)
        now = self._context.services.access.now()
        self.must_confirm_again = False
        self._put(self.report.confirmed(Confirmation(person_id, typed.strip(), now)))
        self.flush()

    def sign(self) -> bool:
        """Lock the report; whether that was possible. `judgement` says what is missing.

        Raises VisitAppError where the file can't take it, or somebody has still to confirm.
        """
        self._pressed = True
        self._put_aside()
        self._judge()
        if self.judgement.blocking or not self.reading.is_whole or self.keeper.draft is None:
            return False
        visit, changes = self._context.services.visits.sign(self.reading.visit, self.keeper.draft)
        self.keeper.let_go()
        self._closed(changes)
        self.signed.emit(visit.id)
        return True

    # What is worked out

    def _read(self) -> Reading:
        draft, register = self.keeper.draft, self._register
        basis = register.basis if register else None
        return report_form.read(
            self.keeper.report,
            visit_id=_PLACEHOLDER if draft is None else draft.id,
            scheme_id=_PLACEHOLDER if register is None else register.scheme.id,
            basis=basis and replace(basis, animals=self.strength.names()),
        )

    def _judge(self) -> None:
        if self._register is None:
            return
        self.reading = self._read()
        # findings about answers are taken from the draft's rows, even unfinished ones
        visit = replace(self.reading.visit, report=None)
        if self.keeper.draft is not None:
            visit = replace(visit, replaces_id=self.keeper.draft.replaces_id)
        with suppress(StorageError):  # the keeper reports if the file was moved or closed
            rule_findings = self._context.services.visits.findings(visit)
            self._findings = (
                *report_form.judged(self.reading, rule_findings),
                *self.decisions.missing(),
            )
            self.judged.emit()

    def _on_changed(self, changes: Changes) -> None:
        if changes & Changes.ANIMALS:
            self.strength.forget()  # read again when it is next needed
        super()._on_changed(changes)

    def renew(self) -> None:
        """Read again what the report refers to."""
        if self._register is not None:
            scheme_id, form = self._register.scheme.id, self._register.form
            self._register = load(self._context.services, self._scheme(scheme_id), form)
            self._look_again()

    def _scheme(self, scheme_id: UUID) -> Scheme:
        schemes = self._context.services.setup.schemes()
        return next(scheme for scheme in schemes if scheme.id == scheme_id)
