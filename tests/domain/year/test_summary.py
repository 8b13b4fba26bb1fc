"""The figures of a period, read as pages and documents read them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.published_year import custody, in_person, kennels, published_year
from visitapp.domain.office.scheme import Kind
from visitapp.domain.year.attempts import Target
from visitapp.domain.year.people_figures import PeopleFigures
from visitapp.domain.year.register import Volunteers
from visitapp.domain.year.summary import (
    AccessFigures,
    CategoryFigures,
    IssueFigures,
    spans_clause,
)
from visitapp.reporting.annual.access import access_sentence
from visitapp.services.year import figures_json

NUMBERS = st.integers(0, 5000)


def test_visits_of_visits_due_and_weeks_met_are_two_shares():
    target = Target(expected=104, done=101, due=104, met=99)
    assert (target.visits.text, target.weeks.text) == ("97.1%", "95.2%")
    assert Target(0, 3, 0, 0).visits.percent is None


@given(NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
def test_access_is_a_share_of_the_visits_made_face_to_face(a, b, c, d, remote):
    access = AccessFigures(a, b, c, d, remote)
    assert access.face_to_face == a + b + c + d
    assert [share.part for share in access.shares] == [a, b, c, d]
    assert {share.whole for share in access.shares} == {a + b + c + d}


@given(st.lists(NUMBERS, min_size=6, max_size=6))
def test_people_are_parts_of_those_present_and_of_those_offered(parts):
    seen, refused, *others = parts
    people = PeopleFigures(sum(parts), seen, refused, *others)
    shares = people.shares
    assert people.offered == seen + refused
    assert shares["seen"].whole == shares["refused"].whole == people.offered
    listed = [
        shares[part] for part in ("offered", "not_offered", "not_available", "asleep", "other")
    ]
    assert {share.whole for share in listed} == {people.present}
    if people.present:
        assert sum(share.percent for share in listed) == 100
    if people.offered:
        assert shares["seen"].percent + shares["refused"].percent == 100


def test_issues_are_added_over_categories():
    issues = custody().issues
    assert (issues.total, issues.at_visit, issues.open) == (61, 49, 2)
    assert issues.by_category[0].total == 23


def test_kennels_are_due_each_month_and_suites_each_week():
    assert (custody().unit, kennels().unit) == ("week", "month")


def test_a_site_that_was_neither_open_nor_visited_is_not_counted():
    figures = custody()
    assert figures.visits_in_sites == {"Euston Street": 51, "Keyham Lane": 50}
    euston, keyham, closed = figures.sites
    visited = replace(closed, attempts=in_person(1), target=Target(0, 1, 0, 0))
    unvisited = replace(keyham, attempts=in_person(0), target=Target(52, 0, 52, 0))
    changed = replace(figures, sites=(euston, unvisited, visited))
    assert changed.visits_in_sites == {"Euston Street": 51, "Keyham Lane": 0, "Beaumont Leys": 1}


def test_the_summary_of_a_year_holds_both_schemes():
    summary = published_year()
    assert set(summary.schemes) == set(Kind)
    assert summary.schemes[Kind.CUSTODY].people.shares["asleep"].percent == Decimal(36)


def test_a_share_that_stands_alone_is_rounded_alone():
    """A list of thirds is 34, 33 and 33; one of three, told by itself, is 33%."""
    access = AccessFigures(1, 1, 1, 0, 0)
    assert [share.text for share in access.shares[:3]] == ["34%", "33%", "33%"]
    assert access.immediate_share.text == "33%"
    assert PeopleFigures(3, 1, 2, 0, 0, 0, 0).accepted_share.text == "33%"


def test_sentences_of_documents_round_alone_what_they_tell_alone():
    figures = replace(custody(), access=AccessFigures(1, 1, 1, 0, 0))
    assert access_sentence(figures).endswith("on one of 3 visits (33%).")
    summary = replace(published_year(), schemes={Kind.CUSTODY: figures})
    assert '"percent_immediate": 33' in figures_json.of_summary(summary)


def test_what_is_missing_is_held_against_the_visits_of_the_weeks_that_were_due():
    assert Target(104, 101, 104, 99).short == 3
    assert Target(104, 104, 104, 99).short == 0
    assert Target(104, 110, 104, 99).short == 0
    assert Target(104, 101, 104, 99, in_spans=103).short == 1
    assert Target(104, 110, 104, 99, in_spans=100).short == 4
    strays = {None: False, 101: False, 100: True, 102: True}
    assert {n: Target(104, 101, 104, 99, in_spans=n).strays for n in strays} == strays


def test_all_visits_are_those_in_person_and_the_others():
    assert AccessFigures(1, 2, 4, 8, 16, unknown=32).total == 63
    assert AccessFigures(1, 2, 4, 8, 16).total == 31


def in_progress(**changed):
    """Custody figures on 10 October 2023, half way through their year."""
    so_far = Target(54, 50, 54, 48, in_spans=51)
    return replace(custody(), as_at=date(2023, 10, 10), so_far=so_far, **changed)


def test_a_year_that_goes_on_is_held_against_what_was_due_so_far():
    over = custody()
    assert over.judged() is over
    assert (over.by_then, over.all_due) == ("", "")
    for half in (replace(over, as_at=date(2023, 10, 10)), replace(over, so_far=over.target)):
        assert half.judged() is half
    euston, *others = over.sites
    going_on = in_progress(sites=(replace(euston, so_far=Target(27, 26, 27, 25)), *others))
    judged = going_on.judged()
    assert judged.target == going_on.so_far
    assert [site.target.expected for site in judged.sites] == [27, 52, 0]
    assert judged.whole == over.target
    assert judged.all_due == "In all, 104 visits are due by 31 March 2024."
    assert judged.by_then == " by 10 October 2023"
    assert judged.judged().whole == over.target
    once = replace(judged, whole=Target(1, 0, 1, 0))
    assert once.all_due == "In all, 1 visit is due by 31 March 2024."


def test_suites_count_weeks_and_kennels_months():
    assert len(custody().spans) == 52
    assert [span.start.month for span in kennels().spans] == [4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3]


def test_the_weeks_that_are_counted_are_said_with_their_days_and_visits():
    assert spans_clause(replace(custody(), target=Target(104, 101, 104, 99, in_spans=103))) == (
        "The 52 weeks counted, 3 April 2023 to 31 March 2024, had 103 visits"
    )
    assert spans_clause(custody()).endswith("had 0 visits")
    going_on = replace(in_progress(), target=Target(54, 50, 54, 48, in_spans=1))
    assert spans_clause(going_on) == (
        "The 27 weeks counted, 3 April 2023 to 8 October 2023, had 1 visit"
    )
    on_monday = replace(going_on, as_at=date(2023, 10, 9))
    assert spans_clause(on_monday) == spans_clause(going_on)
    assert "The 26 weeks counted" in spans_clause(replace(going_on, as_at=date(2023, 10, 8)))
    first_week = replace(going_on, as_at=date(2023, 4, 10))
    assert spans_clause(first_week).startswith("The week counted, 3 April 2023 to 9 April 2023, ")
    assert spans_clause(replace(going_on, as_at=date(2023, 4, 9))) == ""
    assert spans_clause(replace(kennels(), as_at=date(2023, 6, 10))).startswith(
        "The 2 months counted, 1 April 2023 to 31 May 2023, "
    )


def test_nothing_is_known_only_where_every_visit_came_without():
    figures = custody()
    for unknown, is_known in ((0, True), (100, True), (101, False), (102, False)):
        people = replace(figures.people, uncounted_visits=unknown)
        assert replace(figures, people=people).people_known is is_known
        assert replace(figures, unknown_length=unknown).hours_known is is_known
        issues = IssueFigures(unknown_visits=unknown)
        assert replace(figures, issues=issues).issues_known is is_known
    raised = replace(figures.issues, unknown_visits=101)
    assert replace(figures, issues=raised).issues_known
    one = CategoryFigures("FOOD", "Food", 0, 0, 1)
    assert replace(figures, issues=IssueFigures((one,), unknown_visits=101)).issues_known
    single = replace(figures, attempts=in_person(1), unknown_length=1)
    assert not single.hours_known
    assert not replace(single, people=replace(figures.people, uncounted_visits=1)).people_known
    assert not replace(single, issues=IssueFigures(unknown_visits=1)).issues_known


def test_those_observed_asleep_and_those_spoken_to_are_one_sum_too():
    people = custody().people
    assert people.observed_or_spoken == people.seen + people.asleep == 365 + 395


def test_a_year_without_a_visit_lacks_nothing():
    nothing = replace(custody(), attempts=in_person(0), unknown_length=0, issues=IssueFigures())
    assert nothing.issues_known
    assert nothing.people_known
    assert nothing.hours_known


def test_coverage_leaves_out_a_site_that_was_neither_in_use_nor_visited():
    figures = custody()
    names = [site.site_name for site in figures.coverage_in_use]
    assert names == ["Euston Street", "Keyham Lane"]
    assert figures.timeslots == (33 + 31, 70)
    closed_site, closed = figures.sites[2], figures.coverage[2]
    once = tuple(tuple(1 if r == c == 0 else 0 for c in range(5)) for r in range(7))
    for site, coverage in (
        (replace(closed_site, attempts=in_person(1)), closed),
        (replace(closed_site, was_open=True), closed),
        (closed_site, replace(closed, outside=1)),
        (closed_site, replace(closed, counts=once)),
    ):
        visited = replace(
            figures,
            sites=(*figures.sites[:2], site),
            coverage=(*figures.coverage[:2], coverage),
        )
        assert len(visited.coverage_in_use) == 3


def test_the_register_is_known_unless_an_import_left_a_gap():
    register = Volunteers(10, 3, 2, 11)
    assert register.is_start_known
    assert register.is_end_known
    joined_unknown = replace(register, joined_unknown=1)
    assert not joined_unknown.is_start_known
    assert joined_unknown.is_end_known
    later = replace(register, unknown_later=1)
    assert not later.is_start_known
    assert not later.is_end_known
    so_far = Volunteers(10, 1, 0, 11)
    assert register.judged() is register
    assert replace(register, so_far=so_far).judged() is so_far
