"""Creates the tables of a new file, and upgrades older files."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from visitapp.domain.errors import DamagedError, NewerFileError
from visitapp.domain.moment import in_utc
from visitapp.paths import migrations_folder
from visitapp.persistence.database import Database

if TYPE_CHECKING:
    from visitapp.persistence.settings_digests import SettingKind

HEAD = "0017"
"""The revision that this program reads and writes; a test checks that it is that of the newest
script."""
_FIRST = "0001"
_REVISION = re.compile(r"[0-9]{4}")


def revision(database: Database) -> str | None:
    """The revision of an open file; None if it has no tables. Raises DamagedError if no version of
    the program wrote that revision."""
    with database.reading() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revisions = (
            connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        )
    if not revisions:
        return None
    (only,) = revisions if len(revisions) == 1 else ("",)
    if not (isinstance(only, str) and _REVISION.fullmatch(only) and only >= _FIRST):
        raise DamagedError("The file no longer says which version of visitapp wrote it.")
    return only


def create(database: Database) -> None:
    """Create the tables of a new, empty file."""
    with database.transaction() as connection:
        _upgrade(connection)


def is_current(database: Database) -> bool:
    """Whether the file needs no migration.

    Raises NewerFileError for a file of a newer version, DamagedError for one without records.
    """
    file_revision = revision(database)
    if file_revision is None:
        raise DamagedError("This file contains no visitapp records.", is_lost=True)
    if file_revision > HEAD:
        raise NewerFileError(
            "This file was written by a newer version of visitapp. Install that version first."
        )
    return file_revision == HEAD


def upgrade(database: Database, now: datetime, by: str = "") -> None:
    """Upgrade an older file. The caller makes a backup first.

    The same transaction enters the migrated settings in the ledger, except for those that differed
    from the ledger before. `now` is an aware time.
    """
    at = in_utc(now).replace(microsecond=0)
    with database.transaction() as connection:
        wrong = _contradicted(connection)
        _upgrade(connection)
        _count_answers(connection)
        _take_over(connection, by, at, wrong)


def _contradicted(connection: Connection) -> "Sequence[SettingKind]":
    from visitapp.persistence import settings_digests

    if not inspect(connection).has_table("ledger"):
        return ()
    return settings_digests.contradicted(connection)


def _take_over(
    connection: Connection, by: str, at: datetime, wrong: "Sequence[SettingKind]"
) -> None:
    from visitapp.persistence import settings_digests

    settings_digests.take_over(connection, by, at, wrong)


def _count_answers(connection: Connection) -> None:
    from visitapp.persistence import counted_answers, visits

    counted_answers.rebuild(connection, visits.every(connection))


def _upgrade(connection: Connection) -> None:
    # Alembic takes a third of a second to load and is needed once in a file's life.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
