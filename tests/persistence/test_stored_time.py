"""Times that are kept: always with a zone in the program, as UTC without one in the file."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import uuid4

import pytest
from sqlalchemy import DateTime, insert, select
from sqlalchemy.exc import StatementError

from visitapp.persistence import backup
from visitapp.persistence import tables as t
from visitapp.persistence.stored_time import StoredTime

SUMMER = datetime(2025, 7, 4, 13, 31, 7, tzinfo=UTC)


def test_every_column_that_keeps_a_time_has_the_one_type() -> None:
    times = [
        column
        for table in t.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, StoredTime | DateTime)
    ]
    assert len(times) >= 15
    assert not [str(column) for column in times if not isinstance(column.type, StoredTime)]


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=-5))])
def test_a_time_is_kept_as_utc_whatever_its_zone(opened, zone):
    with opened.database.transaction() as connection:
        backup.record_made(connection, SUMMER.astimezone(zone), "Mary", "/a")
        kept = connection.exec_driver_sql("SELECT made_at FROM backup").scalar_one()
        assert kept == "2025-07-04 13:31:07.000000"
        read = backup.last_made(connection)
    assert (read, read.utcoffset()) == (SUMMER, timedelta())


def test_a_time_without_a_zone_is_refused(opened):
    naive = SUMMER.replace(tzinfo=None)
    with opened.database.transaction() as connection:
        with pytest.raises(StatementError, match="no zone"):
            backup.record_made(connection, naive, "Mary", "/a")
        with pytest.raises(StatementError, match="no zone"):
            connection.execute(select(t.backup).where(t.backup.c.made_at == naive))
        assert backup.last_made(connection) is None


def test_what_the_version_before_wrote_is_read_as_utc(opened):
    with opened.database.transaction() as connection:
        connection.execute(
            insert(t.backup).values(id=uuid4(), made_at=SUMMER, made_by="Mary", target="/a")
        )
        connection.exec_driver_sql("UPDATE backup SET made_at = '2024-03-04 09:05:00.000000'")
        assert backup.last_made(connection) == datetime(2024, 3, 4, 9, 5, tzinfo=UTC)
