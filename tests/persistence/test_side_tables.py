"""Four tables became columns of those they belong to (version 0010), and nothing else changed."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from tests import old_records
from tests.conftest import NOW
from tests.persistence.test_old_files import downgrade, must_have_reports, raw, statements
from visitapp import bootstrap
from visitapp.persistence import integrity, migrate, salvage, settings_digests
from visitapp.persistence.database import Database
from visitapp.persistence.salvage import Salvaged

BEFORE = "0009"
ADDED = ("codes", "refusals", "people")
"""Kinds of setting that versions 0012 and 0014 changed or brought, with an entry each in the
ledger."""
SIDE_TABLES = ("practice", "clearance", "issue_place", "site_policy")
VETTING = "The dates of people\u2019s vetting and training were changed by another program."
LIMITS = "The names and limits of schemes were changed by another program."
ALTERED = "Visit NOR-2024-001: its report is not as it was signed."


@pytest.fixture
def old(tmp_path: Path, key: bytes) -> Path:
    """A file with side tables."""
    path = tmp_path / "old.visits"
    old_records.write(BEFORE, path, key)
    return path


def saved_from(path: Path, key: bytes, target: Path) -> Salvaged:
    source = Database.open_to_read(path, key, copied=True)
    try:
        return salvage.salvage(source, key, target)
    finally:
        source.dispose()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE clearance SET vetted_until = '2030-01-01'", VETTING),
        ("UPDATE clearance SET tact_trained = 1 - tact_trained", VETTING),
        ("DELETE FROM clearance WHERE tact_trained = 0", VETTING),
        ("UPDATE practice SET issue_days = 90", LIMITS),
        ("DELETE FROM practice", LIMITS),
        ("UPDATE issue_place SET place = 'Cell 4'", ALTERED),
        ("DELETE FROM issue_place", ALTERED),
    ],
)
def test_what_another_program_changed_before_is_named_after(
    old: Path, key: bytes, statement: str, sentence: str
) -> None:
    with raw(old, key) as connection:
        connection.execute(statement)
    with bootstrap.open_with_key(old, key, hold=True) as opened:
        assert sentence in opened.services.maintenance.check()


def test_a_migration_that_ends_anywhere_leaves_the_file_as_it_was(old: Path, key: bytes) -> None:
    before, steps_left = statements(old, key), 0

    def stop(_: Any, __: Any, statement: str, *___: Any) -> None:
        nonlocal steps_left
        if statement.lstrip().upper().startswith(("ALTER", "UPDATE", "DROP")):
            steps_left -= 1
            if steps_left < 0:
                raise OSError("the disk went away")

    event.listen(Engine, "before_cursor_execute", stop)
    try:
        for steps in range(1, 19, 2):  # of 18 columns, values and tables that go, and the version
            steps_left, database = steps, Database.open(old, key)
            with pytest.raises(OSError, match="the disk went away"):
                migrate.upgrade(database, NOW)
            database.dispose()
            assert statements(old, key) == before
    finally:
        event.remove(Engine, "before_cursor_execute", stop)
    with bootstrap.open_with_key(old, key, hold=True) as opened:
        must_have_reports(opened.services, has_places=True)


@pytest.mark.parametrize("table", sorted(SIDE_TABLES))
def test_a_side_table_that_is_damaged_takes_nothing_else_along(
    old: Path, key: bytes, tmp_path: Path, table: str
) -> None:
    with raw(old, key) as connection:
        query = f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'"  # noqa: S608
        place = (connection.execute(query).fetchone()[0] - 1) * 4096
    content = bytearray(old.read_bytes())
    content[place + 2_000] ^= 1
    old.write_bytes(content)
    target = tmp_path / "saved.visits"
    saved = saved_from(old, key, target)
    assert saved.unreadable
    assert saved.losses.other_rows == saved.unreadable
    with bootstrap.open_with_key(target, key, clock=lambda: NOW) as opened:
        assert integrity.look(opened.database).faults == []
        must_have_reports(opened.services, has_places=table != "issue_place")


def test_rows_whose_owner_is_lost_are_counted_as_lost(
    old: Path, key: bytes, tmp_path: Path
) -> None:
    with raw(old, key) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM issue")
    assert saved_from(old, key, tmp_path / "saved.visits").orphans == 1


def test_the_way_back_gives_the_tables_and_rows_of_before(old: Path, key: bytes) -> None:
    before = _without_ids(statements(old, key))
    database = Database.open(old, key)
    migrate.upgrade(database, NOW)
    downgrade(database, BEFORE)
    after = _without_ids(statements(old, key))
    assert sorted(set(before) - set(after)) == []
    assert [line.partition(" VALUES")[0] for line in after if line not in before] == [
        'INSERT INTO "ledger"' for _ in ADDED
    ]


def _without_ids(lines: list[str]) -> list[str]:
    """The statements, with rows of side tables without their id, to which nothing refers, and
    their version, which was their owner's (that of a site's policy is gone)."""
    heads = tuple(f'INSERT INTO "{name}"' for name in SIDE_TABLES)
    without = []
    for line in lines:
        head, *values = line.split(",")
        is_side = line.startswith(heads)
        without.append(",".join([head[:-36], values[0], *values[2:]]) if is_side else line)
    return sorted(without)


def test_the_digest_of_a_kind_is_the_one_of_the_version_before(old: Path, key: bytes) -> None:
    database = Database.open_to_read(old, key, copied=True)
    with database.reading() as connection:
        before = {
            kind.key: settings_digests.digest(connection, kind)
            for kind in settings_digests.KINDS
            if kind.key not in ADDED
        }
    migrate.upgrade(database, NOW)
    with database.reading() as connection:
        assert {
            kind.key: settings_digests.digest(connection, kind)
            for kind in settings_digests.KINDS
            if kind.key not in ADDED
        } == before
        entered = settings_digests.last_digests(connection)
    database.dispose()
    kinds = {kind.key: kind.id for kind in settings_digests.KINDS}
    assert {key: entered[kinds[key]] for key in before} == before
