"""A secret in the clipboard goes again after a minute, and when the file is locked."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

KEPT_MS = 60_000


class SecretClipboard(QObject):
    """What somebody else put into the clipboard meanwhile stays."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_MS)
        self._timer.timeout.connect(self.clear)

    @property
    def is_holding(self) -> bool:
        """Whether a secret is to be cleared yet."""
        return self._timer.isActive()

    def copy(self, text: str) -> None:
        """Put a secret into the clipboard."""
        self._text = text
        QGuiApplication.clipboard().setText(text)
        self._timer.start()

    def clear(self) -> None:
        """Take it out again, if it is still there."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""
