"""The two pages on which a file is made: by three questions, or by an invitation."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.office.scheme import Role
from visitapp.ui.first_start.cards import (
    ELSEWHERE,
    NumberedCard,
    PassphraseCard,
    PersonCard,
    SchemeCard,
    place_row,
)
from visitapp.ui.first_start.viewmodel import (
    CodedFileViewModel,
    FirstStartViewModel,
    JoiningViewModel,
    NewFileViewModel,
)
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.buttons import button, link_button, primary_button
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import label, reference_font
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.window_dialogs import ask_invitation, ask_reply

WIDEST = 1200
_OWN = "Everything stays on this computer. You can change each answer later in Settings."
_WITHOUT = (
    "Your scheme\u2019s sites and timeslots come with your manager\u2019s invitation. Without it "
    "you can look around."
)


class NewFilePage(QWidget):
    """Numbered cards, and a foot with the one action, in sight at any text size.

    `rows` say what is wrong with a field, `stops` have the cursor then.

    Signals: `back` when the person goes back to the first question.
    """

    back = Signal()

    def __init__(
        self, viewmodel: NewFileViewModel, title: str, action: str, cards: Sequence[NumberedCard]
    ) -> None:
        super().__init__()
        self.viewmodel = viewmodel
        self.rows: dict[str, FormRow] = {}
        self.stops: dict[str, QWidget] = {}
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(label(title, "hero", wrap=True))
        self.words = label("", "lead", "text2", wrap=True)
        column.addWidget(self.words)
        for card in cards:
            column.addWidget(card)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolling(inner), 1)
        whole.addWidget(self._foot(action))
        viewmodel.busy.connect(self._on_busy)
        viewmodel.changed.connect(self.show_answers)

    def _foot(self, action: str) -> QWidget:
        self.begin = primary_button(action, self.press, icon="arrow-right", main=True)
        self.begin.setToolTip("Enter")
        self.back_button = button("Back", self.back.emit, icon="arrow-left", main=True)
        self.back_button.setToolTip("Esc")
        self._left = label("", "body", "text2", wrap=True)
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(24, 8, 24, 12)
        row.setSpacing(16)
        row.addWidget(self.begin)
        row.addWidget(self.back_button)
        row.addWidget(self._left, 1)
        return centred(inner)

    def press(self) -> None:
        """Make the file, or say what is missing and go there."""
        missing = dict(self.viewmodel.missing())
        for field, row in self.rows.items():
            row.set_error(missing.get(field, ""))
        if missing:
            first = next(iter(missing))
            self.viewmodel.problem.emit(missing[first])
            self.stops[first].setFocus()
        else:
            self.viewmodel.problem.emit("")
            self.viewmodel.begin()

    def show_answers(self) -> None:
        """Show what is answered, and what is left."""
        missing = dict(self.viewmodel.missing())
        for field, row in self.rows.items():
            if field not in missing:
                row.set_error("")
        self._left.setText(self.viewmodel.still_to_do())

    def _on_busy(self, busy: bool) -> None:
        self.begin.setEnabled(not busy)
        self.back_button.setEnabled(not busy)
        self._left.setText("One moment\u2026" if busy else self.viewmodel.still_to_do())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape and self.back_button.isEnabled():
            self.back.emit()
        else:
            super().keyPressEvent(event)


class QuestionsPage(NewFilePage):
    """Three questions, for a manager, or for a visitor who has no invitation yet."""

    def __init__(self, viewmodel: FirstStartViewModel) -> None:
        self.person, self.scheme = PersonCard(viewmodel), SchemeCard(viewmodel)
        self.passphrase = PassphraseCard(viewmodel, 3)
        title = "Answer three questions to begin"
        super().__init__(viewmodel, title, "Begin", (self.person, self.scheme, self.passphrase))
        self.rows = {
            "name": self.person.row,
            "office": self.scheme.row,
            "again": self.passphrase.again_row,
        }
        self.stops = {
            "name": self.person.name,
            "kinds": self.scheme.cards[next(iter(self.scheme.cards))],
            "office": self.scheme.office,
            "passphrase": self.passphrase.first,
            "again": self.passphrase.again,
        }
        for line in (self.person.name, self.scheme.office):
            line.returnPressed.connect(self.press)
        for field in (self.passphrase.first, self.passphrase.again):
            field.entered.connect(self.press)
        self.setFocusProxy(self.person.name)
        self.show_answers()

    def ask_as(self, role: Role) -> None:
        """Ask somebody with this part."""
        self.viewmodel.answer(role=role)
        self.words.setText(_OWN if role is Role.MANAGER else _WITHOUT)

    def show_answers(self) -> None:
        super().show_answers()
        answers = self.viewmodel.answers
        self.person.show_done(answers.is_person_known)
        self.scheme.show_done(answers.is_scheme_known)
        self.passphrase.show_done(self.viewmodel.is_passphrase_good)


class CodedFileCard(NumberedCard):
    """A file from somebody else and its code, and what it holds once both are there."""

    def __init__(
        self,
        viewmodel: CodedFileViewModel,
        title: str,
        note: str,
        *,
        choose: str,
        about_file: str,
        code: str,
        about_code: str,
        ask: Callable[[QWidget], Path | None],
    ) -> None:
        """`ask` is the dialog that chooses the file."""
        super().__init__(1, title, note)
        self._viewmodel, self._ask_file = viewmodel, ask
        self.choose = button(choose, self._ask, icon="folder-open")
        self.file = label("", "body", wrap=True)
        chosen = QWidget()
        row = QHBoxLayout(chosen)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.choose)
        row.addWidget(self.file, 1)
        self.file_row = FormRow(about_file, chosen, wide=True)
        self.code = LineField()
        self.code.setFont(reference_font(self.code.font()))
        self.code_row = FormRow(code, self.code, about_code, wide=True)
        fit(self.code_row, most_width=640)
        self.whose = label("", "strong", "good", wrap=True)
        self.whose.hide()
        for widget in (self.file_row, self.code_row, self.whose):
            self.content.addWidget(widget)
        self.code.textEdited.connect(lambda text: viewmodel.answer(code=text))
        self.code.editingFinished.connect(self.look_at_code)
        viewmodel.looked.connect(self._on_looked)

    def _ask(self) -> None:
        chosen = self._ask_file(self)
        if chosen is not None:
            self.take(chosen)

    def take(self, path: Path) -> None:
        """Use this file; the code comes next."""
        self._viewmodel.answer(file=path)
        self.code.setFocus()
        self._viewmodel.look()

    def look_at_code(self) -> None:
        """Say a slip at the field; a code without one opens the file."""
        self.code_row.set_error(self._viewmodel.slip())
        self._viewmodel.look()

    def show_answers(self) -> None:
        """Show the file's name and what it holds."""
        path = self._viewmodel.answers.file
        self.file.setText("Or drop it on this window." if path is None else path.name)
        self.file.setToolTip("" if path is None else str(path))
        self.whose.setText(self._viewmodel.inside_words())
        self.whose.setVisible(self._viewmodel.inside is not None)
        self.show_done(self._viewmodel.inside is not None)

    def _on_looked(self) -> None:
        self.code_row.set_error(self._viewmodel.wrong)
        if self._viewmodel.inside is not None:
            announce(self, self._viewmodel.inside_words())


def _invitation_card(viewmodel: JoiningViewModel) -> CodedFileCard:
    return CodedFileCard(
        viewmodel,
        "Your invitation",
        "A file from your manager, and a code to type",
        choose="Choose the invitation\u2026",
        about_file="The file that your manager sent you",
        code="Joining code",
        about_code="Your manager gives it to you by telephone. Capitals, spaces and dashes do not "
        "matter.",
        ask=ask_invitation,
    )


class JoiningPage(NewFilePage):
    """Join a scheme: the invitation, a passphrase, and where things are saved."""

    def __init__(self, viewmodel: JoiningViewModel) -> None:
        self.invitation = _invitation_card(viewmodel)
        self.passphrase = PassphraseCard(viewmodel, 2)
        self._reply = label("", "small", "text2", wrap=True)
        change = link_button(ELSEWHERE, self._ask_reply, about="the reply to your manager")
        self.passphrase.places.addLayout(place_row("send", self._reply, change))
        cards = (self.invitation, self.passphrase)
        super().__init__(viewmodel, "Join my scheme", "Join my scheme", cards)
        self._joining = viewmodel
        self.words.setText("Everything stays on this computer. Nothing is sent by itself.")
        self.rows = {
            "file": self.invitation.file_row,
            "code": self.invitation.code_row,
            "again": self.passphrase.again_row,
        }
        self.stops = {
            "file": self.invitation.choose,
            "code": self.invitation.code,
            "passphrase": self.passphrase.first,
            "again": self.passphrase.again,
        }
        self.invitation.code.returnPressed.connect(self.press)
        for field in (self.passphrase.first, self.passphrase.again):
            field.entered.connect(self.press)
        self.setFocusProxy(self.invitation.choose)
        self.show_answers()

    def _ask_reply(self) -> None:
        chosen = ask_reply(self, self._joining.reply)
        if chosen is not None:
            self._joining.save_reply_at(chosen)

    def show_answers(self) -> None:
        super().show_answers()
        self.invitation.show_answers()
        self.passphrase.show_done(self.viewmodel.is_passphrase_good)
        reply = self._joining.reply
        self._reply.setText(
            f"Your reply to the manager is saved as {reply.name} in {reply.absolute().parent}"
        )


def centred(inner: QWidget) -> QWidget:
    """No wider than is good to read, in the middle of a wide window."""
    fit(inner, most_width=WIDEST)
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(inner, 50)
    row.addStretch(1)
    return holder


def scrolling(inner: QWidget) -> ClearScroll:
    """The same, in what scrolls."""
    area = ClearScroll(centred(inner))
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
