"""An office whose reporting year is the calendar year."""

from argparse import Namespace
from dataclasses import replace
from datetime import date

import pytest

from tests.builders import SUITE, make_visit, sign
from visitapp.cli.opening import asked_period
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.body import COMMISSIONER, Body
from visitapp.domain.period import Period
from visitapp.persistence import settings_digests
from visitapp.services import Services

AUTHORITY = Body("the Authority of Anyshire", "the Authority", "the Authority’s", first_month=1)
YEAR_2024 = Period(date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def calendar_office(furnished: Services) -> Services:
    setup = furnished.setup
    setup.save_office(replace(setup.office(), bodies=(AUTHORITY,)))
    return furnished


def test_home_shows_the_calendar_year_that_has_ended(calendar_office: Services) -> None:
    sign(calendar_office, make_visit(date(2024, 2, 5)))
    sign(calendar_office, make_visit(date(2025, 2, 5)))
    home = calendar_office.home.overview()
    assert (home.year, home.years.label(YEAR_2024)) == (YEAR_2024, "2024")
    assert home.figures is not None
    assert home.figures.visits == 1


def test_references_and_periods_of_commands_follow_the_calendar(calendar_office: Services) -> None:
    january = sign(calendar_office, make_visit(date(2025, 1, 1)))
    december = sign(calendar_office, make_visit(date(2024, 12, 31)))
    assert january.ref.split("-")[1] == "2025"
    assert december.ref.split("-")[1] == "2024"
    asked = asked_period(Namespace(start="2024-05-01", end=None), calendar_office)
    assert asked == Period(date(2024, 5, 1), date(2024, 12, 31))


def test_the_planner_counts_timeslots_by_the_calendar(calendar_office: Services) -> None:
    from visitapp.services.plan.plan_world import read_world

    for day in (date(2024, 12, 31), date(2025, 1, 1), date(2025, 3, 31)):
        sign(calendar_office, make_visit(day))
    with calendar_office.access.database.reading() as connection:
        week = Period(date(2025, 4, 14), date(2025, 4, 20))
        world = read_world(connection, date(2025, 4, 10), week)
    counts = world.tally(world.ground(SUITE)).counts(week)
    assert sum(counts) == 2, "the visit of 31 December belongs to the year before"


def test_the_office_keeps_its_bodies_and_takes_back_the_first(calendar_office: Services) -> None:
    setup = calendar_office.setup
    mayor = replace(AUTHORITY, name="the Mayor", from_on=date(2028, 5, 9), first_month=4)
    setup.save_office(replace(setup.office(), bodies=(AUTHORITY, mayor)))
    assert setup.office().bodies == (AUTHORITY, mayor)
    assert setup.years().year_of(date(2029, 1, 1)).end == date(2029, 3, 31)
    setup.save_office(replace(setup.office(), bodies=(COMMISSIONER,)))
    assert setup.office().bodies == (COMMISSIONER,)


def test_two_bodies_that_begin_on_one_day_are_refused(calendar_office: Services) -> None:
    office = calendar_office.setup.office()
    with pytest.raises(BadInputError, match="Another body already begins on that day"):
        calendar_office.setup.save_office(replace(office, bodies=(AUTHORITY, AUTHORITY)))
    assert calendar_office.setup.office() == office


def test_a_file_that_names_no_body_keeps_the_digest_of_its_office(furnished: Services) -> None:
    kind = next(kind for kind in settings_digests.KINDS if kind.key == "office")
    older = replace(kind, added=())
    with furnished.access.database.reading() as connection:
        before = settings_digests.digest(connection, kind)
        assert before == settings_digests.digest(connection, older)
    setup = furnished.setup
    setup.save_office(replace(setup.office(), bodies=(AUTHORITY,)))
    with furnished.access.database.reading() as connection:
        assert settings_digests.digest(connection, kind) != settings_digests.digest(
            connection, older
        )
