"""New files, and the program as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PASSPHRASE
from visitapp import __version__, bootstrap
from visitapp.__main__ import wants_window
from visitapp.security import vault


def test_new_makes_a_file_once_and_prints_its_code_alone(run, tmp_path, monkeypatch):
    path = tmp_path / "deep" / "folder" / "my.visits"
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    code, out, err = run("new", "--file", path)
    assert code == 0
    assert out.count("\n") == 1
    assert out.count("-") == 5
    assert len(err) == 1
    with bootstrap.open_with_code(path, out, hold=True) as opened:
        assert len(opened.services.setup.schemes()) == 2
        assert opened.services.setup.sites() == ()
    before = path.read_bytes(), vault.key_file(path).read_bytes()
    assert run("new", path) == (2, "", [f"{path} already exists. Choose another name."])
    assert (path.read_bytes(), vault.key_file(path).read_bytes()) == before


@pytest.mark.parametrize(
    "weak",
    ["password", "the cat sat mat", "1234567890123456", "Leicestershire12", "demonstration",
     "correct horse battery staple", "records quarterly records"],
)  # fmt: skip
def test_new_refuses_a_passphrase_that_is_easy_to_guess(run, tmp_path, monkeypatch, weak):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", weak)
    code, out, err = run("new", tmp_path / "deep" / "records.visits")
    assert (code, out, len(err)) == (2, "", 1)
    assert err[0].startswith("This passphrase is too easy to guess.")
    assert err[0].endswith("that nobody would guess.")
    assert list(tmp_path.iterdir()) == []


def test_new_without_a_passphrase_asks_nothing_and_makes_nothing(run, tmp_path):
    path = tmp_path / "deep" / "my.visits"
    assert run("new", path)[0] == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_code_that_can_not_be_written_is_told_with_what_to_do(tmp_path):
    path = tmp_path / "my.visits"
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "visitapp", "new", str(path)],
            env={**os.environ, "VISITAPP_PASSPHRASE": PASSPHRASE},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"{path} has been made, but its recovery code can't be shown: No space left on device. You "
        "can make another code in Settings."
    )
    bootstrap.open_with_passphrase(path, PASSPHRASE).close()


def test_new_that_fails_leaves_nothing_behind(run, tmp_path, monkeypatch):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", "  ")
    assert run("new", tmp_path / "deep" / "my.visits") == (2, "", ["The passphrase is empty."])
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_without_its_records_is_not_written_over(run, tmp_path, monkeypatch):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    key_file = tmp_path / "my.visits.key"
    key_file.write_text("the only way to open records that lie elsewhere")
    code, _, err = run("new", tmp_path / "my.visits")
    assert (code, err) == (2, [f"{key_file} already exists. Choose another name."])
    assert key_file.read_text().startswith("the only way")


def program(*arguments, **environment):
    """Run the program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "visitapp", *map(str, arguments)],
        capture_output=True,
        text=True,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        cwd=Path(__file__).parents[1],
        check=False,
    )


def test_version_and_help_go_to_standard_output():
    done = program("--version")
    assert (done.returncode, done.stdout) == (0, f"visitapp {__version__}\n")
    done = program("import", "visits", "--help")
    assert done.returncode == 0
    assert "--create-missing" in done.stdout
    assert done.stderr == ""


def test_a_real_passphrase_from_end_to_end(locked, tmp_path):
    done = program("check", VISITAPP_FILE=str(locked), VISITAPP_PASSPHRASE=PASSPHRASE)
    said = done.stdout.splitlines()[0]
    assert (done.returncode, said, done.stderr) == (0, "No damage found.", "")
    done = program("check", VISITAPP_FILE=str(locked), VISITAPP_PASSPHRASE="wrong")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == "This passphrase does not open this file.\n"


def test_a_reader_that_leaves_early_is_no_fault(locked):
    first = subprocess.Popen(
        [sys.executable, "-m", "visitapp", "figures", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"VISITAPP_FILE": str(locked), "VISITAPP_PASSPHRASE": PASSPHRASE},
    )
    first.stdout.close()
    assert first.wait() == 0
    assert first.stderr.read() == ""
    first.stderr.close()


def test_a_command_imports_no_qt(named):
    code = (
        "import sys\nfrom visitapp.security import vault\nfrom visitapp import __main__\n"
        "vault.unlock = lambda *_: bytes(range(32))\n"
        "sys.argv = ['visitapp', 'figures', '--json']\n"
        "code = __main__.main()\n"
        "heavy = {'alembic', 'reportlab', 'openpyxl', 'xlsxwriter'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'shiboken'))]\n"
        "sys.exit(code)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "opens"),
    [
        ([], True),
        (["--file", "my.visits"], True),
        (["--file=my.visits", "--passphrase-file", "words"], True),
        (["check"], False),
        (["--file", "my.visits", "check"], False),
        (["--file", "check"], True),
        (["--help"], False),
        (["--version"], False),
        (["--fiel", "my.visits"], False),
    ],
)
def test_the_window_opens_when_no_command_is_given(arguments, opens):
    assert wants_window(arguments) is opens


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("ending", ["", ".key", ".passphrase"])
def test_a_pipe_in_the_place_of_a_file_is_told_and_not_waited_for(run, locked, ending):
    passphrase = locked.with_name("records.visits.passphrase")
    passphrase.write_text(PASSPHRASE)
    piped = locked.with_name(locked.name + ending)
    piped.unlink()
    os.mkfifo(piped)
    code, out, err = run("check", "--file", locked, "--passphrase-file", passphrase)
    assert (code, out, len(err)) == (3, "", 1)
    assert str(piped.name) in err[0]


def test_a_passphrase_file_without_end_is_not_read(run, locked, tmp_path):
    endless = tmp_path / "endless"
    with endless.open("wb") as file:
        file.truncate(1 << 30)
    code, out, err = run("check", "--file", locked, "--passphrase-file", endless)
    assert (code, out, err) == (3, "", [f"The passphrase file {endless} can't be read."])


def test_a_fault_is_told_although_the_look_at_the_file_meets_another(run, named, monkeypatch):
    def fails(*_, **__):
        raise RecursionError

    monkeypatch.setattr("visitapp.bootstrap.open_with_passphrase", fails)
    monkeypatch.setattr("visitapp.bootstrap.check_file", fails)
    code, out, err = run("figures", "--json")
    assert (code, out, len(err)) == (1, "", 1)
    assert "something went wrong in visitapp: RecursionError" in err[0]
