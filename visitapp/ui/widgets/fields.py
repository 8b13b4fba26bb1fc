"""What fields share: a border and a reason where what was typed can't be taken."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.ui.widgets.announcing import announce_problem
from visitapp.ui.widgets.arranging import ask_for_room
from visitapp.ui.widgets.buttons import literal
from visitapp.ui.widgets.describing import HINT, WRONG, describe, innermost
from visitapp.ui.widgets.labels import icon_label, label, repolish


def set_wrong(field: QWidget, reason: str) -> None:
    """Mark a field by its border, and tell readers why; empty takes the mark away."""
    field.setProperty("wrong", bool(reason))
    describe(field, WRONG, reason)
    repolish(field)


class Reason(QWidget):
    """The sentence under a field that says what to put right; gone while it is empty."""

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
        """What it says."""
        return self._words.text()

    def say(self, reason: str) -> None:
        """Show a reason, or take it away."""
        if reason != self._words.text():
            announce_problem(self, reason)
        self._words.setText(reason)
        self.setVisible(bool(reason))
        ask_for_room(self)


class FormRow(QWidget):
    """Label, hint, field, and an error beneath, from top to bottom.

    The label names the field for readers and takes the cursor to it.
    """

    def __init__(self, text: str, field: QWidget, hint: str = "", *, wide: bool = False) -> None:
        """`wide` lets the field fill the row; else it keeps its own width. One that says
        `fills_row` has words beneath it that take lines: Qt would give it the height that they
        need at the width of the row, but the width that the field alone needs."""
        super().__init__()
        self.field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self.label = label(literal(text), "strong", wrap=True)
        inner = innermost(field)
        self.label.setBuddy(inner)  # what is named by the label is what has the cursor
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
        """Say what is to be put right in this field; empty when it is."""
        if sentence != self.reason.text():
            self.reason.say(sentence)
            set_wrong(innermost(self.field), sentence)

    def error(self) -> str:
        """What is to be put right, or nothing."""
        return self.reason.text()
