"""Records of an office that was handed over, as the next manager's own file.

They are copied from the file that was handed over, checked, and encrypted with a data key of
their own beside a new key file. Only then do both get their place, so that a kill at any moment
leaves a whole copy or none.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from visitapp.domain.errors import BadInputError, NewerFileError, StorageError
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.progress import Progress, report_progress
from visitapp.paths import private_folder, reading, writing
from visitapp.persistence import accounts, backup, integrity, migrate
from visitapp.persistence.database import Database
from visitapp.security import handed_file, vault
from visitapp.security.holder import Holder
from visitapp.security.placing import NewPair
from visitapp.services.access import Access
from visitapp.services.exchange import succession
from visitapp.services.records.new_file import must_be_free

_ALTERED = "The records in this file were changed on the way. Ask for a new file and code."


def take_over(
    file: Path,
    secret: bytes,
    path: Path,
    passphrase: str,
    name: str,
    *,
    now: datetime,
    clock: Callable[[], datetime],
    progress: Progress | None = None,
) -> vault.NewVault:
    """Make the office of a file that was handed over the records at `path`. `secret` are the
    code's bytes, `name` is the new manager's, `now` the local time.

    The file is refused from then on, where it can be written to. Raises BadInputError with a
    sentence where the code doesn't open it, it was changed or used already, or records exist at
    `path`; StorageError, CancelledError. Nothing is left behind then.
    """
    with (
        writing(path),
        private_folder(path.parent),
        Holder(path, name, now),
        NewPair(path) as pair,
    ):
        must_be_free(path)
        with reading(file):
            key = handed_file.look(file, secret)
        handed_file.copy_records(file, secret, pair.records, progress)
        report_progress(progress, "Checking the records")
        _must_be_sound(pair.records, key.data_key)
        report_progress(progress, "Making the new keys")
        new = vault.create(pair.records, passphrase)
        backup.give_key(pair.records, key.data_key, new.data_key)
        _begin(pair.records, new.data_key, name, now, clock)
        report_progress(progress, "Moving the records into place")
        pair.put("new", now)
        with contextlib.suppress(OSError):  # a disk that can only be read
            handed_file.mark_used(file)
    return new


def _must_be_sound(records: Path, data_key: bytes) -> None:
    database = Database.open(records, data_key)
    try:
        damage = integrity.look(database).damage
    except NewerFileError:
        raise
    except StorageError:
        raise BadInputError(_ALTERED) from None
    finally:
        database.dispose()
    if damage:
        raise BadInputError(_ALTERED)


def _begin(
    records: Path, data_key: bytes, name: str, now: datetime, clock: Callable[[], datetime]
) -> None:
    database = Database.open(records, data_key)
    try:
        if not migrate.is_current(database):
            migrate.upgrade(database, now, name)
        actor = Actor(name, Role.MANAGER)
        access = Access(database, actor, clock)
        with access.database.transaction(is_left=True) as connection:
            accounts.set_account(connection, actor)
            succession.open_to_successor(connection, access)
    finally:
        database.dispose()
