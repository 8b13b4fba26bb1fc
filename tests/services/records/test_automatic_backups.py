"""Backups that make themselves, over a real file."""

import os
import shutil
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import CUSTODY, furnish, make_visit, sign
from tests.conftest import NOW, PASSPHRASE, RECOVERY_SECRET
from visitapp import bootstrap, paths
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.errors import CancelledError, StorageError
from visitapp.domain.records.backups import BackupKind, BackupPlace
from visitapp.persistence import backup as stored
from visitapp.persistence import contents, dialect
from visitapp.security import recovery, vault
from visitapp.services.records import backups as backup_services
from visitapp.services.records.backups import BackupService


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(locked: Path, key: bytes, clock: Clock):
    with bootstrap.open_with_key(locked, key, hold=True, clock=clock) as opened:
        furnish(opened.services)
        yield opened.services


@pytest.fixture
def service(office) -> BackupService:
    return office.backups


def _write(office, words: str) -> None:
    draft, _ = office.drafts.begin(CUSTODY)
    office.drafts.save(replace(draft, report=typed_report({"summary": words})))


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_backup_makes_itself_beside_the_records_whole_and_private(service, locked, office):
    sign(office, make_visit())
    made = service.make(None)
    assert made.kind is BackupKind.AUTOMATIC
    assert made.target == locked.parent / "backups" / "records-automatic-2025-04-10-1300.visits"
    assert _names(made.target.parent) == [
        "records-automatic-2025-04-10-1300.visits",
        "records-automatic-2025-04-10-1300.visits.key",
    ]
    assert made.target.read_bytes()[:15] != b"SQLite format 3"
    for path in (made.target, vault.key_file(made.target)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert service.last() == made
    assert service.state().place is BackupPlace.SAME_DISK


def test_it_holds_what_the_records_held(service, office, key):
    sign(office, make_visit())
    made = service.make(None)
    copy = dialect.connect_alone(made.target, key)
    held = contents.read(copy)
    copy.close()
    assert held.digest == made.contents == stored.contents_of(office.access.database).digest
    assert held.tables["visit"][0] == 1


def test_nothing_is_made_while_nothing_changes(service, office):
    first = service.make(None)
    assert service.make(None) is None
    assert service.last() == first
    _write(office, "Calm")
    assert service.make(None) is not None


def test_a_backup_that_was_taken_away_is_made_again(service):
    first = service.make(None)
    vault.key_file(first.target).unlink()
    assert service.state().place is BackupPlace.OUT_OF_REACH
    assert service.make(None) is not None


def test_another_folder_gets_one_of_its_own(service, tmp_path):
    service.make(None)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    made = service.make(elsewhere)
    assert made.target.parent == elsewhere


def test_two_of_one_hour_are_too_many(service, clock, locked):
    assert service.waits(None) == timedelta()
    service.make(None)
    clock.at += timedelta(minutes=20)
    assert service.waits(None) == timedelta(minutes=40)
    clock.at += timedelta(minutes=40)
    assert service.waits(None) == timedelta()
    clock.at = NOW
    assert service.waits(locked.parent) == timedelta()  # another folder has none yet
    clock.at = NOW - timedelta(days=9)  # a clock that was put back holds up nothing
    assert service.waits(None) == timedelta()


# -- what goes ------------------------------------------------------------------------------


def _days_pass(service, office, clock, days: int) -> Path:
    for day in range(days):
        clock.at = NOW + timedelta(days=day)
        _write(office, f"Day {day}")
        made = service.make(None)
    return made.target.parent


def test_old_ones_go_and_the_newest_stay(service, office, clock):
    folder = _days_pass(service, office, clock, 12)
    names = [name for name in _names(folder) if not name.endswith(".key")]
    days = [int(name[len("records-automatic-2025-04-") :][:2]) for name in names]
    # 10 April 2025 is a Thursday: the Sunday before stays as the last of its week
    assert days == [13, 15, 16, 17, 18, 19, 20, 21]
    assert len(_names(folder)) == 2 * len(names)


def _planted(folder: Path, name: str, source: Path | None, content: bytes = b"") -> Path:
    path = folder / name
    if source is None:
        path.write_bytes(content)
    else:
        shutil.copy2(source, path)
    return path


def test_nothing_goes_that_it_did_not_make_itself(service, office, clock, locked, tmp_path):
    folder = locked.parent / "backups"
    folder.mkdir()
    old = "records-automatic-2019-01-0{}-1200.visits"
    others = tmp_path / "others.visits"
    bootstrap.make_records(
        others, bytes(32), office=office.setup.office(), actor=office.access.actor,
        scheme_ids={},
    )  # fmt: skip
    by_hand = tmp_path / "by-hand.visits"
    office.maintenance.backup(by_hand)
    first = service.make(None)
    kept = [
        _planted(folder, old.format(1), None, b"a holiday picture"),
        _planted(folder, old.format(2), others),  # of another office
        _planted(folder, old.format(3), by_hand),  # somebody gave it that name
        _planted(folder, old.format(4), first.target),  # ours, under another name
        _planted(folder, "records-automatic-2019-13-45-9999.visits", first.target),
        _planted(folder, "letter.odt", None, b"x"),
        folder / old.format(5),
    ]
    (folder / old.format(5)).mkdir()
    _days_pass(service, office, clock, 12)
    assert [path for path in kept if not path.exists()] == []


def test_one_that_somebody_has_open_stays(service, office, clock):
    first = service.make(None)
    holder = first.target.with_name(f"{first.target.name}.holder")
    holder.write_text("{}")
    _days_pass(service, office, clock, 12)
    assert first.target.exists()
    holder.unlink()
    clock.at += timedelta(days=1)
    _write(office, "And on")
    service.make(None)
    assert not first.target.exists()


# -- what goes wrong ------------------------------------------------------------------------


def test_a_folder_that_is_gone_is_a_sentence_and_is_not_made(service, tmp_path):
    stick = tmp_path / "stick" / "backups"
    with pytest.raises(StorageError, match=r"^The folder for backups cannot be found: .*stick"):
        service.make(stick)
    assert not stick.parent.exists()
    stick.mkdir(parents=True)
    assert service.make(stick) is not None


@pytest.mark.skipif(os.geteuid() == 0, reason="the system refuses its administrator nothing")
def test_a_folder_that_may_not_be_written_to_is_a_sentence(service, tmp_path):
    (tmp_path / "stick").mkdir(mode=0o500)
    with pytest.raises(StorageError, match="can't be written: Permission denied"):
        service.make(tmp_path / "stick")


def _fails(monkeypatch, where: str, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(*{
        "copy": (dialect, "physical_damage"),
        "key": (vault, "copy"),
        "name": (backup_services, "put_as_new"),
    }[where], fail)  # fmt: skip


@pytest.mark.parametrize("where", ["copy", "key", "name"])
@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), dialect.dbapi().OperationalError("disk full")]
)
def test_whatever_fails_nothing_half_made_stays(service, monkeypatch, locked, where, error, office):
    with monkeypatch.context() as patched:
        _fails(patched, where, error)
        with pytest.raises((StorageError, dialect.dbapi().Error)):
            service.make(None)
    left = [name for name in _names(locked.parent / "backups") if not name.endswith(".key")]
    assert left == []
    assert service.last() is None
    made = service.make(None)
    assert service.last() == made


def test_a_copy_that_is_not_what_the_records_are_is_no_backup(service, monkeypatch, locked):
    read = contents.read

    def other(connection):
        found = read(connection)
        other.looks += 1
        if other.looks % 2 == 0:
            found.tables["site"] = (0, "")
        return found

    other.looks = 0
    monkeypatch.setattr(contents, "read", other)
    with pytest.raises(StorageError, match="could not be read back"):
        service.make(None)
    assert _names(locked.parent / "backups") == []
    assert service.last() is None


def test_it_can_be_stopped_at_any_moment(service, locked, tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "_STEPS_AT_ONCE", 500)
    monkeypatch.setattr(stored, "_PAGES_AT_ONCE", 8)
    times = []
    assert service.make(tmp_path, lambda: times.append(1) or True) is not None
    (locked.parent / "backups").mkdir()
    assert len(times) > 40
    for looks in {0, 1, *(len(times) * part // 8 for part in range(1, 8))}:
        asked = iter([True] * looks)
        with pytest.raises(CancelledError):
            service.make(locked.parent / "backups", lambda asked=asked: next(asked, False))
        assert _names(locked.parent / "backups") == []
        assert service.last().target.parent == tmp_path


def test_leftovers_of_a_killed_program_go_after_an_hour(service, locked):
    folder = locked.parent / "backups"
    folder.mkdir()
    half = folder / f".records-automatic-2025-04-09-1000.visits.{'ab' * 8}.new"
    fresh = folder / f".records-automatic-2025-04-10-1000.visits.{'cd' * 8}.new"
    other = folder / ".records-automatic-notes"
    for path in (half, vault.key_file(half), fresh, other):
        path.write_bytes(b"x")
    long_ago = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
    for path in (half, vault.key_file(half), other):
        os.utime(path, (long_ago, long_ago))
    service.make(None)
    assert not half.exists()
    assert not vault.key_file(half).exists()
    assert fresh.exists()
    assert other.exists()


def test_others_go_on_writing_while_it_is_made(service, office, monkeypatch, key):
    """What is written meanwhile is in the next one; it holds one state, and a draft isn't kept
    waiting."""
    read = contents.read

    def meanwhile(connection):
        found = read(connection)
        monkeypatch.setattr(contents, "read", read)
        _write(office, "Written meanwhile")
        return found

    monkeypatch.setattr(contents, "read", meanwhile)
    made = service.make(None)
    copy = dialect.connect_alone(made.target, key)
    assert copy.execute("SELECT count(*) FROM draft").fetchone()[0] == 0
    copy.close()
    assert len(office.drafts.drafts()) == 1
    assert service.make(None) is not None


def test_a_backup_that_is_looked_into_makes_none_of_its_own(service, key):
    made = service.make(None)
    with bootstrap.open_with_key(made.target, key, hold=True) as opened:
        assert opened.services.backups.make(None) is None


def test_a_backup_by_hand_counts_as_verified(service, office, tmp_path):
    office.maintenance.backup(tmp_path / "by-hand.visits")
    last = service.last()
    assert (last.kind, last.target) == (BackupKind.BY_HAND, tmp_path / "by-hand.visits")
    assert last.contents == stored.contents_of(office.access.database).digest


def test_another_disk_is_told_from_this_one(service, monkeypatch, tmp_path):
    made = service.make(None)
    real = Path.stat

    def other_disk(path: Path, **how: bool):
        found = real(path, **how)
        if path != made.target:
            return found
        return os.stat_result((*found[:2], found.st_dev + 1, *found[3:]))

    monkeypatch.setattr(Path, "stat", other_disk)
    assert service.state().place is BackupPlace.OTHER_DISK


# -- a new machine --------------------------------------------------------------------------


@pytest.mark.parametrize("by_code", [False, True], ids=["passphrase", "recovery code"])
def test_it_is_restored_on_a_new_machine(service, office, tmp_path, monkeypatch, clock, by_code):
    """Only the backup and its key file go there; another home, another folder."""
    visit = sign(office, make_visit())
    clock.at += timedelta(days=1)
    made = service.make(None)
    machine = tmp_path / "machine"
    (machine / "stick").mkdir(parents=True)
    for path in (made.target, vault.key_file(made.target)):
        shutil.copy2(path, machine / "stick")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(machine))
    monkeypatch.chdir(machine)
    words = recovery.as_code(RECOVERY_SECRET) if by_code else PASSPHRASE
    records = paths.user_folder() / "records.visits"
    kept = bootstrap.restore_file(
        machine / "stick" / made.target.name, records, words, by_code=by_code
    )
    assert kept is None
    with bootstrap.open_with_passphrase(records, PASSPHRASE, hold=True) as opened:
        assert opened.services.visits.get(visit.id).summary == visit.summary
        assert opened.services.maintenance.check() == []
        assert opened.services.backups.make(None) is not None
