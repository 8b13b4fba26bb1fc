"""The open records: connections, transactions, and errors turned into sentences."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sqlalchemy import Connection, Engine, Uuid, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import QueuePool

from visitapp.domain.errors import ConflictError, MovedError, StorageError
from visitapp.paths import resolved
from visitapp.persistence import dialect
from visitapp.persistence.log_keeper import LogKeeper
from visitapp.persistence.source import Source
from visitapp.persistence.stored_id import StoredId
from visitapp.persistence.watching import Noted, Watching, Who, listen

if TYPE_CHECKING:
    from visitapp.domain.records.record_kind import RecordKind

__all__ = ["Connection", "Database"]


class Database:
    """One file of records (or, by URL, a PostgreSQL database), opened with its data key.

    The window's thread and the one worker each use a connection of their own.
    """

    def __init__(
        self,
        engine: Engine,
        path: Path | None = None,
        *,
        log: LogKeeper | None = None,
        source: Source | None = None,
    ) -> None:
        self._engine = engine
        self.path = path
        self._log, self._source = log, source
        self._user: Who | None = None
        self._noted = Noted()

    @classmethod
    def open(cls, path: Path, data_key: bytes) -> Self:
        """Open an encrypted file with its 32-byte key, for reading and writing. Nothing is read
        until first use; a log that another program left is dealt with then (`settled`)."""
        log = LogKeeper(resolved(path), data_key)
        return cls(_engine(log.connect), path, log=log)

    @classmethod
    def open_to_read(cls, path: Path, data_key: bytes, *, copied: bool = False) -> Self:
        """Open an encrypted file without writing a single byte to it or beside it, even if somebody
        else has it open. `copied`: always use a private copy, which may be written to.

        Raises StorageError if the file can't be read.
        """
        source = Source(path, data_key, copied=copied)
        return cls(_engine(source.connect), path, source=source)

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Open a database on a server that the user configured."""
        engine = create_engine(url)
        listen(engine)
        return cls(engine)

    def watched(self, user: Who) -> "Database":
        """The same records for the program's services. If a transaction changed settings, that is
        entered in the ledger at its end, and whose rows it changed in the access register, so that
        no service can forget it."""
        records = Database(self._engine, self.path, log=self._log, source=self._source)
        records._user = user
        return records

    @property
    def notices(self) -> list[str]:
        """Sentences about what was beside the file; known after the first use."""
        if self._source is not None:
            return self._source.notices()
        return [] if self._log is None else self._log.settled.sentences()

    @property
    def is_copy(self) -> bool:
        """Whether this is a private copy of the file, which is deleted when it is closed."""
        return self._source is not None and self._source.is_copy

    @property
    def pages_missing(self) -> int:
        """How many pages are missing at the end of a file opened for reading; known after the first
        use."""
        return 0 if self._source is None else self._source.pages_missing

    @contextmanager
    def transaction(self, *, is_left: bool = False) -> Iterator[Connection]:
        """A write: all of it is on the disk when the block ends, or none of it. `is_left`: also in
        a copy whose office was handed over, in which nothing of the office changes any more.

        Raises StorageError (MovedError if another file is at the path by now), ConflictError, or
        NotAllowedError in a copy that was left.
        """
        with (
            self._writing(),
            self._connected("BEGIN IMMEDIATE") as connection,
            self._marked(connection),
            self._entered_in_ledger(connection, is_left=is_left),
        ):
            yield connection

    @contextmanager
    def part(self, connection: Connection) -> Iterator[None]:
        """A part of a write, which is undone alone if the block fails.

        Raises as `transaction` does.
        """
        watching = connection.get_execution_options().get("visitapp_watching")
        with (
            watching.part() if watching is not None else nullcontext(),
            _sentences(),
            _savepoint(connection),
        ):
            yield

    @contextmanager
    def _entered_in_ledger(
        self, connection: Connection, *, is_left: bool = False
    ) -> Iterator[None]:
        if self._user is None:
            yield
            return
        if not is_left:
            from visitapp.persistence.succession import must_go_on  # not before the first write

            must_go_on(connection)
        watching = Watching(self._user, self._noted)
        connection.execution_options(visitapp_watching=watching)
        yield
        watching.end(connection)

    def note_reading(self, kind: "RecordKind") -> None:
        """Note that a person read records of a kind. It is written with the next change, after an
        hour, or when the file is closed; never in a file that was opened only to be read."""
        if self._user is None or self._source is not None:
            return
        if self._noted.read(kind, self._user().at):
            with suppress(StorageError):  # it stays noted
                self.write_readings()

    def write_readings(self) -> None:
        """Write what was read and isn't written yet. Raises StorageError."""
        if self._noted:
            with self.transaction(is_left=True):
                pass

    def end_register(self) -> None:
        """Before the file is closed: write what was read, and enter the end of the register in the
        ledger. Does nothing if neither anything was read nor written. Raises StorageError."""
        if self._user is None or not (self._noted or self._noted.has_lines):
            return
        from visitapp.persistence.access_register import enter_in_ledger

        self.write_readings()
        writer = self._user()
        with self.transaction(is_left=True) as connection:
            enter_in_ledger(connection, writer.actor.name, writer.at)

    @contextmanager
    def prepared(self, prepare: Callable[[Connection], None]) -> Iterator[Connection]:
        """A write transaction for many rows. `prepare` first writes them to temporary tables of the
        same connection, which takes no lock, so that others can go on writing.

        Temporary tables are kept in memory: nothing unencrypted reaches the disk.
        """
        with self._writing(), self._engine.connect() as connection:
            try:
                connection.execution_options(visitapp_begin="BEGIN")
                with connection.begin():
                    prepare(connection)
                connection.execution_options(visitapp_begin="BEGIN IMMEDIATE")
                with (
                    connection.begin(),
                    self._marked(connection),
                    self._entered_in_ledger(connection),
                ):
                    yield connection
            finally:
                connection.invalidate()  # closing the connection drops its temporary tables

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._errors_in_words():
            if self._log is not None:
                self._log.prepare(self._engine.raw_connection)
            elif self._source is not None and not self._source.is_copy:
                raise StorageError("The file is open, but it cannot be changed.")
            yield

    @contextmanager
    def _marked(self, connection: Connection) -> Iterator[None]:
        if self._log is not None:
            self._log.begin(connection.connection.driver_connection)
        yield
        if self._log is not None:
            self._log.before_commit()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the records. Raises StorageError."""
        with self._errors_in_words(), self._connected("BEGIN") as connection:
            yield connection

    @contextmanager
    def _errors_in_words(self) -> Iterator[None]:
        """Errors as sentences. If another program changed the file, the error says so."""
        try:
            with _sentences():
                yield
        except StorageError:
            self.must_be_as_opened()
            raise
        if self._source is not None:
            self._source.must_be_unchanged()

    def must_be_as_opened(self) -> None:
        """Raises MovedError if the file at the path isn't the open one, and ChangedMeanwhileError
        if a file opened for reading was changed."""
        if self._log is not None:
            self._log.standing.must_hold()
        if self._source is not None:
            self._source.must_be_unchanged()

    @property
    def would_be_lost(self) -> bool:
        """After a MovedError from `must_be_as_opened`: whether closing this file would leave
        saved changes in no complete file."""
        return self._log is not None and self._log.would_be_lost

    def checkpoint(self) -> None:
        """Bring the log into the main file, if it is open for writing."""
        if self._log is not None:
            with self._errors_in_words(), closing(self._engine.raw_connection()) as borrowed:
                self._log.checkpoint(borrowed.driver_connection)

    @contextmanager
    def _connected(self, begin: str) -> Iterator[Connection]:
        with (
            self._engine.connect().execution_options(visitapp_begin=begin) as connection,
            connection.begin(),
        ):
            yield connection

    def driver_connection(self) -> Any:
        """One of the driver's own connections, for backup and checks; the caller closes it."""
        with _sentences():
            return self._engine.raw_connection()

    def fresh_connection(self) -> Any:
        """A driver's connection that hasn't read anything yet; the caller closes it."""
        if self._log is not None:
            return self._log.connect()
        return self._source.connect() if self._source else self._engine.raw_connection()

    def connection_alone(self) -> Any:
        """A driver's connection for looking only at pages, whatever state the first one is in."""
        return self._source.connect_alone() if self._source else self.fresh_connection()

    @contextmanager
    def whole_copy(self) -> Iterator[Path]:
        """For a private copy: its main file, containing all of its log, while nobody is reading
        it."""
        assert self._source is not None
        with self._errors_in_words(), closing(self.fresh_connection()) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._engine.dispose()
        yield self._source.reads

    @contextmanager
    def copied_from(self) -> Iterator[Any]:
        """A driver's connection to copy everything from. If the file was moved or deleted, it is
        one that was open before and so can still read it."""
        try:
            fresh = self.fresh_connection()
        except MovedError:
            with closing(self._engine.raw_connection()) as borrowed:
                connection: Any = borrowed.driver_connection
                texts = connection.text_factory
                try:
                    yield connection
                finally:
                    connection.text_factory = texts
        else:
            with closing(fresh):
                yield fresh

    def dispose(self) -> None:
        """Close every connection."""
        if self._log is not None:
            self._log.before_closing(self._engine.raw_connection)
        self._engine.dispose()
        if self._log is not None:
            self._log.after_closing()
        if self._source is not None:
            self._source.end()


def _engine(connect: Callable[[], Any]) -> Engine:
    engine = create_engine(
        "sqlite+pysqlite://",
        module=dialect.dbapi(),
        creator=connect,
        poolclass=QueuePool,
        pool_size=3,
        max_overflow=2,
    )
    engine.dialect.colspecs = {**engine.dialect.colspecs, Uuid: StoredId}
    event.listen(engine, "begin", _begin)
    listen(engine)
    return engine


def _begin(connection: Connection) -> None:
    begin = connection.get_execution_options().get("visitapp_begin", "BEGIN")
    connection.exec_driver_sql(begin)


@contextmanager
def _savepoint(connection: Connection) -> Iterator[None]:
    """As SQLAlchemy's `begin_nested`, in a quarter of its time, for very many small parts."""
    connection.exec_driver_sql("SAVEPOINT part")
    try:
        yield
    except BaseException:
        with suppress(DBAPIError):  # a full disk has undone the whole transaction
            connection.exec_driver_sql("ROLLBACK TO part")
            connection.exec_driver_sql("RELEASE part")
        raise
    connection.exec_driver_sql("RELEASE part")


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise ConflictError(
            "This does not match what is already recorded. Look at it again first."
        ) from error
    except DBAPIError as error:
        raise dialect.as_storage_error(error.orig or error) from error
    except dialect.dbapi().Error as error:
        raise dialect.as_storage_error(error) from error
