"""The window: first start, unlock, or the shell with its pages. It holds no page's logic."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtGui import QClipboard, QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from visitapp import clock
from visitapp.bootstrap import OpenedFile
from visitapp.domain.moment import uk_time
from visitapp.domain.text.wording import number_of
from visitapp.paths import free_path, user_folder, whole_path
from visitapp.settings import Settings
from visitapp.ui import problems, window_dialogs
from visitapp.ui.backups import AutomaticBackups
from visitapp.ui.context import Context
from visitapp.ui.frame import lock, menus, window_place
from visitapp.ui.frame.clipboards import OwnClipboards
from visitapp.ui.frame.coming_back import ComeBack
from visitapp.ui.frame.moved_file import FileWatch
from visitapp.ui.frame.shell import Shell
from visitapp.ui.frame.status_line import StatusLine, demonstration_notes
from visitapp.ui.frame.window_commands import CommandWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.taste import Taste, documents
from visitapp.ui.opening_news import tell_at_opening
from visitapp.ui.recovery import ChangingKeys, offer_after_code
from visitapp.ui.session import Session
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.reading_order import tab_on


class MainWindow(ChangingKeys, CommandWindow):
    """Built once; what it shows changes with what is open."""

    def __init__(
        self,
        appearance: Appearance,
        session: Session,
        taste: Taste,
        replace_process: Callable[[ComeBack], object] | None = None,
    ) -> None:
        """`replace_process` restarts the program once a file is closed, so that nothing of it
        stays in memory; it raises OSError where it can't. Without it the window goes on as it is.
        """
        super().__init__()
        self._replace = replace_process
        self.session, self.taste = session, taste
        self.shell: Shell | None = None
        self._context: Context | None = None
        self._appearance = appearance
        self._return_to: tuple[Path, str, object] | None = None
        self._news = ""
        self._path = user_folder() / "records.visits"
        self.status = StatusLine()
        self.setStatusBar(self.status)
        self.status.text_size.wanted.connect(self.change_text)
        self.setWindowTitle("visitapp")
        self._go_to = menus.go_to_box(self.go_to)
        self.menuBar().setCornerWidget(self._go_to)
        self.menuBar().hide()
        self._clipboards = OwnClipboards(self)
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
        self._show_alone(view, "visitapp \u2013 first start", is_locked=False)

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
        self._show_alone(view, "visitapp \u2013 locked")

    def show_open(self, opened: OpenedFile) -> None:
        """Show the pages of an open file, at the place that was left when it was locked."""
        services = opened.services
        self._path = opened.path
        self._clipboards.clear(QClipboard.Mode.Selection)  # a passphrase that was shown, selected
        office = services.setup.office()
        self._context = Context(services, self.session.jobs, self.taste, self)
        self._context.said.connect(self.status.say)
        self._context.backups_changed.connect(self._show_backup)
        self._context.saved.connect(self._show_saved)
        self._context.asked_for.connect(self._on_asked)
        self.shell = Shell(self._context)
        self.shell.moved.connect(self._on_moved)
        self._set_centre(self.shell)  # first: a page built in its place is styled once
        self.shell.navigation.setVisible(self.taste.settings.navigation_shown)
        kinds = [scheme.kind for scheme in services.setup.schemes()]
        role = services.access.actor.role
        menus.fill(self.menuBar(), role, self.commands(), self.go, kinds)
        self.menuBar().show()
        self._go_to.show()
        self.setWindowTitle(f"{office.name} \u2013 visitapp")
        self.status.show_open(opened.path, demonstration_notes(office))
        is_lasting = not self.session.is_throw_away(opened.path)
        AutomaticBackups(self._context, self._inactivity.resting_ms, is_lasting=is_lasting)
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
        if is_lasting:
            self.taste.change(last_file=str(whole_path(opened.path)))

    def _show_alone(self, view: QWidget, title: str, *, is_locked: bool = True) -> None:
        self.menuBar().hide()
        self.setWindowTitle(title)
        self.status.show_alone(is_locked=is_locked)
        self._set_centre(view)
        view.setFocus()

    def _set_centre(self, widget: QWidget) -> None:
        before = self.takeCentralWidget()
        if before is not None:
            before.hide()
            before.setParent(self)  # else it is Python's, which might end it half-way cleared
            before.deleteLater()
        self.setCentralWidget(widget)
        widget.show()  # now, so that it can take the focus

    def _on_moved(self, _name: str) -> None:
        self.status.say("")
        self._leave_saved_to_page()

    def _leave_saved_to_page(self) -> None:
        page = None if self.shell is None else self.shell.page
        self.status.leave_saved_to_page(page is not None and page.says_when_saved)

    def _show_saved(self) -> None:
        if self._context is not None:
            self._leave_saved_to_page()
            self.status.show_saved(self._context.services.access.now())

    def _show_backup(self) -> None:
        if self._context is not None:
            now = self._context.services.access.now()
            self.status.show_backup(self._context.backups, now)

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
        rest = number_of(minutes, "minute")
        now = uk_time(clock.now())
        self._lock(f"Locked at {now:%H:%M}, after {rest} without use.")

    def _lock(self, note: str) -> None:
        current = self.session.current
        if self.shell is not None and current is not None:
            self._go_on(ComeBack(str(current.path), note))

    def _go_on(self, come_back: ComeBack) -> None:
        """Close the file, if one is open, and show what comes next: by a fresh process once the
        file is free, since this one can't forget what it has read."""
        was_open = self._leave()
        if not was_open or self._replace is None:
            self.session.close()
            self.show_next(come_back)
            return
        words = "Closing the file. You can then type its passphrase here."
        waiting = EmptyState("lock", words)
        waiting.setContentsMargins(40, 32, 40, 32)
        self._show_alone(waiting, "visitapp \u2013 locked")
        self.session.close(lambda: self._begin_anew(come_back))

    def _begin_anew(self, come_back: ComeBack) -> None:
        folder, at = self.session.throw_away, self.normalGeometry()
        left, page, target = self._return_to or ("", "", None)
        told = replace(
            come_back, left=str(left), page=page, target=target,
            throw_away="" if folder is None else str(folder),
            window=(at.x(), at.y(), at.width(), at.height()), maximised=self.isMaximized(),
            minimised=self.isMinimized(), active=self.isActiveWindow(),
        )  # fmt: skip
        try:
            if self._replace is not None:
                self._replace(told)
        except OSError:  # the program was moved or renamed meanwhile
            self.show_next(come_back)

    def show_next(self, come_back: ComeBack) -> None:
        """What is shown after a file was closed, here or in the process before this one."""
        path = Path(come_back.path)
        if come_back.left:
            self._return_to = (Path(come_back.left), come_back.page, come_back.target)
        if come_back.throw_away:
            self.session.take_over(Path(come_back.throw_away))
        if come_back.first_start:
            self.show_first_start(path)
            if come_back.demonstration:
                self.open_demonstration()
            return
        self.show_unlock(path, come_back.note)
        if come_back.restore:
            from visitapp.ui.unlock.view import UnlockView

            view = self.centralWidget()
            assert isinstance(view, UnlockView)
            view.show_restore(Path(come_back.restore))

    def _may_leave(self, *, asks: bool = True) -> bool:
        view = self.centralWidget() if self.shell is None else self.shell
        may_leave = getattr(view, "may_leave", None)
        return may_leave is None or bool(may_leave(asks=asks))

    def _leave(self) -> bool:
        """Drop the pages and the services, if a file is open; whether one was."""
        if self.shell is None or self.session.current is None:
            return False
        if self._context is not None:
            self._context.rest_typed()  # what is typed in a dialog stays kept
        lock.close_dialogs(_application())
        self._return_to = (self.session.current.path, *self.shell.place())
        self._inactivity.rest()
        self._clipboards.clear()
        menus.empty(self.menuBar())
        self.shell, context = None, self._context
        self._context = None
        if context is not None:
            context.left.emit()
            context.deleteLater()
        return True

    def open_other_file(self) -> None:
        """Choose another file of records and ask for its passphrase."""
        current, folder = self.session.current, documents(self.taste.settings)
        chosen = window_dialogs.ask_records(self, current.path.parent if current else folder)
        if chosen is not None and self._may_leave():
            self.go_on_in(chosen)

    def go_on_in(self, path: Path, note: str = "") -> None:
        """Close the file that is open, and ask for the passphrase of another."""
        self._go_on(ComeBack(str(path), note))

    def begin_new_file(self, *, demonstration: bool = False) -> None:
        """Ask the three questions for another file, or open the demonstration; the one that is
        open is closed."""
        if self._may_leave():
            new = str(free_path(user_folder() / "records.visits"))
            self._go_on(ComeBack(new, first_start=True, demonstration=demonstration))

    def restore_backup(self) -> None:
        """Ask for a backup, close the file that is open, and ask what opens the backup."""
        path = self._path
        if self.session.is_throw_away(path):
            path = free_path(user_folder() / "records.visits")
        folder = path.parent if path.parent.is_dir() else documents(self.taste.settings)
        chosen = window_dialogs.ask_backup_to_restore(self, folder)
        if chosen is not None and self._may_leave():
            self._go_on(ComeBack(str(path), restore=str(chosen)))

    def _on_restored(self, sentence: str) -> None:
        """Other records than those that were left: there is no place to come back to."""
        self._return_to = None
        self._news = sentence

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was typed and where the window stood, and let go of the file."""
        if not self._may_leave():
            event.ignore()
            return
        if self._context is not None:
            self._context.left.emit()
        self._clipboards.clear()
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
            self.begin_new_file(demonstration=True)

    def _on_taste(self, settings: Settings) -> None:
        with self._inactivity.looking_away():
            self._appearance.choose(settings.theme, settings.text_percent)
        if self.shell is not None:
            self.shell.navigation.setVisible(settings.navigation_shown)
            if self._inactivity.minutes != settings.lock_minutes:
                self._inactivity.watch(settings.lock_minutes)

    def _on_fault(self, report: str) -> None:
        window_dialogs.FaultDialog.ask(self, report)


def _application() -> QApplication:
    return cast("QApplication", QApplication.instance())
