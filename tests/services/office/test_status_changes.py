"""What somebody was in a scheme from which day on: dated, signed, never overwritten."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.builders import BEN, CUSTODY, make_person
from tests.conftest import NOW
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import Membership, Person
from visitapp.domain.office.register import RegisterPart, may_visit, part_of
from visitapp.domain.office.status_change import StatusChange, end_of_probation
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.services import Services

TODAY = NOW.date()
JOINED = TODAY - timedelta(days=400)


def person(services: Services, person_id=BEN) -> Person:
    return next(item for item in services.people.people() if item.id == person_id)


def on_days(days: int) -> date:
    return TODAY + timedelta(days=days)


def put(services: Services, status: str, from_on: date, **more) -> StatusChange:
    """Enter a change of Ben's status, as the form does."""
    ben = person(services)
    change = StatusChange(uuid4(), CUSTODY, status, from_on, **more)
    now = status if change.holds_on(TODAY) else ben.memberships[0].status
    memberships = (replace(ben.memberships[0], status=now),)
    services.people.save(replace(ben, memberships=memberships), dated=[change])
    return change


@pytest.fixture
def office(furnished: Services) -> Services:
    """Ben alone in the custody scheme, an applicant."""
    ben = replace(person(furnished), memberships=())
    furnished.people.save(ben)
    applicant = Membership(CUSTODY, JOINED, status="APPLICANT")
    furnished.people.save(replace(person(furnished), memberships=(applicant,)))
    return furnished


def status_on(services: Services, day: date) -> str:
    return person(services).memberships[0].status_on(day)


def test_each_change_is_dated_and_signed_and_the_past_stays(office: Services) -> None:
    put(office, "VETTING", on_days(-300), why="Form and interview in order.")
    put(office, "TRAINING", on_days(-100))
    put(office, "ACTIVE", on_days(-10))
    days = (-399, -299, -100, -11, -10, 0)
    assert [status_on(office, on_days(at)) for at in days] == [
        "APPLICANT", "VETTING", "TRAINING", "TRAINING", "ACTIVE", "ACTIVE",
    ]  # fmt: skip
    history = [item for item in office.people.history()[BEN] if item.status == "VETTING"]
    assert [(item.by, item.at, item.why) for item in history] == [
        (office.access.actor.name, NOW, "Form and interview in order.")
    ]
    assert part_of(person(office), on_days(-200)) is RegisterPart.CHECKS
    assert part_of(person(office), TODAY) is RegisterPart.ACTIVE


def test_a_change_without_a_day_is_of_today(office: Services) -> None:
    ben = person(office)
    active = replace(ben.memberships[0], status="ACTIVE")
    office.people.save(replace(ben, memberships=(active,)))
    assert status_on(office, on_days(-1)) == "APPLICANT"
    assert status_on(office, TODAY) == "ACTIVE"


def test_leave_comes_and_goes_by_itself(office: Services) -> None:
    put(office, "ACTIVE", on_days(-300))
    put(office, "LEAVE", on_days(5), until_on=on_days(20), why="A knee operation")
    assert person(office).memberships[0].status == "ACTIVE"
    assert [status_on(office, on_days(at)) for at in (4, 5, 20, 21)] == [
        "ACTIVE", "LEAVE", "LEAVE", "ACTIVE",
    ]  # fmt: skip
    books = {CUSTODY: office.setup.codes(CUSTODY)}
    answer = may_visit(person(office), on_days(6), {}, books)
    assert (answer.may, answer.is_away) == (False, True)
    assert answer.reason.startswith("leave of absence until ")


def test_plans_leave_out_the_days_of_leave(office: Services) -> None:
    put(office, "ACTIVE", on_days(-300))
    put(office, "LEAVE", on_days(5), until_on=on_days(20))
    quarter = Period(TODAY, on_days(90))
    planned = Availability(BEN).volunteer(person(office), quarter)
    assert planned.schemes == {CUSTODY}
    assert planned.outside == ((CUSTODY, Period(on_days(5), on_days(20))),)
    away = Availability(BEN).volunteer(person(office), Period(on_days(6), on_days(12)))
    assert away.schemes == frozenset()


def test_a_mistake_is_withdrawn_and_stays_readable(office: Services) -> None:
    put(office, "ACTIVE", on_days(-300))
    office.people.leave(BEN, CUSTODY, on_days(-2), "MOVED")
    gone = next(item for item in office.people.history()[BEN] if item.status == "LEFT")
    office.people.withdraw_change(BEN, gone.id)
    membership = person(office).memberships[0]
    assert (membership.status, membership.left_on, membership.leaving_reason) == (
        "ACTIVE", None, None,
    )  # fmt: skip
    kept = next(item for item in office.people.history()[BEN] if item.id == gone.id)
    assert (kept.withdrawn_by, kept.withdrawn_at) == (office.access.actor.name, NOW)
    assert kept.reason == "MOVED"


def test_what_nothing_came_before_is_not_withdrawn(office: Services) -> None:
    (first,) = person(office).memberships[0].changes
    with pytest.raises(BadInputError, match="Nothing was entered before"):
        office.people.withdraw_change(BEN, first.id)


def test_somebody_of_whom_no_change_is_known_keeps_the_status_of_before(office: Services) -> None:
    """As people are whom an import brought."""
    from visitapp.persistence import people

    dora = make_person("Dora Import")
    with office.access.database.transaction() as connection:
        people.save_person(connection, dora)
    dora = person(office, dora.id)
    assert dora.memberships[0].changes == ()
    leave = StatusChange(uuid4(), CUSTODY, "LEAVE", on_days(-3), on_days(-1))
    office.people.save(dora, dated=[leave])
    membership = next(m for m in person(office, dora.id).memberships if m.scheme_id == CUSTODY)
    assert [membership.status_on(on_days(at)) for at in (-4, -2, 0)] == [
        "ACTIVE",
        "LEAVE",
        "ACTIVE",
    ]


def test_leave_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(BadInputError, match="earlier than its first day"):
        StatusChange(uuid4(), CUSTODY, "LEAVE", TODAY, TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2024, 3, 4), date(2024, 9, 3)),
        (date(2024, 8, 31), date(2025, 2, 27)),
        (date(2024, 7, 1), date(2024, 12, 31)),
    ],
)
def test_probation_is_six_months(first: date, last: date) -> None:
    assert end_of_probation(first) == last
