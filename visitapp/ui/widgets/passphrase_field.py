"""A passphrase field: hidden unless the user asks, with a warning when Caps Lock is on."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.fields import set_wrong
from visitapp.ui.widgets.labels import icon_label, label, reference_font


class _Edit(QLineEdit):
    """Detects Caps Lock from a typed letter; Qt has no way to ask."""

    caps = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A capital without Shift, or a small letter with it, means Caps Lock is on."""
        text = event.text()
        if text.isalpha():
            shift = bool(event.modifiers() & event.modifiers().ShiftModifier)
            self.caps.emit(text.isupper() != shift)
        super().keyPressEvent(event)


class PassphraseField(QWidget):
    """Signals: `changed` at each change, `entered` on Enter."""

    changed = Signal()
    entered = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.edit = _Edit()
        self.edit.setAccessibleName(name)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setFont(reference_font(self.edit.font()))
        self.show_button = link_button("Show", self._toggle, about=name)
        self._caps = QWidget()
        caps = QHBoxLayout(self._caps)
        caps.setContentsMargins(0, 0, 0, 0)
        caps.setSpacing(6)
        caps.addWidget(icon_label("triangle-alert", 16, "warn"))
        caps.addWidget(label("Caps Lock is on", "smallStrong", "onWarnSoft"), 1)
        self._caps.hide()
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self.show_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._caps)
        self.setFocusProxy(self.edit)
        self.setAccessibleName(name)
        self.edit.caps.connect(self._caps.setVisible)
        self.edit.textChanged.connect(lambda _: self.changed.emit())
        self.edit.returnPressed.connect(self.entered)

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def clear(self) -> None:
        """Empty the field so that it can't be undone, unlike Qt's own `clear`."""
        self.edit.setText("")

    def rename(self, name: str) -> None:
        """Change the name, to ask for something else in the same field."""
        self.edit.setAccessibleName(name)
        self.setAccessibleName(name)
        self._name_button()

    def set_wrong(self, reason: str) -> None:
        """Mark the field; the reason is shown elsewhere."""
        set_wrong(self.edit, reason)

    def _toggle(self) -> None:
        hidden = self.edit.echoMode() is QLineEdit.EchoMode.Password
        modes = QLineEdit.EchoMode
        self.edit.setEchoMode(modes.Normal if hidden else modes.Password)
        self.show_button.setText("Hide" if hidden else "Show")
        self._name_button()

    def _name_button(self) -> None:
        self.show_button.setAccessibleName(f"{self.show_button.text()}: {self.accessibleName()}")
