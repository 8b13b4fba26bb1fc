"""The window: first start, unlock, or the shell with its pages. It holds no page's logic."""

from pathlib import Path
from typing import cast

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from visitapp import __version__, clock
from visitapp.bootstrap import Opened
from visitapp.domain.moment import uk_time
from visitapp.domain.scheme import Kind
from visitapp.paths import free_path, user_folder, whole_path
from visitapp.settings import LEAST_TEXT, MOST_TEXT, Settings
from visitapp.ui import (
    about,
    backing_up,
    lock,
    menus,
    paper,
    problems,
    undo_commands,
    window_dialogs,
    window_place,
)
from visitapp.ui.appearance import Appearance
from visitapp.ui.context import Context
from visitapp.ui.moved_file import FileWatch
from visitapp.ui.opening_news import tell_at_opening
from visitapp.ui.recovery import ChangingKeys, offer_after_code
from visitapp.ui.session import Session
from visitapp.ui.shell import Shell
from visitapp.ui.status_line import StatusLine, demonstration_notes
from visitapp.ui.taste import Taste, documents
from visitapp.ui.widgets.reading_order import tab_on

_STEP = 10
_ABOUT = """The records, coverage and yearly report of custody and animal welfare visiting.

Version {version}. Free software under the MIT licence; the typeface Inter is under the SIL
Open Font License, the icons by Lucide under the ISC licence.

Everything stays in one encrypted file on this computer. The program opens no network
connection."""


class MainWindow(ChangingKeys, QMainWindow):
    """Built once; what it shows changes with what is open."""

    def __init__(self, appearance: Appearance, session: Session, taste: Taste) -> None:
        super().__init__()
        self.session, self.taste = session, taste
        self.shell: Shell | None = None
        self._context: Context | None = None
        self._appearance = appearance
        self._return_to: tuple[Path, str, object] | None = None
        self._news = ""
        self._path = user_folder() / "records.visits"
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.setWindowTitle("visitapp")
        self._go_to = menus.go_to_box(self.go_to)
        self.menuBar().setCornerWidget(self._go_to)
        self.menuBar().hide()
        self._inactivity = lock.Inactivity(_application(), self.lock_after_rest, self.lock)
        window_place.put(self, taste.settings)
        session.opened.connect(self.show_open)
        offer_after_code(self, session)
        self.file_watch = FileWatch(self, self)
        taste.changed.connect(self._on_taste)
        problems.install(lambda: None if self.shell is None else self.shell.page, self._on_fault)

    # -- first start, unlock, open --------------------------------------------------------

    def show_first_start(self, path: Path, note: str = "") -> None:
        """Ask the three questions; the answers become a file at `path`. A `note` stands above."""
        from visitapp.ui.first_start.view import FirstStartView

        self._path = path
        view = FirstStartView(self.session, path, note)
        view.other_file.connect(self.open_other_file)
        view.restore.connect(self.restore_backup)
        view.this_file.connect(self.show_unlock)
        self._show_alone(view, "visitapp \u2013 first start", "No file yet")

    def open_demonstration(self) -> None:
        """From the first start's page, as its button does."""
        view = self.centralWidget()
        if view is not None and hasattr(view, "looking"):
            view.looking.start()

    def try_passphrase(self, passphrase: str) -> None:
        """On the locked page, as if somebody had typed it."""
        view = self.centralWidget()
        if view is not None and hasattr(view, "viewmodel"):
            view.viewmodel.unlock(passphrase)

    def say_on_locked_page(self, sentence: str) -> None:
        """What is wrong with what was given to open the file."""
        view = self.centralWidget()
        if view is not None and hasattr(view, "viewmodel"):
            view.viewmodel.problem.emit(sentence)

    def show_unlock(self, path: Path, note: str = "") -> None:
        """Ask for the passphrase of a file; `note` says why it is locked."""
        from visitapp.ui.unlock.view import UnlockView

        self._path = path
        view = UnlockView(self.session, path, note, is_throw_away=self.session.is_throw_away(path))
        view.other_file.connect(self.open_other_file)
        view.new_file.connect(self.begin_new_file)
        view.this_file.connect(self.show_unlock)
        view.restored.connect(self._on_restored)
        self._show_alone(view, "visitapp \u2013 locked", "Locked")

    def show_open(self, opened: Opened) -> None:
        """Show the pages of an open file, at the place that was left when it was locked."""
        services = opened.services
        self._path = opened.path
        office = services.setup.office()
        self._context = Context(services, self.session.jobs, self.taste, self)
        self._context.said.connect(self.status.say)
        self._context.backed_up.connect(self._show_backup)
        self._context.saved.connect(self._show_saved)
        self._context.asked_for.connect(self._on_asked)
        self.shell = Shell(self._context)
        self.shell.moved.connect(self._on_moved)
        self._set_centre(self.shell)  # first: a page built in its place is styled once
        self.shell.navigation.setVisible(self.taste.settings.navigation_shown)
        kinds = [scheme.kind for scheme in services.setup.schemes()]
        role = services.access.actor.role
        menus.fill(self.menuBar(), role, self._commands(), self.go, kinds)
        self.menuBar().show()
        self._go_to.show()
        self.setWindowTitle(f"{office.name} \u2013 visitapp")
        self.status.show_open(opened.path, demonstration_notes(office))
        self._show_backup()
        name, target = "home", None
        if self._return_to is not None and self._return_to[0] == opened.path:
            _, name, target = self._return_to
        self._return_to = None
        try:
            self.shell.go(name, target)
        finally:  # a file whose page can't be shown is open, and is locked after a rest too
            self._inactivity.watch(self.taste.settings.lock_minutes)
        tell_at_opening(self.shell.page, self._news, opened.path)
        self._news = ""
        if not self.session.is_throw_away(opened.path):
            self.taste.change(last_file=str(whole_path(opened.path)))

    def _show_alone(self, view: QWidget, title: str, status: str) -> None:
        self.menuBar().hide()
        self.setWindowTitle(title)
        self.status.show_locked(status)
        self._set_centre(view)
        view.setFocus()

    def _set_centre(self, widget: QWidget) -> None:
        before = self.takeCentralWidget()
        if before is not None:
            before.hide()
            before.deleteLater()
        self.setCentralWidget(widget)
        widget.show()  # now, so that it can take the focus

    def _on_moved(self, _name: str) -> None:
        self.status.say("")

    def _show_saved(self) -> None:
        if self._context is not None:
            self.status.show_saved(self._context.services.access.now())

    def _show_backup(self) -> None:
        if self._context is not None:
            made = self._context.services.maintenance.last_backup()
            self.status.show_backup(made)

    # -- lock and end ---------------------------------------------------------------------

    def lock(self) -> None:
        """Drop the pages and the services; only ids are kept to come back to."""
        if self._may_leave():
            self._lock(f"Locked at {uk_time(clock.now()):%H:%M}.")

    def lock_after_rest(self) -> None:
        """The same, when nobody has touched the window for a while; what can't be saved is
        tried again until it can."""
        minutes = self.taste.settings.lock_minutes
        if not self._may_leave(asks=False):
            self._inactivity.soon()
            return
        rest = "1 minute" if minutes == 1 else f"{minutes} minutes"
        now = uk_time(clock.now())
        self._lock(f"Locked at {now:%H:%M}, after {rest} without a key or a click.")

    def _lock(self, note: str) -> None:
        if (path := self._leave()) is not None:
            self.show_unlock(path, note)

    def _may_leave(self, *, asks: bool = True) -> bool:
        view = self.centralWidget() if self.shell is None else self.shell
        may_leave = getattr(view, "may_leave", None)
        return may_leave is None or bool(may_leave(asks=asks))

    def _leave(self) -> Path | None:
        """Close the file, if one is open; which it was."""
        if self.shell is None or self.session.current is None:
            return None
        path = self.session.current.path
        lock.close_dialogs(_application())
        self._return_to = (path, *self.shell.place())
        self._inactivity.rest()
        lock.clear_clipboard()
        menus.empty(self.menuBar())
        self.shell, context = None, self._context
        self._context = None
        if context is not None:
            context.deleteLater()
        self.session.close()
        return path

    def open_other_file(self) -> None:
        """Choose another file of records and ask for its passphrase."""
        current = self.session.current
        folder = current.path.parent if current is not None else documents(self.taste.settings)
        chosen = window_dialogs.ask_records(self, folder)
        if chosen is not None and self._may_leave():
            self.go_on_in(chosen)

    def go_on_in(self, path: Path, note: str = "") -> None:
        """Close the file that is open, and ask for the passphrase of another."""
        self._leave()
        self.show_unlock(path, note)

    def begin_new_file(self) -> None:
        """Ask the three questions for another file; the one that is open is closed."""
        if self._may_leave():
            self._leave()
            self.show_first_start(free_path(user_folder() / "records.visits"))

    def restore_backup(self) -> None:
        """Ask for a backup, close the file that is open, and ask what opens the backup."""
        from visitapp.ui.unlock.view import UnlockView

        path = self._path
        if self.session.is_throw_away(path):
            path = free_path(user_folder() / "records.visits")
        folder = path.parent if path.parent.is_dir() else documents(self.taste.settings)
        chosen = window_dialogs.ask_backup_to_restore(self, folder)
        if chosen is None or not self._may_leave():
            return
        self._leave()
        self.show_unlock(path)
        view = self.centralWidget()
        assert isinstance(view, UnlockView)
        view.show_restore(chosen)

    def _on_restored(self, sentence: str) -> None:
        """Other records than those that were left: there is no place to come back to."""
        self._return_to = None
        self._news = sentence

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed and where the window stood, and let go of the file."""
        if not self._may_leave():
            event.ignore()
            return
        if self.shell is not None:
            lock.clear_clipboard()
        self._inactivity.rest()
        at = self.normalGeometry()
        self.taste.change(
            window=(at.x(), at.y(), at.width(), at.height()), window_maximised=self.isMaximized()
        )
        self.session.end()
        super().closeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as the window reads."""
        return tab_on(self, forward=forward)

    # -- commands -------------------------------------------------------------------------

    def _commands(self) -> menus.Commands:
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
            about=self.about,
        )

    def go(self, name: str, target: object = None) -> None:
        """Go to a page."""
        if self.shell is not None:
            self.shell.go(name, target)

    def _on_asked(self, name: str, target: object) -> None:
        """Not pages, but things that the window does."""
        if name == "backup":
            self.save_backup()
        elif name == "anything":
            self.go_to()
        elif name == "restore":
            self.restore_backup()
        elif name == "keys":
            self.change_keys(target)
        elif name == "demonstration":
            self.begin_new_file()
            self.open_demonstration()

    def go_to(self) -> None:
        """Ask where to go, and go there."""
        from visitapp.ui.go_to.view import GoToDialog

        if self.shell is not None and self._context is not None:
            found = GoToDialog.ask(self, self._context, self.shell.can_go)
            if found is not None:
                self.go(found.page, found.target)

    def start_search(self) -> None:
        """Put the cursor where the page searches."""
        if self.shell is not None and self.shell.page is not None:
            self.shell.page.start_search()

    def explain(self) -> None:
        """Say what the page in sight is for."""
        page = None if self.shell is None else self.shell.page
        if page is not None and page.help_text:
            window_dialogs.HelpDialog.ask(self, page.title, page.help_text)

    def about(self) -> None:
        """Say what program this is."""
        about.ask(self, _ABOUT.format(version=__version__))

    def save_backup(self) -> None:
        """Ask where, and save a backup there."""
        context, current = self._context, self.session.current
        if context is None or current is None or self.shell is None:
            return
        name = f"{current.path.stem}-backup-{context.today():%Y-%m-%d}.visits"
        chosen = window_dialogs.ask_backup(self, documents(self.taste.settings) / name)
        page = self.shell.page
        if chosen is None or page is None:
            return
        backing_up.save_backup(page, context, chosen, self._show_backup)

    def save_paper(self, kind: Kind) -> None:
        """Ask where, and save a form to fill in by hand."""
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

    def _on_taste(self, settings: Settings) -> None:
        self._appearance.choose(settings.theme, settings.text_percent)
        if self.shell is not None:
            self.shell.navigation.setVisible(settings.navigation_shown)
            if self._inactivity.minutes != settings.lock_minutes:
                self._inactivity.watch(settings.lock_minutes)

    def _on_fault(self, report: str) -> None:
        window_dialogs.FaultDialog.ask(self, report)


def _application() -> QApplication:
    return cast("QApplication", QApplication.instance())
