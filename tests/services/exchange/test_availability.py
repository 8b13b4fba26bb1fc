"""Availability that a visitor enters on their own copy, and the manager's edits, both ways."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from tests.builders import ANNE, BEN, KENNELS, SUITE, make_person, make_site
from tests.sealing import make_message
from visitapp.domain.exchange.messages import MessageError, MessageKind
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.entered import EnteredAvailability
from visitapp.domain.plan.rota import FreeTime
from visitapp.exchange.message_content import encoded
from visitapp.persistence import exchange as stored
from visitapp.security import sealed_messages
from visitapp.services.plan.plan_world import read_world

MONDAYS = (FreeTime(0, 480, 720),)
ALL_DAYS = tuple(FreeTime(day, 480, 960) for day in range(7))
AWAY = Period(date(2025, 5, 3), date(2025, 5, 9))


@pytest.fixture
def anne(copies):
    return copies.join("anne", ANNE)


def enter(services, **changed):
    now = services.availability.of(ANNE)
    services.availability.save(replace(now, **changed))


def of(services):
    return replace(services.availability.of(ANNE), version=1)


def words(services):
    return services.availability.entered_words(ANNE)


def test_what_a_visitor_enters_is_used_by_the_office_s_plan(copies, anne):
    enter(anne, free=MONDAYS, away=(AWAY,), least=2, most=6, travel={SUITE: 2})
    assert words(anne) == ""
    copies.clock.move(hours=1)
    copies.exchange("anne", "office")
    office = copies.office
    assert of(office) == of(anne)
    assert words(office) == "Anne Example entered this on their own copy on Thu 10 Apr 2025, 13:00."
    with office.access.database.reading() as connection:
        world = read_world(connection, date(2025, 4, 10), Period(date(2025, 4, 14), AWAY.end))
    (volunteer,) = (who for who in world.volunteers if who.id == ANNE)
    assert (volunteer.free, volunteer.away, volunteer.most) == (MONDAYS, (AWAY,), 6)
    copies.clock.move(days=1)
    enter(anne, free=ALL_DAYS, away=())
    copies.exchange("anne", "office")
    assert words(office) == (
        "Anne Example entered this on their own copy on Fri 11 Apr 2025, 14:00: free 56 h a week "
        "instead of 4 h and no longer away 3–9 May."
    )


def test_what_only_the_manager_decides_stays_in_the_office(copies, anne):
    enter(copies.office, may_buddy=False, free=MONDAYS)
    copies.exchange("office", "anne")
    assert of(anne) == Availability(ANNE, free=MONDAYS)
    copies.clock.move(hours=1)
    enter(anne, free=ALL_DAYS)
    copies.exchange("anne", "office")
    ours = of(copies.office)
    assert (ours.free, ours.may_buddy) == (ALL_DAYS, False)


def test_the_manager_s_edit_goes_back_and_is_said(copies, anne):
    enter(anne, free=MONDAYS)
    copies.exchange("anne", "office")
    copies.clock.move(days=1)
    enter(copies.office, free=ALL_DAYS, most=4)
    assert words(copies.office) == ""
    copies.exchange("office", "anne")
    assert of(anne).free == ALL_DAYS
    assert words(anne) == (
        "Your manager changed this on Fri 11 Apr 2025, 13:00: free 56 h a week instead of 4 h and "
        "0 to 4 visits a quarter instead of 0 to 13."
    )
    copies.settle()
    assert list(copies.folder.iterdir()) == []


@pytest.mark.parametrize("manager_is_later", [True, False])
def test_of_two_entries_at_once_the_later_is_used_and_both_are_told(copies, anne, manager_is_later):
    entries = [(anne, MONDAYS), (copies.office, ALL_DAYS)]
    for services, free in entries if manager_is_later else reversed(entries):
        enter(services, free=free)
        copies.clock.move(hours=5)
    copies.exchange("anne", "office", "anne", "office", "anne")
    used = ALL_DAYS if manager_is_later else MONDAYS
    assert of(anne).free == of(copies.office).free == used
    if manager_is_later:
        assert words(anne) == (
            "Your manager changed this on Thu 10 Apr 2025, 18:00, after what you entered on Thu 10 "
            "Apr 2025, 13:00, which is no longer used: free 56 h a week instead of 4 h."
        )
        assert words(copies.office) == (
            "Anne Example entered something else on Thu 10 Apr 2025, 13:00. What was "
            "entered here on Thu 10 Apr 2025, 18:00 is later, so it is used. Theirs was: "
            "free 4 h a week instead of 56 h."
        )
    else:
        assert "which is no longer used" in words(copies.office)


def test_an_old_message_changes_nothing_and_wrong_clocks_lose_no_later_edit(copies, anne):
    enter(anne, free=MONDAYS)
    copies.exchange("anne")
    old = {path.name: path.read_bytes() for path in copies.folder.iterdir()}
    copies.exchange("office", "anne")
    copies.clock.move(days=3)
    enter(anne, free=ALL_DAYS)
    copies.exchange("anne", "office", "anne")
    copies.clock.move(days=-10)  # the office's clock is wrong
    enter(copies.office, free=MONDAYS, most=3)
    copies.exchange("office", "anne")
    for name, content in old.items():
        (copies.folder / name).write_bytes(content)
    copies.exchange("office", "anne")
    assert of(anne) == of(copies.office)
    assert of(anne).most == 3


def test_a_new_laptop_gets_the_availability_back(copies, anne):
    enter(anne, free=MONDAYS, away=(AWAY,))
    copies.exchange("anne", "office")
    (copy,) = copies.office.exchange.copies()
    copies.office.exchange.revoke(copy.id)
    again = copies.join("again", ANNE)
    copies.exchange("office", "again")
    assert of(again) == of(copies.office)
    assert of(again).away == (AWAY,)


def test_sites_that_the_visitor_s_copy_does_not_know_stay_as_they_are(copies):
    person = next(p for p in copies.office.people.people() if p.id == ANNE)
    custody = tuple(m for m in person.memberships if m.scheme_id == make_site().scheme_id)
    copies.office.people.save(replace(person, memberships=custody))
    enter(copies.office, travel={KENNELS: 3, SUITE: 1}, not_at=frozenset({KENNELS}))
    anne = copies.join("anne", ANNE)
    copies.exchange("office", "anne")
    assert of(anne).travel == {SUITE: 1}
    copies.clock.move(hours=1)
    enter(anne, travel={SUITE: 2})
    copies.exchange("anne", "office")
    assert of(copies.office).travel == {KENNELS: 3, SUITE: 2}
    assert of(copies.office).not_at == {KENNELS}


def test_a_visitor_enters_nothing_for_others_and_not_as_the_manager(copies, anne):
    with anne.access.database.reading() as connection:
        own = stored.own_copy(connection)
        (office,) = stored.other_copies(connection)
    at = datetime(2025, 4, 9, tzinfo=UTC)
    copies.office.people.save(make_person("Dora Dummy", id=uuid4()))
    for entered in (
        EnteredAvailability(Availability(BEN, free=MONDAYS), at, by_self=True),
        EnteredAvailability(Availability(ANNE, free=MONDAYS), at, by_self=False),
        EnteredAvailability(Availability(ANNE, free=MONDAYS * 5_000), at, by_self=True),
    ):
        message = make_message(
            encoded(entered), kind=MessageKind.AVAILABILITY, sender=own.id, number=50
        )
        with pytest.raises(MessageError):
            copies.office.exchange.take_in(sealed_messages.seal(message, own, office.keys))
    assert of(copies.office).free == ()
    assert copies.office.availability.of(BEN).free == ()
