"""What the command line tells: of any error, to whoever listens, without giving orders."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.remembering import new_commands
from visitapp import cli
from visitapp.cli import output
from visitapp.domain.errors import VisitAppError
from visitapp.domain.text.shown import escaped, shown, shown_on_a_line

_FULL = b"The answer can't be written: No space left on device.\n"
UNSEEN = [*"\x00\x07\x1b\x7f\x85\x9b\u200b\u200e\u200f\u2028\u2060\ufeff\udcff\U000e0041"]
UNSEEN += [chr(at) for at in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]


class SilentError(Exception):
    def __str__(self) -> str:
        raise ValueError("no words")


class AlsoSilentError(VisitAppError):
    def __str__(self) -> str:
        raise RecursionError


class EndlessError(Exception):
    def __str__(self) -> str:
        return str(self)


ODD = [
    SilentError(),
    AlsoSilentError(),
    EndlessError(),
    OSError(),
    OSError(3, "gone", b"\xff"),
    OSError(3, None, 7),
    UnicodeEncodeError("utf-8", "\udcff", 0, 1, "no"),
    MemoryError(),
    RecursionError(),
    ExceptionGroup("several", [ValueError("one")]),
]


@pytest.mark.parametrize("error", ODD, ids=lambda error: type(error).__name__)
def test_the_handler_of_faults_never_fails_itself(error, monkeypatch, capsys):
    def failing(_arguments):
        raise error

    commands = new_commands()
    commands.add("fail", failing, "fails")
    monkeypatch.setattr(cli, "_commands", lambda: commands)
    code = cli.main(["fail"])
    told = capsys.readouterr().err
    assert code in (output.BUG, output.BAD_INPUT)
    assert told.endswith(".\n")
    assert told.count("\n") == 1
    assert "Traceback" not in told


def run(arguments, **options):
    env = {**os.environ, **options.pop("env", {})}
    env.pop("PYTHONUNBUFFERED", None)
    return subprocess.run(
        [sys.executable, "-m", "visitapp", *arguments], env=env, check=False, **options
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_under_the_answer_is_told_and_nothing_complains_after_it():
    for arguments in (["--version"], ["--help"], ["simulate", "--help"]):
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            ended = run(arguments, stdout=full, stderr=subprocess.PIPE)
        assert (ended.returncode, ended.stderr) == (2, _FULL)
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            assert run(arguments, stdout=full, stderr=full).returncode == 2


def test_who_stops_reading_is_told_nothing_more(tmp_path):
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", encoding="utf-8") as gone:
        ended = run(["--help"], stdout=gone, stderr=subprocess.PIPE)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="file names as bytes")
def test_no_name_of_a_file_gives_the_terminal_orders(tmp_path, locked):
    name = os.fsencode(tmp_path) + b"/\x1b[31m\xff\xe2\x80\xae\xc2\x9bx.csv"
    for arguments in (
        ["--file", name, "check"],
        ["--file", str(locked), "import", "visits", name],
        ["--file", str(locked), "backup", "--out", name + b"/x"],
        ["--file", str(locked), "--passphrase-file", name, "check"],
        [name],
        ["coverage", "--png", name, b"--\x1b[2J"],
        ["privacy", "--json", name],
    ):
        ended = run(arguments, capture_output=True, env={"VISITAPP_PASSPHRASE": "x"})
        assert ended.returncode in (2, 3)
        assert ended.stderr
        for raw in (b"\x1b", b"\xff", b"\xe2\x80\xae", b"\xc2\x9b"):
            assert raw not in ended.stdout + ended.stderr


def test_names_that_turn_round_are_spelt_in_the_answer_and_the_data_stay():
    stream = output.EscapingStream(io.StringIO())
    name = "Anne\u202eelpmaxE\x1b[31m"
    stream.write(f"People: {name}")
    stream.write(json.dumps({"name": name}, ensure_ascii=False))
    text = stream.plain.getvalue()
    assert text.startswith("People: Anne\\u202eelpmaxE\\u001b[31m")
    assert json.loads(text[text.index("{") :]) == {"name": name}


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"{ord(sign):x}")
def test_what_can_t_be_seen_is_shown_as_a_mark(sign):
    assert shown(f"a{sign}b") == "a\ufffdb"
    assert escaped(f"a{sign}b").isprintable()
    assert json.loads(f'"{escaped(sign)}"') == sign


def test_what_people_write_is_shown_as_it_is():
    text = (
        "Ren\u00e9e O\u2019Neill \u2013 \u201cfine\u201d, \u4f60\u597d \U0001f600\u200d\tand\nmore"
    )
    assert shown(text) == text
    assert shown_on_a_line("a\nb\tc") == "a\ufffdb\ufffdc"
