"""What must be put right in a report, and what is only worth a look."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    ANIMALS,
    ANNE,
    BEN,
    CARA,
    CUSTODY,
    at,
    make_kennel_visit,
    make_kennels,
    make_person,
    make_site,
    make_visit,
)
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.people import Clearance, Membership
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report import rules
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import Confirmation, OutcomeCount
from visitapp.services.office.reference import reference_codes, reference_scheme

DAY = date(2025, 3, 5)
TODAY = date(2025, 4, 10)
SCHEMES = {
    CUSTODY: reference_scheme(Kind.CUSTODY, CUSTODY),
    ANIMALS: reference_scheme(Kind.ANIMAL_WELFARE, ANIMALS),
}
BOOKS = {
    CUSTODY: CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY)),
    ANIMALS: CodeBook.of(reference_codes(Kind.ANIMAL_WELFARE, ANIMALS)),
}
PEOPLE = {
    ANNE: make_person("Anne Example", id=ANNE),
    BEN: make_person("Ben Sample", id=BEN),
    CARA: make_person("Cara Instance", id=CARA),
}
IMPORTED = {"source_ref": "A-1"}

IN_TOO_EARLY = "The time you were let in is earlier than the time you arrived."
LEFT_BEFORE_IN = "The leaving time is earlier than the time you were let in."
LEFT_TOO_EARLY = "The leaving time is earlier than the time you arrived."
NO_LEAVING_TIME = "Enter the time you left the suite, so your hours can be counted."


def findings(visit, *, site="usual", people=PEOPLE, others=(), today=TODAY):
    if site == "usual":
        site = make_site() if visit.scheme_id == CUSTODY else make_kennels()
    return rules.findings(
        visit, scheme=SCHEMES[visit.scheme_id], site=site, people=people,
        book=BOOKS[visit.scheme_id], others=others, today=today,
    )  # fmt: skip


def only(visit, **more):
    """The one finding there is, as (field, blocks, sentence)."""
    (found,) = findings(visit, **more)
    return str(found.place), found.blocks, found.sentence


def test_a_report_as_it_should_be_has_nothing_to_be_said_about():
    assert findings(make_visit()) == []
    assert findings(make_kennel_visit()) == []


def test_a_site_of_the_scheme_is_needed():
    assert only(make_visit(), site=None) == ("site_id", True, "Choose a site of this scheme.")
    assert only(make_visit(), site=make_kennels()) == (
        "site_id", True, "Choose a site of this scheme.",
    )  # fmt: skip


def test_a_visit_to_a_site_that_is_not_entered_as_open_only_warns():
    assert only(make_visit(), site=make_site(open_periods=())) == (
        "site_id", False, "Northgate was not open on Wed 5 Mar 2025, according to Settings.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field", "what"),
    [
        ({"type": "HOLIDAY"}, "type", "the type of visit"),
        ({"mode": "LETTER"}, "mode", "how the visit was made"),
        ({"status": "ODD"}, "status", "how the visit ended"),
        ({"delay_reason": "RAIN"}, "delay_reason", "the reason for the wait"),
    ],
)
def test_coded_values_come_from_the_list(changed, field, what):
    found = findings(make_visit(**changed))
    assert (field, f"Choose {what} from the list.", True) in [
        (str(f.place), f.sentence, f.blocks) for f in found
    ]


def test_a_visit_cannot_be_in_the_future():
    tomorrow = make_visit(TODAY + timedelta(days=1))
    assert only(tomorrow) == ("arrived", True, "The date of the visit is in the future.")
    assert findings(make_visit(TODAY)) == []


def test_times_follow_one_another():
    early = make_visit(admitted=at(DAY, 13, 59))
    assert only(early) == (
        "admitted",
        True,
        IN_TOO_EARLY,
    )
    left_first = make_visit(left=at(DAY, 14, 1))
    assert only(left_first) == (
        "left",
        True,
        LEFT_BEFORE_IN,
    )
    never_in = make_visit(admitted=None, left=at(DAY, 13), status="ABANDONED")
    assert only(never_in) == (
        "left",
        True,
        LEFT_TOO_EARLY,
    )
    turned_away = make_visit(admitted=None, left=at(DAY, 14, 20), status="REFUSED_ENTRY")
    assert findings(turned_away) == []


def test_times_may_cross_midnight_but_not_by_half_a_day():
    night = at(DAY, 23, 50)
    next_day = DAY + timedelta(days=1)
    fine = make_visit(arrived=night, admitted=at(next_day, 0, 5), left=at(next_day, 1))
    assert [str(f.place) for f in findings(fine)] == ["delay_reason"]  # a quarter of an hour's wait
    swapped = make_visit(arrived=at(DAY, 14), admitted=at(next_day, 13, 55), left=None)
    assert IN_TOO_EARLY in [f.sentence for f in findings(swapped)]
    half_a_day = make_visit(arrived=at(DAY, 20), admitted=at(DAY, 20), left=at(next_day, 8))
    assert findings(half_a_day) == []
    longer = replace(half_a_day, left=at(next_day, 8, 1))
    assert only(longer) == ("left", True, LEFT_BEFORE_IN)
    long_stay = make_visit(arrived=at(DAY, 1), admitted=at(DAY, 1), left=at(DAY, 23))
    assert findings(long_stay) == []


def test_extra_minutes_cannot_be_negative():
    assert only(make_visit(extra_minutes=-1)) == (
        "extra_minutes", True, "Travel and other time can't be negative.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"admitted": None}, "admitted", "Enter the time you were let in."),
        (
            {"left": None},
            "left",
            NO_LEAVING_TIME,
        ),
        ({"visitors": ()}, "visitors", "Choose the visitors."),
        (
            {"admitted": at(DAY, 14, 6)},
            "delay_reason",
            "You waited 6 minutes. Choose the reason.",
        ),
    ],
)
def test_the_form_insists_on_what_an_import_only_misses(changed, field, sentence):
    assert only(make_visit(**changed)) == (field, True, sentence)
    imported = only(make_visit(**changed, **IMPORTED))
    assert imported[:2] == (field, False)
    assert "You" not in imported[2]  # nobody who was there is asked


def test_a_telephone_visit_needs_no_admittance_and_its_wait_no_reason():
    call = make_visit(mode="TELEPHONE", admitted=None)
    assert findings(call) == []
    assert findings(replace(call, admitted=at(DAY, 14, 30))) == []
    assert only(replace(call, left=None)) == (
        "left", False, "Enter when the call ended, so your hours can be counted.",
    )  # fmt: skip


def test_a_visit_that_was_not_completed_may_lack_times():
    assert findings(make_visit(status="SITE_CLOSED", admitted=None, left=None)) == []


@pytest.mark.parametrize(("minutes", "asks"), [(5, False), (6, True), (15, True), (16, True)])
def test_a_reason_is_asked_for_beyond_the_first_limit(minutes, asks):
    visit = make_visit(admitted=at(DAY, 14, minutes))
    assert bool(findings(visit)) == asks
    assert findings(replace(visit, delay_reason="BUSY")) == []


def test_the_hour_that_happens_twice_is_pointed_out():
    night = date(2024, 10, 27)
    visit = make_visit(
        arrived=at(night, 0, 59), admitted=at(night, 1, 0), left=at(night, 1, 10, fold=1)
    )
    assert [(str(f.place), f.blocks, f.sentence) for f in findings(visit)] == [
        (
            "admitted", False,
            "01:00 happened twice that night, as the clocks went back. We have used the first.",
        ),
        (
            "left", False,
            "01:10 happened twice that night, as the clocks went back. We have used the second.",
        ),
    ]  # fmt: skip


def test_the_hour_that_never_happened_is_pointed_out():
    night = date(2025, 3, 30)
    visit = make_visit(arrived=at(night, 1, 30), admitted=at(night, 2, 31), left=at(night, 3))
    assert [(str(f.place), f.blocks, f.sentence) for f in findings(visit)] == [
        ("arrived", False, "01:30 did not happen that night: the clocks went forward.")
    ]
    ordinary = date(2025, 3, 23)
    one = at(ordinary, 1)
    assert findings(make_visit(arrived=one, admitted=one, left=at(ordinary, 2))) == []


def test_one_visitor_alone_only_warns():
    assert only(make_visit(visitors=(ANNE,))) == ("visitors", False, "Only one visitor is named.")


def test_two_visitors_on_probation_are_pointed_out_and_one_who_went_alone_is_not():
    new = Clearance(probation_until=DAY)
    both = {who: replace(PEOPLE[who], clearance=new) for who in (ANNE, BEN)}
    sentence = "All the visitors were on probation. One of a pair should have finished theirs."
    assert only(make_visit(), people=both) == ("visitors", False, sentence)
    assert findings(make_visit(), people=PEOPLE | {ANNE: both[ANNE]}) == []
    alone = make_visit(visitors=(ANNE,))
    assert only(alone, people=both) == ("visitors", False, "Only one visitor is named.")


def test_nobody_is_named_twice():
    assert only(make_visit(visitors=(ANNE, ANNE))) == (
        "visitors", True, "Anne Example is named twice.",
    )  # fmt: skip
    assert only(make_visit(observers=(BEN,))) == ("observers", True, "Ben Sample is named twice.")


def test_visitors_are_in_the_register():
    assert only(make_visit(visitors=(ANNE, UUID(int=9)))) == (
        "visitors", True, "Choose the visitors from the register of people.",
    )  # fmt: skip


def test_a_visitor_who_was_not_active_only_warns():
    left = Membership(CUSTODY, date(2020, 1, 1), date(2025, 3, 4), "LEFT")
    people = PEOPLE | {CARA: make_person("Cara Instance", id=CARA, memberships=(left,))}
    assert only(make_visit(observers=(CARA,)), people=people) == (
        "observers", False, "Cara Instance was not active in this scheme on Wed 5 Mar 2025.",
    )  # fmt: skip


def counted(*counts, present=None):
    number = sum(count.number for count in counts)
    return make_visit(counts=counts, present=number if present is None else present)


def test_outcomes_come_from_the_list():
    assert only(counted(OutcomeCount("FLOWN", 1))) == (
        "count:FLOWN", True, "Choose what happened from the list.",
    )  # fmt: skip


def test_a_reason_belongs_to_its_outcome():
    assert findings(counted(OutcomeCount("ADVICE", 1, "INTOX"))) == []
    field, blocks, sentence = only(counted(OutcomeCount("ASLEEP", 1, "INTOX")))
    assert (field, blocks) == ("count:ASLEEP", True)
    assert sentence == "The reason does not go with “Asleep, observed”."
    assert only(counted(OutcomeCount("ADVICE", 1, "WEATHER")))[1]


@pytest.mark.parametrize(
    ("detail", "named"),
    [("gender", "gender"), ("age_group", "age group"), ("ethnicity", "ethnicity")],
)
def test_details_come_from_their_lists(detail, named):
    assert only(counted(OutcomeCount("SEEN", 1, **{detail: "X?"}))) == (
        "count:SEEN", True, f"Choose the {named} from the list.",
    )  # fmt: skip
    first = BOOKS[CUSTODY][detail][0].code
    assert findings(counted(OutcomeCount("SEEN", 1, **{detail: first}))) == []


def test_the_parts_add_up_to_the_whole():
    assert only(counted(OutcomeCount("SEEN", 3), present=4)) == (
        "present", True, "4 in custody, but the parts add up to 3.",
    )  # fmt: skip
    assert only(make_kennel_visit(present=6)) == (
        "present", True, "6 on site, but the parts add up to 5.",
    )  # fmt: skip
    assert only(make_visit(present=None)) == (
        "present", True, "Enter how many were in custody.",
    )  # fmt: skip
    assert only(make_visit(present=-1, counts=())) == (
        "present", True, "The number can't be negative.",
    )  # fmt: skip


def test_nobody_need_have_counted():
    assert findings(make_visit(present=None, counts=())) == []
    assert findings(make_kennel_visit(present=None)) == []  # how many animals there are is unknown
    assert findings(make_visit(present=0, counts=())) == []


def test_more_than_there_are_places_only_warns():
    full = counted(OutcomeCount("SEEN", 31))
    assert only(full) == ("present", False, "31 in custody, but Northgate has 30 cells.")
    assert findings(full, site=make_site(cells=None)) == []
    assert findings(full, site=make_site(cells=31)) == []
    dogs = make_kennel_visit(present=13, counts=(OutcomeCount("SEEN", 13),))
    assert only(dogs) == ("present", False, "13 on site, but Hillside kennels has 12 kennels.")


@pytest.mark.parametrize(
    ("changed", "what"),
    [({"category": "X"}, "category"), ({"origin": "X"}, "origin"), ({"status": "X"}, "status")],
)
def test_issues_are_coded(changed, what):
    issue = replace(Issue(uuid4(), "FOOD"), **changed)
    assert only(make_visit(issues=(issue,))) == (
        "issues", True, f"Choose the {what} of the issue from the list.",
    )  # fmt: skip
    assert findings(make_visit(issues=(Issue(uuid4(), "FOOD"),))) == []


def test_another_visit_at_the_same_time_may_be_the_same():
    others = (make_visit(ref="NOR-2024-001"), make_visit())
    found = findings(make_visit(), others=others)
    assert [(str(f.place), f.blocks, f.sentence) for f in found] == [
        (
            "arrived", False,
            "Another visit to this site overlaps (NOR-2024-001). It may be the same visit.",
        ),
        ("arrived", False, "Another visit to this site overlaps. It may be the same visit."),
    ]  # fmt: skip


def test_visitors_who_have_not_typed_their_names_are_named():
    visit = make_visit()
    assert rules.unconfirmed(visit, PEOPLE) == ["Anne Example", "Ben Sample"]
    typed = Confirmation(ANNE, " anne  example", datetime(2025, 3, 5, 15, tzinfo=UTC))
    wrong = Confirmation(BEN, "Benjamin", datetime(2025, 3, 5, 15, tzinfo=UTC))
    assert rules.unconfirmed(replace(visit, confirmations=(typed, wrong)), PEOPLE) == ["Ben Sample"]
    assert rules.unconfirmed(visit, {}) == []


@given(
    st.integers(-100, 2000),
    st.none() | st.integers(-100, 2000),
    st.none() | st.integers(-100, 2000),
)
def test_times_that_are_accepted_give_no_negative_minutes(arrived, admitted, left):
    def moment(minute):
        return (
            None
            if minute is None
            else replace(at(DAY, 0), utc_minute=at(DAY, 0).utc_minute + minute)
        )

    visit = make_visit(arrived=moment(arrived), admitted=moment(admitted), left=moment(left))
    if not any(f.blocks and f.place.part in ("admitted", "left") for f in findings(visit)):
        assert visit.wait_minutes is None or visit.wait_minutes >= 0
        assert visit.volunteer_minutes >= 0
