"""Connect to objects that outlive a page: preferences, the worker, a job, the application, a timer.

Qt drops a connection to a QObject's method when that object is deleted. A lambda isn't tied to an
object: it would still be called after the page is gone, and keep alive everything it refers to.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, SignalInstance


class _Link(QObject):
    """A child of the receiver, deleted together with it."""

    def __init__(self, receiver: QObject, act: Callable[..., object]) -> None:
        super().__init__(receiver)
        self._act = act

    def hit(self, *values: object) -> None:
        """Called by the signal."""
        self._act(*values)


def connect(signal: SignalInstance, receiver: QObject, act: Callable[..., object]) -> None:
    """Call `act` with the signal's values until `receiver` is deleted."""
    signal.connect(_Link(receiver, act).hit)
