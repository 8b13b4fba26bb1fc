"""Reports are signed once, withdrawn with a reason, and two of one visit are decided about."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    ANNE,
    BEN,
    CARA,
    CUSTODY,
    KENNELS,
    SUITE,
    at,
    confirmed,
    make_kennel_visit,
    make_site,
    make_visit,
    sign,
)
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.moment import Moment
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import OutcomeCount
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import same_visit, visits

DAY = date(2025, 3, 5)
NOBODY = UUID(int=9_999)


def total(services, **query):
    return services.visits.page(VisitQuery(**query)).total


def test_a_signed_report_is_read_as_it_was_written(furnished):
    visit = make_visit(
        observers=(CARA,),
        delay_reason="BUSY",
        admitted=at(DAY, 14, 20),
        delay_explanation="A queue at the door",
        extra_minutes=40,
        summary="All was calm.",
        present=4,
        counts=(
            OutcomeCount("SEEN", 2, None, "FEMALE", "A18_24", "W1"),
            OutcomeCount("SEEN", 1, None, "MALE"),
            OutcomeCount("ADVICE", 1, "INTOX"),
        ),
        issues=(Issue(uuid4(), "FOOD", 2, description="Cold meals", raised_with="A sergeant"),),
    )
    locked = sign(furnished, visit)
    assert locked.ref == "NOR-2024-001"
    assert locked.locked_at == furnished.access.now()
    assert furnished.visits.get(locked.id) == locked
    assert [c.typed_name for c in locked.confirmations] == ["Anne Example", "Ben Sample"]


def test_references_count_on_within_a_site_and_year(furnished):
    refs = [
        sign(furnished, make_visit(day)).ref
        for day in (date(2025, 3, 5), date(2025, 3, 31), date(2025, 4, 1), date(2024, 4, 1))
    ]
    assert refs == ["NOR-2024-001", "NOR-2024-002", "NOR-2025-001", "NOR-2024-003"]
    assert sign(furnished, make_kennel_visit()).ref == "HIL-2024-001"


def test_sites_that_begin_alike_share_one_row_of_numbers(furnished):
    other = make_site(id=uuid4(), name="North Road")
    furnished.setup.save_site(other)
    assert sign(furnished, make_visit()).ref == "NOR-2024-001"
    assert sign(furnished, make_visit(site_id=other.id)).ref == "NOR-2024-002"


@pytest.mark.parametrize(
    "changed",
    [
        {"present": 7},
        {"site_id": KENNELS},
        {"site_id": NOBODY},
        {"visitors": ()},
        {"visitors": (ANNE, ANNE)},
        {"visitors": (ANNE, NOBODY)},
        {"left": None},
        {"type": "PARTY"},
        {"arrived": at(date(2025, 4, 11), 14), "admitted": None, "left": None},
        {"counts": (OutcomeCount("SEEN", 6, "INTERVIEW"),)},
    ],
    ids=str,
)
def test_a_report_that_must_be_put_right_is_not_locked(furnished, changed):
    visit = make_visit(**changed)
    draft, _ = furnished.drafts.begin(CUSTODY)
    with pytest.raises(BadInputError):
        furnished.visits.sign(visit, draft)
    assert total(furnished) == 0
    assert furnished.drafts.get(draft.id) == draft


def test_a_report_of_a_scheme_that_is_not_run_is_told_in_a_sentence(furnished):
    with pytest.raises(BadInputError, match="doesn't run that scheme"):
        furnished.visits.findings(make_visit(scheme_id=uuid4()))


def test_a_report_is_locked_once_however_often_the_button_is_pressed(furnished):
    draft, _ = furnished.drafts.begin(CUSTODY)
    visit = confirmed(furnished, make_visit())
    _, changes = furnished.visits.sign(visit, draft)
    assert changes == Changes.VISITS | Changes.DRAFTS
    with pytest.raises(ConflictError, match="already been signed or discarded"):
        furnished.visits.sign(replace(visit, id=uuid4()), draft)
    assert total(furnished) == 1
    assert furnished.drafts.drafts() == ()


def test_a_discarded_draft_is_not_signed(furnished):
    draft, _ = furnished.drafts.begin(CUSTODY)
    furnished.drafts.discard(draft.id)
    with pytest.raises(ConflictError):
        furnished.visits.sign(confirmed(furnished, make_visit()), draft)
    assert total(furnished) == 0


def test_a_withdrawn_visit_counts_nowhere_and_stays_readable(furnished):
    locked = sign(furnished, make_visit())
    with pytest.raises(BadInputError, match="Say why"):
        furnished.visits.withdraw(locked.id, "  ")
    assert furnished.visits.withdraw(locked.id, " Wrong day ") is Changes.VISITS
    assert total(furnished) == 0
    assert total(furnished, states=(State.WITHDRAWN,)) == 1
    kept = furnished.visits.get(locked.id)
    assert kept == replace(
        locked,
        state=State.WITHDRAWN,
        withdrawn_at=furnished.access.now(),
        withdrawn_reason="Wrong day",
        version=2,
    )
    with pytest.raises(ConflictError, match="can no longer be withdrawn"):
        furnished.visits.withdraw(locked.id, "Again")


def test_a_replaced_report_counts_until_the_other_is_signed_and_never_beside_it(furnished):
    first = sign(furnished, make_visit())
    draft, _ = furnished.drafts.replace(first.id, "The wrong time was written")
    assert total(furnished) == 1
    second, _ = furnished.visits.sign(confirmed(furnished, make_visit()), draft)
    assert total(furnished) == 1
    assert second.replaces_id == first.id
    assert furnished.visits.replacement(first.id) == second.id
    before = furnished.visits.get(first.id)
    assert before.withdrawn_reason == "Amended: The wrong time was written"
    assert second.ref == first.ref
    assert furnished.visits.same_visit_questions() == ()
    assert furnished.maintenance.check() == []


def test_a_report_withdrawn_meanwhile_is_not_replaced(furnished):
    first = sign(furnished, make_visit())
    draft, _ = furnished.drafts.replace(first.id, "A slip")
    furnished.visits.withdraw(first.id, "It never happened")
    with pytest.raises(ConflictError):
        furnished.visits.sign(confirmed(furnished, make_visit()), draft)
    assert total(furnished) == 0
    assert furnished.drafts.get(draft.id) == draft


@pytest.fixture
def twice(furnished):
    """Two reports of the same afternoon at one suite."""
    first = sign(furnished, make_visit())
    second = sign(furnished, make_visit(arrived=at(DAY, 14, 30), admitted=at(DAY, 14, 30)))
    return first, second


def test_two_reports_that_overlap_ask_whether_they_are_one_visit(furnished, twice):
    sign(furnished, make_visit(arrived=at(DAY, 15, 1), admitted=at(DAY, 15, 1), left=at(DAY, 16)))
    sign(furnished, make_kennel_visit(arrived=at(DAY, 14), admitted=at(DAY, 14), left=at(DAY, 15)))
    (pair,) = furnished.visits.same_visit_questions()
    assert tuple(row.id for row in pair) == tuple(visit.id for visit in twice)
    assert total(furnished) == 4


def test_a_report_without_a_time_may_be_about_any_visit_of_its_day(furnished):
    timed = sign(furnished, make_visit(arrived=at(DAY, 9), admitted=at(DAY, 9), left=at(DAY, 10)))
    by_day = {"arrived": at(DAY, 12), "admitted": None, "left": None, "has_time": False}
    with furnished.access.database.transaction() as connection:
        visits.insert_visits(connection, [make_visit(**by_day), make_visit(**by_day)])
        visits.insert_visits(
            connection, [make_visit(**{**by_day, "arrived": at(DAY + timedelta(1), 12)})]
        )
    pairs = furnished.visits.same_visit_questions()
    assert len(pairs) == 3  # each of three with each
    assert sum(pair[0].id == timed.id for pair in pairs) == 2
    furnished.visits.decide_same(pairs[0][1].id, pairs[0][0].id, None)
    assert len(furnished.visits.same_visit_questions()) == 2


def test_the_form_warns_of_the_other_report(furnished, twice):
    third = make_visit(arrived=at(DAY, 14, 50), admitted=None, left=None, status="ABANDONED")
    finding = furnished.visits.findings(third)[-1]
    assert "overlaps" in finding.sentence
    assert not finding.blocks


@pytest.mark.parametrize("kept", [0, 1])
def test_two_reports_of_one_visit_are_joined_keeping_either(furnished, twice, kept):
    keep, other = twice[kept], twice[1 - kept]
    assert furnished.visits.decide_same(twice[0].id, twice[1].id, keep.id) is Changes.VISITS
    assert furnished.visits.get(keep.id).state is State.LOCKED
    assert furnished.visits.get(other.id).withdrawn_reason == f"The same visit as {keep.ref}"
    assert furnished.visits.same_visit_questions() == ()
    assert furnished.maintenance.check() == []


def test_two_visits_are_kept_by_decision_and_not_asked_about_again(furnished, twice):
    furnished.visits.decide_same(twice[1].id, twice[0].id, None)
    assert total(furnished) == 2
    assert furnished.visits.same_visit_questions() == ()
    with pytest.raises(ConflictError):
        furnished.visits.decide_same(twice[0].id, twice[1].id, twice[0].id)
    assert total(furnished) == 2


def test_a_decision_names_one_of_the_two(furnished, twice):
    first, second = twice
    bystander = sign(furnished, make_visit(date(2025, 3, 12)))
    for pair, keep in [((first.id, second.id), bystander.id), ((first.id, first.id), None)]:
        with pytest.raises(BadInputError, match="which of the two"):
            furnished.visits.decide_same(*pair, keep)
    assert total(furnished) == 3


def test_a_decision_about_a_report_that_was_withdrawn_changes_nothing(furnished, twice):
    first, second = twice
    furnished.visits.withdraw(first.id, "A slip")
    for keep in (first.id, second.id):
        with pytest.raises(ConflictError):
            furnished.visits.decide_same(first.id, second.id, keep)
    assert furnished.visits.get(second.id).state is State.LOCKED


spans = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 90), st.sampled_from([SUITE, KENNELS])),
    max_size=8,
)


@given(spans)
def test_pairs_found_in_sql_are_those_that_overlap_by_the_domains_word(furnished, drawn):
    begun = at(DAY, 9)
    made = []
    for start, length, site in drawn:
        arrived = Moment(begun.utc_minute + start, begun.offset)
        left = Moment(arrived.utc_minute + length, begun.offset) if length else None
        made.append(make_visit(site_id=site, arrived=arrived, admitted=None, left=left))
    with furnished.access.database.transaction() as connection:
        visits.insert_visits(connection, made)
        pairs = same_visit.undecided_pairs(connection)
        found = {frozenset((pair.first_id, pair.second_id)) for pair in pairs}
        for table in ("visitor", "outcome_count", "visit"):
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608
    assert found == {
        frozenset((one.id, other.id))
        for one in made
        for other in made
        if one.id != other.id and one.overlaps(other)
    }


def test_a_visit_that_is_not_in_the_file_is_told(furnished):
    with pytest.raises(BadInputError, match="not in the file"):
        furnished.visits.get(uuid4())


def test_a_visit_over_midnight_and_the_night_of_two_hours_keeps_its_minutes(furnished):
    night = date(2024, 10, 27)
    visit = make_visit(
        arrived=at(night - timedelta(1), 23, 50),
        admitted=at(night - timedelta(1), 23, 55),
        left=at(night, 1, 30, fold=1),
        visitors=(ANNE, BEN),
    )
    locked = sign(furnished, visit)
    read = furnished.visits.get(locked.id)
    assert read.volunteer_minutes == 2 * (10 + 60 + 60 + 30)
    assert read.left == at(night, 1, 30, fold=1)
