"""What an earlier file holds, which names the scheme doesn't have, and what was brought."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visitapp import bootstrap
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, VisitAppError
from visitapp.domain.office.scheme import Role
from visitapp.domain.text.wording import long_date, number_of, plural
from visitapp.services import Services
from visitapp.services.exchange.bringing import BroughtReport, EarlierReport, UnknownName
from visitapp.ui.context import Context


@dataclass(frozen=True, slots=True)
class EarlierFile:
    """What was read of it; `drafts` is how many lie in it."""

    reports: tuple[EarlierReport, ...]
    drafts: int
    outlooks: tuple[BroughtReport, ...]
    unknown: tuple[UnknownName, ...]


class BringingViewModel(QObject):
    """Signals: `changed` when there is more to show; `busy` (bool) while the worker is asked;
    `problem` (sentence, or empty for none)."""

    changed = Signal()
    busy = Signal(bool)
    problem = Signal(str)

    def __init__(self, context: Context, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self.path = context, path
        self.is_busy = False
        self.earlier: EarlierFile | None = None
        self.outlooks: tuple[BroughtReport, ...] = ()
        self.is_done = False
        self._names: dict[str, str] = {}

    # -- commands ------------------------------------------------------------------------

    def open(self, words: str, *, by_code: bool) -> None:
        """Read the file with its passphrase or recovery code."""
        if not words.strip():
            asked = "recovery code" if by_code else "passphrase"
            self.problem.emit(f"Type the {asked} of this file.")
            return
        path, services = self.path, self._context.services
        self._run(lambda: _read(services, path, words, by_code=by_code), self._on_read)

    def choose(self, name: str, scheme_name: str | None) -> None:
        """Say whose or which name of the scheme this is; None leaves its reports."""
        if scheme_name is None:
            self._names.pop(name, None)
        else:
            self._names[name] = scheme_name
        bringing, reports, names = self._context.services.bringing, self._reports, {**self._names}
        self._run(lambda: bringing.look(reports, names), self._on_looked)

    def bring(self) -> None:
        """Sign here what can be brought."""
        bringing, reports, names = self._context.services.bringing, self._reports, {**self._names}
        self._run(lambda: bringing.bring(reports, names), self._on_brought)

    def _run(self, work: Callable[[], object], done: Callable[..., object]) -> None:
        self.is_busy = True
        self.problem.emit("")
        self.busy.emit(True)

        def on(answer: object) -> None:
            self._rest()
            done(answer)

        self._context.jobs.run(work, owner=self, done=on, failed=self._on_failed)

    def _rest(self) -> None:
        self.is_busy = False
        self.busy.emit(False)

    def _on_failed(self, error: VisitAppError) -> None:
        self._rest()
        self.problem.emit(str(error))

    def _on_read(self, earlier: EarlierFile) -> None:
        self.earlier, self.outlooks = earlier, earlier.outlooks
        self.changed.emit()

    def _on_looked(self, outlooks: tuple[BroughtReport, ...]) -> None:
        self.outlooks = outlooks
        self.changed.emit()

    def _on_brought(self, answer: tuple[tuple[BroughtReport, ...], Changes]) -> None:
        self.outlooks, changes = answer
        self.is_done = True
        self._context.tell(changes)
        self.changed.emit()

    # -- what is shown -------------------------------------------------------------------

    @property
    def _reports(self) -> tuple[EarlierReport, ...]:
        return () if self.earlier is None else self.earlier.reports

    @property
    def number_to_bring(self) -> int:
        """How many reports can be brought now."""
        return sum(outlook.is_new and not outlook.problems for outlook in self.outlooks)

    @property
    def is_all_brought(self) -> bool:
        """Whether nothing is left in the file that could be brought one day."""
        earlier = self.earlier
        is_rid = earlier is not None and not earlier.drafts
        return is_rid and all(outlook.new_reference for outlook in self.outlooks)

    def lines(self) -> list[tuple[str, str]]:
        """Each report, the first visit first, and what becomes of it or became of it."""
        pairs = sorted(zip(self._reports, self.outlooks, strict=True), key=lambda pair: pair[0].day)
        return [
            (f"{long_date(report.day)}, {report.site_name}", self._state_words(outlook))
            for report, outlook in pairs
        ]

    def _state_words(self, outlook: BroughtReport) -> str:
        if not outlook.is_new:
            return f"Brought before, as {outlook.new_reference}."
        if outlook.problems:
            return f"Stays in the earlier file. {' '.join(outlook.problems)}"
        if outlook.new_reference:
            return f"Brought, as {outlook.new_reference}."
        if outlook.warnings:
            return f"Can be brought. To check: {' '.join(outlook.warnings)}"
        return "Can be brought."

    def summary(self) -> str:
        """What can be brought, or what was; and what stays in the earlier file."""
        sentences = [self._done_words() if self.is_done else self._outlook_words()]
        if (drafts := 0 if self.earlier is None else self.earlier.drafts) > 0:
            sentences.append(
                plural(
                    drafts,
                    "1 draft stays in the earlier file. Sign it there first, and bring it then.",
                    f"{drafts:,} drafts stay in the earlier file. Sign them there first, and "
                    "bring them then.",
                )
            )
        return " ".join(sentences)

    def _outlook_words(self) -> str:
        number = len(self.outlooks)
        if not number:
            return f"No report has been signed in {self.path.name}."
        return (
            f"{number_of(number, 'signed report')} in {self.path.name}, "
            f"{self.number_to_bring:,} to bring. Nothing in that file changes."
        )

    def _done_words(self) -> str:
        brought = sum(outlook.is_new and bool(outlook.new_reference) for outlook in self.outlooks)
        left = sum(bool(outlook.problems) for outlook in self.outlooks)
        words = [
            plural(
                brought,
                "1 report brought. The office gets it with the next exchange.",
                f"{brought:,} reports brought. The office gets them with the next exchange.",
            )
            if brought
            else "Nothing was brought."
        ]
        if left:
            stay = plural(left, "1 report stays", f"{left:,} reports stay")
            words.append(f"{stay} in the earlier file, for the reasons below.")
        return " ".join(words)


def question_words(item: UnknownName) -> str:
    """What is asked about a name that the scheme doesn't have."""
    if item.is_site:
        return f"Which site of your scheme is “{item.name}”?"
    return f"Who in your scheme is “{item.name}”?"


def _read(services: Services, path: Path, words: str, *, by_code: bool) -> EarlierFile:
    opening = bootstrap.open_with_code if by_code else bootstrap.open_with_passphrase
    with opening(path, words, reading=True) as opened:
        if opened.services.access.actor.role is not Role.VISITOR:
            raise BadInputError(
                "This is not a visitor’s file. Choose the file in which you logged your own visits."
            )
        reports, drafts = opened.services.bringing.begun()
    outlooks = services.bringing.look(reports, {})
    new = [report for report, outlook in zip(reports, outlooks, strict=True) if outlook.is_new]
    return EarlierFile(reports, drafts, outlooks, services.bringing.unknown_names(new))
