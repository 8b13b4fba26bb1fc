"""Animals on strength, and how many were seen in six months."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANIMALS, KENNELS
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.animal import Animal, coverage_of, months_before

TODAY = date(2025, 4, 10)
DAYS = st.dates(date(2024, 1, 1), TODAY)


def dog(name: str = "Rex", **changed) -> Animal:
    return Animal(
        **{"id": uuid4(), "scheme_id": ANIMALS, "site_id": KENNELS, "name": name} | changed
    )


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2025, 4, 10), date(2024, 10, 10)),
        (date(2024, 8, 31), date(2024, 2, 29)),
        (date(2025, 8, 30), date(2025, 2, 28)),
        (date(2025, 1, 1), date(2024, 7, 1)),
        (date(2025, 6, 30), date(2024, 12, 30)),
        (date(2025, 3, 31), date(2024, 9, 30)),
    ],
)
def test_six_months_before_a_day_is_that_day_or_the_last_of_its_month(day, before):
    assert months_before(day, 6) == before


@given(day=st.dates(date(1990, 1, 1), date(2090, 1, 1)), months=st.integers(0, 30))
def test_months_before_count_whole_months(day, months):
    found = months_before(day, months)
    assert (day.year * 12 + day.month) - (found.year * 12 + found.month) == months
    assert found.day <= day.day
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


def test_an_animal_counts_from_its_first_to_its_last_day():
    animal = dog(from_on=date(2024, 5, 1), to_on=date(2024, 5, 3))
    days = [date(2024, 4, 30), date(2024, 5, 1), date(2024, 5, 3), date(2024, 5, 4)]
    assert [animal.is_on_strength(day) for day in days] == [False, True, True, False]
    with pytest.raises(BadInputError, match="earlier than its first day"):
        dog(from_on=date(2024, 5, 2), to_on=date(2024, 5, 1))
    assert dog(from_on=date(2024, 5, 1), to_on=date(2024, 5, 1)).is_on_strength(date(2024, 5, 1))


@pytest.mark.parametrize(
    ("seen_on", "counts"), [(date(2024, 10, 9), False), (date(2024, 10, 10), True)]
)
def test_an_animal_seen_exactly_six_months_ago_still_counts_as_seen(seen_on, counts):
    rex = dog()
    assert bool(coverage_of([rex], {rex.id: seen_on}, TODAY).unseen) != counts


@given(
    seen=st.dictionaries(st.integers(0, 9), DAYS),
    gone=st.sets(st.integers(0, 9)),
)
def test_the_measure_counts_those_on_strength_alone(seen, gone):
    animals = [
        dog(f"Dog {n}", id=UUID(int=n + 1), to_on=date(2025, 4, 9) if n in gone else None)
        for n in range(10)
    ]
    last = {UUID(int=n + 1): day for n, day in seen.items()}
    found = coverage_of(animals, last, TODAY)
    there = [n for n in range(10) if n not in gone]
    recent = [n for n in there if n in seen and seen[n] >= date(2024, 10, 10)]
    assert (found.seen.part, found.seen.whole) == (len(recent), len(there))
    assert {s.animal.id.int - 1 for s in found.unseen} == set(there) - set(recent)
    days = [s.last_seen or date.min for s in found.unseen]
    assert days == sorted(days)


def test_the_measure_in_words():
    rex, ada = dog(), dog("Ada")
    half = coverage_of([rex, ada], {rex.id: TODAY}, TODAY)
    assert half.sentence == ("1 of the unit’s 2 animals was seen in the last six months (50%).")
    assert coverage_of([], {}, TODAY).sentence == "The unit has no animals."


def test_the_species_is_said_where_there_are_several():
    horse = dog("Juno", species="HORSE")
    alone = coverage_of([horse], {horse.id: TODAY}, TODAY)
    assert alone.about(alone.sightings[0]) == "last seen 10 April 2025"
    both = coverage_of([horse, dog(species="DOG")], {horse.id: TODAY}, TODAY)
    assert [both.about(sighting) for sighting in both.sightings] == [
        "horse, last seen 10 April 2025",
        "dog, never seen",
    ]
