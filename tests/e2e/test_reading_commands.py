"""Commands that only read write nothing: not to the records, and not beside them."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.builders import CUSTODY, furnish, make_visit, sign
from tests.conftest import PASSPHRASE
from visitapp import bootstrap
from visitapp.persistence import migrate
from visitapp.persistence.database import Database
from visitapp.security import vault

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, list[str]]]
YEAR = ("--from", "2024-04-01", "--to", "2025-03-31")
READ = [
    ("figures", *YEAR, "--json"),
    ("coverage", *YEAR, "--json"),
    ("check",),
    ("predictability", *YEAR, "--site", "Northgate", "--json"),
]

WRITER = """
import sys, time
from datetime import date
from pathlib import Path
from tests.builders import make_visit, sign
from visitapp import bootstrap
opened = bootstrap.open_with_key(Path(sys.argv[1]), bytes(range(32)), hold=True)
sign(opened.services, make_visit(date(2025, 3, 20)))
print("signed", flush=True)
time.sleep(600)
"""


def state(folder: Path) -> dict[str, tuple[str, int, int]]:
    """Names, digests, times and modes of all that lies in a folder."""
    return {
        one.name: (
            hashlib.sha256(one.read_bytes()).hexdigest(),
            one.stat().st_mtime_ns,
            one.stat().st_mode,
        )
        for one in folder.iterdir()
    }


@pytest.fixture
def file(named: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Records with a visit, in a folder of their own with their key file."""
    with bootstrap.open_with_key(named, key) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
    folder = tmp_path / "own"
    folder.mkdir()
    vault.key_file(named).rename(folder / "records.visits.key")
    path = named.rename(folder / "records.visits")
    monkeypatch.setenv("VISITAPP_FILE", str(path))
    return path


@pytest.fixture
def started(file: Path) -> subprocess.Popen[str]:
    """A process that has the records open, and signed a visit."""
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "signed\n"
    return child


@pytest.fixture
def crashed(file: Path, started: subprocess.Popen[str]) -> Path:
    """The records as a kill left them."""
    end(started)
    assert file.with_name("records.visits-wal").stat().st_size > 0
    return file


def end(child: subprocess.Popen[str]) -> None:
    child.send_signal(signal.SIGKILL)
    child.communicate()


@pytest.mark.parametrize("command", READ, ids=lambda command: command[0])
def test_a_closed_file_is_read_and_left_as_it_is(file: Path, run: Run, command: list[str]) -> None:
    before = state(file.parent)
    code, out, err = run(*command)
    assert (code, err) == (0, [])
    assert out
    assert state(file.parent) == before


def test_a_crashed_file_is_read_with_what_was_saved_and_left_as_it_is(
    crashed: Path, run: Run
) -> None:
    before = state(crashed.parent)
    for command in READ:
        code, out, err = run(*command)
        assert (code, err) == (0, [])
        if command[0] == "figures":
            assert '"total": 2' in out
    assert state(crashed.parent) == before


def test_a_file_that_is_open_is_read_with_what_was_saved(
    file: Path, run: Run, started: subprocess.Popen[str], tmp_path: Path
) -> None:
    try:
        before = state(file.parent)
        code, out, err = run(*READ[0])
        assert (code, err) == (0, [])
        assert '"total": 2' in out
        assert run("check")[0] == 0
        assert run("backup", "--out", tmp_path / "copy.visits")[0] == 0
        assert state(file.parent) == before
    finally:
        end(started)


def test_a_restore_and_a_check_of_a_backup_leave_it_as_it_is(
    file: Path, run: Run, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    copy = stick / "copy.visits"
    assert run("backup", "--out", copy)[0] == 0
    before = state(stick)
    assert run("check", "--file", copy)[0] == 0
    assert run(*READ[0], "--file", copy)[0] == 0
    assert run("restore", copy, "--file", tmp_path / "again" / "again.visits")[0] == 0
    assert run("restore", copy, "--file", file, "--force")[0] == 0
    assert state(stick) == before


def test_a_file_of_nothing_stays_a_file_of_nothing(file: Path, run: Run, tmp_path: Path) -> None:
    empty = file.with_name("empty.visits")
    empty.touch()
    shutil.copy2(vault.key_file(file), vault.key_file(empty))
    before = state(file.parent)
    assert run("check", "--file", empty)[0] == 4
    assert run(*READ[0], "--file", empty)[0] == 3
    assert run("backup", "--file", empty, "--out", tmp_path / "x.visits")[0] == 3
    assert run("import", "visits", ROOT / "pyproject.toml", "--file", empty)[0] == 3
    assert state(file.parent) == before


def test_another_version_in_the_place_of_a_crashed_file_is_whole(
    crashed: Path, run: Run, key: bytes, tmp_path: Path
) -> None:
    """As the report of the loss tells it: `check` alone destroyed the file."""
    log = crashed.with_name("records.visits-wal").read_bytes()
    other = Path(shutil.copy2(crashed, tmp_path / "other.visits"))
    with bootstrap.open_with_key(other, key) as opened:
        for day in range(1, 13):
            sign(opened.services, make_visit(make_visit().arrived.day.replace(month=2, day=day)))
    shutil.copy2(other, crashed)
    before = state(crashed.parent)
    code, out, err = run("check")
    said = (
        "records.visits-wal is in the same folder as the file but belongs to another version "
        "of it. It was not read."
    )
    assert (code, err) == (0, [])
    assert said in out.splitlines()
    assert "No damage found." in out.splitlines()
    assert run(*READ[0])[2] == [said]
    assert '"total": 13' in run(*READ[0])[1]
    assert state(crashed.parent) == before
    code, _, err = run("backup", "--out", tmp_path / "copy.visits")
    assert code == 0
    assert err[0].startswith(
        "records.visits-wal was in the same folder as the file but belongs to another"
    )
    (aside,) = crashed.parent.glob("records.visits.log-of-another-version-*")
    assert aside.read_bytes() == log
    assert '"total": 13' in run(*READ[0])[1]


@pytest.mark.skipif(sys.platform != "linux", reason="a folder is mounted once more")
def test_a_write_protected_folder_can_be_read_and_backed_up(
    crashed: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    mounted = subprocess.run(
        ["mount", "--bind", "-o", "ro", str(crashed.parent), str(stick)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        stick.rmdir()
        shutil.copytree(crashed.parent, stick)
        stick.chmod(0o500)
    try:
        monkeypatch.setenv("VISITAPP_FILE", str(stick / "records.visits"))
        before = state(stick)
        for command in READ:
            assert run(*command)[0] == 0
        assert run("backup", "--out", tmp_path / "copy.visits")[0] == 0
        assert state(stick) == before
        assert '"total": 2' in run(*READ[0], "--file", tmp_path / "copy.visits")[1]
    finally:
        if mounted.returncode:
            stick.chmod(0o700)
        else:
            subprocess.run(["umount", str(stick)], check=True)


def test_an_older_file_is_read_and_not_brought_up_to_date(
    file: Path, run: Run, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(file.parent)
    upgraded = []
    monkeypatch.setattr(migrate, "is_current", lambda _: bool(upgraded))
    real = migrate.upgrade

    def upgrade(database: Database, now: datetime) -> None:
        real(database, now)
        upgraded.append(database.is_copy)

    monkeypatch.setattr(migrate, "upgrade", upgrade)
    assert run(*READ[0])[0] == 0
    assert upgraded == [True]
    assert state(file.parent) == before


def test_a_command_that_was_disturbed_begins_again(
    file: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from visitapp.services.year.figures import FigureService

    asked = FigureService.figures_json
    times = []

    def disturbed(self: FigureService, *given: object) -> str:
        times.append(1)
        if len(times) == 1:
            os.utime(file)
        return asked(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(FigureService, "figures_json", disturbed)
    code, out, err = run(*READ[0])
    assert (code, err, len(times)) == (0, [], 2)
    assert out.count('"period"') == 1


def test_two_kills_one_after_the_other_lose_nothing(crashed: Path, run: Run, key: bytes) -> None:
    for number in range(2):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(crashed)],
            cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        assert child.stdout.readline() == "signed\n"
        end(child)
        assert f'"total": {3 + number}' in run(*READ[0])[1]
    with bootstrap.open_with_key(crashed, key) as opened:
        opened.services.drafts.begin(CUSTODY)
        assert opened.services.maintenance.check() == []
    assert not crashed.with_name("records.visits-wal").exists()


def test_main_and_log_taken_to_another_computer_hold_all_that_was_saved(
    crashed: Path, run: Run, tmp_path: Path
) -> None:
    there = tmp_path / "there"
    there.mkdir()
    for ending in ("", "-wal", ".key"):
        shutil.copy2(crashed.with_name(f"records.visits{ending}"), there / f"mine.visits{ending}")
    assert '"total": 2' in run(*READ[0], "--file", there / "mine.visits")[1]
    assert run("backup", "--file", there / "mine.visits", "--out", tmp_path / "b.visits")[0] == 0
    assert '"total": 2' in run(*READ[0], "--file", tmp_path / "b.visits")[1]


def test_a_backup_with_a_log_that_belongs_to_it_is_restored_whole(
    crashed: Path, run: Run, tmp_path: Path
) -> None:
    again = tmp_path / "again" / "again.visits"
    before = state(crashed.parent)
    assert run("restore", crashed, "--file", again)[0] == 0
    assert state(crashed.parent) == before
    assert '"total": 2' in run(*READ[0], "--file", again)[1]
    assert {one.name for one in again.parent.iterdir()} == {"again.visits", "again.visits.key"}


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_a_new_file_beside_what_another_left_is_sound(
    crashed: Path, run: Run, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "new"
    folder.mkdir()
    stray = crashed.with_name("records.visits-wal").read_bytes()
    (folder / f"new.visits{ending}").write_bytes(stray)
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    code, _, _ = run("new", folder / "new.visits")
    assert code in (0, 2)
    if code == 0:
        monkeypatch.undo()
        assert any(one.read_bytes() == stray for one in folder.iterdir()) or ending == "-shm"
    else:
        assert (folder / f"new.visits{ending}").read_bytes() == stray
        assert not (folder / "new.visits").exists()
