"""How long-running work reports its progress and can be stopped."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from visitapp.domain.errors import CancelledError

Progress = Callable[[str, int, int], bool | None]
"""Called with the stage in words, the number done and the total (0 and 0 if unknown). Returning
False stops the work."""

_REPORTS_PER_STAGE = 20
_Item = TypeVar("_Item")


def report_progress(
    progress: Progress | None,
    stage: str,
    done: int = 0,
    total: int = 0,
    stopped: str = "Stopped. Nothing has changed.",
) -> None:
    """Report progress. Raises CancelledError, with the sentence `stopped`, if the work is to
    stop."""
    if progress is not None and progress(stage, done, total) is False:
        raise CancelledError(stopped)


def with_progress(progress: Progress | None, stage: str, items: Sequence[_Item]) -> Iterator[_Item]:
    """The items one by one, reporting progress about 20 times.

    Raises CancelledError if the work is to stop.
    """
    total = len(items)
    every = max(1, total // _REPORTS_PER_STAGE)
    for done, item in enumerate(items):
        if done % every == 0:
            report_progress(progress, stage, done, total)
        yield item
    if total:
        report_progress(progress, stage, total, total)


def with_progress_as_they_come(
    progress: Progress | None, stage: str, items: Iterable[_Item], every: int
) -> Iterator[_Item]:
    """The items one by one when their number isn't known, reporting progress `every` so many items.

    Raises CancelledError if the work is to stop.
    """
    for done, item in enumerate(items):
        if done % every == 0:
            report_progress(progress, stage, done)
        yield item
