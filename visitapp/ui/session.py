"""The open file: from a passphrase to services, until it is locked.

Opening and closing run on the worker one after the other, so that the thread that locked a file
releases it, and only after all work on it has ended.
"""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from visitapp import bootstrap
from visitapp.bootstrap import OpenedFile, nearby_files
from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.body import Body
from visitapp.domain.office.scheme import Actor, Kind, Role
from visitapp.domain.progress import Progress
from visitapp.paths import whole_path
from visitapp.ui.jobs import Job, Jobs

_THROWN_AWAY = "visitapp-demonstration-"

Failed = Callable[[VisitAppError], None]


class Session(QObject):
    """Signals: `opened` (OpenedFile); after it `opened_by_code` (the recovery code); `closed` once
    no file is open."""

    opened = Signal(object)
    opened_by_code = Signal(str)
    closed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = Jobs(self)
        self.current: OpenedFile | None = None
        self._throw_away: Path | None = None

    def unlock(
        self, path: Path, passphrase: str, failed: Failed, *, take_over: bool = False
    ) -> Job:
        """Open a file by its passphrase; `take_over` even if it is marked as open on another
        computer."""
        return self._open(
            lambda: bootstrap.open_with_passphrase(
                path, passphrase, hold=True, take_over=take_over
            ),
            failed,
        )

    def unlock_with_code(
        self, path: Path, code: str, failed: Failed, *, take_over: bool = False
    ) -> Job:
        """Open a file by its recovery code; the user is then asked for a passphrase."""

        def done(opened: OpenedFile) -> None:
            self.adopt(opened)
            self.opened_by_code.emit(code)

        return self.jobs.run(
            lambda: bootstrap.open_with_code(path, code, hold=True, take_over=take_over),
            owner=self,
            done=done,
            failed=failed,
        )

    def create(
        self,
        path: Path,
        passphrase: str,
        *,
        office_name: str,
        actor: Actor,
        kinds: tuple[Kind, ...],
        body: Body,
        done: Callable[[str], None],
        failed: Failed,
    ) -> Job:
        """Create a new file; `done` gets its recovery code, which is shown once."""
        return self.jobs.run(
            lambda: bootstrap.create_file(
                path, passphrase, office_name=office_name, actor=actor, kinds=kinds, body=body
            ),
            owner=self,
            done=done,
            failed=failed,
        )

    def join(
        self,
        invitation: Path,
        code: str,
        path: Path,
        passphrase: str,
        reply: Path,
        *,
        done: Callable[[str], None],
        failed: Failed,
    ) -> Job:
        """Create a visitor's file by an invitation, and the reply; `done` gets the recovery code,
        which is shown once."""
        return self.jobs.run(
            lambda: bootstrap.join_scheme(invitation, code, path, passphrase, reply),
            owner=self,
            done=done,
            failed=failed,
        )

    def take_over_office(
        self,
        file: Path,
        code: str,
        path: Path,
        passphrase: str,
        name: str,
        *,
        done: Callable[[str], None],
        failed: Failed,
    ) -> Job:
        """Create the next manager's file of an office that was handed over; `done` gets the
        recovery code, which is shown once."""

        def work() -> str:
            from visitapp.bootstrap import succession

            return succession.take_over(file, code, path, passphrase, name=name)

        return self.jobs.run(work, owner=self, done=done, failed=failed)

    def open_demonstration(self, failed: Failed, role: Role = Role.MANAGER) -> Job:
        """Create the demonstration of a role in a folder that is deleted at the end, and open
        it."""
        if self._throw_away is None:
            nearby_files.remove_abandoned(Path(tempfile.gettempdir()), _THROWN_AWAY)
            self._throw_away = whole_path(Path(tempfile.mkdtemp(prefix=_THROWN_AWAY)))
        folder = self._throw_away

        def work(progress: Progress) -> OpenedFile:
            from visitapp.bootstrap import demonstrations

            return demonstrations.open_for(role, folder, progress)

        return self._open(work, failed, progress=True)

    def adopt(self, opened: OpenedFile) -> None:
        """Use a file that is already open."""
        self.current = opened
        self.opened.emit(opened)

    def close(self, then: Callable[[], None] | None = None) -> None:
        """Close the file, after asking running jobs to stop and waiting for them. `then` is called
        once it is closed."""
        if self.current is None:
            return
        opened, self.current = self.current, None
        self.jobs.cancel_all()
        self.closed.emit()

        def on(_: object) -> None:
            if then is not None:
                then()

        self.jobs.run(opened.close, owner=self, done=on, failed=on)

    def end(self) -> None:
        """Close everything, before the program ends."""
        opened, self.current = self.current, None
        self.jobs.shut_down(last=opened.close if opened is not None else None)
        if self._throw_away is not None:
            shutil.rmtree(self._throw_away, ignore_errors=True)
            self._throw_away = None

    @property
    def throw_away(self) -> Path | None:
        """The folder that is deleted when the program ends, if any."""
        return self._throw_away

    def take_over(self, folder: Path) -> None:
        """Delete at the end the folder that the previous process created. Other folders than a
        demonstration's are left alone."""
        made_here = whole_path(folder).parent == whole_path(Path(tempfile.gettempdir()))
        if made_here and folder.name.startswith(_THROWN_AWAY) and not folder.is_symlink():
            self._throw_away = folder

    def is_throw_away(self, path: Path) -> bool:
        """Whether a file is deleted when the program ends."""
        return self._throw_away is not None and self._throw_away in path.parents

    def _open(
        self, work: Callable[..., OpenedFile], failed: Failed, *, progress: bool = False
    ) -> Job:
        return self.jobs.run(work, owner=self, done=self.adopt, failed=failed, progress=progress)
