"""What lies on the disk, and how connections keep it."""

import sqlite3
import sys
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.builders import CUSTODY, furnish, make_visit, sign
from visitapp import bootstrap
from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.errors import CantOpenError, StorageError
from visitapp.persistence import backup, dialect
from visitapp.persistence.database import Database

SECRETS = (b"Northgate", b"Anne Example", b"a broken window", b"Volunteer", b"CREATE TABLE",
           b"Office of the Commissioner")  # fmt: skip


def write_much(services):
    furnish(services)
    sign(services, make_visit(summary="Visitors saw a broken window in cell 4."))
    services.drafts.begin(CUSTODY)


def test_nothing_on_the_disk_can_be_read_without_the_key(opened, key, tmp_path):
    write_much(opened.services)
    backup.copy_records(opened.database, key, tmp_path / "copy.visits")
    while_open = {path.name for path in tmp_path.iterdir()}
    assert {"records.visits", "records.visits-wal", "copy.visits"} <= while_open
    for path in tmp_path.iterdir():
        content = path.read_bytes()
        for secret in SECRETS:
            assert secret not in content, f"{secret!r} in {path.name}"
            assert secret.decode().encode("utf-16-le") not in content
        assert not content.startswith(b"SQLite format 3")


def test_a_rollback_journal_is_encrypted_too(opened, key, tmp_path):
    write_much(opened.services)
    copy = tmp_path / "copy.visits"
    backup.copy_records(opened.database, key, copy)
    connection = dialect.connect(copy, key)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE person SET name = 'Zebulon Quartz'")
    connection.execute("PRAGMA cache_spill = 1")
    journal = copy.with_name("copy.visits-journal")
    assert journal.exists()
    assert b"Anne Example" not in journal.read_bytes()
    connection.execute("COMMIT")
    connection.close()
    assert b"Zebulon" not in copy.read_bytes()


def test_sqlite_without_the_key_sees_no_database(opened, records):
    write_much(opened.services)
    plain = sqlite3.connect(records)
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT count(*) FROM sqlite_master").fetchall()
    plain.close()


def test_another_key_opens_nothing_and_says_so(records):
    before = records.read_bytes()
    with pytest.raises(CantOpenError, match="can't be read with this key"):
        bootstrap.open_with_key(records, bytes(32))
    assert records.read_bytes() == before


def test_every_connection_keeps_a_log_and_waits_for_the_disk(opened):
    taken = [opened.database.driver_connection() for _ in range(5)]
    for connection in taken:
        values = [
            connection.driver_connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store")
        ]
        assert values == ["wal", 2, 1, 2]
    assert len({id(connection.driver_connection) for connection in taken}) == 5
    for connection in taken:
        connection.close()


def test_a_connection_that_cannot_keep_a_log_is_refused(monkeypatch, records, key):
    class Stubborn(dialect.dbapi().Connection):
        def execute(self, statement, *arguments):
            return super().execute(statement.replace("= WAL", "= DELETE"), *arguments)

    real = dialect.dbapi().connect
    monkeypatch.setattr(
        dialect.dbapi(), "connect", lambda *a, **k: real(*a, factory=Stubborn, **k)
    )  # fmt: skip
    with pytest.raises(CantOpenError, match="can't keep records safely"):
        bootstrap.open_with_key(records, key)


def test_a_key_of_another_length_is_no_key(records):
    with pytest.raises(CantOpenError, match="wrong length"):
        bootstrap.open_with_key(records, b"short")


def test_a_missing_file_is_not_made_by_looking_for_it(tmp_path, key):
    database = Database.open(tmp_path / "none.visits", key)
    with pytest.raises(StorageError, match="There is no file"), database.reading():
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="folders are private there by themselves")
def test_the_folder_the_file_and_all_beside_it_are_private(tmp_path, key):
    folder = tmp_path / "one" / "two"
    path = folder / "my.visits"
    code = bootstrap.create_file(path, "any passphrase")
    assert code.count("-") == 5
    with bootstrap.open_with_code(path, code, hold=True) as opened:
        opened.services.drafts.begin(opened.services.setup.schemes()[0].id)
        names = {one.name for one in folder.iterdir()}
        assert names == {
            f"my.visits{ending}" for ending in ("", "-wal", "-shm", ".key", ".lock", ".holder")
        }
        for one in folder.iterdir():
            assert one.stat().st_mode & 0o777 == 0o600, one.name
    for one in (folder, folder.parent):
        assert one.stat().st_mode & 0o777 == 0o700


def test_what_one_transaction_writes_is_there_whole_or_not_at_all(opened):
    furnish(opened.services)

    def half_way():
        with opened.database.transaction() as connection:
            connection.exec_driver_sql("UPDATE person SET name = 'Nobody'")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        half_way()
    assert {person.name for person in opened.services.people.people()} == {
        "Anne Example", "Ben Sample", "Cara Instance",
    }  # fmt: skip


def test_a_full_disk_is_told_and_harms_nothing(opened):
    services = opened.services
    draft, _ = services.drafts.begin(CUSTODY)
    connection = opened.database.driver_connection()
    raw = connection.driver_connection
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count = {pages + 2}")
    connection.close()
    too_long = replace(draft, report=typed_report({"summary": "x" * 100_000}))
    with pytest.raises(StorageError, match="The disk is full"):
        services.drafts.save(too_long)
    assert services.drafts.get(draft.id) == draft
    raw.execute("PRAGMA max_page_count = 1000000")
    services.drafts.save(too_long)
    assert services.maintenance.check() == []


def test_a_file_marked_read_only_is_told(opened):
    connection = opened.database.driver_connection()
    connection.driver_connection.execute("PRAGMA query_only = ON")
    connection.close()
    with pytest.raises(StorageError, match="is read-only"):
        opened.services.drafts.begin(CUSTODY)


def test_errors_never_hold_what_was_being_written(opened):
    connection = opened.database.driver_connection()
    connection.driver_connection.execute("DROP TABLE draft")
    connection.close()
    draft = Draft(uuid4(), CUSTODY, typed_report({"summary": "a very private sentence"}))
    with pytest.raises(StorageError) as failed:
        opened.services.drafts.save(draft)
    assert str(failed.value) == "The file of records could not be used. Nothing more was saved."
