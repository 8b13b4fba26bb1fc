"""Shortcut keys of a page or panel, active while the cursor is in it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def add_shortcut(part: QWidget, keys: str, act: object) -> None:
    """Run `act` on these keys while the cursor is in a part of the window."""
    shortcut = QShortcut(QKeySequence(keys), part)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)
