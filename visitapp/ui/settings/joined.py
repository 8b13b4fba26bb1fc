"""Settings: the folder of exchange, the words by which this copy is known to others, and the
reply to its invitation."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.exchange.register import REPLY_FILE, Fingerprints
from visitapp.domain.office.scheme import Role
from visitapp.ui.look.preferences import documents
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import READING
from visitapp.ui.settings.section import SettingsSection
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.window_dialogs import ask_exchange_folder, ask_reply

_NOT_YET = {
    Role.MANAGER: "This copy has invited nobody yet. Choose a person in People, and press Invite.",
    Role.VISITOR: (
        "This copy has not joined a scheme. Your manager can send you an invitation. To join makes "
        "a new file, with your sites in it."
    ),
}
_NO_FOLDER = (
    "No folder is chosen. Choose one that is copied between your computers, or a memory stick. "
    "Without a folder, save the message on the page Exchange and attach it to an email."
)
_COMPARE = "Two people can compare these six words by telephone, to be sure whose copy it is."
_REPLY = (
    "Your manager has to open the reply to the invitation once. If the file was lost, save it "
    "again and send it to your manager. It does no harm to open it twice."
)


class JoinedCopySection(SettingsSection):
    """The folder, and words to compare by telephone: nobody in between can have put in keys of
    theirs."""

    title = "Exchange"
    words = (
        "Messages between visitors and the office are sealed: only the copy that a message is for "
        "can open it."
    )

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__(viewmodel)
        self.button: QPushButton | None = None
        self.make_foot()

    def reload(self) -> None:
        """Show the words as they are now."""
        while (item := self.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.button = None
        is_visitor = not self.viewmodel.may_change
        words = self.viewmodel.context.services.copy_register.fingerprints()
        if words is None:
            role = Role.VISITOR if is_visitor else Role.MANAGER
            self._add(_reading(_NOT_YET[role]))
            if is_visitor:
                self._add_button("Join my scheme", self._join, "arrow-right")
        else:
            self._show(words, is_visitor=is_visitor)
        self.body.addStretch(1)

    def _show(self, words: Fingerprints, *, is_visitor: bool) -> None:
        self._show_folder()
        self._add(_reading(_COMPARE))
        own = "Your copy" if is_visitor else "The office’s copy"
        self._add_words(own, words.own)
        if words.office:
            self._add_words("The office’s copy", words.office)
            self._add(_reading(_REPLY))
            self._add_button("Save the reply again…", self.save_reply, "save")

    def _show_folder(self) -> None:
        chosen = self.viewmodel.context.preferences.settings.exchange_folder
        self._add(label("Folder for messages", "strong", wrap=True))
        self._add(_reading(chosen or _NO_FOLDER))
        self.folder_button = button("Choose a folder…", self._choose_folder, icon="folder-open")
        self._add(FlowRow(self.folder_button))

    def _choose_folder(self) -> None:
        context = self.viewmodel.context
        before = context.preferences.settings.exchange_folder
        # the dialog would wait for a drive that doesn't answer
        start = Path(before) if before and not context.exchange.is_stalled else None
        chosen = ask_exchange_folder(self, start)
        if chosen is not None:
            context.preferences.change(exchange_folder=str(chosen))
            self.reload()
            self.say_done(f"Messages go through {chosen} from now on.")

    def _add_words(self, title: str, fingerprint: str) -> None:
        self._add(label(title, "strong", wrap=True))
        shown = label(fingerprint, "section", wrap=True)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByKeyboard)
        shown.setAccessibleName(f"{title}, six words: {fingerprint}")
        self._add(shown)

    def _add(self, widget: QWidget) -> None:
        self.body.addWidget(widget)
        widget.show()

    def _add_button(self, words: str, pressed: Callable[[], object], icon: str) -> None:
        self.button = button(words, pressed, icon=icon)
        self._add(FlowRow(self.button))

    def _join(self) -> None:
        self.viewmodel.context.go("join")

    def save_reply(self) -> None:
        """Ask where, and save the reply there; the dialog asked before it lets a file go."""
        context = self.viewmodel.context
        chosen = ask_reply(self, documents(context.preferences.settings) / REPLY_FILE)
        if chosen is None:
            return
        services = context.services
        context.jobs.run(
            lambda: _save(chosen, services.exchange.reply()),
            owner=self,
            done=lambda _: self.say_done(f"{chosen.name} saved. Send it to your manager."),
            failed=self._on_failed,
        )

    def _on_failed(self, error: VisitAppError) -> None:
        self.say_problem(str(error))


def _save(out: Path, content: bytes) -> None:
    from visitapp.services.saving import save_document

    save_document(out, content, force=True)


def _reading(words: str) -> QWidget:
    text = label(words, "body", "text2", wrap=True)
    fit(text, most_width=READING)
    return text
