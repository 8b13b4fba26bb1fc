"""How long work tells where it is, and is told to stop."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from visitapp.domain.errors import CancelledError

Progress = Callable[[str, int, int], bool | None]
"""Told (a stage in words, done, total; 0 of 0 where that can't be known); an answer of False
cancels the work."""

_TOLD_PER_STAGE = 20
_Item = TypeVar("_Item")


def tell(
    progress: Progress | None,
    stage: str,
    done: int = 0,
    total: int = 0,
    stopped: str = "Stopped. Nothing has changed.",
) -> None:
    """Say where the work is. Raises CancelledError, with the sentence `stopped`, where the answer
    is to stop."""
    if progress is not None and progress(stage, done, total) is False:
        raise CancelledError(stopped)


def with_progress(progress: Progress | None, stage: str, items: Sequence[_Item]) -> Iterator[_Item]:
    """The items one by one, telling now and then how many are done.

    Raises CancelledError where the answer is to stop.
    """
    total = len(items)
    every = max(1, total // _TOLD_PER_STAGE)
    for done, item in enumerate(items):
        if done % every == 0:
            tell(progress, stage, done, total)
        yield item
    if total:
        tell(progress, stage, total, total)


def with_progress_as_they_come(
    progress: Progress | None, stage: str, items: Iterable[_Item], every: int
) -> Iterator[_Item]:
    """The same for items whose number isn't known beforehand."""
    for done, item in enumerate(items):
        if done % every == 0:
            tell(progress, stage, done)
        yield item
