"""What all fields share: a red border and a reason when what was typed can't be used."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.ui.widgets.announcing import announce_problem
from visitapp.ui.widgets.arranging import ask_for_room
from visitapp.ui.widgets.buttons import literal
from visitapp.ui.widgets.describing import HINT, WRONG, describe, innermost
from visitapp.ui.widgets.labels import icon_label, label, repolish


def set_wrong(field: QWidget, reason: str) -> None:
    """Mark a field with a border, and give the reason to screen readers; empty clears both."""
    field.setProperty("wrong", bool(reason))
    describe(field, WRONG, reason)
    repolish(field)


class Reason(QWidget):
    """The sentence under a field that says what to correct; hidden while empty."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(icon_label("triangle-alert", 16, "bad"), 0, Qt.AlignmentFlag.AlignTop)
        self._words = label("", "smallStrong", "bad", wrap=True)
        row.addWidget(self._words, 1)
        self.hide()

    def text(self) -> str:
        """The sentence."""
        return self._words.text()

    def say(self, reason: str) -> None:
        """Show a reason, or hide it if empty."""
        if reason != self._words.text():
            announce_problem(self, reason)
        self._words.setText(reason)
        self.setVisible(bool(reason))
        ask_for_room(self)


class FormRow(QWidget):
    """Label, hint, field and error, from top to bottom.

    The label is the field's name for screen readers, and a click on it moves the cursor to the
    field.
    """

    def __init__(self, text: str, field: QWidget, hint: str = "", *, wide: bool = False) -> None:
        """`wide` lets the field fill the row; otherwise it keeps its own width. A field with
        `fills_row` has text of its own below it that wraps. It gets the whole row too:
        left-aligned, Qt would give it a height measured at the row's width, but only the width of
        the field."""
        super().__init__()
        self.field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.label = label(literal(text), "strong", wrap=True)
        inner = innermost(field)
        self.label.setBuddy(inner)  # the label names the widget that takes the cursor
        self.hint = label(hint, "small", "text3", wrap=True)
        if not hint:
            self.hint.hide()
        self.reason = Reason()
        column.addWidget(self.label)
        column.addWidget(self.hint)
        if wide or getattr(field, "fills_row", False):
            column.addWidget(field)
        else:
            column.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.reason)
        column.addStretch(1)
        for named in (field, inner):
            if not named.accessibleName():
                named.setAccessibleName(text)
        if hint:
            describe(inner, HINT, hint)

    def set_hint(self, hint: str) -> None:
        """Change the hint."""
        if hint == self.hint.text():
            return
        describe(innermost(self.field), HINT, hint)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        ask_for_room(self)

    def set_error(self, sentence: str) -> None:
        """Show what to correct in this field; empty when nothing is wrong."""
        if sentence != self.reason.text():
            self.reason.say(sentence)
            set_wrong(innermost(self.field), sentence)

    def error(self) -> str:
        """What to correct, or empty."""
        return self.reason.text()
