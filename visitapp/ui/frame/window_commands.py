"""The menu commands of the window, as they apply to the current page."""

from abc import abstractmethod
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from visitapp import __version__
from visitapp.domain.office.scheme import Scheme
from visitapp.settings import LEAST_TEXT, MOST_TEXT
from visitapp.ui.context import Context
from visitapp.ui.frame import menus, undo_commands
from visitapp.ui.frame.shell import Shell
from visitapp.ui.look.preferences import Preferences, documents
from visitapp.ui.session import Session
from visitapp.ui.widgets import listing

_STEP = 10
_ABOUT = """Records, coverage and annual report for custody and animal welfare visiting.

Version {version}. Free software under the MIT licence. The typeface Inter is under the SIL
Open Font License, and the icons by Lucide are under the ISC licence.

Everything stays in one encrypted file on this computer. visitapp never connects to a network."""


class CommandWindow(QMainWindow):
    """The menu commands; `MainWindow` adds what is shown."""

    session: Session
    preferences: Preferences
    shell: Shell | None
    _context: Context | None

    @abstractmethod
    def lock(self) -> None:
        """Close the file, and ask for its passphrase."""

    @abstractmethod
    def open_other_file(self) -> None:
        """Choose another file."""

    @abstractmethod
    def begin_new_file(self) -> None:
        """Create another file."""

    @abstractmethod
    def restore_backup(self) -> None:
        """Restore a backup."""

    @abstractmethod
    def take_files(self, paths: Sequence[Path]) -> None:
        """Take files that were dropped on the window."""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this computer can be dropped, wherever no field takes them."""
        if _files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        if files := _files(event.mimeData()):
            event.acceptProposedAction()
            self.take_files(files)

    def commands(self) -> menus.Commands:
        """The command of each menu item."""
        return menus.Commands(
            log=lambda: self.go("log"),
            briefing=lambda: self.go("briefing"),
            paper=self.save_paper,
            go_to=self.go_to,
            new=self.begin_new_file,
            open=self.open_other_file,
            message=self.open_message,
            backup=self.save_backup,
            lists=self.save_lists,
            list=self.save_list,
            restore=self.restore_backup,
            imports=lambda: self.go("imports"),
            bring=self.bring_reports,
            lock=self.lock,
            quit=self.close,
            **undo_commands.commands_for(lambda: None if self.shell is None else self.shell.page),
            find=self.start_search,
            larger=lambda: self.change_text(_STEP),
            smaller=lambda: self.change_text(-_STEP),
            usual_text=lambda: self.change_text(100 - self.preferences.settings.text_percent),
            theme_system=lambda: self.choose_theme("system"),
            theme_light=lambda: self.choose_theme("light"),
            theme_dark=lambda: self.choose_theme("dark"),
            navigation=self.toggle_navigation,
            explain=self.explain,
            glossary=self.show_glossary,
            about=self.about,
        )

    def go(self, name: str, target: object = None) -> None:
        """Show a page."""
        if self.shell is not None:
            self.shell.go(name, target)

    def go_to(self) -> None:
        """Ask what to go to, and go there."""
        from visitapp.ui.go_to.view import GoToDialog
        from visitapp.ui.go_to.viewmodel import GLOSSARY

        if self.shell is not None and self._context is not None:
            item = GoToDialog.ask(self, self._context, self.shell.can_go)
            if item is not None and item.page == GLOSSARY:
                self.look_up(str(item.target))
            elif item is not None:
                self.go(item.page, item.target)

    def start_search(self) -> None:
        """Move the cursor to the page's search field."""
        if self.shell is not None and self.shell.page is not None:
            self.shell.page.start_search()

    def save_list(self) -> None:
        """Save the list with the cursor, otherwise the first on the page."""
        page = None if self.shell is None else self.shell.page
        if page is not None:
            if (table := listing.list_on(page)) is None:
                page.context.say("There is no list on this page.")
            else:
                listing.save_list(page, table)

    def explain(self) -> None:
        """Show the help of the current page."""
        page = None if self.shell is None else self.shell.page
        if page is not None and page.help_text:
            from visitapp.ui.frame.glossary import PageHelpDialog

            PageHelpDialog.ask(self, page.title, page.help_text)

    def show_glossary(self) -> None:
        """Show the glossary."""
        self.look_up("")

    def look_up(self, word: str) -> None:
        """Show a word in the glossary, or all words if empty."""
        from visitapp.ui.frame.glossary import GlossaryDialog

        GlossaryDialog.look_up(self, word)

    def about(self) -> None:
        """Show the About dialog."""
        from visitapp.ui.frame import about

        about.ask(self, _ABOUT.format(version=__version__))

    def save_backup(self) -> None:
        """Ask where to save a backup, and save it."""
        from visitapp.ui.frame import backing_up

        context, current = self._context, self.session.current
        if context is None or current is None or self.shell is None:
            return
        name = f"{current.path.stem}-backup-{context.today():%Y-%m-%d}.visits"
        from visitapp.ui import window_dialogs

        chosen = window_dialogs.ask_backup(self, documents(self.preferences.settings) / name)
        page = self.shell.page
        if chosen is None or page is None:
            return
        backing_up.save_backup(page, context, chosen)

    def save_lists(self) -> None:
        """Ask where to save all lists as a workbook, and save it."""
        from visitapp.ui.frame import exporting

        if self._context is not None and self.shell is not None and self.shell.page is not None:
            folder = documents(self.preferences.settings)
            exporting.save_lists(self.shell.page, self._context, folder)

    def open_message(self) -> None:
        """Ask which messages to open, and take them in."""
        from visitapp.ui import window_dialogs

        self.take_in(window_dialogs.ask_messages(self, documents(self.preferences.settings)))

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take in messages that were sent to this copy."""
        from visitapp.ui.frame import messages

        page = None if self.shell is None else self.shell.page
        if not paths or page is None or self._context is None:
            return
        if self._context.reads_only:
            self._context.say("A copy to read takes in no messages.")
        else:
            messages.take_in(page, self._context, paths)

    def bring_reports(self) -> None:
        """Ask for a file that was begun before joining, and bring its reports."""
        from visitapp.ui.bringing.dialog import bring_reports

        page = None if self.shell is None else self.shell.page
        if page is not None and self._context is not None:
            bring_reports(page, self._context)

    def save_paper(self, scheme: Scheme) -> None:
        """Ask where to save a blank form, and save it."""
        from visitapp.ui.frame import blank_form

        if self._context is not None and self.shell is not None and self.shell.page is not None:
            folder = documents(self.preferences.settings)
            blank_form.save_form(self.shell.page, self._context, scheme, folder)

    def change_text(self, by: int) -> None:
        """Change the text size by some per cent."""
        percent = max(LEAST_TEXT, min(MOST_TEXT, self.preferences.settings.text_percent + by))
        self.preferences.change(text_percent=percent)

    def choose_theme(self, theme: str) -> None:
        """Choose `system`, `light` or `dark`."""
        self.preferences.change(theme=theme)

    def toggle_navigation(self) -> None:
        """Show or hide the navigation."""
        self.preferences.change(navigation_shown=not self.preferences.settings.navigation_shown)


def _files(content: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in content.urls() if url.isLocalFile()]
