"""An open file of records, and how it is opened: for reading and writing, or only for reading."""

import contextlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from random import SystemRandom
from types import TracebackType
from typing import Self

from visitapp.bootstrap.user import local_time, usual_actor
from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import CantOpenError, MovedError, VisitAppError
from visitapp.domain.moment import uk_time
from visitapp.domain.office.scheme import Actor, reading_words
from visitapp.persistence import accounts, attention, migrate, schemes
from visitapp.persistence.database import Database
from visitapp.security import holder
from visitapp.services import Services
from visitapp.services.access import Access
from visitapp.services.records.upgrading import upgrade

Clock = Callable[[], datetime]


@dataclass(slots=True)
class OpenedFile:
    """An open file, with its services until `close`."""

    path: Path
    database: Database
    services: Services
    lock: holder.Holder | None = None

    @property
    def notices(self) -> list[str]:
        """Sentences about what was beside the file when it was opened."""
        return self.database.notices

    @property
    def closed_words(self) -> str:
        """Why nothing changes in a copy to read, or in a file whose office was handed over; empty
        for any other."""
        if self.services.access.reads_only:
            return reading_words(self.services.access.today())
        with self.database.reading() as connection:
            if not attention.was_handed_over(connection):
                return ""
            from visitapp.domain.exchange.succession import closed_words
            from visitapp.persistence import succession

            item = succession.closing(connection)
        return "" if item is None else closed_words(item)

    def close(self) -> Path | None:
        """Close the file. If it was moved or deleted, so that no complete file would have the saved
        changes, everything is saved elsewhere first. Returns the path of that copy, or None."""
        kept = None
        try:
            if self.lock is not None:
                with contextlib.suppress(VisitAppError):
                    self.services.access.database.end_register()
            with contextlib.suppress(VisitAppError):
                kept = self.services.moved_file.rescue(local_time())
        finally:
            self.database.dispose()
            if self.lock is not None:
                self.lock.release()
        return kept

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        kept = self.close()
        if kept is not None and isinstance(error, MovedError):
            words = f"{error} The records saved before that are in {kept}."
            raise MovedError(words, can_copy=error.can_copy) from error


def open_records(path: Path, key: bytes, hold: bool, clock: Clock, take_over: bool) -> OpenedFile:
    """Open for reading and writing. `hold`: as the only copy of the program; `take_over`: even if
    it is marked as open on another computer. Raises StorageError, OSError."""
    lock = None
    if hold:  # before anything is opened for writing, which takes over an existing log
        _must_have_one_name(path)
        lock = holder.Holder(path, _who(path, key), local_time(), take_over=take_over)
    database = Database.open(path, key)
    try:
        current = migrate.is_current(database)
        actor = _account(database)
        if not current:
            with (
                contextlib.nullcontext()
                if hold
                else holder.Holder(path, actor.name, local_time(), take_over=take_over)
            ):
                upgrade(database, path, key, local_time(), actor.name)
        services = _services(database, actor, key, clock)
        services.moved_file.look()  # notes the key file, which may be moved as well
        return OpenedFile(path, database, services, lock)
    except BaseException:
        database.dispose()
        if lock is not None:
            lock.release()
        raise


def open_to_read(path: Path, key: bytes, clock: Clock) -> OpenedFile:
    """Open without writing anything to the file or beside it; an older one is upgraded in a private
    copy. Raises StorageError, OSError."""
    database = Database.open_to_read(path, key)
    try:
        if not migrate.is_current(database):
            database.dispose()
            database = Database.open_to_read(path, key, copied=True)
            migrate.upgrade(database, local_time())
        services = _services(database, _account(database), key, clock)
        return OpenedFile(path, database, services)
    except BaseException:
        database.dispose()
        raise


def _services(database: Database, actor: Actor, key: bytes, clock: Clock) -> Services:
    with database.reading() as connection:
        office = schemes.office(connection)
    today = None if office is None else office.today
    access = Access(database, actor, _office_clock(today, clock))
    return Services(access, key, SystemRandom())


def _who(path: Path, key: bytes) -> str:
    """Who uses the file, so that others see who has it open. Raises the same errors as opening."""
    database = Database.open_to_read(path, key)
    try:
        migrate.is_current(database)
        return _account(database).name
    finally:
        database.dispose()


def _must_have_one_name(path: Path) -> None:
    """Refuse a file with two names (a hard link). Each name has its own lock and log, so two
    programs could write to the file at once and lose each other's changes."""
    if path.stat().st_nlink > 1:
        raise CantOpenError(
            f"{path.name} has a second name on this disk (a hard link), so it can't be changed "
            "safely. Copy it and its key file to a new place, and open the copy."
        )


def _account(database: Database) -> Actor:
    with database.reading() as connection:
        return next(iter(accounts.accounts(connection)), usual_actor())


def _office_clock(today: date | None, clock: Clock) -> Clock:
    """The clock of an office. If its day is fixed, it gives the real time on that day."""
    if today is None:
        return clock
    fixed = today

    def on_that_day() -> datetime:
        now = uk_time(clock())
        return datetime.combine(fixed, now.timetz())

    return on_that_day
