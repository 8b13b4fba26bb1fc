"""What every section of Settings shares: a title, a few words, fields, and what became of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.theme import fit
from visitapp.ui.tokens import READING
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.line import Line


class Section(QWidget):
    """Subclasses set `title` and `words`, fill `body`, and read again in `reload`.

    `foot` is what to press and what became of it; the page shows it in its own foot, so
    that both stay in sight however long a form is.
    """

    title = ""
    words = ""

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

    @property
    def done_text(self) -> str:
        """What was kept last; empty when nothing was, or something is to be put right."""
        return self._done.text()

    def reload(self) -> None:
        """Read what is stored, unless something is typed that would be lost."""

    def may_close(self) -> bool:
        """Whether the file may be closed; asks where something is shown only once."""
        return True

    def say_problem(self, sentence: str) -> None:
        """Say what is to be put right."""
        self.say_done("")
        self.reason.say(sentence)

    def say_done(self, sentence: str) -> None:
        """Say what was kept."""
        self.reason.say("")
        self._done.setText(sentence)
        self._done.setVisible(bool(sentence))

    def add_outcome(self, layout: QBoxLayout) -> None:
        """Put the place for both sentences somewhere."""
        layout.addWidget(self.reason, 1)
        layout.addWidget(self._done, 1)

    def make_foot(self, *buttons: QPushButton) -> None:
        """Sentences at the left, buttons at the right."""
        self.foot = QWidget()
        row = QHBoxLayout(self.foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.add_outcome(row)
        row.addStretch(1)
        for made in buttons:
            row.addWidget(made)


class FormSection(Section):
    """A section that is one form: fields and Save. Enter saves, Escape reads again."""

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

    def make_fields(self) -> None:
        """Add the rows."""
        raise NotImplementedError

    def state(self) -> tuple[object, ...]:
        """What stands in the fields."""
        raise NotImplementedError

    def fill(self) -> None:
        """Show what is stored."""
        raise NotImplementedError

    def save(self) -> bool:
        """Keep what was typed."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read again, unless something was typed."""
        if self._clean is None or self.state() == self._clean:
            self.read_again()

    def read_again(self) -> None:
        """Show what is stored, whatever was typed."""
        self.fill()
        self._clean = self.state()

    def press_save(self) -> None:
        """Save; then what is stored stands in the fields."""
        self.say_done("")
        if self.save():
            said = self._done.text()
            self.read_again()
            self.say_done(said)

    def cancel(self) -> None:
        """Show what is stored."""
        self.say_done("")
        self.read_again()

    def add_line(self, text: str, hint: str = "", *, width: int = 320) -> tuple[QLineEdit, FormRow]:
        """A field of one line and its row."""
        edit = Line()
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
