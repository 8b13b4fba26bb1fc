"""Copying a secret: it is cleared from the clipboard after a minute and when the file locks.
Clipboard managers are asked not to store it."""

from PySide6.QtCore import QMimeData, QObject, QTimer
from PySide6.QtGui import QGuiApplication

KEPT_MS = 60_000
_WINDOWS = 'application/x-qt-windows-mime;value="{}"'
_KEEP_NOT = {
    "x-kde-passwordManagerHint": b"secret",
    "application/x-nspasteboard-concealed-type": b"1",
    _WINDOWS.format("ExcludeClipboardContentFromMonitorProcessing"): b"1",
    _WINDOWS.format("CanIncludeInClipboardHistory"): bytes(4),
    _WINDOWS.format("CanUploadToCloudClipboard"): bytes(4),
}
"""Marks that clipboard histories on Linux, macOS and Windows respect."""


class SecretClipboard(QObject):
    """Clears only its own text: anything copied since stays."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEPT_MS)
        self._timer.timeout.connect(self.clear)

    @property
    def is_holding(self) -> bool:
        """Whether a secret still has to be cleared."""
        return self._timer.isActive()

    def copy(self, text: str) -> None:
        """Copy a secret."""
        self._text = text
        content = QMimeData()
        content.setText(text)
        for name, mark in _KEEP_NOT.items():
            content.setData(name, mark)
        QGuiApplication.clipboard().setMimeData(content)
        self._timer.start()

    def clear(self) -> None:
        """Clear the secret if it is still in the clipboard."""
        self._timer.stop()
        clipboard = QGuiApplication.clipboard()
        if self._text and clipboard.text() == self._text:
            clipboard.clear()
        self._text = ""
