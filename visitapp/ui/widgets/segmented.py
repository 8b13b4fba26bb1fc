"""A choice of two to five, all visible, moved by arrow keys.

To a screen reader it is a named group of radio buttons. Of Qt's frames only QGroupBox has the role
of a group, and a push button counts as a radio button only if it is auto-exclusive.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QHBoxLayout, QPushButton, QSizePolicy

from visitapp.domain.text.wording import out_of
from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.stylesheet import KINDS
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.widgets.labels import repolish

_LINE = 2
_FRAMES = (QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.FontChange)


class _Segment(QPushButton):
    """Shows the cursor by a line inside it, as the focus ring is around the whole row."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the segment, and with the cursor a line in the colour of its text."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(theme().colour(self.line_token()), _LINE))
            inset = _LINE // 2 + 1
            painter.drawRect(self.rect().adjusted(inset, inset, -inset - 1, -inset - 1))

    def line_token(self) -> str:
        """A colour that shows on the segment's current fill."""
        if not self.isChecked():
            return "text"
        kind = self.property("kind")
        return KINDS[kind][1] if kind else "onPrimary"


class Segmented(QGroupBox):
    """Signals: `chosen` (key) when the user chooses another segment."""

    chosen = Signal(object)

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[object, str]],
        *,
        icons: Sequence[str] = (),
        widths: Sequence[int] = (),
    ) -> None:
        """`choices` are (key, word); `icons` and least `widths` are in the same order."""
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
            segment = _Segment(word)
            segment.setCheckable(True)
            segment.setAutoExclusive(True)  # a radio button to screen readers
            segment.setAutoDefault(False)
            segment.setAccessibleName(word)
            segment.setAccessibleDescription(out_of(index + 1, len(choices)))
            segment.setProperty("place", _place(index, len(choices)))
            if widths:
                fit(segment, least_width=widths[index])
            self._group.addButton(segment, index)
            row.addWidget(segment)
        self._group.idToggled.connect(self._on_toggled)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setContentsMargins(1, 1, 1, 1)
        self._draw()

    def event(self, event: QEvent) -> bool:
        """Take back the room that a group box leaves for its title: this one has none."""
        taken = super().event(event)
        if event.type() in _FRAMES:
            self.setContentsMargins(1, 1, 1, 1)
        return taken

    def minimumSizeHint(self) -> QSize:
        """Room for all words."""
        return self.sizeHint()

    def key(self) -> object:
        """The chosen key, or None."""
        at = self._group.checkedId()
        return self._keys[at] if at >= 0 else None

    def set_key(self, key: object) -> None:
        """Choose without a signal; None clears the choice."""
        self._group.blockSignals(True)
        if key is None:
            self._group.setExclusive(False)
            for segment in self._group.buttons():
                segment.setChecked(False)
            self._group.setExclusive(True)
        else:
            self._group.button(self._keys.index(key)).setChecked(True)
        self._group.blockSignals(False)
        self._draw()

    def set_word(self, key: object, word: str) -> None:
        """Change the text of a segment, such as its count."""
        segment = self._group.button(self._keys.index(key))
        segment.setText(word)
        segment.setAccessibleName(word)

    def show_key(self, key: object, on: bool) -> None:
        """Offer a segment, or not for now; the choice stays as it is."""
        self._group.button(self._keys.index(key)).setVisible(on)
        offered = [segment for segment in self.segments() if not segment.isHidden()]
        for at, segment in enumerate(offered):
            segment.setProperty("place", _place(at, len(offered)))
            segment.setAccessibleDescription(out_of(at + 1, len(offered)))
            repolish(segment)

    def segments(self) -> list[QPushButton]:
        """The buttons, in order."""
        return [self._group.button(at) for at in range(len(self._keys))]  # type: ignore[misc]

    def _on_toggled(self, _at: int, on: bool) -> None:
        self._draw()
        if on and not self._group.signalsBlocked():
            self.chosen.emit(self.key())

    def _draw(self) -> None:
        for at, segment in enumerate(self.segments()):
            icon = self._icons[at] if self._icons else ("check" if segment.isChecked() else "")
            if icon:
                set_icon(segment, icon, 16, "onPrimary" if segment.isChecked() else "text")
            else:
                segment.setProperty("iconName", "")
                segment.setIcon(QIcon())


def _place(index: int, of: int) -> str:
    if of == 1:
        return "only"
    return {0: "first", of - 1: "last"}.get(index, "middle")
