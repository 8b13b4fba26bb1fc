"""Tables of new files, and older files brought up to date."""

import shutil
import subprocess
import sys

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Integer, Uuid, create_engine, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from visitapp import bootstrap, paths
from visitapp.domain.errors import CantOpenError, DamagedError, NewerFileError
from visitapp.persistence import (
    counted_answers,
    migrate,
    office_tables,
    planning_tables,
    report_tables,
    tables,
)
from visitapp.persistence.database import Database
from visitapp.security import recovery, vault

HEAD = migrate.HEAD
NEXT = '''"""A later revision."""

from alembic import op
from sqlalchemy import Column, Integer, text

revision = "0999"
down_revision = "{head}"


def upgrade():
    op.add_column("site", Column("storeys", Integer()))
    {then}
'''


def scripts():
    config = Config()
    config.set_main_option("script_location", str(paths.migrations_folder()))
    return ScriptDirectory.from_config(config)


def test_the_program_knows_the_newest_revision_and_there_is_one_line_of_them():
    assert scripts().get_heads() == [migrate.HEAD]
    assert len(list(scripts().walk_revisions())) == len(
        list((paths.migrations_folder() / "versions").glob("*.py"))
    )


def _described(connection):
    """The tables and indexes as the file itself describes them.

    Without the index of texts, which is the database's own, and without line breaks, which a
    column added later has none of.
    """
    rows = connection.execute(
        text("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    )
    return [
        (*row, " ".join(sql.split()) if sql else sql)
        for *row, sql in rows
        if "alembic" not in row[2] and not row[2].startswith("report_text")
    ]


def test_a_migrated_file_has_the_tables_that_the_program_describes(opened, tmp_path):
    with opened.database.reading() as connection:
        migrated = _described(connection)
    fresh = create_engine(f"sqlite:///{tmp_path / 'plain.db'}")
    with fresh.begin() as connection:
        tables.metadata.create_all(connection)
        counted_answers.ANSWER.create(connection)
        counted_answers.MONTH.create(connection)
        described = _described(connection)
    fresh.dispose()
    assert migrated == described
    assert len(migrated) > len(tables.metadata.tables)


@pytest.mark.parametrize("table", tables.metadata.tables.values(), ids=str)
def test_every_row_has_its_scheme_a_uuid_and_a_version(table):
    assert isinstance(table.c.id.type, Uuid)
    assert [column.name for column in table.primary_key] == ["id"]
    assert isinstance(table.c.scheme_id.type, Uuid)
    assert isinstance(table.c.version.type, Integer)
    assert not table.c.version.nullable
    office_wide = {"office", "account", "person", "batch", "batch_reject", "year_text", "backup"}
    office_wide |= {"import_layout", "rota_notice"}
    office_wide |= {report_tables.ledger.name, "volunteer_file", "credential"}
    office_wide |= {"monitoring", "same_person", "area_population"}
    office_wide |= {"meeting", "attendance", "meeting_action", "meeting_edition"}
    office_wide |= {"claim", "hours_approval", "mileage_rate"}
    office_wide |= {"availability", "availability_entry", "free_time", "absence", "travel", "plan"}
    office_wide |= {
        planning_tables.redraw.name,
        "rota_notice",
        "own_copy",
        "other_copy",
        "invitation",
    }
    office_wide |= {
        office_tables.body.name,
        "message_in",
        "message_out",
        "earlier_keys",
        "succession",
        "access_entry",
    }
    assert table.c.scheme_id.nullable == (table.name in office_wide)


@pytest.mark.parametrize("table", tables.metadata.tables.values(), ids=str)
def test_the_tables_can_be_made_on_postgresql(table):
    statement = str(CreateTable(table).compile(dialect=postgresql.dialect()))
    assert "id UUID NOT NULL" in statement
    for index in table.indexes:
        assert str(CreateIndex(index).compile(dialect=postgresql.dialect()))
    names = [index.name for index in table.indexes] + [c.name for c in table.constraints]
    assert all(len(name) <= 63 for name in names if name)


def test_a_file_of_a_newer_version_is_refused_and_left_alone(opened, records, key):
    with opened.database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    before = records.read_bytes()
    with pytest.raises(NewerFileError, match="Install that version first"):
        bootstrap.open_with_key(records, key, hold=True)
    assert records.read_bytes() == before


def test_an_encrypted_file_without_records_is_told(tmp_path, key):
    path = tmp_path / "empty.visits"
    path.touch()
    with pytest.raises(CantOpenError, match="contains no visitapp records"):
        bootstrap.open_with_key(path, key)


@pytest.fixture
def later(monkeypatch, tmp_path):
    """A later version of the program, with a revision that this file lacks."""

    def make(then="pass"):
        folder = tmp_path / "program" / "migrations"
        shutil.copytree(paths.migrations_folder(), folder)
        (folder / "versions" / "0999_later.py").write_text(NEXT.format(then=then, head=HEAD))
        monkeypatch.setattr(migrate, "migrations_folder", lambda: folder)
        monkeypatch.setattr(migrate, "HEAD", "0999")

    return make


def columns(opened):
    with opened.database.reading() as connection:
        return {row[1] for row in connection.execute(text("PRAGMA table_info(site)"))}


def test_an_older_file_is_brought_up_to_date_after_a_backup(locked, key, later):
    later()
    with bootstrap.open_with_key(locked, key) as opened:
        assert "storeys" in columns(opened)
        assert migrate.revision(opened.database) == "0999"
        assert opened.lock is None

    def backups():
        paths_aside = locked.parent.glob("records.visits.before-migration-*")
        return [path for path in paths_aside if path.suffix != ".key"]

    (kept,) = backups()
    assert vault.unlock_with_code(kept, recovery.as_code(RECOVERY_SECRET)) == key
    before = Database.open(kept, key)
    assert migrate.revision(before) == HEAD
    before.dispose()
    with bootstrap.open_with_key(locked, key):
        assert backups() == [kept]


def test_an_older_file_that_another_copy_has_open_is_not_migrated(records, key, later):
    with bootstrap.open_with_key(records, key, hold=True):
        later()
        with pytest.raises(CantOpenError, match="is open in another copy"):
            bootstrap.open_with_key(records, key)
    assert not list(records.parent.glob("*before-migration*"))


def test_an_older_file_is_checked_and_restored_like_any_other(locked, key, later, quick, tmp_path):
    later()
    assert bootstrap.check_file(locked, PASSPHRASE) == []
    again = tmp_path / "again.visits"
    bootstrap.restore_file(locked, again, PASSPHRASE)
    with bootstrap.open_with_key(again, key) as opened:
        assert "storeys" in columns(opened)


def test_a_newer_file_is_neither_checked_nor_restored(opened, locked, quick, tmp_path):
    with opened.database.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(NewerFileError):
        bootstrap.check_file(locked, PASSPHRASE)
    with pytest.raises(NewerFileError):
        bootstrap.restore_file(locked, tmp_path / "again.visits", PASSPHRASE)
    assert not (tmp_path / "again.visits").exists()


def test_a_migration_that_fails_leaves_the_file_as_it_was(records, key, later, monkeypatch):
    later(then='op.execute(text("INSERT INTO nowhere VALUES (1)"))')
    with pytest.raises(CantOpenError):
        bootstrap.open_with_key(records, key, hold=True)
    monkeypatch.undo()
    with bootstrap.open_with_key(records, key, hold=True) as opened:
        assert "storeys" not in columns(opened)
        assert opened.services.maintenance.check() == []


def test_a_file_of_todays_version_is_opened_without_alembic(records, key):
    code = (
        "import sys\nfrom pathlib import Path\nfrom visitapp import bootstrap\n"
        f"with bootstrap.open_with_key(Path({str(records)!r}), bytes(range(32)), hold=True) as o:\n"
        "    o.services.setup.schemes()\n"
        "    o.services.visits, o.services.drafts, o.services.people\n"
        "heavy = {'alembic', 'reportlab', 'openpyxl', 'xlsxwriter', 'PySide6', 'PIL', 'argon2'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize("odd", ["", "0000", "seven", "9" * 5_000, "00\u0661", b"0001", "1"])
def test_a_revision_that_no_version_wrote_is_damage(records, key, odd):
    database = Database.open(records, key)
    with database.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = ?", (odd,))
    database.dispose()
    with pytest.raises(DamagedError, match="which version"):
        bootstrap.open_with_key(records, key)


def test_two_revisions_at_once_are_damage(records, key):
    database = Database.open(records, key)
    with database.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0001')")
    database.dispose()
    with pytest.raises(DamagedError, match="which version"):
        bootstrap.open_with_key(records, key)
