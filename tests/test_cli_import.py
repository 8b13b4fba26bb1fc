"""Past visits brought in from the command line."""

import pytest

from tests.builders import ANNE, furnish
from tests.e2e.killing import quick_key
from tests.services.reports.test_matching import SHAPES
from tests.spreadsheets import kennel_row, visit_row, write_csv
from visitapp import bootstrap
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.security import vault


@pytest.fixture
def file(named, key):
    """A file with sites and people and no visit."""
    with bootstrap.open_with_key(named, key) as opened:
        furnish(opened.services)
    return named


@pytest.fixture
def source(tmp_path):
    """Two visits as a spreadsheet would hold them."""
    return write_csv(tmp_path / "past.csv", [visit_row(), kennel_row()])


def visits_in(file, key):
    with bootstrap.open_with_key(file, key) as opened:
        return opened.services.visits.page(VisitQuery()).total


def test_a_dry_run_says_what_would_happen_and_changes_nothing(file, key, run, source):
    before = file.read_bytes()
    code, out, _ = run("import", "visits", source, "--dry-run")
    assert code == 0
    assert "2" in out
    assert visits_in(file, key) == 0
    assert file.read_bytes() == before


def test_an_import_counts_and_the_same_file_again_changes_nothing(file, key, run, source):
    code, out, _ = run("import", "visits", source)
    assert code == 0
    assert visits_in(file, key) == 2
    code, out, told = run("check")
    assert (code, out.splitlines()[0], told) == (0, "No damage found.", [])
    code, again, _ = run("import", "visits", source)
    assert code == 0
    assert again != out
    assert visits_in(file, key) == 2


def test_problems_stop_the_import_and_each_is_named(file, key, run, tmp_path):
    rows = [visit_row(visit_ref="A", date="soon"), visit_row(visit_ref="B", seen="many")]
    source = write_csv(tmp_path / "bad.csv", [*rows, kennel_row()])
    code, out, err = run("import", "visits", source)
    assert code == 2
    assert err[-1] == "Nothing was imported: 2 problems in the file."
    assert "date" in out
    assert "seen" in out
    assert visits_in(file, key) == 0
    code, out, _ = run("import", "visits", source, "--skip-bad")
    assert code == 0
    assert visits_in(file, key) == 1


def test_sites_and_people_that_the_file_names_are_made_when_asked_for(file, key, run, tmp_path):
    row = visit_row(site="Southgate", visitor_1="Nadia Newcomer")
    source = write_csv(tmp_path / "new.csv", [row])
    assert run("import", "visits", source)[0] == 2
    assert run("import", "visits", source, "--create-missing")[0] == 0
    with bootstrap.open_with_key(file, key) as opened:
        assert "Southgate" in [site.name for site in opened.services.setup.sites()]
        assert "Nadia Newcomer" in [person.name for person in opened.services.people.people()]


@pytest.mark.parametrize("name", ["none.csv", "none.xlsx"])
def test_a_source_that_is_not_there_exits_2_with_one_sentence(file, run, tmp_path, name):
    code, out, err = run("import", "visits", tmp_path / name)
    assert (code, out) == (2, "")
    assert len([line for line in err if name in line]) == 1


def test_a_file_of_somebody_elses_making_comes_in_as_suggested(file, key, run, tmp_path):
    source = SHAPES / "log_of_the_office.xlsx"
    match = tmp_path / "match.json"
    code, out, _ = run("import", "visits", source)
    assert code != 0
    assert run("import", "visits", source, "--suggest-match", match)[:2] == (0, f"{match}\n")
    assert visits_in(file, key) == 0
    code, out, _ = run("import", "visits", source, "--match", match)
    assert (code, visits_in(file, key)) == (0, 2)
    code, out, _ = run("import", "visits", source)  # read like the last file with these headings
    assert (code, out.splitlines()[0], out.splitlines()[-1]) == (
        0,
        "Read like the last file with these headings. The scheme is the same as last time: "
        "Independent custody visiting.",
        "Nothing has changed: all 2 visits are already in the file.",
    )  # fmt: skip


def test_a_whole_scheme_goes_out_and_comes_in_as_a_new_file(
    file, key, run, source, tmp_path, monkeypatch
):
    monkeypatch.setattr(vault, "_argon2", quick_key)
    run("import", "visits", source)
    scheme, again = tmp_path / "scheme.json", tmp_path / "again.visits"
    assert run("export", "--out", scheme)[0] == 0
    monkeypatch.setenv("VISITAPP_PASSPHRASE", "lantern orchard pebble violin")
    code, _, told = run("import", "scheme", scheme, "--file", again)
    assert (code, again.exists()) == (0, True), told
    assert vault.key_file(again).exists()


def test_people_come_in_after_a_dry_run_and_are_matched_by_a_file(file, key, run, tmp_path):
    source, match = SHAPES / "list_of_volunteers.xlsx", tmp_path / "match.json"
    code, out, err = run("import", "people", source, "--dry-run")
    assert (code, err[-1]) == (2, "Nothing was imported: 4 problems in the file.")
    assert "There is nobody called J. Smith in the register of people." in out
    assert run("import", "people", source, "--suggest-match", match)[0] == 0
    code, out, _ = run("import", "people", source, "--match", match, "--dry-run")
    assert code == 0
    assert "Zoë Dvořáková, new: telephone +447700900456;" in out
    code, out, _ = run("import", "people", source, "--match", match)
    assert (code, out.splitlines()[-1]) == (
        0, "3 people were added and 2 people’s entries were filled in.",
    )  # fmt: skip
    with bootstrap.open_with_key(file, key) as opened:
        assert len(opened.services.people.people()) == 6


def test_availability_comes_in_and_replaces_only_when_asked(file, key, run, tmp_path):
    source = write_csv(tmp_path / "free.csv", [{"Name": "Anne Example", "Mon 8-12": "x"}])
    later = write_csv(tmp_path / "later.csv", [{"Name": "Anne Example", "Fri PM": "y"}])
    code, out, _ = run("import", "availability", source)
    assert (code, out.splitlines()[-1]) == (0, "The availability of 1 person was entered.")
    code, out, _ = run("import", "availability", later)
    assert (code, out.splitlines()[-1]) == (
        0, "Nothing has changed: all of it is already in the file.",
    )  # fmt: skip
    assert "What is entered already stays: Mon 08:00 to 12:00." in out
    code, out, _ = run("import", "availability", later, "--replace", "--dry-run")
    assert "Anne Example: Fri 12:00 to 16:00, instead of Mon 08:00 to 12:00." in out
    assert run("import", "availability", later, "--replace")[0] == 0
    with bootstrap.open_with_key(file, key) as opened:
        (free,) = opened.services.availability.of(ANNE).free
    assert (free.weekday, free.start, free.end) == (4, 720, 960)
