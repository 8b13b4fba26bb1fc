"""The numbered cards of the first start."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from visitapp.domain.office.body import UK_CASES
from visitapp.domain.office.scheme import Kind
from visitapp.ui.first_start.viewmodel import FirstStartViewModel, NewFileViewModel
from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import READING
from visitapp.ui.widgets.buttons import link_button
from visitapp.ui.widgets.choice_card import ChoiceCard
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import icon_label, label, repolish
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.strength_meter import StrengthMeter
from visitapp.ui.window_dialogs import ask_new_records


class NumberedCard(Panel):
    """A question with its number, which turns into a tick when it is answered."""

    def __init__(self, number: int, title: str, note: str) -> None:
        super().__init__()
        self._number = number
        self.mark = label(str(number), "strong", "onPrimary")
        self.mark.setProperty("class", "step")
        fit(self.mark, width=32, height=32)
        self.content = QVBoxLayout()
        self.content.setSpacing(10)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(label(title, "h2"))
        head.addWidget(label(note, "second", "text2", wrap=True), 1)
        self.content.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.mark, 0, 0)
        grid.addLayout(self.content, 0, 1)
        grid.setAlignment(self.mark, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(grid)
        self.setAccessibleName(title)
        self.show_done(False)

    def show_done(self, done: bool) -> None:
        """Number or tick."""
        self.mark.setProperty("done", done)
        if done:
            set_icon(self.mark, "check", 18, "panel")
            self.mark.setAccessibleName("Answered")
        else:
            self.mark.setProperty("iconName", "")
            self.mark.setText(str(self._number))
            self.mark.setAccessibleName(f"Question {self._number}")
        repolish(self.mark)


class PersonCard(NumberedCard):
    """The question who somebody is."""

    def __init__(self, viewmodel: NewFileViewModel, number: int = 1) -> None:
        super().__init__(number, "Who are you?", "Saved with everything you do")
        self.name = LineField()
        self.row = FormRow("Your name", self.name, wide=True)
        fit(self.row, most_width=READING)
        self.content.addWidget(self.row)
        self.name.textEdited.connect(lambda text: viewmodel.answer(name=text))


class SchemeCard(NumberedCard):
    """The second: which schemes, and whose."""

    def __init__(self, viewmodel: FirstStartViewModel) -> None:
        super().__init__(2, "Which scheme?", "Choose one or both")
        self._viewmodel = viewmodel
        self.cards = {
            Kind.CUSTODY: ChoiceCard("Custody visiting", "35 timeslots a week", single=False),
            Kind.ANIMAL_WELFARE: ChoiceCard("Animal welfare", "12 timeslots a week", single=False),
        }
        self.office = LineField()
        self.row = FormRow("Office that runs it", self.office, wide=True)
        line = QHBoxLayout()
        line.setSpacing(14)
        for card in self.cards.values():
            line.addWidget(card, 1)
            card.chosen.connect(lambda _: self._tell())
        line.addWidget(self.row, 1)
        self.content.addLayout(line)
        self.place = Picker("Where the scheme is", width=240)
        self.place.set_choices([(place, place) for place, _ in UK_CASES])
        self.place.set_key(viewmodel.answers.place)
        hint = "Decides the law and the words that reports use. You can change them in Settings."
        self.content.addWidget(FormRow("Where the scheme is", self.place, hint))
        self.place.chosen.connect(lambda place: viewmodel.answer(place=str(place)))
        self.office.textEdited.connect(lambda text: viewmodel.answer(office=text))

    def _tell(self) -> None:
        chosen = tuple(kind for kind, card in self.cards.items() if card.is_chosen())
        self._viewmodel.answer(kinds=chosen)


ELSEWHERE = "Save it somewhere else…"
SHARED_FOLDERS = (
    "A folder shared by OneDrive, Dropbox or a similar service is good for backups. If your file "
    "is in one, only open it on one computer at a time, and let it finish copying before you "
    "open it on another."
)


def place_row(icon: str, where: QLabel, change: QPushButton) -> QHBoxLayout:
    """Where something is saved, and a link to save it elsewhere."""
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(icon_label(icon, 16, "text2"))
    row.addWidget(where, 1)
    row.addWidget(change)
    return row


class PassphraseCard(NumberedCard):
    """A passphrase, twice, and how strong it is."""

    def __init__(self, viewmodel: NewFileViewModel, number: int) -> None:
        super().__init__(number, "A passphrase", "It locks your file")
        self._viewmodel = viewmodel
        self.first, self.again = PassphraseField("Passphrase"), PassphraseField("Repeat passphrase")
        self.meter = StrengthMeter()
        line = QHBoxLayout()
        line.setSpacing(14)
        left = QVBoxLayout()
        left.setSpacing(8)
        self.first_row = FormRow("Passphrase, at least four words", self.first, wide=True)
        left.addWidget(self.first_row)
        left.addLayout(self.meter)
        left.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(8)
        self.again_row = FormRow("Repeat passphrase", self.again, wide=True)
        right.addWidget(self.again_row)
        words = (
            "Next you will get a recovery sheet to keep at home. Without it or the passphrase, "
            "nobody can open your file."
        )
        right.addWidget(label(words, "small", "text3", wrap=True))
        right.addStretch(1)
        line.addLayout(left, 1)
        line.addLayout(right, 1)
        self.content.addLayout(line)
        self._where = label("", "small", "text2", wrap=True)
        self.places = QVBoxLayout()
        self.places.setSpacing(6)
        self.places.addLayout(self._where_row())
        self.content.addLayout(self.places)
        self.content.addWidget(label(SHARED_FOLDERS, "small", "text3", wrap=True))
        self.first.changed.connect(lambda: viewmodel.answer(passphrase=self.first.text()))
        self.again.changed.connect(lambda: viewmodel.answer(again=self.again.text()))
        viewmodel.changed.connect(self._show)
        self._show()

    def _where_row(self) -> QHBoxLayout:
        return place_row("file-lock", self._where, link_button(ELSEWHERE, self._ask_where))

    def _ask_where(self) -> None:
        path = ask_new_records(self, self._viewmodel.path)
        if path is not None:
            self._viewmodel.keep_at(path)

    def _show(self) -> None:
        self.meter.show_strength(self._viewmodel.strength)
        path: Path = self._viewmodel.path
        self._where.setText(f"Saved as {path.name} in {path.absolute().parent}")
