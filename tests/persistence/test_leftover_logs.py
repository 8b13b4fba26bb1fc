"""A log that lies beside a file is taken over where it belongs, and never by another version."""

import hashlib
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from tests.builders import CUSTODY, furnish, make_visit, sign
from visitapp import bootstrap
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.errors import StorageError
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import backup, dialect, leftover_logs
from visitapp.persistence.database import Database
from visitapp.persistence.leftover_logs import Verdict


def total(path, key):
    with bootstrap.open_with_key(path, key) as opened:
        assert opened.services.maintenance.check() == []
        return opened.services.visits.page(VisitQuery()).total


def crash(path, key, folder, write):
    """What a power cut leaves in `folder` after `write(services)`: nothing was closed."""
    folder.mkdir()
    with bootstrap.open_with_key(path, key) as opened:
        write(opened.services)
        for ending in ("", "-wal", "-shm"):
            shutil.copy2(leftover_logs.beside(path, ending), folder)
    assert leftover_logs.has_content(leftover_logs.beside(folder / path.name, "-wal"))
    return folder / path.name


def write_visits(count, month=3):
    def write(services):
        for day in range(1, 1 + count):
            sign(services, make_visit(date(2025, month, day)))

    return write


@pytest.fixture
def file(records, key):
    with bootstrap.open_with_key(records, key) as opened:
        furnish(opened.services)
        write_visits(2)(opened.services)
    return records


def digests(folder):
    return {
        one.name: (hashlib.sha256(one.read_bytes()).hexdigest(), one.stat().st_mtime_ns)
        for one in folder.iterdir()
    }


def test_a_log_that_belongs_brings_back_what_was_saved(file, key, tmp_path):
    crashed = crash(file, key, tmp_path / "crashed", write_visits(3, 4))
    assert leftover_logs.judge(crashed, key) is Verdict.BELONGS
    assert total(crashed, key) == 5
    assert [one.name for one in crashed.parent.iterdir()] == [crashed.name]


def test_two_crashes_one_after_the_other_lose_nothing(file, key, tmp_path):
    first = crash(file, key, tmp_path / "first", write_visits(1, 4))
    second = crash(first, key, tmp_path / "second", write_visits(2, 5))
    assert total(second, key) == 5


def other_versions(file, key, folder):
    """Sound files of the same records that another program may put in the file's place."""
    folder.mkdir()
    earlier = shutil.copy2(file, folder / "earlier")
    other = shutil.copy2(file, folder / "other")
    with bootstrap.open_with_key(other, key) as opened:
        write_visits(4, 6)(opened.services)
    tampered = shutil.copy2(file, folder / "tampered")
    with closing(dialect.connect(tampered, key)) as connection:
        connection.execute("UPDATE account SET name = 'Another program'")
    copy = folder / "backup"
    database = Database.open(other, key)
    backup.copy_records(database, key, copy)
    database.dispose()
    return {"earlier": (earlier, 2), "other": (other, 6), "tampered": (tampered, 2),
            "backup": (copy, 6)}  # fmt: skip


@pytest.mark.parametrize("which", ["earlier", "other", "tampered", "backup"])
def test_the_log_of_another_version_is_set_aside_and_said(file, key, tmp_path, which):
    version, visits = other_versions(file, key, tmp_path / "versions")[which]
    crashed = crash(file, key, tmp_path / "crashed", write_visits(3, 4))
    log = leftover_logs.beside(crashed, "-wal").read_bytes()
    shutil.copy2(version, crashed)
    database = Database.open(crashed, key)
    with database.reading():
        pass
    (said,) = database.notices
    database.dispose()
    assert said.startswith(
        "records.visits-wal was in the same folder as the file but belongs to another version"
    )
    (aside,) = crashed.parent.glob("records.visits.log-of-another-version-*-wal")
    assert aside.name in said
    assert aside.read_bytes() == log
    assert total(crashed, key) == visits


def test_a_log_is_known_again_however_far_it_was_brought_into_the_file(file, key, tmp_path):
    crashed = crash(file, key, tmp_path / "crashed", write_visits(3, 4))
    with closing(dialect.connect_as_left(crashed, key)) as connection:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        half = tmp_path / "half"
        half.mkdir()
        for ending in ("", "-wal"):
            shutil.copy2(leftover_logs.beside(crashed, ending), half)
    assert leftover_logs.judge(half / crashed.name, key) is Verdict.BELONGS
    assert total(half / crashed.name, key) == 5


def test_an_earlier_state_of_the_log_does_not_belong_to_the_file_as_it_became(file, key, tmp_path):
    """A synchronising program brings the file as it was closed, and the log as it was before."""
    behind = tmp_path / "behind"
    behind.mkdir()
    with bootstrap.open_with_key(file, key) as opened:
        write_visits(2, 4)(opened.services)
        shutil.copy2(leftover_logs.beside(file, "-wal"), behind)
        write_visits(2, 5)(opened.services)
        opened.services.drafts.begin(CUSTODY)
    shutil.copy2(file, behind)
    assert leftover_logs.judge(behind / file.name, key) is Verdict.FOREIGN
    assert total(behind / file.name, key) == 6
    assert list(behind.glob("records.visits.log-of-another-version-*"))


def test_a_torn_first_page_is_mended_from_the_log(file, key, tmp_path):
    crashed = crash(file, key, tmp_path / "crashed", write_visits(3, 4))
    with crashed.open("r+b") as main:
        main.seek(512)
        main.write(bytes(512))
    assert total(crashed, key) == 5
    (kept,) = (p for p in crashed.parent.glob("*.before-recovery-*") if not p.name.endswith("wal"))
    assert kept.stat().st_size == file.stat().st_size


def test_the_log_of_a_version_that_made_no_marks_is_tried_and_copies_are_kept(file, key, tmp_path):
    with closing(dialect.connect_as_left(file, key)) as connection:
        for name in ("user_version", "application_id"):
            connection.execute(f"PRAGMA {name} = 0")
    old = tmp_path / "old"
    old.mkdir()
    with closing(dialect.connect_as_left(file, key)) as connection:
        connection.execute("UPDATE person SET name = name || ' the Older'")
        for ending in ("", "-wal"):
            shutil.copy2(leftover_logs.beside(file, ending), old)
    path = old / file.name
    database = Database.open(path, key)
    with database.reading() as connection:
        names = connection.exec_driver_sql("SELECT name FROM person").scalars().all()
    assert all(name.endswith(" the Older") for name in names)
    assert database.notices[0].startswith("visitapp stopped without closing the file last time")
    database.dispose()
    assert len(list(old.glob("records.visits.before-recovery-*"))) == 2


@pytest.mark.parametrize("content", [b"", b"\x37\x7f\x06\x82" + bytes(40), b"anything" * 900])
def test_a_log_that_holds_nothing_is_no_trouble(file, key, content):
    leftover_logs.beside(file, "-wal").write_bytes(content)
    leftover_logs.beside(file, "-shm").write_bytes(b"stale" * 100)
    assert total(file, key) == 2
    assert [one.name for one in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("content", [b"", b"anything" * 900])
def test_a_journal_that_is_not_needed_is_set_aside(file, key, content):
    journal = leftover_logs.beside(file, "-journal")
    journal.write_bytes(content)
    assert total(file, key) == 2
    assert not journal.exists()
    aside = list(file.parent.glob("*.journal-of-another-version-*"))
    assert [one.read_bytes() for one in aside] == ([content] if content else [])


def test_the_journal_of_another_version_is_not_rolled_back_into_the_file(file, key, tmp_path):
    other = tmp_path / "other.visits"
    database = Database.open(file, key)
    backup.copy_records(database, key, other)
    database.dispose()
    connection = dialect.connect_as_left(other, key)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE person SET name = hex(randomblob(9000))")
    hot = leftover_logs.beside(other, "-journal").read_bytes()
    half = other.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    assert hot
    leftover_logs.beside(file, "-journal").write_bytes(hot)
    assert total(file, key) == 2
    assert list(file.parent.glob("records.visits.journal-of-another-version-*"))
    own = tmp_path / "own" / "own.visits"
    own.parent.mkdir()
    own.write_bytes(half)
    leftover_logs.beside(own, "-journal").write_bytes(hot)
    assert total(own, key) == 2


def test_nothing_is_moved_where_the_key_opens_neither_file_nor_log(file, key, tmp_path):
    crashed = crash(file, key, tmp_path / "crashed", write_visits(3, 4))
    before = {name: found[0] for name, found in digests(crashed.parent).items()}
    with pytest.raises(StorageError, match="can't be read with this key"):
        bootstrap.open_with_key(crashed, bytes(32))
    assert {name: found[0] for name, found in digests(crashed.parent).items()} == before
    assert total(crashed, key) == 5


def read_all(path, key):
    database = Database.open_to_read(path, key)
    try:
        with database.reading() as connection:
            found = connection.exec_driver_sql("SELECT count(*) FROM visit").scalar()
        return found, database.notices
    finally:
        database.dispose()


def test_reading_writes_not_a_byte(file, key, tmp_path):
    leftover_logs.beside(file, "-wal").unlink(missing_ok=True)
    before = digests(file.parent)
    assert read_all(file, key) == (2, [])
    assert digests(file.parent) == before
    crashed = crash(file, key, tmp_path / "crashed", write_visits(3, 4))
    before = digests(crashed.parent)
    assert read_all(crashed, key) == (5, [])
    assert digests(crashed.parent) == before


def test_reading_leaves_out_the_log_of_another_version_and_says_so(file, key, tmp_path):
    version, visits = other_versions(file, key, tmp_path / "versions")["other"]
    crashed = crash(file, key, tmp_path / "crashed", write_visits(3, 4))
    shutil.copy2(version, crashed)
    before = digests(crashed.parent)
    found, (said,) = read_all(crashed, key)
    assert found == visits
    assert said.startswith(
        "records.visits-wal is in the same folder as the file but belongs to another version"
    )
    assert digests(crashed.parent) == before


def test_reading_a_file_that_is_being_written_to_sees_what_was_saved(file, key):
    with bootstrap.open_with_key(file, key) as opened:
        draft, _ = opened.services.drafts.begin(CUSTODY)
        for number in range(12):
            content = {"number": number, "summary": "x" * 400_000}
            draft = opened.services.drafts.save(replace(draft, report=typed_report(content)))
            database = Database.open_to_read(file, key)
            with database.reading() as connection:
                seen = connection.exec_driver_sql("SELECT content FROM draft").scalar()
            database.dispose()
            assert f'"number": {number}' in seen
    assert leftover_logs.beside(file, "-wal").exists() is False


def test_an_empty_file_stays_empty(tmp_path, key):
    empty = tmp_path / "empty.visits"
    empty.touch()
    database = Database.open_to_read(empty, key)
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
    database.dispose()
    assert [(one.name, one.stat().st_size) for one in tmp_path.iterdir()] == [("empty.visits", 0)]
