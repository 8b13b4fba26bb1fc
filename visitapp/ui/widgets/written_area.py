"""A text with bold words and lists, kept as plain text: what is pasted from a word processor keeps
them, and the marks are drawn paler than the words."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QKeyCombination, QMimeData, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
)

from visitapp.domain.text.bold_words import BOLD, MARK
from visitapp.domain.text.marking import HEAD, Marked, in_a_list, in_bold
from visitapp.domain.text.pasted_html import OF_THIS_WINDOW, written
from visitapp.ui.look.theme import theme
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.text_area import TextArea, units

_CONTROL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
_KEYS: dict[QKeyCombination, Callable[[str, int, int], Marked]] = {
    QKeyCombination(_CONTROL, Qt.Key.Key_B): in_bold,
    QKeyCombination(_CONTROL | _SHIFT, Qt.Key.Key_L): in_a_list,
}


class WrittenArea(TextArea):
    """Ctrl+B makes words bold, Ctrl+Shift+L lines a list.

    Signals: `entered` when the cursor comes.
    """

    entered = Signal()
    _before = ""

    def __init__(self, name: str, *, lines: int = 3, most_lines: int = 16) -> None:
        super().__init__(name, lines=lines, most_lines=most_lines)
        self._look = _Look(self.document())

    def _on_changed(self) -> None:
        text = self.text()  # Qt tells of a change when bold words are drawn anew, too
        if text != self._before:
            self._before = text
            super()._on_changed()

    def mark(self, change: Callable[[str, int, int], Marked]) -> None:
        """Change the selected words or lines; it can be undone."""
        cursor, text = self.textCursor(), self.text()
        start, end = (_letters(text, at) for at in (cursor.selectionStart(), cursor.selectionEnd()))
        new, start, end = change(text, start, end)
        self.replace_text(new)
        cursor = self.textCursor()
        cursor.setPosition(units(new, start))
        cursor.setPosition(units(new, end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Whether there is something to paste."""
        return source.hasHtml() or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste with lists and bold words, if there are any."""
        html = source.html()
        text = written(html) if html and OF_THIS_WINDOW not in html else ""
        if not text or text == " ".join(source.text().split()):
            super().insertFromMimeData(source)
            return
        cursor = self.textCursor()
        if HEAD.match(text) and not _is_at_start(cursor):
            text = f"\n{text}"
        if HEAD.match(text.rpartition("\n")[2]) and not _is_at_end(cursor):
            text = f"{text}\n\n"  # what follows is no part of the last item
        cursor.insertText(text)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def event(self, event: QEvent) -> bool:
        """Take the keys before the menu does."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.keyCombination() in _KEYS
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+B and Ctrl+Shift+L."""
        change = _KEYS.get(event.keyCombination())
        if change is None:
            super().keyPressEvent(event)
        elif not self.isReadOnly():
            self.mark(change)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the marks in the colours of another appearance."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_look"):
            self._look.rehighlight()


class MarkButtons(FlowRow):
    """*Bold* and *List* for the area that the cursor is in, or was in last."""

    def __init__(self, *areas: WrittenArea) -> None:
        self._area: WrittenArea | None = None
        super().__init__(
            button("Bold", lambda: self._mark(in_bold), small=True, shortcut="Ctrl+B"),
            button("List", lambda: self._mark(in_a_list), small=True, shortcut="Ctrl+Shift+L"),
            gap=8,
        )
        for area in areas:
            self.serve(area)

    def serve(self, area: WrittenArea) -> None:
        """Change the text of this area too."""
        self._area = self._area or area
        area.entered.connect(lambda: self._follow(area))

    def _follow(self, area: WrittenArea) -> None:
        self._area = area

    def _mark(self, change: Callable[[str, int, int], Marked]) -> None:
        if self._area is not None:
            self._area.mark(change)
            self._area.setFocus()


class _Look(QSyntaxHighlighter):
    """Bold words in bold; their marks, and dashes and numbers of lists, in the accent's colours.
    It changes neither the text nor what can be undone."""

    def highlightBlock(self, text: str) -> None:
        mark, head, bold = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        mark.setForeground(theme().colour("text3"))
        head.setForeground(theme().colour("link"))
        head.setFontWeight(QFont.Weight.Bold)
        bold.setFontWeight(QFont.Weight.Bold)

        def show(start: int, end: int, look: QTextCharFormat) -> None:
            first = units(text, start)
            self.setFormat(first, units(text, end) - first, look)

        if begun := HEAD.match(text):
            show(0, begun.end(), head)
        for match in BOLD.finditer(text):
            show(match.start(), match.end(), mark)
            show(match.start() + len(MARK), match.end() - len(MARK), bold)


def _letters(text: str, position: int) -> int:
    """Convert a position of Qt's to one in the text."""
    if text.isascii():
        return position
    return len(text.encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))


def _is_at_start(cursor: QTextCursor) -> bool:
    start = cursor.selectionStart()
    return cursor.document().findBlock(start).position() == start


def _is_at_end(cursor: QTextCursor) -> bool:
    end = cursor.selectionEnd()
    block = cursor.document().findBlock(end)
    return end == block.position() + block.length() - 1
