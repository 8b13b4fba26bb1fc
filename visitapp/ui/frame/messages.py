"""Taking in messages that were sent to this copy, on whatever page one is."""

from collections.abc import Sequence
from pathlib import Path

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.exchange.messages import taken_in_words
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

    def done(answer: tuple[list[str], list[VisitAppError], Changes]) -> None:
        brought, refused, changes = answer
        context.tell(changes)
        context.say(" ".join(brought))
        if refused:
            page.show_problem(refused[0] if len(refused) == 1 else _of_several(refused))

    context.jobs.run(lambda: _taken_in(context.services, paths), owner=page, done=done)


def _taken_in(
    services: Services, paths: Sequence[Path]
) -> tuple[list[str], list[VisitAppError], Changes]:
    brought: list[str] = []
    refused: list[VisitAppError] = []
    changes = Changes.NONE
    for path in paths:
        try:
            with reading(path):
                content = read_bounded(path, _MOST_BYTES)
            if content.startswith(_OF_INVITATION):
                raise VisitAppError(_INVITATION)
            taken, changed = services.exchange.take_in(content)
        except VisitAppError as error:
            refused.append(error if len(paths) == 1 else VisitAppError(f"{path.name}: {error}"))
        else:
            brought.append(taken_in_words(taken))
            changes |= changed
    return brought, refused, changes


def _of_several(refused: Sequence[VisitAppError]) -> VisitAppError:
    return VisitAppError(" ".join(str(error) for error in refused))
