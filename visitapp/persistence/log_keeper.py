"""The log of a file that is open for writing: its mark, and when it goes into the file."""

import contextlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from visitapp.domain.errors import MovedError, StorageError
from visitapp.persistence import dialect, leftover_logs, marks
from visitapp.persistence.leftover_logs import LOG, Settled
from visitapp.persistence.marks import Marks
from visitapp.persistence.open_file_watch import OpenFileWatch

_LARGE = 4 * 1024 * 1024
"""In bytes: a longer log, of about 1,000 pages, is brought into the file."""
_MORE = 1024 * 1024


class LogKeeper:
    """Stands between SQLite and one file: deals with what was left beside it, marks each log, and
    refuses to write if another file is at the path by now.

    `settled` says what the first connection found.
    """

    def __init__(self, path: Path, data_key: bytes) -> None:
        self._path, self._key = path, data_key
        self.standing = OpenFileWatch(path, data_key)
        self.settled = Settled()
        self._is_begun = self._is_marked = self._is_closed = False
        self._main_mark: int | None = None
        self._own_log: tuple[int, int] | None = None
        self._next = _LARGE

    @property
    def _log(self) -> Path:
        return leftover_logs.beside(self._path, LOG)

    def connect(self) -> Any:
        """A connection to the file that was opened, never to another one now at its path. Raises
        StorageError if it was closed, or if there is no file."""
        if self._is_closed:  # late saves must not write to another file
            raise StorageError("The file of records is closed.")
        if not self._path.is_file() and not self._is_begun:
            raise StorageError(f"There is no file {self._path}.")  # SQLite would create one
        if not self._is_begun:  # no lock needed: the thread that opens the file reads it first
            self.settled = leftover_logs.settle(self._path, self._key)
            self.standing.begin()
            connection = dialect.connect(self._path, self._key)
            self.standing.note()  # opening changes a backup, which had no log until now
            self._is_begun = True
            return connection
        self.standing.must_hold()
        return dialect.connect(self._path, self._key)

    # -- a transaction --------------------------------------------------------------------

    def prepare(self, borrow: Callable[[], Any]) -> None:
        """Call it before each write transaction. The first time, it gives the file a mark that no
        other copy has; later, it brings a long log into the file."""
        if not self._is_marked:
            self._is_marked = True
            with (
                closing(self.connect()) as connection,
                contextlib.suppress(dialect.dbapi().Error),
            ):
                self._mark_alone(connection)
        self._shorten(borrow)

    def _mark_alone(self, connection: Any) -> None:
        if leftover_logs.has_content(self._log):
            self.checkpoint(connection)
        if not leftover_logs.has_content(self._log):
            self._checkpoint_as_new(connection)

    def begin(self, connection: Any) -> None:
        """Call it at the start of each write transaction. The first one of a log marks the log."""
        self.standing.must_hold()
        current = marks.read(connection)
        if current.mark == self._main_mark or not leftover_logs.has_content(self._log):
            self._main_mark = self._renew(connection).before
        self._own_log = _number(self._log)

    def _renew(self, connection: Any) -> Marks:
        """A new mark for what the log now contains, based on the main file as it is now."""
        main = leftover_logs.main_mark(self._path, self._key)
        new_marks = marks.renew(connection, main)
        self.standing.note(new_marks)
        return new_marks

    def before_commit(self) -> None:
        """Call it before each commit, so that nothing seems to be saved in a file that was
        moved."""
        self.standing.must_hold()

    def _shorten(self, borrow: Callable[[], Any]) -> None:
        """Bring the log into the file. If that fails nothing is lost, since the changes are in the
        log."""
        try:
            length = self._log.stat().st_size
        except OSError:
            return
        if length < self._next:
            return
        try:
            with closing(borrow()) as borrowed:
                self.checkpoint(borrowed.driver_connection)
            self._next = max(_LARGE, self._log.stat().st_size + _MORE)
        except (OSError, dialect.dbapi().Error):
            self._next = length + _MORE

    def checkpoint(self, connection: Any) -> None:
        """Bring the log into the file, as far as nobody is reading from it, without waiting. Does
        nothing during another transaction."""
        self.standing.must_hold()
        if leftover_logs.has_content(self._log):
            with contextlib.suppress(dialect.dbapi().OperationalError):
                self._checkpoint_as_new(connection)

    def _checkpoint_as_new(self, connection: Any) -> None:
        """End the log with a new mark, then bring it into the file. An earlier state of the log,
        put back by a synchronising program, then no longer belongs to the file."""
        connection.execute("PRAGMA busy_timeout = 0")
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                new_marks = self._renew(connection)
                connection.execute("COMMIT")
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            busy, log, done = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            connection.execute(f"PRAGMA busy_timeout = {int(dialect.BUSY_SECONDS * 1000)}")
            self.standing.note()
        if not busy or log == done:
            self._main_mark = new_marks.mark

    # -- the end --------------------------------------------------------------------------

    @property
    def would_be_lost(self) -> bool:
        """Whether closing a moved or deleted file would leave saved changes in no complete file:
        the file no longer has a name, or its log stayed behind."""
        left = self._own_log is not None and self._own_log == _number(self._log)
        return self.standing.is_deleted or (left and leftover_logs.has_content(self._log))

    def before_closing(self, borrow: Callable[[], Any]) -> None:
        """Bring the log into the file. SQLite brings in any rest when the last connection is
        closed. If another program overwrote the file, set the log aside and leave the file
        alone."""
        try:
            self.standing.must_hold()
            if self._is_begun and leftover_logs.has_content(self._log):
                with (
                    contextlib.suppress(StorageError, dialect.dbapi().Error),
                    closing(borrow()) as borrowed,
                ):
                    self.checkpoint(borrowed.driver_connection)
        except MovedError:
            if self._own_log is not None and self._own_log == _number(self._log):
                with contextlib.suppress(OSError):
                    leftover_logs.set_logs_aside(self._path)
            with contextlib.suppress(OSError):
                if self._path.is_file() and self.standing.is_same_file:
                    self.standing.step_aside()
        self._is_closed = True

    def after_closing(self) -> None:
        """Close the descriptor of the file."""
        self.standing.end()


def _number(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino
