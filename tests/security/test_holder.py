"""One copy of the program at a time, by name."""

import json
import platform
import subprocess
import sys
import threading

import pytest

from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.domain.errors import CantOpenError, HeldElsewhereError, HeldError
from visitapp.security import holder, nearby_files
from visitapp.security.holder import Holder

OTHER_COPY = """
import sys
from pathlib import Path
from visitapp import bootstrap
with bootstrap.open_with_key(Path(sys.argv[1]), bytes(range(32)), hold=True):
    print("open", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def other_copy(records):
    """Another process that has the file open in its window."""
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER_COPY, str(records)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "open\n"
    yield process
    process.kill()
    process.communicate()


def test_a_second_copy_is_refused_and_told_who_has_the_file(records, key, other_copy):
    with pytest.raises(HeldError) as refused:
        bootstrap.open_with_key(records, key, hold=True)
    assert "records.visits is open in another copy of visitapp: Mary Manager on " in str(
        refused.value
    )
    assert ", since " in str(refused.value)


def test_reading_commands_work_beside_an_open_window(records, key, other_copy):
    with bootstrap.open_with_key(records, key) as reading:
        assert reading.services.setup.office().area == "Anyshire"


def test_a_copy_that_was_killed_locks_nobody_out(records, key, other_copy):
    other_copy.kill()
    other_copy.wait()
    with bootstrap.open_with_key(records, key, hold=True) as opened:
        assert opened.lock is not None


def test_a_copy_that_was_closed_leaves_no_name(records, key):
    name = records.with_name("records.visits.holder")
    with bootstrap.open_with_key(records, key, hold=True):
        assert json.loads(name.read_text())["who"] == "Mary Manager"
        for path in (name, records.with_name("records.visits.lock")):
            assert path.stat().st_mode & 0o777 == 0o600
    assert not name.exists()
    with bootstrap.open_with_key(records, key, hold=True):
        assert name.exists()


@pytest.mark.parametrize("text", ["", "[]", "{", '{"who": "x"}', "\udcff"])
def test_an_unreadable_name_still_refuses(records, text):
    held = Holder(records, "Mary Manager", NOW)
    name = records.with_name("records.visits.holder")
    name.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(HeldError, match=r"open in another copy of visitapp\.$"):
        Holder(records, "Somebody Else", NOW)
    held.release()


def test_a_file_taken_in_one_thread_is_let_go_in_another(records):
    taken = []
    thread = threading.Thread(target=lambda: taken.append(Holder(records, "Mary", NOW)))
    thread.start()
    thread.join()
    taken[0].release()
    Holder(records, "Mary", NOW).release()


def test_a_holder_that_cannot_write_its_name_holds_nothing(records):
    name = records.with_name("records.visits.holder")
    name.mkdir()
    (name / "in the way").touch()
    with pytest.raises(OSError, match="directory"):
        Holder(records, "Mary", NOW)
    (name / "in the way").unlink()
    name.rmdir()
    Holder(records, "Mary", NOW).release()


def elsewhere(records, **changed):
    """The mark of another computer, as this version or one before wrote it."""
    about = {
        "who": "Mary Manager", "host": "OFFICE-PC", "since": "14:02 on 10 April 2025",
        "installation": "0" * 32, "pid": 4242,
    } | changed  # fmt: skip
    name = records.with_name("records.visits.holder")
    name.write_text(json.dumps({key: value for key, value in about.items() if value is not None}))
    return name


@pytest.mark.parametrize(
    "changed",
    [{}, {"installation": None}, {"host": platform.node()}, {"since": None, "who": 7}],
    ids=["another computer", "of a version before", "of the same name", "half of it"],
)
def test_a_file_that_another_computer_has_open_is_refused_and_its_mark_stays(records, key, changed):
    name = elsewhere(records, **changed)
    before = name.read_bytes()
    with pytest.raises(HeldElsewhereError, match=r"is open on .*Close it there first\.$"):
        bootstrap.open_with_key(records, key, hold=True)
    with pytest.raises(CantOpenError):
        bootstrap.open_with_key(records, bytes(32), hold=True)
    with bootstrap.open_with_key(records, key) as reading:
        assert reading.services.setup.office().area == "Anyshire"
    assert name.read_bytes() == before
    with bootstrap.open_with_key(records, key, hold=True, take_over=True):
        assert json.loads(name.read_bytes())["who"] == "Mary Manager"
        assert name.read_bytes() != before
    assert not name.exists()


def test_who_has_it_where_and_since_when_is_said(records, key):
    elsewhere(records)
    with pytest.raises(HeldElsewhereError) as refused:
        bootstrap.open_with_key(records, key, hold=True)
    assert str(refused.value) == (
        "records.visits is open on OFFICE-PC since 14:02 on 10 April 2025 by Mary Manager. "
        "Close it there first."
    )


def test_a_mark_with_escapes_in_it_reaches_no_terminal(records, key):
    elsewhere(records, host="PC\x1b[31m\n", who="M" * 5_000)
    with pytest.raises(HeldElsewhereError) as refused:
        bootstrap.open_with_key(records, key, hold=True)
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("installation", [None, "ours"])
def test_a_crash_on_this_computer_is_no_obstacle(records, key, installation):
    ours = None if installation is None else holder.installation()
    elsewhere(records, host=platform.node(), installation=ours)
    with bootstrap.open_with_key(records, key, hold=True) as opened:
        assert opened.lock is not None


def test_a_mark_that_another_computer_put_there_since_is_not_removed(records, key):
    with bootstrap.open_with_key(records, key, hold=True):
        name = elsewhere(records)
    assert name.exists()


def test_every_home_has_a_name_of_its_own_and_keeps_it(monkeypatch, tmp_path):
    names = set()
    for home in ("one", "other"):
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / home))
        monkeypatch.setenv("APPDATA", str(tmp_path / home))
        monkeypatch.setenv("HOME", str(tmp_path / home))
        assert holder.installation() == holder.installation()
        names.add(holder.installation())
    assert len(names) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_the_file_does_not_go_round_the_lock(records, key, tmp_path, other_copy):
    link = tmp_path / "elsewhere" / "link.visits"
    link.parent.mkdir()
    link.symlink_to(records)
    with pytest.raises(HeldError, match=r"records\.visits is open in another copy"):
        bootstrap.open_with_key(link, key, hold=True)
    assert list(link.parent.iterdir()) == [link]


@pytest.mark.skipif(sys.platform == "win32", reason="hard links are rare there")
def test_a_file_with_two_names_is_read_and_not_written(records, key, tmp_path, other_copy):
    alias = tmp_path / "alias.visits"
    alias.hardlink_to(records)
    with pytest.raises(CantOpenError, match="has a second name on this disk"):
        bootstrap.open_with_key(alias, key, hold=True)


CONFLICTS = (
    "records (1).visits",
    "records(2).visits",
    "records 2.visits",
    "records-OFFICE-PC.visits",
    "records-DESKTOP-7Q2.visits",
    "records-Marys-MacBook-Pro.visits",
    "records (Mary's conflicted copy 2026-03-01).visits",
    "records (conflicted copy 2026-03-01 120000).visits",
    "records (Case Conflict).visits",
    "records.sync-conflict-20260301-120000-ABC.visits",
    "records_conflict-20260301-120000.visits",
    "records-conflict.visits",
    "records [Conflict].visits",
    "records - Copy.visits",
    "records - Copy (2).visits",
    "records copy 3.visits",
    "Copy of records.visits",
    "RECORDS (1).VISITS",
    "records.visits (1).key",
    "records.visits.sync-conflict-20260301-120000-ABC.key",
)
NO_CONFLICTS = (
    "records-2.visits",
    "records-backup-2026-03-01.visits",
    "records-saved.visits",
    "records-animals.visits",
    "records.visits.before-restore-20260301-120000",
    "records.visits.key",
    "records.visits-wal",
    "other (1).visits",
    "record.visits",
    "records.pdf",
)


def test_other_versions_beside_the_file_are_found(records):
    for name in (*CONFLICTS, *NO_CONFLICTS):
        records.with_name(name).write_bytes(b"another version")
    found = {one.name for one in nearby_files.conflict_copies(records)}
    assert found == set(CONFLICTS)


def test_a_copy_of_the_file_is_found_whatever_it_is_called(records):
    for name in ("records-mine.visits", "records old.visits"):
        records.with_name(name).write_bytes(records.read_bytes())
    records.with_name("records-other.visits").write_bytes(b"no copy, but a file of its own")
    found = {one.name for one in nearby_files.conflict_copies(records)}
    assert found == {"records-mine.visits", "records old.visits"}
