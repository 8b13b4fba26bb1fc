"""What the menus do: each command of the window, in words of the page in sight."""

from abc import abstractmethod

from PySide6.QtWidgets import QMainWindow

from visitapp import __version__
from visitapp.domain.office.scheme import Kind
from visitapp.settings import LEAST_TEXT, MOST_TEXT
from visitapp.ui import window_dialogs
from visitapp.ui.context import Context
from visitapp.ui.frame import menus, undo_commands
from visitapp.ui.frame.shell import Shell
from visitapp.ui.look.taste import Taste, documents
from visitapp.ui.session import Session

_STEP = 10
_ABOUT = """Records, coverage and annual report for custody and animal welfare visiting.

Version {version}. Free software under the MIT licence. The typeface Inter is under the SIL
Open Font License, and the icons by Lucide are under the ISC licence.

Everything stays in one encrypted file on this computer. visitapp never connects to a network."""


class CommandWindow(QMainWindow):
    """The part of the window that does what the menus say; what it shows is the other part's."""

    session: Session
    taste: Taste
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
        """Make another file."""

    @abstractmethod
    def restore_backup(self) -> None:
        """Bring a backup back."""

    def commands(self) -> menus.Commands:
        """The command for each line of the menus."""
        return menus.Commands(
            log=lambda: self.go("log"),
            briefing=lambda: self.go("briefing"),
            paper=self.save_paper,
            go_to=self.go_to,
            new=self.begin_new_file,
            open=self.open_other_file,
            backup=self.save_backup,
            restore=self.restore_backup,
            imports=lambda: self.go("imports"),
            lock=self.lock,
            quit=self.close,
            **undo_commands.of(lambda: None if self.shell is None else self.shell.page),
            find=self.start_search,
            larger=lambda: self.change_text(_STEP),
            smaller=lambda: self.change_text(-_STEP),
            usual_text=lambda: self.change_text(100 - self.taste.settings.text_percent),
            theme_system=lambda: self.choose_theme("system"),
            theme_light=lambda: self.choose_theme("light"),
            theme_dark=lambda: self.choose_theme("dark"),
            navigation=self.toggle_navigation,
            explain=self.explain,
            glossary=self.show_glossary,
            about=self.about,
        )

    def go(self, name: str, target: object = None) -> None:
        """Go to a page."""
        if self.shell is not None:
            self.shell.go(name, target)

    def go_to(self) -> None:
        """Ask where to go, and go there."""
        from visitapp.ui.go_to.view import GoToDialog
        from visitapp.ui.go_to.viewmodel import GLOSSARY

        if self.shell is not None and self._context is not None:
            found = GoToDialog.ask(self, self._context, self.shell.can_go)
            if found is not None and found.page == GLOSSARY:
                self.look_up(str(found.target))
            elif found is not None:
                self.go(found.page, found.target)

    def start_search(self) -> None:
        """Put the cursor where the page searches."""
        if self.shell is not None and self.shell.page is not None:
            self.shell.page.start_search()

    def explain(self) -> None:
        """Say what the page in sight is for."""
        page = None if self.shell is None else self.shell.page
        if page is not None and page.help_text:
            from visitapp.ui.frame.glossary import PageHelpDialog

            PageHelpDialog.ask(self, page.title, page.help_text)

    def show_glossary(self) -> None:
        """Explain the words of custody visiting."""
        self.look_up("")

    def look_up(self, word: str) -> None:
        """Explain a word; all of them where it is empty."""
        from visitapp.ui.frame.glossary import GlossaryDialog

        GlossaryDialog.look_up(self, word)

    def about(self) -> None:
        """Say what program this is."""
        from visitapp.ui.frame import about

        about.ask(self, _ABOUT.format(version=__version__))

    def save_backup(self) -> None:
        """Ask where, and save a backup there."""
        from visitapp.ui.frame import backing_up

        context, current = self._context, self.session.current
        if context is None or current is None or self.shell is None:
            return
        name = f"{current.path.stem}-backup-{context.today():%Y-%m-%d}.visits"
        chosen = window_dialogs.ask_backup(self, documents(self.taste.settings) / name)
        page = self.shell.page
        if chosen is None or page is None:
            return
        backing_up.save_backup(page, context, chosen)

    def save_paper(self, kind: Kind) -> None:
        """Ask where, and save a form to fill in by hand."""
        from visitapp.ui.frame import paper

        if self._context is not None and self.shell is not None and self.shell.page is not None:
            folder = documents(self.taste.settings)
            paper.save_form(self.shell.page, self._context, kind, folder)

    def change_text(self, by: int) -> None:
        """Make all text larger or smaller, in per cent."""
        percent = max(LEAST_TEXT, min(MOST_TEXT, self.taste.settings.text_percent + by))
        self.taste.change(text_percent=percent)

    def choose_theme(self, theme: str) -> None:
        """`system`, `light` or `dark`."""
        self.taste.change(theme=theme)

    def toggle_navigation(self) -> None:
        """Show or hide the navigation."""
        self.taste.change(navigation_shown=not self.taste.settings.navigation_shown)
