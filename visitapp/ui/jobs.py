"""The worker thread, which answers on the window's thread. The only other one is `drive.py`'s.

Work that may take longer than 100 ms runs here, one job after another, so that two never write to
the records at once. An owner that was deleted gets no answer.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.ui import problems

log = logging.getLogger(__name__)

_SELDOM = 0.04
"""The least seconds between two progress reports to the window."""

_FAULT = "Sorry, that did not work. Nothing has changed."


class Job(QObject):
    """One piece of work.

    Signals: `progressed` (sentence, done, total); `finished` once, whatever the outcome.
    """

    progressed = Signal(str, int, int)
    finished = Signal()

    def __init__(self, parent: QObject, *, yields: bool = False) -> None:
        super().__init__(parent)
        self.yields = yields
        self._cancelled = threading.Event()
        self.reported_at = 0.0
        self.is_over = False

    def cancel(self) -> None:
        """Ask the work to stop at its next step. Work that finishes anyway still gives its
        answer."""
        self._cancelled.set()

    @property
    def was_cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()


class Jobs(QObject):
    """Runs work on the one worker thread."""

    _reported = Signal(object, str, int, int)
    _answered = Signal(object, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="visitapp")
        self._running: dict[Job, _Ends] = {}
        self.is_shut_down = False
        """Whether the thread has ended or is ending, so that no more jobs can run."""
        queued = Qt.ConnectionType.QueuedConnection
        self._reported.connect(self._on_reported, queued)
        self._answered.connect(self._on_answered, queued)

    def run(
        self,
        work: Callable[..., Any],
        *,
        owner: QObject,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[VisitAppError], None] | None = None,
        progress: bool = False,
        yields: bool = False,
    ) -> Job:
        """Run `work()`, with a `Progress` of the domain if asked for, and call `done` with its
        answer.

        A VisitAppError goes to `failed`, or otherwise to the banner of the owner's page. Any other
        error is a fault of the program: `failed` gets a sentence, the fault dialog the rest. A
        cancelled job fails with a CancelledError, which no banner shows. A job that `yields` is
        cancelled by the next one that doesn't: the user must not wait for work they didn't ask for.
        """
        job = Job(self, yields=yields)
        if not yields:
            self._cancel_those_that_yield()
        self._running[job] = _Ends(owner, done, failed)

        def report(sentence: str, done: int = 0, total: int = 0) -> bool:
            now = monotonic()
            if now - job.reported_at >= _SELDOM or done >= total:
                job.reported_at = now
                self._reported.emit(job, sentence, done, total)
            return not job.was_cancelled

        def carry_out() -> None:
            answer: Any = None
            error: BaseException | None = None
            try:
                if job.was_cancelled:
                    raise CancelledError("Cancelled. Nothing has changed.")
                answer = work(report) if progress else work()
            except BaseException as raised:  # noqa: BLE001 - handled in the window's thread
                error = raised
            self._answered.emit(job, answer, error)

        self._worker.submit(carry_out)
        return job

    @property
    def is_busy(self) -> bool:
        """Whether work is running or its answer still has to be delivered."""
        return bool(self._running)

    def _cancel_those_that_yield(self) -> None:
        for job in self._running:
            if job.yields:
                job.cancel()

    def cancel_all(self) -> None:
        """Ask all jobs to stop."""
        for job in list(self._running):
            job.cancel()

    def shut_down(self, last: Callable[[], object] | None = None) -> None:
        """Stop all jobs, run `last` on the worker, and wait for the thread to end. Answers are no
        longer delivered, and waiting jobs never start."""
        self.is_shut_down = True
        self.cancel_all()
        self._running.clear()
        if last is not None:
            self._worker.submit(last)
        self._worker.shutdown(wait=True)

    def _on_reported(self, job: Job, sentence: str, done: int, total: int) -> None:
        if job in self._running and not job.was_cancelled:
            job.progressed.emit(sentence, done, total)

    def _on_answered(self, job: Job, answer: Any, error: BaseException | None) -> None:
        ends = self._running.pop(job, None)
        if ends is None:
            return
        job.is_over = True
        job.finished.emit()
        job.deleteLater()
        ends.deliver(answer, error)


class _Ends:
    """The callbacks of a job."""

    def __init__(
        self,
        owner: QObject,
        done: Callable[[Any], None] | None,
        failed: Callable[[VisitAppError], None] | None,
    ) -> None:
        self._owner, self._done, self._failed = owner, done, failed

    def deliver(self, answer: Any, error: BaseException | None) -> None:
        if error is not None and not isinstance(error, VisitAppError):
            log.error("A job failed: %s", type(error).__name__)
            if isValid(self._owner) and self._failed is not None:
                self._failed(VisitAppError(_FAULT))
            raise error
        if not isValid(self._owner):
            return
        if error is not None:
            if self._failed is not None:
                self._failed(error)
            elif not isinstance(error, CancelledError):
                problems.show(self._owner, error)
        elif self._done is not None:
            self._done(answer)
