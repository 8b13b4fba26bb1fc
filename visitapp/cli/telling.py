"""What the command line tells: exit codes, one sentence for an error, progress."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from visitapp.domain.errors import CantOpenError, VisitAppError

OK, BUG, BAD_INPUT, CANT_OPEN, DAMAGED = 0, 1, 2, 3, 4
_SECONDS_BETWEEN = 10.0


def told(error: BaseException) -> tuple[str, int]:
    """An error as one sentence and its exit code."""
    match error:
        case CantOpenError():
            return str(error), CANT_OPEN
        case VisitAppError():
            return str(error), BAD_INPUT
        case KeyboardInterrupt():
            return "Stopped; nothing was changed.", BAD_INPUT
        case OSError():
            return f"{error.filename or 'A file'}: {error.strerror or error}.", BAD_INPUT
        case _:
            return f"visitapp met a fault of its own: {type(error).__name__}{_place(error)}.", BUG


def _place(error: BaseException) -> str:
    """Where in the program an error arose, for whoever is told of it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f" ({Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno})"


def say(message: object, code: int) -> int:
    print(" ".join(str(message).split()), file=sys.stderr)
    return code


class Progress:
    """Long work told on standard error: counted up on a terminal, else a line now and then."""

    def __init__(self) -> None:
        self._stage = ""
        self._told = 0.0

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> bool:
        """Tell; never cancels, which is what Ctrl+C is for."""
        count = f" {done} of {total}" if total else ""
        same, now = stage == self._stage, monotonic()
        if sys.stderr.isatty():
            before = "\r\x1b[K" if same else "\n" if self._stage else ""
            print(f"{before}{stage}{count}", end="", file=sys.stderr, flush=True)
        elif not same or now - self._told > _SECONDS_BETWEEN:
            print(f"{stage}{count if same else ''}", file=sys.stderr, flush=True)
            self._told = now
        self._stage = stage
        return True

    def end(self) -> None:
        """Leave the line that was counted up."""
        if self._stage and sys.stderr.isatty():
            print(file=sys.stderr)


@contextlib.contextmanager
def told_on_the_way() -> Iterator[Progress]:
    progress = Progress()
    try:
        yield progress
    finally:
        progress.end()
