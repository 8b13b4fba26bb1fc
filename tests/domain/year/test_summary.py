"""The figures of a period, read as pages and documents read them."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.published_year import custody, kennels, published_year
from visitapp.domain.office.scheme import Kind
from visitapp.domain.year.summary import AccessFigures, PeopleFigures, Target
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
    visited = replace(closed, target=Target(0, 1, 0, 0))
    unvisited = replace(keyham, target=Target(52, 0, 52, 0))
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
