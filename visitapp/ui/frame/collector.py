"""Garbage collection of cycles, run between events.

Python would run it whenever an object is created, on any thread. A widget could then be destroyed
on the worker thread, and during the start objects that were only just created would be scanned
again and again.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QAbstractEventDispatcher, QObject, QTimer

_SELDOM_MS = 1_000


class Collector(QObject):
    """Collects what Python would have collected by now, at most once a second and only after
    events, so that an idle window isn't woken."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SELDOM_MS)
        self._timer.timeout.connect(self.look)
        loop = QAbstractEventDispatcher.instance()
        assert loop is not None  # an application exists
        loop.aboutToBlock.connect(self._before_rest)

    def _before_rest(self) -> None:
        if not self._timer.isActive() and generation_due() is not None:
            self._timer.start()

    def look(self) -> int | None:
        """Collect the oldest generation that is due; returns its number, or None."""
        generation = generation_due()
        if generation is not None:
            gc.collect(generation)
        return generation


def generation_due() -> int | None:
    """The oldest generation that Python would have collected by now."""
    due = zip(gc.get_count(), gc.get_threshold(), strict=True)
    for generation, (count, threshold) in reversed(list(enumerate(due))):
        if 0 < threshold < count:
            return generation
    return None


@contextmanager
def collecting_between_events(parent: QObject) -> Iterator[None]:
    """Within the block, nothing is collected in the middle of other work."""
    was_on = gc.isenabled()
    gc.disable()
    gc.freeze()  # never scan the objects of the start
    collector = Collector(parent)
    try:
        yield
    finally:
        collector.deleteLater()
        gc.unfreeze()
        if was_on:
            gc.enable()
