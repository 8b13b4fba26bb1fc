"""Copies of a reader that was killed go at the next start; those of a living one never."""

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from visitapp import private_copies
from visitapp.private_copies import PrivateFolder

_READER = """
import sys, pathlib
from visitapp.private_copies import PrivateFolder
made = PrivateFolder()
(made.path / "records.visits").write_bytes(b"encrypted")
print(made.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def reader() -> tuple["subprocess.Popen[str]", Path]:
    """Another process that has a private copy, and where that is."""
    process = subprocess.Popen(
        [sys.executable, "-c", _READER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_a_killed_readers_copy_goes_and_a_living_ones_stays(temporary: Path, run, records) -> None:
    living, stays = reader()
    killed, goes = reader()
    mine = PrivateFolder()
    killed.kill()
    killed.communicate()
    assert goes.is_dir()
    assert goes.stat().st_mode & 0o777 == 0o700
    assert run("check", "--file", records)[0] != 1  # any command, whatever comes of it
    assert sorted(temporary.iterdir()) == sorted([stays, mine.path])
    assert (stays / "records.visits").read_bytes() == b"encrypted"
    mine.end()
    living.kill()
    living.communicate()
    private_copies.remove_left()
    assert list(temporary.iterdir()) == []


def test_what_was_not_made_by_a_reader_is_left_alone(temporary: Path) -> None:
    killed, made = reader()
    killed.kill()
    killed.communicate()
    (temporary / "visitapp-holidays").mkdir()
    (temporary / "visitapp-copy-abcdefgh").mkdir()  # no mark in it
    foreign = temporary / "visitapp-copy-abcdefgi"
    foreign.mkdir()
    (foreign / ".in-use").write_text("somebody else's")
    link = temporary / "visitapp-copy-abcdefgj"
    link.symlink_to(made)
    elsewhere = temporary / "elsewhere"
    made.rename(elsewhere)
    private_copies.remove_left()
    names = {one.name for one in temporary.iterdir()}
    assert names == {
        "visitapp-holidays", "visitapp-copy-abcdefgh", "visitapp-copy-abcdefgi",
        "visitapp-copy-abcdefgj", "elsewhere",
    }  # fmt: skip
    assert (elsewhere / "records.visits").exists()


def test_a_folder_of_another_user_is_left_alone(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed, made = reader()
    killed.kill()
    killed.communicate()
    monkeypatch.setattr(private_copies.os, "getuid", lambda: 4711)
    private_copies.remove_left()
    assert made.is_dir()


def test_every_start_of_the_command_line_looks(temporary: Path, run) -> None:
    killed, made = reader()
    killed.kill()
    killed.communicate()
    assert run("--version")[0] == 0
    assert not made.exists()
