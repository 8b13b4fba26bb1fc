"""Several files dropped on the page of imports."""

from pathlib import Path

from visitapp.ui.imports.view import dropped_files


def test_dropped_files_are_told_apart_by_their_names():
    visits, issues = Path("2024_visits.csv"), Path("2024_issues.csv")
    assert dropped_files([issues, visits]) == ({"visits": visits, "issues": issues}, [])
    log, detainees = Path("log.xlsx"), Path("detainees.csv")
    assert dropped_files([log, detainees]) == ({"detainees": detainees, "visits": log}, [])


def test_of_two_that_could_be_the_same_one_is_named_as_left_over():
    first, second = Path("a.csv"), Path("b.csv")
    assert dropped_files([first, second]) == ({"visits": first}, [second])
    named = Path("visits.csv")
    assert dropped_files([first, named]) == ({"visits": named}, [first])
