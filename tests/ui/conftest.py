"""Real widgets offscreen, over real services; and nothing may be left behind."""

import gc
import pickle
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tests.conftest import NOW
from tests.ui.waiting import wait_until
from visitapp import bootstrap
from visitapp.domain.period import Period
from visitapp.domain.plan.foresight import Foresight
from visitapp.domain.progress import Progress, report_progress
from visitapp.planning import judging, outlook
from visitapp.reporting.blocks import Document
from visitapp.services import Services
from visitapp.services.year import reports
from visitapp.services.year.report_files import LaidOut, report_pdf
from visitapp.ui.context import Context
from visitapp.ui.jobs import Jobs
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.theme import APPEARANCE
from visitapp.ui.window_dialogs import FaultDialog

Settle = Callable[[Context], None]

_laid_out: dict[bytes, bytes] = {}
"""The pages of each report that a test of this process asked for, by what is in it, both pickled:
what is remembered is then no object of an open file."""

_judged: dict[bytes, Foresight] = {}
"""What each history of visits that a test of this process asked about says, by all that decides it
but the kind of site, which goes with its grid."""


@pytest.fixture(scope="session")
def appearance(qapp: QApplication) -> Appearance:
    """The one appearance of the application, light at 100% before each test; a story that ran
    in this process before may have made it."""
    existing = qapp.findChild(QObject, APPEARANCE)
    return existing if isinstance(existing, Appearance) else Appearance(qapp, "light", 100)


@pytest.fixture(autouse=True)
def _light_at_100(appearance: Appearance) -> Iterator[None]:
    appearance.choose("light", 100)
    yield
    appearance.choose("light", 100)


@pytest.fixture(autouse=True)
def _no_fault(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A fault of the program fails its test, instead of waiting in a dialog for somebody."""
    faults: list[str] = []
    monkeypatch.setattr(FaultDialog, "ask", lambda _parent, report: faults.append(report))
    yield
    assert not faults, faults[0]


@pytest.fixture(autouse=True)
def _few_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is expected of the rest of the year comes from few simulated ones: each change of a plan
    asks for it. What it says is tested in tests/planning and tests/services."""
    monkeypatch.setattr(outlook, "RUNS", 5)


@pytest.fixture(autouse=True)
def _judged_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """How well a history could have been predicted is worked out once for the same history: many
    tests of pages show the demonstration's. What it says is tested in tests/planning."""
    judge = judging.judge_history

    def remembered(
        name: str, visits: Sequence[judging.Arrival], period: Period, calendar: judging.Calendar
    ) -> Foresight:
        panel = tuple(judging.learners())  # which need a package that is an extra
        asked = pickle.dumps((name, visits, period, calendar.grid, calendar.years, panel))
        if asked not in _judged:
            _judged[asked] = judge(name, visits, period, calendar)
        return _judged[asked]

    monkeypatch.setattr(judging, "judge_history", remembered)


@pytest.fixture(autouse=True)
def _laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of the same words as an earlier test's has its pages at once: most pages of the
    demonstration's year are made for tests that ask something else. What the layout does is tested
    in tests/reporting, where it runs each time."""

    def remembered(document: Document, progress: Progress | None) -> LaidOut:
        report_progress(progress, "Laying out the pages", 0, 0)  # it may be cancelled here too
        content = pickle.dumps(document)
        if content not in _laid_out:
            _laid_out[content] = pickle.dumps(report_pdf(document, progress))
        laid_out: LaidOut = pickle.loads(_laid_out[content])  # noqa: S301 - our own bytes
        return laid_out

    monkeypatch.setattr(reports, "report_pdf", remembered)


@pytest.fixture(autouse=True)
def _nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a thread, a running timer or a window."""
    hook = sys.excepthook
    threads = set(threading.enumerate())
    yield
    sys.excepthook = hook
    qapp.clipboard().clear()  # as the window does: what Python made must not outlast it
    _clear(qapp)
    if _left(qapp, threads):
        gc.collect()  # slow, and only what hangs in a circle needs it
        _clear(qapp)
    left = _left(qapp, threads)
    for widget in qapp.topLevelWidgets():
        if widget.windowType() is not Qt.WindowType.Popup:  # a completer deletes its own
            widget.close()
            widget.deleteLater()
    _clear(qapp)
    assert not left, f"left behind: {left}"


def _left(qapp: QApplication, threads: set[threading.Thread]) -> list[object]:
    return [
        *(thread.name for thread in threading.enumerate() if thread not in threads),
        *(widget for widget in qapp.topLevelWidgets() if widget.isVisible()),
        *(timer for timer in qapp.findChildren(QTimer) if timer.isActive()),
    ]


def _clear(qapp: QApplication) -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    """The worker, as the window has it."""
    worker = Jobs()
    yield worker
    worker.shut_down()


@pytest.fixture
def context(services: Services, jobs: Jobs) -> Context:
    """An unlocked file with both schemes and nothing else, for a manager."""
    return Context(services, jobs)


@pytest.fixture
def furnished_context(furnished: Services, jobs: Jobs) -> Context:
    """The same with the builders' sites and people."""
    return Context(furnished, jobs)


@pytest.fixture
def demo_context(_demonstration: Path, key: bytes, tmp_path: Path, jobs: Jobs) -> Iterator[Context]:
    """The demonstration's file, one's own copy, for its manager."""
    path = Path(shutil.copy2(_demonstration, tmp_path / "demonstration.visits"))
    with bootstrap.open_with_key(path, key, clock=lambda: NOW) as opened:
        yield Context(opened.services, jobs)
        jobs.shut_down()


@pytest.fixture
def settle(qapp: QApplication) -> Settle:
    """Wait until the worker has nothing to do and its answers have arrived."""

    def wait(context: Context) -> None:
        wait_until(lambda: not context.jobs.is_busy)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return wait
