"""Taking in messages that were sent to this copy, on whatever page one is."""

from collections.abc import Sequence
from pathlib import Path

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.exchange.messages import TakenIn, taken_in_words
from visitapp.paths import read_bounded, reading
from visitapp.services import Services
from visitapp.ui.context import Context
from visitapp.ui.widgets.page import Page

_MOST_BYTES = 32 << 20
"""No file of a message is as long."""
_OF_INVITATION = b"visitinv"
_INVITATION = (
    "This is an invitation. To join a scheme by it, choose File, New file, and press Join my "
    "scheme."
)


def take_in(page: Page, context: Context, paths: Sequence[Path]) -> None:
    """Take in messages, and say of each what it brought or why it was refused."""

    def done(answer: tuple[list[TakenIn], list[VisitAppError], Changes]) -> None:
        taken, refused, changes = answer
        context.tell(changes)
        if taken:
            context.say(taken_in_words(taken))
        if refused:
            page.show_problem(refused[0] if len(refused) == 1 else _of_several(refused))

    context.jobs.run(lambda: _taken_in(context.services, paths), owner=page, done=done)


def _taken_in(
    services: Services, paths: Sequence[Path]
) -> tuple[list[TakenIn], list[VisitAppError], Changes]:
    read = [_read(path) for path in paths]
    contents = [content for content in read if isinstance(content, bytes)]
    outcomes = iter(services.exchange.take_in_files(contents) if contents else [])
    taken: list[TakenIn] = []
    refused: list[VisitAppError] = []
    changes = Changes.NONE
    for path, content in zip(paths, read, strict=True):
        if isinstance(content, VisitAppError):
            refused.append(_named(content, path, paths))
            continue
        outcome = next(outcomes)
        changes |= outcome.changes
        taken += outcome.taken
        if outcome.refusal is not None:
            refused.append(_named(outcome.refusal, path, paths))
    return taken, refused, changes


def _read(path: Path) -> bytes | VisitAppError:
    try:
        with reading(path):
            content = read_bounded(path, _MOST_BYTES)
    except VisitAppError as error:
        return error
    return VisitAppError(_INVITATION) if content.startswith(_OF_INVITATION) else content


def _named(error: VisitAppError, path: Path, paths: Sequence[Path]) -> VisitAppError:
    """What is said of one of several files names it."""
    return error if len(paths) == 1 else VisitAppError(f"{path.name}: {error}")


def _of_several(refused: Sequence[VisitAppError]) -> VisitAppError:
    return VisitAppError(" ".join(str(error) for error in refused))
