"""Small dialogs, each with an `ask` method that tests replace."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.text.shown import shown
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.typed import HERE_AGAIN, DialogWords
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.reading_order import move_focus
from visitapp.ui.widgets.text_area import TextArea

if TYPE_CHECKING:
    from visitapp.domain.privacy import Span


class Dialog(QDialog):
    """As high as its text needs at its width: Qt would guess, and stop at two thirds of the screen.
    The layout must be set before the dialog is first shown."""

    def setWindowTitle(self, title: str) -> None:
        """Set the title, with invisible characters shown as marks."""
        super().setWindowTitle(shown(title))

    def showEvent(self, event: QShowEvent) -> None:
        """Set the height, before the user can change it."""
        layout = self.layout()
        if layout is not None and not self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.ensurePolished()
            width = max(self.minimumWidth(), layout.minimumSize().width())
            room = self.screen().availableGeometry().height()
            self.resize(width, min(room, layout.totalHeightForWidth(width)))
        super().showEvent(event)

    def grow(self) -> None:
        """Make room for text that was added since, such as an error."""
        layout = self.layout()
        if layout is not None:
            layout.activate()
            room = self.screen().availableGeometry().height()
            wanted = min(room, layout.totalHeightForWidth(self.width()))
            if wanted > self.height():
                self.resize(self.width(), wanted)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves in reading order."""
        return move_focus(self, forward=forward)


class FormDialog(Dialog):
    """A title, a sentence, the subclass's own fields, and two buttons."""

    def __init__(self, parent: QWidget, title: str, sentence: str, action: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fit(self, least_width=460)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        outer.setSpacing(12)
        outer.addWidget(label(title, "h2", wrap=True))
        outer.addWidget(label(sentence, "body", "text2", wrap=True))
        self.content = QVBoxLayout()
        outer.addLayout(self.content)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.go = primary_button(action, self.accept)
        self.cancel = button("Cancel", self.reject)
        row.addWidget(self.go)
        row.addWidget(self.cancel)
        row.addStretch(1)
        outer.addLayout(row)


_MISSING = {
    "Reason": "Give a reason. It is saved with the record.",
    "Question": "Write your question.",
    "Answer": "Write your answer.",
    "What is wrong": "Write what is wrong.",
    "What was done": "Say what was done about it.",
    "Title": "Write a title.",
}


class ReasonDialog(FormDialog):
    """Asks for words: a reason, a question, an answer (`what`), which may begin with
    some. They must not be empty, nor identify a person according to `look_at`."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        sentence: str,
        action: str,
        look_at: "Callable[[str], Sequence[Span]] | None" = None,
        what: str = "Reason",
        words: str = "",
    ) -> None:
        super().__init__(parent, title, sentence, action)
        self._look_at, self._what = look_at, what
        self.area = TextArea(what, lines=3)
        self.area.set_text(words)
        self._row = FormRow(what, self.area, wide=True)
        self.content.addWidget(self._row)
        kept = DialogWords(self, title, sentence, self.area)
        if kept.was_typed:
            self.content.addWidget(label(HERE_AGAIN, "small", "text2", wrap=True))
        self.area.setFocus()

    def reason(self) -> str:
        """What was typed."""
        return self.area.text().strip()

    def accept(self) -> None:
        """Close the dialog if the reason will do."""
        problem = "" if self.reason() else _MISSING[self._what]
        if spans := self._look_at(self.reason()) if self._look_at is not None else ():
            problem = spans[0].to_rewrite
        if not problem:
            super().accept()
            return
        self._row.set_error(problem)
        self.grow()
        self.area.setFocus()

    @classmethod
    def ask(
        cls,
        parent: QWidget,
        title: str,
        sentence: str,
        action: str,
        look_at: "Callable[[str], Sequence[Span]] | None" = None,
        what: str = "Reason",
        words: str = "",
    ) -> str | None:
        """The reason, or None if the user cancelled."""
        dialog = cls(parent, title, sentence, action, look_at, what, words)
        taken = dialog.exec() == QDialog.DialogCode.Accepted
        reason = dialog.reason()
        dialog.deleteLater()
        return reason if taken else None


class SureDialog(FormDialog):
    """Asks before something that can't be undone; the button says what will happen to what."""

    @classmethod
    def ask(
        cls, parent: QWidget, title: str, sentence: str, action: str, leave: str = "Cancel"
    ) -> bool:
        """Whether the user confirmed. `leave` is the text of the button that changes nothing, for
        where "Cancel" could be misread."""
        dialog = cls(parent, title, sentence, action)
        dialog.cancel.setText(leave)
        dialog.cancel.setAccessibleName(leave)
        dialog.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        taken = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return taken

    @classmethod
    def ask_before(
        cls,
        parent: QWidget,
        title: str,
        sentence: str,
        action: str,
        then: Callable[[], object],
        leave: str = "Cancel",
    ) -> None:
        """Ask without blocking: `then` is called if the user confirms."""
        dialog = cls(parent, title, sentence, action)
        dialog.cancel.setText(leave)
        dialog.cancel.setAccessibleName(leave)
        dialog.accepted.connect(then)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
