"""What every section of Settings shares: a title, an introduction, fields, and the result."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import READING
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.undoing import UndoStack, UndoStep
from visitapp.ui.widgets import form_fields
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.picker import wrong_picker


class SettingsSection(QWidget):
    """Subclasses set `title` and `words`, fill `body`, and read again in `reload`.

    `foot` has the buttons and the result; the page shows it in its own foot, so that both stay
    visible in a long form.

    Signals: `typed_changed` when something was typed, saved or discarded.
    """

    title = ""
    words = ""
    typed_changed = Signal()

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__()
        self.viewmodel = viewmodel
        self.setAccessibleName(self.title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(label(self.title, "section", wrap=True))
        words = label(self.words, "second", "text2", wrap=True)
        fit(words, most_width=READING)
        column.addWidget(words)
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        column.addLayout(self.body, 1)
        self.reason = Reason()
        self._done = label("", "second", "good", wrap=True)
        self._done.hide()
        self.foot: QWidget | None = None
        self._given_up = UndoStack(lambda fields, _: self.bring_back(fields), self)

    def has_wrong_choice(self, form: QWidget) -> bool:
        """Whether a drop-down has text that matches no choice; shows the problem, so that the text
        isn't lost."""
        wrong = wrong_picker(form)
        if wrong is not None:
            self.say_problem(wrong.error())
            wrong.setFocus()
        return wrong is not None

    def may_undo(self) -> bool:
        """Whether discarded typing can be brought back: nothing was typed since."""
        return True

    @property
    def undo_stack(self) -> UndoStack | None:
        """What was typed and discarded by Escape or Cancel; otherwise each field undoes its own
        typing."""
        return self._given_up if self._given_up.undo_words and self.may_undo() else None

    def bring_back(self, fields: form_fields.Fields) -> None:
        """Show discarded typing again."""
        form_fields.put(fields)
        self.typed_changed.emit()

    def give_up(self, read_again: Callable[[], object], *, dirty: bool) -> None:
        """Show what is stored; what was typed can be brought back."""
        typed = form_fields.take(self)
        read_again()
        self._given_up.clear()
        if dirty:
            self._given_up.note(UndoStep(typed, form_fields.take(self), "leave without saving"))
            self.say_done("Not saved. Ctrl+Z brings back what you typed.")

    @property
    def done_text(self) -> str:
        """The message about the last save; empty if there was none or something needs
        correcting."""
        return self._done.text()

    def reload(self) -> None:
        """Read what is stored, unless that would lose unsaved typing."""

    def may_close(self) -> bool:
        """Whether the file may be closed; asks the user about anything that is shown only once."""
        return True

    def typed(self) -> dict[str, Any]:
        """What was typed and isn't saved, ready for JSON; empty if there is nothing."""
        return {}

    def bring_typed(self, _content: Mapping[str, Any]) -> bool:
        """Show what `typed` returned. Returns whether that worked."""
        return False

    def _note_typed(self, *_: object) -> None:
        self.typed_changed.emit()

    def say_problem(self, sentence: str) -> None:
        """Show what to correct."""
        self.say_done("")
        self.reason.say(sentence)

    def say_done(self, sentence: str) -> None:
        """Show what was saved."""
        self.reason.say("")
        self._done.setText(sentence)
        self._done.setVisible(bool(sentence))

    def add_outcome(self, layout: QBoxLayout) -> None:
        """Add the labels for the problem and the success message to a layout."""
        layout.addWidget(self.reason, 1)
        layout.addWidget(self._done, 1)

    def make_foot(self, *buttons: QPushButton) -> None:
        """Make the foot: messages on the left, buttons on the right."""
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.add_outcome(row)
        row.addStretch(1)
        for widget in buttons:
            row.addWidget(widget)


class SettingsForm(SettingsSection):
    """A section that is one form with a Save button. Enter saves, Escape discards."""

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__(viewmodel)
        self._clean: tuple[object, ...] | None = None
        self.fields = QVBoxLayout()
        self.fields.setSpacing(12)
        self.body.addLayout(self.fields)
        self.make_fields()
        self.body.addStretch(1)
        self.save_button = primary_button("Save", self.press_save, icon="save")
        self.save_button.setToolTip("Enter")
        self.cancel_button = button("Cancel", self.cancel)
        self.cancel_button.setToolTip("Esc")
        self.make_foot(self.cancel_button, self.save_button)
        self._at_rest: dict[str, Any] = {}
        form_fields.watch(self, self._note_typed)

    def make_fields(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def state(self) -> tuple[object, ...]:
        """The values in the fields."""
        raise NotImplementedError

    def fill(self) -> None:
        """Show what is stored."""
        raise NotImplementedError

    def save(self) -> bool:
        """Save what was typed. Returns whether it was saved."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read again, unless something was typed."""
        if self._clean is None or self.state() == self._clean:
            self.read_again()

    def read_again(self) -> None:
        """Show what is stored, discarding what was typed."""
        self.fill()
        self._clean = self.state()
        self._at_rest = form_fields.named(self)
        self.typed_changed.emit()

    def typed(self) -> dict[str, Any]:
        now = form_fields.named(self)
        return {"form": now} if self._clean is not None and now != self._at_rest else {}

    def bring_typed(self, _content: Mapping[str, Any]) -> bool:
        form_fields.put_named(self, _content.get("form", {}))
        return True

    def press_save(self) -> None:
        """Save, and show what is stored."""
        self.say_done("")
        if not self.has_wrong_choice(self) and self.save():
            sentence = self._done.text()
            self.read_again()
            self.say_done(sentence)

    def cancel(self) -> None:
        """Show what is stored; Ctrl+Z brings back what was typed."""
        self.say_done("")
        self.give_up(self.read_again, dirty=self.state() != self._clean)

    def may_undo(self) -> bool:
        """False once something is typed: then each field undoes its own typing."""
        return self.state() == self._clean

    def add_line(self, text: str, hint: str = "", *, width: int = 320) -> tuple[QLineEdit, FormRow]:
        """Add a field of one line; returns the field and its row."""
        edit = LineField()
        fit(edit, width=width)
        row = FormRow(text, edit, hint)
        self.fields.addWidget(row)
        return edit, row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press_save()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)
