"""Contradictions on the command line: told, backed up, restored after a yes, and a printed page."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.builders import furnish, make_visit, sign
from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.persistence import dialect
from visitapp.security import vault

WRONG = "Visit NOR-2024-001: its report is not as it was signed."


@pytest.fixture
def file(named, key):
    """A file with a visit, named by the environment."""
    with bootstrap.open_with_key(named, key, clock=lambda: NOW) as opened:
        furnish(opened.services)
        sign(opened.services, make_visit())
    return named


def change(path, key, statement):
    """What another program does to a file."""
    with closing(dialect.connect(path, key)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(statement)


@pytest.fixture
def altered(file, key):
    """The same after another program changed its report."""
    change(file, key, "UPDATE visit SET summary = 'Fine.'")
    return file


def line(out):
    return next(said for said in out.splitlines() if said.startswith("Ledger: "))


def test_a_backup_says_at_once_what_check_finds(altered, run, tmp_path):
    code, out, err = run("backup", "--out", tmp_path / "copy.visits")
    assert (code, out) == (0, f"{tmp_path / 'copy.visits'}\n")
    assert err[0] == WRONG
    assert "The backup was made, and has the same problems." in err[1]
    assert err[2].startswith("Ledger: ")


def test_a_backup_with_a_contradiction_is_restored_after_a_yes(altered, run, tmp_path, key):
    copy, again = tmp_path / "copy.visits", tmp_path / "again.visits"
    assert run("backup", "--out", copy)[0] == 0
    code, out, err = run("restore", copy, "--file", again)
    assert (code, out) == (2, "")
    assert err[0] == WRONG
    assert "add --accept-contradictions" in err[-1]
    assert not again.exists()
    assert not vault.key_file(again).exists()
    code, out, err = run("restore", copy, "--file", again, "--accept-contradictions")
    assert (code, out, err) == (0, f"{again}\n", [WRONG])
    code, out, _ = run("check", "--file", again)
    assert code == 4
    assert WRONG in out


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE visit SET type = 'PARTY'",
        "UPDATE visit SET local_date = '2025-03-1a'",
        "UPDATE site SET kind = 'moon'",
        "UPDATE rate SET scheme_id = 'nobody'",
        "DELETE FROM site WHERE name = 'Northgate'",
        "UPDATE ledger SET event = 'feast'",
        "DELETE FROM ledger",
        "UPDATE person SET name = 'Another' WHERE name = 'Anne Example'",
    ],
)
def test_whatever_another_program_wrote_is_backed_up_and_restored(
    file, run, tmp_path, key, statement
):
    change(file, key, statement)
    copy, again = tmp_path / "copy.visits", tmp_path / "again.visits"
    checked = run("check")
    code, _, err = run("backup", "--out", copy)
    assert code == 0, err
    if checked[0] == 0:  # no such row
        return
    assert run("restore", copy, "--file", again)[0] == 2
    assert run("restore", copy, "--file", again, "--accept-contradictions")[0] == 0
    assert run("check", "--file", again)[:2] == checked[:2]


def test_bad_pages_are_refused_whatever_is_accepted(file, run, tmp_path):
    copy, again = tmp_path / "copy.visits", tmp_path / "again.visits"
    assert run("backup", "--out", copy)[0] == 0
    content = bytearray(copy.read_bytes())
    content[len(content) // 2] ^= 1
    copy.write_bytes(content)
    code, _, err = run("restore", copy, "--file", again, "--accept-contradictions")
    assert code == 2
    assert err[0].startswith("The backup is damaged. Nothing was restored.")
    assert not again.exists()


def test_backups_of_a_saved_file_are_restored_without_a_question(file, run, tmp_path, key):
    with closing(dialect.connect(file, key)) as connection:
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'outcome_count'"
        page = connection.execute(query).fetchone()[0] - 1
    content = bytearray(file.read_bytes())
    content[page * 4096 + 2000] ^= 1
    file.write_bytes(content)
    saved, copy, again = (tmp_path / name for name in ("saved", "copy", "again"))
    assert run("salvage", "--out", saved)[0] == 0
    code, out, err = run("check", "--file", saved)
    assert (code, err) == (0, [])
    assert "1 report is incomplete" in out
    assert "another program" not in out
    assert run("backup", "--file", saved, "--out", copy)[0] == 0
    assert run("restore", copy, "--file", again)[0] == 0
    change(again, key, "UPDATE visit SET summary = 'Fine.'")
    assert WRONG in run("check", "--file", again)[1]


@pytest.mark.parametrize(
    "typed",
    [
        lambda text: text,
        lambda text: text.removeprefix("Ledger: ").rstrip("."),
        lambda text: text.lower().replace("-", " ").replace("entries,", ""),
        lambda text: text.replace("0", "O").replace(" ", "").replace("1", "l"),
    ],
)
def test_a_line_from_paper_is_found_however_it_is_typed(file, run, key, typed):
    printed = line(run("check")[1])
    with bootstrap.open_with_key(file, key, clock=lambda: NOW) as opened:
        sign(opened.services, make_visit(NOW.date().replace(day=1)))
    code, out, err = run("check", "--against", typed(printed))
    assert (code, err) == (0, [])
    assert "contain everything they had when the page was printed; " in out
    assert line(out) != printed


def test_an_older_copy_a_cut_ledger_and_another_line_are_told(file, run, key, tmp_path):
    older = Path(tmp_path / "older.visits")
    assert run("backup", "--out", older)[0] == 0
    with bootstrap.open_with_key(file, key, clock=lambda: NOW) as opened:
        sign(opened.services, make_visit(NOW.date().replace(day=1)))
    printed = line(run("check")[1])
    assert run("check", "--against", printed)[0] == 0
    code, out, _ = run("check", "--file", older, "--against", printed)
    assert code == 4
    assert "No damage found." in out
    assert "or this is an older copy of the file" in out
    other = printed[:-2] + ("0" if printed[-2] != "0" else "1") + "."
    assert run("check", "--against", other)[0] == 4


@pytest.mark.parametrize(
    "typed", ["", "hello", "1234", "7F3A-92C1-0B4D", "12 7F3A-92C1-0B4", "x" * 500]
)
def test_what_is_no_line_of_a_page_is_said_so(file, run, typed):
    code, _, err = run("check", "--against", typed)
    assert code == 2
    assert err[0].startswith("Type the line from the page")


def test_a_damaged_first_page_is_told_apart_from_a_wrong_key(file, run, tmp_path):
    content = bytearray(file.read_bytes())
    content[2000] ^= 1
    file.write_bytes(content)
    code, out, _ = run("check")
    assert code == 4
    assert "The passphrase or code is right, but the first page of the file is damaged" in out
    assert run("salvage", "--out", tmp_path / "saved")[0] == 3
    assert not (tmp_path / "saved").exists()


def test_answers_that_were_miscounted_are_counted_again(
    opened: bootstrap.OpenedFile, named: Path, run
) -> None:
    with opened.database.transaction() as connection:
        connection.execute(
            text("INSERT INTO counted_month VALUES ('x', '2025-03-01', 'q', 1, 'A', 'y', 1, 0, 0)")
        )
    opened.close()
    code, out, _ = run("check")
    assert code == 4
    assert "The sums of answers are not those of the reports. Count the answers again." in out
    assert run("count-again") == (0, "The answers of all reports have been counted again.\n", [])
    assert run("check")[0] == 0
