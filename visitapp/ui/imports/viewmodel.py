"""An import from choosing files to the end, and earlier imports. QtCore only."""

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.domain.import_layout import ImportLayout
from visitapp.domain.importing import SHEETS, Batch, ImportPlan, ImportProblem, NoSheetOfOursError
from visitapp.domain.office.scheme import Role
from visitapp.domain.progress import Progress
from visitapp.domain.report.visit_codes import State
from visitapp.domain.text.wording import number_of, plural
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.jobs import Job
from visitapp.ui.page_viewmodel import PageViewModel

VISITS = SHEETS[0]
_HEADINGS = ("headings", "visit_ref", "scheme", "site", "date")
"""Where a problem stands if the headings of a file aren't ours."""
_DECIDES = Changes.VISITS | Changes.PEOPLE | Changes.SITES | Changes.SETTINGS | Changes.CODES
"""What the result of a check depends on."""


class ImportsViewModel(PageViewModel):
    """Signals: `changed` when something needs showing again; `started` (Job, sentence) of long
    work; `imported` (Batch) at the end of an import; `opened` (Spreadsheet) to be matched."""

    changed = Signal()
    started = Signal(object, str)
    imported = Signal(object)
    opened = Signal(object)
    concerns = _DECIDES

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._imports = context.services.imports
        self._job: Job | None = None
        self._is_writing = False
        self.files: dict[str, Path] = {}
        self.create_missing = False
        self.months_first = False
        self.skip_bad = False
        self.layout: ImportLayout | None = None
        self.is_remembered = False
        self.plan: ImportPlan | None = None
        self.batches: tuple[Batch, ...] = self._imports.batches()

    @property
    def may_change(self) -> bool:
        """Whether this person may import visits."""
        return self._context.services.access.actor.role is Role.MANAGER

    @property
    def is_busy(self) -> bool:
        """Whether a file is being checked or imported."""
        return self._job is not None

    # -- choosing and checking ------------------------------------------------------------

    def choose(self, sheet: str, path: Path | None) -> None:
        """Choose a file of visits, detainees or issues, or None for none, and check the files."""
        if self._is_writing:
            return
        if path is None:
            self.files.pop(sheet, None)
        else:
            self.files[sheet] = path
        if sheet == VISITS:
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
        if VISITS in self.files:
            sources = (self.files[VISITS], *(self.files.get(sheet) for sheet in SHEETS[1:]))
            create_missing, months_first = self.create_missing, self.months_first
            matched = self.layout

            def work(progress: Progress) -> tuple[ImportPlan, ImportLayout | None]:
                layout = matched or self._imports.remembered_layout(self.files[VISITS], progress)
                plan = self._imports.dry_run(
                    (sources[0], sources[1], sources[2]),  # type: ignore[arg-type]
                    create_missing=create_missing,
                    months_first=months_first,
                    layout=layout,
                    progress=progress,
                )
                return plan, layout

            self._run(work, self._on_looked, "Checking the file")
        self.changed.emit()

    def _on_looked(self, answer: tuple[ImportPlan, ImportLayout | None]) -> None:
        is_first = self.layout is None
        self.plan, self.layout = answer
        if is_first:
            self.is_remembered = self.layout is not None
            if self.needs_matching:
                self.open_to_match()

    # -- matching -------------------------------------------------------------------------

    @property
    def needs_matching(self) -> bool:
        """Whether the headings of the file aren't ours."""
        problems = () if self.plan is None else self.plan.problems
        return any(problem.structural and problem.column in _HEADINGS for problem in problems)

    def open_to_match(self) -> None:
        """Read the file of visits as it is, to decide what it has."""
        if VISITS not in self.files or self._is_writing:
            return
        path = self.files[VISITS]
        self._run(
            lambda progress: self._imports.open_spreadsheet(path, progress),
            self.opened.emit,
            "Reading the file",
        )
        self.changed.emit()

    def match(self, layout: ImportLayout) -> None:
        """Read the file of visits by what was decided, and check it."""
        self.layout, self.is_remembered = layout, False
        self.look()

    # -- result of the check ---------------------------------------------------------------

    @property
    def refusal(self) -> str:
        """Why the files can't be imported; empty if they can."""
        plan = self.plan
        if plan is None:
            return ""
        if self.is_stopped_by_problems:
            return _refused(plan)
        if not plan.visits and not (self._skips(plan) and plan.rejects):
            there = plan.already_there
            return _all_there(there) if there else "There are no visits in the file."
        return ""

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
        number = 0 if self.plan is None else len(self.plan.visits)
        return f"Import {number_of(number, 'visit')}" if number else "Save the skipped rows"

    def _skips(self, plan: ImportPlan) -> bool:
        return self.skip_bad and plan.can_skip

    def facts(self) -> list[tuple[str, str, str]]:
        """What would happen, as (key, value, tone)."""
        plan = self.plan
        if plan is None:
            return []
        facts = [("New visits", f"{len(plan.visits):,}", "text")]
        if plan.already_there:
            facts.append(("Already in the file", f"{plan.already_there:,}, not changed", "text"))
        if plan.problems:
            facts.append(("Problems", _problems(plan), "bad"))
        if self._skips(plan) and plan.rejects:
            facts.append(("Skipped", number_of(len(plan.rejects), "row"), "text"))
        if plan.warnings:
            facts.append(("Warnings", f"{len(plan.warnings):,} (warnings only)", "text"))
        created = (
            ("Sites to add", [site.name for site in plan.new_sites]),
            ("People to add", [person.name for person in plan.new_people]),
            ("Sites not known", plan.unknown_sites),
            ("People not known", plan.unknown_people),
        )
        facts += [(key, _named(names), "text") for key, names in created if names]
        if plan.new_sites:
            facts.append(("Open since", plan.opening_words, "text"))
        return facts

    # -- importing and withdrawing --------------------------------------------------------

    def bring_in(self) -> None:
        """Import the checked files."""
        plan, skip_bad, layout = self.plan, self.skip_bad, self.layout
        if plan is None or not self.can_bring_in:
            return
        self._is_writing = True

        def work(progress: Progress) -> tuple[Batch, Changes]:
            answer = self._imports.carry_out(plan, skip_bad=skip_bad, progress=progress)
            if layout is not None:
                self._imports.remember_layout(layout)
            return answer

        self._run(work, self._on_imported, "Preparing the visits")
        self.changed.emit()

    def _on_imported(self, answer: tuple[Batch, Changes]) -> None:
        batch, changes = answer
        self.plan, self.layout, self.files = None, None, {}
        self.is_remembered = False
        self.create_missing = self.skip_bad = False
        self._context.tell(changes)
        self._reload()
        self.imported.emit(batch)

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
        self._write(lambda: self._imports.write_template(path, force=True), path)

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


def _problems(plan: ImportPlan) -> str:
    rows = {(problem.sheet_name, problem.row) for problem in plan.problems}
    return f"{len(plan.problems):,}, in {number_of(len(rows), 'row')}"


def _refused(plan: ImportPlan) -> str:
    number = len(plan.problems)
    what = f"{number_of(number, 'problem stops', 'problems stop')} this import."
    right = f"Put {plural(number, 'it', 'them')} right in the file and choose it again"
    return (
        f"{what} {right}."
        if not plan.can_skip
        else f"{what} {right}, or skip the rows with errors."
    )


def _all_there(number: int) -> str:
    return f"{plural(number, 'The visit is', f'All {number:,} visits are')} already in the file."


def _named(names: Sequence[str]) -> str:
    """A list of names, and how many more: `5: A, B and 3 more`."""
    shown = list(names[:_NAMES_SHOWN])
    more = len(names) - len(shown)
    text = "; ".join(shown)
    return f"{len(names):,}: {text}" + (f" and {more:,} more" if more else "")


_NAMES_SHOWN = 6
