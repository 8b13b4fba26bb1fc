"""Text of several lines, in a field that grows with it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import TYPE
from visitapp.ui.widgets.line_field import claims_undo, handle_undo_key

_PLANE = 0x10000


class TextArea(QPlainTextEdit):
    """At least `lines` high, at most `most_lines`, then it scrolls. Tab leaves it.

    Signals: `changed` at each change by the user.
    """

    changed = Signal()

    def __init__(self, name: str, *, lines: int = 3, most_lines: int = 16) -> None:
        super().__init__()
        self._lines, self._most_lines = lines, most_lines
        self._is_setting = False
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # not by the wheel
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self._grow())
        self._grow()

    def text(self) -> str:
        """The text as typed."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text without a signal."""
        if text != self.toPlainText():
            self._is_setting = True
            self.setPlainText(text)
            self._is_setting = False

    def replace_text(self, text: str) -> None:
        """Change the text as if it had been typed: only the part that differs is replaced, the
        cursor goes after it, and it can be undone."""
        old = self.text()
        start, end = _difference(old, text)
        cursor = self.textCursor()
        cursor.setPosition(units(old, start))
        cursor.setPosition(units(old, len(old) - end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[start : len(text) - end])
        self.setTextCursor(cursor)

    def event(self, event: QEvent) -> bool:
        """Take Ctrl+Z and Ctrl+Y before the menu does."""
        if claims_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo and Redo go to the page if it keeps a stack, otherwise to the field's own."""
        if not handle_undo_key(self, event):
            super().keyPressEvent(event)

    def _on_changed(self) -> None:
        if not self._is_setting:
            self.changed.emit()

    def _grow(self) -> None:
        shown = max(self._lines, min(self._most_lines, round(self.document().size().height())))
        line = max(theme().px(TYPE["body"].line), self.fontMetrics().lineSpacing())
        self.setFixedHeight(shown * line + 20)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Change the height with the width."""
        super().resizeEvent(event)
        self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Change the height with the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._grow()


def units(text: str, index: int) -> int:
    """Convert a position in a text to Qt's: characters beyond the first Unicode plane are two
    units."""
    if text.isascii():
        return index
    return index + sum(ord(letter) >= _PLANE for letter in text[:index])


def _difference(old: str, new: str) -> tuple[int, int]:
    """How many characters two texts share at the start, and how many of the rest at the end."""
    most = min(len(old), len(new))
    start = 0
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return start, end
