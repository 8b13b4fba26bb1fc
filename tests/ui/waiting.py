"""Waiting while the window lives on."""

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

_OFTEN_MS = 10
"""How often to look for what comes about without an event."""


def wait(milliseconds: int) -> None:
    """Let events happen for so long. `QTest.qWait` would hold Python's lock meanwhile, so that the
    worker did next to nothing: the demonstration took half a minute."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_until(is_so: Callable[[], bool], seconds: float = 240) -> None:
    """Let events happen until it is so, and not a moment longer: `QtBot.waitUntil` sleeps 10 ms
    before it looks again. Fails after so many seconds, which only the busiest machine needs."""
    if is_so():
        return
    end, awake = monotonic() + seconds, QTimer()
    awake.start(_OFTEN_MS)
    while not is_so():
        assert monotonic() < end, f"not so after {seconds} seconds"
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
