"""A program that is killed at one of its calls to the file system, in this process.

From the chosen call on every call raises, those of a clean-up included: nothing more reaches the
disk, as after a kill. `full` lets the clean-up work: a disk that refuses one call.
"""

import contextlib
import os
from collections.abc import Callable, Iterator

import pytest

CALLS = ("open", "link", "rename", "replace", "unlink", "fsync", "mkdir", "rmdir", "write")


class Killed(BaseException):
    """Nobody catches it."""


@contextlib.contextmanager
def dying_at(number: int, error: Callable[[], BaseException] | None = None) -> Iterator[list[str]]:
    """Die at the `number`th call (from 1), or have `error` raised by that call alone; the list
    holds the calls that were made."""
    calls: list[str] = []

    def instead(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object, **named: object) -> object:
            calls.append(name)
            if len(calls) == number and error is not None:
                raise error()
            if len(calls) >= number and error is None:
                raise Killed
            return real(*arguments, **named)

        return call

    with pytest.MonkeyPatch.context() as patch:
        for name in CALLS:
            patch.setattr(os, name, instead(name, getattr(os, name)))
        yield calls
