"""`hand-over`, `take-over` and `take-back`: one office goes on, and the story of its visitor."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import make_visit, sign
from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from tests.e2e.killing import quick_key
from visitapp import bootstrap
from visitapp.security import handed_file, vault

Run = Callable[..., tuple[int, str, list[str]]]
CLOSED = "This office was handed over to Nia Newcome on "


@pytest.fixture
def office(furnished, opened, records: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The builders' office with a visit, named to the command line."""
    sign(furnished, make_visit())
    opened.close()
    monkeypatch.setattr(vault, "_argon2", quick_key)
    vault._write(
        records,
        vault._wrap_passphrase(key, PASSPHRASE),
        vault._wrap_code(key, RECOVERY_SECRET),
    )
    monkeypatch.setenv("VISITAPP_FILE", str(records))
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    return records


@pytest.fixture
def handed(office: Path, tmp_path: Path, run: Run) -> tuple[Path, str]:
    path = tmp_path / "office.visitoffice"
    code, out, err = run("hand-over", "--out", path, "--to", "Nia Newcome")
    assert (code, out.count("\n"), out.count("-")) == (0, 1, 5)
    assert "read this code out to them by telephone" in err[-1]
    return path, out.strip()


@pytest.fixture
def taken(handed: tuple[Path, str], tmp_path: Path, run: Run) -> Path:
    file, typed = handed
    path = tmp_path / "next.visits"
    code, out, err = run(
        "take-over", file, "--code", typed.lower(), "--file", path, "--name", "Nia Newcome"
    )
    assert (code, out.count("-")) == (0, 5)
    assert err[-1].startswith(f"{path} is ready. Visitors get to know of it at the next exchange.")
    with bootstrap.open_with_code(path, out, reading=True) as opened:
        assert opened.services.access.actor.name == "Nia Newcome"
    return path


def test_an_office_is_handed_over_by_two_commands(office, handed, taken, tmp_path, run):
    file, typed = handed
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert typed.encode() not in file.read_bytes()
    assert run("check")[0] == run("check", "--file", taken)[0] == 0
    code, figures, _ = run("figures", "--json")
    assert code == 0
    assert run("figures", "--json", "--file", taken)[1] == figures
    invitation = tmp_path / "anne.visitinvite"
    arguments = ("invite", "--person", "Anne Example", "--out", invitation)
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err[0].startswith(CLOSED)
    assert not invitation.exists()
    assert run(*arguments, "--file", taken)[0] == 0


def test_the_copy_that_was_left_can_be_backed_up_and_exported(handed, tmp_path, run):
    out = tmp_path / "kept.visits"
    assert run("backup", "--out", out)[0] == 0
    assert run("check", "--file", out)[0] == 0
    code, _, err = run("exchange", "--folder", tmp_path)
    assert code == 2
    assert err[0].startswith(CLOSED)
    code, _, err = run("hand-over", "--out", tmp_path / "again.visitoffice")
    assert code == 2
    assert err[0].startswith(CLOSED)
    assert not (tmp_path / "again.visitoffice").exists()


def test_a_file_is_taken_over_once_and_nothing_is_left_of_what_is_refused(handed, taken, run):
    file, typed = handed
    before = {path.name for path in file.parent.iterdir()}
    other = file.with_name("other.visits")
    arguments = ("--file", other, "--name", "Nia Newcome")
    for code, sentence in (
        (typed, handed_file.USED),
        (typed[:-1], handed_file.SLIP),
        ("0" * 36, handed_file.SLIP),
    ):
        assert run("take-over", file, "--code", code, *arguments) == (2, "", [sentence])
    assert run("take-over", file.with_name("no"), "--code", typed, *arguments)[0] == 2
    assert {path.name for path in file.parent.iterdir()} == before


def test_taking_over_leaves_records_alone_that_are_there(handed, office, run):
    file, typed = handed
    before = office.read_bytes()
    code, out, err = run("take-over", file, "--code", typed, "--file", office)
    assert (code, out, len(err)) == (2, "", 1)
    assert "already exists" in err[0]
    assert office.read_bytes() == before


def test_a_passphrase_that_is_easy_to_guess_uses_no_file_up(handed, tmp_path, run, monkeypatch):
    file, typed = handed
    monkeypatch.setenv("VISITAPP_PASSPHRASE", "nia newcome 1")
    path = tmp_path / "next.visits"
    arguments = ("take-over", file, "--code", typed, "--file", path, "--name", "Nia Newcome")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert "passphrase" in err[0]
    assert not path.exists()
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    assert run(*arguments)[0] == 0


def test_an_office_is_taken_back_until_the_folder_says_that_it_was_taken_over(
    office, tmp_path, run
):
    folder = tmp_path / "folder"
    folder.mkdir()
    assert run("invite", "--person", "Anne Example", "--out", tmp_path / "a.visitinvite")[0] == 0
    assert run("take-back")[2] == ["This office was not handed over."]
    first = tmp_path / "first.visitoffice"
    assert run("hand-over", "--out", first)[0] == 0
    assert run("take-back", "--folder", folder)[0] == 0
    assert run("exchange", "--folder", folder)[0] == 0
    second = tmp_path / "second.visitoffice"
    code, typed, _ = run("hand-over", "--out", second, "--to", "Nia Newcome")
    assert code == 0
    path = tmp_path / "next.visits"
    assert run("take-over", second, "--code", typed.strip(), "--file", path)[0] == 0
    assert run("exchange", "--folder", folder, "--file", path)[0] == 0
    code, _, err = run("take-back", "--folder", folder)
    assert code == 2
    assert err == ["Nia Newcome has taken over the office. It can’t be taken back."]
    assert run("check")[0] == run("check", "--file", path)[0] == 0


def test_hand_over_replaces_no_file_and_never_the_records(office, tmp_path, run):
    there = tmp_path / "there"
    there.write_bytes(b"Somebody's own.")
    code, _, err = run("hand-over", "--out", there)
    assert (code, err) == (2, [f"{there} already exists. Use --force to replace it."])
    assert there.read_bytes() == b"Somebody's own."
    assert run("hand-over", "--out", office, "--force")[0] == 2
    assert run("hand-over", "--out", office.with_name(f"{office.name}.key"), "--force")[0] == 2
    assert run("hand-over", "--out", tmp_path / "no" / "a")[0] == 2
    assert run("check")[0] == 0
    assert run("hand-over", "--out", there, "--force")[0] == 0
