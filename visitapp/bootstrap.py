"""The composition root: from a file and its key to services."""

import contextlib
import getpass
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import SystemRandom
from types import TracebackType
from typing import TYPE_CHECKING, Self
from uuid import UUID, uuid4

from visitapp import clock as system_clock
from visitapp.domain.errors import BadInputError, CantOpenError, StorageError
from visitapp.domain.moment import uk_time
from visitapp.domain.progress import Progress
from visitapp.domain.scheme import Actor, Kind, Office, Role
from visitapp.domain.strength import Strength
from visitapp.paths import make_private_file, make_private_folder, put_as_new, sync_folder, writing
from visitapp.persistence import migrate, schemes
from visitapp.persistence.database import Database
from visitapp.security import holder, vault
from visitapp.security.passphrase import strength
from visitapp.services import Services
from visitapp.services.access import Access
from visitapp.services.unlocking import unlock, unlock_by

if TYPE_CHECKING:
    from visitapp.persistence.salvage import Salvaged
    from visitapp.services.simulation import Simulation

Clock = Callable[[], datetime]
DEMONSTRATION_PASSPHRASE = "demonstration"  # noqa: S105 - said to everybody
BESIDE_RECORDS = ("", "-wal", "-shm", "-journal", ".key", ".lock", ".holder")
"""Endings of the files that belong to one file of records."""


@dataclass(slots=True)
class Opened:
    """An open file: its services until `close`."""

    path: Path
    database: Database
    services: Services
    held: "holder.Holder | None" = None

    def close(self) -> None:
        """Let go of the file."""
        self.database.dispose()
        if self.held is not None:
            self.held.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def create_file(
    path: Path,
    passphrase: str,
    *,
    office_name: str = "",
    area: str = "",
    actor: Actor | None = None,
    kinds: Sequence[Kind] = tuple(Kind),
) -> str:
    """Make an empty file of records with schemes of these kinds, and its key file; the
    recovery code.

    Missing folders are made private. Raises BadInputError where a file is there already;
    whatever goes wrong, nothing is left behind.
    """
    office = Office(uuid4(), office_name.strip() or "Our office", area.strip())
    ids = {kind: uuid4() for kind in kinds}
    return _new_file(
        path, passphrase, lambda new: _furnish(new, office, actor or _usual_actor(), ids)
    ).recovery_code


def make_records(
    path: Path, data_key: bytes, *, office: Office, actor: Actor, scheme_ids: Mapping[Kind, UUID]
) -> None:
    """Make the records alone, without a key file, encrypted with a 32-byte key."""
    _new_records(path, data_key, lambda new: _furnish(new, office, actor, scheme_ids))


def write_demonstration(folder: Path, passphrase: str, progress: Progress) -> list[Path]:
    """Write the demonstration's records and its years' documents; which files were written.

    The folder is made. Raises BadInputError where something lies in it; whatever goes wrong,
    nothing is left in it.
    """
    from visitapp.services import demonstration
    from visitapp.services.year_folder import write_year

    path = _demonstration_path(folder)
    with writing(folder), _folder(folder), _emptied_on_failure(folder):
        new = _new_file(path, passphrase, lambda made: demonstration.fill(made, progress))
        written = [path, vault.key_file(path)]
        with open_with_key(path, new.data_key) as opened:
            for period in demonstration.published_years():
                year = folder / period.label.replace("/", "-")
                written += write_year(opened.services, period, year, progress)
    return written


def open_demonstration(folder: Path, progress: Progress | None = None) -> Opened:
    """Make the demonstration's records in an empty folder and open them for writing.

    They can be unlocked again with `DEMONSTRATION_PASSPHRASE`. Raises as
    `write_demonstration`.
    """
    from visitapp.services import demonstration

    path = _demonstration_path(folder)
    with writing(folder), _folder(folder), _emptied_on_failure(folder):
        new = _new_file(
            path, DEMONSTRATION_PASSPHRASE, lambda made: demonstration.fill(made, progress)
        )
        return open_with_key(path, new.data_key, hold=True)


def _demonstration_path(folder: Path) -> Path:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInputError(f"{folder} is not an empty folder; choose another.")
    return folder / "demonstration.visits"


def _new_file(path: Path, passphrase: str, fill: Callable[[Database], None]) -> vault.NewVault:
    for there in (path, vault.key_file(path)):
        if there.exists():
            raise BadInputError(f"{there} is there already; choose another name.")
    path = path.absolute()
    beside = path.with_name(f".{path.name}.{uuid4().hex[:8]}.new")
    with writing(path), _folder(path.parent), _removed_on_failure(beside):
        new = vault.create(beside, passphrase)
        _new_records(beside, new.data_key, fill)
        try:
            put_as_new(vault.key_file(beside), vault.key_file(path))
            put_as_new(beside, path)
        except FileExistsError:  # another copy of the program was quicker
            raise BadInputError(f"{path} is there already; choose another name.") from None
        sync_folder(path.parent)
    return new


def _new_records(path: Path, data_key: bytes, fill: Callable[[Database], None]) -> None:
    make_private_file(path)
    database = Database.open(path, data_key)
    try:
        migrate.create(database)
        fill(database)
    finally:
        database.dispose()


def _furnish(
    database: Database, office: Office, actor: Actor, scheme_ids: Mapping[Kind, UUID]
) -> None:
    """What every office begins with: its schemes, their timeslots and coded values."""
    from visitapp.persistence import kept
    from visitapp.services import reference

    with database.transaction() as connection:
        schemes.save_office(connection, office)
        schemes.set_account(connection, actor)
        for kind, scheme_id in scheme_ids.items():
            reference.begin_scheme(connection, kind, scheme_id, office.id)
        now = Access(database, actor, system_clock.now).now()
        kept.take_over(connection, actor.name, now, reason="")


def open_with_passphrase(path: Path, passphrase: str, *, hold: bool = False) -> Opened:
    """Open a file of records. `hold`: for writing, as the only copy of the program.

    Raises CantOpenError (WrongPassphraseError, NewerFileError, HeldError) with a sentence.
    """
    return _unlocked(path, lambda: unlock(path, passphrase), hold)


def open_with_code(path: Path, code: str, *, hold: bool = False) -> Opened:
    """Open a file by its recovery code. Raises BadInputError for a slip in typing it, and
    what `open_with_passphrase` raises."""
    return _unlocked(path, lambda: unlock(path, code, by_code=True), hold)


def open_with_key(
    path: Path, key: bytes, *, hold: bool = False, clock: Clock | None = None
) -> Opened:
    """Open a file by its data key; `clock` gives aware times, the system's unless given."""
    return _unlocked(path, lambda: key, hold, clock)


def passphrase_strength(passphrase: str, about: Iterable[str] = ()) -> Strength:
    """How good a passphrase for a new file would be, in words; `about` are names that somebody
    who knows the person and the office would try first."""
    return strength(passphrase, about)


def check_file(path: Path, words: str, *, by_code: bool = False) -> list[str]:
    """Damage in a file of records, in sentences; empty for a sound one.

    `words` are the passphrase, or the recovery code. Raises CantOpenError where they don't open
    its key file.
    """
    from visitapp.services import rescue

    with _cant_open(path):
        return rescue.check(path, unlock_by(words, by_code=by_code))


def salvage_file(
    path: Path,
    words: str,
    target: Path,
    *,
    by_code: bool = False,
    progress: Progress | None = None,
) -> "Salvaged":
    """Save what can still be read of a damaged file to a new one, with a key file beside it.

    `words` are the passphrase, or the recovery code. Raises CantOpenError, BadInputError
    where `target` is there, CancelledError; then no new file is left.
    """
    from visitapp.services import rescue

    if target.exists() or vault.key_file(target).exists():
        raise BadInputError(f"{target} is there already; choose another name.")
    with _cant_open(path), writing(target), _folder(target.absolute().parent):
        return rescue.salvage(path, unlock_by(words, by_code=by_code), target, progress)


def restore_file(
    backup: Path,
    path: Path,
    words: str,
    *,
    by_code: bool = False,
    force: bool = False,
    progress: Progress | None = None,
) -> Path | None:
    """Bring a backup back as the file of records; where an existing file was kept, or None.

    `words` are the backup's passphrase, or its recovery code. Raises as
    `services.rescue.restore`.
    """
    from visitapp.services import rescue

    unlock = unlock_by(words, by_code=by_code)
    who = _usual_actor().name
    now = uk_time(system_clock.now())
    with writing(path), _folder(path.absolute().parent):
        return rescue.restore(
            backup, path, unlock, who=who, now=now, force=force, progress=progress
        )


def restore_key_file(backup: Path, path: Path, words: str, *, by_code: bool = False) -> None:
    """Bring back only the key file of records that are sound; raises as
    `services.rescue.restore_key_file`."""
    from visitapp.services import rescue

    with writing(vault.key_file(path)):
        rescue.restore_key_file(backup, path, unlock_by(words, by_code=by_code))


def _unlocked(
    path: Path, unlock: Callable[[], bytes], hold: bool, clock: Clock | None = None
) -> Opened:
    with _cant_open(path):
        try:
            return _open(path, unlock(), hold, clock or system_clock.now)
        except OSError as error:
            raise CantOpenError(f"{path} can't be opened: {error.strerror or error}.") from error


@contextlib.contextmanager
def _cant_open(path: Path) -> Iterator[None]:
    """Whatever stands between a person and the records is said as CantOpenError."""
    try:
        if not path.is_file():
            raise CantOpenError(f"There is no file {path}.")
        yield
    except CantOpenError:
        raise
    except StorageError as error:
        raise CantOpenError(str(error)) from error


def _open(path: Path, key: bytes, hold: bool, clock: Clock) -> Opened:
    database = Database.open(path, key)
    held = None
    try:
        current = migrate.is_current(database)
        actor = _account(database)
        if hold or not current:
            held = holder.Holder(path, actor.name, uk_time(system_clock.now()))
        if not current:
            _upgrade(database, path, key)
        with database.reading() as connection:
            office = schemes.office(connection)
        today = None if office is None else office.today
        access = Access(database, actor, _office_clock(today, clock))
        if held is not None and not hold:
            held.release()
            held = None
        return Opened(path, database, Services(access, key, SystemRandom()), held)
    except BaseException:
        database.dispose()
        if held is not None:
            held.release()
        raise


def _upgrade(database: Database, path: Path, key: bytes) -> None:
    """Migrate; the backup made before gets a key file, so that it can be restored alone."""
    kept = migrate.upgrade(database, key, uk_time(system_clock.now()), _account(database).name)
    if kept is not None and vault.key_file(path).exists():
        vault.copy(path, kept)


def simulate(visits: int, years: int, progress: Progress | None = None) -> "Simulation":
    """Years of planned visits, drawn with the operating system's randomness as plans are."""
    from visitapp.services.simulation import simulate_years

    return simulate_years(visits, years, SystemRandom(), progress)


def _account(database: Database) -> Actor:
    with database.reading() as connection:
        return next(iter(schemes.accounts(connection)), _usual_actor())


def _usual_actor() -> Actor:
    """A manager called as the system calls its user."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, as in some containers
        name = ""
    return Actor(name or "Volunteer manager", Role.MANAGER)


def _office_clock(today: date | None, clock: Clock) -> Clock:
    """The clock of an office; one whose day is fixed has the true time of that day."""
    if today is None:
        return clock
    fixed = today

    def on_that_day() -> datetime:
        now = uk_time(clock())
        return datetime.combine(fixed, now.timetz())

    return on_that_day


@contextlib.contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a private folder; where the block fails, those that were made go again."""
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        make_private_folder(folder)
        yield
    except BaseException:
        for one in made:
            with contextlib.suppress(OSError):  # something else was put there meanwhile
                one.rmdir()
        raise


@contextlib.contextmanager
def _emptied_on_failure(folder: Path) -> Iterator[None]:
    """What was written to a folder that had been empty goes again when the block fails."""
    try:
        yield
    except BaseException:
        for one in folder.iterdir():
            shutil.rmtree(one, ignore_errors=True) if one.is_dir() else one.unlink()
        raise


@contextlib.contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for ending in BESIDE_RECORDS:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        raise
