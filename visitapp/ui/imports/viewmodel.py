"""An import from choosing files to the end, and earlier imports. QtCore only."""

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.domain.import_layout import ImportLayout
from visitapp.domain.importing import (
    SHEETS,
    VISITS,
    Batch,
    ImportPlan,
    ImportProblem,
    NoSheetOfOursError,
)
from visitapp.domain.office.scheme import Role
from visitapp.domain.progress import Progress
from visitapp.domain.register_import import RegisterPlan
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.imports.outcome import AnyPlan, action_of, facts_of, refusal_of
from visitapp.ui.jobs import Job
from visitapp.ui.page_viewmodel import PageViewModel

_HEADINGS = ("headings", "visit_ref", "scheme", "site", "date")
"""Where a problem stands if the headings of a file aren't ours."""
_DECIDES = Changes.VISITS | Changes.PEOPLE | Changes.SITES | Changes.SETTINGS | Changes.CODES
"""What the result of a check depends on."""


class ImportsViewModel(PageViewModel):
    """Signals: `changed` when something needs showing again; `started` (Job, sentence) of long
    work; `imported` (Batch, or a RegisterPlan that was carried out) at the end of an import;
    `opened` (Spreadsheet) to be matched."""

    changed = Signal()
    started = Signal(object, str)
    imported = Signal(object)
    opened = Signal(object)
    concerns = _DECIDES

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._imports = context.services.imports
        self._register = context.services.register_imports
        self._job: Job | None = None
        self._is_writing = False
        self.subject = VISITS
        self.files: dict[str, Path] = {}
        self.create_missing = False
        self.months_first = False
        self.skip_bad = False
        self.replaces = False
        self.layout: ImportLayout | None = None
        self.is_remembered = False
        self.plan: AnyPlan | None = None
        self.batches: tuple[Batch, ...] = self._imports.batches()

    @property
    def may_change(self) -> bool:
        """Whether this person may import anything."""
        return self._context.services.access.actor.role is Role.MANAGER

    @property
    def is_busy(self) -> bool:
        """Whether a file is being checked or imported."""
        return self._job is not None

    # -- choosing and checking ------------------------------------------------------------

    def set_subject(self, subject: str) -> None:
        """What the file is about: visits, people or availability. Files chosen before are let
        go."""
        if subject == self.subject or self._is_writing:
            return
        self._stop()
        self.subject = subject
        self._forget()
        self.changed.emit()

    def _forget(self) -> None:
        self.plan, self.layout, self.files = None, None, {}
        self.is_remembered = self.create_missing = self.skip_bad = self.replaces = False

    def choose(self, sheet: str, path: Path | None) -> None:
        """Choose a file of visits, detainees or issues, of people or of availability, or None for
        none, and check the files."""
        if self._is_writing:
            return
        if path is None:
            self.files.pop(sheet, None)
        else:
            self.files[sheet] = path
        if sheet == self.subject:
            self.layout, self.is_remembered = None, False
        self.look()

    def set_create_missing(self, on: bool) -> None:
        """Whether to create missing sites and people; checks again."""
        if on != self.create_missing and not self._is_writing:
            self.create_missing = on
            self.look()

    def set_months_first(self, on: bool) -> None:
        """Whether dates like 3/4/2024 have the month first; checks again."""
        if on != self.months_first and not self._is_writing:
            self.months_first = on
            self.look()

    def set_replaces(self, on: bool) -> None:
        """Whether availability that is entered already is replaced; checks again."""
        if on != self.replaces and not self._is_writing:
            self.replaces = on
            self.look()

    def set_skip_bad(self, on: bool) -> None:
        """Whether to leave out rows with problems."""
        if on != self.skip_bad and not self._is_writing:
            self.skip_bad = on
            self.changed.emit()

    def look(self) -> None:
        """Check the chosen files without writing anything."""
        self._stop()
        self.plan = None
        self._is_stale = False
        if self.subject in self.files:
            path, matched, check = self.files[self.subject], self.layout, self._check()

            def work(progress: Progress) -> tuple[AnyPlan, ImportLayout | None]:
                layout = matched or self._imports.remembered_layout(path, progress, subject)
                return check(layout, progress), layout

            subject = self.subject
            self._run(work, self._on_looked, "Checking the file")
        self.changed.emit()

    def _check(self) -> Callable[[ImportLayout | None, Progress], AnyPlan]:
        """The check of the chosen files, as they and the tick boxes are now."""
        options = {"create_missing": self.create_missing, "months_first": self.months_first}
        subject, path = self.subject, self.files[self.subject]
        if subject == VISITS:
            detainees, issues = (self.files.get(sheet) for sheet in SHEETS[1:])
            sources = path, detainees, issues
            return lambda layout, progress: self._imports.dry_run(
                sources,
                **options,
                layout=layout,
                progress=progress,
            )
        options["replaces"] = self.replaces
        return lambda layout, progress: self._register.dry_run(
            subject, path, **options, layout=layout, progress=progress
        )

    def _on_looked(self, answer: tuple[AnyPlan, ImportLayout | None]) -> None:
        is_first = self.layout is None
        self.plan, self.layout = answer
        if is_first:
            self.is_remembered = self.layout is not None
            if self.needs_matching:
                self.open_to_match()

    # -- matching -------------------------------------------------------------------------

    @property
    def needs_matching(self) -> bool:
        """Whether the headings of the file aren't ours. Who people are is always asked."""
        if self.subject != VISITS:
            return self.plan is not None and self.layout is None
        problems = () if self.plan is None else self.plan.problems
        return any(problem.structural and problem.column in _HEADINGS for problem in problems)

    def open_to_match(self) -> None:
        """Read the file as it is, to decide what it has."""
        if self.subject not in self.files or self._is_writing:
            return
        path, subject = self.files[self.subject], self.subject
        self._run(
            lambda progress: self._imports.open_spreadsheet(path, progress, subject),
            self.opened.emit,
            "Reading the file",
        )
        self.changed.emit()

    def match(self, layout: ImportLayout) -> None:
        """Read the file by what was decided, and check it."""
        self.layout, self.is_remembered = layout, False
        self.look()

    # -- result of the check ---------------------------------------------------------------

    @property
    def refusal(self) -> str:
        """Why the files can't be imported; empty if they can."""
        plan = self.plan
        if plan is None:
            return ""
        return refusal_of(plan, skips=self._skips(plan))

    @property
    def is_stopped_by_problems(self) -> bool:
        """Whether problems prevent the import."""
        plan = self.plan
        return plan is not None and bool(plan.problems) and not self._skips(plan)

    @property
    def can_bring_in(self) -> bool:
        """Whether there is something to import, and nothing prevents it."""
        return self.plan is not None and not self.is_busy and not self.refusal

    @property
    def action(self) -> str:
        """The text of the import button."""
        return "" if self.plan is None else action_of(self.plan)

    def _skips(self, plan: AnyPlan) -> bool:
        return self.skip_bad and plan.can_skip

    def facts(self) -> list[tuple[str, str, str]]:
        """What would happen, as (key, value, tone)."""
        plan = self.plan
        return [] if plan is None else facts_of(plan, skips=self._skips(plan))

    # -- importing and withdrawing --------------------------------------------------------

    def bring_in(self) -> None:
        """Import the checked files."""
        plan, skip_bad, layout = self.plan, self.skip_bad, self.layout
        if plan is None or not self.can_bring_in:
            return
        self._is_writing = True

        def work(progress: Progress) -> tuple[Batch | RegisterPlan, Changes]:
            answer: tuple[Batch | RegisterPlan, Changes]
            if isinstance(plan, ImportPlan):
                answer = self._imports.carry_out(plan, skip_bad=skip_bad, progress=progress)
            else:
                answer = plan, self._register.carry_out(plan, skip_bad=skip_bad)
            if layout is not None:
                self._imports.remember_layout(layout)
            return answer

        self._run(work, self._on_imported, f"Preparing the {self.subject}")
        self.changed.emit()

    def _on_imported(self, answer: tuple[Batch | RegisterPlan, Changes]) -> None:
        outcome, changes = answer
        self._forget()
        self._context.tell(changes)
        self._reload()
        self.imported.emit(outcome)

    def withdraw(self, batch: Batch, reason: str) -> None:
        """Stop counting all visits of an import."""

        def done(changes: Changes) -> None:
            self._context.tell(changes)
            self._context.say(f"Import of {batch.source} withdrawn.")

        self._context.jobs.run(
            lambda: self._imports.withdraw_batch(batch.id, reason), owner=self, done=done
        )

    def put_back(self, batch: Batch, reason: str) -> None:
        """Count all visits of a withdrawn import again."""

        def done(changes: Changes) -> None:
            self._context.tell(changes)
            self._context.say(f"Import of {batch.source} put back.")

        self._context.jobs.run(
            lambda: self._imports.put_batch_back(batch.id, reason), owner=self, done=done
        )

    def visits_of(self, batch: Batch) -> VisitQuery:
        """The query for the visits of an import."""
        states = (State.LOCKED,) if batch.withdrawn_at is None else tuple(State)
        return VisitQuery(batch_id=batch.id, states=states)

    def say(self, sentence: str) -> None:
        """Show in the status line what was done."""
        self._context.say(sentence)

    # -- saving files ---------------------------------------------------------------------

    def save_template(self, path: Path) -> None:
        """Save an empty workbook. Replaces an existing file; the dialog has asked."""
        self._write(lambda: self._imports.write_template(path, self.subject, force=True), path)

    def save_findings(self, path: Path, findings: Sequence[ImportProblem]) -> None:
        """Save problems or warnings as CSV."""
        self._write(lambda: self._imports.save_findings(path, findings, force=True), path)

    def save_rejects(self, batch_id: UUID, path: Path) -> None:
        """Save the rows that an import left out as a workbook, with reasons."""
        self._write(lambda: self._imports.save_rejects(batch_id, path, force=True), path)

    def _write(self, work: Callable[[], None], path: Path) -> None:
        self._context.jobs.run(
            work, owner=self, done=lambda _: self._context.say(f"{path.name} saved.")
        )

    # -- work and changes -----------------------------------------------------------------

    def _run(self, work: Callable[..., object], done: Callable[..., None], sentence: str) -> None:
        def ended(answer: object) -> None:
            # a check that was stopped is not wanted even if it finished; an import counts
            is_wanted = self._is_writing or not job.was_cancelled
            self._job, self._is_writing = None, False
            if is_wanted:
                done(answer)
            self.changed.emit()

        def failed(error: VisitAppError) -> None:
            self._job, self._is_writing = None, False
            if isinstance(error, NoSheetOfOursError):
                self.open_to_match()
            elif not isinstance(error, CancelledError):
                self.show_problem(error)
            self.changed.emit()

        job = self._job = self._context.jobs.run(
            work,
            owner=self,
            done=lambda answer: ended(answer) if job is self._job else None,
            failed=lambda error: failed(error) if job is self._job else None,
            progress=True,
        )
        self.started.emit(job, sentence)

    def _stop(self) -> None:
        """Stop a check that is no longer wanted."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _reload(self) -> None:
        self.batches = self._imports.batches()

    def _on_changed(self, changes: Changes) -> None:
        if changes & Changes.VISITS:
            self._reload()
            self.changed.emit()
        if self.files and not self._is_writing:
            super()._on_changed(changes)

    def renew(self) -> None:
        """Check the chosen files again."""
        self.look()
