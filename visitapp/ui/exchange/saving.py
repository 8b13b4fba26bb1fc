"""Save the message: whose, where, and what to do with the file."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from visitapp.domain.changes import Changes
from visitapp.domain.exchange.by_hand import HandMessages, Receiver
from visitapp.domain.exchange.messages import SHUT_OUT
from visitapp.domain.office.scheme import Role
from visitapp.domain.text.shown import in_a_file_name
from visitapp.domain.text.wording import number_of
from visitapp.ui.context import Context
from visitapp.ui.exchange import dialogs
from visitapp.ui.look.preferences import documents
from visitapp.ui.widgets.dialogs import FormDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.picker import Picker


class ReceiverDialog(FormDialog):
    """Asks whose messages to save."""

    def __init__(self, parent: QWidget, receivers: Sequence[Receiver]) -> None:
        super().__init__(
            parent,
            "Save the message",
            "Everything that a visitor has not received yet goes into one file. Attach it to an "
            "email, or put it on a memory stick. Only this visitor’s copy of visitapp can open it.",
            "Save the message…",
        )
        self.person = Picker("Visitor", width=260)
        self.person.set_choices([(item.copy_id, item.name) for item in receivers])
        self._row = FormRow("Visitor", self.person)
        self.content.addWidget(self._row)
        self.person.setFocus()

    def accept(self) -> None:
        """Close if a visitor is chosen."""
        if self.person.key() is not None:
            super().accept()
        else:
            self._row.set_error(self.person.error() or "Choose a visitor.")
            self.grow()
            self.person.setFocus()

    @classmethod
    def ask(cls, parent: QWidget, receivers: Sequence[Receiver]) -> UUID | None:
        """The id of the visitor's copy, or None if the user cancelled."""
        dialog = cls(parent, receivers)
        is_taken = dialog.exec() == FormDialog.DialogCode.Accepted
        key = dialog.person.key()
        dialog.deleteLater()
        return key if is_taken and isinstance(key, UUID) else None


class SavingByHand(QObject):
    """Carries it out for the page."""

    def __init__(self, page: QWidget, context: Context) -> None:
        super().__init__(page)
        self._page, self._context = page, context

    def save(self) -> None:
        """Ask for whom, unless there is only the office, and prepare what they haven't received."""
        receivers = self._context.services.by_hand.receivers()
        is_office = self._context.services.access.actor.role is Role.MANAGER
        if not receivers:
            nobody = "Nobody has joined yet. Invite somebody on the page People."
            self._context.say(nobody if is_office else SHUT_OUT)
            return
        copy_id = ReceiverDialog.ask(self._page, receivers) if is_office else receivers[0].copy_id
        if copy_id is not None:
            self._context.jobs.run(
                lambda: self._context.services.by_hand.due(copy_id),
                owner=self._page,
                done=self._on_due,
            )

    def _on_due(self, messages: HandMessages) -> None:
        name = messages.receiver.name
        if not messages.files:
            self._context.say(f"There is nothing new for {name}.")
            return
        folder = documents(self._context.preferences.settings)
        start = f"Messages-for-{in_a_file_name(name, 'a-visitor')}.visitmsg"
        out = dialogs.ask_message_file(self._page, folder / start)
        if out is None:
            return

        def done(answer: tuple[tuple[Path, ...], Changes]) -> None:
            paths, changes = answer
            self._context.tell(changes)
            self._context.say(_saved_words(messages, paths))

        self._context.jobs.run(  # the dialog asked before it lets a file go
            lambda: self._context.services.by_hand.save(messages, out, force=True),
            owner=self._page,
            done=done,
        )


def _saved_words(messages: HandMessages, paths: Sequence[Path]) -> str:
    number, name = number_of(messages.number, "message"), messages.receiver.name
    if len(paths) == 1:
        return f"{number} saved in {paths[0].name}. Attach the file to an email to {name}."
    return (
        f"{number} saved in {number_of(len(paths), 'file')}, {paths[0].name} and so on. Attach "
        f"them to emails to {name}."
    )
