"""The main window: first start, unlock, or the shell with its pages. It has no logic of pages."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard, QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from visitapp import clock
from visitapp.bootstrap import OpenedFile
from visitapp.domain.moment import uk_time
from visitapp.domain.text.wording import number_of
from visitapp.paths import free_path, user_folder, whole_path
from visitapp.settings import Settings
from visitapp.ui import problems
from visitapp.ui.backups import AutomaticBackups
from visitapp.ui.context import Context
from visitapp.ui.frame import lock, menus, window_place
from visitapp.ui.frame.clipboards import OwnClipboards
from visitapp.ui.frame.moved_file import FileWatch
from visitapp.ui.frame.restart_state import RestartState
from visitapp.ui.frame.shell import Shell
from visitapp.ui.frame.status_line import StatusLine, demonstration_notes
from visitapp.ui.frame.window_commands import CommandWindow
from visitapp.ui.look.appearance import Appearance
from visitapp.ui.look.preferences import Preferences, documents
from visitapp.ui.opening_messages import show_at_opening, show_closed
from visitapp.ui.recovery import ChangingKeys, offer_after_code
from visitapp.ui.session import Session
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.reading_order import move_focus

_EXCHANGE_MS = 2_500
"""From the opening of a file to its first exchange: a network drive may take a while."""


class MainWindow(ChangingKeys, CommandWindow):
    """Created once; its content changes with what is open."""

    def __init__(
        self,
        appearance: Appearance,
        session: Session,
        preferences: Preferences,
        replace_process: Callable[[RestartState], object] | None = None,
    ) -> None:
        """`replace_process` restarts the program after a file is closed, so that nothing of it
        stays in memory. It raises OSError if that fails; without it the window itself continues."""
        super().__init__()
        self._replace = replace_process
        self.session, self.preferences = session, preferences
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
        self._inactivity = lock.Inactivity(
            cast("QApplication", QApplication.instance()), self.lock_when_idle, self.lock
        )
        window_place.put(self, preferences.settings)
        session.opened.connect(self.show_open)
        offer_after_code(self, session)
        self.file_watch = FileWatch(self, self)
        self.setAcceptDrops(True)
        preferences.changed.connect(self._on_preferences)
        problems.install(lambda: None if self.shell is None else self.shell.page, self._on_fault)

    # -- first start, unlock, open --------------------------------------------------------

    def show_first_start(self, path: Path, note: str = "") -> None:
        """Ask how somebody will use visitapp, and for a new file, at `path` unless they choose
        another place; `note` is shown above."""
        from visitapp.ui.first_start.view import FirstStartView

        self._path = path
        view = FirstStartView(self.session, path, note)
        view.other_file.connect(self.open_other_file)
        view.restore.connect(self.restore_backup)
        view.this_file.connect(self.show_unlock)
        self._show_alone(view, "visitapp \u2013 first start", is_locked=False)

    def open_demonstration(self) -> None:
        """Open the demonstration, as the button of the first start does."""
        view = self.centralWidget()
        if view is not None and hasattr(view, "open_demonstration"):
            view.open_demonstration()

    def _join_scheme(self) -> None:
        """Ask for an invitation, as the button of the first start does."""
        view = self.centralWidget()
        if view is not None and hasattr(view, "join"):
            view.join()

    def try_passphrase(self, passphrase: str) -> None:
        """Unlock as if the user had typed the passphrase."""
        view = self.centralWidget()
        if view is not None and hasattr(view, "viewmodel"):
            view.viewmodel.unlock(passphrase)

    def say_on_locked_page(self, sentence: str) -> None:
        """Show a problem with opening the file."""
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
        """Show the pages of an open file, where the user was before a lock."""
        services = opened.services
        self._path = opened.path
        self._clipboards.clear(QClipboard.Mode.Selection)  # perhaps a passphrase
        office = services.setup.office()
        self._context = Context(services, self.session.jobs, self.preferences, self)
        self._context.message.connect(self.status.say)
        self._context.backups_changed.connect(self._show_backup)
        self._context.saved.connect(self._show_saved)
        self._context.asked_for.connect(self._on_asked)
        self._context.changed.connect(self._show_closed)
        self.shell = Shell(self._context)
        self.shell.moved.connect(self._on_moved)
        self._set_centre(self.shell)  # before the page, which is then styled only once
        self.shell.navigation.setVisible(self.preferences.settings.navigation_shown)
        schemes = services.setup.schemes()
        role = services.access.actor.role
        menus.fill(self.menuBar(), role, self.commands(), self.go, schemes)
        self.menuBar().show()
        self._go_to.show()
        self.setWindowTitle(f"{office.name} \u2013 visitapp")
        self.status.show_open(opened.path, demonstration_notes(office))
        is_lasting = not self.session.is_throw_away(opened.path)
        AutomaticBackups(self._context, self._inactivity.idle_ms, is_lasting=is_lasting)
        QTimer.singleShot(_EXCHANGE_MS, self._context, self._begin_exchange)
        self._show_backup()
        name, target = "home", None
        if self._return_to is not None and self._return_to[0] == opened.path:
            _, name, target = self._return_to
        self._return_to = None
        try:
            self.shell.go(name, target)
        finally:  # even if the page fails, the file is open and must lock when unused
            self._inactivity.watch(self.preferences.settings.lock_minutes)
        show_at_opening(self.shell.page, self._news, opened.path)
        self._news = ""
        if is_lasting:
            self.preferences.change(last_file=str(whole_path(opened.path)))

    def _begin_exchange(self) -> None:
        from visitapp.ui.exchanging import begin  # no first page waits for it

        if self._context is not None:
            begin(self._context, self._path)

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
            before.setParent(self)  # otherwise Python owns it, and may delete it half-way
            before.deleteLater()
        self.setCentralWidget(widget)
        widget.show()  # visible, so that it can take the focus

    def _on_moved(self, _name: str) -> None:
        self.status.say("")
        self._leave_saved_to_page()
        self._show_closed()

    def _show_closed(self, *_: object) -> None:
        if self.shell is not None and self.session.current is not None:
            show_closed(self.shell.page, self.session.current.closed_words)

    def _leave_saved_to_page(self) -> None:
        page = None if self.shell is None else self.shell.page
        self.status.leave_saved_to_page(page is not None and page.says_when_saved)

    def _show_saved(self) -> None:
        if self._context is not None:
            self._leave_saved_to_page()
            self.status.show_saved(self._context.services.access.now())

    def _show_backup(self) -> None:
        if self._context is not None and not self._context.reads_only:
            now = self._context.services.access.now()
            self.status.show_backup(self._context.backups, now)

    # -- lock and end ---------------------------------------------------------------------

    def lock(self) -> None:
        """Close the file and its pages; only ids are kept, to return to the same place."""
        if self._may_leave():
            self._lock(f"Locked at {uk_time(clock.now()):%H:%M}.")

    def lock_when_idle(self) -> None:
        """Lock because nobody used the window; what can't be saved is retried until it can."""
        minutes = self.preferences.settings.lock_minutes
        if not self._may_leave(asks=False):
            self._inactivity.retry_soon()
            return
        rest = number_of(minutes, "minute")
        now = uk_time(clock.now())
        self._lock(f"Locked at {now:%H:%M}, after {rest} without use.")

    def _lock(self, note: str) -> None:
        current = self.session.current
        if self.shell is not None and current is not None:
            self._go_on(RestartState(str(current.path), note))

    def _go_on(self, state: RestartState) -> None:
        """Close the file, if one is open, and show what comes next: in a new process, since this
        one can't erase what it read."""
        was_open = self._leave()
        if not was_open or self._replace is None:
            self.session.close()
            self.show_next(state)
            return
        words = "Closing the file. You can then type its passphrase here."
        waiting = EmptyState("lock", words)
        waiting.setContentsMargins(40, 32, 40, 32)
        self._show_alone(waiting, "visitapp \u2013 locked")
        self.session.close(lambda: self._restart(state))

    def _restart(self, state: RestartState) -> None:
        folder, at = self.session.throw_away, self.normalGeometry()
        left, page, target = self._return_to or ("", "", None)
        successor = replace(
            state, left=str(left), page=page, target=target,
            throw_away="" if folder is None else str(folder),
            window=(at.x(), at.y(), at.width(), at.height()), maximised=self.isMaximized(),
            minimised=self.isMinimized(), active=self.isActiveWindow(),
        )  # fmt: skip
        try:
            if self._replace is not None:
                self._replace(successor)
        except OSError:  # the program was moved or renamed while running
            self.show_next(state)

    def show_next(self, state: RestartState) -> None:
        """Show what comes after a file was closed, in this process or the one before."""
        path = Path(state.path)
        if state.left:
            self._return_to = (Path(state.left), state.page, state.target)
        if state.throw_away:
            self.session.take_over(Path(state.throw_away))
        if state.first_start:
            self.show_first_start(path)
            if state.demonstration:
                self.open_demonstration()
            elif state.join:
                self._join_scheme()
            return
        self.show_unlock(path, state.note)
        if state.restore:
            from visitapp.ui.unlock.view import UnlockView

            view = self.centralWidget()
            assert isinstance(view, UnlockView)
            view.show_restore(Path(state.restore))

    def _may_leave(self, *, asks: bool = True) -> bool:
        view = self.centralWidget() if self.shell is None else self.shell
        may_leave = getattr(view, "may_leave", None)
        return may_leave is None or bool(may_leave(asks=asks))

    def _leave(self) -> bool:
        """Close the pages and services of an open file; returns whether one was open."""
        if self.shell is None or self.session.current is None:
            return False
        if self._context is not None:
            self._context.stop_keeping_typed()  # keep what is typed in a dialog
        lock.close_dialogs(cast("QApplication", QApplication.instance()))
        self._return_to = (self.session.current.path, *self.shell.place())
        self._inactivity.stop()
        self._clipboards.clear()
        menus.empty(self.menuBar())
        self.shell, context = None, self._context
        self._context = None
        if context is not None:
            context.left.emit()
            context.deleteLater()
        return True

    def open_other_file(self) -> None:
        """Choose another file and ask for its passphrase."""
        from visitapp.ui import window_dialogs

        current, folder = self.session.current, documents(self.preferences.settings)
        chosen = window_dialogs.ask_records(self, current.path.parent if current else folder)
        if chosen is not None and self._may_leave():
            self.continue_in(chosen)

    def continue_in(self, path: Path, note: str = "") -> None:
        """Close the open file, and ask for the passphrase of another."""
        self._go_on(RestartState(str(path), note))

    def begin_new_file(self, *, demonstration: bool = False, join: bool = False) -> None:
        """Show the first start for another file, join a scheme or open the demonstration; the open
        file is closed."""
        if self._may_leave():
            new = str(free_path(user_folder() / "records.visits"))
            self._go_on(RestartState(new, first_start=True, demonstration=demonstration, join=join))

    def restore_backup(self) -> None:
        """Choose a backup, close the open file, and ask for the backup's passphrase."""
        from visitapp.ui import window_dialogs

        path = self._path
        if self.session.is_throw_away(path):
            path = free_path(user_folder() / "records.visits")
        folder = path.parent if path.parent.is_dir() else documents(self.preferences.settings)
        chosen = window_dialogs.ask_backup_to_restore(self, folder)
        if chosen is not None and self._may_leave():
            self._go_on(RestartState(str(path), restore=str(chosen)))

    def _on_restored(self, sentence: str) -> None:
        """Forget the place to return to: these are other records."""
        self._return_to = None
        self._news = sentence

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what was typed and the window's place, and close the file."""
        if not self._may_leave():
            event.ignore()
            return
        if self._context is not None:
            self._context.left.emit()
        self._clipboards.clear()
        self._inactivity.stop()
        at = self.normalGeometry()
        self.preferences.change(
            window=(at.x(), at.y(), at.width(), at.height()), window_maximised=self.isMaximized()
        )
        self.session.end()
        super().closeEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab moves in reading order."""
        return move_focus(self, forward=forward)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Take in messages; at the first start, an invitation."""
        view = self.centralWidget()
        if self.shell is not None:
            self.take_in(paths)
        elif view is not None and hasattr(view, "take_file"):
            view.take_file(paths[0])

    def _on_asked(self, name: str, target: object) -> None:
        """Handle targets that aren't pages but actions of the window."""
        actions: dict[str, Callable[[], object]] = {
            "backup": self.save_backup,
            "anything": self.go_to,
            "restore": self.restore_backup,
            "keys": lambda: self.change_keys(target),
            "demonstration": lambda: self.begin_new_file(demonstration=True),
            "join": lambda: self.begin_new_file(join=True),
        }
        if name in actions:
            actions[name]()

    def _on_preferences(self, settings: Settings) -> None:
        with self._inactivity.ignoring_events():
            self._appearance.choose(settings.theme, settings.text_percent)
        if self.shell is not None:
            self.shell.navigation.setVisible(settings.navigation_shown)
            if self._inactivity.minutes != settings.lock_minutes:
                self._inactivity.watch(settings.lock_minutes)

    def _on_fault(self, report: str) -> None:
        from visitapp.ui import window_dialogs

        window_dialogs.FaultDialog.ask(self, report)
