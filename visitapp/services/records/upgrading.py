"""Upgrades a file of an earlier version."""

from datetime import datetime
from pathlib import Path

from visitapp.paths import writing
from visitapp.persistence import backup, migrate
from visitapp.persistence.database import Database
from visitapp.security import vault
from visitapp.security.placing import NewPair, free_aside


def upgrade(database: Database, path: Path, data_key: bytes, now: datetime, by: str) -> None:
    """Migrate open records at `path`, which the caller holds, after making a backup with its own
    key file. `now` is the local time, `by` the person at the keyboard."""
    kept = free_aside(path, "migration", now)
    with writing(kept), NewPair(kept) as copy:
        backup.copy_records(database, data_key, copy.records)
        if vault.key_file(path).exists():
            vault.copy(path, copy.records)
        copy.put("migration", now)
    migrate.upgrade(database, now, by)
