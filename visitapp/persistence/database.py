"""The open records: connections, transactions, and errors turned into sentences."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import QueuePool

from visitapp.domain.errors import ConflictError, StorageError
from visitapp.persistence import dialect

__all__ = ["Connection", "Database"]


class Database:
    """One file of records (or, by URL, a PostgreSQL database), opened with its data key.

    The window's thread and the one worker each use a connection of their own.
    """

    def __init__(
        self, engine: Engine, path: Path | None = None, connect: Callable[[], Any] | None = None
    ) -> None:
        self._engine = engine
        self.path = path
        self._connect = connect or engine.raw_connection

    @classmethod
    def open(cls, path: Path, data_key: bytes) -> Self:
        """Open an encrypted file with its 32-byte key. Nothing is read until first use."""

        def connect() -> Any:
            if not path.is_file():  # SQLite would make an empty one in its place
                raise StorageError(f"There is no file {path}.")
            return dialect.connect(path, data_key)

        engine = create_engine(
            "sqlite+pysqlite://",
            module=dialect.dbapi(),
            creator=connect,
            poolclass=QueuePool,
            pool_size=3,
            max_overflow=2,
        )
        event.listen(engine, "begin", _begin)
        return cls(engine, path, connect)

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Open a database on a server that its user configured."""
        return cls(create_engine(url))

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A write: all of it is on the disk when the block ends, or none of it.

        Raises StorageError or ConflictError with a sentence.
        """
        with _sentences(), self._connected("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def prepared(self, prepare: Callable[[Connection], None]) -> Iterator[Connection]:
        """The same for much to write: `prepare` lays it ready in temporary tables of the same
        connection first, which takes no lock, so that others go on writing meanwhile.

        Temporary tables are kept in memory: nothing unencrypted reaches the disk.
        """
        with _sentences(), self._engine.connect() as connection:
            try:
                if self.path is not None:
                    dialect.have_room(connection.connection.driver_connection)
                connection.execution_options(visitapp_begin="BEGIN")
                with connection.begin():
                    prepare(connection)
                connection.execution_options(visitapp_begin="BEGIN IMMEDIATE")
                with connection.begin():
                    yield connection
            finally:
                connection.invalidate()  # with the connection go its temporary tables

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view of the records. Raises StorageError with a sentence."""
        with _sentences(), self._connected("BEGIN") as connection:
            yield connection

    @contextmanager
    def _connected(self, begin: str) -> Iterator[Connection]:
        with (
            self._engine.connect().execution_options(visitapp_begin=begin) as connection,
            connection.begin(),
        ):
            yield connection

    def driver_connection(self) -> Any:
        """A connection of the driver's own, for backup and checks; the caller closes it."""
        with _sentences():
            return self._engine.raw_connection()

    def fresh_connection(self) -> Any:
        """A driver's connection that nothing was read with yet; the caller closes it."""
        return self._connect()

    def dispose(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _begin(connection: Connection) -> None:
    begin = connection.get_execution_options().get("visitapp_begin", "BEGIN")
    connection.exec_driver_sql(begin)


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        raise ConflictError(
            "This does not fit what is recorded already; look at it again first."
        ) from error
    except DBAPIError as error:
        raise dialect.told(error.orig or error) from error
    except dialect.dbapi().Error as error:
        raise dialect.told(error) from error
