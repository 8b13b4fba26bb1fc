"""The register: who is in which scheme, and since when."""

from dataclasses import replace
from datetime import date
from random import Random
from uuid import uuid4

import pytest
from sqlalchemy import text

from tests.builders import ANIMALS, ANNE, CUSTODY, LONG_AGO, make_person
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.office.people import Clearance, Membership
from visitapp.domain.office.scheme import Actor, Role
from visitapp.services import Services


@pytest.fixture
def people(furnished):
    return furnished.people


def anne(people):
    return next(person for person in people.people() if person.id == ANNE)


def test_people_are_listed_by_surname_of_one_scheme_or_all(people):
    people.save(make_person("zara \u00c9astman", memberships=(Membership(CUSTODY, LONG_AGO),)))
    assert [person.name for person in people.people()] == [
        "zara \u00c9astman", "Anne Example", "Cara Instance", "Ben Sample",
    ]  # fmt: skip
    assert "zara \u00c9astman" not in [person.name for person in people.people(ANIMALS)]


def test_a_person_is_changed_whole_and_once(people):
    person = anne(people)
    assert people.save(replace(person, name="  Anne Renamed ")) is Changes.PEOPLE
    assert anne(people) == replace(person, name="Anne Renamed", version=2)
    with pytest.raises(ConflictError):
        people.save(replace(person, name="Anne Otherwise"))


def test_memberships_keep_their_ids_when_somebody_is_changed(people, opened):
    def ids():
        with opened.database.reading() as connection:
            query = text("SELECT id FROM membership WHERE person_id = :p ORDER BY id")
            return [row[0] for row in connection.execute(query, {"p": ANNE.hex})]

    before = ids()
    people.leave(ANNE, ANIMALS, date(2024, 6, 30))
    assert ids() == before


@pytest.mark.parametrize(
    "name",
    [" anne example ", "anne  example", "\u00c1nne Example", "Anne\u200b Example", "Anne-Example"],
)
def test_two_people_of_one_name_are_told_apart_first(people, name):
    with pytest.raises(BadInputError, match="Anne Example is already in the register"):
        people.save(make_person(name))
    people.save(make_person("Anne Example (Anyford)"))


def test_two_of_one_name_in_an_older_file_can_still_be_changed(people, opened):
    people.save(make_person("Anne Exemplar"))
    with opened.database.transaction() as connection:
        connection.execute(
            text("UPDATE person SET name = '\u00c1nne Example' WHERE name = 'Anne Exemplar'")
        )
    other = next(person for person in people.people() if person.name == "\u00c1nne Example")
    people.save(replace(other, clearance=Clearance(tact_trained=True)))
    with pytest.raises(BadInputError, match="nne Example is already in the register"):
        people.save(replace(other, name="Anne example", version=2))


@pytest.mark.parametrize("name", ["\u200b", "-", "'"])
def test_a_name_has_a_letter(people, name):
    with pytest.raises(BadInputError, match="Enter the person’s name"):
        people.save(make_person(name))


def test_who_leaves_one_scheme_stays_in_the_register_and_in_the_other(people):
    assert people.leave(ANNE, CUSTODY, date(2024, 6, 30), "WORK") is Changes.PEOPLE
    person = anne(people)
    left = person.membership(CUSTODY)
    assert (left.left_on, left.status, left.leaving_reason) == (date(2024, 6, 30), "LEFT", "WORK")
    assert person.is_active_on(CUSTODY, date(2024, 6, 30))
    assert not person.is_active_on(CUSTODY, date(2024, 7, 1))
    assert person.is_active_on(ANIMALS, date(2024, 7, 1))


def test_who_comes_back_leaves_the_second_time_from_the_second_time(people):
    people.leave(ANNE, CUSTODY, date(2022, 6, 30))
    person = anne(people)
    again = Membership(CUSTODY, date(2024, 1, 1))
    people.save(replace(person, memberships=(*person.memberships, again)))
    people.leave(ANNE, CUSTODY, date(2024, 12, 31), "MOVED")
    times = [m for m in anne(people).memberships if m.scheme_id == CUSTODY]
    assert [(m.joined_on, m.left_on) for m in times] == [
        (LONG_AGO, date(2022, 6, 30)),
        (date(2024, 1, 1), date(2024, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("memberships", "sentence"),
    [
        ((Membership(CUSTODY, LONG_AGO), Membership(CUSTODY, date(2024, 1, 1))), "day they left"),
        ((Membership(CUSTODY, LONG_AGO, date(2024, 1, 1)), Membership(CUSTODY, date(2024, 1, 1))),
         "overlap"),
        ((Membership(CUSTODY, LONG_AGO, status="KING"),), "status from the list"),
        ((Membership(CUSTODY, LONG_AGO, date(2024, 1, 1), "LEFT", "BORED"),), "reason for leaving"),
        ((Membership(uuid4(), LONG_AGO),), "status from the list"),
    ],
)  # fmt: skip
def test_times_that_cannot_be_are_refused(people, memberships, sentence):
    before = people.people()
    with pytest.raises(BadInputError, match=sentence):
        people.save(make_person("New Person", memberships=memberships))
    assert people.people() == before


def test_nobody_leaves_before_joining_nor_a_scheme_they_are_not_in(people):
    with pytest.raises(BadInputError, match="earlier than the day they joined"):
        people.leave(ANNE, CUSTODY, date(2019, 3, 31))
    with pytest.raises(BadInputError, match="not in that scheme"):
        people.leave(uuid4(), CUSTODY, date(2024, 1, 1))


def test_a_volunteers_copy_changes_nobody(furnished):
    access = replace(furnished.access, actor=Actor("Vera Volunteer", Role.VISITOR))
    people = Services(access, bytes(32), Random(1)).people
    with pytest.raises(NotAllowedError):
        people.save(make_person("New Person"))
    with pytest.raises(NotAllowedError):
        people.leave(ANNE, CUSTODY, date(2024, 1, 1))
    assert len(people.people()) == 3


def test_vetting_probation_and_training_are_kept_with_the_person(furnished):
    clearance = Clearance(date(2027, 3, 31), date(2025, 9, 30), True)
    person = make_person("Dora Example", clearance=clearance)
    furnished.people.save(person)
    stored = next(p for p in furnished.people.people() if p.id == person.id)
    assert stored == person
    furnished.people.save(replace(stored, clearance=Clearance()))
    stored = next(p for p in furnished.people.people() if p.id == person.id)
    assert stored.clearance == Clearance()
