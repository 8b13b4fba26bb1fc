"""Answers for equality monitoring stay apart; a year that is over shows them in groups."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import ANNE, BEN, CUSTODY, make_person
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.office.monitoring import AreaPopulation, Characteristic, MonitoringAnswers
from visitapp.domain.office.people import Membership
from visitapp.domain.period import Period
from visitapp.domain.records.access_entry import AccessQuery
from visitapp.domain.records.record_kind import Deed, RecordKind
from visitapp.services import Services

GENDER, AGE = Characteristic.GENDER, Characteristic.AGE
YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))


def test_answers_are_saved_overwritten_and_erased(furnished: Services) -> None:
    service = furnished.monitoring
    assert service.of(ANNE) == MonitoringAnswers(ANNE)
    service.save(MonitoringAnswers(ANNE, {GENDER: "FEMALE", AGE: "60"}))
    kept = service.of(ANNE)
    assert (kept.answers, kept.answered_on) == ({GENDER: "FEMALE", AGE: "60"}, date(2025, 4, 10))
    service.save(replace(kept, answers={AGE: "70"}))
    assert service.of(ANNE).answers == {AGE: "70"}
    with pytest.raises(ConflictError):
        service.save(kept)
    service.save(replace(service.of(ANNE), answers={}))
    assert service.of(ANNE) == MonitoringAnswers(ANNE)


def test_an_answer_is_one_of_its_choices_and_of_somebody_in_the_register(
    furnished: Services,
) -> None:
    with pytest.raises(BadInputError, match="Age: choose"):
        MonitoringAnswers(ANNE, {AGE: "FEMALE"})
    with pytest.raises(BadInputError, match="no longer in the register"):
        furnished.monitoring.save(MonitoringAnswers(CUSTODY, {AGE: "60"}))


def test_reading_and_changing_are_in_the_access_register(furnished: Services) -> None:
    furnished.monitoring.save(MonitoringAnswers(BEN, {AGE: "40"}))
    furnished.monitoring.of(BEN)
    page = furnished.access_register.page(AccessQuery())
    deeds = {(entry.kind, entry.deed) for entry in page.entries}
    assert {(RecordKind.MONITORING, deed) for deed in Deed} <= deeds


def test_the_people_of_an_area_have_a_source(furnished: Services) -> None:
    with pytest.raises(BadInputError, match="Source"):
        AreaPopulation(GENDER, {"FEMALE": 10})
    with pytest.raises(BadInputError, match="negative"):
        AreaPopulation(GENDER, {"FEMALE": -1}, "Census 2021")
    furnished.monitoring.save_population(AreaPopulation(GENDER, {"MALE": 9}, "Census 2021"))
    known = furnished.monitoring.populations()
    assert (known[GENDER].numbers, known[GENDER].source) == ({"MALE": 9}, "Census 2021")
    assert known[AGE] == AreaPopulation(AGE)


def test_lists_do_not_have_the_answers_and_the_whole_scheme_does(
    furnished: Services, tmp_path: Path
) -> None:
    furnished.monitoring.save(MonitoringAnswers(ANNE, {Characteristic.ETHNICITY: "MIXED"}))
    lists, scheme = tmp_path / "lists.xlsx", tmp_path / "scheme.json"
    furnished.exports.save(lists)
    furnished.exports.save(scheme)
    (row,) = json.loads(scheme.read_bytes())["tables"]["monitoring"]
    assert row["ethnicity"] == "MIXED"
    assert b"monitoring" not in lists.read_bytes()


def test_only_a_year_that_is_over_has_a_profile(furnished: Services) -> None:
    for number in range(6):
        person = make_person(f"Visitor {number}", memberships=(Membership(CUSTODY, YEAR.start),))
        furnished.people.save(person)
        furnished.monitoring.save(MonitoringAnswers(person.id, {GENDER: "MALE"}))
    figures = furnished.figures
    profile = figures.summary(YEAR).profile
    assert profile is not None
    assert (profile.shown, profile.hidden) == ((), ("Gender",))  # three others left it open
    people = {person.id: person for person in furnished.people.people()}
    for person_id, file in furnished.people.files().items():
        furnished.people.save(people[person_id], replace(file, home_area=" Oadby"))
    profile = figures.summary(YEAR).profile
    assert profile is not None
    (areas,) = profile.shown
    assert [(group.label, group.number) for group in areas.groups] == [("Oadby", 9)]
    running = Period(date(2025, 4, 1), date(2026, 3, 31))
    half = Period(YEAR.start, date(2023, 9, 30))
    assert [figures.summary(period).profile for period in (running, half)] == [None, None]
