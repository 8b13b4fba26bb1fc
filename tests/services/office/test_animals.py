"""The animals of a site over a real file: added, changed, ended, and seen on visits."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tests.builders import ANIMALS, KENNELS, SUITE, make_kennel_visit, sign
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.services import Services
from visitapp.services.office.animals import AnimalService

WRITTEN = Report(1, {"overall": "SATISFACTORY"})


def dog(name: str = "Rex", **changed) -> Animal:
    return Animal(
        **{"id": uuid4(), "scheme_id": ANIMALS, "site_id": KENNELS, "name": name} | changed
    )


def names(services: Services, **wanted) -> list[str]:
    return [animal.name for animal in services.animals.animals(KENNELS, **wanted)]


def test_animals_are_added_changed_and_ended(furnished: Services) -> None:
    assert furnished.animals.add(dog("  Rex ", species="DOG", handler=" 4410 ")) == Changes.ANIMALS
    furnished.animals.add(dog("Ada", from_on=date(2025, 5, 1)))
    rex = furnished.animals.animals(KENNELS)[1]
    assert (rex.name, rex.species, rex.handler, rex.version) == ("Rex", "DOG", "4410", 1)
    assert names(furnished, on=date(2025, 4, 10)) == ["Rex"]
    furnished.animals.change(replace(rex, work="DRUGS"))
    furnished.animals.end(rex.id, date(2025, 3, 31))
    assert names(furnished, on=date(2025, 4, 10)) == []
    assert names(furnished) == ["Ada", "Rex"]
    with pytest.raises(ConflictError):
        furnished.animals.change(replace(rex, work="CASH"))


def test_what_can_not_be_an_animal_of_a_site_is_said(furnished: Services) -> None:
    furnished.animals.add(dog())
    for animal, said in (
        (dog("rex"), "an animal called Rex"),
        (dog("  "), "name or PD number"),
        (dog("R" * 81), "too long"),
        (dog("Ada", site_id=SUITE), "Choose kennels"),
    ):
        with pytest.raises(BadInputError, match=said):
            furnished.animals.add(animal)
    with pytest.raises(BadInputError, match="no longer in the file"):
        furnished.animals.end(uuid4(), date(2025, 1, 1))


def test_a_visitor_adds_an_animal_and_changes_none(furnished: Services) -> None:
    visitor = AnimalService(replace(furnished.access, actor=Actor("Anne", Role.VISITOR)))
    visitor.add(dog())
    rex = visitor.animals(KENNELS)[0]
    with pytest.raises(NotAllowedError):
        visitor.change(replace(rex, name="Max"))
    with pytest.raises(NotAllowedError):
        visitor.end(rex.id, date(2025, 4, 1))


def visit_that_saw(day: date, *rows: tuple[str, Animal], **changed):
    counts = tuple(
        OutcomeCount(outcome, 1, row=ReportRow(animal_id=animal.id)) for outcome, animal in rows
    )
    return make_kennel_visit(day, counts=counts, present=len(counts), report=WRITTEN, **changed)


def test_an_animal_is_seen_by_the_rows_of_counted_visits(furnished: Services) -> None:
    rex, ada, old = dog("Rex"), dog("Ada"), dog("Old")
    for animal in (rex, ada, old):
        furnished.animals.add(animal)
    sign(furnished, visit_that_saw(date(2025, 1, 6), ("KENNEL", rex), ("DEPLOYED", ada)))
    sign(furnished, visit_that_saw(date(2024, 9, 30), ("TRAINING", old)))
    drill = visit_that_saw(date(2025, 2, 3), ("VEHICLE", ada), type="TRAINING")
    sign(furnished, drill)
    wrong = sign(furnished, visit_that_saw(date(2025, 3, 3), ("KENNEL", ada)))
    furnished.visits.withdraw(wrong.id, "The wrong kennels")
    found = furnished.animals.coverage([KENNELS])
    assert found.since == date(2024, 10, 10)
    assert (found.seen.part, found.seen.whole) == (1, 3)
    assert [(s.animal.name, s.last_seen) for s in found.unseen] == [
        ("Ada", None),
        ("Old", date(2024, 9, 30)),
    ]
    assert furnished.animals.coverage([KENNELS], date(2025, 1, 5)).seen.part == 1
    assert furnished.animals.coverage([SUITE]).seen.whole == 0
    assert furnished.maintenance.check() == []
