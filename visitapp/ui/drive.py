"""What may wait for a drive that doesn't answer, away from the window and from the worker.

A call to the system can't be stopped. Whatever waits for it is therefore left alone in a thread of
its own, which the program's end doesn't wait for.
"""

import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal

STALLED_MS = 10_000
"""From the beginning of a call until the drive counts as stalled."""
_LEAVE_SECONDS = 0.2
"""How long is waited at most for a call that is left, which mostly ends at once."""

Answered = Callable[[Any, BaseException | None], None]


class Drive(QObject):
    """Calls one function at a time, which may use no records and no widgets.

    Signals: `stalled` when one doesn't come back for long. It may still do so.
    """

    stalled = Signal()
    _answered = Signal(object, object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.is_stalled = False
        self._lock = threading.Lock()
        self._then: Answered | None = None
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_late)
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether a call has not come back."""
        return self._then is not None

    def call(self, work: Callable[[], Any], then: Answered) -> None:
        """Call `work` in a new thread, and then `then` with its answer or its error in the
        window's. Only while it is not busy."""
        assert self._then is None
        self._then = then
        self._timer.start(STALLED_MS)
        self._thread = threading.Thread(
            target=self._carry_out, args=(work, then), name="visitapp-drive", daemon=True
        )
        self._thread.start()

    def leave(self) -> None:
        """Take no answer from what was called: it may never come back."""
        with self._lock:
            self._then = None
        self._timer.stop()
        self.is_stalled = False
        if self._thread is not None:
            self._thread.join(_LEAVE_SECONDS)
            self._thread = None

    def _carry_out(self, work: Callable[[], Any], then: Answered) -> None:
        answer: Any = None
        error: BaseException | None = None
        try:
            answer = work()
        except BaseException as raised:  # noqa: BLE001 - handled in the window's thread
            error = raised
        with self._lock:  # once it was left, the window may be gone
            if self._then is then:
                self._answered.emit(then, answer, error)

    def _on_late(self) -> None:
        self.is_stalled = True
        self.stalled.emit()

    def _on_answered(self, then: Answered, answer: Any, error: BaseException | None) -> None:
        if self._then is not then:
            return
        self.leave()
        then(answer, error)
