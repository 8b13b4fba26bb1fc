"""Inviting somebody: what is asked before, and the joining code to be told by telephone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.exchange.register import JoinedCopy, PersonCopies
from visitapp.domain.office.people import Person
from visitapp.domain.text.shown import in_a_file_name
from visitapp.domain.text.wording import long_date
from visitapp.ui.look.preferences import documents
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.people.copies import OwnCopies
from visitapp.ui.people.person_row import PersonRow
from visitapp.ui.people.viewmodel import PeopleViewModel
from visitapp.ui.widgets.buttons import primary_button
from visitapp.ui.widgets.dialogs import Dialog, SureDialog
from visitapp.ui.widgets.labels import label, reference_font
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.window_dialogs import ask_new_invitation


def file_name(name: str) -> str:
    """`Invitation-for-Anne-Example.visitinvite`."""
    return f"Invitation-for-{in_a_file_name(name, 'a-visitor')}.visitinvite"


def is_sure(parent: QWidget, name: str, copies: PersonCopies) -> bool:
    """Whether somebody who has joined, or is invited, is to be invited again."""
    if copies.in_use:
        words = (
            "They have joined already. Invite them again if they have another computer. The copy "
            "that they have goes on working until you shut it out."
        )
    elif copies.invitation is not None:
        words = "They are invited already. The code that you gave them will stop working."
    else:
        return True
    return SureDialog.ask(parent, f"Invite {name} again?", words, "Invite again")


class JoiningCodeDialog(Dialog):
    """The code in large type, the last day on which it works, and what to do next."""

    def __init__(
        self, parent: QWidget, name: str, code: str, last_day: date, file: Path | None = None
    ) -> None:
        """`file` is the invitation that was saved just now."""
        super().__init__(parent)
        title = f"Joining code for {name}"
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fit(self, least_width=620)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(label(title, "h2", wrap=True))
        named = "the invitation" if file is None else file.name
        before = f"Send {named} to {name}, by e-mail for example. Give them this code by telephone."
        column.addWidget(label(before, "body", "text2", wrap=True))
        panel = Panel()
        self.code = label(_in_two_lines(code), "hero")
        self.code.setFont(reference_font(self.code.font()))
        self.code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        self.code.setAccessibleName(f"Joining code: {code}")
        panel.body.addWidget(self.code)
        works = f"It works once, until {long_date(last_day)}. Do not send it with the file."
        panel.body.addWidget(label(works, "second", "text2", wrap=True))
        column.addWidget(panel)
        after = (
            f"{name} then sends you a reply, which is a file. Drop it on this window, or choose "
            "File, Open a message. Until then you can see the code again here, in People."
        )
        column.addWidget(label(after, "body", "text2", wrap=True))
        row = QHBoxLayout()
        self.close_button = primary_button("Close", self.accept)
        row.addWidget(self.close_button)
        row.addStretch(1)
        column.addLayout(row)
        self.close_button.setFocus()

    @classmethod
    def show_over(
        cls, parent: QWidget, name: str, code: str, last_day: date, file: Path | None = None
    ) -> "JoiningCodeDialog":
        """Show it over the page, until it is closed."""
        dialog = cls(parent, name, code, last_day, file)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return dialog


def _in_two_lines(code: str) -> str:
    """Three groups each: what stays in mind while it is read out."""
    groups = code.split("-")
    half = len(groups) // 2
    return "-".join(groups[:half]) + "-\n" + "-".join(groups[half:])


class Inviting(QObject):
    """Carries out for the page what is pressed about a person's copies."""

    def __init__(
        self,
        page: Page,
        viewmodel: PeopleViewModel,
        copies: OwnCopies,
        current: Callable[[], PersonRow | None],
    ) -> None:
        """`current` is the person in the panel."""
        super().__init__(page)
        self._page, self._viewmodel, self._current = page, viewmodel, current
        copies.wants_invitation.connect(self.invite)
        copies.wants_code.connect(self.show_code)
        copies.wants_out.connect(self.shut_out)
        viewmodel.invited.connect(self._on_invited)

    def invite(self) -> None:
        """Ask where, and save an invitation there."""
        row = self._current()
        if row is None or not self._viewmodel.may_invite(row):
            return
        name = row.person.name
        if is_sure(self._page, name, row.copies):
            folder = documents(self._page.context.preferences.settings)
            chosen = ask_new_invitation(self._page, folder / file_name(name))
            if chosen is not None:
                self._viewmodel.invite(row.person, chosen)

    def _on_invited(self, person: Person, out: str) -> None:
        self._show_code(person, Path(out))

    def show_code(self) -> None:
        """Show the code of an earlier invitation again."""
        if (row := self._current()) is not None:
            self._show_code(row.person)

    def _show_code(self, person: Person, file: Path | None = None) -> None:
        row, code = self._viewmodel.person(person.id), self._viewmodel.joining_code(person.id)
        if code and row is not None and row.copies.last_day is not None:
            last_day = row.copies.last_day
            JoiningCodeDialog.show_over(self._page, person.name, code, last_day, file)

    def shut_out(self, copy: JoinedCopy) -> None:
        """Shut a copy out, if the manager is sure."""
        row = self._current()
        if row is None:
            return
        words = (
            "Do this if the computer was lost or stolen. Nothing that comes from this copy will be "
            f"taken in any more, and this can’t be undone. The reports of {row.person.name} that "
            "you have stay. You can invite them again, for another computer."
        )
        title = f"Shut out the copy of {row.person.name}?"
        if SureDialog.ask(self._page, title, words, "Shut out this copy"):
            self._viewmodel.shut_out(copy.id, row.person)
