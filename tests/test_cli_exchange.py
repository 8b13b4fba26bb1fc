"""`invite`, `join` and `take-in`: what they print, what they refuse, and what they leave behind."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import ANNE
from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from tests.e2e.killing import quick_key
from visitapp import bootstrap
from visitapp.domain.office.scheme import Role
from visitapp.security import joining_code, vault
from visitapp.services.records import new_file

NAME = "O'Brien-Ňgũgĩ <b>"
SENTENCE = "The code of this reply was used already. Invite the person again."


@pytest.fixture
def office(furnished, opened, records: Path, key: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The builders' office named to the command line, where Anne has another name."""
    anne = next(person for person in furnished.people.people() if person.id == ANNE)
    furnished.people.save(replace(anne, name=NAME))
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


class Laptop:
    """A visitor's folder, with a passphrase file."""

    def __init__(self, folder: Path, run: Callable[..., tuple[int, str, list[str]]]) -> None:
        self.folder, self._run = folder, run
        self.records, self.reply = folder / "anne.visits", folder / "reply.visitmsg"
        self.words = folder / "words.txt"
        folder.mkdir()
        self.words.write_text(PASSPHRASE, "utf-8")

    def join(self, invitation: Path, code: str) -> tuple[int, str, list[str]]:
        return self._run(
            "join", invitation, "--code", code, "--file", self.records, "--reply", self.reply,
            "--passphrase-file", self.words,
        )  # fmt: skip

    def left(self) -> set[str]:
        return {path.name for path in self.folder.iterdir()} - {self.words.name}


@pytest.fixture
def laptop(tmp_path: Path, run) -> Laptop:
    return Laptop(tmp_path / "laptop", run)


@pytest.fixture
def invitation(office: Path, tmp_path: Path, run) -> tuple[Path, str]:
    path = tmp_path / "anne.visitinvite"
    code, out, _ = run("invite", "--person", NAME, "--out", path)
    assert code == 0
    return path, out.strip()


def test_a_visitor_joins_by_three_commands(office, invitation, laptop, run):
    path, typed = invitation
    code, out, err = laptop.join(path, typed.lower().replace("-", " "))
    assert (code, out.count("\n"), len(err)) == (0, 1, 1)
    assert err[0].startswith(f"{laptop.records} is ready. Send {laptop.reply} to your manager.")
    assert laptop.left() == {"anne.visits", "anne.visits.key", "reply.visitmsg"}
    with bootstrap.open_with_code(laptop.records, out, reading=True) as visitor:
        assert visitor.services.access.actor.name == NAME
        assert visitor.services.access.actor.role is Role.VISITOR
        assert [site.name for site in visitor.services.setup.sites()]
    assert run("take-in", laptop.reply) == (0, f"{laptop.reply}: {NAME} has joined.\n", [])
    again = f"{laptop.reply}: This message was taken in before. Nothing has changed.\n"
    assert run("take-in", laptop.reply) == (0, again, [])
    assert laptop.reply.exists()
    assert run("check", "--file", laptop.records, "--passphrase-file", laptop.words)[0] == 0
    assert run("check")[0] == 0


def test_invite_prints_the_code_alone(office, tmp_path, run):
    path = tmp_path / "anne.visitinvite"
    code, out, err = run("invite", "--person", NAME.lower(), "--out", path)
    assert (code, out.count("\n"), out.count("-")) == (0, 1, 5)
    assert len(joining_code.secret_of(out)) == joining_code.SECRET_BYTES
    assert len(err) == 1
    assert "read this joining code out to them by telephone" in err[0]
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_bytes()
    assert out.strip().encode() not in before
    refusal = run("invite", "--person", NAME, "--out", path)
    assert refusal == (2, "", [f"{path} already exists. Use --force to replace it."])
    assert path.read_bytes() == before
    assert run("invite", "--person", NAME, "--out", path, "--force")[0] == 0
    assert path.read_bytes() != before


@pytest.mark.parametrize("name", ["Nobody", "", "O'Brien", "<b>", "x" * 2_000, "\x1b[2J"])
def test_invite_of_a_name_that_is_not_in_the_register_makes_nothing(office, tmp_path, run, name):
    path = tmp_path / "nobody.visitinvite"
    code, out, err = run("invite", "--person", name, "--out", path)
    assert (code, out, len(err)) == (2, "", 1)
    assert "\x1b" not in err[0]
    assert not path.exists()


def test_an_invitation_that_can_not_be_written_is_said(office, tmp_path, run):
    code, out, err = run("invite", "--person", NAME, "--out", tmp_path / "no" / "a.visitinvite")
    assert (code, out, len(err)) == (2, "", 1)
    assert err[0].startswith("There is no folder")


def test_join_refuses_a_wrong_code_a_slip_and_what_is_no_invitation(invitation, laptop):
    path, typed = invitation
    wrong = "0" * 36
    _, no_code, _ = laptop.join(path, typed[:-1])
    assert no_code == ""
    broken = laptop.folder.parent / "broken"
    whole = path.read_bytes()
    for content, code, sentence in (
        (whole, typed[:-1], joining_code.SLIP),
        (whole, wrong, joining_code.SLIP),
        (whole, "", joining_code.SLIP),
        (whole, "Ω" * 36, joining_code.SLIP),
        (whole[:-1], typed, joining_code.CUT),
        (whole[:20], typed, joining_code.CUT),
        (b"", typed, joining_code.CUT),
        (b"%PDF", typed, joining_code.NO_INVITATION),
        (whole[:8] + b"\2" + whole[9:], typed, joining_code.NEWER),
        (whole[:-1] + bytes([whole[-1] ^ 1]), typed, joining_code.WRONG),
    ):
        broken.write_bytes(content)
        assert laptop.join(broken, code) == (2, "", [sentence])
        assert laptop.left() == set()
        assert broken.read_bytes() == content


def test_join_says_of_a_file_that_can_not_be_read_why(invitation, laptop, tmp_path):
    _, typed = invitation
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "missing", tmp_path / "folder"):
        code, out, err = laptop.join(path, typed)
        assert (code, out, len(err)) == (2, "", 1)
        assert str(path) in err[0]
        assert laptop.left() == set()


@pytest.mark.parametrize("name", ["anne.visits", "anne.visits.key", "reply.visitmsg"])
def test_join_leaves_a_file_alone_that_is_there(invitation, laptop, name):
    there = laptop.folder / name
    there.write_bytes(b"Somebody's own.")
    code, out, err = laptop.join(*invitation)
    assert (code, out, len(err)) == (2, "", 1)
    assert "already exists" in err[0]
    assert laptop.left() == {name}
    assert there.read_bytes() == b"Somebody's own."


@pytest.mark.parametrize("weak", ["password1234", "o'brien o'brien", "commissioner anyshire", ""])
def test_join_refuses_a_passphrase_that_is_easy_to_guess(invitation, laptop, weak):
    laptop.words.write_text(weak, "utf-8")
    code, out, err = laptop.join(*invitation)
    assert (code, out, len(err)) == (2, "", 1)
    assert "passphrase" in err[0]
    assert laptop.left() == set()


def test_join_leaves_nothing_behind_where_the_reply_can_not_be_written(invitation, laptop):
    laptop.reply = laptop.folder / "no" / "reply.visitmsg"
    code, out, err = laptop.join(*invitation)
    assert (code, out, len(err)) == (2, "", 1)
    assert "can't be written" in err[0]
    assert laptop.left() == set()
    laptop.reply = laptop.folder / "reply.visitmsg"
    assert laptop.join(*invitation)[0] == 0


def test_join_leaves_a_reply_alone_that_another_program_put_there(invitation, laptop, monkeypatch):
    def settled(self, why, now):
        laptop.reply.write_bytes(b"Somebody's own.")
        return put(self, why, now)

    put = new_file.NewPair.put
    monkeypatch.setattr(new_file.NewPair, "put", settled)
    code, out, err = laptop.join(*invitation)
    assert (code, out, len(err)) == (2, "", 1)
    assert laptop.left() == {"reply.visitmsg"}
    assert laptop.reply.read_bytes() == b"Somebody's own."


def test_join_leaves_no_reply_without_its_records(invitation, laptop, monkeypatch):
    """It would use the code up, and nobody would have its keys."""

    def stop(self, why, now):
        assert not laptop.reply.exists()
        raise KeyboardInterrupt

    monkeypatch.setattr(new_file.NewPair, "put", stop)
    code, out, err = laptop.join(*invitation)
    assert (code, out, len(err)) == (2, "", 1)
    assert laptop.left() == set()


def test_take_in_goes_on_after_a_file_that_is_refused(office, invitation, laptop, tmp_path, run):
    laptop.join(*invitation)
    missing, odd, folder = tmp_path / "missing", tmp_path / "odd.pdf", tmp_path / "folder"
    odd.write_bytes(b"%PDF-1.7")
    folder.mkdir()
    cut = tmp_path / "cut.visitmsg"
    cut.write_bytes(laptop.reply.read_bytes()[:-1])
    code, out, err = run("take-in", missing, odd, folder, cut, invitation[0], laptop.reply)
    assert (code, out) == (2, f"{laptop.reply}: {NAME} has joined.\n")
    assert len(err) == 5
    assert err[0] == f"There is no file {missing}."
    assert err[1] == f"{odd}: This file is not a message of visitapp."
    assert err[3].startswith(f"{cut}: This message isn’t complete.")
    assert all(path.exists() for path in (odd, cut, laptop.reply, invitation[0]))


def test_take_in_refuses_a_second_reply_by_the_same_code(office, invitation, laptop, run, tmp_path):
    other = Laptop(tmp_path / "other", run)
    for each in (laptop, other):
        assert each.join(*invitation)[0] == 0
    assert run("take-in", other.reply)[0] == 0
    assert run("take-in", laptop.reply) == (2, "", [f"{laptop.reply}: {SENTENCE}"])
    to_visitor = run(
        "take-in", laptop.reply, "--file", other.records, "--passphrase-file", other.words
    )
    sentence = f"{laptop.reply}: This message is for another copy of visitapp."
    assert to_visitor == (2, "", [sentence])


def test_take_in_by_an_office_that_invited_nobody_says_so(office, tmp_path, run):
    path = tmp_path / "a.visitmsg"
    path.write_bytes(b"visitmsg\1")
    code, out, err = run("take-in", path)
    assert (code, out, len(err)) == (2, "", 1)


def test_a_visitor_invites_nobody(invitation, laptop, run, tmp_path):
    laptop.join(*invitation)
    out = tmp_path / "more.visitinvite"
    refusal = run(
        "invite", "--person", "Ben Sample", "--out", out, "--file", laptop.records,
        "--passphrase-file", laptop.words,
    )  # fmt: skip
    assert refusal == (2, "", ["Only the volunteer manager can change this."])
    assert not out.exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_joining_code_that_can_not_be_shown_is_no_success(furnished, opened, locked, tmp_path):
    opened.close()
    arguments = ["invite", "--person", "Anne Example", "--out", str(tmp_path / "a.visitinvite")]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "visitapp", "--file", str(locked), *arguments],
            env={**os.environ, "VISITAPP_PASSPHRASE": PASSPHRASE},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"The joining code can't be shown" in done.stderr
