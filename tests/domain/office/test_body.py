"""The bodies that schemes belong to, one after the other."""

from datetime import date

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.body import (
    COMMISSIONER,
    UK_CASES,
    Body,
    Law,
    bodies_in,
    body_of,
    body_on,
    must_follow,
    years_of,
)
from visitapp.domain.period import Period

MAYOR = Body("the Mayor of Anyshire", "the Mayor", "the Mayor’s", from_on=date(2028, 5, 9))
BOTH = (COMMISSIONER, MAYOR)


def test_the_four_cases_have_the_four_laws():
    assert [body.law for _, body in UK_CASES] == list(Law)
    assert all(body.from_on is None for _, body in UK_CASES)
    assert UK_CASES[0][1] == COMMISSIONER
    assert Law.VOLUNTARY.act == ""


def test_a_voluntary_scheme_belongs_to_the_office_itself():
    assert body_of("A voluntary scheme", " The Trust ").name == "The Trust"
    assert body_of("Scotland", "The Trust") == UK_CASES[1][1]


def test_each_day_has_one_body():
    assert body_on(BOTH, date(2028, 5, 8)) is COMMISSIONER
    assert body_on(BOTH, date(2028, 5, 9)) is MAYOR


def test_a_year_may_have_two_bodies():
    year = Period(date(2028, 4, 1), date(2029, 3, 31))
    assert bodies_in(BOTH, year) == BOTH
    assert bodies_in(BOTH, year.year_before()) == (COMMISSIONER,)
    assert bodies_in(BOTH, Period(date(2028, 5, 9), date(2028, 5, 9))) == (MAYOR,)
    assert bodies_in(BOTH, Period(date(2028, 4, 1), date(2028, 5, 9))) == BOTH
    assert bodies_in(BOTH, Period(date(2028, 4, 1), date(2028, 5, 8))) == (COMMISSIONER,)


def test_the_year_follows_the_body():
    board = Body("the Board", "the Board", "the Board’s", first_month=1, from_on=date(2028, 5, 9))
    years = years_of((COMMISSIONER, board))
    assert years.year_of(date(2028, 6, 1)) == Period(date(2028, 4, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    "bodies",
    [(), (MAYOR,), (COMMISSIONER, COMMISSIONER), (COMMISSIONER, MAYOR, MAYOR)],
)
def test_bodies_that_do_not_follow_each_other_are_refused(bodies):
    with pytest.raises(BadInputError):
        must_follow(bodies)


@pytest.mark.parametrize("field", ["name", "short", "possessive", "visitors", "visited"])
def test_a_body_without_a_word_is_refused(field):
    with pytest.raises(BadInputError):
        Body(**{field: "  "})


def test_a_year_begins_in_april_or_in_january():
    with pytest.raises(BadInputError):
        Body(first_month=7)
