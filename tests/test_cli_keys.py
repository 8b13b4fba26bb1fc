"""What opens a file, on the command line: codes, another passphrase, and wrong tries."""

import pytest

from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from visitapp import bootstrap
from visitapp.domain.errors import WrongPassphraseError
from visitapp.security import recovery, vault
from visitapp.services.records import unlocking

CODE = recovery.as_code(RECOVERY_SECRET)
NEW = "gravel tandem mossy quartz"


@pytest.fixture
def files(tmp_path):
    """Files with one line each: `code`, `new`, `old`, `wrong`."""
    found = {}
    for name, line in (("code", CODE), ("new", NEW), ("old", PASSPHRASE), ("wrong", "not this")):
        found[name] = tmp_path / f"{name}.txt"
        found[name].write_text(f"{line}\n")
    return found


@pytest.fixture
def slept(monkeypatch):
    """How long the command line has waited, without anybody waiting."""
    seconds = []

    def sleep(wanted):
        seconds.append(wanted)
        for name, count in list(unlocking._tries._here.items()):
            unlocking._tries._here[name] = type(count)(count.wrong, count.last - wanted)

    monkeypatch.setattr("visitapp.cli.opening.sleep", sleep)
    return seconds


def test_a_code_sets_a_new_passphrase_and_stays(run, locked, files):
    code, out, err = run(
        "passphrase", "--file", locked, "--code-file", files["code"],
        "--new-passphrase-file", files["new"],
    )  # fmt: skip
    assert (code, err) == (0, [])
    assert out.startswith("Passphrase changed.")
    bootstrap.open_with_passphrase(locked, NEW).close()
    bootstrap.open_with_code(locked, CODE).close()
    with pytest.raises(WrongPassphraseError):
        vault.unlock(locked, PASSPHRASE)


def test_the_passphrase_before_sets_a_new_one(run, locked, files):
    arguments = ("--file", locked, "--new-passphrase-file", files["new"])
    assert run("passphrase", *arguments, "--passphrase-file", files["old"])[0] == 0
    bootstrap.open_with_passphrase(locked, NEW).close()


def test_a_weak_or_empty_passphrase_changes_nothing(run, named, files, tmp_path):
    before = vault.key_file(named).read_bytes()
    for weak in ("the cat sat mat", "Anyshire Anyshire Mary Manager", "", "  "):
        files["new"].write_text(weak)
        code, out, err = run("passphrase", "--new-passphrase-file", files["new"])
        assert (code, out, len(err)) == (2, "", 1)
    assert run("passphrase", "--new-passphrase-file", tmp_path / "none")[0] == 3
    assert run("passphrase")[0] == 2
    assert vault.key_file(named).read_bytes() == before


def test_a_code_opens_for_every_command(run, locked, files, tmp_path):
    by_code = ("--file", locked, "--code-file", files["code"])
    assert run("check", *by_code)[0] == 0
    assert run("figures", "--json", *by_code)[0] == 0
    assert run("backup", "--out", tmp_path / "copy.visits", *by_code)[0] == 0
    other = ("--file", tmp_path / "back.visits", "--code-file", files["code"])
    assert run("restore", tmp_path / "copy.visits", *other)[0] == 0
    assert run("check", *other)[0] == 0


def test_a_slip_in_a_code_a_wrong_code_and_no_code_are_told_apart(run, locked, files):
    files["code"].write_text(CODE[:-1])
    by_code = ("--file", locked, "--code-file", files["code"])
    assert run("check", *by_code)[0] == 2
    files["code"].write_text(recovery.as_code(bytes(20)))
    code, _, err = run("check", *by_code)
    assert (code, err) == (3, ["This recovery code does not open this file."])
    files["code"].unlink()
    code, _, err = run("check", *by_code)
    assert (code, err) == (3, [f"The code file {files['code']} can't be read."])


def test_wrong_tries_slow_down_and_the_right_one_is_never_refused(run, locked, files, slept):
    files["code"].write_text(recovery.as_code(bytes(20)))
    wrong = ("check", "--file", locked, "--code-file", files["code"])
    told = [run(*wrong) for _ in range(5)]
    assert [code for code, _, _ in told] == [3] * 5
    said = "This recovery code does not open this file."
    assert told[0][2] == told[1][2] == [said]
    assert told[2][2] == [f"{said} Wait 2 seconds before you try again."]
    assert told[3][2] == [
        "Wait 2 seconds and try again. The last passphrases or codes were wrong.",
        f"{said} Wait 4 seconds before you try again.",
    ]
    assert slept == [2, 4]
    files["code"].write_text(CODE)
    assert run(*wrong)[0] == 0
    assert slept == [2, 4, 8]
    files["code"].write_text(recovery.as_code(bytes(20)))
    assert run(*wrong)[2] == [said]


def test_change_keys_prints_the_new_code_alone_and_old_key_files_open_nothing(
    run, locked, files, tmp_path
):
    old_key = vault.key_file(locked).read_bytes()
    arguments = ("--file", locked, "--passphrase-file", files["old"])
    code, out, err = run("change-keys", *arguments, "--new-passphrase-file", files["new"])
    assert code == 0
    assert out.count("\n") == 1
    assert "Backups made before now still open with the old passphrase" in err[-1]
    assert run("check", *arguments)[0] == 3
    files["code"].write_text(out)
    assert run("check", "--file", locked, "--code-file", files["code"])[0] == 0
    arguments = ("--file", locked, "--passphrase-file", files["new"])
    assert run("check", *arguments)[0] == 0
    vault.key_file(locked).write_bytes(old_key)
    assert run("check", *arguments[:2], "--passphrase-file", files["old"])[0] in (3, 4)


def test_change_keys_refuses_what_it_can_not_do(run, locked, files, tmp_path):
    before = locked.read_bytes(), vault.key_file(locked).read_bytes()
    arguments = ("--file", locked, "--passphrase-file", files["old"])
    files["new"].write_text("Leicestershire12")
    assert run("change-keys", *arguments, "--new-passphrase-file", files["new"])[0] == 2
    assert run("change-keys", *arguments, "--new-passphrase-file", tmp_path / "none")[0] == 3
    assert run("change-keys", *arguments)[0] == 2
    files["new"].write_text(NEW)
    wrong = ("--file", locked, "--passphrase-file", files["wrong"])
    assert run("change-keys", *wrong, "--new-passphrase-file", files["new"])[0] == 3
    nowhere = ("--file", tmp_path / "none.visits", "--passphrase-file", files["old"])
    assert run("change-keys", *nowhere, "--new-passphrase-file", files["new"])[0] == 3
    assert before == (locked.read_bytes(), vault.key_file(locked).read_bytes())
