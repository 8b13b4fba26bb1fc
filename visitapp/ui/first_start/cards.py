"""The three numbered cards, and the card of the demonstration."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
)

from visitapp.domain.office.scheme import Kind, Role
from visitapp.ui.first_start.viewmodel import FirstStartViewModel
from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.choice_card import ChoiceCard
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import hairline, icon_label, label, repolish
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.widgets.progress import ProgressPanel
from visitapp.ui.widgets.strength_meter import StrengthMeter
from visitapp.ui.window_dialogs import ask_new_records

_THINGS = (
    "Log a practice visit",
    "See the gaps in the grid",
    "Read the year\u2019s report",
    "Nothing is kept afterwards",
)


class NumberedCard(Panel):
    """A question with a number, which becomes a tick once it is answered."""

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
        """Show the tick or the number."""
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
    """The first question: the user's name and role."""

    def __init__(self, viewmodel: FirstStartViewModel) -> None:
        super().__init__(1, "Who are you?", "It decides which pages you see")
        self.visit = ChoiceCard("I visit", "Log visits, see your own", single=True)
        self.manage = ChoiceCard("I manage the volunteers", "Follow up, count, report", single=True)
        group = QButtonGroup(self)
        group.addButton(self.visit.mark)
        group.addButton(self.manage.mark)
        for number, card in enumerate((self.visit, self.manage), 1):
            card.describe_choice("Who are you?", f"{number} of 2")
        self.name = LineField()
        self.row = FormRow("Your name", self.name, wide=True)
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(self.visit, 1)
        line.addWidget(self.manage, 1)
        line.addWidget(self.row, 1)
        self.content.addLayout(line)
        self.visit.chosen.connect(lambda _: self._set_answer(viewmodel))
        self.manage.chosen.connect(lambda _: self._set_answer(viewmodel))
        self.name.textEdited.connect(lambda text: viewmodel.answer(name=text))

    def _set_answer(self, viewmodel: FirstStartViewModel) -> None:
        role = Role.MANAGER if self.manage.is_chosen() else Role.VISITOR
        viewmodel.answer(role=role)


class SchemeCard(NumberedCard):
    """The second question: the schemes, and their office."""

    def __init__(self, viewmodel: FirstStartViewModel) -> None:
        super().__init__(2, "Which scheme?", "Choose one or both. You add the sites later")
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
            card.chosen.connect(lambda _: self._set_answer())
        line.addWidget(self.row, 1)
        self.content.addLayout(line)
        self.office.textEdited.connect(lambda text: viewmodel.answer(office=text))

    def _set_answer(self) -> None:
        chosen = tuple(kind for kind, card in self.cards.items() if card.is_chosen())
        self._viewmodel.answer(kinds=chosen)


SHARED_FOLDERS = (
    "A folder shared by OneDrive, Dropbox or a similar service is good for backups. If your file "
    "is in one, only open it on one computer at a time, and let it finish copying before you "
    "open it on another."
)


class PassphraseCard(NumberedCard):
    """The third question: a passphrase, typed twice, with its strength."""

    def __init__(self, viewmodel: FirstStartViewModel) -> None:
        super().__init__(3, "A passphrase", "It locks your file")
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
        self.content.addLayout(self._where_row())
        self.content.addWidget(label(SHARED_FOLDERS, "small", "text3", wrap=True))
        self.first.changed.connect(lambda: viewmodel.answer(passphrase=self.first.text()))
        self.again.changed.connect(lambda: viewmodel.answer(again=self.again.text()))
        viewmodel.changed.connect(self._show)
        self._show()

    def _where_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(icon_label("file-lock", 16, "text2"))
        self._where = label("", "small", "text2", wrap=True)
        row.addWidget(self._where, 1)
        row.addWidget(link_button("Save it somewhere else…", self._ask_where))
        return row

    def _ask_where(self) -> None:
        path = ask_new_records(self, self._viewmodel.path)
        if path is not None:
            self._viewmodel.keep_at(path)

    def _show(self) -> None:
        self.meter.show_strength(self._viewmodel.strength)
        path: Path = self._viewmodel.path
        self._where.setText(f"Saved as {path.name} in {path.absolute().parent}")


class LookingCard(Panel):
    """Links to try the demonstration, and for people who come from another computer."""

    def __init__(self, viewmodel: FirstStartViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self.body.addWidget(icon_label("flask-conical", 30, "primary"))
        self.body.addWidget(label("Just looking?", "section"))
        words = (
            "The demonstration has two years of visits to two suites and a dog unit. The totals "
            "are the ones published for 2023/24. All the people are invented."
        )
        self.body.addWidget(label(words, "body", wrap=True))
        for thing in _THINGS:
            row = QHBoxLayout()
            row.setSpacing(10)
            row.addWidget(icon_label("check", 16, "good"))
            row.addWidget(label(thing, "body", wrap=True), 1)
            self.body.addLayout(row)
        self.open = button("Open the demonstration", self.start, icon="play")
        self.body.addWidget(self.open)
        self.progress = ProgressPanel()
        self.body.addWidget(self.progress)
        self.body.addStretch(1)
        self.body.addWidget(hairline())
        self.body.addWidget(label("Moving from another computer?", "strong", wrap=True))
        self.restore = link_button("Restore a backup\u2026")
        self.body.addWidget(self.restore)
        self.other = link_button("Open a file where it is\u2026")
        self.body.addWidget(self.other)

    def start(self) -> None:
        """Create the demonstration and open it."""
        job = self._viewmodel.open_demonstration()
        if job is not None:
            self.progress.follow(job, "Making the demonstration")
