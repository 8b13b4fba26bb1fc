"""Calculates the figures of animals from counts and the register."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.office.animal import (
    SEEN_WITHIN_MONTHS,
    Animal,
    coverage_of,
    months_before,
)
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.site import Site
from visitapp.domain.period import Period
from visitapp.domain.report.kinds import YES
from visitapp.domain.text.animals import INJURIES, NO_INJURY, SPECIES
from visitapp.domain.year.animal_figures import (
    AnimalFigures,
    Injuries,
    SpeciesFigures,
    Strength,
)
from visitapp.persistence import animals as stored
from visitapp.persistence.animal_counts import AnimalCounts, SeenAs, animals_by_site
from visitapp.persistence.counting import Scope
from visitapp.persistence.database import Connection


@dataclass(frozen=True, slots=True)
class AnimalBasis:
    """What the figures of a scheme's animals depend on. `last_seen` and the strength at the end
    are as on the day `until`. `is_named`: whether reports of the six months before it say which
    animals were seen, or none were seen. `labels` are those of species."""

    counts: AnimalCounts = field(default_factory=dict)
    register: Sequence[Animal] = ()
    last_seen: Mapping[UUID, date] = field(default_factory=dict)
    until: date = date.max
    is_named: bool = True
    labels: Mapping[str, str] = field(default_factory=lambda: SPECIES)


def animal_basis(connection: Connection, scope: Scope, book: CodeBook, today: date) -> AnimalBasis:
    """What the file says of a scheme's animals in a period."""
    scheme_id, period = scope.scheme_id, scope.period
    until = max(min(period.end, today), period.start - timedelta(days=1))
    seen = {scheme_id: book.of_group("outcome", "seen")}
    register = [a for a in stored.animals(connection) if a.scheme_id == scheme_id]
    counts = animals_by_site(connection, scope)
    since = months_before(until, SEEN_WITHIN_MONTHS)
    recent = animals_by_site(connection, replace(scope, period=Period(since, until)))
    last_seen = stored.last_seen(connection, seen, {scheme_id: scope.codes.training}, until)
    species = {each.species for by_site in counts.values() for each in by_site}
    return AnimalBasis(
        counts,
        register,
        last_seen,
        until,
        any(day >= since for day in last_seen.values())
        or not any(each.outcome in seen[scheme_id] for of in recent.values() for each in of),
        _labels(connection, scheme_id, species | {animal.species for animal in register}),
    )


def _labels(connection: Connection, scheme_id: UUID, species: Collection[str]) -> Mapping[str, str]:
    """The words for species; those that a scheme added are in its form."""
    if not set(species) - SPECIES.keys() - {""}:
        return SPECIES
    from visitapp.services.reports.forms import form_of

    asked = {question.key: question for question in form_of(connection, scheme_id).row_questions()}
    options = asked["species"].options if "species" in asked else ()
    return {**SPECIES, **{option.code: option.label for option in options}}


def with_species(
    figures: AnimalFigures,
    basis: AnimalBasis,
    sites: Sequence[Site],
    book: CodeBook,
    period: Period,
) -> AnimalFigures:
    """The figures of the animals at some sites of a scheme, with those of each species."""
    kinds = {site.id: site.kind for site in sites}
    counts: Counter[SeenAs] = Counter()
    for site_id in kinds:
        counts.update(basis.counts.get(site_id, {}))
    seen: Counter[SeenAs] = Counter(
        {each: n for each, n in counts.items() if book.group("outcome", each.outcome) == "seen"}
    )
    by_species: dict[str, list[Animal]] = {}
    for animal in basis.register:
        if animal.site_id in kinds:
            code = animal.species or kinds[animal.site_id].usual_species
            by_species.setdefault(code, []).append(animal)
    species = _in_order(by_species.keys() | {each.species for each in seen}, basis.labels)
    every = [
        _of_species(
            basis,
            code,
            Counter({each: n for each, n in seen.items() if each.species == code}),
            _strength(basis, by_species.get(code, ()), period),
        )
        for code in species
    ]
    return replace(
        figures,
        by_species=tuple(each for each in every if each.seen or each.strength.ever),
        injuries=_injuries(seen),
    )


def _of_species(
    basis: AnimalBasis, code: str, seen: Counter[SeenAs], strength: Strength
) -> SpeciesFigures:
    label = basis.labels.get(code, code)
    return SpeciesFigures(code, label, seen.total(), strength, _injuries(seen))


def _in_order(codes: Collection[str], labels: Mapping[str, str]) -> list[str]:
    known = [*labels]
    return sorted(codes, key=lambda c: (known.index(c) if c in known else len(known), c))


def _strength(basis: AnimalBasis, animals: Sequence[Animal], period: Period) -> Strength:
    day_before, until = period.start - timedelta(days=1), basis.until
    now = coverage_of(animals, basis.last_seen, until)
    return Strength(
        at_start=sum(animal.is_on_strength(day_before) for animal in animals),
        joined=sum(
            animal.from_on is not None and period.start <= animal.from_on <= until
            for animal in animals
        ),
        retired=sum(
            animal.to_on is not None and day_before <= animal.to_on < until for animal in animals
        ),
        at_end=len(now.sightings),
        seen_recently=now.seen.part if basis.is_named else None,
    )


def _injuries(seen: Counter[SeenAs]) -> Injuries:
    kinds: Counter[str] = Counter()
    recovered = 0
    for each, number in seen.items():
        recovered += number if each.recovered == YES else 0
        if each.injury is not None:
            kinds[each.injury] += number
    checked = kinds.total()
    kinds.pop(NO_INJURY, None)
    listed = tuple((INJURIES.get(code, code), kinds[code]) for code in _in_order(kinds, INJURIES))
    return Injuries(checked, listed, recovered)
