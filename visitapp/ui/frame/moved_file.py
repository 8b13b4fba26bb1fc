"""Checks that the open file is still where it was opened, and helps if another program moved it."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from visitapp.bootstrap import OpenedFile
from visitapp.domain.changes import Changes
from visitapp.domain.errors import MovedError, VisitAppError
from visitapp.domain.text.wording import plural
from visitapp.services.records.unsaved_work import BroughtBack
from visitapp.ui.frame.shell import Shell
from visitapp.ui.frame.status_line import StatusLine
from visitapp.ui.opening_messages import show_unsaved
from visitapp.ui.session import Session
from visitapp.ui.widgets.page import Page

_SOON_MS, _AGAIN_MS = 300, 2_000
"""Delays: after a change in the folder, and while the file is missing."""

KEY = "moved"
"""The key of the banner."""

_KEPT = (
    "What you type in a report, a form or a text for the year is encrypted and saved on this "
    "computer. It comes back when you next open these records."
)


class ShowsFile(Protocol):
    """The part of the window that is used here."""

    session: Session
    status: StatusLine
    shell: Shell | None

    def continue_in(self, path: Path, note: str = "") -> None:
        """Close the open file, and ask for the passphrase of another."""


class FileWatch(QObject):
    """Checks the open file when its folder changes and when the window comes to the front; each
    save checks by itself. `problem` is the current problem."""

    def __init__(self, window: ShowsFile, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = window
        self._opened: OpenedFile | None = None
        self.problem: MovedError | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._folder = QFileSystemWatcher(self)
        self._folder.directoryChanged.connect(self._on_folder)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.applicationStateChanged.connect(self.look)
        window.session.opened.connect(self._watch)
        window.session.closed.connect(self.stop)

    def _watch(self, opened: OpenedFile) -> None:
        self._opened, self.problem = opened, None
        self._folder.addPath(str(opened.path.absolute().parent))
        self._timer.start(_SOON_MS)
        page = self._page()
        if opened.notices and page is not None:
            page.show_banner("warn", " ".join(opened.notices), key="left", closes=True)
        if not opened.services.access.reads_only:
            self._bring_back(opened)

    def _on_folder(self) -> None:
        if self._opened is not None:
            self._timer.start(_SOON_MS)

    def stop(self) -> None:
        """Stop, before the file is closed."""
        self._opened, self.problem = None, None
        self._timer.stop()
        if watched := self._folder.directories():
            self._folder.removePaths(watched)

    def _bring_back(self, opened: OpenedFile) -> None:
        """Bring back what could not be saved last time, as drafts and unsaved typing."""
        brought, page = opened.services.unsaved_work.bring_back(), self._page()
        if page is None or brought == BroughtBack():
            return
        page.context.tell(Changes.DRAFTS | Changes.REPORTS)
        if brought.forms:
            page.context.typed.read_again()
            page.bring_back()
            show_unsaved(page)
        number = len(brought.drafts) + brought.texts + brought.forms
        what = plural(number, "What you wrote", f"{number} things you wrote")
        words = f"{what} while the file was moved or replaced {plural(number, 'is', 'are')} back."
        target = ("log", brought.drafts[0]) if brought.drafts else ("reports", None)
        go_on = ("Continue", lambda: page.context.go(*target))
        acts = [go_on] if brought.drafts or brought.texts else []  # forms are shown already
        page.show_banner("good", words, acts, key=KEY, closes=True)

    def _page(self) -> Page | None:
        return None if self._window.shell is None else self._window.shell.page

    def _pages(self) -> list[Page]:
        return [] if self._window.shell is None else self._window.shell.findChildren(Page)

    def look(self) -> None:
        """Check now, and show the result."""
        if self._opened is None:
            return
        before = self.problem
        try:
            self._opened.services.moved_file.look()
        except MovedError as error:
            self.problem = error
            self._timer.start(_AGAIN_MS)  # the folder may come back
            self._window.status.show_not_saved(is_moved=True)
            page = self._page()
            if page is not None:
                self._show_in(page, error)
            return
        self.problem = None
        folder = str(self._opened.path.absolute().parent)
        if folder not in self._folder.directories():
            self._folder.addPath(folder)
        if before is not None:
            self._window.status.show_not_saved(is_moved=False)
            for open_page in self._pages():
                open_page.clear_banner(KEY)

    def _show_in(self, page: Page, error: MovedError) -> None:
        if error.can_copy:
            words = (
                f"{error} Save a copy of everything in another place, and continue there. {_KEPT}"
            )
            action = ("Save a copy of everything\u2026", lambda: self.ask_where(page))
        else:
            words = f"{error} Restore a backup. {_KEPT}"
            action = ("Restore a backup\u2026", lambda: page.context.go("restore"))
        about_it = [banner for banner in page.banners() if banner.problem == str(error)]
        for banner in about_it:
            if banner.sentence != words:  # the page's own banner has less detail
                banner.close_banner()
        if not any(banner.sentence == words for banner in about_it):
            page.show_banner("bad", words, [action], key=KEY, problem=str(error))

    def ask_where(self, page: Page) -> None:
        """Ask where to save a copy, and save everything there."""
        if self._opened is not None:
            from visitapp.ui import window_dialogs

            chosen = window_dialogs.ask_copy(page, Path.home() / self._opened.path.name)
            if chosen is not None:
                self.copy_to(chosen, page)

    def copy_to(self, out: Path, page: Page) -> None:
        """Save everything to a new file, including the latest typing, and continue there."""
        if self._opened is None:
            return
        services = self._opened.services
        for open_page in self._pages():
            open_page.prepare_to_leave()  # keeps the latest typing too

        def work() -> None:
            services.moved_file.save(out, services.unsaved_work.pieces())

        def done(_: object) -> None:
            self._window.continue_in(out, f"Everything is saved in {out}. Unlock it to continue.")

        def failed(error: VisitAppError) -> None:
            page.show_banner("bad", str(error), key="copy", closes=True)

        self._window.session.jobs.run(work, owner=page, done=done, failed=failed)
