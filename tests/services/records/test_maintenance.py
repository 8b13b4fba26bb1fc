"""Backup, restore, check, and what opens a file."""

import errno
import os
from datetime import UTC, datetime

import pytest

from tests.builders import CUSTODY, furnish, make_kennel_visit, make_visit, sign
from tests.conftest import NOW, PASSPHRASE, RECOVERY_SECRET
from visitapp import bootstrap
from visitapp.domain.errors import (
    BadInputError,
    CantOpenError,
    HeldError,
    StorageError,
    WrongPassphraseError,
)
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.security import recovery, vault
from visitapp.services.records import rescue

STRONG = "copper thimble walrus meadow"
AFTERNOON = datetime(2025, 4, 10, 15, 30, tzinfo=UTC)


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def backup(locked, opened, tmp_path):
    """A backup of a file with one visit, in a folder of its own."""
    furnish(opened.services)
    sign(opened.services, make_visit())
    out = tmp_path / "stick" / "copy.visits"
    out.parent.mkdir()
    opened.services.maintenance.backup(out)
    return out


def test_a_backup_and_its_key_file_are_all_it_takes_to_open_the_records(backup, key):
    assert names(backup.parent) == ["copy.visits", "copy.visits.key"]
    assert vault.unlock_with_code(backup, recovery.as_code(RECOVERY_SECRET)) == key
    with bootstrap.open_with_key(backup, key) as copy:
        assert len(copy.services.people.people()) == 3
        assert copy.services.maintenance.check() == []


def test_a_backup_is_private_and_encrypted(backup):
    for path in (backup, vault.key_file(backup)):
        assert path.stat().st_mode & 0o777 == 0o600
        assert b"Anne Example" not in path.read_bytes()
    assert not backup.read_bytes().startswith(b"SQLite format 3")


def test_the_time_of_the_last_backup_is_kept(locked, services, tmp_path):
    assert services.maintenance.last_backup() is None
    services.maintenance.backup(tmp_path / "copy.visits")
    assert services.maintenance.last_backup() == NOW


def test_a_backup_writes_over_nothing_unless_forced(locked, services, tmp_path):
    out = tmp_path / "copy.visits"
    out.write_bytes(b"something else")
    with pytest.raises(BadInputError, match="already exists"):
        services.maintenance.backup(out)
    assert out.read_bytes() == b"something else"
    services.maintenance.backup(out, force=True)
    assert len(out.read_bytes()) > 1000
    assert "copy.visits.key" in names(tmp_path)


@pytest.mark.parametrize("ending", ["", ".key", "-wal", ".lock"])
def test_a_backup_never_takes_the_place_of_the_records(locked, services, key, ending):
    before = vault.key_file(locked).read_bytes()
    with pytest.raises(BadInputError, match="the records themselves"):
        services.maintenance.backup(locked.with_name(locked.name + ending), force=True)
    assert vault.key_file(locked).read_bytes() == before
    assert services.maintenance.check() == []


def test_a_backup_by_another_name_of_the_records_is_refused_too(locked, services, tmp_path):
    (tmp_path / "alias").hardlink_to(locked)
    (tmp_path / "link").symlink_to(locked)
    for name in ("alias", "link"):
        with pytest.raises(BadInputError, match="the records themselves"):
            services.maintenance.backup(tmp_path / name, force=True)
    assert services.maintenance.check() == []


def test_a_backup_that_cannot_be_noted_is_still_a_backup(locked, opened, tmp_path):
    connection = opened.database.driver_connection()
    connection.driver_connection.execute("PRAGMA query_only = ON")
    connection.close()
    opened.services.maintenance.backup(tmp_path / "copy.visits")
    assert (tmp_path / "copy.visits").exists()
    assert opened.services.maintenance.last_backup() is None


def test_what_the_system_refuses_is_told_in_a_sentence(locked, services, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("visitapp.persistence.backup.make_private_file", full)
    out = tmp_path / "copy.visits"
    with pytest.raises(StorageError, match=r"copy\.visits can't be written: No space left"):
        services.maintenance.backup(out)


def test_a_backup_to_a_folder_that_is_not_there_says_so(locked, services, tmp_path):
    with pytest.raises(BadInputError, match="There is no folder"):
        services.maintenance.backup(tmp_path / "nowhere" / "copy.visits")
    assert "nowhere" not in names(tmp_path)


def test_a_backup_without_a_key_file_to_copy_leaves_nothing_behind(services, tmp_path):
    out = tmp_path / "stick" / "copy.visits"
    out.parent.mkdir()
    with pytest.raises(StorageError, match="key file"):
        services.maintenance.backup(out)
    assert names(out.parent) == []


def with_passphrase(records):
    return vault.unlock(records, PASSPHRASE)


def restore(backup, path, **changed):
    values = {"who": "Mary Manager", "now": AFTERNOON, "force": False} | changed
    return rescue.restore(backup, path, with_passphrase, **values)


def test_a_restored_backup_holds_the_records_of_its_day(backup, opened, key, tmp_path, quick):
    sign(opened.services, make_kennel_visit())
    target = tmp_path / "again" / "mine.visits"
    target.parent.mkdir()
    before = backup.read_bytes()
    assert restore(backup, target) is None
    assert names(target.parent) == ["mine.visits", "mine.visits.key"]
    assert target.stat().st_mode & 0o777 == 0o600
    assert backup.read_bytes() == before
    with bootstrap.open_with_key(target, key) as restored:
        assert restored.services.visits.page(VisitQuery()).total == 1


def test_a_restore_keeps_the_file_it_replaces_aside(backup, locked, opened, key, quick):
    sign(opened.services, make_kennel_visit())
    opened.close()
    with pytest.raises(BadInputError, match="already exists"):
        restore(backup, locked)
    aside = restore(backup, locked, force=True)
    assert aside.name == "records.visits.before-restore-20250410-153000"
    assert vault.key_file(aside).exists()
    for path, visits in ((locked, 1), (aside, 2)):
        with bootstrap.open_with_key(path, key) as found:
            assert found.services.visits.page(VisitQuery()).total == visits


def test_two_restores_in_one_second_keep_both_files_aside(backup, locked, opened, quick):
    opened.close()
    first = restore(backup, locked, force=True)
    second = restore(backup, locked, force=True)
    assert first != second
    assert first.exists()
    assert second.exists()


def test_a_restore_waits_for_whoever_has_the_file_open(backup, locked, opened, key, quick):
    opened.close()
    before = locked.read_bytes()
    with (
        bootstrap.open_with_key(locked, key, hold=True),
        pytest.raises(HeldError, match="Mary Manager"),
    ):
        restore(backup, locked, force=True)
    assert locked.read_bytes() == before
    assert not [name for name in names(locked.parent) if name.endswith(".new")]


def test_a_damaged_backup_replaces_nothing(backup, locked, opened, quick):
    opened.close()
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(content)
    before = locked.read_bytes()
    with pytest.raises(BadInputError, match="Nothing was restored"):
        restore(backup, locked, force=True)
    assert locked.read_bytes() == before
    assert not [name for name in names(locked.parent) if "before-restore" in name]


def test_another_passphrase_restores_nothing(backup, locked, opened, quick):
    opened.close()
    before = locked.read_bytes()
    with pytest.raises(WrongPassphraseError):
        bootstrap.restore_file(backup, locked, "wrong words", force=True)
    assert locked.read_bytes() == before


def test_a_file_is_not_restored_over_itself(locked, opened, quick):
    opened.close()
    with pytest.raises(BadInputError, match="the same file"):
        restore(locked, locked, force=True)


def test_a_restore_with_its_real_passphrase_through_the_front_door(backup, tmp_path):
    target = tmp_path / "new folder" / "mine.visits"
    assert bootstrap.restore_file(backup, target, PASSPHRASE) is None
    assert target.parent.stat().st_mode & 0o777 == 0o700
    with pytest.raises(CantOpenError, match="There is no file"):
        bootstrap.restore_file(tmp_path / "none", target, PASSPHRASE)
    with bootstrap.open_with_passphrase(target, PASSPHRASE, hold=True) as restored:
        assert len(restored.services.people.people()) == 3


def test_a_changed_passphrase_leaves_the_records_as_they_are(locked, opened, key):
    opened.services.drafts.begin(CUSTODY)
    before = locked.read_bytes(), locked.with_name(locked.name + "-wal").read_bytes()
    with pytest.raises(BadInputError, match="more word"):
        opened.services.maintenance.change_passphrase(PASSPHRASE, "short")
    opened.services.maintenance.change_passphrase(PASSPHRASE, STRONG)
    assert (locked.read_bytes(), locked.with_name(locked.name + "-wal").read_bytes()) == before
    assert vault.unlock(locked, STRONG) == key
    assert vault.unlock_with_code(locked, recovery.as_code(RECOVERY_SECRET)) == key
    with pytest.raises(WrongPassphraseError):
        opened.services.maintenance.change_passphrase(PASSPHRASE, STRONG)


def test_a_renewed_code_takes_the_place_of_the_one_before(locked, services, key):
    code = services.maintenance.renew_code()
    assert vault.unlock_with_code(locked, code) == key
    with pytest.raises(WrongPassphraseError):
        vault.unlock_with_code(locked, recovery.as_code(RECOVERY_SECRET))
