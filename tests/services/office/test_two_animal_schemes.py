"""Two schemes for animals in one office, such as that of another force's kennels."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import openpyxl
import pytest

from tests.builders import (
    ANIMALS,
    ANNE,
    BEN,
    KENNELS,
    LONG_AGO,
    make_kennel_visit,
    make_person,
    make_site,
    sign,
)
from tests.copies import Copies
from tests.planners import START, of_site, person_id, planned, planner
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.people import Membership
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import SiteKind
from visitapp.domain.period import Period
from visitapp.domain.report.report import Report
from visitapp.domain.report.visit import OutcomeCount
from visitapp.domain.year.year_texts import Sentence
from visitapp.exchange.names import Names
from visitapp.persistence import animals as stored_animals
from visitapp.reporting.annual import annual_report, drafted_sentences
from visitapp.reporting.annual.checks import checks, printed_fields
from visitapp.reporting.pdf.render import render_pdf
from visitapp.reporting.quarterly_update import quarterly_update
from visitapp.services import Services
from visitapp.services.reports.known_records import known_records

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
STABLES = UUID(int=205)
NORTH = "Northshire animal visiting"
WRITTEN = Report(1, {"overall": "SATISFACTORY"})


@pytest.fixture
def second(furnished: Services) -> Scheme:
    """Another force's stables, with a visitor of theirs."""
    furnished.setup.add_scheme(Kind.ANIMAL_WELFARE, NORTH)
    scheme = furnished.setup.schemes()[-1]
    (grid,) = furnished.setup.grids(scheme.id)
    furnished.setup.save_site(
        make_site(id=STABLES, scheme_id=scheme.id, kind=SiteKind.STABLES,
                  name="Moor stables", cells=4, grid_id=grid.id)
    )  # fmt: skip
    for visitor in (ANNE, BEN):
        person = next(p for p in furnished.people.people() if p.id == visitor)
        theirs = (*person.memberships, Membership(scheme.id, LONG_AGO))
        furnished.people.save(replace(person, memberships=theirs))
    return scheme


@pytest.fixture
def visited(furnished: Services, second: Scheme) -> Services:
    """Nine dogs at the first scheme's kennels, five horses at the other's stables."""
    day = date(2025, 3, 5)
    for site_id, number in ((KENNELS, 9), (STABLES, 5)):
        scheme_id = ANIMALS if site_id == KENNELS else second.id
        animal = Animal(uuid4(), scheme_id, site_id, f"Animal {number}")
        with furnished.access.database.transaction() as connection:
            stored_animals.save_animal(connection, animal)
        sign(furnished, make_kennel_visit(
            day, scheme_id=scheme_id, site_id=site_id, report=WRITTEN, present=number,
            counts=(OutcomeCount("KENNEL", number),),
        ))  # fmt: skip
    return furnished


def test_each_has_its_own_lists_and_they_are_called_by_their_names(
    furnished: Services, second: Scheme
) -> None:
    custody, first, other = furnished.setup.schemes()
    assert [scheme.label for scheme in (custody, first, other)] == ["Custody", first.name, NORTH]
    assert furnished.setup.scheme(Kind.ANIMAL_WELFARE).id == first.id == ANIMALS
    assert other.id == second.id
    assert furnished.setup.codes(other.id)["outcome"]
    assert furnished.forms.form(other.id).row_of == "animal"
    assert [site.name for site in furnished.setup.sites(other.id)] == ["Moor stables"]
    for wrong in (lambda: furnished.setup.add_scheme(Kind.ANIMAL_WELFARE),
                  lambda: furnished.setup.add_scheme(Kind.CUSTODY, "Another"),
                  lambda: furnished.setup.add_scheme(Kind.ANIMAL_WELFARE, NORTH.upper()),
                  lambda: furnished.setup.save_scheme(replace(first, name=NORTH))):  # fmt: skip
        with pytest.raises(BadInputError):
            wrong()
    furnished.setup.save_scheme(replace(first, name="Zoo"))
    assert [scheme.id for scheme in furnished.setup.schemes()] == [custody.id, first.id, other.id]


def test_figures_are_apart_and_the_report_has_a_section_for_each(
    visited: Services, second: Scheme
) -> None:
    summary = visited.figures.summary(YEAR)
    first, other = (each.schemes[Kind.ANIMAL_WELFARE] for each in (summary, *summary.others))
    assert [figures.animals.seen_words for figures in (first, other)] == ["9 dogs", "5 horses"]
    assert [figures.visits for figures in summary.every] == [0, 1, 1]
    schemes = json.loads(visited.figures.figures_json(YEAR))["schemes"]
    assert list(schemes) == ["custody", "animal_welfare", "animal_welfare_2"]
    assert schemes["animal_welfare"]["animals"]["by_species"].keys() == {"Dog"}
    assert schemes["animal_welfare_2"]["name"] == NORTH
    assert schemes["animal_welfare_2"]["animals"]["by_species"]["Horse"]["on_strength_end"] == 1
    content = BytesIO()
    render_pdf(annual_report(summary), content)
    words = " ".join(TaggedPdf(content.getvalue()).outline().split())
    for expected in (
        NORTH, first.scheme.name, "Visitors saw 9 dogs,", "Visitors saw 5 horses,",
        "police dogs and horses", "Moor stables",
    ):  # fmt: skip
        assert expected in words
    assert checks(summary, ())[0].good
    assert [each.scheme.value for each in visited.indicators.own(YEAR)].count("animal_welfare") == 2


def test_each_has_texts_of_its_own(visited: Services, second: Scheme) -> None:
    key = f"lead.animals.{second.id.hex}"
    drafted: dict[str, Sentence] = {
        sentence.key: sentence for sentence in drafted_sentences(visited.figures.summary(YEAR))
    }
    assert drafted[key].section == NORTH
    assert drafted[key].drafted != drafted["lead.animals"].drafted
    visited.reports.save_sentence(YEAR, drafted[key], "Horses do well on the moor.")
    summary = visited.figures.summary(YEAR)
    texts = {sentence.key: sentence.text for sentence in drafted_sentences(summary)}
    assert texts[key] == "Horses do well on the moor."
    assert texts["lead.animals"] == drafted["lead.animals"].text
    keys = [field.key for field in printed_fields(summary)]
    assert len(keys) == len(set(keys))
    assert {"animals_next", f"animals_next.{second.id.hex}"} <= set(keys)


def test_an_import_names_the_scheme_that_it_means(furnished: Services, second: Scheme) -> None:
    with furnished.access.database.reading() as connection:
        known = known_records(connection, date(2025, 4, 10))
    names = Names(known, create_missing=False)
    assert names.scheme(NORTH.lower()).id == second.id
    with pytest.raises(BadInputError, match=f"or {NORTH}"):
        names.scheme("animal_welfare")


def test_a_volunteer_of_one_is_counted_in_that_alone(visited: Services, second: Scheme) -> None:
    joined = (Membership(second.id, date(2024, 6, 1)),)
    visited.people.save(make_person("Dora Specimen", memberships=joined))
    summary = visited.figures.summary(YEAR)
    registers = [each.volunteers[Kind.ANIMAL_WELFARE] for each in (summary, *summary.others)]
    assert [(register.at_start, register.joined) for register in registers] == [(3, 0), (2, 1)]


def test_the_quarterly_update_has_a_part_for_each(visited: Services, second: Scheme) -> None:
    update = visited.updates.update(Period(date(2025, 1, 1), date(2025, 3, 31)))
    assert [each.quarter.scheme.title for each in update.every] == [
        "Custody visiting", visited.setup.schemes()[1].name, NORTH,
    ]  # fmt: skip
    assert [each.quarter.animals.seen_words for each in update.every[1:]] == ["9 dogs", "5 horses"]
    content = BytesIO()
    render_pdf(quarterly_update(update), content)
    words = TaggedPdf(content.getvalue()).outline()
    assert words.count(NORTH) == 1
    assert "dogs seen" in words
    assert "horses seen" in words


def test_lists_say_the_scheme_as_an_import_takes_it_and_the_species(
    visited: Services, second: Scheme, tmp_path: Path
) -> None:
    out = tmp_path / "lists.xlsx"
    visited.exports.save(out)
    book = openpyxl.load_workbook(out)
    first = visited.setup.schemes()[1].name
    assert {row[1] for row in book["visits"].iter_rows(values_only=True)} == {
        "scheme", first, NORTH,
    }  # fmt: skip
    assert [row[:4] for row in book["animals"].iter_rows(values_only=True)][1:] == [
        ("Animal 5", NORTH, "Moor stables", "Horse"),
        ("Animal 9", first, "Hillside kennels", "Dog"),
    ]


def test_each_is_planned_with_its_own_visitors(planning_office: Services) -> None:
    planning_office.setup.add_scheme(Kind.ANIMAL_WELFARE, NORTH)
    other = planning_office.setup.schemes()[-1]
    (grid,) = planning_office.setup.grids(other.id)
    planning_office.setup.save_site(
        make_site(id=STABLES, scheme_id=other.id, kind=SiteKind.STABLES,
                  name="Moor stables", grid_id=grid.id)
    )  # fmt: skip
    theirs = [person_id(number) for number in range(4)]
    for person in planning_office.people.people():
        if person.id in theirs:
            memberships = (*person.memberships, Membership(other.id, LONG_AGO))
            planning_office.people.save(replace(person, memberships=memberships))
    planner(planning_office).make(START)
    visits = planned(planning_office)
    months = [{visit.span for visit in of_site(visits, site)} for site in (KENNELS, STABLES)]
    assert months[0] == months[1]  # a month can have more than a visit
    assert len(months[0]) == 3
    assert all(set(visit.pair) <= set(theirs) for visit in of_site(visits, STABLES))


def test_a_visitors_copy_gets_both_with_the_species_of_their_animals(copies: Copies) -> None:
    office = copies.office
    office.setup.add_scheme(Kind.ANIMAL_WELFARE, NORTH)
    other = office.setup.schemes()[-1]
    (grid,) = office.setup.grids(other.id)
    office.setup.save_site(
        make_site(id=STABLES, scheme_id=other.id, kind=SiteKind.STABLES,
                  name="Moor stables", grid_id=grid.id)
    )  # fmt: skip
    office.animals.add(Animal(uuid4(), other.id, STABLES, "Juno", species="HORSE"))
    anne = next(person for person in office.people.people() if person.id == ANNE)
    memberships = (*anne.memberships, Membership(other.id, LONG_AGO))
    office.people.save(replace(anne, memberships=memberships))
    own = copies.join("anne", ANNE)
    assert [scheme.label for scheme in own.setup.schemes()] == [
        scheme.label for scheme in office.setup.schemes()
    ]
    assert [(a.name, a.species) for a in own.animals.animals(STABLES)] == [("Juno", "HORSE")]
    assert {site.kind for site in own.setup.sites(other.id)} == {SiteKind.STABLES}
