"""Connecting to what lives longer: settings, the worker, a job, the application, a timer.

Qt forgets a connection to a method of a QObject when that object dies. A lambda has no such
object: it would go on being called, and keep alive whatever it names, after the page is gone.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, SignalInstance


class _Link(QObject):
    """Belongs to the receiver, and dies with it; so does what it calls."""

    def __init__(self, receiver: QObject, act: Callable[..., object]) -> None:
        super().__init__(receiver)
        self._act = act

    def hit(self, *values: object) -> None:
        """The signal was emitted."""
        self._act(*values)


def connect(signal: SignalInstance, receiver: QObject, act: Callable[..., object]) -> None:
    """Call `act` with the values of `signal` until `receiver` dies, and never afterwards."""
    signal.connect(_Link(receiver, act).hit)
