"""A choice of two to five, all in sight, moved by arrow keys.

Readers hear of a named group of radio buttons: of Qt's own frames only a group box is a group, and
a button is a radio button where it lets go of the others by itself.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QHBoxLayout, QPushButton, QSizePolicy

from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.stylesheet import KINDS
from visitapp.ui.look.theme import fit, theme

_LINE = 2
_FRAMES = (QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.FontChange)


class _Segment(QPushButton):
    """Shows by a line inside it that it has the cursor: the ring is around the whole row."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The segment, and the line in the colour of its words."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme().colour(self.line_token()), _LINE))
            inset = _LINE // 2 + 1
            painter.drawRect(self.rect().adjusted(inset, inset, -inset - 1, -inset - 1))

    def line_token(self) -> str:
        """What can be seen on the fill that the segment has now."""
        if not self.isChecked():
            return "text"
        kind = self.property("kind")
        return KINDS[kind][1] if kind else "onPrimary"


class Segmented(QGroupBox):
    """Signals: `chosen` (key) when a person chooses another segment."""

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[object, str]],
        *,
        icons: Sequence[str] = (),
        widths: Sequence[int] = (),
    ) -> None:
        """`choices` are (key, word); `icons` and least `widths` go with them in order."""
        super().__init__()
        self.setProperty("class", "segments")
        self.setProperty("ringAround", True)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._keys: list[object] = [key for key, _ in choices]
        self._icons = list(icons)
        for index, (_, word) in enumerate(choices):
            made = _Segment(word)
            made.setCheckable(True)
            made.setAutoExclusive(True)  # a radio button to a reader; the group does the rest
            made.setAutoDefault(False)
            made.setAccessibleName(word)
            made.setAccessibleDescription(f"{index + 1} of {len(choices)}")
            made.setProperty("place", _place(index, len(choices)))
            if widths:
                fit(made, least_width=widths[index])
            self._group.addButton(made, index)
            row.addWidget(made)
        self._group.idToggled.connect(self._on_toggled)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setContentsMargins(1, 1, 1, 1)
        self._draw()

    def event(self, event: QEvent) -> bool:
        """A group box keeps room for a title, of which this one has none."""
        taken = super().event(event)
        if event.type() in _FRAMES:
            self.setContentsMargins(1, 1, 1, 1)
        return taken

    def minimumSizeHint(self) -> QSize:
        """All words."""
        return self.sizeHint()

    def key(self) -> object:
        """The key chosen, or None."""
        at = self._group.checkedId()
        return self._keys[at] if at >= 0 else None

    def set_key(self, key: object) -> None:
        """Choose without a signal; None takes the choice away."""
        self._group.blockSignals(True)
        if key is None:
            self._group.setExclusive(False)
            for made in self._group.buttons():
                made.setChecked(False)
            self._group.setExclusive(True)
        else:
            self._group.button(self._keys.index(key)).setChecked(True)
        self._group.blockSignals(False)
        self._draw()

    def set_word(self, key: object, word: str) -> None:
        """Change the word of a segment (a count beside it)."""
        made = self._group.button(self._keys.index(key))
        made.setText(word)
        made.setAccessibleName(word)

    def segments(self) -> list[QPushButton]:
        """The buttons, in order."""
        return [self._group.button(at) for at in range(len(self._keys))]  # type: ignore[misc]

    def _on_toggled(self, _at: int, on: bool) -> None:
        self._draw()
        if on and not self._group.signalsBlocked():
            self.chosen.emit(self.key())

    def _draw(self) -> None:
        for at, made in enumerate(self.segments()):
            icon = self._icons[at] if self._icons else ("check" if made.isChecked() else "")
            if icon:
                set_icon(made, icon, 16, "onPrimary" if made.isChecked() else "text")
            else:
                made.setProperty("iconName", "")
                made.setIcon(QIcon())


def _place(index: int, of: int) -> str:
    if of == 1:
        return "only"
    return {0: "first", of - 1: "last"}.get(index, "middle")
