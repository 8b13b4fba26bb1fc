"""Locks the window when nobody has used it for a while."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog

_TOUCHES = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    )
)


_BEGINS_MS = 250
"""When watching begins. A page is visible before it can be used, and watching every event would
delay its first paint."""
_AGAIN_MS = 5_000

_LOCK_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)


class Inactivity(QObject):
    """Calls `lock` after some minutes without a key, click or mouse movement, and `lock_now` on
    Ctrl+L while a dialog is open, which keeps the key from the menu."""

    def __init__(
        self,
        application: QApplication,
        lock: Callable[[], object],
        lock_now: Callable[[], object],
    ) -> None:
        super().__init__(application)
        self._application = application
        self._lock_now = lock_now
        self._rest_ms = 0
        self._is_watching = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(lock)
        self._begins = QTimer(self)
        self._begins.setSingleShot(True)
        self._begins.setInterval(_BEGINS_MS)
        self._begins.timeout.connect(self._begin)

    def watch(self, minutes: int) -> None:
        """Start, or start again with another time."""
        self.stop()
        self._rest_ms = minutes * 60_000
        self._begins.start()
        self._timer.start(self._rest_ms)

    def retry_soon(self) -> None:
        """Try again shortly what could not be done, unless the user comes back."""
        self._timer.start(_AGAIN_MS)

    def _begin(self) -> None:
        self._application.installEventFilter(self)
        self._is_watching = True

    @contextmanager
    def ignoring_events(self) -> Iterator[None]:
        """Ignore events within the block: restyling all widgets causes thousands."""
        self._application.removeEventFilter(self)
        try:
            yield
        finally:
            if self._is_watching:
                self._application.installEventFilter(self)

    def stop(self) -> None:
        """Stop watching while no file is open."""
        self._begins.stop()
        self._application.removeEventFilter(self)
        self._is_watching = False
        self._timer.stop()

    @property
    def minutes(self) -> int:
        """The minutes without use after which it locks."""
        return self._rest_ms // 60_000

    def idle_ms(self) -> int:
        """For how many milliseconds nobody has used the window."""
        left = self._timer.remainingTime()
        return self._rest_ms - left if 0 <= left <= self._rest_ms else 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Any use of the window starts the time again."""
        if event.type() in _TOUCHES:
            self._timer.start(self._rest_ms)
            if self._is_lock_key(event):
                self._lock_now()
                return True
        return False

    def _is_lock_key(self, event: QEvent) -> bool:
        return (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.keyCombination() == _LOCK_KEY
            and self._application.activeModalWidget() is not None
        )


def close_dialogs(application: QApplication) -> None:
    """Cancel every dialog, before a lock."""
    for widget in application.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            widget.reject()
