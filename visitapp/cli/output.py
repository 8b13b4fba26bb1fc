"""What the command line prints besides answers: error messages and progress; exit codes."""

import contextlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic
from typing import Any, TextIO, cast

from visitapp.domain.errors import CantOpenError, VisitAppError
from visitapp.domain.text.shown import escaped
from visitapp.domain.text.wording import out_of

OK, BUG, BAD_INPUT, CANT_OPEN, DAMAGED = 0, 1, 2, 3, 4
_SECONDS_BETWEEN = 10.0
_LONGEST_WORD = 1_000


def sentence_and_code(error: BaseException) -> tuple[str, int]:
    """An error as one sentence and its exit code. Never fails, whatever the error is."""
    try:
        return _sentence_and_code(error)
    except Exception:  # noqa: BLE001 - an error that can't even say what it is
        return f"Sorry, something went wrong in visitapp{_place(error)}.", BUG


def _sentence_and_code(error: BaseException) -> tuple[str, int]:
    match error:
        case CantOpenError():
            return str(error), CANT_OPEN
        case VisitAppError():
            return str(error), BAD_INPUT
        case KeyboardInterrupt():
            return "Stopped. Nothing has changed.", BAD_INPUT
        case OSError():
            return f"{_file(error)}: {error.strerror or error}.", BAD_INPUT
        case MemoryError():
            return (
                "There is not enough memory for this. Close other programs and try again.",
                BAD_INPUT,
            )
        case _:
            return (
                f"Sorry, something went wrong in visitapp: {type(error).__name__}{_place(error)}.",
                BUG,
            )


def _file(error: OSError) -> str:
    named = error.filename
    return os.fsdecode(named) if isinstance(named, str | bytes | os.PathLike) else "A file"


def _place(error: BaseException) -> str:
    """Where in the program an error occurred, so that a user can report it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f" ({Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno})"


class EscapingStream:
    """Standard output or error, safe from names of files and people: characters that a terminal
    would act on, or that are invisible, are escaped as in JSON."""

    def __init__(self, stream: TextIO) -> None:
        self.plain = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self.plain, name)

    def write(self, text: str) -> int:
        """Write a text with such characters escaped."""
        self.plain.write(escaped(text))
        return len(text)


@contextlib.contextmanager
def escaping() -> Iterator[None]:
    """Replaces both streams during a command. A closed stream stays closed."""
    before = sys.stdout, sys.stderr
    for stream in before:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout, sys.stderr = (cast("TextIO", EscapingStream(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def give_up(stream: TextIO) -> None:
    """Drop what can't be written, so that Python doesn't complain about it at exit."""
    with contextlib.suppress(Exception):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _shortened(word: str) -> str:
    """A word without its middle if it is longer than any file name can be."""
    return word if len(word) <= _LONGEST_WORD else f"{word[:100]}\u2026{word[-100:]}"


def say(message: object, code: int) -> int:
    """Print one sentence on standard error, if that is possible. Returns the code."""
    try:
        words = (_shortened(word) for word in str(message).split())
        print(" ".join(words), file=sys.stderr, flush=True)
    except Exception:  # noqa: BLE001 - closed, full or gone: the exit code says it
        give_up(sys.stderr)
    return code


class ProgressPrinter:
    """Reports long work on standard error: as a counter on a terminal, otherwise as a line now and
    then."""

    def __init__(self) -> None:
        self._stage = ""
        self._last_line = 0.0

    def __call__(self, stage: str, done: int = 0, total: int = 0) -> bool:
        """Print progress. Never cancels, since Ctrl+C does that, and ignores a closed stream."""
        count = f" {out_of(done, total)}" if total else ""
        same, now = stage == self._stage, monotonic()
        with contextlib.suppress(OSError, ValueError):
            if sys.stderr.isatty():
                before = "\r\x1b[K" if same else "\n" if self._stage else ""
                plain = getattr(sys.stderr, "plain", sys.stderr)  # these orders are our own
                plain.write(f"{before}{escaped(stage)}{count}")
                plain.flush()
            elif not same or now - self._last_line > _SECONDS_BETWEEN:
                print(f"{stage}{count if same else ''}", file=sys.stderr, flush=True)
                self._last_line = now
        self._stage = stage
        return True

    def end(self) -> None:
        """End the line of the counter."""
        with contextlib.suppress(OSError, ValueError):
            if self._stage and sys.stderr.isatty():
                print(file=sys.stderr)


@contextlib.contextmanager
def progress_on_stderr() -> Iterator[ProgressPrinter]:
    progress = ProgressPrinter()
    try:
        yield progress
    finally:
        progress.end()
