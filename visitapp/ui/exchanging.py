"""The exchange through a folder, while the window is open."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from visitapp.domain.changes import Changes
from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.domain.exchange.state import ExchangeState
from visitapp.settings import Settings
from visitapp.ui.bringing.earlier import note_begun
from visitapp.ui.context import Context
from visitapp.ui.drive import Drive
from visitapp.ui.reducing import DailyReduction

if TYPE_CHECKING:
    from visitapp.domain.exchange.handing_over import Exchanged
    from visitapp.services.exchange.folder import FolderWork, Steps

SOON_MS = 2_000
"""After something was saved here: more may follow at once."""
LOOK_MS = 5_000
"""Between two looks at the folder. A network drive doesn't say when something changes in it."""
AGAIN_MS = 600_000
"""Between two exchanges with a folder in which nothing was seen to change."""


def begin(context: Context, path: Path) -> None:
    """Start, for the file at `path` that was just opened, what goes on by itself while it is
    open."""
    AutomaticExchange(context)
    DailyReduction(context)
    note_begun(context, path)


class AutomaticExchange(QObject):
    """Takes in what arrives in the chosen folder and puts out what is due: at the start, when
    something is saved here, when the folder changes, and every ten minutes.

    A copy that exchanges nothing, or has no folder, does nothing.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._folder = context.preferences.settings.exchange_folder
        if context.reads_only:
            return
        self._is_over = self._is_wanted = self._is_telling = False
        self._seen: object = None
        self._run: _FolderRun | None = None
        self._drive = Drive(self)
        self._drive.stalled.connect(self._on_stalled)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._begin)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        context.exchange = ExchangeState()
        context.saved.connect(self._soon)
        context.exchange_wanted.connect(self.exchange_now)
        context.preferences.changed.connect(self._on_preferences)
        context.left.connect(self.end)
        self._begin()

    @property
    def is_busy(self) -> bool:
        """Whether an exchange is going on, or a look at the folder."""
        return self._run is not None or self._drive.is_busy

    def end(self) -> None:
        """Nothing more is exchanged for a file that is being closed; a folder that doesn't answer
        is not waited for."""
        self._is_over = True
        self._stop()

    def exchange_now(self) -> None:
        """Exchange at once, and say what it did."""
        self._is_wanted = True
        if self._drive.is_stalled:
            self._on_stalled()
        else:
            self._begin()

    def _stop(self) -> None:
        self._timer.stop()
        self._looking.stop()
        self._drive.leave()
        if self._run is not None:
            self._run.leave()
            self._run = None

    def _soon(self, *_: object) -> None:
        if self._folder and not self._is_over and not self._is_telling:
            self._timer.start(SOON_MS)

    def _on_preferences(self, settings: Settings) -> None:
        if settings.exchange_folder != self._folder and not self._is_over:
            self._folder = settings.exchange_folder
            self._stop()
            self._seen = None
            self._show(ExchangeState())
            self._soon()

    # -- a look at the folder ------------------------------------------------------------

    def _look(self) -> None:
        from visitapp.services.exchange import folder_files

        if not self.is_busy:
            self._drive.call(partial(folder_files.seen_in, Path(self._folder)), self._on_seen)

    def _on_seen(self, seen: object, error: BaseException | None) -> None:
        if error is not None:
            raise error
        if seen != self._seen or self._context.exchange.is_stalled:
            self._seen = seen
            self._begin()

    # -- an exchange ---------------------------------------------------------------------

    def _begin(self) -> None:
        if not self._folder or self._is_over or self._context.jobs.is_shut_down:
            return
        if self.is_busy:
            self._timer.start(SOON_MS)
            return
        self._timer.stop()  # what was to follow soon is done now
        self._run = _FolderRun(self, self._context, self._drive, Path(self._folder))

    def note_changes(self, changes: Changes) -> None:
        """Something was taken in, and more may follow."""
        if changes:
            self._is_telling = True  # what is saved here is no reason to exchange again
            self._context.tell(changes)
            self._is_telling = False

    def note_answer(self) -> None:
        """The folder has answered."""
        before = self._context.exchange
        if before.is_stalled:
            self._show(ExchangeState(before.at, before.result))

    def note_end(self, result: "Exchanged | None") -> None:
        """The exchange is over; None where this copy exchanges nothing."""
        self._run = None
        if result is None:
            return
        self._wait_for_more()
        self._show(ExchangeState(self._context.services.access.now(), result))
        if self._is_wanted:
            self._is_wanted = False
            self._context.say(result.sentence)

    def note_failure(self, error: VisitAppError) -> None:
        """It can't go on."""
        self._run = None
        if isinstance(error, CancelledError):
            return
        self._wait_for_more()
        self._show_problem(str(error))

    def _wait_for_more(self) -> None:
        if not self._timer.isActive():  # or something was saved meanwhile, and goes soon
            self._timer.start(AGAIN_MS)
        self._looking.start(LOOK_MS)

    def _on_stalled(self) -> None:
        self._show_problem(
            f"The folder {self._folder} is not responding. You can carry on working. Messages will "
            "be exchanged when it responds again.",
            is_stalled=True,
        )

    def _show_problem(self, sentence: str, *, is_stalled: bool = False) -> None:
        before = self._context.exchange
        self._show(ExchangeState(before.at, before.result, sentence, is_stalled))
        if self._is_wanted or sentence != before.problem:
            self._is_wanted = False
            self._context.say(sentence)

    def _show(self, state: ExchangeState) -> None:
        self._context.exchange = state
        self._context.exchange_changed.emit()


class _FolderRun:
    """One exchange: the worker uses the records and the drive the folder, in turns, so that a
    folder that doesn't answer holds up no other work."""

    def __init__(
        self, exchange: AutomaticExchange, context: Context, drive: Drive, folder: Path
    ) -> None:
        self._exchange, self._context, self._drive = exchange, context, drive
        self._is_left = False
        self._noted = Changes.NONE
        services = context.services

        def begin() -> "Steps | None":
            return None if services.exchange.own() is None else services.folder.steps(folder)

        self._work(begin, self._on_begun)

    def leave(self) -> None:
        """Go no further."""
        self._is_left = True

    def _work(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        def done(answer: Any) -> None:
            if not self._is_left:
                then(answer)

        self._context.jobs.run(work, owner=self._exchange, done=done, failed=self._on_failed)

    def _on_failed(self, error: VisitAppError) -> None:
        if not self._is_left:
            self._exchange.note_failure(error)

    def _on_begun(self, steps: "Steps | None") -> None:
        if steps is None:
            self._exchange.note_end(None)
        else:
            self._go_on(steps, None)

    def _go_on(self, steps: "Steps", answer: object) -> None:
        from visitapp.services.exchange.folder import next_step

        self._work(partial(next_step, steps, answer), partial(self._on_step, steps))

    def _on_step(self, steps: "Steps", step: "FolderWork | Exchanged") -> None:
        from visitapp.services.exchange.folder import FolderWork

        if isinstance(step, FolderWork):
            self._noted |= step.changes
            self._exchange.note_changes(step.changes)
            self._drive.call(step.do, partial(self._on_answer, steps))
            return
        put_out = Changes.INBOX if step.put_out else Changes.NONE
        self._exchange.note_changes(step.changes & ~self._noted | put_out)
        self._exchange.note_end(step)

    def _on_answer(self, steps: "Steps", answer: object, error: BaseException | None) -> None:
        self._exchange.note_answer()
        if isinstance(error, VisitAppError):
            self._on_failed(error)
        elif error is not None:
            self._on_failed(VisitAppError("Something went wrong in the folder of exchange."))
            raise error
        else:
            self._go_on(steps, answer)
