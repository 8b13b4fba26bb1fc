"""An import in words: what it would do, and what it did."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from tests.builders import make_person, make_site, make_visit
from visitapp.domain.errors import ContradictionsError, FaultyFileError, HeldElsewhereError
from visitapp.domain.importing import Batch, ImportPlan, ImportProblem, Reject
from visitapp.domain.office.site import OpenPeriod

AT = datetime(2025, 7, 4, tzinfo=UTC)
BATCH = Batch(UUID(int=1), AT, "Mary", "visits.csv", 0)
PROBLEM = ImportProblem("visits", 7, "date", "“31/2” is not a day.")


def opened_on(name: str, *days: date):
    return make_site(name=name, open_periods=tuple(OpenPeriod(day) for day in days))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"visits": 1}, "Imported 1 visit."),
        ({"visits": 1200, "sites_made": 1}, "Imported 1,200 visits and 1 site."),
        (
            {"visits": 2, "sites_made": 2, "people_made": 1},
            "Imported 2 visits, 2 sites and 1 person.",
        ),
        ({"visits": 2, "people_made": 3}, "Imported 2 visits and 3 people."),
        ({"visits": 2, "already_there": 1}, "Imported 2 visits. 1 was already in the file."),
        (
            {"visits": 2, "already_there": 2, "rejected": 1},
            "Imported 2 visits. 2 were already in the file. 1 row was skipped. Save the skipped "
            "rows to see why.",
        ),
        (
            {"rejected": 2},
            "Imported 0 visits. 2 rows were skipped. Save the skipped rows to see why.",
        ),
        ({}, "Nothing has changed: there are no visits in the file."),
        ({"already_there": 1}, "Nothing has changed: the visit is already in the file."),
        (
            {"already_there": 1200},
            "Nothing has changed: all 1,200 visits are already in the file.",
        ),
    ],
)
def test_what_an_import_did_is_counted(changed: dict[str, int], words: str) -> None:
    assert replace(BATCH, **changed).sentence == words


def test_what_an_import_would_do_is_listed() -> None:
    assert ImportPlan("visits.csv").lines() == [
        "0 new visits, 0 already there, 0 rows of visits with a problem."
    ]
    plan = ImportPlan(
        "visits.csv",
        (make_visit(),),
        already_there=1200,
        new_sites=(opened_on("Northgate", date(2024, 4, 1)), opened_on("Southgate")),
        new_people=(make_person("Anne"), make_person("Ben")),
        problems=(PROBLEM,),
        warnings=(replace(PROBLEM, row=8),),
        rejects=tuple(
            Reject(sheet, row, (), ())
            for sheet, row in (("visits", 7), ("issues", 3), ("issues", 4))
        ),
    )
    assert plan.lines() == [
        "1 new visit, 1,200 already there, 1 row of visits with a problem.",
        "Sites to be added: Northgate; Southgate.",
        "When they opened is not known: each counts as open from 1 April 2024, and visits are due "
        "from its first visit on. Enter the days under Settings, Sites.",
        "People to be added: Anne; Ben.",
        "Problem: visits, row 7, date: “31/2” is not a day.",
        "Warning: visits, row 8, date: “31/2” is not a day.",
    ]


def test_rows_can_be_skipped_unless_a_problem_is_of_a_whole_sheet() -> None:
    plan = ImportPlan("visits.csv", problems=(PROBLEM,))
    assert plan.can_skip
    assert not PROBLEM.structural
    structural = replace(PROBLEM, structural=True)
    assert not replace(plan, problems=(PROBLEM, structural)).can_skip
    assert plan.has_issues
    assert not BATCH.without_issues


def test_sites_that_are_added_say_since_when_they_count_as_open() -> None:
    first, second = date(2023, 4, 1), date(2024, 4, 1)
    plan = ImportPlan("visits.csv", new_sites=(opened_on("Northgate", first),))
    assert plan.opening_words.startswith("When it opened is not known: it counts as open from 1 Ap")
    several = replace(plan, new_sites=(opened_on("North", second), opened_on("South", first)))
    assert (
        "each counts as open from the first day of the year of its first visit"
        in several.opening_words
    )
    assert replace(plan, new_sites=()).opening_words == ""


def test_what_does_not_match_is_counted() -> None:
    assert str(ContradictionsError(["A."])).endswith("but 1 thing in it does not match the rest.")
    many = ContradictionsError(["A."] * 1200)
    assert str(many).endswith("but 1,200 things in it do not match the rest.")
    assert str(FaultyFileError(["A."])) == "Nothing was taken in: 1 problem in the file."
    assert str(FaultyFileError(["A."] * 2)) == "Nothing was taken in: 2 problems in the file."


def test_a_file_that_is_open_elsewhere_says_where_as_far_as_it_is_known() -> None:
    held = HeldElsewhereError("north.visits", host="desk", since="", who="")
    assert str(held) == "north.visits is open on desk. Close it there first."
    known = HeldElsewhereError("north.visits", host="desk", since="Monday", who="Mary")
    assert known.where == "north.visits is open on desk since Monday by Mary."
