"""The page on which the next manager takes over an office."""

from visitapp.ui.first_start.cards import PassphraseCard, PersonCard
from visitapp.ui.first_start.pages import CodedFileCard, NewFilePage
from visitapp.ui.first_start.taking_over.viewmodel import TakingOverViewModel
from visitapp.ui.window_dialogs import ask_handed_office

_WORDS = (
    "You get the whole records. Your visitors\u2019 copies learn of it at your first exchange, and "
    "write to you from then on."
)


class TakingOverPage(NewFilePage):
    """Take over an office: the file and its code, who one is, a passphrase."""

    def __init__(self, viewmodel: TakingOverViewModel) -> None:
        self.office = CodedFileCard(
            viewmodel,
            "The office",
            "A file and a code from the manager before you",
            choose="Choose the file\u2026",
            about_file="The file that the manager before you saved",
            code="Code",
            about_code="The manager before you reads it out to you. It works once. Capitals, "
            "spaces and dashes do not matter.",
            ask=ask_handed_office,
        )
        self.person = PersonCard(viewmodel, 2)
        self.passphrase = PassphraseCard(viewmodel, 3)
        cards = (self.office, self.person, self.passphrase)
        super().__init__(viewmodel, "Take over an office", "Take over the office", cards)
        self.words.setText(_WORDS)
        self.rows = {
            "file": self.office.file_row,
            "code": self.office.code_row,
            "name": self.person.row,
            "again": self.passphrase.again_row,
        }
        self.stops = {
            "file": self.office.choose,
            "code": self.office.code,
            "name": self.person.name,
            "passphrase": self.passphrase.first,
            "again": self.passphrase.again,
        }
        for line in (self.office.code, self.person.name):
            line.returnPressed.connect(self.press)
        for field in (self.passphrase.first, self.passphrase.again):
            field.entered.connect(self.press)
        self.setFocusProxy(self.office.choose)
        self.show_answers()

    def show_answers(self) -> None:
        super().show_answers()
        self.office.show_answers()
        self.person.show_done(bool(self.viewmodel.answers.name.strip()))
        self.passphrase.show_done(self.viewmodel.is_passphrase_good)
