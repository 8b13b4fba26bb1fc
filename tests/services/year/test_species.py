"""The figures of animals are what a plain loop finds in the reports and the register."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANIMALS, KENNELS, make_kennel_visit, make_kennels, sign
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import SiteKind
from visitapp.domain.period import Period
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, State
from visitapp.domain.year.animal_figures import AnimalFigures, Strength
from visitapp.persistence import animals as stored_animals
from visitapp.persistence import visits
from visitapp.reporting.annual import annual_report
from visitapp.reporting.pdf.render import render_pdf
from visitapp.services import Services
from visitapp.services.year.animal_figures import AnimalBasis, with_species

STABLES = UUID(int=203)
YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
HALF_A_YEAR_BEFORE = date(2024, 9, 30)
ONE_DAY = timedelta(days=1)
SEEN = ("SEEN", "KENNEL", "VEHICLE", "TRAINING")
DAYS = st.none() | st.dates(date(2023, 1, 1), date(2026, 1, 1))


class Maker:
    """Makes animals and reports on them from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.register = [self.animal(number) for number in range(14)]

    def day(self) -> date:
        return date(2023, 9, 1) + self.random.randrange(700) * ONE_DAY

    def animal(self, number: int) -> Animal:
        random = self.random
        first, last = sorted(random.choice([self.day(), YEAR.start, YEAR.end]) for _ in range(2))
        return Animal(
            id=uuid4(),
            scheme_id=ANIMALS,
            site_id=random.choice([KENNELS, STABLES]),
            name=f"Animal {number}",
            species=random.choice(["", "DOG", "HORSE", "OTHER"]),
            from_on=random.choice([None, first]),
            to_on=random.choice([None, last]),
        )

    def count(self, site_id: UUID) -> OutcomeCount:
        random = self.random
        outcome = random.choice([*SEEN, "DEPLOYED", "VET"])
        if random.random() < 0.4:
            return OutcomeCount(outcome, random.randrange(6))
        animal = random.choice([None, *[a for a in self.register if a.site_id == site_id]])
        offered = {
            "species": ["", "DOG", "HORSE", "OTHER"],
            "injury_kind": ["NONE", "WOUND", "HEAT"],
            "injury_recovered": ["YES", "NO"],
        }
        answers = {
            key: random.choice(codes) for key, codes in offered.items() if random.random() < 0.6
        }
        row = ReportRow(animal_id=animal and animal.id, answers=answers)
        return OutcomeCount(outcome, 1, row=row)

    def visit(self):
        site_id = self.random.choice([KENNELS, STABLES])
        return make_kennel_visit(
            self.day(),
            site_id=site_id,
            type=self.random.choice(["ROUTINE", "ROUTINE", "TRAINING"]),
            state=self.random.choice([State.LOCKED, State.LOCKED, State.WITHDRAWN]),
            report=Report(1),
            present=None,
            counts=tuple(self.count(site_id) for _ in range(self.random.randrange(5))),
        )


class Plain:
    """The same by loops over the reports and the register."""

    def __init__(self, register, reports, site_ids, until):
        self.register = [a for a in register if a.site_id in site_ids]
        self.by_id = {animal.id: animal for animal in register}
        self.reports = [
            visit for visit in reports if visit.state is State.LOCKED and visit.type == "ROUTINE"
        ]
        self.here = [
            visit
            for visit in self.reports
            if visit.site_id in site_ids and YEAR.start <= visit.arrived.day <= YEAR.end
        ]
        self.until = until

    def species(self, site_id, animal, answers=()):
        known = dict(answers).get("species") or (animal.species if animal else "")
        return known or ("HORSE" if site_id == STABLES else "DOG")

    def sightings(self):
        for visit in self.here:
            for count in visit.counts:
                if count.outcome in SEEN:
                    row = count.row or ReportRow()
                    animal = self.by_id.get(row.animal_id)
                    answers = row.answers
                    yield self.species(visit.site_id, animal, answers), count.number, answers

    def last_seen(self, animal):
        days = [
            visit.arrived.day
            for visit in self.reports
            for count in visit.counts
            if count.row and count.row.animal_id == animal.id and count.outcome in SEEN
        ]
        return max((day for day in days if day <= self.until), default=None)

    def figures(self, wanted):
        """Of some species: seen, start, joined, retired, end, recently, injuries, recovered."""
        mine = [a for a in self.register if self.species(a.site_id, a) in wanted]
        start = end = arrived = gone = recent = 0
        for animal in mine:
            there = [
                (animal.from_on is None or animal.from_on <= day)
                and (animal.to_on is None or day <= animal.to_on)
                for day in (YEAR.start - ONE_DAY, self.until)
            ]
            start, end = start + there[0], end + there[1]
            first = animal.from_on
            arrived += first is not None and YEAR.start <= first <= self.until
            was = there[0] or (first is not None and YEAR.start <= first <= self.until)
            gone += was and not there[1]
            seen = self.last_seen(animal)
            recent += there[1] and seen is not None and seen >= HALF_A_YEAR_BEFORE
        injured, healed, number, checked = Counter(), 0, 0, 0
        for species, animals, answers in self.sightings():
            if species in wanted:
                number += animals
                healed += answers.get("injury_recovered") == "YES"
                checked += "injury_kind" in answers
                if answers.get("injury_kind", "NONE") != "NONE":
                    injured[answers["injury_kind"]] += 1
        assert start + arrived - gone == end
        return number, start, arrived, gone, end, recent, checked, +injured, healed


def of(figures):
    strength, injuries = figures.strength, figures.injuries
    codes = {"Cut or bite": "WOUND", "Heat or exhaustion": "HEAT"}
    kinds = Counter({codes[label]: number for label, number in injuries.by_kind})
    return (
        figures.seen, strength.at_start, strength.joined, strength.retired, strength.at_end,
        strength.seen_recently, injuries.checked, kinds, injuries.recovered,
    )  # fmt: skip


@pytest.fixture
def stabled(furnished: Services) -> Services:
    stables = make_kennels(id=STABLES, kind=SiteKind.STABLES, name="Ring Road stables", cells=6)
    furnished.setup.save_site(stables)
    return furnished


@pytest.mark.parametrize("seed", range(4))
def test_figures_by_species_are_those_of_a_plain_loop(stabled: Services, seed: int) -> None:
    maker = Maker(seed)
    reports = [maker.visit() for _ in range(60)]
    with stabled.access.database.transaction() as connection:
        for animal in maker.register:
            stored_animals.save_animal(connection, replace(animal, version=0))
        visits.insert_visits(connection, reports)
    figures = stabled.figures.summary(YEAR).schemes[Kind.ANIMAL_WELFARE]
    every = ("DOG", "HORSE", "OTHER")
    for animals, site_ids in (
        (figures.animals, (KENNELS, STABLES)),
        *((figures.by_site[site_id].animals, (site_id,)) for site_id in (KENNELS, STABLES)),
    ):
        plain = Plain(maker.register, reports, site_ids, YEAR.end)
        assert of(animals) == plain.figures(every)
        by_species = {each.species: of(each) for each in animals.by_species}
        for code in every:
            expected = plain.figures((code,))
            assert by_species.get(code, expected) == expected
            assert code in by_species or not any(expected)
        for each in animals.by_species:
            if each.strength.ever:
                mean = Decimal(each.seen) / each.strength.ever
                assert each.visits_per_animal == mean.quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert figures.animals.places == "kennels and stables"
    content = json.loads(stabled.figures.figures_json(YEAR))["schemes"]["animal_welfare"]
    strength = figures.animals.strength
    assert content["animals"]["on_strength_end"] == strength.at_end
    labels = content["animals"]["by_species"]
    assert sum(each["on_strength_start"] for each in labels.values()) == strength.at_start
    assert sum(each["seen"] for each in labels.values()) == figures.animals.seen
    assert set(labels) <= {"Dog", "Horse", "Other"}


@given(st.lists(st.tuples(DAYS, DAYS)), st.dates(YEAR.start - ONE_DAY, YEAR.end))
def test_strength_adds_up_on_any_day(spans, until) -> None:
    spans = [(a, b) for a, b in spans if a is None or b is None or a <= b]
    register = [
        Animal(UUID(int=n), ANIMALS, KENNELS, f"Animal {n}", from_on=first, to_on=last)
        for n, (first, last) in enumerate(spans)
    ]
    basis = AnimalBasis(register=register, until=until)

    def strength(period: Period) -> Strength:
        book = type("Book", (), {"group": lambda *_: ""})()
        return with_species(AnimalFigures(0), basis, [make_kennels()], book, period).strength

    year = strength(YEAR)
    assert year.at_start + year.joined - year.retired == year.at_end
    days = {YEAR.start - ONE_DAY: year.at_start, until: year.at_end}
    for day, number in days.items():
        assert number == sum(animal.is_on_strength(day) for animal in register)


def test_nine_dogs_and_five_horses_are_called_that_everywhere(stabled: Services) -> None:
    day = date(2025, 3, 5)
    sign(stabled, make_kennel_visit(day, report=Report(1, {"overall": "SATISFACTORY"}),
         present=9, counts=(OutcomeCount("KENNEL", 9),)))  # fmt: skip
    sign(stabled, make_kennel_visit(day + ONE_DAY, report=Report(1, {"overall": "SATISFACTORY"}),
         site_id=STABLES, present=5, counts=(OutcomeCount("KENNEL", 5),)))  # fmt: skip
    summary = stabled.figures.summary(YEAR)
    content = BytesIO()
    render_pdf(annual_report(summary), content)
    words = " ".join(TaggedPdf(content.getvalue()).outline().split())
    assert "Visitors saw 9 dogs and 5 horses, counted at each visit." in words
    assert "The dogs and horses" in words
    assert "see how police dogs and horses are housed" in words
    assert "visits to kennels and stables" in words
