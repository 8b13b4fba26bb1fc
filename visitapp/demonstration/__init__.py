"""The demonstration: an invented scheme whose visits add up to published totals.

Everything is derived from the files under `resources/demonstration` and a fixed seed, so that every
copy is the same. Only visits are invented; the figures are counted from them in the usual way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from visitapp.demonstration import calls, year
from visitapp.demonstration.availability import availabilities
from visitapp.demonstration.follow_up import Steps, animals_of, followed_up
from visitapp.demonstration.pairs import VisitorTurns
from visitapp.demonstration.panels import panel_of, panels, write_sites
from visitapp.demonstration.plan import DemonstrationPlan, demonstration_plan, write_plan
from visitapp.demonstration.register import write_people
from visitapp.demonstration.reviews import demonstration_reviews
from visitapp.demonstration.seeded_draws import SeededDraws
from visitapp.demonstration.source import day_of, demonstration_id, period_of, read
from visitapp.demonstration.volunteers import listed_people
from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.moment import from_stored_text
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.grid import Grid
from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.mileage import MileageRate
from visitapp.domain.office.minimum import Minimum
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import (
    Actor,
    Kind,
    Office,
    Rate,
    Role,
    Scheme,
    Throughput,
    YearText,
)
from visitapp.domain.office.site import OpenPeriod, Site
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.progress import Progress, report_progress
from visitapp.domain.report.form import Form
from visitapp.domain.report.visit import Visit
from visitapp.persistence import accounts, counted_answers, ledger, settings_digests, year_texts
from visitapp.persistence import animals as stored_animals
from visitapp.persistence import availability as stored_availability
from visitapp.persistence import drafts as stored_drafts
from visitapp.persistence import forms as stored_forms
from visitapp.persistence import issues as stored_issues
from visitapp.persistence import schemes as stored
from visitapp.persistence import visits as stored_visits
from visitapp.persistence.database import Connection, Database
from visitapp.persistence.record_reviews import save_record_review
from visitapp.services.office.reference import (
    reference_codes,
    reference_form,
    reference_grid,
    reference_scheme,
    site_kind,
)

YEARS = ("2023_24", "2024_25")


@dataclass(frozen=True, slots=True)
class Demonstration:
    """Everything that goes into the file."""

    office: Office
    manager: Actor
    schemes: Mapping[Kind, Scheme]
    grids: Mapping[Kind, Grid]
    groups: tuple[SiteGroup, ...]
    sites: tuple[Site, ...]
    people: tuple[Person, ...]
    rates: tuple[Rate, ...]
    throughputs: tuple[Throughput, ...]
    texts: tuple[YearText, ...]
    visits: tuple[Visit, ...]
    drafts: tuple[Draft, ...]
    availabilities: tuple[Availability, ...]
    animals: tuple[Animal, ...]
    steps: Steps
    forms: Mapping[Kind, Form]
    plan: DemonstrationPlan


def published_years() -> tuple[Period, ...]:
    """The years whose documents the demonstration writes."""
    return tuple(period_of(read(f"year_{name}")["period"]) for name in YEARS)


def fill(database: Database, progress: Progress | None = None) -> None:
    """Write the demonstration into a file with empty tables.

    Raises CancelledError if `progress` returns False; the file is then as before.
    """
    _report(progress, "Making up visits", 0)
    demonstration = build()
    _report(progress, "Writing the demonstration", 1)
    rows = stored_visits.visit_rows(demonstration.visits)
    entries = ledger.signed(demonstration.visits, demonstration.manager.name)
    first = demonstration.visits[0].locked_at
    assert first is not None
    with database.transaction() as connection:
        stored.save_office(connection, demonstration.office)
        for kind, scheme in demonstration.schemes.items():
            stored.save_scheme(connection, scheme, demonstration.office.id)
            stored.insert_codes(connection, reference_codes(kind, scheme.id))
            stored.save_grid(connection, demonstration.grids[kind])
        accounts.set_account(connection, demonstration.manager)
        write_sites(connection, demonstration.groups, demonstration.sites)
        for rate in demonstration.rates:
            stored.save_rate(connection, rate)
        for throughput in demonstration.throughputs:
            stored.save_throughput(connection, throughput)
        write_people(
            connection, demonstration.people, demonstration.manager.name, demonstration.office.today
        )
        for availability in demonstration.availabilities:
            stored_availability.save_availability(connection, availability)
        write_plan(connection, demonstration.plan)
        for animal in demonstration.animals:
            stored_animals.save_animal(connection, animal)
        stored_visits.insert_rows(connection, rows)
        ledger.append(connection, entries)
        _write_forms_and_steps(connection, demonstration)
        counted_answers.add(connection, demonstration.visits)
        for review in demonstration_reviews(demonstration.schemes[Kind.CUSTODY].id):
            save_record_review(connection, review)
        for text in demonstration.texts:
            year_texts.save_text(connection, text)
        for draft in demonstration.drafts:
            stored_drafts.save_draft(connection, draft)
        settings_digests.take_over(connection, demonstration.manager.name, first, reason="")


def _write_forms_and_steps(connection: Connection, demonstration: Demonstration) -> None:
    """Write the forms of the reports, and the steps of their issues."""
    by, first = demonstration.manager.name, demonstration.visits[0].locked_at
    assert first is not None
    for kind, form in demonstration.forms.items():
        scheme_id = demonstration.schemes[kind].id
        stored_forms.add(connection, scheme_id, form, by, first)
    entries = []
    for visit in demonstration.visits:
        for issue in visit.issues:
            if steps := demonstration.steps.get(issue.id):
                stored_issues.add_steps(connection, visit.scheme_id, issue.id, steps)
                last = steps[-1].entered_at
                went_on = ledger.issue_went_on(issue, steps, visit.scheme_id, by, last)
                entries.append(went_on)
    ledger.append(connection, entries)


def _report(progress: Progress | None, stage: str, done: int) -> None:
    report_progress(progress, stage, done, 2, "Stopped. The demonstration was not made.")


def build() -> Demonstration:
    """The demonstration, made from its files; the same every time."""
    content = read("office")
    described = content["office"]
    today = day_of(described["today"])
    office = Office(
        demonstration_id("office"),
        described["name"],
        described["area"],
        described["made_up_note"],
        today,
        mileage_rates=(MileageRate(day_of(described["mile_from"]), described["pence_a_mile"]),),
    )
    schemes = {
        kind: replace(
            reference_scheme(
                kind, demonstration_id("scheme", kind.value), content["schemes"][kind.value]
            ),
            minimum=Minimum(**content["minimum"][kind.value]),
        )
        for kind in Kind
    }
    grids = {kind: reference_grid(kind, scheme.id) for kind, scheme in schemes.items()}
    sites = tuple(_sites(content["sites"], schemes, grids))
    people = tuple(listed_people(read("people")["people"], schemes, today))
    rate = content["rate"]
    notes = read("followed")
    forms = {kind: reference_form(kind) for kind in schemes}
    animals = animals_of(notes, {site.name: site for site in sites})
    ground = _Ground(
        sites={site.name: site for site in sites},
        grids=grids,
        arrivals=content["arrivals"],
        words=read("words"),
        today=today,
    )
    followed_visits = followed_up(
        _visits(ground, schemes[Kind.CUSTODY].id, people),
        notes,
        {scheme.id: kind for kind, scheme in schemes.items()},
        forms,
        animals,
        content["manager"],
    )
    return Demonstration(
        office=office,
        manager=Actor(content["manager"], Role.MANAGER),
        schemes=schemes,
        grids=grids,
        groups=panels(content["sites"], schemes[Kind.CUSTODY].id),
        sites=sites,
        people=people,
        rates=tuple(
            Rate(
                demonstration_id("rate", kind.value),
                scheme.id,
                day_of(rate["from"]),
                Decimal(rate["gbp_per_hour"]),
            )
            for kind, scheme in schemes.items()
        ),
        throughputs=tuple(_throughputs(ground.sites)),
        texts=tuple(_texts()),
        visits=followed_visits.visits,
        drafts=tuple(_drafts(schemes, ground.sites, people, content["manager"])),
        availabilities=tuple(availabilities(people, grids, today)),
        animals=animals,
        steps=followed_visits.steps,
        forms=forms,
        plan=demonstration_plan(schemes, grids, sites, people, content["manager"]),
    )


def _sites(
    listed: Iterable[dict[str, Any]],
    schemes: Mapping[Kind, Scheme],
    grids: Mapping[Kind, Grid],
) -> Iterable[Site]:
    for position, entry in enumerate(listed):
        kind = Kind(entry["scheme"])
        opened = entry["open_from"]
        yield Site(
            id=demonstration_id("site", entry["name"]),
            scheme_id=schemes[kind].id,
            kind=site_kind(kind),
            name=entry["name"],
            grid_id=grids[kind].id,
            cells=entry["cells"],
            open_periods=(OpenPeriod(day_of(opened)),) if opened else (),
            position=position,
            groups=panel_of(entry),
        )


def _throughputs(sites: Mapping[str, Site]) -> Iterable[Throughput]:
    for name in YEARS:
        content = read(f"year_{name}")
        for site_name, number in content["made_up"]["custody"]["throughput"].items():
            site = sites[site_name]
            yield Throughput(
                demonstration_id("throughput", name, site_name),
                site.scheme_id,
                site.id,
                period_of(content["period"]),
                number,
            )


def _texts() -> Iterable[YearText]:
    for name in YEARS:
        period = period_of(read(f"year_{name}")["period"])
        for key, text in read(f"texts_{name}").items():
            yield YearText(demonstration_id("text", name, key), period, key, text)


def _drafts(
    schemes: Mapping[Kind, Scheme],
    sites: Mapping[str, Site],
    people: Iterable[Person],
    author: str,
) -> Iterable[Draft]:
    ids = {person.name: str(person.id) for person in people}
    for entry in read("this_year")["drafts"]:
        yield Draft(
            id=demonstration_id("draft", entry["site"]),
            scheme_id=schemes[Kind(entry["scheme"])].id,
            report=typed_report(
                {
                    "site_id": str(sites[entry["site"]].id),
                    "visitors": [ids[name] for name in entry["visitors"]],
                    "type": "ROUTINE",
                    "mode": "FACE",
                    "status": "COMPLETED",
                    **entry["content"],
                }
            ),
            section=entry["section"],
            author=author,
            saved_at=from_stored_text(entry["saved_at"]),
            version=0,
        )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What is needed to invent visits, apart from the totals of a year."""

    sites: Mapping[str, Site]
    grids: Mapping[Kind, Grid]
    arrivals: Mapping[str, Any]
    words: Mapping[str, Any]
    today: date


def _visits(ground: _Ground, custody_id: UUID, people: tuple[Person, ...]) -> list[Visit]:
    reports: list[year.CallReport] = []
    for name in YEARS:
        content = read(f"year_{name}")
        draws = SeededDraws(f"visits {name}")
        reports += _custody_reports(content, ground, draws)
        reports += _animal_reports(content, ground, draws)
    now = read("this_year")["custody"]
    named = calls.named_calls(now["calls"], ground.sites, ground.grids[Kind.CUSTODY])
    reports += year.custody_reports(
        named, now, ground.words, ground.today, SeededDraws("this year")
    )
    reports.sort(key=lambda report: report.call.arrived)
    return _signed(reports, custody_id, people)


def _part(content: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    """A scheme's year: what was published about it, and what was made up."""
    return {**content["published"][kind.value], **content["made_up"][kind.value]}


def _custody_reports(
    content: Mapping[str, Any], ground: _Ground, draws: SeededDraws
) -> list[year.CallReport]:
    part = _part(content, Kind.CUSTODY)
    period = period_of(content["period"])
    placed: list[calls.Call] = []
    for name, counts in part["timeslots"].items():
        slots = calls.slots_of(ground.grids[Kind.CUSTODY], counts)
        spans = calls.weeks(period, part["weeks"][name])
        placed += calls.place_calls(ground.sites[name], slots, spans, ground.arrivals, draws)
    placed.sort(key=lambda call: call.arrived)
    placed = calls.in_handover(placed, part["handover_visits"], ground.arrivals, draws)
    return year.custody_reports(placed, part, ground.words, ground.today, draws)


def _animal_reports(
    content: Mapping[str, Any], ground: _Ground, draws: SeededDraws
) -> list[year.CallReport]:
    part = _part(content, Kind.ANIMAL_WELFARE)
    period = period_of(content["period"])
    placed: list[calls.Call] = []
    for name, counts in part["timeslots"].items():
        slots = calls.slots_of(ground.grids[Kind.ANIMAL_WELFARE], counts, part["outside"])
        spans = calls.months(period, part["months_with_two"])
        placed += calls.place_calls(ground.sites[name], slots, spans, ground.arrivals, draws)
    return year.animal_reports(placed, part, ground.words, ground.today, draws)


def _signed(
    reports: list[year.CallReport], custody_id: UUID, people: tuple[Person, ...]
) -> list[Visit]:
    turns = VisitorTurns(people, reports[0].call.arrived.day, SeededDraws("pairs"))
    by_id = {person.id: person for person in people}
    return [
        year.signed(
            report,
            ref,
            turns.pair(report.call),
            turns.observer(report.call) if report.call.site.scheme_id == custody_id else None,
            by_id,
        )
        for report, ref in zip(reports, year.refs_of(reports), strict=True)
    ]
