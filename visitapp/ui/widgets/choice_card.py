"""A choice as a card: a round or square mark, a word, and a line that explains it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QRadioButton, QVBoxLayout

from visitapp.ui.look.theme import theme
from visitapp.ui.widgets.faces import told_as
from visitapp.ui.widgets.labels import label, repolish


class ChoiceCard(QFrame):
    """`single` choices go together in a QButtonGroup (`mark`); others are ticked alone.

    Signals: `chosen` (bool) at each change.
    """

    chosen = Signal(bool)

    def __init__(self, word: str, note: str, *, single: bool) -> None:
        super().__init__()
        self.setProperty("class", "card")
        self.setProperty("ringAround", True)
        self.mark = QRadioButton(word) if single else QCheckBox(word)
        self.mark.setProperty("strong", True)
        self.mark.setAccessibleName(word)
        self.mark.setAccessibleDescription(note)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 8)
        column.setSpacing(0)
        column.addWidget(self.mark)
        self._note = label(note, "second", "text2", wrap=True)
        column.addWidget(self._note)
        column.addStretch(1)
        self._note.setIndent(theme().px(18) + 8)
        self.setFocusProxy(self.mark)
        self.mark.toggled.connect(self._on_toggled)

    def stand_in(self, question: str, place: str) -> None:
        """Tell readers what is answered by this choice, and which of how many it is: `1 of 2`."""
        self.setAccessibleName(question)
        told_as(self, QAccessible.Role.Grouping)
        self.mark.setAccessibleDescription(f"{place}; {self._note.text()}")

    def is_chosen(self) -> bool:
        """Whether it is."""
        return self.mark.isChecked()

    def choose(self, on: bool = True) -> None:
        """Choose it, or not."""
        self.mark.setChecked(on)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The whole card is the mark."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.mark.setFocus()
            self.mark.click()
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """The note stands under the word, whatever the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_note"):
            self._note.setIndent(theme().px(18) + 8)

    def _on_toggled(self, on: bool) -> None:
        self.setProperty("chosen", on)
        repolish(self)
        self.chosen.emit(on)
