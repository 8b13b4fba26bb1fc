"""Two kinds of errors: the user's, shown as a sentence on the page, and faults of the program,
shown as a report to copy.

A VisitAppError becomes a banner on the page concerned. Anything else is a fault: its type is
logged, and a dialog offers version, platform and traceback, without values, arguments or data from
the records.
"""

import contextlib
import logging
import platform
import sys
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, qVersion

from visitapp import __version__
from visitapp.domain.errors import VisitAppError

log = logging.getLogger(__name__)


@runtime_checkable
class ShowsProblems(Protocol):
    """A page, or anything else that can show a banner."""

    def show_problem(self, error: VisitAppError) -> None:
        """Show the error under the head."""


def show(owner: QObject | None, error: VisitAppError) -> None:
    """Show an error on the page that contains `owner`. Raises it if there is none."""
    at = owner
    while at is not None:
        if isinstance(at, ShowsProblems):
            at.show_problem(error)
            return
        at = at.parent()
    raise error


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The report of a fault that a user can send: where it happened, without any data."""
    frames = traceback.extract_tb(trace)
    lines = [
        f"  {_short(frame.filename)}, line {frame.lineno}, in {frame.name}" for frame in frames
    ]
    return "\n".join(
        (
            f"visitapp {__version__}",
            f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}",
            f"{kind.__module__}.{kind.__qualname__}",
            *lines,
        )
    )


def _short(filename: str) -> str:
    """The path of a file within the program, without the user's folders."""
    for part in ("visitapp", "site-packages"):
        if f"/{part}/" in filename.replace("\\", "/"):
            tail = filename.replace("\\", "/").rsplit(f"/{part}/", 1)[1]
            return f"{part}/{tail}"
    return filename.replace("\\", "/").rsplit("/", 1)[-1]


def install(page: Callable[[], ShowsProblems | None], show_report: Callable[[str], None]) -> None:
    """Send uncaught errors to the current page, or to the fault dialog."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        shown = page() if isinstance(error, VisitAppError) else None
        if shown is not None and isinstance(error, VisitAppError):
            shown.show_problem(error)
            return
        log.error("A fault of the program: %s", kind.__name__)
        show_report(report(kind, trace))

    def never_failing(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        try:
            hook(kind, error, trace)
        except Exception as another:  # noqa: BLE001 - the window must go on
            with contextlib.suppress(Exception):
                log.error("A fault could not be shown: %s", type(another).__name__)

    sys.excepthook = never_failing
