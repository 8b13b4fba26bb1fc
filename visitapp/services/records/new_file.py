"""Creates a file of records and its key file."""

import contextlib
import re
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from uuid import UUID

from visitapp import clock
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Actor, Kind, Office
from visitapp.paths import (
    is_taken,
    make_private_file,
    make_private_folder,
    private_folder,
    sync_folder,
    writing,
)
from visitapp.persistence import accounts, migrate, schemes
from visitapp.persistence.database import Database
from visitapp.security import vault
from visitapp.security.holder import Claim, Holder
from visitapp.security.placing import NewPair
from visitapp.services.access import Access


def new_file(
    path: Path,
    passphrase: str,
    fill: Callable[[Database], None],
    who: str,
    now: datetime,
    finish: Callable[[], None] = lambda: None,
) -> vault.NewVault:
    """Create records, written by `fill`, and their key file. `now` is the local time; `finish`
    writes what is of no use without them, once they are in their place.

    Missing folders are created as private ones. Raises BadInputError if a file exists. If anything
    goes wrong, nothing is left behind.
    """
    with (
        writing(path),
        private_folder(path.parent),
        Holder(path, who, now),
        NewPair(path) as pair,
    ):
        must_be_free(path)
        new = vault.create(pair.records, passphrase)
        new_records(pair.records, new.data_key, fill)
        pair.put("new", now)  # logs without records are kept: they belong to other records
        try:
            finish()
        except BaseException:
            pair.take_away()
            raise
    return new


def must_be_free(path: Path) -> None:
    """Raises BadInputError if records or a key file exist at a path."""
    for there in (path, vault.key_file(path)):
        if is_taken(there):
            raise BadInputError(f"{there} already exists. Choose another name.")


def new_records(path: Path, data_key: bytes, fill: Callable[[Database], None]) -> None:
    """Create only the records, without a key file."""
    make_private_file(path)
    database = Database.open(path, data_key)
    try:
        migrate.create(database)
        fill(database)
    finally:
        database.dispose()


def furnish(
    database: Database, office: Office, actor: Actor, scheme_ids: Mapping[Kind, UUID]
) -> None:
    """What every office starts with: its schemes, their timeslots and coded values."""
    from visitapp.persistence import settings_digests
    from visitapp.services.office import reference

    with database.transaction() as connection:
        schemes.save_office(connection, office)
        accounts.set_account(connection, actor)
        for kind, scheme_id in scheme_ids.items():
            reference.begin_scheme(connection, kind, scheme_id, office.id)
        now = Access(database, actor, clock.now).now()
        settings_digests.take_over(connection, actor.name, now, reason="")


@contextlib.contextmanager
def filled_folder(folder: Path, records: str) -> Iterator[Path]:
    """A folder inside an empty `folder` to write in. When the block ends without an error,
    everything is moved up, `records` last.

    Raises BadInputError if the folder isn't empty. Unfinished files of a killed program are removed
    first. If anything goes wrong, nothing is left behind.
    """
    with private_folder(folder), Claim(folder / records):
        _clear(folder, records)
        new = folder / f".{secrets.token_hex(8)}.new"
        make_private_folder(new)
        try:
            yield new
            _move_up(new, records)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise


def must_be_empty(folder: Path, records: str) -> None:
    """Raises BadInputError if a folder contains anything but unfinished files of a killed
    program."""
    if not is_taken(folder):
        return
    if not folder.is_dir():
        raise BadInputError(f"{folder} is not an empty folder. Choose another.")
    more = [
        entry
        for entry in folder.iterdir()
        if not _is_left(entry) and entry.name != f"{records}.lock"
    ]
    if more and any(_is_left(entry) for entry in folder.iterdir()):
        raise BadInputError(
            f"{folder} contains files that visitapp did not finish. Delete what is in it, or "
            "choose another folder."
        )
    if more:
        raise BadInputError(f"{folder} is not an empty folder. Choose another.")


def _is_left(entry: Path) -> bool:
    return re.fullmatch(r"\.[0-9a-f]{16}\.new", entry.name) is not None and not entry.is_symlink()


def _clear(folder: Path, records: str) -> None:
    must_be_empty(folder, records)
    for entry in folder.iterdir():
        if _is_left(entry):
            shutil.rmtree(entry)


def _move_up(new: Path, records: str) -> None:
    sync_folder(new)
    entries = sorted(new.iterdir(), key=lambda entry: (entry.name.startswith(records), entry.name))
    for entry in sorted(entries, key=lambda entry: entry.name == records):
        entry.rename(new.parent / entry.name)
    new.rmdir()
    sync_folder(new.parent)
