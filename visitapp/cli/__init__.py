"""The command line: the same services as the window, without a window."""

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from visitapp import private_copies
from visitapp.cli import (
    documents,
    exchange,
    figures,
    keys,
    lists,
    people,
    planning,
    privacy,
    readers_copy,
    records,
    register,
    reports,
    same_entries,
    succession,
)
from visitapp.cli.commands import CommandTree
from visitapp.cli.opening import is_damaged
from visitapp.cli.output import (
    BAD_INPUT,
    BUG,
    CANT_OPEN,
    OK,
    escaping,
    give_up,
    say,
    sentence_and_code,
)
from visitapp.domain.errors import ChangedMeanwhileError, FaultyFileError

_TRIES = 3


def _commands() -> CommandTree:
    tree = CommandTree()
    parts = (
        figures, documents, planning, records, keys, privacy, reports, exchange, succession,
        readers_copy, register, people, same_entries, lists,
    )  # fmt: skip
    for part in parts:
        part.add_to(tree)
    return tree


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code: 0; 1 a bug; 2 bad input; 3 can't open; 4 `check`
    found damage. Only the answer goes to standard output."""
    if sys.stdout is None:
        return say("The answer cannot be shown: standard output is closed.", BAD_INPUT)
    if sys.stderr is None:  # closed: nobody can be told about progress or problems
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - for good
    with escaping():
        try:
            return _run(arguments)
        except KeyboardInterrupt:  # a second one, during the first one's message
            return BAD_INPUT


def _run(arguments: Sequence[str] | None) -> int:
    chosen = None
    try:
        try:
            private_copies.remove_left()
            chosen = _commands().parser.parse_args(arguments)
            run: Callable[[argparse.Namespace], int] = chosen.run
            code = _read_again(run, chosen)
        except SystemExit:  # after the help or the version
            code = OK
        return _finished(code)
    except BrokenPipeError:  # the reader of the answer has stopped reading
        give_up(sys.stdout)
        return OK
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 - a sentence, never a traceback
        return _failed(error, chosen)


def _finished(code: int) -> int:
    """Write the rest of the answer. Returns the exit code."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as full:
        give_up(sys.stdout)
        return say(_not_written(full), BAD_INPUT)
    return code


def _not_written(full: BaseException) -> str:
    return f"The answer can't be written: {getattr(full, 'strerror', None) or full}."


def _read_again(run: Callable[[argparse.Namespace], int], chosen: argparse.Namespace) -> int:
    """Run a command, and run it again if another program changed the file while it was read; it has
    printed nothing by then."""
    for _ in range(_TRIES - 1):
        with contextlib.suppress(ChangedMeanwhileError):
            return run(chosen)
    return run(chosen)


def _failed(error: BaseException, chosen: argparse.Namespace | None) -> int:
    """Report any error on standard error, even if hardly anything works any more."""
    sentence, code = sentence_and_code(error)
    try:
        sys.stdout.flush()
    except Exception as full:  # noqa: BLE001 - what was told before this is lost
        give_up(sys.stdout)
        if error is full or (isinstance(error, OSError) and error.filename is None):
            sentence = _not_written(full)
    for problem in error.sentences if isinstance(error, FaultyFileError) else ():
        say(problem, code)
    if code == BUG and chosen is not None and is_damaged(chosen):
        return say(
            "Part of the file can't be read. Run visitapp check to see which part.", CANT_OPEN
        )
    return say(sentence, code)
