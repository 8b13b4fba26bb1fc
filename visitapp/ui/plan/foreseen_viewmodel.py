"""How predictable the plan shown is, worked out in the background. QtCore only."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.domain.period import Period
from visitapp.domain.plan.foresight import Outlook
from visitapp.domain.plan.plan_limits import Audit
from visitapp.domain.progress import Progress
from visitapp.ui.context import Context
from visitapp.ui.jobs import Job


class PlanForeseenViewModel(QObject):
    """A new question ends the work on the one before. Work that somebody asks for goes first: this
    begins again after it.

    Signals: `audited` (the audits of the plan's sites, or none and that there are too few people to
    make one); `expected` (the timeslots visited by the end of the year); `working` (on what, as a
    sentence); `failed` (VisitAppError).
    """

    audited = Signal(object, object)
    expected = Signal(object)
    working = Signal(str)
    failed = Signal(object)

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        context.left.connect(self.stop)

    def stop(self) -> None:
        """End the work; there is no answer."""
        if self._job is not None:
            self._job.cancel()
        self._job = None

    def ask(self, period: Period, *, is_planned: bool) -> None:
        """Work it out for some weeks; for those without a plan, whether there are enough people."""
        foresight = self._context.services.foresight

        def audit(progress: Progress) -> tuple[Audit, ...]:
            return foresight.plan(period, progress)

        def audited(audits: tuple[Audit, ...]) -> None:
            self.audited.emit(audits, ())
            self._run(lambda _: foresight.outlooks(period), expected)

        def expected(outlooks: tuple[Outlook, ...]) -> None:
            self.expected.emit(outlooks)

        self.stop()
        if is_planned:
            self._run(audit, audited)
        else:
            self._run(
                lambda _: foresight.shortage(period), lambda lacking: self.audited.emit((), lacking)
            )

    def _run(self, work: Callable[[Progress], Any], done: Callable[[Any], None]) -> None:
        def answer(result: Any) -> None:
            if self._job is job:
                self._job = None
                done(result)

        def failed(error: VisitAppError) -> None:
            if self._job is not job:
                return
            if isinstance(error, CancelledError):
                self._run(work, done)
            else:
                self._job = None
                self.failed.emit(error)

        job = self._context.jobs.run(
            work, owner=self, done=answer, failed=failed, progress=True, yields=True
        )
        job.progressed.connect(self._on_progressed)
        self._job = job

    def _on_progressed(self, words: str, _done: int, _total: int) -> None:
        self.working.emit(f"{words}.")
