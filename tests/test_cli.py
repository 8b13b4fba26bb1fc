"""The command line: answers on standard output, one sentence on standard error, exit codes."""

import json
import re
from contextlib import closing
from dataclasses import replace

import pytest

from tests.builders import furnish, make_kennel_visit, make_visit, sign
from tests.conftest import NOW, PASSPHRASE
from visitapp import bootstrap, cli
from visitapp.domain.office.body import Law
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import dialect

YEAR = ("--from", "2024-04-01", "--to", "2025-03-31")


@pytest.fixture
def file(named, key):
    """A file with a custody and a kennel visit, named by the environment."""
    with bootstrap.open_with_key(named, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
        sign(opened.services, make_kennel_visit())
    return named


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
    assert err == [f"{out} already exists. Use --force to replace it."]
    assert out.read_bytes() == before
    assert run(*command, "--force")[0] == 0


def test_the_annual_report_is_written_with_progress_on_standard_error(file, run, tmp_path):
    out = tmp_path / "report.pdf"
    code, told, err = run("report", "annual", *YEAR, "--out", out)
    assert (code, told) == (0, f"{out}\n")
    assert out.read_bytes().startswith(b"%PDF-")
    assert 1 <= len(err) <= 10
    assert run("report", "annual", *YEAR, "--out", out)[0] == 2


def test_the_annual_report_is_a_web_page_with_its_tables_beside_it(file, run, tmp_path):
    out, tables = tmp_path / "report.html", tmp_path / "report-tables"
    code, told, _ = run("report", "annual", *YEAR, "--out", out)
    assert (code, told) == (0, f"{out}\n{tables}\n")
    assert out.read_bytes().startswith(b"<!doctype html>")
    written = sorted(path.name for path in tables.iterdir())
    assert written[0].startswith("table-01-")
    assert out.read_text("utf-8").count("<table") == len(written)
    mine, old = tables / "mine.csv", tables / "table-01-as-it-was.csv"
    mine.write_text("mine")
    old.write_text("old")
    out.unlink()
    code, _, err = run("report", "annual", *YEAR, "--out", out)
    assert (code, out.exists()) == (2, False)
    assert f"{tables} already exists" in err[-1]
    assert run("report", "annual", *YEAR, "--out", out, "--force")[0] == 0
    assert sorted(path.name for path in tables.iterdir()) == ["mine.csv", *written]


def test_a_report_has_a_form_that_can_be_written(file, run, tmp_path):
    code, told, err = run("report", "annual", *YEAR, "--out", tmp_path / "report.odt")
    assert (code, told, list(tmp_path.glob("*.odt"))) == (2, "", [])
    assert "End the file name with one of these." in err[-1]


def test_check_says_that_a_sound_file_is_sound(file, run):
    code, out, err = run("check")
    said, ledger = out.splitlines()
    assert (code, said, err) == (0, "No damage found.", [])
    assert re.fullmatch(r"Ledger: [0-9]+ entries, ([0-9A-F]{4}-){2}[0-9A-F]{4}\.", ledger)


def test_check_of_a_damaged_file_exits_4_with_sentences(file, run):
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    code, out, err = run("check")
    assert code == 4
    assert "pages of the file were altered or have gone bad (page " in out
    assert err == ["The file is damaged. Restore a backup."]


def test_check_of_a_file_whose_beginning_is_damaged_exits_4(file, run):
    content = bytearray(file.read_bytes())
    content[40] ^= 1
    file.write_bytes(content)
    code, out, err = run("check")
    assert code == 4
    assert out.startswith("The file can't be read with this key")
    assert len(err) == 1


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            dialect.ResultCode.READONLY,
            "The file can't be used, because the file or its folder is read-only.",
        ),
        (
            dialect.ResultCode.BUSY,
            "The file is busy: another copy of visitapp is writing to it. Try again.",
        ),
    ],
)
def test_a_file_that_can_not_be_looked_at_is_not_called_damaged(
    file, run, monkeypatch, code, sentence
):
    def refuse(*_):
        error = dialect.dbapi().OperationalError("can't")
        error.sqlite_errorcode = code
        raise error

    for connect in ("connect", "connect_alone"):
        monkeypatch.setattr(dialect, connect, refuse)
    assert run("check") == (3, "", [sentence])


def test_a_damaged_file_is_told_by_other_commands_in_one_sentence(file, run):
    content = bytearray(file.read_bytes())
    for place in range(4096, len(content), 1000):
        content[place] ^= 1
    file.write_bytes(content)
    code, out, err = run("figures", "--json")
    assert (code, out) == (3, "")
    assert err == ["The file is damaged. Check it, and restore a backup."]


@pytest.mark.parametrize(
    "statement", ["UPDATE site SET kind = 'x'", "UPDATE account SET role = 'x'"]
)
def test_a_value_of_no_kind_is_told_as_damage_and_not_as_a_fault(file, key, run, statement):
    with closing(dialect.connect(file, key)) as connection:
        connection.execute(statement)
    said = "Part of the file can't be read. Run visitapp check to see which part."
    assert run("figures", "--json") == (3, "", [said])
    code, out, _ = run("check")
    assert (code, "another program changed it" in out) == (4, True)


def test_backup_and_restore(file, run, tmp_path, key):
    copy, again = tmp_path / "copy.visits", tmp_path / "again" / "mine.visits"
    _, out, _ = run("check")
    ledger = out.splitlines()[1]
    assert run("backup", "--out", copy) == (0, f"{copy}\n", [ledger])
    assert run("check", "--file", copy)[1] == out
    assert run("backup", "--out", copy)[0] == 2
    assert run("backup", "--out", copy, "--force")[0] == 0
    assert run("restore", copy, "--file", again) == (0, f"{again}\n", [])
    with bootstrap.open_with_key(again, key) as opened:
        assert opened.services.visits.page(VisitQuery()).total == 2
    code, out, err = run("restore", copy, "--file", again)
    assert (code, out) == (2, "")
    assert err == [
        f"{again} already exists. Use --force to replace it. The old file is kept under another "
        "name."
    ]
    code, out, err = run("restore", copy, "--file", again, "--force")
    assert (code, out) == (0, f"{again}\n")
    assert err[0].startswith(f"The old file is now called {again}.before-restore-")


def test_restoring_something_that_is_no_backup(file, run, tmp_path):
    code, _, err = run("restore", tmp_path / "none", "--file", tmp_path / "new.visits")
    assert (code, err) == (3, [f"There is no file {tmp_path / 'none'}."])
    other = tmp_path / "other"
    other.write_text("hello")
    code, _, err = run("restore", other, "--file", tmp_path / "new.visits")
    assert code == 3
    assert err == [
        "The key file other.key is missing. It must be in the same folder as the records."
    ]
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
    assert err == ["There is no passphrase. Use --passphrase-file or VISITAPP_PASSPHRASE."]


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
        ("report", "quarterly", "--from", "2024-12-01", "--to", "2025-05-01", "--out", "x.pdf"),
        ("figures", "--json", "--to", "9999-12-31"),
        ("plan", "--json", "--from", "9999-12-30"),
        ("plan", "--json", "--weeks", "0"),
        ("new", ""),
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


@pytest.mark.parametrize(
    "command", [("report", "annual", "--out"), ("coverage", "--svg"), ("backup", "--out")]
)
def test_a_place_that_can_not_be_written_is_told_before_the_work(file, run, tmp_path, command):
    nowhere = tmp_path / "nowhere" / "x.pdf"
    assert run(*command, nowhere) == (2, "", [f"There is no folder {nowhere.parent}."])
    code, _, err = run(*command, tmp_path, "--force")
    assert (code, err) == (2, [f"{tmp_path} is a folder. Give the name of a file in it."])


def test_no_file_named_at_all_exits_2(run, monkeypatch):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    code, _, err = run("check")
    assert (code, err) == (2, ["Say which file of records to use: --file F, or VISITAPP_FILE."])


def test_nowhere_to_answer_exits_2_before_anything_is_done(file, run, monkeypatch, tmp_path):
    monkeypatch.setattr("sys.stdout", None)
    assert cli.main(["backup", "--out", str(tmp_path / "copy.visits")]) == 2
    assert not (tmp_path / "copy.visits").exists()


def test_of_two_that_make_one_file_at_once_the_second_is_refused(run, monkeypatch, tmp_path):
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    target = tmp_path / "new.visits"
    fill, answers = bootstrap.furnish, []

    def meanwhile_made(database, *rest):
        answers.append(run("new", "--file", target))
        fill(database, *rest)

    monkeypatch.setattr(bootstrap, "furnish", meanwhile_made)
    assert run("new", "--file", target, "--law", "scotland")[0] == 0
    ((code, out, err),) = answers
    assert (code, out) == (3, "")
    assert err[0].startswith("new.visits is open in another copy of visitapp: ")
    assert run("check", "--file", target)[0] == 0
    with bootstrap.open_with_passphrase(target, PASSPHRASE, reading=True) as opened:
        assert [body.law for body in opened.services.setup.office().bodies] == [Law.SCOTLAND]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["new.visits", "new.visits.key"]


def test_a_fault_of_the_program_exits_1_and_says_where(file, run, monkeypatch):
    def broken(*_):
        raise RuntimeError("with a private value in it")

    monkeypatch.setattr("visitapp.services.year.figures.FigureService.figures_json", broken)
    code, out, err = run("figures", "--json")
    assert (code, out) == (1, "")
    assert err[0].startswith(
        "Sorry, something went wrong in visitapp: RuntimeError (test_cli.py, line "
    )
    assert "private" not in err[0]


def test_a_stop_by_hand_says_so(file, run, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("visitapp.services.year.figures.FigureService.figures_json", stopped)
    assert run("figures", "--json") == (2, "", ["Stopped. Nothing has changed."])
