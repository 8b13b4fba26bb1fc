"""Text in the styles and tones of the design. Text from records is always plain."""

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from visitapp.domain.text.shown import shown
from visitapp.ui.look.icons import set_icon
from visitapp.ui.widgets.accessible_roles import set_heading_role

_HEADINGS = ("hero", "h1", "section", "h2")


class _PlainLabel(QLabel):
    """Shows invisible and direction-changing characters as a mark, since names come from
    elsewhere."""

    def __init__(self, text: str = "") -> None:
        super().__init__(shown(text))

    def setText(self, text: str) -> None:
        """Show a text."""
        super().setText(shown(text))


class _Label(_PlainLabel):
    """Gets the height that it needs at its own width; layouts ask at the width of the row, and
    dozens of times, so the heights are kept until the text or its looks change."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self._heights: dict[int, int] = {}

    def setText(self, text: str) -> None:
        """Show a text."""
        self._heights.clear()
        super().setText(text)

    def setContentsMargins(self, *margins: Any) -> None:
        """Leave room around the text."""
        self._heights.clear()
        super().setContentsMargins(*margins)

    def setIndent(self, indent: int) -> None:
        """Leave room at the left."""
        self._heights.clear()
        super().setIndent(indent)

    def changeEvent(self, event: QEvent) -> None:
        """The font may be another one."""
        self._heights.clear()
        super().changeEvent(event)

    def heightForWidth(self, width: int) -> int:
        """The height at a width, no wider than the widest it can be."""
        width = min(width, self.maximumWidth())
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = super().heightForWidth(width)
        return height


def label(text: str = "", style: str = "body", tone: str = "text", *, wrap: bool = False) -> QLabel:
    """A label in a style from `tokens.TYPE` and a colour token; `wrap` lets the text wrap."""
    widget: QLabel = _Label(text) if wrap else _PlainLabel(text)
    widget.setTextFormat(Qt.TextFormat.PlainText)
    widget.setProperty("type", style)
    widget.setProperty("tone", tone)
    if style in _HEADINGS:
        set_heading_role(widget)
    if wrap:
        widget.setWordWrap(True)  # this also sets height-for-width; keep that policy
        widget.setMinimumWidth(40)
    return widget


def rich_label(text: str, style: str = "body", tone: str = "text", *, wrap: bool = True) -> QLabel:
    """A label with our own markup (`<b>`); escape any text from records."""
    widget = label("", style, tone, wrap=wrap)
    widget.setTextFormat(Qt.TextFormat.RichText)
    widget.setText(text)
    return widget


def set_tone(widget: QLabel, tone: str) -> None:
    """Change the colour token of a label."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Apply the stylesheet to a widget again after its properties changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def icon_label(name: str, size: int = 18, tone: str = "text", *, word: str = "") -> QLabel:
    """An icon next to its words; `word` is what a screen reader hears in their place."""
    widget = QLabel()
    widget.setAccessibleName(word)
    set_icon(widget, name, size, tone)
    widget.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return widget


def reference_font(font: QFont) -> QFont:
    """A variant of a font in which 0 and O, and I, l and 1 look different, for passphrases and
    references."""
    marked = QFont(font)
    marked.setFeature(QFont.Tag("ss02"), 1)
    return marked


def hairline() -> QFrame:
    """A line between two parts of a panel."""
    line = QFrame()
    line.setProperty("class", "hairline")
    line.setFixedHeight(1)
    return line
