"""A disk that really is full, and one that really can only be read.

Elsewhere single calls are refused; here the system itself refuses whatever it refuses, also
the pages that SQLite maps into memory. Skipped where nothing may be mounted.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.builders import furnish, make_visit, sign
from tests.conftest import NOW, PASSPHRASE
from visitapp import bootstrap
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.security import vault

Run = Callable[..., tuple[int, str, list[str]]]
FREE_KB, MORE = (0, 64), (4, 16, 256, 1024)
"""What is left on the disk, and what more in the long run; the records take about 700 KB."""
CSV = """visit_ref,scheme,site,date,arrived
K1,custody,Northgate,2025-03-01,10:00
K2,custody,Northgate,2025-03-02,11:00
"""


def _mount(*words: str) -> bool:
    command = shutil.which("mount")
    return (
        command is not None
        and subprocess.run([command, *words], capture_output=True, check=False).returncode == 0
    )


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if sys.platform != "linux" or not _mount("-t", "tmpfs", "-o", "size=6m", "tmpfs", str(folder)):
        pytest.skip("nothing may be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def world(
    disk: Path, locked: Path, key: bytes, quick: None, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """On that disk: records of two visits, a backup of them with one, and visits to import."""
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    with bootstrap.open_with_key(locked, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
        opened.services.maintenance.backup(disk / "backup.visits")
        sign(opened.services, make_visit(opened.services.access.today()))
        opened.services.maintenance.backup(disk / "records.visits")
    shutil.copy2(vault.key_file(locked), vault.key_file(disk / "backup.visits"))
    (disk / "past.csv").write_text(CSV)
    return disk


COMMANDS = {
    "import": "import visits {disk}/past.csv --create-missing",
    "plan": "plan --weeks 4 --json",
    "backup": "backup --out {disk}/copy.visits",
    "restore": "restore {disk}/backup.visits --file {disk}/back.visits",
    "restore over it": "restore {disk}/backup.visits --force",
    "salvage": "salvage --out {disk}/saved.visits",
    "new": "new --file {disk}/new.visits",
    "report": "report annual --out {disk}/year.pdf",
    "picture": "coverage --svg {disk}/need.svg",
}


def _words(command: str, disk: Path) -> list[str]:
    words = [word.replace("{disk}", str(disk)) for word in command.split()]
    return words if "--file" in words else [*words, "--file", str(disk / "records.visits")]


def _visits(path: Path, key: bytes) -> int:
    with bootstrap.open_with_key(path, key, hold=True) as opened:
        assert opened.services.maintenance.check() == []
        return opened.services.visits.page(VisitQuery()).total


def _fill(disk: Path, free_kb: int) -> Path:
    filler = disk / "filler"
    left = os.statvfs(disk)
    size = max(0, left.f_bavail * left.f_frsize - free_kb * 1024)
    filler.write_bytes(bytes(size))
    return filler


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_loses_nothing_and_is_said(
    world: Path, run: Run, key: bytes, request: pytest.FixtureRequest, name: str
) -> None:
    command = _words(COMMANDS[name], world)
    before = {one.name: one.read_bytes() for one in world.iterdir()}
    codes = []
    for free in FREE_KB + (MORE if request.config.getoption("--long") else ()):
        filler = _fill(world, free)
        code, _, err = run(*command)
        codes.append(code)
        assert code in (0, 2, 3), err
        assert code == 0 or err
        filler.unlink()
        found = {
            one.name.removesuffix(".key"): one.with_name(one.name.removesuffix(".key"))
            for one in world.iterdir()
            if one.name.endswith(".key")
        }
        for path in found.values():
            assert run("check", "--file", path)[0] == 0
        numbers = {name: _visits(path, key) for name, path in found.items() if name != "new.visits"}
        assert 2 in numbers.values() or 4 in numbers.values(), numbers
        assert numbers["records.visits"] in (1, 2, 4)
        assert not [one.name for one in world.iterdir() if one.name.endswith(".new")]
        for one in world.iterdir():
            one.unlink()
        for one, content in before.items():
            (world / one).write_bytes(content)
    assert codes[0] != 0, "there was no room at all"


def test_a_disk_that_can_only_be_read_is_read_and_no_more(
    world: Path, run: Run, key: bytes
) -> None:
    before = {one.name: one.read_bytes() for one in world.iterdir()}
    assert _mount("-o", "remount,ro", str(world))
    for words in ("check", "figures --json", "coverage --json"):
        code, out, err = run(*_words(words, world))
        assert (code, err) == (0, []), words
        assert out
    for name, command in COMMANDS.items():
        code, _, err = run(*_words(command, world))
        assert code in (2, 3), name
        assert err
    assert {one.name: one.read_bytes() for one in world.iterdir()} == before
