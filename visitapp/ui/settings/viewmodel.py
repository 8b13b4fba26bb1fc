"""What Settings reads and changes, section by section. QtCore only."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError, VisitAppError
from visitapp.domain.office.codes import Code, CodeBook
from visitapp.domain.office.grid import Band, DayGroup, Grid
from visitapp.domain.office.scheme import (
    Actor,
    EarlierTotal,
    Kind,
    Office,
    Rate,
    Role,
    Scheme,
    Throughput,
)
from visitapp.domain.office.site import OpenPeriod, Site, SiteKind
from visitapp.domain.period import Period
from visitapp.domain.records.anchor import AnchorComparison
from visitapp.domain.records.health import Health
from visitapp.domain.report.copies import Recipient
from visitapp.domain.text.wording import lowered, out_of
from visitapp.services.office.setup import SetupService
from visitapp.ui.context import Context
from visitapp.ui.opening_messages import backup_words
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.settings.animal_entries import AnimalEntries
from visitapp.ui.settings.question_entries import QuestionEntries
from visitapp.ui.settings.words import new_code, recounted_words
from visitapp.ui.widgets.heatmap_tablemodel import visits_text


class SettingsViewModel(PageViewModel):
    """State and commands. Each command returns whether it succeeded."""

    changed = Signal()  # settings were changed, here or elsewhere
    done = Signal(str)  # what was saved, as a sentence
    concerns = Changes.SETTINGS | Changes.SITES | Changes.CODES | Changes.ANIMALS | Changes.REVIEWS
    busy = Signal(bool)  # whether long work is running
    looked = Signal(object)  # the Health of the records, after a check

    def __init__(self, context: Context) -> None:
        super().__init__(context)

    # -- reading -------------------------------------------------------------------------

    @property
    def context(self) -> Context:
        """For sections that run long work."""
        return self._context

    @property
    def today(self) -> date:
        """Today's date according to the records."""
        return self._context.services.access.today()

    @property
    def may_change(self) -> bool:
        """Whether this is the manager's copy: no other may change what decides figures."""
        return self.account().role is Role.MANAGER

    def office(self) -> Office:
        """The office of this file."""
        return self._setup.office()

    def account(self) -> Actor:
        """The person who uses this copy."""
        return self._setup.account()

    def schemes(self) -> tuple[Scheme, ...]:
        """The office's schemes, custody first."""
        return self._setup.schemes()

    def scheme(self, scheme_id: UUID) -> Scheme:
        """One scheme. Raises StopIteration for an unknown id."""
        return next(scheme for scheme in self.schemes() if scheme.id == scheme_id)

    def sites(self, scheme_id: UUID | None = None) -> tuple[Site, ...]:
        """Sites in order."""
        return self._setup.sites(scheme_id)

    def grids(self, scheme_id: UUID | None = None) -> tuple[Grid, ...]:
        """Grids by name."""
        return self._setup.grids(scheme_id)

    def book(self, scheme_id: UUID) -> CodeBook:
        """A scheme's coded values."""
        return self._setup.codes(scheme_id)

    def rates(self) -> list[Rate]:
        """All rates by scheme, newest first."""
        return [rate for s in self.schemes() for rate in reversed(self._setup.rates(s.id))]

    def throughputs(self) -> list[Throughput]:
        """All the force's counts, newest first."""
        throughputs = [entry for s in self.schemes() for entry in self._setup.throughputs(s.id)]
        return sorted(throughputs, key=lambda entry: entry.period, reverse=True)

    def earlier_totals(self) -> list[EarlierTotal]:
        """All totals of earlier years, newest first."""
        totals = [entry for s in self.schemes() for entry in self._setup.earlier_totals(s.id)]
        return sorted(totals, key=lambda entry: entry.period, reverse=True)

    def visits_counted_by(self, grid: Grid) -> int:
        """How many past visits a change of these timeslots would recount."""
        return self._setup.visits_counted_by(grid.id)

    @property
    def _setup(self) -> SetupService:
        return self._context.services.setup

    # -- office, schemes, this copy ------------------------------------------------------

    def read(self, read: Callable[[Path], bytes], path: Path) -> bytes:
        """A file that the office chose. Shows the problem and is empty if it can't be used."""
        try:
            return read(path)
        except VisitAppError as error:
            self.show_problem(error)
            return b""

    def save_office(self, office: Office, sentence: str = "Office details saved.") -> bool:
        """Save the office as reports print it."""
        return self.carry_out(lambda: self._setup.save_office(office), sentence)

    def save_scheme(self, scheme: Scheme, changed: Scheme) -> bool:
        """Change a scheme's name, its limits for waits and issues, its changes of shift, or whether
        visits by telephone or video meet the target."""
        words = f"Scheme saved.{recounted_words(scheme, changed)}"
        return self.carry_out(lambda: self._setup.save_scheme(changed), words)

    def begin_scheme(self, kind: Kind) -> bool:
        """Add a scheme that the office doesn't have yet, or another for animals."""
        others = sum(scheme.kind is kind for scheme in self.schemes())
        name = f"{kind.label} visiting {others + 1}" if others else ""
        words = name or f"Scheme for {lowered(kind.label)} visiting"
        then = " Choose it and change its name." if others else ""
        words += f" added, with the usual timeslots, limits and lists.{then}"
        return self.carry_out(lambda: self._setup.add_scheme(kind, name), words)

    def save_account(self, name: str) -> bool:
        """Save the name of the person who uses this copy."""
        actor = replace(self.account(), name=name)
        return self.carry_out(
            lambda: self._setup.set_account(actor),
            "Your name is saved. It will show the next time you unlock.",
        )

    # -- sites and timeslots -------------------------------------------------------------

    def save_site(
        self, site: Site | None, scheme_id: UUID, name: str, cells: int | None, grid_id: UUID,
        open_periods: Sequence[OpenPeriod], kind: SiteKind | None = None,
    ) -> UUID | None:  # fmt: skip
        """Add (None) or change a site. Without a `kind` it has that usual for its scheme. Returns
        its id, or None if it was not saved."""
        if site is None:
            site = self._setup.new_site(scheme_id, name, grid_id, kind)
        changed = replace(
            site, kind=kind or site.kind, name=name.strip(), cells=cells, grid_id=grid_id,
            open_periods=tuple(open_periods),
        )  # fmt: skip
        recounted = ""
        if site.version and site.grid_id != grid_id:
            recounted = " Its past visits have been recounted with these timeslots."
        kept = self.carry_out(
            lambda: self._setup.save_site(changed), f"{changed.name} saved.{recounted}"
        )
        return changed.id if kept else None

    def move_site(self, site: Site, by: int) -> bool:
        """Move a site up (-1) or down (1) in every list and table."""
        order = list(self.sites())
        at = next(i for i, other in enumerate(order) if other.id == site.id)
        to = at + by
        if not 0 <= to < len(order):
            return False
        order[at], order[to] = order[to], order[at]
        ids = [other.id for other in order]
        return self.carry_out(
            lambda: self._setup.order_sites(ids),
            f"{site.name} is now number {out_of(to + 1, len(order))}.",
        )

    def save_grid(
        self, grid: Grid | None, scheme_id: UUID, name: str, days: Sequence[DayGroup],
        bands: Sequence[Band],
    ) -> UUID | None:  # fmt: skip
        """Add (None) or change timeslots. Returns their id, or None if they were not saved."""
        saved: list[Grid] = []

        def work() -> Changes:
            changed = Grid(
                grid.id if grid else uuid4(), scheme_id, name.strip(), tuple(days), tuple(bands),
                grid.version if grid else 0,
            )  # fmt: skip
            saved.append(changed)
            return self._setup.save_grid(changed)

        moved = grid is not None and (grid.days, grid.bands) != (tuple(days), tuple(bands))
        counted = self.visits_counted_by(grid) if grid is not None and moved else 0
        recounted = f" We have recounted {visits_text(counted)}." if counted else ""
        return saved[0].id if self.carry_out(work, f"Timeslots saved.{recounted}") else None

    # -- coded values --------------------------------------------------------------------

    def add_code(
        self, scheme_id: UUID, list_name: str, label: str, group: str, start: date | None
    ) -> UUID | None:
        """Add a value at the end of a list. Returns its id, or None if it was not saved."""
        taken = self.book(scheme_id)[list_name]
        last = max((code.position for code in taken), default=-1)
        code = Code(
            uuid4(), scheme_id, list_name, new_code(label, taken), label.strip(), last + 1, group,
            active_from=start, version=0,
        )  # fmt: skip
        return (
            code.id
            if self._save_code(code, f"{code.label} added. You can now choose it in reports.")
            else None
        )

    def save_code(
        self, code: Code, label: str, start: date | None, end: date | None
    ) -> UUID | None:
        """Relabel a value, or retire it from a day on; old records keep it. Returns its id, or None
        if it was not saved."""
        changed = replace(code, label=label.strip(), active_from=start, active_to=end)
        sentence = f"{changed.label} saved. Reports that use it show the change too."
        return code.id if self._save_code(changed, sentence) else None

    def _save_code(self, code: Code, sentence: str) -> bool:
        return self.carry_out(lambda: self._setup.save_code(code), sentence)

    # -- figures entered by hand ---------------------------------------------------------

    def save_rate(
        self, rate: Rate | None, scheme_id: UUID, start: date, amount: Decimal
    ) -> UUID | None:
        """Set what an hour is worth in pounds from a day on. Returns the id, or None."""
        item = Rate(
            rate.id if rate else uuid4(), scheme_id, start, amount, rate.version if rate else 0
        )
        sentence = "Rate saved. It also applies to past hours from that day."
        return item.id if self.carry_out(lambda: self._setup.save_rate(item), sentence) else None

    def save_throughput(
        self, entry: Throughput | None, site: Site, period: Period, number: int
    ) -> UUID | None:
        """Set how many people came through a site's cells. Returns the id, or None."""
        item = Throughput(
            entry.id if entry else uuid4(), site.scheme_id, site.id, period, number,
            entry.version if entry else 0,
        )  # fmt: skip
        sentence = f"{site.name}, {self._context.years().label(period)}: {number:,} people saved."
        return (
            item.id if self.carry_out(lambda: self._setup.save_throughput(item), sentence) else None
        )

    def save_earlier_total(
        self, entry: EarlierTotal | None, scheme_id: UUID, period: Period, figure: str, number: int
    ) -> UUID | None:
        """Set a total of an earlier year. Returns the id, or None."""
        item = EarlierTotal(
            entry.id if entry else uuid4(), scheme_id, period, figure, number,
            entry.version if entry else 0,
        )  # fmt: skip
        sentence = "Total saved. Reports will say it is only a total."
        kept = self.carry_out(lambda: self._setup.save_earlier_total(item), sentence)
        return item.id if kept else None

    def remove(self, item: Rate | Throughput | EarlierTotal) -> bool:
        """Delete an entry made by hand."""
        return self.carry_out(lambda: self._setup.remove(item), "Entry deleted.")

    def put_back(self, item: Rate | Throughput | EarlierTotal) -> bool:
        """Save a deleted entry again."""
        return self.carry_out(lambda: self._setup.put_back(item), "The entry is back.")

    # -- reports -------------------------------------------------------------------------

    def recipients(self, scheme_id: UUID) -> tuple[Recipient, ...]:
        """Who gets copies of a scheme's reports, including former recipients."""
        return self._context.services.recipients.recipients(scheme_id)

    def save_recipient(self, item: Recipient, *, is_new: bool) -> bool:
        """Add a recipient, or change what a recipient gets from now on."""
        service = self._context.services.recipients
        copies = "will get copies" if item.is_active else "will not get any more copies"
        sentence = f"{item.name.strip()} {copies}. Copies already made do not change."
        return self.carry_out(
            lambda: service.add(item) if is_new else service.change(item), sentence
        )

    @property
    def animals(self) -> AnimalEntries:
        """The animals of the sites that have any."""
        return AnimalEntries(self._context.services, self.carry_out)

    @property
    def questions(self) -> QuestionEntries:
        """The report forms of the schemes."""
        return QuestionEntries(self._context.services, self.carry_out)

    # -- backup --------------------------------------------------------------------------

    def save_backup(self, out: Path) -> None:
        """Save a backup. An existing file is replaced; the dialog has asked about it."""
        maintenance = self._context.services.maintenance
        self._run(
            lambda: maintenance.backup_and_look(out, force=True),
            lambda saved: self._on_backed_up(out, *saved),
        )

    def check_file(self) -> None:
        """Check the file for damage."""
        self._run(self._context.services.maintenance.look, self._on_checked)

    def _on_checked(self, health: Health) -> None:
        self.looked.emit(health)
        if health.faults:
            self._refuse(BadInputError(" ".join(health.faults)))
        else:
            self._say("No damage was found in the file.")

    def compare(self, typed: str) -> AnchorComparison | str:
        """What the line of a printed page says about these records, or why it can't be used."""
        try:
            return self._context.services.maintenance.compare(typed)
        except VisitAppError as error:
            return str(error)

    @property
    def records(self) -> Path:
        """The file of records."""
        path = self._context.services.access.database.path
        assert path is not None
        return path

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self.busy.emit(True)

        def finished(answer: Any) -> None:
            self.busy.emit(False)
            done(answer)

        def failed(error: VisitAppError) -> None:
            self.busy.emit(False)
            self._refuse(error)

        self._context.jobs.run(work, owner=self, done=finished, failed=failed)

    def _on_backed_up(self, out: Path, kept: Path | None, health: Health) -> None:
        self._context.note_backup()
        self.note_change()
        self.looked.emit(health)
        if sentence := health.of_backup():
            self._refuse(BadInputError(sentence))
        else:
            self._say(backup_words(out, kept))

    def _say(self, sentence: str) -> None:
        self._context.say(sentence)
        self.done.emit(sentence)

    # -- making changes ------------------------------------------------------------------

    def carry_out(self, work: Callable[[], Changes], sentence: str) -> bool:
        """Make a change and show `sentence`, or the problem; a conflict also reads the data
        again."""
        try:
            changes = work()
        except VisitAppError as error:
            if isinstance(error, ConflictError):
                self.note_change()
            return self._refuse(error)
        self._context.tell(changes)
        self._say(sentence)
        return True

    def _refuse(self, error: VisitAppError) -> bool:
        self.show_problem(error)
        return False

    def renew(self) -> None:
        """Tell the current section to read again."""
        self.changed.emit()
