"""A nation's file: 180 sites, eight years of weekly visits (75,000), 700,000 rows of detainees,
visitors, issues and steps, 1,500 people, and a plan of the quarter. All of it is invented.

Written with the functions of persistence, without the ledger, which no page counts. It is kept in
the checkout's folder `build`, and made again once its maker or a table of the program has changed.
"""

import time
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

from tests.builders import ANIMALS, CUSTODY, SCHEME_IDS
from visitapp import bootstrap
from visitapp.domain.following.issue_steps import Step
from visitapp.domain.moment import Moment
from visitapp.domain.office.people import Membership, Person
from visitapp.domain.office.scheme import Actor, Kind, Office, Role
from visitapp.domain.office.site import OpenPeriod, Site, SiteKind
from visitapp.domain.period import Period
from visitapp.domain.plan.planned import Plan, PlannedVisit, PlanState
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.kinds import Measure
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import forms, issues, people, plans, schemes, visits
from visitapp.persistence.database import Connection, Database
from visitapp.services.office.reference import reference_form

ROOT = Path(__file__).resolve().parents[2]
KEY = bytes(32)
SITES, KENNELS, PEOPLE, VISITS = 180, 6, 1500, 75_000
TODAY = date(2025, 2, 12)
LAST_YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))
_MONDAY = date(2025, 2, 10)
_WEEKS = -(-VISITS // SITES)
_FIRST = _MONDAY - timedelta(weeks=_WEEKS - 1)
_FULL_SINCE = date(2022, 4, 1)
"""From then on visits are written with the form; those before were imported, with numbers alone."""
_OFFICE = "The office of the nation"
_WEEKS_AT_ONCE = 13
_SAMPLES = 300
"""Different reports of each form; each visit repeats one of them with its own day, site and
people."""
_FORENAMES_IN_A_LINE = (
    "Ada Bea Cyril Dora Edwin Flora Giles Hilda Ivor Joan Keith Lena Miles Nora Oscar Polly "
    "Quentin Rhoda Silas Thora Una Victor Wilma Xenia Yorick Zelda Amos Betsy Clement Daphne "
    "Elsie Fergus Greta Horace Ingrid Jasper Kitty Lionel Mabel Neville"
)
_SURNAMES_IN_A_LINE = (
    "Ashdale Birkfold Copsewell Dunmere Eastholme Fernley Gorsehill Hazelby Ivegill Juniper "
    "Knaplow Larkfield Mossop Netherby Oakshott Pinfold Quarrell Rushby Sedgeley Thornley Uphill "
    "Vennwood Withycombe Yarrowby Zeals Appleyard Brackenby Cloverdale Dalewick Elmfield Foxlow "
    "Greenhow Heathcot Islip Kettlewell Linfield Marlwood Northwell"
)
_FORENAMES, _SURNAMES = _FORENAMES_IN_A_LINE.split(), _SURNAMES_IN_A_LINE.split()
_WORDS = (
    "Cells were clean and warm. Blankets were handed out when somebody asked for them.",
    "The suite was busy, and staff took their time to explain what they did.",
    "Tea and a meal had been given. The exercise yard was wet and nobody used it.",
    "Two cells were out of use. Repairs have been ordered.",
)
_NOT_SEEN = (("REFUSED", None), ("ASLEEP", None), ("UNAVAIL", "INTERVIEW"), ("ADVICE", "INTOX"))


def nation(folder: Path = ROOT / "build" / "benchmarks") -> Path:
    """The file, made if it isn't there yet."""
    path = folder / f"nation-{_digest()}.visits"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("nation-*"):
            old.unlink()
        began, half = time.perf_counter(), path.with_suffix(".half")
        _make(half)
        half.rename(path)
        print(f"The nation's file is made: {time.perf_counter() - began:.0f} s, "
              f"{path.stat().st_size / 1e6:.0f} MB", flush=True)  # fmt: skip
    return path


def _digest() -> str:
    """Of everything that decides how the file looks."""
    sources = [
        Path(__file__),
        *sorted((ROOT / "db").rglob("*.py")),
        *sorted((ROOT / "db" / "reference").rglob("*.json")),
        *sorted((ROOT / "visitapp" / "persistence").glob("*tables.py")),
        ROOT / "visitapp" / "persistence" / "counted_answers.py",
    ]
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:16]


def _make(path: Path) -> None:
    bootstrap.make_records(
        path,
        KEY,
        office=Office(UUID(int=1), _OFFICE, today=TODAY),
        actor=Actor("A manager", Role.MANAGER),
        scheme_ids=SCHEME_IDS,
    )
    with bootstrap.open_with_key(path, KEY) as opened:
        _fill(opened.database, Random(43))
        opened.database.checkpoint()


def _fill(database: Database, random: Random) -> None:
    with database.transaction() as connection:
        sites = _sites(connection, random)
        register = _people(connection, random)
        for kind, scheme_id in SCHEME_IDS.items():
            stamp = datetime(2017, 1, 1, tzinfo=UTC)
            forms.add(connection, scheme_id, reference_form(kind), "A manager", stamp)
        _plan(connection, random, sites, register)
    samples = {
        kind: [_sample(random, kind, reference_form(kind)) for _ in range(_SAMPLES)]
        for kind in SCHEME_IDS
    }
    crews = {site.id: register[at * 8 % (PEOPLE - 8) :][:8] for at, site in enumerate(sites)}
    for first in range(0, _WEEKS, _WEEKS_AT_ONCE):
        with database.transaction() as connection:
            signed = [
                _visit(random, site, crews[site.id], random.choice(samples[_kind(site)]), week)
                for week in range(first, min(first + _WEEKS_AT_ONCE, _WEEKS))
                for site in sites
            ]
            visits.insert_visits(connection, signed)
            for visit in signed:
                for issue in visit.issues:
                    issues.add_steps(connection, visit.scheme_id, issue.id, _steps(visit, issue))


def _kind(site: Site) -> Kind:
    return Kind.CUSTODY if site.scheme_id == CUSTODY else Kind.ANIMAL_WELFARE


def _id(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128))


def _sites(connection: Connection, random: Random) -> list[Site]:
    grids = {grid.scheme_id: grid.id for grid in schemes.grids(connection)}
    sites = []
    for number in range(SITES):
        is_suite = number < SITES - KENNELS
        scheme_id = CUSTODY if is_suite else ANIMALS
        name = (
            f"{_SURNAMES[number % 38]} {('Road', 'Lane', 'Street', 'Park', 'Gate')[number // 38]}"
        )
        sites.append(
            Site(
                _id(random),
                scheme_id,
                SiteKind.SUITE if is_suite else SiteKind.KENNELS,
                name,
                grids[scheme_id],
                30,
                (OpenPeriod(_FIRST),),
                number,
                version=0,
            )
        )
        schemes.save_site(connection, sites[-1])
    return sites


def _people(connection: Connection, random: Random) -> list[Person]:
    register = []
    for number in range(PEOPLE):
        name = f"{_FORENAMES[number % 40]} {_SURNAMES[number // 40]}"
        joined = _FIRST + timedelta(days=random.randrange(2000))
        left = TODAY - timedelta(days=random.randrange(600)) if number % 9 == 0 else None
        memberships = tuple(Membership(scheme_id, joined, left) for scheme_id in (CUSTODY, ANIMALS))
        register.append(Person(_id(random), name, memberships, version=0))
        people.save_person(connection, register[-1])
    return register


def _plan(
    connection: Connection, random: Random, sites: list[Site], register: list[Person]
) -> None:
    """The quarter from six weeks ago on."""
    start = _MONDAY - timedelta(weeks=6)
    stamp = datetime(2025, 1, 1, tzinfo=UTC)
    plan = Plan(_id(random), start, 13, PlanState.CURRENT, stamp, "A manager", version=0)
    plans.save_plan(connection, plan)
    staying = [person.id for number, person in enumerate(register) if number % 9]
    plans.save_visits(
        connection,
        (
            PlannedVisit(
                id=_id(random),
                plan_id=plan.id,
                scheme_id=site.scheme_id,
                site_id=site.id,
                span=Period(monday, monday + timedelta(days=6)),
                day=monday + timedelta(days=random.randrange(7)),
                minute=60 * random.randrange(8, 20),
                cell=0,
                pair=tuple(random.sample(staying, 2)),
                version=0,
            )
            for week in range(13)
            for monday in (start + timedelta(weeks=week),)
            for site in sites
        ),
    )


def _sample(random: Random, kind: Kind, form: Form) -> Visit:
    """A report without day, site and people."""
    number_seen = random.randrange(1, 8)
    row_questions = [q for q in form.row_questions() if not q.is_core]
    counts = [
        OutcomeCount(
            "SEEN",
            1,
            gender=random.choice(("MALE", "MALE", "FEMALE")) if kind is Kind.CUSTODY else None,
            age_group=random.choice(("A14_17", "A18_24", "A25_34", "A35_44")),
            ethnicity=random.choice(("W1", "W9", "A1", "M1")),
            row=ReportRow(
                f"M{random.randrange(18)}", f"NAT25{random.randrange(10**5):05}",
                answers=_answers(random, row_questions),
            ) if number < 3 else None,
        )
        for number in range(number_seen)
    ]  # fmt: skip
    if kind is Kind.CUSTODY:
        counts += [_unseen(random) for _ in range(random.randrange(1, 5))]
    answers = _answers(random, [q for q in form.questions() if not q.is_core])
    return Visit(
        id=UUID(int=0),
        scheme_id=SCHEME_IDS[kind],
        site_id=UUID(int=0),
        arrived=Moment(0, 0),
        type=random.choices(("ROUTINE", "FOLLOWUP", "TRAINING"), (40, 5, 1))[0],
        mode=random.choices(("FACE", "TELEPHONE"), (30, 1))[0],
        status=random.choices(("COMPLETED", "ABANDONED", "REFUSED_ENTRY"), (60, 1, 1))[0],
        present=sum(count.number for count in counts),
        counts=tuple(counts),
        summary=random.choice(_WORDS),
        issues=tuple(_issue(random, kind) for _ in range(random.choice((0, 0, 0, 1, 1)))),
        report=Report(1, answers),
    )


def _unseen(random: Random) -> OutcomeCount:
    outcome, reason = random.choice(_NOT_SEEN)
    return OutcomeCount(outcome, 1, reason)


def _issue(random: Random, kind: Kind) -> Issue:
    categories = ("FOOD", "CELL", "RIGHTS", "HYG", "GOOD_PRACTICE")
    if kind is Kind.ANIMAL_WELFARE:
        categories = ("ENVIRON", "HEALTH", "VEHICLE")
    return Issue(
        UUID(int=0),
        random.choice(categories),
        random.choices((1, 2, 3, 4), (40, 20, 10, 1))[0],
        resolved_during_visit=random.random() < 0.3,
        description=random.choice(_WORDS),
        raised_with="the sergeant",
        place=f"Cell M{random.randrange(18)}",
    )


def _answers(random: Random, questions: Iterable[Question]) -> dict[str, Any]:
    """Most questions answered, by chance."""
    return {
        question.key: _answer(random, question)
        for question in questions
        if question.can_be_counted and not question.is_expense and random.random() < 0.9
    }


def _answer(random: Random, question: Question) -> Any:
    if question.traits.measure is Measure.NUMBER:
        return random.randrange(12)
    codes = [option.code for option in question.choices]
    first = random.choices(codes, [6, *(1 for _ in codes[1:])])[0]
    return [first] if question.traits.measure is Measure.CODES else first


def _visit(random: Random, site: Site, crew: list[Person], sample: Visit, week: int) -> Visit:
    """The site's visit of a week; one in forty is withdrawn. The latest issues are open."""
    day = min(_FIRST + timedelta(weeks=week, days=random.randrange(7)), TODAY)
    arrived = Moment.at(day, random.randrange(5 * 60, 23 * 60))
    waited = random.choices((2, 4, 11, 25), (20, 20, 4, 1))[0]
    is_withdrawn, is_full = random.random() < 1 / 40, day >= _FULL_SINCE
    return replace(
        sample,
        id=_id(random),
        site_id=site.id,
        ref=f"{site.name[:3].upper()}-{day.year}-{site.position:03}{week:03}",
        arrived=arrived,
        admitted=replace(arrived, utc_minute=arrived.utc_minute + waited),
        left=replace(arrived, utc_minute=arrived.utc_minute + 40 + random.randrange(60)),
        delay_reason="BUSY" if waited > 5 else None,
        visitors=tuple(person.id for person in random.sample(crew, 2)),
        issues=tuple(_raised(random, issue, week) for issue in sample.issues),
        counts=sample.counts if is_full else tuple(map(_without_row, sample.counts)),
        report=sample.report if is_full else None,
        state=State.WITHDRAWN if is_withdrawn else State.LOCKED,
        locked_at=arrived.in_utc,
        withdrawn_reason="A mistake." if is_withdrawn else "",
    )


def _without_row(count: OutcomeCount) -> OutcomeCount:
    return replace(count, row=None)


def _raised(random: Random, issue: Issue, week: int) -> Issue:
    is_open = week > _WEEKS - 12 or random.random() < 0.02
    status = "RESOLVED" if issue.resolved_during_visit else "RAISED" if is_open else "CLOSED"
    return replace(issue, id=_id(random), status=status)


def _steps(visit: Visit, issue: Issue) -> list[Step]:
    if issue.status != "CLOSED":
        return []
    day, stamp = visit.arrived.day, visit.arrived.in_utc
    return [
        Step("REFERRED", day, "Please look into it.", "The office", stamp, "A manager"),
        Step("RESPONSE", day, "It has been put right.", "An inspector", stamp, "A manager"),
    ]


if __name__ == "__main__":
    print(nation())
