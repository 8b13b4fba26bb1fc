"""The command line: answers on standard output, one sentence on standard error, exit codes."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import furnish, make_kennel_visit, make_visit, sign
from tests.conftest import NOW, PASSPHRASE
from visitapp import __version__, bootstrap, cli
from visitapp.__main__ import wants_window
from visitapp.domain.errors import WrongPassphraseError
from visitapp.domain.visit_list import VisitQuery
from visitapp.security import vault

YEAR = ("--from", "2024-04-01", "--to", "2025-03-31")


@pytest.fixture
def quick(monkeypatch, key):
    """The passphrase opens at once; what Argon2id does is tested in tests/security."""

    def unlock(records, passphrase):
        vault._read(records)
        if passphrase != PASSPHRASE:
            raise WrongPassphraseError("This passphrase does not open this file.")
        return key

    monkeypatch.setattr(vault, "unlock", unlock)


@pytest.fixture
def file(locked, key, quick, monkeypatch):
    """A file with a custody and a kennel visit, named by the environment."""
    with bootstrap.open_with_key(locked, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
        sign(opened.services, make_kennel_visit())
    monkeypatch.setenv("VISITAPP_FILE", str(locked))
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    return locked


@pytest.fixture
def run(capfd):
    """Run a command: its exit code, standard output, and the lines of standard error."""

    def command(*arguments):
        code = cli.main([str(argument) for argument in arguments])
        told = capfd.readouterr()
        assert "Traceback" not in told.err
        return code, told.out, told.err.splitlines()

    return command


def test_figures_go_to_standard_output_alone(file, run):
    code, out, err = run("figures", *YEAR, "--json")
    assert (code, err) == (0, [])
    figures = json.loads(out)
    assert figures["period"] == {"start": "2024-04-01", "end": "2025-03-31"}
    assert figures["schemes"]["custody"]["visits"]["total"] == 1
    assert figures["schemes"]["animal_welfare"]["visits"]["by_site"] == {"Hillside kennels": 1}
    assert out.endswith("}\n")


@pytest.mark.parametrize(
    ("given", "period"),
    [
        (("--from", "1/4/2023"), {"start": "2023-04-01", "end": "2024-03-31"}),
        (("--to", "31/3/24"), {"start": "2023-04-01", "end": "2024-03-31"}),
        (("--from", "2025-03-01", "--to", "2025-03-31"),
         {"start": "2025-03-01", "end": "2025-03-31"}),
    ],
)  # fmt: skip
def test_days_are_inclusive_and_one_end_is_completed_by_its_reporting_year(
    file, run, given, period
):
    code, out, _ = run("figures", *given, "--json")
    assert code == 0
    assert json.loads(out)["period"] == period


def test_the_default_period_is_the_reporting_year_of_the_files_own_day(file, key, run):
    with bootstrap.open_with_key(file, key) as opened:
        office = opened.services.setup.office()
        opened.services.setup.save_office(replace(office, today=NOW.date().replace(month=3)))
    _, out, _ = run("figures", "--json")
    assert json.loads(out)["period"] == {"start": "2024-04-01", "end": "2025-03-31"}


def test_coverage_as_json_of_chosen_sites(file, run):
    code, out, err = run("coverage", *YEAR, "--site", "northgate", "--json")
    assert (code, err) == (0, [])
    coverage = json.loads(out)["coverage"]
    assert list(coverage) == ["Northgate"]
    assert coverage["Northgate"]["counts"][2][2] == 1
    _, out, _ = run("coverage", *YEAR, "--scheme", "animal_welfare", "--json")
    assert list(json.loads(out)["coverage"]) == ["Hillside kennels"]


@pytest.mark.parametrize("form", ["png", "svg"])
def test_a_coverage_picture_is_written_and_never_over_another_unless_forced(
    file, run, tmp_path, form
):
    out = tmp_path / f"picture.{form}"
    command = ("coverage", *YEAR, "--reading", "count", f"--{form}", out)
    assert run(*command) == (0, f"{out}\n", [])
    before = out.read_bytes()
    code, told, err = run(*command)
    assert (code, told) == (2, "")
    assert err == [f"{out} is there already; --force writes over it."]
    assert out.read_bytes() == before
    assert run(*command, "--force")[0] == 0


def test_the_annual_report_is_written_with_progress_on_standard_error(file, run, tmp_path):
    out = tmp_path / "report.pdf"
    code, told, err = run("report", "annual", *YEAR, "--out", out)
    assert (code, told) == (0, f"{out}\n")
    assert out.read_bytes().startswith(b"%PDF-")
    assert 1 <= len(err) <= 10
    assert run("report", "annual", *YEAR, "--out", out)[0] == 2


def test_check_says_that_a_sound_file_is_sound(file, run):
    assert run("check") == (0, "No damage found.\n", [])


def test_check_of_a_damaged_file_exits_4_with_sentences(file, run):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    code, out, err = run("check")
    assert code == 4
    assert "pages of the file were altered or have gone bad." in out
    assert err == ["The file is damaged; restore a backup."]


def test_check_of_a_file_whose_beginning_is_damaged_exits_4(file, run):
    content = bytearray(file.read_bytes())
    content[40] ^= 1
    file.write_bytes(content)
    code, out, err = run("check")
    assert code == 4
    assert out.startswith("The file can't be read with this key")
    assert len(err) == 1


def test_a_damaged_file_is_told_by_other_commands_in_one_sentence(file, run):
    content = bytearray(file.read_bytes())
    for place in range(4096, len(content), 1000):
        content[place] ^= 1
    file.write_bytes(content)
    code, out, err = run("figures", "--json")
    assert (code, out) == (3, "")
    assert err == ["The file is damaged. Check it, and restore a backup."]


def test_backup_and_restore(file, run, tmp_path, key):
    copy, again = tmp_path / "copy.visits", tmp_path / "again" / "mine.visits"
    assert run("backup", "--out", copy) == (0, f"{copy}\n", [])
    assert run("backup", "--out", copy)[0] == 2
    assert run("backup", "--out", copy, "--force")[0] == 0
    assert run("restore", copy, "--file", again) == (0, f"{again}\n", [])
    with bootstrap.open_with_key(again, key) as opened:
        assert opened.services.visits.page(VisitQuery()).total == 2
    code, out, err = run("restore", copy, "--file", again)
    assert (code, out) == (2, "")
    assert err == [f"{again} is there already; --force writes over it."]
    code, out, err = run("restore", copy, "--file", again, "--force")
    assert (code, out) == (0, f"{again}\n")
    assert err[0].startswith(f"The file that was there is kept as {again}.before-restore-")


def test_restoring_something_that_is_no_backup(file, run, tmp_path):
    code, _, err = run("restore", tmp_path / "none", "--file", tmp_path / "new.visits")
    assert (code, err) == (3, [f"There is no file {tmp_path / 'none'}."])
    other = tmp_path / "other"
    other.write_text("hello")
    code, _, err = run("restore", other, "--file", tmp_path / "new.visits")
    assert code == 3
    assert err == ["The key file other.key is missing; it belongs beside the records."]
    assert not (tmp_path / "new.visits").exists()


def test_options_stand_before_or_after_the_command_and_ahead_of_the_environment(
    file, run, monkeypatch, tmp_path
):
    words = tmp_path / "words"
    words.write_bytes(f"\ufeff{PASSPHRASE}\r\nanother line\r\n".encode())
    monkeypatch.setenv("VISITAPP_FILE", str(tmp_path / "none.visits"))
    monkeypatch.setenv("VISITAPP_PASSPHRASE", "wrong")
    options = ("--file", file, "--passphrase-file", words)
    assert run(*options, "check")[0] == 0
    assert run("check", *options)[0] == 0
    assert run(options[0], options[1], "check", *options[2:])[0] == 0
    assert run("check")[0] == 3
    assert run(f"--file={file}", "check")[0] == 3


def test_a_wrong_passphrase_exits_3_without_a_hint(file, run, monkeypatch):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", "wrong")
    assert run("figures", "--json") == (3, "", ["This passphrase does not open this file."])


@pytest.mark.parametrize("command", [("figures", "--json"), ("check",), ("backup", "--out", "x")])
def test_no_passphrase_exits_3_where_nobody_can_be_asked(file, run, monkeypatch, command):
    monkeypatch.delenv("VISITAPP_PASSPHRASE")
    code, out, err = run(*command)
    assert (code, out) == (3, "")
    assert err == ["No passphrase: use --passphrase-file or VISITAPP_PASSPHRASE."]


def test_a_passphrase_file_that_is_not_there_exits_3(file, run, tmp_path):
    code, _, err = run("check", "--passphrase-file", tmp_path / "none")
    assert code == 3
    assert err == [f"The passphrase file {tmp_path / 'none'} can't be read."]


@pytest.mark.parametrize("command", [("figures", "--json"), ("check",)])
def test_a_missing_file_exits_3_and_is_not_made(run, monkeypatch, tmp_path, command):
    path = tmp_path / "none.visits"
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    assert run(*command, "--file", path) == (3, "", [f"There is no file {path}."])
    assert list(tmp_path.iterdir()) == []


def test_a_file_held_by_the_window_can_be_read_but_not_imported_to(file, key, run, tmp_path):
    with bootstrap.open_with_key(file, key, hold=True):
        assert run("figures", "--json")[0] == 0
        assert run("backup", "--out", tmp_path / "copy.visits")[0] == 0
        source = tmp_path / "visits.csv"
        source.write_text("visit_ref,scheme,site,date,arrived\n")
        code, out, err = run("import", "visits", source)
        assert (code, out) == (3, "")
        assert "is open in another copy of visitapp: Mary Manager on " in err[0]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("figures",),
        ("figures", "--json", "--from", "yesterday"),
        ("figures", "--json", "--from", "2024-02-30"),
        ("figures", "--json", "--from", "2024-04-01", "--to", "2024-03-31"),
        ("coverage", "--json", "--png", "x.png"),
        ("coverage", "--json", "--scheme", "prison"),
        ("coverage", "--json", "--site", "Nowhere"),
        ("coverage", "--json", "--reading", "colour"),
        ("report",),
        ("report", "annual"),
        ("import", "visits"),
        ("backup",),
        ("restore",),
        ("new", "--out", "x"),
        ("check", "--no-such-option"),
    ],
    ids=" ".join,
)
def test_bad_input_exits_2_with_one_sentence(file, run, arguments):
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert len(err) == 1
    assert err[0].endswith(".")


def test_no_file_named_at_all_exits_2(run, monkeypatch):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    code, _, err = run("check")
    assert (code, err) == (2, ["Say which file of records: --file F, or VISITAPP_FILE."])


def test_a_fault_of_the_program_exits_1_and_says_where(file, run, monkeypatch):
    def broken(*_):
        raise RuntimeError("with a private value in it")

    monkeypatch.setattr("visitapp.services.figures.FigureService.figures_json", broken)
    code, out, err = run("figures", "--json")
    assert (code, out) == (1, "")
    assert err[0].startswith("visitapp met a fault of its own: RuntimeError (test_cli.py, line ")
    assert "private" not in err[0]


def test_a_stop_by_hand_says_so(file, run, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("visitapp.services.figures.FigureService.figures_json", stopped)
    assert run("figures", "--json") == (2, "", ["Stopped; nothing was changed."])


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
    assert run("new", path) == (2, "", [f"{path} is there already; choose another name."])
    assert (path.read_bytes(), vault.key_file(path).read_bytes()) == before


def test_new_without_a_passphrase_asks_nothing_and_makes_nothing(run, tmp_path):
    path = tmp_path / "deep" / "my.visits"
    assert run("new", path)[0] == 3
    assert list(tmp_path.iterdir()) == []


def test_new_that_fails_leaves_nothing_behind(run, tmp_path, monkeypatch):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", "  ")
    assert run("new", tmp_path / "deep" / "my.visits") == (2, "", ["The passphrase is empty."])
    assert list(tmp_path.iterdir()) == []


def test_a_key_file_without_its_records_is_not_written_over(run, tmp_path, monkeypatch):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    key_file = tmp_path / "my.visits.key"
    key_file.write_text("the only way to open records that lie elsewhere")
    code, _, err = run("new", tmp_path / "my.visits")
    assert (code, err) == (2, [f"{key_file} is there already; choose another name."])
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
    assert (done.returncode, done.stdout, done.stderr) == (0, "No damage found.\n", "")
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


def test_a_command_imports_no_qt(file):
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
