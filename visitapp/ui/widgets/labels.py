"""Text in the styles and tones of the design. Whatever comes from records is plain text."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from visitapp.domain.text.shown import shown
from visitapp.ui.look.icons import set_icon
from visitapp.ui.widgets.faces import told_as_heading

_HEADINGS = ("hero", "h1", "section", "h2")


class _PlainLabel(QLabel):
    """Shows a mark for what can't be seen or turns words round: names come from elsewhere."""

    def __init__(self, text: str = "") -> None:
        super().__init__(shown(text))

    def setText(self, text: str) -> None:
        """Show a text."""
        super().setText(shown(text))


class _Label(_PlainLabel):
    """Needs its height at the width it is going to have: layouts ask for that of the row."""

    def heightForWidth(self, width: int) -> int:
        """Lines at no more than the most width."""
        return super().heightForWidth(min(width, self.maximumWidth()))


def label(text: str = "", style: str = "body", tone: str = "text", *, wrap: bool = False) -> QLabel:
    """A label in a style of `tokens.TYPE` and a colour token; `wrap` lets it take lines."""
    made: QLabel = _Label(text) if wrap else _PlainLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("type", style)
    made.setProperty("tone", tone)
    if style in _HEADINGS:
        told_as_heading(made)
    if wrap:
        made.setWordWrap(True)  # whose size policy has the height follow the width: leave it
        made.setMinimumWidth(40)
    return made


def rich_label(text: str, style: str = "body", tone: str = "text", *, wrap: bool = True) -> QLabel:
    """A label with markup of our own making (`<b>`); escape what comes from records."""
    made = label("", style, tone, wrap=wrap)
    made.setTextFormat(Qt.TextFormat.RichText)
    made.setText(text)
    return made


def set_tone(widget: QLabel, tone: str) -> None:
    """Change the colour token of a label."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        repolish(widget)


def repolish(widget: QWidget) -> None:
    """Let the stylesheet look at a widget's properties again."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def icon_label(name: str, size: int = 18, tone: str = "text", *, word: str = "") -> QLabel:
    """An icon beside its words; where `word` is given, it stands for them to a reader."""
    made = QLabel()
    made.setAccessibleName(word)
    set_icon(made, name, size, tone)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def reference_font(font: QFont) -> QFont:
    """A font in which 0 and O, I, l and 1 can't be mixed up: passphrases and references."""
    marked = QFont(font)
    marked.setFeature(QFont.Tag("ss02"), 1)
    return marked


def hairline() -> QFrame:
    """A line between two parts of a panel."""
    made = QFrame()
    made.setProperty("class", "hairline")
    made.setFixedHeight(1)
    return made
