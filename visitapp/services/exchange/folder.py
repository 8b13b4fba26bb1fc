"""The folder of exchange: what arrives in it is taken in, what is due is put out."""

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, StorageError
from visitapp.domain.exchange.copies import OwnCopy
from visitapp.domain.exchange.handing_over import Exchanged, Refused
from visitapp.domain.exchange.messages import (
    CutMessageError,
    MessageKind,
    NotForThisCopyError,
)
from visitapp.persistence import outbox, succession
from visitapp.services.access import Access
from visitapp.services.exchange import folder_files, outgoing, renewing, shutting_out, taking_in
from visitapp.services.exchange.folder_files import Arrived, ArrivedFile, PutOut
from visitapp.services.roles import MANAGER, VISITOR, changes

_WRITTEN_AT_ONCE = 10
"""Messages put in the folder before that is noted: so many lie in it twice after a kill."""


@dataclass(frozen=True, slots=True)
class FolderWork:
    """What is to be done in the folder before the exchange can go on. `do` may wait for a drive,
    and knows no records; `changes` is what was changed since the last time."""

    do: Callable[[], Any]
    changes: Changes = Changes.NONE


Steps = Generator[FolderWork, Any, Exchanged]
"""An exchange that stops where the folder has to be read or written, without a transaction open:
it can be left there for good."""


def next_step(steps: Steps, answer: object = None) -> FolderWork | Exchanged:
    """Go on with what `FolderWork.do` gave; the first time with nothing."""
    try:
        return steps.send(answer)
    except StopIteration as end:
        exchanged: Exchanged = end.value
        return exchanged


class FolderExchange:
    """Exchanges messages through a folder that others see too, by whatever means."""

    def __init__(self, access: Access, random: Random) -> None:
        """`random` draws the moments of visits that can't be left to their pair any more."""
        self._access, self._random = access, random

    @changes(MANAGER, VISITOR)
    def exchange(self, folder: Path) -> Exchanged:
        """Take in everything in the folder that is for this copy, then put out what is due.

        What was taken in is removed; whatever is refused, is half copied or is for somebody else
        stays. Raises BadInputError for a copy that exchanges nothing yet, StorageError where the
        folder can't be read or written; what was done by then stands.
        """
        steps = self.steps(folder)
        step = next_step(steps)
        while isinstance(step, FolderWork):
            step = next_step(steps, step.do())
        return step

    @changes(MANAGER, VISITOR)
    def steps(self, folder: Path) -> Steps:
        """The same for somebody who doesn't want to wait for the folder: call `next_step` where
        the records may be used, and `FolderWork.do` wherever else."""
        taken: Counter[MessageKind] = Counter()
        put_out: Counter[MessageKind] = Counter()
        refused: list[Refused] = []
        changed = yield from self._take_in(folder, taken, refused)
        yield from self._put_out(folder, put_out)
        if put_out:
            changed |= Changes.INBOX  # how far reports have come
        return Exchanged(dict(+taken), dict(put_out), tuple(refused), changed)

    def _take_in(
        self, folder: Path, taken: Counter[MessageKind], refused: list[Refused]
    ) -> Generator[FolderWork, Any, Changes]:
        all_changed, own = Changes.NONE, self._own()
        paths: Sequence[Path] = yield FolderWork(partial(folder_files.listed, folder))
        while paths:
            arrived: Arrived = yield FolderWork(
                partial(folder_files.read, paths, own, taking_in.AT_ONCE)
            )
            paths, finished = arrived.rest, []
            contents = [file.content for file in arrived.files]
            outcomes = taking_in.take_in_files(self._access, contents)
            changed = Changes.NONE
            for file, outcome in zip(arrived.files, outcomes, strict=True):
                changed |= outcome.changes
                for item in outcome.taken:
                    taken[item.kind] += item.is_new
                if outcome.refusal is None:
                    finished.append(file.path)
                elif sentence := _refusal(file, outcome.refusal):
                    refused.append(Refused(file.path.name, sentence))
            all_changed |= changed
            if finished:
                yield FolderWork(partial(folder_files.remove, finished), changed)
        return all_changed

    def _put_out(
        self, folder: Path, put_out: Counter[MessageKind]
    ) -> Generator[FolderWork, Any, None]:
        outdated = outgoing.write_due(self._access, self._own()[0], self._random)
        if outdated:
            yield FolderWork(partial(folder_files.remove, [folder / name for name in outdated]))
        now = self._access.now()
        with self._access.database.reading() as connection:
            messages = outbox.waiting(connection)
        problem = ""
        for at in range(0, len(messages), _WRITTEN_AT_ONCE):
            some = messages[at : at + _WRITTEN_AT_ONCE]
            result: PutOut = yield FolderWork(partial(folder_files.put_out, folder, some, now))
            if result.messages:
                with self._access.database.transaction() as connection:
                    for message_id, kind, name in result.messages:
                        outbox.note_put_out(connection, message_id, name, now)
                        put_out[kind] += 1
            problem = problem or result.problem
            if problem and not result.is_full:
                break
        if problem:
            raise StorageError(problem)

    def _own(self) -> Sequence[OwnCopy]:
        """The keys of this copy, those it has now first. Raises BadInputError where it exchanges
        nothing."""
        with self._access.database.reading() as connection:
            succession.must_go_on(connection)
            shutting_out.must_not_be_shut_out(connection)
            own = renewing.all_own(connection)
        if not own:
            raise BadInputError(
                "This copy doesn’t exchange messages yet. Invite somebody, or join a scheme."
            )
        return own


def _refusal(file: ArrivedFile, error: Exception | None) -> str:
    """Why a file is left; empty where that is no news."""
    if file.problem:
        return file.problem
    return "" if isinstance(error, NotForThisCopyError | CutMessageError) else str(error)
