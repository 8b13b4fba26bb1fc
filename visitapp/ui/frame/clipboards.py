"""Clear what this program copied when the file is closed: the clipboard, the selection of X11, the
search text of macOS, and anything being dragged."""

import hashlib
import os

from PySide6.QtCore import QObject
from PySide6.QtGui import QClipboard, QDrag, QGuiApplication

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection, QClipboard.Mode.FindBuffer)
_CANCEL_DRAGS = ("xcb", "wayland", "windows")
"""Platforms on which Qt can cancel a drag; on others it warns, and the data go with the process."""


class OwnClipboards(QObject):
    """Remembers a digest of what was copied here, because a clipboard manager may become the owner
    of it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._salt = os.urandom(16)
        self._ours: dict[QClipboard.Mode, bytes] = {}
        QGuiApplication.clipboard().changed.connect(self._on_changed)

    def _on_changed(self, mode: QClipboard.Mode) -> None:
        text = QGuiApplication.clipboard().text(mode) if owns(mode) else ""
        if text:
            self._ours[mode] = self._digest(text)

    def clear(self, *modes: QClipboard.Mode) -> None:
        """Clear what was copied here from these clipboards, or from all. What another program
        copied stays."""
        if QGuiApplication.platformName() in _CANCEL_DRAGS:
            QDrag.cancel()
        clipboard = QGuiApplication.clipboard()
        for mode in filter(_is_there, modes or _MODES):
            before = self._ours.pop(mode, None)
            if owns(mode):
                clipboard.clear(mode)
            elif before is not None and self._digest(clipboard.text(mode)) == before:
                clipboard.setText("", mode)  # makes clipboard managers drop theirs
                clipboard.clear(mode)

    def _digest(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), key=self._salt).digest()


def owns(mode: QClipboard.Mode) -> bool:
    """Whether this program owns the content of a clipboard."""
    clipboard = QGuiApplication.clipboard()
    owners = {
        QClipboard.Mode.Clipboard: clipboard.ownsClipboard,
        QClipboard.Mode.Selection: clipboard.ownsSelection,
        QClipboard.Mode.FindBuffer: clipboard.ownsFindBuffer,
    }
    return _is_there(mode) and owners[mode]()


def _is_there(mode: QClipboard.Mode) -> bool:
    clipboard = QGuiApplication.clipboard()
    return {
        QClipboard.Mode.Selection: clipboard.supportsSelection,
        QClipboard.Mode.FindBuffer: clipboard.supportsFindBuffer,
    }.get(mode, lambda: True)()
