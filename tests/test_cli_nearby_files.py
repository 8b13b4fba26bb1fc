"""What lies beside the file: marks of other computers, other versions, what was kept."""

import os
import shutil
import sys

import pytest

from tests.builders import furnish, make_visit, sign
from tests.conftest import NOW
from visitapp import bootstrap


@pytest.fixture
def file(named, key):
    """A file with a visit, named by the environment."""
    with bootstrap.open_with_key(named, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
    return named


def test_a_file_open_on_another_computer_is_refused_and_force_says_what_it_risks(file, run):
    mark = file.with_name(file.name + ".holder")
    text = '{"who": "Mary", "host": "OFFICE-PC", "since": "14:02 on 10 April 2025", "pid": 1}'
    mark.write_text(text)
    where = f"{file.name} is open on OFFICE-PC since 14:02 on 10 April 2025 by Mary."
    plan = ("plan", "--json", "--weeks", "4")
    code, out, err = run(*plan)
    assert (code, out) == (3, "")
    assert err == [
        f"{where} Close it there first. If visitapp is not running there, use --force. If both "
        "computers change the file, changes made on one of them will be lost."
    ]
    assert run("figures", "--json")[0] == 0
    code, out, err = run("check")
    assert (code, err) == (0, [where])
    assert out.startswith("No damage found.\n")
    assert run("restore", file, "--file", file)[0] == 2
    assert mark.read_text() == text
    code, out, err = run(*plan, "--force")
    assert code == 0
    risk = "If it is still open there, changes made on one of the two computers will be lost."
    assert f"{where} {risk}" in err
    assert not mark.exists()


def test_other_versions_beside_the_file_are_named_by_check_and_are_no_damage(file, run):
    name = f"{file.stem} (Mary’s conflicted copy 2026-03-01).visits"
    file.with_name(name).write_bytes(b"x")
    code, out, err = run("check")
    assert code == 0
    assert out.startswith("No damage found.\n")
    assert err == [
        f"{name} is in the same folder as {file.name} and may be another version of it, from "
        "another computer. Open it and compare the two before you continue."
    ]


def test_a_backup_over_another_file_keeps_that_file(file, run, tmp_path):
    out = tmp_path / "there.visits"
    out.write_bytes(b"something else")
    code, answer, err = run("backup", "--out", out, "--force")
    assert (code, answer) == (0, f"{out}\n")
    (kept,) = tmp_path.glob("there.visits.before-backup-*")
    assert err[0] == f"The old file is now called {kept}."
    assert kept.read_bytes() == b"something else"


def test_a_backup_takes_no_file_that_is_open(file, run, tmp_path, key):
    other = tmp_path / "other.visits"
    shutil.copy2(file, other)
    before = other.read_bytes()
    with bootstrap.open_with_key(other, key, hold=True):
        code, out, err = run("backup", "--out", other, "--force")
        assert (code, out) == (3, "")
        assert err[0].startswith("other.visits is open in another copy of visitapp: ")
    assert other.read_bytes() == before


def test_a_file_that_is_gone_is_told_with_what_was_kept_of_it(file, run):
    aside = file.with_name(f"{file.name}.before-restore-20250410-120000")
    file.rename(aside)
    code, out, err = run("check")
    assert (code, out) == (3, "")
    assert err == [
        f"There is no file {file}. There is an earlier copy called {aside}. Restore that to "
        "get your records back."
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_every_file_that_a_command_writes_is_private(file, run, tmp_path, mask):
    out = tmp_path / "out"
    out.mkdir()
    before = os.umask(mask)
    try:
        for command in (
            ("coverage", "--svg", out / "need.svg"),
            ("coverage", "--png", out / "need.png"),
            ("report", "annual", "--out", out / "year.pdf"),
            ("backup", "--out", out / "copy.visits"),
            ("salvage", "--out", out / "saved.visits"),
            ("restore", out / "copy.visits", "--file", out / "back.visits"),
        ):
            assert run(*command)[0] == 0
    finally:
        os.umask(before)
    found = {one.name: one.stat().st_mode & 0o777 for one in out.iterdir()}
    assert len(found) == 9
    assert set(found.values()) == {0o600}, found
