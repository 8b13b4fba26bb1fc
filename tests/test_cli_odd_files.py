"""Something that is no file, or has an odd name, in the place of every file that a command reads
or writes: told in one sentence, and never waited for."""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.conftest import PASSPHRASE
from visitapp import bootstrap, cli
from visitapp.security import vault

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")

COMMANDS: tuple[Sequence[str], ...] = (
    ("--file", "RECORDS", "import", "visits", "ODD"),
    ("--file", "RECORDS", "import", "visits", "CSV", "--detainees", "ODD"),
    ("--file", "RECORDS", "import", "visits", "CSV", "--issues", "ODD"),
    ("--file", "RECORDS", "--passphrase-file", "ODD", "check"),
    ("--file", "RECORDS", "--code-file", "ODD", "check"),
    ("--file", "RECORDS", "restore", "ODD", "--force"),
    ("--file", "ODD", "figures", "--json"),
    ("--file", "ODD", "check"),
    ("--file", "ODD", "salvage", "--out", "NEW"),
    ("privacy", "--json", "ODD"),
    ("new", "ODD"),
    ("--file", "RECORDS", "backup", "--out", "ODD"),
    ("--file", "RECORDS", "report", "annual", "--out", "ODD"),
    ("--file", "RECORDS", "coverage", "--png", "ODD"),
    ("simulate", "--out", "ODD"),
)


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "loop", "long name"])
def test_no_command_waits_for_what_is_no_file(kind, locked, key, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(bootstrap, "unlock_by", lambda *_words, **_how: lambda _path: key)
    odd = tmp_path / "odd"
    if kind == "pipe":
        os.mkfifo(odd)
    elif kind == "folder":
        odd.mkdir()
    elif kind == "device":
        odd.symlink_to("/dev/zero")
    elif kind == "loop":
        odd.symlink_to(odd)
    else:
        odd = tmp_path / ("x" * 5_000)
    past = tmp_path / "past.csv"
    past.write_text("visit_ref,scheme,site,date,arrived\n", encoding="utf-8")
    before = locked.read_bytes()
    names = {"RECORDS": locked, "ODD": odd, "CSV": past, "NEW": tmp_path / "new.visits"}
    for command in COMMANDS:
        code = cli.main([str(names.get(word, word)) for word in command])
        told = capsys.readouterr().err
        assert code in (2, 3), (command, told)
        assert "something went wrong" not in told, command
        assert told.strip().endswith("."), command
        assert len(told) < 1_000, command
    assert locked.read_bytes() == before
    assert not Path(tmp_path / "new.visits").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="a name there is any bytes")
def test_a_name_that_is_not_utf_8_is_a_name_like_another(
    locked, key, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(bootstrap, "unlock_by", lambda *_words, **_how: lambda _path: key)
    odd = tmp_path / os.fsdecode(b"na\xffme")
    odd.mkdir()
    past, records = odd / os.fsdecode(b"\xe9t\xe9.csv"), odd / os.fsdecode(b"\xe9.visits")
    past.write_text("visit_ref,scheme,site,date,arrived\nK1,custody,Northgate,2025-03-01,10:00\n")
    shutil.copy2(locked, records)
    shutil.copy2(vault.key_file(locked), vault.key_file(records))
    for command in (
        ("import", "visits", past, "--create-missing"),
        ("check",),
        ("backup", "--out", odd / os.fsdecode(b"\xe8.visits")),
        ("salvage", "--out", odd / os.fsdecode(b"\xe7.visits")),
        ("report", "annual", "--out", odd / os.fsdecode(b"\xe6.pdf")),
        ("coverage", "--svg", odd / os.fsdecode(b"\xe5.svg")),
    ):
        code = cli.main(["--file", str(records), *map(str, command)])
        assert code == 0, (command, capsys.readouterr().err)
    assert len(list(odd.iterdir())) == 9
    with bootstrap.open_with_key(records, key) as opened:
        assert [one.source for one in opened.services.imports.batches()] == ["\ufffdt\ufffd.csv"]
        assert opened.services.backups.last().target.parent.name == "na\ufffdme"
        automatic = opened.services.backups.make(None)
        assert automatic.target.exists()


@pytest.mark.parametrize("number", ["9" * 5_000, "-1", "0", "nan", "1e3", "", "9" * 19])
@pytest.mark.parametrize(
    "command",
    [("plan", "--json", "--weeks"), ("simulate", "--out", "NEW", "--visits"),
     ("simulate", "--out", "NEW", "--visits", "10", "--years")],
    ids=["weeks", "visits", "years"],
)  # fmt: skip
def test_a_number_that_makes_no_sense_is_told(
    command, number, locked, key, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(bootstrap, "unlock_by", lambda *_words, **_how: lambda _path: key)
    words = [str(tmp_path / "new.csv") if word == "NEW" else word for word in command]
    code = cli.main(["--file", str(locked), *words, number])
    told = capsys.readouterr().err
    assert code == 2, told
    assert len(told) < 1_000
    assert told.strip().endswith((".", "--help."))
