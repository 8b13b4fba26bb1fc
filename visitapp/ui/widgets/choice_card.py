"""A choice as a card: a radio button or a tick box, a word, and a line that explains it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QRadioButton, QVBoxLayout

from visitapp.ui.look.theme import theme
from visitapp.ui.widgets.accessible_roles import set_role
from visitapp.ui.widgets.labels import label, repolish


class ChoiceCard(QFrame):
    """Cards with `single` are radio buttons, to be put in a QButtonGroup by their `mark`; others
    are ticked on their own.

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

    def describe_choice(self, question: str, place: str) -> None:
        """Tell screen readers which question this answers, and its place among the choices: `1 of
        2`."""
        self.setAccessibleName(question)
        set_role(self, QAccessible.Role.Grouping)
        self.mark.setAccessibleDescription(f"{place}; {self._note.text()}")

    def is_chosen(self) -> bool:
        """Whether it is chosen."""
        return self.mark.isChecked()

    def choose(self, on: bool = True) -> None:
        """Choose the card, or clear it."""
        self.mark.setChecked(on)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the card chooses it."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.mark.setFocus()
            self.mark.click()
        super().mousePressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the note under the word at any text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_note"):
            self._note.setIndent(theme().px(18) + 8)

    def _on_toggled(self, on: bool) -> None:
        self.setProperty("chosen", on)
        repolish(self)
        self.chosen.emit(on)
